package linkage

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Table holds records by column, each different value once, whatever number of
// files they came from. A cell of spaces only is missing.
type Table struct {
	Columns []string
	Starts  []int // where each file's records begin
	Latin   int   // different cells that were not UTF-8 and were read as Latin-1

	cells []cells // by column
	n     int
}

// cells is one column: a code a record, 0 where missing, and the value of each.
type cells struct {
	codes  []uint32
	values []string // values[0] is ""
	code   map[string]uint32
}

// mostRecords fits a pair into two words of 32 bits, with room.
const mostRecords = 1 << 30

// headerBytes is how far the first row is looked at for what separates its cells.
const headerBytes = 1 << 16

// Records is how many records were read.
func (t *Table) Records() int { return t.n }

// Value is a cell as it was written, without the spaces around it.
func (t *Table) Value(record int, column string) string {
	if c := t.column(column); c >= 0 && record >= 0 && record < t.n {
		return t.cells[c].values[t.cells[c].codes[record]]
	}
	return ""
}

// Different is how many different values a column has, what is missing not counted.
func (t *Table) Different(column string) int {
	if c := t.column(column); c >= 0 {
		return len(t.cells[c].values) - 1
	}
	return 0
}

func (t *Table) column(name string) int {
	for i, c := range t.Columns {
		if c == name {
			return i
		}
	}
	return -1
}

// file is the number of the file a record came from, from 0.
func (t *Table) file(record int) int {
	for f := len(t.Starts) - 1; f > 0; f-- {
		if record >= t.Starts[f] {
			return f
		}
	}
	return 0
}

// Read adds the records of a file of separated values, the first row being names
// of columns. Commas, semicolons and tabs are told apart by that row; a byte
// order mark is passed over; cells that are not UTF-8 are read as Latin-1 and
// counted. A second file must have the columns of the first, in any order.
// seen, if not nil, is told now and then how many records were read. Errors say
// row and column and never a value.
func (t *Table) Read(r io.Reader, seen func(records int)) error {
	c, err := Rows(r)
	if err != nil {
		return err
	}
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	}
	if err != nil {
		return readError(err)
	}
	order, err := t.open(header)
	if err != nil {
		return err
	}
	before := t.n
	for row := 2; ; row++ {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return readError(err)
		}
		if err := t.add(record, order, row); err != nil {
			return err
		}
		if seen != nil && t.n%4096 == 0 {
			seen(t.n)
		}
	}
	if t.n == before {
		return errors.New("the file has names of columns and no record")
	}
	return nil
}

// Rows prepares the reading of a file of separated values as [Table.Read] has it: without
// a byte order mark, and by the separator of its first row.
func Rows(r io.Reader) (*csv.Reader, error) {
	in := bufio.NewReaderSize(r, headerBytes)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		in.Discard(3)
	} else if len(mark) >= 2 && (mark[0] == 0xff && mark[1] == 0xfe || mark[0] == 0xfe && mark[1] == 0xff) {
		return nil, errors.New("the file is UTF-16; save it as UTF-8")
	}
	c := csv.NewReader(in)
	c.ReuseRecord = true
	first, _ := in.Peek(headerBytes)
	c.Comma = separator(first)
	return c, nil
}

func readError(err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fmt.Errorf("row at line %d, column %d: %w", p.Line, p.Column, p.Err)
	}
	return err
}

// separator is the most frequent of , ; and tab in the first line.
func separator(text []byte) rune {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, s := range ";\t" {
		if n := bytes.Count(line, []byte(string(s))); n > most {
			best, most = s, n
		}
	}
	return best
}

// open makes the columns, or finds those of the first file. order[i] is the
// table's column of the file's cell i.
func (t *Table) open(header []string) ([]int, error) {
	names := make([]string, len(header))
	for i, h := range header {
		if names[i] = strings.TrimSpace(h); !utf8.ValidString(names[i]) {
			names[i] = latin(names[i])
			t.Latin++
		}
		if names[i] == "" {
			return nil, fmt.Errorf("row 1, column %d has no name", i+1)
		}
		for j := range i {
			if names[j] == names[i] {
				return nil, fmt.Errorf("row 1, columns %d and %d have one name, %q", j+1, i+1, names[i])
			}
		}
	}
	t.Starts = append(t.Starts, t.n)
	order := make([]int, len(names))
	if t.Columns == nil {
		t.Columns = names
		t.cells = make([]cells, len(names))
		for i := range names {
			order[i] = i
			t.cells[i] = cells{values: []string{""}, code: map[string]uint32{"": 0}}
		}
		return order, nil
	}
	if len(names) != len(t.Columns) {
		return nil, fmt.Errorf("row 1 has %d columns, the first file has %d", len(names), len(t.Columns))
	}
	for i, n := range names {
		if order[i] = t.column(n); order[i] < 0 {
			return nil, fmt.Errorf("row 1, column %d: %q is not a column of the first file", i+1, n)
		}
	}
	return order, nil
}

func (t *Table) add(record []string, order []int, row int) error {
	if t.n >= mostRecords {
		return fmt.Errorf("row %d: more records than can be compared", row)
	}
	for i, cell := range record {
		cell = strings.TrimSpace(cell)
		if strings.IndexByte(cell, 0) >= 0 {
			return fmt.Errorf("row %d, column %d holds a zero byte", row, i+1)
		}
		c := &t.cells[order[i]]
		code, known := c.code[cell]
		if !known {
			code = uint32(len(c.values))
			text := strings.Clone(cell)
			c.code[text] = code
			if !utf8.ValidString(text) {
				text = latin(text)
				t.Latin++
			}
			c.values = append(c.values, text)
		}
		c.codes = append(c.codes, code)
	}
	t.n++
	return nil
}

// latin reads bytes as ISO 8859-1.
func latin(s string) string {
	letters := make([]rune, len(s))
	for i := range len(s) {
		letters[i] = rune(s[i])
	}
	return string(letters)
}
