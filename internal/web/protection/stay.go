package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// stayView is one line of the placement log.
type stayView struct {
	voice
	protection.Stay
	of    protection.Lodger
	facts access.Object
	House string // how the service is called
}

// stayOf reads the stay of the address, for who may do what the route is for.
func (r *Rooms) stayOf(c *shell.Context) (stayView, error) {
	v := stayView{voice: r.voice(c)}
	id, err := shell.ID[ids.Stay](c, "stay")
	if err == nil && c.Route.Action != access.StayRead {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	var g access.Grant
	if v.Stay, v.of, g, err = r.Desk.Stay(c, c.Who, id); err != nil {
		return v, err
	}
	v.facts, v.House = g.Object(), v.house(v.Service)
	return v, nil
}

// house is how a service calls itself, for who reads the directory.
func (v voice) house(id ids.Service) string {
	if !v.may(access.DirectoryRead, access.Object{Kind: access.Directory}) {
		return ""
	}
	s, err := v.rooms.Desk.Service(v.c, v.c.Who, id)
	if err != nil {
		return ""
	}
	return s.Name
}

func (r *Rooms) showStay(c *shell.Context) error {
	v, err := r.stayOf(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("stay.one"), Body: stayPage(v), Back: v.back(), Section: navCases})
}

// ours says whether the case is of the reader's organisation.
func (v stayView) ours() bool { return v.Owner == v.c.Who.Post.Org }

// back is the case, or the list of who lives in the house.
func (v stayView) back() string {
	if v.ours() {
		return "/cases/" + v.Case.String()
	}
	return "/stays"
}

func (v stayView) href(rest string) string { return "/stays/" + v.ID.String() + rest }

func (v stayView) tag() govuk.Tag { return v.stayTag(v.State) }

func (v voice) stayTag(s protection.StayState) govuk.Tag {
	t := govuk.Tag{Text: v.T("stay.state." + string(s)), Classes: "govuk-tag--grey"}
	if s == protection.StayingNow {
		t.Classes = "govuk-tag--green"
	}
	return t
}

// verbs are what may be noted of it.
func (v stayView) verbs() []act {
	var all []act
	if v.State != protection.StayingNow {
		return nil
	}
	if v.may(access.StayMove, v.facts) {
		all = append(all, act{v.href("/move"), v.T("stay.do.move"), second})
	}
	if v.may(access.StayEnd, v.facts) {
		all = append(all, act{v.href("/end"), v.T("stay.do.end"), second})
	}
	return all
}

func (v stayView) rows() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("stay.provider"), comma(v.House, v.orgName(v.Provider))), v.row(v.T("stay.unit"), v.label(countries.StayUnit, string(v.Unit))),
		v.rowIf(v.T("stay.with"), v.label(countries.StayWith, v.With)), v.rowIf(v.T("stay.why"), v.label(countries.StayFamily, v.Why)),
		v.row(v.T("stay.from"), v.Day(v.From)), v.rowIf(v.T("stay.by"), comma(v.account(v.By), v.when(v.At)))}
	if !v.Until.IsZero() {
		rows = append(rows, v.row(v.T("stay.until"), v.Day(v.Until)), v.row(v.T("stay.end"), v.stayEnd(v.Stay)), v.rowIf(v.T("stay.ended_by"), comma(v.account(v.EndedBy), v.when(v.EndedAt))))
	}
	return rows
}

// stayEnd says why a line ended.
func (v voice) stayEnd(s protection.Stay) string {
	if s.State == protection.StayMoved {
		return v.label(countries.StayMoved, s.End)
	}
	return v.label(countries.StayLeft, s.End)
}

// bedForm is what the forms of a bed share.
type bedForm struct {
	voice
	of protection.Lodger
}

// units are those that she may live in.
func (v bedForm) units() []govuk.Choice {
	if v.of.Child {
		return v.some(countries.StayUnit, string(protection.ChildrenUnit), string(protection.FamilyUnit))
	}
	return v.some(countries.StayUnit, string(protection.WomenUnit), string(protection.MenUnit), string(protection.FamilyUnit))
}

// with are those she may be with in the family unit.
func (v bedForm) with() []govuk.Choice {
	want := "no"
	if v.of.Child {
		want = "yes"
	}
	var codes []string
	for _, k := range v.rooms.Country.List(countries.StayWith) {
		if k.Attr["child"] == want {
			codes = append(codes, k.Code)
		}
	}
	return v.some(countries.StayWith, codes...)
}

// bed reads where in a shelter.
func (v bedForm) bed(f *shell.Form) protection.Bed {
	rules := v.rooms.Desk.Rules
	return protection.Bed{Unit: protection.Unit(f.Choice("unit", rules.Codes(countries.StayUnit)...)), With: f.Choice("with", rules.Codes(countries.StayWith)...),
		Why: f.Choice("why", rules.Codes(countries.StayFamily)...)}
}

// today fills the boxes of a day with today.
func (v bedForm) today(name string) map[string]string { return v.DateValues(name, date.Of(v.Today())) }

// settleView gives her a bed where she arrived.
type settleView struct {
	bedForm
	protection.Referral
	ID   ids.Stay
	Free string
}

