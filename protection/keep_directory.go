package protection

import (
	"context"
	"fmt"
	"maps"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// KeepService adds a line to the referral directory or changes one.
type KeepService struct{ Service Service }

// Check finds what the person can correct.
func (c KeepService) Check(r *Rules) error {
	s := c.Service
	errs := []error{r.need("need", "service", s.Need), needed("name", s.Name), short("name", s.Name, 120),
		r.codes("sexes", "sex", s.Sexes), r.codes("languages", "language", s.Languages), r.code("hours", "service_hours", s.Hours),
		between("age_from", s.AgeFrom, 0, 120), between("age_to", s.AgeTo, 0, 120),
		between("free", s.Free, 0, 1000), between("capacity", s.Capacity, 0, 1000)}
	if s.AgeTo != 0 && s.AgeTo < s.AgeFrom {
		errs = append(errs, fault.Field("age_to", "fault.age.order"))
	}
	for _, code := range s.Places {
		if _, known := r.Places.Place(place.Code(code)); !known {
			errs = append(errs, fault.Field("places", "fault.place.missing"))
		}
	}
	if s.Capacity != 0 && s.Free > s.Capacity {
		errs = append(errs, fault.Field("free", "fault.service.capacity"))
	}
	return fault.Join(errs...)
}

// KeepService keeps a line of the directory.
func (d *Desk) KeepService(ctx context.Context, w access.Who, c KeepService) error {
	g, err := d.mayKeep(ctx, w, access.DirectoryEdit, access.Object{Kind: access.Directory, ID: c.Service.ID.UUID, Owner: c.Service.Org}, c.Service.Version)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	if c.Service.ConfirmedAt.IsZero() {
		c.Service.ConfirmedAt = d.Now()
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()).About(access.Directory, c.Service.ID.UUID), Change{Services: []Service{c.Service}})
}

// mayKeep decides about a line as it stands, and about the organisation it is
// to be a line of: nobody takes over a line of others by naming himself in it.
func (d *Desk) mayKeep(ctx context.Context, w access.Who, a access.Action, o access.Object, version int) (access.Grant, error) {
	if version != 0 {
		if g, err := d.may(ctx, w, a, o.Kind, o.ID, access.ForCoordination); err != nil {
			return g, err
		}
	}
	return d.mayAll(ctx, w, a, o, access.ForCoordination)
}

// ConfirmPlaces is the two taps of a shelter: so many places are free, now.
type ConfirmPlaces struct {
	Service ids.Service
	Version int
	Free    int
	Units   map[Unit]int // of a shelter; nil: as they were
}

// Check finds what the person can correct; so many live there now.
func (c ConfirmPlaces) Check(s Service, staying int) error {
	errs := []error{between("free", c.Free, 0, 1000)}
	sum := 0
	for _, unit := range Units {
		errs = append(errs, between(UnitField(unit), c.Units[unit], 0, 1000))
		sum += c.Units[unit]
	}
	switch {
	case s.Capacity == 0:
	case c.Free > s.Capacity:
		errs = append(errs, fault.Field("free", "fault.service.capacity"))
	case c.Free > s.Capacity-staying:
		errs = append(errs, fault.FieldArgs("free", "fault.service.stays", map[string]any{"Count": staying}))
	case sum > s.Capacity:
		errs = append(errs, fault.Field(UnitField(Units[0]), "fault.service.units"))
	}
	return fault.Join(errs...)
}

// UnitField is the field of how many places a unit has.
func UnitField(unit Unit) string { return "unit_" + string(unit) }

// ConfirmPlaces keeps what the organisation says about itself.
func (d *Desk) ConfirmPlaces(ctx context.Context, w access.Who, c ConfirmPlaces) error {
	g, err := d.may(ctx, w, access.DirectoryConfirm, access.Directory, c.Service.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	s, err := d.Store.Service(ctx, g, c.Service)
	if err != nil {
		return err
	}
	if s.Version > c.Version && s.Free == c.Free && (c.Units == nil || maps.Equal(s.Units, c.Units)) {
		return nil // the second tap of the same
	}
	staying, err := d.Store.Staying(ctx, g, c.Service)
	if err != nil {
		return err
	}
	if err := c.Check(s, staying); err != nil {
		return err
	}
	if c.Units != nil {
		s.Units = c.Units
	}
	s.Version, s.Free, s.ConfirmedAt = c.Version, c.Free, d.Now()
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()).With("free", fmt.Sprint(c.Free)), Change{Services: []Service{s}})
}

// KeepDuty puts somebody on the roster, or changes a line of it.
type KeepDuty struct{ Duty Duty }

// Check finds what the person can correct.
func (c KeepDuty) Check(r *Rules) error {
	d := c.Duty
	errs := []error{between("rank", d.Rank, 1, 9)}
	if d.Account.IsZero() {
		errs = append(errs, fault.Field("account", "fault.choice.missing"))
	}
	if d.From.IsZero() || !d.Until.After(d.From) {
		errs = append(errs, fault.Field("until", "fault.duty.order"))
	}
	if d.Province != "" && !r.isProvince(d.Province) {
		errs = append(errs, fault.Field("province", "fault.place.missing"))
	}
	return fault.Join(errs...)
}

// KeepDuty keeps a line of the roster of one's own organisation.
func (d *Desk) KeepDuty(ctx context.Context, w access.Who, c KeepDuty) error {
	g, err := d.mayKeep(ctx, w, access.RosterEdit, access.Object{Kind: access.Roster, ID: c.Duty.ID.UUID, Owner: c.Duty.Org}, c.Duty.Version)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()).About(access.Roster, c.Duty.ID.UUID), Change{Duties: []Duty{c.Duty}})
}
