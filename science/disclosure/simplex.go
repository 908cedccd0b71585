package disclosure

import "math"

// furthest moves one cell up (sign +1) or down (-1) as far as the sums allow,
// at most by limit, and then as cheaply as it can. Only movable cells move; a
// count never falls under the floor of the rule. Moves that are not whole
// numbers are rounded: the caller proves what it uses ([search.holds]).
//
// The programme is stated in differences from the true table, so that "nothing
// moves" is its first solution and no first phase is needed:
//
//	maximise  sign·d[cell]   then minimise  Σ cost·|d|
//	where     d[total] = Σ d[parts]  for every sum,  low[i] ≤ count[i] + d[i] ≤ high[i]
func (s *search) furthest(cell, sign, limit int, movable func(int) bool, cost func(int) float64) moves {
	var cells []int
	at := map[int]int{}
	for i := range s.t.Counts {
		if movable(i) {
			at[i] = len(cells)
			cells = append(cells, i)
		}
	}
	p := newSimplex(s.rows(at), len(cells))
	p.stopped = func() bool { return s.ctx.Err() != nil }
	for k, i := range cells {
		p.upper[2*k] = math.Inf(1)
		if s.high[i] < math.MaxInt {
			p.upper[2*k] = float64(max(0, s.high[i]-s.t.Counts[i]))
		}
		p.upper[2*k+1] = float64(max(0, s.t.Counts[i]-s.low[i]))
	}
	goal := 2 * at[cell]
	if sign < 0 {
		goal++
	}
	opposite := goal ^ 1
	p.upper[goal] = min(p.upper[goal], float64(limit))
	p.upper[opposite] = 0
	p.maximise(func(j int) float64 {
		if j == goal {
			return 1
		}
		return 0
	})
	p.fix(goal, math.Floor(p.value[goal]+tiny))
	for try := range tries {
		p.maximise(func(j int) float64 { return -cost(cells[j/2]) * uneven(j/2, try) })
		if p.whole() {
			break
		}
	}
	m := moves{}
	for k, i := range cells {
		if by := int(math.Round(p.value[2*k] - p.value[2*k+1])); by != 0 {
			m[i] = by
		}
	}
	return m
}

// tries is how often the cheapest moves are looked for anew when they are not
// whole numbers. Two-way tables give whole numbers at once; with three axes a
// corner of the programme may be a mix of halves, and slightly uneven costs lead
// to another corner.
const tries = 6

// uneven is the factor on the cost of a cell: one at the first try, then spread
// over one to two by the golden ratio, differently each time.
func uneven(cell, try int) float64 {
	_, part := math.Modf(float64((cell+1)*try) * math.Phi)
	return 1 + part
}

// rows writes the sums that touch a movable cell as equations over those cells.
func (s *search) rows(at map[int]int) [][]float64 {
	var rows [][]float64
	for _, sum := range s.t.Sums {
		row := make([]float64, 2*len(at))
		touched := false
		put := func(cell int, by float64) {
			if k, ok := at[cell]; ok {
				row[2*k], row[2*k+1] = by, -by
				touched = true
			}
		}
		put(sum.Total, -1)
		for _, i := range sum.Parts {
			put(i, 1)
		}
		if touched {
			rows = append(rows, row)
		}
	}
	return rows
}

// tiny is what counts as nothing for a value or a gain; least is the smallest
// entry to divide by: those of these tables are small fractions, never near it.
const (
	tiny  = 1e-7
	least = 1e-5
)

// simplex is the bounded primal simplex method over a dense tableau, for
// equations whose right-hand side is zero: variables start at zero, which is
// feasible, and the first basis is one artificial variable a row, fixed at
// zero; a redundant row keeps its artificial and does no harm.
//
// (Dantzig's method with upper bounds; after a run of steps that move nothing
// it changes to Bland's rule, which cannot cycle. Chvátal, Linear Programming,
// 1983, chapters 3 and 8.)
type simplex struct {
	a     [][]float64 // the rows in terms of the basis
	basis []int       // the variable of each row; -1 is an artificial
	inRow []int       // the row of each variable, or -1
	lower []float64
	upper []float64
	value []float64

	stopped func() bool // asked at each step; where it stops is feasible, as every step is
}

// whole says whether every value is a whole number.
func (p *simplex) whole() bool {
	for _, v := range p.value {
		if math.Abs(v-math.Round(v)) > 1e-6 {
			return false
		}
	}
	return true
}

