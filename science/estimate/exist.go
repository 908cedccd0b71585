package estimate

import (
	"math"
	"slices"
)

// Code says whether a model has an estimate on a table: 0 that it has exactly one.
type Code int

// The bits of a code, numbered as in SparseMSE and its successor.
const (
	NoEstimate   Code = 1 // the likelihood has no maximum: some history runs to an expectation of zero
	Unidentified Code = 2 // more than one set of coefficients gives the maximum
)

// String says it in words.
func (c Code) String() string {
	switch c {
	case 0:
		return "the model has one estimate"
	case NoEstimate:
		return "the model has no finite estimate on these counts"
	case Unidentified:
		return "the counts do not tell the terms of the model apart"
	}
	return "the model has no finite estimate on these counts, and they do not tell its terms apart"
}

// Check is the test of Fienberg and Rinaldo (2012) after the terms with an empty
// margin were put at minus infinity, and the rank of what is left.
//
// With A the terms × histories matrix of zeros and ones and t* = A·N, there is an
// estimate when some x > 0 has A x = t*: when max s subject to A x = t*, x ≥ s is
// above zero. There is one only when the rank of A is the number of terms.
func Check(h *Histories, m Model) (Code, error) {
	if err := h.check(); err != nil {
		return 0, err
	}
	if err := m.check(len(h.Lists)); err != nil {
		return 0, err
	}
	s := newSolver(len(h.Lists))
	s.load(h.floats())
	return s.check(m), nil
}

// checker has the memory of the test.
//
// The programme is reduced before it is solved. x > 0 exists if and only if no
// combination λ of terms has λ'A ≥ 0 everywhere, λ'A ≠ 0 and λ't* = 0; and because
// t* = Σ N_w a_w, such a λ is zero on every history that somebody has. So first the
// null space of the histories seen is found (V, d columns), and each history
// unseen becomes b_w = V'a_w. If d = 0 the estimate exists and is the only one. Else
// by the lemma of Stiemke it exists when some y > 0 has Σ y_w b_w = 0; that is, when
// Σ z_w b_w = -Σ b_w has a solution z ≥ 0: d equations, and d is seldom above three.
type checker struct {
	rows  []float64 // the seen histories × terms, eliminated
	pivot []int     // the column of each pivot row
	free  []int     // the columns without pivot
	cols  []float64 // b_w, d numbers each
	tab   []float64 // the tableau of phase one
	basis []int
}

// check prepares the model as use does, and tests it.
func (s *solver) check(m Model) Code {
	s.use(m, false)
	c := &s.shell
	p := len(s.terms)
	c.eliminate(s, p)
	d := len(c.free)
	if d == 0 {
		return 0
	}
	c.project(s, p)
	var code Code
	if !c.positive(d) {
		code = NoEstimate
	}
	if rank(c.cols, d) < d {
		code |= Unidentified
	}
	return code
}

// none is what counts as zero: the entries are small fractions.
const none = 1e-9

// eliminate brings the rows of the seen histories to reduced echelon form.
func (c *checker) eliminate(s *solver, p int) {
	c.rows, c.pivot, c.free = c.rows[:0], c.pivot[:0], c.free[:0]
	for w, y := range s.y {
		if y == 0 || s.outside[w] {
			continue
		}
		for _, t := range s.terms {
			x := 0.0
			if t.within(Term(w)) {
				x = 1
			}
			c.rows = append(c.rows, x)
		}
	}
	n := len(c.rows) / p
	at := 0
	for j := 0; j < p; j++ {
		best := -1
		for i := at; i < n; i++ {
			if x := math.Abs(c.rows[i*p+j]); x > none && (best < 0 || x > math.Abs(c.rows[best*p+j])) {
				best = i
			}
		}
		if best < 0 {
			c.free = append(c.free, j)
			continue
		}
		swapRows(c.rows, p, at, best)
		clearColumn(c.rows, n, p, at, j)
		c.pivot = append(c.pivot, j)
		at++
	}
}

