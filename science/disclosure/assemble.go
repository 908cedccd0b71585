package disclosure

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// Assembly is how records are put together from aggregates. Nothing is learnt of
// anybody in it: it looks at the aggregates only.
type Assembly struct {
	Percentile float64 // of the counts of the parts of a combination longer than the aggregates; 95
	Forget     bool    // weigh by the counts alone, not by what of them is still without a record
	Tell       func(step string, share float64)
}

// Assemble makes records whose values come out as often as the aggregates say. A record
// grows value by value, each drawn with a weight: the count of the record with it, or,
// when that is longer than the aggregates, a high percentile of the counts of the parts
// that contain it; a combination that is not shown does not come out. Records are given
// with the fullest first, so that their order says nothing.
func (o Assembly) Assemble(ctx context.Context, a *Aggregates, dice *rand.Rand) (*Records, error) {
	if o.Percentile == 0 {
		o.Percentile = 95
	}
	b := newBuilder(a, o, dice)
	due := 0
	for _, n := range b.left {
		due += int(n)
	}
	out := &Records{Columns: a.Columns, Values: a.Values, Codes: make([][]uint16, len(a.Columns))}
	var rows [][]uint16
	for done := 0; done < due; {
		if len(rows)%256 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if o.Tell != nil {
				o.Tell("putting records together", float64(done)/float64(due))
			}
		}
		row := b.record()
		filled := 0
		for _, code := range row {
			if code != 0 {
				filled++
			}
		}
		if filled == 0 {
			break
		}
		done += filled
		rows = append(rows, row)
	}
	full := func(row []uint16) (n int) {
		for _, code := range row {
			if code != 0 {
				n++
			}
		}
		return n
	}
	fullest := func(x, y []uint16) int { return full(y) - full(x) }
	slices.SortStableFunc(rows, fullest)
	rows, err := b.house(ctx, rows, a.fewest())
	if err != nil {
		return nil, err
	}
	if err := b.arrange(ctx, rows); err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(row []uint16) bool { return full(row) == 0 })
	slices.SortStableFunc(rows, fullest)
	for c := range out.Codes {
		out.Codes[c] = make([]uint16, len(rows))
		for i, row := range rows {
			out.Codes[c][i] = row[c]
		}
	}
	out.Rows = len(rows)
	return out, nil
}

// builder grows records.
type builder struct {
	a       *Aggregates
	o       Assembly
	dice    *rand.Rand
	values  []value   // all that are shown
	left    []int32   // of each value, how often it is still to come out
	already [][]int32 // by set and cell: records that have it
	parts   [][]int32 // of each value, rising counts of the parts of the record with it
	open    []bool
	weight  []float64
	weights [][]float32 // by set and cell, what an error there weighs
}

type value struct {
	column int
	code   uint16
}

func newBuilder(a *Aggregates, o Assembly, dice *rand.Rand) *builder {
	b := &builder{a: a, o: o, dice: dice}
	for c := range a.Columns {
		at := a.place[1<<c]
		for code := 1; code < a.sizes[c]; code++ {
			if n := a.counts[at][code]; n > 0 {
				b.values, b.left = append(b.values, value{c, uint16(code)}), append(b.left, n)
			}
		}
	}
	for _, counts := range a.counts {
		b.already = append(b.already, make([]int32, len(counts)))
	}
	b.parts, b.open, b.weight = make([][]int32, len(b.values)), make([]bool, len(b.values)), make([]float64, len(b.values))
	return b
}

// record grows one record until no value can come to it.
func (b *builder) record() []uint16 {
	row := make([]uint16, len(b.a.Columns))
	var has []value
	for i := range b.values {
		b.open[i], b.parts[i] = b.left[i] > 0, b.parts[i][:0]
	}
	b.extend(has, nil)
	for {
		at := b.pick(len(has))
		if at < 0 {
			break
		}
		v := b.values[at]
		b.left[at]--
		row[v.column] = v.code
		for i, w := range b.values {
			b.open[i] = b.open[i] && w.column != v.column
		}
		b.extend(has, &v)
		has = append(has, v)
	}
	if !b.o.Forget {
		b.note(row)
	}
	return row
}

// extend adds to every open value the counts of the combinations of it with the newest
// value of the record and up to Longest-2 others; without a newest, its own count. A
// value of which a combination is not shown, or used up, is closed.
func (b *builder) extend(has []value, newest *value) {
	for i, w := range b.values {
		if !b.open[i] {
			continue
		}
		chosen := []value{w}
		if newest != nil {
			chosen = append(chosen, *newest)
		}
		b.open[i] = b.combine(i, chosen, has)
	}
}

// combine takes the count of the chosen values in, and of them with more of has.
func (b *builder) combine(i int, chosen, has []value) bool {
	if len(chosen) > b.a.Longest {
		return true
	}
	n := b.count(chosen)
	if n <= 0 {
		return false
	}
	at, _ := slices.BinarySearch(b.parts[i], n)
	b.parts[i] = slices.Insert(b.parts[i], at, n)
	if len(chosen) < 2 || len(chosen) == b.a.Longest {
		return true
	}
	for k := range has {
		if !b.combine(i, append(chosen[:len(chosen):len(chosen)], has[k]), has[:k]) {
			return false
		}
	}
	return true
}

// count is the count of a combination, less what of it has come out.
func (b *builder) count(values []value) int32 {
	at, cell := b.cell(values)
	return b.a.counts[at][cell] - b.already[at][cell]
}

// cell is where the count of a combination stands: in which set, and where in it.
func (b *builder) cell(values []value) (at, cell int) {
	var s set
	for _, v := range values {
		s |= 1 << v.column
	}
	for rest := s; rest != 0; rest &= rest - 1 {
		c := (rest & -rest).columns1()
		for _, v := range values {
			if v.column == c {
				cell = cell*b.a.sizes[c] + int(v.code)
			}
		}
	}
	return b.a.place[s], cell
}

// pick draws an open value for a record that has so many, or -1.
func (b *builder) pick(has int) int {
	sum := 0.0
	for i, open := range b.open {
		b.weight[i] = 0
		if !open || b.left[i] <= 0 {
			continue
		}
		if list := b.parts[i]; has+1 <= b.a.Longest {
			b.weight[i] = float64(list[0]) // the whole, whose count is the least: aggregates agree
		} else {
			b.weight[i] = math.Round(quantile8(list, b.o.Percentile/100))
		}
		sum += b.weight[i]
	}
	if sum <= 0 {
		return -1
	}
	u, last := b.dice.Float64()*sum, -1
	for i, w := range b.weight {
		if w <= 0 {
			continue
		}
		last = i
		if u -= w; u < 0 {
			break
		}
	}
	return last
}

// note counts a finished record in every table.
func (b *builder) note(row []uint16) {
	for at, s := range b.a.sets {
		cell, whole := 0, true
		for rest := s; rest != 0 && whole; rest &= rest - 1 {
			c := (rest & -rest).columns1()
			whole = row[c] != 0
			cell = cell*b.a.sizes[c] + int(row[c])
		}
		if whole {
			b.already[at][cell]++
		}
	}
}
