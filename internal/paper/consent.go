package paper

// Consent is one answer as it was recorded: one purpose × recipient × scope.
// All are words of the language the form is written in.
type Consent struct {
	Code        string
	Purpose     string
	Recipient   string   // "" inside the organisation
	Scope       []string // what may be passed on
	Answer      string   // what was answered
	Language    string   // in which it was explained
	Interpreter string
	Day         string
	Until       string // "" until it is taken back
	Explained   string // who explained it
	Guardian    bool   // somebody else answers for a child: a second signature
	Child       bool   // the child's own mark
}

// Paper writes the form that is signed. It stays in the file: nobody needs to
// carry it.
func (c Consent) Paper(w Words) Paper {
	p := begin(w, Sheet, w.T("paper.consent.title"))
	p.Code = c.Code
	p.add(Part{Kind: Note, Text: w.T("paper.consent.stays")},
		Part{Kind: Code, Name: w.T("paper.code"), Text: c.Code},
		Part{Kind: Text, Text: w.T("paper.consent.heard")})
	to, until := c.Recipient, c.Until
	if to == "" {
		to = w.T("paper.consent.inside")
	}
	if until == "" {
		until = w.T("paper.consent.open")
	}
	p.fact(w.T("paper.consent.purpose"), c.Purpose)
	p.fact(w.T("paper.consent.recipient"), to)
	if len(c.Scope) > 0 {
		p.add(Part{Kind: List, Name: w.T("paper.consent.scope"), Items: c.Scope})
	}
	p.fact(w.T("paper.consent.answer"), c.Answer)
	p.fact(w.T("paper.consent.until"), until)
	p.fact(w.T("paper.consent.language"), c.Language)
	p.fact(w.T("paper.consent.interpreter"), c.Interpreter)
	p.fact(w.T("paper.consent.day"), c.Day)
	p.fact(w.T("paper.consent.explained"), c.Explained)
	p.add(Part{Kind: Heading, Text: w.T("paper.limits.title")},
		Part{Kind: List, Items: []string{w.T("paper.limits.few"), w.T("paper.limits.choice"), w.T("paper.limits.life"), w.T("paper.limits.back")}},
		Part{Kind: Line, Name: w.T("paper.limits.law")})
	p.add(c.signatures(w)...)
	return p
}

// signatures are the places to sign, for who can write and for who cannot.
func (c Consent) signatures(w Words) []Part {
	var who []string
	if c.Child {
		who = append(who, w.T("paper.sign.child"))
	}
	if c.Guardian {
		who = append(who, w.T("paper.sign.guardian"))
	}
	if len(who) == 0 {
		who = append(who, w.T("paper.sign.own"))
	}
	return []Part{{Kind: Heading, Text: w.T("paper.sign.title")}, {Kind: Box, Items: who},
		{Kind: Line, Name: w.T("paper.sign.witness")}, {Kind: Line, Name: w.T("paper.sign.worker")}}
}
