package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Reading is a verb too: it is decided, and what identifies somebody leaves an entry.

// Signal reads what was reported.
func (d *Desk) Signal(ctx context.Context, w access.Who, id ids.Signal) (Signal, access.Grant, error) {
	g, err := d.may(ctx, w, access.SignalRead, access.SignalKind, id.UUID, access.ForIntake)
	if err != nil {
		return Signal{}, g, err
	}
	s, err := d.Store.Signal(ctx, g, id)
	return s, g, err
}

// Reporter reads who reported and how to call back.
func (d *Desk) Reporter(ctx context.Context, w access.Who, id ids.Reporter) (Reporter, access.Grant, error) {
	g, err := d.may(ctx, w, access.ReporterRead, access.ReporterKind, id.UUID, access.ForIntake)
	if err != nil {
		return Reporter{}, g, err
	}
	r, err := d.Store.Reporter(ctx, g, id)
	return r, g, err
}

// Similar lists signals of the same organisation and place around the same days.
func (d *Desk) Similar(ctx context.Context, w access.Who, s Signal) ([]SignalLine, error) {
	g, err := d.mayAll(ctx, w, access.SignalList, access.Object{Kind: access.SignalKind}, access.ForIntake)
	if err != nil {
		return nil, err
	}
	return d.Store.Similar(ctx, g, s, 7)
}

// History reads the older versions of a signal.
func (d *Desk) History(ctx context.Context, w access.Who, id ids.Signal) ([]Signal, access.Grant, error) {
	g, err := d.may(ctx, w, access.SignalRead, access.SignalKind, id.UUID, access.ForIntake)
	if err != nil {
		return nil, g, err
	}
	older, err := d.Store.History(ctx, g, id)
	return older, g, err
}

// CaseView is a case page: the case and what hangs on it.
type CaseView struct {
	Case            Case
	Grant           access.Grant
	Timeline        Cut[Event]
	Screenings      []Screening
	Assessments     []Assessment
	Guardians       []Guardian
	Reflection      Reflection // zero while nothing was said of it
	Tasks           []Task
	Consents        []Consent
	Referrals       []ReferralLine
	Identifications []Identification
	Weighed         []Interests
	Jottings        []Jotting
	Attachments     []Attachment
	SealedNotes     []SealedNote // only those that name the reader
	Stays           []Stay       // only for who may know where she lives
}

// Case reads a case and what hangs on it, without the identity.
func (d *Desk) Case(ctx context.Context, w access.Who, id ids.Case, p Page) (CaseView, error) {
	g, err := d.may(ctx, w, access.CaseRead, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return CaseView{}, err
	}
	v := CaseView{Grant: g}
	if v.Case, err = d.Store.Case(ctx, g, id); err != nil {
		return CaseView{}, err
	}
	if v.Timeline, err = d.Store.Timeline(ctx, g, id, p); err != nil {
		return CaseView{}, err
	}
	if v.Screenings, err = d.Store.Screenings(ctx, g, id); err != nil {
		return CaseView{}, err
	}
	if v.Assessments, err = d.Store.Assessments(ctx, g, id); err != nil {
		return CaseView{}, err
	}
	if v.Case.Child {
		if v.Guardians, err = d.Store.Guardians(ctx, g, id); err != nil {
			return CaseView{}, err
		}
	}
	if v.Case.standing().Served() {
		if v.Reflection, err = d.Store.Reflection(ctx, g, id); err != nil && !fault.Is(err, fault.NotFound) {
			return CaseView{}, err
		}
	}
	if v.Tasks, err = d.Store.CaseTasks(ctx, g, id); err != nil {
		return CaseView{}, err
	}
	if v.Consents, err = d.Store.Consents(ctx, g, id); err != nil {
		return CaseView{}, err
	}
	if v.Referrals, err = d.Store.CaseReferrals(ctx, g, id); err != nil {
		return CaseView{}, err
	}
	if v.Identifications, err = d.Store.Identifications(ctx, g, id); err != nil {
		return v, err
	}
	if v.Case.Child {
		if v.Weighed, err = d.Store.Weighed(ctx, g, id); err != nil {
			return v, err
		}
	}
	err = d.beside(ctx, w, g, &v)
	return v, err
}

// beside reads what is written and enclosed beside a case.
func (d *Desk) beside(ctx context.Context, w access.Who, g access.Grant, v *CaseView) (err error) {
	if v.Jottings, err = d.Store.Jottings(ctx, g, v.Case.ID); err != nil {
		return err
	}
	if v.Attachments, err = d.Store.Attachments(ctx, g, v.Case.ID); err != nil {
		return err
	}
	if v.SealedNotes, err = d.caseSealedNotes(ctx, w, v.Case.ID); err != nil {
		return err
	}
	v.Stays, err = d.caseStays(ctx, w, g)
	return err
}

// Person reads an identity.
func (d *Desk) Person(ctx context.Context, w access.Who, id ids.Person) (Person, access.Grant, error) {
	g, err := d.may(ctx, w, access.PersonRead, access.PersonKind, id.UUID, access.ForProtection)
	if err != nil {
		return Person{}, g, err
	}
	p, err := d.Store.Person(ctx, g, id)
	return p, g, err
}

// Screening reads one conversation.
func (d *Desk) Screening(ctx context.Context, w access.Who, id ids.Screening) (Screening, access.Grant, error) {
	g, err := d.may(ctx, w, access.ScreeningRead, access.ScreeningKind, id.UUID, access.ForProtection)
	if err != nil {
		return Screening{}, g, err
	}
	s, err := d.Store.Screening(ctx, g, id)
	return s, g, err
}

// Referral reads a request and where it stands, without the packet.
func (d *Desk) Referral(ctx context.Context, w access.Who, id ids.Referral) (Referral, access.Grant, error) {
	g, err := d.may(ctx, w, access.ReferralRead, access.ReferralKind, id.UUID, access.ForReferral)
	if err != nil {
		return Referral{}, g, err
	}
	r, err := d.Store.Referral(ctx, g, id)
	r.Packet = Packet{}
	return r, g, err
}

// Packet reads a request with what the receiver needs to know.
func (d *Desk) Packet(ctx context.Context, w access.Who, id ids.Referral) (Referral, access.Grant, error) {
	g, err := d.may(ctx, w, access.PacketRead, access.PacketKind, id.UUID, access.ForReferral)
	if err != nil {
		return Referral{}, g, err
	}
	r, err := d.Store.Referral(ctx, g, id)
	if !Medical(r.Need) { // an older request may still carry it
		r.Packet.HealthFrom = time.Time{}
	}
	return r, g, err
}

// Find looks for a person of one's own organisation by name words or phone
// digits, or for a case by its code.
func (d *Desk) Find(ctx context.Context, w access.Who, words string, p Page) (Cut[CaseLine], error) {
	g, err := d.mayAll(ctx, w, access.PersonSearch, access.Object{Kind: access.PersonKind}, access.ForProtection)
	if err != nil {
		return Cut[CaseLine]{}, err
	}
	if err := short("words", words, 120); err != nil {
		return Cut[CaseLine]{}, err
	}
	if code, err := ids.ParseCode(words); err == nil {
		line, err := d.Store.ByCode(ctx, g, code)
		if err == nil {
			return Cut[CaseLine]{Lines: []CaseLine{line}}, nil
		}
	}
	return d.Store.Find(ctx, g, words, p)
}
