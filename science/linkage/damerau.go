package linkage

// Damerau is the least number of letters inserted, left out, replaced or of
// neighbours exchanged that turns one text into the other, no part edited twice
// ("optimal string alignment"). It is at most max(len) and 0 only for equals.
func Damerau(a, b string) int {
	return edits([]rune(a), []rune(b), true)
}

// Levenshtein is the same without the exchange of neighbours.
func Levenshtein(a, b string) int {
	return edits([]rune(a), []rune(b), false)
}

// within says whether Damerau(a, b) <= most, quickly when it is not.
func within(a, b string, most int) bool {
	if d := len(a) - len(b); plain(a) && plain(b) {
		if d > most || -d > most {
			return false
		}
		for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
			a, b = a[1:], b[1:]
		}
		for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
			a, b = a[:len(a)-1], b[:len(b)-1]
		}
		// What differs at both ends of the rest costs one edit an end, or one
		// exchange when the rest is two letters.
		if most < 2 && min(len(a), len(b)) > 2 {
			return false
		}
		if len(a) < shortest && len(b) < shortest {
			return editsShort(a, b) <= most
		}
	}
	return Damerau(a, b) <= most
}

// shortest texts are compared without a place in the heap.
const shortest = 32

func editsShort(a, b string) int {
	var room [3][shortest]int
	two, one, now := &room[0], &room[1], &room[2]
	for j := range len(b) + 1 {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
		}
		two, one, now = one, now, two
	}
	return one[len(b)]
}

func edits(a, b []rune, exchange bool) int {
	two, one, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if exchange && i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
		}
		two, one, now = one, now, two
	}
	return one[len(b)]
}
