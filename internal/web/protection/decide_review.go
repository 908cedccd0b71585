package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// decideReviewView is a review as somebody reads it who had no part in what was decided.
type decideReviewView struct{ identificationView }

func (r *Rooms) decideReview(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.ToReview(c, c.Who, id)
	if err != nil {
		return err
	}
	v := decideReviewView{}
	if v.identificationView, err = r.identificationView(c, read); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("review.decide.title"), Body: decideReviewPage(v), Back: v.href("/identification"), Section: navCases, Answers: v.waits()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.DecideReview{Case: id, Version: f.Version(), CaseVersion: f.Int("case_version", 0, 1<<30), Words: f.Prose("words", 2000)}
	cmd.Outcome = protection.Status(f.Choice("outcome", v.outcomes()...))
	if cmd.Outcome == protection.Confirmed {
		cmd.Formal = v.formalOf(f)
	}
	if err = f.Err(); err == nil {
		err = r.Desk.DecideReview(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("review.done")
	return c.Redirect(v.href("/identification"))
}

// waits says whether a review waits for an answer.
func (v decideReviewView) waits() bool { return !v.Open().ID.IsZero() }

// mine says whether the reader had a part in what is reviewed.
func (v decideReviewView) mine() bool {
	me := v.c.Who.Account
	return me == v.Open().By || me == v.Case.PresumedBy || me == v.Case.RatifiedBy ||
		slices.ContainsFunc(v.Decisions, func(x protection.Identification) bool { return x.To == protection.NotConfirmed && x.By == me })
}

func (v decideReviewView) outcomes() []string {
	var all []string
	for _, s := range protection.Outcomes() {
		all = append(all, string(s))
	}
	return all
}

// answers are what a review can end with, each with what follows for her.
func (v decideReviewView) answers() []govuk.Choice {
	var all []govuk.Choice
	for _, code := range v.outcomes() {
		one := govuk.Choice{Value: code, Text: v.T("review.outcome." + code)}
		if hint := "review.outcome." + code + ".hint"; v.Case.State == protection.NotTIP && code != string(protection.NotConfirmed) {
			one.Hint = govuk.Hint{Text: v.T(hint)}
		}
		if code == string(protection.Confirmed) {
			one.Conditional = formalFields(v.identificationView)
		}
		all = append(all, one)
	}
	return all
}

// reason is why it was judged not to be trafficking, when it was.
func (v decideReviewView) reason() string {
	if v.Case.State != protection.NotTIP {
		return ""
	}
	return v.label(countries.NotTIPReason, v.Case.Reason)
}

// asked is the review that waits, as rows.
func (v decideReviewView) asked() []govuk.SummaryRow {
	x := v.Open()
	return []govuk.SummaryRow{v.row(v.T("review.asker"), v.label(countries.ReviewAsker, x.Asker)), v.rowIf(v.T("review.why"), v.said[x.ID][0]),
		v.row(v.T("review.by"), v.account(x.By)+" · "+v.when(x.At)), v.rowIf(v.T("review.reason"), v.reason())}
}
