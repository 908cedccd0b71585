package prosecution

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/date"
)

// Law is what the country's table of offences says. The zero Law knows no offence.
type Law struct {
	offered     func(element string, on date.Day) []string
	trafficking map[string]bool
}

func lawOf(c *countries.Country) Law {
	l := Law{trafficking: map[string]bool{}, offered: func(element string, on date.Day) []string {
		var codes []string
		for _, o := range c.OfferedFor(element, on) {
			codes = append(codes, o.Code)
		}
		return codes
	}}
	for _, o := range c.Offences() {
		l.trafficking[o.Code] = o.Trafficking == countries.IsTrafficking
	}
	return l
}

// OfferedFor gives the codes of the offences to think of when an element of trafficking
// is missing, as the law stood on a day.
func (l Law) OfferedFor(missing Element, on date.Day) []string {
	if l.offered == nil {
		return nil
	}
	return slices.Clone(l.offered(string(missing), on))
}

// IsTrafficking says whether an offence counts as trafficking. What lies beside it, and
// what is not in the table, does not.
func (l Law) IsTrafficking(code string) bool { return l.trafficking[code] }
