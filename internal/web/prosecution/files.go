package prosecution

import (
	"net/url"

	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// pageLines is how many lines stand on a page.
const pageLines = 20

// filesView lists the files of one's own unit, office or court.
type filesView struct {
	view
	Rows  []govuk.QueueRow
	Next  string // address of the next page
	Finds bool
	Opens bool
	Asked bool // a name was searched
}

func (r *Rooms) files(c *shell.Context) error {
	v := filesView{view: r.view(c)}
	cut, err := r.Desk.Files(c, c.Who, prosecution.Page{After: c.Query("after"), Limit: pageLines})
	if err != nil {
		return err
	}
	v.Rows = v.rows(cut.Lines)
	if cut.Next != "" {
		v.Next = "/files?" + url.Values{"after": {cut.Next}}.Encode()
	}
	o := access.Object{Kind: access.FileKind, Owner: c.Who.Post.Org, By: c.Who.Account}
	v.Finds, v.Opens = c.May(access.FileFind, access.Object{Kind: access.FileKind}), c.May(access.FileOpen, o)
	return c.Page(shell.Page{Title: v.T("file.list.title"), Body: filesPage(v), Section: navFiles, Wide: true})
}

// rows are files in a list: numbers, where each stands and since when; no name.
func (v view) rows(lines []prosecution.Line) (rows []govuk.QueueRow) {
	for _, one := range lines {
		row := govuk.QueueRow{Href: "/files/" + one.ID.String(), Title: v.numberOf(one.Written, one.Number), Tags: []govuk.Tag{v.stateTag(one.State)},
			Facts: []govuk.Fact{{Name: v.T("file.code"), Value: one.Code.String()}, {Name: v.T("file.source"), Value: v.T("file.source." + string(one.Source))},
				{Name: v.T("file.on"), Value: v.Day(one.On)}, {Name: v.T("file.changed"), Value: v.Ago(one.Changed)}}}
		if one.Owner != v.c.Who.Post.Org {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("file.owner"), Value: v.org(one.Owner)})
		}
		if one.Child {
			row.Tags = append(row.Tags, v.childTag())
		}
		if len(prosecution.MovesOf(one.State, v.c.Who.Post.Role)) > 0 {
			row.Next = v.T("file.next." + string(one.State))
		}
		rows = append(rows, row)
	}
	return rows
}

// numberOf is a number as written, with its register before it if the paper had none.
func (v view) numberOf(r prosecution.Register, n prosecution.Number) string {
	return v.T("file.number", "Register", string(r), "Number", n.Bare())
}

func (v view) stateTag(s prosecution.State) govuk.Tag {
	t := govuk.Tag{Text: v.T("file.state." + string(s)), Classes: "govuk-tag--blue"}
	switch {
	case s.Over():
		t.Classes = "govuk-tag--grey"
	case s.AtCourt():
		t.Classes = "govuk-tag--purple"
	}
	return t
}

func (v view) childTag() govuk.Tag {
	return govuk.Tag{Text: v.T("file.child"), Classes: "govuk-tag--orange"}
}

// find searches a name or a telephone among the files that one's own unit opened. What
// is searched stands in no address.
func (r *Rooms) find(c *shell.Context) error {
	v := filesView{view: r.view(c)}
	if err := r.Desk.MayAll(c, c.Who, access.FileFind); err != nil {
		return err
	}
	page := func(v filesView) shell.Page {
		return shell.Page{Title: v.T("file.find.title"), Body: findPage(v), Back: "/files", Section: navFiles}
	}
	if !c.Posted() {
		return c.Page(page(v))
	}
	f := c.Form()
	words := f.Text("words", 120)
	err := f.Err()
	var cut prosecution.Cut
	if err == nil {
		cut, err = r.Desk.Find(c, c.Who, words, prosecution.Page{Limit: pageLines})
	}
	if err != nil {
		return c.Again(err, page(v))
	}
	v.Rows, v.Asked = v.rows(cut.Lines), true
	return c.Page(page(v))
}
