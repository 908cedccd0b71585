package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Refer asks another organisation: "will you take her?" With Override it
// leaves without her consent, on vital interest or legal duty, and says so.
type Refer struct {
	ID        ids.Referral
	Case      ids.Case
	Service   ids.Service
	Need      string
	Emergency bool
	Consent   ids.Consent
	Previous  ids.Referral // re-routed from one that lapsed or was declined
	Override  *Override
	Packet    Parcel
}

// Override is a consent that could not be asked (PROCESS.md §2.5): never silent.
type Override struct {
	ID         ids.Consent
	Why        string // code list "consent_override"
	LegalBasis string
	ApprovedBy ids.Account
	PersonTold Answer
}

// Parcel is a packet as it is typed.
type Parcel struct {
	Needs           []string
	Interpreter     bool
	DoNot           []string
	DoNotWords      string
	Contact         string
	Arrival         string
	Escort          Answer
	Dependants      int
	DependantsWords string
	Pregnancy       Answer
	Medication      string
	Disability      string
	CallName        string
}

// Scope lists the packet fields a parcel really holds, for the consent to cover.
func (p Parcel) Scope() []string {
	held := []string{"minimum"}
	add := func(field string, there bool) {
		if there {
			held = append(held, field)
		}
	}
	add("arrival", p.Arrival != "")
	add("escort", p.Escort != NotAsked)
	add("dependants", p.Dependants > 0 || p.DependantsWords != "")
	add("pregnancy", p.Pregnancy != NotAsked && p.Pregnancy != Skipped)
	add("medication", p.Medication != "")
	add("disability", p.Disability != "")
	add("call_name", p.CallName != "")
	return held
}

// Check finds what the person can correct.
func (c Refer) Check(r *Rules) error {
	p := c.Packet
	errs := []error{r.need("need", "service", c.Need), r.codes("needs", "service", p.Needs), r.codes("do_not", "do_not", p.DoNot),
		asked("escort", p.Escort), asked("pregnancy", p.Pregnancy), between("dependants", p.Dependants, 0, 20),
		short("do_not_words", p.DoNotWords, 500), short("contact", p.Contact, 500), short("arrival", p.Arrival, 500),
		short("dependants_words", p.DependantsWords, 500), short("medication", p.Medication, 500),
		short("disability", p.Disability, 500), short("call_name", p.CallName, 120)}
	if c.Service.IsZero() {
		errs = append(errs, fault.Field("service", "fault.choice.missing"))
	}
	for _, field := range p.Scope()[1:] {
		if !slices.Contains(r.Fields[c.Need], field) {
			errs = append(errs, fault.Field(field, "fault.packet.field"))
		}
	}
	if c.Override != nil {
		errs = append(errs, c.Override.check(r))
	} else if c.Consent.IsZero() {
		errs = append(errs, fault.Field("consent", "fault.consent.missing"))
	}
	return fault.Join(errs...)
}

func (o Override) check(r *Rules) error {
	errs := []error{r.need("override", "consent_override", o.Why), answered("person_told", o.PersonTold), short("legal_basis", o.LegalBasis, 300)}
	if o.ApprovedBy.IsZero() {
		errs = append(errs, fault.Field("approved_by", "fault.override.approver"))
	}
	if o.Why == "LEGAL_DUTY" {
		errs = append(errs, needed("legal_basis", o.LegalBasis))
	}
	return fault.Join(errs...)
}

// Refer sends the request and its packet. The packet is sealed for the receiver alone.
func (d *Desk) Refer(ctx context.Context, w access.Who, c Refer) error {
	action := access.ReferralSend
	if c.Emergency {
		action = access.SignalReferNow
	}
	g, err := d.may(ctx, w, action, access.CaseKind, c.Case.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	if c.Override != nil && c.Override.ApprovedBy == w.Account { // two persons
		return fault.Field("approved_by", "fault.override.self")
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	to, err := d.Store.Service(ctx, g, c.Service)
	if err != nil {
		return err
	}
	now := d.Now()
	change := Change{}
	k, err := d.basis(ctx, w, c, one, to, &change, now)
	if err != nil {
		return err
	}
	r, err := one.refer(c, to, k, w, now, d.Rules)
	if err != nil {
		return err
	}
	knock, err := d.knock(ctx, r)
	if err != nil {
		return err
	}
	change.Alerts = append(change.Alerts, knock...)
	change.Referrals = []Referral{r}
	change.found(one.ID)
	change.Events = append(change.Events, d.event(g, one.ID, "referred", c.Need))
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.ReferralKind, c.ID.UUID).With("need", c.Need), change)
}

