package protection

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestDimensionRule walks all 48 cases of the rule [S:ILO-T].
func TestDimensionRule(t *testing.T) {
	text, err := os.ReadFile("testdata/ilo_rule_tests.json")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Cases []struct {
			Strong, Medium, Weak int
			Positive             bool
		}
	}
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	positive := 0
	for _, c := range table.Cases {
		if got := Positive(c.Strong, c.Medium, c.Weak); got != c.Positive {
			t.Errorf("%d strong, %d medium, %d weak: %v, want %v", c.Strong, c.Medium, c.Weak, got, c.Positive)
		}
		if c.Positive {
			positive++
		}
	}
	if len(table.Cases) != 48 || positive != 38 {
		t.Errorf("%d cases, %d positive; want 48 and 38", len(table.Cases), positive)
	}
}

// One more indicator never turns a dimension negative.
func TestOneMoreIndicatorNeverTurnsNegative(t *testing.T) {
	r := burundi(t)
	var codes []string
	for _, i := range r.Indicators {
		codes = append(codes, i.Code)
	}
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SliceOfDistinct(rapid.SampledFrom(codes), rapid.ID[string]).Draw(t, "heard")
		more := append(slices.Clone(few), rapid.SampledFrom(codes).Draw(t, "one more"))
		child := rapid.Bool().Draw(t, "child")
		after := r.Dimensions(more, Labour, child)
		for _, d := range r.Dimensions(few, Labour, child) {
			if !slices.Contains(after, d) {
				t.Fatalf("%s was positive and is not any more", d)
			}
		}
		s := Screening{Heard: few, Profile: Labour, Exploited: Yes, Act: Yes}
		fuller := s
		fuller.Heard = more
		if r.Suggest(s, child).Presume && !r.Suggest(fuller, child).Presume {
			t.Fatal("hearing more took the suggestion back")
		}
	})
}

// The sheets have the sizes that an independent summary gives [S:SEAFISH].
func TestIndicatorSheets(t *testing.T) {
	r := burundi(t)
	adult, child := map[string]int{}, map[string]int{}
	for _, i := range r.Indicators {
		if i.Weights["adult_labour"] != NoWeight {
			adult[i.Dimension]++
		}
		if w := i.Weights["child_labour"]; w != NoWeight {
			child["all"]++
			if w == Weak {
				t.Errorf("%s is weak for children; that sheet has none", i.Code)
			}
		}
	}
	for d, n := range map[string]int{"D1": 10, "D2": 10, "D3": 16, "D4": 9, "D5": 15, "D6": 7} {
		if adult[d] != n {
			t.Errorf("%s has %d indicators, want %d", d, adult[d], n)
		}
	}
	if child["all"] != 65 {
		t.Errorf("%d indicators for children, want 65", child["all"])
	}
}

// hearing gives every indicator of some dimensions: they are positive.
func hearing(r *Rules, dimensions ...string) []string {
	var heard []string
	for _, i := range r.Indicators {
		if slices.Contains(dimensions, i.Dimension) {
			heard = append(heard, i.Code)
		}
	}
	return heard
}

