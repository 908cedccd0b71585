package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"inkingi/science/disclosure"
)

// releasing makes records that may leave the ministry out of records that may not. It
// opens no database: the file is a table of people without names.
type releasing struct {
	File       string   `arg:"" help:"CSV with a row a person, or several with --unit. \"-\" reads what is piped in."`
	Method     string   `help:"aim: invented records, differentially private. aggregate: the same as CTDC makes them. rows: k-anonymous, for one restricted release. risk: who could be found in the records as they are. tables: counts of persons, protected." enum:"aim,aggregate,rows,tables,risk" default:"aim"`
	Epsilon    float64  `help:"How much may be learnt of one person; 1 is strict, 4 usual, above 10 little is left." placeholder:"E"`
	Delta      float64  `help:"Chance that the promise is not kept; far below one in the number of persons." default:"1e-6"`
	Unit       string   `help:"Column that says which person a row is about; it is never released." placeholder:"COLUMN"`
	Keys       []string `help:"Columns to release; all but --unit when not given. With risk, what somebody may know of a person, and with tables, what is counted: these are never guessed." placeholder:"A,B"`
	Codebook   string   `help:"Public values of columns (JSON, {\"column\": [\"value\", …]}); without, values that too few have are left out." placeholder:"FILE"`
	Zeros      []string `help:"Columns in which 0 says something; elsewhere 0 is counted as no value." placeholder:"A,B"`
	Several    []string `help:"Columns of which a person may have several values, with semicolons between; each value that --codebook lists counts on its own." placeholder:"A,B"`
	Ledger     string   `help:"What has been spent on these people; it is made when it is not there, and refuses when nothing is left." placeholder:"FILE"`
	Budget     float64  `help:"Epsilon of all releases together, for a new ledger; without, this release spends all." placeholder:"E"`
	K          int      `help:"With rows: persons that share every combination. With risk and --out: that share their keys. With tables: the least count that is shown." default:"11"`
	Model      int      `help:"With aim: megabytes of the model; more is nearer and slower." default:"2"`
	Out        string   `help:"Where the records go (CSV)." placeholder:"FILE"`
	Aggregates string   `help:"With aggregate: where the protected counts go (CSV)." placeholder:"FILE"`
	Report     string   `help:"Where the report on quality goes (HTML); for those who may see the records." placeholder:"FILE"`
	Format     string   `help:"text or json." enum:"text,json" default:"text"`

	Weights   string   `help:"With risk: column with how many persons of the population a person stands for; without, the file is all of them." placeholder:"COLUMN"`
	Household string   `help:"With risk: column that says who lives together; it is never released." placeholder:"COLUMN"`
	Sensitive []string `help:"With risk: columns that nobody should learn of a person." placeholder:"A,B"`
	Fraction  float64  `help:"With risk: which share of the population the file is, for DIS; without, what --weights say, else 0.01 as in the field." placeholder:"F"`
	Tables    []string `name:"table" sep:"none" help:"With tables: columns of one table, or with A,B=VALUE those with a value; again for each table that is published of the same people. Without, one table of all --keys." placeholder:"A,B"`
	Count     string   `help:"With tables: column with how many persons a row stands for; not with --unit." placeholder:"COLUMN"`
	Protect   string   `help:"With tables: suppress: small counts are hidden. controlled: all are rounded and add up. random: each is rounded by chance. cellkey: each gets noise that hangs on its persons." enum:"suppress,controlled,random,cellkey" default:"suppress"`
	HideZeros bool     `help:"With tables: nobody is hidden too, where a zero tells on somebody."`
	Base      int      `help:"With controlled and random: what counts are rounded to multiples of." default:"5"`
	Secret    string   `help:"With controlled, random and cellkey: what all chance comes from; it is made when it is not there, and is never published." placeholder:"FILE"`
}

// made is a release with what it cost.
type made struct {
	records    *disclosure.Records // in the columns that were measured
	aggregates *disclosure.Aggregates
	cost       disclosure.Cost
}

