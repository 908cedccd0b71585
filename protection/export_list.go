package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// exportStep is how many records are read at a time.
const exportStep = 500

// LegacyRow is a row taken out again: what stood in the file, in clear.
type LegacyRow struct {
	Line  int
	Given string
}

// ExportList takes a list out again, row by row in the order of the file, to
// whoever may read the persons in it: the supervisor of the organisation that
// owns it (PROCESS.md §5 "R org"). head gets the layout first. Each record is
// decided on its own, because each has its own key; one that was erased is left
// out. Every piece read leaves its entry.
//
// A list in which nothing is personal keeps no rows as given: Invalid "legacy.export.nothing".
func (a *Archive) ExportList(ctx context.Context, w access.Who, id ids.List, head func(LegacyList, string) error, each func(LegacyRow) error) error {
	o, err := a.Store.Facts(ctx, access.LegacyRowKind, id.UUID)
	if err != nil {
		return err
	}
	g, err := a.may(ctx, w, access.LegacyExport, o, access.ForSupervision)
	if err != nil {
		return err
	}
	for after, first := 0, true; ; first = false {
		l, records, err := a.Store.LegacyRecords(ctx, g, id, after, exportStep)
		if err != nil {
			return err
		}
		if first {
			layout, err := l.Layout.Open(g)
			if err != nil {
				return err
			}
			if layout == "" {
				return fault.New(fault.Invalid, "legacy.export.nothing")
			}
			if err := head(l, layout); err != nil {
				return err
			}
		}
		for _, r := range records {
			if err := a.open(w, o, r, each); err != nil {
				return err
			}
			after = r.Line
		}
		if len(records) < exportStep {
			return nil
		}
	}
}

// open gives one record in clear.
func (a *Archive) open(w access.Who, list access.Object, r LegacyRecord, each func(LegacyRow) error) error {
	o := list
	o.ID, o.Subject = r.ID.UUID, r.ID.UUID
	g, err := a.Policy.Decide(w, access.LegacyExport, o, access.ForSupervision, a.Now())
	if err != nil {
		return err
	}
	given, err := r.Given.Open(g)
	if fault.Is(err, fault.NotFound) || err == nil && given == "" {
		return nil
	}
	if err != nil {
		return err
	}
	return each(LegacyRow{Line: r.Line, Given: given})
}
