package account

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// seenStep is how exactly the use of a session is kept: a write for every page
// would queue behind every other.
const seenStep = time.Minute

// Session finds the seat of a token, with its stage now. The fault is Denied
// "account.session.over" when there is none, for whatever reason: sign in again.
// Every other stage is an answer, and pages must ask it before they show
// anything; a Locked seat shows nothing but the way to unlock.
func (d *Desk) Session(ctx context.Context, token Token) (Seat, error) {
	now := d.now()
	if token == "" {
		return Seat{}, over()
	}
	seat, err := d.Store.Sit(ctx, HashToken(token))
	if fault.Is(err, fault.NotFound) {
		return Seat{}, over()
	}
	if err != nil {
		return Seat{}, err
	}
	seat.At = now
	seat.Stage = seat.stage(d.Rules)
	switch seat.Stage {
	case Over:
		return Seat{}, over()
	case Locked:
		return seat, nil
	}
	if now.Sub(seat.Session.Seen) >= seenStep {
		if err := d.Store.Touch(ctx, seat.Session.ID, now); err != nil {
			return Seat{}, err
		}
		seat.Session.Seen = now
	}
	return seat, nil
}

func over() error { return fault.New(fault.Denied, "account.session.over") }

// AcceptConduct accepts the code of conduct in the version that was shown.
// Stale when another is in force by now: show that one.
func (d *Desk) AcceptConduct(ctx context.Context, seat Seat, version string) (Step, error) {
	now := d.now()
	if err := seat.at(AskConduct); err != nil {
		return Step{}, err
	}
	if version != d.Rules.Conduct {
		return Step{}, fault.New(fault.Stale, "account.conduct.newer")
	}
	_, entry, err := d.own(seat, access.SessionConduct, seat.Account.ID.UUID, now)
	if err != nil {
		return Step{}, err
	}
	seat.Credential.Conduct = version
	if err := d.save(ctx, Change{Credential: &seat.Credential}, entry.With("version", version)); err != nil {
		return Step{}, err
	}
	return d.step(seat, "", now), nil
}

// ChoosePost puts on one of the account's posts in force. Invalid at "post"
// when it is not one of them.
func (d *Desk) ChoosePost(ctx context.Context, seat Seat, post ids.Post) (Step, error) {
	now := d.now()
	if err := seat.at(AskPost, In); err != nil {
		return Step{}, err
	}
	seat.At = now
	seat.Session.Post = post
	if chosen, ok := seat.post(); !ok || chosen.ID != post {
		return Step{}, fault.Field("post", "account.post.choose")
	}
	_, entry, err := d.own(seat, access.SessionPost, seat.Account.ID.UUID, now)
	if err != nil {
		return Step{}, err
	}
	if err := d.save(ctx, Change{Session: &seat.Session}, entry); err != nil {
		return Step{}, err
	}
	return d.step(seat, "", now), nil
}

// Lock locks the session at the person's wish. Locking twice is no fault.
func (d *Desk) Lock(ctx context.Context, seat Seat) (Step, error) {
	now := d.now()
	if seat.Stage == Locked {
		return d.step(seat, "", now), nil
	}
	if err := seat.at(In, AskPost, AskConduct, AskPassword); err != nil {
		return Step{}, err
	}
	_, entry, err := d.own(seat, access.SessionUnlock, seat.Account.ID.UUID, now)
	if err != nil {
		return Step{}, err
	}
	seat.Session.Locked = true
	if err := d.save(ctx, Change{Session: &seat.Session}, entry.With("lock", "asked")); err != nil {
		return Step{}, err
	}
	return d.step(seat, "", now), nil
}

// Unlock opens a locked session again by its password, under a new token.
func (d *Desk) Unlock(ctx context.Context, seat Seat, password Secret) (Step, error) {
	now := d.now()
	if err := seat.at(Locked); err != nil {
		return Step{}, err
	}
	if err := d.again(ctx, seat, password, now); err != nil {
		return Step{}, err
	}
	_, entry, err := d.own(seat, access.SessionUnlock, seat.Account.ID.UUID, now)
	if err != nil {
		return Step{}, err
	}
	token, err := newToken(d.Random)
	if err != nil {
		return Step{}, err
	}
	seat.Session.Locked, seat.Session.Seen, seat.Session.Token = false, now, HashToken(token)
	if err := d.save(ctx, Change{Session: &seat.Session}, entry); err != nil {
		return Step{}, err
	}
	return d.step(seat, token, now), nil
}

// SignOut ends the session. What was typed stays as a draft.
func (d *Desk) SignOut(ctx context.Context, seat Seat) error {
	now := d.now()
	return d.end(ctx, seat, access.SessionClose, &Ending{Account: seat.Account.ID, Only: seat.Session.ID, At: now}, now)
}

// Sessions lists one's own sessions that have not ended, newest first.
func (d *Desk) Sessions(ctx context.Context, seat Seat) ([]Session, error) {
	if err := seat.at(In); err != nil {
		return nil, err
	}
	now := d.now()
	if _, _, err := d.own(seat, access.SessionList, seat.Account.ID.UUID, now); err != nil {
		return nil, err
	}
	all, err := d.Store.Sessions(ctx, seat.Account.ID)
	if err != nil {
		return nil, err
	}
	open := all[:0]
	for _, one := range all {
		if now.Before(one.Until) {
			open = append(open, one)
		}
	}
	return open, nil
}

// Revoke ends one of one's own sessions, on a telephone that was lost for
// instance. Another account's session is as if it were not there.
func (d *Desk) Revoke(ctx context.Context, seat Seat, id ids.Session) error {
	if err := seat.at(In); err != nil {
		return err
	}
	now := d.now()
	return d.end(ctx, seat, access.SessionRevoke, &Ending{Account: seat.Account.ID, Only: id, At: now}, now)
}

// RevokeOthers ends all of one's own sessions but this one.
func (d *Desk) RevokeOthers(ctx context.Context, seat Seat) error {
	if err := seat.at(In); err != nil {
		return err
	}
	now := d.now()
	return d.end(ctx, seat, access.SessionRevoke, &Ending{Account: seat.Account.ID, Except: seat.Session.ID, At: now}, now)
}

func (d *Desk) end(ctx context.Context, seat Seat, a access.Action, ending *Ending, now time.Time) error {
	_, entry, err := d.own(seat, a, seat.Account.ID.UUID, now)
	if err != nil {
		return err
	}
	if !ending.Only.IsZero() && ending.Only != seat.Session.ID {
		entry = entry.About(access.SessionKind, ending.Only.UUID)
	}
	return d.save(ctx, Change{Ending: ending}, entry)
}

// Sweep removes what is past its time: drafts, sessions that ended, doors that
// are forgotten. The program does it by itself.
func (d *Desk) Sweep(ctx context.Context) error {
	now := d.now()
	g, err := d.Policy.Decide(access.Itself(), access.SystemRetain, access.Object{Kind: access.System}, access.ForOperation, now)
	if err != nil {
		return err
	}
	return d.Store.Sweep(ctx, now, audit.Of(g, now))
}
