package account

import (
	"context"
	"io"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Store keeps accounts and sessions. It seals what is [vault.Text]: secrets of
// a credential under its Subject and the [House], channels and drafts under the
// account's id and its organisation. What is absent is fault NotFound.
type Store interface {
	// SaveAccounts keeps a change and its entry in one transaction. A record of version
	// 0 is added (Stale when it exists), another replaces the stored one of the
	// same version (Stale when it has moved on) and is stored as one more. When
	// an account is saved closed, its sessions end in the same transaction.
	SaveAccounts(ctx context.Context, c Change, e audit.Entry) error
	// Note keeps an entry on its own: a refusal.
	Note(ctx context.Context, e audit.Entry) error

	// Knock finds who signs in by a folded name; the Seat has no Session.
	Knock(ctx context.Context, name string) (Seat, error)
	// Holder is Knock by the account's id.
	Holder(ctx context.Context, id ids.Account) (Seat, error)
	// Sit finds the seat of a token, whatever its stage.
	Sit(ctx context.Context, token TokenHash) (Seat, error)
	// Touch notes that a session was used. It changes no version and has no entry.
	Touch(ctx context.Context, id ids.Session, seen time.Time) error
	// Sessions lists the sessions of an account that have not ended, newest first.
	Sessions(ctx context.Context, id ids.Account) ([]Session, error)

	// Try changes what is known of a door, alone with it: two tries at once are
	// two. The new value is kept even when it is the old one.
	Try(ctx context.Context, d Door, fn func(Attempts) Attempts) error

	Org(ctx context.Context, id ids.Org) (Org, error)
	// Orgs lists open organisations by name, after a name and id, keyset-paged.
	Orgs(ctx context.Context, after Cursor, limit int) ([]Org, error)
	// Accounts lists the accounts a scope admits by name, after a name and id.
	Accounts(ctx context.Context, s access.Scope, after Cursor, limit int) ([]Account, error)
	// Anybody says whether there is any account at all.
	Anybody(ctx context.Context) (bool, error)

	Channels(ctx context.Context, id ids.Account, e audit.Entry) ([]Channel, error)

	// SaveDraft keeps a draft in place of the one with the same account and form.
	SaveDraft(ctx context.Context, d Draft, e audit.Entry) error
	// Draft reads one; an expired one is NotFound.
	Draft(ctx context.Context, id ids.Account, form string, now time.Time, e audit.Entry) (Draft, error)
	// Drafts lists what is kept and not expired, newest first, without content.
	Drafts(ctx context.Context, id ids.Account, now time.Time) ([]Draft, error)
	// DropDraft forgets one; one that is not there is no fault.
	DropDraft(ctx context.Context, id ids.Account, form string, e audit.Entry) error
	// Sweep removes drafts, ended sessions and doors that are past their time.
	Sweep(ctx context.Context, now time.Time, e audit.Entry) error
}

// Change is everything one verb writes.
type Change struct {
	Org        *Org
	Account    *Account
	Credential *Credential
	Session    *Session
	Posts      []Holding // given, or ended
	Channels   *Channels
	Ending     *Ending
	Forget     []Door // doors that are as if never tried
}

// Holding is a post of an account.
type Holding struct {
	Account ids.Account
	Post    access.Post
	New     bool
}

// Channels are all the channels of an account, in place of those before.
type Channels struct {
	Account ids.Account
	Org     ids.Org
	All     []Channel
}

// Ending ends the sessions of an account: one of them, or all but one.
type Ending struct {
	Account ids.Account
	Only    ids.Session
	Except  ids.Session
	At      time.Time
}

// Cursor is where a page of a list ended.
type Cursor struct {
	Name string
	ID   ids.UUID
}

// Decider is the policy.
type Decider interface {
	Decide(w access.Who, a access.Action, o access.Object, p access.Purpose, at time.Time) (access.Grant, error)
}

// Desk is where people sign in and accounts are kept. All its fields are needed.
type Desk struct {
	Store  Store
	Policy Decider
	Hasher *Hasher
	Rules  Rules
	Random io.Reader // crypto/rand.Reader
	Now    func() time.Time
}

// Open makes a desk; the fault is Internal when something is missing.
func Open(d Desk) (*Desk, error) {
	if d.Store == nil || d.Policy == nil || d.Hasher == nil || d.Random == nil || d.Now == nil {
		return nil, fault.New(fault.Internal, "account.desk")
	}
	d.Rules = d.Rules.filled()
	return &d, nil
}

// now is the clock, cut to what is stored.
func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Millisecond) }

// own decides about one's own session, and makes the entry.
func (d *Desk) own(s Seat, a access.Action, subject ids.UUID, now time.Time) (access.Grant, audit.Entry, error) {
	o := access.Object{Kind: access.SessionKind, ID: s.Session.ID.UUID, Subject: subject,
		Owner: s.Account.Org, By: s.Account.ID}
	g, err := d.Policy.Decide(s.Who(), a, o, access.ForOperation, now)
	if err != nil {
		return access.Grant{}, audit.Entry{}, err
	}
	return g, audit.Of(g, now), nil
}

// over decides about somebody's account, and keeps the entry of a refusal.
func (d *Desk) over(ctx context.Context, w access.Who, a access.Action, id ids.UUID, owner ids.Org, now time.Time) (access.Grant, audit.Entry, error) {
	o := access.Object{Kind: access.Accounts, ID: id, Subject: id, Owner: owner}
	g, err := d.Policy.Decide(w, a, o, access.ForOperation, now)
	if err != nil {
		return access.Grant{}, audit.Entry{}, d.refused(ctx, w, a, o, err, now)
	}
	return g, audit.Of(g, now), nil
}

// refused keeps the entry of a refusal and gives the refusal back, or the
// failure to keep it.
func (d *Desk) refused(ctx context.Context, w access.Who, a access.Action, o access.Object, cause error, now time.Time) error {
	e := audit.Refused(w, a, o, access.ForOperation, fault.Of(cause).Kind, now)
	if !e.Valid() {
		return cause
	}
	if err := d.Store.Note(ctx, e); err != nil {
		return err
	}
	return access.Hidden(cause)
}

// save keeps a change, and brings the records in memory to the version stored.
func (d *Desk) save(ctx context.Context, c Change, e audit.Entry) error {
	if err := d.Store.SaveAccounts(ctx, c, e); err != nil {
		return err
	}
	if c.Org != nil {
		c.Org.Version++
	}
	if c.Account != nil {
		c.Account.Version++
	}
	if c.Credential != nil {
		c.Credential.Version++
	}
	if c.Session != nil {
		c.Session.Version++
	}
	return nil
}

// Step is what a verb of signing in leads to: the seat with its next stage, and
// a new token for the browser when the old one is no longer good.
type Step struct {
	Seat  Seat
	Token Token // "" : keep the one there is
}

// step works out the stage after a change.
func (d *Desk) step(s Seat, token Token, now time.Time) Step {
	s.At = now
	s.Stage = s.stage(d.Rules)
	return Step{Seat: s, Token: token}
}

// at refuses a verb in the wrong stage: a page that was left open, or a second
// submit.
func (s Seat) at(stages ...Stage) error {
	for _, one := range stages {
		if s.Stage == one && one != Over {
			return nil
		}
	}
	return fault.New(fault.Stale, "account.session.moved")
}
