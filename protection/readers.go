package protection

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Reading is one time that what is kept about somebody was opened, as the log
// has it. The log knows more; this is all that a person is told, and all that
// whoever looks for an insider begins with (PROCESS.md §11.2 6).
type Reading struct {
	At      time.Time
	Role    access.Role
	Org     ids.Org
	Purpose access.Purpose
}

// Readers is who opened it on a day: a role of an organisation and a purpose,
// never an account, an hour or what was read.
type Readers struct {
	Day     date.Day
	Role    access.Role
	Org     ids.Org
	Purpose access.Purpose
}

// Readers lists who opened what is kept about the person of a case, the newest
// day first, for her to be told.
func (d *Desk) Readers(ctx context.Context, w access.Who, id ids.Case) (Case, []Readers, error) {
	g, err := d.may(ctx, w, access.CaseReaders, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return Case{}, nil, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err != nil {
		return Case{}, nil, err
	}
	all, err := d.Store.Readings(ctx, audit.Of(g, d.Now()), []ids.Case{id})
	return Case{ID: one.ID, Code: one.Code, Owner: one.Owner, Child: one.Child, Level: one.Level}, d.byDay(all), err
}

// ReadersOf lists the same by a case's code, for data protection: it opens
// nothing, and says nothing of the case.
func (d *Desk) ReadersOf(ctx context.Context, w access.Who, code string) ([]Readers, error) {
	g, err := d.mayAll(ctx, w, access.LogReaders, access.Object{Kind: access.Log}, access.ForOversight)
	if err != nil {
		return nil, err
	}
	c, err := ids.ParseCode(code)
	if err != nil {
		return nil, fault.Field("code", "fault.readers.code")
	}
	cases, err := d.Store.Coded(ctx, g, c)
	if err != nil {
		return nil, err
	}
	e := audit.Of(g, d.Now())
	for _, one := range cases {
		e = e.About(access.CaseKind, one.UUID)
	}
	all, err := d.Store.Readings(ctx, e, cases)
	return d.byDay(all), err
}

// byDay says each role, organisation and purpose once a day.
func (d *Desk) byDay(all []Reading) []Readers {
	seen, out := map[Readers]bool{}, []Readers(nil)
	for _, r := range all {
		one := Readers{Day: d.Rules.Day(r.At), Role: r.Role, Org: r.Org, Purpose: r.Purpose}
		if !seen[one] {
			seen[one] = true
			out = append(out, one)
		}
	}
	slices.SortStableFunc(out, func(a, b Readers) int {
		return cmp.Or(b.Day.Compare(a.Day), strings.Compare(string(a.Role), string(b.Role)), slices.Compare(a.Org.UUID[:], b.Org.UUID[:]), strings.Compare(string(a.Purpose), string(b.Purpose)))
	})
	return out
}
