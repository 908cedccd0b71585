package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// ListDraft is a historic list on its way in: a file, and what its columns mean
// as far as that was said. Both are sealed under a key of the draft's own, which
// is destroyed when the list is loaded or discarded, and in any case after a week.
type ListDraft struct {
	ID      ids.List
	Version int
	Owner   ids.Org
	By      ids.Account
	At      time.Time
	Until   time.Time
	Size    int        // of the file, in bytes
	Mapping vault.Text // what exchange.Mapping says
	Content vault.Text // empty in a list of drafts
}

// Limits of drafts.
const (
	MaxListDraft = 8 << 20            // bytes of a file that comes through a page; larger ones come in at the console
	listDrafts   = 10                 // of one account at a time
	listDraftFor = 7 * 24 * time.Hour // [J: long enough to correct a list, short enough for a copy of names]
)

// PrepareList keeps a file to be looked at and brought in.
type PrepareList struct {
	ID      ids.List
	Mapping string
	Content []byte
}

// Check finds what the person can correct.
func (c PrepareList) Check() error {
	switch {
	case c.ID.IsZero():
		return fault.New(fault.Internal, "legacy.draft")
	case len(c.Content) == 0:
		return fault.Field("file", "legacy.draft.none")
	case len(c.Content) > MaxListDraft:
		return fault.Field("file", "legacy.draft.big")
	}
	return nil
}

// PrepareList keeps a draft for the organisation of the post.
func (a *Archive) PrepareList(ctx context.Context, w access.Who, c PrepareList) error {
	g, err := a.MayImport(ctx, w, w.Post.Org)
	if err != nil {
		return access.Hidden(err)
	}
	if err := c.Check(); err != nil {
		return err
	}
	now := a.Now()
	return a.Store.KeepListDraft(ctx, audit.Of(g, now).About(access.LegacyDraftKind, c.ID.UUID), ListDraft{ID: c.ID, Version: 1, Owner: w.Post.Org, By: w.Account,
		At: now, Until: now.Add(listDraftFor), Size: len(c.Content), Mapping: vault.Clear(c.Mapping), Content: vault.Clear(string(c.Content))}, listDrafts)
}

// about decides about a draft or a list that is there. What may not be known and what does not exist
// take the same path.
func (a *Archive) about(ctx context.Context, w access.Who, act access.Action, kind access.Kind, id ids.List) (access.Grant, error) {
	o, missing := a.Store.Facts(ctx, kind, id.UUID)
	if missing != nil && !fault.Is(missing, fault.NotFound) {
		return access.Grant{}, missing
	}
	if missing != nil {
		o = access.Object{Kind: kind, ID: id.UUID}
	}
	o.Zone = access.ZoneOf(kind)
	g, refused := a.Policy.Decide(w, act, o, access.ForStatistics, a.Now())
	how := fault.Withheld
	if missing != nil {
		refused = missing
	} else if refused != nil {
		how = fault.Of(refused).Kind
	}
	if refused == nil {
		return g, nil
	}
	if err := a.Store.Note(ctx, audit.Refused(w, act, o, access.ForStatistics, how, a.Now())); err != nil {
		return access.Grant{}, err
	}
	return access.Grant{}, access.Hidden(refused)
}

// ListDraft reads a draft whole, and gives the grant that opens it.
func (a *Archive) ListDraft(ctx context.Context, w access.Who, id ids.List) (ListDraft, access.Grant, error) {
	g, err := a.about(ctx, w, access.LegacyPrepare, access.LegacyDraftKind, id)
	if err != nil {
		return ListDraft{}, g, err
	}
	d, err := a.Store.ListDraft(ctx, g, id)
	return d, g, err
}

// MapList keeps what the columns of a draft mean. Stale when somebody else did
// meanwhile.
func (a *Archive) MapList(ctx context.Context, w access.Who, id ids.List, version int, mapping string) error {
	g, err := a.about(ctx, w, access.LegacyPrepare, access.LegacyDraftKind, id)
	if err != nil {
		return err
	}
	return a.Store.MapListDraft(ctx, audit.Of(g, a.Now()), id, version, vault.Clear(mapping))
}

// DiscardDraft forgets a draft: its key is destroyed. The list it was loaded
// into, whole or in part, stays.
func (a *Archive) DiscardDraft(ctx context.Context, w access.Who, id ids.List) error {
	g, err := a.about(ctx, w, access.LegacyPrepare, access.LegacyDraftKind, id)
	if err != nil {
		return err
	}
	return a.Store.DropListDraft(ctx, audit.Of(g, a.Now()), id)
}

// ListDrafts lists one's own drafts, the newest first, without what is in them.
func (a *Archive) ListDrafts(ctx context.Context, w access.Who) ([]ListDraft, error) {
	if _, err := a.may(ctx, w, access.LegacyList, access.Object{Kind: access.LegacyKind}, access.ForStatistics); err != nil {
		return nil, access.Hidden(err)
	}
	return a.Store.ListDrafts(ctx, w.Account, w.Post.Org, a.Now())
}

// SweepDrafts forgets drafts that nobody went on with for a week.
func (a *Archive) SweepDrafts(ctx context.Context) error {
	g, err := a.may(ctx, access.Itself(), access.SystemRetain, access.Object{Kind: access.System}, access.ForOperation)
	if err != nil {
		return err
	}
	return a.Store.SweepListDrafts(ctx, audit.Of(g, a.Now()), a.Now())
}
