package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"inkingi/science/disclosure"
)

// cellKeys is the noise of the whole country: a reader who meets two kinds of it could
// take one from the other. [S:SCIENCES §4.3 rule 1]
var cellKeys = disclosure.Perturbation{Most: 5, Variance: 3, Never: 2}

// checkTables looks at the flags of --method tables.
func (r releasing) checkTables() error {
	rounded := r.Protect == "controlled" || r.Protect == "random"
	switch {
	case len(r.Keys) == 0 && len(r.Tables) == 0:
		return errors.New("--keys says what is counted; it is never guessed")
	case r.Epsilon != 0 || r.Ledger != "" || r.Budget != 0 || r.Codebook != "" || len(r.Zeros) > 0 || r.Aggregates != "" || r.Report != "":
		return errors.New("--epsilon, --ledger, --budget, --codebook, --zeros, --aggregates and --report do not go with --method tables")
	case r.Weights != "" || r.Household != "" || len(r.Sensitive) > 0 || r.Fraction != 0:
		return errors.New("--weights, --household, --sensitive and --fraction go with --method risk")
	case r.Count != "" && r.Unit != "":
		return errors.New("a row that stands for several persons is not about one: --count does not go with --unit")
	case r.K < 2:
		return errors.New("--k is at least 2: a count of one person is that person")
	case r.Out != "" && slices.Contains([]string{r.File, r.Secret}, r.Out):
		return errors.New("--out would be written over another file of this release")
	case r.Protect == "suppress" && r.Secret != "":
		return errors.New("--secret is for counts that are changed; those that --protect suppress shows are true")
	case r.Protect != "suppress" && r.HideZeros:
		return errors.New("--hide-zeros goes with --protect suppress; where counts are changed a zero may be somebody anyway")
	case r.Protect != "suppress" && r.Secret == "":
		return errors.New("--secret says where the secret is kept from which all chance comes; without it the same table would be drawn anew each time, and the mean of many is the truth")
	case r.Protect == "cellkey" && r.Unit == "":
		return errors.New("--protect cellkey needs --unit: the noise hangs on which persons are counted")
	case !rounded && r.Base != 5:
		return errors.New("--base goes with --protect controlled and random")
	}
	return nil
}

// tabled is what was made.
type tabled struct {
	survey   *disclosure.Survey
	linked   *disclosure.Linked
	marks    []disclosure.Mark   // with suppress
	changed  *disclosure.Changed // with the others
	views    []disclosure.View
	warnings []string
}

// tables counts, protects, and writes the tables.
func (r releasing) tables(ctx context.Context, c *console) error {
	if err := canWrite(r.Out); err != nil {
		return err
	}
	secret, fresh, err := r.secret()
	if err != nil {
		return err
	}
	bar := stepsOf(c)
	t, err := r.tabulate(ctx, c, bar, secret)
	bar.end()
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped before it was done; nothing was written")
	}
	if err != nil {
		return err
	}
	if fresh {
		if err := writeWhole(r.Secret, func(w io.Writer) error { _, err := fmt.Fprintln(w, hex.EncodeToString(secret)); return err }); err != nil {
			return err
		}
		t.warnings = append(t.warnings, "a new secret was made: "+r.Secret+"; keep it, and take it for all tables of these people, or the difference tells")
	}
	for _, s := range t.warnings {
		fmt.Fprintln(c.err, "warning:", s)
	}
	if r.Out != "" {
		if err := writeWhole(r.Out, func(w io.Writer) error { return r.tablesCSV(w, t) }); err != nil {
			return err
		}
	}
	switch {
	case r.Format == "json":
		return writeAnswer(c.out, r.tablesJSON(t))
	case r.Out == "":
		return r.tablesCSV(c.out, t)
	}
	return r.tablesText(c.out, t)
}

