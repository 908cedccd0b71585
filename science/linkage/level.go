package linkage

import (
	"math"
	"math/bits"
	"strings"
)

// judge finds levels, and remembers what it found of two values. Each worker has
// its own.
type judge struct {
	features []*feature
	memory   [][]remembered
	shift    int // of a mixed word, to a place in memory
}

type remembered struct {
	values uint64
	level  uint8
}

// memoryBits is how much is remembered of each feature at most: one megabyte.
const memoryBits = 16

// newJudge remembers as much as so many pairs have to say: a table of ten records must not
// cost a megabyte for each of its columns and workers.
func newJudge(features []*feature, pairs float64) *judge {
	room := min(memoryBits, bits.Len64(uint64(min(pairs, 1<<memoryBits))))
	j := &judge{features: features, memory: make([][]remembered, len(features)), shift: 64 - room}
	for i := range j.memory {
		j.memory[i] = make([]remembered, 1<<room)
	}
	return j
}

// pattern is the findings of a pair as one number: for each comparison 0 when a
// value is missing, else 1 + level, the first comparison lowest.
func (j *judge) pattern(a, b uint32) uint64 {
	var p, scale uint64 = 0, 1
	for i, f := range j.features {
		p += scale * uint64(j.finding(i, f, a, b))
		scale *= uint64(len(f.Levels) + 1)
	}
	return p
}

// finding is 0, or 1 + level.
func (j *judge) finding(i int, f *feature, a, b uint32) uint8 {
	x, y := f.codes[a], f.codes[b]
	if x == 0 || y == 0 {
		return 0
	}
	if x > y {
		x, y = y, x
	}
	var level uint8
	if x == y && f.exact == 0 && f.days == nil {
		return 1
	}
	values := uint64(x)<<32 | uint64(y)
	slot := &j.memory[i][(values*0x9E3779B97F4A7C15)>>j.shift]
	if slot.values == values {
		level = slot.level
	} else {
		level = f.level(x, y)
		*slot = remembered{values, level}
	}
	if s := f.swaps; s >= 0 && uint8(s) < level && f.swapped(a, b) {
		level = uint8(s)
	}
	return level + 1
}

// swapped looks from a to b only: that a's given name is b's surname is found by
// the comparison of given names, the reverse by that of surnames. Either way would
// count one coincidence twice (Isaac James, James Dixon).
func (f *feature) swapped(a, b uint32) bool {
	for _, other := range f.swap {
		if x, y := f.codes[a], other[b]; y != 0 && f.keys[x] == f.keys[y] && f.keys[x] != 0 {
			return true
		}
	}
	return false
}

// level is the first level whose test holds for two values.
func (f *feature) level(x, y uint32) uint8 {
	jw := -1.0
	for i, l := range f.Levels {
		holds := false
		switch l.Test {
		case "jw":
			if jw < 0 {
				jw = JaroWinkler(f.texts[x], f.texts[y])
			}
			holds = jw >= l.At
		case "else":
			holds = true
		default:
			holds = f.test(l, x, y)
		}
		if holds {
			return uint8(i)
		}
	}
	return uint8(len(f.Levels) - 1)
}

func (f *feature) test(l Level, x, y uint32) bool {
	a, b := f.texts[x], f.texts[y]
	switch l.Test {
	case "exact": // a date that is estimated on both sides is not the same day
		return x == y && (f.days == nil || !f.days[x].estimated)
	case "sound", "user":
		return f.keys[x] == f.keys[y] && f.keys[x] != 0
	case "typo":
		return within(a, b, int(l.At))
	case "shared":
		if f.words == nil {
			return false
		}
		share, n := shared(f.words[x], f.words[y], f.sounds[x], f.sounds[y], f.joined[x] == f.joined[y])
		return share >= l.At && (n > 1 || l.At < 1 || len(f.words[x]) == len(f.words[y]))
	case "within":
		k := int(l.At) - 1
		return k >= 0 && k < len(f.parents) && f.parents[k][x] == f.parents[k][y] && f.parents[k][x] != 0
	case "prefix":
		n := int(l.At)
		return len(a) >= n && len(b) >= n && strings.HasPrefix(b, a[:n])
	case "km", "apart":
		if f.points == nil {
			return false
		}
		if l.Test == "km" {
			return km(f.points[x], f.points[y]) <= l.At
		}
		return math.Abs(f.points[x][0]-f.points[y][0]) <= l.At
	}
	return f.days != nil && dated(l, f.days[x], f.days[y])
}

// dated are the tests of dates.
func dated(l Level, a, b day) bool {
	if a.ordinal == 0 || b.ordinal == 0 {
		return false
	}
	switch l.Test {
	case "estimated":
		return a.y == b.y && (a.estimated || b.estimated)
	case "exchanged":
		return a.y == b.y && a.m == b.d && a.d == b.m
	case "days":
		return math.Abs(float64(a.ordinal-b.ordinal)) <= l.At
	}
	return false
}
