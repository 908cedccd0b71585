package linkage

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// Training: how many random pairs u is counted on, and when the EM stops.
const (
	samplePairs = 1_000_000
	chunks      = 8 // of the random pairs, for as many cores
	mostRounds  = 500
	converged   = 1e-6
	leastCount  = 0.5 // of a level that no pair fell on (Jeffreys)
	priorPairs  = 5   // what is supposed of m before looking is worth as many pairs of one person
)

// pattern is a set of findings and how many compared pairs have it.
type pattern struct {
	findings []uint8
	count    float64
}

// counted gathers the patterns of compared pairs, in an order that does not
// depend on which worker was first.
func counted(features []*feature, pairs [][]compared, list []uint64) []pattern {
	counts := make([]float64, len(list))
	for _, some := range pairs {
		for _, p := range some {
			counts[p.pattern]++
		}
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(list[a], list[b]) })
	all := make([]pattern, len(list))
	for k, i := range order {
		all[k] = pattern{findingsOf(features, list[i]), counts[i]}
	}
	return all
}

func findingsOf(features []*feature, code uint64) []uint8 {
	found := make([]uint8, len(features))
	for i, f := range features {
		n := uint64(len(f.Levels) + 1)
		found[i] = uint8(code % n)
		code /= n
	}
	return found
}

// sampled gives for each comparison how often random pairs fall on each level:
// by sampling, and for "the same value" without TF by counting exactly.
func sampled(t *Table, features []*feature, seed uint64) [][]float64 {
	share := make([][]float64, len(features))
	for i, f := range features {
		share[i] = make([]float64, len(f.Levels))
	}
	drawn := make([][][]float64, chunks)
	var all sync.WaitGroup
	for c := range chunks {
		drawn[c] = make([][]float64, len(features))
		for i := range features {
			drawn[c][i] = make([]float64, len(share[i]))
		}
		all.Go(func() {
			j := newJudge(features, min(t.pairs(), samplePairs)/chunks)
			draw(t, seed, c, func(a, b uint32) {
				for i, f := range features {
					if found := j.finding(i, f, a, b); found > 0 {
						drawn[c][i][found-1]++
					}
				}
			})
		})
	}
	all.Wait()
	for _, some := range drawn {
		for i := range some {
			for l, n := range some[i] {
				share[i][l] += n
			}
		}
	}
	for i, f := range features {
		sum := 0.0
		for l := range share[i] {
			share[i][l] = max(share[i][l], leastCount)
			sum += share[i][l]
		}
		for l := range share[i] {
			share[i][l] /= sum
		}
		if f.exact == 0 && f.days == nil {
			share[i][0] = f.same(t)
		}
	}
	return share
}

// draw gives a chunk of the random pairs, or of every pair when they are few. The
// chunks together are the same on any number of cores.
func draw(t *Table, seed uint64, chunk int, fn func(a, b uint32)) {
	across := len(t.Starts) > 1
	ok := func(a, b int) bool { return a != b && (!across || t.file(a) != t.file(b)) }
	if t.pairs() <= samplePairs {
		for a := chunk; a < t.n; a += chunks {
			for b := a + 1; b < t.n; b++ {
				if ok(a, b) {
					fn(uint32(a), uint32(b))
				}
			}
		}
		return
	}
	random := rand.New(rand.NewPCG(seed, uint64(chunk)))
	for done := 0; done < samplePairs/chunks; {
		if a, b := random.IntN(t.n), random.IntN(t.n); ok(a, b) {
			fn(uint32(min(a, b)), uint32(max(a, b)))
			done++
		}
	}
}

