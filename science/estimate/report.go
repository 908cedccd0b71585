package estimate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Method is a way to an estimate.
type Method string

// The methods, in the order of the table.
const (
	MainEffects Method = "main"
	ByStepwise  Method = "stepwise"
	ByBIC       Method = "bic"
	ByBayes     Method = "bayes"
	ByLatent    Method = "lcmcr"
	ByGraphs    Method = "dga"
	ByChapman   Method = "chapman"
)

// Methods are all methods.
func Methods() []Method {
	return []Method{MainEffects, ByStepwise, ByBIC, ByBayes, ByLatent, ByGraphs, ByChapman}
}

// Kind is how the interval of a fitted model is made.
type Kind string

// The kinds of interval. Bayesian methods have their own.
const (
	Conditional Kind = "conditional"
	ByProfile   Kind = "profile"
	ByBCa       Kind = "bca"
)

// Plan says what to compute. The zero Plan is everything, with conditional intervals
// of 95 %.
type Plan struct {
	Methods   []Method
	Threshold float64 // of the stepwise search; 0 means 0.02
	Order     int     // the largest interaction of BIC and thresholding; 0 means 2
	Interval  Kind
	Level     float64 // 0 means 0.95
	Resampling
}

// Result is one line of the table. NaN stands where a method has no such number.
type Result struct {
	Method    Method
	Terms     []string // the interactions of the model, by the names of the lists
	Estimate  float64
	Low, High float64
	Level     float64
	Interval  string // how it was made
	SE        float64
	Deviance  float64
	BIC       float64
	Code      Code
	Note      string // what the reader must know, or why there is no estimate
}

// Report is the answer: a table of methods and never one number.
type Report struct {
	Observed    int
	Lists       []string
	Overlap     [][]int
	Refusals    []string // why the figures should not be shown
	Warnings    []string
	Results     []Result
	Assumptions []string
}

// Run computes the whole table. A method that cannot answer has a line that says
// why; an error is returned only when the table or the plan is not one, or when ctx
// ends.
func Run(ctx context.Context, h *Histories, p Plan) (*Report, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if err := p.complete(len(h.Lists)); err != nil {
		return nil, err
	}
	r := &Report{Observed: h.Observed(), Lists: slices.Clone(h.Lists), Overlap: h.Overlap(), Refusals: h.Refusals(),
		Warnings: h.Warnings(), Assumptions: Assumptions()}
	for _, m := range p.Methods {
		lines, err := p.lines(ctx, h, m)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			lines = []Result{nothing(m, err.Error())}
		}
		r.Results = append(r.Results, lines...)
	}
	return r, nil
}

// nothing is the line of a method without an answer.
func nothing(m Method, why string) Result {
	none := math.NaN()
	return Result{Method: m, Estimate: none, Low: none, High: none, SE: none, Deviance: none, BIC: none, Note: why}
}

// complete fills in what is not said, and refuses what cannot be.
func (p *Plan) complete(lists int) error {
	if len(p.Methods) == 0 {
		p.Methods = Methods()
		if lists > 2 {
			p.Methods = slices.DeleteFunc(p.Methods, func(m Method) bool { return m == ByChapman })
		}
	}
	for _, m := range p.Methods {
		if !slices.Contains(Methods(), m) {
			return fmt.Errorf("there is no method %q", m)
		}
	}
	if p.Threshold == 0 {
		p.Threshold = DefaultThreshold
	}
	if p.Order == 0 {
		p.Order = 2
	}
	if p.Interval == "" {
		p.Interval = Conditional
	}
	if !slices.Contains([]Kind{Conditional, ByProfile, ByBCa}, p.Interval) {
		return fmt.Errorf("there is no interval %q", p.Interval)
	}
	if p.Level == 0 {
		p.Level = 0.95
	}
	if p.Replicates == 0 {
		p.Replicates = 1000
	}
	if p.Order < 1 || p.Order > MaxLists {
		return fmt.Errorf("the order of a model lies between 1 and %d", MaxLists)
	}
	return errors.Join(checkLevel(p.Level), checkThreshold(p.Threshold))
}

