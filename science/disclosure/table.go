// Package disclosure keeps counts of people, and records, from telling on one of them.
//
// For records that are to leave the house as they are, [ReadSurvey] reads them, and
// [Survey.Classes], [Survey.Risks], [Survey.Diversity] and [Survey.Suda] measure who
// could be found; [Survey.Blank] takes values out. For records with a promise see
// [Promise]. For tables whose counts are changed instead of hidden see [Linked.Round],
// [Linked.RoundAtRandom] and [Linked.Perturb].
//
// Suppression is for the frequency table: [Suppress] hides every count under a
// threshold, and then as many other counts as it takes so that nobody can work
// a hidden one out again from the totals. What a reader may deduce is an
// interval; for every sensitive cell it is at least as wide as the rule asks,
// and each such interval is proved by two whole-number tables that agree with
// everything shown.
//
// The method is the minimum frequency rule with complementary suppression, the
// second course of science/SCIENCES.md §4.3 (threshold 5 at national level, 11
// below a province and for children; Handbook on Statistical Disclosure Control,
// chapter on frequency tables). It assumes that the reader knows the rule, that
// a count is never negative, and all the sums; it does not defend
//
//   - against a second table over the same people: put both in one [Table], with
//     the sums that join them, or the difference tells ([Cross.Link] does it);
//   - against somebody who is one of the people counted and knows the others;
//   - a share or mean computed from hidden counts and published beside them.
//
// The room has no clock, reads no file and keeps nothing; it never changes what
// it is given. It does not know what is counted: publishing is internal/release.
package disclosure

import (
	"errors"
	"fmt"
)

// DefaultThreshold is the least count that is shown when a rule names none:
// under five persons is hidden. [S:SCIENCES §4.3 rule 1] "k=5 for national
// level minimum"; [S:DESIGN §3] "cells under 5 and their complements".
const DefaultThreshold = 5

// MaxCells bounds one table: the search is cubic in the worst case, and a page
// with more cells is not read by anybody.
const MaxCells = 2000

// Table is a table of counts and the sums that a reader knows to hold.
type Table struct {
	Counts []int // persons, one count a cell, totals included
	Sums   []Sum

	// Unpublished are cells that no table shows, though what is shown follows from
	// them: the inner cells of tables that are published together. Nobody may work
	// a small one out either. Nil: all are published.
	Unpublished []bool
}

// Sum says that the count of cell Total is the sum of the counts of Parts.
type Sum struct {
	Total int
	Parts []int
}

// Rule says what is hidden. The zero Rule is the strict default: threshold 5,
// zeros shown, intervals as wide as the threshold.
type Rule struct {
	Threshold int // counts from 1 to Threshold-1 are hidden; 0 means DefaultThreshold

	// HideZeros hides a count of nobody too. A zero tells as much as a one when
	// the attribute is sensitive ("no girl of this commune was believed"); it
	// tells nothing where everybody knows it to be zero. [S:SCIENCES §4.3 rule 2]
	// With HideZeros unset a zero is shown, is never used to hide another count,
	// and the reader is taken to know that what is hidden is at least one.
	HideZeros bool

	// Width is the least width of what a reader may deduce of a hidden small
	// count: high - low >= Width; 0 means Threshold. [S:SCIENCES §4.3 rule 2]
	Width int
}

// Mark is what became of a cell. The zero Mark is hidden.
type Mark uint8

// The marks. A page must not tell Primary from Secondary: who knows which
// cells are small knows that they lie under the threshold.
const (
	Primary   Mark = iota // hidden: its count is under the threshold
	Secondary             // hidden: shown, it would give a primary cell away
	Shown                 // may be published
	Latent                // in no table; it is protected where it is small
)

func (m Mark) String() string {
	switch m {
	case Shown:
		return "shown"
	case Secondary:
		return "secondary"
	case Latent:
		return "latent"
	}
	return "primary"
}

// The reasons to refuse a table.
var (
	ErrNegative    = errors.New("disclosure: a count is negative")
	ErrCell        = errors.New("disclosure: a sum names a cell that is not there, or one twice")
	ErrSum         = errors.New("disclosure: a total is not the sum of its parts")
	ErrTooLarge    = errors.New("disclosure: the table has too many cells")
	ErrRule        = errors.New("disclosure: the threshold or width is out of range")
	ErrUnprotected = errors.New("disclosure: no suppression of this table could be proved safe")
)

// resolve fills the defaults in.
func (r Rule) resolve() (Rule, error) {
	if r.Threshold == 0 {
		r.Threshold = DefaultThreshold
	}
	if r.Width == 0 {
		r.Width = r.Threshold
	}
	if r.Threshold < 2 || r.Width < 1 {
		return r, ErrRule
	}
	return r, nil
}

// floor is the least that a reader believes a hidden count to be.
func (r Rule) floor() int {
	if r.HideZeros {
		return 0
	}
	return 1
}

// small says whether a count must be hidden for its own sake.
func (r Rule) small(n int) bool {
	return n < r.Threshold && (n > 0 || r.HideZeros)
}

// check refuses a table that is not one.
func (t Table) check() error {
	if len(t.Counts) > MaxCells {
		return ErrTooLarge
	}
	if t.Unpublished != nil && len(t.Unpublished) != len(t.Counts) {
		return ErrCell
	}
	for i, n := range t.Counts {
		if n < 0 {
			return fmt.Errorf("cell %d: %w", i, ErrNegative)
		}
	}
	for i, s := range t.Sums {
		if err := t.checkSum(s); err != nil {
			return fmt.Errorf("sum %d: %w", i, err)
		}
	}
	return nil
}

func (t Table) checkSum(s Sum) error {
	seen := map[int]bool{}
	total := 0
	for i, cell := range append([]int{s.Total}, s.Parts...) {
		if cell < 0 || cell >= len(t.Counts) || seen[cell] {
			return ErrCell
		}
		seen[cell] = true
		if i > 0 {
			total += t.Counts[cell]
		}
	}
	if total != t.Counts[s.Total] {
		return ErrSum
	}
	return nil
}
