package disclosure

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
)

// Changed is tables in which no count need be true.
type Changed struct {
	Counts   []int // by published cell of the [Linked]
	Audit    Audit
	Furthest int // how far a count was moved at most
}

// Rounding says to which multiples counts are rounded.
type Rounding struct {
	Base      int    // 3, 5 or 10 as a rule
	Threshold int    // counts under it are looked at by the audit
	Secret    []byte // [FewestSecret] bytes or more; the same secret and tables, the same counts
}

func (r Rounding) check() error {
	switch {
	case r.Base < 2 || r.Base > 1000:
		return fmt.Errorf("counts are rounded to multiples of 2 to 1000, not of %d", r.Base)
	case r.Threshold < 1:
		return ErrRule
	case len(r.Secret) < FewestSecret:
		return fmt.Errorf("the secret has %d bytes, and needs %d or more", len(r.Secret), FewestSecret)
	}
	return nil
}

// RoundAtRandom rounds each count, totals too, to a multiple of the base beside it, up
// with a probability that keeps its expectation; multiples stay:
//
//	n = m·b + r:  (m+1)·b with probability r/b, else m·b
//
// What is drawn hangs on the secret, the cell's columns and values, and its count: the
// same cell of the same persons is the same in each table and each year, and to ask
// again tells nothing more. Totals are not the sums of what is shown. (Handbook on
// Statistical Disclosure Control, frequency tables.) It misleads whoever adds counts up.
//
// A reader knows each true count to within b-1. Where sums tell more, which happens when
// what is shown adds up to nearly the most or least that rounding allows, the audit says
// so, and the tables must not be published.
func (l *Linked) RoundAtRandom(ctx context.Context, r Rounding) (*Changed, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	out := &Changed{}
	for cell := range l.Shown {
		n := l.Table.Counts[cell]
		rest := n % r.Base
		chance := number(r.Secret, "random rounding", strconv.Itoa(r.Base), l.name(cell), strconv.Itoa(n))
		if n -= rest; float64(chance)/(1<<64) < float64(rest)/float64(r.Base) {
			n += r.Base
		}
		out.Counts = append(out.Counts, n)
	}
	return out, l.finish(ctx, out, r)
}

// name is what a cell says of whom it counts, whatever the table: columns and values.
func (l *Linked) name(cell int) string {
	var parts []string
	for c, v := range l.At[cell] {
		if v != All {
			parts = append(parts, strconv.Quote(l.Columns[c])+"="+strconv.Quote(v))
		}
	}
	slices.Sort(parts)
	return fmt.Sprint(parts)
}

// mostRoundings is how many roundings are drawn when one does not add up, lets a reader
// know too much or moves a total far; the best is taken.
const mostRoundings = 10

// Round rounds the counts of all tables to multiples of the base so that all sums hold
// among what is shown: controlled rounding. Multiples stay, others go to the multiple
// beneath or above, each with its expectation kept:
//
//	E[rounded] = n,  |rounded - n| < b,  Σ parts = total for every sum
//
// It walks at random within the tables that have all sums and lie between the multiples,
// from the true table to a corner, and a corner of a table of two columns is whole
// (Cox: A constructive procedure for unbiased controlled rounding, JASA 82, 1987; for
// any sums the flight of Deville, Tillé: The cube method, Biometrika 91, 2004). With
// three columns a corner may hold fractions; a table of whole multiples is then looked for
// near it, and the expectation is kept only nearly. There need not be one (Causey, Cox,
// Ernst: Applications of transportation theory to statistical problems, JASA 80, 1985):
// then the counts that have a fraction are rounded each on its own and the totals added up
// anew. Those can be further than b from what is true, by how much [Changed] says; of
// several that are drawn that which moves totals least is taken. Tables that share totals
// can then fail to agree; when none agrees they are refused ([ErrUnprotected]).
//
// It is drawn from the secret and the tables: the same tables round the same way. A
// reader knows each true count to within b-1; what more the sums tell is looked at as
// for [Linked.RoundAtRandom]; a rounding that tells more than a lone zero does is drawn
// again.
func (l *Linked) Round(ctx context.Context, r Rounding) (*Changed, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	texts := []string{"controlled rounding", strconv.Itoa(r.Base)}
	for cell := range l.Shown {
		texts = append(texts, l.name(cell), strconv.Itoa(l.Table.Counts[cell]))
	}
	random := diceOf(r.Secret, texts...)
	var best *Changed
	for range mostRoundings {
		counts, ok := l.walk(ctx, r.Base, random)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		next := &Changed{Counts: counts}
		if err := l.finish(ctx, next, r); err != nil {
			return nil, err
		}
		if best == nil || len(next.Audit.Narrow) < len(best.Audit.Narrow) || len(next.Audit.Narrow) == len(best.Audit.Narrow) && next.Furthest < best.Furthest {
			best = next
		}
		if len(best.Audit.Narrow) == 0 && best.Furthest < r.Base {
			break
		}
	}
	if best == nil {
		return nil, fmt.Errorf("no rounding to multiples of %d has all sums of these tables: %w", r.Base, ErrUnprotected)
	}
	return best, nil
}

// finish measures how far counts were moved and what a reader can work out.
func (l *Linked) finish(ctx context.Context, out *Changed, r Rounding) (err error) {
	for cell, n := range out.Counts {
		out.Furthest = max(out.Furthest, n-l.Table.Counts[cell], l.Table.Counts[cell]-n)
	}
	low, high := l.beliefs(func(cell int) (int, int) {
		n := out.Counts[cell]
		// A total that was added up anew may be further off; a reader who thinks it is not
		// is wrong, and one who knows looks wider.
		off := max(r.Base-1, n-l.Table.Counts[cell], l.Table.Counts[cell]-n)
		return n - off, n + off
	})
	out.Audit, err = l.audit(ctx, low, high, r.Threshold, r.Base-1)
	return err
}

// walk draws one rounding; false when its sums do not hold.
func (l *Linked) walk(ctx context.Context, base int, random *rand.Rand) ([]int, bool) {
	w := newWalk(l, base, random)
	w.run(ctx)
	up, whole := l.settled(w.part, base, random)
	counts := make([]int, l.Shown)
	for cell := range counts {
		n := l.Table.Counts[cell]
		counts[cell] = n - n%base
		if up[cell] {
			counts[cell] += base
		}
	}
	if !whole {
		total := make([][]Sum, l.Shown)
		for _, s := range l.Sums {
			total[s.Total] = append(total[s.Total], s)
		}
		addUp(counts, total)
	}
	return counts, consistent(counts, l.Sums)
}

// addUp makes each total the sum of its parts.
func addUp(counts []int, sums [][]Sum) {
	done := make([]bool, len(counts))
	var add func(cell int)
	add = func(cell int) {
		if done[cell] {
			return
		}
		done[cell] = true
		for _, s := range sums[cell] {
			counts[cell] = 0
			for _, part := range s.Parts {
				add(part)
				counts[cell] += counts[part]
			}
		}
	}
	for cell := range counts {
		add(cell)
	}
}

// consistent says whether all sums hold.
func consistent(counts []int, sums []Sum) bool {
	for _, s := range sums {
		rest := counts[s.Total]
		for _, part := range s.Parts {
			rest -= counts[part]
		}
		if rest != 0 {
			return false
		}
	}
	return true
}
