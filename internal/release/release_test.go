package release_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/release"
)

func day(y, m, d int) date.Day { return date.Day{Year: y, Month: m, Day: d} }

func about() release.About {
	return release.About{
		Definition: "figure.signals", Version: 1, Counted: "count.signals", Stage: "stage.triaged",
		From: day(2026, 1, 1), Until: day(2026, 3, 31), Frame: "2025",
		Sources: []string{"source.register"}, Computed: day(2026, 4, 2), Persons: release.Repeated,
	}
}

// cells counts signals of three invented provinces by danger.
func cells() release.Cells {
	return release.Cells{
		About: about(),
		Axes: []release.Axis{
			{Key: "place.province", Values: []string{"north", "south", "east"}},
			{Key: "signal.danger", Values: []string{"red", "orange"}},
		},
		Counts: []release.Count{
			{At: []string{"north", "red"}, N: 3}, {At: []string{"north", "orange"}, N: 12},
			{At: []string{"south", "red"}, N: 9}, {At: []string{"south", "orange"}, N: 31},
			{At: []string{"east", "red"}, N: 20}, {At: []string{"east", "orange"}, N: 40},
		},
	}
}

func protect(t *testing.T, c release.Cells, p release.Policy) release.Table {
	t.Helper()
	table, err := release.Protect(c, p)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestSmallCountsAndTheirComplementsAreHidden(t *testing.T) {
	table := protect(t, cells(), release.Policy{})
	for at, want := range map[string]string{
		"north red": "•", "north orange": "•", "north ": "15",
		"south red": "•", "south orange": "•", "south ": "40",
		"east red": "20", "east orange": "40", "east ": "60",
		" red": "32", " orange": "83", " ": "115",
	} {
		if got := table.Figure(strings.Split(at, " ")...).String(); got != want {
			t.Errorf("%q: got %s, want %s", at, got, want)
		}
	}
	if got := table.Hidden(); got != 4 {
		t.Errorf("%d figures hidden, want 4", got)
	}
}

func TestOneFigure(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1: "•", 4: "•", 5: "5"} {
		table := protect(t, release.Cells{About: about(), Counts: []release.Count{{N: n}}}, release.Policy{})
		if got := table.Figure().String(); got != want {
			t.Errorf("%d is printed %s, want %s", n, got, want)
		}
	}
}

func TestLocalPolicyHidesTenAndNobody(t *testing.T) {
	for n, want := range map[int]string{0: "•", 10: "•", 11: "11"} {
		table := protect(t, release.Cells{About: about(), Counts: []release.Count{{N: n}}}, release.Local())
		if got := table.Figure().String(); got != want {
			t.Errorf("%d is printed %s, want %s", n, got, want)
		}
	}
}

func TestZeroValuesShowNothing(t *testing.T) {
	var table release.Table
	if !table.IsZero() || table.Figure().Shown() || table.Figure("north").String() != release.Mark {
		t.Error("the zero table shows something")
	}
	var f release.Figure
	if f.Shown() || f.String() != release.Mark {
		t.Error("the zero figure shows something")
	}
	full := protect(t, cells(), release.Policy{})
	for _, at := range [][]string{{"nowhere", "red"}, {"north"}, {"north", "red", "red"}, nil} {
		if full.Figure(at...).Shown() {
			t.Errorf("a figure is shown at %v, where there is none", at)
		}
	}
}

func TestHiddenFigureHoldsNoCount(t *testing.T) {
	c := cells()
	c.Counts[0].N = 4 // the digit stands nowhere else below
	c.Counts[3].N = 31
	table := protect(t, c, release.Policy{})
	for _, verb := range []string{"%v", "%+v", "%#v", "%d"} {
		if text := fmt.Sprintf(verb, table.Figure("north", "red")); strings.Contains(text, "4") {
			t.Errorf("%s prints the hidden count: %s", verb, text)
		}
	}
	if _, ok := table.Figure("north", "red").Permille(table.Figure()); ok {
		t.Error("a hidden figure has a bar")
	}
	if _, ok := table.Figure("east", "red").Permille(table.Figure("north", "red")); ok {
		t.Error("a hidden figure measures a bar")
	}
	if got, ok := table.Figure("east", "red").Permille(table.Figure("east", release.All)); !ok || got != 333 {
		t.Errorf("bar of 20 against 60: got %d, %v", got, ok)
	}
}

