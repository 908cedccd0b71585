package prosecution

import (
	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// bring charges one of the suspects.
func (r *Rooms) bring(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	id, persons := shell.KeepID[ids.Charge](f, "id"), v.persons(func(p prosecution.Suspect) bool { return !p.State.Over() })
	form := v.form("charge", func() []templ.Component {
		return []templ.Component{v.pick("suspect", v.T("file.charge.suspect"), persons, ""), v.offences("offence", v.T("file.offence"), ""), v.day("on", v.T("file.charge.on"), "")}
	}, "id", id.String())
	form.Warn = v.T("file.unvalidated")
	switch {
	case !v.may(prosecution.Charges):
		form.None = v.T("file.none.now")
	case len(persons) == 1:
		form.None = v.T("file.charge.nobody")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Bring{ID: id, File: v.ID, Suspect: chosen[ids.Suspect](f, "suspect", persons), Offence: f.Choice("offence", v.offenceCodes()...), On: f.Day("on")}
	return v.done(c, page, "file.charge.done", func() error { return r.Desk.Bring(c, c.Who, cmd) })
}

// requalify qualifies a charge anew, with the reason.
func (r *Rooms) requalify(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	x, ok := v.charged(func(prosecution.Charge) bool { return true })
	form := v.form("requalify", func() []templ.Component {
		return []templ.Component{govuk.InsetText{Text: v.T("file.requalify.now", "Who", v.names[x.Suspect], "Offence", v.offence(x.Current))}, v.offences("to", v.T("file.requalify.to"), ""),
			v.pick("reason", v.T("file.requalify.reason"), v.options(countries.Requalification), ""), v.day("on", v.T("file.requalify.on"), "")}
	}, "charge", x.ID.String(), "version", v.View.Version(x.Version))
	form.Warn = v.T("file.unvalidated")
	if !ok || !v.may(prosecution.Requalifying) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Requalify{File: v.ID, Charge: x.ID, Version: f.Version(), To: f.Choice("to", v.offenceCodes()...), Reason: f.Choice("reason", r.codes(c, countries.Requalification)...), On: f.Day("on")}
	return v.done(c, page, "file.requalify.done", func() error { return r.Desk.Requalify(c, c.Who, cmd) })
}

// charged is the charge that the address or the form names, or else the first that fits.
func (v fileView) charged(fits func(prosecution.Charge) bool) (prosecution.Charge, bool) {
	want := v.named("charge")
	for _, x := range v.Charges {
		if want == "" && fits(x) || want == x.ID.String() {
			return x, fits(x)
		}
	}
	return prosecution.Charge{}, false
}

// offence is what a code of the country's offences is called.
func (v view) offence(code string) string { return v.label(countries.OffenceList, code) }

// offenceCodes are all of them, those of older law too: a charge is of its day, and the
// desk says whether it was in force then.
func (v view) offenceCodes() (all []string) {
	for _, k := range v.rooms.Country.List(countries.OffenceList) {
		all = append(all, k.Code)
	}
	return all
}

func (v view) offences(name, text, hint string) templ.Component {
	all := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, code := range v.offenceCodes() {
		all = append(all, govuk.SelectItem{Value: code, Text: v.offence(code)})
	}
	return v.pick(name, text, all, hint)
}
