package account

import (
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type postView struct {
	shell.View
	Next   string
	Posts  []govuk.Choice
	Chosen string
}

func (p pages) postPage(c *shell.Context) error {
	if len(c.Seat.Candidates()) == 1 {
		return c.Onward(account.Step{Seat: c.Seat})
	}
	return c.Page(p.postForm(c))
}

func (p pages) postForm(c *shell.Context) shell.Page {
	v := postView{View: c.View(), Next: c.Next()}
	if c.Seat.Stage == account.In {
		v.Chosen = c.Who.Post.ID.String()
	}
	for _, who := range c.Seat.Candidates() {
		v.Posts = append(v.Posts, govuk.Choice{Value: who.Post.ID.String(), Text: v.Role(who.Post.Role),
			Hint: govuk.Hint{Text: p.where(c, who.Post)}})
	}
	return shell.Page{Title: v.T("sign.post.title"), Body: post(v)}
}

// where says an organisation and a place.
func (p pages) where(c *shell.Context, post access.Post) string {
	org := c.OrgName(post.Org)
	if post.Place == "" {
		return org
	}
	return c.P.T("sign.post.where", "Org", org, "Place", p.placeName(post.Place))
}

func (p pages) placeName(code string) string {
	if p.o.Places == nil || code == "" {
		return code
	}
	return p.o.Places.Label(place.Code(code))
}

func (p pages) post(c *shell.Context) error {
	f := c.Form()
	id := shell.FormID[ids.Post](f, "post")
	f.Need("post")
	err := f.Err()
	if err == nil {
		var step account.Step
		if step, err = p.desk.ChoosePost(c, c.Seat, id); err == nil {
			return c.Onward(step)
		}
	}
	return c.Again(err, p.postForm(c))
}
