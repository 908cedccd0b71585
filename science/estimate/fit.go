package estimate

import (
	"errors"
	"math"
)

// Coefficient is one estimated term: α on the scale of logarithms.
type Coefficient struct {
	Term     Term
	Estimate float64 // -∞ when the margin of the term is empty
	SE       float64 // NaN when the term is at minus infinity or aliased
}

// Fitted is a model on a table.
type Fitted struct {
	Model        Model
	Coefficients []Coefficient // intercept, main effects, interactions; those at minus infinity last
	Observed     int           // persons seen
	Estimate     float64       // n + exp(α_∅): seen and unseen
	SE           float64       // of the estimate, √(e^α + e^2α·var α), as Rcapture has it
	Deviance     float64
	AIC          float64 // with one parameter for every term, at minus infinity or not
	BIC          float64 // parameters · log n - 2 log likelihood, n persons seen (Rcapture)
	Cells        int     // histories in the data
	Code         Code    // above 0, nothing else may be believed
	Converged    bool
	Rounds       int
}

// Fit fits a model by extended maximum likelihood. A model with a code above 0 is
// fitted as far as it goes, and says so.
//
// The formula is that of the package comment. Assumptions: independent histories
// given the model, a closed population, true links. It misleads when the model was
// chosen on the same table and its standard error is read as if it had not been.
func Fit(h *Histories, m Model) (*Fitted, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if err := m.check(len(h.Lists)); err != nil {
		return nil, err
	}
	s := newSolver(len(h.Lists))
	s.load(h.floats())
	return s.fitted(m, h.Observed()), nil
}

func (s *solver) fitted(m Model, observed int) *Fitted {
	f := &Fitted{Model: m, Observed: observed, Code: s.check(m)}
	s.fit()
	for i, t := range s.terms {
		c := Coefficient{Term: t, Estimate: s.beta[i], SE: math.NaN()}
		if s.aliased[i] {
			c.Estimate = math.NaN()
		} else {
			c.SE = math.Sqrt(s.variance(i))
		}
		f.Coefficients = append(f.Coefficients, c)
	}
	for _, t := range s.minus {
		f.Coefficients = append(f.Coefficients, Coefficient{Term: t, Estimate: math.Inf(-1), SE: math.NaN()})
	}
	if len(s.minus) > 0 {
		// Rcapture leaves empty margins in the data and goes on until they vanish,
		// several rounds more: its weights are those of the estimate itself. The
		// difference is in the fifth digit.
		s.factor()
	}
	dark, se := math.Exp(s.beta[0]), math.Sqrt(s.variance(0))
	f.Estimate = float64(observed) + dark
	f.SE = math.Sqrt(dark + dark*dark*se*se)
	f.Deviance = s.dev
	terms := float64(len(s.terms) + len(s.minus))
	l := s.likelihood()
	f.AIC, f.BIC = 2*terms-2*l, terms*math.Log(float64(observed))-2*l
	for _, d := range s.outside {
		if !d {
			f.Cells++
		}
	}
	f.Converged, f.Rounds = s.settled, s.iters
	return f
}

// Interval has the ends of an interval of the population.
type Interval struct {
	Low, High float64
	Level     float64 // the probability that it claims, such as 0.95
}

// Conditional is the interval of SparseMSE: n + exp(α_∅ ± z·se(α_∅)), log-normal on
// the dark figure and conditional on the model. It misleads after a search for the
// model: it does not know that there was one.
func (f *Fitted) Conditional(level float64) (Interval, error) {
	if err := checkLevel(level); err != nil {
		return Interval{}, err
	}
	a, z := f.Coefficients[0], normalQuantile((1+level)/2)
	n := float64(f.Observed)
	return Interval{n + math.Exp(a.Estimate-z*a.SE), n + math.Exp(a.Estimate+z*a.SE), level}, nil
}

func checkLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return errors.New("the level of an interval lies between 0 and 1")
	}
	return nil
}
