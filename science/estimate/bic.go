package estimate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
)

// Ranked is one model of a search, with what the ranking needs.
type Ranked struct {
	Model    Model
	Notation string // "[123,14,34]": its largest terms, lists by number
	Estimate float64
	BIC      float64
}

// BICSearch is the hierarchical models of a table in rising order of BIC.
type BICSearch struct {
	Models []Ranked // those that have exactly one estimate
	Tried  int      // all that there are up to the order
}

// BIC fits every hierarchical model up to the order and ranks them by
//
//	BIC = parameters · log n - 2 log likelihood
//
// where n is the number of persons seen, as Rcapture has it, and a term at minus
// infinity counts as a parameter (Silverman, Chan and Vincent 2024). Models that
// fail [Check] are left out.
//
// The best model often beats the next by less than chance moves it, and the next may
// say half as many people. Read the first ten; [BICBootstrap] gives an interval that
// knows of the choice.
func BIC(ctx context.Context, h *Histories, order int) (*BICSearch, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	models, err := Hierarchies(len(h.Lists), order)
	if err != nil {
		return nil, err
	}
	y, n := h.floats(), float64(h.Observed())
	ranked := make([]Ranked, len(models))
	err = spread(ctx, len(models), nil, func() func(int) {
		s := newSolver(len(h.Lists))
		s.load(y)
		return func(job int) {
			estimate, bic := s.weigh(models[job], n)
			ranked[job] = Ranked{Model: models[job], Estimate: estimate, BIC: bic}
		}
	})
	if err != nil {
		return nil, err
	}
	ranked = slices.DeleteFunc(ranked, func(r Ranked) bool { return math.IsNaN(r.BIC) })
	if len(ranked) == 0 {
		return nil, errors.New("no model has an estimate on these counts")
	}
	slices.SortFunc(ranked, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(a.BIC, b.BIC), compareModels(a.Model, b.Model))
	})
	for i := range ranked {
		ranked[i].Notation = ranked[i].Model.notation(len(h.Lists))
	}
	return &BICSearch{ranked, len(models)}, nil
}

// weigh gives the estimate and the BIC of a model on the table at hand, or NaN when
// it has no estimate or more than one.
func (s *solver) weigh(m Model, n float64) (estimate, bic float64) {
	if s.check(m) != 0 {
		return math.NaN(), math.NaN()
	}
	return s.score(m, n)
}

// beats weighs a model that is wanted only when its BIC is below least. The test of
// existence takes a quarter of the time, and those that lose do not need it.
func (s *solver) beats(m Model, n, least float64) (estimate, bic float64, won bool) {
	s.use(m, false)
	estimate, bic = s.score(m, n)
	return estimate, bic, bic < least && s.check(m) == 0
}

// score fits the model that was taken into use.
func (s *solver) score(m Model, n float64) (estimate, bic float64) {
	s.fit()
	return s.total() + math.Exp(s.beta[0]), float64(1+s.lists+len(m))*math.Log(n) - 2*s.likelihood()
}

// TopModels is how many of the best models a bootstrap chooses among when nobody says
// otherwise. [S: Silverman, Chan and Vincent 2024] 20 for four lists, 100 for five:
// nearly every resample has its optimum there.
func TopModels(lists int) int {
	if lists <= 4 {
		return 20
	}
	return 100
}

// BICBootstrap draws tables from h and chooses for each the best by BIC among the
// first top models of the search on h itself.
func BICBootstrap(ctx context.Context, h *Histories, search *BICSearch, top int, r Resampling) (*Bootstrap, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if search == nil || len(search.Models) == 0 || top < 1 {
		return nil, errors.New("there is no model to choose from")
	}
	models := search.Models[:min(top, len(search.Models))]
	return resample(ctx, h, r, func() procedure {
		s := newSolver(len(h.Lists))
		return func(y []float64) float64 {
			s.load(y)
			best, least := math.NaN(), math.Inf(1)
			for _, m := range models {
				if estimate, bic, won := s.beats(m.Model, s.total(), least); won {
					best, least = estimate, bic
				}
			}
			return best
		}
	})
}
