package disclosure

import (
	"errors"
	"math"
	"math/rand/v2"
)

// mostCombinations bounds the tables of one length together.
const mostCombinations = 1 << 27

// longer counts the combinations of k values all of whose parts are shown, also those
// that nobody has: which of them are counted follows from what is shown already.
func (m *marginals) longer(k int, epsilonRank, sigma float64) error {
	a := m.out
	first := len(a.sets)
	cells := 0.0
	for _, s := range upTo(len(a.Columns), k) {
		if s.size() != k {
			continue
		}
		if cells += s.cells(a.sizes); cells > mostCombinations {
			return errors.New("more combinations than fit into memory: name fewer columns with --keys, or group their values")
		}
		m.add(s, int(s.cells(a.sizes)))
	}
	sets := a.sets[first:]
	each(len(sets), m.workers, func(i int) { m.openCells(first + i) })
	has := m.owned(first, k)
	most := m.bound(has, epsilonRank)
	v, err := NewVariance(sigma * sigma * float64(most))
	if err != nil {
		return err
	}
	m.contribute(first, most)
	limit := 0.0
	if m.Fabricated < 1 {
		limit = math.Sqrt(v.Float()) * math.Sqrt2 * math.Erfinv(1-m.Fabricated)
	}
	for i := range sets {
		counts, alive := a.counts[first+i], m.alive[first+i]
		for cell, ok := range alive {
			if !ok {
				continue
			}
			n := int64(counts[cell]) + m.chance.Gaussian(v)
			if n <= 0 || float64(n) <= limit {
				n, alive[cell] = 0, false
			}
			counts[cell] = int32(min(n, math.MaxInt32))
		}
	}
	return nil
}

// openCells marks the cells of a table all of whose parts of one value less are shown.
func (m *marginals) openCells(at int) {
	a := m.out
	s := a.sets[at]
	for i := range m.alive[at] {
		m.alive[at][i] = true
	}
	for _, c := range s.columns() {
		part := a.place[s&^(1<<c)]
		for cell, to := range project(s, a.sets[part], a.sizes) {
			if !m.alive[part][to] {
				m.alive[at][cell] = false
			}
		}
	}
}

// cell of a person in a table, or -1 where a value is missing or the cell is closed.
func (m *marginals) cell(at, person int) int {
	cell := 0
	for s := m.out.sets[at]; s != 0; s &= s - 1 {
		c := (s & -s).columns1()
		code := int(m.r.Codes[c][person])
		if code == 0 {
			return -1
		}
		cell = cell*m.out.sizes[c] + code
	}
	if !m.alive[at][cell] {
		return -1
	}
	return cell
}

// block is how many persons one core takes at a time.
const block = 4096

// owned counts the persons with 0, 1, … open combinations, up to C(d,k) of them.
func (m *marginals) owned(first, k int) []int64 {
	most := 1
	for i := range k {
		most = most * (len(m.out.Columns) - i) / (i + 1)
	}
	n := m.r.Persons()
	parts := make([][]int64, (n+block-1)/block)
	each(len(parts), m.workers, func(b int) {
		parts[b] = make([]int64, most+1)
		for i := b * block; i < min(n, (b+1)*block); i++ {
			has := 0
			for at := first; at < len(m.out.sets); at++ {
				if m.cell(at, i) >= 0 {
					has++
				}
			}
			parts[b][has]++
		}
	})
	all := make([]int64, most+1)
	for _, p := range parts {
		for i, x := range p {
			all[i] += x
		}
	}
	return all
}

// contribute counts every person in at most so many combinations, drawn evenly. Each
// block of persons has dice of its own, so that the cores do not matter.
func (m *marginals) contribute(first, most int) {
	n := m.r.Persons()
	blocks := (n + block - 1) / block
	dice := make([]*rand.Rand, blocks)
	for b := range dice {
		dice[b] = m.chance.stream()
	}
	type one struct{ at, cell int32 }
	for from := 0; from < blocks; from += m.workers {
		some := min(m.workers, blocks-from)
		found := make([][]one, some)
		each(some, m.workers, func(w int) {
			b := from + w
			var mine []one
			for i := b * block; i < min(n, (b+1)*block); i++ {
				mine = mine[:0]
				for at := first; at < len(m.out.sets); at++ {
					if cell := m.cell(at, i); cell >= 0 {
						mine = append(mine, one{int32(at), int32(cell)})
					}
				}
				for k := 0; k < min(most, len(mine)); k++ {
					j := k + dice[b].IntN(len(mine)-k)
					mine[k], mine[j] = mine[j], mine[k]
				}
				found[w] = append(found[w], mine[:min(most, len(mine))]...)
			}
		})
		for _, list := range found {
			for _, f := range list {
				m.out.counts[f.at][f.cell]++
			}
		}
	}
}

// agree makes no count larger than that of a part of it.
func (a *Aggregates) agree() {
	for i, s := range a.sets {
		if s.size() == 1 {
			continue
		}
		for _, c := range s.columns() {
			part := a.place[s&^(1<<c)]
			for cell, to := range project(s, a.sets[part], a.sizes) {
				a.counts[i][cell] = min(a.counts[i][cell], a.counts[part][to])
			}
		}
	}
}

// Each calls see for every combination that is shown: columns, codes and count.
func (a *Aggregates) Each(see func(columns []int, codes []int, count int)) {
	for i, s := range a.sets {
		cols := s.columns()
		codes := make([]int, len(cols))
		for cell, n := range a.counts[i] {
			if n <= 0 {
				continue
			}
			rest := cell
			for k := len(cols) - 1; k >= 0; k-- {
				codes[k] = rest % a.sizes[cols[k]]
				rest /= a.sizes[cols[k]]
			}
			see(cols, codes, int(n))
		}
	}
}
