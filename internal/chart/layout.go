package chart

import (
	"cmp"
	"math"
	"slices"
)

// The picture, in units that are pixels at 1280: columns of boxes, lines in the gutters
// between them. Four columns fill the width; more are drawn smaller.
const (
	boxWidth  = 212
	boxHeight = 48
	gutter    = 112
	rowGap    = 20
	margin    = 8
)

// box is where a spot is drawn: its upper left corner.
type box struct{ x, y int }

func (b box) left() point  { return point{float64(b.x), float64(b.y) + boxHeight/2} }
func (b box) right() point { return point{float64(b.x + boxWidth), float64(b.y) + boxHeight/2} }

type point struct{ x, y float64 }

// columns puts each spot in the column of its distance from where reading begins: the
// first file, or without one the spot with most lines; what hangs on nothing begins
// anew. Lines then join spots of one column or of two side by side, so that none runs
// behind a box.
func (c Chart) columns() [][]int {
	next := c.neighbours()
	column := make([]int, len(c.spots))
	for i := range column {
		column[i] = -1
	}
	var all [][]int
	for _, root := range c.roots(next) {
		if column[root] >= 0 {
			continue
		}
		column[root] = 0
		for queue := []int{root}; len(queue) > 0; queue = queue[1:] {
			i := queue[0]
			for len(all) <= column[i] {
				all = append(all, nil)
			}
			all[column[i]] = append(all[column[i]], i)
			for _, j := range next[i] {
				if column[j] < 0 {
					column[j] = column[i] + 1
					queue = append(queue, j)
				}
			}
		}
	}
	return untangle(all, column, next)
}

// neighbours are the spots that share a line, in the order of the spots.
func (c Chart) neighbours() [][]int {
	next := make([][]int, len(c.spots))
	for _, l := range c.lines {
		i, j := c.at[l.From], c.at[l.To]
		if !slices.Contains(next[i], j) {
			next[i], next[j] = append(next[i], j), append(next[j], i)
		}
	}
	for i := range next {
		slices.Sort(next[i])
	}
	return next
}

// roots is the order in which reading begins: files first, then by lines, then as given.
func (c Chart) roots(next [][]int) []int {
	order := make([]int, len(c.spots))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		fileA, fileB := c.spots[a].Kind == File, c.spots[b].Kind == File
		switch {
		case fileA && !fileB:
			return -1
		case fileB && !fileA:
			return 1
		}
		return cmp.Compare(len(next[b]), len(next[a]))
	})
	return order
}

// untangle orders each column by the mean place of its neighbours in the one before it
// (barycentres; Sugiyama, Tagawa and Toda 1981), a few times to and fro. Whatever is
// equal stays in its order, so that the picture is always the same.
func untangle(all [][]int, column []int, next [][]int) [][]int {
	place := make([]float64, len(column))
	settle := func(col []int) {
		for n, i := range col {
			place[i] = float64(n)
		}
	}
	for _, col := range all {
		settle(col)
	}
	sweep := func(k, from int) {
		mean := map[int]float64{}
		for _, i := range all[k] {
			sum, n := 0.0, 0
			for _, j := range next[i] {
				if column[j] == from {
					sum, n = sum+place[j], n+1
				}
			}
			if mean[i] = place[i]; n > 0 {
				mean[i] = sum / float64(n)
			}
		}
		slices.SortStableFunc(all[k], func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
		settle(all[k])
	}
	for range 4 {
		for k := 1; k < len(all); k++ {
			sweep(k, k-1)
		}
		for k := len(all) - 2; k >= 0; k-- {
			sweep(k, k+1)
		}
	}
	return all
}

// boxes places every spot; columns are centred on the tallest. It gives the size too.
func (c Chart) boxes() (at []box, width, height int) {
	all := c.columns()
	tallest := 0
	for _, col := range all {
		tallest = max(tallest, len(col))
	}
	at = make([]box, len(c.spots))
	height = 2*margin + max(tallest, 1)*(boxHeight+rowGap) - rowGap
	for k, col := range all {
		top := (height - len(col)*(boxHeight+rowGap) + rowGap) / 2
		for n, i := range col {
			// The first gutter is for the lines inside a column.
			at[i] = box{margin + gutter/2 + k*(boxWidth+gutter), top + n*(boxHeight+rowGap)}
		}
	}
	columns := max(len(all), 1)
	return at, 2*margin + gutter/2 + columns*boxWidth + (columns-1)*gutter, height
}

// curve is how a line runs, as a cubic: between columns from side to side, inside one
// column round its left.
func curve(a, b box) [4]point {
	switch {
	case a.x == b.x:
		from, to := a.left(), b.left()
		bend := float64(gutter) * 0.45
		return [4]point{from, {from.x - bend, from.y}, {to.x - bend, to.y}, to}
	case a.x > b.x:
		a, b = b, a
	}
	from, to := a.right(), b.left()
	mid := (from.x + to.x) / 2
	return [4]point{from, {mid, from.y}, {mid, to.y}, to}
}

// on is a point of a curve.
func on(k [4]point, t float64) point {
	u := 1 - t
	w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
	var p point
	for i := range k {
		p.x, p.y = p.x+w[i]*k[i].x, p.y+w[i]*k[i].y
	}
	return p
}

// A badge is the number and the grade of a line, at most so wide and so high.
const (
	badgeWidth  = 72
	badgeHeight = 24
)

// badges places the number of each line on it, clear of the numbers before it where
// there is room, and as near to the middle as that allows.
func badges(curves [][4]point) []point {
	var placed []point
	for _, k := range curves {
		best, clear := on(k, 0.5), -1.0
		for n := range 11 { // never so near an end that it lies on a box
			t := 0.5 + 0.05*float64((n+1)/2)*float64(1-2*(n%2)) // 0.5, 0.45, 0.55, 0.4 …
			p := on(k, t)
			nearest := 1e9
			for _, q := range placed {
				nearest = min(nearest, max(math.Abs(p.x-q.x)/badgeWidth, math.Abs(p.y-q.y)/badgeHeight))
			}
			if nearest > clear {
				best, clear = p, nearest
			}
			if clear >= 1 {
				break
			}
		}
		placed = append(placed, best)
	}
	return placed
}
