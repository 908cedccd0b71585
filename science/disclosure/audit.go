package disclosure

import (
	"context"
	"math"
)

// Audit is what a reader of changed counts can work out of them.
type Audit struct {
	Looked    int   // small counts that were looked at
	Asked     int   // the width asked
	Narrow    []int // those of which no interval so wide could be proved
	Narrowest int   // the width of the narrowest, at most the width asked; that when none was looked at
}

// mostAudited is how many cells tables may have for the linear programme to look at
// each small count twice; above, exchanges do it alone, and find a little less.
const mostAudited = 200

// audit takes the view of a reader who knows how the counts of a table were changed: that
// each true one lies from low to high, and the sums. For each count of persons under
// threshold it looks for other tables that agree with all of it, of which the largest
// and the smallest differ by width in that count; each is proved in whole numbers. The
// error is that of ctx.
func (l *Linked) audit(ctx context.Context, low, high []int, threshold, width int) (Audit, error) {
	s := &search{ctx: ctx, t: l.Table, r: Rule{Threshold: threshold, Width: width}, marks: make([]Mark, len(l.Table.Counts)), proof: map[int][]moves{},
		low: low, high: high, swaps: newSwaps(l.cross, l), quick: len(l.At) > mostAudited}
	for i, n := range l.Table.Counts {
		s.marks[i] = Latent // nothing is shown as it is
		if n > 0 && n < threshold {
			s.primaries = append(s.primaries, i)
		}
	}
	s.index()
	out := Audit{Looked: len(s.primaries), Asked: width, Narrowest: width}
	for _, cell := range s.primaries {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if _, missing := s.attack(cell); missing > 0 {
			out.Narrow = append(out.Narrow, cell)
			out.Narrowest = min(out.Narrowest, width-missing)
		}
	}
	return out, nil
}

// beliefs are from where to where a reader believes the counts of each cell to be:
// around a published one by what is said, at any number from 0 for what is in no table.
func (l *Linked) beliefs(of func(cell int) (low, high int)) (low, high []int) {
	for cell := range l.Table.Counts {
		from, to := 0, math.MaxInt
		if cell < l.Shown {
			from, to = of(cell)
		}
		low, high = append(low, max(0, from)), append(high, to)
	}
	return low, high
}
