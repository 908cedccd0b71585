package account

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// AddOrg registers an organisation; a repeated request with the same id is Stale.
func (d *Desk) AddOrg(ctx context.Context, w access.Who, o Org) error {
	now := d.now()
	_, entry, err := d.over(ctx, w, access.AccountAdd, o.ID.UUID, o.ID, now)
	if err != nil {
		return err
	}
	o.Name, o.Version = strings.TrimSpace(o.Name), 0
	if err := checkOrg(o); err != nil {
		return err
	}
	return d.save(ctx, Change{Org: &o}, entry)
}

// EditOrg changes an organisation that was read; Stale when somebody else did first.
func (d *Desk) EditOrg(ctx context.Context, w access.Who, o Org) error {
	now := d.now()
	_, entry, err := d.over(ctx, w, access.AccountEdit, o.ID.UUID, o.ID, now)
	if err != nil {
		return err
	}
	o.Name = strings.TrimSpace(o.Name)
	if err := checkOrg(o); err != nil {
		return err
	}
	if o.Version == 0 {
		return fault.New(fault.NotFound, access.NotFoundKey)
	}
	return d.save(ctx, Change{Org: &o}, entry)
}

func checkOrg(o Org) error {
	switch {
	case o.ID.IsZero():
		return fault.New(fault.Invalid, "id.malformed")
	case o.ID == House():
		return fault.Field("name", "account.org.house")
	case o.Kind == "" || len(o.Kind) > 40:
		return fault.Field("kind", "fault.choice")
	}
	return checkShown("name", o.Name)
}

// Add is a new account with its first post.
type Add struct {
	ID       ids.Account
	Org      ids.Org
	Name     string
	Shown    string
	Lang     string
	Post     access.Post   // the zero id is filled in; From zero is now
	More     []access.Post // further posts, seldom
	Password Secret        // only the demonstration brings one, of invented people
}

// Add opens an account and gives its temporary password, once. Faults: Invalid
// at "name", "shown", "lang", "org" or "role"; Stale "account.added" when the
// same request came before: its password was shown then.
func (d *Desk) Add(ctx context.Context, w access.Who, c Add) (Secret, error) {
	now := d.now()
	_, entry, err := d.over(ctx, w, access.AccountAdd, c.ID.UUID, c.Org, now)
	if err != nil {
		return "", err
	}
	c.Name, c.Shown = FoldName(c.Name), strings.TrimSpace(c.Shown)
	if err := c.check(); err != nil {
		return "", err
	}
	posts, err := d.fill(ctx, append([]access.Post{c.Post}, c.More...), now)
	if err != nil {
		return "", err
	}
	change, password, err := d.newAccount(ctx, c, now)
	if err != nil {
		return "", err
	}
	for _, post := range posts {
		change.Posts = append(change.Posts, Holding{Account: c.ID, Post: post, New: true})
		entry = entry.With("role", string(post.Role))
	}
	err = d.save(ctx, change, entry)
	if fault.Is(err, fault.Stale) {
		return "", d.taken(ctx, c.ID)
	}
	return password, err
}

// taken tells a second submit of the same form from a name that is taken.
func (d *Desk) taken(ctx context.Context, id ids.Account) error {
	_, err := d.Store.Holder(ctx, id)
	switch {
	case err == nil:
		return fault.New(fault.Stale, "account.added")
	case fault.Is(err, fault.NotFound):
		return fault.Field("name", "account.name.taken")
	}
	return err
}

func (c Add) check() error {
	if c.ID.IsZero() {
		return fault.New(fault.Invalid, "id.malformed")
	}
	if err := fault.Join(CheckName(c.Name), checkShown("shown", c.Shown)); err != nil {
		return err
	}
	if !spoken(c.Lang) {
		return fault.Field("lang", "fault.choice")
	}
	return nil
}

