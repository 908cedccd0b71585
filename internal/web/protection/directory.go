package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navDirectory = "duty.nav.directory"

type directoryView struct {
	voice
	Need  string
	Table govuk.CardTable
	Edit  bool
}

// directory lists who can take somebody in, and when they last said so.
func (r *Rooms) directory(c *shell.Context) error {
	v := directoryView{voice: r.voice(c), Need: c.Query("need")}
	if _, known := r.Country.Find(countries.Service, v.Need); !known {
		v.Need = ""
	}
	v.Edit = v.may(access.DirectoryEdit, access.Object{Kind: access.Directory, Owner: c.Who.Post.Org})
	lines, err := r.Desk.Services(c, c.Who, protection.ServiceFilter{Need: v.Need, Years: -1, All: v.Edit})
	if err != nil {
		return err
	}
	v.Table = govuk.CardTable{Caption: v.T("duty.directory.lines"), Columns: []govuk.Column{{Title: v.T("duty.directory.service")}, {Title: v.T("duty.directory.org")},
		{Title: v.T("duty.directory.who")}, {Title: v.T("duty.directory.hours")}, {Title: v.T("duty.directory.free")}, {Title: v.T("duty.directory.said")}, {Title: v.T("inspect.last")}, {Title: v.T("duty.roster.act")}}}
	for _, s := range lines {
		v.Table.Rows = append(v.Table.Rows, v.serviceRow(s))
	}
	return c.Page(shell.Page{Title: v.T("duty.directory"), Body: directoryPage(v), Section: navDirectory, Wide: true})
}

func (v voice) serviceRow(s protection.Service) []govuk.Slot {
	var acts []link2
	o := access.Object{Kind: access.Directory, ID: s.ID.UUID, Owner: s.Org}
	if v.may(access.DirectoryConfirm, o) {
		acts = append(acts, link2{"/directory/" + s.ID.String() + "/places", v.T("duty.places.confirm")})
	}
	if v.may(access.DirectoryEdit, o) {
		acts = append(acts, link2{"/directory/" + s.ID.String(), v.T("common.change")})
	}
	if v.may(access.InspectionMake, o) {
		acts = append(acts, link2{"/directory/" + s.ID.String() + "/inspect", v.T("inspect.do")})
	}
	if v.may(access.InspectionRead, o) && !v.may(access.InspectionMake, o) {
		acts = append(acts, link2{"/directory/" + s.ID.String() + "/found", v.T("inspect.found")})
	}
	return []govuk.Slot{{Text: s.Name}, {Text: comma(v.label(countries.Service, s.Need), v.org(s.Org))}, {Text: v.takesIn(s)},
		{Text: v.label(countries.ServiceHours, s.Hours)}, {Text: v.freePlaces(s)}, {HTML: wordOf(v, s)}, {Text: v.looked(s)}, linkCell(acts)}
}

// linkCell holds links in a cell, or an empty cell.
func linkCell(all []link2) govuk.Slot {
	if len(all) == 0 {
		return govuk.Slot{}
	}
	return govuk.Slot{HTML: links(all)}
}

// link2 is an address and its words.
type link2 struct{ Href, Text string }

// takesIn says who is taken in, in words.
func (v voice) takesIn(s protection.Service) string {
	who := v.labels(countries.Sex, s.Sexes)
	if who == "" {
		who = v.T("duty.directory.everybody")
	}
	age := ""
	switch {
	case s.AgeTo > 0:
		age = v.T("duty.directory.ages", "From", s.AgeFrom, "To", s.AgeTo)
	case s.AgeFrom > 0:
		age = v.T("duty.directory.age.from", "From", s.AgeFrom)
	}
	more := ""
	if s.WithChildren {
		more = v.T("duty.directory.children")
	}
	return comma(who, age, more)
}

// freePlaces says how many places are free, as far as the organisation said so.
func (v voice) freePlaces(s protection.Service) string {
	if s.Capacity == 0 {
		return v.Number(s.Free)
	}
	return v.T("duty.directory.of", "Free", s.Free, "All", s.Capacity)
}

// lastWord says how old the last word on places is.
func (v voice) lastWord(s protection.Service) govuk.Tag {
	switch fresh := s.Fresh(v.c.At); {
	case !s.Active:
		return govuk.Tag{Text: v.T("duty.directory.closed"), Classes: "govuk-tag--grey"}
	case fresh == protection.StaleWord:
		return govuk.Tag{Text: v.T("duty.directory.stale"), Classes: "govuk-tag--red"}
	case fresh == protection.AmberWord:
		return govuk.Tag{Text: v.T("duty.directory.amber"), Classes: "govuk-tag--orange"}
	}
	return govuk.Tag{}
}

// ownPlaces are the services of the reader's organisation: two taps say how
// many places are free.
func (r *Rooms) ownPlaces(c *shell.Context) (Section, error) {
	v := r.voice(c)
	s := Section{ID: "places", Title: v.T("duty.places"), Empty: v.T("duty.places.none")}
	lines, err := r.Desk.Services(c, c.Who, protection.ServiceFilter{Org: c.Who.Post.Org, Years: -1, All: true})
	if err != nil {
		return s, err
	}
	var tasks govuk.TaskList
	for _, one := range lines {
		if one.Active {
			tasks.Items = append(tasks.Items, govuk.Task{Href: "/directory/" + one.ID.String() + "/places",
				Title:  govuk.TaskTitle{Text: one.Name + " : " + v.freePlaces(one)},
				Hint:   govuk.Slot{Text: v.T("duty.places.said", "Time", v.Time(one.ConfirmedAt))},
				Status: govuk.TaskStatus{Text: v.T("duty.places.confirm")}})
		}
	}
	if len(tasks.Items) > 0 {
		s.Body = tasks
	}
	return s, nil
}

// oldWords are the services whose word on places is too old to be offered.
func (r *Rooms) oldWords(c *shell.Context) (Section, error) {
	v := r.voice(c)
	s := Section{ID: "old-words", Title: v.T("duty.directory.old"), Empty: v.T("duty.directory.old.none"), More: "/directory"}
	lines, err := r.Desk.Services(c, c.Who, protection.ServiceFilter{Years: -1, All: true})
	if err != nil {
		return s, err
	}
	var rows []govuk.QueueRow
	for _, one := range lines {
		if fresh := one.Fresh(c.At); one.Active && fresh != protection.FreshWord {
			s.Waiting++
			if fresh == protection.StaleWord {
				s.Late++
			}
			if len(rows) < workLines {
				rows = append(rows, govuk.QueueRow{Href: "/directory/" + one.ID.String() + "/places", Title: one.Name, Tags: []govuk.Tag{v.lastWord(one)},
					Facts: []govuk.Fact{{Name: v.T("duty.directory.org"), Value: v.org(one.Org)}, {Name: v.T("duty.directory.said"), Value: v.Ago(one.ConfirmedAt)}}})
			}
		}
	}
	if len(rows) > 0 {
		s.Body = govuk.Queue{Rows: rows}
	}
	return s, nil
}