// Run reads, asks the ledger, makes the records, writes the ledger and only then the
// records: whoever is interrupted has spent too much rather than too little.
func (r releasing) Run(ctx context.Context, c *console) error {
	began := time.Now()
	if err := r.check(); err != nil {
		return err
	}
	switch r.Method {
	case "risk":
		return r.risk(ctx, c)
	case "tables":
		return r.tables(ctx, c)
	}
	book, err := r.codebook()
	if err != nil {
		return err
	}
	for _, name := range []string{r.Out, r.Report, r.Aggregates, r.Ledger} {
		if err := canWrite(name); err != nil { // better now than when the budget is spent
			return err
		}
	}
	ledger, err := r.openLedger(began)
	if err != nil {
		return err
	}
	defer ledger.close()
	bar := stepsOf(c)
	real, err := r.read(ctx, c, bar)
	if err == nil {
		var s *disclosure.Spreading
		if s, err = real.Spread(r.Several, book); err == nil {
			var m *made
			if m, err = r.make(ctx, s.Records, s.Codebook, bar); err == nil {
				bar.end()
				return r.finish(c, s, m, ledger, began)
			}
		}
	}
	bar.end()
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped before it was done; nothing was written and nothing spent")
	}
	return err
}

// check looks at the flags.
func (r releasing) check() error {
	switch {
	case r.Method != "tables" && (len(r.Tables) > 0 || r.Count != "" || r.Secret != "" || r.HideZeros):
		return errors.New("--table, --count, --hide-zeros and --secret go with --method tables")
	case r.Method == "risk":
		return r.checkRisk()
	case r.Method == "tables":
		return r.checkTables()
	case r.Weights != "" || r.Household != "" || len(r.Sensitive) > 0 || r.Fraction != 0:
		return errors.New("--weights, --household, --sensitive and --fraction go with --method risk")
	case r.Out == "":
		return errors.New("--out says where the records go; nothing is made without it")
	case len(r.Several) > 0 && r.Codebook == "":
		return errors.New("--several needs --codebook: which values there are must have been public before")
	case slices.Contains([]string{r.Report, r.Aggregates, r.Ledger, r.File}, r.Out):
		return errors.New("--out would be written over another file of this release")
	case r.Aggregates != "" && r.Method != "aggregate":
		return errors.New("--aggregates goes with --method aggregate")
	case r.Model < 1 || r.Model > 512:
		return errors.New("--model lies between 1 and 512 megabytes")
	}
	if r.Method == "rows" {
		switch {
		case r.Epsilon != 0 || r.Ledger != "":
			return errors.New("--method rows makes no promise of differential privacy: --epsilon and --ledger do not go with it")
		case r.K < 2:
			return errors.New("--k is at least 2: a combination of one person is that person")
		}
		return nil
	}
	if r.Epsilon == 0 {
		return errors.New("--epsilon says how much may be learnt of one person; it is more than 0, and nobody can choose it for you (1 is strict, 4 usual)")
	}
	if err := r.promise().Check(); err != nil {
		return err
	}
	if r.Budget != 0 && (r.Ledger == "" || !(r.Budget >= r.Epsilon)) {
		return errors.New("--budget is for a new --ledger, and is at least --epsilon")
	}
	return nil
}

func (r releasing) promise() disclosure.Promise {
	return disclosure.Promise{Epsilon: r.Epsilon, Delta: r.Delta}
}

// codebook reads the public values.
func (r releasing) codebook() (book disclosure.Codebook, err error) {
	if r.Codebook == "" {
		return nil, nil
	}
	text, err := os.ReadFile(r.Codebook)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &book); err != nil {
		return nil, fmt.Errorf("%s: %w", r.Codebook, err)
	}
	return book, nil
}

