package disclosure

import "math"

// LogLinear is what a model of the keys says of those who are alone in the file.
type LogLinear struct {
	Unique int     // persons whose keys nobody else in the file has
	Alone  float64 // of these, expected to be alone in the population
	Found  float64 // of these, expected to be found by somebody who links each with one of the population
	Cells  int     // combinations of keys that somebody has

	Expected []float64 // by person, λ: how many of the file the model expects to have their keys
}

// LogLinear fits the Poisson log-linear model of independent keys to the table of their
// combinations, which is λ in closed form, and asks what it says of the population:
//
//	λ(cell) = n · Π_keys share of the value,   π = 1/weight
//	F - 1 | f = 1  ~  Poisson(v),   v = λ·(1-π)/π
//	alone = Σ_{f=1} exp(-v),   found = Σ_{f=1} (1 - exp(-v))/v
//
// (Skinner, Holmes: Estimating the re-identification risk per record in microdata, Journal
// of Official Statistics 14, 1998, 361-372; Skinner, Shlomo: Assessing identification risk
// in survey microdata using log-linear models, JASA 103, 2008.) A missing key is a value of its own.
//
// It borrows from the whole table where [Survey.Risks] looks at one cell. It misleads where keys
// hang together, as age and school do: it then expects persons in cells where nobody can
// be, too few where many are, and who is alone there looks less alone, or more. It says nothing of pairs.
// Of a full register everybody who is alone is found.
//
// sdcMicro has it otherwise: see [Survey.Sampled].
func (s *Survey) LogLinear() *LogLinear {
	n := float64(s.Persons())
	share := make([][]float64, s.Keys)
	for c := range share {
		for _, k := range s.histogram(c) {
			share[c] = append(share[c], float64(k)/n)
		}
	}
	p := s.patterns()
	out := &LogLinear{Cells: len(p.codes), Expected: make([]float64, s.Persons())}
	for i, class := range p.of {
		out.Expected[i] = n
		for c, code := range p.codes[class] {
			out.Expected[i] *= share[c][code]
		}
		if p.count[class] != 1 {
			continue
		}
		pi := 1 / s.weight(i)
		v := out.Expected[i] * (1 - pi) / pi
		out.Unique++
		out.Alone += math.Exp(-v)
		out.Found += foundOf(v)
	}
	return out
}

// foundOf is E[1/F] when F-1 is Poisson with mean v.
func foundOf(v float64) float64 {
	if v < 1e-8 {
		return 1 - v/2
	}
	return -math.Expm1(-v) / v
}

// Sampled are the two figures that sdcMicro 5.8.1 gives as risk by a log-linear model
// (modRisk, method "default"), from what a model expects of the file by person:
//
//	alone = Σ_{f=1} exp(-v) / cells,   found = Σ_{f=1} (1 - exp(-v))/v / cells,   v = λ·(1-π)
//
// over the cells of at most so many persons; 0 is no bound. It takes λ, which is of the
// file, for that of the population, which [Survey.LogLinear] does not, and so v is too small and the
// figures too high. They are here to be compared. Its model takes columns that are numbers
// as numbers and not as kinds: where codes are numbers, λ is then that of a regression on
// the codes, and the test does that.
func (s *Survey) Sampled(expected []float64, most int) (alone, found float64) {
	p := s.patterns()
	cells := 0.0
	for _, n := range p.count {
		if most == 0 || n <= most {
			cells++
		}
	}
	for i, class := range p.of {
		if p.count[class] == 1 {
			v := expected[i] * (1 - 1/s.weight(i))
			alone += math.Exp(-v) / cells
			found += foundOf(v) / cells
		}
	}
	return alone, found
}
