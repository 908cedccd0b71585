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
// said to be involved. When the roster has nobody left, every duty officer whose
// post reaches the place stands by, those of the home organisation first: no
// signal rings nowhere.
func (d *Desk) onCall(ctx context.Context, at place.Given, against []ids.Org) ([]Duty, error) {
	involved := func(one Duty) bool { return slices.Contains(against, one.Org) }
	duties, err := d.Store.OnCall(ctx, d.Rules.province(at), d.Now())
	if err != nil {
		return nil, err
	}
	if duties = slices.DeleteFunc(duties, involved); len(duties) > 0 {
		return duties, nil
	}
	duties, err = d.Store.Standby(ctx, d.Now())
	if err != nil {
		return nil, err
	}
	reached := d.Rules.Places.Codes(at.Code)
	duties = slices.DeleteFunc(duties, func(one Duty) bool {
		return involved(one) || one.Province != "" && !slices.Contains(reached, one.Province)
	})
	slices.SortStableFunc(duties, func(a, b Duty) int { return d.away(a) - d.away(b) })
	return duties, nil
}

func (d *Desk) away(one Duty) int {
	if one.Org == d.Home {
		return 0
	}
	return 1
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
// until it is taken. Taking the signal hushes what is not yet sent. Only the
// roster of the organisation that holds the signal is called: nobody else
// could open it.
func (d *Desk) ring(s Signal, duties []Duty, now time.Time) []Alert {
	var on []ids.Account
	for _, one := range duties {
		if one.Org == s.Owner && !slices.Contains(on, one.Account) {
			on = append(on, one.Account)
		}
	}
	if len(on) == 0 {
		return nil
	}
	key, turns := "alert.signal", 1
	if s.Now == Yes || s.Level == Red {
		key, turns = "alert.red", rounds*len(on)
	}
	var alerts []Alert
	at := now
	for turn := range turns {
		to := on[turn%len(on)]
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

// again rings anew when a correction says that somebody is in danger now:
// whoever has the signal, or the roster while nobody has it.
func (d *Desk) again(ctx context.Context, before, after Signal) ([]Alert, error) {
	if after.Now != Yes || before.Now == Yes || after.State == Triaged {
		return nil, nil
	}
	if after.State == Taken {
		return d.tell(after.TakenBy, "alert.red", after.ID.UUID), nil
	}
	duties, err := d.onCall(ctx, after.Where, nil)
	if err != nil {
		return nil, err
	}
	return d.ring(after, duties, d.Now()), nil
}

// knock tells whoever answers requests at the receiving organisation, and once
// more at half the reply time of a RED one; any answer hushes the rest.
func (d *Desk) knock(ctx context.Context, r Referral) ([]Alert, error) {
	hosts, err := d.Store.Hosts(ctx, r.To, d.Now())
	if err != nil {
		return nil, err
	}
	key := "alert.signal"
	if r.Level == Red {
		key = "alert.red"
	}
	var alerts []Alert
	for _, to := range hosts {
		alerts = append(alerts, d.tell(to, key, r.ID.UUID)...)
		if r.Level == Red {
			later := d.tell(to, key, r.ID.UUID)
			for i := range later {
				later[i].At, later[i].Rank = r.SentAt.Add(r.AckBy.Sub(r.SentAt)/2), 2
			}
			alerts = append(alerts, later...)
		}
	}
	return alerts, nil
}

func (r *Rules) isProvince(code string) bool {
	return r.province(place.Given{Code: place.Code(code)}) == code
}
