package account

import (
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type accountView struct {
	shell.View
	Path   string
	Shown  string
	Rows   []govuk.SummaryRow
	Posts  []postLine
	Open   bool
	Closed string

	MayEdit, MayReset, MayGive, MayClose bool

	Carries []ids.Org // where the account still holds something, for who may close it or end a post
	HandOn  string    // where it is handed over, for who may
}

// postLine is a post as a list shows it.
type postLine struct {
	ID, Role, Where, When string
	Held                  bool // in force, or to come
	Carries               bool // the account still holds something there
}

func (p pages) accountPage(c *shell.Context) error {
	page, err := p.accountOf(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) accountOf(c *shell.Context) (shell.Page, error) {
	seat, err := p.subject(c)
	if err != nil {
		return shell.Page{}, err
	}
	v := accountView{View: c.View(), Path: accountsPath + "/" + seat.Account.ID.String(), Shown: seat.Account.Shown, Open: seat.Account.Open()}
	v.Rows = []govuk.SummaryRow{
		row(v.T("accounts.name"), seat.Account.Name),
		row(v.T("common.organisation"), c.OrgName(seat.Account.Org)),
		row(v.T("accounts.made"), v.Time(seat.Account.Made)),
		row(v.T("sign.mine.factor"), enrolled(v.View, seat.Credential)),
	}
	if seat.Credential.Change {
		v.Rows = append(v.Rows, row(v.T("common.password"), v.T("accounts.temporary", "Until", seat.Credential.Expires)))
	}
	if at := seat.Credential.ResetAt; !at.IsZero() {
		v.Rows = append(v.Rows, row(v.T("accounts.reset.last"), v.Time(at)))
	}
	for _, one := range seat.Posts {
		v.Posts = append(v.Posts, p.line(c, one))
	}
	if err := p.carries(c, &v, seat); err != nil {
		return shell.Page{}, err
	}
	slices.SortStableFunc(v.Posts, func(a, b postLine) int { return held(b) - held(a) })
	v.MayEdit, v.MayReset = p.may(c, access.AccountEdit, seat), p.may(c, access.AccountReset, seat) && c.Who.Account != seat.Account.ID
	v.MayGive, v.MayClose = p.may(c, access.AccountPost, seat), p.may(c, access.AccountDisable, seat) && c.Who.Account != seat.Account.ID
	return shell.Page{Title: v.Shown, Body: accountBody(v), Back: accountsPath, Section: "accounts.nav"}, nil
}

func held(l postLine) int {
	if l.Held {
		return 1
	}
	return 0
}

func enrolled(v shell.View, c account.Credential) string {
	if c.Enrolled {
		return v.T("accounts.factor.set")
	}
	return v.T("accounts.factor.unset")
}

// line says a post: what, where, since when.
func (p pages) line(c *shell.Context, one access.Post) postLine {
	l := postLine{ID: one.ID.String(), Role: c.RoleName(one.Role), Where: p.where(c, one), Held: one.Until.IsZero() || one.Until.After(c.At)}
	v := c.View()
	l.When = v.T("accounts.since", "From", v.DayOf(one.From))
	if !one.Until.IsZero() { // the last day is the one before it ends at midnight
		l.When = v.T("accounts.between", "From", v.DayOf(one.From), "Until", v.DayOf(one.Until.Add(-time.Millisecond)))
	}
	return l
}

// subject reads the account the page is about.
func (p pages) subject(c *shell.Context) (account.Seat, error) {
	id, err := shell.ID[ids.Account](c, "account")
	if err != nil {
		return account.Seat{}, err
	}
	return p.desk.Account(c, c.Who, id)
}

// subjectFor reads the account for a form: whoever may not send it is not
// shown it.
func (p pages) subjectFor(c *shell.Context, a access.Action) (account.Seat, error) {
	id, err := shell.ID[ids.Account](c, "account")
	if err != nil {
		return account.Seat{}, err
	}
	if err := p.desk.May(c, c.Who, a, id); err != nil {
		return account.Seat{}, err
	}
	return p.desk.Account(c, c.Who, id)
}

// may says whether a button leads anywhere.
func (p pages) may(c *shell.Context, a access.Action, seat account.Seat) bool {
	return c.May(a, access.Object{Kind: access.Accounts, ID: seat.Account.ID.UUID, Subject: seat.Account.ID.UUID, Owner: seat.Account.Org})
}

// close closes an account, reopen opens it again.
func (p pages) close(c *shell.Context) error {
	return p.parted(c, access.AccountDisable, nil, "accounts.close.done", p.desk.Close)
}
func (p pages) reopen(c *shell.Context) error {
	return p.turn(c, "accounts.reopen.done", p.desk.Reopen)
}

func (p pages) turn(c *shell.Context, notice string, verb verbOnAccount) error {
	if err := c.Form().Err(); err != nil { // only looked at again
		return err
	}
	id, err := shell.ID[ids.Account](c, "account")
	if err != nil {
		return err
	}
	if err := verb(c, c.Who, id); err != nil {
		return err
	}
	c.Notice(notice)
	return c.Redirect(accountsPath + "/" + id.String())
}
