package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"inkingi/science/estimate"
)

// estimating answers how many people no list has seen. It opens no database: the
// file holds counts of persons by list, or a row a person, and no name.
type estimating struct {
	File      string            `arg:"" help:"CSV with a column of 0 and 1 for each list: capture histories with counts in the last column, or one row a person. \"-\" reads what is piped in." type:"path"`
	Method    string            `help:"all, main, stepwise, bic, bayes, lcmcr, dga or chapman." enum:"all,main,stepwise,bic,bayes,lcmcr,dga,chapman" default:"all"`
	Threshold float64           `help:"p-value under which a pair enters the stepwise model." default:"0.02"`
	Order     int               `help:"Largest interaction that bic and bayes look at." default:"2"`
	Interval  string            `help:"conditional, profile or bca; bayes, lcmcr, dga and chapman have their own." enum:"conditional,profile,bca" default:"conditional"`
	Boot      int               `help:"Resamples of the bootstrap." default:"1000"`
	Seed      uint64            `help:"Seed of the resamples and draws; the same seed gives the same answer." default:"1"`
	Format    string            `help:"text, json or svg." enum:"text,json,svg" default:"text"`
	Linked    map[string]string `help:"The same lists linked at another threshold, as 0.8=FILE; may be given again." placeholder:"P=FILE" mapsep:"none"`
	At        float64           `name:"linked-at" help:"Threshold of linkage of the file itself, with --linked." default:"0.5"`
	Anyway    bool              `help:"Show the figures though there are reasons not to."`
}

// Run reads, computes and prints. A table from which no figure should be shown is
// answered with the reasons, and that is an answer: the exit code is 0.
func (e estimating) Run(ctx context.Context, c *console) error {
	plan, err := e.plan(c)
	if err != nil {
		return err
	}
	h, err := readHistories(c, e.File)
	if err != nil {
		return err
	}
	report := &estimate.Report{Observed: h.Observed(), Lists: h.Lists, Overlap: h.Overlap(), Refusals: h.Refusals(),
		Warnings: h.Warnings(), Assumptions: estimate.Assumptions()}
	var linkage []estimate.Spread
	if len(report.Refusals) == 0 || e.Anyway {
		if report, err = estimate.Run(ctx, h, plan); err == nil {
			linkage, err = e.linkage(ctx, c, h, plan)
		}
		if errors.Is(err, context.Canceled) {
			return errors.New("stopped before it was done; nothing is shown")
		}
		if err != nil {
			return err
		}
	}
	if e.Anyway {
		report.Warnings = slices.Concat(report.Refusals, report.Warnings)
		report.Refusals = nil
	}
	switch e.Format {
	case "json":
		return writeEstimateJSON(c.out, report, linkage)
	case "svg":
		_, err := fmt.Fprint(c.out, report.Picture())
		return err
	}
	return writeEstimateText(c.out, report, linkage)
}

// plan checks the flags.
func (e estimating) plan(c *console) (estimate.Plan, error) {
	switch {
	case !(e.Threshold > 0 && e.Threshold <= 1):
		return estimate.Plan{}, errors.New("--threshold is a p-value: above 0, at most 1")
	case e.Order < 1 || e.Order > estimate.MaxLists:
		return estimate.Plan{}, fmt.Errorf("--order lies between 1 and %d", estimate.MaxLists)
	case e.Boot < 1 || e.Boot > estimate.MaxReplicates:
		return estimate.Plan{}, fmt.Errorf("--boot lies between 1 and %d", estimate.MaxReplicates)
	}
	p := estimate.Plan{Threshold: e.Threshold, Order: e.Order, Interval: estimate.Kind(e.Interval),
		Resampling: estimate.Resampling{Replicates: e.Boot, Seed: e.Seed, Progress: progress(c)}}
	if e.Method != "all" {
		p.Methods = []estimate.Method{estimate.Method(e.Method)}
	}
	return p, nil
}

// progress says on standard error how far a bootstrap is, on one line that is written
// over; it is called from one place at a time.
func progress(c *console) func(done, total int) {
	said := -1
	return func(done, total int) {
		part := 20 * done / total
		if part == said {
			return
		}
		said = part
		fmt.Fprintf(c.err, "\rbootstrap: %d of %d tables", done, total)
		if done == total {
			fmt.Fprintln(c.err)
		}
	}
}

// linkage estimates again at every other threshold of linkage.
func (e estimating) linkage(ctx context.Context, c *console, h *estimate.Histories, p estimate.Plan) ([]estimate.Spread, error) {
	if len(e.Linked) == 0 {
		return nil, nil
	}
	sets := []estimate.Linked{{Threshold: e.At, Histories: h}}
	for word, file := range e.Linked {
		at, err := strconv.ParseFloat(word, 64)
		if err != nil || !(at >= 0 && at <= 1) {
			return nil, fmt.Errorf("--linked %s=…: a threshold of linkage lies between 0 and 1", word)
		}
		other, err := readHistories(c, file)
		if err != nil {
			return nil, err
		}
		sets = append(sets, estimate.Linked{Threshold: at, Histories: other})
	}
	return estimate.AcrossLinkage(ctx, sets, p)
}

// readHistories reads a file; what is wrong is said with its name, row and column.
func readHistories(c *console, name string) (*estimate.Histories, error) {
	in := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	h, err := estimate.Read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return h, nil
}
