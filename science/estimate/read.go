package estimate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxBytes bounds what [Read] takes: a row a person for four million people.
const MaxBytes = 64 << 20

// Read reads a table from CSV text with a header. There are two forms:
//
//   - capture histories: a column of 0 and 1 for each list, then a last column with
//     the number of persons; a history may come on several rows;
//   - one row a person: a column of 0 and 1 for each list, and nothing else.
//
// The last column is counts when its name is one of the usual ones (count, n,
// freq, number, persons, and their French), or when it holds anything but 0 and 1. Commas,
// semicolons and tabs separate; a mark of byte order is passed over. Histories of
// nobody may be there with a count of zero, the empty history too.
//
// An error says the row and column, counted as a spreadsheet counts them (the
// header is row 1), and never what stands there.
func Read(r io.Reader) (*Histories, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxBytes {
		return nil, fmt.Errorf("the file is larger than %d megabytes; count the histories first", MaxBytes>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, errors.New("the file is empty")
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, errors.New("the file is not text in UTF-8: save it as CSV UTF-8")
	}
	rows, places, err := records(text)
	if err != nil {
		return nil, err
	}
	return table(rows, places)
}

// records splits the text; places are the line on which each record begins.
func records(text []byte) (rows [][]string, places []int, err error) {
	c := csv.NewReader(bytes.NewReader(text))
	c.Comma = separator(text)
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = true
	for {
		row, err := c.Read()
		if err == io.EOF {
			return rows, places, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, nil, fmt.Errorf("row %d, column %d: %w", bad.Line, bad.Column, bad.Err)
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := c.FieldPos(0)
		rows, places = append(rows, row), append(places, line)
	}
}

// separator is the sign that the header has most of.
func separator(text []byte) rune {
	head, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', bytes.Count(head, []byte(","))
	for _, s := range ";\t" {
		if n := bytes.Count(head, []byte(string(s))); n > most {
			best, most = s, n
		}
	}
	return best
}

// table makes histories of the rows.
func table(rows [][]string, places []int) (*Histories, error) {
	head := rows[0]
	for i, name := range head {
		head[i] = strings.TrimSpace(name)
		switch {
		case !utf8.ValidString(name):
			return nil, fmt.Errorf("row 1, column %d: the name is not UTF-8; save the file as CSV UTF-8", i+1)
		case head[i] == "":
			return nil, fmt.Errorf("row 1, column %d: the column has no name", i+1)
		}
	}
	if len(head) < 2 {
		return nil, errors.New("the file has one column: a column for each list is needed, and counts in the last one unless a row is a person")
	}
	if len(rows) < 2 {
		return nil, errors.New("the file has a header and no rows")
	}
	for i, row := range rows {
		if len(row) != len(head) {
			return nil, fmt.Errorf("row %d has %d columns where the header has %d", places[i], len(row), len(head))
		}
	}
	counted := isCounts(head, rows[1:])
	lists := head
	if counted {
		lists = head[:len(head)-1]
	}
	h, err := NewHistories(lists...)
	if err != nil {
		return nil, fmt.Errorf("row 1: %w", err)
	}
	for i, row := range rows[1:] {
		if err := h.addRow(row, counted, places[i+1]); err != nil {
			return nil, err
		}
	}
	for i, l := range h.Lists {
		if h.Margin(1<<i) == 0 {
			return nil, fmt.Errorf("column %d: nobody is on list %q; leave it out", i+1, l)
		}
	}
	return h, nil
}

// isCounts says whether the last column holds numbers of persons.
func isCounts(head []string, rows [][]string) bool {
	last := len(head) - 1
	switch strings.ToLower(head[last]) {
	case "count", "counts", "n", "freq", "frequency", "number", "persons", "people", "personnes", "effectif", "effectifs", "nombre", "fréquence", "frequence":
		return true
	}
	for _, row := range rows {
		if s := strings.TrimSpace(row[last]); s != "0" && s != "1" {
			return true
		}
	}
	return false
}

// addRow counts one row, which begins on the given line of the file.
func (h *Histories) addRow(row []string, counted bool, line int) error {
	var w Term
	for i := range h.Lists {
		switch strings.TrimSpace(row[i]) {
		case "0":
		case "1":
			w |= 1 << i
		case "":
			return fmt.Errorf("row %d, column %d: empty, where 0 or 1 is needed", line, i+1)
		default:
			return fmt.Errorf("row %d, column %d: neither 0 nor 1", line, i+1)
		}
	}
	n := 1
	if counted {
		var err error
		if n, err = count(strings.TrimSpace(row[len(h.Lists)])); err != nil {
			return fmt.Errorf("row %d, column %d: %w", line, len(h.Lists)+1, err)
		}
	}
	if err := h.Add(w, n); err != nil {
		return fmt.Errorf("row %d: %w", line, err)
	}
	return nil
}

// count reads a number of persons.
func count(s string) (int, error) {
	if s == "" {
		return 0, errors.New("the count is missing")
	}
	n, err := strconv.Atoi(s)
	if err == nil && n >= 0 {
		return n, nil
	}
	x, broken := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	switch {
	case broken != nil && !errors.Is(broken, strconv.ErrRange):
		return 0, errors.New("the count is not a number")
	case x < 0:
		return 0, errors.New("the count is negative")
	case x > maxPersons:
		return 0, fmt.Errorf("more than %d persons", maxPersons)
	case x == float64(int(x)):
		return int(x), nil // 3.0, 1e3: spreadsheets write so
	}
	return 0, errors.New("the count is not a whole number")
}
