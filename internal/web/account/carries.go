package account

import (
	"slices"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// Whoever leaves is locked out the same day (PROCESS.md §2.11 account.leaver), and
// nothing of theirs may stay with nobody: it is handed over first, or it is said in so
// many words that it goes to the list of who leads.

// carries finds where an account still holds something, for who may take it away.
func (p pages) carries(c *shell.Context, v *accountView, seat account.Seat) (err error) {
	if p.o.Carries == nil || !p.may(c, access.AccountDisable, seat) && !p.may(c, access.AccountPost, seat) {
		return nil
	}
	if v.Carries, err = p.o.Carries(c, seat.Account.ID); err != nil {
		return err
	}
	for i, one := range seat.Posts {
		v.Posts[i].Carries = slices.Contains(v.Carries, one.Org)
	}
	if c.May(access.CaseloadHandOn, access.Object{Kind: access.CaseKind}) && slices.Contains(v.Carries, c.Who.Post.Org) {
		v.HandOn = "/caseloads/hand-on?who=" + seat.Account.ID.String()
	}
	return nil
}

// parted closes an account, or ends a post: where something is
// still held it must be said that it goes to who leads, and they are told.
func (p pages) parted(c *shell.Context, a access.Action, post *ids.Post, notice string, verb verbOnAccount) error {
	f := c.Form()
	told := f.Choice("held", "yes") == "yes"
	if p.o.Carries == nil {
		return p.turn(c, notice, verb)
	}
	seat, err := p.subjectFor(c, a)
	if err != nil {
		return err
	}
	held, err := p.o.Carries(c, seat.Account.ID)
	if err != nil {
		return err
	}
	if post != nil {
		held = slices.DeleteFunc(held, func(org ids.Org) bool {
			return !slices.ContainsFunc(seat.Posts, func(one access.Post) bool { return one.ID == *post && one.Org == org })
		})
	}
	if len(held) > 0 && !told {
		page, err := p.accountOf(c)
		if err != nil {
			return err
		}
		return c.Again(fault.Field("held", "account.carries"), page)
	}
	if err := p.turn(c, notice, verb); err != nil || len(held) == 0 {
		return err
	}
	return p.o.Left(c, seat.Account.ID, held)
}

// tellsIt is the box that says that what is held goes to who leads.
func (v accountView) tellsIt(id, key string) templ.Component {
	return govuk.Checkboxes{IDPrefix: id, Name: "held", Items: []govuk.Choice{{Value: "yes", Text: v.T(key)}}, Classes: "govuk-checkboxes--small"}
}
