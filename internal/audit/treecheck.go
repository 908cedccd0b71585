package audit

import (
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"
)

// treeCheck recomputes the tree leaf by leaf and compares it with the stored
// hashes and with every checkpoint it passes.
type treeCheck struct {
	verifier string
	edge     Edge
	index    int64 // of the next stored hash
	node     func() (Node, error, bool)
	point    func() (string, error, bool)
	stops    []func()
	next     *Point // the next stored checkpoint
	kept     *Point // the one kept elsewhere
	met      int64
}

func newTreeCheck(from Source, c Check) (*treeCheck, error) {
	t := &treeCheck{verifier: c.Verifier}
	var stop func()
	t.node, stop = iter.Pull2(from.Nodes)
	t.stops = append(t.stops, stop)
	t.point, stop = iter.Pull2(from.Points)
	t.stops = append(t.stops, stop)
	if c.Checkpoint != "" {
		p, err := ReadPoint(c.Checkpoint, c.Verifier)
		if err != nil {
			t.stop()
			return nil, err
		}
		t.kept = &p
	}
	return t, nil
}

func (t *treeCheck) stop() {
	for _, stop := range t.stops {
		stop()
	}
}

// add takes the next leaf and says what is broken there.
func (t *treeCheck) add(leaf []byte) (found []What, err error) {
	for level, h := range t.edge.Add(leaf) {
		node, err, more := t.node()
		if err != nil {
			return nil, fmt.Errorf("read tree: %w", err)
		}
		if more && node.Index == t.index && node.Hash == h {
			t.index++
			continue
		}
		if level == 0 && more && node.Index == t.index {
			return []What{LeafChanged}, nil
		}
		return []What{TreeChanged}, nil
	}
	if t.kept != nil && t.kept.Size == t.edge.Size() {
		t.met++
		if t.kept.Root != t.edge.Root() {
			return []What{Rewritten}, nil
		}
	}
	return t.pass()
}

// pass compares the stored checkpoints of the present size.
func (t *treeCheck) pass() ([]What, error) {
	if t.verifier == "" {
		return nil, nil
	}
	for {
		if t.next == nil {
			text, err, more := t.point()
			if err != nil {
				return nil, fmt.Errorf("read checkpoints: %w", err)
			}
			if !more {
				t.verifier = ""
				return nil, nil
			}
			p, err := ReadPoint(text, t.verifier)
			if err != nil {
				return []What{PointUnsigned}, nil
			}
			t.next = &p
		}
		if t.next.Size > t.edge.Size() {
			return nil, nil
		}
		t.met++
		// A point behind the present size was not in order: it was altered.
		if t.next.Size < t.edge.Size() && t.next.Size != 0 || t.next.Size == t.edge.Size() && t.next.Root != t.edge.Root() {
			return []What{Rewritten}, nil
		}
		t.next = nil
	}
}

// end looks for what stands beyond the last leaf.
func (t *treeCheck) end() (found []Breach, err error) {
	size := t.edge.Size()
	if t.kept != nil && t.kept.Size > size {
		found = append(found, Breach{What: Truncated, Seq: size})
	}
	what, err := t.pass()
	if err != nil {
		return nil, err
	}
	for _, w := range what {
		found = append(found, Breach{What: w, Seq: size})
	}
	if t.next != nil && t.next.Size > size {
		found = append(found, Breach{What: Truncated, Seq: size})
	}
	_, err, more := t.node()
	if err != nil {
		return nil, fmt.Errorf("read tree: %w", err)
	}
	if more || t.index != tlog.StoredHashCount(size) {
		found = append(found, Breach{What: Truncated, Seq: size})
	}
	return found, nil
}
