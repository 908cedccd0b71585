package prosecution

import (
	"context"
	"io"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Policy decides. It is access.Policy, named here so that tests can see every question.
type Policy interface {
	Decide(w access.Who, a access.Action, o access.Object, p access.Purpose, at time.Time) (access.Grant, error)
}

// Desk is where the verbs of prosecution are called, by pages, API and importers alike.
type Desk struct {
	Store  Store
	Policy Policy
	Rules  *Rules
	Now    func() time.Time
	Random io.Reader // for references
}

// May decides about one file for a page that shows a form before its verb is
// called. Like every decision, a refusal leaves an entry.
func (d *Desk) May(ctx context.Context, w access.Who, a access.Action, id ids.File) (access.Grant, error) {
	return d.may(ctx, w, a, id)
}

// MayAll decides about a list, or a file that is not there yet, for a page that shows
// a form before it is asked for.
func (d *Desk) MayAll(ctx context.Context, w access.Who, a access.Action) error {
	_, err := d.mayAll(ctx, w, a)
	return err
}

// may decides about one file. A refusal is an entry too. What may not be known and
// what does not exist take the same path: facts, decision, note.
func (d *Desk) may(ctx context.Context, w access.Who, a access.Action, id ids.File) (access.Grant, error) {
	o, missing := d.Store.Facts(ctx, access.FileKind, id.UUID)
	if missing != nil && !fault.Is(missing, fault.NotFound) {
		return access.Grant{}, missing
	}
	if missing != nil {
		// Decided against an object nobody owns, so that both answers cost the same.
		o = access.Object{Kind: access.FileKind, ID: id.UUID, Zone: access.Criminal}
	}
	g, refused := d.Policy.Decide(w, a, o, access.ForProsecution, d.Now())
	how := fault.Withheld
	if missing != nil {
		refused = missing
	} else if refused != nil {
		how = fault.Of(refused).Kind
	}
	if refused != nil {
		if err := d.Store.Note(ctx, audit.Refused(w, a, o, access.ForProsecution, how, d.Now())); err != nil {
			return access.Grant{}, err
		}
		return access.Grant{}, refused
	}
	return g, nil
}

// mayAll decides about a list, or about a file that is not there yet: it would be of
// the worker's own unit.
func (d *Desk) mayAll(ctx context.Context, w access.Who, a access.Action) (access.Grant, error) {
	o := access.Object{Kind: access.FileKind, Zone: access.Criminal, By: w.Account, Owner: w.Post.Org}
	g, refused := d.Policy.Decide(w, a, o, access.ForProsecution, d.Now())
	if refused != nil {
		if err := d.Store.Note(ctx, audit.Refused(w, a, o, access.ForProsecution, fault.Of(refused).Kind, d.Now())); err != nil {
			return access.Grant{}, err
		}
		return access.Grant{}, refused
	}
	return g, nil
}

// begin is what every verb on a file starts with: the decision, and the file as it
// stands, which must be where the verb is done, by who may.
func (d *Desk) begin(ctx context.Context, w access.Who, a access.Action, v Verb, id ids.File) (access.Grant, Dossier, error) {
	g, err := d.may(ctx, w, a, id)
	if err != nil {
		return g, Dossier{}, err
	}
	f, err := d.Store.Dossier(ctx, g, id)
	if err == nil && (v != "" && !May(f.State, v, w.Post.Role) || !f.Seised(w)) {
		err = notNow()
	}
	return g, f, err
}

// save keeps what a verb changed; the file says when anybody last did anything in it.
func (d *Desk) save(ctx context.Context, g access.Grant, f File, c Change) error {
	now := d.Now()
	f.Changed = now
	c.File = &f
	return d.Store.SaveProsecution(ctx, audit.Of(g, now).About(access.FileKind, f.ID.UUID), c)
}
