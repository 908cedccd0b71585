package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Inquiry is a question whether another organisation helps somebody too. Whoever
// asked reads the same of each, whether somebody was found or not, until the other
// side has said yes and the coordinator gives them its contact.
type Inquiry struct {
	ID       ids.Inquiry
	Version  int
	Case     ids.Case
	Owner    ids.Org // of the case
	Reason   string  // code list "inquiry_reason"
	By       ids.Account
	At       time.Time
	LookedAt time.Time // when the program compared; none while it did not

	Introduction // what the coordinator gave, nothing until then
}

// Introduction is whom to speak with, and since when that is known.
type Introduction struct {
	Org  ids.Org
	Who  ids.Account // the colleague who said yes
	Code ids.Code    // by which both sides and the coordinator speak of it
	When time.Time
}

// Abroad is what a question between organisations stands on.
type Abroad struct {
	Consent bool // she agreed to it (P2), and it holds
	Known   bool // a name of two words, whether a woman or a man, about when she was born
}

// Counterpart is a case of another organisation that may be of the same person.
type Counterpart struct {
	Case   ids.Case
	Owner  ids.Org
	Holder ids.Account // who manages it, or is to talk with her
}

// Inquire asks whether another organisation helps her too.
type Inquire struct {
	ID     ids.Inquiry
	Case   ids.Case
	Reason string
	Told   bool // she knows that it is asked, and that the organisation that asks may be named
}

// Check finds what the person can correct.
func (c Inquire) Check(r *Rules) error {
	var told error
	if !c.Told {
		told = fault.Field("told", "fault.inquiry.told")
	}
	return fault.Join(r.need("reason", "inquiry_reason", c.Reason), told)
}

// inquiryDay is the day in which a worker's questions are counted.
const inquiryDay = 24 * time.Hour

// Inquire keeps the question, and does not compare: the program does that later
// (FindElsewhere), so that neither an answer nor the time it takes tells whether
// somebody was found. What refuses it is of this case and of whoever asks, never of
// another organisation's.
func (d *Desk) Inquire(ctx context.Context, w access.Who, c Inquire) error {
	g, err := d.may(ctx, w, access.InquiryAsk, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	now := d.Now()
	mine, err := d.Store.InquiriesBy(ctx, g, now.Add(-inquiryDay))
	if err != nil {
		return err
	}
	for _, x := range mine {
		if x == c.ID {
			return nil // the same request, again
		}
	}
	of, err := d.Store.Inquiries(ctx, g, c.Case)
	if err != nil {
		return err
	}
	on, err := d.Store.Abroad(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if err := d.Rules.inquires(one, on, len(mine), of, now); err != nil {
		return err
	}
	x := Inquiry{ID: c.ID, Case: one.ID, Owner: one.Owner, Reason: c.Reason, By: w.Account, At: now}
	change := Change{Inquiries: []Inquiry{x}, Events: []Event{d.event(g, one.ID, "inquiry_asked", c.Reason)}}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("reason", c.Reason), change)
}

// inquires says whether it may be asked: of an open case, with her agreement, with
// enough known of her, and not too often.
func (r *Rules) inquires(c Case, on Abroad, today int, of []Inquiry, now time.Time) error {
	switch {
	case c.State.Over():
		return fault.New(fault.Invalid, "fault.inquiry.over")
	case !on.Consent:
		return fault.New(fault.Invalid, "fault.inquiry.consent")
	case !on.Known:
		return fault.New(fault.Invalid, "fault.inquiry.unknown")
	case today >= r.Inquiries:
		return fault.New(fault.Invalid, "fault.inquiry.often")
	case r.Pause <= 0, len(of) > 0 && now.Before(r.AskedAgain(of[0])):
		return fault.New(fault.Invalid, "fault.inquiry.again")
	}
	return nil
}

// AskedAgain is from when another question may be asked about the same case.
func (r *Rules) AskedAgain(last Inquiry) time.Time { return last.At.AddDate(0, 0, r.Pause) }

// InquiryView is what stands on the page of a question.
type InquiryView struct {
	Case Case
	Abroad
	All     []Inquiry // the newest first
	Refused error     // why it cannot be asked now, or nil
}

// Inquiries reads what was asked of a case, and whether it can be asked now.
func (d *Desk) Inquiries(ctx context.Context, w access.Who, id ids.Case) (v InquiryView, err error) {
	g, err := d.may(ctx, w, access.InquiryAsk, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return v, err
	}
	if v.Case, err = d.Store.Case(ctx, g, id); err != nil {
		return v, err
	}
	if v.Abroad, err = d.Store.Abroad(ctx, g, id); err != nil {
		return v, err
	}
	if v.All, err = d.Store.Inquiries(ctx, g, id); err != nil {
		return v, err
	}
	mine, err := d.Store.InquiriesBy(ctx, g, d.Now().Add(-inquiryDay))
	v.Refused = d.Rules.inquires(v.Case, v.Abroad, len(mine), v.All, d.Now())
	return v, err
}

// AskedOf lists what was asked between organisations about the person of a case, for
// her to be told: by the house that follows her, and by others.
func (d *Desk) AskedOf(ctx context.Context, w access.Who, id ids.Case) ([]Inquiry, []Liaison, error) {
	g, err := d.may(ctx, w, access.CaseReaders, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return nil, nil, err
	}
	asked, err := d.Store.Inquiries(ctx, g, id)
	if err != nil {
		return nil, nil, err
	}
	found, err := d.Store.CaseLiaisons(ctx, g, id)
	return asked, found, err
}
