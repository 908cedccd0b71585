package account

import (
	"context"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// NewPassword is a change of one's own password.
type NewPassword struct {
	Old Secret // not asked when the change is forced: it was just typed
	New Secret
}

// ChangePassword sets one's own password; other sessions of the account end.
// Faults at "password" as in [CheckPassword], at "old" when the old one is
// wrong, and "account.password.same".
func (d *Desk) ChangePassword(ctx context.Context, seat Seat, c NewPassword) (Step, error) {
	now := d.now()
	if err := seat.at(AskPassword, In); err != nil {
		return Step{}, err
	}
	if seat.Stage == In {
		if err := d.again(ctx, seat, c.Old, now); err != nil {
			if f := fault.Of(err); f.Kind == fault.Invalid {
				return Step{}, fault.FieldArgs("old", f.Key, f.Args)
			}
			return Step{}, err
		}
	}
	if err := d.checkNew(ctx, seat, c.New); err != nil {
		return Step{}, err
	}
	_, entry, err := d.own(seat, access.SessionPassword, seat.Account.ID.UUID, now)
	if err != nil {
		return Step{}, err
	}
	hash, err := d.Hasher.Hash(ctx, c.New)
	if err != nil {
		return Step{}, err
	}
	seat.Credential.Password, seat.Credential.Change, seat.Credential.Expires = hash, false, time.Time{}
	ending := &Ending{Account: seat.Account.ID, Except: seat.Session.ID, At: now}
	if err := d.save(ctx, Change{Credential: &seat.Credential, Ending: ending}, entry); err != nil {
		return Step{}, err
	}
	return d.step(seat, "", now), nil
}

func (d *Desk) checkNew(ctx context.Context, seat Seat, s Secret) error {
	words := append([]string{seat.Account.Name, seat.Account.Shown}, d.Rules.Words...)
	if org, err := d.Store.Org(ctx, seat.Account.Org); err == nil {
		words = append(words, org.Name)
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	if err := CheckPassword(s, words); err != nil {
		return err
	}
	same, err := d.Hasher.Verify(ctx, seat.Credential.Password, s)
	if err != nil {
		return err
	}
	if same {
		return fault.Field("password", "account.password.same")
	}
	return nil
}

// SetLang keeps one's preferred language; "" follows the browser.
func (d *Desk) SetLang(ctx context.Context, seat Seat, code string) error {
	now := d.now()
	if err := seat.at(In); err != nil {
		return err
	}
	if !spoken(code) {
		return fault.Field("lang", "fault.choice")
	}
	_, entry, err := d.own(seat, access.SessionContact, seat.Account.ID.UUID, now)
	if err != nil {
		return err
	}
	seat.Account.Lang = code
	return d.save(ctx, Change{Account: &seat.Account}, entry.With("what", "language"))
}

func spoken(code string) bool { return code == "" || strings.Contains(" fr en rn sw ", " "+code+" ") }

// Contact is one way to be alerted, as typed.
type Contact struct{ Kind, Address string }

// CheckContact says whether a contact can be kept, before it is: Invalid at
// "address" or "kind".
func CheckContact(c Contact) error { return c.tidy().check() }

// tidy takes away what people type to read a number more easily.
func (c Contact) tidy() Contact {
	c.Address = strings.TrimSpace(strings.ReplaceAll(c.Address, "\u00a0", " "))
	if c.Kind == SMS {
		c.Address = strings.NewReplacer(" ", "", "-", "", ".", "").Replace(c.Address)
	}
	return c
}

func (c Contact) check() error {
	switch c.Kind {
	case Mail:
		return checkMail(c.Address)
	case SMS:
		return checkPhone(c.Address)
	}
	return fault.Field("kind", "fault.choice")
}

// maxChannels is how many ways to be alerted an account may have.
const maxChannels = 4

// SetChannels keeps where one is alerted, in place of what was there.
func (d *Desk) SetChannels(ctx context.Context, seat Seat, contacts []Contact) error {
	now := d.now()
	if err := seat.at(In); err != nil {
		return err
	}
	channels, err := makeChannels(contacts)
	if err != nil {
		return err
	}
	_, entry, err := d.own(seat, access.SessionContact, seat.Account.ID.UUID, now)
	if err != nil {
		return err
	}
	all := &Channels{Account: seat.Account.ID, Org: seat.Account.Org, All: channels}
	return d.save(ctx, Change{Channels: all}, entry.With("what", "channels"))
}

func makeChannels(contacts []Contact) ([]Channel, error) {
	if len(contacts) > maxChannels {
		return nil, fault.FieldArgs("address", "account.channel.many", map[string]any{"Max": maxChannels})
	}
	var all []Channel
	for _, one := range contacts {
		one = one.tidy()
		if err := one.check(); err != nil {
			return nil, err
		}
		all = append(all, Channel{ID: ids.New[ids.Alert]().UUID, Kind: one.Kind, Address: vault.Clear(one.Address)})
	}
	return all, nil
}

// Contacts shows one's own channels.
func (d *Desk) Contacts(ctx context.Context, seat Seat) ([]Contact, error) {
	now := d.now()
	if err := seat.at(In); err != nil {
		return nil, err
	}
	g, entry, err := d.own(seat, access.SessionContact, seat.Account.ID.UUID, now)
	if err != nil {
		return nil, err
	}
	channels, err := d.Store.Channels(ctx, seat.Account.ID, entry)
	if err != nil {
		return nil, err
	}
	return open(channels, g)
}

func open(channels []Channel, g access.Grant) ([]Contact, error) {
	var all []Contact
	for _, one := range channels {
		address, err := one.Address.Open(g)
		if err != nil {
			return nil, err
		}
		all = append(all, Contact{Kind: one.Kind, Address: address})
	}
	return all, nil
}
