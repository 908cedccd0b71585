package prosecution

import (
	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// open opens a criminal file.
func (r *Rooms) open(c *shell.Context) error {
	if err := r.Desk.MayAll(c, c.Who, access.FileOpen); err != nil {
		return err
	}
	v, f := r.view(c), c.Form()
	on := f.Day("on")
	id := shell.KeepID[ids.File](f, "id")
	form := formView{view: v, Name: "open", Here: c.Path(), Keeps: []string{"id", id.String()}}
	form.Fields = func() []templ.Component {
		all := []templ.Component{v.radios("source", v.T("file.source.ask"), said(v, "file.source.", prosecution.Sources[:]...), ""),
			v.text("number", v.T("file.number.PV"), v.T("file.number.hint")), v.day("on", v.T("file.open.on"), ""),
			v.pick("where", v.T("file.where"), v.places(on), v.T("file.where.hint")),
			govuk.Input{Name: "where-written", Value: v.Value("where-written"), Label: govuk.Label{Text: v.T("file.where.written")}, ErrorMessage: v.wrong("where-written"), Autocomplete: "off"},
			v.area("words", v.T("file.words"), v.T("file.words.hint"))}
		return v.checked(all)
	}
	page := form.page("/files")
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Open{ID: id, Source: prosecution.Source(f.Choice("source", values(said(v, "file.source.", prosecution.Sources[:]...))...)), Number: f.Text("number", 40),
		Checked: f.Bool("checked"), On: on, Where: f.Place("where"), Words: f.Prose("words", 4000)}
	err := f.Err()
	if err == nil {
		err = r.Desk.Open(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("file.open.done")
	return c.Redirect("/files/" + id.String())
}

// checked adds the box that says that a number was looked at again, once another office has it.
func (v view) checked(all []templ.Component) []templ.Component {
	if v.Fault("checked") == "" && v.Value("checked") == "" {
		return all
	}
	return append(all, v.tick("checked", v.T("file.number.checked")))
}

// places are the communes of the country on the day that was typed, or today.
func (v view) places(on date.Day) []govuk.SelectItem {
	if on.IsZero() {
		on = v.Today()
	}
	all := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	places := v.rooms.Country.Places
	for _, p := range places.Children(places.Home(), on) {
		all = append(all, govuk.SelectItem{Value: string(p.Code), Text: p.Name})
		if p.Kind != place.Province {
			continue
		}
		for _, k := range places.Children(p.Code, on) {
			all = append(all, govuk.SelectItem{Value: string(k.Code), Text: p.Name + " – " + k.Name})
		}
	}
	return all
}