// fill completes and checks the posts of a new account.
func (d *Desk) fill(ctx context.Context, posts []access.Post, now time.Time) ([]access.Post, error) {
	for i := range posts {
		p := &posts[i]
		if p.ID.IsZero() {
			p.ID = ids.At[ids.Post](now, rand.Reader)
		}
		if p.From.IsZero() {
			p.From = now
		}
		if err := d.checkPost(ctx, *p, posts[:i]); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

func (d *Desk) newAccount(ctx context.Context, c Add, now time.Time) (Change, Secret, error) {
	credential := Credential{Account: c.ID, Subject: ids.At[ids.Account](now, rand.Reader).UUID}
	password := c.Password
	if password == "" {
		var err error
		if password, err = temporary(d.Random); err != nil {
			return Change{}, "", err
		}
		credential.Change, credential.Expires = true, now.Add(d.Rules.First)
	}
	var err error
	if credential.Password, err = d.Hasher.Hash(ctx, password); err != nil {
		return Change{}, "", err
	}
	account := Account{ID: c.ID, Org: c.Org, Name: c.Name, Shown: c.Shown, Lang: c.Lang, Made: now}
	return Change{Account: &account, Credential: &credential}, password, nil
}

// checkPost holds for every post that is given: an open organisation, a known
// role, and never both sides of the wall at once (PROCESS.md §5, §11.2).
func (d *Desk) checkPost(ctx context.Context, p access.Post, others []access.Post) error {
	if p.Org.IsZero() {
		return fault.Field("org", "fault.required")
	}
	org, err := d.Store.Org(ctx, p.Org)
	if fault.Is(err, fault.NotFound) || err == nil && !org.Closed.IsZero() {
		return fault.Field("org", "fault.choice")
	}
	if err != nil {
		return err
	}
	if !p.Until.IsZero() && !p.From.Before(p.Until) {
		return fault.Field("until", "account.post.order")
	}
	return compatible(p, others)
}

// compatible asks the wall about a post and all that are held at any moment of
// its time: an officer who leaves the police may work in a shelter afterwards.
func compatible(p access.Post, others []access.Post) error {
	roles := []access.Role{p.Role}
	for _, other := range others {
		apart := !p.Until.IsZero() && !other.From.Before(p.Until) || !other.Until.IsZero() && !p.From.Before(other.Until)
		if !apart && other.ID != p.ID {
			roles = append(roles, other.Role)
		}
	}
	return access.Compatible(roles)
}

// Give gives an account one more post. Nobody gives one to themselves: the
// policy refuses it (R18).
func (d *Desk) Give(ctx context.Context, w access.Who, id ids.Account, p access.Post) error {
	now := d.now()
	seat, entry, err := d.holder(ctx, w, access.AccountPost, id, now)
	if err != nil {
		return err
	}
	if p.ID.IsZero() {
		p.ID = ids.At[ids.Post](now, rand.Reader)
	}
	if p.From.IsZero() {
		p.From = now
	}
	if err := d.checkPost(ctx, p, seat.Posts); err != nil {
		return err
	}
	// The account is saved with the post: two posts given at once, each allowed
	// alone, must not meet on both sides of the wall.
	given := []Holding{{Account: id, Post: p, New: true}}
	return d.save(ctx, Change{Account: &seat.Account, Posts: given}, entry.With("role", string(p.Role)))
}

// End ends a post now; a post that ended already is no fault.
func (d *Desk) End(ctx context.Context, w access.Who, id ids.Account, post ids.Post) error {
	now := d.now()
	seat, entry, err := d.holder(ctx, w, access.AccountPost, id, now)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(seat.Posts, func(p access.Post) bool { return p.ID == post })
	if i < 0 {
		return fault.New(fault.NotFound, access.NotFoundKey)
	}
	ended := seat.Posts[i]
	if !ended.Until.IsZero() && !now.Before(ended.Until) {
		return nil
	}
	ended.Until = now
	if now.Before(ended.From) {
		ended.From = now
	}
	return d.save(ctx, Change{Account: &seat.Account, Posts: []Holding{{Account: id, Post: ended}}},
		entry.With("role", string(ended.Role)).With("post", "ended"))
}

// Close closes an account; its sessions end at once.
func (d *Desk) Close(ctx context.Context, w access.Who, id ids.Account) error {
	now := d.now()
	seat, entry, err := d.holder(ctx, w, access.AccountDisable, id, now)
	if err != nil {
		return err
	}
	if w.Account == id {
		return fault.New(fault.Denied, "account.close.self")
	}
	if !seat.Account.Open() {
		return nil
	}
	seat.Account.Closed = now
	ending := &Ending{Account: id, At: now}
	return d.save(ctx, Change{Account: &seat.Account, Ending: ending}, entry.With("account", "closed"))
}

// Reopen opens a closed account again; its password and second factor are as
// they were, its posts too.
func (d *Desk) Reopen(ctx context.Context, w access.Who, id ids.Account) error {
	now := d.now()
	seat, entry, err := d.holder(ctx, w, access.AccountDisable, id, now)
	if err != nil || seat.Account.Open() {
		return err
	}
	seat.Account.Closed = time.Time{}
	return d.save(ctx, Change{Account: &seat.Account}, entry.With("account", "reopened"))
}

// Edit is a change of what an account is called.
type Edit struct {
	Account ids.Account
	Version int // as it was read
	Shown   string
	Lang    string
}

// Edit changes what an account is called; Stale when somebody else did first.
func (d *Desk) Edit(ctx context.Context, w access.Who, c Edit) error {
	now := d.now()
	seat, entry, err := d.holder(ctx, w, access.AccountEdit, c.Account, now)
	if err != nil {
		return err
	}
	c.Shown = strings.TrimSpace(c.Shown)
	if err := checkShown("shown", c.Shown); err != nil {
		return err
	}
	if !spoken(c.Lang) {
		return fault.Field("lang", "fault.choice")
	}
	seat.Account.Version, seat.Account.Shown, seat.Account.Lang = c.Version, c.Shown, c.Lang
	return d.save(ctx, Change{Account: &seat.Account}, entry)
}

// holder reads somebody's account for a verb, and decides. What is not there
// takes the path of what may not be known: asked, decided, noted.
func (d *Desk) holder(ctx context.Context, w access.Who, a access.Action, id ids.Account, now time.Time) (Seat, audit.Entry, error) {
	seat, err := d.Store.Holder(ctx, id)
	if fault.Is(err, fault.NotFound) {
		o := access.Object{Kind: access.Accounts, ID: id.UUID}
		_, _ = d.Policy.Decide(w, a, o, access.ForOperation, now)
		return Seat{}, audit.Entry{}, d.refused(ctx, w, a, o, fault.New(fault.Withheld, access.NotFoundKey), now)
	}
	if err != nil {
		return Seat{}, audit.Entry{}, err
	}
	seat.At = now
	_, entry, err := d.over(ctx, w, a, id.UUID, seat.Account.Org, now)
	return seat, entry, err
}
