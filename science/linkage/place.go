package linkage

import "slices"

// nestedShare is how many records must follow the rule before one column is taken
// to lie within another, and nestedRecords how many records a value has on average
// at the least: where nearly every value is new, anything seems to follow from it.
const (
	nestedShare   = 0.98
	nestedRecords = 5
)

// nest joins columns that lie within each other (colline, commune, province) into
// one comparison, the finest first. Apart they would be counted as independent
// findings, and two strangers of one commune would agree twice: the EM would take
// the surplus for pairs of one person.
func nest(t *Table, list []Comparison) []Comparison {
	size := func(c Comparison) int { return len(t.cells[t.column(c.Columns[0])].values) }
	var order []int
	for i, c := range list {
		if c.Role == Text || c.Role == Group {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return size(list[b]) - size(list[a]) })
	gone := make([]bool, len(list))
	for k, i := range order {
		for _, j := range order[k+1:] {
			fine := t.column(list[i].Columns[0])
			if !gone[i] && !gone[j] && len(list[i].Columns) < 4 && t.within(fine, t.column(list[j].Columns[0])) {
				list[i].Columns = append(slices.Clone(list[i].Columns), list[j].Columns[0])
				list[i].Role = Place
				gone[j] = true
			}
		}
	}
	var kept []Comparison
	for i, c := range list {
		if !gone[i] {
			kept = append(kept, c)
		}
	}
	return kept
}

// within says whether the value of one column nearly always tells that of another.
func (t *Table) within(fine, coarse int) bool {
	if (len(t.cells[fine].values)-1)*nestedRecords > t.n || len(t.cells[coarse].values) >= len(t.cells[fine].values) {
		return false
	}
	_, agree, both := t.parents(fine, coarse)
	return both > 0 && float64(agree) >= nestedShare*float64(both)
}

// parents gives for each value of a column the value of another that it stands
// with most, how many records agree with that, and how many have both.
func (t *Table) parents(fine, coarse int) (parent []uint32, agree, both int) {
	counts := map[[2]uint32]int{}
	a, b := t.cells[fine].codes, t.cells[coarse].codes
	for r := range a {
		if a[r] != 0 && b[r] != 0 {
			counts[[2]uint32{a[r], b[r]}]++
			both++
		}
	}
	parent = make([]uint32, len(t.cells[fine].values))
	most := make([]int, len(parent))
	for k, n := range counts {
		if n > most[k[0]] || n == most[k[0]] && k[1] < parent[k[0]] {
			parent[k[0]], most[k[0]] = k[1], n
		}
	}
	for _, n := range most {
		agree += n
	}
	return parent, agree, both
}

// placeLevels are the levels of places: the same, one letter wrong, and then each
// larger place.
func placeLevels(columns int) []Level {
	list := []Level{{Test: "exact"}, {Test: "jw", At: 0.92}}
	for k := 1; k < columns; k++ {
		list = append(list, Level{Test: "within", At: float64(k)})
	}
	return append(list, Level{Test: "else"})
}

// lift carries the parents of the cells' values over to the values as compared.
func (f *feature) lift(t *Table) {
	fine := t.column(f.Columns[0])
	for _, name := range f.Columns[1:] {
		parent, _, _ := t.parents(fine, t.column(name))
		of := make([]uint32, len(f.texts))
		for r, c := range f.codes {
			if c != 0 && of[c] == 0 {
				of[c] = parent[t.cells[fine].codes[r]]
			}
		}
		f.parents = append(f.parents, of)
	}
}
