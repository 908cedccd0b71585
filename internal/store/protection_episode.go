package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type episodeRow struct {
	ID           ids.Episode   `db:"id"`
	Version      int           `db:"version"`
	Case         ids.Case      `db:"case_id"`
	Owner        ids.Org       `db:"owner_org"`
	State        string        `db:"state"`
	By           ids.Account   `db:"by_account"`
	At           stamp         `db:"at"`
	Need         string        `db:"need"`
	Service      ids.Service   `db:"service"`
	Provider     ids.Org       `db:"provider"`
	Deliverer    ids.Org       `db:"deliverer"`
	DeliveredBy  string        `db:"delivered_by"`
	Funders      codes         `db:"funders"`
	FormalID     bool          `db:"formal_id"`
	Referral     ids.Referral  `db:"referral"`
	Track        string        `db:"track"`
	From         date.Day      `db:"from_day"`
	Until        date.Day      `db:"until_day"`
	Units        int64         `db:"cost_units"`
	Currency     string        `db:"currency"`
	Pauses       asJSON[pause] `db:"pauses"`
	Outcome      string        `db:"outcome"`
	Satisfaction int           `db:"satisfaction"`
	Remark       []byte        `db:"remark"`
	Heard        stamp         `db:"heard_at"`
}

const episodeColumns = `id, version, case_id, owner_org, state, by_account, at, need, service, provider, deliverer, delivered_by, funders, formal_id,
	referral, track, from_day, until_day, cost_units, currency, pauses, outcome, satisfaction, remark, heard_at`

// pause is the times without a service.
type pause []struct {
	From   date.Day `json:"from"`
	Until  date.Day `json:"until,omitzero"`
	Reason string   `json:"reason"`
}

func (t *tx) episodeRow(x protection.Episode) (episodeRow, error) {
	row := episodeRow{ID: x.ID, Version: x.Version, Case: x.Case, Owner: x.Owner, State: string(x.State), By: x.By, At: at(x.At), Need: x.Need, Service: x.Service,
		Provider: x.Provider, Deliverer: x.Deliverer, DeliveredBy: x.DeliveredBy, Funders: inJSON(x.Funders), FormalID: x.FormalID, Referral: x.Referral,
		Track: string(x.Track), From: x.From, Until: x.Until, Units: x.Cost.Units, Currency: x.Cost.Currency, Outcome: x.Outcome, Satisfaction: x.Satisfaction, Heard: at(x.Heard)}
	for _, p := range x.Pauses {
		row.Pauses.V = append(row.Pauses.V, struct {
			From   date.Day `json:"from"`
			Until  date.Day `json:"until,omitzero"`
			Reason string   `json:"reason"`
		}(p))
	}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "episode", x.ID.UUID)
	row.Remark = s.seal("remark", x.Remark)
	return row, s.err
}

// head is a service without the words about it.
func (r episodeRow) head() protection.Episode {
	x := protection.Episode{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, State: protection.EpisodeState(r.State), By: r.By, At: r.At.Time,
		Need: r.Need, Service: r.Service, Provider: r.Provider, Deliverer: r.Deliverer, DeliveredBy: r.DeliveredBy, Funders: r.Funders.V, FormalID: r.FormalID,
		Referral: r.Referral, Track: protection.Track(r.Track), From: r.From, Until: r.Until, Cost: protection.Money{Units: r.Units, Currency: r.Currency},
		Outcome: r.Outcome, Satisfaction: r.Satisfaction, Heard: r.Heard.Time}
	for _, p := range r.Pauses.V {
		x.Pauses = append(x.Pauses, protection.Pause(p))
	}
	return x
}

// Episode reads one service.
func (s *Store) Episode(ctx context.Context, g access.Grant, id ids.Episode) (x protection.Episode, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r episodeRow
		if err := t.get(&r, `SELECT `+episodeColumns+` FROM episode WHERE id = ?`, id); err != nil {
			return err
		}
		person, err := t.personOf(r.Case)
		if err != nil {
			return err
		}
		u, err := t.unsealing(person.UUID, "episode", r.ID.UUID)
		if err != nil {
			return err
		}
		x = r.head()
		x.Remark = u.text("remark", r.Remark)
		return nil
	})
	return x, err
}

// Episodes lists the services of a case, the newest first, without the words about them.
func (s *Store) Episodes(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Episode, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []episodeRow
		err := t.list(&rows, `SELECT `+episodeColumns+` FROM episode WHERE case_id = ? ORDER BY from_day DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

type attendanceRow struct {
	ID      ids.Attendance `db:"id"`
	Episode ids.Episode    `db:"episode"`
	Day     date.Day       `db:"day"`
	Came    string         `db:"came"`
	By      ids.Account    `db:"by_account"`
	At      stamp          `db:"at"`
}

// Attended lists on which days she came, the newest first; the last word about a day counts.
func (s *Store) Attended(ctx context.Context, g access.Grant, id ids.Episode) (days []protection.Attendance, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		days = nil
		var rows []attendanceRow
		err := t.list(&rows, `SELECT id, episode, day, came, by_account, at FROM attendance WHERE episode = ? ORDER BY day DESC, at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			if len(days) > 0 && days[len(days)-1].Day == r.Day {
				continue
			}
			days = append(days, protection.Attendance{ID: r.ID, Episode: r.Episode, Day: r.Day, Came: r.Came, By: r.By, At: r.At.Time})
		}
		return err
	})
	return days, err
}

// episodes writes services and attendance.
func (w *saving) episodes(c protection.Change) error {
	for _, x := range c.Episodes {
		if err := w.put("episode", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.episodeRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
	}
	for _, x := range c.Attendances {
		row := attendanceRow{ID: x.ID, Episode: x.Episode, Day: x.Day, Came: x.Came, By: x.By, At: at(x.At)}
		if err := w.put("attendance", 0, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return nil
}
