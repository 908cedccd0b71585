package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"inkingi/science/disclosure"
)

// recursiveC is the c of recursive diversity: the most frequent value is less than
// twice the others together. It is what sdcMicro takes.
const recursiveC = 2

// checkRisk looks at the flags of --method risk.
func (r releasing) checkRisk() error {
	switch {
	case len(r.Keys) == 0:
		return errors.New("--keys says what somebody may know of a person; nobody can choose it for you")
	case r.Epsilon != 0 || r.Ledger != "" || r.Budget != 0 || r.Codebook != "" || len(r.Zeros) > 0 || r.Aggregates != "" || r.Report != "":
		return errors.New("--method risk measures the records as they are: --epsilon, --ledger, --budget, --codebook, --zeros, --aggregates and --report do not go with it")
	case r.K < 2:
		return errors.New("--k is at least 2: a combination of one person is that person")
	case r.Fraction != 0 && !(r.Fraction > 0 && r.Fraction <= 1):
		return errors.New("--fraction is more than 0 and at most 1, which is everybody")
	case r.Out != "" && r.Out == r.File:
		return errors.New("--out would be written over another file of this release")
	}
	return nil
}

// riskFound is the risk of a file.
type riskFound struct {
	survey    *disclosure.Survey
	classes   disclosure.Classes
	risks     disclosure.Risks
	suda      *disclosure.Suda
	fraction  float64 // of the population, for DIS
	model     *disclosure.LogLinear
	diversity []*disclosure.Diversity
	joint     *disclosure.Joint   // of two sensitive columns or more
	blanked   *disclosure.Blanked // with --out
	warnings  []string
}

// risk measures who could be found, and with --out writes records in which fewer can.
func (r releasing) risk(ctx context.Context, c *console) error {
	if err := canWrite(r.Out); err != nil {
		return err
	}
	bar := stepsOf(c)
	m, err := r.measure(ctx, c, bar)
	bar.end()
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped before it was done; nothing was written")
	}
	if err != nil {
		return err
	}
	if m.blanked != nil {
		if err := writeWhole(r.Out, func(w io.Writer) error { return m.blanked.Survey.Shuffled(dice()).WriteCSV(w) }); err != nil {
			return err
		}
	}
	for _, s := range m.warnings {
		fmt.Fprintln(c.err, "warning:", s)
	}
	if r.Format == "json" {
		return writeAnswer(c.out, r.riskJSON(m))
	}
	return r.riskText(c.out, m)
}

func (r releasing) measure(ctx context.Context, c *console, bar *stepper) (*riskFound, error) {
	m := &riskFound{}
	err := r.open(ctx, c, bar, func(in io.Reader, tell func(int)) (err error) {
		m.survey, err = disclosure.ReadSurvey(in, disclosure.SurveyReading{Reading: disclosure.Reading{Unit: r.Unit, Keys: r.Keys, Tell: tell},
			Sensitive: r.Sensitive, Weights: r.Weights, Household: r.Household})
		return err
	})
	if err != nil {
		return nil, err
	}
	bar.tell("comparing", 0)
	m.classes = m.survey.Classes()
	m.risks = m.survey.Risks(m.classes)
	for at := range r.Sensitive {
		d, err := m.survey.Diversity(at, recursiveC)
		if err != nil {
			return nil, err
		}
		m.diversity = append(m.diversity, d)
	}
	if len(r.Sensitive) > 1 {
		if m.joint, err = m.survey.Joint(recursiveC); err != nil {
			return nil, err
		}
	}
	m.model, m.fraction = m.survey.LogLinear(), r.fractionOf(m.survey)
	bar.tell("looking for who is special", 0.3)
	if m.suda, err = m.survey.Suda(ctx, m.fraction); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		m.warnings = append(m.warnings, err.Error())
	}
	if r.Out != "" {
		bar.tell("taking values out", 0.6)
		if m.blanked, err = m.survey.Blank(ctx, r.K); err != nil {
			return nil, fmt.Errorf("%s: %w", r.File, err)
		}
	}
	m.warnings = append(m.warnings, r.riskWarnings(m)...)
	return m, nil
}

// fractionOf is which share of the population a file is taken to be.
func (r releasing) fractionOf(s *disclosure.Survey) float64 {
	if r.Fraction != 0 {
		return r.Fraction
	}
	if s.Weights == nil {
		return disclosure.DISFraction
	}
	all := 0.0
	for _, w := range s.Weights {
		all += w
	}
	return float64(s.Persons()) / all
}

