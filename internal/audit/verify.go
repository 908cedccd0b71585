package audit

import (
	"context"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"inkingi/internal/ids"
)

// Stored is one leaf as it lies in the log.
type Stored struct {
	Seq  int64
	Leaf []byte
}

// Node is one stored hash of the tree, by its index in x/mod/sumdb/tlog.
type Node struct {
	Index int64
	Hash  tlog.Hash
}

// Source is what there is to verify, each part in its order and read once.
// Leaves, Nodes and Points are read side by side, then Waiting, then Rows. An
// error ends the verification.
type Source struct {
	Leaves  iter.Seq2[Stored, error] // by Seq
	Nodes   iter.Seq2[Node, error]   // by Index
	Points  iter.Seq2[string, error] // signed checkpoints, by size
	Waiting iter.Seq2[Stored, error] // committed entries that have no place yet, in order; Seq is not read
	Rows    iter.Seq2[Row, error]    // every row of every audited table, in any order
}

// Check says what to verify against.
type Check struct {
	Verifier   string // public key of the log; "" leaves signatures and stored checkpoints unread
	Checkpoint string // a signed checkpoint that was kept elsewhere; "" is none
	Dir        string // for temporary files of identifiers and hashes; "" is the system's
}

// What is broken, as a code.
type What string

// The ways a log and its rows can be broken.
const (
	LeafChanged   What = "entry.changed"        // an entry is not the one the tree was built from
	LeafMissing   What = "entry.missing"        // a number is missing in the log
	LeafUnread    What = "entry.unreadable"     // an entry no program wrote
	TreeChanged   What = "tree.changed"         // a hash of the tree does not follow from the entries
	PointUnsigned What = "checkpoint.signature" // a checkpoint was not signed by this log
	Rewritten     What = "log.rewritten"        // the log is not the one a checkpoint states
	Truncated     What = "log.truncated"        // the log is shorter than a checkpoint states
	RowChanged    What = "row.changed"          // a column differs from what the last entry kept
	RowMissing    What = "row.missing"          // a row was removed without an entry
	RowUnknown    What = "row.unknown"          // a row was added without an entry
)

// Breach is one broken place.
type Breach struct {
	What  What
	Seq   int64 // of the entry, -1 when there is none
	Entry ids.Entry
	Table string
	Key   string
}

func (b Breach) String() string {
	s := string(b.What)
	if b.Seq >= 0 {
		s += fmt.Sprintf(" at entry %d", b.Seq)
	}
	if !b.Entry.IsZero() {
		s += " (" + b.Entry.String() + ")"
	}
	if b.Table != "" {
		s += fmt.Sprintf(": %s %s", b.Table, b.Key)
	}
	return s
}

// Report is the outcome of a verification.
type Report struct {
	Size     int64 // entries in the log
	Root     tlog.Hash
	Waiting  int64 // entries without a place yet
	Rows     int64 // rows compared
	Points   int64 // checkpoints compared
	Breaches int64
	First    *Breach // see before
}

// Holds says whether nothing is broken.
func (r Report) Holds() bool { return r.Breaches == 0 }

func (r *Report) add(b Breach) {
	r.Breaches++
	if r.First == nil || b.before(*r.First) {
		r.First = &b
	}
}

// before says which breach is told first: the log's own before those of rows,
// which may follow from it, then the earlier entry; without an entry, last.
func (b Breach) before(other Breach) bool {
	if (b.Table == "") != (other.Table == "") {
		return b.Table == ""
	}
	return uint64(b.Seq) < uint64(other.Seq) // -1 is the greatest
}

// Verify recomputes the tree from the entries, compares every stored hash and
// checkpoint, and compares every row with the hash its last entry kept. Memory
// does not grow with the log: what must be matched lies in temporary files that
// are removed before Verify returns. An error means that it could not be read
// to the end, not that it is broken.
func Verify(ctx context.Context, from Source, c Check) (Report, error) {
	v := &verifier{check: c, last: newMatcher(c.Dir)}
	defer v.last.close()
	steps := []func(context.Context, Source) error{v.log, v.waiting, v.rows}
	for _, step := range steps {
		if err := step(ctx, from); err != nil {
			return Report{}, err
		}
	}
	return v.report, nil
}

type verifier struct {
	check  Check
	report Report
	last   *matcher
	torn   bool // the tree is broken: what follows cannot be compared with it
}

// log walks the entries, the tree and the checkpoints.
func (v *verifier) log(ctx context.Context, from Source) error {
	tree, err := newTreeCheck(from, v.check)
	if err != nil {
		return err
	}
	defer tree.stop()
	next := int64(0)
	for stored, err := range from.Leaves {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("read log: %w", err)
		}
		if stored.Seq != next {
			v.tear(Breach{What: LeafMissing, Seq: next})
			next = stored.Seq
		}
		next++
		line, rows, unread := Decode(stored.Leaf)
		if !v.torn {
			found, err := tree.add(stored.Leaf)
			if err != nil {
				return err
			}
			for _, what := range found {
				v.tear(Breach{What: what, Seq: stored.Seq, Entry: line.ID})
			}
		}
		if unread != nil {
			v.tear(Breach{What: LeafUnread, Seq: stored.Seq})
			continue
		}
		if err := v.last.logged(stored.Seq, line.ID, rows); err != nil {
			return err
		}
	}
	v.report.Size, v.report.Root = next, tree.edge.Root()
	if v.torn {
		return nil
	}
	found, err := tree.end()
	for _, b := range found {
		v.tear(b)
	}
	v.report.Points = tree.met
	return err
}

func (v *verifier) tear(b Breach) {
	v.torn = true
	v.report.add(b)
}

// waiting takes in the entries that have no place yet: their rows are as bound
// as any, their order is that of their commits.
func (v *verifier) waiting(_ context.Context, from Source) error {
	for stored, err := range from.Waiting {
		if err != nil {
			return fmt.Errorf("read waiting entries: %w", err)
		}
		seq := v.report.Size + v.report.Waiting
		v.report.Waiting++
		line, rows, err := Decode(stored.Leaf)
		if err != nil {
			v.report.add(Breach{What: LeafUnread, Seq: seq})
			continue
		}
		if err := v.last.logged(seq, line.ID, rows); err != nil {
			return err
		}
	}
	return nil
}

// rows compares what is there with what was logged last.
func (v *verifier) rows(ctx context.Context, from Source) error {
	for row, err := range from.Rows {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		v.report.Rows++
		if err := v.last.there(row); err != nil {
			return err
		}
	}
	return v.last.compare(v.report.add)
}
