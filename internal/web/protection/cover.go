package protection

import (
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// coverView says who stands in for whom.
type coverView struct {
	voice
	protection.Cover
	Staff []govuk.SelectItem
	roles map[string]access.Role
}

func (r *Rooms) cover(c *shell.Context) error {
	f := c.Form()
	v, err := r.coverOf(c, f)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("cover.line"), Body: coverPage(v), Section: navCaseloads, Back: "/caseloads"}
	if !c.Posted() {
		return c.Page(page)
	}
	x := v.Cover
	x.Version = f.Version()
	x.Away, x.Cover = chosen[ids.Account](f, "away", v.Staff), chosen[ids.Account](f, "cover", v.Staff)
	x.From, x.Until = r.span(f.Day("from"), f.Day("until"))
	if !v.alike(x.Away, x.Cover) {
		f.Fail("cover", "fault.cover.role")
	}
	if err = f.Err(); err == nil {
		err = r.Desk.KeepCover(c, c.Who, protection.KeepCover{Cover: x})
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("cover.kept")
	return c.Redirect("/caseloads")
}

// coverOf finds the line of the address, or begins a new one.
func (r *Rooms) coverOf(c *shell.Context, f *shell.Form) (v coverView, err error) {
	v.voice = r.voice(c)
	v.Cover = protection.Cover{Org: c.Who.Post.Org}
	if c.Route.About == shell.Fresh {
		v.ID = shell.KeepID[ids.Cover](f, "id")
		if !v.may(access.CoverKeep, access.Object{Kind: access.CoverKind, Owner: v.Org}) {
			return v, fault.New(fault.Denied, "fault.denied")
		}
	} else if err = v.lookUp(r); err != nil {
		return v, err
	}
	v.Staff, v.roles = []govuk.SelectItem{{Text: v.T("signal.choose")}}, map[string]access.Role{}
	for _, role := range covering {
		staff, err := r.People.Staff(c, v.Org, role)
		if err != nil {
			return v, err
		}
		for _, id := range staff {
			if !slices.ContainsFunc(v.Staff, func(one govuk.SelectItem) bool { return one.Value == id.String() }) {
				v.roles[id.String()] = role
				v.Staff = append(v.Staff, govuk.SelectItem{Value: id.String(), Text: comma(v.account(id), v.Role(role))})
			}
		}
	}
	return v, nil
}

// covering are the roles in which somebody holds cases or signals.
var covering = [...]access.Role{access.CaseManager, access.Screener, access.DutyOfficer}

// span is from the beginning of the first day to the end of the last, in the
// country's time.
func (r *Rooms) span(first, last date.Day) (from, until time.Time) {
	at := r.Country.Location()
	if !first.IsZero() {
		from = first.In(at).UTC()
	}
	if !last.IsZero() {
		until = last.Add(1).In(at).UTC()
	}
	return from, until
}

// first and last are the days of an absence.
func (v voice) first(x protection.Cover) date.Day {
	if x.From.IsZero() {
		return date.Day{}
	}
	return v.DayOf(x.From)
}

func (v voice) last(x protection.Cover) date.Day {
	if x.Until.IsZero() {
		return date.Day{}
	}
	return v.DayOf(x.Until.Add(-time.Minute))
}

// alike says whether both are in the same role: who stands in must be able to do
// what the other did.
func (v coverView) alike(a, b ids.Account) bool {
	return a.IsZero() || b.IsZero() || v.roles[a.String()] == v.roles[b.String()]
}

func (v *coverView) lookUp(r *Rooms) error {
	id, err := shell.ID[ids.Cover](v.c, "cover")
	if err != nil {
		return err
	}
	if err := r.gate(v.c, id.UUID); err != nil {
		return err
	}
	all, err := r.Desk.Covers(v.c, v.c.Who)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(x protection.Cover) bool { return x.ID == id })
	if at < 0 {
		return notThere()
	}
	v.Cover = all[at]
	return nil
}

// covered are the cases of those the reader stands in for.
func (r *Rooms) covered(c *shell.Context) (Section, error) {
	v := r.voice(c)
	lines, err := r.Desk.Covered(c, c.Who)
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	for _, l := range lines {
		rows = append(rows, v.coveredRow(l))
	}
	s := v.caseSection("covered", "cover.work", "cover.work.none", rows, len(rows), 0, "", "/covered")
	return s, nil
}

// coveredRow is a case of somebody the reader stands in for: it opens, though no
// seat of it is the reader's.
func (v voice) coveredRow(l protection.CaseLine) govuk.QueueRow {
	row := v.caseRow(l)
	row.Href = "/cases/" + l.ID.String()
	return row
}

type coveredView struct {
	voice
	Rows govuk.Queue
}

// listCovered is the whole of it.
func (r *Rooms) listCovered(c *shell.Context) error {
	v := coveredView{voice: r.voice(c)}
	lines, err := r.Desk.Covered(c, c.Who)
	if err != nil {
		return err
	}
	v.Rows.HeadingLevel = 2
	for _, l := range lines {
		v.Rows.Rows = append(v.Rows.Rows, v.coveredRow(l))
	}
	return c.Page(shell.Page{Title: v.T("cover.work"), Body: coveredPage(v), Section: navCases, Wide: true})
}
