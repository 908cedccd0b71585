package store

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"inkingi/internal/fault"
)

// shape is how a Go struct lies in columns: its fields with a db tag, and
// those of the structs embedded in it without one.
type shape struct {
	columns []string
	fields  [][]int
}

type shapes struct{ known sync.Map } // reflect.Type → *shape

func newShapes() *shapes { return &shapes{} }

func (s *shapes) of(row any) (*shape, reflect.Value, error) {
	v := reflect.Indirect(reflect.ValueOf(row))
	if v.Kind() != reflect.Struct {
		return nil, v, fmt.Errorf("store: a row must be a struct, not %T", row)
	}
	if known, ok := s.known.Load(v.Type()); ok {
		return known.(*shape), v, nil
	}
	sh := &shape{}
	sh.walk(v.Type(), nil)
	if len(sh.columns) == 0 {
		return nil, v, fmt.Errorf("store: no column in %T", row)
	}
	s.known.Store(v.Type(), sh)
	return sh, v, nil
}

func (sh *shape) walk(t reflect.Type, path []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int{}, path...), i)
		tag, tagged := f.Tag.Lookup("db")
		switch {
		case tagged && tag != "-":
			sh.columns = append(sh.columns, tag)
			sh.fields = append(sh.fields, index)
		case !tagged && f.Anonymous && f.Type.Kind() == reflect.Struct:
			sh.walk(f.Type, index)
		}
	}
}

func (sh *shape) value(v reflect.Value, i int) any { return v.FieldByIndex(sh.fields[i]).Interface() }

func (sh *shape) column(name string) int {
	for i, c := range sh.columns {
		if c == name {
			return i
		}
	}
	return -1
}

// key gives the values of a table's key columns in a row.
func (sh *shape) key(t table, v reflect.Value) ([]any, error) {
	var key []any
	for _, name := range t.key {
		i := sh.column(name)
		if i < 0 {
			return nil, fmt.Errorf("store: %s has no column %s", v.Type(), name)
		}
		key = append(key, sh.value(v, i))
	}
	return key, nil
}

// keyText is a key as the log writes it: its values joined by a slash.
func keyText(key []any) (string, error) {
	var b strings.Builder
	for i, k := range key {
		if i > 0 {
			b.WriteByte('/')
		}
		if valuer, ok := k.(driver.Valuer); ok {
			v, err := valuer.Value()
			if err != nil {
				return "", err
			}
			k = v
		}
		v := reflect.ValueOf(k)
		switch v.Kind() {
		case reflect.String:
			if len(key) > 1 && strings.Contains(v.String(), "/") {
				return "", fault.New(fault.Internal, "store.key")
			}
			b.WriteString(v.String())
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			b.WriteString(strconv.FormatInt(v.Int(), 10))
		default:
			return "", fault.New(fault.Internal, "store.key")
		}
	}
	if b.Len() == 0 {
		return "", fault.New(fault.Internal, "store.key")
	}
	return b.String(), nil
}
