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

// AskConsent keeps the answer to one question: this purpose, this recipient, this much.
type AskConsent struct {
	ID          ids.Consent
	Case        ids.Case
	Screening   ids.Screening // the conversation in which it was asked, or zero
	Purpose     string
	Recipient   ids.Org
	Scope       []string
	Said        bool // limits of confidentiality were said before (P0)
	Agreed      Answer
	Language    string
	Interpreter string
	Mode        string
	Witness     string // who saw or heard it: a name, or initials and function
	GivenBy     string
	Guardian    ids.Guardian // who says yes for a child
	Involved    Answer       // had that person a part in what happened?
	Assent      Answer
	CarerAway   string
	Capacity    string // what bears on how she understands, and what was done about it
	Ethics      string // the reference of the ethics committee, for research
	Expires     time.Time
}

// carer is who says yes for her.
func (c AskConsent) carer() Carer { return Carer{c.GivenBy, c.Guardian, c.Involved, c.CarerAway} }

// Check finds what the person can correct, by the age of the person concerned
// (PROCESS.md §2.5 [M]; the ages are country data to be validated by a jurist).
func (c AskConsent) Check(r *Rules, of Case, now time.Time) error {
	errs := []error{
		r.need("purpose", "consent_purpose", c.Purpose), r.codes("scope", "packet_field", c.Scope),
		r.code("language", "language", c.Language), r.code("interpreter", "interpreter", c.Interpreter),
		r.code("carer_away", "carer_away", c.CarerAway), asked("assent", c.Assent), short("capacity", c.Capacity, wordsLimit), short("ethics", c.Ethics, 120),
		notThe("interpreter", c.Interpreter, "COMPANION", "fault.screening.companion"),
	}
	errs = append(errs, c.fits(r.Purposes[c.Purpose]))
	if !c.Said {
		errs = append(errs, fault.Field("said", "fault.consent.limits"))
	}
	if c.Purpose == P3ShareReferral && c.Recipient.IsZero() {
		errs = append(errs, fault.Field("recipient", "fault.choice.missing"))
	}
	switch c.Agreed {
	case Yes:
		if c.Purpose == P3ShareReferral && !slices.Contains(c.Scope, "minimum") { // nobody can be asked without it
			errs = append(errs, fault.Field("scope", "fault.consent.minimum"))
		}
		errs = append(errs, r.need("mode", "consent_mode", c.Mode), c.witnessed(), r.need("given_by", "consent_given_by", c.GivenBy), c.whoSaidYes(r, of, now))
	case No:
	default:
		errs = append(errs, fault.Field("agreed", "fault.choice.missing"))
	}
	if !c.Expires.IsZero() && !c.Expires.After(now) {
		errs = append(errs, fault.Field("expires", "fault.date.past"))
	}
	return fault.Join(errs...)
}

// witnessed wants a name behind what no signature shows: a yes said aloud, or a thumb.
func (c AskConsent) witnessed() error {
	if err := short("witness", c.Witness, 120); err != nil || c.Mode != "ORAL_WITNESSED" && c.Mode != "THUMBPRINT" {
		return err
	}
	return needed("witness", strings.TrimSpace(c.Witness))
}

// whoSaidYes checks the carer's consent and the child's own word against the
// band of the person's age.
func (c AskConsent) whoSaidYes(r *Rules, of Case, now time.Time) error {
	band, child, err := r.consentBand(of, now)
	if err != nil {
		return err
	}
	rule := r.Purposes[c.Purpose]
	if child && rule.Child == "refused" { // "not under 18" [J]: nobody can say yes to it
		return fault.Field("purpose", "fault.consent.child_media")
	}
	if !child {
		if c.GivenBy != "SELF" {
			return fault.Field("given_by", "fault.consent.adult_self")
		}
		return nil
	}
	if c.GivenBy == "SELF" && c.Assent != NotAsked && c.Assent != Yes { // her own yes is her assent
		return fault.Field("assent", "fault.consent.no_is_no")
	}
	switch {
	case c.GivenBy == "AUTHORITY": // carer absent or suspected: why is recorded
		return fault.Join(r.need("carer_away", "carer_away", c.CarerAway), band.childSaid(c))
	case c.GivenBy == "GUARDIAN":
		return fault.Join(c.carer().check(), band.childSaid(c))
	case band.Carer == ConsentsFully:
		return fault.Field("given_by", "fault.consent.carer")
	case rule.Carer: // her own view is heard, and somebody stands by her in it
		return fault.Field("given_by", "fault.consent.with")
	}
	return nil
}

// childSaid wants the child's own word where somebody else says yes for her. A
// no is never a yes: of the youngest, who are not asked, only the authority goes
// against it, and says why (PROCESS.md §2.5).
func (b ConsentAge) childSaid(c AskConsent) error {
	switch b.Child {
	case Assents, ConsentsFully:
		if c.Assent != Yes {
			return fault.Field("assent", "fault.consent.assent")
		}
	case AssentsInInk:
		if c.Assent != Yes || c.Mode != "WRITTEN" && c.Mode != "THUMBPRINT" {
			return fault.Field("assent", "fault.consent.written_assent")
		}
	default:
		if c.Assent == No && (c.GivenBy != "AUTHORITY" || c.CarerAway == "") {
			return fault.Field("assent", "fault.consent.no_is_no")
		}
	}
	return nil
}

