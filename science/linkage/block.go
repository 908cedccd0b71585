package linkage

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"
)

// allPairs is the number of pairs up to which every pair is compared; above it
// records must agree on something first.
const allPairs = 2_000_000

// Budgets of blocking, chosen for the clock and not for any table: pairs a record
// in all and by one rule, the least they come to, and the most rules.
const (
	pairsARecord = 30
	leastBudget  = 10_000_000.0
	rulesShare   = 6 // one rule may make a sixth of the pairs
	mostRules    = 24
	blockSample  = 100_000
	blockWorkers = 8
)

// atom is one thing that two records can agree on: a code a record, 0 missing.
type atom struct {
	name    string
	feature int
	codes   []uint32
	weak    bool // only together with others
}

// rule is a set of atoms that must agree, and its key for each record; 0 never
// agrees.
type rule struct {
	Names []string
	keys  []uint64
}

// atoms are the values of each feature; of names their sound and the first
// letters of it, of dates also the year.
func atoms(features []*feature) []atom {
	var all []atom
	for i, f := range features {
		name := f.Columns[0]
		if f.keys != nil && f.Role != Born && f.Role != Email {
			switch f.Role {
			case Given, Surname, FullName:
				all = append(all, atom{name + " (sound)", i, mapped(f, func(c uint32) uint32 { return f.keys[c] }), false})
				d := newDictionary()
				all = append(all, atom{name + " (beginning)", i, mapped(f, func(c uint32) uint32 { return d.of(beginning(f.texts[c])) }), true})
				continue
			}
		}
		all = append(all, atom{name, i, f.codes, f.Role == Group || f.Role == Age || f.Role == Month || f.Role == Day})
		switch f.Role {
		case Born:
			all = append(all, atom{name + " (year)", i, mapped(f, func(c uint32) uint32 { return uint32(f.days[c].y) }), true})
			all = append(all, atom{name + " (day, month)", i, mapped(f, func(c uint32) uint32 {
				if d := f.days[c]; !d.estimated {
					return uint32(d.m*32 + d.d)
				}
				return 0
			}), true})
		case Place:
			for k, of := range f.parents {
				all = append(all, atom{f.Columns[k+1], i, mapped(f, func(c uint32) uint32 { return of[c] }), true})
			}
		case Email:
			all = append(all, atom{name + " (before the @)", i, mapped(f, func(c uint32) uint32 { return f.keys[c] }), false})
		}
	}
	return all
}

func mapped(f *feature, of func(code uint32) uint32) []uint32 {
	to := make([]uint32, len(f.texts))
	for c := 1; c < len(to); c++ {
		to[c] = of(uint32(c))
	}
	codes := make([]uint32, len(f.codes))
	for r, c := range f.codes {
		codes[r] = to[c]
	}
	return codes
}

func beginning(s string) string {
	s = Sound(s)
	return s[:min(3, len(s))]
}

// blocking are the rules of a model, or rules chosen from the data: the broadest
// that keep within the budget. First single atoms, then two together, then three;
// a rule that another one contains is left out. Neither truth nor weights are
// looked at.
func blocking(t *Table, m *Model, features []*feature) []rule {
	if len(m.Blocking) > 0 {
		return told(t, m, features)
	}
	if t.pairs() <= allPairs {
		return []rule{{Names: []string{"every pair"}, keys: slices.Repeat([]uint64{1}, t.n)}}
	}
	all := atoms(features)
	total := max(leastBudget, pairsARecord*float64(t.n))
	sample, scale := t.sample()
	var chosen [][]int
	spent := 0.0
	for size := 1; size <= 3; size++ {
		type candidate struct {
			atoms []int
			pairs float64
		}
		var list []candidate
		each(len(all), size, func(pick []int) {
			if !sensible(all, pick) || slices.ContainsFunc(chosen, func(c []int) bool { return contains(c, pick) }) {
				return
			}
			list = append(list, candidate{atoms: slices.Clone(pick)})
		})
		var counting sync.WaitGroup
		for w := range blockWorkers {
			counting.Go(func() {
				for i := w; i < len(list); i += blockWorkers {
					list[i].pairs = groupPairs(keysOf(all, list[i].atoms, sample)) * scale
				}
			})
		}
		counting.Wait()
		list = slices.DeleteFunc(list, func(c candidate) bool { return c.pairs > total/rulesShare })
		slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.pairs, b.pairs) })
		for _, c := range list {
			if len(chosen) < mostRules && spent+c.pairs <= total {
				chosen = append(chosen, c.atoms)
				spent += c.pairs
			}
		}
	}
	rules := make([]rule, len(chosen))
	for i, pick := range chosen {
		for _, a := range pick {
			rules[i].Names = append(rules[i].Names, all[a].name)
		}
		rules[i].keys = keysOf(all, pick, nil)
	}
	return rules
}

