package prosecution

import (
	"context"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// Open opens a criminal file (F1): by the police, immigration or a prosecutor, with
// the number of the minutes.
type Open struct {
	ID      ids.File
	Source  Source
	Number  string // of the minutes, as written
	Checked bool   // another unit has the same number, and this one was looked at again
	On      date.Day
	Where   place.Given
	Words   string
}

// Check finds what the person can correct.
func (c Open) Check(r *Rules, today date.Day) error {
	_, err := ReadNumber(PV, c.Number)
	errs := []error{one("source", c.Source, Sources[:]), past("on", c.On, today), short("words", c.Words, wordsMax), fault.At("number", err)}
	if strings.TrimSpace(c.Number) == "" {
		errs = append(errs, fault.Field("number", "fault.number.missing"))
	}
	if !c.On.IsZero() && !c.On.After(today) {
		errs = append(errs, r.place("where", c.Where, c.On))
	}
	return fault.Join(errs...)
}

// Open keeps the file. It is of the unit of whoever opens it.
func (d *Desk) Open(ctx context.Context, w access.Who, c Open) error {
	g, err := d.mayAll(ctx, w, access.FileOpen)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	number, err := ReadNumber(PV, c.Number)
	if err != nil {
		return err
	}
	f := File{ID: c.ID, Code: ids.NewCode(d.Random), State: Received, Since: c.On, Source: c.Source, Owner: w.Post.Org, Numbers: map[Register]Number{PV: number},
		On: c.On, Where: c.Where, Words: vault.Clear(c.Words), By: w.Account, At: now, Changed: now}
	if w.Post.Role == access.Prosecutor { // opened by the office itself
		f.Office = w.Post.Org
	}
	if err := d.numbered(ctx, PV, number, w.Post.Org, c.Checked, c.ID); err != nil {
		return err
	}
	s := Stage{File: f.ID, N: 1, State: Received, On: c.On, At: now, By: w.Account, Org: w.Post.Org, Number: number}
	return d.Store.SaveProsecution(ctx, audit.Of(g, now).About(access.FileKind, f.ID.UUID), Change{File: &f, Stages: []Stage{s}, Numbers: []Register{PV}})
}

// numbered refuses a number that the same office gave already, and asks to look again
// at one that another office has: files get lost under a neighbour's number.
func (d *Desk) numbered(ctx context.Context, r Register, n Number, office ids.Org, checked bool, but ids.File) error {
	same, elsewhere, err := d.Store.Numbered(ctx, r, n.Plain, office, but)
	switch {
	case err != nil:
		return err
	case same:
		return fault.Field("number", "fault.number.taken")
	case elsewhere && !checked:
		return fault.Field("checked", "fault.number.elsewhere")
	}
	return nil
}

// File reads a file with everything in it.
func (d *Desk) File(ctx context.Context, w access.Who, id ids.File) (Dossier, access.Grant, error) {
	g, err := d.may(ctx, w, access.FileRead, id)
	if err != nil {
		return Dossier{}, g, err
	}
	f, err := d.Store.Dossier(ctx, g, id)
	return f, g, err
}

// Files lists the files of one's own unit, office or court.
func (d *Desk) Files(ctx context.Context, w access.Who, p Page) (Cut, error) {
	g, err := d.mayAll(ctx, w, access.FileList)
	if err != nil {
		return Cut{}, err
	}
	return d.Store.Files(ctx, g, p)
}

// Find lists the files that one's own unit opened and that hold a name or a telephone.
func (d *Desk) Find(ctx context.Context, w access.Who, words string, p Page) (Cut, error) {
	g, err := d.mayAll(ctx, w, access.FileFind)
	if err != nil {
		return Cut{}, err
	}
	if strings.TrimSpace(words) == "" {
		return Cut{}, fault.Field("words", "fault.required")
	}
	return d.Store.FindFiles(ctx, g, words, p)
}

// Offices lists where a file can be sent: an office is where somebody holds the post.
func (d *Desk) Offices(ctx context.Context, role access.Role) ([]ids.Org, error) {
	return d.Store.Offices(ctx, role)
}
