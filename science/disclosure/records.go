package disclosure

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Records is a table of people: one record a person, one code a column.
type Records struct {
	Columns []string
	Values  [][]string // by column; Values[c][0] is "", what is missing
	Codes   [][]uint16 // by column, then by person: an index into Values
	Rows    int        // rows that were read; more than persons where some had several
	Latin   int        // different cells that were not UTF-8 and were read as Latin-1
}

// MostValues bounds how many different values a column may have. One with more tells
// persons apart (a number, a day, a name) and has no place in a release.
const MostValues = 1000

// MostColumns bounds a release: sets of columns are bits of one word.
const MostColumns = 64

// Persons is how many persons there are.
func (r *Records) Persons() int {
	if len(r.Codes) == 0 {
		return 0
	}
	return len(r.Codes[0])
}

// sizes is the number of values of each column, the missing one included.
func (r *Records) sizes() []int {
	s := make([]int, len(r.Values))
	for c, v := range r.Values {
		s[c] = len(v)
	}
	return s
}

// Codebook says which values a column may have, whoever is in the file: facts that
// were public before anybody was counted. A column that is not in it has no public
// values.
type Codebook map[string][]string

// check looks for columns that are not there and values that no cell can have.
func (b Codebook) check(columns []string) error {
	for name, values := range b {
		if !slices.Contains(columns, name) {
			return fmt.Errorf("the codebook has a column %q, the file has not", name)
		}
		if len(values) > MostValues {
			return fmt.Errorf("column %q of the codebook has more than %d values", name, MostValues)
		}
		seen := map[string]bool{}
		for _, v := range values {
			if v != strings.TrimSpace(v) || v == "" || seen[v] {
				return fmt.Errorf("column %q of the codebook has a value twice, an empty one, or one with spaces around it", name)
			}
			seen[v] = true
		}
	}
	return nil
}

// chosen is the records with only some values of each column kept; whoever had
// another one has none. Columns and order of values are those of keep.
func (r *Records) chosen(keep [][]string) *Records {
	out := &Records{Columns: r.Columns, Rows: r.Rows}
	for c, values := range keep {
		list := append([]string{""}, values...)
		to := make([]uint16, len(r.Values[c]))
		for i, v := range r.Values[c] {
			if at := slices.Index(list[1:], v); at >= 0 {
				to[i] = uint16(at + 1)
			}
		}
		codes := make([]uint16, r.Persons())
		for i, code := range r.Codes[c] {
			codes[i] = to[code]
		}
		out.Values, out.Codes = append(out.Values, list), append(out.Codes, codes)
	}
	return out
}

// histogram counts the persons of each value of a column.
func (r *Records) histogram(column int) []int64 {
	n := make([]int64, len(r.Values[column]))
	for _, code := range r.Codes[column] {
		n[code]++
	}
	return n
}

// chooseValues says which values of each column may be shown, and gives their noisy
// counts, the missing first. With public values, those; else the values whose noisy
// count passes a threshold that a person alone with a value fails with probability
// at least 1-δ, over all columns. Each column costs 1/2σ² of ρ.
//
// Of a column without public values the missing are not counted (NaN): who has a
// value that is not shown would be in two counts.
func chooseValues(r *Records, book Codebook, v Variance, delta float64, c *Chance) (keep [][]string, counts [][]float64) {
	private := 0
	for _, name := range r.Columns {
		if _, public := book[name]; !public {
			private++
		}
	}
	threshold := int64(math.MaxInt64)
	if private > 0 && delta > 0 {
		threshold = v.Threshold(delta, private)
	}
	for column, name := range r.Columns {
		n := r.histogram(column)
		values, noisy := book[name], []float64{math.NaN()}
		if _, public := book[name]; public {
			noisy = r.publicCounts(column, values, n, v, c)
		} else {
			// In the order of the values, not of the rows: who came first is nobody's business.
			for _, at := range r.byValue(column) {
				if n[at] == 0 {
					continue
				}
				if count := n[at] + c.Gaussian(v); count >= threshold {
					values, noisy = append(values, r.Values[column][at]), append(noisy, float64(count))
				}
			}
		}
		keep, counts = append(keep, values), append(counts, noisy)
	}
	return keep, counts
}

// publicCounts is the noisy histogram of a column over listed values, first of those
// who have none of them.
func (r *Records) publicCounts(column int, listed []string, n []int64, v Variance, c *Chance) []float64 {
	rest := int64(r.Persons())
	noisy := make([]float64, 1+len(listed))
	for i, value := range listed {
		count := int64(0)
		if at := slices.Index(r.Values[column], value); at > 0 {
			count = n[at]
		}
		rest -= count
		noisy[i+1] = float64(count + c.Gaussian(v))
	}
	noisy[0] = float64(rest + c.Gaussian(v))
	return noisy
}

// byValue are the codes of a column but the missing, in the order of their values.
func (r *Records) byValue(column int) []int {
	order := make([]int, len(r.Values[column])-1)
	for i := range order {
		order[i] = i + 1
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(r.Values[column][a], r.Values[column][b]) })
	return order
}
