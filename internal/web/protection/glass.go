package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navGlass = "glass.nav"

// glassView asks to open a case in an emergency, and shows what became of it: one's
// own requests, and those that one may answer.
type glassView struct {
	voice
	ID  ids.Glass
	All []protection.Glass
}

func (r *Rooms) glasses(c *shell.Context) error {
	v, err := r.glassesOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (r *Rooms) glassesOf(c *shell.Context) (v glassView, err error) {
	v.voice, v.ID = r.voice(c), shell.KeepID[ids.Glass](c.Form(), "id")
	v.All, err = r.Desk.Glasses(c, c.Who)
	return v, err
}

func (v glassView) page() shell.Page {
	return shell.Page{Title: v.T("glass.title"), Body: glassPage(v), Section: navGlass}
}

func (r *Rooms) askGlass(c *shell.Context) error {
	f := c.Form()
	cmd := protection.AskGlass{ID: shell.KeepID[ids.Glass](f, "id"), Code: f.Text("code", 40), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.GlassReason)...)}
	err := f.Err()
	if err == nil {
		err = r.Desk.AskGlass(c, c.Who, cmd)
	}
	if f.Held() {
		return c.Redirect("/emergency")
	}
	if err != nil {
		v, wrong := r.glassesOf(c)
		if wrong != nil {
			return wrong
		}
		return c.Again(err, v.page())
	}
	c.Notice("glass.asked")
	return c.Redirect("/emergency")
}

// answerGlass gives one of the two answers.
func (r *Rooms) answerGlass(give func(*shell.Context, protection.AnswerGlass) error, notice string) shell.Handler {
	return func(c *shell.Context) error {
		f := c.Form()
		id, err := shell.ID[ids.Glass](c, "glass")
		if err == nil {
			err = r.gate(c, id.UUID)
		}
		if err != nil {
			return err
		}
		v, err := r.glassesOf(c)
		if err != nil {
			return err
		}
		cmd := protection.AnswerGlass{Glass: id, Version: f.Version()}
		if err = f.Err(); err == nil {
			err = give(c, cmd)
		}
		if err != nil {
			return c.Again(err, v.page())
		}
		c.Notice(notice)
		return c.Redirect("/emergency")
	}
}

func (r *Rooms) grantGlass() shell.Handler {
	return r.answerGlass(func(c *shell.Context, a protection.AnswerGlass) error { return r.Desk.GrantGlass(c, c.Who, a) }, "glass.granted")
}

func (r *Rooms) endGlass() shell.Handler {
	return r.answerGlass(func(c *shell.Context, a protection.AnswerGlass) error { return r.Desk.EndGlass(c, c.Who, a) }, "glass.ended")
}

func (v glassView) facts(x protection.Glass) access.Object {
	return access.Object{Kind: access.GlassKind, ID: x.ID.UUID, Owner: x.Owner, By: x.By, Stage: string(x.State)}
}

func (v glassView) grants(x protection.Glass) bool {
	return x.State == protection.GlassAsked && !x.Case.IsZero() && v.may(access.GlassGrant, v.facts(x))
}

func (v glassView) ends(x protection.Glass) bool {
	return (x.State == protection.GlassAsked || x.Opens(v.c.At)) && v.may(access.GlassEnd, v.facts(x))
}

// mine says whether the reader asked for it, and may read now.
func (v glassView) mine(x protection.Glass) bool { return x.Opens(v.c.At) && x.By == v.c.Who.Account }

func (v glassView) tag(x protection.Glass) govuk.Tag {
	key, class := string(x.State), "govuk-tag--grey"
	switch {
	case x.Opens(v.c.At):
		class = "govuk-tag--red"
	case x.State == protection.GlassOpen:
		key = "OVER"
	case x.State == protection.GlassAsked:
		class = "govuk-tag--blue"
	}
	return govuk.Tag{Text: v.T("glass.state." + key), Classes: class}
}

// rows say who asks, and why. That no case has a code is told to who answers, never
// to who asked.
func (v glassView) rows(x protection.Glass) []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("glass.by"), v.account(x.By)+" · "+v.Role(x.Role)+" · "+v.orgName(x.Org)), v.row(v.T("glass.why"), v.label(countries.GlassReason, x.Reason)),
		v.row(v.T("glass.at"), v.when(x.At))}
	if x.Case.IsZero() && x.By != v.c.Who.Account {
		rows = append(rows, v.row(v.T("glass.code"), v.T("glass.unknown")))
	}
	if x.State == protection.GlassOpen {
		rows = append(rows, v.row(v.T("glass.until"), v.when(x.Until)))
	}
	if !x.AnsweredAt.IsZero() {
		rows = append(rows, v.row(v.T("glass.second"), v.account(x.AnsweredBy)+" · "+v.when(x.AnsweredAt)))
	}
	return rows
}

// openings are for the person herself: on which day, what role of which house, why.
func (v readersView) openings() []string {
	var all []string
	for _, x := range v.Opened {
		all = append(all, v.Day(v.rooms.Country.Day(x.AnsweredAt))+" · "+v.Role(x.Role)+" · "+v.orgName(x.Org)+" · "+v.label(countries.GlassReason, x.Reason))
	}
	return all
}
