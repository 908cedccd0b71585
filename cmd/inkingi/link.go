package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"inkingi/science/linkage"
)

// link finds the records that are one person, in one file or across several.
type link struct {
	Files       []string `arg:"" name:"file" help:"Files of records (CSV), or two files of encodings (JSON). Several files are compared across."`
	Model       string   `help:"Columns, levels and blocking rules (JSON); with --train it is written anew, what was learnt in it." placeholder:"FILE"`
	Train       bool     `help:"Learn from these records even when the model has learnt already."`
	Truth       string   `help:"Column that says which records are one person, to measure by." placeholder:"COLUMN"`
	Probability float64  `help:"Link pairs that are at least as probable." default:"0.5"`
	OneToOne    bool     `help:"Across files, give each record one partner at most."`
	Clusters    string   `help:"Write who is one person with whom." placeholder:"FILE"`
	Explain     string   `help:"Say what speaks for and against two records, by their numbers." placeholder:"A,B"`
	Encode      string   `help:"Encode the records by this linkage schema instead, without names." placeholder:"FILE"`
	SecretFile  string   `help:"The secret for --encode, known to both sides and to nobody who compares." placeholder:"FILE"`
	Dice        float64  `help:"Between files of encodings, link pairs at least as alike." default:"0.7"`
	Seed        uint64   `help:"The same seed draws the same pairs." default:"1"`
	Format      string   `help:"text, json or svg." enum:"text,json,svg" default:"text"`
}

// linked is what is said at the end; the fields of the accuracy stand beside the
// others when there is a truth.
type linked struct {
	Records  int     `json:"records"`
	Pairs    int     `json:"pairs"`
	Links    int     `json:"links"`
	Clusters int     `json:"clusters"`
	Seconds  float64 `json:"seconds"`
	*measured
}

