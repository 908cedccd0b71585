package protection

import (
	"strconv"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// tonightView is who lives in the shelters of the reader's organisation, with the
// places of each unit.
type tonightView struct {
	voice
	Houses []houseView
}

// houseView is one shelter.
type houseView struct {
	protection.Service
	Stays []protection.Stay
}

func (r *Rooms) tonight(c *shell.Context) error {
	v := tonightView{voice: r.voice(c)}
	all, err := r.Desk.Tonight(c, c.Who)
	if err != nil {
		return err
	}
	own, err := r.Desk.Services(c, c.Who, protection.ServiceFilter{Org: c.Who.Post.Org, Years: -1, All: true})
	if err != nil {
		return err
	}
	for _, s := range own {
		if !s.IsShelter() {
			continue
		}
		h := houseView{Service: s}
		for _, one := range all {
			if one.Service == s.ID {
				h.Stays = append(h.Stays, one)
			}
		}
		if s.Active || len(h.Stays) > 0 {
			v.Houses = append(v.Houses, h)
		}
	}
	return c.Page(shell.Page{Title: v.T("stay.tonight"), Body: tonightPage(v), Section: navReferrals, Back: "/requests", Wide: true})
}

// lists says whether the reader sees who lives in the house.
func (v voice) lists() bool { return v.may(access.StayList, access.Object{Kind: access.StayKind}) }

// note says how many live there, and how many places there are.
func (v tonightView) note(h houseView) string {
	if h.Capacity == 0 {
		return v.T("stay.count", "Count", len(h.Stays))
	}
	return v.T("stay.count.of", "Count", len(h.Stays), "Capacity", h.Capacity, "Free", h.Free)
}

// units are how many live in each unit.
func (v tonightView) units(h houseView) [][]govuk.Slot {
	count := map[protection.Unit]int{}
	for _, s := range h.Stays {
		count[s.Unit]++
	}
	var rows [][]govuk.Slot
	for _, unit := range protection.Units {
		most := v.T("case.unsaid")
		if n, said := h.Units[unit]; said {
			most = strconv.Itoa(n)
		}
		rows = append(rows, []govuk.Slot{{Text: v.label(countries.StayUnit, string(unit))}, {Text: strconv.Itoa(count[unit])}, {Text: most}})
	}
	return rows
}

func (v voice) stayRows(all []protection.Stay) []govuk.QueueRow {
	var rows []govuk.QueueRow
	for _, s := range all {
		row := govuk.QueueRow{Href: "/stays/" + s.ID.String(), Title: s.Code.String() + " · " + v.label(countries.StayUnit, string(s.Unit)),
			Facts: []govuk.Fact{{Name: v.T("stay.from"), Value: v.Day(s.From)}, {Name: v.T("referral.from"), Value: v.orgName(s.Owner)}}}
		if s.With != "" {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("stay.with.short"), Value: v.label(countries.StayWith, s.With)})
		}
		if s.Child {
			row.Tags = append(row.Tags, v.childTag())
		}
		rows = append(rows, row)
	}
	return rows
}

// lodgers are who lives in the house, on the page of the day.
func (r *Rooms) lodgers(c *shell.Context) (Section, error) {
	v := r.voice(c)
	all, err := r.Desk.Tonight(c, c.Who)
	if err != nil {
		return Section{}, err
	}
	s := v.caseSection("tonight", "stay.tonight", "stay.tonight.none", v.stayRows(all), len(all), 0, "", "/stays")
	return s, nil
}
