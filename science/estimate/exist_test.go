package estimate_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"inkingi/science/estimate"
)

// The reduced test of existence against the whole linear programme in exact
// fractions, on sparse random tables and random hierarchical models: A y = k t with
// y ≥ 1 and k ≥ 1 has a solution if and only if some x > 0 has A x = t.
func TestExistenceIsTheLinearProgramme(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	codes := map[estimate.Code]int{}
	for range 400 {
		lists := 3 + random.IntN(2)
		h, err := estimate.NewHistories([]string{"A", "B", "C", "D"}[:lists]...)
		if err != nil {
			t.Fatal(err)
		}
		for i := range lists { // every list has somebody: the tests of the peers assume it
			_ = h.Add(1<<i, random.IntN(3)+1)
		}
		for range random.IntN(8) {
			_ = h.Add(estimate.Term(1+random.IntN(1<<lists-1)), 1+random.IntN(3))
		}
		var m estimate.Model
		for _, p := range estimate.Pairs(lists) {
			if random.IntN(2) == 0 {
				m = append(m, p)
			}
		}
		got, err := estimate.Check(h, m)
		if err != nil {
			t.Fatal(err)
		}
		if want := !solvable(h, m); got&estimate.NoEstimate != 0 != want {
			t.Errorf("counts %v, model %v: code %d, but the programme says no estimate: %v", h.Counts, m, got, want)
		}
		codes[got]++
	}
	if len(codes) < 3 {
		t.Errorf("the tables do not try codes 0, 1 and 2: %v", codes)
	}
}

// solvable is the first phase of the simplex method in fractions, with Bland's rule.
func solvable(h *estimate.Histories, m estimate.Model) bool {
	terms := []estimate.Term{0}
	for i := range h.Lists {
		terms = append(terms, 1<<i)
	}
	terms = append(terms, m...)
	within := func(a, b estimate.Term) bool { return a&^b == 0 }
	var kept []estimate.Term
	for _, a := range terms {
		if h.Margin(a) > 0 {
			kept = append(kept, a)
		}
	}
	var rows [][]*big.Rat
	for _, a := range kept {
		var row []*big.Rat
		sum := int64(0)
	histories:
		for w := 1; w < len(h.Counts); w++ {
			for _, b := range terms {
				if h.Margin(b) == 0 && within(b, estimate.Term(w)) {
					continue histories
				}
			}
			x := int64(0)
			if within(a, estimate.Term(w)) {
				x = 1
			}
			sum += x
			row = append(row, big.NewRat(x, 1))
		}
		margin := int64(h.Margin(a))
		row = append(row, big.NewRat(-margin, 1), big.NewRat(margin-sum, 1))
		if margin < sum {
			for _, x := range row {
				x.Neg(x)
			}
		}
		rows = append(rows, row)
	}
	return phaseOne(rows)
}

// phaseOne says whether the rows (coefficients, then a right-hand side ≥ 0) have a
// solution that is nowhere negative.
func phaseOne(rows [][]*big.Rat) bool {
	last := len(rows[0]) - 1
	goal := make([]*big.Rat, last+1)
	for j := range goal {
		goal[j] = new(big.Rat)
		for _, row := range rows {
			goal[j].Add(goal[j], row[j])
		}
	}
	basis := make([]int, len(rows))
	for i := range basis {
		basis[i] = -1
	}
	for goal[last].Sign() > 0 {
		j := 0
		for j < last && goal[j].Sign() <= 0 {
			j++
		}
		if j == last {
			return false
		}
		at, least := -1, new(big.Rat)
		for i, row := range rows {
			if row[j].Sign() <= 0 {
				continue
			}
			q := new(big.Rat).Quo(row[last], row[j])
			if c := q.Cmp(least); at < 0 || c < 0 || (c == 0 && basis[i] < basis[at]) {
				at, least = i, q
			}
		}
		by := new(big.Rat).Inv(rows[at][j])
		for _, x := range rows[at] {
			x.Mul(x, by)
		}
		for i, row := range append(rows[:len(rows):len(rows)], goal) {
			if i == at || row[j].Sign() == 0 {
				continue
			}
			times := new(big.Rat).Set(row[j])
			for k := range row {
				row[k].Sub(row[k], new(big.Rat).Mul(times, rows[at][k]))
			}
		}
		basis[at] = j
	}
	return true
}
