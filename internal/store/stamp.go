package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// stampLayout is the one width of every time in the database.
const stampLayout = "2006-01-02T15:04:05.000Z"

// stamp is a time as the database keeps it: UTC text, milliseconds, Z. The
// zero time is NULL. Use it as the type of a column in a row struct.
type stamp struct{ time.Time }

// at cuts a time to what the database keeps.
func at(t time.Time) stamp { return stamp{t.UTC().Truncate(time.Millisecond)} }

// Value gives the text.
func (s stamp) Value() (driver.Value, error) {
	if s.IsZero() {
		return nil, nil
	}
	return s.UTC().Format(stampLayout), nil
}

// Scan reads the text.
func (s *stamp) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s = stamp{}
		return nil
	case []byte:
		return s.Scan(string(v))
	case string:
		t, err := time.Parse(stampLayout, v)
		if err != nil {
			return fmt.Errorf("store: a time of another form: %w", err)
		}
		*s = stamp{t}
		return nil
	}
	return fmt.Errorf("store: a time cannot be read from %T", src)
}

// maybe is a short text that may be missing: "" is NULL, as in every column that
// was added later, so that older hashes hold (registry.go).
type maybe string

// Value gives the text.
func (m maybe) Value() (driver.Value, error) {
	if m == "" {
		return nil, nil
	}
	return string(m), nil
}

// Scan reads the text.
func (m *maybe) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = ""
	case []byte:
		*m = maybe(v)
	case string:
		*m = maybe(v)
	default:
		return fmt.Errorf("store: a text cannot be read from %T", src)
	}
	return nil
}
