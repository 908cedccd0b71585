package disclosure

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// mostCornered bounds the search for whole multiples near a corner, in counts that are
// tried.
const mostCornered = 20_000

// settled says which counts go up, of the parts at which a walk ended, so that all sums
// hold; false when no such table was found, and the parts that are no whole number went up
// or down each on its own. First only those are tried, and then all counts that are no
// multiples, those of which the walk was surest last to be changed.
func (l *Linked) settled(part []float64, base int, random *rand.Rand) (up []bool, whole bool) {
	up = make([]bool, l.Shown)
	var open []int
	for cell, v := range part {
		up[cell] = v > 0.5
		if v > tiny && v < 1-tiny {
			open = append(open, cell)
			up[cell] = random.Float64() < v
		}
	}
	if len(open) == 0 {
		return up, true
	}
	for _, all := range []bool{false, true} {
		c := l.newCorner(base)
		for cell, v := range part {
			rest := l.Table.Counts[cell] % base
			if rest == 0 || !all && (v <= tiny || v >= 1-tiny) {
				c.put(cell, up[cell])
				continue
			}
			c.open = append(c.open, cell)
		}
		// What the walk left open is decided first: the rest then mostly follows, as it was.
		sure := func(cell int) float64 { return max(part[cell]-0.5, 0.5-part[cell]) }
		slices.SortStableFunc(c.open, func(a, b int) int { return cmp.Compare(sure(a), sure(b)) })
		if c.possible() && c.search(up) {
			return c.up, true
		}
	}
	return up, false
}

// corner is the search for whole multiples: by sum, what its parts that go up are more than
// its total that does must come to.
type corner struct {
	sums  []Sum
	of    [][]int // the sums of a cell
	wants []int   // by sum, what is still wanted of the open ones
	plus  []int   // by sum, open parts
	minus []int   // by sum, 1 when its total is open
	up    []bool
	open  []int
	nodes int
}

func (l *Linked) newCorner(base int) *corner {
	c := &corner{sums: l.Sums, of: make([][]int, l.Shown), wants: make([]int, len(l.Sums)), plus: make([]int, len(l.Sums)), minus: make([]int, len(l.Sums)),
		up: make([]bool, l.Shown), nodes: mostCornered}
	for k, s := range l.Sums {
		c.wants[k] = l.Table.Counts[s.Total] / base
		c.minus[k], c.plus[k] = 1, len(s.Parts)
		c.of[s.Total] = append(c.of[s.Total], k)
		for _, part := range s.Parts {
			c.wants[k] -= l.Table.Counts[part] / base
			c.of[part] = append(c.of[part], k)
		}
	}
	return c
}

// put decides a cell, and take leaves it open again.
func (c *corner) put(cell int, up bool)  { c.up[cell] = up; c.count(cell, up, -1) }
func (c *corner) take(cell int, up bool) { c.count(cell, up, +1) }

func (c *corner) count(cell int, up bool, open int) {
	for _, k := range c.of[cell] {
		sign := 1
		if c.sums[k].Total == cell {
			sign = -1
			c.minus[k] += open
		} else {
			c.plus[k] += open
		}
		if up {
			c.wants[k] += sign * open
		}
	}
}

// fits says whether the sums of a cell can still hold.
func (c *corner) fits(cell int) bool {
	for _, k := range c.of[cell] {
		if c.wants[k] > c.plus[k] || c.wants[k] < -c.minus[k] {
			return false
		}
	}
	return true
}

// possible says so of all sums.
func (c *corner) possible() bool {
	for k := range c.sums {
		if c.wants[k] > c.plus[k] || c.wants[k] < -c.minus[k] {
			return false
		}
	}
	return true
}

// search decides the open cells, each first as it is in first, and next the one that a sum
// leaves no choice, if there is one.
func (c *corner) search(first []bool) bool {
	if len(c.open) == 0 {
		return true
	}
	if c.nodes--; c.nodes < 0 {
		return false
	}
	at := c.forced()
	cell := c.open[at]
	c.open = slices.Delete(c.open, at, at+1)
	for _, up := range []bool{first[cell], !first[cell]} {
		c.put(cell, up)
		if c.fits(cell) && c.search(first) {
			return true
		}
		c.take(cell, up)
	}
	c.open = slices.Insert(c.open, at, cell)
	return false
}

// forced is the place of an open cell that a sum leaves no choice; the first when none is.
func (c *corner) forced() int {
	for i, cell := range c.open {
		for _, k := range c.of[cell] {
			if c.wants[k] == c.plus[k] || c.wants[k] == -c.minus[k] {
				return i
			}
		}
	}
	return 0
}