func newSimplex(rows [][]float64, cells int) *simplex {
	n := 2 * cells
	p := &simplex{a: rows, basis: make([]int, len(rows)), inRow: make([]int, n),
		lower: make([]float64, n), upper: make([]float64, n), value: make([]float64, n)}
	for i := range p.basis {
		p.basis[i] = -1
	}
	for j := range p.inRow {
		p.inRow[j] = -1
	}
	return p
}

// fix holds a variable where it is; v is its value, or just under it.
func (p *simplex) fix(j int, v float64) {
	if math.Abs(p.value[j]-v) > tiny {
		// A value that is not whole: the interval may reach down to v, not hold it.
		p.lower[j], p.upper[j] = v, p.value[j]
		return
	}
	p.lower[j], p.upper[j] = p.value[j], p.value[j]
}

// maximise climbs to the best value of the objective from where p stands.
func (p *simplex) maximise(objective func(int) float64) {
	z := p.reduced(objective)
	idle := 0
	for steps := 0; steps < 50*(len(p.a)+len(p.value)) && !p.stopped(); steps++ {
		j, up := p.enter(z, idle > 2*len(p.a)+10)
		if j < 0 {
			return
		}
		step, row := p.ratio(j, up)
		if math.IsInf(step, 1) {
			return // unbounded: stay at what is proved; the caller checks it
		}
		p.move(j, up, step)
		if step > tiny {
			idle = 0
		} else {
			idle++
		}
		if row >= 0 {
			p.pivot(row, j, z)
		}
	}
}

// reduced gives the gain of each variable, in terms of the basis.
func (p *simplex) reduced(objective func(int) float64) []float64 {
	z := make([]float64, len(p.value))
	for j := range z {
		z[j] = objective(j)
	}
	for i, b := range p.basis {
		if b < 0 {
			continue
		}
		if c := objective(b); c != 0 {
			for j, v := range p.a[i] {
				z[j] -= c * v
			}
		}
	}
	return z
}

// enter picks the variable to move and its direction: the largest gain, or the
// first when careful.
func (p *simplex) enter(z []float64, careful bool) (best int, up bool) {
	best = -1
	gain := tiny
	for j, g := range z {
		if p.inRow[j] >= 0 {
			continue
		}
		rise := g > tiny && p.value[j] < p.upper[j]-tiny
		fall := g < -tiny && p.value[j] > p.lower[j]+tiny
		if (rise || fall) && math.Abs(g) > gain {
			best, up, gain = j, rise, math.Abs(g)
			if careful {
				return best, up
			}
		}
	}
	return best, up
}

// ratio finds how far variable j can go, and which row stops it (-1: its own bound).
func (p *simplex) ratio(j int, up bool) (step float64, row int) {
	row = -1
	step = p.upper[j] - p.value[j]
	if !up {
		step = p.value[j] - p.lower[j]
	}
	for i, b := range p.basis {
		rate := p.a[i][j] // the basic variable falls by rate for each unit up
		if !up {
			rate = -rate
		}
		if math.Abs(rate) < least {
			continue
		}
		room := 0.0 // an artificial variable cannot move
		if b >= 0 {
			room = p.value[b] - p.lower[b]
			if rate < 0 {
				room = p.upper[b] - p.value[b]
			}
		}
		room = max(0, room) / math.Abs(rate)
		if room < step-tiny || (room < step+tiny && row >= 0 && b < p.basis[row]) {
			step, row = min(step, room), i
		}
	}
	return step, row
}

func (p *simplex) move(j int, up bool, step float64) {
	if !up {
		step = -step
	}
	p.value[j] += step
	for i, b := range p.basis {
		if b >= 0 {
			p.value[b] -= p.a[i][j] * step
		}
	}
}

// pivot brings variable j into the basis in place of the one of the row.
func (p *simplex) pivot(row, j int, z []float64) {
	if old := p.basis[row]; old >= 0 {
		p.inRow[old] = -1
	}
	p.basis[row], p.inRow[j] = j, row
	scale(p.a[row], 1/p.a[row][j])
	for i := range p.a {
		if i != row {
			subtract(p.a[i], p.a[row], p.a[i][j])
		}
	}
	subtract(z, p.a[row], z[j])
}

func scale(v []float64, by float64) {
	for k := range v {
		v[k] *= by
	}
}

func subtract(v, other []float64, times float64) {
	if math.Abs(times) < 1e-12 {
		return
	}
	for k, x := range other {
		if x == 0 {
			continue
		}
		if v[k] -= times * x; math.Abs(v[k]) < 1e-10 {
			v[k] = 0
		}
	}
}
