package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/fault"
)

// The dump is one format for both engines, so that a backup of one can be
// restored into the other:
//
//	"inkingi data 1\n" head(JSON, as text)
//	{ 'T' table(text) n { column(text) }
//	  { 'R' { 'n' | 'i' int64 | 'r' float64 | 't' text | 'b' bytes } }
//	  'E' rows(uvarint) }
//	'Z' SHA-256 of everything before
//
// with text and bytes as length (uvarint) and bytes, numbers as 8 bytes big
// endian, booleans as 'i' 0 and 1. Keys are not in it: they travel apart.
const dumpMagic = "inkingi data 1\n"

// dumpHead says what a dump is of.
type dumpHead struct {
	Made   time.Time `json:"made"`
	Schema int64     `json:"schema"` // version of the migrations
	Engine string    `json:"engine"`
}

// keyTables are left out of the dump.
func keyTables() []string { return []string{"org_key", "subject_key"} }

const dumpLimit = 64 << 20 // bytes of one value: more is damage

type dumpWriter struct {
	out *bufio.Writer
	sum hash.Hash
	err error
}

func newDumpWriter(w io.Writer) *dumpWriter {
	d := &dumpWriter{sum: sha256.New()}
	d.out = bufio.NewWriterSize(io.MultiWriter(w, d.sum), 1<<16)
	return d
}

func (d *dumpWriter) bytes(b []byte) {
	if d.err == nil {
		_, d.err = d.out.Write(b)
	}
}

func (d *dumpWriter) text(s string) {
	d.bytes(binary.AppendUvarint(nil, uint64(len(s))))
	if d.err == nil {
		_, d.err = d.out.WriteString(s)
	}
}

func (d *dumpWriter) number(tag byte, n uint64) {
	d.bytes(binary.BigEndian.AppendUint64([]byte{tag}, n))
}

func (d *dumpWriter) value(v any) error {
	switch v := v.(type) {
	case nil:
		d.bytes([]byte{'n'})
	case bool:
		n := uint64(0)
		if v {
			n = 1
		}
		d.number('i', n)
	case int64:
		d.number('i', uint64(v))
	case float64:
		d.number('r', math.Float64bits(v))
	case string:
		d.bytes([]byte{'t'})
		d.text(v)
	case []byte:
		d.bytes([]byte{'b'})
		d.text(string(v))
	default:
		return fmt.Errorf("store: a value of type %T cannot be dumped", v)
	}
	return d.err
}

// end writes the sum and flushes.
func (d *dumpWriter) end() error {
	d.bytes([]byte{'Z'})
	if d.err == nil {
		d.err = d.out.Flush()
	}
	sum := d.sum.Sum(nil)
	d.bytes(sum)
	if d.err == nil {
		d.err = d.out.Flush()
	}
	return d.err
}

// dump writes every table but the keys, as one moment sees them, and says how
// many rows it wrote.
func (t *tx) dump(w io.Writer, head dumpHead) (rows int64, err error) {
	tables, err := t.dumpTables()
	if err != nil {
		return 0, err
	}
	text, err := json.Marshal(head)
	if err != nil {
		return 0, err
	}
	d := newDumpWriter(w)
	d.bytes([]byte(dumpMagic))
	d.text(string(text))
	for _, name := range tables {
		n, err := t.dumpTable(d, name)
		if err != nil {
			return 0, fmt.Errorf("dump %s: %w", name, err)
		}
		rows += n
	}
	return rows, d.end()
}

func (t *tx) dumpTables() ([]string, error) {
	var names []string
	err := t.list(&names, t.s.dialect.queries.tables)
	return slices.DeleteFunc(names, func(n string) bool {
		return n == "goose_db_version" || slices.Contains(keyTables(), n)
	}), err
}

