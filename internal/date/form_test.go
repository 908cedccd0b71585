package date_test

import (
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

func TestThreeFieldsBlankFromTheRight(t *testing.T) {
	for _, c := range []struct {
		typed date.Typed
		want  string
	}{
		{date.Typed{"25", "11", "2026"}, "2026-11-25"},
		{date.Typed{" 5 ", "02", "2024\t"}, "2024-02-05"},
		{date.Typed{"", "11", "2026"}, "2026-11"},
		{date.Typed{"", "", "2026"}, "2026"},
		{date.Typed{"  ", "", ""}, ""},
		{date.Typed{"29", "2", "2024"}, "2024-02-29"},
	} {
		if got, err := c.typed.Date("born"); err != nil || got.String() != c.want {
			t.Errorf("%q: %s %v", c.typed, got, err)
		}
	}
}

func TestFaultsStandAtTheFieldToMend(t *testing.T) {
	for _, c := range []struct {
		typed      date.Typed
		field, key string
	}{
		{date.Typed{"25", "11", ""}, "born-year", "date.year.missing"},
		{date.Typed{"25", "11", "26"}, "born-year", "date.year.digits"},
		{date.Typed{"25", "11", "02026"}, "born-year", "date.year.digits"},
		{date.Typed{"25", "11", "-202"}, "born-year", "date.year.digits"},
		{date.Typed{"25", "11", "0000"}, "born-year", "date.year.digits"},
		{date.Typed{"25", "", "2026"}, "born-month", "date.month.missing"},
		{date.Typed{"25", "13", "2026"}, "born-month", "date.month.range"},
		{date.Typed{"25", "0", "2026"}, "born-month", "date.month.range"},
		{date.Typed{"25", "nov.", "2026"}, "born-month", "date.month.range"},
		{date.Typed{"32", "11", "2026"}, "born-day", "date.day.range"},
		{date.Typed{"2\u200b5", "11", "2026"}, "born-day", "date.day.range"},
		{date.Typed{"٢٥", "11", "2026"}, "born-day", "date.day.range"},
		{date.Typed{"31", "11", "2026"}, "born-day", "date.day.impossible"},
		{date.Typed{"29", "2", "2026"}, "born-day", "date.day.impossible"},
	} {
		got, err := c.typed.Date("born")
		if f := fault.Of(err); f.Kind != fault.Invalid || f.Field != c.field || f.Key != c.key || !got.IsZero() {
			t.Errorf("%q: %v, want %s at %s", c.typed, err, c.key, c.field)
		}
	}
	_, err := (date.Typed{"29", "2", "2026"}).Date("born")
	if last := fault.Of(err).Args["Last"]; last != 28 {
		t.Errorf("the last day of February 2026 is said to be %v", last)
	}
}

func TestAWholeDayIsAsked(t *testing.T) {
	if d, err := (date.Typed{"25", "11", "2026"}).Whole("seen"); err != nil || d != day(t, "2026-11-25") {
		t.Errorf("%v %v", d, err)
	}
	for _, c := range []struct {
		typed      date.Typed
		field, key string
	}{
		{date.Typed{}, "seen-day", "date.missing"},
		{date.Typed{"", "11", "2026"}, "seen-day", "date.day.missing"},
		{date.Typed{"", "", "2026"}, "seen-month", "date.month.missing"},
		{date.Typed{"31", "9", "2026"}, "seen-day", "date.day.impossible"},
	} {
		_, err := c.typed.Whole("seen")
		if f := fault.Of(err); f.Field != c.field || f.Key != c.key {
			t.Errorf("%q: %v", c.typed, err)
		}
	}
}

func TestTheFormShowsWhatWasSaid(t *testing.T) {
	for said, want := range map[string]date.Typed{
		"2026-11-05": {"5", "11", "2026"}, "2026-11": {"", "11", "2026"}, "2026~": {"", "", "2026"},
		"201X": {}, "": {},
	} {
		if got := date.TypedOf(partial(t, said)); got != want {
			t.Errorf("%s: %q", said, got)
		}
	}
}

func TestNotAfterToday(t *testing.T) {
	today := day(t, "2026-11-25")
	for said, ok := range map[string]bool{
		"2026-11-25": true, "2026-11": true, "2026": true, "": true, "2026-11-26": false, "2027": false, "2026-12": false,
	} {
		err := date.NotAfter("seen", partial(t, said), today)
		if (err == nil) != ok || !ok && (fault.Of(err).Field != "seen-year" || fault.Of(err).Key != "date.future") {
			t.Errorf("%s: %v", said, err)
		}
	}
}
