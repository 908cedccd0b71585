package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// rounds is how often the whole roster is called for a RED signal nobody takes [J].
const rounds = 2

// onCall lists who is alerted for a place, without the organisations that are
// said to be involved.
func (d *Desk) onCall(ctx context.Context, at place.Given, against []ids.Org) ([]Duty, error) {
	duties, err := d.Store.OnCall(ctx, d.Rules.province(at), d.Now())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(duties, func(one Duty) bool { return slices.Contains(against, one.Org) }), nil
}

// province is the code of the province a place lies in, or "".
func (r *Rules) province(at place.Given) string {
	for _, p := range r.Places.Path(at.Code) {
		if p.Kind == place.Province {
			return string(p.Code)
		}
	}
	return ""
}

// ring schedules the alerts of a signal: the first on the roster at once; when
// somebody is in danger now, the next after each "alert.next" (15 minutes)
// until it is taken. Taking the signal hushes what is not yet sent.
func (d *Desk) ring(s Signal, duties []Duty, now time.Time) []Alert {
	if len(duties) == 0 {
		return nil
	}
	key, turns := "alert.signal", 1
	if s.Now == Yes || s.Level == Red {
		key, turns = "alert.red", rounds*len(duties)
	}
	var alerts []Alert
	at := now
	for turn := range turns {
		to := duties[turn%len(duties)].Account
		alerts = append(alerts, Alert{ID: ids.New[ids.Alert](), To: to, Key: key, About: s.ID.UUID, At: at, Rank: turn + 1})
		at = d.Rules.Due("alert.next", at)
	}
	return alerts
}

// tell makes a content-free alert to one account, now.
func (d *Desk) tell(to ids.Account, key string, about ids.UUID) []Alert {
	if to.IsZero() {
		return nil
	}
	return []Alert{{ID: ids.New[ids.Alert](), To: to, Key: key, About: about, At: d.Now(), Rank: 1}}
}

func (r *Rules) isProvince(code string) bool {
	return r.province(place.Given{Code: place.Code(code)}) == code
}
