package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// Place is a field of a form that asks for one place out of thousands, with a
// search and with a way down from province to colline. It never sends more
// than one level of the list, offers only what existed on the day, and works
// without script: its buttons post the whole form, which comes back with what
// was found and with everything else as typed.
//
// A page uses it in three lines. In its POST handler, before reading any other
// field:
//
//	at, again := r.choosePlace(c, "where", on, false)
//	if again {
//		return c.Page(r.page(c, at))
//	}
//	cmd.Where = at.Given
//
// and in its template, inside the form: @placeField(v.At.Ask(legend, hint)).
// To draw it first, or after a fault elsewhere, use [Rooms.placeOf] with what
// is known. The fields are NAME (a code), NAME-written (a colline or a town
// that is not in the list), NAME-find, NAME-in and NAME-go; [shell.Form.Place]
// reads the first two. Faults stand at NAME and NAME-written.
type Place struct {
	view
	Name         string
	Legend, Hint string
	Heading      bool        // the legend is the page's h1
	On           date.Day    // the day whose places are offered
	Given        place.Given // what is chosen so far
	In           place.Code  // the place the reader looks into; "" is the top, abroad the other countries
	Words        string      // what was searched
	Searched     bool
	Found        []place.Place
	deep         bool
}

// abroad stands for "in another country" among the choices at the top.
const abroad place.Code = "ABROAD"

// maxPlaces is how many answers to a search are shown.
const maxPlaces = 12

// Ask gives the field its question.
func (p Place) Ask(legend, hint string) Place {
	p.Legend, p.Hint = legend, hint
	return p
}

// placeOf draws the field with what is known: what was typed, or else given.
func (r *Rooms) placeOf(c *shell.Context, name string, on date.Day, given place.Given, deep bool) Place {
	p := Place{view: r.view(c), Name: name, On: on, Given: given, deep: deep}
	if f := c.Form(); f.Given() && (f.Has(name) || f.Has(name+"-in")) {
		p.Given = place.Given{Code: place.Code(f.Value(name)), Written: f.Value(name + "-written")}
		if in := place.Code(f.Value(name + "-in")); p.Given.Code == "" && (in == abroad || p.there(in)) {
			p.In = in
			return p
		}
	}
	if !p.there(p.Given.Code) {
		p.Given.Code = ""
	}
	p.In = p.around(p.Given.Code)
	return p
}

// choosePlace reads the field. With again the reader searched, or went a level
// up or down, and the form is to be shown again without complaint. With deep,
// going on from a wide place asks for a smaller one first.
func (r *Rooms) choosePlace(c *shell.Context, name string, on date.Day, deep bool) (p Place, again bool) {
	f := c.Form()
	p = Place{view: r.view(c), Name: name, On: on, deep: deep}
	p.Given.Written = f.Value(name + "-written")
	p.Words = short(f.Value(name+"-find"), place.MaxWritten)
	in, picked := place.Code(f.Value(name+"-in")), place.Code(f.Value(name))
	if in != abroad && !p.there(in) {
		in = ""
	}
	switch f.Value(name + "-go") {
	case "top":
		return p, true
	case "into":
		p.Given.Code = picked
		return p.into(picked), true
	case "find":
		if p.Words != "" {
			return p.find(), true
		}
	}
	switch {
	case picked == abroad:
		return p.into(abroad), true
	case picked == "" && p.Words != "":
		return p.find(), true
	case picked == "":
		p.In = in
		return p, false
	}
	p.Given = f.Place(name)
	if f.Err() != nil || !p.there(p.Given.Code) {
		p.In = in
		if f.Err() == nil {
			f.Fail(name, "place.not.then")
		}
		return p, false
	}
	if deep && picked != in && picked != p.home() && len(p.inside(picked)) > 0 {
		return p.into(picked), true
	}
	p.In = p.around(picked)
	return p, false
}

// there says whether the place existed on the day.
func (p Place) there(code place.Code) bool {
	one, known := p.rooms.Country.Places.Place(code)
	return known && one.On(p.On)
}

func (p Place) inside(code place.Code) []place.Place {
	return p.rooms.Country.Places.Children(code, p.On)
}

// around is the list a place is chosen from: its own parts, or its neighbours.
func (p Place) around(code place.Code) place.Code {
	one, known := p.rooms.Country.Places.Place(code)
	switch {
	case !known || code == p.home():
		return ""
	case one.Kind == place.Abroad:
		return abroad
	case len(p.inside(code)) > 0:
		return code
	case one.Parent == p.home():
		return ""
	}
	return one.Parent
}

func (p Place) home() place.Code { return p.rooms.Country.Places.Home() }

