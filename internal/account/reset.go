package account

import (
	"context"
	"io"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Reset helps somebody who cannot come in: at night, by a supervisor of the
// same organisation.
type Reset struct {
	Account  ids.Account
	Password bool   // give a temporary password
	Factor   bool   // forget the second factor: a lost telephone, an empty sheet
	Reason   string // a code: forgotten, lost_phone, suspicion
}

// The reasons of a reset.
const (
	Forgotten = "forgotten"
	LostPhone = "lost_phone"
	Suspicion = "suspicion"
)

// Reset ends all sessions of an account and gives a temporary password, once,
// when one was asked for; it must be changed and holds for a day. It is in the
// audit log, and the account's owner sees who did it and when.
//
// Nobody resets their own account, their equal or their higher ([Rank]); a
// supervisor only those whose every post is in the supervisor's organisation.
// An administrator, who may read no person, never takes both factors of
// somebody who sees persons within a day: that would be a key to the cases [J].
// Faults: Denied with the reason, Withheld outside the organisation.
func (d *Desk) Reset(ctx context.Context, w access.Who, c Reset) (Secret, error) {
	now := d.now()
	if !c.Password && !c.Factor {
		return "", fault.Field("what", "fault.required")
	}
	if c.Reason != Forgotten && c.Reason != LostPhone && c.Reason != Suspicion {
		return "", fault.Field("reason", "fault.choice")
	}
	seat, entry, err := d.holder(ctx, w, access.AccountReset, c.Account, now)
	if err != nil {
		return "", err
	}
	if key := mayReset(w, seat, c); key != "" {
		o := access.Object{Kind: access.Accounts, ID: c.Account.UUID, Owner: seat.Account.Org}
		return "", d.refused(ctx, w, access.AccountReset, o, fault.New(fault.Denied, key), now)
	}
	password, err := d.apply(ctx, &seat.Credential, c, now)
	if err != nil {
		return "", err
	}
	seat.Credential.ResetBy, seat.Credential.ResetAt = w.Account, now
	entry = entry.With("reason", c.Reason)
	if c.Password {
		entry = entry.With("reset", "password")
	}
	if c.Factor {
		entry = entry.With("reset", "second_factor")
	}
	change := Change{
		Credential: &seat.Credential, Ending: &Ending{Account: c.Account, At: now},
		Forget: []Door{d.nameDoor(seat.Account.Name), d.secondDoor(seat)},
	}
	return password, d.save(ctx, change, entry)
}

func (d *Desk) apply(ctx context.Context, to *Credential, c Reset, now time.Time) (Secret, error) {
	if c.Factor {
		to.Secret, to.Pending, to.Codes, to.Salt, to.Enrolled = vault.Text{}, vault.Text{}, nil, nil, false
	}
	if !c.Password {
		return "", nil
	}
	password, err := temporary(d.Random)
	if err != nil {
		return "", err
	}
	to.Password, err = d.Hasher.Hash(ctx, password)
	to.Change, to.Expires = true, now.Add(d.Rules.Temporary)
	return password, err
}

// mayReset says why not, or "". The policy has decided about the role and the
// organisation before.
func mayReset(w access.Who, seat Seat, c Reset) string {
	mine := Rank(w.Post.Role)
	sees := false
	for _, p := range seat.inForce() {
		if Rank(p.Role) >= mine {
			return "account.reset.rank"
		}
		if w.Post.Role == access.Supervisor && p.Org != w.Post.Org {
			return "account.reset.elsewhere"
		}
		sees = sees || access.SeesPersons(p.Role)
	}
	recent := !seat.Credential.ResetAt.IsZero() && seat.At.Sub(seat.Credential.ResetAt) < 24*time.Hour
	switch {
	case w.Account == seat.Account.ID:
		return "account.reset.self"
	case mine == 0:
		return "account.reset.rank"
	case w.Post.Role == access.Administrator && sees && (c.Password && c.Factor || recent):
		return "account.reset.both"
	}
	return ""
}

// temporary makes a password to be read out at night: four groups of four
// letters and digits that are not mistaken for each other, 80 random bits.
func temporary(random io.Reader) (Secret, error) {
	raw := make([]byte, 16)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fault.Wrap(fault.Internal, "account.random", err)
	}
	text := make([]byte, 0, 19)
	for i, r := range raw {
		if i > 0 && i%4 == 0 {
			text = append(text, '-')
		}
		text = append(text, codeAlphabet[r&31]|0x20) // small letters; digits stay as they are
	}
	return Secret(text), nil
}
