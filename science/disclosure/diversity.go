package disclosure

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// Diversity says how much is learnt of a sensitive column by knowing to which class a
// person belongs. By person; a missing value of the column is not a value.
type Diversity struct {
	Column    string
	Distinct  []int     // how many different values their class has
	Entropy   []float64 // exp(H): as many values, were they equally frequent
	Recursive []int     // the greatest l for which the class is recursively (c, l)-diverse
	Distance  []float64 // t: how far the class is from all persons, 0 to 1
	Ordered   bool      // the distance takes values as numbers, near and far
}

// Diversity measures a sensitive column, the at-th from 0, within the classes of equal
// keys (here a missing key is a value of its own). With r1 ≥ r2 ≥ … ≥ rm the counts of
// the m values of a class, and P, Q the shares of values in the class and in all:
//
//	distinct    m
//	entropy     exp(- Σ P ln P)
//	recursive   greatest l with r1 < c·(r_l + … + r_m), at least 1
//	distance    numbers:  1/(M-1) · Σ_i | Σ_{j≤i} (P_j - Q_j) |  over the M values in their order
//	            others:   ½ · Σ |P - Q|
//
// (Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam: ℓ-diversity, ICDE 2006; Li, Li,
// Venkatasubramanian: t-closeness, ICDE 2007.) k-anonymity alone misleads when all of a
// class have the same: one then learns it of each without finding anybody. Distinct
// misleads when one value is nearly everybody's; entropy asks much where one value is
// frequent in all. Nearness of meaning is not seen: two forms of violence are two values.
func (s *Survey) Diversity(at int, c float64) (*Diversity, error) {
	column := s.Keys + at
	if at < 0 || column >= len(s.Columns) {
		return nil, fmt.Errorf("there is no sensitive column %d", at+1)
	}
	if !(c > 0) || math.IsInf(c, 1) {
		return nil, errRecursive
	}
	d := &Diversity{Column: s.Columns[column], Distinct: make([]int, s.Persons()), Entropy: make([]float64, s.Persons()),
		Recursive: make([]int, s.Persons()), Distance: make([]float64, s.Persons())}
	order, numbers := inOrder(s.Values[column])
	d.Ordered = numbers
	p := s.patterns()
	members := p.members(s.Codes[column])
	if numbers && len(members)*len(order) > mostCompared {
		return nil, fmt.Errorf("column %q has %d different numbers in %d classes: put them into groups before their distance is measured", d.Column, len(order), len(members))
	}
	all := shares(s.Codes[column], len(s.Values[column]))
	distinct, entropy, recursive, distance := make([]int, len(members)), make([]float64, len(members)), make([]int, len(members)), make([]float64, len(members))
	for class, codes := range members {
		counts := countsOf(codes)
		distinct[class], entropy[class], recursive[class] = len(counts), effective(counts), RecursiveDiversity(counts, c)
		switch {
		case len(codes) == 0:
		case numbers:
			distance[class] = Distance(within(shares(codes, len(all)), order), within(all, order), true)
		default:
			distance[class] = apartFrom(codes, all)
		}
	}
	for i, class := range p.of {
		d.Distinct[i], d.Entropy[i], d.Recursive[i], d.Distance[i] = distinct[class], entropy[class], recursive[class], distance[class]
	}
	return d, nil
}

var errRecursive = errors.New("the c of recursive diversity is more than 0")

// members are the codes of those of each pattern who have one.
func (p *patterns) members(codes []uint16) [][]uint16 {
	members := make([][]uint16, len(p.codes))
	for i, class := range p.of {
		if codes[i] != 0 {
			members[class] = append(members[class], codes[i])
		}
	}
	return members
}

// countsOf counts equal codes, the most frequent first.
func countsOf(codes []uint16) []int {
	n := map[uint16]int{}
	for _, code := range codes {
		n[code]++
	}
	var counts []int
	for _, k := range n {
		counts = append(counts, k)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	return counts
}

// effective is exp of the entropy of counts: the number of values, were they equally
// frequent.
func effective(counts []int) float64 {
	n, h := 0.0, 0.0
	for _, k := range counts {
		n += float64(k)
	}
	for _, k := range counts {
		h -= float64(k) / n * math.Log(float64(k)/n)
	}
	return math.Exp(h)
}

// RecursiveDiversity is the greatest l for which counts, the greatest first, are
// recursively (c, l)-diverse; 1 when they are for none.
func RecursiveDiversity(counts []int, c float64) int {
	tail := 0
	for l := len(counts); l > 1; l-- {
		tail += counts[l-1]
		if float64(counts[0]) < c*float64(tail) {
			return l
		}
	}
	return 1
}

// Distance is how far shares p are from shares q of the same values: by the earth
// mover's distance along their order, or when they have none by half the sum of the
// differences.
func Distance(p, q []float64, ordered bool) float64 {
	sum, gap := 0.0, 0.0
	for i := range p {
		if !ordered {
			sum += math.Abs(p[i]-q[i]) / 2
			continue
		}
		gap += p[i] - q[i]
		sum += math.Abs(gap)
	}
	if ordered && len(p) > 1 {
		sum /= float64(len(p) - 1)
	}
	return sum
}

// apartFrom is the distance without order of those with some codes from all: the shares
// that are higher among them, as much as others are lower.
func apartFrom(codes []uint16, all []float64) float64 {
	n := map[uint16]float64{}
	for _, code := range codes {
		n[code]++
	}
	sum := 0.0
	for _, code := range slices.Sorted(maps.Keys(n)) {
		sum += max(0, n[code]/float64(len(codes))-all[code])
	}
	return sum
}

// shares is which share of those with a value has each.
func shares(codes []uint16, values int) []float64 {
	out := make([]float64, values)
	n := 0.0
	for _, code := range codes {
		if code != 0 {
			out[code]++
			n++
		}
	}
	for i := range out {
		out[i] /= max(n, 1)
	}
	return out
}

// inOrder gives the codes of values but the missing, rising when all are numbers, and
// says whether they are.
func inOrder(values []string) (codes []int, numbers bool) {
	size := make([]float64, len(values))
	numbers = true
	for code := 1; code < len(values); code++ {
		codes = append(codes, code)
		x, err := strconv.ParseFloat(values[code], 64)
		numbers = numbers && err == nil && !math.IsNaN(x)
		size[code] = x
	}
	if numbers {
		slices.SortStableFunc(codes, func(a, b int) int { return cmp.Compare(size[a], size[b]) })
	}
	return codes, numbers
}

// within picks out of a list, in the order of codes.
func within(list []float64, codes []int) []float64 {
	out := make([]float64, len(codes))
	for i, code := range codes {
		out[i] = list[code]
	}
	return out
}
