package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// piecesAtOnce bounds one go of [Archive.DiscardList]: some seconds on a slow disk.
const piecesAtOnce = 20

// HalfLoaded lists the lists that were begun and are not there yet, of those
// that somebody may know of, the newest first.
func (a *Archive) HalfLoaded(ctx context.Context, w access.Who) ([]LegacyList, error) {
	g, err := a.may(ctx, w, access.LegacyList, access.Object{Kind: access.LegacyKind}, access.ForStatistics)
	if err != nil {
		return nil, access.Hidden(err)
	}
	return a.Store.HalfLegacies(ctx, g)
}

// Begun gives the list of the organisation with a mark, finished or half-loaded;
// the zero list when there is none.
func (a *Archive) Begun(ctx context.Context, g access.Grant, owner ids.Org, mark string) (LegacyList, error) {
	return a.Store.BegunLegacy(ctx, g, owner, mark)
}

// DiscardList takes a half-loaded list out again, piece by piece, each with its
// entry; the keys of its records are destroyed. It says whether nothing is left:
// else it is called again. A finished list is Invalid: it is counted already.
func (a *Archive) DiscardList(ctx context.Context, w access.Who, id ids.List) (done bool, err error) {
	g, err := a.about(ctx, w, access.LegacyDiscard, access.LegacyKind, id)
	if err != nil {
		return false, err
	}
	for range piecesAtOnce {
		if done, err = a.Store.DiscardLegacy(ctx, audit.Of(g, a.Now()), id); done || err != nil {
			return done, err
		}
	}
	return false, nil
}