func (t *tx) dumpTable(d *dumpWriter, name string) (n int64, err error) {
	columns, err := t.columns(name)
	if err != nil {
		return 0, err
	}
	d.bytes([]byte{'T'})
	d.text(name)
	d.bytes(binary.AppendUvarint(nil, uint64(len(columns))))
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
		d.text(c.name)
	}
	values := make([]any, len(columns))
	to := make([]any, len(columns))
	for i := range values {
		to[i] = &values[i]
	}
	err = t.each("SELECT "+list(names)+" FROM "+name, nil, func(rows *sqlx.Rows) error {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		n++
		d.bytes([]byte{'R'})
		for i, v := range values {
			if b, ok := v.([]byte); ok && columns[i].kind == "JSON" {
				v = string(b)
			}
			if err := d.value(v); err != nil {
				return err
			}
		}
		return nil
	})
	d.bytes(binary.AppendUvarint([]byte{'E'}, uint64(n)))
	return n, err
}

// column is a column as the engine describes it.
type column struct{ name, kind string }

func (t *tx) columns(table string) ([]column, error) {
	rows, err := t.q.QueryxContext(t.run, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	var all []column
	for _, c := range types {
		all = append(all, column{c.Name(), c.DatabaseTypeName()})
	}
	return all, rows.Err()
}

func malformed() error { return fault.New(fault.Invalid, "store.backup.malformed") }

// dumpReader reads what dumpWriter wrote. Damage is Invalid,
// "store.backup.malformed"; the sum stands at the end, so that a caller keeps
// all in one transaction and undoes it on any fault.
type dumpReader struct {
	in  *bufio.Reader
	sum hash.Hash
}

func newDumpReader(r io.Reader) (*dumpReader, dumpHead, error) {
	d := &dumpReader{in: bufio.NewReaderSize(r, 1<<16), sum: sha256.New()}
	var head dumpHead
	magic, err := d.take(len(dumpMagic))
	if err != nil {
		return nil, head, err
	}
	if string(magic) != dumpMagic {
		return nil, head, malformed()
	}
	text, err := d.text()
	if err != nil {
		return nil, head, err
	}
	if json.Unmarshal([]byte(text), &head) != nil {
		return nil, head, malformed()
	}
	return d, head, nil
}

func (d *dumpReader) take(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(d.in, b); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, malformed()
		}
		return nil, fmt.Errorf("read backup: %w", err)
	}
	d.sum.Write(b)
	return b, nil
}

func (d *dumpReader) tag() (byte, error) {
	b, err := d.take(1)
	if err != nil {
		return 0, err
	}
	return b[0], nil
}

func (d *dumpReader) count(limit uint64) (int, error) {
	var b [1]byte
	n := uint64(0)
	for shift := 0; shift < 63; shift += 7 {
		one, err := d.take(1)
		if err != nil {
			return 0, err
		}
		b[0] = one[0]
		n |= uint64(b[0]&0x7f) << shift
		if b[0] < 0x80 {
			if n > limit {
				return 0, malformed()
			}
			return int(n), nil
		}
	}
	return 0, malformed()
}

func (d *dumpReader) text() (string, error) {
	n, err := d.count(dumpLimit)
	if err != nil {
		return "", err
	}
	b, err := d.take(n)
	return string(b), err
}

func (d *dumpReader) value() (any, error) {
	tag, err := d.tag()
	if err != nil {
		return nil, err
	}
	switch tag {
	case 'n':
		return nil, nil
	case 'i', 'r':
		b, err := d.take(8)
		if err != nil {
			return nil, err
		}
		n := binary.BigEndian.Uint64(b)
		if tag == 'r' {
			return math.Float64frombits(n), nil
		}
		return int64(n), nil
	case 't':
		return d.text()
	case 'b':
		s, err := d.text()
		return []byte(s), err
	}
	return nil, malformed()
}

// end checks the sum.
func (d *dumpReader) end() error {
	want := d.sum.Sum(nil)
	got, err := d.take(sha256.Size)
	if err != nil {
		return err
	}
	if string(got) != string(want) {
		return malformed()
	}
	return nil
}
