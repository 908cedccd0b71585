package protection

import (
	"context"
	"io"
	"sync"
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

// Desk is where the verbs of protection are called, by pages, API and importers alike.
type Desk struct {
	Store  Store
	Policy Policy
	Rules  *Rules
	Now    func() time.Time
	Random io.Reader            // for case codes
	Kind   func(ids.Org) string // an organisation's type, code list "decided_by"
	turn   sync.Mutex           // one picture at a time is drawn
	Home   ids.Org              // who receives a signal when nobody is on the roster for its place
}

// May decides about one record for a page that shows a form before its verb is
// called. Like every decision, a refusal leaves an entry.
func (d *Desk) May(ctx context.Context, w access.Who, a access.Action, kind access.Kind, id ids.UUID, p access.Purpose) (access.Grant, error) {
	return d.may(ctx, w, a, kind, id, p)
}

// MayList decides about a list, for a page that shows a form before it is asked for.
func (d *Desk) MayList(ctx context.Context, w access.Who, a access.Action, kind access.Kind, p access.Purpose) error {
	_, err := d.mayAll(ctx, w, a, access.Object{Kind: kind}, p)
	return err
}

// Opens says whether a link to a record should be shown. It is not a decision,
// and leaves no entry: the verb behind the link decides.
func (d *Desk) Opens(ctx context.Context, w access.Who, a access.Action, kind access.Kind, id ids.UUID, p access.Purpose) bool {
	o, err := d.Store.Facts(ctx, kind, id)
	if err == nil {
		_, err = d.Policy.Decide(w, a, o, p, d.Now())
	}
	return err == nil
}

// may decides about one record. A refusal is an entry too. What may not be
// known and what does not exist take the same path: facts, decision, note.
func (d *Desk) may(ctx context.Context, w access.Who, a access.Action, kind access.Kind, id ids.UUID, p access.Purpose) (access.Grant, error) {
	o, missing := d.Store.Facts(ctx, kind, id)
	if missing != nil && !fault.Is(missing, fault.NotFound) {
		return access.Grant{}, missing
	}
	if missing != nil {
		// Decided against an object nobody owns, so that both answers cost the same.
		o = access.Object{Kind: kind, ID: id, Zone: access.ZoneOf(kind)}
	}
	g, refused := d.Policy.Decide(w, a, o, p, d.Now())
	how := fault.Withheld
	if missing != nil {
		refused = missing
	} else if refused != nil {
		how = fault.Of(refused).Kind
	}
	if refused != nil {
		if err := d.Store.Note(ctx, audit.Refused(w, a, o, p, how, d.Now())); err != nil {
			return access.Grant{}, err
		}
		return access.Grant{}, refused
	}
	return g, nil
}

// mayAll decides about a list, or about a record that is not there yet.
func (d *Desk) mayAll(ctx context.Context, w access.Who, a access.Action, o access.Object, p access.Purpose) (access.Grant, error) {
	if o.Zone == "" {
		o.Zone = access.ZoneOf(o.Kind)
	}
	g, refused := d.Policy.Decide(w, a, o, p, d.Now())
	if refused != nil {
		if err := d.Store.Note(ctx, audit.Refused(w, a, o, p, fault.Of(refused).Kind, d.Now())); err != nil {
			return access.Grant{}, err
		}
		return access.Grant{}, refused
	}
	return g, nil
}

// event is a line of a case's timeline, by the holder of a grant.
func (d *Desk) event(g access.Grant, c ids.Case, verb, code string) Event {
	return Event{ID: ids.New[ids.Event](), Case: c, At: d.Now(), By: g.Who().Account, Org: g.Who().Post.Org, Verb: verb, Code: code}
}

func (d *Desk) orgType(org ids.Org) string {
	if d.Kind == nil {
		return "OTHER"
	}
	return d.Kind(org)
}
