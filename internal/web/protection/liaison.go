package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const (
	navLiaisons = "liaison.nav"
	liaisonPath = "/liaisons"
)

// liaisonsView lists who may speak with whom: to the coordinator by organisation and by
// no case, to the side that was found by its own case and by no organisation.
type liaisonsView struct {
	voice
	Waiting, Past []protection.LiaisonLine
	Answered      ids.Liaison // whose form came back
}

func (r *Rooms) liaisons(c *shell.Context) error {
	v, err := r.liaisonsOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (r *Rooms) liaisonsOf(c *shell.Context) (v liaisonsView, err error) {
	v.voice = r.voice(c)
	all, err := r.Desk.Liaisons(c, c.Who)
	for i := len(all) - 1; i >= 0; i-- { // what is due first stands first
		if all[i].State.Waits() {
			v.Waiting = append(v.Waiting, all[i])
		}
	}
	for _, x := range all {
		if !x.State.Waits() {
			v.Past = append(v.Past, x)
		}
	}
	return v, err
}

func (v liaisonsView) page() shell.Page {
	return shell.Page{Title: v.T("liaison.title"), Body: liaisonsPage(v), Section: navLiaisons}
}

// coordinates says whether the reader brings organisations together.
func (v liaisonsView) coordinates() bool { return v.c.Who.Post.Role == access.Coordinator }

// bringing are the organisations that wait to speak with each other, for the coordinator's day.
func (r *Rooms) bringing(c *shell.Context) (Section, error) {
	v, err := r.liaisonsOf(c)
	s := Section{ID: "liaisons", Title: v.T("liaison.title"), Empty: v.T("liaison.waiting.none"), More: liaisonPath, Waiting: len(v.Waiting)}
	if err != nil {
		return s, err
	}
	var rows []govuk.QueueRow
	for _, x := range v.Waiting {
		if !x.Due.After(c.At) {
			s.Late++
		}
		if len(rows) < workLines {
			rows = append(rows, govuk.QueueRow{Href: liaisonPath, Title: v.orgName(x.Asker) + " · " + v.orgName(x.Owner), Tags: []govuk.Tag{v.tag(x)},
				Clocks: []govuk.Clock{v.Due(v.T("liaison.due"), x.At, x.Due)}})
		}
	}
	if len(rows) > 0 {
		s.Body = govuk.Queue{HeadingLevel: 3, Rows: rows}
	}
	return s, nil
}

// answerLiaison gives one of the four answers.
func (r *Rooms) answerLiaison(give func(*shell.Context, protection.AnswerLiaison) error, notice string) shell.Handler {
	return func(c *shell.Context) error {
		f := c.Form()
		id, err := shell.ID[ids.Liaison](c, "liaison")
		if err == nil {
			err = r.gate(c, id.UUID)
		}
		if err != nil {
			return err
		}
		v, err := r.liaisonsOf(c)
		if err != nil {
			return err
		}
		v.Answered = id
		cmd := protection.AnswerLiaison{Liaison: id, Version: f.Version(), Asked: f.Bool("asked")}
		if err = f.Err(); err == nil {
			err = give(c, cmd)
		}
		if err != nil {
			return c.Again(err, v.page())
		}
		c.Notice(notice)
		return c.Redirect(liaisonPath)
	}
}

func (r *Rooms) agreeLiaison() shell.Handler {
	return r.answerLiaison(func(c *shell.Context, a protection.AnswerLiaison) error { return r.Desk.AgreeLiaison(c, c.Who, a) }, "liaison.agreed")
}

func (r *Rooms) declineLiaison() shell.Handler {
	return r.answerLiaison(func(c *shell.Context, a protection.AnswerLiaison) error { return r.Desk.DeclineLiaison(c, c.Who, a) }, "liaison.declined")
}

func (r *Rooms) shareLiaison() shell.Handler {
	return r.answerLiaison(func(c *shell.Context, a protection.AnswerLiaison) error { return r.Desk.ShareLiaison(c, c.Who, a) }, "liaison.shared")
}

func (r *Rooms) closeLiaison() shell.Handler {
	return r.answerLiaison(func(c *shell.Context, a protection.AnswerLiaison) error { return r.Desk.CloseLiaison(c, c.Who, a) }, "liaison.closed")
}

// asked is the tick that she was asked; a fault stands at the one that was sent.
func (v liaisonsView) asked(x protection.LiaisonLine) govuk.Checkboxes {
	box := govuk.Checkboxes{Name: "asked", IDPrefix: "asked-" + x.ID.String(), Items: []govuk.Choice{{Value: "yes", Text: v.T("liaison.asked")}}, Classes: "govuk-checkboxes--small",
		Fieldset: govuk.Fieldset{Legend: govuk.Legend{Text: v.T("liaison.asked.legend"), Classes: "govuk-visually-hidden"}}}
	if x.ID == v.Answered {
		box.IDPrefix, box.ErrorMessage = "asked", v.wrong("asked")
	}
	return box
}

// does says whether a button stands there: what the list shows is the reader's.
func (v liaisonsView) does(a access.Action, x protection.LiaisonLine) bool {
	right := map[access.Action]bool{access.LiaisonAgree: x.State == protection.LiaisonOpen, access.LiaisonDecline: x.State.Waits(),
		access.LiaisonShare: x.State == protection.LiaisonAgreed, access.LiaisonClose: x.State.Waits()}[a]
	return right && v.may(a, access.Object{Kind: access.LiaisonKind, ID: x.ID.UUID, Owner: x.Owner, Team: []ids.Account{v.c.Who.Account}, Stage: string(x.State)})
}

func (v liaisonsView) tag(x protection.LiaisonLine) govuk.Tag {
	t := govuk.Tag{Text: v.T("liaison.state." + string(x.State)), Classes: "govuk-tag--grey"}
	switch x.State {
	case protection.LiaisonOpen:
		t.Classes = "govuk-tag--blue"
	case protection.LiaisonAgreed, protection.LiaisonShared:
		t.Classes = "govuk-tag--green"
	}
	return t
}

func (v liaisonsView) rows(x protection.LiaisonLine) []govuk.SummaryRow {
	var rows []govuk.SummaryRow
	if v.coordinates() {
		rows = append(rows, v.row(v.T("liaison.asks"), v.orgName(x.Asker)), v.row(v.T("liaison.found"), v.orgName(x.Owner)))
	}
	rows = append(rows, v.row(v.T("liaison.at"), v.when(x.At)))
	if x.State.Waits() {
		rows = append(rows, v.row(v.T("liaison.due"), v.when(x.Due)))
	}
	return rows
}
