package disclosure

// upTo lists the sets of 1 to most of the columns, small ones first.
func upTo(columns, most int) []set {
	var all []set
	last := []set{0}
	for range min(most, columns) {
		var next []set
		for _, s := range last {
			from := 0
			for c := columns - 1; c >= 0; c-- {
				if s.has(c) {
					from = c + 1
					break
				}
			}
			for c := from; c < columns; c++ {
				next = append(next, s|1<<c)
			}
		}
		all = append(all, next...)
		last = next
	}
	return all
}

// tally counts the records of each cell of the table over s into out, which has as
// many cells.
func tally(codes [][]uint16, sizes []int, s set, out []int32) {
	clear(out)
	cols := s.columns()
	switch len(cols) {
	case 1:
		for _, a := range codes[cols[0]] {
			out[a]++
		}
	case 2:
		a, n := codes[cols[0]], int32(sizes[cols[1]])
		for i, b := range codes[cols[1]] {
			out[int32(a[i])*n+int32(b)]++
		}
	case 3:
		a, b, n, m := codes[cols[0]], codes[cols[1]], int32(sizes[cols[1]]), int32(sizes[cols[2]])
		b = b[:len(a)]
		for i, c := range codes[cols[2]][:len(a)] {
			out[(int32(a[i])*n+int32(b[i]))*m+int32(c)]++
		}
	default:
		for i := range codes[cols[0]] {
			at := int32(0)
			for _, c := range cols {
				at = at*int32(sizes[c]) + int32(codes[c][i])
			}
			out[at]++
		}
	}
}

// tallies counts every one of the sets.
func tallies(codes [][]uint16, sizes []int, sets []set, workers int) [][]int32 {
	all := make([][]int32, len(sets))
	each(len(sets), workers, func(i int) {
		all[i] = make([]int32, int(sets[i].cells(sizes)))
		tally(codes, sizes, sets[i], all[i])
	})
	return all
}
