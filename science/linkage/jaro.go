package linkage

import (
	"math/bits"
	"unicode/utf8"
)

// winklerScale and winklerPrefix are Winkler's own: a tenth of what is missing is
// given back for each of the first four letters that agree (Winkler 1990,
// "String Comparator Metrics and Enhanced Decision Rules").
const (
	winklerScale  = 0.1
	winklerPrefix = 4
)

// JaroWinkler is the similarity of two texts, 0 to 1, letters counted as runes.
// There is no boost threshold: the prefix counts however unlike the rest is, as
// in R's RecordLinkage and in DuckDB. Two empty texts are alike (1); an empty
// and a full one are not (0).
func JaroWinkler(a, b string) float64 {
	sim, prefix := jaro(a, b)
	return sim + float64(prefix)*winklerScale*(1-sim)
}

// Jaro is (c/|a| + c/|b| + (c-t)/c)/3 with c letters in common, no further apart
// than half the longer text, and t of them out of order, two by two (Jaro 1989).
func Jaro(a, b string) float64 {
	sim, _ := jaro(a, b)
	return sim
}

// jaro also counts how many first letters agree, at most winklerPrefix.
func jaro(a, b string) (float64, int) {
	if a == b {
		return 1, 0
	}
	if len(a) <= 64 && len(b) <= 64 && plain(a) && plain(b) {
		return jaroShort(a, b)
	}
	return jaroLong([]rune(a), []rune(b))
}

// plain says whether a text is ASCII, so that its bytes are its letters.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// jaroShort keeps which letters are taken in one word a text: names are short and
// there are many millions of pairs of them.
func jaroShort(a, b string) (float64, int) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	window := max(0, max(len(a), len(b))/2-1)
	var inA, inB uint64
	for i := range len(a) {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if a[i] == b[j] && inB&(1<<j) == 0 {
				inA |= 1 << i
				inB |= 1 << j
				break
			}
		}
	}
	common := bits.OnesCount64(inA)
	if common == 0 {
		return 0, 0
	}
	moved := 0
	for inA != 0 {
		if a[bits.TrailingZeros64(inA)] != b[bits.TrailingZeros64(inB)] {
			moved++
		}
		inA &= inA - 1
		inB &= inB - 1
	}
	prefix := 0
	for prefix < min(winklerPrefix, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaroOf(common, moved, len(a), len(b)), prefix
}

func jaroLong(a, b []rune) (float64, int) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	window := max(0, max(len(a), len(b))/2-1)
	taken := make([]bool, len(b))
	var inA []rune
	for i, r := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if r == b[j] && !taken[j] {
				taken[j] = true
				inA = append(inA, r)
				break
			}
		}
	}
	if len(inA) == 0 {
		return 0, 0
	}
	moved, at := 0, 0
	for j, r := range b {
		if taken[j] {
			if inA[at] != r {
				moved++
			}
			at++
		}
	}
	prefix := 0
	for prefix < min(winklerPrefix, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaroOf(len(inA), moved, len(a), len(b)), prefix
}

func jaroOf(common, moved, la, lb int) float64 {
	c := float64(common)
	return (c/float64(la) + c/float64(lb) + (c-float64(moved/2))/c) / 3
}
