package disclosure_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

// grid is a table of rows and columns with all its totals: the last row and the
// last column are sums, the corner is the sum of all.
func grid(inner [][]int) disclosure.Table {
	rows, cols := len(inner)+1, len(inner[0])+1
	t := disclosure.Table{Counts: make([]int, rows*cols)}
	for i, line := range inner {
		for j, n := range line {
			for _, cell := range []int{i*cols + j, i*cols + cols - 1, (rows-1)*cols + j, rows*cols - 1} {
				t.Counts[cell] += n
			}
		}
	}
	for i := range rows {
		s := disclosure.Sum{Total: i*cols + cols - 1}
		for j := range cols - 1 {
			s.Parts = append(s.Parts, i*cols+j)
		}
		t.Sums = append(t.Sums, s)
	}
	for j := range cols {
		s := disclosure.Sum{Total: (rows-1)*cols + j}
		for i := range rows - 1 {
			s.Parts = append(s.Parts, i*cols+j)
		}
		t.Sums = append(t.Sums, s)
	}
	return t
}

// cube is a table of three axes with all its totals.
func cube(a, b, c int, n func(i, j, k int) int) disclosure.Table {
	at := func(i, j, k int) int { return (i*(b+1)+j)*(c+1) + k }
	t := disclosure.Table{Counts: make([]int, (a+1)*(b+1)*(c+1))}
	for i := range a {
		for j := range b {
			for k := range c {
				v := n(i, j, k)
				for _, x := range []int{i, a} {
					for _, y := range []int{j, b} {
						for _, z := range []int{k, c} {
							t.Counts[at(x, y, z)] += v
						}
					}
				}
			}
		}
	}
	sum := func(total int, parts []int) { t.Sums = append(t.Sums, disclosure.Sum{Total: total, Parts: parts}) }
	along := func(n int, cell func(int) int) []int {
		var parts []int
		for i := range n {
			parts = append(parts, cell(i))
		}
		return parts
	}
	for x := range a + 1 {
		for y := range b + 1 {
			sum(at(x, y, c), along(c, func(k int) int { return at(x, y, k) }))
		}
		for z := range c + 1 {
			sum(at(x, b, z), along(b, func(j int) int { return at(x, j, z) }))
		}
	}
	for y := range b + 1 {
		for z := range c + 1 {
			sum(at(a, y, z), along(a, func(i int) int { return at(i, y, z) }))
		}
	}
	return t
}

func suppress(t failer, table disclosure.Table, rule disclosure.Rule) []disclosure.Mark {
	t.Helper()
	marks, err := disclosure.Suppress(table, rule)
	if err != nil {
		t.Fatalf("suppress %v: %v", table.Counts, err)
	}
	return marks
}

func picture(marks []disclosure.Mark) string {
	b := make([]byte, len(marks))
	for i, m := range marks {
		b[i] = "ps."[m]
	}
	return string(b)
}

