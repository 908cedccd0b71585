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
	base `embed:""`
}

// Run prints, for each rule of the country, how much is past its time. It is run
// by hand; a job that erases needs a national decision on the schedule first.
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
	all, err := h.store.PastKeeping(ctx, entry.With("act", "preview"), store.Keeping{
		Due:   func(key string, from time.Time) time.Time { return h.country.Due(countries.DeadlineKey(key), from) },
		Today: h.country.Day(now), Grown: h.country.Deadline(countries.RetainCaseChild).Amount})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, "A preview: nothing is erased. What is kept beyond its time today:")
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
	return nil
}
