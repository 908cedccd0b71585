package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"inkingi/science/disclosure"
)

// releaseJSON is what a program reads. Quality is computed from the real records and
// is not protected by the promise.
type releaseJSON struct {
	Method     string              `json:"method"`
	Unit       string              `json:"unit"`
	Rows       int                 `json:"rows"`
	Persons    int                 `json:"persons"`
	Records    int                 `json:"records"`
	Columns    []string            `json:"columns"`
	Promise    *disclosure.Promise `json:"promise"`
	Rho        float64             `json:"rho"`
	Delta      float64             `json:"delta_of_values"`
	Spent      *disclosure.Promise `json:"spent"`
	Budget     *disclosure.Promise `json:"budget"`
	K          *int                `json:"k"`
	Seconds    float64             `json:"seconds"`
	Quality    *disclosure.Quality `json:"quality"`
	Unsealed   bool                `json:"quality_is_not_protected"`
	Warnings   []string            `json:"warnings"`
	Cautions   []string            `json:"cautions"`
	Statements []string            `json:"statements"`
}

// brief puts the report together.
func (r releasing) brief(real *disclosure.Records, q *disclosure.Quality, ledger *ledgerFile) disclosure.Brief {
	b := disclosure.Brief{Title: "Quality of a release", Method: r.Method, K: r.K, Quality: q, Unit: "the person, told apart by the column " + r.Unit}
	if r.Unit == "" {
		b.Unit = "the row"
		b.Warnings = append(b.Warnings, "each row was taken as one person; where a person has several, nothing of what is promised holds: say --unit")
	}
	if real.Latin > 0 {
		b.Warnings = append(b.Warnings, fmt.Sprintf("%d different cells are not UTF-8; they were read as Latin-1", real.Latin))
	}
	if r.Method == "rows" {
		return b
	}
	p := r.promise()
	b.Promise = &p
	if ledger == nil {
		b.Warnings = append(b.Warnings, "nothing keeps account of this release: a second one about the same people adds to it; say --ledger")
		return b
	}
	if total, ok := ledger.ledger.Total(); ok {
		b.Total, b.Budget = &total, &ledger.ledger.Budget
	}
	return b
}

func (r releasing) writeJSON(w io.Writer, real *disclosure.Records, m *made, b disclosure.Brief, took time.Duration) error {
	out := releaseJSON{Method: r.Method, Unit: r.Unit, Rows: real.Rows, Persons: real.Persons(), Records: m.records.Persons(), Columns: real.Columns,
		Promise: b.Promise, Rho: m.cost.Rho, Delta: m.cost.Delta, Spent: b.Total, Budget: b.Budget, Seconds: took.Seconds(), Quality: b.Quality,
		Unsealed: true, Warnings: append([]string{}, b.Warnings...), Cautions: b.Cautions(), Statements: append(b.Sentences(), b.Meaning()...)}
	if r.Method == "rows" {
		out.K = &r.K
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func (r releasing) writeText(w io.Writer, b disclosure.Brief, took time.Duration) error {
	for _, s := range b.Sentences() {
		fmt.Fprintln(w, s)
	}
	fmt.Fprint(w, "\nWhat is promised:\n")
	bullets(w, b.Meaning())
	fmt.Fprintf(w, "\nHow near it comes (of the real records; not to be published):\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "values\tcombinations\tmean count\tmean error\tmissing\tof nobody\tof nobody, 11 and more\tdistance\t")
	for _, l := range append(append([]disclosure.Length{}, b.Quality.Lengths...), b.Quality.All) {
		name := fmt.Sprint(l.Length)
		if l.Length == 0 {
			name = "all"
		}
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f %%\t%.1f %%\t%.1f %%\t%.4f\t\n", name, l.Real, l.Mean, l.Error, l.Suppressed, l.Fabricated, l.Visible, l.Distance)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprint(w, "\nWhat a reader must know:\n")
	bullets(w, b.Cautions())
	fmt.Fprintf(w, "\n%s written in %.1f s\n", r.Out, took.Seconds())
	return nil
}
