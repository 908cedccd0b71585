package exchange

import (
	"encoding/json"
	"io"
	"strings"

	"inkingi/internal/fault"
)

// CellKind is what a file says about a cell.
type CellKind byte

// The kinds. In a CSV file everything is text.
const (
	Words  CellKind = iota // as typed
	Number                 // a number that is shown as one
	Dated                  // a number that is shown as a date: days since the file's first
	Broken                 // a formula that failed
)

// Cell is one cell as it stands in the file.
type Cell struct {
	Kind CellKind
	Text string
}

// MarshalJSON writes text as text and the rest with its kind.
func (c Cell) MarshalJSON() ([]byte, error) {
	switch c.Kind {
	case Number:
		return json.Marshal(map[string]string{"n": c.Text})
	case Dated:
		return json.Marshal(map[string]string{"d": c.Text})
	}
	return json.Marshal(c.Text)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Cell) UnmarshalJSON(b []byte) error {
	*c = Cell{}
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &c.Text)
	}
	var kinds map[string]string
	if err := json.Unmarshal(b, &kinds); err != nil {
		return err
	}
	if text, ok := kinds["n"]; ok {
		*c = Cell{Number, text}
	} else if text, ok := kinds["d"]; ok {
		*c = Cell{Dated, text}
	}
	return nil
}

// blank says whether nobody wrote anything in the cell.
func (c Cell) blank() bool { return c.Kind != Broken && strings.TrimSpace(c.Text) == "" }

// table gives the rows of a file one by one, io.EOF at the end. line is the row
// as whoever opens the file sees it, 1 for the first. The cells belong to the
// table until the next call.
type table interface {
	next() (line int, cells []Cell, err error)
	from1904() bool
}

// File is a list as it lies there: to be read as often as needed.
type File struct {
	io.ReaderAt
	Size int64
}

// Limits of a file.
const (
	maxRows   = 2_000_000
	maxCell   = 32_767  // characters; a spreadsheet allows no more
	maxSheet  = 4 << 30 // bytes of one unpacked sheet
	maxShared = 256 << 20
)

// open finds out what a file is by its first bytes.
func (m *Mapping) open(f File) (table, error) {
	var head [8]byte
	n, err := f.ReadAt(head[:], 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch text := string(head[:n]); {
	case strings.HasPrefix(text, "PK\x03\x04"):
		return openSheet(f, m.Sheet)
	case strings.HasPrefix(text, "\xd0\xcf\x11\xe0"):
		return nil, fault.New(fault.Invalid, "legacy.file.old") // .xls, or a password
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return nil, fault.New(fault.Invalid, "legacy.file.utf16")
	}
	return m.openCSV(f)
}
