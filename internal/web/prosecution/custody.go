package prosecution

import (
	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// hold says that somebody is held since a moment.
func (r *Rooms) hold(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	id, persons := shell.KeepID[ids.Custody](f, "id"), v.persons(func(p prosecution.Suspect) bool {
		_, held := v.Held(p.ID)
		return !p.Company && !p.State.Over() && !held
	})
	form := v.form("custody", func() []templ.Component {
		return []templ.Component{v.pick("suspect", v.T("file.custody.suspect"), persons, ""), v.moment("from", v.T("file.custody.from"), "")}
	}, "id", id.String())
	form.Warn = v.custodyRule()
	if len(persons) == 1 || !v.may(prosecution.Holds) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Hold{ID: id, File: v.ID, Suspect: chosen[ids.Suspect](f, "suspect", persons), From: f.Moment("from")}
	return v.done(c, page, "file.custody.done", func() error { return r.Desk.Hold(c, c.Who, cmd) })
}

// custodyRule is how long the law allows, and that no jurist has confirmed it.
func (v view) custodyRule() string {
	first, more := v.rooms.Country.Deadline(countries.CustodyMax), v.rooms.Country.Deadline(countries.CustodyExtension)
	text := v.T("file.custody.rule", "Days", first.Amount, "More", more.Amount)
	if !first.Validated || !more.Validated {
		text += " " + v.T("file.unvalidated")
	}
	return text
}

// free ends a custody, or says that it was extended.
func (r *Rooms) free(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	var x prosecution.Custody
	for _, one := range v.Custodies {
		if want := v.named("custody"); one.Open() && (want == "" || want == one.ID.String()) && x.ID.IsZero() {
			x = one
		}
	}
	form := v.form("held", func() []templ.Component { return v.heldFields(x) }, "custody", x.ID.String(), "version", v.View.Version(x.Version))
	switch {
	case x.ID.IsZero() || !v.may(prosecution.Holds):
		form.None = v.T("file.none.now")
	case x.Late(c.At):
		form.Warn = v.T("file.custody.late", "When", v.when(x.Due))
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Free{File: v.ID, Custody: x.ID, Version: f.Version(), Extend: f.Choice("what", "end", "extend") == "extend"}
	if !cmd.Extend {
		cmd.Until, cmd.End, cmd.Over = f.Moment("until"), f.Choice("end", r.codes(c, countries.CustodyEnd)...), f.Choice("over", r.codes(c, countries.CustodyOver)...)
	}
	return v.done(c, page, "file.held.done", func() error { return r.Desk.Free(c, c.Who, cmd) })
}

func (v fileView) heldFields(x prosecution.Custody) []templ.Component {
	all := []templ.Component{govuk.InsetText{Text: v.T("file.custody.now", "Who", v.names[x.Suspect], "From", v.when(x.From), "Due", v.when(x.Due))}}
	what := []govuk.Choice{{Value: "end", Text: v.T("file.held.end")}}
	if !x.Extended {
		what = append(what, govuk.Choice{Value: "extend", Text: v.T("file.held.extend"), Hint: govuk.Hint{Text: v.T("file.held.extend.hint")}})
	}
	all = append(all, govuk.Radios{Name: "what", Value: v.Value("what", "end"), Items: what, Classes: "govuk-radios--small", Fieldset: legend(v.T("file.held.what")), ErrorMessage: v.wrong("extend")},
		v.moment("until", v.T("file.held.until"), ""), v.pick("end", v.T("file.held.how"), v.options(countries.CustodyEnd), ""))
	return append(all, v.pick("over", v.T("file.held.over"), v.options(countries.CustodyOver), v.T("file.held.over.hint")))
}

// investigate writes down an act of the investigation.
func (r *Rooms) investigate(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	id := shell.KeepID[ids.Act](f, "id")
	form := v.form("act", func() []templ.Component {
		return []templ.Component{v.pick("kind", v.T("file.act.kind"), v.options(countries.FileAct), ""), v.day("on", v.T("file.act.on"), ""), v.area("words", v.T("file.act.words"), v.T("file.act.words.hint"))}
	}, "id", id.String())
	if !v.may(prosecution.Acts) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Investigate{ID: id, File: v.ID, Kind: f.Choice("kind", r.codes(c, countries.FileAct)...), On: f.Day("on"), Words: f.Prose("words", 4000)}
	return v.done(c, page, "file.act.done", func() error { return r.Desk.Investigate(c, c.Who, cmd) })
}
