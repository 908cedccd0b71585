package countries

import (
	"fmt"
	"io/fs"

	"inkingi/internal/date"
	"inkingi/internal/place"
)

// Frame is one division of the country into places, while it held.
type Frame struct {
	Code        string `toml:"code"`
	File        string `toml:"file"`        // in the country's places folder
	Unofficial  bool   `toml:"unofficial"`  // codes and list are not an authority's own
	Attribution string `toml:"attribution"` // whose work the list is, and its licence
	Labels
	Fact
}

// Frames gives the divisions the country has had, the oldest first. A figure
// by place says in which frame it counts.
func (c *Country) Frames() []Frame { return append([]Frame(nil), c.frames...) }

// FrameOn gives the frame that holds on a day.
func (c *Country) FrameOn(d date.Day) (Frame, bool) {
	for _, f := range c.frames {
		if f.On(d) {
			return f, true
		}
	}
	return Frame{}, false
}

// ChangeDay is the first day of the frame in force.
func (c *Country) ChangeDay() date.Day { return c.frames[len(c.frames)-1].From }

func (c *Country) readPlaces(files fs.FS) error {
	name := c.Code + "/places.toml"
	var f struct {
		Frames []Frame `toml:"frame"`
		Hints  string  `toml:"hints"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	places := c.countries()
	var end date.Day
	for i, frame := range f.Frames {
		if i > 0 && frame.From != end || frame.Attribution == "" {
			return fmt.Errorf("%s: %s: a gap between frames, or no attribution", name, frame.Code)
		}
		if err := checked(name, frame.Code, frame.Labels.check(), frame.Fact.check()); err != nil {
			return err
		}
		end = frame.Until
		rows, err := table(files, c.Code+"/places/"+frame.File, "code", "parent", "kind", "name")
		if err != nil {
			return err
		}
		for _, row := range rows {
			places = append(places, place.Place{Code: place.Code(row[0]), Parent: place.Code(row[1]),
				Kind: place.Kind(row[2]), Name: row[3],
				From: frame.From, Until: frame.Until, Unofficial: frame.Unofficial})
		}
	}
	if len(f.Frames) == 0 || !end.IsZero() {
		return fmt.Errorf("%s: no frame holds today", name)
	}
	c.frames = f.Frames
	hints, err := c.readHints(files, f.Hints)
	if err != nil {
		return err
	}
	if c.Places, err = place.New(places, hints); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// countries gives the country itself and, as places abroad, the others.
func (c *Country) countries() []place.Place {
	places := []place.Place{{Code: place.Code(c.ISO2), Name: c.Names.FR, Kind: place.Country}}
	for _, k := range c.lists[Nation].Codes {
		if k.Code != c.ISO2 {
			places = append(places, place.Place{Code: place.Code(k.Code), Name: k.FR, Kind: place.Abroad})
		}
	}
	return places
}

func (c *Country) readHints(files fs.FS, file string) ([]place.Hint, error) {
	if file == "" {
		return nil, nil
	}
	rows, err := table(files, c.Code+"/places/"+file, "old", "new", "match")
	var hints []place.Hint
	for _, row := range rows {
		hints = append(hints, place.Hint{Old: place.Code(row[0]), New: place.Code(row[1]), Match: place.Match(row[2])})
	}
	return hints, err
}
