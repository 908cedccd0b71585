package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const likenessPath = "/likenesses"

// likenessesView lists the pairs that wait for a supervisor, and what was decided.
type likenessesView struct {
	voice
	Wait, Done []protection.LikenessLine
}

func (r *Rooms) listLikenesses(c *shell.Context) error {
	v := likenessesView{voice: r.voice(c)}
	all, err := r.Desk.Likenesses(c, c.Who)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.State == protection.Suspected {
			v.Wait = append(v.Wait, x)
		} else {
			v.Done = append(v.Done, x)
		}
	}
	return c.Page(shell.Page{Title: v.T("likeness.list"), Body: likenessesPage(v), Section: navCases, Back: "/cases", Wide: true})
}

// likenessRow is one pair in a list: two codes, and no name.
func (v voice) likenessRow(x protection.LikenessLine) govuk.QueueRow {
	row := govuk.QueueRow{Href: likenessPath + "/" + x.ID.String(), Title: x.FirstCode.String() + " · " + x.SecondCode.String(), Tags: []govuk.Tag{v.likenessTag(x.State)},
		Facts: []govuk.Fact{{Name: v.T("likeness.at"), Value: v.Ago(x.At)}}}
	if x.State == protection.Suspected {
		row.Next = v.T("likeness.next")
		if x.Unsure {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("likeness.unsure"), Value: v.seat(x.By)})
		}
	} else {
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("likeness.decided"), Value: v.seat(x.DecidedBy)})
	}
	return row
}

func (v voice) likenessTag(s protection.LikenessState) govuk.Tag {
	t := govuk.Tag{Text: v.T("likeness.state." + string(s)), Classes: "govuk-tag--grey"}
	switch s {
	case protection.Suspected:
		t.Classes = "govuk-tag--blue"
	case protection.OneFile:
		t.Classes = "govuk-tag--green"
	}
	return t
}

func (v likenessesView) queue(all []protection.LikenessLine) govuk.Queue {
	q := govuk.Queue{}
	for _, x := range all {
		q.Rows = append(q.Rows, v.likenessRow(x))
	}
	return q
}

// likenessView is two files side by side.
type likenessView struct {
	voice
	protection.LikenessView
	facts access.Object
	who   [2]identity
}

func (r *Rooms) likenessOf(c *shell.Context) (v likenessView, err error) {
	id, err := shell.ID[ids.Likeness](c, "likeness")
	if err == nil && c.Posted() {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	c.Form()
	v.voice = r.voice(c)
	if v.LikenessView, err = r.Desk.Likeness(c, c.Who, id); err != nil {
		return v, err
	}
	v.facts = access.Object{Kind: access.LikenessKind, ID: v.ID.UUID, Owner: v.Owner, By: v.By, Stage: string(v.State)}
	for i, side := range v.Sides {
		if v.who[i], err = identityOf(side.Person, side.PersonGrant); err != nil {
			return v, err
		}
	}
	return v, nil
}

func (v likenessView) page() shell.Page {
	return shell.Page{Title: v.T("likeness.title"), Body: likenessPage(v), Section: navCases, Back: likenessPath, Wide: true}
}

func (r *Rooms) showLikeness(c *shell.Context) error {
	v, err := r.likenessOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (v likenessView) may(a access.Action, s protection.LikenessState) bool {
	return v.State == s && v.voice.may(a, v.facts)
}

// undoable says whether it can still be taken back.
func (v likenessView) undoable() bool {
	return v.may(access.LikenessUndo, protection.OneFile) && v.c.At.Before(v.Until)
}

// rows are the fields of both, and what agrees. What was said of neither is left out.
func (v likenessView) rows() [][]govuk.Slot {
	var rows [][]govuk.Slot
	found := map[string]protection.Finding{}
	for _, f := range v.Findings {
		found[f.Field] = f
	}
	add := func(name, field, a, b string) {
		if a == "" && b == "" {
			return
		}
		how := protection.Finding{Field: field, How: protection.Differs}
		switch f, compared := found[field]; {
		case a == "" || b == "":
			how.How = protection.NotKnown
		case strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)):
			how.How = protection.Same
		case compared && f.How == protection.Near:
			how = f
		}
		rows = append(rows, []govuk.Slot{{Text: name}, {Text: v.said(a)}, {Text: v.said(b)}, {HTML: v.matchTag(how)}})
	}
	a, b := v.who[0], v.who[1]
	add(v.T("common.name"), protection.AlikeName, a.Name, b.Name)
	add(v.T("case.called"), "", a.Called, b.Called)
	add(v.T("case.other"), "", a.Other, b.Other)
	add(v.T("case.born"), protection.AlikeBorn, v.born(a), v.born(b))
	add(v.T("case.document"), "", a.Document, b.Document)
	add(v.T("case.home"), "", a.From, b.From)
	add(v.T("common.phone"), protection.AlikePhone, a.Contact.Phone, b.Contact.Phone)
	one, other := v.Sides[0].Case, v.Sides[1].Case
	add(v.T("common.sex"), protection.AlikeSex, v.label(countries.Sex, one.Sex), v.label(countries.Sex, other.Sex))
	add(v.T("common.age"), "", v.age(one), v.age(other))
	add(v.T("common.language"), "", v.label(countries.Language, one.Language), v.label(countries.Language, other.Language))
	add(v.T("case.where"), protection.AlikePlace, v.where(one), v.where(other))
	return rows
}

