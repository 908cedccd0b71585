package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// Spreading is columns of which a person may have several values, each value taken for a
// column of its own.
type Spreading struct {
	Records  *Records // with the columns of the values instead
	Codebook Codebook // with their values
	Unlisted int      // values of persons that the codebook does not list; they are left out

	columns []string // as they were
	parts   []leaf   // by column of Records
}

// leaf is where a column of spread records belongs.
type leaf struct {
	column string
	value  string // "" for a column as it was
}

// has is the value of the columns of values.
const has = "yes"

// Spread takes columns apart whose cells hold several values with semicolons between, as
// the rows of a person are joined. "labour;sexual" is else a value of its own, which few
// have, and which noise hides; spread it is a labour and a sexual, each of many. The values
// are those of the codebook: which there are must have been public before.
//
// The promise is as before: a person is one record. It costs: each value is a column,
// and each column a share of the budget. Records put together from these columns are
// gathered again by [Spreading.Gather].
func (r *Records) Spread(several []string, book Codebook) (*Spreading, error) {
	s := &Spreading{Records: &Records{Rows: r.Rows, Latin: r.Latin}, Codebook: Codebook{}, columns: r.Columns}
	for name, values := range book {
		if !slices.Contains(several, name) {
			s.Codebook[name] = values
		}
	}
	for i, name := range several {
		switch {
		case !slices.Contains(r.Columns, name):
			return nil, fmt.Errorf("there is no column %q to be spread; there are %s", name, strings.Join(r.Columns, ", "))
		case slices.Contains(several[:i], name):
			return nil, fmt.Errorf("column %q is named twice", name)
		case len(book[name]) == 0:
			return nil, fmt.Errorf("column %q may hold several values: the codebook must list them", name)
		case slices.ContainsFunc(book[name], func(v string) bool { return strings.Contains(v, ";") }):
			return nil, fmt.Errorf("column %q: a value of the codebook has a semicolon, which stands between values", name)
		}
	}
	for c, name := range r.Columns {
		if !slices.Contains(several, name) {
			s.add(leaf{column: name}, r.Values[c], r.Codes[c])
			continue
		}
		s.spread(r, c, book[name])
	}
	if n := len(s.Records.Columns); n > MostColumns {
		return nil, fmt.Errorf("%d columns once values are columns, and at most %d can be released together: name those that matter with --keys", n, MostColumns)
	}
	seen := map[string]bool{}
	for _, name := range s.Records.Columns {
		if seen[name] {
			return nil, fmt.Errorf("there are two columns %q once values are columns", name)
		}
		seen[name] = true
	}
	return s, nil
}

func (s *Spreading) add(p leaf, values []string, codes []uint16) {
	name := p.column
	if p.value != "" {
		name += "=" + p.value
	}
	s.parts = append(s.parts, p)
	s.Records.Columns = append(s.Records.Columns, name)
	s.Records.Values = append(s.Records.Values, values)
	s.Records.Codes = append(s.Records.Codes, codes)
	if p.value != "" {
		s.Codebook[name] = []string{has}
	}
}

// spread takes one column apart.
func (s *Spreading) spread(r *Records, c int, listed []string) {
	in := make([]map[string]bool, len(r.Values[c])) // by code: its values
	unlisted := make([]int, len(in))
	for code, cell := range r.Values[c] {
		in[code] = map[string]bool{}
		for v := range strings.SplitSeq(cell, ";") {
			v = strings.TrimSpace(v)
			if v != "" && !slices.Contains(listed, v) && !in[code][v] {
				unlisted[code]++
			}
			in[code][v] = true
		}
	}
	for _, code := range r.Codes[c] {
		s.Unlisted += unlisted[code]
	}
	for _, v := range listed {
		codes := make([]uint16, r.Persons())
		for i, code := range r.Codes[c] {
			if in[code][v] {
				codes[i] = 1
			}
		}
		s.add(leaf{r.Columns[c], v}, []string{"", has}, codes)
	}
}

// Gather puts the values of each person together again, in the columns as they were.
func (s *Spreading) Gather(made *Records) *Records {
	out := &Records{Columns: s.columns, Rows: made.Rows}
	for _, name := range s.columns {
		values, codes := []string{""}, make([]uint16, made.Persons())
		cells := make([][]string, made.Persons())
		several := false
		for c, p := range s.parts {
			switch {
			case p.column != name:
			case p.value == "":
				values, codes = made.Values[c], made.Codes[c]
			default:
				several = true
				for i, code := range made.Codes[c] {
					if made.Values[c][code] == has {
						cells[i] = append(cells[i], p.value)
					}
				}
			}
		}
		if several {
			index := map[string]uint16{"": 0}
			for i := range cells {
				slices.Sort(cells[i])
				cell := strings.Join(cells[i], ";")
				code, known := index[cell]
				if !known {
					code = uint16(len(values))
					index[cell], values = code, append(values, cell)
				}
				codes[i] = code
			}
		}
		out.Values, out.Codes = append(out.Values, values), append(out.Codes, codes)
	}
	return out
}
