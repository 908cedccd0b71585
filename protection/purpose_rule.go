package protection

import (
	"context"
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// PurposeRule is what a consent to one purpose needs besides a yes (PROCESS.md §2.5,
// the columns "bundled" and "minors"). It is data of the country.
type PurposeRule struct {
	Child  string // what a child's needs besides: "guardian", "bia", "bid", "refused"
	About  string // of which decision, code list "interests_about"
	Carer  bool   // somebody who stands by a child says yes with her, at any age
	Apart  bool   // never in one act with the consent to be followed
	Ethics bool   // only with the reference of an ethics committee
}

// weighs says whether a child's needs her best interests looked at first.
func (p PurposeRule) weighs() bool { return p.Child == "bia" || p.Child == "bid" }

// before says what must stand before a child's yes to a purpose: that her best
// interests were weighed with her own view in it, or that a panel said yes. It is
// asked again before anything is told to anybody.
func (p PurposeRule) before(weighed []Interests) (key string) {
	switch {
	case p.Child == "bia" && !slices.ContainsFunc(weighed, func(x Interests) bool { return x.About == p.About && !x.ByPanel() }):
		return "fault.consent.interests"
	case p.Child == "bid" && !determined(weighed, p.About):
		return "fault.consent.panel"
	}
	return ""
}

// fits checks an answer against the rule of its purpose.
func (c AskConsent) fits(p PurposeRule) error {
	var errs []error
	if p.Apart && !c.Screening.IsZero() {
		errs = append(errs, fault.Field("purpose", "fault.consent.apart"))
	}
	if p.Ethics && c.Agreed == Yes {
		errs = append(errs, needed("ethics", c.Ethics))
	}
	return fault.Join(errs...)
}

// foreseen checks what must stand before a child's yes to this purpose.
func (d *Desk) foreseen(ctx context.Context, g access.Grant, of ids.Case, purpose, field string) error {
	p := d.Rules.Purposes[purpose]
	if !p.weighs() {
		return nil
	}
	weighed, err := d.Store.Weighed(ctx, g, of)
	if err != nil {
		return err
	}
	if key := p.before(weighed); key != "" {
		return fault.Field(field, key)
	}
	return nil
}