type measured struct {
	TP        int     `json:"tp"`
	FP        int     `json:"fp"`
	FN        int     `json:"fn"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Run reads, compares, and says what it found.
func (l link) Run(ctx context.Context, c *console) error {
	if err := l.check(); err != nil {
		return err
	}
	started := time.Now()
	switch {
	case l.Encode != "":
		return l.encode(ctx, c)
	case strings.HasSuffix(l.Files[0], ".json"):
		return l.encodings(ctx, c, started)
	}
	table, err := l.read(ctx, c)
	if err != nil {
		return err
	}
	truth, err := l.truth(table)
	if err != nil {
		return err
	}
	model, err := l.model(table)
	if err != nil {
		return err
	}
	for _, name := range table.Columns {
		if table.Different(name) < 2 && name != l.Truth {
			fmt.Fprintf(c.err, "warning: column %q has one value or none in all records; it tells nobody apart and is not compared\n", name)
		}
	}
	bar := stepsOf(c)
	result, err := linkage.Run(ctx, table, model, linkage.Options{Train: l.Train, Seed: l.Seed, Tell: bar.tell})
	bar.end()
	if err != nil {
		return err
	}
	if !result.Converged {
		fmt.Fprintln(c.err, "warning: the weights did not come to rest; look at pairs before you trust the probabilities")
	}
	if l.Train && l.Model != "" {
		if err := writeJSON(l.Model, result.Model); err != nil {
			return err
		}
	}
	if l.Explain != "" {
		return l.explain(c, result)
	}
	return l.report(c, table, result, truth, started)
}

func (l link) check() error {
	switch {
	case !(l.Probability > 0 && l.Probability <= 1):
		return errors.New("--probability is more than 0 and at most 1")
	case !(l.Dice > 0 && l.Dice <= 1):
		return errors.New("--dice is more than 0 and at most 1")
	case (l.Encode == "") != (l.SecretFile == ""):
		return errors.New("--encode and --secret-file go together")
	case l.Encode != "" && len(l.Files) != 1:
		return errors.New("--encode takes one file")
	}
	return nil
}

// read streams the files into one table.
func (l link) read(ctx context.Context, c *console) (*linkage.Table, error) {
	table := &linkage.Table{}
	bar := stepsOf(c)
	defer bar.end()
	for _, name := range l.Files {
		err := func() error {
			f, err := os.Open(name)
			if err != nil {
				return err
			}
			defer f.Close()
			size := int64(1)
			if info, err := f.Stat(); err == nil {
				size = max(1, info.Size())
			}
			in := &stoppable{ctx: ctx, in: f}
			return table.Read(in, func(int) { bar.tell("reading", float64(in.read)/float64(size)) })
		}()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if table.Latin > 0 {
		fmt.Fprintf(c.err, "warning: %d different values are not UTF-8; they were read as Latin-1\n", table.Latin)
	}
	return table, nil
}

// truth reads the column of the truth. One by which no two records are one person measures
// nothing: it is the wrong column, or empty.
func (l link) truth(table *linkage.Table) (*linkage.Truth, error) {
	if l.Truth == "" {
		return nil, nil
	}
	truth, known := table.Truth(l.Truth)
	switch {
	case !known:
		return nil, fmt.Errorf("--truth: no column %q; there are %s", l.Truth, strings.Join(table.Columns, ", "))
	case truth.Pairs == 0:
		return nil, fmt.Errorf("--truth: by column %q no two records that are compared are one person; there is nothing to measure by", l.Truth)
	}
	return truth, nil
}

// stoppable is a reader that ends when the person does not want to wait.
type stoppable struct {
	ctx  context.Context
	in   io.Reader
	read int64
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.in.Read(p)
	s.read += int64(n)
	return n, err
}

func (l link) model(table *linkage.Table) (*linkage.Model, error) {
	if l.Model == "" {
		return linkage.NewModel(table, l.Truth)
	}
	f, err := os.Open(l.Model)
	if errors.Is(err, os.ErrNotExist) && l.Train {
		return linkage.NewModel(table, l.Truth)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return linkage.ReadModel(f, table, l.Truth)
}

func writeJSON(name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(text, '\n'), 0o600)
}

// explain prints one waterfall.
func (l link) explain(c *console, result *linkage.Result) error {
	first, second, _ := strings.Cut(l.Explain, ",")
	a, err1 := strconv.Atoi(strings.TrimSpace(first))
	b, err2 := strconv.Atoi(strings.TrimSpace(second))
	if err1 != nil || err2 != nil {
		return errors.New("--explain takes two numbers of records, as in 3,17")
	}
	reasons, err := result.Explain(a-1, b-1)
	if err != nil {
		return err
	}
	switch l.Format {
	case "svg":
		_, err = io.WriteString(c.out, linkage.Waterfall(reasons))
	case "json":
		err = json.NewEncoder(c.out).Encode(reasons)
	default:
		_, err = io.WriteString(c.out, linkage.Story(reasons))
	}
	return err
}

// report says how many were found, writes the clusters and measures.
func (l link) report(c *console, table *linkage.Table, result *linkage.Result, truth *linkage.Truth, started time.Time) error {
	links := result.At(l.Probability)
	if l.OneToOne && len(l.Files) > 1 {
		links = table.OneToOne(links)
	}
	persons := table.Clusters(links)
	out := linked{Records: table.Records(), Pairs: result.Pairs, Links: len(links)}
	for i, p := range persons {
		if i == p {
			out.Clusters++
		}
	}
	if l.Clusters != "" {
		if err := l.write(table, persons); err != nil {
			return err
		}
	}
	if truth != nil {
		a := truth.Of(links)
		out.measured = &measured{a.TP, a.FP, a.FN, a.Precision, a.Recall, a.F1}
	}
	out.Seconds = time.Since(started).Seconds()
	switch l.Format {
	case "json":
		return json.NewEncoder(c.out).Encode(out)
	case "svg":
		_, err := io.WriteString(c.out, linkage.DrawCurve(result.Expected()))
		return err
	}
	out.say(c.out)
	fmt.Fprintln(c.out, "\ncompared when they agree on one of:")
	for _, r := range result.Rules {
		fmt.Fprintln(c.out, "  ", strings.Join(r, " + "))
	}
	fmt.Fprintln(c.out, "\nby the model's own probabilities (pairs never compared are in no figure):\n  threshold     links  precision  recall")
	for _, p := range result.Expected() {
		fmt.Fprintf(c.out, "  %9.3f %9d     %.4f  %.4f\n", p.Probability, p.Links, p.Precision, p.Recall)
	}
	return nil
}

func (o linked) say(w io.Writer) {
	fmt.Fprintf(w, "%d records, %d pairs compared, %d links, %d persons, %.1f s\n", o.Records, o.Pairs, o.Links, o.Clusters, o.Seconds)
	if m := o.measured; m != nil {
		fmt.Fprintf(w, "against the truth: %d right, %d wrong, %d missed; precision %.4f, recall %.4f, F1 %.4f\n", m.TP, m.FP, m.FN, m.Precision, m.Recall, m.F1)
	}
}

// write writes one row a record: the number of its person's first record, its
// file, its row in it, and its own number when a column holds one.
func (l link) write(table *linkage.Table, persons []int) (err error) {
	f, err := os.OpenFile(l.Clusters, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := csv.NewWriter(f)
	own := ""
	for _, c := range table.Columns {
		if own == "" && c != l.Truth && linkage.RoleOf(c) == linkage.Ignored {
			own = c
		}
	}
	if err := w.Write([]string{"person", "file", "row", "record"}); err != nil {
		return err
	}
	file := 0
	for i, p := range persons {
		for file+1 < len(table.Starts) && i >= table.Starts[file+1] {
			file++
		}
		if err := w.Write([]string{strconv.Itoa(p + 1), l.Files[file], strconv.Itoa(i - table.Starts[file] + 1), table.Value(i, own)}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// stepper shows one bar a step.
type stepper struct {
	c    *console
	step string
	set  func(done int)
	stop func()
}

func stepsOf(c *console) *stepper { return &stepper{c: c} }

func (s *stepper) tell(step string, share float64) {
	if s.set == nil || s.step != step {
		s.end()
		s.step = step
		s.set, s.stop = s.c.progress(step, 1000)
	}
	s.set(min(999, int(share*1000))) // a bar that cannot be drawn stops nothing
}

func (s *stepper) end() {
	if s.set != nil {
		s.stop()
		s.set = nil
	}
}
