package account

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/vault"
)

// entryWith is an entry with one circumstance.
type entryWith struct {
	entry     audit.Entry
	key, code string
}

func (e entryWith) made() audit.Entry {
	if e.key == "" {
		return e.entry
	}
	return e.entry.With(e.key, e.code)
}

// mayEnrol lets a factor be set up in the stage for it, or by somebody signed
// in who gives the password again.
func (d *Desk) mayEnrol(ctx context.Context, seat Seat, password Secret, now time.Time) error {
	if seat.Stage == AskEnrol {
		return nil
	}
	if err := seat.at(In); err != nil {
		return err
	}
	return d.again(ctx, seat, password, now)
}

// again asks for the password of somebody who is signed in. The tries are
// counted for this session alone: who guesses at the name elsewhere cannot keep
// anybody from unlocking.
func (d *Desk) again(ctx context.Context, seat Seat, password Secret, now time.Time) error {
	at := d.deviceDoor(seat)
	if err := d.try(ctx, at, "password", now); err != nil {
		return err
	}
	fits, err := d.Hasher.Verify(ctx, seat.Credential.Password, password)
	if err != nil {
		return err
	}
	if !fits {
		if err := d.Store.Note(ctx, refusal(seat.Who(), access.SessionUnlock, seat, now)); err != nil {
			return err
		}
		return fault.Field("password", "account.password.wrong")
	}
	return d.Store.Try(ctx, at, func(Attempts) Attempts { return Attempts{} })
}

// BeginApp makes a secret for an authenticator app; it counts only once
// [Desk.ConfirmApp] has proven it. The password is asked of somebody already in.
func (d *Desk) BeginApp(ctx context.Context, seat Seat, password Secret) (Enrolment, error) {
	now := d.now()
	if err := d.mayEnrol(ctx, seat, password, now); err != nil {
		return Enrolment{}, err
	}
	_, entry, err := d.own(seat, access.SessionEnrol, seat.Credential.Subject, now)
	if err != nil {
		return Enrolment{}, err
	}
	secret, err := newTOTP(d.Random)
	if err != nil {
		return Enrolment{}, err
	}
	seat.Credential.Pending = vault.Clear(string(secret))
	if err := d.save(ctx, Change{Credential: &seat.Credential}, entry.With("factor", "app")); err != nil {
		return Enrolment{}, err
	}
	return newEnrolment(d.Rules.Issuer, seat.Account.Name, secret), nil
}

// PendingApp shows the secret again while it waits to be proven; NotFound when
// none does.
func (d *Desk) PendingApp(ctx context.Context, seat Seat) (Enrolment, error) {
	now := d.now()
	if err := seat.at(AskEnrol, In); err != nil {
		return Enrolment{}, err
	}
	if seat.Credential.Pending.IsZero() {
		return Enrolment{}, fault.New(fault.NotFound, access.NotFoundKey)
	}
	g, entry, err := d.own(seat, access.SessionEnrol, seat.Credential.Subject, now)
	if err != nil {
		return Enrolment{}, err
	}
	if err := d.Store.Note(ctx, entry.With("factor", "app")); err != nil {
		return Enrolment{}, err
	}
	secret, err := seat.Credential.Pending.Open(g)
	if err != nil {
		return Enrolment{}, err
	}
	return newEnrolment(d.Rules.Issuer, seat.Account.Name, Secret(secret)), nil
}

// ConfirmApp proves the app by a code of it. From then on the second factor is
// asked at every sign-in; other sessions of the account end.
func (d *Desk) ConfirmApp(ctx context.Context, seat Seat, code Secret) (Step, error) {
	now := d.now()
	if err := seat.at(AskEnrol, In); err != nil {
		return Step{}, err
	}
	if seat.Credential.Pending.IsZero() {
		return Step{}, fault.New(fault.Stale, "account.session.moved")
	}
	if err := d.try(ctx, d.secondDoor(seat), "code", now); err != nil {
		return Step{}, err
	}
	g, entry, err := d.own(seat, access.SessionEnrol, seat.Credential.Subject, now)
	if err != nil {
		return Step{}, err
	}
	secret, err := seat.Credential.Pending.Open(g)
	if err != nil {
		return Step{}, err
	}
	seat.Credential.Step = 0 // steps of the app before say nothing about this one
	if err := proveApp(g, &seat.Credential, vault.Clear(secret), foldCode(string(code)), now); err != nil {
		return Step{}, d.unproven(ctx, seat, err, now)
	}
	seat.Credential.Secret, seat.Credential.Pending = vault.Clear(secret), vault.Text{}
	return d.enrolled(ctx, seat, entryWith{entry, "factor", "app"}, now)
}

// Print makes a sheet of ten codes in place of the one before, and shows it
// once. Who was not enrolled yet proves it by [Desk.ConfirmSheet].
func (d *Desk) Print(ctx context.Context, seat Seat, password Secret) ([]Secret, error) {
	now := d.now()
	if err := d.mayEnrol(ctx, seat, password, now); err != nil {
		return nil, err
	}
	_, entry, err := d.own(seat, access.SessionEnrol, seat.Credential.Subject, now)
	if err != nil {
		return nil, err
	}
	sheet, err := newCodes(d.Random)
	if err != nil {
		return nil, err
	}
	seat.Credential.Salt, seat.Credential.Codes, err = d.Hasher.hashSheet(ctx, sheet)
	if err != nil {
		return nil, err
	}
	if err := d.save(ctx, Change{Credential: &seat.Credential}, entry.With("factor", "printed")); err != nil {
		return nil, err
	}
	return sheet, nil
}

// ConfirmSheet proves that the sheet was printed or copied: one of its codes is
// typed, and spent.
func (d *Desk) ConfirmSheet(ctx context.Context, seat Seat, code Secret) (Step, error) {
	now := d.now()
	if err := seat.at(AskEnrol); err != nil {
		return Step{}, err
	}
	if err := d.try(ctx, d.secondDoor(seat), "code", now); err != nil {
		return Step{}, err
	}
	g, entry, err := d.own(seat, access.SessionEnrol, seat.Credential.Subject, now)
	if err != nil {
		return Step{}, err
	}
	how, err := d.prove(ctx, g, &seat.Credential, code, now)
	if err == nil && how != "printed" {
		err = wrongCode()
	}
	if err != nil {
		return Step{}, d.unproven(ctx, seat, err, now)
	}
	return d.enrolled(ctx, seat, entryWith{entry, "factor", "printed"}, now)
}

func (d *Desk) enrolled(ctx context.Context, seat Seat, e entryWith, now time.Time) (Step, error) {
	seat.Credential.Enrolled = true
	ending := &Ending{Account: seat.Account.ID, Except: seat.Session.ID, At: now}
	return d.passed(ctx, seat, Change{Ending: ending}, e, now)
}
