package estimate

import (
	"maps"
	"slices"
)

// graph is a decomposable graph on the lists as what its likelihood is made of:
// the marginal likelihoods of these sets, each to a power.
type graph struct {
	edges Model
	power []power // cliques once, separators minus once each time; no empty set
}

type power struct {
	set   Term
	times float64
}

// maxGraphLists bounds the average: seven lists have 617,675 decomposable graphs.
const maxGraphLists = 6

// decomposable are all decomposable (chordal) graphs on so many lists: 2, 8, 61, 822,
// 18154 for two to six.
func decomposable(lists int) []graph {
	pairs := Pairs(lists)
	var all []graph
	for choice := range uint32(1) << len(pairs) {
		beside := make([]Term, lists)
		var edges Model
		for k, p := range pairs {
			if choice>>k&1 == 1 {
				edges = append(edges, p)
				i, j := p.ends()
				beside[i] |= 1 << j
				beside[j] |= 1 << i
			}
		}
		if powers, ok := eliminate(beside); ok {
			all = append(all, graph{edges, powers})
		}
	}
	return all
}

// eliminate takes one list after another whose neighbours are all joined; a graph
// is decomposable when that takes all. Each step gives p(list | neighbours), the
// likelihood of the list with its neighbours over that of the neighbours.
func eliminate(beside []Term) ([]power, bool) {
	times := map[Term]float64{}
	left := Term(1)<<len(beside) - 1
steps:
	for left != 0 {
		for v := range beside {
			near := beside[v] & left
			if left>>v&1 == 0 || !clique(beside, near) {
				continue
			}
			times[near|1<<v]++
			times[near]--
			left &^= 1 << v
			continue steps
		}
		return nil, false
	}
	delete(times, 0)
	var powers []power
	for _, set := range slices.Sorted(maps.Keys(times)) {
		if times[set] != 0 {
			powers = append(powers, power{set, times[set]})
		}
	}
	return powers, true
}

func clique(beside []Term, set Term) bool {
	for v := range beside {
		if set>>v&1 == 1 && !(set &^ (1 << v)).within(beside[v]) {
			return false
		}
	}
	return true
}
