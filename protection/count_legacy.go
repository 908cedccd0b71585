package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// LegacyLists lists the historic lists that somebody may know of, the newest first.
func (a *Archive) LegacyLists(ctx context.Context, w access.Who, p Page) (Cut[LegacyList], error) {
	g, err := a.may(ctx, w, access.LegacyList, access.Object{Kind: access.LegacyKind}, access.ForStatistics)
	if err != nil {
		return Cut[LegacyList]{}, err
	}
	return a.Store.LegacyLists(ctx, g, p)
}

// CountLegacy counts people over one list, or over every list that somebody may
// count (the zero id), by the dimensions named. Repeats of a person who is known
// to be the same count once. The cells are raw: a page or a file shows them
// through internal/release only.
func (a *Archive) CountLegacy(ctx context.Context, w access.Who, list ids.List, by ...LegacyBy) ([]LegacyCount, error) {
	o := access.Object{Kind: access.LegacyKind, Owner: w.Post.Org}
	if !list.IsZero() {
		facts, err := a.Store.Facts(ctx, access.LegacyKind, list.UUID)
		if err != nil {
			return nil, err
		}
		o = facts
	}
	g, err := a.may(ctx, w, access.LegacyCount, o, access.ForStatistics)
	if err != nil {
		return nil, err
	}
	return a.Store.LegacyCounts(ctx, g, list, by)
}
