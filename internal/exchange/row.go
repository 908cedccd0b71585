package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// reading is one row on its way to a record.
type reading struct {
	*rows
	cells   []Cell
	out     protection.LegacyRecord
	chain   []named // of places, from the widest
	peopled string  // the column of the people
}

// cell is the cell of a column of the mapping; beyond the end of the row it is blank.
func (x *reading) cell(i int) Cell {
	if at := x.at[i]; at < len(x.cells) {
		return x.cells[at]
	}
	return Cell{}
}

// sound refuses a cell that is no text at all.
func (x *reading) sound(at int, c Cell) {
	name := letter(at)
	for i, one := range x.at {
		if one == at {
			name = x.Mapping.Columns[i].name()
		}
	}
	switch {
	case x.skip[at]:
	case c.Kind == Broken:
		x.add(name, fault.New(fault.Invalid, "legacy.cell.error"))
	case !utf8.ValidString(c.Text):
		x.add(name, fault.New(fault.Invalid, "legacy.cell.encoding"))
	case utf8.RuneCountInString(c.Text) > maxCell:
		x.add(name, fault.New(fault.Invalid, "legacy.cell.long"))
	}
}

// column reads one column of the mapping.
func (x *reading) column(i int) {
	col, c := x.Mapping.Columns[i], x.cell(i)
	if c.Kind == Broken || !utf8.ValidString(c.Text) || col.As == Ignore || col.As == Running {
		return
	}
	if col.Must && c.blank() {
		x.add(col.name(), fault.New(fault.Invalid, "legacy.value.missing"))
		return
	}
	if err := x.take(col, c); err != nil {
		x.add(col.name(), err)
	}
}

func (x *reading) take(col Column, c Cell) (err error) {
	switch col.As {
	case People:
		x.peopled = col.name()
		x.out.People, err = people(c)
	case When:
		x.out.When, err = x.day(col, c)
		if d := x.out.When; err == nil && !d.IsZero() && (d.Earliest().Year < 1900 || d.Earliest().After(x.Today)) {
			err = fault.New(fault.Invalid, "legacy.date.range")
		}
	case Personal:
		x.out.Named = x.out.Named || !c.blank()
		if col.Date != "" {
			_, err = x.day(col, c)
		}
	case Text:
		x.out.Named = x.out.Named || !c.blank()
	case Age:
		x.out.AgeBand, err = x.age(c)
	case Form:
		x.out.Forms, err = x.forms(col, c)
	case Province, Commune, Zone, Colline:
		if text := strings.TrimSpace(c.Text); text != "" {
			x.chain = append(x.chain, named{col, text})
		}
	default:
		err = x.code(col, c)
	}
	return err
}

// code reads a column that has one code, or keeps its words.
func (x *reading) code(col Column, c Cell) error {
	word, err := x.one(col, c.Text)
	if err != nil {
		return err
	}
	to := map[As]*string{Sex: &x.out.Sex, AgeBand: &x.out.AgeBand, Nationality: &x.out.Nationality, Responder: &x.out.Responder,
		Responding: &x.out.Responding, Status: &x.out.Status}[col.As]
	*to = word
	return nil
}

// one finds the code of a value: as the mapping says, or a code as it is; or
// the words themselves where the mapping keeps them.
func (x *reading) one(col Column, text string) (string, error) {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return col.Blank, nil
	}
	if code, ok := col.Values[trimmed]; ok {
		return code, nil
	}
	if f := vault.Fold(trimmed); f != "" {
		if code, ok := col.folded[f]; ok {
			return code, nil
		}
	}
	if list := col.As.list(); list != "" {
		if _, ok := x.Country.Find(list, trimmed); ok {
			return trimmed, nil
		}
	}
	switch {
	case !col.Keep:
		return "", fault.New(fault.Invalid, "legacy.value.unknown")
	case !protection.LegacyWord(text):
		return "", fault.New(fault.Invalid, "legacy.word")
	}
	return text, nil
}

// forms reads a cell of several values.
func (x *reading) forms(col Column, c Cell) ([]string, error) {
	parts := []string{c.Text}
	if _, whole := col.Values[strings.TrimSpace(c.Text)]; !whole {
		for _, sep := range col.Split {
			var finer []string
			for _, p := range parts {
				finer = append(finer, strings.Split(p, sep)...)
			}
			parts = finer
		}
	}
	var codes []string
	for _, p := range parts {
		if strings.TrimSpace(p) == "" && len(parts) > 1 {
			continue
		}
		code, err := x.one(col, p)
		if err != nil {
			return nil, err
		}
		if code != "" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes), nil
}

// day reads a date, written or counted.
func (x *reading) day(col Column, c Cell) (date.Date, error) {
	if c.Kind == Words || col.Date == Quarter {
		return dated(c.Text, col.Date)
	}
	return serial(c, x.table.from1904())
}

// people reads how many a row stands for; a whole number, said.
func people(c Cell) (int, error) {
	text := strings.TrimSuffix(strings.TrimSpace(c.Text), ".0")
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1_000_000 {
		return 1, fault.New(fault.Invalid, "legacy.people.number")
	}
	return n, nil
}

func (x *reading) age(c Cell) (string, error) {
	text := strings.TrimSuffix(strings.TrimSpace(c.Text), ".0")
	if text == "" {
		return "", nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || c.Kind == Dated {
		return "", fault.New(fault.Invalid, "legacy.age")
	}
	band, ok := x.Country.AgeBandOf(n)
	if !ok {
		return "", fault.New(fault.Invalid, "legacy.age")
	}
	return band.Code, nil
}

// mark is what repeats are found by: the columns that say who somebody is,
// folded, or else the whole row. A row that says nothing of who it is never repeats.
func (x *reading) mark() (mark string, once bool) {
	h := sha256.New()
	if len(x.Mapping.Same) > 0 {
		said := false
		for i, col := range x.Mapping.Columns {
			if slices.Contains(x.Mapping.Same, col.name()) {
				value := x.comparable(col, x.cell(i))
				said = said || value != ""
				feed(h, col.name(), value)
			}
		}
		if !said {
			return "", true
		}
		return hex.EncodeToString(h.Sum(nil)), true
	}
	for i, col := range x.Mapping.Columns {
		if col.As != Ignore && col.As != Running {
			feed(h, col.name(), strings.TrimSpace(x.cell(i).Text))
		}
	}
	for at, c := range x.cells {
		if !x.named(at) && !x.skip[at] {
			feed(h, letter(at), strings.TrimSpace(c.Text))
		}
	}
	return hex.EncodeToString(h.Sum(nil)), false
}

// comparable is a value in the form in which two files may be compared.
func (x *reading) comparable(col Column, c Cell) string {
	if col.Date != "" {
		if d, err := x.day(col, c); err == nil {
			return d.String()
		}
	}
	return vault.Fold(c.Text)
}

func feed(h hash.Hash, name, value string) {
	for _, s := range []string{name, value} {
		_, _ = io.WriteString(h, strconv.Itoa(len(s))+":"+s)
	}
}
