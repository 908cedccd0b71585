package linkage

import (
	"math"
	"strconv"
	"strings"
)

// feature is a comparison prepared for a table: each record's value as a code,
// what is known of each value worked out once, and how frequent it is.
type feature struct {
	Comparison
	codes   []uint32   // by record; 0 is missing
	swap    [][]uint32 // codes of the other fields of the name, in the same dictionary
	texts   []string   // by code
	keys    []uint32   // by code: sound, or what else is alike; 0 is none
	days    []day
	words   [][]string
	sounds  [][]string // canonical, by word
	joined  []uint32   // by code: the sound of all words without spaces
	points  [][2]float64
	parents [][]uint32 // by larger place, by code
	freq    []float64  // share of records that have a value with this code
	least   float64    // the share of one record
	exact   int        // which level is "exact", -1 if none
	swaps   int        // which level is "swap", -1 if none
}

// dictionary gives each different text a code from 1.
type dictionary struct {
	code  map[string]uint32
	texts []string
}

func newDictionary() *dictionary {
	return &dictionary{map[string]uint32{}, []string{""}}
}

func (d *dictionary) of(s string) uint32 {
	if s == "" {
		return 0
	}
	c, ok := d.code[s]
	if !ok {
		c = uint32(len(d.texts))
		d.code[s] = c
		d.texts = append(d.texts, s)
	}
	return c
}

// prepare makes the features of a model. Fields of the name share a dictionary,
// so that a name in the wrong field is seen by its code.
func prepare(t *Table, m *Model) []*feature {
	names := newDictionary()
	var list, fields []*feature
	for _, c := range m.Comparisons {
		f := &feature{Comparison: c, exact: levelOf(c, "exact"), swaps: levelOf(c, "swap")}
		d := newDictionary()
		if c.Role == Given || c.Role == Surname {
			d = names
			fields = append(fields, f)
		}
		f.codes = f.read(t, d)
		list = append(list, f)
		if d != names {
			f.describe(d)
			if c.Role == Place {
				f.lift(t)
			}
		}
	}
	for _, f := range fields {
		f.describe(names)
		for _, other := range fields {
			if other.Role != f.Role {
				f.swap = append(f.swap, other.codes)
			}
		}
	}
	return list
}

// levelOf is the first level with a test, or -1.
func levelOf(c Comparison, test string) int {
	for i, l := range c.Levels {
		if l.Test == test {
			return i
		}
	}
	return -1
}

// read gives each record's code. Only different values are normalised.
func (f *feature) read(t *Table, d *dictionary) []uint32 {
	codes := make([]uint32, t.n)
	if len(f.Columns) == 1 || f.Role == Place {
		cells := &t.cells[t.column(f.Columns[0])]
		of := make([]uint32, len(cells.values))
		for i, v := range cells.values {
			of[i] = d.of(f.Role.normal(v))
		}
		for r, c := range cells.codes {
			codes[r] = of[c]
		}
		return codes
	}
	for r := range codes {
		parts := make([]string, len(f.Columns))
		whole := true
		for i, name := range f.Columns {
			parts[i] = t.Value(r, name)
			whole = whole && parts[i] != ""
		}
		if f.Role == Born && whole {
			for i := 1; i < len(parts); i++ {
				if len(parts[i]) == 1 {
					parts[i] = "0" + parts[i]
				}
			}
		}
		if whole {
			codes[r] = d.of(f.Role.normal(strings.Join(parts, "-")))
		}
	}
	return codes
}

// normal is a value as it is compared.
func (r Role) normal(v string) string {
	switch r {
	case Born:
		return parseDay(v).digits
	case Phone:
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, v)
		digits = strings.TrimLeft(digits, "0")
		return digits[max(0, len(digits)-8):] // without prefixes of the country
	case Email:
		return strings.ToLower(v)
	case Number, Postcode:
		return strings.ReplaceAll(Fold(v), " ", "")
	case Given, Surname, FullName:
		return strings.Join(Words(v), " ")
	case Lat, Age, Year, Month, Day:
		return v
	}
	return Fold(v)
}

// describe works out what the tests ask about each value.
func (f *feature) describe(d *dictionary) {
	f.texts = d.texts
	n := len(d.texts)
	keys := newDictionary()
	f.keys = make([]uint32, n)
	switch f.Role {
	case Born:
		f.days = make([]day, n)
	case FullName, Text:
		f.words, f.sounds = make([][]string, n), make([][]string, n)
		f.joined = make([]uint32, n)
	case Lat, Age, Year, Month, Day:
		f.points = make([][2]float64, n)
	}
	for c := 1; c < n; c++ {
		s := d.texts[c]
		switch f.Role {
		case Given, Surname:
			f.keys[c] = keys.of(NameKey(s))
		case FullName, Text:
			f.words[c] = strings.Fields(s)
			f.sounds[c] = canonicals(f.words[c])
			f.joined[c] = keys.of(Sound(strings.Join(f.words[c], "")))
			f.keys[c] = keys.of(NameKey(s))
		case Email:
			user, _, _ := strings.Cut(s, "@")
			f.keys[c] = keys.of(user)
		case Born:
			f.days[c] = parseDay(s)
		case Lat, Age, Year, Month, Day:
			f.points[c] = point(s)
		}
	}
	f.freq = make([]float64, n)
	full := 0.0
	for _, c := range f.codes {
		if c != 0 {
			f.freq[c]++
			full++
		}
	}
	f.least = 1 / max(1, full)
	for c := range f.freq {
		f.freq[c] *= f.least
	}
}

// point reads one or two numbers; NaN where there is none.
func point(s string) [2]float64 {
	a, b := s, "0"
	if i := strings.LastIndexByte(s, '-'); i > 0 {
		a, b = s[:i], s[i+1:]
		if a[len(a)-1] == '-' {
			a, b = a[:len(a)-1], "-"+b
		}
	}
	x, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	y, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if err1 != nil || err2 != nil {
		return [2]float64{math.NaN(), math.NaN()}
	}
	return [2]float64{x, y}
}

// km is the way along a great circle between two points in degrees (haversine,
// a sphere of 6,371 km).
func km(a, b [2]float64) float64 {
	rad := math.Pi / 180
	dlat, dlon := (b[0]-a[0])*rad/2, (b[1]-a[1])*rad/2
	h := math.Sin(dlat)*math.Sin(dlat) + math.Cos(a[0]*rad)*math.Cos(b[0]*rad)*math.Sin(dlon)*math.Sin(dlon)
	return 2 * 6371 * math.Asin(math.Sqrt(min(1, h)))
}
