package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// complainView writes down what she says of those who help.
type complainView struct {
	voice
	Code    ids.Code
	ID      ids.Complaint
	Orgs    []govuk.SelectItem
	Workers []govuk.SelectItem // of the reader's own organisation: who works elsewhere is said in the words
}

// complain is the form on a case, for its team.
func (r *Rooms) complain(c *shell.Context) error {
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	return r.complaintForm(c, protection.Complain{Case: one.Case.ID}, one.Case.Code, "/cases/"+one.Case.ID.String())
}

// complainRequest is the same for an organisation that was asked to help her.
func (r *Rooms) complainRequest(c *shell.Context) error {
	on, err := r.referralOf(c)
	if err != nil {
		return err
	}
	return r.complaintForm(c, protection.Complain{Referral: on.ID}, on.Code, "/requests/"+on.ID.String())
}

func (r *Rooms) complaintForm(c *shell.Context, cmd protection.Complain, code ids.Code, back string) error {
	f := c.Form()
	v := complainView{voice: r.voice(c), Code: code, ID: shell.KeepID[ids.Complaint](f, "id")}
	if err := v.choose(); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("complaint.title"), Body: complainPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	rules := r.Desk.Rules
	cmd.ID, cmd.Kind, cmd.From = v.ID, f.Choice("kind", rules.Codes(countries.ComplaintKindList)...), f.Choice("from", rules.Codes(countries.ComplaintFrom)...)
	cmd.Named, cmd.Against, cmd.Worker = answerOf(f, "named"), chosen[ids.Org](f, "against", v.Orgs), chosen[ids.Account](f, "worker", v.Workers)
	cmd.Words = f.Prose("words", 20000)
	if !cmd.Worker.IsZero() && cmd.Against != c.Who.Post.Org {
		f.Fail("worker", "fault.complaint.worker")
	}
	err := f.Err()
	if err == nil {
		err = r.Desk.Complain(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("complaint.kept")
	return c.Redirect(back)
}

// choose lists the organisations, and the reader's colleagues.
func (v *complainView) choose() error {
	none := govuk.SelectItem{Text: v.T("signal.choose")}
	v.Orgs, v.Workers = []govuk.SelectItem{none}, []govuk.SelectItem{{Text: v.T("complaint.worker.none")}}
	all, err := v.rooms.People.Orgs(v.c)
	if err != nil {
		return err
	}
	for _, id := range all {
		v.Orgs = append(v.Orgs, govuk.SelectItem{Value: id.String(), Text: v.org(id)})
	}
	staff, err := v.rooms.People.Staff(v.c, v.c.Who.Post.Org, access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor, access.ServiceProvider)
	for _, id := range staff {
		if id != v.c.Who.Account {
			v.Workers = append(v.Workers, govuk.SelectItem{Value: id.String(), Text: v.account(id)})
		}
	}
	return err
}

// yesOrNo are the two answers of a choice that must be made.
func (v complainView) yesOrNo() []govuk.Choice {
	return []govuk.Choice{{Value: string(protection.Yes), Text: v.T("complaint.named.yes")}, {Value: string(protection.No), Text: v.T("complaint.named.no")}}
}

// complaintsView lists what the reader looks into or wrote down.
type complaintsView struct {
	voice
	Rows govuk.Queue
}

func (r *Rooms) listComplaints(c *shell.Context) error {
	v := complaintsView{voice: r.voice(c)}
	all, err := r.Desk.Complaints(c, c.Who)
	if err != nil {
		return err
	}
	v.Rows = govuk.Queue{HeadingLevel: 2, Rows: v.complaintRows(all)}
	return c.Page(shell.Page{Title: v.T("complaint.list"), Body: complaintsPage(v), Back: "/work", Wide: true})
}

func (v voice) complaintRows(all []protection.Complaint) []govuk.QueueRow {
	var rows []govuk.QueueRow
	for _, x := range all {
		row := govuk.QueueRow{Href: "/complaints/" + x.ID.String(), Title: v.label(countries.ComplaintKindList, x.Kind), Tags: []govuk.Tag{v.complaintTag(x.State)},
			Facts: []govuk.Fact{{Name: v.T("complaint.against"), Value: v.orgName(x.Against)}, {Name: v.T("complaint.at"), Value: v.Ago(x.At)}}}
		if !x.State.Over() {
			row.Clocks = []govuk.Clock{v.Due(v.T("complaint.clock."+string(x.State)), x.At, x.Due)}
			if x.By != v.c.Who.Account {
				row.Next = v.T("complaint.next." + string(x.State))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (v voice) complaintTag(s protection.ComplaintState) govuk.Tag {
	t := govuk.Tag{Text: v.T("complaint.state." + string(s)), Classes: "govuk-tag--grey"}
	switch s {
	case protection.ComplaintReceived:
		t.Classes = "govuk-tag--orange"
	case protection.ComplaintLooked:
		t.Classes = "govuk-tag--blue"
	case protection.ComplaintAnswered:
		t.Classes = "govuk-tag--green"
	}
	return t
}

// complaintView is one complaint, opened for who looks into it or wrote it down.
type complaintView struct {
	voice
	protection.Complaint
	Text, WasDone, WasTold string
	facts                  access.Object
}

func (r *Rooms) complaintOf(c *shell.Context) (v complaintView, err error) {
	id, err := shell.ID[ids.Complaint](c, "complaint")
	if err == nil && c.Route.Action != access.ComplaintRead {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	x, g, err := r.Desk.Complaint(c, c.Who, id)
	if err != nil {
		return v, err
	}
	w := words{grant: g}
	v.Complaint, v.facts = x, g.Object()
	v.Text, v.WasDone, v.WasTold = w.open(x.Words), w.open(x.Done), w.open(x.Told)
	return v, w.err
}

func (v complaintView) page() shell.Page {
	return shell.Page{Title: v.T("complaint.one"), Body: complaintPage(v), Back: "/complaints"}
}

func (r *Rooms) showComplaint(c *shell.Context) error {
	v, err := r.complaintOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

// lookInto says that the reader looks into it.
func (r *Rooms) lookInto(c *shell.Context) error {
	v, err := r.complaintOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	cmd := protection.LookInto{Complaint: v.ID, Version: f.Version()}
	if err = f.Err(); err == nil {
		err = r.Desk.LookInto(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("complaint.looked")
	return c.Redirect("/complaints/" + v.ID.String())
}

// answerComplaint says what was done, and what she was told.
func (r *Rooms) answerComplaint(c *shell.Context) error {
	f := c.Form()
	v, err := r.complaintOf(c)
	if err != nil {
		return err
	}
	back := "/complaints/" + v.ID.String()
	page := shell.Page{Title: v.T("complaint.answer.title"), Body: answerComplaintPage(v), Back: back, Answers: !v.State.Over()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.AnswerComplaint{Complaint: v.ID, Version: f.Version(), End: f.Choice("end", r.Desk.Rules.Codes(countries.ComplaintEnd)...),
		Done: f.Prose("done", 20000), Told: f.Prose("told", 20000)}
	if err = f.Err(); err == nil {
		err = r.Desk.AnswerComplaint(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("complaint.answered")
	return c.Redirect(back)
}

func (v complaintView) may(a access.Action) bool { return v.voice.may(a, v.facts) }

// looks says whether "I look into it" is still to be said.
func (v complaintView) looks() bool {
	return v.State == protection.ComplaintReceived && v.may(access.ComplaintLook)
}

// answers says whether it can be ended.
func (v complaintView) answers() bool { return !v.State.Over() && v.may(access.ComplaintAnswer) }

// clock is when it is to be looked into, or answered.
func (v complaintView) clock() govuk.Clock {
	if v.State.Over() {
		return govuk.Clock{State: govuk.ClockStill, Label: v.T("complaint.state." + string(v.State)), At: v.EndedAt}
	}
	return v.voice.Due(v.T("complaint.clock."+string(v.State)), v.At, v.Complaint.Due)
}

// rule is the deadline, and whether it is validated.
func (v complaintView) rule() (text, mark string) {
	d := v.rooms.Country.Deadline(countries.DeadlineKey(protection.ComplaintKey(v.Kind, v.State)))
	return d.Label(v.Lang()), v.unvalidated(d.Fact)
}

func (v complaintView) rows() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("complaint.kind"), v.label(countries.ComplaintKindList, v.Kind)), v.row(v.T("complaint.against"), v.orgName(v.Against)),
		v.rowIf(v.T("complaint.worker"), v.account(v.Worker)), v.row(v.T("complaint.from"), v.label(countries.ComplaintFrom, v.From)),
		v.row(v.T("complaint.at"), comma(v.when(v.At), v.account(v.By))), v.person()}
	if !v.LookedAt.IsZero() {
		rows = append(rows, v.row(v.T("complaint.looked_by"), comma(v.account(v.LookedBy), v.when(v.LookedAt))))
	}
	return append(rows, v.rowIf(v.T("complaint.end"), v.label(countries.ComplaintEnd, v.End)))
}

// person is whose complaint it is, if she lets it be told: the code, and the way to
// the case for who may open it.
func (v complaintView) person() govuk.SummaryRow {
	if v.Case.IsZero() {
		return v.row(v.T("complaint.named"), v.T("complaint.named.not"))
	}
	row := v.row(v.T("common.case"), v.Code.String())
	if v.rooms.Desk.Opens(v.c, v.c.Who, access.CaseRead, access.CaseKind, v.Case.UUID, access.ForProtection) {
		row.Value = govuk.SummaryCell{HTML: link("/cases/"+v.Case.String(), v.Code.String())}
	}
	return row
}

// complaints are what waits to be looked into, on the page of the day.
func (r *Rooms) complaints(c *shell.Context) (Section, error) {
	v := r.voice(c)
	all, err := r.Desk.Complaints(c, c.Who)
	if err != nil {
		return Section{}, err
	}
	var open []protection.Complaint
	late, urgent := 0, false
	for _, x := range all {
		if x.State.Over() || x.By == c.Who.Account && !v.may(access.ComplaintLook, access.Object{Kind: access.ComplaintKind, ID: x.ID.UUID, Owner: x.Owner, By: x.By}) {
			continue
		}
		open = append(open, x)
		if !x.Due.After(c.At) {
			late++
		}
		urgent = urgent || x.Kind == protection.PSEA && x.State == protection.ComplaintReceived
	}
	s := v.caseSection("complaints", "complaint.list", "complaint.list.none", v.complaintRows(open), len(open), late, "", "/complaints")
	s.Alarm = urgent
	return s, nil
}