// Every row of PROCESS.md §3.4 and §3.5, and the edges between them.
func TestPatterns(t *testing.T) {
	r := burundi(t)
	one := []string{"DOCUMENTS_HELD"}
	for name, c := range map[string]struct {
		heard     []string
		exploited Answer
		act       Answer
		purpose   []string
		child     bool
		pattern   Pattern
		presume   bool
	}{
		"nothing heard": {nil, Yes, Yes, nil, false, NoPattern, false},
		"recruitment and coercion, no exploitation": {[]string{"D1", "D2", "D5"}, Unknown, Yes, nil, false, NoPattern, false},
		"exploitation only":                         {[]string{"D4"}, Yes, Unknown, nil, false, ExploitationOnly, false},
		"exploitation, dependent there":             {[]string{"D4", "D6"}, Yes, Unknown, nil, false, ExploitationOnly, false},
		"deception and exploitation":                {[]string{"D1", "D4"}, Yes, Yes, nil, false, DeceptionExploitation, false},
		"forced labour":                             {[]string{"D4", "D5"}, Yes, Unknown, nil, false, ForcedLabour, true},
		"deceived, exploited, coerced":              {[]string{"D1", "D4", "D5"}, Yes, Yes, nil, false, Trafficking, true},
		"coerced, exploited, coerced":               {[]string{"D2", "D4", "D5"}, Yes, Yes, nil, false, Trafficking, true},
		"vulnerability substitutes":                 {[]string{"D3", "D4", "D5"}, Yes, Yes, nil, false, Trafficking, true},
		"vulnerable there, too":                     {[]string{"D1", "D4", "D6"}, Yes, Yes, nil, false, Trafficking, true},
		"everything":                                {[]string{"D1", "D2", "D3", "D4", "D5", "D6"}, Yes, Yes, nil, false, Trafficking, true},
		"child: act and exploitation suffice":       {[]string{"D4"}, Yes, Yes, nil, true, ChildTrafficking, true},
		"child recruited and exploited":             {[]string{"D3", "D4"}, Yes, Unknown, nil, true, ChildTrafficking, true},
		"child exploited, no act known":             {[]string{"D4"}, Yes, Unknown, nil, true, ExploitationOnly, false},
		"child coerced, no act known":               {[]string{"D4", "D5"}, Yes, Unknown, nil, true, ForcedLabour, true},
		"stopped before: deceived and a purpose":    {[]string{"D1"}, No, Unknown, one, false, Intercepted, true},
		"stopped before: coerced and a purpose":     {[]string{"D2"}, No, Unknown, one, false, Intercepted, true},
		"stopped before: vulnerable and a purpose":  {[]string{"D3"}, No, Unknown, one, false, Intercepted, true},
		"stopped before: no purpose known":          {[]string{"D1", "D2", "D3"}, No, Yes, nil, false, NoPattern, false},
		"stopped before: purpose, not recruited":    {nil, No, Yes, one, false, NoPattern, false},
		"child stopped before: act and a purpose":   {nil, No, Yes, one, true, Intercepted, true},
		"child stopped before: act alone":           {nil, No, Yes, nil, true, NoPattern, false},
		"child stopped before: purpose, no act":     {nil, No, Unknown, one, true, NoPattern, false},
	} {
		s := Screening{Heard: hearing(r, c.heard...), Profile: Labour, Exploited: c.exploited, Act: c.act, Purpose: c.purpose}
		got := r.Suggest(s, c.child)
		if got.Pattern != c.pattern || got.Presume != c.presume || got.Silent {
			t.Errorf("%s: %s (presume %v), want %s (%v)", name, got.Pattern, got.Presume, c.pattern, c.presume)
		}
		if !slices.Equal(got.Dimensions, c.heard) {
			t.Errorf("%s: positive are %v, want %v", name, got.Dimensions, c.heard)
		}
	}
}

// Every pattern and verdict can be said on screen.
func TestPatternsHaveWords(t *testing.T) {
	r := burundi(t)
	for _, p := range []Pattern{NoPattern, ExploitationOnly, DeceptionExploitation, ForcedLabour, Trafficking, ChildTrafficking, Intercepted} {
		if !slices.Contains(r.list("pattern"), string(p)) {
			t.Errorf("no words for %s", p)
		}
	}
	for _, v := range []Verdict{Presume, NotIndicated, Insufficient} {
		if !slices.Contains(r.list("screening_decision"), string(v)) {
			t.Errorf("no words for %s", v)
		}
	}
	for _, s := range Statuses {
		if !slices.Contains(r.list("identification_status"), string(s)) {
			t.Errorf("no words for %s", s)
		}
	}
}

// The sexual profile stays silent until its weights are sourced (PROCESS.md §3.1).
func TestSexualProfileIsSilent(t *testing.T) {
	r := burundi(t)
	all := hearing(r, "D1", "D2", "D3", "D4", "D5", "D6")
	for _, child := range []bool{false, true} {
		for _, heard := range [][]string{nil, all} {
			s := r.Suggest(Screening{Heard: heard, Profile: Sexual, Exploited: Yes, Act: Yes}, child)
			if !s.Silent || s.Presume || s.Pattern != "" || s.Dimensions != nil {
				t.Errorf("child %v, %d heard: %+v", child, len(heard), s)
			}
		}
		if s := r.Suggest(Screening{Heard: all, Profile: Labour, Exploited: Yes, Act: Yes}, child); s.Silent {
			t.Error("the labour profile is silent")
		}
	}
}

// Two suggestions that read differently carry different marks.
func TestEverySuggestionHasItsMark(t *testing.T) {
	marks := map[string]Suggestion{}
	for _, s := range []Suggestion{{Silent: true}, {Pattern: NoPattern}, {Pattern: Trafficking, Dimensions: []string{"D1", "D4", "D5"}},
		{Pattern: ChildTrafficking, Dimensions: []string{"D1", "D4", "D5"}}, {Pattern: Trafficking, Dimensions: []string{"D1", "D4"}}} {
		if other, twice := marks[s.Mark()]; twice || s.Mark() == "" {
			t.Errorf("%+v and %+v carry %q", s, other, s.Mark())
		}
		marks[s.Mark()] = s
	}
}
