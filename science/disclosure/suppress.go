package disclosure

import (
	"context"
	"math"
	"slices"
)

// Suppress marks each cell of the table: shown, or hidden and why. The marks
// stand in the order of t.Counts.
//
// Which other counts are hidden is chosen to hide few people: for each small
// count in turn, a linear programme finds the cheapest way in which the table
// could be another one, the cost of moving a count being the count itself; what
// it moves is hidden; at the end each of these is shown again, largest first,
// when the small counts stay protected without it. That is a heuristic: the
// least total is NP-hard, and the result can hide more than the best would; with
// three axes a secondary cell may even be hidden for nothing, because its number
// follows from the others. A primary cell's never does.
//
// It refuses (ErrUnprotected) when it cannot prove the protection; it never
// returns marks that it has not proved. It cannot be stopped: see [SuppressContext].
func Suppress(t Table, r Rule) ([]Mark, error) {
	return SuppressContext(context.Background(), t, r)
}

// SuppressContext is [Suppress] that gives up with the error of ctx when that ends. A
// table of a page takes milliseconds, one of 2,000 cells can take a minute.
func SuppressContext(ctx context.Context, t Table, r Rule) ([]Mark, error) {
	r, err := r.resolve()
	if err != nil {
		return nil, err
	}
	if err := t.check(); err != nil {
		return nil, err
	}
	return newSearch(ctx, t, r).run()
}

func (s *search) run() ([]Mark, error) {
	for i, cell := range s.primaries {
		s.share(0.8 * float64(i) / float64(len(s.primaries)))
		if err := s.protect(cell); err != nil {
			return nil, err
		}
	}
	if err := s.clean(); err != nil {
		return nil, err
	}
	return s.marks, nil
}

// share tells how much is done.
func (s *search) share(done float64) {
	if s.tell != nil {
		s.tell(done)
	}
}

// search is one run of Suppress.
type search struct {
	ctx       context.Context
	tell      func(share float64) // may be nil
	t         Table
	r         Rule
	marks     []Mark
	primaries []int           // smallest counts first: what protects them often protects the rest
	proof     map[int][]moves // of each primary, the other tables that widen its interval
	pool      []moves         // every other table found so far
	sumsOf    [][]int         // the sums that name a cell
	low, high []int           // what a reader believes a count to be, when it is not shown
	swaps     *swaps          // nil: only the linear programme looks for other tables
	quick     bool            // only swaps look
}

// moves is the difference between another table and the true one: both agree
// with everything shown and with every sum.
type moves map[int]int

func newSearch(ctx context.Context, t Table, r Rule) *search {
	s := &search{ctx: ctx, t: t, r: r, marks: make([]Mark, len(t.Counts)), proof: map[int][]moves{}}
	for i, n := range t.Counts {
		s.low, s.high = append(s.low, r.floor()), append(s.high, math.MaxInt)
		latent := t.Unpublished != nil && t.Unpublished[i]
		if r.small(n) {
			s.primaries = append(s.primaries, i)
		} else {
			s.marks[i] = Shown
		}
		if latent {
			s.marks[i], s.low[i] = Latent, 0
		}
	}
	s.index()
	return s
}

// index puts the smallest counts first and finds the sums of each cell.
func (s *search) index() {
	t := s.t
	slices.SortStableFunc(s.primaries, func(a, b int) int { return t.Counts[a] - t.Counts[b] })
	s.sumsOf = make([][]int, len(t.Counts))
	for k, sum := range t.Sums {
		s.sumsOf[sum.Total] = append(s.sumsOf[sum.Total], k)
		for _, i := range sum.Parts {
			s.sumsOf[i] = append(s.sumsOf[i], k)
		}
	}
}

// protect hides what it takes for the interval of one primary cell to be wide.
func (s *search) protect(cell int) error {
	quick := s.quick
	defer func() { s.quick = quick }()
	for {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		proof, missing := s.attack(cell)
		if missing == 0 {
			s.proof[cell] = proof
			return nil
		}
		if s.swaps != nil && s.hide(s.swaps.cheapest(s, cell, missing)) {
			continue
		}
		if s.quick {
			s.quick = false // exchanges have nothing more to hide for this cell
			continue
		}
		if s.hide(s.cheapest(cell, missing)) {
			continue
		}
		// The programme moved nothing new and yet the whole-number proof fails:
		// hide the smallest count still shown, and try again.
		if !s.hide(s.smallestShown()) {
			return ErrUnprotected
		}
	}
}

