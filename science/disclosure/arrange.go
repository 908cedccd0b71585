package disclosure

import (
	"context"
	"math"
)

// exchanges is how often two records are tried for an exchange, for each record. Ten times
// as many bring pairs a little nearer, triples not.
const exchanges = 30

// arrange brings the counts of pairs and triples nearer to the aggregates: two records
// exchange what they have in one column, when that makes
//
//	Σ (records with the combination - count)² / √(count + 1)
//
// less and makes no combination that is not shown. What every column holds stays as it is.
// Records that grow value by value are right on average and off by chance, and those that
// grew last had to take what was left: this halves the error of pairs and triples. Synthetic
// Data Showcase does not do it.
func (b *builder) arrange(ctx context.Context, rows [][]uint16) error {
	if len(rows) < 2 || b.o.Forget {
		return nil
	}
	b.weigh()
	for at := range b.already {
		clear(b.already[at]) // records that house took apart are counted in it
	}
	for _, row := range rows {
		b.note(row)
	}
	trials := exchanges * len(rows)
	for t := range trials {
		if t%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if b.o.Tell != nil {
				b.o.Tell("bringing records nearer to the counts", float64(t)/float64(trials))
			}
		}
		x, y, c := rows[b.dice.IntN(len(rows))], rows[b.dice.IntN(len(rows))], b.dice.IntN(len(b.a.Columns))
		if x[c] != y[c] {
			b.exchange(x, y, c)
		}
	}
	return nil
}

// weigh sets what an error in each cell weighs.
func (b *builder) weigh() {
	b.weights = make([][]float32, len(b.a.counts))
	for at, counts := range b.a.counts {
		b.weights[at] = make([]float32, len(counts))
		for cell, n := range counts {
			b.weights[at][cell] = float32(1 / math.Sqrt(float64(n)+1))
		}
	}
}

// exchange exchanges the values of two records in a column if that is better.
func (b *builder) exchange(x, y []uint16, c int) {
	gain, fits := float32(0), true
	move := func(row []uint16, code uint16, by int32) {
		if code == 0 || !fits && by > 0 {
			return
		}
		b.combinations(row, value{c, code}, func(at, cell int) bool {
			off := b.already[at][cell] - b.a.counts[at][cell]
			gain += b.weights[at][cell] * float32(by*(2*off+by))
			b.already[at][cell] += by
			fits = fits && (by < 0 || b.a.counts[at][cell] > 0)
			return true
		})
	}
	move(x, x[c], -1)
	move(y, y[c], -1)
	move(x, y[c], +1)
	tried := fits
	move(y, x[c], +1)
	if fits && gain < -1e-3 {
		x[c], y[c] = y[c], x[c]
		return
	}
	// Back, without asking.
	restore := func(row []uint16, code uint16, by int32) {
		if code == 0 {
			return
		}
		b.combinations(row, value{c, code}, func(at, cell int) bool {
			b.already[at][cell] += by
			return true
		})
	}
	restore(x, x[c], +1)
	restore(y, y[c], +1)
	restore(x, y[c], -1)
	if tried {
		restore(y, x[c], -1)
	}
}
