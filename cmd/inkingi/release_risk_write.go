package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// riskAnswer is what a program reads of --method risk. It is computed from the real
// records and is for those who may see them.
type riskAnswer struct {
	Method       string            `json:"method"`
	Unit         string            `json:"unit"`
	Weights      string            `json:"weights"`
	Keys         []string          `json:"keys"`
	Rows         int               `json:"rows"`
	Records      int               `json:"records"` // persons
	Combinations int               `json:"combinations"`
	Violations   map[string]int    `json:"violations"` // persons who share their keys with fewer than 2, 3, 5
	K            int               `json:"k"`
	Under        int               `json:"under_k"`
	Expected     float64           `json:"expected_reidentifications"`
	Global       float64           `json:"global_risk"`
	Highest      float64           `json:"highest_risk"`
	Household    *householdAnswer  `json:"household"`
	Sensitive    []diversityAnswer `json:"sensitive"`
	Joint        *jointAnswer      `json:"sensitive_together"` // of two or more
	Model        modelAnswer       `json:"log_linear"`
	Suda         *sudaAnswer       `json:"suda"`
	Suppressed   *suppressedAnswer `json:"suppressed"`
	Warnings     []string          `json:"warnings"`
}

type householdAnswer struct {
	Expected float64 `json:"expected_reidentifications"`
	Global   float64 `json:"global_risk"`
	Highest  float64 `json:"highest_risk"`
}

// diversityAnswer is the worst class of a sensitive column.
type diversityAnswer struct {
	Column    string  `json:"column"`
	Distinct  int     `json:"least_distinct"`
	Entropy   float64 `json:"least_entropy"`
	Recursive int     `json:"least_recursive"`
	C         float64 `json:"recursive_c"`
	Distance  float64 `json:"greatest_distance"`
	Kind      string  `json:"distance"` // ordered or equal
	One       int     `json:"records_with_one_value"`
}

// jointAnswer is the worst class of several sensitive columns together.
type jointAnswer struct {
	Distinct  int     `json:"least_distinct"`
	Entropy   float64 `json:"least_entropy"`
	Recursive int     `json:"least_recursive"`
	C         float64 `json:"recursive_c"`
	One       int     `json:"records_with_one_value"`
}

// modelAnswer is what a model of independent keys expects of those who are alone.
type modelAnswer struct {
	Alone      int     `json:"alone_in_file"`
	Population float64 `json:"alone_in_population"`
	Found      float64 `json:"expected_reidentifications"` // of these
}

type sudaAnswer struct {
	Fraction      float64            `json:"fraction"` // of the population, for dis
	Records       int                `json:"records"`
	Score         float64            `json:"score"`
	Highest       float64            `json:"highest_score"`
	DIS           float64            `json:"dis"`
	HighestDIS    float64            `json:"highest_dis"`
	Contributions map[string]float64 `json:"contributions"`
}

type suppressedAnswer struct {
	K     int            `json:"k"`
	Total int            `json:"total"`
	Cells map[string]int `json:"cells"`
}

func writeAnswer(w io.Writer, answer any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(answer)
}

// riskText says the same in words, with what is asked of a file that leaves the house
// beside it: [S:SCIENCES §4.3 rule 3], stricter than OCHA's 3 %.
func (r releasing) riskText(w io.Writer, m *riskFound) error {
	a := r.riskJSON(m)
	fmt.Fprintf(w, "%d persons in %d rows, %d different combinations of %d keys.\n\n", a.Records, a.Rows, a.Combinations, len(a.Keys))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tfound\tasked")
	for _, k := range []int{2, 3, 5} {
		fmt.Fprintf(t, "share their keys with fewer than %d\t%d\t0\n", k, a.Violations[fmt.Sprint(k)])
	}
	if k := fmt.Sprint(a.K); a.Violations[k] == 0 && a.K != 2 && a.K != 3 && a.K != 5 {
		fmt.Fprintf(t, "share their keys with fewer than %d (--k)\t%d\t0\n", a.K, a.Under)
	}
	fmt.Fprintf(t, "would be found, of all\t%.1f\t\n", a.Expected)
	fmt.Fprintf(t, "global risk\t%.3f %%\tunder 0.1 %%\n", 100*a.Global)
	fmt.Fprintf(t, "highest risk of a person\t%.4f\tat most 0.09\n", a.Highest)
	if h := a.Household; h != nil {
		fmt.Fprintf(t, "live with somebody who would be found\t%.1f\t\n", h.Expected)
		fmt.Fprintf(t, "global risk of households\t%.3f %%\tunder 0.1 %%\n", 100*h.Global)
	}
	for _, d := range a.Sensitive {
		fmt.Fprintf(t, "%s: fewest different values in a class\t%d\t2 or more\n", d.Column, d.Distinct)
		fmt.Fprintf(t, "%s: persons whose class tells it\t%d\t0\n", d.Column, d.One)
		fmt.Fprintf(t, "%s: entropy, as a number of values\t%.2f\t\n", d.Column, d.Entropy)
		fmt.Fprintf(t, "%s: recursive diversity, c = %g\t%d\t\n", d.Column, d.C, d.Recursive)
		fmt.Fprintf(t, "%s: greatest distance t (%s)\t%.3f\tat most 0.3\n", d.Column, d.Kind, d.Distance)
	}
	if j := a.Joint; j != nil {
		fmt.Fprintf(t, "all of these together: persons of whom one tells another\t%d\t\n", j.One)
		fmt.Fprintf(t, "all of these together: entropy / recursive diversity, c = %g\t%.2f / %d\t\n", j.C, j.Entropy, j.Recursive)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if a.Weights != "" && a.Model.Alone > 0 {
		fmt.Fprintf(w, "\nAlone with all of the keys in the file: %d persons; by a model in which the keys are independent %.1f are so in the population, and %.1f of them would be found.\n",
			a.Model.Alone, a.Model.Population, a.Model.Found)
	}
	if s := a.Suda; s != nil {
		fmt.Fprintf(w, "\nAlone with some of the keys: %d persons, sum of SUDA scores %.0f, highest %.0f, DIS at %.3g %% %.2f.\n", s.Records, s.Score, s.Highest, 100*s.Fraction, s.DIS)
		if s.Records > 0 {
			fmt.Fprint(w, "Which keys single them out, in per cent of the scores:\n")
			for _, name := range bySize(s.Contributions) {
				fmt.Fprintf(w, "  %5.1f  %s\n", s.Contributions[name], name)
			}
		}
	}
	if b := a.Suppressed; b != nil {
		fmt.Fprintf(w, "\n%d values taken out so that what is left of each record fits %d persons or more:\n", b.Total, b.K)
		for _, name := range a.Keys {
			fmt.Fprintf(w, "  %5d  %s\n", b.Cells[name], name)
		}
		fmt.Fprintf(w, "%s written; the order of the records is by chance.\n", r.Out)
	}
	_, err := fmt.Fprint(w, "\nThese figures are of the real records and not to be published.\n")
	return err
}
