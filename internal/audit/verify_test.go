package audit

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// world is a log with its rows, in memory, to be altered.
type world struct {
	leaves  []Stored
	nodes   []Node
	points  []string
	waiting []Stored
	rows    []Row
	key     Key
	kept    string // a checkpoint somebody kept
}

const table = "protection_case"

// newWorld has 100 entries, each of which adds a row, then changes the row that
// came before; every tenth removes one. A checkpoint stands at 50 and at 100.
func newWorld(t testing.TB) *world {
	t.Helper()
	key, err := NewKey("inkingi.example/audit")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{key: key}
	var edge Edge
	now := map[string]Row{}
	put := func(n int, version byte, gone bool) Row {
		r := Row{Table: table, Key: fmt.Sprintf("row-%03d", n), Gone: gone}
		if !gone {
			r.Hash = Hash{byte(n), version}
			now[r.Key] = r
		} else {
			delete(now, r.Key)
		}
		return r
	}
	for n := range 100 {
		rows := []Row{put(n, 1, false)}
		if n > 0 {
			rows = append(rows, put(n-1, 2, n%10 == 0))
		}
		leaves, err := Encode(refusal(), rows)
		if err != nil {
			t.Fatal(err)
		}
		w.leaves = append(w.leaves, Stored{int64(n), leaves[0]})
		for _, h := range edge.Add(leaves[0]) {
			w.nodes = append(w.nodes, Node{int64(len(w.nodes)), h})
		}
		if edge.Size()%50 == 0 {
			signed, err := key.Sign(Point{edge.Size(), edge.Root()})
			if err != nil {
				t.Fatal(err)
			}
			w.points = append(w.points, signed)
			w.kept = signed
		}
	}
	for _, r := range now {
		w.rows = append(w.rows, r)
	}
	slices.SortFunc(w.rows, func(a, b Row) int { return len(a.Key) - len(b.Key) })
	return w
}

func each[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, one := range all {
			if !yield(one, nil) {
				return
			}
		}
	}
}

