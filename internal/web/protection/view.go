package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// view is what every page of this room embeds: the reader's language, the form,
// and the country's words for codes.
type view struct {
	shell.View
	rooms *Rooms
}

func (r *Rooms) view(c *shell.Context) view { return view{View: c.View(), rooms: r} }

// label is what a code is called.
func (v view) label(list countries.ListName, code string) string {
	if code == "" {
		return ""
	}
	return v.rooms.Country.Label(list, code, v.Lang())
}

// choices are the codes of a list that may be chosen today.
func (v view) choices(list countries.ListName) []govuk.Choice {
	var all []govuk.Choice
	for _, k := range v.rooms.Country.Codes(list, v.Today()) {
		all = append(all, govuk.Choice{Value: k.Code, Text: k.Label(v.Lang()), Hint: govuk.Hint{Text: k.Help.Label(v.Lang())}})
	}
	return all
}

// options are the same for a drop-down list, nothing chosen first.
func (v view) options(list countries.ListName) []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, k := range v.rooms.Country.Codes(list, v.Today()) {
		text := k.Label(v.Lang())
		if up, ok := v.rooms.Country.Find(list, k.Parent); ok {
			text = up.Label(v.Lang()) + " – " + text
		}
		all = append(all, govuk.SelectItem{Value: k.Code, Text: text})
	}
	return all
}

// codes are the values of a list that may be chosen today.
func (r *Rooms) codes(c *shell.Context, list countries.ListName) []string {
	var all []string
	for _, k := range r.Country.Codes(list, r.Country.Day(c.At)) {
		all = append(all, k.Code)
	}
	return all
}

// answers are yes, no and "I don't know".
func (v view) answers() []govuk.Choice {
	return []govuk.Choice{
		{Value: string(protection.Yes), Text: v.T("common.yes")},
		{Value: string(protection.No), Text: v.T("common.no")},
		{Value: string(protection.Unknown), Text: v.T("signal.dont-know")},
	}
}

// answer says one of them; nothing when it was not asked.
func (v view) answer(a protection.Answer) string {
	switch a {
	case protection.Yes:
		return v.T("common.yes")
	case protection.No:
		return v.T("common.no")
	case protection.Unknown:
		return v.T("signal.dont-know")
	case protection.Skipped:
		return v.T("common.prefer-not")
	}
	return ""
}

// wrong is the message at a field.
func (v view) wrong(field string) govuk.ErrorMessage {
	return govuk.ErrorMessage{Text: v.Fault(field)}
}

// wrongAt says whether something is wrong at a field already.
func wrongAt(c *shell.Context, field string) bool { return c.View().Fault(field) != "" }

// hotlines are the numbers to call now.
func (v view) hotlines() []govuk.PhoneNumber {
	var all []govuk.PhoneNumber
	for _, h := range v.rooms.Country.Hotlines() {
		if h.On(v.Today()) {
			all = append(all, govuk.PhoneNumber{Number: h.Number, Name: h.Label(v.Lang())})
		}
	}
	return all
}

// callNow is the box with the numbers.
func (v view) callNow() govuk.CallNow {
	return govuk.CallNow{Title: v.T("signal.call.title"), Numbers: v.hotlines(), Text: v.T("signal.call.text")}
}

// doNot is what would put the person in danger.
func (v view) doNot() govuk.DoNot {
	return govuk.DoNot{Title: v.T("signal.donot.title"),
		Items: []string{v.T("signal.donot.confront"), v.T("signal.donot.photo"), v.T("signal.donot.talk")}}
}

// legend is a question in the size of a heading.
func legend(text string) govuk.Fieldset {
	return govuk.Fieldset{Legend: govuk.Legend{Text: text, Classes: "govuk-fieldset__legend--m"}}
}

// account is what somebody is called, "" when nobody is meant.
func (v view) account(id ids.Account) string {
	if id.IsZero() {
		return ""
	}
	return v.rooms.Names.Account(id)
}

func (v view) org(id ids.Org) string {
	if id.IsZero() {
		return ""
	}
	return v.rooms.Names.Org(id)
}

// typedDate are the three boxes of the date "when".
func (v view) typedDate() map[string]string { return v.DateValues("when", date.Date{}) }

// comma sets words in one line, leaving the empty ones out.
func comma(words ...string) string { return strings.Join(filled(words...), ", ") }

// signedIn says whether somebody with a post is at the page.
func signedIn(w access.Who) bool { return !w.Account.IsZero() }
