package exchange

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"inkingi/internal/fault"
)

// sheet is one sheet of a spreadsheet (ECMA-376, SpreadsheetML), read as a
// stream straight from the file: only the shared texts are held in memory.
type sheet struct {
	in     *xml.Decoder
	close  func() error
	shared []string
	dates  []bool // by cell style: shown as a date
	start  bool   // days are counted from 1904
	line   int
	cells  []Cell
}

// openSheet finds a sheet by its name, or takes the first.
func openSheet(f File, name string) (table, error) {
	z, err := zip.NewReader(f, f.Size)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "legacy.file.broken", err)
	}
	b := &book{zip: z}
	path, err := b.find(name)
	if err != nil {
		return nil, err
	}
	s := &sheet{start: b.start}
	if s.shared, err = b.texts(); err != nil {
		return nil, err
	}
	if s.dates, err = b.styles(); err != nil {
		return nil, err
	}
	in, err := b.open(path, maxSheet)
	if err != nil {
		return nil, err
	}
	s.in, s.close = xml.NewDecoder(bufio.NewReaderSize(in, 1<<16)), in.Close
	return s, nil
}

func (s *sheet) from1904() bool { return s.start }

// next reads one row.
func (s *sheet) next() (int, []Cell, error) {
	for {
		token, err := s.in.RawToken()
		if errors.Is(err, io.EOF) {
			return s.line, nil, s.end()
		}
		if err != nil {
			return s.line, nil, broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "row" {
				return s.row(t)
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" {
				return s.line, nil, s.end()
			}
		}
	}
}

func (s *sheet) end() error {
	if s.close != nil {
		_ = s.close() // reading is over; what could be wrong was said while reading
		s.close = nil
	}
	return io.EOF
}

func (s *sheet) row(start xml.StartElement) (int, []Cell, error) {
	s.line++
	if n, err := strconv.Atoi(attribute(start, "r")); err == nil && n >= s.line {
		s.line = n
	}
	s.cells = s.cells[:0]
	for {
		token, err := s.in.RawToken()
		if err != nil {
			return s.line, nil, broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				if err := s.cell(t); err != nil {
					return s.line, nil, err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return s.line, s.cells, nil
			}
		}
	}
}

// cell reads one cell to its place: a row leaves out those that are empty.
func (s *sheet) cell(start xml.StartElement) error {
	at := len(s.cells)
	if ref := strings.TrimRight(attribute(start, "r"), "0123456789"); ref != "" {
		n, ok := number(ref)
		if !ok || n < at {
			return fault.New(fault.Invalid, "legacy.file.broken")
		}
		at = n
	}
	for len(s.cells) <= at {
		s.cells = append(s.cells, Cell{})
	}
	text, err := s.content()
	if err != nil {
		return err
	}
	style, _ := strconv.Atoi(attribute(start, "s"))
	c := Cell{Text: text}
	switch kind := attribute(start, "t"); {
	case kind == "s":
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n >= len(s.shared) {
			return fault.New(fault.Invalid, "legacy.file.broken")
		}
		c.Text = s.shared[n]
	case kind == "e":
		c.Kind = Broken
	case kind == "b":
		c.Text = map[string]string{"1": "TRUE", "0": "FALSE"}[text]
	case (kind == "" || kind == "n") && text != "":
		c.Kind = Number
		if style >= 0 && style < len(s.dates) && s.dates[style] {
			c.Kind = Dated
		}
	}
	s.cells[at] = c
	return nil
}

// content gathers the value of a cell: <v>, or the runs <t> of an inline text.
// Phonetic hints (rPh) are left out, and formulas: their last result stands in <v>.
func (s *sheet) content() (string, error) {
	var b strings.Builder
	depth, taking, hint := 1, false, 0
	for depth > 0 {
		token, err := s.in.RawToken()
		if err != nil {
			return "", broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "rPh" {
				hint = depth
			}
			taking = hint == 0 && (t.Name.Local == "v" || t.Name.Local == "t")
		case xml.EndElement:
			if depth == hint {
				hint = 0
			}
			depth--
			taking = false
		case xml.CharData:
			if taking {
				b.Write(t)
			}
		}
		if b.Len() > maxCell*utf8.UTFMax {
			return "", fault.New(fault.Invalid, "legacy.cell.long")
		}
	}
	return unescaped(b.String()), nil
}

// unescaped gives the characters that SpreadsheetML writes as _x000D_.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i:i+2] == "_x" && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// broken says that a file is damaged, unless something better was said already.
func broken(err error) error {
	if fault.Is(err, fault.Invalid) {
		return err
	}
	return fault.Wrap(fault.Invalid, "legacy.file.broken", err)
}