// lines computes one method: one line, and for Chapman one for each pair of lists.
func (p *Plan) lines(ctx context.Context, h *Histories, m Method) ([]Result, error) {
	switch m {
	case ByBayes:
		return p.thresholded(ctx, h)
	case ByLatent:
		l, err := Latent(ctx, h, Classes{Seed: p.Seed})
		if err != nil {
			return nil, err
		}
		chain, err := LatentChain(ctx, h, Classes{Seed: p.Seed}, 20_000, 1000, 20)
		if err != nil {
			return nil, err
		}
		return p.believed(m, *l, nil, doubts(h, l, chain))
	case ByGraphs:
		a, err := Decomposable(ctx, h, Averaging{})
		if err != nil {
			return nil, err
		}
		top := a.Graphs[0]
		note := fmt.Sprintf("average over the %d models that weigh anything; the likeliest, with probability %.2f, is shown", len(a.Graphs), top.Probability)
		return p.believed(m, a.Posterior, top.Edges.Names(h.Lists), note)
	case ByChapman:
		return p.chapman(h)
	}
	return p.fitted(ctx, h, m)
}

// thresholded is the line of thresholding. Where a ratio is so near the cut that chance
// decides, what it would be otherwise stands beside it.
func (p *Plan) thresholded(ctx context.Context, h *Histories) ([]Result, error) {
	o := Thresholding{Order: min(max(p.Order, 2), 3), Cut: 2, Seed: p.Seed}
	t, err := Threshold(ctx, h, o)
	if err != nil {
		return nil, err
	}
	note := "the pairs whose effect is clear of zero"
	if r, other, near := t.Doubtful(o.Cut); near {
		u, err := ThresholdedTo(ctx, h, other, o)
		if err != nil {
			return nil, err
		}
		with := "without"
		if r.Value < o.Cut {
			with = "with"
		}
		note += fmt.Sprintf("; %s is at %.2f of the %g deviations that are asked: %s it %s (%s to %s)",
			r.Term.name(h.Lists), r.Value, o.Cut, with, Grouped(u.Quantile(.5)), Grouped(u.Quantile((1-p.Level)/2)), Grouped(u.Quantile((1+p.Level)/2)))
	}
	return p.believed(ByBayes, t.Posterior, t.Model.Names(h.Lists), note)
}

// doubts is what a reader must know of latent classes: whether one chain, as LCMCR draws
// it, stays elsewhere, and whether the table or the bound says how many there can be.
func doubts(h *Histories, all, chain *Posterior) string {
	note := "supposes groups of people who are not equally visible; it has no pairs of lists"
	low, high := all.Quantile(.025), all.Quantile(.975)
	if x := chain.Quantile(.5); x < low || x > high {
		note += fmt.Sprintf("; one chain alone, as the program LCMCR draws it, says %s (%s to %s): the model fits in ways that are far apart, and cannot say",
			Grouped(x), Grouped(chain.Quantile(.025)), Grouped(chain.Quantile(.975)))
	}
	if high > 0.95*(1+atMost)*float64(h.Observed()) {
		note += fmt.Sprintf("; the upper end is where the model is told to stop, at %d unseen for each one seen", atMost)
	}
	return note
}

// believed is the line of a posterior: its median.
func (p *Plan) believed(m Method, d Posterior, terms []string, note string) ([]Result, error) {
	i, err := d.Interval(p.Level)
	r := nothing(m, note)
	r.Terms, r.Estimate, r.SE, r.Interval = terms, d.Quantile(.5), d.SD(), "posterior"
	r.Low, r.High, r.Level = i.Low, i.High, p.Level
	return []Result{r}, err
}

func (p *Plan) chapman(h *Histories) ([]Result, error) {
	var all []Result
	for _, pair := range Pairs(len(h.Lists)) {
		i, j := pair.ends()
		c, err := Chapman(h, i, j)
		if err != nil {
			return nil, err
		}
		ends, err := c.Interval(p.Level)
		if err != nil {
			return nil, err
		}
		r := nothing(ByChapman, "from these two lists alone, taken as independent: "+strings.Join([]string{h.Lists[i], h.Lists[j]}, ", "))
		r.Estimate, r.SE, r.Low, r.High, r.Level, r.Interval = c.Estimate, c.SE, ends.Low, ends.High, p.Level, "log-normal"
		r.Terms = []string{pair.name(h.Lists)}
		if len(h.Lists) == 2 {
			r.Terms = nil
		}
		all = append(all, r)
	}
	return all, nil
}