// basis is the consent the packet travels on, or the override that stands in for it.
func (d *Desk) basis(ctx context.Context, w access.Who, c Refer, one Case, to Service, change *Change, now time.Time) (Consent, error) {
	if o := c.Override; o != nil {
		k := Consent{ID: o.ID, Case: one.ID, Owner: one.Owner, State: Overridden, Purpose: P3ShareReferral, Recipient: to.Org,
			Scope: c.Packet.Scope(), AskedBy: w.Account, At: now, Override: o.Why, LegalBasis: o.LegalBasis,
			ApprovedBy: o.ApprovedBy, PersonTold: o.PersonTold}
		change.Consents = []Consent{k}
		change.Tasks = append(change.Tasks, d.Rules.task(one.ID, approvalDue, now))
		change.Alerts = append(change.Alerts, d.tell(o.ApprovedBy, "alert.assigned", o.ID.UUID)...)
		return k, nil
	}
	g, err := d.may(ctx, w, access.ConsentRead, access.ConsentKind, c.Consent.UUID, access.ForReferral)
	if err == nil {
		err = d.followed(ctx, g, one.ID, now)
	}
	if err != nil {
		return Consent{}, err
	}
	return d.Store.Consent(ctx, g, c.Consent)
}

// refer is the pure part: may this case be referred there on this consent?
func (c Case) refer(cmd Refer, to Service, k Consent, w access.Who, now time.Time, r *Rules) (Referral, error) {
	if err := c.still(); err != nil {
		return Referral{}, err
	}
	if !c.State.Served() && !(cmd.Emergency && (c.State == InTriage || c.State == InScreening)) {
		return Referral{}, notNow()
	}
	if k.Case != c.ID || !k.Covers(P3ShareReferral, to.Org, cmd.Packet.Scope(), now) {
		return Referral{}, fault.Field("consent", "fault.consent.scope")
	}
	if !to.Active || to.Fresh(now) == StaleWord || to.Need != cmd.Need {
		return Referral{}, fault.Field("service", "fault.service.unavailable")
	}
	if barredOrg(c.Conflicts, to.Org) {
		return Referral{}, fault.Field("service", "fault.conflict")
	}
	return Referral{ID: cmd.ID, Case: c.ID, Code: c.Code, From: c.Owner, To: to.Org, Service: to.ID, Need: cmd.Need,
		State: Sent, Level: c.Level, Child: c.Child, Emergency: cmd.Emergency, Consent: k.ID, Previous: cmd.Previous, By: w.Account,
		SentAt: now, AckBy: r.Due(AckKey(c.Level), now), Packet: c.packet(cmd.Need, cmd.Packet, now, r)}, nil
}

func (c Case) packet(need string, p Parcel, now time.Time, r *Rules) Packet {
	return Packet{Sex: c.Sex, AgeBand: r.AgeBand(c, now), Child: c.Child, Language: c.Language, Interpreter: p.Interpreter,
		Needs: p.Needs, DoNot: p.DoNot, DoNotWords: vault.Clear(p.DoNotWords), Contact: vault.Clear(p.Contact),
		Arrival: vault.Clear(p.Arrival), Escort: p.Escort, Dependants: p.Dependants, DependantsWords: vault.Clear(p.DependantsWords),
		Pregnancy: p.Pregnancy, Medication: vault.Clear(p.Medication), Disability: vault.Clear(p.Disability),
		HealthFrom: c.HealthFor(need), CallName: vault.Clear(p.CallName)}
}

// HealthFor is the moment that the windows of health open at, for whoever is
// asked for this need: those who treat her must hurry, and nobody else is told
// that she was raped (PROCESS.md §2.7 "Packet = minimum").
func (c Case) HealthFor(need string) time.Time {
	if !Medical(need) {
		return time.Time{}
	}
	return c.HealthFrom
}

// Medical says whether a need is one of health care (PROCESS.md §2.8, MED).
func Medical(need string) bool {
	group, _, _ := strings.Cut(need, ".")
	return group == "MED"
}

// AgeBand is the band a packet carries instead of an age: the youngest that is
// possible. Somebody treated as a child, whatever age was said, is a child.
func (r *Rules) AgeBand(c Case, now time.Time) string {
	low := -1
	if !c.Age.IsZero() && r.Band != nil {
		low, _ = c.Age.At(r.Day(now))
	}
	switch {
	case c.Child && (low < 0 || low >= r.Majority):
		return "CHILD"
	case low < 0:
		return "UNKNOWN"
	}
	return r.Band(low)
}
