package estimate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
)

// Thresholding says how Bayesian thresholding is done. The zero value is Silverman's.
type Thresholding struct {
	Improper bool    // flat priors for interactions too
	Variance float64 // of the normal prior of an interaction; 0 means 1
	Cut      float64 // an interaction stays when |mean|/sd is at least this; 0 means 2
	Order    int     // 2, or 3 to look at three lists as well; 0 means 2
	Draws    int     // in each of four chains; 0 means 50,000
	Seed     uint64
}

// Ratio is |mean|/sd of an interaction in its posterior.
type Ratio struct {
	Term  Term
	Value float64
}

// Thresholded is the answer.
type Thresholded struct {
	Posterior
	Model  Model   // the interactions that stayed
	Ratios []Ratio // of all that were looked at
	Minus  []Term  // at minus infinity, with improper priors
}

// Threshold is the method of Silverman (2020). All pairs are in the model, with a
// normal prior of mean zero for each interaction and nearly flat ones (variance 10⁴)
// for the rest; the posterior is drawn; the interactions whose mean is under two
// standard deviations are taken out; and the population is drawn from the posterior
// of the model that is left. With order 3, three lists whose pairs all stayed are
// then looked at in the same way.
//
// With improper priors an interaction with an empty margin is at minus infinity, and
// a table on which the model of all pairs has no estimate is refused.
//
// The posterior does not know that interactions were taken out: it is too narrow. A
// ratio near the cut is decided by chance of the chain; see Ratios.
func Threshold(ctx context.Context, h *Histories, o Thresholding) (*Thresholded, error) {
	t, err := newThresholder(h, o)
	if err != nil {
		return nil, err
	}
	return t.run(ctx)
}

// ThresholdedTo is [Threshold] when it is already known which interactions stay.
func ThresholdedTo(ctx context.Context, h *Histories, m Model, o Thresholding) (*Thresholded, error) {
	t, err := newThresholder(h, o)
	if err != nil {
		return nil, err
	}
	if err := m.check(len(h.Lists)); err != nil {
		return nil, err
	}
	found := &Thresholded{Model: m}
	t.prepare(Pairs(len(h.Lists)))
	t.putOut(found)
	return t.finish(ctx, found)
}

// nearCut is how near to the cut a ratio is so near that the other model belongs beside the
// answer: it moves so much when a few persons more are counted.
const nearCut = 0.1

// Doubtful is the interaction whose ratio is nearest to the cut, and the model in which it is
// decided the other way; false when none is near, or the other is no hierarchy.
func (t *Thresholded) Doubtful(cut float64) (Ratio, Model, bool) {
	best := Ratio{Value: math.Inf(1)}
	for _, r := range t.Ratios {
		if math.Abs(r.Value-cut) < math.Abs(best.Value-cut) {
			best = r
		}
	}
	if math.Abs(best.Value-cut) > nearCut {
		return Ratio{}, nil, false
	}
	other := slices.Clone(t.Model)
	if at := slices.Index(other, best.Term); at >= 0 {
		other = slices.Delete(other, at, at+1)
	} else {
		other = append(other, best.Term)
	}
	for _, term := range other {
		if term.Order() == 3 && !boundary(other, term) {
			return Ratio{}, nil, false
		}
	}
	return best, other, true
}

func newThresholder(h *Histories, o Thresholding) (*thresholder, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	o.Variance, o.Cut = cmp.Or(o.Variance, 1), cmp.Or(o.Cut, 2)
	o.Order, o.Draws = cmp.Or(o.Order, 2), cmp.Or(o.Draws, 50_000)
	if !(o.Variance > 0) || !(o.Cut > 0) || o.Draws < 100 || o.Draws > 10_000_000 || o.Order < 2 || o.Order > 3 {
		return nil, errors.New("thresholding takes a variance and a cut above 0, order 2 or 3, and 100 draws or more")
	}
	t := &thresholder{Thresholding: o, h: h, s: newSolver(len(h.Lists))}
	t.s.load(h.floats())
	if o.Improper {
		if c := t.s.check(Pairs(len(h.Lists))); c != 0 {
			return nil, errors.New("with flat priors the model of all pairs has no posterior: " + c.String())
		}
	}
	return t, nil
}

type thresholder struct {
	Thresholding
	h       *Histories
	s       *solver
	outside []bool // histories that stay out of the data once an improper prior has put them out
	runs    uint64
}

func (t *thresholder) run(ctx context.Context) (*Thresholded, error) {
	found := &Thresholded{}
	pairs, err := t.sift(ctx, found, nil, Pairs(len(t.h.Lists)))
	if err != nil {
		return nil, err
	}
	found.Model = pairs
	if t.Order == 3 {
		if err := t.triples(ctx, found); err != nil {
			return nil, err
		}
	}
	return t.finish(ctx, found)
}

// finish draws the population from the model that is left.
func (t *thresholder) finish(ctx context.Context, found *Thresholded) (*Thresholded, error) {
	t.prepare(found.Model)
	draws, err := t.draw(ctx)
	if err != nil {
		return nil, err
	}
	n := float64(t.h.Observed())
	all := draws.first
	for i, a := range all {
		all[i] = n + math.Exp(a)
	}
	found.Posterior = drawn(all)
	return found, nil
}

// triples looks at three lists all of whose pairs stayed.
func (t *thresholder) triples(ctx context.Context, found *Thresholded) error {
	var triples Model
	for w := Term(1); w>>len(t.h.Lists) == 0; w++ {
		if w.Order() == 3 && boundary(found.Model, w) {
			triples = append(triples, w)
		}
	}
	if len(triples) == 0 || (t.Improper && t.s.check(slices.Concat(found.Model, triples)) != 0) {
		return nil
	}
	stay, err := t.sift(ctx, found, found.Model, triples)
	found.Model = append(slices.Clip(found.Model), stay...)
	return err
}

// sift draws from the model of kept and looked-at interactions, and returns those
// of the latter that stay.
func (t *thresholder) sift(ctx context.Context, found *Thresholded, kept, looked Model) (Model, error) {
	t.prepare(slices.Concat(kept, looked))
	t.putOut(found)
	draws, err := t.draw(ctx)
	if err != nil {
		return nil, err
	}
	var stay Model
	for i, term := range t.s.terms {
		if !slices.Contains(looked, term) {
			continue
		}
		r := Ratio{term, math.Abs(draws.mean[i]) / draws.sd[i]}
		found.Ratios = append(found.Ratios, r)
		if r.Value >= t.Cut {
			stay = append(stay, term)
		}
	}
	return stay, nil
}

// putOut keeps histories out of the data once a flat prior has put them out.
func (t *thresholder) putOut(found *Thresholded) {
	if t.Improper {
		found.Minus = append(found.Minus, t.s.minus...)
		t.outside = slices.Clone(t.s.outside)
	}
}

// prepare sets the solver to a model: proper priors keep every term and history.
func (t *thresholder) prepare(m Model) {
	t.s.use(m, false)
	if t.Improper {
		for w, d := range t.outside {
			t.s.outside[w] = t.s.outside[w] || d
		}
		return
	}
	t.s.minus = t.s.minus[:0]
	t.s.terms = append(t.s.terms[:0], m.terms(t.s.lists)...)
	clear(t.s.outside)
	t.s.outside[0] = true
	t.s.resize()
}
