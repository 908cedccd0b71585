package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// determineView is what a panel decides about a child.
type determineView struct {
	voice
	protection.CaseView
	ID ids.Interests
}

func (r *Rooms) determine(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := determineView{voice: r.voice(c), CaseView: one, ID: shell.KeepID[ids.Interests](f, "id")}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("panel.title"), Body: determinePage(v), Back: back, Section: navCases, Answers: one.Case.Child}
	if !c.Posted() {
		return c.Page(page)
	}
	rules, yes, no := v.rooms.Desk.Rules, string(protection.Yes), string(protection.No)
	cmd := protection.Determine{ID: v.ID, Case: v.Case.ID, About: f.Choice("about", rules.Codes(string(countries.PanelAbout))...),
		Sat:   f.Choices("sat", rules.Codes(string(countries.PanelMember))...),
		Heard: protection.Answer(f.Choice("heard", yes, no)), Views: f.Prose("views", 2000), Guardian: protection.Answer(f.Choice("guardian", yes, no)),
		Options: f.Prose("options", 2000), For: f.Prose("for", 2000), Risks: f.Prose("risks", 2000), Result: f.Prose("result", 2000),
		Decision: protection.PanelDecision(f.Choice("decision", decisions()...)), Dissent: f.Prose("dissent", 2000), Review: f.Day("review")}
	if err = f.Err(); err == nil {
		err = r.Desk.Determine(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("panel.saved")
	return c.Redirect(back)
}

func decisions() []string {
	return []string{string(protection.PanelFor), string(protection.PanelAgainst), string(protection.PanelLater)}
}

// decided are the decisions that can be taken.
func (v determineView) decided() []govuk.Choice {
	var all []govuk.Choice
	for _, k := range decisions() {
		all = append(all, govuk.Choice{Value: k, Text: v.T("panel.decision." + k)})
	}
	return all
}

// about are the decisions that were weighed, and can be decided.
func (v determineView) about() []govuk.Choice {
	return slices.DeleteFunc(v.choices(countries.PanelAbout), func(k govuk.Choice) bool {
		return !slices.ContainsFunc(v.Weighed, func(x protection.Interests) bool { return x.About == k.Value && !x.ByPanel() })
	})
}

// quorum is how many people a panel has at least.
func (v determineView) quorum() map[string]any {
	return map[string]any{"Count": v.rooms.Desk.Rules.Quorum}
}

func (v determineView) yesOrNo() []govuk.Choice { return weighView{voice: v.voice}.yesOrNo() }
