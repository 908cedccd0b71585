package disclosure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// MostSudaKeys bounds the keys of [Survey.Suda]: every set of them is looked at.
const MostSudaKeys = 16

// Suda says who is special, and by which keys.
type Suda struct {
	Scores []float64 // by person; 0 for who is not alone in the file
	DIS    []float64 // by person, 0 to 1; see [Survey.Suda]
	Share  []float64 // by key: of the sum of scores, what comes from sets with the key, in per cent
	Alone  int       // persons with a score
	Total  float64   // sum of scores
}

// DISFraction is the share of the population that the field's programs take a file to be
// when nobody says.
const DISFraction = 0.01

// Suda looks for minimal sample uniques: sets of keys by which one person differs from
// everybody in the file, and by no smaller set within. Few keys that suffice are worse
// than many, many such sets worse than one:
//
//	score = Σ (m - |set|)!  over the minimal sets of a person, m keys
//	share of a key = 100 · Σ (m - |set|)! over sets with the key / Σ of all
//	DIS = odds/(1 + odds),  odds = score^q · Σ score^-q · π/(1-π) / P,  q = 1 + (8 - m)/20
//
// π is which share of the population the file is, P how many persons are one of two with
// equal keys, and the sum goes over all who have a score. Of a special unique among U uniques who
// are matched, U·π/(U·π + P·(1-π)) are matched rightly (Skinner, Elliot: A measure of disclosure risk for
// microdata, JRSS B 64, 2002); DIS shares that out by score. Where nobody is one of two, or
// the file is the population (π = 1), who is alone is found: 1. (Elliot, Manning, Mayes,
// Gurd, Bane: SUDA, a program for detecting special uniques, UNECE Geneva 2005; Manning,
// Haglin, Keane: A recursive search algorithm for statistical disclosure assessment, DMKD
// 16, 2008; q is that of sdcMicro.) A missing value counts as a value here, as in the
// field's program.
//
// It assumes that the intruder may know any keys, not all of them. It misleads with one
// key of very many values, which makes everybody special, and it says nothing of a pair.
// DIS hangs on π, which is a guess where nobody drew a sample: it is a scale on which
// records and files can be compared.
func (s *Survey) Suda(ctx context.Context, fraction float64) (*Suda, error) {
	if !(fraction > 0 && fraction <= 1) {
		return nil, errors.New("a file is more than nothing of the population, and at most all of it")
	}
	if s.Keys > MostSudaKeys {
		return nil, fmt.Errorf("special uniques are looked for in every set of keys: %d are too many, at most %d", s.Keys, MostSudaKeys)
	}
	h := &uniques{s: s, ctx: ctx, sets: map[int][]uint32{}}
	everybody := make([]int, s.Persons())
	for i := range everybody {
		everybody[i] = i
	}
	if len(everybody) == 1 {
		return nil, errors.New("one person alone has nobody to differ from")
	}
	h.split(everybody, 0, 0)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &Suda{Scores: make([]float64, s.Persons()), DIS: make([]float64, s.Persons()), Share: make([]float64, s.Keys)}
	for i := range out.Scores { // in the order of persons, so that sums are the same each time
		for _, set := range minimal(h.sets[i]) {
			by := factorial(s.Keys - bits.OnesCount32(set))
			out.Scores[i] += by
			for c := range s.Keys {
				if set>>c&1 == 1 {
					out.Share[c] += 100 * by
				}
			}
		}
		if out.Scores[i] > 0 {
			out.Alone++
			out.Total += out.Scores[i]
		}
	}
	s.dis(out, fraction)
	for c := range out.Share {
		out.Share[c] /= max(out.Total, 1)
	}
	return out, nil
}

// dis computes DIS from the scores.
func (s *Survey) dis(out *Suda, fraction float64) {
	p := s.patterns()
	paired := 0
	for _, n := range p.count {
		if n == 2 {
			paired += 2
		}
	}
	q, sum := 1+(8-float64(s.Keys))/20, 0.0
	for _, score := range out.Scores {
		if score > 0 {
			sum += math.Pow(score, -q)
		}
	}
	for i, score := range out.Scores {
		if score == 0 {
			continue
		}
		against := float64(paired) * (1 - fraction)
		in := math.Pow(score, q) * sum * fraction
		out.DIS[i] = in / (in + against)
	}
}

// uniques are the sets of keys, as bits, that single somebody out, by person.
type uniques struct {
	s    *Survey
	ctx  context.Context
	sets map[int][]uint32
}

// split divides persons who agree on a set of keys by each further key. Whoever is then
// alone is noted and not divided further: no larger set of theirs along this way is
// minimal.
func (h *uniques) split(persons []int, set uint32, from int) {
	for c := from; c < h.s.Keys && h.ctx.Err() == nil; c++ {
		codes := h.s.Codes[c]
		sorted := slices.Clone(persons)
		slices.SortFunc(sorted, func(a, b int) int { return int(codes[a]) - int(codes[b]) })
		for start := 0; start < len(sorted); {
			end := start + 1
			for end < len(sorted) && codes[sorted[end]] == codes[sorted[start]] {
				end++
			}
			if with := set | 1<<c; end-start == 1 {
				h.sets[sorted[start]] = append(h.sets[sorted[start]], with)
			} else {
				h.split(sorted[start:end], with, c+1)
			}
			start = end
		}
	}
}

// minimal leaves the sets that hold no other one.
func minimal(sets []uint32) []uint32 {
	slices.SortFunc(sets, func(a, b uint32) int { return bits.OnesCount32(a) - bits.OnesCount32(b) })
	var out []uint32
	for _, set := range sets {
		if !slices.ContainsFunc(out, func(small uint32) bool { return small&set == small }) {
			out = append(out, set)
		}
	}
	return out
}

func factorial(n int) float64 {
	f := 1.0
	for i := 2; i <= n; i++ {
		f *= float64(i)
	}
	return f
}