// into goes down into a place; the place itself is chosen until a part of it is.
func (p Place) into(code place.Code) Place {
	p.In, p.Words = "", ""
	if code == abroad {
		p.In = abroad
	} else if p.there(code) {
		p.In = p.around(code)
		p.Given.Code = code
	}
	return p
}

func (p Place) find() Place {
	p.Searched = true
	p.Found = p.rooms.Country.Places.Find(p.Words, p.On, maxPlaces+1)
	return p
}

// crowded says whether more was found than is shown.
func (p Place) crowded() bool { return len(p.Found) > maxPlaces }

// items are the choices of this page.
func (p Place) items() []govuk.Choice {
	switch {
	case p.Searched:
		return p.answersFound()
	case p.In == abroad:
		return p.countries()
	case p.In == "":
		return p.provinces()
	}
	var all []govuk.Choice
	if parts := p.inside(p.In); len(parts) > 0 {
		all = append(all, govuk.Choice{Value: string(p.In), Text: p.whole()})
		for _, one := range parts {
			all = append(all, govuk.Choice{Value: string(one.Code), Text: one.Name})
		}
	}
	return all
}

func (p Place) answersFound() []govuk.Choice {
	var all []govuk.Choice
	for _, one := range p.Found[:min(len(p.Found), maxPlaces)] {
		all = append(all, govuk.Choice{Value: string(one.Code), Text: p.name(one), Hint: govuk.Hint{Text: p.T("place.kind." + string(one.Kind))}})
	}
	return all
}

func (p Place) provinces() []govuk.Choice {
	var all []govuk.Choice
	for _, one := range p.inside(p.home()) {
		all = append(all, govuk.Choice{Value: string(one.Code), Text: one.Name})
	}
	return append(all, govuk.Choice{Value: string(p.home()), Text: p.T("signal.place.somewhere")},
		govuk.Choice{Value: string(abroad), Text: p.T("signal.place.abroad")})
}

func (p Place) countries() []govuk.Choice {
	var all []govuk.Choice
	for _, k := range p.rooms.Country.Codes(countries.Nation, p.On) {
		if p.there(place.Code(k.Code)) && place.Code(k.Code) != p.home() {
			all = append(all, govuk.Choice{Value: k.Code, Text: k.Label(p.Lang())})
		}
	}
	return all
}

// whole is the choice of a place without one of its parts.
func (p Place) whole() string {
	one, _ := p.rooms.Country.Places.Place(p.In)
	return p.T("signal.place.whole", "Place", one.Name)
}

// name is a place with where it lies; another country in the reader's language.
func (p Place) name(one place.Place) string {
	if one.Kind == place.Abroad {
		return p.label(countries.Nation, string(one.Code))
	}
	return p.rooms.Country.Places.Label(one.Code)
}

// path is where the reader stands: "Gitega, Kiganda".
func (p Place) path() string {
	if p.In == abroad {
		return p.T("signal.place.abroad")
	}
	var names []string
	for _, one := range p.rooms.Country.Places.Path(p.In) {
		if one.Kind != place.Country {
			names = append(names, one.Name)
		}
	}
	return strings.Join(names, ", ")
}

// writes says whether a name that is not in the list may be written here.
func (p Place) writes() bool {
	return p.In != "" || p.Searched || p.Given.Written != "" || p.Fault(p.Name+"-written") != ""
}

// further says whether the button down to the parts of what is ticked is shown.
func (p Place) further() bool { return !p.deep && !p.Searched }

// which names the choices of this page.
func (p Place) which() string {
	switch {
	case p.Searched:
		return p.T("signal.place.found")
	case p.In == abroad:
		return p.T("signal.place.country")
	case p.In == "":
		return p.T("signal.place.province")
	}
	if parts := p.inside(p.In); len(parts) > 0 {
		return p.T("signal.place.list." + string(parts[0].Kind))
	}
	return p.path()
}

// question is the legend of the choices.
func (p Place) question() govuk.Fieldset {
	class := "govuk-fieldset__legend--m"
	if p.Heading {
		class = "govuk-fieldset__legend--l"
	}
	return govuk.Fieldset{Legend: govuk.Legend{Text: p.Legend, Classes: class, IsPageHeading: p.Heading}}
}

// frame says of which time the list is, when it is not today's.
func (p Place) frame() string {
	f, known := p.rooms.Country.FrameOn(p.On)
	if now, _ := p.rooms.Country.FrameOn(p.Today()); !known || f.Code == now.Code {
		return ""
	}
	return f.Label(p.Lang())
}

// short cuts a text at a number of characters.
func short(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
