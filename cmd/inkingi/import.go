package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/exchange"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// importing brings in what others kept.
type importing struct {
	Discard importDiscard `cmd:"" help:"Take out a list that was begun and never finished, with the keys of its rows; without a list, say which there are."`
	Cases   importCases   `cmd:"" help:"Bring in a list that was kept before this program (CSV or XLSX), all of it or nothing; exit 1 when it has problems."`
}

// importCases reads a list twice: once for every problem in it, once to load it.
// At the console the program itself acts, as for accounts: whoever may run it
// holds the master key. From pages the same verb is for the M&E officer and the
// supervisor (access/policies/matrix.csv).
type importCases struct {
	base         `embed:""`
	Map          string `help:"What the columns mean (YAML); docs/guides/legacy-lists.md explains it." env:"INKINGI_IMPORT_MAP" placeholder:"FILE" required:""`
	Organisation string `help:"Name of the organisation whose list it is; the one founded first when not said." env:"INKINGI_IMPORT_ORGANISATION"`
	DryRun       bool   `help:"Only list the problems; write nothing." env:"INKINGI_IMPORT_DRY_RUN"`
	Format       string `help:"text or json." enum:"text,json" default:"text" env:"INKINGI_IMPORT_FORMAT"`
	File         string `arg:"" help:"The list." type:"path"`
}

// imported is what is said at the end.
type imported struct {
	Rows       int                `json:"rows"`
	People     int                `json:"people"`
	Duplicates int                `json:"duplicates"`
	Problems   []exchange.Problem `json:"problems"`
}

// Run surveys, loads and says what it found.
func (i importCases) Run(ctx context.Context, c *console) error {
	h, err := i.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	in, err := os.Open(i.File)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	l := &exchange.Legacy{Country: h.country, Today: h.country.Day(h.clock()), File: exchange.File{ReaderAt: in, Size: info.Size()}}
	if l.Mapping, err = i.mapping(h); fault.Is(err, fault.Invalid) {
		fmt.Fprintln(c.err, "inkingi:", said(err))
		return i.say(c, imported{Problems: exchange.Problems(err)}, "the mapping cannot be used; nothing was imported")
	}
	if err != nil {
		return err
	}
	owner, err := h.ownerOf(ctx, i.Organisation)
	if err != nil {
		return err
	}
	survey, mark, err := i.survey(ctx, c, h, l, owner)
	if err != nil {
		return err
	}
	out := imported{survey.Rows, survey.People, survey.Duplicates, survey.Problems}
	switch {
	case len(survey.Problems) > 0:
		return i.say(c, out, "nothing was imported")
	case i.DryRun:
		return i.say(c, out, "dry run: nothing was written")
	}
	next, err := l.Records(ctx)
	if err != nil {
		return err
	}
	show, end := c.progress("importing", survey.Rows)
	defer end()
	_, err = h.archive().Import(ctx, access.Itself(), protection.ImportList{Owner: owner, Name: l.Mapping.Name, Mark: mark,
		Layout: vault.Clear(survey.Layout), Next: next, Tell: show})
	if err != nil {
		return err
	}
	return i.say(c, out, "imported")
}

func (i importCases) mapping(h *house) (*exchange.Mapping, error) {
	in, err := os.Open(i.Map)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return exchange.ReadMapping(in, h.country)
}

// survey reads the file once, and looks in the organisation's lists for what it holds.
func (i importCases) survey(ctx context.Context, c *console, h *house, l *exchange.Legacy, owner ids.Org) (exchange.Survey, string, error) {
	mark, err := l.Mark()
	if err != nil {
		return exchange.Survey{}, "", err
	}
	a := h.archive()
	g, err := a.MayImport(ctx, access.Itself(), owner)
	if err != nil {
		return exchange.Survey{}, "", err
	}
	watched := &counted{ReaderAt: l.File}
	seen := *l
	seen.File.ReaderAt = watched
	show, end := c.progress("reading (KiB)", int(l.File.Size>>10))
	defer end()
	survey, err := seen.Survey(ctx, func(marks []string) ([]bool, error) { return a.Known(ctx, g, mark, marks) },
		func(int) { show(int(watched.furthest >> 10)) })
	return survey, mark, err
}

// counted remembers how far a file was read.
type counted struct {
	io.ReaderAt
	furthest int64
}

// ReadAt reads.
func (r *counted) ReadAt(p []byte, at int64) (int, error) {
	n, err := r.ReaderAt.ReadAt(p, at)
	r.furthest = max(r.furthest, at+int64(n))
	return n, err
}

// say prints the outcome. A list with problems ends in exit 1, dry run or not.
func (i importCases) say(c *console, out imported, end string) error {
	if i.Format == "json" {
		if err := json.NewEncoder(c.out).Encode(out); err != nil {
			return err
		}
	} else {
		if err := out.write(c.out); err != nil {
			return err
		}
		fmt.Fprintln(c.out, end)
	}
	if len(out.Problems) > 0 {
		return errExit(1)
	}
	return nil
}

// write says the same in words, in English like everything at the console.
func (o imported) write(w io.Writer) error {
	l, err := lang.Load()
	if err != nil {
		return err
	}
	p := l.Printer("en")
	for _, one := range o.Problems {
		where := make([]string, 0, 2)
		if one.Row > 0 {
			where = append(where, fmt.Sprintf("row %d", one.Row))
		}
		if one.Column != "" {
			where = append(where, fmt.Sprintf("column %q", one.Column))
		}
		if len(where) == 0 {
			where = append(where, "the file")
		}
		fmt.Fprintf(w, "%s: %s (%s)\n", strings.Join(where, ", "), p.T(one.Key), one.Key)
	}
	_, err = fmt.Fprintf(w, "%d rows, %d people, %d duplicates, %d problems\n", o.Rows, o.People, o.Duplicates, len(o.Problems))
	return err
}

// archive is the desk of historic lists.
func (h *house) archive() *protection.Archive {
	return &protection.Archive{Store: h.store, Policy: h.policy, Country: h.country, Now: h.clock}
}

// ownerOf finds the organisation a list belongs to: the one named, or the oldest.
func (h *house) ownerOf(ctx context.Context, name string) (ids.Org, error) {
	if name == "" {
		org, err := h.oldest(ctx)
		if err == nil && org.IsZero() {
			err = fault.Field("organisation", "legacy.owner")
		}
		return org, err
	}
	orgs, err := h.accounts.Orgs(ctx, noCursor(), 500)
	if err != nil {
		return ids.Org{}, err
	}
	for _, o := range orgs {
		if strings.EqualFold(o.Name, strings.TrimSpace(name)) {
			return o.ID, nil
		}
	}
	return ids.Org{}, fault.Field("organisation", "legacy.owner")
}
