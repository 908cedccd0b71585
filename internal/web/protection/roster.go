package protection

import (
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const (
	navRoster  = "duty.nav.roster"
	rosterDays = 14
)

type rosterView struct {
	voice
	Table govuk.CardTable
	Bare  []string // provinces with nobody on call now
	Edit  bool
}

// roster shows who is alerted for each province, and where nobody is.
func (r *Rooms) roster(c *shell.Context) error {
	v := rosterView{voice: r.voice(c)}
	duties, err := r.Desk.Roster(c, c.Who, rosterDays)
	if err != nil {
		return err
	}
	v.Bare = v.uncovered(duties)
	v.Edit = v.may(access.RosterEdit, access.Object{Kind: access.Roster, Owner: c.Who.Post.Org})
	v.Table = govuk.CardTable{Caption: v.T("duty.roster.lines"), Columns: []govuk.Column{{Title: v.T("duty.roster.province")}, {Title: v.T("duty.roster.rank")},
		{Title: v.T("duty.roster.who")}, {Title: v.T("duty.roster.from")}, {Title: v.T("duty.roster.until")}, {Title: v.T("duty.roster.act")}}}
	for _, one := range duties {
		v.Table.Rows = append(v.Table.Rows, v.dutyRow(one))
	}
	return c.Page(shell.Page{Title: v.T("duty.roster"), Body: rosterPage(v), Section: navRoster, Wide: true})
}

func (v voice) dutyRow(d protection.Duty) []govuk.Slot {
	row := []govuk.Slot{{Text: v.province(d.Province)}, {Text: v.rank(d.Rank)}, {Text: comma(v.account(d.Account), v.org(d.Org))},
		{Text: v.Time(d.From)}, {Text: v.Time(d.Until)}}
	if v.may(access.RosterEdit, access.Object{Kind: access.Roster, ID: d.ID.UUID, Owner: d.Org}) {
		return append(row, govuk.Slot{HTML: link("/roster/"+d.ID.String(), v.T("common.change"))})
	}
	return append(row, govuk.Slot{})
}

// province names a line of the roster: a province, or the whole country.
func (v voice) province(code string) string {
	if code == "" {
		return v.T("duty.roster.country")
	}
	return v.rooms.Country.Places.Label(place.Code(code))
}

func (v voice) rank(n int) string {
	if n == 1 {
		return v.T("duty.roster.first")
	}
	return v.T("duty.roster.cover", "Number", n)
}

// uncovered are today's provinces that no line covers at this moment.
func (v voice) uncovered(duties []protection.Duty) []string {
	var bare []string
	now := v.c.At
	for _, p := range v.provinces() {
		covered := slices.ContainsFunc(duties, func(d protection.Duty) bool {
			return (d.Province == "" || d.Province == string(p.Code)) && !now.Before(d.From) && now.Before(d.Until)
		})
		if !covered {
			bare = append(bare, p.Name)
		}
	}
	return bare
}

func (v view) provinces() []place.Place {
	g := v.rooms.Country.Places
	return g.Children(g.Home(), v.Today())
}

// uncovered tells the coordinator where a signal would ring nobody.
func (r *Rooms) uncovered(c *shell.Context) (Section, error) {
	v := r.voice(c)
	s := Section{ID: "uncovered", Title: v.T("duty.uncovered"), Empty: v.T("duty.uncovered.none")}
	duties, err := r.Desk.Roster(c, c.Who, 1)
	if err != nil {
		return s, err
	}
	if bare := v.uncovered(duties); len(bare) > 0 {
		s.Waiting, s.Late = len(bare), len(bare)
		s.Body, s.More = govuk.WarningText{Text: v.T("duty.uncovered.where", "Where", v.List(bare))}, "/roster"
		s.Next = Step{v.T("duty.uncovered.next"), "/roster"}
	}
	return s, nil
}

// dutyView is one line of the roster.
type dutyView struct {
	voice
	protection.Duty
	Staff     []govuk.SelectItem
	Provinces []govuk.SelectItem
	of        map[ids.Account]ids.Org
}

func (r *Rooms) dutyForm(c *shell.Context) error {
	v, err := r.dutyOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

// dutyOf finds the line of the address, or begins a new one.
func (r *Rooms) dutyOf(c *shell.Context) (v dutyView, err error) {
	v.voice = r.voice(c)
	v.Duty = protection.Duty{Org: c.Who.Post.Org, Rank: 1}
	if c.Route.About == shell.Fresh {
		v.ID = shell.KeepID[ids.Duty](c.Form(), "id")
		if !v.may(access.RosterEdit, access.Object{Kind: access.Roster, Owner: v.Org}) {
			return v, fault.New(fault.Denied, "fault.denied")
		}
	} else {
		err = v.lookUp(r)
	}
	if err != nil {
		return v, err
	}
	v.Provinces = []govuk.SelectItem{{NoValue: false, Text: v.T("duty.roster.country")}}
	for _, p := range v.provinces() {
		v.Provinces = append(v.Provinces, govuk.SelectItem{Value: string(p.Code), Text: p.Name})
	}
	return v, v.staff(r)
}

func (v *dutyView) lookUp(r *Rooms) error {
	id, err := shell.ID[ids.Duty](v.c, "duty")
	if err != nil {
		return err
	}
	if _, err := r.Desk.May(v.c, v.c.Who, access.RosterEdit, access.Roster, id.UUID, access.ForCoordination); err != nil {
		return err
	}
	duties, err := r.Desk.Roster(v.c, v.c.Who, 366)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(duties, func(d protection.Duty) bool { return d.ID == id })
	if at < 0 {
		return notThere()
	}
	v.Duty = duties[at]
	return nil
}

// staff are who can be on call: of the reader's own organisation, or, for who
// keeps the roster of all, of every one.
func (v *dutyView) staff(r *Rooms) error {
	orgs := []ids.Org{v.c.Who.Post.Org}
	if v.c.Who.Post.Role == access.Coordinator {
		var err error
		if orgs, err = r.People.Orgs(v.c); err != nil {
			return err
		}
	}
	v.of = map[ids.Account]ids.Org{}
	v.Staff = []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, org := range orgs {
		people, err := r.People.Staff(v.c, org, access.DutyOfficer, access.Supervisor)
		if err != nil {
			return err
		}
		for _, id := range people {
			v.of[id] = org
			v.Staff = append(v.Staff, govuk.SelectItem{Value: id.String(), Text: comma(v.account(id), v.org(org))})
		}
	}
	return nil
}

func (v dutyView) page() shell.Page {
	return shell.Page{Title: v.T("duty.roster.line"), Body: dutyPage(v), Section: navRoster, Back: "/roster"}
}

func (r *Rooms) keepDuty(c *shell.Context) error {
	v, err := r.dutyOf(c)
	if err != nil {
		return err
	}
	f, line := c.Form(), v.Duty
	line.Version = f.Version()
	line.Account = chosen[ids.Account](f, "account", v.Staff)
	if org, known := v.of[line.Account]; known {
		line.Org = org
	}
	line.Province = f.Choice("province", values(v.Provinces)...)
	line.Rank = f.Int("rank", 1, 9)
	line.From, line.Until = f.Moment("from"), f.Moment("until")
	if err = f.Err(); err == nil {
		err = r.Desk.KeepDuty(c, c.Who, protection.KeepDuty{Duty: line})
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("duty.roster.kept")
	return c.Redirect("/roster")
}

func values(items []govuk.SelectItem) []string {
	var all []string
	for _, one := range items {
		all = append(all, one.Value)
	}
	return all
}