// riskWarnings are what the figures rest on and nobody said.
func (r releasing) riskWarnings(m *riskFound) (w []string) {
	if r.Unit == "" {
		w = append(w, "each row was taken as one person; where a person has several, they hide behind themselves and the risk is higher: say --unit")
	}
	if m.survey.Latin > 0 {
		w = append(w, fmt.Sprintf("%d different cells are not UTF-8; they were read as Latin-1", m.survey.Latin))
	}
	holes := 0
	for i := range m.survey.Persons() {
		if slices.ContainsFunc(m.survey.Codes[:m.survey.Keys], func(codes []uint16) bool { return codes[i] == 0 }) {
			holes++
		}
	}
	if holes > 0 {
		w = append(w, fmt.Sprintf("%d of %d persons have no value in some key; such a value counts as any, which makes everybody look safer", holes, m.survey.Persons()))
	}
	if r.Out != "" && m.blanked != nil && 10*m.blanked.Total > m.survey.Keys*m.survey.Persons() {
		w = append(w, "more than a tenth of the values of the keys was taken out: put values into groups first")
	}
	return w
}

// riskJSON is what a program reads.
func (r releasing) riskJSON(m *riskFound) riskAnswer {
	out := riskAnswer{Method: r.Method, Unit: r.Unit, Weights: r.Weights, Keys: m.survey.Columns[:m.survey.Keys], Rows: m.survey.Rows, Records: m.survey.Persons(),
		Combinations: m.classes.Patterns, Violations: map[string]int{}, K: r.K, Under: m.classes.Violations(r.K),
		Expected: disclosure.Expected(m.risks.Person), Global: disclosure.Global(m.risks.Person), Sensitive: []diversityAnswer{}, Highest: slices.Max(m.risks.Person), Warnings: append([]string{}, m.warnings...)}
	for _, k := range []int{2, 3, 5} {
		out.Violations[fmt.Sprint(k)] = m.classes.Violations(k)
	}
	if m.risks.Household != nil {
		out.Household = &householdAnswer{disclosure.Expected(m.risks.Household), disclosure.Global(m.risks.Household), slices.Max(m.risks.Household)}
	}
	for _, d := range m.diversity {
		out.Sensitive = append(out.Sensitive, diversityOf(d))
	}
	if m.joint != nil {
		out.Joint = &jointAnswer{Distinct: slices.Min(m.joint.Distinct), Entropy: slices.Min(m.joint.Entropy), Recursive: slices.Min(m.joint.Recursive), C: recursiveC, One: ones(m.joint.Distinct)}
	}
	out.Model = modelAnswer{Alone: m.model.Unique, Population: m.model.Alone, Found: m.model.Found}
	if m.suda != nil {
		out.Suda = &sudaAnswer{Fraction: m.fraction, Records: m.suda.Alone, Score: m.suda.Total, Highest: slices.Max(m.suda.Scores), DIS: disclosure.Expected(m.suda.DIS),
			HighestDIS: slices.Max(m.suda.DIS), Contributions: map[string]float64{}}
		for c, share := range m.suda.Share {
			out.Suda.Contributions[m.survey.Columns[c]] = share
		}
	}
	if m.blanked != nil {
		out.Suppressed = &suppressedAnswer{K: r.K, Total: m.blanked.Total, Cells: map[string]int{}}
		for c, n := range m.blanked.Cells {
			out.Suppressed.Cells[m.survey.Columns[c]] = n
		}
	}
	return out
}

func diversityOf(d *disclosure.Diversity) diversityAnswer {
	a := diversityAnswer{Column: d.Column, Distinct: slices.Min(d.Distinct), Entropy: slices.Min(d.Entropy), Recursive: slices.Min(d.Recursive),
		C: recursiveC, Distance: slices.Max(d.Distance), Kind: "equal"}
	if d.Ordered {
		a.Kind = "ordered"
	}
	a.One = ones(d.Distinct)
	return a
}

// ones is how many persons are in a class of one value, or of none.
func ones(distinct []int) (n int) {
	for _, values := range distinct {
		if values < 2 {
			n++
		}
	}
	return n
}

// bySize are the names of shares, the greatest first.
func bySize(shares map[string]float64) (names []string) {
	for name := range shares {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(shares[b], shares[a]), cmp.Compare(a, b)) })
	return names
}
