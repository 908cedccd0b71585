package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// AddParty notes who outside has a part in a return, and what they were told.
type AddParty struct {
	ID      ids.Party
	Case    ids.Case
	Version int
	Kind    string
	Where   string
	Name    string
	Phone   string
	Told    []string
}

// MostParties bounds a return [J].
const MostParties = 12

// Check finds what the person can correct.
func (c AddParty) Check(r *Rules) error {
	return fault.Join(r.need("kind", "party_kind", c.Kind), r.code("country", "country", c.Where), needed("name", c.Name), short("name", c.Name, 200),
		short("phone", c.Phone, 40), Phone("phone", c.Phone), r.codes("told", "party_told", c.Told))
}

// AddParty keeps it. Nothing is told to anybody abroad without her consent P5,
// nor to her family without P6: the family may be the trafficker (PROCESS.md §2.5, §11.1).
func (d *Desk) AddParty(ctx context.Context, w access.Who, c AddParty) error {
	g, one, h, err := d.returning(ctx, w, c.Case)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	if slices.ContainsFunc(h.Parties, func(p Party) bool { return p.ID == c.ID }) {
		return nil
	}
	consents, err := d.Store.Consents(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	h.Case, h.Owner, h.By, h.At = one.ID, one.Owner, w.Account, now
	h.Version = c.Version
	if h, err = h.add(c, consents, w.Account, now); err != nil {
		return err
	}
	if one.Child && len(c.Told) > 0 { // what was weighed for the consent is asked again: a panel may have said no since
		if err := d.foreseen(ctx, g, one.ID, Party{Kind: c.Kind}.purpose(), "told"); err != nil {
			return err
		}
		for _, k := range consents {
			if k.Purpose == (Party{Kind: c.Kind}).purpose() && k.Stands(now) && !d.Rules.Fits(k, one, now) {
				return fault.Field("told", "fault.consent.misfit")
			}
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("party", c.Kind), Change{Homecomings: []Homecoming{h}, Events: []Event{d.event(g, one.ID, "party", c.Kind)}})
}

// add is the pure part.
func (h Homecoming) add(c AddParty, consents []Consent, by ids.Account, at time.Time) (Homecoming, error) {
	if len(h.Parties) >= MostParties {
		return h, fault.FieldArgs("kind", "fault.number.range", map[string]any{"Min": 0, "Max": MostParties})
	}
	purpose, key := Party{Kind: c.Kind}.purpose(), "fault.return.consent"
	if purpose == P6Family {
		key = "fault.return.family"
	}
	if len(c.Told) > 0 && !stands(consents, purpose, at) {
		return h, fault.Field("told", key)
	}
	h.Parties = append(h.Parties[:len(h.Parties):len(h.Parties)], Party{ID: c.ID, Kind: c.Kind, Where: c.Where, Name: vault.Clear(c.Name),
		Phone: vault.Clear(c.Phone), Told: c.Told, By: by, At: at})
	return h, nil
}