func (w *world) verify(t testing.TB, checkpoint string) Report {
	t.Helper()
	from := Source{Leaves: each(w.leaves), Nodes: each(w.nodes), Points: each(w.points), Waiting: each(w.waiting), Rows: each(w.rows)}
	r, err := Verify(context.Background(), from, Check{Verifier: w.key.Verifier(), Checkpoint: checkpoint, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// regrow rebuilds the whole tree over altered leaves, as somebody with the
// database would.
func (w *world) regrow() {
	var edge Edge
	w.nodes = nil
	for _, l := range w.leaves {
		for _, h := range edge.Add(l.Leaf) {
			w.nodes = append(w.nodes, Node{int64(len(w.nodes)), h})
		}
	}
}

func (w *world) cut(size int) {
	w.leaves = w.leaves[:size]
	w.nodes = w.nodes[:tlog.StoredHashCount(int64(size))]
}

func TestVerifyHolds(t *testing.T) {
	w := newWorld(t)
	r := w.verify(t, w.kept)
	if !r.Holds() || r.Size != 100 || r.Rows != int64(len(w.rows)) || r.Points != 3 {
		t.Errorf("%+v, first %v", r, r.First)
	}
	if r := (&world{key: w.key}).verify(t, ""); !r.Holds() || r.Size != 0 {
		t.Errorf("the empty log: %+v", r)
	}
}

func TestVerifyFinds(t *testing.T) {
	forge := func(seq int64) Stored {
		leaves, _ := Encode(refusal(), []Row{{Table: table, Key: "row-007", Hash: Hash{9}}})
		return Stored{seq, leaves[0]}
	}
	cases := map[string]struct {
		alter func(*world)
		what  What
		seq   int64
		key   string
	}{
		"a changed row":     {func(w *world) { w.rows[w.find("row-042")].Hash[5]++ }, RowChanged, 43, "row-042"},
		"a removed row":     {func(w *world) { w.drop("row-042") }, RowMissing, 43, "row-042"},
		"an added row":      {func(w *world) { w.rows = append(w.rows, Row{Table: table, Key: "row-999"}) }, RowUnknown, -1, "row-999"},
		"a row come back":   {func(w *world) { w.rows = append(w.rows, Row{Table: table, Key: "row-009"}) }, RowUnknown, -1, "row-009"},
		"a row twice":       {func(w *world) { w.rows = append(w.rows, w.rows[w.find("row-042")]) }, RowChanged, 43, "row-042"},
		"an older version":  {func(w *world) { w.rows[w.find("row-042")].Hash = Hash{42, 1} }, RowChanged, 43, "row-042"},
		"two rows swapped":  {func(w *world) { w.swap("row-042", "row-061") }, RowChanged, 43, "row-042"},
		"a changed entry":   {func(w *world) { w.leaves[30] = forge(30) }, LeafChanged, 30, ""},
		"damage":            {func(w *world) { w.leaves[30].Leaf = []byte("x") }, LeafChanged, 30, ""},
		"a removed entry":   {func(w *world) { w.leaves = slices.Delete(w.leaves, 30, 31) }, LeafMissing, 30, ""},
		"two entries moved": {func(w *world) { w.leaves[30].Leaf, w.leaves[40].Leaf = w.leaves[40].Leaf, w.leaves[30].Leaf }, LeafChanged, 30, ""},
		"the first removed": {func(w *world) { w.leaves = w.leaves[1:] }, LeafMissing, 0, ""},
		"a hash of the tree": {func(w *world) {
			w.nodes[tlog.StoredHashIndex(1, 10)].Hash[0]++
		}, TreeChanged, 21, ""},
		"a renumbered log": {func(w *world) {
			w.leaves = slices.Delete(w.leaves, 30, 31)
			for i := range w.leaves {
				w.leaves[i].Seq = int64(i)
			}
		}, LeafChanged, 30, ""},
		"a rewritten log": {func(w *world) { w.leaves[30] = forge(30); w.regrow() }, Rewritten, 49, ""},
		"a rewritten log and no checkpoint left": {func(w *world) {
			w.leaves[30] = forge(30)
			w.regrow()
			w.points = nil
		}, Rewritten, 99, ""},
		"a tail cut off":                        {func(w *world) { w.cut(90) }, Truncated, 90, ""},
		"a tail cut off and no checkpoint left": {func(w *world) { w.cut(90); w.points = nil }, Truncated, 90, ""},
		"everything cut off":                    {func(w *world) { w.cut(0); w.points, w.rows = nil, nil }, Truncated, 0, ""},
		"a tail cut off, its tree left":         {func(w *world) { w.leaves = w.leaves[:90] }, Truncated, 90, ""},
		"a forged checkpoint": {func(w *world) {
			other, _ := NewKey("inkingi.example/audit")
			w.points[0], _ = other.Sign(Point{Size: 50})
		}, PointUnsigned, 0, ""},
		"an unreadable entry waits": {func(w *world) { w.waiting = []Stored{{Leaf: []byte("x")}} }, LeafUnread, 100, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.alter(w)
			r := w.verify(t, w.kept)
			if r.Holds() {
				t.Fatal("not found")
			}
			if r.First.What != c.what || r.First.Seq != c.seq || c.key != "" && r.First.Key != c.key {
				t.Errorf("found %v, want %s at %d %s", r.First, c.what, c.seq, c.key)
			}
		})
	}
}

func (w *world) find(key string) int {
	return slices.IndexFunc(w.rows, func(r Row) bool { return r.Key == key })
}

func (w *world) drop(key string) { w.rows = slices.Delete(w.rows, w.find(key), w.find(key)+1) }

func (w *world) swap(a, b string) {
	i, j := w.find(a), w.find(b)
	w.rows[i].Hash, w.rows[j].Hash = w.rows[j].Hash, w.rows[i].Hash
}

func TestVerifyTakesWaitingEntries(t *testing.T) {
	w := newWorld(t)
	leaves, _ := Encode(refusal(), []Row{{Table: table, Key: "row-042", Hash: Hash{7}}})
	w.waiting = []Stored{{Leaf: leaves[0]}}
	w.rows[w.find("row-042")].Hash = Hash{7}
	if r := w.verify(t, w.kept); !r.Holds() || r.Waiting != 1 {
		t.Errorf("%+v, first %v", r, r.First)
	}
}

// Many rows in a bounded memory; they are made as they are asked for. A million
// took 9 s and 21 MB; here are fewer, whose records do not fit in the bound.
func TestVerifyIsBounded(t *testing.T) {
	const entries, perEntry = 4_000, 100
	dir := t.TempDir()
	row := func(n int) Row {
		return Row{Table: table, Key: fmt.Sprintf("%036d", n), Hash: Hash{byte(n), byte(n >> 8), byte(n >> 16)}}
	}
	base := refusal()
	leaf := func(n int) []byte {
		rows := make([]Row, perEntry)
		for i := range rows {
			rows[i] = row(n*perEntry + i)
		}
		return encode(base.Line(), rows)
	}
	var edge Edge
	var fresh []tlog.Hash
	peak := uint64(0)
	measure := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse)
	}
	from := Source{
		Leaves: func(yield func(Stored, error) bool) {
			for n := range entries {
				l := leaf(n)
				fresh = append(fresh, edge.Add(l)...)
				if !yield(Stored{int64(n), l}, nil) {
					return
				}
			}
		},
		Nodes: func(yield func(Node, error) bool) {
			for i := int64(0); len(fresh) > 0; i++ {
				h := fresh[0]
				fresh = fresh[1:]
				if !yield(Node{i, h}, nil) {
					return
				}
			}
		},
		Points: each[string](nil), Waiting: each[Stored](nil),
		Rows: func(yield func(Row, error) bool) {
			for n := range entries * perEntry {
				if n%50_000 == 0 {
					measure()
				}
				if !yield(row(n), nil) {
					return
				}
			}
			measure()
		},
	}
	r, err := Verify(context.Background(), from, Check{Dir: dir})
	if err != nil || !r.Holds() || r.Rows != entries*perEntry {
		t.Fatalf("%+v %v, first %v", r, err, r.First)
	}
	t.Logf("%d rows, heap in use at most %d MB", r.Rows, peak>>20)
	if peak > 40<<20 {
		t.Errorf("heap in use reached %d MB", peak>>20)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("temporary files left: %v %v", left, err)
	}
}
