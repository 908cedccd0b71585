package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type inspectionRow struct {
	ID      ids.Inspection                       `db:"id"`
	Service ids.Service                          `db:"service"`
	Org     ids.Org                              `db:"org"`
	Day     date.Day                             `db:"day"`
	By      ids.Account                          `db:"by_account"`
	At      stamp                                `db:"at"`
	Met     asJSON[map[string]protection.Answer] `db:"met"`
	Right   date.Day                             `db:"right_by"`
}

// Inspections lists those of a service, the newest first.
func (s *Store) Inspections(ctx context.Context, g access.Grant, id ids.Service) (all []protection.Inspection, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []inspectionRow
		err := t.list(&rows, `SELECT id, service, org, day, by_account, at, met, right_by FROM inspection WHERE service = ? ORDER BY day DESC, at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, protection.Inspection{ID: r.ID, Service: r.Service, Org: r.Org, Day: r.Day, By: r.By, At: r.At.Time, Met: r.Met.V, Right: r.Right})
		}
		return err
	})
	return all, err
}

// inspections are written before the line of the directory that they date: said
// twice, the second finds the first.
func (w *saving) inspections(c protection.Change) error {
	for _, x := range c.Inspections {
		row := inspectionRow{ID: x.ID, Service: x.Service, Org: x.Org, Day: x.Day, By: x.By, At: at(x.At), Met: inJSON(x.Met), Right: x.Right}
		if err := w.put("inspection", 0, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return nil
}
