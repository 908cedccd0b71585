package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navSearch = "case.search.nav"

// searchView finds a person of one's own organisation. Names go out in a POST,
// never in an address, and none comes back.
type searchView struct {
	voice
	Asked bool
	Cut   protection.Cut[protection.CaseLine]
	held  map[ids.Case]bool // found, and for others to open
}

func (r *Rooms) search(c *shell.Context) error {
	f := c.Form()
	v := searchView{voice: r.voice(c)}
	page := func() shell.Page {
		return shell.Page{Title: v.T("case.search.title"), Body: searchPage(v), Section: navSearch}
	}
	if !c.Posted() {
		if err := r.Desk.MayList(c, c.Who, c.Route.Action, c.Route.Of(), access.ForProtection); err != nil {
			return err
		}
		return c.Page(page())
	}
	words := f.Text("words", 120)
	f.Need("words")
	err := f.Err()
	if err == nil {
		v.Cut, err = r.Desk.Find(c, c.Who, words, protection.Page{Limit: casesPerPage})
	}
	if err != nil {
		return c.Again(err, page())
	}
	v.Asked, v.held = true, map[ids.Case]bool{}
	for _, l := range v.Cut.Lines {
		v.held[l.ID] = !r.Desk.Opens(c, c.Who, access.CaseRead, access.CaseKind, l.ID.UUID, access.ForProtection)
	}
	return c.Page(page())
}

func (v searchView) queue() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for _, l := range v.Cut.Lines {
		row := v.caseRow(l)
		if v.held[l.ID] {
			row.Href, row.Next = "", v.T("case.search.held")
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}
