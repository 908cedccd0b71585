package countries

import (
	"fmt"
	"io/fs"
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/place"
)

// CourtKind is the instance of a court.
type CourtKind string

// The kinds of court (PROCESS.md §4.4).
const (
	FirstCourt   CourtKind = "first"   // tribunal de grande instance
	AppealCourt  CourtKind = "appeal"  // cour d'appel
	SupremeCourt CourtKind = "supreme" // Cour suprême
)

// Court is a court with what it serves.
type Court struct {
	Code   string       `toml:"code"`
	Kind   CourtKind    `toml:"kind"`
	Appeal string       `toml:"appeal"` // the court that hears what is said against it; "" at the top
	Frame  string       `toml:"frame"`  // of its places
	Places []place.Code `toml:"places"` // what it serves; none: what the courts under it serve
	Labels
	Fact
	Jurist
}

// UnitKind is what a service does with a criminal file.
type UnitKind string

// The kinds of service (PROCESS.md §1.2, §4.4).
const (
	PoliceUnit    UnitKind = "police"
	MinorsUnit    UnitKind = "minors" // brigade des mineurs
	MigrationUnit UnitKind = "migration"
	Prosecution   UnitKind = "prosecutor"
)

// PoliceService is a service that opens, carries or directs a criminal file.
type PoliceService struct {
	Code   string       `toml:"code"`
	Kind   UnitKind     `toml:"kind"`
	Court  string       `toml:"court"` // of a prosecutor's office: where it stands
	Frame  string       `toml:"frame"`
	Places []place.Code `toml:"places"`
	Labels
	Fact
	Jurist
}

// Courts gives the courts that stand on a day; the zero Day asks for all.
func (c *Country) Courts(on date.Day) []Court {
	return slices.DeleteFunc(slices.Clone(c.courts), func(x Court) bool { return !x.Fact.On(on) })
}

// Court finds one.
func (c *Country) Court(code string) (Court, bool) {
	for _, x := range c.courts {
		if x.Code == code {
			return x, true
		}
	}
	return Court{}, false
}

// PoliceServices gives the services that stand on a day; the zero Day asks for all.
func (c *Country) PoliceServices(on date.Day) []PoliceService {
	return slices.DeleteFunc(slices.Clone(c.services), func(x PoliceService) bool { return !x.Fact.On(on) })
}

// PoliceService finds one.
func (c *Country) PoliceService(code string) (PoliceService, bool) {
	for _, x := range c.services {
		if x.Code == code {
			return x, true
		}
	}
	return PoliceService{}, false
}

// CourtsFor gives the courts of first instance that may serve a place. A place of the
// present frame is asked by what its communes may have been: a province of today holds
// several of yesterday, and the court of each is offered. Nothing is sent by it.
func (c *Country) CourtsFor(at place.Code, on date.Day) []Court {
	return slices.DeleteFunc(c.Courts(on), func(x Court) bool {
		return x.Kind != FirstCourt || !slices.ContainsFunc(x.Places, func(p place.Code) bool { return c.meets(at, p) })
	})
}

// meets says whether a place and one that a court serves lie in one another, or may.
func (c *Country) meets(at, served place.Code) bool {
	if c.Places.Within(at, served) || c.Places.Within(served, at) && at != c.Places.Home() {
		return true
	}
	end := c.frames[0].Until
	for _, old := range append(c.Places.Children(served, end.Add(-1)), place.Place{Code: served}) {
		for _, h := range c.Places.Hints(old.Code) {
			if c.Places.Within(at, h.New) || c.Places.Within(h.New, at) && at != c.Places.Home() {
				return true
			}
		}
	}
	return false
}

func (c *Country) readCourts(files fs.FS) error {
	name := c.Code + "/courts.toml"
	var f struct {
		Courts []Court `toml:"court"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	c.courts = f.Courts
	for i, x := range f.Courts {
		up, ok := c.Court(x.Appeal)
		switch {
		case slices.ContainsFunc(f.Courts[:i], func(o Court) bool { return o.Code == x.Code }) || !codeForm.MatchString(x.Code):
			return fmt.Errorf("%s: %q is malformed or given twice", name, x.Code)
		case x.Kind == SupremeCourt && x.Appeal != "", x.Kind == AppealCourt && (!ok || up.Kind != SupremeCourt),
			x.Kind == FirstCourt && (!ok || up.Kind != AppealCourt || len(x.Places) == 0):
			return fmt.Errorf("%s: %s: appeal or places", name, x.Code)
		case x.Kind != SupremeCourt && x.Kind != AppealCourt && x.Kind != FirstCourt:
			return fmt.Errorf("%s: %s: kind", name, x.Code)
		}
		if err := checked(name, x.Code, c.placed(x.Frame, x.Places), x.Labels.check(), x.Fact.check(), x.Jurist.check(x.Fact)); err != nil {
			return err
		}
	}
	return c.readServices(files)
}

func (c *Country) readServices(files fs.FS) error {
	name := c.Code + "/units.toml"
	var f struct {
		Units []PoliceService `toml:"unit"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	kinds := []UnitKind{PoliceUnit, MinorsUnit, MigrationUnit, Prosecution}
	for i, x := range f.Units {
		_, ok := c.Court(x.Court)
		if slices.ContainsFunc(f.Units[:i], func(o PoliceService) bool { return o.Code == x.Code }) || !codeForm.MatchString(x.Code) ||
			!slices.Contains(kinds, x.Kind) || ok != (x.Kind == Prosecution) {
			return fmt.Errorf("%s: %q: code, kind or court", name, x.Code)
		}
		if err := checked(name, x.Code, c.placed(x.Frame, x.Places), x.Labels.check(), x.Fact.check(), x.Jurist.check(x.Fact)); err != nil {
			return err
		}
	}
	c.services = f.Units
	return nil
}

// placed wants a frame and places that are in the gazetteer.
func (c *Country) placed(frame string, places []place.Code) error {
	if !slices.ContainsFunc(c.frames, func(f Frame) bool { return f.Code == frame }) {
		return fmt.Errorf("no frame %q", frame)
	}
	for _, p := range places {
		if _, ok := c.Places.Place(p); !ok {
			return fmt.Errorf("no place %q", p)
		}
	}
	return nil
}
