package protection

import (
	"bytes"
	"encoding/json"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/paper"
	"inkingi/protection"
)

// copyFormat names the meaning of the fields; a field that changes its meaning
// changes it (docs/guides/copy-of-her-file.md).
const copyFormat = "inkingi.copy.1"

// fileRecord is what a copy of her own file says. The PDF is written from it and from
// nothing else, so that the two say the same; as JSON another service can read it.
// Each line holds its words as they stand on the paper, in the language she chose.
type fileRecord struct {
	Format   string       `json:"format"`
	Language string       `json:"language"`
	Draft    string       `json:"draft,omitempty"` // no translator has read it yet, in words
	Notice   []string     `json:"notice"`
	Code     string       `json:"code"`
	Written  date.Day     `json:"written"`
	Keeper   string       `json:"keeper"`
	Person   personRecord `json:"person"`
	Goals    []goalRecord `json:"goals"`
	fileSummary
	Rights []string `json:"rights"`
}

// fileSummary is what is kept, who received it, and what she answered.
type fileSummary struct {
	Kept       []keptRecord     `json:"kept"`
	Received   []receivedRecord `json:"received"`
	Expected   []expectedRecord `json:"expected"`
	Reflection []reflectRecord  `json:"reflection"` // the time to think that runs: one, or none
	Consents   []consentRecord  `json:"consents"`
}

// personRecord is what she said of herself. Born is a partial date as it was said
// (EDTF level 1: 2004, 2004-05~, 2003/2005); Home is the place in her own words.
type personRecord struct {
	Name     string `json:"name,omitempty"`
	Called   string `json:"called,omitempty"`
	Other    string `json:"other,omitempty"`
	Born     string `json:"born,omitempty"`
	Document string `json:"document,omitempty"`
	Home     string `json:"home,omitempty"`
	Phone    string `json:"phone,omitempty"`
}

type goalRecord struct {
	Words string   `json:"words"`
	Steps []string `json:"steps"`
}

// keptRecord is a kind of what is kept, never a word of it.
type keptRecord struct {
	Kind  string     `json:"kind"` // identity, about, screenings, assessments, guardians, referrals
	Count int        `json:"count,omitempty"`
	Days  []date.Day `json:"days,omitempty"`
	Words string     `json:"words"`
}

type receivedRecord struct {
	Recipient string   `json:"recipient"`
	Need      string   `json:"need"` // code list "service"; what is sealed by the code above it
	Sent      date.Day `json:"sent"`
	State     string   `json:"state"` // where the request stands
	Words     string   `json:"words"`
}

type expectedRecord struct {
	Recipient string    `json:"recipient"`
	At        time.Time `json:"at"`
	Words     string    `json:"words"`
}

type reflectRecord struct {
	From  date.Day `json:"from"`
	Words string   `json:"words"`
}

type consentRecord struct {
	Purpose   string   `json:"purpose"` // code list "consent_purpose"
	Recipient string   `json:"recipient"`
	State     string   `json:"state"` // what she answered
	At        date.Day `json:"at"`
	Words     string   `json:"words"`
}

// record gathers what the copy says, in the language of the scribe.
func (s scribe) record(file protection.FileCopy) (fileRecord, error) {
	w := words{grant: file.Grant}
	p := file.Person
	r := fileRecord{Format: copyFormat, Language: s.P.Lang(), Code: s.Case.Code.String(), Written: s.Today(), Keeper: sentence(s.who(s.Case.Owner)),
		Notice: []string{s.P.T("paper.copy.safe"), s.P.T("paper.summary.safe"), s.P.T("paper.copy.left")}, Rights: paper.Rights(s.P),
		Person: personRecord{Name: w.open(p.Name), Called: w.open(p.Called), Other: w.open(p.Other), Born: w.open(p.Born), Document: w.open(p.Document),
			Home: w.open(p.From), Phone: w.open(p.Contact.Phone)},
		Goals: []goalRecord{}, fileSummary: s.summed()}
	if s.P.Draft() {
		r.Draft = s.P.T("paper.draft")
	}
	for _, g := range file.Plan.Goals {
		one := goalRecord{Words: w.open(g.Words), Steps: []string{}}
		for _, step := range file.Plan.Steps {
			if text := w.open(step.What); step.Goal == g.ID && text != "" {
				one.Steps = append(one.Steps, text)
			}
		}
		r.Goals = append(r.Goals, one)
	}
	return r, w.err
}

// summed gathers what a summary says, without a word of what is kept.
func (s scribe) summed() fileSummary {
	f := fileSummary{Kept: s.kept(), Received: []receivedRecord{}, Expected: []expectedRecord{}, Reflection: []reflectRecord{}, Consents: []consentRecord{}}
	for _, l := range s.Referrals {
		one := receivedRecord{Recipient: s.who(l.To), Need: s.needCode(l.Need), Sent: s.day(l.SentAt), State: string(l.State)}
		one.Words = sentence(s.P.T("paper.got.line", "Who", one.Recipient, "Need", s.need(l.Need), "Day", s.dayOf(l.SentAt), "State", s.P.T("paper.got."+one.State)))
		f.Received = append(f.Received, one)
	}
	for _, l := range s.appointments() {
		who := s.who(l.To)
		f.Expected = append(f.Expected, expectedRecord{Recipient: who, At: l.Arrival.In(s.rooms.Country.Location()), Words: s.P.T("paper.agreed.next", "Who", who, "When", s.P.Time(l.Arrival))})
	}
	if s.Reflection.State.Runs() {
		f.Reflection = append(f.Reflection, reflectRecord{From: s.day(s.Reflection.From), Words: s.P.T("paper.agreed.time", "Day", s.dayOf(s.Reflection.From))})
	}
	for _, k := range s.Consents {
		f.Consents = append(f.Consents, s.answered(k))
	}
	return f
}

func (s scribe) day(t time.Time) date.Day {
	if t.IsZero() {
		return date.Day{}
	}
	return s.rooms.Country.Day(t)
}

// JSON writes the record so that a person can read it too.
func (r fileRecord) JSON() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(r)
	return out.Bytes(), err
}

// paper writes the copy in plain words.
func (r fileRecord) paper(p paper.Words, day string) paper.Paper {
	all := paper.Copy{Summary: r.sums(r.Code, day, r.Keeper)}
	one := r.Person
	for _, f := range [][2]string{{"name", one.Name}, {"called", one.Called}, {"other", one.Other}, {"born", one.Born}, {"document", one.Document}, {"home", one.Home}, {"phone", one.Phone}} {
		all.Facts = append(all.Facts, [2]string{p.T("paper.copy." + f[0]), f[1]})
	}
	for _, g := range r.Goals {
		all.Wishes = append(all.Wishes, g.Words)
		for _, step := range g.Steps {
			all.Wishes = append(all.Wishes, "– "+step)
		}
	}
	return all.Paper(p)
}

// sums is the summary that a paper shows.
func (f fileSummary) sums(code, day, keeper string) paper.Summary {
	s := paper.Summary{Code: code, Day: day, Keeper: keeper}
	for _, one := range f.Kept {
		s.Kept = append(s.Kept, one.Words)
	}
	for _, one := range f.Received {
		s.Got = append(s.Got, one.Words)
	}
	for _, one := range f.Expected {
		s.Agreed = append(s.Agreed, one.Words)
	}
	for _, one := range f.Reflection {
		s.Agreed = append(s.Agreed, one.Words)
	}
	for _, one := range f.Consents {
		s.Agreed = append(s.Agreed, one.Words)
	}
	return s
}
