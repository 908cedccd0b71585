package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// Where a signal comes from follows from who sends it; whoever answers the
// telephone for others says it.

// ownChannel is the channel of a role; not fixed for those who take signals of others.
func ownChannel(role access.Role) (channel string, fixed bool) {
	switch role {
	case access.Police:
		return "POLICE", true
	case access.Immigration:
		return "IMMIGRATION", true
	case access.HotlineOperator:
		return "HOTLINE", true
	case access.FocalPoint:
		return "FOCAL_POINT", true
	case access.DutyOfficer, access.Supervisor:
		return "", false
	case access.Screener, access.CaseManager, access.ServiceProvider:
		return "NGO", true
	}
	return "OTHER", true
}

// channel is where the signal comes from. A visitor is never asked: it follows
// from what she said about herself, if she did.
func (r *Rooms) channel(c *shell.Context, relation string) string {
	if signedIn(c.Who) {
		if own, fixed := ownChannel(c.Who.Post.Role); fixed {
			return own
		}
		return c.Form().Choice("channel", r.codes(c, "signal_channel")...)
	}
	switch relation {
	case "SELF":
		return "SELF"
	case "FAMILY", "NEIGHBOUR":
		return "FAMILY_OR_NEIGHBOUR"
	}
	return "OTHER"
}

// readInvolved reads which organisations are said to be involved: none of
// their people is alerted, nor may read or route the signal.
func (r *Rooms) readInvolved(c *shell.Context, to *protection.Raise) {
	f := c.Form()
	if readAnswer(f, "involved") != protection.Yes {
		return
	}
	orgs, err := r.People.Orgs(c)
	if err != nil {
		f.Fail("against", "fault.unavailable")
		return
	}
	var codes []string
	for _, id := range orgs {
		codes = append(codes, id.String())
	}
	for _, chosen := range f.Choices("against", codes...) {
		if id, err := ids.Parse[ids.Org](chosen); err == nil {
			to.Against = append(to.Against, id)
		}
	}
	if len(to.Against) == 0 && !wrongAt(c, "against") {
		f.Fail("against", "signal.involved.missing")
	}
}

// orgChoices are the organisations, to be ticked.
func (r *Rooms) orgChoices(c *shell.Context) ([]govuk.Choice, error) {
	orgs, err := r.People.Orgs(c)
	var all []govuk.Choice
	for _, id := range orgs {
		all = append(all, govuk.Choice{Value: id.String(), Text: r.Names.Org(id)})
	}
	return all, err
}

func (r *Rooms) sayInvolved(c *shell.Context, v view) string {
	f := c.Form()
	words := filled(v.answer(protection.Answer(f.Value("involved"))))
	for _, one := range f.Values("against") {
		if id, err := ids.Parse[ids.Org](one); err == nil && f.Value("involved") == string(protection.Yes) {
			words = append(words, v.org(id))
		}
	}
	return comma(words...)
}

// given is the place as typed so far.
func (v view) given() place.Given {
	code := place.Code(v.Form().Value("where"))
	if _, known := v.rooms.Country.Places.Place(code); !known {
		code = ""
	}
	return place.Given{Code: code, Written: v.Form().Value("where-written")}
}
