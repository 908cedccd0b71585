package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// offerView offers a case to an organisation that she agreed to.
type offerView struct {
	voice
	protection.CaseView
	ID     ids.Transfer
	Agreed []govuk.SelectItem // whom she agreed to
	Others []govuk.SelectItem // whom she can be asked about
}

func (r *Rooms) offer(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := offerView{voice: r.voice(c), CaseView: one, ID: shell.KeepID[ids.Transfer](f, "id")}
	if err := v.orgs(); err != nil {
		return err
	}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("transfer.title"), Body: transferOfferPage(v), Section: navCases, Back: back}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Offer{ID: v.ID, Case: one.Case.ID, To: chosen[ids.Org](f, "to", v.Agreed), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.TransferReason)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Offer(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("transfer.offered")
	return c.Redirect("/transfers")
}

// orgs sorts the organisations by whether she said yes to them.
func (v *offerView) orgs() error {
	all, err := v.rooms.People.Orgs(v.c)
	if err != nil {
		return err
	}
	v.Agreed, v.Others = []govuk.SelectItem{{Text: v.T("signal.choose")}}, []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, id := range all {
		if id == v.Case.Owner {
			continue
		}
		item := govuk.SelectItem{Value: id.String(), Text: v.org(id)}
		yes := slices.ContainsFunc(v.Consents, func(k protection.Consent) bool {
			return k.Purpose == protection.P1CaseManagement && k.Recipient == id && k.State == protection.Given
		})
		if yes {
			v.Agreed = append(v.Agreed, item)
		} else {
			v.Others = append(v.Others, item)
		}
	}
	return nil
}

// transfersView lists offers of and to the reader's organisation.
type transfersView struct {
	voice
	In, Out []protection.Transfer
}

func (r *Rooms) listTransfers(c *shell.Context) error {
	v := transfersView{voice: r.voice(c)}
	all, err := r.Desk.Transfers(c, c.Who)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.To == c.Who.Post.Org {
			v.In = append(v.In, t)
		} else {
			v.Out = append(v.Out, t)
		}
	}
	return c.Page(shell.Page{Title: v.T("transfer.list.title"), Body: transfersPage(v), Section: navCaseloads, Back: "/caseloads", Wide: true})
}

// transferRow is one offer in a list.
func (v voice) transferRow(t protection.Transfer) govuk.QueueRow {
	row := govuk.QueueRow{Href: "/transfers/" + t.ID.String(), Title: t.Code.String(), Danger: v.danger(t.Level), Tags: []govuk.Tag{v.transferTag(t.State)},
		Facts: []govuk.Fact{{Name: v.T("transfer.from"), Value: v.orgName(t.From)}, {Name: v.T("transfer.to"), Value: v.orgName(t.To)}, {Name: v.T("transfer.at"), Value: v.Ago(t.At)}}}
	if t.Child {
		row.Tags = append(row.Tags, v.childTag())
	}
	if t.State == protection.TransferOffered && t.To == v.c.Who.Post.Org {
		row.Next = v.T("transfer.next")
	}
	return row
}

func (v voice) transferTag(s protection.TransferState) govuk.Tag {
	t := govuk.Tag{Text: v.T("transfer.state." + string(s)), Classes: "govuk-tag--grey"}
	switch s {
	case protection.TransferOffered:
		t.Classes = "govuk-tag--blue"
	case protection.TransferTaken:
		t.Classes = "govuk-tag--green"
	case protection.TransferDeclined:
		t.Classes = "govuk-tag--orange"
	}
	return t
}

func (v transfersView) queue(all []protection.Transfer) govuk.Queue {
	q := govuk.Queue{}
	for _, t := range all {
		q.Rows = append(q.Rows, v.transferRow(t))
	}
	return q
}

// transferView is one offer, with what the reader's side may do.
type transferView struct {
	voice
	protection.Transfer
	facts    access.Object
	Managers []govuk.SelectItem
}

func (r *Rooms) transferOf(c *shell.Context) (v transferView, err error) {
	id, err := shell.ID[ids.Transfer](c, "transfer")
	if err == nil && c.Posted() {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	if v.Transfer, err = r.Desk.Transfer(c, c.Who, id); err != nil {
		return v, err
	}
	v.facts = access.Object{Kind: access.TransferKind, ID: v.ID.UUID, Owner: v.From, To: v.To, By: v.By, Stage: string(v.State), Child: v.Child}
	v.Managers, err = r.staffOptions(c, v.To, access.CaseManager)
	return v, err
}

func (v transferView) page() shell.Page {
	return shell.Page{Title: v.T("transfer.one"), Body: transferPage(v), Section: navCaseloads, Back: "/transfers"}
}

func (v transferView) may(a access.Action) bool {
	return v.State == protection.TransferOffered && v.voice.may(a, v.facts)
}

func (v transferView) rows() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("transfer.from"), v.orgName(v.From)), v.row(v.T("transfer.to"), v.orgName(v.To)),
		v.row(v.T("transfer.reason"), v.label(countries.TransferReason, v.Reason)), v.rowIf(v.T("case.language"), v.label(countries.Language, v.Language)),
		v.row(v.T("transfer.at"), v.when(v.At))}
	if v.Why != "" {
		rows = append(rows, v.row(v.T("transfer.why"), v.label(countries.ReferralDecline, v.Why)))
	}
	return append(rows, v.rowIf(v.T("transfer.answered"), v.when(v.AnsweredAt)))
}

func (r *Rooms) showTransfer(c *shell.Context) error {
	v, err := r.transferOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

// answerTransfer reads the form of one of the three answers, and gives it.
func (r *Rooms) answerTransfer(give func(transferView, *shell.Form) error, notice string) shell.Handler {
	return func(c *shell.Context) error {
		v, err := r.transferOf(c)
		if err != nil {
			return err
		}
		f := c.Form()
		if err := give(v, f); err != nil {
			return c.Again(err, v.page())
		}
		c.Notice(notice)
		return c.Redirect("/transfers")
	}
}

func (r *Rooms) receive() shell.Handler {
	return r.answerTransfer(func(v transferView, f *shell.Form) error {
		cmd := protection.Receive{Transfer: v.ID, Version: f.Version(), Manager: chosen[ids.Account](f, "manager", v.Managers)}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.Receive(v.c, v.c.Who, cmd)
	}, "transfer.received")
}

func (r *Rooms) refuse() shell.Handler {
	return r.answerTransfer(func(v transferView, f *shell.Form) error {
		cmd := protection.Refuse{Transfer: v.ID, Version: f.Version(), Why: f.Choice("why", r.Desk.Rules.Codes(countries.ReferralDecline)...)}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.Refuse(v.c, v.c.Who, cmd)
	}, "transfer.refused")
}

func (r *Rooms) takeBack() shell.Handler {
	return r.answerTransfer(func(v transferView, f *shell.Form) error {
		cmd := protection.TakeBack{Transfer: v.ID, Version: f.Version()}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.TakeBack(v.c, v.c.Who, cmd)
	}, "transfer.taken_back")
}

// offered are the cases that other organisations offer.
func (r *Rooms) offered(c *shell.Context) (Section, error) {
	v := r.voice(c)
	all, err := r.Desk.Transfers(c, c.Who)
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	for _, t := range all {
		if t.State == protection.TransferOffered && t.To == c.Who.Post.Org {
			rows = append(rows, v.transferRow(t))
		}
	}
	return v.caseSection("offered", "transfer.in", "transfer.in.none", rows, len(rows), 0, "", "/transfers"), nil
}
