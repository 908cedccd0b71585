package estimate

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
)

// MaxModels bounds a search through all models: six lists have 32,768 of order
// two, and more than a million of order three.
const MaxModels = 100_000

// Hierarchies are all hierarchical models of so many lists that hold every main
// effect and no term above the order; the model of all lists at once is left out,
// as it says nothing about the unseen.
func Hierarchies(lists, order int) ([]Model, error) {
	if lists < 2 || lists > MaxLists {
		return nil, fmt.Errorf("%d lists: between 2 and %d can be taken together", lists, MaxLists)
	}
	if order < 1 || (order >= lists && lists > 2) {
		return nil, fmt.Errorf("the order of a model of %d lists lies between 1 and %d", lists, max(1, lists-1))
	}
	level := make([][]Term, lists+1)
	for t := Term(1); t>>lists == 0; t++ {
		level[t.Order()] = append(level[t.Order()], t)
	}
	var all []Model
	if err := grow(&all, nil, level[:min(order, lists-1)+1], 2); err != nil {
		return nil, fmt.Errorf("%d lists, order %d: %w; choose a lower order, or merge lists", lists, order, err)
	}
	return all, nil
}

// grow adds every choice of terms of the order to the model whose smaller terms are
// all there, and goes on to the next order.
func grow(all *[]Model, m Model, level [][]Term, order int) error {
	var open []Term
	if order < len(level) {
		for _, t := range level[order] {
			if order == 2 || boundary(m, t) {
				open = append(open, t)
			}
		}
	}
	if len(open) == 0 {
		if len(*all) == MaxModels {
			return errTooMany
		}
		*all = append(*all, m)
		return nil
	}
	if len(open) > 20 {
		return errTooMany
	}
	for choice := range 1 << len(open) {
		next := slices.Grow(slices.Clip(m), bits.OnesCount(uint(choice)))
		for i, t := range open {
			if choice>>i&1 == 1 {
				next = append(next, t)
			}
		}
		// Without a term of this order none of a higher one can follow.
		deeper := order + 1
		if choice == 0 {
			deeper = len(level)
		}
		if err := grow(all, next, level, deeper); err != nil {
			return err
		}
	}
	return nil
}

var errTooMany = fmt.Errorf("more than %d models", MaxModels)

// boundary says whether every term with one list fewer is in the model.
func boundary(m Model, t Term) bool {
	for rest := t; rest != 0; rest &= rest - 1 {
		if !slices.Contains(m, t&^(rest&-rest)) {
			return false
		}
	}
	return true
}

// compareModels puts models with fewer terms first, then by their terms.
func compareModels(a, b Model) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
}
