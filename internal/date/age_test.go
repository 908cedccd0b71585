package date_test

import (
	"fmt"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

func years(n int, said date.Day) date.Age {
	return date.Age{Years: n, Basis: date.Declared, Said: said}
}

func TestAnAgeGrowsWithTheDays(t *testing.T) {
	a := years(15, day(t, "2025-05-10"))
	for _, c := range []struct {
		on        string
		low, high int
	}{
		{"2025-05-10", 15, 15}, {"2025-05-11", 15, 16}, {"2026-05-09", 15, 16}, {"2026-05-10", 16, 16},
		{"2026-11-25", 16, 17}, {"2028-05-10", 18, 18}, {"2028-05-09", 17, 18},
		{"2024-05-10", 14, 14}, {"2024-05-09", 13, 14}, {"2005-01-01", 0, 0},
	} {
		if low, high := a.At(day(t, c.on)); low != c.low || high != c.high {
			t.Errorf("15 on 10 May 2025 is %d to %d on %s, want %d to %d", low, high, c.on, c.low, c.high)
		}
	}
}

func TestInfantsAreCountedInMonths(t *testing.T) {
	a := date.Age{Months: 4, Basis: date.Declared, Said: day(t, "2026-11-30")}
	if low, high := a.MonthsAt(a.Said); low != 4 || high != 4 {
		t.Errorf("%d to %d months", low, high)
	}
	if low, high := a.MonthsAt(day(t, "2027-01-15")); low != 5 || high != 6 {
		t.Errorf("six weeks later: %d to %d months", low, high)
	}
	if low, high := a.At(day(t, "2028-08-01")); low != 2 || high != 2 {
		t.Errorf("two years: %d to %d", low, high)
	}
	newborn := date.Age{Basis: date.Documented, Said: day(t, "2026-11-30")}
	if newborn.IsZero() || newborn.Check() != nil {
		t.Error("a newborn is taken for an age not known")
	}
	if first, last := newborn.Born(); first != day(t, "2026-10-31") || last != newborn.Said {
		t.Errorf("a newborn was born from %v to %v", first, last)
	}
	if first, last := (date.Age{Years: 1, Months: 6, Basis: date.Declared, Said: day(t, "2026-11-30")}).Born(); first != day(t, "2025-05-01") || last != day(t, "2025-05-30") {
		t.Errorf("one and a half: born from %v to %v", first, last)
	}
}

// Every possible birth day is tried against the rule, around leap days and ends
// of months: Born must hold exactly those that make the age.
func TestBornIsExact(t *testing.T) {
	for _, said := range []string{"2024-02-29", "2025-02-28", "2025-03-01", "2026-03-31", "2026-11-30", "2026-01-01", "2028-02-29"} {
		s := day(t, said)
		for _, a := range []date.Age{years(1, s), years(2, s), years(4, s), {Months: 0, Basis: date.Declared, Said: s},
			{Months: 1, Basis: date.Declared, Said: s}, {Months: 11, Basis: date.Declared, Said: s}, {Years: 2, Months: 6, Basis: date.Declared, Said: s}} {
			first, last := a.Born()
			for born := s.AddYears(-8); !born.After(s); born = born.Add(1) {
				inside := !born.Before(first) && !born.After(last)
				y, m := lived(born, s)
				right := y == a.Years && (a.Years > 0 && a.Months == 0 || m == a.Months)
				if inside != right {
					t.Fatalf("%v: born %v, aged %d years %d months, inside is %v", a, born, y, m, inside)
				}
			}
		}
	}
}

// lived counts whole years and months by walking, not by arithmetic.
func lived(born, on date.Day) (years, months int) {
	n := 0
	for reaches(born, n+1, on) {
		n++
	}
	return n / 12, n % 12
}

// reaches says whether the n-th month is full on a day: its day of the month
// has come, or will not come in that month and the month is over.
func reaches(born date.Day, n int, on date.Day) bool {
	index := born.Year*12 + born.Month - 1 + n
	target := date.Day{Year: index / 12, Month: index%12 + 1, Day: born.Day}
	return !on.Before(target)
}

func TestDoubtAboutAgeIsAChild(t *testing.T) {
	now := day(t, "2026-11-25")
	for _, c := range []struct {
		age   date.Age
		child bool
	}{
		{years(17, now), true}, {years(18, now), false},
		{years(17, day(t, "2025-11-25")), false}, {years(17, day(t, "2025-11-26")), true},
		{date.Age{}, true}, {date.Age{Years: 30}, true}, // no basis: nothing is excluded
	} {
		if got := c.age.MayBeUnder(18, now); got != c.child {
			t.Errorf("%v may be under 18: %v", c.age, got)
		}
	}
}

func TestBornOnALeapDay(t *testing.T) {
	born := partial(t, "2008-02-29")
	for on, want := range map[string]int{"2026-02-28": 17, "2026-03-01": 18, "2028-02-28": 19, "2028-02-29": 20} {
		if low, high := date.AgeAt(born, day(t, on)); low != want || high != want {
			t.Errorf("%s: %d to %d, want %d", on, low, high, want)
		}
	}
}

func TestAgeOfAPartialBirthDate(t *testing.T) {
	on := day(t, "2026-11-25")
	for said, want := range map[string][2]int{
		"2010": {15, 16}, "2010-11": {15, 16}, "2010-12": {15, 15}, "2010-11-25": {16, 16},
		"200X": {16, 26}, "2009/2011": {14, 17}, "2027": {0, 0}, "": {0, date.MaxAge},
	} {
		if low, high := date.AgeAt(partial(t, said), on); low != want[0] || high != want[1] {
			t.Errorf("born %q: %d to %d, want %v", said, low, high, want)
		}
	}
}

func TestAgesThatCannotBe(t *testing.T) {
	said := day(t, "2026-11-25")
	for field, a := range map[string]date.Age{
		"years":  {Years: 123, Basis: date.Declared, Said: said},
		"months": {Months: 12, Basis: date.Declared, Said: said},
		"basis":  {Years: 15, Said: said},
		"said":   {Years: 15, Basis: date.Declared},
	} {
		if f := fault.Of(a.Check()); f.Kind != fault.Invalid || f.Field != field {
			t.Errorf("%v: %v, want the field %s", a, f, field)
		}
	}
	if f := fault.Of(years(-1, said).Check()); f.Field != "years" {
		t.Errorf("minus one: %v", f)
	}
	if err := (date.Age{}).Check(); err != nil {
		t.Errorf("not known: %v", err)
	}
}

func TestAgesAsText(t *testing.T) {
	said := day(t, "2026-11-25")
	for text, a := range map[string]date.Age{
		"P15Y,declared,2026-11-25":    years(15, said),
		"P0Y4M,documented,2026-11-25": {Months: 4, Basis: date.Documented, Said: said},
		"P0Y0M,assessed,2026-11-25":   {Basis: date.Assessed, Said: said},
		"P1Y6M,declared,2026-11-25":   {Years: 1, Months: 6, Basis: date.Declared, Said: said},
		"":                            {},
		"P122Y,documented,2026-11-25": years(122, said),
	} {
		if text == "P122Y,documented,2026-11-25" {
			a.Basis = date.Documented
		}
		if a.String() != text {
			t.Errorf("%q, want %q", a.String(), text)
		}
		var got date.Age
		v, err := a.Value()
		if err != nil || got.Scan(v) != nil || got != a {
			t.Errorf("%q through the database: %v %v", text, got, err)
		}
	}
	for _, text := range []string{
		"15", "P15Y", "P15Y,declared", "P15Y,guessed,2026-11-25", "P15Y,declared,2026-02-30", "P15Y0M,declared,2026-11-25",
		"P015Y,declared,2026-11-25", "P0Y,declared,2026-11-25", "P-1Y,declared,2026-11-25", "P200Y,declared,2026-11-25",
		"P1Y6,declared,2026-11-25", "P1Y6M,declared,2026-11-25,",
	} {
		if a, err := date.ParseAge(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v %v", text, a, err)
		}
	}
}

func FuzzAge(f *testing.F) {
	f.Add("P15Y,declared,2026-11-25", 2030)
	f.Add("P0Y4M,documented,2024-02-29", 1)
	f.Fuzz(func(t *testing.T, s string, year int) {
		a, err := date.ParseAge(s)
		if err != nil || a.IsZero() {
			return
		}
		if a.String() != s {
			t.Fatalf("%q came back as %q", s, a)
		}
		first, last := a.Born()
		if !first.Valid() || !last.Valid() || first.After(last) {
			t.Fatalf("%q: born from %v to %v", s, first, last)
		}
		on := date.Day{Year: 1 + (year&0x7fffffff)%9999, Month: 3, Day: 1}
		if low, high := a.At(on); low < 0 || low > high || high-low > 1 {
			t.Fatalf("%q: %s", s, fmt.Sprint(low, high, on))
		}
	})
}