// sensible rules name each feature once and are not made of weak atoms alone.
func sensible(all []atom, pick []int) bool {
	weak := 0
	for i, a := range pick {
		if all[a].weak {
			weak++
		}
		for _, b := range pick[:i] {
			if all[a].feature == all[b].feature {
				return false
			}
		}
	}
	return weak < len(pick) && (len(pick) < 3 || weak < 2)
}

// contains says whether rule a contains all pairs of rule b.
func contains(a, b []int) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// each lists the ways to pick some of n things.
func each(n, size int, fn func([]int)) {
	var pick []int
	var next func(from int)
	next = func(from int) {
		if len(pick) == size {
			fn(pick)
			return
		}
		for i := from; i < n; i++ {
			pick = append(pick, i)
			next(i + 1)
			pick = pick[:len(pick)-1]
		}
	}
	next(0)
}

// told are the rules of the model: the values as compared, names by sound.
func told(t *Table, m *Model, features []*feature) []rule {
	all := atoms(features)
	rules := make([]rule, len(m.Blocking))
	for i, names := range m.Blocking {
		var pick []int
		for _, name := range names {
			for a := range all {
				if features[all[a].feature].Columns[0] == name {
					pick = append(pick, a)
					break
				}
			}
		}
		rules[i] = rule{names, keysOf(all, pick, nil)}
	}
	return rules
}

// keysOf mixes the codes of atoms into one key a record; 0 when one is missing.
// Two sets of codes share a key by chance once in 2^64.
func keysOf(all []atom, pick []int, sample []int) []uint64 {
	n := len(all[pick[0]].codes)
	if sample != nil {
		n = len(sample)
	}
	keys := make([]uint64, n)
	for i := range keys {
		r := i
		if sample != nil {
			r = sample[i]
		}
		key := uint64(1)
		for _, a := range pick {
			c := all[a].codes[r]
			if c == 0 {
				key = 0
				break
			}
			key = mix(key, uint64(c))
		}
		keys[i] = key
	}
	return keys
}

// mix is a step of SplitMix64 (Steele, Lea & Flood 2014).
func mix(key, c uint64) uint64 {
	z := (key^c)*0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15 + c
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// groupPairs is how many pairs agree on a key.
func groupPairs(keys []uint64) float64 {
	keys = slices.DeleteFunc(keys, func(k uint64) bool { return k == 0 })
	slices.Sort(keys)
	sum, from := 0.0, 0
	for i := 1; i <= len(keys); i++ {
		if i == len(keys) || keys[i] != keys[from] {
			n := float64(i - from)
			sum += n * (n - 1) / 2
			from = i
		}
	}
	return sum
}

// sample picks records to count rules on, and by how much to multiply.
func (t *Table) sample() ([]int, float64) {
	all := make([]int, t.n)
	for i := range all {
		all[i] = i
	}
	if t.n <= blockSample {
		return all, 1
	}
	random := rand.New(rand.NewPCG(1, uint64(t.n)))
	for i := range blockSample {
		j := i + random.IntN(t.n-i)
		all[i], all[j] = all[j], all[i]
	}
	scale := float64(t.n) / blockSample
	return all[:blockSample], scale * scale
}

// pairs is how many pairs of records could be one person: all pairs in one file,
// pairs across files when there are several.
func (t *Table) pairs() float64 {
	n := float64(t.n)
	sum := n * (n - 1) / 2
	if len(t.Starts) == 1 {
		return sum
	}
	for f, start := range t.Starts {
		end := t.n
		if f+1 < len(t.Starts) {
			end = t.Starts[f+1]
		}
		k := float64(end - start)
		sum -= k * (k - 1) / 2
	}
	return sum
}
