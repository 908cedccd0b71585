package protection

import (
	"slices"
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
	"inkingi/protection"
)

// voice is what a page about one person embeds: the view of the room, and the
// signs and words that these pages share.
type voice struct {
	view
	c *shell.Context
}

func (r *Rooms) voice(c *shell.Context) voice { return voice{view: r.view(c), c: c} }

// may asks whether a button should stand here.
func (v voice) may(a access.Action, o access.Object) bool { return v.c.May(a, o) }

// labels says several codes of a list in one line.
func (v voice) labels(list countries.ListName, codes []string) string {
	var words []string
	for _, code := range codes {
		words = append(words, v.label(list, code))
	}
	return strings.Join(words, " · ")
}

// when says a moment, "" for none.
func (v voice) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.Time(t)
}

// orgName is what an organisation is called; never blank.
func (v voice) orgName(id ids.Org) string {
	if name := v.org(id); name != "" {
		return name
	}
	return v.T("case.org.unknown")
}

// danger draws a level.
func (v voice) danger(d protection.Danger) *govuk.Danger {
	out := &govuk.Danger{Text: v.label(countries.Danger, string(d))}
	switch d {
	case protection.Red:
		out.Level = govuk.DangerRed
	case protection.Orange:
		out.Level = govuk.DangerOrange
	case protection.Green:
		out.Level = govuk.DangerGreen
	default:
		out.Text = v.T("case.danger.open")
	}
	return out
}

// health draws the windows that close after a rape.
func (v voice) health(from time.Time) []govuk.Clock {
	h := v.rooms.Desk.Rules.Health(from)
	if h.PEP.IsZero() {
		return nil
	}
	return []govuk.Clock{v.window("case.clock.pep", from, h.PEP), v.window("case.clock.ec", from, h.Contraception)}
}

// closing says whether a window of health is still open: who can still be helped
// in time comes first.
func (v voice) closing(from time.Time) bool {
	return v.rooms.Desk.Rules.Health(from).Contraception.After(v.c.At)
}

// window is a clock of health. What has closed is no late task: other care is
// still possible, and the words say so.
func (v voice) window(key string, from, until time.Time) govuk.Clock {
	if until.After(v.c.At) {
		return v.Due(v.T(key), from, until)
	}
	return govuk.Clock{State: govuk.ClockStill, Label: v.T(key), At: until, Text: v.T("case.clock.closed")}
}

// chips draws danger, clocks and tags in one line.
func (v voice) chips(d protection.Danger, from time.Time, child bool, more ...templ.Component) []templ.Component {
	all := []templ.Component{*v.danger(d)}
	for _, c := range v.health(from) {
		all = append(all, c)
	}
	if child {
		all = append(all, v.childTag())
	}
	return append(all, more...)
}

func (v voice) childTag() govuk.Tag {
	return govuk.Tag{Text: v.T("case.child"), Classes: "govuk-tag--purple"}
}

// some are the choices of a list among these codes.
func (v voice) some(list countries.ListName, codes ...string) []govuk.Choice {
	return slices.DeleteFunc(v.choices(list), func(c govuk.Choice) bool { return !slices.Contains(codes, c.Value) })
}

// answersOrSkip are yes, no, "I don't know" and "would rather not say".
func (v voice) answersOrSkip() []govuk.Choice {
	return append(v.answers(), govuk.Choice{Value: string(protection.Skipped), Text: v.T("common.prefer-not")})
}

// unvalidated is the mark of a national fact that no jurist has confirmed, "" of one that is.
func (v voice) unvalidated(f countries.Fact) string {
	if f.Validated {
		return ""
	}
	return v.T("case.unvalidated")
}

// row is a fact for a summary list; nothing said is shown as such.
func (v voice) row(name, value string) govuk.SummaryRow {
	if value == "" {
		value = v.T("case.unsaid")
	}
	return govuk.SummaryRow{Key: govuk.SummaryCell{Text: name}, Value: govuk.SummaryCell{Text: value}}
}

// rowIf is a fact that is left out when nothing was said.
func (v voice) rowIf(name, value string) govuk.SummaryRow {
	if value == "" {
		return govuk.SummaryRow{}
	}
	return v.row(name, value)
}

// words opens several sealed texts under one grant; the first failure ends it.
type words struct {
	grant access.Grant
	err   error
}

// open gives the text, "" after a failure or when there is none.
func (w *words) open(t vault.Text) string {
	if w.err != nil || t.IsZero() {
		return ""
	}
	text, err := t.Open(w.grant)
	w.err = err
	return text
}

// answerOf reads yes, no, "I don't know" or "would rather not say".
func answerOf(f *shell.Form, name string) protection.Answer {
	return protection.Answer(f.Choice(name, string(protection.Yes), string(protection.No), string(protection.Unknown), string(protection.Skipped)))
}

// version is the version that a hidden field carries: the one it was drawn
// with, until the record was changed by somebody else.
func (v voice) version(field string, present int) string {
	if !v.Stale() && v.Value(field) != "" {
		return v.Value(field)
	}
	return digits(present)
}

func digits(n int) string { return strconv.Itoa(n) }

// yesIf is the value of a ticked box.
func yesIf(ticked bool) string {
	if ticked {
		return "yes"
	}
	return ""
}

// lines cuts a text into the lines it was written in, without the empty ones.
func lines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

// dayValues are the three boxes of a day as they were typed.
func (v voice) dayValues(name string) map[string]string { return v.DateValues(name, date.Date{}) }

// here is the address that a form of the page is sent to.
func (v voice) here() string { return v.c.Path() }
