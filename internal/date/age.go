package date

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"inkingi/internal/fault"
)

// Basis is on what an age rests. Declared ages are unreliable: recruiters made
// girls of 16 to 18 say 22 to 24 (PROCESS.md §0.5) [S:MSP].
type Basis string

// The bases. The zero Basis is no basis: the age is not known.
const (
	Documented Basis = "documented" // a paper was seen
	Declared   Basis = "declared"   // the person, or somebody else, said so
	Assessed   Basis = "assessed"   // a professional estimated it
)

// Valid says whether b is one of the bases.
func (b Basis) Valid() bool { return b == Documented || b == Declared || b == Assessed }

// MaxAge is the greatest age a form takes; nobody documented is older than 122.
const MaxAge = 122

// Age is an age as it was said on a day. It says how old, never when born.
//
// In the first year of life Months counts whole months; after it, Months may
// be given when it was said ("one and a half") and 0 means it was not said.
// The zero Age is not known, and is never taken for a newborn.
type Age struct {
	Years  int
	Months int // 0 to 11
	Basis  Basis
	Said   Day
}

// IsZero says whether nothing is known.
func (a Age) IsZero() bool { return a == Age{} }

// Check says whether the age can be: Invalid with the field "years", "months",
// "basis" or "said". The zero Age passes; whether it may be missing is the
// caller's rule.
func (a Age) Check() error {
	switch {
	case a.IsZero():
		return nil
	case a.Years < 0 || a.Years > MaxAge:
		return fault.FieldArgs("years", "age.years.range", map[string]any{"Max": MaxAge})
	case a.Months < 0 || a.Months > 11:
		return fault.Field("months", "age.months.range")
	case !a.Basis.Valid():
		return fault.Field("basis", "age.basis.missing")
	case !a.Said.Valid() || a.Said.Year <= MaxAge+1:
		return fault.Field("said", "age.said.missing")
	}
	return nil
}

// monthly says whether the age is known to the month.
func (a Age) monthly() bool { return a.Years == 0 || a.Months > 0 }

// Born gives the first and the last day on which somebody of this age can have
// been born. An age that is not known, or cannot be, gives zero Days.
func (a Age) Born() (first, last Day) {
	if a.IsZero() || a.Check() != nil {
		return Day{}, Day{}
	}
	months, step := 12*a.Years+a.Months, 12
	if a.monthly() {
		step = 1
	}
	return a.Said.AddMonths(-months - step).Add(1), a.Said.AddMonths(-months)
}

// At gives the least and the greatest age in whole years on a day: what was
// 15 is, a year and a half later, 16 or 17. Before the last possible birth the
// least age is 0. An age that is not known gives 0 and [MaxAge]: it excludes
// nothing.
func (a Age) At(on Day) (low, high int) {
	first, last := a.Born()
	if first.IsZero() {
		return 0, MaxAge
	}
	return max(YearsBetween(last, on), 0), max(YearsBetween(first, on), 0)
}

// MonthsAt is At in whole months, for infants.
func (a Age) MonthsAt(on Day) (low, high int) {
	first, last := a.Born()
	if first.IsZero() {
		return 0, 12 * MaxAge
	}
	return max(monthsBetween(last, on), 0), max(monthsBetween(first, on), 0)
}

// MayBeUnder says whether the person can be younger than years on that day.
// Doubt is answered yes (PROCESS.md §2.9.1) [S:UNICEF toc].
func (a Age) MayBeUnder(years int, on Day) bool {
	low, _ := a.At(on)
	return low < years
}

// AgeAt gives the least and the greatest age on a day of somebody born on a
// partial date; nothing said gives 0 and [MaxAge].
func AgeAt(born Date, on Day) (low, high int) {
	if born.IsZero() {
		return 0, MaxAge
	}
	return max(YearsBetween(born.Latest(), on), 0), max(YearsBetween(born.Earliest(), on), 0)
}

// YearsBetween counts whole years. Somebody born on 29 February is a year older
// on 1 March of a common year: the later day, so that nobody stops being a
// child too soon. Negative when on comes before born.
func YearsBetween(born, on Day) int {
	years := on.Year - born.Year
	if on.Month < born.Month || on.Month == born.Month && on.Day < born.Day {
		years--
	}
	return years
}

func monthsBetween(born, on Day) int {
	months := 12*(on.Year-born.Year) + on.Month - born.Month
	if on.Day < born.Day {
		months--
	}
	return months
}

// String is the text form: P15Y,declared,2026-11-25, with months for infants
// (P0Y4M,…). The zero Age is "".
func (a Age) String() string {
	if a.IsZero() {
		return ""
	}
	length := fmt.Sprintf("P%dY", a.Years)
	if a.monthly() {
		length += fmt.Sprintf("%dM", a.Months)
	}
	return length + "," + string(a.Basis) + "," + a.Said.String()
}

// ParseAge reads the text form; the fault is Invalid "age.malformed" or one of Check.
func ParseAge(s string) (Age, error) {
	if s == "" {
		return Age{}, nil
	}
	malformed := fault.New(fault.Invalid, "age.malformed")
	parts := strings.Split(s, ",")
	if len(parts) != 3 || !strings.HasPrefix(parts[0], "P") {
		return Age{}, malformed
	}
	years, months, ok := strings.Cut(parts[0][1:], "Y")
	a := Age{Basis: Basis(parts[1])}
	var okYears, okMonths = false, true
	a.Years, okYears = digits(years)
	if months != "" {
		a.Months, okMonths = digits(strings.TrimSuffix(months, "M"))
	}
	said, err := ParseDay(parts[2])
	if !ok || !okYears || !okMonths || err != nil {
		return Age{}, malformed
	}
	a.Said = said
	if err := a.Check(); err != nil {
		return Age{}, err
	}
	if a.String() != s { // one text for one age
		return Age{}, malformed
	}
	return a, nil
}

// MarshalText gives the form of String.
func (a Age) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Age) UnmarshalText(b []byte) error {
	v, err := ParseAge(string(b))
	if err != nil {
		return err
	}
	*a = v
	return nil
}

// Value stores the text form; the zero Age is stored as NULL.
func (a Age) Value() (driver.Value, error) {
	if a.IsZero() {
		return nil, nil
	}
	return a.String(), nil
}

// Scan reads what Value wrote.
func (a *Age) Scan(src any) error { return scan(src, a.UnmarshalText) }