func TestTableCannotBeChanged(t *testing.T) {
	c := cells()
	table := protect(t, c, release.Policy{})
	c.Axes[0].Values[0] = "changed"
	c.About.Sources[0] = "changed"
	table.Axes()[0].Values[0] = "changed"
	table.About().Sources[0] = "changed"
	if got := table.Axes()[0].Values[0]; got != "north" {
		t.Errorf("an axis changed to %s", got)
	}
	if got := table.About().Sources[0]; got != "source.register" {
		t.Errorf("a source changed to %s", got)
	}
}

func TestTextUsesTheReadersNumbers(t *testing.T) {
	table := protect(t, release.Cells{About: about(), Counts: []release.Count{{N: 1234}}}, release.Policy{})
	if got := table.Figure().Text(func(n int) string { return fmt.Sprintf("<%d>", n) }); got != "<1234>" {
		t.Errorf("got %s", got)
	}
}

func TestProtectRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		mend func(*release.Cells, *release.Policy)
		key  string
	}{
		{"a threshold under five", func(_ *release.Cells, p *release.Policy) { p.Threshold = 4 }, "release.policy.low"},
		{"no definition", func(c *release.Cells, _ *release.Policy) { c.About.Definition = "" }, "release.about.incomplete"},
		{"no version", func(c *release.Cells, _ *release.Policy) { c.About.Version = 0 }, "release.about.incomplete"},
		{"nothing that is counted", func(c *release.Cells, _ *release.Policy) { c.About.Counted = "" }, "release.about.incomplete"},
		{"no source", func(c *release.Cells, _ *release.Policy) { c.About.Sources = nil }, "release.about.incomplete"},
		{"no period", func(c *release.Cells, _ *release.Policy) { c.About.From = date.Day{} }, "release.about.incomplete"},
		{"a period that ends before it starts", func(c *release.Cells, _ *release.Policy) { c.About.Until = day(2025, 12, 31) }, "release.about.incomplete"},
		{"no day of computing", func(c *release.Cells, _ *release.Policy) { c.About.Computed = date.Day{} }, "release.about.incomplete"},
		{"persons unsaid", func(c *release.Cells, _ *release.Policy) { c.About.Persons = release.Unsaid }, "release.about.incomplete"},
		{"an axis without a key", func(c *release.Cells, _ *release.Policy) { c.Axes[0].Key = "" }, "release.axes"},
		{"an axis without values", func(c *release.Cells, _ *release.Policy) { c.Axes[0].Values = nil }, "release.axes"},
		{"a value twice", func(c *release.Cells, _ *release.Policy) { c.Axes[0].Values[1] = "north" }, "release.axes"},
		{"a value that means all", func(c *release.Cells, _ *release.Policy) { c.Axes[0].Values[1] = release.All }, "release.axes"},
		{"four axes", func(c *release.Cells, _ *release.Policy) { c.Axes = append(c.Axes, c.Axes...) }, "release.axes"},
		{"a large table", func(c *release.Cells, _ *release.Policy) { c.Axes[0].Values = make([]string, 5000) }, "release.large"},
		{"a negative count", func(c *release.Cells, _ *release.Policy) { c.Counts[0].N = -1 }, "release.count.negative"},
		{"a count twice", func(c *release.Cells, _ *release.Policy) { c.Counts[1].At = c.Counts[0].At }, "release.count.twice"},
		{"a count of an unknown cell", func(c *release.Cells, _ *release.Policy) { c.Counts[0].At = []string{"north", "blue"} }, "release.count.unknown"},
		{"a count of a total", func(c *release.Cells, _ *release.Policy) { c.Counts[0].At = []string{"north", release.All} }, "release.count.unknown"},
		{"a count of too few values", func(c *release.Cells, _ *release.Policy) { c.Counts[0].At = []string{"north"} }, "release.count.unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, p := cells(), release.Policy{}
			in.Axes, in.Counts = slices.Clone(in.Axes), slices.Clone(in.Counts)
			c.mend(&in, &p)
			table, err := release.Protect(in, p)
			if got := fault.Of(err); err == nil || got.Kind != fault.Internal || got.Key != c.key {
				t.Errorf("got %v, want internal %s", err, c.key)
			}
			if !table.IsZero() {
				t.Error("a refused table is not empty")
			}
		})
	}
}
