package disclosure

import (
	"math/rand/v2"
)

// draw makes n records from the beliefs of the tree, by column and then by record.
// Within a clique, and given the values it shares with its parent, the cells get as
// many records as they should, but for the part under one, which falls by chance
// (systematic sampling): the clique's own counts carry almost no error of sampling.
func (j *junction) draw(n int, dice *rand.Rand) [][]uint16 {
	codes := make([][]uint16, len(j.sizes))
	for c := range codes {
		codes[c] = make([]uint16, n)
	}
	for _, node := range j.nodes {
		cells, start := node.bySeparator()
		list := node.fresh(j.sizes)
		people, from := node.people(codes, n, j.sizes)
		for s := range len(start) - 1 {
			group := people[from[s]:from[s+1]]
			if len(group) == 0 {
				continue
			}
			dice.Shuffle(len(group), func(a, b int) { group[a], group[b] = group[b], group[a] })
			systematic(node.table, cells[start[s]:start[s+1]], len(group), dice.Float64(), func(i int, cell int32) {
				for _, f := range list {
					codes[f.column][group[i]] = uint16(cell / f.stride % f.size)
				}
			})
		}
	}
	return codes
}

// systematic gives each of n places a cell, in proportion to the table.
func systematic(table []float64, cells []int32, n int, begin float64, put func(i int, cell int32)) {
	whole := 0.0
	for _, c := range cells {
		whole += table[c]
	}
	if !(whole > 0) { // nothing is held possible: anything is
		for i := range n {
			put(i, cells[i%len(cells)])
		}
		return
	}
	sum, i := 0.0, 0
	for _, c := range cells {
		sum += table[c] / whole * float64(n)
		for ; i < n && begin+float64(i) < sum; i++ {
			put(i, c)
		}
	}
	for ; i < n; i++ { // rounding left one over
		put(i, cells[len(cells)-1])
	}
}

// bySeparator lists the cells of the node by their cell of the separator.
func (n *node) bySeparator() (cells []int32, start []int32) {
	if n.parent == nil {
		cells = make([]int32, len(n.table))
		for i := range cells {
			cells[i] = int32(i)
		}
		return cells, []int32{0, int32(len(cells))}
	}
	return sorted(n.up, len(n.message))
}

// sorted lists places by their group, groups rising: a counting sort.
func sorted(group []int32, groups int) (places, start []int32) {
	start = make([]int32, groups+1)
	for _, g := range group {
		start[g+1]++
	}
	for i := range groups {
		start[i+1] += start[i]
	}
	next := append([]int32(nil), start...)
	places = make([]int32, len(group))
	for i, g := range group {
		places[next[g]] = int32(i)
		next[g]++
	}
	return places, start
}

// people groups the records by what they have in the separator.
func (n *node) people(codes [][]uint16, count int, sizes []int) (people, from []int32) {
	group := make([]int32, count)
	for _, c := range n.sep.columns() {
		for i, code := range codes[c] {
			group[i] = group[i]*int32(sizes[c]) + int32(code)
		}
	}
	return sorted(group, max(1, len(n.message)))
}

// fresh are the columns that a node does not have from its parent, with the stride
// of each in its table.
func (n *node) fresh(sizes []int) (list []fresh) {
	stride := int32(1)
	for i := len(n.list) - 1; i >= 0; i-- {
		c := n.list[i]
		if !n.sep.has(c) {
			list = append(list, fresh{c, stride, int32(sizes[c])})
		}
		stride *= int32(sizes[c])
	}
	return list
}

type fresh struct {
	column       int
	stride, size int32
}
