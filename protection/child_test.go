package protection

import (
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// What was reported goes into the case: the one person of a report about
// children is a child, unless a document says that she is not.
func TestTheChildOfAReportIsAChildInTheCase(t *testing.T) {
	r := burundi(t)
	aged := func(years int, b date.Basis) Newcomer {
		return Newcomer{Adult: Yes, Age: date.Age{Years: years, Basis: b, Said: today()}}
	}
	for name, c := range map[string]struct {
		children Answer
		people   int
		n        Newcomer
		want     bool
	}{
		"one, nothing said":           {Yes, 1, Newcomer{}, true},
		"one, no without a document":  {Yes, 1, Newcomer{Adult: Yes}, true},
		"one, 24 by her own word":     {Yes, 1, aged(24, date.Declared), true},
		"one, 24 as somebody guessed": {Yes, 1, aged(24, date.Assessed), true},
		"one, 24 on a document":       {Yes, 1, aged(24, date.Documented), false},
		"one, 16 on a document":       {Yes, 1, aged(16, date.Documented), true},
		"several":                     {Yes, 2, Newcomer{}, false},
		"no child reported":           {No, 1, Newcomer{}, false},
		"nobody knows":                {Unknown, 1, Newcomer{}, false},
		"said at triage":              {No, 1, Newcomer{Child: true}, true},
	} {
		s := Signal{ID: ids.New[ids.Signal](), Children: c.children}
		n := s.children(c.n, c.people, r, noon())
		one := Case{Child: n.Child, Adult: n.Adult, Age: n.Age}.recount(r, noon())
		if one.Child != c.want {
			t.Errorf("%s: a child is %v", name, one.Child)
		}
		if one.Child && one.Adult != NotAsked {
			t.Errorf("%s: a child and an adult", name)
		}
	}
}
