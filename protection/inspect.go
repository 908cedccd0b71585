package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Inspection is one look at a service against the minimum standards of its kind,
// by somebody of another organisation. It is never changed; the next one stands
// beside it. It holds codes only: no free text, so no name of anybody served.
type Inspection struct {
	ID      ids.Inspection
	Service ids.Service
	Org     ids.Org // whose service it is
	Day     date.Day
	By      ids.Account
	At      time.Time
	Met     map[string]Answer // code list "service_standard"
	Right   date.Day          // until when what is not met is put right; zero when everything is
}

// Unmet are the standards that are not met, in the order of the list.
func (i Inspection) Unmet(r *Rules) (codes []string) {
	for _, code := range r.list("service_standard") {
		if i.Met[code] == No {
			codes = append(codes, code)
		}
	}
	return codes
}

// StandardsOf are the minimum standards of a service: those of every service, and
// those of its kind.
func (r *Rules) StandardsOf(need string) (codes []string) {
	for _, code := range r.list("service_standard") {
		kind, _, _ := strings.Cut(code, ".")
		if kind == "ALL" || kind == group(need) {
			codes = append(codes, code)
		}
	}
	return codes
}

// Inspect keeps an inspection.
type Inspect struct {
	ID      ids.Inspection
	Service ids.Service
	Day     date.Day
	Met     map[string]Answer
	Right   date.Day
}

// StandardField is the field of the question about a standard.
func StandardField(code string) string { return "met_" + code }

// Check finds what the person can correct. "I don't know" is an answer; silence is not.
func (c Inspect) Check(r *Rules, need string, today date.Day) error {
	var errs []error
	standards, unmet := r.StandardsOf(need), false
	for _, code := range standards {
		unmet = unmet || c.Met[code] == No
		errs = append(errs, answered(StandardField(code), c.Met[code]))
	}
	for code := range c.Met {
		if !slices.Contains(standards, code) {
			errs = append(errs, fault.Field(StandardField(code), "fault.code.unknown"))
		}
	}
	switch {
	case c.Day.IsZero():
		errs = append(errs, fault.Field("day", "fault.date.missing"))
	case c.Day.After(today):
		errs = append(errs, fault.Field("day", "fault.date.future"))
	}
	if unmet || !c.Right.IsZero() {
		errs = append(errs, soon("right", c.Right, today))
	}
	return fault.Join(errs...)
}

// Inspect keeps it, and says in the directory when the service was last looked at.
// Nobody inspects his own house. Keeping it again is the same act.
func (d *Desk) Inspect(ctx context.Context, w access.Who, c Inspect) error {
	g, err := d.may(ctx, w, access.InspectionMake, access.Directory, c.Service.UUID, access.ForCoordination)
	if err != nil {
		return err
	}
	line, err := d.Store.Service(ctx, g, c.Service)
	if err != nil {
		return err
	}
	if line.Org == w.Post.Org {
		return fault.New(fault.Denied, "fault.inspect.self")
	}
	now := d.Now()
	if err := c.Check(d.Rules, line.Need, d.Rules.Day(now)); err != nil {
		return err
	}
	i := Inspection{ID: c.ID, Service: line.ID, Org: line.Org, Day: c.Day, By: w.Account, At: now, Met: c.Met, Right: c.Right}
	line.CheckedAt = now
	if !i.Day.Before(line.Checked) { // one that is noted late says nothing new of today
		line.Checked, line.Points, line.Right = i.Day, len(i.Unmet(d.Rules)), i.Right
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), Change{Inspections: []Inspection{i}, Services: []Service{line}})
}

// Inspections lists those of a service, the newest first, for whoever inspects and for
// the house that was inspected. Whoever chooses a service reads one line of it.
func (d *Desk) Inspections(ctx context.Context, w access.Who, id ids.Service) ([]Inspection, error) {
	g, err := d.may(ctx, w, access.InspectionRead, access.Directory, id.UUID, access.ForCoordination)
	if err != nil {
		return nil, err
	}
	return d.Store.Inspections(ctx, g, id)
}
