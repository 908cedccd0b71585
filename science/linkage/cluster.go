package linkage

import "sort"

// At keeps the links of at least a probability.
func (r *Result) At(probability float64) []Link {
	n := sort.Search(len(r.Links), func(i int) bool { return r.Links[i].Probability() < probability })
	return r.Links[:n]
}

// OneToOne keeps of links, most probable first, those that leave each record at
// most one partner in each other file. It supposes that no file has a person
// twice.
func (t *Table) OneToOne(links []Link) []Link {
	type partner struct{ record, file int }
	taken := map[partner]bool{}
	var kept []Link
	for _, l := range links {
		a, b := partner{l.A, t.file(l.B)}, partner{l.B, t.file(l.A)}
		if !taken[a] && !taken[b] {
			taken[a], taken[b] = true, true
			kept = append(kept, l)
		}
	}
	return kept
}

// Clusters numbers the persons: records that links join, directly or by way of
// others, are one. The number is that of the person's first record. One wrong
// link joins two whole persons: look at clusters that are larger than most.
func (t *Table) Clusters(links []Link) []int {
	parent := make([]int, t.n)
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, l := range links {
		a, b := find(l.A), find(l.B)
		parent[max(a, b)] = min(a, b)
	}
	for i := range parent {
		parent[i] = find(i)
	}
	return parent
}