func TestSuppress(t *testing.T) {
	// Small tables that can be checked by hand: p primary, s secondary, . shown.
	for _, c := range []struct {
		name  string
		inner [][]int
		rule  disclosure.Rule
		want  string
	}{
		{"nothing small", [][]int{{5, 6}, {7, 8}}, disclosure.Rule{}, "... ... ..."},
		{"four is hidden, five is not", [][]int{{4, 5, 9}}, disclosure.Rule{}, "ps.. ps.."},
		{"a zero is shown", [][]int{{0, 6}, {7, 8}}, disclosure.Rule{}, "... ... ..."},
		{"a zero is hidden when asked", [][]int{{0, 6}, {7, 8}}, disclosure.Rule{HideZeros: true}, "ps. ss. ..."},
		{"the square around one small cell", [][]int{{3, 20, 9}, {30, 40, 50}, {8, 70, 60}}, disclosure.Rule{}, "p.s. .... s.s. ...."},
		{"a small total is hidden with its parts", [][]int{{1, 2}, {10, 20}}, disclosure.Rule{}, "ppp sss ..."},
		{"eleven for children", [][]int{{10, 12, 40}}, disclosure.Rule{Threshold: 11}, "ps.. ps.."},
	} {
		t.Run(c.name, func(t *testing.T) {
			marks := suppress(t, grid(c.inner), c.rule)
			var want []byte
			for _, b := range []byte(c.want) {
				if b != ' ' {
					want = append(want, b)
				}
			}
			if got := picture(marks); got != string(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestSuppressRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		table disclosure.Table
		rule  disclosure.Rule
		want  error
	}{
		{"a negative count", disclosure.Table{Counts: []int{-1}}, disclosure.Rule{}, disclosure.ErrNegative},
		{"a sum that is none", disclosure.Table{Counts: []int{1, 2, 4}, Sums: []disclosure.Sum{{Total: 2, Parts: []int{0, 1}}}}, disclosure.Rule{}, disclosure.ErrSum},
		{"an unknown cell", disclosure.Table{Counts: []int{1}, Sums: []disclosure.Sum{{Total: 0, Parts: []int{3}}}}, disclosure.Rule{}, disclosure.ErrCell},
		{"a cell twice", disclosure.Table{Counts: []int{1, 2}, Sums: []disclosure.Sum{{Total: 1, Parts: []int{0, 0}}}}, disclosure.Rule{}, disclosure.ErrCell},
		{"too many cells", disclosure.Table{Counts: make([]int, disclosure.MaxCells+1)}, disclosure.Rule{}, disclosure.ErrTooLarge},
		{"a threshold that hides nothing", disclosure.Table{Counts: []int{1}}, disclosure.Rule{Threshold: 1}, disclosure.ErrRule},
		{"a width under zero", disclosure.Table{Counts: []int{1}}, disclosure.Rule{Width: -1}, disclosure.ErrRule},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := disclosure.Suppress(c.table, c.rule); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestZeroMarkIsHidden(t *testing.T) {
	var m disclosure.Mark
	if m == disclosure.Shown {
		t.Error("the zero mark shows a cell")
	}
}

// attacker looks, by trying whole numbers, for tables that agree with what is
// shown. It shares nothing with the method under test.
type attacker struct {
	table     disclosure.Table
	low, high []int
	nodes     int
}

// canMove says whether a hidden cell could differ from its true count by so much.
func canMove(table disclosure.Table, marks []disclosure.Mark, floor, cell, by, reach int) bool {
	a := attacker{table: table, nodes: 20000}
	for i, n := range table.Counts {
		low, high := n, n
		if marks[i] != disclosure.Shown {
			low, high = max(floor, n-reach), n+reach
		}
		a.low, a.high = append(a.low, low), append(a.high, high)
	}
	to := table.Counts[cell] + by
	if to < a.low[cell] {
		return false
	}
	a.low[cell], a.high[cell] = to, to
	return a.search()
}

func (a *attacker) search() bool {
	if a.nodes--; a.nodes < 0 || !a.narrow() {
		return false
	}
	open := -1
	for i := range a.low {
		if a.low[i] < a.high[i] && (open < 0 || a.high[i]-a.low[i] < a.high[open]-a.low[open]) {
			open = i
		}
	}
	if open < 0 {
		return true
	}
	low, high := slices.Clone(a.low), slices.Clone(a.high)
	for _, v := range nearest(low[open], high[open], a.table.Counts[open]) {
		copy(a.low, low)
		copy(a.high, high)
		a.low[open], a.high[open] = v, v
		if a.search() {
			return true
		}
	}
	return false
}

// nearest lists the numbers from low to high, those near n first.
func nearest(low, high, n int) []int {
	var all []int
	for v := low; v <= high; v++ {
		all = append(all, v)
	}
	slices.SortStableFunc(all, func(a, b int) int { return abs(a-n) - abs(b-n) })
	return all
}

func abs(n int) int { return max(n, -n) }

// narrow tightens every range by every sum until nothing changes; false when a
// range is empty.
func (a *attacker) narrow() bool {
	for changed := true; changed; {
		changed = false
		for _, s := range a.table.Sums {
			least, most := 0, 0
			for _, i := range s.Parts {
				least, most = least+a.low[i], most+a.high[i]
			}
			changed = a.clip(s.Total, least, most) || changed
			for _, i := range s.Parts {
				changed = a.clip(i, a.low[s.Total]-(most-a.high[i]), a.high[s.Total]-(least-a.low[i])) || changed
			}
			for _, i := range append([]int{s.Total}, s.Parts...) {
				if a.low[i] > a.high[i] {
					return false
				}
			}
		}
	}
	return true
}

func (a *attacker) clip(i, least, most int) bool {
	changed := least > a.low[i] || most < a.high[i]
	a.low[i], a.high[i] = max(a.low[i], least), min(a.high[i], most)
	return changed
}

// spread is how wide, up to width, the interval of a cell is. Sums can tie a count
// to steps of two or three: what it cannot reach it may still pass.
func spread(table disclosure.Table, marks []disclosure.Mark, floor, cell, width int) int {
	can := func(by int) bool { return canMove(table, marks, floor, cell, by, 4*width+5) }
	far := func(sign, most int) int {
		if most == 0 {
			return 0
		}
		for by := most; by <= 2*most+2; by++ {
			if can(sign * by) {
				return most
			}
		}
		for by := most - 1; by > 0; by-- {
			if can(sign * by) {
				return by
			}
		}
		return 0
	}
	up := far(+1, width)
	return up + far(-1, width-up)
}

func verify(t failer, table disclosure.Table, rule disclosure.Rule, marks []disclosure.Mark, every int) {
	t.Helper()
	threshold, floor := rule.Threshold, 1
	if threshold == 0 {
		threshold = disclosure.DefaultThreshold
	}
	width := rule.Width
	if width == 0 {
		width = threshold
	}
	if rule.HideZeros {
		floor = 0
	}
	for i, n := range table.Counts {
		small := n < threshold && (n > 0 || rule.HideZeros)
		if small != (marks[i] == disclosure.Primary) {
			t.Fatalf("cell %d of %v with count %d is %v", i, table.Counts, n, marks[i])
		}
		if n == 0 && marks[i] == disclosure.Secondary {
			t.Fatalf("cell %d: a zero hides another count", i)
		}
		if marks[i] == disclosure.Shown || i%every != 0 {
			continue
		}
		needed := width
		if marks[i] == disclosure.Secondary {
			if every > 1 {
				continue // with three axes a secondary cell may be hidden for nothing
			}
			needed = 1
		}
		if got := spread(table, marks, floor, i, needed); got < needed {
			t.Fatalf("cell %d of %v (%s): the attacker's interval is %d wide, not %d", i, table.Counts, picture(marks), got, needed)
		}
	}
}

func rules(r *rapid.T) disclosure.Rule {
	return disclosure.Rule{
		Threshold: rapid.SampledFrom([]int{0, 3, 11}).Draw(r, "threshold"),
		HideZeros: rapid.Bool().Draw(r, "zeros"),
		Width:     rapid.SampledFrom([]int{0, 3, 20}).Draw(r, "width"),
	}
}

func TestAttackerOfTwoWayTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rows := rapid.IntRange(1, 5).Draw(r, "rows")
		cols := rapid.IntRange(1, 5).Draw(r, "cols")
		most := rapid.SampledFrom([]int{3, 12, 60}).Draw(r, "most")
		inner := make([][]int, rows)
		for i := range inner {
			inner[i] = rapid.SliceOfN(rapid.IntRange(0, most), cols, cols).Draw(r, "row")
		}
		table, rule := grid(inner), rules(r)
		before := slices.Clone(table.Counts)
		marks := suppress(r, table, rule)
		verify(r, table, rule, marks, 1)
		if !slices.Equal(before, table.Counts) {
			r.Fatal("the caller's counts were changed")
		}
	})
}

func TestAttackerOfThreeWayTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := rapid.IntRange(1, 3).Draw(r, "a")
		b := rapid.IntRange(2, 3).Draw(r, "b")
		c := rapid.IntRange(2, 3).Draw(r, "c")
		most := rapid.SampledFrom([]int{3, 12, 60}).Draw(r, "most")
		counts := rapid.SliceOfN(rapid.IntRange(0, most), a*b*c, a*b*c).Draw(r, "counts")
		table := cube(a, b, c, func(i, j, k int) int { return counts[(i*b+j)*c+k] })
		rule := rules(r)
		verify(r, table, rule, suppress(r, table, rule), rapid.IntRange(3, 7).Draw(r, "every"))
	})
}

// failer is what testing.T and rapid.T share.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}
