package prosecution

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// view is what every page of this room embeds: the reader's language, the form,
// and the country's words for codes.
type view struct {
	shell.View
	rooms *Rooms
	c     *shell.Context
}

func (r *Rooms) view(c *shell.Context) view { return view{View: c.View(), rooms: r, c: c} }

// label is what a code is called.
func (v view) label(list countries.ListName, code string) string {
	if code == "" {
		return ""
	}
	return v.rooms.Country.Label(list, code, v.Lang())
}

// choices are the codes of a list that may be chosen today.
func (v view) choices(list countries.ListName) (all []govuk.Choice) {
	for _, k := range v.rooms.Country.Codes(list, v.Today()) {
		all = append(all, govuk.Choice{Value: k.Code, Text: k.Label(v.Lang()), Hint: govuk.Hint{Text: k.Help.Label(v.Lang())}})
	}
	return all
}

// options are the same for a drop-down list, nothing chosen first.
func (v view) options(list countries.ListName) []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, k := range v.rooms.Country.Codes(list, v.Today()) {
		all = append(all, govuk.SelectItem{Value: k.Code, Text: k.Label(v.Lang())})
	}
	return all
}

// said are the values of an enumeration of ours, in words.
func said[T ~string](v view, prefix string, values ...T) (all []govuk.Choice) {
	for _, one := range values {
		all = append(all, govuk.Choice{Value: string(one), Text: v.T(prefix + string(one))})
	}
	return all
}

// answers are yes, no and "not known".
func (v view) answers() []govuk.Choice {
	return []govuk.Choice{{Value: "yes", Text: v.T("common.yes")}, {Value: "no", Text: v.T("common.no")}, {Value: "unknown", Text: v.T("signal.dont-know")}}
}

// wrong is the message at a field.
func (v view) wrong(field string) govuk.ErrorMessage {
	return govuk.ErrorMessage{Text: v.Fault(field)}
}

// org is what an organisation is called; "" when none is meant.
func (v view) org(id ids.Org) string {
	if id.IsZero() {
		return ""
	}
	if name := v.rooms.Names.Org(id); name != "" {
		return name
	}
	return v.T("case.org.unknown")
}

func (v view) account(id ids.Account) string {
	if id.IsZero() {
		return ""
	}
	return v.rooms.Names.Account(id)
}

// when says a moment, "" for none.
func (v view) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.Time(t)
}

// dayOf says a day, "" for none.
func (v view) dayOf(d date.Day) string {
	if d.IsZero() {
		return ""
	}
	return v.Day(d)
}

// row is a fact for a summary list; nothing said is shown as such.
func (v view) row(name, value string) govuk.SummaryRow {
	if value == "" {
		value = v.T("case.unsaid")
	}
	return govuk.SummaryRow{Key: govuk.SummaryCell{Text: name}, Value: govuk.SummaryCell{Text: value}}
}

// rowIf is a fact that is left out when nothing was said.
func (v view) rowIf(name, value string) govuk.SummaryRow {
	if value == "" {
		return govuk.SummaryRow{}
	}
	return v.row(name, value)
}

// comma sets words in one line, leaving the empty ones out.
func comma(words ...string) string {
	var all []string
	for _, w := range words {
		if w != "" {
			all = append(all, w)
		}
	}
	return strings.Join(all, ", ")
}

// legend is a question.
func legend(text string) govuk.Fieldset {
	return govuk.Fieldset{Legend: govuk.Legend{Text: text, Classes: "govuk-fieldset__legend--m"}}
}

// label of a field.
func labelled(text string) govuk.Label {
	return govuk.Label{Text: text, Classes: "govuk-label--m"}
}

func digits(n int) string { return strconv.Itoa(n) }

// The fields of forms.

func (v view) radios(name, text string, items []govuk.Choice, hint string) templ.Component {
	return govuk.Radios{Name: name, Value: v.Value(name), Items: items, Classes: "govuk-radios--small", Fieldset: legend(text), Hint: govuk.Hint{Text: hint}, ErrorMessage: v.wrong(name)}
}

func (v view) pick(name, text string, items []govuk.SelectItem, hint string) templ.Component {
	return govuk.Select{Name: name, Value: v.Value(name), Items: items, Label: labelled(text), Hint: govuk.Hint{Text: hint}, ErrorMessage: v.wrong(name)}
}

func (v view) day(name, text, hint string) templ.Component {
	return govuk.DateInput{ID: name, NamePrefix: name, Values: v.DateValues(name, date.Date{}), Fieldset: legend(text), Hint: govuk.Hint{Text: hint}, ErrorMessage: v.wrong(name)}
}

