package protection

import (
	"reflect"
	"slices"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// question is one page of the conversation. Its order is the order in which it
// is asked; nothing in it has to be answered.
type question struct {
	key  string // in the address and in the message keys
	read func(r *Rooms, f *shell.Form, to *protection.Listen)
	body func(v listenView) templ.Component
}

// questions are the pages of a conversation, in order (PROCESS.md §2.3 A3,
// §2.12): urgent needs, limits of confidentiality, her free account, and only
// then what was heard, the situation, and what she wants.
func questions() []question {
	return []question{
		{"urgent", readUrgent, urgentBody},
		{"limits", readLimits, limitsBody},
		{"account", readAccount, accountBody},
		{"heard", readHeard, heardBody},
		{"situation", readSituation, situationBody},
		{"purpose", readPurpose, purposeBody},
		{"wants", readWants, wantsBody},
	}
}

// listenView is one page of the conversation.
type listenView struct {
	voice
	protection.CaseView
	S              protection.Screening
	Account, Wants string
	Step, Steps    int
	Part           string // of the signs: D1…D6
	q              question
}

// then are the buttons of a page of the conversation.
const (
	thenOn   = "on"   // save and go on
	thenSkip = "skip" // save what is there; what was not answered was passed
	thenStop = "stop" // save what is there and end the conversation
	thenBack = "back" // save what is there and go to the page before
)

// listen is the page of one question.
func (r *Rooms) listen(q question) shell.Handler {
	return func(c *shell.Context) error {
		f := c.Form()
		v, err := r.talk(c)
		if err != nil {
			return err
		}
		v.q = q
		v.Step, v.Part = 1+slices.IndexFunc(questions(), func(o question) bool { return o.key == q.key }), partOf(c, f)
		page := shell.Page{Title: v.T("screening." + q.key + ".title"), Body: listenPage(v), Back: v.back(), Section: navCases, Plain: true, Answers: true, Keeps: true}
		if !c.Posted() {
			if v.S.State != protection.ScreeningOpen {
				return c.Redirect(v.href(""))
			}
			return c.Page(page)
		}
		then := f.Choice("then", append(dimensions(), thenOn, thenSkip, thenStop, thenBack)...)
		before := v.stored()
		cmd := v.stored()
		q.read(r, f, &cmd)
		if then == thenSkip {
			passed(q, &cmd)
		}
		cmd.Version = f.Version()
		if err = f.Err(); err == nil {
			err = r.Desk.Listen(c, c.Who, cmd)
		}
		if fault.Is(err, fault.Stale) && same(before, cmd) {
			err, cmd.Version = nil, v.S.Version-1 // sent twice: it is kept already
		}
		if err == nil && then == thenStop {
			return r.stopAt(c, v.S, cmd.Version+1)
		}
		if err != nil {
			return c.Again(err, page)
		}
		switch {
		case then == thenBack:
			return c.Redirect(v.back())
		case q.key == "heard" && slices.Contains(dimensions(), then):
			return c.Redirect(v.href("/heard?part=" + then))
		}
		return c.Redirect(v.onward(cmd))
	}
}

// talk reads the conversation of the address, for who leads it.
func (r *Rooms) talk(c *shell.Context) (listenView, error) {
	id, err := shell.ID[ids.Screening](c, "screening")
	if err != nil {
		return listenView{}, err
	}
	if err := r.gate(c, id.UUID); err != nil {
		return listenView{}, err
	}
	s, g, err := r.Desk.Screening(c, c.Who, id)
	if err != nil {
		return listenView{}, err
	}
	one, err := r.Desk.Case(c, c.Who, s.Case, protection.Page{Limit: 1})
	if err != nil {
		return listenView{}, err
	}
	w := words{grant: g}
	v := listenView{voice: r.voice(c), CaseView: one, S: s, Account: w.open(s.Account), Wants: w.open(s.Wants), Steps: len(questions()) + 1}
	return v, w.err
}

func (v listenView) href(rest string) string { return "/screenings/" + v.S.ID.String() + rest }

// stored is the conversation as it is kept, ready to be saved again.
func (v listenView) stored() protection.Listen {
	s := v.S
	return protection.Listen{Screening: s.ID, Version: s.Version, Urgent: s.Urgent, LimitsSaid: s.LimitsSaid, Account: v.Account,
		Heard: s.Heard, NotHeard: s.NotHeard, Profile: s.Profile, Exploited: s.Exploited, Act: s.Act, Purpose: s.Purpose, Wants: v.Wants}
}

// same says whether two savings hold the same, whatever version they saw.
func same(a, b protection.Listen) bool {
	a.Version, b.Version = 0, 0
	return reflect.DeepEqual(normal(a), normal(b))
}

// normal makes what is empty alike.
func normal(l protection.Listen) protection.Listen {
	list := func(s []string) []string { return append([]string{}, s...) }
	l.Urgent, l.Heard, l.Purpose = list(l.Urgent), list(l.Heard), list(l.Purpose)
	if len(l.NotHeard) == 0 {
		l.NotHeard = nil
	}
	return l
}

// onward is the page that follows. Purpose questions are asked only when
// exploitation has not begun (PROCESS.md §3.5).
func (v listenView) onward(l protection.Listen) string {
	switch v.q.key {
	case "limits":
		if v.agreed() {
			return v.href("/account")
		}
		return "/cases/" + v.Case.ID.String() + "/consent?for=" + protection.P1CaseManagement + "&screening=" + v.S.ID.String()
	case "heard":
		if i := slices.Index(dimensions(), v.Part); i+1 < len(dimensions()) {
			return v.href("/heard?part=" + dimensions()[i+1])
		}
	case "situation":
		if l.Exploited != protection.No {
			return v.href("/wants")
		}
	case "wants":
		return v.href("/decide")
	}
	return v.href("/" + questions()[v.Step].key)
}

// back is the page before, of the same conversation.
func (v listenView) back() string {
	if v.q.key == "heard" {
		if i := slices.Index(dimensions(), v.Part); i > 0 {
			return v.href("/heard?part=" + dimensions()[i-1])
		}
	}
	if v.Step < 2 {
		return v.href("")
	}
	before := questions()[v.Step-2].key
	if v.q.key == "wants" && v.S.Exploited != protection.No {
		before = "situation"
	}
	return v.href("/" + before)
}

// agreed says whether she said yes to being followed by this organisation (P1).
func (v listenView) agreed() bool {
	return slices.ContainsFunc(v.Consents, func(k protection.Consent) bool {
		return k.Purpose == protection.P1CaseManagement && k.State == protection.Given
	})
}

// refused says whether her last word on it was no.
func (v listenView) refused() bool {
	i := slices.IndexFunc(v.Consents, func(k protection.Consent) bool { return k.Purpose == protection.P1CaseManagement })
	return i >= 0 && v.Consents[i].State == protection.Refused
}

// earlier are her accounts in the conversations before: nothing is asked twice.
func (v listenView) earlier() []string {
	var all []string
	w := words{grant: v.Grant}
	for _, s := range v.Screenings {
		if text := w.open(s.Account); text != "" && s.ID != v.S.ID {
			all = append(all, v.when(s.Started)+v.T("case.colon")+text)
		}
	}
	return all
}

// urgentNeeds are the needs that come before any conversation [J].
func urgentNeeds() []string {
	return []string{"SAFE.EMERGENCY", "MED.PEP", "MED.INJURIES", "MED.GENERAL", "FOOD", "MH.PFA", "SECURITY.ESCORT", "CHILD.GUARDIAN", "INTERP"}
}

// compared is what is stored on this page, when somebody was faster.
func (v listenView) compared() []string {
	switch v.q.key {
	case "urgent":
		return []string{v.labels(countries.Service, v.S.Urgent)}
	case "account":
		return []string{v.Account}
	case "heard":
		return []string{v.signs(v.S.Heard)}
	case "situation":
		return []string{v.T("screening.exploited") + v.T("case.colon") + v.answer(v.S.Exploited), v.T("screening.act") + v.T("case.colon") + v.answer(v.S.Act)}
	case "purpose":
		return []string{v.labels(countries.PurposeFact, v.S.Purpose)}
	case "wants":
		return []string{v.Wants}
	}
	return nil
}
