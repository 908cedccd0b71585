package audit

import (
	"encoding/binary"
	"errors"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// version of the encoding: the first byte of every leaf. A new version adds a
// number and keeps the old decoder: the log is never rewritten.
const version = 1

// Limits of a leaf. C2SP tlog-tiles gives an entry at most 65,535 bytes.
const (
	maxRefs  = 64
	maxCodes = 64
	maxRows  = 512
	maxText  = 200
	maxLeaf  = 60_000
	maxParts = 1 << 20
)

// Encode gives the leaves of an entry and the rows it touched: one, or several
// when an act touches so many rows that one leaf could not be published as a
// tile; parts repeat the line and differ in the part number and the rows.
//
//	version(1) id(16) part(uvarint) at(8, Unix ms, big endian)
//	account(16) session(16) post(16) org(16)
//	role action purpose kind                     (text)
//	object(16) subject(16) refusal(text)
//	n { kind(text) id(16) }                      about
//	n { key(text) code(text) }                   codes
//	n { table(text) key(text) gone(1) [hash(32)] }   rows; no hash when gone
//
// where text is its length (uvarint) and bytes, and n a uvarint. One line has
// one encoding: [Decode] refuses every other. An entry that is not Valid is an
// error, Internal with key "audit.entry".
func Encode(e Entry, rows []Row) ([][]byte, error) {
	if !e.Valid() || len(e.line.About) > maxRefs || len(e.line.Codes) > maxCodes {
		return nil, fault.New(fault.Internal, "audit.entry")
	}
	for _, r := range rows {
		if !isKey(r.Table) || !isKey(r.Key) {
			return nil, fault.New(fault.Internal, "audit.key")
		}
	}
	l := e.line
	var leaves [][]byte
	for first := true; first || len(rows) > 0; first = false {
		n, size := 0, len(encode(l, nil))
		for n < len(rows) && n < maxRows && size < maxLeaf-2*maxText {
			size += len(rows[n].Table) + len(rows[n].Key) + 40
			n++
		}
		if l.Part = len(leaves); l.Part >= maxParts {
			return nil, fault.New(fault.Internal, "audit.entry")
		}
		leaves = append(leaves, encode(l, rows[:n]))
		rows = rows[n:]
	}
	return leaves, nil
}

// isKey says whether s may name a table or a row in the log: codes and
// identifiers, never what people typed.
func isKey(s string) bool {
	if len(s) > maxText {
		return false
	}
	for s != "" {
		n := min(len(s), 64)
		if !isCode(s[:n]) {
			return false
		}
		if s = s[n:]; s == "" {
			return true
		}
	}
	return false
}

func encode(l Line, rows []Row) []byte {
	b := make([]byte, 0, 256+96*len(rows))
	b = append(b, version)
	b = append(b, l.ID.UUID[:]...)
	b = binary.AppendUvarint(b, uint64(l.Part))
	b = binary.BigEndian.AppendUint64(b, uint64(l.At.UnixMilli()))
	for _, u := range []ids.UUID{l.Account.UUID, l.Session.UUID, l.Post.UUID, l.Org.UUID} {
		b = append(b, u[:]...)
	}
	for _, s := range []string{string(l.Role), string(l.Action), string(l.Purpose), string(l.Kind)} {
		b = appendText(b, s)
	}
	b = append(b, l.Object[:]...)
	b = append(b, l.Subject[:]...)
	b = appendText(b, l.Refusal)
	b = binary.AppendUvarint(b, uint64(len(l.About)))
	for _, r := range l.About {
		b = append(appendText(b, string(r.Kind)), r.ID[:]...)
	}
	b = binary.AppendUvarint(b, uint64(len(l.Codes)))
	for _, c := range l.Codes {
		b = appendText(appendText(b, c.Key), c.Code)
	}
	b = binary.AppendUvarint(b, uint64(len(rows)))
	for _, r := range rows {
		b = appendText(appendText(b, r.Table), r.Key)
		if r.Gone {
			b = append(b, 1)
			continue
		}
		b = append(append(b, 0), r.Hash[:]...)
	}
	return b
}

var errLeaf = errors.New("audit: not a leaf of this log")

// Decode reads what [Encode] wrote and refuses anything else.
func Decode(leaf []byte) (Line, []Row, error) {
	r := reader{rest: leaf}
	if v := r.byte(); v != version {
		return Line{}, nil, errLeaf
	}
	var l Line
	l.ID.UUID = r.uuid()
	l.Part = r.count(maxParts)
	l.At = time.UnixMilli(int64(r.uint64())).UTC()
	l.Account.UUID, l.Session.UUID, l.Post.UUID, l.Org.UUID = r.uuid(), r.uuid(), r.uuid(), r.uuid()
	l.Role, l.Action = access.Role(r.text()), access.Action(r.text())
	l.Purpose, l.Kind = access.Purpose(r.text()), access.Kind(r.text())
	l.Object, l.Subject, l.Refusal = r.uuid(), r.uuid(), r.text()
	for range r.count(maxRefs) {
		l.About = append(l.About, Ref{access.Kind(r.text()), r.uuid()})
	}
	for range r.count(maxCodes) {
		l.Codes = append(l.Codes, Code{r.text(), r.text()})
	}
	var rows []Row
	for range r.count(maxRows) {
		row := Row{Table: r.text(), Key: r.text()}
		switch r.byte() {
		case 0:
			copy(row.Hash[:], r.take(len(row.Hash)))
		case 1:
			row.Gone = true
		default:
			r.bad = true
		}
		if r.bad {
			break
		}
		rows = append(rows, row)
	}
	if r.bad || len(r.rest) != 0 {
		return Line{}, nil, errLeaf
	}
	return l, rows, nil
}

// reader takes a leaf apart; once bad it gives zero values.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.rest) {
		r.bad = true
		return make([]byte, min(n, 64))
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) byte() byte         { return r.take(1)[0] }
func (r *reader) uint64() uint64     { return binary.BigEndian.Uint64(r.take(8)) }
func (r *reader) uuid() (u ids.UUID) { copy(u[:], r.take(len(u))); return u }

// count reads a uvarint in its shortest form, no greater than limit.
func (r *reader) count(limit int) int {
	n, size := binary.Uvarint(r.rest)
	if r.bad || size <= 0 || n > uint64(limit) || size != len(binary.AppendUvarint(nil, n)) {
		r.bad = true
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *reader) text() string {
	n := r.count(maxText)
	if r.bad {
		return ""
	}
	return string(r.take(n))
}
