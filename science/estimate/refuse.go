package estimate

import (
	"fmt"
	"strings"
)

// What a table needs before a figure from it is shown to anybody (SCIENCES.md §2.5).
const (
	LeastLists   = 3   // with two, independence cannot be tested at all
	LeastPersons = 150 // below, intervals span a factor of three and more
)

// Refusals are the reasons why no figure from this table should be shown: none means
// that nothing forbids it. The methods compute all the same; whoever shows the answer
// asks here first.
func (h *Histories) Refusals() []string {
	if err := h.check(); err != nil {
		return []string{err.Error()}
	}
	var why []string
	if n := len(h.Lists); n < LeastLists {
		why = append(why, fmt.Sprintf("there are %d lists, and at least %d are needed: with two, nobody can tell whether they depend on one another", n, LeastLists))
	}
	if n := h.Observed(); n < LeastPersons {
		why = append(why, fmt.Sprintf("there are %d persons on the lists, and at least %d are needed: below, chance decides", n, LeastPersons))
	}
	if h.shared() == 0 {
		return append(why, "nobody is on two lists: without overlap nothing is known of those on none")
	}
	s := newSolver(len(h.Lists))
	s.load(h.floats())
	if c := s.check(nil); c != 0 {
		why = append(why, fmt.Sprintf("even with independent lists %s (check code %d)", c, c))
	}
	return why
}

// shared is how many persons are on two lists or more.
func (h *Histories) shared() int {
	n := 0
	for w, c := range h.Counts {
		if Term(w).Order() > 1 {
			n += c
		}
	}
	return n
}

// Warnings are what a reader must know of the table, though it does not forbid a figure.
func (h *Histories) Warnings() []string {
	var all []string
	for i, l := range h.Lists {
		alone := h.Margin(1<<i) == h.Counts[1<<i]
		if alone {
			all = append(all, fmt.Sprintf("nobody on list %s is on another list: what it adds to the estimate is guesswork; think of leaving it out or merging it", l))
		}
	}
	var empty []string
	for _, p := range Pairs(len(h.Lists)) {
		if h.Margin(p) == 0 {
			empty = append(empty, p.name(h.Lists))
		}
	}
	if len(empty) > 0 {
		all = append(all, fmt.Sprintf("pairs of lists that have nobody in common (%d of %d): %s; look for the reason, which may be the linkage", len(empty), len(Pairs(len(h.Lists))), strings.Join(empty, ", ")))
	}
	return all
}

// Assumptions are what has to be true for any of the figures, in words for those who
// will read them. A figure is never shown without them.
func Assumptions() []string {
	return []string{
		"The population is closed: the same persons could have been on every list, because all lists are of one place and one period.",
		"Links are right: two records are taken as one person when they are, and only then. Missed links make the estimate too high, false ones too low.",
		"Everybody counted could have come to the notice of at least one list. Whoever could not is not in the estimate.",
		"What lists have to do with one another is described by the terms of the model; that all of them together depend on one another cannot be seen in any data, and is assumed not to be.",
		"Lists mean the same by who is counted. A list with a wider meaning has people on it whom the others could not have.",
	}
}
