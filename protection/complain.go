package protection

import (
	"context"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Complain writes down what she says of those who help: by the team of her case, or
// by somebody of an organisation that was asked to help her.
type Complain struct {
	ID       ids.Complaint
	Case     ids.Case     // by the team of the case
	Referral ids.Referral // or by who received the request
	Kind     string       // code list "complaint_kind"
	From     string       // code list "complaint_from"
	Named    Answer       // may her name be told to who looks into it?
	Against  ids.Org
	Worker   ids.Account
	Words    string
}

// Check finds what the person can correct.
func (c Complain) Check(r *Rules) error {
	errs := []error{r.need("kind", "complaint_kind", c.Kind), r.need("from", "complaint_from", c.From),
		needed("words", strings.TrimSpace(c.Words)), short("words", c.Words, accountLimit)}
	if c.Against.IsZero() {
		errs = append(errs, fault.Field("against", "fault.choice.missing"))
	}
	switch c.Named {
	case Yes, No:
	case NotAsked:
		errs = append(errs, fault.Field("named", "fault.choice.missing"))
	default:
		errs = append(errs, fault.Field("named", "fault.code.unknown"))
	}
	return fault.Join(errs...)
}

// Complain keeps it and tells who is to look into it. The timeline of the case says
// nothing of it. When her name is not to be told the record does not hold her case.
// Writing it down again is the same act.
func (d *Desk) Complain(ctx context.Context, w access.Who, c Complain) error {
	g, of, err := d.complainant(ctx, w, c)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	now := d.Now()
	bars := append([]Conflict{{Org: c.Against, Why: "ACCUSED"}}, of.Conflicts...)
	if !c.Worker.IsZero() {
		bars = append(bars, Conflict{Account: c.Worker, Why: "ACCUSED"})
	}
	leads, err := d.Store.Leads(ctx, of.Owner, now)
	if err != nil {
		return err
	}
	x := Complaint{ID: c.ID, Owner: of.route(c.Against, leads, bars), State: ComplaintReceived, Kind: c.Kind, From: c.From, Named: c.Named, Against: c.Against,
		Worker: c.Worker, Bars: bars, By: w.Account, House: w.Post.Org, At: now, Due: d.Rules.Due(ComplaintKey(c.Kind, ComplaintReceived), now), Words: vault.Clear(c.Words)}
	if c.Named == Yes {
		x.Case, x.Code = of.Case, of.Code
	}
	var tell []ids.Account
	if x.Keeper = x.Owner; !x.Owner.IsZero() {
		tell = unbarred(leads, bars)
	} else if tell, x.Keeper, err = d.oversight(ctx, w, bars); err != nil {
		return err
	}
	change := Change{Complaints: []Complaint{x}}
	for _, one := range tell {
		change.Alerts = append(change.Alerts, d.tell(one, complaintAlert(c.Kind), x.ID.UUID)...)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.ComplaintKind, x.ID.UUID), change)
}

// complainant reads whose case it is, for the team or for who received the request.
func (d *Desk) complainant(ctx context.Context, w access.Who, c Complain) (access.Grant, Lodger, error) {
	if c.Referral.IsZero() {
		g, err := d.may(ctx, w, access.ComplaintMake, access.CaseKind, c.Case.UUID, access.ForProtection)
		if err != nil {
			return g, Lodger{}, err
		}
		if err := goesOn(g); err != nil {
			return g, Lodger{}, err
		}
		of, err := d.Store.Lodger(ctx, g, c.Case)
		return g, of, err
	}
	g, err := d.may(ctx, w, access.ComplaintMake, access.ReferralKind, c.Referral.UUID, access.ForReferral)
	if err != nil {
		return g, Lodger{}, err
	}
	on, err := d.Store.Referral(ctx, g, c.Referral)
	if err != nil {
		return g, Lodger{}, err
	}
	of, err := d.Store.Lodger(ctx, g, on.Case)
	return g, of, err
}

// oversight is who looks into what an organisation may not look into itself, and
// whose key keeps it; where nobody is there yet it waits under the key of who wrote it.
func (d *Desk) oversight(ctx context.Context, w access.Who, bars []Conflict) (tell []ids.Account, keeper ids.Org, err error) {
	keeper = w.Post.Org
	all, err := d.Store.Overseers(ctx, d.Now())
	if err != nil {
		return nil, keeper, err
	}
	for _, one := range all {
		if barredAccount(bars, one.Account) || barredOrg(bars, one.Org) {
			continue
		}
		if len(tell) == 0 {
			keeper = one.Org
		}
		tell = append(tell, one.Account)
	}
	return tell, keeper, nil
}

// complaintAlert is the message that says nothing of it: what cannot wait is said so.
func complaintAlert(kind string) string {
	if kind == PSEA {
		return "alert.red"
	}
	return "alert.signal"
}