// same is the share of pairs with the same value, among pairs that have one.
func (f *feature) same(t *Table) float64 {
	files := len(t.Starts)
	counts := make([][]float64, files)
	full := make([]float64, files)
	for k := range counts {
		counts[k] = make([]float64, len(f.texts))
	}
	for r, c := range f.codes {
		if c != 0 {
			k := t.file(r)
			counts[k][c]++
			full[k]++
		}
	}
	same, all := 0.0, 0.0
	for k := range files {
		if files == 1 {
			all += full[k] * (full[k] - 1) / 2
			for _, n := range counts[k] {
				same += n * (n - 1) / 2
			}
		}
		for l := range k {
			all += full[k] * full[l]
			for c, n := range counts[k] {
				same += n * counts[l][c]
			}
		}
	}
	return max(same, leastCount) / max(1, all)
}

// fit estimates m, u and λ by EM over all pairs that could be one person. The
// pairs that were not compared take part: their share of u is known and they are
// taken for pairs of two persons, which is what blocking supposes anyway. So the
// columns of the blocking rules need no sessions apart, as they do in Splink, and
// λ comes out of the same equations:
//
//	E: ξ(γ) = λ·m(γ) / (λ·m(γ) + (1-λ)·u(γ))
//	M: λ = Σ n(γ)·ξ(γ)/N,  m = shares weighted by n·ξ,  u = (r - λ·m)/(1-λ)
//
// r is how often random pairs fall on a level. Taking the pairs of one person out
// of r matters where they are many: among a thousand records of 250 persons, most
// pairs with the same date of birth are one person.
func fit(m *Model, features []*feature, all []pattern, random [][]float64, n float64, records int) bool {
	lambda := min(0.1, float64(records)/4/n)
	for i := range features {
		start(features[i].Levels, random[i])
	}
	for range mostRounds {
		sums := make([][]float64, len(features))
		for i, f := range features {
			sums[i] = make([]float64, len(f.Levels))
		}
		weights := logs(features)
		odds := math.Log(lambda / (1 - lambda))
		total := 0.0
		for _, p := range all {
			w := odds
			for i, found := range p.findings {
				w += weights[i][found]
			}
			mass := p.count / (1 + math.Exp(-w))
			total += mass
			for i, found := range p.findings {
				if found > 0 {
					sums[i][found-1] += mass
				}
			}
		}
		moved := math.Abs(total/n-lambda) / lambda
		lambda = max(total/n, 0.5/n)
		for i, f := range features {
			moved = max(moved, f.renew(sums[i], random[i], lambda))
		}
		if moved < converged {
			m.Lambda = lambda
			return true
		}
	}
	m.Lambda = lambda
	return false
}

// start is where the EM begins: the strongest level most frequent, as in Splink.
func start(levels []Level, random []float64) {
	prior := supposed(len(levels))
	for l := range levels {
		levels[l].U, levels[l].M = random[l], prior[l]
	}
}

// supposed is m before looking: four fifths on the strongest level, four fifths of
// the rest on the next, and so on; the rest of it all is spread, so that no level
// is a proof in a small table.
func supposed(levels int) []float64 {
	const spread = 0.05
	m := make([]float64, levels)
	left := 1 - spread
	for l := range m {
		m[l] = left*0.8 + spread/float64(levels)
		left *= 0.2
	}
	m[levels-1] += left
	return m
}

// renew is the M-step of one comparison; it says how much m moved.
func (f *feature) renew(sums, random []float64, lambda float64) (moved float64) {
	total := float64(priorPairs)
	for _, s := range sums {
		total += s
	}
	prior := supposed(len(sums))
	for l := range f.Levels {
		m := (sums[l] + priorPairs*prior[l]) / total
		moved = max(moved, math.Abs(m-f.Levels[l].M))
		f.Levels[l].M = m
		// A twentieth of what was counted stays at the least: the correction must
		// not turn a level that two persons can share into a proof.
		f.Levels[l].U = max((random[l]-lambda*m)/(1-lambda), random[l]/20)
	}
	return moved
}

// logs are ln(m/u) by comparison and finding; 0 for a missing value.
func logs(features []*feature) [][]float64 {
	all := make([][]float64, len(features))
	for i, f := range features {
		all[i] = make([]float64, len(f.Levels)+1)
		for l, level := range f.Levels {
			all[i][l+1] = math.Log(level.M / level.U)
		}
	}
	return all
}
