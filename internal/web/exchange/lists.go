package exchange

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// listsView shows which lists are there, which were begun, and one's own drafts.
type listsView struct {
	shell.View
	Table  govuk.CardTable
	Drafts []draftLine
	Halves []halfLine
	MayNew bool
	Next   string
}

type draftLine struct{ Path, Text string }

type halfLine struct {
	Path, Text string
	May        bool // the reader may take it out again
}

func (r *Rooms) lists(c *shell.Context) error {
	cut, err := r.Archive.LegacyLists(c, c.Who, protection.Page{After: c.Query("after"), Limit: 20})
	if err != nil {
		return err
	}
	halves, err := r.Archive.HalfLoaded(c, c.Who)
	if err != nil {
		return err
	}
	drafts, err := r.Archive.ListDrafts(c, c.Who)
	if err != nil {
		return err
	}
	v := listsView{View: c.View(), MayNew: c.May(access.LegacyImport, access.Object{Kind: access.LegacyKind, Owner: c.Who.Post.Org})}
	v.Table = govuk.CardTable{Caption: v.T("legacy.lists"), Columns: []govuk.Column{{Title: v.T("legacy.list.name")}, {Title: v.T("legacy.rows"), Number: true},
		{Title: v.T("legacy.people"), Number: true}, {Title: v.T("legacy.repeats"), Number: true}, {Title: v.T("legacy.finished")}}}
	for _, l := range cut.Lines {
		v.Table.Rows = append(v.Table.Rows, []govuk.Slot{{Text: l.Name}, {Text: v.Number(l.Rows)}, {Text: v.Number(l.People)}, {Text: v.Number(l.Repeats)}, {Text: v.Time(l.Finished)}})
	}
	for _, d := range drafts {
		v.Drafts = append(v.Drafts, draftLine{draftsPath + "/" + d.ID.String(), v.T("legacy.draft.line", "When", v.Time(d.At), "Size", v.Number((d.Size+1023)/1024))})
	}
	for _, l := range halves {
		o := access.Object{Kind: access.LegacyKind, ID: l.ID.UUID, Owner: l.Owner, By: l.By}
		v.Halves = append(v.Halves, halfLine{listsPath + "/" + l.ID.String() + "/discard", v.T("legacy.half.line", "Name", l.Name, "Rows", l.Rows), c.May(access.LegacyDiscard, o)})
	}
	if cut.Next != "" {
		v.Next = listsPath + "?after=" + cut.Next
	}
	return c.Page(shell.Page{Title: v.T("legacy.title"), Body: lists(v), Section: navLists, Wide: true})
}

// discard takes a half-loaded list out again.
func (r *Rooms) discard(c *shell.Context) error {
	id, err := shell.ID[ids.List](c, "list")
	if err == nil {
		err = c.Form().Err()
	}
	if err != nil {
		return err
	}
	done, err := r.Archive.DiscardList(c, c.Who, id)
	if err != nil {
		return err
	}
	if done {
		c.Notice("legacy.discard.gone")
	} else {
		c.Notice("legacy.discard.more")
	}
	return c.Redirect(listsPath)
}
