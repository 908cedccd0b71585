package audit

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"

	"inkingi/internal/ids"
)

// matcher compares rows with their last hashes in bounded memory: both are
// spread over buckets by table and key, and the buckets compared one by one. A
// bucket that grows goes to a temporary file of identifiers and hashes.
type matcher struct {
	parent  string
	dir     string
	seed    maphash.Seed
	buckets [buckets]bucket
	scratch []byte
}

const (
	buckets  = 256
	inMemory = 32 << 10 // bytes a bucket keeps before it goes to its file
)

type bucket struct {
	fresh []byte
	file  *os.File
}

func newMatcher(parent string) *matcher { return &matcher{parent: parent, seed: maphash.MakeSeed()} }

// The two sides.
const (
	sideLog byte = iota
	sideThere
)

// record: side, gone, seq, entry, hash, then table and key with their lengths.
const recordHead = 2 + 8 + 16 + len(Hash{}) + 2

// logged takes in the rows of one entry, in the order of the log.
func (m *matcher) logged(seq int64, entry ids.Entry, rows []Row) error {
	for _, r := range rows {
		if err := m.put(sideLog, seq, entry, r); err != nil {
			return err
		}
	}
	return nil
}

// there takes in a row as it is.
func (m *matcher) there(r Row) error { return m.put(sideThere, -1, ids.Entry{}, r) }

func (m *matcher) put(side byte, seq int64, entry ids.Entry, r Row) error {
	if len(r.Table) > maxText || len(r.Key) > maxText {
		return fmt.Errorf("audit: a key of %s is too long", r.Table)
	}
	b := m.scratch[:0]
	gone := byte(0)
	if r.Gone {
		gone = 1
	}
	b = append(b, side, gone)
	b = binary.BigEndian.AppendUint64(b, uint64(seq))
	b = append(append(b, entry.UUID[:]...), r.Hash[:]...)
	b = append(b, byte(len(r.Table)), byte(len(r.Key)))
	name := len(b)
	b = append(append(b, r.Table...), r.Key...)
	m.scratch = b
	at := &m.buckets[maphash.Bytes(m.seed, b[name:])%buckets]
	at.fresh = append(at.fresh, b...)
	if len(at.fresh) < inMemory {
		return nil
	}
	return m.spill(at)
}

func (m *matcher) spill(b *bucket) error {
	if m.dir == "" {
		dir, err := os.MkdirTemp(m.parent, "inkingi-verify-")
		if err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		m.dir = dir
	}
	if b.file == nil {
		f, err := os.CreateTemp(m.dir, "bucket-")
		if err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		b.file = f
	}
	if _, err := b.file.Write(b.fresh); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	b.fresh = b.fresh[:0]
	return nil
}

// standing is what is known of one row while its bucket is compared.
type standing struct {
	seq           int64
	entry         ids.Entry
	hash          Hash
	gone          bool
	logged, there bool
	broken        bool
}

// compare gives every breach of the rows.
func (m *matcher) compare(found func(Breach)) error {
	for i := range m.buckets {
		if err := m.compareOne(&m.buckets[i], found); err != nil {
			return err
		}
	}
	return nil
}

func (m *matcher) compareOne(b *bucket, found func(Breach)) error {
	var from io.Reader = bytes.NewReader(b.fresh)
	if b.file != nil {
		if _, err := b.file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		from = io.MultiReader(bufio.NewReaderSize(b.file, 1<<16), from)
	}
	all := map[[2]string]standing{}
	head := make([]byte, recordHead)
	for {
		if _, err := io.ReadFull(from, head); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		table, key := int(head[recordHead-2]), int(head[recordHead-1])
		name := make([]byte, table+key)
		if _, err := io.ReadFull(from, name); err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		id := [2]string{string(name[:table]), string(name[table:])}
		all[id] = all[id].meet(head)
	}
	for id, s := range all {
		breach := Breach{Seq: s.seq, Entry: s.entry, Table: id[0], Key: id[1]}
		switch {
		case !s.logged, s.there && s.gone:
			breach.What, breach.Seq, breach.Entry = RowUnknown, -1, ids.Entry{}
		case !s.there && !s.gone:
			breach.What = RowMissing
		case s.broken:
			breach.What = RowChanged
		default:
			continue
		}
		found(breach)
	}
	return nil
}

// meet takes in one record. Records of the log come before those of the rows.
func (s standing) meet(head []byte) standing {
	var h Hash
	copy(h[:], head[2+8+16:])
	if head[0] == sideThere {
		s.broken = s.broken || s.there || h != s.hash // the same key twice is a breach too
		s.there = true
		return s
	}
	s.logged, s.gone, s.hash = true, head[1] == 1, h
	s.seq = int64(binary.BigEndian.Uint64(head[2:]))
	copy(s.entry.UUID[:], head[2+8:])
	return s
}

// close removes the temporary files.
func (m *matcher) close() {
	for i := range m.buckets {
		if f := m.buckets[i].file; f != nil {
			f.Close()
		}
	}
	if m.dir != "" {
		os.RemoveAll(m.dir)
	}
}
