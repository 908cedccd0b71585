package estimate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Resampling says how a bootstrap is made.
type Resampling struct {
	Replicates int // tables drawn; the peers draw 1,000
	Seed       uint64
	Progress   func(done, total int) // called now and then, never twice at once; may be nil
}

// MaxReplicates bounds a bootstrap.
const MaxReplicates = 1_000_000

// procedure is a whole method from table to estimate: the search for a model
// included, because the interval has to answer for it. It owns memory, so each core
// has one. NaN says that it found no estimate.
type procedure func(y []float64) float64

// Bootstrap is what resampling found about one method on one table.
type Bootstrap struct {
	Estimate   float64
	Replicates []float64 // in rising order; those without estimate are left out
	Failed     int       // tables drawn on which the method found no estimate
	Z0         float64   // Φ⁻¹ of the share of replicates below the estimate
	A          float64   // acceleration, by the jackknife
}

// StepwiseBootstrap draws tables from h, searches each for its own model, and so
// says how far the answer of [Stepwise] depends on the search.
func StepwiseBootstrap(ctx context.Context, h *Histories, threshold float64, r Resampling) (*Bootstrap, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if err := checkThreshold(threshold); err != nil {
		return nil, err
	}
	return resample(ctx, h, r, func() procedure {
		s := newSolver(len(h.Lists))
		st := newStepper(len(h.Lists), threshold)
		return func(y []float64) float64 {
			s.load(y)
			st.choose(s)
			return s.total() + st.dark
		}
	})
}

// FixedBootstrap draws tables from h and fits the same model to each. It answers
// for chance in the table and not for the choice of the model.
func FixedBootstrap(ctx context.Context, h *Histories, m Model, r Resampling) (*Bootstrap, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if err := m.check(len(h.Lists)); err != nil {
		return nil, err
	}
	return resample(ctx, h, r, func() procedure {
		s := newSolver(len(h.Lists))
		return func(y []float64) float64 {
			s.load(y)
			if s.check(m) != 0 {
				return math.NaN()
			}
			s.fit()
			return s.total() + math.Exp(s.beta[0])
		}
	})
}

// total is the number of persons in the table at hand.
func (s *solver) total() float64 { return s.nstar[0] - s.y[0] }

// resample draws the tables, on all cores, and leaves out each person once for the
// jackknife. Replicate i has stream i of the seed: the cores do not matter.
func resample(ctx context.Context, h *Histories, r Resampling, method func() procedure) (*Bootstrap, error) {
	if r.Replicates < 1 || r.Replicates > MaxReplicates {
		return nil, fmt.Errorf("the number of resamples lies between 1 and %d", MaxReplicates)
	}
	b := &Bootstrap{Estimate: method()(h.floats())}
	if math.IsNaN(b.Estimate) {
		return nil, errors.New("the method has no estimate on the table itself")
	}
	seen := h.seen()
	weights := make([]float64, len(seen))
	for i, w := range seen {
		weights[i] = float64(h.Counts[w])
	}
	jack := make([]float64, len(seen))
	reps := make([]float64, r.Replicates)
	err := spread(ctx, r.Replicates+len(seen), r.Progress, func() func(int) {
		estimate, d := method(), newDice(0, 0)
		y, drawn := make([]float64, len(h.Counts)), make([]int, len(seen))
		return func(job int) {
			if job < len(seen) {
				copy(y, h.floats())
				y[seen[job]]--
				jack[job] = estimate(y)
				return
			}
			job -= len(seen)
			d.again(r.Seed, uint64(job))
			d.multinomial(h.Observed(), weights, drawn)
			clear(y)
			for i, w := range seen {
				y[w] = float64(drawn[i])
			}
			reps[job] = estimate(y)
		}
	})
	if err != nil {
		return nil, err
	}
	b.Replicates = slices.DeleteFunc(reps, math.IsNaN)
	b.Failed = r.Replicates - len(b.Replicates)
	slices.Sort(b.Replicates)
	b.Z0 = z0(b.Replicates, b.Estimate)
	b.A = acceleration(weights, jack)
	return b, nil
}

// spread does jobs 0..n-1 on all cores, each core with its own worker, and stops
// early when ctx ends.
func spread(ctx context.Context, n int, progress func(done, total int), worker func() func(job int)) error {
	chunk := min(8, max(1, n/64)) // a few long jobs are shared out one by one
	var next, done atomic.Int64
	var wait sync.WaitGroup
	var speak sync.Mutex
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			work := worker()
			for ctx.Err() == nil {
				from := int(next.Add(int64(chunk))) - chunk
				if from >= n {
					return
				}
				to := min(from+chunk, n)
				for job := from; job < to; job++ {
					work(job)
				}
				done.Add(int64(to - from))
				if progress != nil {
					speak.Lock()
					progress(int(done.Load()), n)
					speak.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
