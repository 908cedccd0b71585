package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"inkingi/science/disclosure"
)

// tablesAnswer is what a program reads of --method tables. Tables may be published, what
// is under Real may not.
type tablesAnswer struct {
	Method   string        `json:"method"`
	Protect  string        `json:"protect"`
	Unit     string        `json:"unit"`
	K        int           `json:"k"`
	Base     int           `json:"base,omitempty"`
	Cells    int           `json:"cells"`
	Hidden   int           `json:"hidden"`
	Tables   []tableAnswer `json:"tables"`
	Real     realAnswer    `json:"not_to_be_published"`
	Warnings []string      `json:"warnings"`
}

type realAnswer struct {
	Rows     int `json:"rows"`
	Persons  int `json:"persons"`
	Furthest int `json:"furthest_moved"`
	Looked   int `json:"small_counts_audited"`
}

type tableAnswer struct {
	Columns []string          `json:"columns"`
	Only    map[string]string `json:"only"`
	Cells   []cellAnswer      `json:"cells"`
}

// cellAnswer is one count: null when it is hidden, for whatever reason.
type cellAnswer struct {
	At      map[string]string `json:"at"` // "*" is all
	Persons *int              `json:"persons"`
}

// shown is the count of a published cell; nil when it is hidden.
func (t *tabled) shown(cell int) *int {
	n := t.linked.Table.Counts[cell]
	switch {
	case t.changed != nil:
		n = t.changed.Counts[cell]
	case t.marks[cell] != disclosure.Shown:
		return nil
	}
	return &n
}

// persons is how many persons are counted in truth.
func (t *tabled) persons() (n int) {
	if t.survey.Counts == nil {
		return t.survey.Persons()
	}
	for _, k := range t.survey.Counts {
		n += k
	}
	return n
}

func (r releasing) tablesJSON(t *tabled) tablesAnswer {
	out := tablesAnswer{Method: r.Method, Protect: r.Protect, Unit: r.Unit, K: r.K, Cells: t.linked.Shown,
		Real: realAnswer{Rows: t.survey.Rows, Persons: t.persons()}, Warnings: append([]string{}, t.warnings...)}
	if t.changed != nil {
		out.Real.Furthest, out.Real.Looked = t.changed.Furthest, t.changed.Audit.Looked
		if r.Protect != "cellkey" {
			out.Base = r.Base
		}
	}
	for cell := range t.linked.Shown {
		if t.shown(cell) == nil {
			out.Hidden++
		}
	}
	for i, v := range t.views {
		table := tableAnswer{Columns: v.Columns, Only: v.Only}
		for _, cell := range t.linked.Views[i] {
			at := map[string]string{}
			for c, value := range t.linked.At[cell] {
				at[t.linked.Columns[c]] = value
			}
			table.Cells = append(table.Cells, cellAnswer{at, t.shown(cell)})
		}
		out.Tables = append(out.Tables, table)
	}
	return out
}

// tablesCSV writes every published count once: a row each, "*" for all values of a column,
// nothing for a count that is hidden.
func (r releasing) tablesCSV(w io.Writer, t *tabled) error {
	out := csv.NewWriter(w)
	row := make([]string, len(t.linked.Columns)+1)
	for c, name := range t.linked.Columns {
		row[c] = disclosure.Plain(name)
	}
	row[len(row)-1] = "persons"
	if err := out.Write(row); err != nil {
		return err
	}
	for cell := range t.linked.Shown {
		for c, value := range t.linked.At[cell] {
			row[c] = disclosure.Plain(value)
		}
		row[len(row)-1] = ""
		if n := t.shown(cell); n != nil {
			row[len(row)-1] = strconv.Itoa(*n)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// tablesText says what was done.
func (r releasing) tablesText(w io.Writer, t *tabled) error {
	a := r.tablesJSON(t)
	fmt.Fprintf(w, "%d counts in %d tables.\n", a.Cells, len(a.Tables))
	switch r.Protect {
	case "suppress":
		fmt.Fprintf(w, "%d are hidden: those under %d, and as many others as it takes so that none of these can be told to within less than %d.\n", a.Hidden, r.K, r.K)
	case "cellkey":
		fmt.Fprintf(w, "Each was moved by at most %d; the same persons are moved the same way in every table with this secret.\n", cellKeys.Most)
	case "controlled":
		fmt.Fprintf(w, "All are multiples of %d, and add up.\n", r.Base)
	case "random":
		fmt.Fprintf(w, "All are multiples of %d; they do not add up.\n", r.Base)
	}
	if t.changed != nil {
		fmt.Fprintf(w, "%d counts under %d were looked at: none can be told to within less than %d by adding and subtracting.\n", a.Real.Looked, r.K, t.changed.Audit.Asked)
		fmt.Fprintf(w, "The furthest that a count was moved is %d; that, and the number of persons, %d, are not to be published.\n", a.Real.Furthest, a.Real.Persons)
	}
	_, err := fmt.Fprintf(w, "What these tables tell together was looked at; what was published elsewhere of the same people was not.\n%s written\n", r.Out)
	return err
}
