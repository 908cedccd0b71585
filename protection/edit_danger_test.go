package protection

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/ids"
)

// "Within 72 hours" and a moment of last month are not kept together.
func TestRapeWithin72HoursIsWithin72Hours(t *testing.T) {
	r := burundi(t)
	good := Triage{Signal: ids.New[ids.Signal](), Level: Red, Reasons: []string{rape72}, Checked: true, Outcome: NothingMore}
	for name, c := range map[string]struct {
		hours   int
		reasons []string
		want    string
	}{
		"an hour ago":                   {1, []string{rape72}, "ok"},
		"71 hours ago":                  {71, []string{rape72}, "ok"},
		"72 hours ago":                  {72, []string{rape72}, "health: fault.triage.window"},
		"26 days ago":                   {26 * 24, []string{rape72}, "health: fault.triage.window"},
		"26 days ago, another reason":   {26 * 24, []string{"SUICIDAL"}, "ok"},
		"in an hour, another reason":    {-1, []string{"SUICIDAL"}, "health: fault.date.future"},
		"within 72 hours, no hour said": {0, []string{rape72}, "ok"},
	} {
		x := good
		if x.Reasons = c.reasons; c.hours != 0 {
			x.HealthFrom = noon().Add(-time.Duration(c.hours) * time.Hour)
		}
		if got := refusal(x.Check(r, noon())); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What triage said can be corrected, and what was said before stays in the
// course of the case.
func TestEditDanger(t *testing.T) {
	r := burundi(t)
	before := Case{State: InScreening, Level: Red, Reasons: []string{rape72, "SUICIDAL"}, HealthFrom: noon().Add(-26 * 24 * time.Hour), Opened: noon().Add(-time.Hour)}
	good := EditDanger{Level: Orange, Reasons: []string{"SUICIDAL", "TRAFFICKER_NEAR"}, HealthFrom: noon().Add(-5 * 24 * time.Hour)}
	if err := good.Check(r, before, noon()); err != nil {
		t.Fatal(err)
	}
	after, err := before.endanger(good)
	if err != nil || after.Level != Orange || !after.HealthFrom.Equal(good.HealthFrom) {
		t.Errorf("after: %+v %v", after, err)
	}
	want := [][2]string{{"danger_changed", "RED"}, {"reason_dropped", rape72}, {"reason_added", "TRAFFICKER_NEAR"}, {"assault_changed", "2026-10-30T12:00:00Z"}}
	if got := dangerChanged(before, after); !slices.Equal(got, want) {
		t.Errorf("the course of the case: %v", got)
	}
	if got := dangerChanged(before, before); len(got) != 0 {
		t.Errorf("nothing changed: %v", got)
	}
	for name, c := range map[string]struct {
		change func(*EditDanger)
		want   string
	}{
		"no level":                 {func(c *EditDanger) { c.Level = "" }, "level: fault.choice.missing"},
		"RED without a reason":     {func(c *EditDanger) { c.Level, c.Reasons = Red, nil }, "reasons: fault.triage.red_reason"},
		"tomorrow":                 {func(c *EditDanger) { c.HealthFrom = noon().Add(24 * time.Hour) }, "health: fault.date.future"},
		"the contradiction stays":  {func(c *EditDanger) { c.Reasons, c.HealthFrom = []string{rape72}, before.HealthFrom }, "health: fault.triage.window"},
		"it was within the window": {func(c *EditDanger) { c.Reasons, c.HealthFrom = []string{rape72}, noon().Add(-70*time.Hour) }, "ok"},
	} {
		x := good
		c.change(&x)
		if got := refusal(x.Check(r, before, noon())); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, state := range []CaseState{NotTIP, Declined} {
		if _, err := (Case{State: state}).endanger(good); !says(err, "", "fault.state.not_now") {
			t.Errorf("%s: %v", state, err)
		}
	}
}
