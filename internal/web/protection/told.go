package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// earlierLine is one time that she told: to whom, when, about what, and her words
// for who may open them.
type earlierLine struct {
	When, To, By string
	Texts        []string
}

// earlier opens what she told before, so that it is read before she is asked
// (PROCESS.md §2.12 "told before"). What the reader may not open stays a line.
func (r *Rooms) earlier(c *shell.Context, one protection.CaseView) ([]earlierLine, error) {
	v := r.voice(c)
	var all []earlierLine
	for _, t := range one.Told() {
		l := earlierLine{When: v.toldWhen(t), To: v.toldTo(t), By: v.account(t.By)}
		var err error
		switch o := one.Grant.Object(); {
		case !t.Screening.IsZero():
			o.Kind, o.ID, o.By = access.ScreeningKind, t.Screening.UUID, t.By
			if v.may(access.ScreeningRead, o) {
				l.Texts, err = r.said(c, t)
			}
		default:
			o.Kind, o.ID, o.By = access.JottingKind, t.Jotting.UUID, t.By
			if v.may(access.JottingRead, o) {
				l.Texts, err = r.noted(c, t)
			}
		}
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// said is what she told in a conversation of ours, and what was heard in it.
func (r *Rooms) said(c *shell.Context, t protection.Told) ([]string, error) {
	v := r.voice(c)
	s, g, err := r.Desk.Screening(c, c.Who, t.Screening)
	if err != nil {
		return nil, err
	}
	w := words{grant: g}
	texts := filled(w.open(s.Account))
	return append(texts, filled(v.signs(s.Heard), w.open(s.Wants))...), w.err
}

func (r *Rooms) noted(c *shell.Context, t protection.Told) ([]string, error) {
	j, g, err := r.Desk.Jotting(c, c.Who, t.Jotting)
	if err != nil {
		return nil, err
	}
	w := words{grant: g}
	return filled(w.open(j.Words)), w.err
}

// toldWhen says the moment or the day, and that nobody knows it.
func (v voice) toldWhen(t protection.Told) string {
	switch {
	case !t.At.IsZero():
		return v.when(t.At)
	case !t.Day.IsZero():
		return v.Day(t.Day)
	}
	return v.T("jotting.on.unknown")
}

// reasons are why she may be heard once more.
func (v screenView) reasons() bool {
	return v.rooms.Desk.Rules.HeardOften(v.Interviews()) || v.Fault("again") != ""
}

// told are the times that she told so far. What she said stands on a page of its
// own, opened on purpose by who may.
func (v caseView) told() []toldLine {
	talks := map[string]protection.Screening{}
	for _, s := range v.Screenings {
		talks[s.ID.String()] = s
	}
	var lines []toldLine
	for _, t := range v.Told() {
		o, l := v.facts, toldLine{When: v.toldWhen(t), By: v.account(t.By)}
		if s, ours := talks[t.Screening.String()]; ours {
			l.State, l.Interpreter = v.T("screening.state."+string(s.State)), v.label(countries.InterpreterKind, s.Interpreter)
			if o.Kind, o.ID, o.By = access.ScreeningKind, s.ID.UUID, s.By; v.may(access.ScreeningRead, o) {
				l.Href = "/screenings/" + s.ID.String() + "/read"
			}
		} else {
			l.State = v.toldTo(t)
			if o.Kind, o.ID, o.By = access.JottingKind, t.Jotting.UUID, t.By; v.may(access.JottingRead, o) {
				l.Href = "/notes/" + t.Jotting.String()
			}
		}
		lines = append(lines, l)
	}
	return lines
}

type toldLine struct{ Href, When, By, State, Interpreter string }

// often says whether she was asked to tell so often that the page warns.
func (v caseView) often() bool {
	return v.Interviews() >= v.rooms.Country.Limit(countries.InterviewWarning).Amount
}
