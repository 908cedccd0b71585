package disclosure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// Blanked is a survey in which values were taken out.
type Blanked struct {
	Survey *Survey
	Cells  []int // by key: values taken out
	Total  int
}

// mostCompared bounds how many pairs of patterns are compared.
const mostCompared = 1 << 31

// Blank takes values out of the keys of persons who share theirs with fewer than k:
// local suppression. What is left of each record then agrees with k persons or more of
// the file as it was, and no record can lose fewer values for that. Of sets of equal
// size it takes the keys that stand later: put what is needed most first.
//
//	least |A| with #{ j : x_j = x_i on all keys but A } ≥ k,  for each i with f(i) < k
//
// This asks more than the field's programs do. There a blank of one record counts as any
// value for all others, so that one empty record would make everybody a pair; a unique
// record beside it would still be found. Here nobody hides behind another's blank, and
// whoever is k-anonymous so is k-anonymous by their count ([Survey.Classes]) too.
//
// A blank tells that a value was rare, and where only one value of the key is rare,
// which (Wong, Fu, Wang, Pei: minimality attack, VLDB 2007). It is for files that need
// few; when a tenth of the values go, put values into groups first.
func (s *Survey) Blank(ctx context.Context, k int) (*Blanked, error) {
	switch {
	case k < 2:
		return nil, errors.New("k is at least 2: a combination of one person is that person")
	case s.Persons() < k:
		return nil, fmt.Errorf("%d persons cannot share anything with %d", s.Persons(), k)
	case s.Keys > MostSudaKeys:
		return nil, fmt.Errorf("values are taken out of at most %d keys, and there are %d", MostSudaKeys, s.Keys)
	}
	p, sample := s.patterns(), s.Classes().Sample
	risky := make([]bool, len(p.codes))
	n := 0
	for i, pattern := range p.of {
		if sample[i] < k && !risky[pattern] {
			risky[pattern] = true
			n++
		}
	}
	if n*len(p.codes) > mostCompared {
		return nil, fmt.Errorf("%d of %d combinations of keys belong to fewer than %d: put values into groups, or take fewer keys, before values are taken out", n, len(p.codes), k)
	}
	out := make([]uint32, len(p.codes))
	m := &meeting{p: p, keys: s.Keys, persons: make([]int, 1<<s.Keys)}
	for pattern := range p.codes {
		if risky[pattern] {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			out[pattern] = m.fewest(pattern, k)
		}
	}
	return s.without(p, out), nil
}

// meeting compares one pattern with all.
type meeting struct {
	p       *patterns
	keys    int
	persons []int // by set of keys, as bits: persons whom it keeps apart; zero between calls
}

// group is persons whom the same keys keep apart from a pattern.
type group struct {
	keys    uint32
	persons int
}

// groups puts everybody by the keys that keep them apart from a pattern, few keys first.
func (m *meeting) groups(pattern int) (groups []group) {
	mine := m.p.codes[pattern]
	for other, codes := range m.p.codes {
		d := apart(mine, codes)
		if m.persons[d] == 0 {
			groups = append(groups, group{keys: d})
		}
		m.persons[d] += m.p.count[other]
	}
	for i, g := range groups {
		groups[i].persons = m.persons[g.keys]
		m.persons[g.keys] = 0
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(bits.OnesCount32(a.keys), bits.OnesCount32(b.keys)) })
	return groups
}

// fewest is the smallest set of keys, as bits, without which a pattern agrees with k
// persons.
func (m *meeting) fewest(pattern, k int) uint32 {
	keys, groups := m.keys, m.groups(pattern)
	for size := 1; size < keys; size++ {
		// Mirrored, the smallest number is the set of the last keys.
		for set := uint32(1)<<size - 1; set < 1<<keys; set = nextOfSize(set) {
			mirrored := bits.Reverse32(set) >> (32 - keys)
			persons := 0
			for _, g := range groups {
				if bits.OnesCount32(g.keys) > size {
					break
				}
				if g.keys&mirrored == g.keys {
					persons += g.persons
				}
			}
			if persons >= k {
				return mirrored
			}
		}
	}
	return 1<<keys - 1
}

// nextOfSize is the next greater number with as many bits (Gosper, HAKMEM 175).
func nextOfSize(set uint32) uint32 {
	low := set & -set
	up := set + low
	return up | (set^up)/low>>2
}

// apart says by which keys two patterns differ, as bits.
func apart(a, b []uint16) uint32 {
	var d uint32
	for c, v := range a {
		if v != b[c] && v != 0 && b[c] != 0 {
			d |= 1 << c
		}
	}
	return d
}

// without is a survey of its own without the given keys of each pattern; s is as it was.
func (s *Survey) without(p *patterns, out []uint32) *Blanked {
	survey, records := *s, *s.Records
	survey.Records = &records
	records.Codes = slices.Clone(records.Codes)
	r := &Blanked{Survey: &survey, Cells: make([]int, s.Keys)}
	for c := range s.Keys {
		records.Codes[c] = slices.Clone(records.Codes[c])
		for i, pattern := range p.of {
			if out[pattern]>>c&1 == 1 && records.Codes[c][i] != 0 {
				records.Codes[c][i] = 0
				r.Cells[c]++
				r.Total++
			}
		}
	}
	return r
}