// moment is a day with a time of day.
func (v view) moment(name, text, hint string) templ.Component {
	return templ.Join(v.day(name, text, hint), govuk.Input{Name: name + "-time", Value: v.Value(name + "-time"), Label: govuk.Label{Text: v.T("file.time")}, Hint: govuk.Hint{Text: v.T("file.time.hint")},
		ErrorMessage: v.wrong(name + "-time"), Classes: "govuk-input--width-5", Autocomplete: "off"})
}

func (v view) text(name, text, hint string) templ.Component {
	return govuk.Input{Name: name, Value: v.Value(name), Label: labelled(text), Hint: govuk.Hint{Text: hint}, ErrorMessage: v.wrong(name), Autocomplete: "off", Spellcheck: govuk.No}
}

func (v view) number(name, text, hint string) templ.Component {
	return govuk.Input{Name: name, Value: v.Value(name), Label: labelled(text), Hint: govuk.Hint{Text: hint}, ErrorMessage: v.wrong(name), Autocomplete: "off", Inputmode: "numeric", Classes: "govuk-input--width-10"}
}

func (v view) area(name, text, hint string) templ.Component {
	return govuk.Textarea{Name: name, Rows: 4, Value: v.Value(name), Label: labelled(text), Hint: govuk.Hint{Text: hint}, ErrorMessage: v.wrong(name), Autocomplete: "off", Spellcheck: govuk.No}
}

// tick is one box.
func (v view) tick(name, text string) templ.Component {
	return govuk.Checkboxes{Name: name, IDPrefix: name, Values: v.Values(name), Items: []govuk.Choice{{Value: "yes", Text: text}}, Classes: "govuk-checkboxes--small", ErrorMessage: v.wrong(name)}
}

// chosen reads one of the identifiers that a list offered.
func chosen[T ids.Typed](f *shell.Form, name string, from []govuk.SelectItem) T {
	var codes []string
	for _, one := range from {
		if one.Value != "" {
			codes = append(codes, one.Value)
		}
	}
	id, err := ids.Parse[T](f.Choice(name, codes...))
	if err != nil {
		var none T
		return none
	}
	return id
}

// values are the codes of choices.
func values(items []govuk.Choice) (all []string) {
	for _, one := range items {
		all = append(all, one.Value)
	}
	return all
}

// fileView is a page about one file.
type fileView struct {
	view
	prosecution.Dossier
	names map[ids.Suspect]string
	err   error
	grant access.Grant
}

// fileOf reads the file of the address, for who may do what the route is for.
func (r *Rooms) fileOf(c *shell.Context) (fileView, error) {
	v := fileView{view: r.view(c), names: map[ids.Suspect]string{}}
	id, err := shell.ID[ids.File](c, "file")
	if err != nil {
		return v, err
	}
	if c.Route.Action != access.FileRead { // the page that only reads is decided by reading
		if _, err := r.Desk.May(c, c.Who, c.Route.Action, id); err != nil {
			return v, err
		}
	}
	v.Dossier, v.grant, err = r.Desk.File(c, c.Who, id)
	if err != nil {
		return v, err
	}
	for _, p := range v.Suspects {
		v.names[p.ID] = comma(v.open(p.Name), v.numbered(p))
	}
	return v, v.err
}

// open opens a sealed text under the reader's grant; the first failure ends it.
func (v *fileView) open(t vault.Text) string {
	if v.err != nil || t.IsZero() {
		return ""
	}
	text, err := t.Open(v.grant)
	v.err = err
	return text
}

// numbered names somebody by place in the file: "suspect no. 2".
func (v *fileView) numbered(p prosecution.Suspect) string {
	if p.Company {
		return v.T("file.company.n", "N", p.N)
	}
	return v.T("file.person.n", "N", p.N)
}

// here is the address of the file.
func (v fileView) here() string { return "/files/" + v.ID.String() }

// may says whether a verb is the reader's here and now.
func (v fileView) may(verb prosecution.Verb) bool {
	return prosecution.May(v.State, verb, v.c.Who.Post.Role) && v.Seised(v.c.Who)
}

// persons are the suspects to choose from.
func (v fileView) persons(keep func(prosecution.Suspect) bool) []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, p := range v.Suspects {
		if keep == nil || keep(p) {
			all = append(all, govuk.SelectItem{Value: p.ID.String(), Text: v.names[p.ID]})
		}
	}
	return all
}
