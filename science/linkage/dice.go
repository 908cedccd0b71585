package linkage

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"runtime"
	"slices"
	"sync"
)

// Dice is 2·|a and b| / (|a| + |b|) over the bits set in two encodings of one
// length, 0 to 1; two without any bit set are 0.
func Dice(a, b []byte) float64 {
	if len(a) != len(b) {
		return 0
	}
	both, sum := 0, 0
	for i := range a {
		both += bits.OnesCount8(a[i] & b[i])
		sum += bits.OnesCount8(a[i]) + bits.OnesCount8(b[i])
	}
	if sum == 0 {
		return 0
	}
	return 2 * float64(both) / float64(sum)
}

// ReadEncodings reads a file of encodings as clkhash writes it: {"clks": ["base64", …]}.
func ReadEncodings(text []byte) ([][]byte, error) {
	var file struct {
		CLKs [][]byte `json:"clks"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("not a file of encodings: %w", err)
	}
	if len(file.CLKs) == 0 {
		return nil, errors.New("the file holds no encoding")
	}
	return file.CLKs, nil
}

// Likeness is a pair of encodings, by their places, and their Dice coefficient.
type Likeness struct {
	A, B int32
	Dice float64
}

// filters are encodings as words, with the bits set in each.
type filters struct {
	words int
	bits  []uint64 // words a record
	set   []int32
}

func filtersOf(clks [][]byte, length int) (f filters, err error) {
	f.words = (length + 7) / 8
	f.bits = make([]uint64, len(clks)*f.words)
	f.set = make([]int32, len(clks))
	for i, c := range clks {
		if len(c) != length {
			return f, fmt.Errorf("encoding %d has %d bytes, the first has %d", i+1, len(c), length)
		}
		var room [8]byte
		for w := range f.words {
			clear(room[:])
			copy(room[:], c[8*w:])
			f.bits[i*f.words+w] = binary.LittleEndian.Uint64(room[:])
			f.set[i] += int32(bits.OnesCount64(f.bits[i*f.words+w]))
		}
	}
	return f, nil
}

// MostLike lists every pair across two sets of encodings whose Dice coefficient
// is at least the threshold, most alike first. It compares all with all, on all
// cores; ctx stops it.
func MostLike(ctx context.Context, a, b [][]byte, threshold float64) ([]Likeness, error) {
	if len(a) == 0 || len(b) == 0 {
		return nil, nil
	}
	fa, err := filtersOf(a, len(a[0]))
	if err != nil {
		return nil, fmt.Errorf("first set: %w", err)
	}
	fb, err := filtersOf(b, len(a[0]))
	if err != nil {
		return nil, fmt.Errorf("second set: %w", err)
	}
	rows := make([][]Likeness, len(a))
	var all sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(a) && ctx.Err() == nil; i += workers {
				rows[i] = fa.row(i, fb, threshold)
			}
		})
	}
	all.Wait()
	return ranked(rows), ctx.Err()
}

// ranked puts pairs in order of likeness, those alike in the order of their
// places. There are few different coefficients and there may be many millions of
// pairs: they are counted into place.
func ranked(rows [][]Likeness) []Likeness {
	counts := map[float64]int{}
	total := 0
	for _, row := range rows {
		total += len(row)
		for _, p := range row {
			counts[p.Dice]++
		}
	}
	values := slices.Sorted(maps.Keys(counts))
	at := 0
	for _, v := range slices.Backward(values) {
		counts[v], at = at, at+counts[v]
	}
	pairs := make([]Likeness, total)
	for _, row := range rows {
		for _, p := range row {
			pairs[counts[p.Dice]] = p
			counts[p.Dice]++
		}
	}
	return pairs
}

// row compares one encoding with all of another set.
func (f filters) row(i int, g filters, threshold float64) (found []Likeness) {
	one := f.bits[i*f.words : (i+1)*f.words]
	set := f.set[i]
	for j := range g.set {
		sum := set + g.set[j]
		need := int(threshold * float64(sum) / 2)
		if int(min(set, g.set[j])) < need { // they cannot have that many in common
			continue
		}
		both := inBoth(one, g.bits[j*f.words:(j+1)*f.words])
		if both >= need && sum > 0 {
			if dice := 2 * float64(both) / float64(sum); dice >= threshold {
				found = append(found, Likeness{int32(i), int32(j), dice})
			}
		}
	}
	return found
}

func inBoth(a, b []uint64) (n int) {
	if len(a) == 16 && len(b) == 16 { // 1,024 bits, the usual length
		x, y := (*[16]uint64)(a), (*[16]uint64)(b)
		for k := 0; k < 16; k += 4 {
			n += bits.OnesCount64(x[k]&y[k]) + bits.OnesCount64(x[k+1]&y[k+1]) + bits.OnesCount64(x[k+2]&y[k+2]) + bits.OnesCount64(x[k+3]&y[k+3])
		}
		return n
	}
	for k := range a {
		n += bits.OnesCount64(a[k] & b[k])
	}
	return n
}

// Greedy keeps of pairs, most alike first, those whose two records are not yet
// taken: each record has at most one partner.
func Greedy(pairs []Likeness) []Likeness {
	lastA, lastB := int32(0), int32(0)
	for _, p := range pairs {
		lastA, lastB = max(lastA, p.A), max(lastB, p.B)
	}
	takenA, takenB := make([]bool, lastA+1), make([]bool, lastB+1)
	var kept []Likeness
	for _, p := range pairs {
		if !takenA[p.A] && !takenB[p.B] {
			takenA[p.A], takenB[p.B] = true, true
			kept = append(kept, p)
		}
	}
	return kept
}
