package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"inkingi/internal/fault"
)

// lines is a CSV file.
type lines struct {
	in    *csv.Reader
	line  int
	cells []Cell
}

// openCSV reads a CSV file under the separator that the mapping says, or under
// the first of comma, semicolon and tabulator under which every heading of the
// mapping is found. That is no guess: the headings agree or they do not.
func (m *Mapping) openCSV(f File) (table, error) {
	separators := []rune(m.Separator)
	if len(separators) == 0 {
		separators = []rune{',', ';', '\t'}
	}
	for _, sep := range separators {
		t := m.csv(f, sep)
		if len(separators) == 1 {
			return t, nil
		}
		for range m.Header {
			_, cells, err := t.next()
			if err != nil {
				break
			}
			if t.line == m.Header && len(m.missing(cells)) == 0 {
				return m.csv(f, sep), nil
			}
		}
	}
	return m.csv(f, ','), nil
}

func (m *Mapping) csv(f File, sep rune) *lines {
	in := csv.NewReader(m.decoded(bufio.NewReaderSize(io.NewSectionReader(f, 0, f.Size), 1<<16)))
	in.Comma, in.FieldsPerRecord, in.ReuseRecord = sep, -1, true
	return &lines{in: in}
}

// next counts records: a cell of several lines is one row, as a spreadsheet shows it.
func (l *lines) next() (int, []Cell, error) {
	record, err := l.in.Read()
	if errors.Is(err, io.EOF) {
		return l.line, nil, io.EOF
	}
	l.line++
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return l.line, nil, fault.New(fault.Invalid, "legacy.file.quotes")
	case err != nil:
		return l.line, nil, err
	}
	l.cells = l.cells[:0]
	for _, text := range record {
		l.cells = append(l.cells, Cell{Text: text})
	}
	return l.line, l.cells, nil
}

func (l *lines) from1904() bool { return false }

// decoded turns the file into UTF-8. A byte-order mark is dropped; what is not
// valid UTF-8 is left for the row to complain of, unless the mapping says which
// of the two one-byte encodings it is.
func (m *Mapping) decoded(in *bufio.Reader) io.Reader {
	if head, _ := in.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
		return in
	}
	switch m.Encoding {
	case "latin-1":
		return &oneByte{in: in}
	case "windows-1252":
		return &oneByte{in: in, high: windows1252()}
	}
	return in
}

// oneByte decodes an encoding of one byte a character.
type oneByte struct {
	in   io.ByteReader
	high [32]rune // of 0x80 to 0x9f; zero: as in Latin-1
	rest []byte
}

// Read gives whole characters.
func (o *oneByte) Read(p []byte) (int, error) {
	n := copy(p, o.rest)
	o.rest = o.rest[n:]
	for n < len(p) {
		b, err := o.in.ReadByte()
		if err != nil {
			if n > 0 && errors.Is(err, io.EOF) {
				return n, nil
			}
			return n, err
		}
		r := rune(b)
		if b >= 0x80 && b < 0xa0 && o.high[b-0x80] != 0 {
			r = o.high[b-0x80]
		}
		one := utf8.AppendRune(nil, r)
		wrote := copy(p[n:], one)
		n += wrote
		if wrote < len(one) {
			o.rest = one[wrote:]
		}
	}
	return n, nil
}

// windows1252 are the characters that Windows has where Latin-1 has controls
// (WHATWG Encoding Standard, index windows-1252).
func windows1252() [32]rune {
	return [32]rune{'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
		0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ'}
}
