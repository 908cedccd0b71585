package protection

import (
	"slices"
	"strings"
	"time"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/paper"
	"inkingi/protection"
)

// paper makes the paper that was chosen, in its own language.
func (v printView) paper(how choice, k protection.Consent) paper.Paper {
	s := scribe{printView: v, choice: how}
	switch how.Paper {
	case protection.AppointmentPaper:
		return s.appointment()
	case protection.HotlinePaper:
		return s.hotlines()
	case protection.SummaryPaper:
		return s.summary()
	}
	return s.consent(k)
}

// scribe writes in the language of the paper, not of the reader.
type scribe struct {
	printView
	choice
}

func (s scribe) said(list countries.ListName, code string) string {
	if code == "" {
		return ""
	}
	return s.rooms.Country.Label(list, code, s.P.Lang())
}

func (s scribe) dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return s.P.Day(s.rooms.Country.Day(t))
}

// days lists days in the order of time.
func (s scribe) days(all []time.Time) string {
	slices.SortFunc(all, time.Time.Compare)
	var words []string
	for _, t := range all {
		words = append(words, s.dayOf(t))
	}
	return s.P.List(slices.Compact(words))
}

func (s scribe) appointment() paper.Paper {
	a := paper.Appointment{Code: s.Case.Code.String(), Place: s.Where}
	if !s.When.IsZero() {
		a.When = s.P.Time(s.When)
	}
	return a.Paper(s.P)
}

func (s scribe) hotlines() paper.Paper {
	var all []paper.Hotline
	for _, h := range s.numbers() {
		all = append(all, paper.Hotline{Name: h.Label(s.P.Lang()), Number: h.Number, Unchecked: !h.Validated})
	}
	return paper.Hotlines(s.P, all)
}

// who is what an organisation is called on a paper that leaves the house: by its
// name only where that was chosen, and where the name tells nothing.
func (s scribe) who(org ids.Org) string {
	instead := s.P.T("paper.who.service")
	if org.IsZero() || org == s.Case.Owner {
		instead, org = s.P.T("paper.who.us"), s.Case.Owner
	}
	if name := s.org(org); s.Named && name != "" {
		return s.telling().Hide(name, instead)
	}
	return instead
}

// need is a service as it may stand on such a paper: what is sealed (zone Z4) by
// the word above it, so that no diagnosis is carried about.
func (s scribe) need(code string) string {
	if k, ok := s.rooms.Country.Find(countries.Service, code); ok && k.Attr["zone"] == "Z4" && k.Parent != "" {
		code = k.Parent
	}
	return s.said(countries.Service, code)
}

func (s scribe) summary() paper.Paper {
	return paper.Summary{Code: s.Case.Code.String(), Day: s.P.Day(s.Today()), Keeper: sentence(s.who(s.Case.Owner)),
		Kept: s.kept(), Got: s.got(), Agreed: s.agreed()}.Paper(s.P)
}

// kept is what is kept about her, by kind: not a word of it.
func (s scribe) kept() []string {
	var all []string
	if !s.Case.Person.IsZero() {
		all = append(all, s.P.T("paper.kept.identity"))
	}
	if !s.Case.Age.IsZero() || s.Case.Language != "" || !s.Case.Where.IsZero() {
		all = append(all, s.P.T("paper.kept.about"))
	}
	var talks, looks []time.Time
	for _, x := range s.Screenings {
		talks = append(talks, x.Started)
	}
	for _, x := range s.Assessments {
		looks = append(looks, x.At)
	}
	if len(talks) > 0 {
		all = append(all, s.P.T("paper.kept.talks", "Count", len(talks), "Days", s.days(talks)))
	}
	if len(looks) > 0 {
		all = append(all, s.P.T("paper.kept.looks", "Count", len(looks), "Days", s.days(looks)))
	}
	if len(s.Guardians) > 0 {
		all = append(all, s.P.T("paper.kept.guardians"))
	}
	if len(s.Referrals) > 0 {
		all = append(all, s.P.T("paper.kept.requests", "Count", len(s.Referrals)))
	}
	return all
}

// got is who received something about her, and what became of it.
func (s scribe) got() []string {
	var all []string
	for _, l := range s.Referrals {
		all = append(all, sentence(s.P.T("paper.got.line", "Who", s.who(l.To), "Need", s.need(l.Need), "Day", s.dayOf(l.SentAt), "State", s.P.T("paper.got."+string(l.State)))))
	}
	return all
}

// agreed is what she answered, and where she is expected.
func (s scribe) agreed() []string {
	var all []string
	for _, l := range s.appointments() {
		all = append(all, s.P.T("paper.agreed.next", "Who", s.who(l.To), "When", s.P.Time(l.Arrival)))
	}
	if s.Reflection.State.Runs() {
		all = append(all, s.P.T("paper.agreed.time", "Day", s.dayOf(s.Reflection.From)))
	}
	for _, k := range s.Consents {
		all = append(all, s.P.T("paper.agreed.line", "Purpose", s.said(countries.ConsentPurpose, k.Purpose), "Who", s.who(k.Recipient),
			"Answer", s.P.T("paper.answer."+string(k.State)), "Day", s.dayOf(k.At)))
	}
	return all
}

// sentence begins with a capital.
func sentence(text string) string {
	for i := range text {
		if i > 0 {
			return strings.ToUpper(text[:i]) + text[i:]
		}
	}
	return strings.ToUpper(text)
}

// consent is the form of one answer, with the names in full: it stays in the file.
func (s scribe) consent(k protection.Consent) paper.Paper {
	var scope []string
	for _, field := range k.Scope {
		scope = append(scope, s.said(countries.PacketField, field))
	}
	until := ""
	if !k.Expires.IsZero() {
		until = s.dayOf(k.Expires.Add(-time.Minute))
	}
	return paper.Consent{Code: s.Case.Code.String(), Purpose: s.said(countries.ConsentPurpose, k.Purpose), Recipient: s.org(k.Recipient), Scope: scope,
		Answer: s.P.T("paper.answer." + string(k.State)), Language: s.said(countries.Language, k.Language), Interpreter: s.said(countries.InterpreterKind, k.Interpreter),
		Day: s.dayOf(k.At), Until: until, Explained: s.account(k.AskedBy), Guardian: k.GivenBy == "GUARDIAN" || k.GivenBy == "AUTHORITY", Child: s.Case.Child}.Paper(s.P)
}
