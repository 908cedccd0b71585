package prosecution

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Investigate writes down one act of the investigation.
type Investigate struct {
	ID    ids.Act
	File  ids.File
	Kind  string // code list "file_act"
	On    date.Day
	Words string
}

// Investigate keeps it. An act never changes.
func (d *Desk) Investigate(ctx context.Context, w access.Who, c Investigate) error {
	g, f, err := d.begin(ctx, w, access.FileAct, Acts, c.File)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := fault.Join(d.Rules.need("kind", "file_act", c.Kind), past("on", c.On, d.Rules.Day(now)), needed("words", c.Words), short("words", c.Words, wordsMax)); err != nil {
		return err
	}
	x := Act{ID: c.ID, File: f.ID, Owner: f.Owner, Kind: c.Kind, On: c.On, Words: vault.Clear(c.Words), By: w.Account, At: now}
	return d.save(ctx, g, f.File, Change{Acts: []Act{x}})
}
