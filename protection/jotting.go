package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Jotting is a quick note on a case, in whatever mix of languages it came: the
// words stay as they were written, and what is put in order later stands beside
// them, so that nobody types them again.
type Jotting struct {
	ID      ids.Jotting
	Version int
	Case    ids.Case
	Owner   ids.Org
	By      ids.Account
	At      time.Time

	Words   vault.Text
	Safe    Answer // is she safe now?
	Next    string // code list "jotting_next"
	Consent Answer // does she agree that her words are kept?

	// Put in order later.
	Topics   []string // code list "jotting_topic"
	To       string   // whom she told it, code list "told_to"; "" when it is nothing she told
	On       date.Day // when she told them; zero is unknown
	SortedBy ids.Account
	SortedAt time.Time
}

// Sorted says whether somebody has put the note in order.
func (j Jotting) Sorted() bool { return !j.SortedAt.IsZero() }

// Elsewhere says whether the note is about an interview that somebody else held.
func (j Jotting) Elsewhere() bool { return j.To != "" && j.To != toldUs }

// toldUs is the code of "told_to" for the organisation that holds the case.
const toldUs = "US"

// Told is one time that she told what happened to her: whom, when and about
// what, so that nobody asks it again (PROCESS.md §2.12 "told before").
type Told struct {
	At        time.Time // zero when only a day, or nothing, is known
	Day       date.Day
	To        string        // code list "told_to"
	By        ids.Account   // who heard her, when it was us
	Topics    []string      // code list "jotting_topic"
	Screening ids.Screening // of a conversation of ours
	Jotting   ids.Jotting   // of a note
}

// Told lists what she told so far, the newest first.
func (v CaseView) Told() []Told {
	var all []Told
	for _, s := range v.Screenings {
		all = append(all, Told{At: s.Started, To: toldUs, By: s.By, Screening: s.ID})
	}
	for _, j := range v.Jottings {
		if j.To == "" {
			continue
		}
		t := Told{Day: j.On, To: j.To, Topics: j.Topics, Jotting: j.ID}
		if !j.Elsewhere() {
			t.At, t.By = j.At, j.By
		}
		all = append(all, t)
	}
	return all
}

// Interviews counts how often she was heard, by us or by others [S: TIP
// questionnaire Q45, PROCESS.md §2.12]. A note about what she said by the way is
// no interview.
func (v CaseView) Interviews() int { return interviews(v.Screenings, v.Jottings, ids.Screening{}) }

// interviews leaves out the one that is being asked for again.
func interviews(talks []Screening, notes []Jotting, but ids.Screening) int {
	n := 0
	for _, s := range talks {
		if s.ID != but {
			n++
		}
	}
	for _, j := range notes {
		if j.Elsewhere() {
			n++
		}
	}
	return n
}

// HeardOften says whether the next interview needs a reason (PROCESS.md §2.12:
// warning at three).
func (r *Rules) HeardOften(before int) bool { return r.Interviews > 0 && before+1 >= r.Interviews }

// sort puts a note in order; its words stay as they are.
func (j Jotting) sort(c Sort, by ids.Account, at time.Time) Jotting {
	j.Topics, j.To, j.On, j.SortedBy, j.SortedAt = slices.Clone(c.Topics), c.To, c.On, by, at
	return j
}
