package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/store"
)

// retention shows what is kept beyond its time, and erases nothing.
type retention struct {
	base  `embed:""`
	Apply bool `help:"Propose what is past its time as erasures: each waits for two persons." env:"INKINGI_RETENTION_APPLY"`
}

// Run prints, for each rule of the country, how much is past its time, and with
// --apply writes it down as erasures that two persons must agree to. No timer
// destroys anything.
func (r retention) Run(ctx context.Context, c *console) error {
	h, err := r.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	entry, err := h.byConsole(access.SystemRetain)
	if err != nil {
		return err
	}
	now := h.clock()
	keeping := store.Keeping{
		Due:   func(key string, from time.Time) time.Time { return h.country.Due(countries.DeadlineKey(key), from) },
		Today: h.country.Day(now), Grown: h.country.Deadline(countries.RetainCaseChild).Amount}
	all, err := h.store.PastKeeping(ctx, entry.With("act", "preview"), keeping)
	if err != nil {
		return err
	}
	if !r.Apply {
		fmt.Fprintln(c.out, "A preview: nothing is erased. What is kept beyond its time today:")
	} else {
		fmt.Fprintln(c.out, "Nothing is erased before two persons agree. What is kept beyond its time today:")
	}
	for _, one := range all {
		d := h.country.Deadline(countries.DeadlineKey(one.Rule))
		fmt.Fprintf(c.out, "%6d  %s: %d %s, %s", one.Count, d.Label("en"), d.Amount, strings.ReplaceAll(string(d.Unit), "_", " "), d.Source)
		if !d.Validated {
			fmt.Fprint(c.out, ", to be validated")
		}
		if !one.Oldest.IsZero() {
			fmt.Fprintf(c.out, "; the oldest since %s", h.country.Day(one.Oldest))
		}
		if one.Unsure > 0 {
			fmt.Fprintf(c.out, "; %d of which no age is known: somebody must decide", one.Unsure)
		}
		fmt.Fprintln(c.out)
	}
	if !r.Apply {
		return nil
	}
	entry, err = h.byConsole(access.SystemRetain)
	if err != nil {
		return err
	}
	proposed, err := h.store.Propose(ctx, entry.With("act", "propose"), keeping)
	if err != nil {
		return err
	}
	for _, one := range all {
		fmt.Fprintf(c.out, "%6d  proposed by %s\n", proposed[one.Rule], one.Rule)
	}
	fmt.Fprintln(c.out, "Each waits for two persons. The log is kept: what is in it names nobody, and proves what was done.")
	return nil
}
