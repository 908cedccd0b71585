package shell

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/lang"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
)

// View is what a page's struct embeds: the reader's language, and the form with
// what was typed and what is wrong with it.
type View struct {
	lang.Printer
	c *Context
	f *Form
}

// View gives the page its voice and its form.
func (c *Context) View() View {
	f := c.form
	if f == nil {
		f = &Form{c: c}
	}
	return View{Printer: c.P, c: c, f: f}
}

// Form is the form of the page.
func (v View) Form() *Form { return v.form() }

func (v View) form() *Form {
	if v.c != nil && v.c.form != nil { // read after the view was made
		return v.c.form
	}
	return v.f
}

// Fault is what is wrong at a field, "" when nothing is.
func (v View) Fault(field string) string {
	for _, one := range v.form().faults {
		if one.Field == field {
			return v.say(one)
		}
	}
	return ""
}

// say is what is wrong, in the words of the field where there are some: a page
// with three questions must not say three times "choose an answer".
func (v View) say(one *fault.Fault) string {
	if key := one.Key + "." + one.Field; one.Kind == fault.Invalid && one.Field != "" && v.Has(key) {
		own := *one
		own.Key = key
		return v.Printer.Fault(&own)
	}
	if one.Kind == fault.Invalid && !v.Has(one.Key) {
		return v.T("fault.invalid")
	}
	return v.Printer.Fault(one)
}

// Value is what was typed into a field, or, before anything was, what the
// record holds.
func (v View) Value(name string, stored ...string) string {
	if f := v.form(); f.Given() && f.Has(name) {
		return f.Value(name)
	}
	if len(stored) > 0 {
		return stored[0]
	}
	return ""
}

// Values are the boxes that were ticked, or those of the record.
func (v View) Values(name string, stored ...string) []string {
	if f := v.form(); f.Given() {
		return f.Values(name)
	}
	return stored
}

// DateValues are the three boxes of a date, for govuk.DateInput.
func (v View) DateValues(name string, stored date.Date) map[string]string {
	if f := v.form(); f.Given() {
		return map[string]string{name + "-day": f.Value(name + "-day"),
			name + "-month": f.Value(name + "-month"), name + "-year": f.Value(name + "-year")}
	}
	y, m, d := stored.Parts()
	return map[string]string{name + "-day": digits(d), name + "-month": digits(m), name + "-year": digits(y)}
}

// DayValues are the three boxes of a whole day, for govuk.DateInput.
func (v View) DayValues(name string, stored ...date.Day) map[string]string {
	if len(stored) > 0 && !stored[0].IsZero() {
		return v.DateValues(name, date.Of(stored[0]))
	}
	return v.DateValues(name, date.Date{})
}

// Version is the version the form must carry: the one it was drawn with, until
// somebody changed the record, then the present one.
func (v View) Version(present int) string {
	f := v.form()
	if f.Given() && !f.stale && !f.review && f.Has("version") {
		return f.Value("version")
	}
	return digits(present)
}

// Stale says that somebody changed the record while the form was open: the page
// shows what is stored beside what was typed.
func (v View) Stale() bool { return v.form().stale }

// summary lists every fault, each a link to its field.
func (v View) summary() []govuk.ErrorLink {
	f := v.form()
	var all []govuk.ErrorLink
	if f.stale {
		all = append(all, govuk.ErrorLink{Text: v.T("fault.stale")})
	}
	for _, one := range f.faults {
		link := govuk.ErrorLink{Text: v.say(one)}
		if one.Field != "" {
			link.Href = "#" + one.Field
			if to := f.anchor[one.Field]; to != "" {
				link.Href = "#" + to
			}
		}
		all = append(all, link)
	}
	return all
}

// Role is what a role is called.
func (v View) Role(r access.Role) string {
	if r == "" {
		return ""
	}
	return v.c.shell.o.Role(r, v.Lang())
}

// Due is a deadline: how long is left, or how late it is. With a quarter of the
// time left it is soon.
func (v View) Due(label string, from, due time.Time) govuk.Clock {
	now := v.c.At
	c := govuk.Clock{Label: label, At: due, Text: v.Left(due)}
	switch left := due.Sub(now); {
	case due.IsZero():
		return govuk.Clock{Label: label, State: govuk.ClockStill}
	case left <= 0:
		c.State = govuk.ClockLate
	case !from.IsZero() && left <= due.Sub(from)/4:
		c.State = govuk.ClockSoon
	}
	return c
}

// Met is a deadline that was kept, or not, once the thing is done.
func (v View) Met(label string, due, done time.Time) govuk.Clock {
	c := govuk.Clock{Label: label, State: govuk.ClockMet, At: due, Text: v.T("shell.met")}
	if late := done.Sub(due); !due.IsZero() && late >= time.Minute {
		c.Text = v.T("shell.met.late", "Span", v.Span(late))
	}
	return c
}

// Left says how long is left until a deadline, or how late it is.
func (v View) Left(due time.Time) string {
	left := due.Sub(v.c.At)
	switch {
	case left <= -time.Minute:
		return v.T("shell.late", "Span", v.Span(left))
	case left <= 0:
		return v.T("shell.now")
	}
	return v.T("shell.left", "Span", v.Span(left))
}

// Ago says how long ago something was.
func (v View) Ago(t time.Time) string {
	switch since := v.c.At.Sub(t); {
	case t.IsZero():
		return ""
	case since < time.Minute:
		return v.T("shell.ago.now")
	default:
		return v.T("shell.ago", "Span", v.Span(since))
	}
}

// Today is the day it is in the country.
func (v View) Today() date.Day { return v.DayOf(v.c.At) }

// DayOf is the day of a moment in the country.
func (v View) DayOf(t time.Time) date.Day { return date.DayOf(t.In(v.c.shell.o.Zone)) }

// Age says how old somebody is today, from an age and the day it was said: in
// months for the very young, and as a span where nobody can know better.
func (v View) Age(a date.Age) string {
	if a.IsZero() {
		return v.T("common.unknown")
	}
	low, high := a.At(v.Today())
	text := v.years(low, high)
	if low == 0 && high < 3 {
		if low, high = a.MonthsAt(v.Today()); high < 24 {
			text = v.months(low, high)
		}
	}
	return v.T("shell.age.basis."+string(a.Basis), "Age", text, "Day", a.Said)
}

// AgeOf says how old somebody born on a date is today.
func (v View) AgeOf(born date.Date) string {
	if born.IsZero() {
		return v.T("common.unknown")
	}
	low, high := date.AgeAt(born, v.Today())
	return v.years(low, high)
}

func (v View) years(low, high int) string {
	if low == high {
		return v.T("shell.age.years", "Count", low)
	}
	return v.T("shell.age.years.between", "Low", low, "High", high)
}

func (v View) months(low, high int) string {
	if low == high {
		return v.T("shell.age.months", "Count", low)
	}
	return v.T("shell.age.months.between", "Low", low, "High", high)
}

// Place says a place as it was given: what was written first, then where the
// list says it lies.
func (v View) Place(p place.Given) string {
	label := ""
	if p.Code != "" && v.c.shell.o.Places != nil {
		label = v.c.shell.o.Places.Label(p.Code)
	}
	switch {
	case p.IsZero():
		return v.T("shell.place.unknown")
	case p.Written == "":
		return label
	case label == "":
		return p.Written
	}
	return v.T("shell.place.written", "Written", p.Written, "Place", label)
}

// Title draws the page's heading.
func (v View) Title(text string) templ.Component { return title(text) }

func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