// closed says why no bed can be given on this request now, "" when one can.
func (v settleView) closed() string {
	switch {
	case v.c.Posted():
		return ""
	case !v.Sheltered():
		return v.T("stay.settle.not")
	case !v.of.Stay.IsZero():
		return v.T("stay.settle.twice")
	}
	return ""
}

func (r *Rooms) settle(c *shell.Context) error {
	f := c.Form()
	on, err := r.referralOf(c)
	if err != nil {
		return err
	}
	v := settleView{bedForm: bedForm{voice: on.voice}, Referral: on.Referral, ID: shell.KeepID[ids.Stay](f, "id")}
	if v.of, err = r.Desk.Lodger(c, c.Who, on.ID); err != nil {
		return err
	}
	if s, err := r.Desk.Service(c, c.Who, on.Service); err == nil {
		v.Free = comma(s.Name, v.free(s))
	}
	back := on.back()
	if !on.mine() {
		back = "/requests/" + on.ID.String()
	}
	page := shell.Page{Title: v.T("stay.settle.title"), Body: settlePage(v), Back: back, Section: navReferrals, Answers: v.closed() == ""}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Settle{ID: v.ID, Referral: on.ID, Bed: v.bed(f), From: f.Day("from")}
	if err = f.Err(); err == nil {
		err = r.Desk.Settle(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("stay.settled")
	return c.Redirect("/stays/" + cmd.ID.String())
}

// shiftView moves her.
type shiftView struct {
	bedForm
	stayView
	Next   ids.Stay
	Others []govuk.SelectItem // other shelters where she arrived, for the house of the case
}

func (v shiftView) T(key string, args ...any) string { return v.stayView.T(key, args...) }

func (r *Rooms) shift(c *shell.Context) error {
	f := c.Form()
	s, err := r.stayOf(c)
	if err != nil {
		return err
	}
	v := shiftView{bedForm: bedForm{s.voice, s.of}, stayView: s, Next: shell.KeepID[ids.Stay](f, "id")}
	if s.ours() {
		v.Others = r.otherShelters(c, s)
	}
	page := shell.Page{Title: v.T("stay.move.title"), Body: shiftPage(v), Back: s.href(""), Section: navCases, Answers: s.State == protection.StayingNow}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Shift{Stay: s.ID, Version: f.Version(), ID: v.Next, Referral: chosen[ids.Referral](f, "referral", v.Others), Bed: v.bed(f), On: f.Day("on"),
		Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.StayMoved)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Shift(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("stay.moved")
	return c.Redirect("/stays/" + v.Next.String())
}

// otherShelters are those where she arrived too; none for who may not read the case.
func (r *Rooms) otherShelters(c *shell.Context, s stayView) []govuk.SelectItem {
	if !r.Desk.Opens(c, c.Who, access.CaseRead, access.CaseKind, s.Case.UUID, access.ForProtection) {
		return nil
	}
	one, err := r.Desk.Case(c, c.Who, s.Case, protection.Page{Limit: 1})
	if err != nil {
		return nil
	}
	items := []govuk.SelectItem{{Text: s.T("stay.move.same")}}
	for _, l := range one.Referrals {
		if l.Sheltered() && l.ID != s.Referral {
			items = append(items, govuk.SelectItem{Value: l.ID.String(), Text: s.label(countries.Service, l.Need) + " · " + s.orgName(l.To)})
		}
	}
	if len(items) == 1 {
		return nil
	}
	return items
}

// depart says that she lives there no more.
func (r *Rooms) depart(c *shell.Context) error {
	f := c.Form()
	v, err := r.stayOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("stay.end.title"), Body: departPage(v), Back: v.href(""), Section: navCases, Answers: v.State == protection.StayingNow}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Depart{Stay: v.ID, Version: f.Version(), On: f.Day("on"), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.StayLeft)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Depart(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("stay.ended")
	return c.Redirect(v.back()) // a shelter reads an ended line no more
}

// today fills the boxes of a day with today.
func (v stayView) today(name string) map[string]string {
	return v.DateValues(name, date.Of(v.Today()))
}

// stays is the placement log of a case: where she lives now first.
func (v caseView) stays() govuk.Queue {
	var q govuk.Queue
	for _, s := range v.Stays {
		o := as(v.facts, access.StayKind)
		o.ID, o.By, o.To, o.Stage = s.ID.UUID, s.By, s.Provider, string(s.State)
		row := govuk.QueueRow{Title: v.orgName(s.Provider) + " · " + v.label(countries.StayUnit, string(s.Unit)), Tags: []govuk.Tag{v.stayTag(s.State)},
			Facts: []govuk.Fact{{Name: v.T("stay.from"), Value: v.Day(s.From)}}}
		if v.may(access.StayRead, o) {
			row.Href = "/stays/" + s.ID.String()
		}
		if !s.Until.IsZero() {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("stay.until"), Value: v.Day(s.Until)}, govuk.Fact{Name: v.T("stay.end"), Value: v.stayEnd(s)})
		}
		if s.Misplaced(v.Case.Child) {
			row.Next = v.T("stay.misplaced")
		}
		q.Rows = append(q.Rows, row)
	}
	slices.SortStableFunc(q.Rows, func(a, b govuk.QueueRow) int { return len(a.Facts) - len(b.Facts) })
	return q
}