// consentBand finds the band for somebody's age and says whether the rules for
// children hold. Where an age is a range, the younger end protects more. Where no
// age is known and nobody said that she is an adult, the band that asks most of
// others: in doubt she is a child (PROCESS.md §2.9.1). Without any rule nobody
// can consent.
func (r *Rules) consentBand(of Case, now time.Time) (ConsentAge, bool, error) {
	years := r.Majority
	switch {
	case !of.Age.IsZero():
		years, _ = of.Age.At(r.Day(now))
		if of.Child {
			years = min(years, r.Majority-1)
		}
	case of.Child || of.Adult != Yes:
		return r.strictest()
	}
	for _, b := range r.Consent {
		if years >= b.From && years <= b.Through {
			return b, years < r.Majority, nil
		}
	}
	return ConsentAge{}, true, fault.New(fault.Internal, "fault.consent.rules")
}

// strictest is the band of children that protects most: the carer's part counts
// first, then the child's own.
func (r *Rules) strictest() (ConsentAge, bool, error) {
	weight := func(b ConsentAge) int {
		order := []Part{Nothing, Agrees, Assents, AssentsInInk, ConsentsFully}
		return len(order)*slices.Index(order, b.Carer) + slices.Index(order, b.Child)
	}
	var best ConsentAge
	for _, b := range r.Consent {
		if b.From < r.Majority && (best.Carer == "" || weight(b) > weight(best)) {
			best = b
		}
	}
	if best.Carer == "" {
		return best, true, fault.New(fault.Internal, "fault.consent.rules")
	}
	return best, true, nil
}

// AskConsent keeps a yes or a no; both are respected alike.
func (d *Desk) AskConsent(ctx context.Context, w access.Who, c AskConsent) error {
	g, err := d.may(ctx, w, access.ConsentAsk, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, one, now); err != nil {
		return err
	}
	if err := d.borne(ctx, g, one, c); err != nil {
		return err
	}
	state := Given
	if c.Agreed == No {
		state = Refused
	}
	k := Consent{ID: c.ID, Case: one.ID, Owner: one.Owner, State: state, Purpose: c.Purpose, Recipient: c.Recipient,
		Scope: c.Scope, Language: c.Language, Interpreter: c.Interpreter, Mode: c.Mode, Witness: vault.Clear(c.Witness), GivenBy: c.GivenBy,
		Guardian: c.Guardian, Capacity: vault.Clear(c.Capacity), Ethics: c.Ethics, Assent: c.Assent, CarerAway: c.CarerAway, AskedBy: w.Account, At: now, Expires: c.Expires}
	change := Change{Consents: []Consent{k}, Events: []Event{d.event(g, one.ID, "consent_"+string(c.Agreed), c.Purpose)}}
	all, err := d.Store.Consents(ctx, g, k.Case)
	if err != nil {
		return err
	}
	older, back := k.superseded(all)
	change.Consents = append(change.Consents, older...)
	d.decided(&change, all, k.Case, k.Purpose, now)
	d.asked(&change, all, k)
	if change.Screenings, err = d.heldUnder(ctx, w, c, k); err != nil {
		return err
	}
	if state == Refused { // a no takes back an older yes
		if err := d.stop(ctx, g, &change, back, "", now); err != nil {
			return err
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.ConsentKind, c.ID.UUID).With("purpose", c.Purpose).With("state", string(state)), change)
}

// borne checks a child's yes against the records: who stands by her, and what was
// weighed or determined before.
func (d *Desk) borne(ctx context.Context, g access.Grant, of Case, c AskConsent) error {
	if c.Agreed != Yes {
		return nil
	}
	beside, err := d.besides(ctx, g, of.ID, c.carer())
	if err == nil {
		err = c.carer().stands(beside)
	}
	if _, child, bad := d.Rules.consentBand(of, d.Now()); err == nil && bad == nil && child {
		err = d.foreseen(ctx, g, of.ID, c.Purpose, "purpose")
	}
	return err
}

// heldUnder notes with an open conversation the answer that it is held under.
func (d *Desk) heldUnder(ctx context.Context, w access.Who, c AskConsent, k Consent) ([]Screening, error) {
	if c.Screening.IsZero() || c.Purpose != P1CaseManagement {
		return nil, nil
	}
	_, s, err := d.screening(ctx, w, access.ScreeningSave, c.Screening)
	switch {
	case err != nil:
		return nil, err
	case s.Case != k.Case:
		return nil, fault.New(fault.NotFound, access.NotFoundKey)
	case s.State != ScreeningOpen, s.Consent == k.ID:
		return nil, nil
	}
	s.Consent = k.ID
	return []Screening{s}, nil
}

// superseded lists the older answers to the same question, and those of them that
// were a yes. A no takes a yes back.
func (c Consent) superseded(all []Consent) (older, back []Consent) {
	for _, one := range all {
		if one.ID == c.ID || one.Purpose != c.Purpose || one.Recipient != c.Recipient || one.State != Given && one.State != Refused {
			continue
		}
		yes := one.State == Given
		if one.State = Superseded; yes && c.State == Refused {
			one.State, one.WithdrawnAt, one.WithdrawnBy = Withdrawn, c.At, c.AskedBy
			back = append(back, one)
		}
		older = append(older, one)
	}
	return older, back
}
