package estimate

import (
	"errors"
	"fmt"
	"slices"
)

// Histories is how many persons have each capture history.
type Histories struct {
	Lists  []string // names, in the order of the bits of a [Term]
	Counts []int    // 2^t counts, indexed by the history as a Term; Counts[0] is zero
}

// NewHistories makes an empty table over these lists: at least two and at most
// [MaxLists], each with a name of its own.
func NewHistories(lists ...string) (*Histories, error) {
	if len(lists) < 2 {
		return nil, errors.New("at least two lists are needed, to see how they overlap")
	}
	if len(lists) > MaxLists {
		return nil, fmt.Errorf("%d lists: at most %d can be taken together; merge some", len(lists), MaxLists)
	}
	for i, l := range lists {
		if l == "" {
			return nil, fmt.Errorf("list %d has no name", i+1)
		}
		if slices.Contains(lists[:i], l) {
			return nil, fmt.Errorf("two lists have the name of list %d", i+1)
		}
	}
	return &Histories{Lists: slices.Clone(lists), Counts: make([]int, 1<<len(lists))}, nil
}

// Add counts n more persons with the history w. A person on no list cannot be
// counted: whoever knows of one has a list.
func (h *Histories) Add(w Term, n int) error {
	switch {
	case n < 0:
		return errors.New("a count is negative")
	case w == 0 && n > 0:
		return errors.New("a person is on no list")
	case int(w) >= len(h.Counts):
		return errors.New("a history names a list that is not there")
	case n > maxPersons-h.Counts[w]:
		return fmt.Errorf("more than %d persons", maxPersons)
	}
	h.Counts[w] += n
	return nil
}

// maxPersons bounds a count: no list of persons is longer, and the time of a p-value
// grows with its root.
const maxPersons = 100_000_000

// check refuses a table that was not built by [NewHistories] and Add.
func (h *Histories) check() error {
	if h == nil || len(h.Lists) < 2 || len(h.Lists) > MaxLists || len(h.Counts) != 1<<len(h.Lists) {
		return errors.New("no table of histories: build it with NewHistories")
	}
	if h.Counts[0] != 0 {
		return errors.New("a person is on no list")
	}
	for _, n := range h.Counts {
		if n < 0 || n > maxPersons {
			return errors.New("a count is negative or too large")
		}
	}
	if h.Observed() == 0 {
		return errors.New("nobody is on any list")
	}
	return nil
}

// Observed is the number of persons on at least one list.
func (h *Histories) Observed() int {
	n := 0
	for _, c := range h.Counts {
		n += c
	}
	return n
}

// Margin is N*: how many persons are on all the lists of t.
func (h *Histories) Margin(t Term) int {
	n := 0
	for w, c := range h.Counts {
		if t.within(Term(w)) {
			n += c
		}
	}
	return n
}

// Overlap is the table of the lists with one another, t × t: on the diagonal who is
// on the list, beside it who is on both.
func (h *Histories) Overlap() [][]int {
	table := make([][]int, len(h.Lists))
	for i := range table {
		table[i] = make([]int, len(h.Lists))
		for j := range table[i] {
			table[i][j] = h.Margin(1<<i | 1<<j)
		}
	}
	return table
}

// seen are the histories that somebody has, in the order of their number.
func (h *Histories) seen() []Term {
	var all []Term
	for w, c := range h.Counts {
		if c > 0 {
			all = append(all, Term(w))
		}
	}
	return all
}

// floats gives the counts for arithmetic.
func (h *Histories) floats() []float64 {
	y := make([]float64, len(h.Counts))
	for w, c := range h.Counts {
		y[w] = float64(c)
	}
	return y
}