// read reads the records; what is wrong is said with the file's name, row and column.
func (r releasing) read(ctx context.Context, c *console, bar *stepper) (records *disclosure.Records, err error) {
	err = r.open(ctx, c, bar, func(in io.Reader, tell func(int)) error {
		records, err = disclosure.ReadRecords(in, disclosure.Reading{Unit: r.Unit, Keys: r.Keys, Tell: tell})
		return err
	})
	return records, err
}

// open opens the file for somebody who reads it and tells how far they are.
func (r releasing) open(ctx context.Context, c *console, bar *stepper, read func(in io.Reader, tell func(int)) error) error {
	in, size := c.in, int64(1)
	if r.File != "-" {
		f, err := os.Open(r.File)
		if err != nil {
			return err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			size = max(1, info.Size())
		}
		in = f
	}
	if in == nil {
		in = strings.NewReader("")
	}
	s := &stoppable{ctx: ctx, in: in}
	if err := read(s, func(int) { bar.tell("reading", min(1, float64(s.read)/float64(size))) }); err != nil {
		return fmt.Errorf("%s: %w", r.File, err)
	}
	return nil
}

// make runs the method.
func (r releasing) make(ctx context.Context, real *disclosure.Records, book disclosure.Codebook, bar *stepper) (*made, error) {
	chance := disclosure.NewChance(rand.Reader)
	switch r.Method {
	case "rows":
		out, err := disclosure.Rows{K: r.K, Zeros: r.Zeros, Tell: bar.tell}.Synthesize(ctx, real, dice())
		return &made{records: out}, err
	case "aggregate":
		a, err := disclosure.DPMarginals{Promise: r.promise(), Codebook: book, Zeros: r.Zeros, Tell: bar.tell}.Count(ctx, real, chance)
		if err != nil {
			return nil, err
		}
		out, err := disclosure.Assembly{Tell: bar.tell}.Assemble(ctx, a, dice())
		return &made{out, a, a.Cost}, err
	}
	s, err := disclosure.AIM{Promise: r.promise(), Codebook: book, Cells: r.Model << 17, Tell: bar.tell}.Synthesize(ctx, real, chance)
	if err != nil {
		return nil, err
	}
	return &made{records: s.Records, cost: s.Cost}, nil
}

// dice draw what needs no exactness, from a key that nobody knows.
func dice() *mathrand.Rand {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails: it would end the program
	return mathrand.New(mathrand.NewChaCha8(key))
}

// finish spends, writes, measures and says.
func (r releasing) finish(c *console, s *disclosure.Spreading, m *made, ledger *ledgerFile, began time.Time) error {
	real := s.Records
	if err := ledger.spend(disclosure.Spent{At: began.UTC().Truncate(time.Second), Method: r.Method, Columns: real.Columns,
		Rho: m.cost.Rho, Delta: m.cost.Delta, Epsilon: r.Epsilon}); err != nil {
		return err
	}
	if err := writeWhole(r.Out, func(w io.Writer) error { return s.Gather(m.records).WriteCSV(w) }); err != nil {
		return err
	}
	if r.Aggregates != "" {
		if err := writeWhole(r.Aggregates, func(w io.Writer) error { return m.aggregates.WriteCSV(w) }); err != nil {
			return err
		}
	}
	q, err := disclosure.Comparison{Zeros: r.Zeros, Longest: min(3, len(real.Columns)), Rare: r.K}.Compare(real, m.records)
	if err != nil {
		return err
	}
	brief := r.brief(real, q, ledger)
	if s.Unlisted > 0 {
		brief.Warnings = append(brief.Warnings, fmt.Sprintf("%d values of --several are not in the codebook and were left out", s.Unlisted))
	}
	if r.Report != "" {
		if err := writeWhole(r.Report, func(w io.Writer) error { _, err := io.WriteString(w, brief.HTML()); return err }); err != nil {
			return err
		}
	}
	for _, s := range brief.Warnings {
		fmt.Fprintln(c.err, "warning:", s)
	}
	if r.Format == "json" {
		return r.writeJSON(c.out, real, m, brief, time.Since(began))
	}
	return r.writeText(c.out, brief, time.Since(began))
}
