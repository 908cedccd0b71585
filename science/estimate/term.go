package estimate

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// MaxLists bounds a table: there are 2^t histories, and nobody links more files.
const MaxLists = 16

// Term is a set of lists, one bit a list, the first list lowest. The empty set is
// the intercept, one list a main effect, two a pair.
type Term uint32

// Order is the number of lists of the term.
func (t Term) Order() int { return bits.OnesCount32(uint32(t)) }

// within says whether every list of t is in u.
func (t Term) within(u Term) bool { return t&^u == 0 }

// Pair is the term of two lists, counted from zero.
func Pair(i, j int) Term { return 1<<i | 1<<j }

// ends are the first and the last list of the term.
func (t Term) ends() (first, last int) {
	return bits.TrailingZeros32(uint32(t)), bits.Len32(uint32(t)) - 1
}

// name writes the term with the names of its lists: "LA:NG".
func (t Term) name(lists []string) string {
	var parts []string
	for i, l := range lists {
		if t>>i&1 == 1 {
			parts = append(parts, l)
		}
	}
	return strings.Join(parts, ":")
}

// Model is the interactions of a log-linear model, in the order in which they
// were added. The intercept and all main effects are always in it. A model must be
// hierarchical: with a term, every smaller interaction of the same lists.
type Model []Term

// Pairs is the model of all pairs of t lists, in the order 12, 13, …, 1t, 23, ….
func Pairs(t int) Model {
	var m Model
	for i := range t {
		for j := i + 1; j < t; j++ {
			m = append(m, Pair(i, j))
		}
	}
	return m
}

// Names writes the terms of the model with the names of the lists.
func (m Model) Names(lists []string) []string {
	names := make([]string, len(m))
	for i, t := range m {
		names[i] = t.name(lists)
	}
	return names
}

// String writes the model as its largest terms, with lists by number: "[123,14,34]",
// larger terms first, as Rcapture and the papers do.
func (m Model) notation(lists int) string {
	var tops []string
	for _, t := range m.generators(lists) {
		s := ""
		for i := range lists {
			if t>>i&1 == 1 {
				if lists > 9 && s != "" {
					s += "."
				}
				s += strconv.Itoa(i + 1)
			}
		}
		tops = append(tops, s)
	}
	return "[" + strings.Join(tops, ",") + "]"
}

// generators are the terms that no other term of the model holds, main effects
// included: larger ones first, then by their lists.
func (m Model) generators(lists int) []Term {
	all := m.terms(lists)[1:]
	var tops []Term
	for _, t := range all {
		if !slices.ContainsFunc(all, func(u Term) bool { return u != t && t.within(u) }) {
			tops = append(tops, t)
		}
	}
	slices.SortFunc(tops, func(a, b Term) int {
		if c := cmp.Compare(b.Order(), a.Order()); c != 0 {
			return c
		}
		return cmp.Compare(bits.Reverse32(uint32(b)), bits.Reverse32(uint32(a)))
	})
	return tops
}

// terms are the intercept, the main effects and the interactions.
func (m Model) terms(lists int) []Term {
	all := make([]Term, 0, 1+lists+len(m))
	all = append(all, 0)
	for i := range lists {
		all = append(all, 1<<i)
	}
	return append(all, m...)
}

// check refuses a model that is no hierarchical model of so many lists.
func (m Model) check(lists int) error {
	for i, t := range m {
		switch {
		case t.Order() < 2 || t>>lists != 0:
			return fmt.Errorf("term %d of the model is not an interaction of %d lists", i+1, lists)
		case slices.Contains(m[:i], t):
			return fmt.Errorf("term %d of the model is there twice", i+1)
		}
		for rest := t; rest != 0; rest &= rest - 1 {
			less := t &^ (rest & -rest)
			if less.Order() >= 2 && !slices.Contains(m, less) {
				return fmt.Errorf("term %d of the model has lists 1 to %d, but not every smaller term of the same lists", i+1, lists)
			}
		}
	}
	return nil
}

// MustHierarchy reads the notation of the papers, "[12,13,234]", lists by one
// digit; it panics on anything else, and is meant for models written in a program.
func MustHierarchy(s string) Model {
	var m Model
	for part := range strings.SplitSeq(strings.Trim(s, "[]"), ",") {
		var t Term
		for _, d := range part {
			if d < '1' || d > '9' {
				panic("estimate: no model: " + s)
			}
			t |= 1 << (d - '1')
		}
		for sub := t; sub != 0; sub = (sub - 1) & t {
			if sub.Order() >= 2 && !slices.Contains(m, sub) {
				m = append(m, sub)
			}
		}
	}
	sortTerms(m)
	return m
}

// sortTerms puts small terms first, then by their lists: 12, 13, 23, 123.
func sortTerms(m Model) {
	slices.SortFunc(m, func(a, b Term) int {
		if c := cmp.Compare(a.Order(), b.Order()); c != 0 {
			return c
		}
		return cmp.Compare(bits.Reverse32(uint32(b)), bits.Reverse32(uint32(a)))
	})
}
