package disclosure

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Reading says what of a file is read, and how persons are told apart in it.
type Reading struct {
	// Unit is the column that says which person a row is about. Rows of one person
	// become one record: where they differ, the values are joined with a semicolon.
	// Empty, each row is taken as one person, which the caller must know to be true.
	Unit string
	// Keys are the columns that are read; empty, all but Unit.
	Keys []string
	// Most bounds the different values of a column; 0 is MostValues.
	Most int
	// One lets a single column be read: enough for a table, too little for a record.
	One bool
	// Tell is told now and then how many rows were read; it may be nil.
	Tell func(rows int)
}

// mostCodes is how many values fit into the codes of a column.
const mostCodes = 60000

// mostRows keeps row numbers and counts in words of 32 bits.
const mostRows = 1 << 30

// ReadRecords reads a file of separated values whose first row names the columns.
// Commas, semicolons and tabs are told apart by that row; a byte order mark is
// passed over; cells that are not UTF-8 are read as Latin-1 and counted. An error
// says the row (the header is row 1) and the column, and never what stands there.
func ReadRecords(in io.Reader, o Reading) (*Records, error) {
	l, err := load(in, o, nil)
	if err != nil {
		return nil, err
	}
	return l.out, nil
}

// load reads a file into a loader; more is what else is wanted of each row, or nil.
func load(in io.Reader, o Reading, more *besides) (*loader, error) {
	buffered := bufio.NewReaderSize(in, 1<<18)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = buffered.Discard(3)
	} else if len(mark) >= 2 && (mark[0] == 0xff && mark[1] == 0xfe || mark[0] == 0xfe && mark[1] == 0xff) {
		return nil, errors.New("the file is UTF-16; save it as CSV UTF-8")
	}
	c := csv.NewReader(buffered)
	c.ReuseRecord = true
	first, _ := buffered.Peek(1 << 16)
	c.Comma = separatorOf(first)
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty")
	}
	if err != nil {
		return nil, rowError(err)
	}
	l, err := newLoader(header, o, more)
	if err != nil {
		return nil, err
	}
	for row := 2; ; row++ {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, rowError(err)
		}
		if err := l.add(cells, row); err != nil {
			return nil, err
		}
		if o.Tell != nil && row%4096 == 0 {
			o.Tell(row)
		}
	}
	return l, l.close()
}

func rowError(err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fmt.Errorf("row at line %d, column %d: %w", p.Line, p.Column, p.Err)
	}
	return err
}

// separatorOf is the most frequent of comma, semicolon and tab in the first line.
func separatorOf(text []byte) rune {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, s := range ";\t" {
		if n := bytes.Count(line, []byte(string(s))); n > most {
			best, most = s, n
		}
	}
	return best
}

// loader takes rows in.
type loader struct {
	out    *Records
	from   []int // column of the file of each column that is kept
	code   []map[string]uint16
	unit   int // column of the file, or -1
	person map[string]int32
	who    []int32 // person of each row, with a unit
	most   []int   // by column: how many values it may have
	more   *besides
}

// namesOf are the names of the columns, once each.
func namesOf(header []string) ([]string, error) {
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = strings.TrimSpace(h)
		switch {
		case !utf8.ValidString(names[i]):
			names[i] = fromLatin(names[i])
		case names[i] == "":
			return nil, fmt.Errorf("row 1, column %d: the column has no name", i+1)
		}
		if j := slices.Index(names[:i], names[i]); j >= 0 {
			return nil, fmt.Errorf("row 1, columns %d and %d have one name", j+1, i+1)
		}
	}
	return names, nil
}

func newLoader(header []string, o Reading, more *besides) (*loader, error) {
	names, err := namesOf(header)
	if err != nil {
		return nil, err
	}
	l := &loader{out: &Records{}, unit: -1, more: more}
	if o.Most <= 0 || o.Most > mostCodes {
		o.Most = MostValues
	}
	if o.Unit != "" {
		if l.unit = slices.Index(names, o.Unit); l.unit < 0 {
			return nil, fmt.Errorf("there is no column %q to tell persons apart; there are %s", o.Unit, strings.Join(names, ", "))
		}
		l.person = map[string]int32{}
	}
	keys := o.Keys
	if len(keys) == 0 {
		keys = slices.Clone(names)
		if l.unit >= 0 {
			keys = slices.Delete(keys, l.unit, l.unit+1)
		}
	}
	for i, k := range keys {
		at := slices.Index(names, k)
		switch {
		case at < 0:
			return nil, fmt.Errorf("there is no column %q; there are %s", k, strings.Join(names, ", "))
		case slices.Contains(keys[:i], k):
			return nil, fmt.Errorf("column %q is named twice", k)
		case at == l.unit:
			return nil, fmt.Errorf("column %q tells persons apart; it is never released", k)
		}
		l.from = append(l.from, at)
	}
	if len(keys) < 2 && !o.One {
		return nil, errors.New("one column is left: a release of records needs two or more; for one, publish a table")
	}
	keys, err = l.beside(keys, names)
	if err != nil {
		return nil, err
	}
	if len(keys) > MostColumns {
		return nil, fmt.Errorf("%d columns, and at most %d can be released together: name those that matter with --keys", len(keys), MostColumns)
	}
	l.out.Columns = slices.Clone(keys)
	for i := range keys {
		most := o.Most
		if more != nil && i >= more.keys {
			most = mostCodes
		}
		l.most = append(l.most, most)
		l.out.Values = append(l.out.Values, []string{""})
		l.out.Codes = append(l.out.Codes, nil)
		l.code = append(l.code, map[string]uint16{"": 0})
	}
	return l, nil
}

