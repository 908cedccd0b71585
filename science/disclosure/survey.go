package disclosure

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// Survey is a table of people whose risk is to be measured: what somebody may know of
// them, what they must not learn, how many persons of the population each stands for,
// and who lives together.
type Survey struct {
	*Records             // the keys first, then what is sensitive
	Keys       int       // how many of the columns are keys
	Weights    []float64 // by person, 1 or more; nil: each stands for one person, a full register
	Counts     []int     // by person, of a file of counts; nil: each is one person
	Households []int32   // by person, numbered as they appear; nil: not known
	Marks      []uint64  // by person, what a secret makes of their name; nil: no secret or no names
}

// SurveyReading says what is read, and as what.
type SurveyReading struct {
	Reading            // Keys are what somebody may know of a person; they are never guessed
	Sensitive []string // columns that nobody should learn of a person, with any number of values
	Weights   string   // column with how many persons of the population a person stands for
	Counts    string   // column with how many persons a row stands for, a whole number; not with Unit
	Household string   // column that says who lives together
	Secret    []byte   // makes a mark of each name in the column Unit, for [Linked.Perturb]
}

// ReadSurvey reads as [ReadRecords] does. Rows of one person must agree on weight and
// household. An error says the row and the column, never what stands there.
func ReadSurvey(in io.Reader, o SurveyReading) (*Survey, error) {
	switch {
	case len(o.Keys) == 0:
		return nil, errors.New("the columns that somebody may know of a person must be named")
	case o.Unit != "" && o.Counts != "":
		return nil, errors.New("a row that stands for several persons is not about one: a column of counts does not go with one of persons")
	}
	more := &besides{o: o, weight: -1, count: -1, house: -1, keys: len(o.Keys), homes: map[string]int32{}}
	l, err := load(in, o.Reading, more)
	if err != nil {
		return nil, err
	}
	s := &Survey{Records: l.out, Keys: more.keys}
	if more.weight >= 0 {
		s.Weights = more.weights
	}
	if more.count >= 0 {
		s.Counts = more.counts
	}
	if more.house >= 0 {
		s.Households = more.houses
	}
	if len(o.Secret) > 0 && l.unit >= 0 {
		s.Marks = make([]uint64, s.Persons())
		for name, i := range l.person {
			s.Marks[i] = number(o.Secret, "person", name)
		}
	}
	return s, nil
}

// besides is what a survey wants of each row beside its codes.
type besides struct {
	o                    SurveyReading
	keys                 int // columns that are keys
	weight, count, house int // columns of the file, or -1
	weights              []float64
	counts               []int
	houses               []int32
	homes                map[string]int32
}

// beside finds the columns that a survey wants beside the keys, and gives all columns
// whose values are read.
func (l *loader) beside(keys, names []string) ([]string, error) {
	b := l.more
	if b == nil {
		return keys, nil
	}
	used := slices.Clone(keys)
	if l.unit >= 0 {
		used = append(used, names[l.unit])
	}
	find := func(name string) (int, error) {
		if name == "" {
			return -1, nil
		}
		at := slices.Index(names, name)
		switch {
		case at < 0:
			return -1, fmt.Errorf("there is no column %q; there are %s", name, strings.Join(names, ", "))
		case slices.Contains(used, name):
			return -1, fmt.Errorf("column %q is named twice", name)
		}
		used = append(used, name)
		return at, nil
	}
	var broken [3]error
	b.weight, broken[0] = find(b.o.Weights)
	b.count, broken[1] = find(b.o.Counts)
	b.house, broken[2] = find(b.o.Household)
	if err := errors.Join(broken[:]...); err != nil {
		return nil, err
	}
	for _, name := range b.o.Sensitive {
		at, err := find(name)
		if err == nil && at < 0 {
			err = errors.New("a sensitive column has no name")
		}
		if err != nil {
			return nil, err
		}
		keys = append(slices.Clone(keys), name)
		l.from = append(l.from, at)
	}
	return keys, nil
}

// add takes a row in.
func (b *besides) add(cells []string, row int) error {
	if b == nil {
		return nil
	}
	if b.weight >= 0 {
		w, err := weightOf(cells[b.weight])
		if err != nil {
			return fmt.Errorf("row %d, column %d: %w", row, b.weight+1, err)
		}
		b.weights = append(b.weights, w)
	}
	if b.count >= 0 {
		n, err := countOf(cells[b.count])
		if err != nil {
			return fmt.Errorf("row %d, column %d: %w", row, b.count+1, err)
		}
		b.counts = append(b.counts, n)
	}
	if b.house >= 0 {
		name := strings.TrimSpace(cells[b.house])
		if name == "" {
			return fmt.Errorf("row %d, column %d: it does not say in which household the person lives", row, b.house+1)
		}
		home, known := b.homes[name]
		if !known {
			home = int32(len(b.homes))
			b.homes[strings.Clone(name)] = home
		}
		b.houses = append(b.houses, home)
	}
	return nil
}

// weightOf reads a sampling weight. One under 1 would have a person stand for less than
// themself.
func weightOf(cell string) (float64, error) {
	w, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
	switch {
	case err != nil || math.IsNaN(w):
		return 0, errors.New("a weight is a number, with a point before its decimals")
	case w < 1 || w > 1e12:
		return 0, errors.New("a weight is 1 or more: how many persons of the population the person stands for")
	}
	return w, nil
}

// countOf reads how many persons a row stands for.
func countOf(cell string) (int, error) {
	cell = strings.TrimSpace(cell)
	n, err := strconv.ParseInt(cell, 10, 32)
	if err == nil && n >= 0 {
		return int(n), nil
	}
	w, broken := strconv.ParseFloat(cell, 64)
	switch {
	case broken != nil || math.IsNaN(w):
		return 0, errors.New("a count of persons is a whole number")
	case w < 0:
		return 0, errors.New("a count of persons is negative")
	case w != math.Trunc(w):
		return 0, errors.New("a count of persons is a fraction")
	}
	return 0, errors.New("a count of persons is a whole number, and under 2,147,483,648")
}

// join makes one of the rows of a person: those of person p are rows[start[p]:start[p+1]].
func (b *besides) join(rows, start []int32) error {
	if b == nil {
		return nil
	}
	var err error
	if b.weight >= 0 {
		if b.weights, err = oneEach(b.weights, rows, start, b.weight, "weight"); err != nil {
			return err
		}
	}
	if b.house >= 0 {
		b.houses, err = oneEach(b.houses, rows, start, b.house, "household")
	}
	return err
}

// oneEach is the value of each person, the same in all their rows.
func oneEach[T comparable](list []T, rows, start []int32, column int, what string) ([]T, error) {
	out := make([]T, len(start)-1)
	for p := range out {
		out[p] = list[rows[start[p]]]
		for _, row := range rows[start[p]:start[p+1]] {
			if list[row] != out[p] {
				return nil, fmt.Errorf("row %d, column %d: another %s than in row %d, and the person is the same", row+2, column+1, what, rows[start[p]]+2)
			}
		}
	}
	return out, nil
}

// Shuffled is the records of a survey in an order by chance: who came first is nobody's
// business. Weights and households are not among them.
func (s *Survey) Shuffled(random *rand.Rand) *Records {
	out := *s.Records
	order := random.Perm(s.Persons())
	out.Codes = make([][]uint16, len(s.Codes))
	for c, codes := range s.Codes {
		out.Codes[c] = make([]uint16, len(codes))
		for i, from := range order {
			out.Codes[c][i] = codes[from]
		}
	}
	return &out
}
