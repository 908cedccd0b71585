package countries

import (
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// Phone is how the country's telephone numbers begin.
type Phone struct {
	Prefix string `toml:"prefix"` // without +
	Region string `toml:"region"` // for number parsing
	Digits int    `toml:"digits"` // of a national number
	Fact
}

// Currency is the country's money.
type Currency struct {
	Code     string `toml:"code"`
	Decimals int    `toml:"decimals"`
	Fact
}

// Clock is the country's time and week.
type Clock struct {
	Zone   string   `toml:"zone"`
	Offset int      `toml:"offset_minutes"` // from UTC, the whole year
	Rest   []string `toml:"rest"`           // weekly days of rest, in English
	Fact
}

// Majority is the age at which somebody stops being a child.
type Majority struct {
	Years int `toml:"years"`
	Fact
}

func (c *Country) readCountry(files fs.FS) error {
	name := c.Code + "/country.toml"
	var f struct {
		ISO2      string   `toml:"iso2"`
		Names     Labels   `toml:"name"`
		Languages []string `toml:"languages"`
		Phone     Phone    `toml:"phone"`
		Currency  Currency `toml:"currency"`
		Clock     Clock    `toml:"clock"`
		Majority  Majority `toml:"majority"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	c.ISO2, c.Names, c.languages = f.ISO2, f.Names, f.Languages
	c.phone, c.currency, c.clock, c.majority = f.Phone, f.Currency, f.Clock, f.Majority
	c.location = time.FixedZone(f.Clock.Zone, f.Clock.Offset*60)
	if len(f.ISO2) != 2 || len(f.Languages) == 0 || f.Phone.Prefix == "" || f.Majority.Years <= 0 || f.Currency.Code == "" {
		return fmt.Errorf("%s: incomplete", name)
	}
	return checked(name, "facts", f.Names.check(), f.Phone.check(), f.Currency.check(), f.Clock.check(), f.Majority.check())
}

// weekdays reads English names of days.
func weekdays(names []string) ([]time.Weekday, error) {
	var days []time.Weekday
next:
	for _, n := range names {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(d.String(), n) {
				days = append(days, d)
				continue next
			}
		}
		return nil, fmt.Errorf("unknown weekday %q", n)
	}
	return days, nil
}
