package prosecution

import (
	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// nameSuspect writes down somebody, or a company, whom the file is about.
func (r *Rooms) nameSuspect(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	id := shell.KeepID[ids.Suspect](f, "id")
	form := v.form("suspect", v.suspectFields, "id", id.String())
	form.Warn = v.T("file.innocent")
	if !v.may(prosecution.AddsSuspect) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	code := func(name string, list countries.ListName) string { return f.Choice(name, r.codes(c, list)...) }
	cmd := prosecution.NameSuspect{ID: id, File: v.ID, Company: f.Choice("company", "person", "company") == "company", Name: f.Text("name", 120), Aliases: f.Text("aliases", 300), Phone: f.Text("phone", 40),
		Role: code("role", countries.SuspectRole), Relation: code("relation", countries.SuspectRelation), Official: prosecution.Answer(f.Choice("official", "yes", "no", "unknown")),
		Service: code("service", countries.OfficialService), Sex: code("sex", countries.Sex), Band: code("band", countries.AgeBand), Citizen: code("citizen", countries.Nation), Path: code("path", countries.ChildJustice)}
	return v.done(c, page, "file.suspect.done", func() error { return r.Desk.NameSuspect(c, c.Who, cmd) })
}

func (v fileView) suspectFields() []templ.Component {
	kinds := []govuk.Choice{{Value: "person", Text: v.T("file.person")}, {Value: "company", Text: v.T("file.company")}}
	all := []templ.Component{v.radios("company", v.T("file.company.ask"), kinds, ""), v.text("name", v.T("file.name"), v.T("file.name.hint")), v.text("aliases", v.T("file.aliases"), ""),
		govuk.Input{Name: "phone", Type: "tel", Value: v.Value("phone"), Label: labelled(v.T("file.phone")), ErrorMessage: v.wrong("phone"), Autocomplete: "off", Classes: "govuk-input--width-20"},
		v.pick("role", v.T("file.role"), v.options(countries.SuspectRole), v.T("file.role.hint")), v.pick("relation", v.T("file.relation"), v.options(countries.SuspectRelation), ""),
		v.pick("sex", v.T("file.sex"), v.options(countries.Sex), ""), v.pick("band", v.T("file.band"), v.options(countries.AgeBand), v.T("file.band.hint")),
		v.pick("citizen", v.T("file.citizen"), v.options(countries.Nation), ""), v.radios("official", v.T("file.official"), v.answers(), ""), v.pick("service", v.T("file.service"), v.options(countries.OfficialService), "")}
	return append(all, v.radios("path", v.T("file.path"), v.choices(countries.ChildJustice), v.T("file.path.hint")))
}

// stand says where one person stands now.
func (r *Rooms) stand(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	p, ok := v.pointed(func(p prosecution.Suspect) bool { return len(p.State.Next()) > 0 })
	next := said(v.view, "file.standing.", p.State.Next()...)
	form := v.form("standing", func() []templ.Component {
		return []templ.Component{govuk.InsetText{Text: v.T("file.standing.now", "Who", v.names[p.ID], "State", v.T("file.standing."+string(p.State)))}, v.radios("to", v.T("file.standing.to"), next, ""), v.day("on", v.T("file.standing.on"), "")}
	}, "suspect", p.ID.String(), "version", v.View.Version(p.Version))
	if !ok || !v.may(prosecution.Stands) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Stand{File: v.ID, Suspect: p.ID, Version: f.Version(), To: prosecution.Standing(f.Choice("to", values(next)...)), On: f.Day("on")}
	return v.done(c, page, "file.standing.done", func() error { return r.Desk.Stand(c, c.Who, cmd) })
}

// pointed is the suspect that the address or the form names, or else the first that fits.
func (v fileView) pointed(fits func(prosecution.Suspect) bool) (prosecution.Suspect, bool) {
	want := v.named("suspect")
	for _, p := range v.Suspects {
		if want == "" && fits(p) || want == p.ID.String() {
			return p, fits(p)
		}
	}
	return prosecution.Suspect{}, false
}

// named is the record of the file that the form or the address names: an identifier,
// which says nothing.
func (v fileView) named(name string) string {
	if v.c.Posted() {
		return v.c.Form().Value(name)
	}
	return v.c.Query(name)
}
