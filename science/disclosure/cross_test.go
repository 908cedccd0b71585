package disclosure_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

// linked counts a file of counts and joins tables of it.
func linked(t failer, text string, columns []string, views ...string) *disclosure.Linked {
	t.Helper()
	s, err := disclosure.ReadSurvey(strings.NewReader(text), disclosure.SurveyReading{Counts: "n", Reading: disclosure.Reading{Keys: columns, One: true}})
	if err != nil {
		t.Fatalf("%v", err)
	}
	x, err := s.Cross()
	if err != nil {
		t.Fatalf("%v", err)
	}
	var list []disclosure.View
	for _, text := range views {
		v, err := disclosure.ParseView(text, columns)
		if err != nil {
			t.Fatalf("%v", err)
		}
		list = append(list, v)
	}
	l, err := x.Link(list)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return l
}

// count is the count of a cell, by its values.
func count(t failer, l *disclosure.Linked, at ...string) int {
	t.Helper()
	for cell, words := range l.At {
		if slices.Equal(words, at) {
			return l.Table.Counts[cell]
		}
	}
	t.Fatalf("there is no cell %v", at)
	return 0
}

const households = "sex,age,place,n\nf,child,A,4\nf,adult,A,20\nm,child,A,0\nm,adult,A,30\nf,child,B,40\nf,adult,B,1\nm,child,B,50\nm,,B,60\nf,child,A,3\n"

func TestLinkJoinsTables(t *testing.T) {
	columns := []string{"sex", "age", "place"}
	l := linked(t, households, columns, "sex,age", "age,place=B", "place,sex")
	for want, at := range map[int][]string{7 + 40: {"f", "child", "*"}, 60: {"m", "", "*"}, 208: {"*", "*", "*"}, 90: {"*", "child", "B"}, 151: {"*", "*", "B"}, 57: {"*", "*", "A"}, 7: {"f", "child", "A"}} {
		if got := count(t, l, at...); got != want {
			t.Errorf("%v: %d, not %d", at, got, want)
		}
	}
	// 3·4 of sex and age, 3 more of age in B and their total, 2·2 more of place and sex
	// with the one of A (that of B is there already); twelve combinations of all three.
	if l.Shown != 12+4+5 || len(l.At) != l.Shown+12 || len(l.Views[0]) != 12 || len(l.Views[1]) != 4 || len(l.Views[2]) != 9 {
		t.Errorf("%d cells are published, %d are there; %v", l.Shown, len(l.At), l.Views)
	}
	for _, sums := range [][]disclosure.Sum{l.Sums, l.Table.Sums} {
		for _, s := range sums {
			rest := l.Table.Counts[s.Total]
			for _, part := range s.Parts {
				rest -= l.Table.Counts[part]
			}
			if rest != 0 {
				t.Errorf("%v is not the sum of its parts", l.At[s.Total])
			}
		}
	}
	for i, hidden := range l.Table.Unpublished {
		if hidden != (i >= l.Shown) {
			t.Errorf("cell %d", i)
		}
	}
}