// project makes b_w of the histories that are left and unseen, without those
// that are zero and without doubles. A basis vector v of the null space has 1 in
// its free column and minus the entry of each pivot row in the pivot's column.
func (c *checker) project(s *solver, p int) {
	c.cols = c.cols[:0]
	d := len(c.free)
	for w, y := range s.y {
		if y > 0 || s.outside[w] {
			continue
		}
		at := len(c.cols)
		some := false
		for _, f := range c.free {
			x := 0.0
			if s.terms[f].within(Term(w)) {
				x = 1
			}
			for r, j := range c.pivot {
				if s.terms[j].within(Term(w)) {
					x -= c.rows[r*p+f]
				}
			}
			if math.Abs(x) < none {
				x = 0
			}
			some = some || x != 0
			c.cols = append(c.cols, x)
		}
		if !some || slices.Equal(c.cols[at:], c.cols[max(0, at-d):at]) {
			c.cols = c.cols[:at]
		}
	}
}

// positive says whether Σ y_w b_w = 0 for some y > 0: the first phase of the
// simplex method on Σ z_w b_w = -Σ b_w, z ≥ 0, with Bland's rule, which cannot cycle.
func (c *checker) positive(d int) bool {
	m := len(c.cols) / d
	wide := m + 1 // the last column is the right-hand side
	c.tab, c.basis = grown(c.tab, (d+1)*wide), grown(c.basis, d)
	goal := c.tab[d*wide:]
	clear(goal)
	for i := range d {
		row := c.tab[i*wide : (i+1)*wide]
		sum := 0.0
		for w := range m {
			row[w] = c.cols[w*d+i]
			sum += row[w]
		}
		row[m] = -sum
		if sum > 0 {
			for w := range row {
				row[w] = -row[w]
			}
		}
		for w, x := range row {
			goal[w] += x
		}
		c.basis[i] = -1
	}
	for goal[m] > none {
		j := slices.IndexFunc(goal[:m], func(x float64) bool { return x > none })
		if j < 0 {
			return false
		}
		r := c.leave(d, wide, j)
		if r < 0 {
			return false // cannot be: the first phase is bounded
		}
		scaleRow(c.tab, wide, r, 1/c.tab[r*wide+j])
		clearOthers(c.tab, d+1, wide, r, j)
		c.basis[r] = j
	}
	return true
}

// leave is the row that stops column j; among equals an artificial variable
// first, then the lowest variable.
func (c *checker) leave(d, wide, j int) int {
	best, ratio := -1, math.Inf(1)
	for i := range d {
		x := c.tab[i*wide+j]
		if x <= none {
			continue
		}
		q := c.tab[i*wide+wide-1] / x
		if best < 0 || q < ratio-none || (q < ratio+none && c.basis[i] < c.basis[best]) {
			best, ratio = i, q
		}
	}
	return best
}

// rank of the vectors of d numbers each.
func rank(cols []float64, d int) int {
	rows := slices.Clone(cols)
	n := len(rows) / d
	at := 0
	for j := 0; j < d && at < n; j++ {
		best := -1
		for i := at; i < n; i++ {
			if x := math.Abs(rows[i*d+j]); x > none && (best < 0 || x > math.Abs(rows[best*d+j])) {
				best = i
			}
		}
		if best < 0 {
			continue
		}
		swapRows(rows, d, at, best)
		clearColumn(rows, n, d, at, j)
		at++
	}
	return at
}

func swapRows(rows []float64, wide, i, j int) {
	if i == j {
		return
	}
	a, b := rows[i*wide:(i+1)*wide], rows[j*wide:(j+1)*wide]
	for k := range a {
		a[k], b[k] = b[k], a[k]
	}
}

func scaleRow(rows []float64, wide, r int, by float64) {
	for k := r * wide; k < (r+1)*wide; k++ {
		rows[k] *= by
	}
}

// clearColumn scales row r to have 1 in column j and takes it from all others.
func clearColumn(rows []float64, n, wide, r, j int) {
	scaleRow(rows, wide, r, 1/rows[r*wide+j])
	clearOthers(rows, n, wide, r, j)
}

func clearOthers(rows []float64, n, wide, r, j int) {
	from := rows[r*wide : (r+1)*wide]
	for i := range n {
		row := rows[i*wide : (i+1)*wide]
		x := row[j]
		if i == r || x == 0 {
			continue
		}
		for k, v := range from {
			if v == 0 {
				continue
			}
			if row[k] -= x * v; math.Abs(row[k]) < 1e-12 {
				row[k] = 0
			}
		}
	}
}
