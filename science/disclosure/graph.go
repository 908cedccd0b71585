package disclosure

import (
	"math"
	"math/bits"
	"slices"
)

// set is a set of columns, one bit each.
type set uint64

func (s set) has(c int) bool { return s>>c&1 != 0 }
func (s set) size() int      { return bits.OnesCount64(uint64(s)) }
func (s set) in(t set) bool  { return s&^t == 0 }

// columns lists the members, rising.
func (s set) columns() []int {
	list := make([]int, 0, s.size())
	for s != 0 {
		list = append(list, bits.TrailingZeros64(uint64(s)))
		s &= s - 1
	}
	return list
}

// cells is the size of a table over the columns of s, as a float: it may be beyond
// any whole number.
func (s set) cells(sizes []int) float64 {
	n := 1.0
	for s != 0 {
		n *= float64(sizes[bits.TrailingZeros64(uint64(s))])
		s &= s - 1
	}
	return n
}

// graph joins the columns that some measured table holds together.
type graph []set

func newGraph(columns int) graph {
	g := make(graph, columns)
	for c := range g {
		g[c] = 1 << c
	}
	return g
}

// join makes the columns of s neighbours of one another.
func (g graph) join(s set) {
	for rest := s; rest != 0; rest &= rest - 1 {
		g[bits.TrailingZeros64(uint64(rest))] |= s
	}
}

// joined says whether all of s are neighbours already.
func (g graph) joined(s set) bool {
	for rest := s; rest != 0; rest &= rest - 1 {
		if !s.in(g[bits.TrailingZeros64(uint64(rest))]) {
			return false
		}
	}
	return true
}

// eliminate takes the columns out one by one, each time the one whose table with its
// neighbours is least, and joins these neighbours. The tables not inside another are
// the cliques of a triangulated graph; their cells together are the size of the model.
// scratch has the length of g and is written over.
func (g graph) eliminate(logs []float64, scratch graph, cliques []set) ([]set, float64) {
	copy(scratch, g)
	left := set(1)<<len(g) - 1
	if len(g) == 64 {
		left = ^set(0)
	}
	cliques = cliques[:0]
	cells := 0.0
	for left != 0 {
		best, least := -1, math.Inf(1)
		for rest := left; rest != 0; rest &= rest - 1 {
			c := bits.TrailingZeros64(uint64(rest))
			w := 0.0
			for near := scratch[c] & left; near != 0; near &= near - 1 {
				w += logs[bits.TrailingZeros64(uint64(near))]
			}
			if w < least {
				best, least = c, w
			}
		}
		clique := scratch[best] & left
		if !slices.ContainsFunc(cliques, clique.in) {
			cliques = append(cliques, clique)
			cells += math.Exp(least)
		}
		for near := clique &^ (1 << best); near != 0; near &= near - 1 {
			scratch[bits.TrailingZeros64(uint64(near))] |= clique
		}
		left &^= 1 << best
	}
	return cliques, cells
}

// logarithms of the sizes of columns.
func logarithms(sizes []int) []float64 {
	logs := make([]float64, len(sizes))
	for i, n := range sizes {
		logs[i] = math.Log(float64(n))
	}
	return logs
}

// spanning gives each clique its parent so that they form a tree in which cliques
// that share a column are joined by cliques that have it too (a junction tree: a
// spanning tree of greatest separators, Jensen and Jensen 1994). The order is
// parents first; the parent of a root is -1.
func spanning(cliques []set) (order, parent []int) {
	parent = make([]int, len(cliques))
	best := make([]int, len(cliques)) // size of the separator to the parent so far
	done := make([]bool, len(cliques))
	for i := range parent {
		parent[i], best[i] = -1, -1
	}
	for range cliques {
		next := -1
		for i := range cliques {
			if !done[i] && (next < 0 || best[i] > best[next]) {
				next = i
			}
		}
		done[next] = true
		if best[next] <= 0 {
			parent[next] = -1
		}
		order = append(order, next)
		for i := range cliques {
			if shared := (cliques[i] & cliques[next]).size(); !done[i] && shared > best[i] {
				best[i], parent[i] = shared, next
			}
		}
	}
	return order, parent
}

// columns1 is the one member of a set of one.
func (s set) columns1() int { return bits.TrailingZeros64(uint64(s)) }
