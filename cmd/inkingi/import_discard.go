package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// importDiscard takes a list out that was begun and never finished, as the pages do:
// its rows leave and their keys are destroyed. Without a list it says which there are.
type importDiscard struct {
	base   `embed:""`
	DryRun bool   `help:"Only say what would be taken out; write nothing." env:"INKINGI_IMPORT_DRY_RUN"`
	Format string `help:"text or json." enum:"text,json" default:"text" env:"INKINGI_IMPORT_FORMAT"`
	List   string `arg:"" optional:"" help:"The list, by the identifier that is printed without one."`
}

// halfList is what is said of a list.
type halfList struct {
	ID    ids.List  `json:"id"`
	Name  string    `json:"name"`
	Begun time.Time `json:"begun"`
	Rows  int       `json:"rows"`
}

// Run lists, or takes one out.
func (d importDiscard) Run(ctx context.Context, c *console) error {
	h, err := d.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	a := h.archive()
	half, err := a.HalfLoaded(ctx, access.Itself())
	if err != nil {
		return err
	}
	if d.List == "" {
		return d.say(c, half, "are half loaded; give one of them to take it out")
	}
	id, err := ids.Parse[ids.List](d.List)
	if err != nil {
		return fault.Field("list", "legacy.discard.unknown")
	}
	one, err := d.which(half, id)
	if err != nil {
		return err
	}
	if d.DryRun {
		return d.say(c, one, "dry run: nothing was written")
	}
	show, end := c.progress("taking out", one[0].Rows)
	for gone := false; !gone; {
		if gone, err = a.DiscardList(ctx, access.Itself(), id); err != nil {
			break
		}
		if !gone {
			left, err := a.HalfLoaded(ctx, access.Itself())
			if err != nil {
				end()
				return err
			}
			for _, l := range left {
				if l.ID == id {
					show(one[0].Rows - l.Rows)
				}
			}
		}
	}
	end()
	if err != nil {
		return err
	}
	return d.say(c, one, "taken out")
}

// which finds the list among those that are half loaded. One that is finished is
// counted already, and is not taken out here.
func (d importDiscard) which(half []protection.LegacyList, id ids.List) ([]protection.LegacyList, error) {
	for _, l := range half {
		if l.ID == id {
			return []protection.LegacyList{l}, nil
		}
	}
	return nil, fault.Field("list", "legacy.discard.unknown")
}

func (d importDiscard) say(c *console, all []protection.LegacyList, end string) error {
	lists := []halfList{}
	for _, l := range all {
		lists = append(lists, halfList{l.ID, l.Name, l.Begun, l.Rows})
	}
	if d.Format == "json" {
		return json.NewEncoder(c.out).Encode(lists)
	}
	for _, l := range lists {
		fmt.Fprintf(c.out, "%s  %s  %d rows  %s\n", l.ID, l.Begun.UTC().Format(time.DateOnly), l.Rows, l.Name)
	}
	_, err := fmt.Fprintln(c.out, end)
	return err
}