// files are where the two stand: nothing to compare, and what to choose by.
func (v likenessView) files() [][]govuk.Slot {
	one, other := v.Sides[0].Case, v.Sides[1].Case
	line := func(name, a, b string) []govuk.Slot {
		return []govuk.Slot{{Text: name}, {Text: v.said(a)}, {Text: v.said(b)}}
	}
	return [][]govuk.Slot{
		line(v.T("likeness.stands"), v.T("case.state."+string(one.State)+".short"), v.T("case.state."+string(other.State)+".short")),
		line(v.T("likeness.opened"), v.when(one.Opened), v.when(other.Opened)),
		line(v.T("case.screener"), v.seat(one.Screener), v.seat(other.Screener)),
		line(v.T("case.manager"), v.seat(one.Manager), v.seat(other.Manager)),
	}
}

func (v likenessView) said(s string) string {
	if s == "" {
		return v.T("case.unsaid")
	}
	return s
}

func (v likenessView) born(one identity) string {
	if one.Born.IsZero() {
		return ""
	}
	return v.Date(one.Born)
}

func (v likenessView) age(one protection.Case) string {
	if one.Age.IsZero() {
		return ""
	}
	return v.Age(one.Age)
}

func (v likenessView) where(one protection.Case) string {
	if one.Where == (place.Given{}) {
		return ""
	}
	return v.Place(one.Where)
}

// matchTag marks a line by word and colour.
func (v likenessView) matchTag(f protection.Finding) govuk.Tag {
	t := govuk.Tag{Text: v.T("likeness." + string(f.How)), Classes: "govuk-tag--grey"}
	switch f.How {
	case protection.Same:
		t.Classes = "govuk-tag--green"
	case protection.Near:
		t.Classes = "govuk-tag--blue"
	case protection.Differs:
		t.Classes = "govuk-tag--orange"
	}
	return t
}

// columns are the two files, by the codes that people read aloud.
func (v likenessView) columns() []govuk.Column {
	return []govuk.Column{{Title: v.T("likeness.what")}, {Title: v.Sides[0].Case.Code.String()}, {Title: v.Sides[1].Case.Code.String()}}
}

// which are the two files to choose from.
func (v likenessView) which() []govuk.Choice {
	var all []govuk.Choice
	for _, side := range v.Sides {
		one := govuk.Choice{Value: side.Case.ID.String(), Text: side.Case.Code.String(), Hint: govuk.Hint{Text: v.T("case.state." + string(side.Case.State) + ".short")}}
		all = append(all, one)
	}
	return all
}

// keptCode is the code of the file that goes on.
func (v likenessView) keptCode() string {
	for _, side := range v.Sides {
		if side.Case.ID == v.Kept {
			return side.Case.Code.String()
		}
	}
	return ""
}

// decide reads the form of one of the three decisions, and gives it.
func (r *Rooms) decide(give func(likenessView, *shell.Form) error, notice string) shell.Handler {
	return func(c *shell.Context) error {
		v, err := r.likenessOf(c)
		if err != nil {
			return err
		}
		if err := give(v, c.Form()); err != nil {
			return c.Again(err, v.page())
		}
		c.Notice(notice)
		return c.Redirect(likenessPath)
	}
}

func (r *Rooms) sayApart() shell.Handler {
	return r.decide(func(v likenessView, f *shell.Form) error {
		cmd := protection.SayApart{Likeness: v.ID, Version: f.Version()}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.SayApart(v.c, v.c.Who, cmd)
	}, "likeness.apart.done")
}

func (r *Rooms) joinFiles() shell.Handler {
	return r.decide(func(v likenessView, f *shell.Form) error {
		cmd := protection.JoinFiles{Likeness: v.ID, Version: f.Version()}
		if f.Choice("kept", v.First.String(), v.Second.String()) != "" {
			cmd.Kept = shell.FormID[ids.Case](f, "kept")
		}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.JoinFiles(v.c, v.c.Who, cmd)
	}, "likeness.join.done")
}

func (r *Rooms) undoJoin() shell.Handler {
	return r.decide(func(v likenessView, f *shell.Form) error {
		cmd := protection.UndoJoin{Likeness: v.ID, Version: f.Version()}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.UndoJoin(v.c, v.c.Who, cmd)
	}, "likeness.undo.done")
}

// resembling are the pairs that wait for the reader.
func (r *Rooms) resembling(c *shell.Context) (Section, error) {
	v := r.voice(c)
	all, err := r.Desk.Likenesses(c, c.Who)
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	for _, x := range all {
		if x.State == protection.Suspected {
			rows = append(rows, v.likenessRow(x))
		}
	}
	return v.caseSection("likenesses", "likeness.list", "likeness.none", rows, len(rows), 0, "", likenessPath), nil
}
