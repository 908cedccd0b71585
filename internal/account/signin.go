package account

import (
	"context"
	"time"
	"unicode/utf8"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// SignIn is a name and a password at the door.
type SignIn struct {
	Name     string
	Password Secret
	Addr     string // of the caller, for the gentle limit; never kept in clear
	Device   string // "Firefox, Android"
	Known    Token  // the last token this browser held for any session, ended or not; "" when none
}

// SignIn opens a session when the name and the password fit. What is still
// asked is in the step's stage.
//
// Faults: Invalid "account.sign-in.wrong" for an unknown name, a wrong or
// outdated password and a closed account alike, in the same time; Invalid
// "account.sign-in.wait" with Wait while the name or the address must wait;
// Denied "account.no-post" for the right password of an account without a post
// in force. Known limit: a known name costs a few more questions to the
// database than an unknown one; the hash takes a hundred times as long, and the
// tries are few.
func (d *Desk) SignIn(ctx context.Context, c SignIn) (Step, error) {
	now := d.now()
	name := FoldName(c.Name)
	at, err := d.approach(ctx, name, c, now)
	if err != nil {
		return Step{}, err
	}
	seat, err := d.Store.Knock(ctx, name)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Step{}, err
	}
	fits, err := d.Hasher.Verify(ctx, seat.Credential.Password, c.Password)
	if err != nil {
		return Step{}, err
	}
	seat.At = now
	if !fits || !seat.Account.Open() || seat.Credential.outdated(now) {
		return Step{}, d.wrong(ctx, seat, c.Addr, "account.sign-in.wrong", now)
	}
	if len(seat.inForce()) == 0 {
		return Step{}, d.noPost(ctx, seat, now)
	}
	return d.open(ctx, seat, at, c.Device, now)
}

// outdated says whether a temporary password has had its time.
func (c Credential) outdated(now time.Time) bool {
	return !c.Expires.IsZero() && !now.Before(c.Expires)
}

func (d *Desk) open(ctx context.Context, seat Seat, at Door, device string, now time.Time) (Step, error) {
	token, err := newToken(d.Random)
	if err != nil {
		return Step{}, err
	}
	seat.Session = newSession(now, d.Rules, token, seat.Account, deviceLabel(device))
	seat.Session.Skipped = d.Rules.SkipSecond && !seat.Credential.Enrolled
	_, entry, err := d.own(seat, access.SessionOpen, seat.Account.ID.UUID, now)
	if err != nil {
		return Step{}, err
	}
	if seat.Session.Skipped {
		entry = entry.With("second_factor", "skipped")
	}
	change := Change{Session: &seat.Session, Forget: []Door{at}}
	if err := d.save(ctx, change, entry); err != nil {
		return Step{}, err
	}
	return d.step(seat, token, now), nil
}

func (d *Desk) nameDoor(name string) Door { return door(d.Rules.Pepper, "name", name) }
func (d *Desk) addrDoor(addr string) Door { return door(d.Rules.Pepper, "address", network(addr)) }
func (d *Desk) secondDoor(s Seat) Door {
	return door(d.Rules.Pepper, "second", s.Account.ID.String())
}

// approach counts a try before anything is compared, and asks whether the
// address must wait. Unknown names are slowed like known ones. It gives the
// door that was tried, to be forgotten when the password fits.
func (d *Desk) approach(ctx context.Context, name string, c SignIn, now time.Time) (Door, error) {
	var closed time.Duration
	err := d.Store.Try(ctx, d.addrDoor(c.Addr), func(a Attempts) Attempts {
		closed = a.full(now)
		return a
	})
	if err != nil {
		return "", err
	}
	if closed > 0 {
		return "", mustWait("password", closed)
	}
	at, err := d.doorFor(ctx, name, c.Known)
	if err != nil {
		return "", err
	}
	return at, d.try(ctx, at, "password", now)
}

// doorFor gives the door of a name. A browser that was signed in to the same
// account before has one of its own: whoever guesses at the name of a duty
// officer all night does not keep her out of her own telephone [M: OWASP,
// device cookies].
func (d *Desk) doorFor(ctx context.Context, name string, known Token) (Door, error) {
	if known == "" {
		return d.nameDoor(name), nil
	}
	seat, err := d.Store.Sit(ctx, HashToken(known))
	switch {
	case fault.Is(err, fault.NotFound), err == nil && (seat.Account.Name != name || seat.needsSecond(d.Rules) && !seat.Session.Second):
		return d.nameDoor(name), nil
	case err != nil:
		return "", err
	}
	return d.deviceDoor(seat), nil
}

func (d *Desk) deviceDoor(s Seat) Door {
	return door(d.Rules.Pepper, "device", s.Session.ID.String())
}

// noPost keeps the entry of somebody who proved the password and has no post.
func (d *Desk) noPost(ctx context.Context, seat Seat, now time.Time) error {
	if err := d.Store.Note(ctx, refusal(access.Visitor(), access.SessionOpen, seat, now).With("why", "no_post")); err != nil {
		return err
	}
	return fault.New(fault.Denied, "account.no-post")
}

// try counts a try at a door as failed until it is forgotten.
func (d *Desk) try(ctx context.Context, at Door, field string, now time.Time) error {
	var closed time.Duration
	err := d.Store.Try(ctx, at, func(a Attempts) Attempts {
		next, wait := a.try(now)
		closed = wait
		return next
	})
	if err != nil {
		return err
	}
	if closed > 0 {
		return mustWait(field, closed)
	}
	return nil
}

func mustWait(field string, closed time.Duration) error {
	return fault.FieldArgs(field, "account.sign-in.wait", map[string]any{"Wait": closed.Round(time.Second)})
}

// wrong keeps the entry of a failed proof, counts it against the address and
// gives the fault.
func (d *Desk) wrong(ctx context.Context, seat Seat, addr, key string, now time.Time) error {
	err := d.Store.Try(ctx, d.addrDoor(addr), func(a Attempts) Attempts { return a.fail(now) })
	if err != nil {
		return err
	}
	if err := d.Store.Note(ctx, refusal(access.Visitor(), access.SessionOpen, seat, now)); err != nil {
		return err
	}
	return fault.Field("password", key)
}

// refusal is the entry of a proof that failed. Who failed is not known to be
// the account's owner: the account is what it is about.
func refusal(w access.Who, a access.Action, seat Seat, now time.Time) audit.Entry {
	o := access.Object{Kind: access.SessionKind, ID: seat.Session.ID.UUID}
	e := audit.Refused(w, a, o, access.ForOperation, fault.Denied, now)
	if !seat.Account.ID.IsZero() {
		e = e.About(access.Accounts, seat.Account.ID.UUID)
	}
	return e
}

// deviceLabel keeps a short, printable label.
func deviceLabel(device string) string {
	if !printable(device) {
		return ""
	}
	for utf8.RuneCountInString(device) > 60 {
		_, size := utf8.DecodeLastRuneInString(device)
		device = device[:len(device)-size]
	}
	return device
}
