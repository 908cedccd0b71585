package disclosure

import (
	"context"
	"slices"
)

// fewest is how many records hold all values: as many as one column has, and as many as
// there are persons about.
func (a *Aggregates) fewest() int {
	most := a.Persons
	for c := range a.Columns {
		n := 0
		for _, k := range a.counts[a.place[1<<c]][1:] {
			n += int(k)
		}
		most = max(most, n)
	}
	return most
}

// places is how many records are tried for a value that looks for one.
const places = 64

// house takes apart the emptiest records that are more than there are persons, and puts
// their values into others that have none in the column. Of some records by chance a
// value comes to the one in which its combinations are most short of what the aggregates
// say; where one of them is not shown at all it does not come. A value that fits nowhere
// is left out. Without this the last records, when most combinations are used up, hold
// two or three values each, and there are a tenth to two fifths more than persons.
func (b *builder) house(ctx context.Context, rows [][]uint16, most int) ([][]uint16, error) {
	if len(rows) <= most {
		return rows, nil
	}
	free := make([][]int, len(b.a.Columns)) // records without a value, by column
	for i, row := range rows[:most] {
		for c, code := range row {
			if code == 0 {
				free[c] = append(free[c], i)
			}
		}
	}
	for n, row := range rows[most:] {
		if n%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for c, code := range row {
			if code == 0 || len(free[c]) == 0 {
				continue
			}
			v := value{c, code}
			best, at, least := -1, -1, 0.0
			for range places {
				k := b.dice.IntN(len(free[c]))
				if short, fits := b.short(rows[free[c][k]], v); fits && (best < 0 || short > least) {
					best, at, least = free[c][k], k, short
				}
			}
			if best < 0 {
				continue
			}
			b.noteValue(rows[best], v)
			rows[best][c] = code
			free[c] = slices.Delete(free[c], at, at+1)
		}
	}
	return rows[:most], nil
}

// noteValue counts the combinations of a value that comes to a record.
func (b *builder) noteValue(row []uint16, v value) {
	b.combinations(row, v, func(at, cell int) bool {
		b.already[at][cell]++
		return true
	})
}

// short is by how much the combinations of a record with a new value fall short of the
// aggregates, on average, and whether all of them are shown.
func (b *builder) short(row []uint16, v value) (mean float64, fits bool) {
	sum, n := 0.0, 0
	fits = b.combinations(row, v, func(at, cell int) bool {
		all := b.a.counts[at][cell]
		sum += float64(all-b.already[at][cell]) / float64(max(all, 1))
		n++
		return all > 0
	})
	return sum / float64(max(n, 1)), fits
}

// combinations visits those of a value with one or more of a record, as long as the
// aggregates are; false when visit stopped it.
func (b *builder) combinations(row []uint16, v value, visit func(at, cell int) bool) bool {
	chosen := [4]value{v}
	var walk func(size, from int) bool
	walk = func(size, from int) bool {
		for c := from; c < len(row) && size < b.a.Longest; c++ {
			if row[c] == 0 || c == v.column {
				continue
			}
			chosen[size] = value{c, row[c]}
			if !visit(b.cell(chosen[:size+1])) || !walk(size+1, c+1) {
				return false
			}
		}
		return true
	}
	return walk(1, 0)
}