func (l *loader) add(cells []string, row int) error {
	if row > mostRows {
		return fmt.Errorf("row %d: more rows than can be counted", row)
	}
	for i, at := range l.from {
		code, err := l.codeOf(i, cells[at])
		if err != nil {
			return fmt.Errorf("row %d, column %d: %w", row, at+1, err)
		}
		l.out.Codes[i] = append(l.out.Codes[i], code)
	}
	l.out.Rows++
	if err := l.more.add(cells, row); err != nil {
		return err
	}
	if l.unit < 0 {
		return nil
	}
	name := strings.TrimSpace(cells[l.unit])
	if name == "" {
		return fmt.Errorf("row %d, column %d: it does not say who the row is about", row, l.unit+1)
	}
	p, known := l.person[name]
	if !known {
		p = int32(len(l.person))
		l.person[strings.Clone(name)] = p
	}
	l.who = append(l.who, p)
	return nil
}

func (l *loader) codeOf(column int, cell string) (uint16, error) {
	cell = strings.TrimSpace(cell)
	if code, known := l.code[column][cell]; known {
		return code, nil
	}
	if strings.IndexByte(cell, 0) >= 0 {
		return 0, errors.New("a zero byte; this is not text")
	}
	if len(l.out.Values[column]) > l.most[column] {
		return 0, fmt.Errorf("more than %d different values in this column, which would tell persons apart: leave it out with --keys, or put values into groups", l.most[column])
	}
	key := strings.Clone(cell)
	text := key
	if !utf8.ValidString(text) {
		text = fromLatin(text)
		l.out.Latin++
		if code, known := l.code[column][text]; known {
			l.code[column][key] = code
			return code, nil
		}
	}
	code := uint16(len(l.out.Values[column]))
	l.out.Values[column] = append(l.out.Values[column], text)
	l.code[column][key], l.code[column][text] = code, code
	return code, nil
}

// close joins the rows of each person, and refuses columns that say nothing.
func (l *loader) close() error {
	if l.out.Rows == 0 {
		return errors.New("the file has names of columns and no rows")
	}
	if l.unit >= 0 && len(l.person) < l.out.Rows {
		if err := l.join(); err != nil {
			return err
		}
	}
	for i, values := range l.out.Values {
		n := l.out.histogram(i)
		used := 0
		for _, k := range n {
			if k > 0 {
				used++
			}
		}
		if used < 2 {
			return fmt.Errorf("column %d, %q: one value in all rows (row 2 and after); it says nothing, leave it out with --keys", l.from[i]+1, l.out.Columns[i])
		}
		if len(values) > l.most[i]+1 {
			return fmt.Errorf("column %d, %q: more than %d different values once the rows of a person are joined", l.from[i]+1, l.out.Columns[i], l.most[i])
		}
	}
	return nil
}

// join makes one record of the rows of a person: in each column the values that are
// there, in order, with a semicolon between.
func (l *loader) join() error {
	start := make([]int32, len(l.person)+1)
	for _, p := range l.who {
		start[p+1]++
	}
	for i := range len(l.person) {
		start[i+1] += start[i]
	}
	rows := make([]int32, len(l.who))
	next := slices.Clone(start)
	for row, p := range l.who {
		rows[next[p]] = int32(row)
		next[p]++
	}
	for c := range l.out.Codes {
		joined := make([]uint16, len(l.person))
		for p := range joined {
			var some []string
			for _, row := range rows[start[p]:start[p+1]] {
				if v := l.out.Values[c][l.out.Codes[c][row]]; v != "" && !slices.Contains(some, v) {
					some = append(some, v)
				}
			}
			slices.Sort(some)
			code, err := l.codeOf(c, strings.Join(some, ";"))
			if err != nil {
				return fmt.Errorf("row %d, column %d: %w", rows[start[p]]+2, l.from[c]+1, err)
			}
			joined[p] = code
		}
		l.out.Codes[c] = joined
	}
	return l.more.join(rows, start)
}

// fromLatin reads bytes as ISO 8859-1.
func fromLatin(s string) string {
	letters := make([]rune, len(s))
	for i := range len(s) {
		letters[i] = rune(s[i])
	}
	return string(letters)
}
