package disclosure

import (
	"context"
	"errors"
	"math/bits"
	"math/rand/v2"
)

// Rows are the settings of the k-anonymous synthesiser that starts from real records.
// It makes no promise of differential privacy: it hides who is rare, and nothing else.
// Two such releases about the same people can be compared, and somebody who knows most
// of a person's values may learn the rest. It is for one release, to readers who are
// bound by an agreement.
type Rows struct {
	K     int      // every combination of values that comes out, of any length, is of K persons at least; 11
	Zeros []string // columns in which "0" is a value like any other
	Tell  func(step string, share float64)
}

// Synthesize makes records. From each real one it takes values, each with a weight of
// how many persons have it together with those taken before, as long as K have; then
// single values that came out too seldom get further records, and those that came out
// too often are taken out again, until each is there ⌊n/K⌋·K times for the n persons
// that have it (row-seeded synthesis of Synthetic Data Showcase).
func (o Rows) Synthesize(ctx context.Context, r *Records, dice *rand.Rand) (*Records, error) {
	if o.K == 0 {
		o.K = 11
	}
	if o.K < 2 {
		return nil, errors.New("k is at least 2: a combination of one person is that person")
	}
	s := &seeded{Rows: o, r: r.present(o.Zeros), dice: dice}
	s.index()
	n := s.r.Persons()
	for i := range n {
		if i%256 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if o.Tell != nil {
				o.Tell("taking values", float64(i)/float64(n))
			}
		}
		s.grow(s.seed(i))
	}
	if err := s.fill(ctx); err != nil {
		return nil, err
	}
	s.thin()
	return s.records(), nil
}

// seeded is a run.
type seeded struct {
	Rows
	r      *Records
	dice   *rand.Rand
	bits   [][][]uint64 // by column and code: who has it, one bit a person
	have   [][]int      // by column and code: persons
	made   [][]int      // by column and code: records
	rows   [][]uint16
	shared []uint64
}

func (s *seeded) index() {
	words := (s.r.Persons() + 63) / 64
	for c, codes := range s.r.Codes {
		sets := make([][]uint64, len(s.r.Values[c]))
		for v := range sets {
			sets[v] = make([]uint64, words)
		}
		n := make([]int, len(sets))
		for i, code := range codes {
			sets[code][i/64] |= 1 << (i % 64)
			n[code]++
		}
		s.bits, s.have, s.made = append(s.bits, sets), append(s.have, n), append(s.made, make([]int, len(sets)))
	}
	s.shared = make([]uint64, words)
}

// seed lists the values of a person that K have.
func (s *seeded) seed(i int) []value {
	var some []value
	for c := range s.r.Codes {
		if code := s.r.Codes[c][i]; code != 0 && s.have[c][code] >= s.K {
			some = append(some, value{c, code})
		}
	}
	return some
}

// grow makes a record of some of the values; it uses them up.
func (s *seeded) grow(some []value) {
	row := make([]uint16, len(s.r.Columns))
	for i := range s.shared {
		s.shared[i] = ^uint64(0)
	}
	weight := make([]int, len(some))
	for first := true; len(some) > 0; first = false {
		sum := 0
		for i, v := range some {
			n := s.have[v.column][v.code]
			if !first {
				n = s.together(v)
			}
			if weight[i] = n; n < s.K {
				weight[i] = 0
			}
			sum += weight[i]
		}
		if sum == 0 {
			break
		}
		u, at := s.dice.IntN(sum), 0
		for u >= weight[at] {
			u -= weight[at]
			at++
		}
		v := some[at]
		row[v.column] = v.code
		s.made[v.column][v.code]++
		for i, w := range s.bits[v.column][v.code] {
			s.shared[i] &= w
		}
		keep := some[:0]
		for i, w := range some { // who shares too little now shares no more later
			if i != at && weight[i] > 0 && w.column != v.column {
				keep = append(keep, w)
			}
		}
		some = keep
	}
	s.rows = append(s.rows, row)
}

// together is how many persons have v and all that the record has.
func (s *seeded) together(v value) int {
	n := 0
	for i, w := range s.bits[v.column][v.code] {
		n += bits.OnesCount64(w & s.shared[i])
	}
	return n
}

// target is how often a value is to come out.
func (s *seeded) target(c, code int) int { return s.have[c][code] / s.K * s.K }

// fill makes further records of the values that came out too seldom.
func (s *seeded) fill(ctx context.Context) error {
	for round := 0; ; round++ {
		if round%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var short []value
		for c := range s.made {
			for code := 1; code < len(s.made[c]); code++ {
				if s.made[c][code] < s.target(c, code) {
					short = append(short, value{c, uint16(code)})
				}
			}
		}
		if len(short) == 0 {
			return nil
		}
		s.grow(short)
	}
}

// thin takes values that came out too often out of records, drawn evenly.
func (s *seeded) thin() {
	for c := range s.made {
		for code := 1; code < len(s.made[c]); code++ {
			extra := s.made[c][code] - s.target(c, code)
			if extra <= 0 {
				continue
			}
			var with []int
			for i, row := range s.rows {
				if int(row[c]) == code {
					with = append(with, i)
				}
			}
			s.dice.Shuffle(len(with), func(i, j int) { with[i], with[j] = with[j], with[i] })
			for _, i := range with[:extra] {
				s.rows[i][c] = 0
			}
		}
	}
}

// records gives the rows that are not empty, in an even order.
func (s *seeded) records() *Records {
	out := &Records{Columns: s.r.Columns, Values: s.r.Values, Codes: make([][]uint16, len(s.r.Columns))}
	s.dice.Shuffle(len(s.rows), func(i, j int) { s.rows[i], s.rows[j] = s.rows[j], s.rows[i] })
	for _, row := range s.rows {
		empty := true
		for _, code := range row {
			empty = empty && code == 0
		}
		if empty {
			continue
		}
		for c, code := range row {
			out.Codes[c] = append(out.Codes[c], code)
		}
		out.Rows++
	}
	return out
}
