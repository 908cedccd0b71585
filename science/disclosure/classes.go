package disclosure

import (
	"encoding/binary"
	"slices"
)

// Classes says for each person how many there are whom the keys do not tell from them,
// the person included.
type Classes struct {
	Sample     []int     // f: persons in the file
	Population []float64 // F: persons for whom those stand, the sum of their weights
	Of         []int     // the pattern of the person: equal numbers, equal keys
	Patterns   int       // how many different patterns there are
}

// Classes counts them. What is not known of somebody could be anything: a missing value
// agrees with every value, in both directions.
//
//	f(i) = #{ j : for every key, x_j = x_i or x_j or x_i is missing },  F(i) = Σ w_j over the same
//
// This is the convention of the field (alpha = 1 of sdcMicro). It flatters: a person of
// whom little is recorded stands beside everybody, and one such person makes each unique
// person a pair. Where what is missing is missing in truth, and known to be, give it a
// value of its own before it is read.
func (s *Survey) Classes() Classes {
	p := s.patterns()
	f, w := slices.Clone(p.count), slices.Clone(p.weight)
	for _, a := range p.holes {
		for b, other := range p.codes {
			if a == b || p.hollow[b] && b < a || !agree(p.codes[a], other) {
				continue // two with holes meet once, from the first of them
			}
			f[a] += p.count[b]
			f[b] += p.count[a]
			w[a] += p.weight[b]
			w[b] += p.weight[a]
		}
	}
	c := Classes{Of: p.of, Patterns: len(p.codes), Sample: make([]int, len(p.of)), Population: make([]float64, len(p.of))}
	for i, at := range p.of {
		c.Sample[i], c.Population[i] = f[at], w[at]
	}
	return c
}

// Violations is how many persons share their keys with fewer than k, themselves
// included: those who are not k-anonymous.
//
// (Samarati, Protecting respondents' identities in microdata release, IEEE TKDE 13,
// 2001; Sweeney, k-anonymity, IJUFKS 10, 2002.) It does not protect a group who all have
// the same: see [Diversity].
func (c Classes) Violations(k int) int {
	n := 0
	for _, f := range c.Sample {
		if f < k {
			n++
		}
	}
	return n
}

// patterns are the different keys of a survey.
type patterns struct {
	codes  [][]uint16
	count  []int
	weight []float64
	of     []int  // the pattern of each person
	hollow []bool // whether a value is missing
	holes  []int  // the patterns of which one is
}

func (s *Survey) patterns() *patterns {
	p := &patterns{of: make([]int, s.Persons())}
	seen := map[string]int{}
	key := make([]byte, 2*s.Keys)
	for i := range p.of {
		for c := range s.Keys {
			binary.LittleEndian.PutUint16(key[2*c:], s.Codes[c][i])
		}
		at, known := seen[string(key)]
		if !known {
			at = len(p.codes)
			seen[string(key)] = at
			codes := make([]uint16, s.Keys)
			for c := range codes {
				codes[c] = s.Codes[c][i]
			}
			p.codes, p.count, p.weight = append(p.codes, codes), append(p.count, 0), append(p.weight, 0)
			hollow := slices.Contains(codes, 0)
			p.hollow = append(p.hollow, hollow)
			if hollow {
				p.holes = append(p.holes, at)
			}
		}
		p.of[i] = at
		p.count[at]++
		p.weight[at] += s.weight(i)
	}
	return p
}

// weight is how many persons of the population a person stands for.
func (s *Survey) weight(i int) float64 {
	if s.Weights == nil {
		return 1
	}
	return s.Weights[i]
}

// agree says whether two could be the same as far as is known.
func agree(a, b []uint16) bool {
	for c, v := range a {
		if v != b[c] && v != 0 && b[c] != 0 {
			return false
		}
	}
	return true
}
