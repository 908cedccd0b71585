package exchange

import (
	"cmp"
	"slices"
	"strings"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

// named is a place's name in its column.
type named struct {
	col  Column
	text string
}

// places finds places by name in one frame at a time. Unlike the page where
// somebody chooses, it accepts no slip and no other spelling than case, accents
// and signs: nobody looks at what it finds.
type places struct {
	all    *place.Gazetteer
	frames map[date.Day]map[level][]place.Code
}

type level struct {
	kind place.Kind
	name string
}

func newPlaces(g *place.Gazetteer) *places {
	return &places{all: g, frames: map[date.Day]map[level][]place.Code{}}
}

// on lists the places of a day by level and name.
func (p *places) on(day date.Day) map[level][]place.Code {
	if known := p.frames[day]; known != nil {
		return known
	}
	names := map[level][]place.Code{}
	var walk func(place.Code)
	walk = func(parent place.Code) {
		for _, one := range p.all.Children(parent, day) {
			k := level{one.Kind, place.Fold(one.Name)}
			names[k] = append(names[k], one.Code)
			walk(one.Code)
		}
	}
	walk(p.all.Home())
	if len(p.frames) > 64 { // a day a frame is enough; days of events are rounded to it
		clear(p.frames)
	}
	p.frames[day] = names
	return names
}

func kindOf(a As) place.Kind {
	return map[As]place.Kind{Province: place.Province, Commune: place.Commune, Zone: place.Zone, Colline: place.Colline}[a]
}

// where finds the place of a row, from the widest name down. What the gazetteer
// does not know is kept as written where the mapping says so.
func (x *reading) where() {
	if len(x.chain) == 0 {
		return
	}
	slices.SortFunc(x.chain, func(a, b named) int { return cmp.Compare(rank(a.col.As), rank(b.col.As)) })
	day, err := x.frameDay()
	if err != nil {
		x.add(x.chain[0].col.name(), err)
		return
	}
	inside := x.places.all.Home()
	for i, n := range x.chain {
		code, err := x.places.find(day, kindOf(n.col.As), n.text, inside)
		if err == nil {
			inside = code
			x.out.Where.Code = code
			continue
		}
		if fault.Of(err).Key != "legacy.place.unknown" || !n.col.Written {
			x.add(n.col.name(), err)
			return
		}
		var rest []string
		for _, r := range x.chain[i:] {
			rest = append(rest, r.text)
		}
		x.out.Where.Written = strings.Join(rest, ", ")
		if len([]rune(x.out.Where.Written)) > place.MaxWritten {
			x.add(n.col.name(), fault.New(fault.Invalid, "legacy.place.long"))
		}
		if x.out.Where.Code == "" {
			x.out.Where.Code = x.places.all.Home()
		}
		return
	}
}

func rank(a As) int { return slices.Index([]As{Province, Commune, Zone, Colline}, a) }

// frameDay is a day of the frame in which the row names its places.
func (x *reading) frameDay() (date.Day, error) {
	if x.Mapping.Frame != "event" {
		return x.Mapping.when, nil
	}
	if x.out.When.IsZero() {
		return date.Day{}, fault.New(fault.Invalid, "legacy.place.undated")
	}
	first, _ := x.Country.FrameOn(x.out.When.Earliest())
	last, _ := x.Country.FrameOn(x.out.When.Latest())
	if first.Code != last.Code {
		return date.Day{}, fault.New(fault.Invalid, "legacy.place.frame")
	}
	if first.From.IsZero() {
		return first.Until.Add(-1), nil
	}
	return first.From, nil
}

// find finds one place inside another: by its code, or by its name.
func (p *places) find(day date.Day, kind place.Kind, text string, inside place.Code) (place.Code, error) {
	if one, ok := p.all.Place(place.Code(text)); ok && one.Kind == kind && one.On(day) && p.all.Within(one.Code, inside) {
		return one.Code, nil
	}
	var found []place.Code
	for _, code := range p.on(day)[level{kind, place.Fold(text)}] {
		if p.all.Within(code, inside) {
			found = append(found, code)
		}
	}
	switch len(found) {
	case 0:
		return "", fault.New(fault.Invalid, "legacy.place.unknown")
	case 1:
		return found[0], nil
	}
	return "", fault.New(fault.Invalid, "legacy.place.ambiguous")
}
