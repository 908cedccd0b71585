package account

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/vault"
)

// Second passes the second factor: six digits of an app, or a printed code,
// which is spent. The step carries a new token: the old one opens nothing.
//
// Faults: Invalid "account.second.wrong", the same for a wrong, a used and an
// old code; Invalid "account.sign-in.wait"; Stale in another stage.
func (d *Desk) Second(ctx context.Context, seat Seat, code Secret) (Step, error) {
	now := d.now()
	if err := seat.at(AskSecond); err != nil {
		return Step{}, err
	}
	if err := d.try(ctx, d.secondDoor(seat), "code", now); err != nil {
		return Step{}, err
	}
	g, entry, err := d.own(seat, access.SessionFactor, seat.Credential.Subject, now)
	if err != nil {
		return Step{}, err
	}
	how, err := d.prove(ctx, g, &seat.Credential, code, now)
	if err != nil {
		return Step{}, d.unproven(ctx, seat, err, now)
	}
	step, err := d.passed(ctx, seat, Change{Credential: &seat.Credential}, entryWith{entry, "factor", how}, now)
	if fault.Is(err, fault.Stale) { // the same code at the same moment: one of the two is a replay
		return Step{}, d.unproven(ctx, seat, wrongCode(), now)
	}
	return step, err
}

func wrongCode() error { return fault.Field("code", "account.second.wrong") }

// unproven keeps the entry of a code that did not fit.
func (d *Desk) unproven(ctx context.Context, seat Seat, cause error, now time.Time) error {
	if !fault.Is(cause, fault.Invalid) {
		return cause
	}
	if err := d.Store.Note(ctx, refusal(seat.Who(), access.SessionFactor, seat, now)); err != nil {
		return err
	}
	return cause
}

// prove checks a code against the credential and takes from it what was used.
func (d *Desk) prove(ctx context.Context, g access.Grant, c *Credential, code Secret, now time.Time) (how string, err error) {
	typed := foldCode(string(code))
	if len(typed) == 6 && !c.Secret.IsZero() {
		return "app", proveApp(g, c, c.Secret, typed, now)
	}
	if len(typed) != codeLength || len(c.Codes) == 0 {
		return "", wrongCode()
	}
	hash, err := d.Hasher.hashCode(ctx, c.Salt, typed)
	if err != nil {
		return "", err
	}
	left, ok := spend(c.Codes, hash)
	if !ok {
		return "", wrongCode()
	}
	c.Codes = left
	return "printed", nil
}

func proveApp(g access.Grant, c *Credential, sealed vault.Text, typed string, now time.Time) error {
	secret, err := sealed.Open(g)
	if err != nil {
		return err
	}
	step, ok := totpStep(Secret(secret), typed, c.Step, now)
	if !ok {
		return wrongCode()
	}
	c.Step = step
	return nil
}

// passed marks the session as proven under a new token.
func (d *Desk) passed(ctx context.Context, seat Seat, c Change, e entryWith, now time.Time) (Step, error) {
	token, err := newToken(d.Random)
	if err != nil {
		return Step{}, err
	}
	app, printed := seat.Credential.Factors()
	seat.Session.Second = true
	seat.Session.Renew = !app && printed == 0
	seat.Session.Token = HashToken(token)
	seat.Session.Seen = now
	c.Session = &seat.Session
	c.Credential = &seat.Credential
	c.Forget = append(c.Forget, d.secondDoor(seat))
	if err := d.save(ctx, c, e.made()); err != nil {
		return Step{}, err
	}
	return d.step(seat, token, now), nil
}
