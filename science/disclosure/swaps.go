package disclosure

import "slices"

// swaps finds other tables without a linear programme: persons exchange some of their
// values. If u and z differ in the columns D, and D falls into blocks, then
//
//	d[cell] = ± amount over the 2^blocks cells that take each block from u or from z,
//	          plus when an even number of blocks is from z, minus otherwise
//
// leaves every sum as it is over tables that do not hold a column of each block. One
// block: a person is elsewhere. Two: the exchange of two values between two rows of a
// table. Three: the same for tables of which each shows two of three columns. What is
// found is proved like any other ([search.holds]); what is not found may be there.
type swaps struct {
	l      *Linked
	first  []int   // by combination of all columns, its cell
	places [][]int // the values of a combination, by number
	stride []int
	up     [][]int // by combination, the published cells that hold it, itself included if it is one
	within [][]int // by cell, combinations that it holds, some of them
	by     []int   // by cell: what a swap changes; zero between calls
	moved  []int   // cells that it changes
	at     []int   // by cell: what swaps before it changed
}

// mostWithin bounds from how many combinations of a cell swaps start, and mostSwapColumns
// for how many columns blocks are formed.
const (
	mostWithin      = 24
	mostSwapColumns = 4
)

// partitions are the ways to put n things into up to three blocks, n from 0 on: the
// block of each.
var partitions = func() (all [mostSwapColumns + 1][][]int) {
	for n := range all {
		if n == 0 {
			continue
		}
		blocks := make([]int, n)
		var walk func(at, used int)
		walk = func(at, used int) {
			if at == n {
				all[n] = append(all[n], slices.Clone(blocks))
				return
			}
			for b := range min(used+1, 3) {
				blocks[at] = b
				walk(at+1, max(used, b+1))
			}
		}
		walk(0, 0)
	}
	return all
}()

func newSwaps(x *Cross, l *Linked) *swaps {
	w := &swaps{l: l, first: make([]int, len(x.Counts)), up: make([][]int, len(x.Counts)),
		within: make([][]int, len(l.At)), by: make([]int, len(l.At)), at: make([]int, len(l.At)), stride: make([]int, len(x.Values))}
	step := 1
	for c := len(x.Values) - 1; c >= 0; c-- {
		w.stride[c] = step
		step *= len(x.Values[c])
	}
	for inner := range x.Counts {
		w.places = append(w.places, x.place(inner))
	}
	for cell, at := range l.places {
		full := !slices.Contains(at, -1)
		for inner, place := range w.places {
			if !holds(at, place) {
				continue
			}
			if full {
				w.first[inner] = cell
			}
			if cell < l.Shown {
				w.up[inner] = append(w.up[inner], cell)
			}
			if len(w.within[cell]) < mostWithin {
				w.within[cell] = append(w.within[cell], inner)
			}
		}
	}
	return w
}

// find looks for swaps, one after another, that move a cell far in a direction, at most
// by enough or a little more: each time the one that moves it furthest from where the
// ones before have brought the table.
func (w *swaps) find(s *search, cell, sign, enough int) (m moves, far int) {
	m = moves{}
	for far < enough {
		best, by := w.furthest(s, cell, sign, enough-far)
		if by == 0 {
			break
		}
		far += by
		for i, d := range best {
			m[i] += d
			w.at[i] += d
		}
	}
	for i := range m {
		w.at[i] = 0
	}
	return m, far
}

// furthest is one swap of find.
func (w *swaps) furthest(s *search, cell, sign, enough int) (best moves, by int) {
	w.each(cell, func(u, z int, differ, blocks []int) bool {
		w.make(sign, u, z, differ, blocks)
		if far := w.room(s, cell, sign, enough, false); far > by {
			best, by = w.moves(far, cell), far
		}
		w.clear()
		return by < enough
	})
	return best, by
}

// cheapest looks for the swap over shown cells too that moves a cell by as much, or as
// near to it as there is, and of those for the one that moves the fewest persons who
// are shown today. (The hypercube method does so with pairs of rows: Giessing, Repsilber,
// Inference Control in Statistical Databases, LNCS 2316, 2002.)
func (w *swaps) cheapest(s *search, cell, by int) (best moves) {
	most, least := 0, 0
	for _, sign := range []int{+1, -1} {
		w.each(cell, func(u, z int, differ, blocks []int) bool {
			w.make(sign, u, z, differ, blocks)
			if far := w.room(s, cell, sign, by, true); far > 0 && far >= most {
				cost := 0
				for _, i := range w.moved {
					if w.by[i] != 0 && s.marks[i] == Shown {
						cost += s.t.Counts[i]
					}
				}
				if cost > 0 && (far > most || cost < least) {
					best, most, least = w.moves(far, cell), far, cost
				}
			}
			w.clear()
			return true
		})
	}
	return best
}

// each calls visit for the swaps of a cell until it has enough.
func (w *swaps) each(cell int, visit func(u, z int, differ, blocks []int) bool) {
	differ := make([]int, 0, len(w.stride))
	for _, u := range w.within[cell] {
		for z := range w.places {
			differ = differ[:0]
			for c, v := range w.places[u] {
				if v != w.places[z][c] {
					differ = append(differ, c)
				}
			}
			if len(differ) == 0 || len(differ) > mostSwapColumns {
				continue
			}
			for _, blocks := range partitions[len(differ)] {
				if !visit(u, z, differ, blocks) {
					return
				}
			}
		}
	}
}

// make makes one swap in by.
func (w *swaps) make(sign, u, z int, differ, blocks []int) {
	var step [3]int
	used := 0
	for i, c := range differ {
		step[blocks[i]] += (w.places[z][c] - w.places[u][c]) * w.stride[c]
		used = max(used, blocks[i]+1)
	}
	for mix := range 1 << used {
		inner, by := u, sign
		for b := range used {
			if mix>>b&1 == 1 {
				inner, by = inner+step[b], -by
			}
		}
		if first := w.first[inner]; first >= w.l.Shown {
			w.add(first, by)
		}
		for _, cell := range w.up[inner] {
			w.add(cell, by)
		}
	}
}

// room is how far the swap in by may move a cell, at most by enough or a little more;
// 0 when it moves what is shown, or with hiding what cannot be hidden.
func (w *swaps) room(s *search, cell, sign, enough int, hiding bool) int {
	each := w.by[cell] * sign
	if each <= 0 {
		return 0
	}
	times := (enough + each - 1) / each
	for _, i := range w.moved {
		by, n := w.by[i], s.t.Counts[i]+w.at[i]
		if by == 0 {
			continue
		}
		if s.marks[i] == Shown && (!hiding || n == 0) {
			return 0
		}
		if by > 0 {
			times = min(times, (s.high[i]-n)/by)
		} else {
			times = min(times, (n-s.low[i])/-by)
		}
	}
	return max(0, times) * each
}

func (w *swaps) add(cell, by int) {
	if w.by[cell] == 0 {
		w.moved = append(w.moved, cell)
	}
	w.by[cell] += by
}

// moves is the swap in by, so that the cell moves by far.
func (w *swaps) moves(far, cell int) moves {
	m := moves{}
	times := far / max(w.by[cell], -w.by[cell])
	for _, i := range w.moved {
		if w.by[i] != 0 {
			m[i] = w.by[i] * times
		}
	}
	return m
}

func (w *swaps) clear() {
	for _, i := range w.moved {
		w.by[i] = 0
	}
	w.moved = w.moved[:0]
}
