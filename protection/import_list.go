package protection

import (
	"context"
	"encoding/hex"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// ImportList brings a historic list in. Whoever calls has read the file once to
// the end and found no problem in it; Next reads it a second time.
type ImportList struct {
	Owner  ids.Org
	Name   string
	Mark   string
	Layout vault.Text
	Next   func() ([]LegacyRecord, error) // the next records, in order; none at the end
	Tell   func(done int)                 // told how many rows are done; may be nil
	Most   int                            // stop after about so many new records, to be called again; 0: to the end
}

// Check says whether the list may be begun.
func (r ImportList) Check() error {
	mark, err := hex.DecodeString(r.Mark)
	switch {
	case r.Owner.IsZero():
		return fault.Field("owner", "legacy.owner")
	case strings.TrimSpace(r.Name) == "" || !LegacyWord(r.Name):
		return fault.Field("name", "legacy.name")
	case err != nil || len(mark) != 32 || r.Next == nil:
		return fault.New(fault.Internal, "legacy.mark")
	}
	return nil
}

// MayImport decides whether somebody may bring a list in for an organisation,
// before a file is read. [S: PROCESS.md §5: M&E writes reports; a supervisor is
// responsible for the organisation's own records; an administrator sees no
// content and has no line]
func (a *Archive) MayImport(ctx context.Context, w access.Who, owner ids.Org) (access.Grant, error) {
	return a.may(ctx, w, access.LegacyImport, access.Object{Kind: access.LegacyKind, ID: ids.New[ids.List]().UUID, Owner: owner}, access.ForStatistics)
}

// Known says of each mark whether a finished list of the grant's organisation
// has it already, the list with the mark except left aside.
func (a *Archive) Known(ctx context.Context, g access.Grant, except string, marks []string) ([]bool, error) {
	return a.Store.KnownLegacy(ctx, g, g.Object().Owner, except, marks)
}

// Import loads the list piece by piece, each piece with its entry, and makes it
// be there at the end: all of it or nothing. An import that was interrupted goes
// on where it stopped when the same file comes again; a list that is there
// already is given back and nothing is written. With Most the list that is given
// back may not be Done: the same call goes on.
//
// Faults: Denied or Withheld; Invalid from Check or from a record; Stale when
// two load the same file at once; whatever Next gives.
func (a *Archive) Import(ctx context.Context, w access.Who, r ImportList) (LegacyList, error) {
	g, err := a.MayImport(ctx, w, r.Owner)
	if err != nil {
		return LegacyList{}, err
	}
	if err := r.Check(); err != nil {
		return LegacyList{}, err
	}
	l := LegacyList{ID: ids.List{UUID: g.Object().ID}, Owner: r.Owner, Name: r.Name, Mark: r.Mark, By: w.Account, Begun: a.Now(), Layout: r.Layout}
	if l, err = a.Store.BeginLegacy(ctx, audit.Of(g, a.Now()), l); err != nil || l.Done {
		return l, err
	}
	// The list may be one that was begun before: what follows is about that one.
	o := access.Object{Kind: access.LegacyKind, ID: l.ID.UUID, Owner: l.Owner, By: l.By}
	if g, err = a.may(ctx, w, access.LegacyImport, o, access.ForStatistics); err != nil {
		return LegacyList{}, err
	}
	l, whole, err := a.load(ctx, g, l, r)
	if err != nil || !whole {
		return l, err
	}
	return a.Store.FinishLegacy(ctx, audit.Of(g, a.Now()), l)
}

// load adds what is not yet there, and says whether that was all.
func (a *Archive) load(ctx context.Context, g access.Grant, l LegacyList, r ImportList) (LegacyList, bool, error) {
	skip, done := l.Rows, 0
	for before := l.Rows; r.Most == 0 || l.Rows-before < r.Most; {
		records, err := r.Next()
		if err != nil || len(records) == 0 {
			return l, err == nil, err
		}
		done += len(records)
		past := min(skip, len(records))
		skip -= past
		if records = records[past:]; len(records) > 0 {
			for i := range records {
				records[i].List = l.ID
				if err := records[i].check(a.Country); err != nil {
					return l, false, err
				}
			}
			if l, err = a.Store.AddLegacy(ctx, audit.Of(g, a.Now()), l, records); err != nil {
				return l, false, err
			}
		}
		if r.Tell != nil {
			r.Tell(done)
		}
	}
	return l, false, nil
}
