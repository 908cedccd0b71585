package exchange

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// Mapping says what the columns of a list mean. It is a YAML file that an M&E
// officer writes; docs/guides/legacy-lists.md explains it word by word.
type Mapping struct {
	Name      string   `yaml:"name"`      // what the list is called
	Sheet     string   `yaml:"sheet"`     // of a spreadsheet; the first when not said
	Header    int      `yaml:"header"`    // the row of the headings; 1 when not said
	Separator string   `yaml:"separator"` // of a CSV file; when not said, the one under which every heading is found
	Encoding  string   `yaml:"encoding"`  // utf-8 (when not said), latin-1 or windows-1252
	Frame     string   `yaml:"frame"`     // the frame of places, or "event": the one of the day of the event
	Same      []string `yaml:"same"`      // columns that say who somebody is; without them, only whole rows repeat
	Others    string   `yaml:"others"`    // columns not named here: refuse (when not said), seal or leave
	Columns   []Column `yaml:"columns"`

	bytes []byte // as it was read, for the mark of the file
	when  date.Day
}

// Column is one column of the file and what it means.
type Column struct {
	Heading string            `yaml:"column"`
	Letter  string            `yaml:"letter"` // instead of a heading: A, B, … AA
	As      As                `yaml:"as"`
	Date    Order             `yaml:"date"`     // how dates are written in it
	Values  map[string]string `yaml:"values"`   // what is written → our code
	Keep    bool              `yaml:"keep"`     // keep what is written as it is
	Blank   string            `yaml:"blank"`    // our code for an empty cell
	Split   []string          `yaml:"split"`    // what stands between several values of one cell
	Written bool              `yaml:"written"`  // a place the gazetteer does not know is kept, sealed
	Must    bool              `yaml:"required"` // an empty cell is a problem

	folded map[string]string
}

// As is what a column means.
type As string

// The meanings.
const (
	People      As = "people" // how many people the row stands for
	When        As = "event"  // when it happened
	Sex         As = "sex"
	AgeBand     As = "age_band"
	Age         As = "age" // in completed years; becomes a band
	Nationality As = "nationality"
	Form        As = "form" // of exploitation
	Responder   As = "responder"
	Responding  As = "responder_type"
	Status      As = "status"
	Province    As = "province"
	Commune     As = "commune"
	Zone        As = "zone"
	Colline     As = "colline"
	Personal    As = "personal" // about a person: sealed
	Text        As = "text"     // free text: sealed
	Running     As = "number"   // a running number: sealed with its row, and makes no row by itself
	Ignore      As = "ignore"   // read by nobody, kept nowhere
)

// Order is how dates are written.
type Order string

// The orders. A year, a month with its year (03/2019) and the ISO form are
// understood in each of the first three.
const (
	DayFirst   Order = "day-first"
	MonthFirst Order = "month-first"
	YearFirst  Order = "year-first"
	Quarter    Order = "quarter" // 2022_q2, 2022-Q2, Q2 2022
)

// maxMapping bounds the size of a mapping, in bytes.
const maxMapping = 1 << 20

// maxColumns bounds the columns of a list.
const maxColumns = 1000

// ReadMapping reads and checks a mapping for a country. The fault is Invalid:
// "legacy.map.syntax" with the library's words, or what [Mapping] lacks, at the
// heading of the column.
func ReadMapping(r io.Reader, c *countries.Country) (*Mapping, error) {
	m, err := readDraft(r)
	if err != nil {
		return nil, err
	}
	return m, m.check(c)
}

// readDraft reads a mapping that is perhaps not whole yet.
func readDraft(r io.Reader) (*Mapping, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxMapping {
		return nil, fault.New(fault.Invalid, "legacy.map.large")
	}
	m := &Mapping{bytes: text}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(m); err != nil {
		return nil, fault.Wrap(fault.Invalid, "legacy.map.syntax", err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "legacy.map.twice")
	}
	if m.Header == 0 {
		m.Header = 1
	}
	return m, nil
}

// check refuses a mapping that says too little, too much, or what the country does not know.
func (m *Mapping) check(c *countries.Country) error {
	switch {
	case strings.TrimSpace(m.Name) == "" || !protection.LegacyWord(m.Name):
		return fault.Field("name", "legacy.map.name")
	case m.Header < 1 || m.Header > 1000:
		return fault.Field("header", "legacy.map.header")
	case m.Separator != "" && !slices.Contains([]string{",", ";", "\t", "|"}, m.Separator):
		return fault.Field("separator", "legacy.map.separator")
	case !slices.Contains([]string{"", "utf-8", "latin-1", "windows-1252"}, m.Encoding):
		return fault.Field("encoding", "legacy.map.encoding")
	case !slices.Contains([]string{"", "refuse", "seal", "leave"}, m.Others):
		return fault.Field("others", "legacy.map.others")
	case len(m.Columns) == 0 || len(m.Columns) > maxColumns:
		return fault.Field("columns", "legacy.map.columns")
	}
	if err := m.checkColumns(c); err != nil {
		return err
	}
	if err := m.checkFrame(c); err != nil {
		return err
	}
	for _, name := range m.Same {
		if !slices.ContainsFunc(m.Columns, func(col Column) bool { return col.name() == name && col.As != Ignore }) {
			return fault.Field("same", "legacy.map.same")
		}
	}
	return nil
}

