package linkage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// mostPairs bounds the memory of compared pairs to about 3 GB.
const mostPairs = 200_000_000

// compared is a pair and its findings, as a place in a list of patterns.
type compared struct{ a, b, pattern uint32 }

// stretch is some groups of one rule: the work of one worker at a time.
type stretch struct {
	rule     int
	from, to int // in the order of the rule
}

// order lists the records that have a key, those of one key side by side.
func (r *rule) order() []uint32 {
	type keyed struct {
		key    uint64
		record uint32
	}
	list := make([]keyed, 0, len(r.keys))
	for i, k := range r.keys {
		if k != 0 {
			list = append(list, keyed{k, uint32(i)})
		}
	}
	slices.SortFunc(list, func(x, y keyed) int {
		if x.key != y.key {
			return cmp.Compare(x.key, y.key)
		}
		return cmp.Compare(x.record, y.record)
	})
	order := make([]uint32, len(list))
	for i, k := range list {
		order[i] = k.record
	}
	return order
}

// stretchPairs is about how many pairs a worker takes at a time.
const stretchPairs = 200_000

// stretches cuts an order into work. One long group is cut by its first records.
func (r *rule) stretches(n int, order []uint32) (list []stretch, pairs float64) {
	from, load := 0, 0.0
	for i := 0; i < len(order); {
		end := i
		for end < len(order) && r.keys[order[end]] == r.keys[order[i]] {
			end++
		}
		size := float64(end - i)
		pairs += size * (size - 1) / 2
		for ; i < end; i++ {
			load += float64(end - i - 1)
			if load >= stretchPairs {
				list = append(list, stretch{n, from, i + 1})
				from, load = i+1, 0
			}
		}
	}
	return append(list, stretch{n, from, len(order)}), pairs
}

// comparePairs compares every pair that a rule names, once, on all cores. tell is
// told which share is done.
func comparePairs(ctx context.Context, t *Table, features []*feature, rules []rule, tell func(float64)) ([][]compared, []uint64, error) {
	orders := make([][]uint32, len(rules))
	var work []stretch
	planned := 0.0
	var sorting sync.WaitGroup
	for i := range rules {
		sorting.Go(func() { orders[i] = rules[i].order() })
	}
	sorting.Wait()
	for i := range rules {
		list, pairs := rules[i].stretches(i, orders[i])
		work = append(work, list...)
		planned += pairs
	}
	if planned > 3*mostPairs {
		return nil, nil, fmt.Errorf("the blocking rules name %.0f million pairs, more than the memory holds; name more columns in a rule", planned/1e6)
	}
	out := make([][]compared, len(work))
	shared := &patterns{number: map[uint64]uint32{}}
	var all sync.WaitGroup
	var next, count atomic.Int64
	var mu sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			w := &comparer{t: t, rules: rules, judge: newJudge(features, planned), patterns: shared, mine: map[uint64]uint32{}}
			for {
				i := int(next.Add(1)) - 1
				if i >= len(work) || ctx.Err() != nil || count.Load() > mostPairs {
					return
				}
				out[i] = w.run(work[i], orders[work[i].rule])
				count.Add(int64(len(out[i])))
				if tell != nil {
					mu.Lock()
					tell(float64(i+1) / float64(len(work)))
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if count.Load() > mostPairs {
		return nil, nil, errors.New("more pairs than the memory holds; name more columns in a blocking rule")
	}
	return out, shared.list, nil
}

// patterns numbers the findings met so far, for all workers.
type patterns struct {
	mu     sync.Mutex
	number map[uint64]uint32
	list   []uint64
}

type comparer struct {
	t        *Table
	rules    []rule
	judge    *judge
	patterns *patterns
	mine     map[uint64]uint32
}

func (w *comparer) run(s stretch, order []uint32) []compared {
	var out []compared
	keys := w.rules[s.rule].keys
	across := len(w.t.Starts) > 1
	for i := s.from; i < s.to; i++ {
		a := order[i]
		for j := i + 1; j < len(order) && keys[order[j]] == keys[a]; j++ {
			b := order[j]
			if across && w.t.file(int(a)) == w.t.file(int(b)) || w.earlier(s.rule, a, b) {
				continue
			}
			out = append(out, compared{a, b, w.number(w.judge.pattern(a, b))})
		}
	}
	return out
}

// earlier says whether a rule before this one named the pair already.
func (w *comparer) earlier(rule int, a, b uint32) bool {
	for _, r := range w.rules[:rule] {
		if r.keys[a] == r.keys[b] && r.keys[a] != 0 {
			return true
		}
	}
	return false
}

func (w *comparer) number(pattern uint64) uint32 {
	n, ok := w.mine[pattern]
	if ok {
		return n
	}
	p := w.patterns
	p.mu.Lock()
	defer p.mu.Unlock()
	if n, ok = p.number[pattern]; !ok {
		n = uint32(len(p.list))
		p.number[pattern] = n
		p.list = append(p.list, pattern)
	}
	w.mine[pattern] = n
	return n
}
