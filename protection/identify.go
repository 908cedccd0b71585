package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Formal is what an authority or an organisation decided: who, under which law, when,
// on what, in which document.
type Formal struct {
	OrgType  string // code list "decided_by"
	Basis    string // code list "identification_basis"
	Decided  date.Day
	Law      string
	Document string // a reference, never the document
}

// Check finds what the person can correct. A screening presumes: it decides nothing
// formally. What others decided names the document in which they did.
func (f Formal) Check(r *Rules, today date.Day) error {
	errs := []error{r.need("org_type", "decided_by", f.OrgType), r.need("basis", "identification_basis", f.Basis),
		notThe("basis", f.Basis, "SCREENING_TOOL", "fault.identify.screening"),
		needed("law", f.Law), short("law", f.Law, 300), short("document", f.Document, 200)}
	switch {
	case f.Decided.IsZero():
		errs = append(errs, fault.Field("decided", "fault.date.missing"))
	case f.Decided.After(today):
		errs = append(errs, fault.Field("decided", "fault.date.future"))
	}
	if f.Basis != "" && f.Basis != "INTERVIEW" {
		errs = append(errs, needed("document", f.Document))
	}
	return fault.Join(errs...)
}

// Identify keeps a formal decision on identification: confirmed, not confirmed, or
// undetermined (PROCESS.md §2.4). It moves no case and stops no service.
type Identify struct {
	ID      ids.Decision
	Case    ids.Case
	Version int // of the case
	To      Status
	Formal
}

// Check finds what the person can correct.
func (c Identify) Check(r *Rules, today date.Day) error {
	err := c.Formal.Check(r, today)
	switch {
	case c.To == "":
		return fault.Join(fault.Field("to", "fault.choice.missing"), err)
	case !c.To.Formal():
		return fault.Join(fault.Field("to", "fault.code.unknown"), err)
	}
	return err
}

// Identify keeps it beside what stood before. Whoever presumed does not decide: two
// persons. Keeping it again is the same act.
func (d *Desk) Identify(ctx context.Context, w access.Who, c Identify) error {
	g, err := d.may(ctx, w, access.IdentificationSet, access.CaseKind, c.Case.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	before, err := d.Store.Identifications(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(x Identification) bool { return x.ID == c.ID && x.By == w.Account }) {
		return nil
	}
	from := one.Status
	one.Version = c.Version
	if one, err = one.identify(c.To, w.Account); err != nil {
		return err
	}
	x := c.Formal.decision(one, from, w, now)
	x.ID = c.ID
	change := Change{Cases: []Case{one}, Identifications: []Identification{x}, Events: []Event{d.event(g, one.ID, "identified", string(one.Status))},
		Tasks: []Task{d.Rules.task(one.ID, explainDue, now)}}
	change.Alerts = d.tellOther(one.Manager, w, one.ID)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("status", string(one.Status)), change)
}

// decision is the record of a formal decision.
func (f Formal) decision(c Case, from Status, w access.Who, at time.Time) Identification {
	return Identification{ID: ids.New[ids.Decision](), Case: c.ID, From: from, To: c.Status, At: at, By: w.Account, Org: w.Post.Org,
		OrgType: f.OrgType, Basis: f.Basis, Decided: f.Decided, Law: vault.Clear(f.Law), Document: vault.Clear(f.Document)}
}

// decidable lists what a formal decision can say of a case: nothing while she is still
// to be heard, where a review waits, or where only a review can follow.
func (c Case) decidable() []Status {
	var all []Status
	if c.State == InTriage || c.State == InScreening || c.State == Suspended || c.State == NotTIP || c.State == Joined || c.State == Erased || c.Status == UnderReview {
		return nil
	}
	for _, to := range [...]Status{Confirmed, NotConfirmed, Undetermined} {
		if c.Status != Potential && c.Status.May(to) {
			all = append(all, to)
		}
	}
	return all
}

// identify is the pure part: the state of the case stays where it is.
func (c Case) identify(to Status, by ids.Account) (Case, error) {
	if !slices.Contains(c.decidable(), to) {
		return c, notNow()
	}
	if c.PresumedBy == by {
		return c, fault.New(fault.Denied, "fault.identify.self")
	}
	c.Status = to
	return c, nil
}

// tellOther tells somebody that there is an answer, unless it is their own.
func (d *Desk) tellOther(to ids.Account, w access.Who, c ids.Case) []Alert {
	if to.IsZero() || to == w.Account {
		return nil
	}
	return d.tell(to, "alert.answer", c.UUID)
}
