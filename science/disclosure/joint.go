package disclosure

import (
	"errors"
	"math"
	"slices"
)

// Joint says how much is learnt of several sensitive columns together, by person: the
// least over the columns.
type Joint struct {
	Distinct  []int
	Entropy   []float64
	Recursive []int
}

// Joint measures all sensitive columns together: each in turn within the classes of equal
// keys and equal values of the others, because whoever has learnt one of a person uses it
// as a key to the next:
//
//	joint(i) = min over sensitive columns s of ℓ(s | keys and the other sensitive columns)
//
// with ℓ and c as in [Survey.Diversity], and a missing value a value of its own where it is
// a key. (Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam: ℓ-diversity, TKDD 1, 2007,
// on multiple sensitive attributes.) Columns that are each diverse can be tied to one another,
// and then this is 1. It is strict: with many columns, or one of many values, nearly
// everybody has a class of their own, and it says 1 of nearly any file. A column of which
// nothing is known in a class says nothing there.
func (s *Survey) Joint(c float64) (*Joint, error) {
	switch {
	case len(s.Columns)-s.Keys < 2:
		return nil, errors.New("one sensitive column alone is measured by itself")
	case !(c > 0) || math.IsInf(c, 1):
		return nil, errRecursive
	}
	n := s.Persons()
	j := &Joint{Distinct: make([]int, n), Entropy: slices.Repeat([]float64{1}, n), Recursive: slices.Repeat([]int{1}, n)}
	for column := s.Keys; column < len(s.Columns); column++ {
		p := s.withOthers(column).patterns()
		var classes []Joint
		for _, codes := range p.members(s.Codes[column]) {
			counts := countsOf(codes)
			classes = append(classes, Joint{[]int{len(counts)}, []float64{effective(counts)}, []int{RecursiveDiversity(counts, c)}})
		}
		for i, class := range p.of {
			if found := classes[class]; found.Distinct[0] > 0 {
				j.lower(i, found)
			}
		}
	}
	return j, nil
}

// lower takes in what a column says of a person.
func (j *Joint) lower(i int, by Joint) {
	if j.Distinct[i] == 0 {
		j.Distinct[i], j.Entropy[i], j.Recursive[i] = by.Distinct[0], by.Entropy[0], by.Recursive[0]
		return
	}
	j.Distinct[i] = min(j.Distinct[i], by.Distinct[0])
	j.Entropy[i] = min(j.Entropy[i], by.Entropy[0])
	j.Recursive[i] = min(j.Recursive[i], by.Recursive[0])
}

// withOthers is the survey with the other sensitive columns among its keys.
func (s *Survey) withOthers(column int) *Survey {
	out := *s
	out.Records = &Records{Columns: slices.Delete(slices.Clone(s.Columns), column, column+1), Values: slices.Delete(slices.Clone(s.Values), column, column+1),
		Codes: slices.Delete(slices.Clone(s.Codes), column, column+1)}
	out.Keys = len(out.Columns)
	return &out
}