// attack measures what a reader can deduce of a cell: the proof of its
// interval, and how much is missing to the width of the rule. Tables that were
// found for other cells are looked at first: most prove more than one interval.
func (s *search) attack(cell int) (proof []moves, missing int) {
	missing = s.r.Width
	for _, sign := range []int{+1, -1} {
		best, by := s.known(cell, sign, missing)
		if by < missing && s.swaps != nil {
			if m, far := s.swaps.find(s, cell, sign, missing); far > by && s.holds(m) {
				best, by = m, far
				s.pool = append(s.pool, m)
			}
		}
		if by < missing && !s.quick {
			m := s.furthest(cell, sign, missing, s.hidden, func(int) float64 { return 1 })
			if far := m[cell] * sign; far > by && s.holds(m) {
				best, by = m, far
				s.pool = append(s.pool, m)
			}
		}
		if by > 0 {
			proof = append(proof, best)
			missing -= by
		}
		if missing <= 0 {
			return proof, 0
		}
	}
	return proof, missing
}

// known finds, among the tables that were found before and still hold, the one
// that moves the cell furthest, and how far; enough is as good as more.
func (s *search) known(cell, sign, enough int) (best moves, by int) {
	for _, m := range s.pool {
		for _, way := range []int{+1, -1} {
			far := m[cell] * sign * way
			if far <= by {
				continue
			}
			if m := m.times(way); s.holds(m) {
				best, by = m, far
			}
			if by >= enough {
				return best, by
			}
		}
	}
	return best, by
}

func (s *search) hidden(i int) bool { return s.marks[i] != Shown }

func (m moves) times(by int) moves {
	if by == 1 {
		return m
	}
	out := make(moves, len(m))
	for i, d := range m {
		out[i] = by * d
	}
	return out
}

// cheapest finds which cells to move so that the cell could be larger by the
// given amount, at the least cost in counts that are shown today.
func (s *search) cheapest(cell, by int) moves {
	movable := func(i int) bool { return s.marks[i] != Shown || s.t.Counts[i] > 0 }
	cost := func(i int) float64 {
		if s.marks[i] != Shown {
			return 1e-3 // hidden already; the trifle keeps the programme from wandering
		}
		return float64(s.t.Counts[i])
	}
	return s.furthest(cell, +1, by, movable, cost)
}

func (s *search) smallestShown() moves {
	best := -1
	for i, n := range s.t.Counts {
		if s.marks[i] == Shown && n > 0 && (best < 0 || n < s.t.Counts[best]) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return moves{best: 1}
}

// hide marks what moved as secondary and says whether anything was new.
func (s *search) hide(m moves) bool {
	changed := false
	for i, by := range m {
		if by != 0 && s.marks[i] == Shown {
			s.marks[i] = Secondary
			changed = true
		}
	}
	return changed
}

// clean shows again each secondary cell that no proof needs, largest first.
func (s *search) clean() error {
	var secondary []int
	for i, m := range s.marks {
		if m == Secondary {
			secondary = append(secondary, i)
		}
	}
	slices.SortStableFunc(secondary, func(a, b int) int { return s.t.Counts[b] - s.t.Counts[a] })
	for k, i := range secondary {
		s.share(0.8 + 0.2*float64(k)/float64(len(secondary)))
		s.marks[i] = Shown
		fresh := map[int][]moves{}
		for _, cell := range s.primaries {
			if !uses(s.proof[cell], i) {
				continue
			}
			if err := s.ctx.Err(); err != nil {
				return err
			}
			proof, missing := s.attack(cell)
			if missing > 0 {
				s.marks[i] = Secondary
				break
			}
			fresh[cell] = proof
		}
		if s.marks[i] == Shown {
			for cell, proof := range fresh {
				s.proof[cell] = proof
			}
		}
	}
	return nil
}

func uses(proof []moves, cell int) bool {
	for _, m := range proof {
		if m[cell] != 0 {
			return true
		}
	}
	return false
}

// holds proves, in whole numbers, that the table moved by m agrees with what is
// shown, with every sum and with the least that a hidden count may be.
func (s *search) holds(m moves) bool {
	for i, by := range m {
		if to := s.t.Counts[i] + by; by != 0 && (s.marks[i] == Shown || to < s.low[i] || to > s.high[i]) {
			return false
		}
	}
	balance := map[int]int{}
	for i, by := range m {
		for _, k := range s.sumsOf[i] {
			if s.t.Sums[k].Total == i {
				balance[k] -= by
				continue
			}
			balance[k] += by
		}
	}
	for _, off := range balance {
		if off != 0 {
			return false
		}
	}
	return true
}
