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

// A telephone is a number: words, and half a number, are none.
func TestATelephoneIsANumber(t *testing.T) {
	r := burundi(t)
	for phone, ok := range map[string]bool{"": true, "  ": true, "79 222 333": true, "+257 79 22 23 33": true, "123456": true, "12345": false, "pas de numéro": false, "abc": false} {
		for name, err := range map[string]error{
			"phone":         EditPerson{Phone: phone}.Check(r, today()),
			"person0_phone": Newcomer{Phone: phone}.check(r, "person0_"),
		} {
			if says(err, name, "fault.phone.short") == ok {
				t.Errorf("%q at %s: %v", phone, name, err)
			}
		}
		raise := Raise{Phone: phone}
		if err := raise.callBack(); (err == nil) != ok {
			t.Errorf("%q of a reporter: %v", phone, err)
		}
		c := Stand{Kind: Trusted, Name: "Keza", Relation: "COMMUNITY", Involved: No, Phone: phone}
		if err := c.Check(r); says(err, "phone", "fault.phone.short") == ok {
			t.Errorf("%q of a guardian: %v", phone, err)
		}
	}
}

// Age, birth and the protection of a child agree, or the page says so.
func TestDoubtsAboutAnAge(t *testing.T) {
	r := burundi(t)
	born := func(text string) date.Date {
		d, err := date.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for name, c := range map[string]struct {
		of   Case
		born date.Date
		want Doubt
	}{
		"nothing known":                 {Case{}, date.Date{}, NoDoubt},
		"15, a child, born 2011":        {Case{Age: declared(15), Child: true}, born("2011"), NoDoubt},
		"14 or 15 by birth, 15 said":    {Case{Age: declared(14), Child: true}, born("2011"), NoDoubt},
		"40 said, treated as a child":   {Case{Age: declared(40), Child: true}, date.Date{}, ChildOfAge},
		"40 said, born 2011":            {Case{Age: declared(40)}, born("2011"), BirthAndAge},
		"no age, born 2011, no child":   {Case{}, born("2011"), AdultOfAge},
		"no age, born 1980, as a child": {Case{Child: true}, born("1980"), ChildByBirth},
		"an adult, born 1986":           {Case{Age: declared(40)}, born("1986"), NoDoubt},
		"no age, treated as a child":    {Case{Child: true}, date.Date{}, NoDoubt},
		"17 or 18, treated as a child":  {Case{Age: date.Age{Years: 17, Basis: date.Declared, Said: today().AddMonths(-6)}, Child: true}, date.Date{}, NoDoubt},
	} {
		if got := r.Doubts(c.of, c.born, noon()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