// secret reads the secret, or makes one that is not written yet.
func (r releasing) secret() (secret []byte, fresh bool, err error) {
	if r.Secret == "" {
		return nil, false, nil
	}
	text, err := os.ReadFile(r.Secret)
	if errors.Is(err, os.ErrNotExist) {
		secret = make([]byte, disclosure.FewestSecret)
		_, _ = rand.Read(secret) // never fails: it would end the program
		return secret, true, canWrite(r.Secret)
	}
	if err != nil {
		return nil, false, err
	}
	secret, err = hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) < disclosure.FewestSecret {
		return nil, false, fmt.Errorf("%s is not a secret: it holds %d hexadecimal digits or more and nothing else", r.Secret, 2*disclosure.FewestSecret)
	}
	return secret, false, nil
}

// columns are the columns that are counted: --keys, and what the tables name beside them.
func (r releasing) columns() (columns []string, views []disclosure.View, err error) {
	columns = slices.Clone(r.Keys)
	for _, text := range r.Tables {
		v, err := disclosure.ParseView(text, r.Keys)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range v.Names() {
			if !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
		views = append(views, v)
	}
	if len(views) == 0 {
		views = []disclosure.View{{Columns: columns}}
	}
	return columns, views, nil
}

func (r releasing) tabulate(ctx context.Context, c *console, bar *stepper, secret []byte) (*tabled, error) {
	columns, views, err := r.columns()
	if err != nil {
		return nil, err
	}
	t := &tabled{views: views}
	err = r.open(ctx, c, bar, func(in io.Reader, tell func(int)) (err error) {
		t.survey, err = disclosure.ReadSurvey(in, disclosure.SurveyReading{Reading: disclosure.Reading{Unit: r.Unit, Keys: columns, One: true, Tell: tell}, Counts: r.Count, Secret: secret})
		if err != nil {
			return err
		}
		x, err := t.survey.Cross()
		if err != nil {
			return err
		}
		t.linked, err = x.Link(views)
		return err
	})
	if err != nil {
		return nil, err
	}
	bar.tell("protecting", 0)
	if err := r.protect(ctx, t, secret, func(share float64) { bar.tell("protecting", share) }); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", r.File, err)
	}
	t.warnings = r.tablesWarnings(t)
	return t, nil
}

// protect protects the tables; a rounding that lets a reader know too much is refused.
func (r releasing) protect(ctx context.Context, t *tabled, secret []byte, tell func(share float64)) (err error) {
	rounding := disclosure.Rounding{Base: r.Base, Threshold: r.K, Secret: secret}
	switch r.Protect {
	case "suppress":
		t.marks, err = t.linked.Suppress(ctx, disclosure.Rule{Threshold: r.K, HideZeros: r.HideZeros}, tell)
		return err
	case "controlled":
		t.changed, err = t.linked.Round(ctx, rounding)
	case "random":
		t.changed, err = t.linked.RoundAtRandom(ctx, rounding)
	case "cellkey":
		noise, broken := cellKeys.Table()
		if broken != nil {
			return broken
		}
		t.changed, err = t.linked.Perturb(ctx, noise, r.K)
	}
	if err != nil {
		return err
	}
	if a := t.changed.Audit; len(a.Narrow) > 0 {
		return fmt.Errorf("%d of %d counts under %d could be told to within %d by adding and subtracting what is shown (asked: %d): publish fewer columns together, put values into groups, or take --protect suppress or controlled", len(a.Narrow), a.Looked, r.K, a.Narrowest, a.Asked)
	}
	return nil
}

// tablesWarnings are what the tables rest on and nobody said.
func (r releasing) tablesWarnings(t *tabled) (w []string) {
	if r.Unit == "" && r.Count == "" {
		w = append(w, "each row was taken as one person; where a person has several they are counted several times, and hide behind themselves: say --unit")
	}
	if t.survey.Latin > 0 {
		w = append(w, fmt.Sprintf("%d different cells are not UTF-8; they were read as Latin-1", t.survey.Latin))
	}
	if r.K < disclosure.DefaultThreshold {
		w = append(w, fmt.Sprintf("counts of %d are shown: the house shows none under %d, and none under 11 of children or below a province", r.K, disclosure.DefaultThreshold))
	}
	return w
}
