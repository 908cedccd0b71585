package store

import (
	"fmt"
	"slices"
	"strings"
)

func list(names []string) string { return strings.Join(names, ", ") }

// load fills empty tables from a dump, within one transaction.
func (t *tx) load(d *dumpReader) (rows int64, err error) {
	known, err := t.dumpTables()
	if err != nil {
		return 0, err
	}
	for {
		tag, err := d.tag()
		if err != nil {
			return rows, err
		}
		switch tag {
		case 'Z':
			return rows, d.end()
		case 'T':
			n, err := t.loadTable(d, known)
			if err != nil {
				return rows, err
			}
			rows += n
		default:
			return rows, malformed()
		}
	}
}

// loadStep values are inserted at a time.
const loadStep = 4096

func (t *tx) loadTable(d *dumpReader, known []string) (rows int64, err error) {
	name, columns, err := t.loadHead(d, known)
	if err != nil {
		return 0, err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	into := name + " (" + list(names) + ")"
	var values []any
	flush := func() error {
		err := t.insertMany(into, len(columns), values)
		values = values[:0]
		if err != nil {
			return fmt.Errorf("restore %s: %w", name, err)
		}
		return nil
	}
	for {
		tag, err := d.tag()
		if err != nil {
			return rows, err
		}
		if tag == 'E' {
			break
		}
		if tag != 'R' {
			return rows, malformed()
		}
		rows++
		for _, c := range columns {
			v, err := d.value()
			if err != nil {
				return rows, err
			}
			values = append(values, c.fit(v))
		}
		if len(values) >= loadStep {
			if err := flush(); err != nil {
				return rows, err
			}
		}
	}
	n, err := d.count(1 << 62)
	if err != nil {
		return rows, err
	}
	if int64(n) != rows {
		return rows, malformed()
	}
	return rows, flush()
}

// loadHead reads the name and the columns of a table, which must be of this
// database: names from a file never reach a statement otherwise.
func (t *tx) loadHead(d *dumpReader, known []string) (string, []column, error) {
	name, err := d.text()
	if err != nil {
		return "", nil, err
	}
	if !slices.Contains(known, name) {
		return "", nil, malformed()
	}
	has, err := t.columns(name)
	if err != nil {
		return "", nil, err
	}
	n, err := d.count(1000)
	if err != nil {
		return "", nil, err
	}
	var columns []column
	for range n {
		c, err := d.text()
		if err != nil {
			return "", nil, err
		}
		i := slices.IndexFunc(has, func(h column) bool { return h.name == c })
		if i < 0 {
			return "", nil, malformed()
		}
		columns = append(columns, has[i])
	}
	if n == 0 {
		return "", nil, malformed()
	}
	var there int
	if err := t.get(&there, "SELECT COUNT(*) FROM "+name); err != nil {
		return "", nil, err
	}
	if there != 0 {
		return "", nil, errNotEmpty(name)
	}
	return name, columns, nil
}

// fit turns a dumped value into what the column takes.
func (c column) fit(v any) any {
	if n, ok := v.(int64); ok && c.kind == "BOOL" {
		return n != 0
	}
	return v
}
