package protection

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// Every state of a pair × every decision; what is decided is not asked again.
func TestMachineLikeness(t *testing.T) {
	r := burundi(t)
	rows := [][]string{{"likeness", "two people", "one file", "undo"}}
	for _, state := range LikenessStates {
		x, kept, other := pairOfFiles()
		x.State = state
		apart, err1 := x.apart(ids.New[ids.Account](), noon())
		joined, _, _, err2 := x.join(kept, other, r, ids.New[ids.Account](), noon())
		undone, err3 := x, error(notNow())
		if y, k, o, err := pairJoined(t, r); err == nil {
			y.State = state
			undone, _, _, err3 = y.undo(k, o, ids.New[ids.Account](), noon())
		}
		rows = append(rows, []string{string(state), outcome(string(apart.State), err1), outcome(string(joined.State), err2), outcome(string(undone.State), err3)})
	}
	golden(t, "machine_likeness.txt", rows)
}

func pairOfFiles() (Likeness, Case, Case) {
	owner := ids.New[ids.Org]()
	kept := Case{ID: ids.New[ids.Case](), Owner: owner, Person: ids.New[ids.Person](), State: InAssistance, Level: Green, Screener: ids.New[ids.Account](), Manager: ids.New[ids.Account]()}
	other := Case{ID: ids.New[ids.Case](), Owner: owner, Person: ids.New[ids.Person](), State: Presumed, Level: Red, Reasons: []string{"THREATS"}, Child: true, Since: noon().Add(-time.Hour),
		Screener: ids.New[ids.Account](), Manager: ids.New[ids.Account]()}
	return pair(owner, kept.ID, other.ID, Suspected, true, ids.New[ids.Account](), noon()), kept, other
}

func pairJoined(t *testing.T, r *Rules) (Likeness, Case, Case, error) {
	t.Helper()
	x, kept, other := pairOfFiles()
	return x.join(kept, other, r, ids.New[ids.Account](), noon())
}

// One file of two: every state of the one × every state of the other. Only an open
// file goes on, and nothing that has gone on already.
func TestWhichFilesAreJoined(t *testing.T) {
	r := burundi(t)
	rows := [][]string{{"goes on \\ joined"}}
	for _, s := range CaseStates {
		rows[0] = append(rows[0], string(s))
	}
	for _, on := range CaseStates {
		row := []string{string(on)}
		for _, off := range CaseStates {
			x, kept, other := pairOfFiles()
			kept.State, other.State = on, off
			_, _, after, err := x.join(kept, other, r, ids.New[ids.Account](), noon())
			row = append(row, outcome(string(after.State), err))
		}
		rows = append(rows, row)
	}
	golden(t, "machine_join.txt", rows)
}

// The greater danger holds, in doubt she is a child, and who was kept out of one file is
// kept out of both; undoing gives back what stood, and no more.
func TestJoinAndUndo(t *testing.T) {
	r := burundi(t)
	for _, keptLevel := range []Danger{Unjudged, Red, Orange, Green} {
		for _, otherLevel := range []Danger{Unjudged, Red, Orange, Green} {
			for _, child := range []bool{true, false} {
				x, kept, other := pairOfFiles()
				kept.Level, other.Level, other.Child = keptLevel, otherLevel, child
				barred := Conflict{Account: ids.New[ids.Account](), Why: "RELATIVE"}
				other.Conflicts = []Conflict{barred}
				before, was := kept, other
				y, one, gone, err := x.join(kept, other, r, ids.New[ids.Account](), noon())
				if err != nil {
					t.Fatal(err)
				}
				if one.Level.Rank() > before.Level.Rank() || otherLevel != Unjudged && one.Level.Rank() > otherLevel.Rank() {
					t.Errorf("%s and %s are %s", keptLevel, otherLevel, one.Level)
				}
				if one.Child != child || !slices.Contains(one.Conflicts, barred) {
					t.Errorf("child %v, kept out %v", one.Child, one.Conflicts)
				}
				if gone.State != Joined || gone.Joined != one.ID || gone.Manager != one.Manager || gone.Screener != one.Screener || gone.State.Served() || !gone.State.Over() {
					t.Errorf("what stays behind: %+v", gone)
				}
				if y.Until != r.Due("join.undo", noon()) || !y.Until.After(noon().AddDate(0, 0, 7)) {
					t.Errorf("it can be undone until %s", y.Until)
				}
				_, back, again, err := y.undo(one, gone, ids.New[ids.Account](), noon().AddDate(0, 0, 3))
				if err != nil || back.Level != before.Level || back.Child != before.Child || again.State != was.State || again.Manager != was.Manager ||
					again.Since != was.Since || !again.Joined.IsZero() || !slices.Contains(back.Conflicts, barred) {
					t.Errorf("undone: %+v, %+v, %v", back, again, err)
				}
				one.Level = Orange // judged since
				if _, back, _, _ := y.undo(one, gone, ids.New[ids.Account](), noon()); otherLevel == Red && back.Level != Orange {
					t.Errorf("a danger that was judged since became %s", back.Level)
				}
			}
		}
	}
}

