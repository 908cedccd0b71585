package protection

import (
	"inkingi/countries"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// inquireView asks whether another organisation helps her too, and shows what was asked
// before. Of a question that found somebody and of one that did not it shows the same.
type inquireView struct {
	voice
	protection.InquiryView
	ID ids.Inquiry
}

func (r *Rooms) inquire(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	v := inquireView{voice: r.voice(c), ID: shell.KeepID[ids.Inquiry](f, "id")}
	if v.InquiryView, err = r.Desk.Inquiries(c, c.Who, id); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("inquiry.title"), Body: inquirePage(v), Section: navCases, Back: "/cases/" + id.String(), Answers: v.Refused == nil}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Inquire{ID: v.ID, Case: id, Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.InquiryReason)...), Told: f.Bool("told")}
	if err = f.Err(); err == nil {
		err = r.Desk.Inquire(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("inquiry.asked")
	return c.Redirect("/cases/" + id.String() + "/inquire")
}

// why says what is missing, or from when it can be asked again.
func (v inquireView) why() string {
	key := fault.Of(v.Refused).Key
	if key == "fault.inquiry.again" && len(v.All) > 0 {
		return v.T("inquiry.again", "When", v.Day(v.rooms.Country.Day(v.rooms.Desk.Rules.AskedAgain(v.All[0]))))
	}
	return v.T(key)
}

// asksConsent says whether her agreement is what is missing.
func (v inquireView) asksConsent() bool { return !v.Consent && !v.Case.State.Over() }

func (v inquireView) rows(x protection.Inquiry) []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("inquiry.at"), v.when(x.At)), v.row(v.T("inquiry.by"), v.account(x.By)), v.row(v.T("inquiry.why"), v.label(countries.InquiryReason, x.Reason))}
	if x.When.IsZero() {
		return append(rows, v.row(v.T("inquiry.stands"), v.T("inquiry.neutral")))
	}
	return append(rows, v.row(v.T("inquiry.stands"), v.T("inquiry.shared")), v.row(v.T("inquiry.with"), v.account(x.Who)+" · "+v.orgName(x.Org)), v.row(v.T("inquiry.code"), x.Code.String()))
}

// asked are for the person herself: on which day which organisation asked others about
// her, and when a colleague of another asked, without which.
func (v readersView) asked() (all []string) {
	day := func(x protection.Inquiry) string { return v.Day(v.rooms.Country.Day(x.At)) }
	for _, x := range v.Inquiries {
		all = append(all, day(x)+" · "+v.orgName(x.Owner)+" · "+v.label(countries.InquiryReason, x.Reason))
	}
	for _, x := range v.Liaisons {
		all = append(all, v.Day(v.rooms.Country.Day(x.At))+" · "+v.T("inquiry.readers.other")+" · "+v.T("liaison.state."+string(x.State)))
	}
	return all
}
