package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// Problem is something in a file that the person who has it can correct. It
// says where and what (a translation key), never the value.
type Problem struct {
	Row    int    `json:"row"`    // as the file is shown, 1 for the first; 0: the file or the mapping as a whole
	Column string `json:"column"` // as the mapping calls it, or its letter; "" for the whole row
	Key    string `json:"key"`
}

// Survey is what a dry run found.
type Survey struct {
	Rows       int
	People     int
	Duplicates int // rows that repeat an earlier one of the file, or a record that is there
	Problems   []Problem
	Layout     string // to be sealed with the list; "" where nothing is
}

// Legacy reads one list as a mapping says.
type Legacy struct {
	Mapping *Mapping
	Country *countries.Country
	Today   date.Day // nothing happened after it
	File    File
}

// maxProblems bounds what a dry run lists; the last one says that there are more.
const maxProblems = 100_000

// step is how many rows are handed on at a time.
const step = 1000

// Mark is the same for the same file under the same mapping.
func (l *Legacy) Mark() (string, error) {
	h := sha256.New()
	h.Write(l.Mapping.bytes)
	h.Write([]byte{0})
	if _, err := io.Copy(h, io.NewSectionReader(l.File, 0, l.File.Size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Survey is the dry run: it reads the file to its end and lists every problem.
// known says of marks whether a record with them is there already; tell is told
// how many rows were read; both may be nil. An error is of the machine or of ctx.
func (l *Legacy) Survey(ctx context.Context, known func([]string) ([]bool, error), tell func(rows int)) (Survey, error) {
	s := &surveying{known: known, seen: map[[16]byte]bool{}}
	r, err := l.rows()
	for err == nil {
		if err = ctx.Err(); err != nil {
			break
		}
		var record protection.LegacyRecord
		if record, err = r.next(); err != nil {
			break
		}
		s.Rows++
		s.People += record.People
		if err = s.mark(record.Mark); err == nil && tell != nil && s.Rows%step == 0 {
			tell(s.Rows)
		}
	}
	if r != nil {
		s.Problems = append(s.Problems, r.problems...)
	}
	switch {
	case errors.Is(err, io.EOF):
		if err = s.flush(); err == nil && s.Rows == 0 && len(s.Problems) == 0 {
			s.Problems = append(s.Problems, said(0, fault.New(fault.Invalid, "legacy.file.empty")))
		}
	case fault.Is(err, fault.Invalid):
		line := 0
		if r != nil {
			line = r.line
		}
		s.Problems, err = append(s.Problems, said(line, err)), s.flush()
	}
	if r != nil && l.Mapping.seals() && err == nil && len(s.Problems) == 0 {
		s.Layout, err = r.layout.text()
	}
	if s.Problems == nil {
		s.Problems = []Problem{}
	}
	return s.Survey, err
}

// said makes a problem of a fault.
func said(row int, err error) Problem {
	f := fault.Of(err)
	return Problem{row, f.Field, f.Key}
}

// Problems of a mapping that cannot be used.
func Problems(err error) []Problem { return []Problem{said(0, err)} }

// surveying is a survey under way.
type surveying struct {
	Survey
	known func([]string) ([]bool, error)
	seen  map[[16]byte]bool // half of each mark: no chance of two meeting
	asked []string
}

// mark counts repeats: at once inside the file, in pieces against what is there.
func (s *surveying) mark(mark string) error {
	if mark == "" {
		return nil
	}
	var half [16]byte
	if _, err := hex.Decode(half[:], []byte(mark[:32])); err != nil {
		return err
	}
	if s.seen[half] {
		s.Duplicates++
		return nil
	}
	s.seen[half] = true
	if s.asked = append(s.asked, mark); len(s.asked) < step {
		return nil
	}
	return s.flush()
}

func (s *surveying) flush() error {
	if s.known == nil || len(s.asked) == 0 {
		return nil
	}
	there, err := s.known(s.asked)
	for _, yes := range there {
		if yes {
			s.Duplicates++
		}
	}
	s.asked = s.asked[:0]
	return err
}

// Records reads the file again and hands its records on, some at a time; none
// at the end. A file that changed since its survey and has a problem now gives it as a fault.
func (l *Legacy) Records(ctx context.Context) (func() ([]protection.LegacyRecord, error), error) {
	r, err := l.rows()
	if r != nil && len(r.problems) > 0 {
		err = fault.Field(r.problems[0].Column, r.problems[0].Key)
	}
	if err != nil {
		return nil, err
	}
	return func() ([]protection.LegacyRecord, error) {
		var some []protection.LegacyRecord
		for len(some) < step {
			record, err := r.next()
			if errors.Is(err, io.EOF) {
				return some, ctx.Err()
			}
			if err == nil && len(r.problems) > 0 {
				err = fault.Field(r.problems[0].Column, r.problems[0].Key)
			}
			if err != nil {
				return nil, err
			}
			some = append(some, record)
		}
		return some, ctx.Err()
	}, nil
}

// rows is a file being read.
type rows struct {
	*Legacy
	table    table
	places   *places
	at       []int // by column of the mapping: its place in the file
	headings []string
	skip     map[int]bool // places that are kept nowhere
	line     int
	problems []Problem
	layout   layout
}

// rows opens the file and reads its headings. A fault about them is Invalid.
func (l *Legacy) rows() (*rows, error) {
	t, err := l.Mapping.open(l.File)
	if err != nil {
		return nil, err
	}
	r := &rows{Legacy: l, table: t, places: newPlaces(l.Country.Places), skip: map[int]bool{}}
	r.layout.Start = t.from1904()
	for {
		line, cells, err := t.next()
		if errors.Is(err, io.EOF) || err == nil && line > l.Mapping.Header {
			return r, fault.New(fault.Invalid, "legacy.heading.none")
		}
		if err != nil {
			r.line = line
			return r, err
		}
		r.line = line
		if line < l.Mapping.Header {
			r.layout.add(line, cells, nil)
			continue
		}
		r.head(cells)
		r.layout.add(line, cells, r.skip)
		if len(r.problems) > 0 {
			return r, io.EOF // every row would say the same
		}
		return r, nil
	}
}

// head finds the columns by their headings.
func (r *rows) head(cells []Cell) {
	times := map[string]int{}
	for _, c := range cells {
		heading := strings.TrimSpace(c.Text)
		r.headings = append(r.headings, heading)
		times[heading]++
	}
	named := map[int]bool{}
	for _, c := range r.Mapping.Columns {
		at, ok := number(c.Letter)
		if c.Heading != "" {
			at, ok = index(r.headings, strings.TrimSpace(c.Heading))
			if times[strings.TrimSpace(c.Heading)] > 1 {
				r.add(c.name(), fault.New(fault.Invalid, "legacy.heading.twice"))
			}
		}
		if !ok {
			r.add(c.name(), fault.New(fault.Invalid, "legacy.heading.missing"))
		}
		if named[at] && ok {
			r.add(c.name(), fault.New(fault.Invalid, "legacy.map.column.twice"))
		}
		named[at] = true
		r.at = append(r.at, at)
		if c.As == Ignore {
			r.skip[at] = true
		}
	}
	for at, heading := range r.headings {
		switch {
		case named[at] || heading == "":
		case r.Mapping.Others == "leave":
			r.skip[at] = true
		case r.Mapping.Others != "seal":
			r.add(letter(at), fault.New(fault.Invalid, "legacy.heading.unknown"))
		}
	}
}

// missing lists the columns of the mapping that these headings have not.
func (m *Mapping) missing(cells []Cell) (names []string) {
	headings := make([]string, len(cells))
	for i, c := range cells {
		headings[i] = strings.TrimSpace(c.Text)
	}
	for _, c := range m.Columns {
		if _, ok := index(headings, strings.TrimSpace(c.Heading)); c.Heading != "" && !ok {
			names = append(names, c.Heading)
		}
	}
	return names
}

func index(all []string, one string) (int, bool) {
	for i, x := range all {
		if x == one {
			return i, true
		}
	}
	return 0, false
}

func (r *rows) add(column string, err error) {
	switch n := len(r.problems); {
	case n < maxProblems:
		r.problems = append(r.problems, Problem{r.line, column, fault.Of(err).Key})
	case n == maxProblems:
		r.problems = append(r.problems, said(0, fault.New(fault.Invalid, "legacy.problems.more")))
	}
}

// next reads one record; a row in which nobody wrote anything is none.
func (r *rows) next() (protection.LegacyRecord, error) {
	for {
		line, cells, err := r.table.next()
		r.line = line
		if err != nil {
			return protection.LegacyRecord{}, err
		}
		if line > maxRows {
			return protection.LegacyRecord{}, fault.New(fault.Invalid, "legacy.file.long")
		}
		if len(cells) > maxColumns {
			return protection.LegacyRecord{}, fault.New(fault.Invalid, "legacy.file.wide")
		}
		if r.empty(cells) {
			r.layout.add(line, cells, r.skip)
			continue
		}
		return r.record(cells)
	}
}

// empty says whether nothing but a running number stands in a row.
func (r *rows) empty(cells []Cell) bool {
	running := map[int]bool{}
	for i, c := range r.Mapping.Columns {
		if c.As == Running {
			running[r.at[i]] = true
		}
	}
	for at, c := range cells {
		if !running[at] && !r.skip[at] && !c.blank() {
			return false
		}
	}
	return true
}

// record turns one row into a record, and notes what is wrong with it.
func (r *rows) record(cells []Cell) (protection.LegacyRecord, error) {
	x := &reading{rows: r, cells: cells, out: protection.LegacyRecord{ID: ids.New[ids.Row](), Line: r.line, People: 1}}
	for at, c := range cells {
		if named := r.named(at); !named && !r.skip[at] && !c.blank() && r.Mapping.Others != "seal" {
			r.add(letter(at), fault.New(fault.Invalid, "legacy.cell.beyond"))
		} else if !named && !r.skip[at] && !c.blank() {
			x.out.Named = true
		}
		x.sound(at, c)
	}
	for i := range r.Mapping.Columns {
		x.column(i)
	}
	x.where()
	if x.out.People > 1 && x.out.Named {
		r.add(x.peopled, fault.New(fault.Invalid, "legacy.people.named"))
	}
	x.out.Mark, x.out.Once = x.mark()
	if r.Mapping.seals() {
		given, err := json.Marshal(trimmed(cells, r.skip))
		if err != nil {
			return x.out, err
		}
		x.out.Given = vault.Clear(string(given))
	}
	return x.out, nil
}

func (r *rows) named(at int) bool {
	for _, one := range r.at {
		if one == at {
			return true
		}
	}
	return false
}