func TestWhenFilesAreNotJoined(t *testing.T) {
	r := burundi(t)
	for name, one := range map[string]struct {
		change func(x *Likeness, kept, other *Case)
		want   string
	}{
		"as it should be":                   {func(*Likeness, *Case, *Case) {}, ""},
		"two episodes of one person":        {func(_ *Likeness, k, o *Case) { o.Person = k.Person }, "fault.join.episode"},
		"one went to another organisation":  {func(_ *Likeness, _, o *Case) { o.Owner = ids.New[ids.Org]() }, "fault.join.moved"},
		"both went to another organisation": {func(x *Likeness, _, _ *Case) { x.Owner = ids.New[ids.Org]() }, "fault.join.moved"},
		"a decision waits here":             {func(_ *Likeness, k, _ *Case) { k.Ratification = Waiting }, "fault.join.waiting"},
		"a decision waits there":            {func(_ *Likeness, _, o *Case) { o.Ratification = Waiting }, "fault.join.waiting"},
		"who follows her is kept out there": {func(_ *Likeness, k, o *Case) { o.Conflicts = []Conflict{{Account: k.Manager}} }, "fault.conflict"},
		"who talks with her is kept out":    {func(_ *Likeness, k, o *Case) { o.Conflicts = []Conflict{{Account: k.Screener}} }, "fault.conflict"},
		"another file altogether":           {func(_ *Likeness, k, _ *Case) { k.ID = ids.New[ids.Case]() }, "fault.choice.missing"},
		"the closed one goes on":            {func(_ *Likeness, k, _ *Case) { k.State = Closed }, "fault.join.over"},
		"one that has gone on elsewhere":    {func(_ *Likeness, _, o *Case) { o.State = Joined }, "fault.state.not_now"},
		"an old file joins the open one":    {func(_ *Likeness, _, o *Case) { o.State = Closed }, ""},
	} {
		x, kept, other := pairOfFiles()
		one.change(&x, &kept, &other)
		_, _, _, err := x.join(kept, other, r, ids.New[ids.Account](), noon())
		if got := fault.Of(err).Key; err != nil && got != one.want || (err == nil) != (one.want == "") {
			t.Errorf("%s: %v, want %q", name, err, one.want)
		}
	}
	x, kept, other, err := pairJoined(t, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := x.undo(kept, other, ids.New[ids.Account](), x.Until.Add(time.Second)); fault.Of(err).Key != "fault.join.late" {
		t.Errorf("after the time: %v", err)
	}
	kept.Owner = ids.New[ids.Org]()
	if _, _, _, err := x.undo(kept, other, ids.New[ids.Account](), noon()); fault.Of(err).Key != "fault.join.moved" {
		t.Errorf("one has moved: %v", err)
	}
}

// A pair is the same pair whoever finds it, and from whichever side.
func TestAPairHasOneName(t *testing.T) {
	a, b := ids.New[ids.Case](), ids.New[ids.Case]()
	for _, one := range [][2]ids.Case{{a, b}, {b, a}} {
		x := pair(ids.New[ids.Org](), one[0], one[1], Suspected, false, ids.New[ids.Account](), noon())
		if x.First != a && x.Second != a || x.Other(a) != b || x.Other(b) != a || slices.Compare(x.First.UUID[:], x.Second.UUID[:]) >= 0 {
			t.Errorf("%+v", x)
		}
	}
}

func TestCheckLooks(t *testing.T) {
	one, two := ids.New[ids.Case](), ids.New[ids.Case]()
	for name, test := range map[string]struct {
		said []Looked
		want string
	}{
		"nothing": {nil, ""}, "her": {[]Looked{{one, Her}}, ""}, "one of two": {[]Looked{{one, Her}, {two, NotHer}}, ""},
		"both": {[]Looked{{one, Her}, {two, Her}}, "fault.alike.two"}, "an invented answer": {[]Looked{{one, "PERHAPS"}}, "fault.choice"},
	} {
		if err := checkFirst(test.said); (err == nil) != (test.want == "") || err != nil && !says(err, "alike", test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := checkLooks([]Looked{{one, Her}, {two, Her}}); err != nil { // both go to a supervisor
		t.Error(err)
	}
	if answerTo(nil, one) != NotSure || answerTo([]Looked{{one, NotHer}}, one) != NotHer || answerTo([]Looked{{two, NotHer}}, one) != NotSure {
		t.Error("who does not answer is not sure")
	}
}

// How names are written here, what a slip is, and what is missing. No field is needed:
// one that nobody filled in hides no pair (a known failure elsewhere: duplicates that
// were found by the mother's birth only, and never where it was empty).
func TestCompare(t *testing.T) {
	r := burundi(t)
	full := Features{Names: []string{"Ndayizeye Claudine"}, Year: 2003, Phone: "+257 79 22 23 33", Sex: "F"}
	for name, one := range map[string]struct {
		other  Features
		shown  bool
		expect map[string]Match
	}{
		"herself":                       {full, true, map[string]Match{AlikeName: Same, AlikeBorn: Same, AlikePhone: Same, AlikeSex: Same}},
		"the words the other way round": {Features{Names: []string{"CLAUDINE NDAYIZEYE"}, Year: 2003}, true, map[string]Match{AlikeName: Near, AlikePhone: NotKnown, AlikeSex: NotKnown}},
		"as one hears it":               {Features{Names: []string{"Dayizeye Klaudine"}, Year: 2004}, true, map[string]Match{AlikeBorn: Near}},
		"by what she is called":         {Features{Names: []string{"Mimi", "Claudine Ndayizeye"}}, true, map[string]Match{AlikeName: Near, AlikeBorn: NotKnown}},
		"the name and nothing else":     {Features{Names: full.Names}, true, map[string]Match{AlikeName: Same, AlikeBorn: NotKnown, AlikePhone: NotKnown, AlikePlace: NotKnown, AlikeSex: NotKnown}},
		"the number and nothing else":   {Features{Phone: "79222333"}, true, map[string]Match{AlikeName: NotKnown}},
		"a slip in the number":          {Features{Names: full.Names, Phone: "+257 79 22 23 34"}, true, map[string]Match{AlikePhone: Near}},
		"another person":                {Features{Names: []string{"Hakizimana Odette"}, Year: 1981, Sex: "F"}, false, map[string]Match{AlikeName: Differs, AlikeBorn: Differs}},
		"one word in common":            {Features{Names: []string{"Claudine Irakoze"}, Year: 1985, Sex: "F"}, false, map[string]Match{AlikeBorn: Differs}},
		"nothing at all":                {Features{}, false, map[string]Match{AlikeName: NotKnown}},
	} {
		for side, pair := range [][2]Features{{full, one.other}, {one.other, full}} {
			all, weight, err := r.Compare(t.Context(), pair[0], pair[1])
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(all) != len(AlikeFields) {
				t.Errorf("%s: %+v", name, all)
			}
			if (weight >= threshold) != one.shown {
				t.Errorf("%s, side %d: weight %.1f", name, side, weight)
			}
			for _, f := range all {
				if want := one.expect[f.Field]; want != "" && want != f.How {
					t.Errorf("%s: %s is %s, want %s", name, f.Field, f.How, want)
				}
			}
		}
	}
}

// A neighbouring hill is near, another province is not; a place nobody knows says nothing.
func TestComparePlaces(t *testing.T) {
	r := burundi(t)
	day := today()
	var hills []string
	for _, province := range r.Places.Children(r.Places.Home(), day)[:2] {
		at := province.Code
		for under := r.Places.Children(at, day); len(under) > 0; under = r.Places.Children(at, day) {
			if len(hills) == 0 && len(r.Places.Children(under[0].Code, day)) == 0 && len(under) > 1 {
				hills = append(hills, string(under[1].Code))
			}
			at = under[0].Code
		}
		hills = append(hills, string(at))
	}
	if len(hills) != 3 {
		t.Fatal(hills)
	}
	for _, one := range []struct {
		a, b string
		want Match
	}{{hills[0], hills[0], Same}, {hills[0], hills[1], Near}, {hills[0], hills[2], Differs}, {hills[0], "", NotKnown}} {
		f := Features{Names: []string{"Ndayizeye"}, Where: place.Code(one.a)}
		g := Features{Names: []string{"Ndayizeye"}, Where: place.Code(one.b)}
		all, _, err := r.Compare(t.Context(), f, g)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range all {
			if found.Field == AlikePlace && found.How != one.want {
				t.Errorf("%s and %s: %s, want %s", one.a, one.b, found.How, one.want)
			}
		}
	}
}

// About when she was born, from what she said of her age or of her birth.
func TestYearOf(t *testing.T) {
	if y := yearOf(date.Age{}); y != 0 {
		t.Errorf("no age: %d", y)
	}
	if y := yearOf(date.Age{Years: 20, Basis: date.Declared, Said: today()}); y < 2005 || y > 2006 {
		t.Errorf("twenty in 2026: %d", y)
	}
	p := Person{ID: ids.New[ids.Person](), Born: vault.Clear("199X")}
	if f, err := featuresOf(p, Candidate{}, someGrant(t)); err != nil || f.Year < 1990 || f.Year > 1999 {
		t.Errorf("a decade: %d, %v", f.Year, err)
	}
}

// someGrant opens what was just typed.
func someGrant(t *testing.T) access.Grant {
	t.Helper()
	org := ids.New[ids.Org]()
	return accesstest.Grant(t, accesstest.Somebody(access.Supervisor, org), access.PersonRead, access.Object{Kind: access.PersonKind, ID: ids.New[ids.Person]().UUID,
		Zone: access.Protection, Owner: org}, access.ForProtection)
}
