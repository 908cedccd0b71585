package estimate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// fitted is the line of a log-linear model, chosen by the method, with the interval
// that was asked for.
func (p *Plan) fitted(ctx context.Context, h *Histories, m Method) ([]Result, error) {
	f, search, note, err := p.choose(ctx, h, m)
	if err != nil {
		return nil, err
	}
	r := Result{Method: m, Terms: f.Model.Names(h.Lists), Estimate: f.Estimate, SE: f.SE, Deviance: f.Deviance, BIC: f.BIC,
		Code: f.Code, Level: p.Level, Interval: string(p.Interval), Note: note}
	if f.Code != 0 {
		n := nothing(m, f.Code.String())
		n.Code, n.Terms = f.Code, r.Terms
		return []Result{n}, nil
	}
	i, how, err := p.interval(ctx, h, f, m, search)
	if err != nil {
		r.Low, r.High = math.NaN(), math.NaN()
		r.Note = both(r.Note, "no interval: "+err.Error())
		return []Result{r}, ctx.Err()
	}
	r.Low, r.High = i.Low, i.High
	r.Note = both(r.Note, how)
	return []Result{r}, nil
}

func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// choose finds the model of the method.
func (p *Plan) choose(ctx context.Context, h *Histories, m Method) (f *Fitted, search *BICSearch, note string, err error) {
	switch m {
	case ByStepwise:
		f, err = Stepwise(h, p.Threshold)
		return f, nil, fmt.Sprintf("pairs of lists that share more or fewer persons than chance explains (p < %g)", p.Threshold), err
	case ByBIC:
		order := min(p.Order, max(1, len(h.Lists)-1))
		search, err = BIC(ctx, h, order)
		if errors.Is(err, errTooMany) {
			f, err = Downhill(h, order)
			return f, nil, "too many models to try all: changed by one term at a time while that makes it better", err
		}
		if err != nil {
			return nil, nil, "", err
		}
		best := slices.Clone(search.Models[0].Model)
		sortTerms(best)
		f, err = Fit(h, best)
		return f, search, fmt.Sprintf("best of %d models; the next ten say %s", len(search.Models), search.spread()), err
	}
	f, err = Fit(h, nil)
	return f, nil, "supposes that the lists have nothing to do with one another", err
}

// spread says how far the models behind the best one differ.
func (s *BICSearch) spread() string {
	low, high := math.Inf(1), math.Inf(-1)
	for _, m := range s.Models[1:min(len(s.Models), 11)] {
		low, high = min(low, m.Estimate), max(high, m.Estimate)
	}
	if low > high {
		return "nothing: there are none"
	}
	return Grouped(low) + " to " + Grouped(high)
}

// interval makes the interval of a fitted model, and says what it does not know.
func (p *Plan) interval(ctx context.Context, h *Histories, f *Fitted, m Method, search *BICSearch) (Interval, string, error) {
	switch p.Interval {
	case ByProfile:
		_, i, err := Profile(h, f.Model, p.Level)
		return i, unaware(m), err
	case ByBCa:
		b, err := p.bootstrap(ctx, h, m, search)
		if err != nil {
			return Interval{}, "", err
		}
		i, err := b.BCa(p.Level)
		if b.Failed > 0 {
			return i, fmt.Sprintf("%d of %d resamples had no estimate", b.Failed, p.Replicates), err
		}
		return i, "", err
	}
	i, err := f.Conditional(p.Level)
	return i, unaware(m), err
}

// unaware is what an interval says that takes the model as known.
func unaware(m Method) string {
	if m == MainEffects {
		return ""
	}
	return "the interval takes the chosen model as known and is too short; one by bootstrap (bca) repeats the choice"
}

func (p *Plan) bootstrap(ctx context.Context, h *Histories, m Method, search *BICSearch) (*Bootstrap, error) {
	switch m {
	case ByStepwise:
		return StepwiseBootstrap(ctx, h, p.Threshold, p.Resampling)
	case ByBIC:
		if search == nil {
			return DownhillBootstrap(ctx, h, min(p.Order, max(1, len(h.Lists)-1)), p.Resampling)
		}
		return BICBootstrap(ctx, h, search, TopModels(len(h.Lists)), p.Resampling)
	}
	return FixedBootstrap(ctx, h, nil, p.Resampling)
}
