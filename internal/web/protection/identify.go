package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// identifyView asks what an authority or an organisation decided.
type identifyView struct {
	identificationView
	ID ids.Decision
}

func (r *Rooms) identify(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.ToIdentify(c, c.Who, id)
	if err != nil {
		return err
	}
	v := identifyView{ID: shell.KeepID[ids.Decision](f, "id")}
	if v.identificationView, err = r.identificationView(c, read); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("identify.title"), Body: identifyPage(v), Back: v.href("/identification"), Section: navCases, Answers: v.asks()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Identify{ID: v.ID, Case: id, Version: f.Version(), Formal: v.formalOf(f),
		To: protection.Status(f.Choice("to", string(protection.Confirmed), string(protection.NotConfirmed), string(protection.Undetermined)))}
	if err = f.Err(); err == nil {
		err = r.Desk.Identify(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("identify.done")
	return c.Redirect(v.href("/identification"))
}

// formalOf reads who decided, under which law, when, on what, in which document.
func (v identificationView) formalOf(f *shell.Form) protection.Formal {
	rules := v.rooms.Desk.Rules
	return protection.Formal{OrgType: f.Choice("org_type", rules.Codes(countries.DecidedBy)...), Basis: f.Choice("basis", rules.Codes(countries.IdentificationBasis)...),
		Decided: f.Day("decided"), Law: f.Text("law", 300), Document: f.Text("document", 200)}
}

// asks says whether a formal decision can be kept now.
func (v identifyView) asks() bool { return len(v.Decidable()) > 0 }

// to are what can be decided from here.
func (v identifyView) to() []govuk.Choice {
	var codes []string
	for _, s := range v.Decidable() {
		codes = append(codes, string(s))
	}
	return v.some(countries.IdentificationStatus, codes...)
}

// bases are what a formal decision can rest on: a screening presumes, and no more.
func (v identificationView) bases() []govuk.Choice {
	return v.some(countries.IdentificationBasis, "INTERVIEW", "POLICE_FILE", "COURT_DECISION", "FOREIGN_AUTHORITY")
}