func TestLinkRefuses(t *testing.T) {
	s := surveyOf(t, households, disclosure.SurveyReading{Counts: "n", Reading: keys("sex", "age", "place")})
	x, err := s.Cross()
	if err != nil {
		t.Fatal(err)
	}
	for want, views := range map[string][]disclosure.View{
		"no table is named":       nil,
		"which is not counted":    {{Columns: []string{"form"}}},
		"nobody's is":             {{Columns: []string{"sex"}, Only: map[string]string{"place": "C"}}},
		"has the column \"form\"": {{Only: map[string]string{"form": "x"}}},
	} {
		if _, err := x.Link(views); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, not %q", views, err, want)
		}
	}
	for text, want := range map[string]string{"": "without a name", "sex,": "without a name", "sex,sex": "twice", "sex,sex=f": "twice", "sex=f,sex=m": "twice", "=f": "without a name"} {
		if _, err := disclosure.ParseView(text, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %q", text, err, want)
		}
	}
	if v, err := disclosure.ParseView("a=b, c = d ", []string{"a=b"}); err != nil || !slices.Equal(v.Names(), []string{"a=b", "c "}) && !slices.Equal(v.Names(), []string{"a=b", "c"}) {
		t.Errorf("%v %v", v, err)
	}
	if _, err := surveyOf(t, "a,n\n*,1\nx,2\n", disclosure.SurveyReading{Counts: "n", Reading: disclosure.Reading{Keys: []string{"a"}, One: true}}).Cross(); err == nil || !strings.Contains(err.Error(), "stands for all") {
		t.Errorf("a value that stands for all: %v", err)
	}
	var b strings.Builder
	b.WriteString("a,b\n")
	for i := range 60 {
		fmt.Fprintf(&b, "%d,%d\n", i, i)
	}
	if _, err := surveyOf(t, b.String(), disclosure.SurveyReading{Reading: keys("a", "b")}).Cross(); err == nil || !strings.Contains(err.Error(), "more than 2000 combinations") {
		t.Errorf("3,600 combinations: %v", err)
	}
}

// smallTables invents counts of three columns, and tables of them.
func smallTables(r *rapid.T) *disclosure.Linked {
	most := rapid.SampledFrom([]int{3, 12, 60}).Draw(r, "most")
	var b strings.Builder
	b.WriteString("a,b,c,n\n")
	as, cs := rapid.IntRange(2, 3).Draw(r, "a"), rapid.IntRange(2, 3).Draw(r, "c")
	for i := range as {
		for j := range 2 {
			for k := range cs {
				fmt.Fprintf(&b, "a%d,b%d,c%d,%d\n", i, j, k, rapid.IntRange(0, most).Draw(r, "n"))
			}
		}
	}
	views := rapid.SampledFrom([][]string{{"a,b,c"}, {"a,b"}, {"a", "b", "c"}, {"a,b", "a,c"}, {"a,b", "b,c", "a,c"}, {"a,b", "c"}, {"a,b", "a,b=b1", "b,c"}, {"a,c", "a,b=b0"}}).Draw(r, "views")
	return linked(r, b.String(), []string{"a", "b", "c"}, views...)
}

// believer is an attacker who believes each count to lie between two numbers. Who gave up
// before everything was tried contradicts nobody.
func believer(l *disclosure.Linked, low, high []int, cell, by, reach int) bool {
	a := attacker{table: l.Table, nodes: 2000}
	for i, n := range l.Table.Counts {
		a.low, a.high = append(a.low, max(low[i], n-reach)), append(a.high, min(high[i], n+reach))
	}
	to := l.Table.Counts[cell] + by
	if to < a.low[cell] || to > a.high[cell] {
		return false
	}
	a.low[cell], a.high[cell] = to, to
	return a.search() || a.nodes < 0
}

// breadth is how wide the interval of a cell is to such an attacker, up to width.
func breadth(l *disclosure.Linked, low, high []int, cell, width int) int {
	far := func(sign, most int) int {
		for by := most; by > 0; by-- {
			if believer(l, low, high, cell, sign*by, 2*width+5) {
				return by
			}
		}
		return 0
	}
	up := far(+1, width)
	return up + far(-1, width-up)
}

// Whoever tries whole numbers in all tables together finds no small count, be it in a
// table or only between them.
func TestAttackerOfLinkedTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := smallTables(r)
		rule := disclosure.Rule{Threshold: rapid.SampledFrom([]int{3, 5}).Draw(r, "threshold"), HideZeros: rapid.Bool().Draw(r, "zeros")}
		marks, err := l.Suppress(context.Background(), rule, nil)
		if errors.Is(err, disclosure.ErrUnprotected) {
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		var low, high []int
		for i, n := range l.Table.Counts {
			small := n < rule.Threshold && (n > 0 || rule.HideZeros)
			switch {
			case (marks[i] == disclosure.Latent) != (i >= l.Shown) || i < l.Shown && small != (marks[i] == disclosure.Primary):
				r.Fatalf("cell %v with count %d is %v", l.At[i], n, marks[i])
			case marks[i] == disclosure.Shown:
				low, high = append(low, n), append(high, n)
			case marks[i] == disclosure.Latent || rule.HideZeros:
				low, high = append(low, 0), append(high, 1000)
			default:
				low, high = append(low, 1), append(high, 1000)
			}
		}
		every := rapid.IntRange(2, 4).Draw(r, "every")
		for i, n := range l.Table.Counts {
			if small := n < rule.Threshold && (n > 0 || rule.HideZeros); !small || i%every != 0 {
				continue
			}
			if got := breadth(l, low, high, i, rule.Threshold); got < rule.Threshold {
				r.Fatalf("%v: %d can be told to within %d: %v", l.At[i], n, got, marks)
			}
		}
	})
}

