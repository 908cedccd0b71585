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

// needCode is a service as it may stand on such a paper: what is sealed (zone Z4) by
// the code above it, so that no diagnosis is carried about.
func (s scribe) needCode(code string) string {
	if k, ok := s.rooms.Country.Find(countries.Service, code); ok && k.Attr["zone"] == "Z4" && k.Parent != "" {
		return k.Parent
	}
	return code
}

func (s scribe) need(code string) string { return s.said(countries.Service, s.needCode(code)) }

func (s scribe) summary() paper.Paper {
	return s.summed().sums(s.Case.Code.String(), s.P.Day(s.Today()), sentence(s.who(s.Case.Owner))).Paper(s.P)
}

// kept is what is kept about her, by kind: not a word of it.
func (s scribe) kept() []keptRecord {
	all := []keptRecord{}
	add := func(shown bool, kind, words string) {
		if shown {
			all = append(all, keptRecord{Kind: kind, Words: words})
		}
	}
	add(!s.Case.Person.IsZero(), "identity", s.P.T("paper.kept.identity"))
	add(!s.Case.Age.IsZero() || s.Case.Language != "" || !s.Case.Where.IsZero(), "about", s.P.T("paper.kept.about"))
	var talks, looks []time.Time
	for _, x := range s.Screenings {
		talks = append(talks, x.Started)
	}
	for _, x := range s.Assessments {
		looks = append(looks, x.At)
	}
	for _, one := range []struct {
		kind, key string
		at        []time.Time
	}{{"screenings", "paper.kept.talks", talks}, {"assessments", "paper.kept.looks", looks}} {
		if len(one.at) == 0 {
			continue
		}
		words := s.P.T(one.key, "Count", len(one.at), "Days", s.days(one.at)) // in the order of time from here
		k := keptRecord{Kind: one.kind, Count: len(one.at), Words: words}
		for _, t := range one.at {
			k.Days = append(k.Days, s.day(t))
		}
		all = append(all, k)
	}
	add(len(s.Guardians) > 0, "guardians", s.P.T("paper.kept.guardians"))
	if n := len(s.Referrals); n > 0 {
		all = append(all, keptRecord{Kind: "referrals", Count: n, Words: s.P.T("paper.kept.requests", "Count", n)})
	}
	return all
}

// answered is one answer she gave.
func (s scribe) answered(k protection.Consent) consentRecord {
	one := consentRecord{Purpose: k.Purpose, Recipient: s.who(k.Recipient), State: string(k.State), At: s.day(k.At)}
	one.Words = s.P.T("paper.agreed.line", "Purpose", s.said(countries.ConsentPurpose, k.Purpose), "Who", one.Recipient,
		"Answer", s.P.T("paper.answer."+one.State), "Day", s.dayOf(k.At))
	return one
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
