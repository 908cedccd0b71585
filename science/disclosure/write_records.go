package disclosure

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes the records with a header, commas between. A value that a
// spreadsheet would take for a formula gets an apostrophe before it.
func (r *Records) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	row := make([]string, len(r.Columns))
	for c, name := range r.Columns {
		row[c] = Plain(name)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	safe := make([][]string, len(r.Values))
	for c, values := range r.Values {
		for _, v := range values {
			safe[c] = append(safe[c], Plain(v))
		}
	}
	for i := range r.Persons() {
		for c := range row {
			row[c] = safe[c][r.Codes[c][i]]
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Plain keeps a spreadsheet from running what stands in a cell. A number may begin
// with a sign.
func Plain(v string) string {
	if v == "" || !strings.ContainsRune("=+-@\t\r", rune(v[0])) {
		return v
	}
	if _, err := strconv.ParseFloat(v, 64); err == nil {
		return v
	}
	return "'" + v
}

// WriteCSV writes the aggregates as Synthetic Data Showcase does: the combination as
// "column:value;column:value", and its protected count. First comes the number of
// persons.
func (a *Aggregates) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.WriteAll([][]string{{"selections", "protected_count"}, {"record_count", strconv.Itoa(a.Persons)}}); err != nil {
		return err
	}
	var broken error
	a.Each(func(columns, codes []int, count int) {
		var parts []string
		for i, c := range columns {
			parts = append(parts, a.Columns[c]+":"+a.Values[c][codes[i]])
		}
		if broken == nil {
			broken = out.Write([]string{Plain(strings.Join(parts, ";")), strconv.Itoa(count)})
		}
	})
	out.Flush()
	if broken != nil {
		return broken
	}
	return out.Error()
}
