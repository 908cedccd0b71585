package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Hash is a SHA-256.
type Hash = [sha256.Size]byte

// Row is what an entry keeps of one row it touched: which row, and the hash of
// all its columns after the act, or that it is gone.
type Row struct {
	Table string
	Key   string
	Hash  Hash
	Gone  bool
}

// Column is one column of a row as it is stored: nil, bool, int64, float64,
// string or []byte.
type Column struct {
	Name  string
	Value any
}

// HashRow hashes a row in a way that does not depend on the engine, on the
// order of the columns, or on columns that are added later without a value:
//
//	"inkingi row 1\n" table key { name type value } sorted by name
//
// with every string as its length (uvarint) and bytes, types 'i' (8 bytes big
// endian, booleans as 0 and 1), 'r' (IEEE 754, 8 bytes), 't' and 'b' (length
// and bytes). A column that is NULL is left out. HashRow sorts columns.
func HashRow(table, key string, columns []Column) (Hash, error) {
	slices.SortFunc(columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	b := make([]byte, 0, 512)
	b = append(b, "inkingi row 1\n"...)
	b = appendText(b, table)
	b = appendText(b, key)
	for i, c := range columns {
		if i > 0 && columns[i-1].Name == c.Name {
			return Hash{}, fmt.Errorf("audit: column %s.%s twice", table, c.Name)
		}
		if c.Value == nil {
			continue
		}
		b = appendText(b, c.Name)
		switch v := c.Value.(type) {
		case bool:
			n := int64(0)
			if v {
				n = 1
			}
			b = binary.BigEndian.AppendUint64(append(b, 'i'), uint64(n))
		case int64:
			b = binary.BigEndian.AppendUint64(append(b, 'i'), uint64(v))
		case float64:
			b = binary.BigEndian.AppendUint64(append(b, 'r'), math.Float64bits(v))
		case string:
			b = appendText(append(b, 't'), v)
		case []byte:
			b = appendText(append(b, 'b'), string(v))
		default:
			return Hash{}, fmt.Errorf("audit: column %s.%s has a type that cannot be hashed: %T", table, c.Name, v)
		}
	}
	return sha256.Sum256(b), nil
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}