// Two tables of which each is safe alone, and whose difference is one person: the girls of
// the country but for those in A are one.
func TestNoDifferenceOfTwoTablesTells(t *testing.T) {
	text := "sex,place,n\nf,A,40\nf,B,1\nm,A,30\nm,B,60\n"
	l := linked(t, text, []string{"sex", "place"}, "sex", "sex,place=A")
	marks, err := l.Suppress(t.Context(), disclosure.Rule{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	shown := func(at ...string) bool {
		for i, words := range l.At {
			if slices.Equal(words, at) {
				return marks[i] == disclosure.Shown
			}
		}
		t.Fatalf("no cell %v", at)
		return false
	}
	if shown("f", "*") && shown("f", "A") {
		t.Error("41 women, 40 of them in A: one is elsewhere")
	}
	if !shown("m", "*") && !shown("m", "A") && !shown("*", "*") {
		t.Error("everything is hidden")
	}
	for _, views := range [][]string{{"sex"}, {"sex,place=A"}} {
		l := linked(t, text, []string{"sex", "place"}, views...)
		marks, err := l.Suppress(t.Context(), disclosure.Rule{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range l.Shown {
			if marks[i] != disclosure.Shown {
				t.Errorf("%v alone: %v is hidden", views, l.At[i])
			}
		}
	}
}

// Whatever is read, tables come out that are protected, or an error.
func FuzzTables(f *testing.F) {
	f.Add("a,b,n\nx,1,4\ny,2,30\nx,2,1\ny,1,7\n", "a,b", "a")
	f.Add("\ufeffa;b;n\nx;1;4\n\xe9;;0\n;2;9\n", "a,b=1", "b")
	f.Add("a,b,n\nx,1,-4\ny,2,3.5\n", "a=b", "a,a")
	f.Add("a,b,n\nx,1,2000000000\ny,2,2000000000\nx,2,1\n", "a,b", "b,a")
	f.Fuzz(func(t *testing.T, text, one, two string) {
		columns := []string{"a", "b"}
		s, err := disclosure.ReadSurvey(strings.NewReader(text), disclosure.SurveyReading{Counts: "n", Reading: disclosure.Reading{Keys: columns}})
		if err != nil {
			return
		}
		x, err := s.Cross()
		if err != nil || len(x.Counts) > 60 {
			return
		}
		v, errOne := disclosure.ParseView(one, columns)
		w, errTwo := disclosure.ParseView(two, columns)
		if errOne != nil || errTwo != nil {
			return
		}
		l, err := x.Link([]disclosure.View{v, w})
		if err != nil {
			return
		}
		marks, err := l.Suppress(t.Context(), disclosure.Rule{}, nil)
		for i := range l.Shown {
			if n := l.Table.Counts[i]; err == nil && marks[i] == disclosure.Shown && n > 0 && n < 5 {
				t.Fatalf("%v with %d is shown", l.At[i], n)
			}
		}
		c, err := l.Round(t.Context(), disclosure.Rounding{Base: 5, Threshold: 5, Secret: secretOf(1)})
		for i := range l.Shown {
			if err == nil && (c.Counts[i]%5 != 0 || c.Counts[i] < 0) {
				t.Fatalf("%v became %d", l.At[i], c.Counts[i])
			}
		}
	})
}
