package estimate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
)

// Linked is the same lists, linked at one threshold.
type Linked struct {
	Threshold float64 // the probability from which two records were taken as one person
	Histories *Histories
}

// Spread is how far one method moves when the linkage does.
type Spread struct {
	Method    Method
	Estimates []float64 // one for each threshold, in rising order of threshold; NaN where there is none
	Low, High float64   // from the lowest low to the highest high end of all
}

// AcrossLinkage carries the doubt about links into the estimate: the table is made at
// several thresholds of linkage, each is estimated in the same way, and what is
// reported is the range over all. A link missed or wrong moves a person from one
// history to another and enters no other interval.
//
// The range is no confidence interval: it holds what each threshold would have said.
// Choose thresholds that somebody could defend.
func AcrossLinkage(ctx context.Context, sets []Linked, p Plan) ([]Spread, error) {
	if len(sets) < 2 {
		return nil, errors.New("at least two thresholds of linkage are needed")
	}
	sets = slices.Clone(sets)
	slices.SortStableFunc(sets, func(a, b Linked) int { return cmp.Compare(a.Threshold, b.Threshold) })
	var all []Spread
	for _, set := range sets {
		if err := set.Histories.check(); err != nil {
			return nil, err
		}
		if !slices.Equal(set.Histories.Lists, sets[0].Histories.Lists) {
			return nil, errors.New("every threshold needs the same lists in the same order")
		}
	}
	for k, set := range sets {
		r, err := Run(ctx, set.Histories, p)
		if err != nil {
			return nil, err
		}
		for i, line := range r.Results {
			if k == 0 {
				all = append(all, Spread{line.Method, nil, math.Inf(1), math.Inf(-1)})
			}
			s := &all[i]
			s.Estimates = append(s.Estimates, line.Estimate)
			if !math.IsNaN(line.Low) && !math.IsNaN(line.High) {
				s.Low, s.High = min(s.Low, line.Low), max(s.High, line.High)
			}
		}
	}
	return all, nil
}
