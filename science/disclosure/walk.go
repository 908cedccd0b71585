package disclosure

import (
	"context"
	"math"
	"math/rand/v2"
)

// walk is the flight of the cube method over the counts of a table that are no multiples
// of the base: part is how far each is from the multiple beneath, 0 to 1, and moves to 0
// or 1 along directions that change no sum, either way with the probability that keeps
// the expectation.
type walk struct {
	part   []float64 // by published cell
	cells  []int     // those that are no multiples, in an order by chance
	a      [][]float64
	basis  []int // of each row of a, the place in cells of its variable
	inRow  []int // of each place in cells, the row, or -1
	random *rand.Rand
}

func newWalk(l *Linked, base int, random *rand.Rand) *walk {
	w := &walk{part: make([]float64, l.Shown), random: random}
	at := map[int]int{}
	for cell := range l.Shown {
		if rest := l.Table.Counts[cell] % base; rest > 0 {
			w.part[cell] = float64(rest) / float64(base)
			w.cells = append(w.cells, cell)
		}
	}
	random.Shuffle(len(w.cells), func(i, j int) { w.cells[i], w.cells[j] = w.cells[j], w.cells[i] })
	for j, cell := range w.cells {
		at[cell] = j
	}
	for _, s := range l.Sums {
		row := make([]float64, len(w.cells))
		for _, part := range s.Parts {
			if j, ok := at[part]; ok {
				row[j] = 1
			}
		}
		if j, ok := at[s.Total]; ok {
			row[j] = -1
		}
		w.a = append(w.a, row)
	}
	w.solve()
	return w
}

// solve brings the sums into reduced form: each row gives one variable by the others.
func (w *walk) solve() {
	w.inRow = make([]int, len(w.cells))
	for j := range w.inRow {
		w.inRow[j] = -1
	}
	rows := w.a
	w.a = nil
	for _, row := range rows {
		for i, b := range w.basis {
			subtract(row, w.a[i], row[b])
		}
		best := -1
		for j, v := range row {
			if math.Abs(v) > least && (best < 0 || math.Abs(v) > math.Abs(row[best])+tiny) {
				best = j
			}
		}
		if best < 0 {
			continue // follows from the others
		}
		w.a, w.basis = append(w.a, row), append(w.basis, best)
		w.enter(len(w.a)-1, best)
	}
}

// enter makes a variable the one of a row.
func (w *walk) enter(row, j int) {
	if old := w.basis[row]; w.inRow[old] == row {
		w.inRow[old] = -1
	}
	w.basis[row], w.inRow[j] = j, row
	scale(w.a[row], 1/w.a[row][j])
	for i := range w.a {
		if i != row {
			subtract(w.a[i], w.a[row], w.a[i][j])
		}
	}
}

// open says whether a count may still go either way.
func (w *walk) open(j int) bool {
	v := w.part[w.cells[j]]
	return v > 0 && v < 1
}

// run walks until no direction is left. Each step brings a count to a multiple; a count
// leaves its row only when it is there. It stops where it is when ctx ends.
func (w *walk) run(ctx context.Context) {
	for j := range w.cells {
		for range w.cells {
			if w.inRow[j] >= 0 || !w.open(j) || ctx.Err() != nil {
				break
			}
			w.step(j)
			w.leave()
		}
	}
}

// step moves one free count, and those that hang on it, one way or the other.
func (w *walk) step(j int) {
	type mover struct {
		cell int
		by   float64
	}
	movers := []mover{{w.cells[j], 1}}
	for i, b := range w.basis {
		if v := w.a[i][j]; math.Abs(v) > tiny {
			movers = append(movers, mover{w.cells[b], -v})
		}
	}
	up, down := math.Inf(1), math.Inf(1)
	for _, m := range movers {
		toOne, toZero := (1-w.part[m.cell])/math.Abs(m.by), w.part[m.cell]/math.Abs(m.by)
		if m.by < 0 {
			toOne, toZero = toZero, toOne
		}
		up, down = min(up, toOne), min(down, toZero)
	}
	far := up
	if w.random.Float64()*(up+down) < up {
		far = -down
	}
	for _, m := range movers {
		v := w.part[m.cell] + far*m.by
		if v < tiny {
			v = 0
		} else if v > 1-tiny {
			v = 1
		}
		w.part[m.cell] = v
	}
}

// leave takes the counts that came to a multiple out of their rows, for one that is
// still open.
func (w *walk) leave() {
	for i, b := range w.basis {
		if w.open(b) {
			continue
		}
		for j, v := range w.a[i] {
			if math.Abs(v) > least && w.inRow[j] < 0 && w.open(j) {
				w.enter(i, j)
				break
			}
		}
	}
}
