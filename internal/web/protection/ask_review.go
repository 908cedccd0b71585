package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// askReviewView asks whose wish a review is.
type askReviewView struct {
	identificationView
	ID ids.Review
}

func (r *Rooms) askReview(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.ToAskReview(c, c.Who, id)
	if err != nil {
		return err
	}
	v := askReviewView{ID: shell.KeepID[ids.Review](f, "id")}
	if v.identificationView, err = r.identificationView(c, read); err != nil {
		return err
	}
	back := v.href("")
	page := shell.Page{Title: v.T("review.title"), Body: askReviewPage(v), Back: back, Section: navCases, Answers: v.Reviewable()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.AskReview{ID: v.ID, Case: id, Version: f.Version(), Asker: f.Choice("asker", r.Desk.Rules.Codes(countries.ReviewAsker)...), Why: f.Prose("why", 2000)}
	if err = f.Err(); err == nil {
		err = r.Desk.AskReview(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("review.asked")
	return c.Redirect(back)
}

// rule is how long an answer may take.
func (v identificationView) rule() (text, mark string) {
	d := v.rooms.Country.Deadline(countries.ReviewAnswer)
	return d.Label(v.Lang()), v.unvalidated(d.Fact)
}
