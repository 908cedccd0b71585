package prosecution

import (
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Element is one of the three that make trafficking: something is done, in some way,
// for exploitation (Palermo Protocol art. 3(a) [S:SDGMETA]).
type Element string

// The elements. The codes of each are a list of the country's data.
const (
	ActElement     Element = "ACT"     // code list "element_act"
	MeansElement   Element = "MEANS"   // code list "element_means"
	PurposeElement Element = "PURPOSE" // code list "element_purpose"
)

// Elements lists them in the order of the article.
var Elements = [...]Element{ActElement, MeansElement, PurposeElement}

// List is the code list of an element.
func (e Element) List() string {
	switch e {
	case ActElement:
		return "element_act"
	case MeansElement:
		return "element_means"
	case PurposeElement:
		return "element_purpose"
	}
	return ""
}

// Finding is one line of a checklist that somebody ticked: what is alleged, and the acts
// of the file that speak for it. Without an act it is an allegation and nothing more.
type Finding struct {
	Element  Element
	Code     string
	Evidence []ids.Act
}

// Age is what the file knows of the age of whoever was harmed: three answers, and never
// who.
type Age string

// The answers. The zero Age is unknown.
const (
	AgeUnknown Age = ""
	AdultThen  Age = "adult" // 18 or over when it was done
	ChildThen  Age = "child" // under 18 when it was done
)

// Proof is what the checklists come to: which elements stand, which are only alleged,
// which are missing. It says what a jurist may want to look at; it decides nothing.
type Proof struct {
	Age     Age
	Needed  []Element // by the age: a child needs no means [Palermo art. 3(c)]
	Shown   []Element // at least one line with evidence
	Bare    []Element // alleged, and no act of the file speaks for it
	Missing []Element // needed, and nobody alleges it

	// MissingIfAdult is what would be wanting besides if the person turned out to be 18
	// or over: said only while the age is unknown.
	MissingIfAdult []Element
}

// Prove weighs the checklists. While the age is unknown the person is taken for a child
// (PROCESS.md §2.9 1: doubt about age), and what an adult's case would need besides is
// said beside it. A line of an unknown element counts for nothing; evidence that is not
// of the file is no evidence: of says which acts are.
func Prove(findings []Finding, age Age, of func(ids.Act) bool) Proof {
	p := Proof{Age: age, Needed: []Element{ActElement, PurposeElement}}
	if age == AdultThen {
		p.Needed = slices.Clone(Elements[:])
	}
	for _, e := range Elements {
		alleged, shown := false, false
		for _, f := range findings {
			if f.Element != e || f.Code == "" {
				continue
			}
			alleged = true
			shown = shown || slices.ContainsFunc(f.Evidence, of)
		}
		needed := slices.Contains(p.Needed, e)
		switch {
		case shown:
			p.Shown = append(p.Shown, e)
		case alleged:
			p.Bare = append(p.Bare, e)
		case needed:
			p.Missing = append(p.Missing, e)
		case age == AgeUnknown:
			p.MissingIfAdult = append(p.MissingIfAdult, e)
		}
	}
	return p
}

// Alleged says whether every needed element is alleged, with evidence or without.
func (p Proof) Alleged() bool { return len(p.Missing) == 0 && len(p.Needed) > 0 }

// Complete says whether evidence speaks for every needed element (PROCESS.md §4.1
// elements_complete): adult act, means and purpose; child act and purpose.
func (p Proof) Complete() bool {
	return len(p.Needed) > 0 && !slices.ContainsFunc(p.Needed, func(e Element) bool { return !slices.Contains(p.Shown, e) })
}

// Says gives what the checklists come to, as keys of messages, the most important
// first. Every key of it is said in French and English.
func (p Proof) Says() []string {
	var says []string
	switch {
	case len(p.Needed) == 0:
		return nil
	case p.Complete() && p.Age == AdultThen:
		says = append(says, "elements.complete.adult")
	case p.Complete():
		says = append(says, "elements.complete.child")
	}
	for _, e := range p.Missing {
		says = append(says, "elements.missing."+string(e))
	}
	for _, e := range p.Bare {
		says = append(says, "elements.bare."+string(e))
	}
	if p.Age == AgeUnknown {
		says = append(says, "elements.doubt")
	}
	for _, e := range p.MissingIfAdult {
		says = append(says, "elements.adult."+string(e))
	}
	if slices.Contains(p.Shown, MeansElement) || p.Age == ChildThen {
		says = append(says, "elements.consent")
	}
	return says
}

// Offered gives the codes of other offences to think of, in the order of the elements
// that are missing: labour law, smuggling, abduction (PROCESS.md §4.3). They are
// offered; the qualification is the magistrate's. Nothing is missing: nothing is
// offered. by asks the country's table.
func (p Proof) Offered(on date.Day, by func(missing Element, on date.Day) []string) []string {
	var codes []string
	for _, e := range slices.Concat(p.Missing, p.MissingIfAdult) {
		for _, code := range by(e, on) {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}
