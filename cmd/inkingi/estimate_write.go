package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"inkingi/science/estimate"
)

// estimateJSON is what a program reads. Refused is the reasons when figures are
// withheld, and null otherwise; a number that a method does not have is null.
type estimateJSON struct {
	Observed    int          `json:"observed"`
	Lists       []string     `json:"lists"`
	Refused     *string      `json:"refused"`
	Results     []resultJSON `json:"results"`
	Overlap     [][]int      `json:"overlap"`
	Linkage     []linkedJSON `json:"linkage,omitempty"`
	Warnings    []string     `json:"warnings"`
	Assumptions []string     `json:"assumptions"`
}

type resultJSON struct {
	Method   estimate.Method `json:"method"`
	Terms    []string        `json:"terms"`
	Estimate *float64        `json:"estimate"`
	Low      *float64        `json:"low"`
	High     *float64        `json:"high"`
	Level    float64         `json:"level"`
	SE       *float64        `json:"se"`
	Deviance *float64        `json:"deviance"`
	BIC      *float64        `json:"bic"`
	Interval string          `json:"interval"`
	Check    int             `json:"check"`
	Note     string          `json:"note"`
}

type linkedJSON struct {
	Method    estimate.Method `json:"method"`
	Estimates []*float64      `json:"estimates"`
	Low       *float64        `json:"low"`
	High      *float64        `json:"high"`
}

// number is nil for what JSON cannot say.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func writeEstimateJSON(w io.Writer, r *estimate.Report, linkage []estimate.Spread) error {
	out := estimateJSON{Observed: r.Observed, Lists: r.Lists, Results: []resultJSON{}, Overlap: r.Overlap,
		Warnings: append([]string{}, r.Warnings...), Assumptions: r.Assumptions}
	if len(r.Refusals) > 0 {
		why := strings.Join(r.Refusals, "; ")
		out.Refused = &why
	}
	for _, x := range r.Results {
		out.Results = append(out.Results, resultJSON{x.Method, append([]string{}, x.Terms...), number(x.Estimate), number(x.Low), number(x.High),
			x.Level, number(x.SE), number(x.Deviance), number(x.BIC), x.Interval, int(x.Code), x.Note})
	}
	for _, s := range linkage {
		l := linkedJSON{Method: s.Method, Low: number(s.Low), High: number(s.High)}
		for _, x := range s.Estimates {
			l.Estimates = append(l.Estimates, number(x))
		}
		out.Linkage = append(out.Linkage, l)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func writeEstimateText(w io.Writer, r *estimate.Report, linkage []estimate.Spread) error {
	fmt.Fprintf(w, "%s persons on %d lists\n\nOn both lists (on the diagonal, on the list):\n\n", estimate.Grouped(float64(r.Observed)), len(r.Lists))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\t%s\t\n", strings.Join(r.Lists, "\t"))
	for i, row := range r.Overlap {
		fmt.Fprintf(t, "%s\t", r.Lists[i])
		for _, n := range row {
			fmt.Fprintf(t, "%d\t", n)
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if len(r.Refusals) > 0 {
		fmt.Fprint(w, "\nNo figure is shown:\n")
		bullets(w, r.Refusals)
		fmt.Fprintln(w, "\nWith --anyway the figures are computed all the same; they should not be published.")
	} else {
		writeEstimateTable(w, r)
	}
	for _, s := range linkage {
		fmt.Fprintf(w, "\nOver the thresholds of linkage, %s says %s; intervals reach from %s to %s.\n", s.Method, each(s.Estimates),
			estimate.Grouped(s.Low), estimate.Grouped(s.High))
	}
	if len(r.Warnings) > 0 {
		fmt.Fprint(w, "\nBeware:\n")
		bullets(w, r.Warnings)
	}
	fmt.Fprint(w, "\nAll of this holds only if:\n")
	bullets(w, r.Assumptions)
	return nil
}

// writeEstimateTable prints a line a method, and never one figure for all.
func writeEstimateTable(w io.Writer, r *estimate.Report) {
	title := "The methods do not agree; none is the answer"
	if len(r.Results) == 1 {
		title = "One method; others, asked with --method all, say something else"
	}
	fmt.Fprintf(w, "\n%s:\n\n", title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  method\testimate\tinterval\tmade by\tlists that depend on each other")
	for _, x := range r.Results {
		if math.IsNaN(x.Estimate) {
			fmt.Fprintf(t, "  %s\t–\t\t\t\n", x.Label())
			continue
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\t%.0f %% %s\t%s\n", x.Label(), estimate.Grouped(x.Estimate), x.Ends(), 100*x.Level, x.Interval, strings.Join(x.Terms, " "))
	}
	t.Flush()
	fmt.Fprintln(w)
	for _, k := range madeBy {
		if slices.ContainsFunc(r.Results, func(x estimate.Result) bool { return x.Interval == k.word }) {
			fmt.Fprintf(w, "  %s: %s\n", k.word, k.means)
		}
	}
	for _, x := range r.Results {
		if x.Note != "" {
			fmt.Fprintf(w, "  %s: %s\n", x.Label(), x.Note)
		}
	}
}

// madeBy explains the word beside an interval.
var madeBy = []struct{ word, means string }{
	{"conditional", "an interval around one model, as if it had been known before"},
	{"profile", "the populations that the likelihood of one model does not rule out"},
	{"bca", "the table drawn anew many times, the method repeated on each, and the result corrected for bias and skew"},
	{"posterior", "what the method holds possible after seeing the table"},
	{"log-normal", "an interval around the two lists alone"},
}

func bullets(w io.Writer, lines []string) {
	for _, s := range lines {
		fmt.Fprintf(w, "  - %s\n", s)
	}
}

func each(xs []float64) string {
	var words []string
	for _, x := range xs {
		words = append(words, estimate.Grouped(x))
	}
	return strings.Join(words, ", ")
}