// name is what the mapping calls a column: its heading, or its letter.
func (c Column) name() string {
	if c.Heading != "" {
		return c.Heading
	}
	return c.Letter
}

// seals says whether a row of the list says something that must be sealed.
func (m *Mapping) seals() bool {
	return m.Others == "seal" || slices.ContainsFunc(m.Columns, func(c Column) bool { return c.As == Personal || c.As == Text })
}

// checkFrame needs a frame when a column names places, and only then.
func (m *Mapping) checkFrame(c *countries.Country) error {
	places := slices.ContainsFunc(m.Columns, func(col Column) bool { return col.As.places() })
	dated := slices.ContainsFunc(m.Columns, func(col Column) bool { return col.As == When })
	if !places {
		if m.Frame != "" {
			return fault.Field("frame", "legacy.map.frame.unused")
		}
		return nil
	}
	if m.Frame == "event" {
		if !dated {
			return fault.Field("frame", "legacy.map.frame.event")
		}
		return nil
	}
	for _, f := range c.Frames() {
		if f.Code != m.Frame {
			continue
		}
		if m.when = f.From; m.when.IsZero() {
			m.when = f.Until.Add(-1)
		}
		return nil
	}
	return fault.Field("frame", "legacy.map.frame")
}

func (a As) places() bool { return a == Province || a == Commune || a == Zone || a == Colline }

// once are the meanings that one column has at most.
func (a As) once() bool { return a != Personal && a != Text && a != Running && a != Ignore }

// list is the code list that a meaning's values are of, "" for none.
func (a As) list() countries.ListName {
	switch a {
	case Sex:
		return countries.Sex
	case AgeBand:
		return countries.AgeBand
	case Nationality:
		return countries.Nation
	case Form:
		return countries.Exploitation
	case Responding:
		return countries.OrgType
	case Status:
		return countries.IdentificationStatus
	}
	return ""
}

// keeps says whether words may stand in place of a code.
func (a As) keeps() bool { return a == Nationality || a == Responder || a == Responding }

func (m *Mapping) checkColumns(c *countries.Country) error {
	names, meant := map[string]bool{}, map[As]bool{}
	for i := range m.Columns {
		col := &m.Columns[i]
		if err := fault.At(col.name(), col.check(c)); err != nil {
			return err
		}
		if names[col.name()] || meant[col.As] {
			return fault.Field(col.name(), "legacy.map.column.twice")
		}
		names[col.name()] = true
		meant[col.As] = col.As.once()
	}
	if meant[Age] && meant[AgeBand] {
		return fault.Field(string(Age), "legacy.map.column.twice")
	}
	return nil
}

// meanings lists every meaning.
func meanings() []As {
	return []As{People, When, Sex, AgeBand, Age, Nationality, Form, Responder, Responding, Status, Province, Commune, Zone, Colline, Personal, Text, Running, Ignore}
}

func (col *Column) check(c *countries.Country) error {
	_, letters := number(col.Letter)
	ordered := slices.Contains([]Order{DayFirst, MonthFirst, YearFirst, Quarter}, col.Date)
	switch {
	case (col.Heading == "") == (col.Letter == "") || col.Letter != "" && !letters:
		return fault.New(fault.Invalid, "legacy.map.column.name")
	case !slices.Contains(meanings(), col.As):
		return fault.New(fault.Invalid, "legacy.map.as")
	case col.As == When && !ordered:
		return fault.New(fault.Invalid, "legacy.map.date.order")
	case col.Date != "" && !ordered || col.Date != "" && col.As != When && col.As != Personal:
		return fault.New(fault.Invalid, "legacy.map.date.here")
	case col.Written && !col.As.places():
		return fault.New(fault.Invalid, "legacy.map.written")
	case col.Keep && !col.As.keeps(), col.As == Responder && !col.Keep:
		return fault.New(fault.Invalid, "legacy.map.keep")
	case len(col.Split) > 0 && col.As != Form || slices.Contains(col.Split, ""):
		return fault.New(fault.Invalid, "legacy.map.split")
	case (len(col.Values) > 0 || col.Blank != "") && col.As.list() == "":
		return fault.New(fault.Invalid, "legacy.map.values")
	}
	return col.checkValues(c)
}

// checkValues holds the codes of a column against the lists of the country.
func (col *Column) checkValues(c *countries.Country) error {
	known := func(code string) bool {
		_, ok := c.Find(col.As.list(), code)
		return ok
	}
	if col.Blank != "" && !known(col.Blank) {
		return fault.New(fault.Invalid, "legacy.map.code")
	}
	col.folded = map[string]string{}
	for from, code := range col.Values {
		if code != "" && !known(code) {
			return fault.New(fault.Invalid, "legacy.map.code")
		}
		f := vault.Fold(from)
		if other, twice := col.folded[f]; twice && other != code {
			return fault.New(fault.Invalid, "legacy.map.values.twice")
		}
		col.folded[f] = code
	}
	return nil
}

// number is the place of a column's letter: A is 0.
func number(letter string) (int, bool) {
	n := 0
	for _, r := range letter {
		if r < 'A' || r > 'Z' || n > maxColumns {
			return 0, false
		}
		n = n*26 + int(r-'A') + 1
	}
	return n - 1, n > 0 && n <= maxColumns
}

// letter is the reverse of number.
func letter(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
