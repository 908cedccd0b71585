package estimate_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"testing"

	"inkingi/science/estimate"
)

type bcaSet struct {
	Estimate   float64            `json:"popest"`
	A          float64            `json:"ahat"`
	Z0         float64            `json:"z0"`
	Quantiles  map[string]float64 `json:"BCaquantiles"`
	Replicates []float64          `json:"bootreps"`
}

var stepwiseSets = []string{"Artificial_3", "Ned", "Ned_5", "NewOrl", "NewOrl_5", "UKdat", "UKdat_5"}

// The arithmetic of the interval on the replicates that SparseMSE drew, and our
// own jackknife, against its z0, acceleration and eight quantiles.
func TestBCaOnStoredReplicates(t *testing.T) {
	for _, name := range stepwiseSets {
		var want bcaSet
		reference(t, "sparsemse_bca_"+name, &want)
		ours, err := estimate.StepwiseBootstrap(t.Context(), table(t, name), 0.02, estimate.Resampling{Replicates: 1})
		if err != nil {
			t.Fatal(err)
		}
		near(t, name+": estimate", ours.Estimate, want.Estimate, exact)
		near(t, name+": acceleration", ours.A, want.A, exact)
		b := estimate.BootstrapOf(want.Estimate, want.Replicates, want.A)
		near(t, name+": z0", b.Z0, want.Z0, 1e-9)
		for word, q := range want.Quantiles {
			alpha, _ := strconv.ParseFloat(word, 64)
			got, err := b.Quantile(alpha)
			if err != nil {
				t.Fatal(err)
			}
			near(t, name+": quantile "+word, got, q, 1e-9)
		}
	}
}

// Our own 1,000 replicates and theirs are draws from one distribution: the
// two-sample test of Kolmogorov and Smirnov at one false alarm in 10,000 a table
// (less, as the replicates have ties), and the ends of the 80 % interval.
func TestBootstrapIsThatOfSparseMSE(t *testing.T) {
	for _, name := range stepwiseSets {
		var want bcaSet
		reference(t, "sparsemse_bca_"+name, &want)
		b, err := estimate.StepwiseBootstrap(t.Context(), table(t, name), 0.02, estimate.Resampling{Replicates: 1000, Seed: 1234})
		if err != nil {
			t.Fatal(err)
		}
		apart := apart(b.Replicates, want.Replicates)
		limit := math.Sqrt(-math.Log(1e-4/2)/2) * math.Sqrt(2.0/1000)
		i, err := b.BCa(.95)
		t.Logf("%s: %.1f [%.1f, %.1f] (%v), z0 %.4f a %.5f; theirs [%.1f, %.1f] z0 %.4f; %.4f apart of %.4f", name, b.Estimate, i.Low, i.High, err,
			b.Z0, b.A, want.Quantiles["0.025"], want.Quantiles["0.975"], want.Z0, apart, limit)
		if apart > limit {
			t.Errorf("%s: the distributions are %.4f apart, %.4f is allowed", name, apart, limit)
		}
	}
}

// apart is the largest difference of two empirical distribution functions.
func apart(a, b []float64) float64 {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	most := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x := min(a[i], b[j])
		for i < len(a) && a[i] <= x*(1+1e-9) {
			i++
		}
		for j < len(b) && b[j] <= x*(1+1e-9) {
			j++
		}
		most = max(most, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	return most
}

// A bootstrap gives the same on one core and on many, and stops when it is told to.
func TestBootstrapIsRepeatableAndStops(t *testing.T) {
	h := table(t, "UKdat_5")
	r := estimate.Resampling{Replicates: 50, Seed: 7}
	one, err := estimate.StepwiseBootstrap(t.Context(), h, 0.02, r)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	r.Progress = func(done, total int) { last = done * 1000 / total }
	two, err := estimate.StepwiseBootstrap(t.Context(), h, 0.02, r)
	if err != nil || !slices.Equal(one.Replicates, two.Replicates) || last != 1000 {
		t.Errorf("two runs of one seed differ (%v), or progress ended at %d of 1000", err, last)
	}
	ctx, stop := context.WithCancel(t.Context())
	r.Progress, r.Replicates = func(int, int) { stop() }, 100_000
	if _, err := estimate.StepwiseBootstrap(ctx, h, 0.02, r); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop, it said %v", err)
	}
}
