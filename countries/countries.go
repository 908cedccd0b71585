// Package countries gives what is national, or agreed between countries, as
// data: places, deadlines, ages, code lists, numbers to call, holidays. Every
// fact carries its source and says whether a jurist of the country has
// validated it; what nobody validated is shown as "to be validated".
//
// What every country shares stands in core/, what is one country's own in a
// folder named after its ISO 3166-1 alpha-3 code. A national list extends the
// core list of the same name and may replace a code. README.md says how.
//
// The room decides nothing and writes nothing: it reads embedded files, once,
// and refuses a file it does not wholly understand.
package countries

import (
	"embed"
	"io/fs"
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

//go:embed core bdi
var embedded embed.FS

// Country is everything national that the program knows. It does not change
// once loaded; what its methods return is the caller's own.
type Country struct {
	Code   string // "bdi"
	ISO2   string // "BI"
	Names  Labels
	Places *place.Gazetteer

	phone      Phone
	currency   Currency
	clock      Clock
	majority   Majority
	languages  []string
	deadlines  map[DeadlineKey]Deadline
	limits     map[LimitKey]Limit
	lists      map[string]list
	consents   []ConsentRule
	hotlines   []Hotline
	holidays   []Holiday
	bounds     []Bound
	workdays   date.Workdays
	location   *time.Location
	indicators []Indicator
	glossary   []Term
	frames     []Frame
	offences   []Offence
	courts     []Court
	services   []PoliceService
}

// Load reads a country from the embedded files. An unknown country is NotFound
// "country.unknown"; a file that does not hold together is Internal, and says
// which, for whoever edits the data.
func Load(code string) (*Country, error) { return load(embedded, code) }

// Known lists the countries that can be loaded.
func Known() []string {
	entries, err := fs.ReadDir(embedded, ".")
	if err != nil {
		return nil
	}
	var codes []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "core" {
			codes = append(codes, e.Name())
		}
	}
	return codes
}

func load(files fs.FS, code string) (*Country, error) {
	known, err := fs.Stat(files, code+"/country.toml")
	if err != nil || known.IsDir() || len(code) != 3 {
		return nil, fault.New(fault.NotFound, "country.unknown")
	}
	c := &Country{Code: code}
	for _, step := range []func(fs.FS) error{
		c.readGlossary, c.readCountry, c.readDeadlines, c.readLimits, c.readLists,
		c.readConsents, c.readHotlines, c.readHolidays, c.readBounds,
		c.readIndicators, c.readPlaces, c.readCourts,
	} {
		if err := step(files); err != nil {
			return nil, fault.Wrap(fault.Internal, "country.data", err)
		}
	}
	return c, nil
}

// Languages gives the languages of the interface, the default one first.
func (c *Country) Languages() []string { return slices.Clone(c.languages) }

// Location is the country's time, for cutting a moment into a civil day.
func (c *Country) Location() *time.Location { return c.location }

// Day is the civil day of a moment in the country.
func (c *Country) Day(at time.Time) date.Day { return date.DayOf(at.In(c.location)) }

// Workdays tells the country's working days.
func (c *Country) Workdays() date.Workdays { return c.workdays }

// Phone gives the country's telephone prefix.
func (c *Country) Phone() Phone { return c.phone }

// Currency gives the country's money.
func (c *Country) Currency() Currency { return c.currency }

// Majority gives the age at which somebody stops being a child.
func (c *Country) Majority() Majority { return c.majority }
