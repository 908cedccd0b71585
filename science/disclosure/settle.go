package disclosure

import (
	"context"
	"math"
	"math/rand/v2"
)

// settler changes drawn records until their counts are those of the model. A sample
// of n records has counts that are off by the square root of what they should be,
// which is more than the noise of the measurements; a set of records can be chosen
// that has no such error. It looks at the model only: nothing is learnt of anybody.
//
// It minimises the squared error over the tables of the sets, by exchanging one
// record for another of a large pool drawn from the model.
type settler struct {
	sizes  []int
	first  [][2]int // the two first columns of the sets, each pair once
	sets   []tied
	rest   []float32 // count of the records less the aim, cell by cell, table after table
	weight []float32
}

// tied is a set of columns: its first two as a place in first, the third or -1, and
// where its table begins.
type tied struct {
	pair, third int
	start       int32
}

// newSettler takes the aims from a pool of records, scaled to n of them. Sets have
// two or three columns.
func newSettler(sizes []int, sets []set, pool [][]uint16, n, workers int) *settler {
	s := &settler{sizes: sizes}
	place := map[[2]int]int{}
	cells := 0
	for _, cols := range sets {
		c := cols.columns()
		pair := [2]int{c[0], c[1]}
		at, known := place[pair]
		if !known {
			at = len(s.first)
			place[pair] = at
			s.first = append(s.first, pair)
		}
		third := -1
		if len(c) == 3 {
			third = c[2]
		}
		s.sets = append(s.sets, tied{at, third, int32(cells)})
		cells += int(cols.cells(sizes))
	}
	s.rest, s.weight = make([]float32, cells), make([]float32, cells)
	factor := float64(n) / float64(len(pool[0]))
	each(len(sets), workers, func(i int) {
		count := make([]int32, int(sets[i].cells(sizes)))
		tally(pool, sizes, sets[i], count)
		for k, x := range count {
			aim := float64(x) * factor
			s.rest[int(s.sets[i].start)+k] = float32(-aim)
			s.weight[int(s.sets[i].start)+k] = float32(1 / math.Sqrt(aim+1))
		}
	})
	return s
}

// place finds the cells of a record.
func (s *settler) place(codes [][]uint16, record int, pairs, cells []int32) {
	for i, p := range s.first {
		pairs[i] = int32(codes[p[0]][record])*int32(s.sizes[p[1]]) + int32(codes[p[1]][record])
	}
	for i, t := range s.sets {
		at := pairs[t.pair]
		if t.third >= 0 {
			at = at*int32(s.sizes[t.third]) + int32(codes[t.third][record])
		}
		cells[i] = t.start + at
	}
}

// settle makes so many trials on the records, which it changes.
func (s *settler) settle(ctx context.Context, codes, pool [][]uint16, trials int, dice *rand.Rand, tell func(share float64)) error {
	n, many := len(codes[0]), len(pool[0])
	pairs, out, in := make([]int32, len(s.first)), make([]int32, len(s.sets)), make([]int32, len(s.sets))
	for i := range n {
		s.place(codes, i, pairs, out)
		for _, c := range out {
			s.rest[c]++
		}
	}
	for t := range trials {
		if t%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			tell(float64(t) / float64(trials))
		}
		i, j := dice.IntN(n), dice.IntN(many)
		s.place(codes, i, pairs, out)
		s.place(pool, j, pairs, in)
		if s.gain(out, in) >= 0 {
			continue
		}
		for k, c := range out {
			s.rest[c]--
			s.rest[in[k]]++
		}
		for c := range codes {
			codes[c][i] = pool[c][j]
		}
	}
	return nil
}

// gain is by how much the error changes when a record of the cells out becomes one of
// the cells in.
func (s *settler) gain(out, in []int32) float32 {
	sum := float32(0)
	in = in[:len(out)]
	for k, a := range out {
		if b := in[k]; a != b {
			sum += s.weight[b]*(2*s.rest[b]+1) - s.weight[a]*(2*s.rest[a]-1)
		}
	}
	return sum
}
