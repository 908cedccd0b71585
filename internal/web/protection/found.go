package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// foundView is what was found of a service, for the house that puts it right: no name
// of who inspected, and nothing of anybody served.
type foundView struct {
	voice
	protection.Service
	Past []protection.Inspection
}

func (r *Rooms) found(c *shell.Context) error {
	v := foundView{voice: r.voice(c)}
	id, err := shell.ID[ids.Service](c, "service")
	if err != nil {
		return err
	}
	if v.Past, err = r.Desk.Inspections(c, c.Who, id); err != nil {
		return err
	}
	if v.Service, err = r.Desk.Service(c, c.Who, id); err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("inspect.found"), Body: foundPage(v), Back: "/directory", Section: navDirectory})
}

// past are the inspections so far, the newest first.
func (v foundView) past() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 2}
	for n, i := range v.Past {
		row := govuk.QueueRow{Title: v.Day(i.Day), Facts: []govuk.Fact{{Name: v.T("inspect.unmet"), Value: v.T("inspect.unmet.none")}}}
		if unmet := i.Unmet(v.rooms.Desk.Rules); len(unmet) > 0 {
			row.Facts[0].Value = v.labels(countries.ServiceStandard, unmet)
			if n == 0 {
				row.Clocks = []govuk.Clock{v.rightBy(i.Right)}
			}
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// rightBy is the clock of what is to be put right.
func (v voice) rightBy(d date.Day) govuk.Clock {
	end := v.c.Midnight(d.Add(1))
	return v.Due(v.T("inspect.right"), end.AddDate(0, 0, -7), end)
}

// toPutRight is a service with points that are open.
func (v voice) toPutRight(s protection.Service) govuk.QueueRow {
	row := govuk.QueueRow{Href: "/directory/" + s.ID.String() + "/found", Title: s.Name, Clocks: []govuk.Clock{v.rightBy(s.Right)},
		Facts: []govuk.Fact{{Name: v.T("duty.directory.org"), Value: v.org(s.Org)}, {Name: v.T("inspect.last"), Value: v.looked(s)}}}
	if v.may(access.InspectionMake, access.Object{Kind: access.Directory, ID: s.ID.UUID, Owner: s.Org}) {
		row.Href, row.Next = "/directory/"+s.ID.String()+"/inspect", v.T("inspect.again")
	}
	return row
}

// looked says in one line when a service was last inspected and how much is open.
func (v voice) looked(s protection.Service) string {
	switch {
	case s.Checked.IsZero():
		return v.T("inspect.never")
	case s.Points == 0:
		return v.T("inspect.line.none", "Day", v.Day(s.Checked))
	}
	return v.T("inspect.line", "Day", v.Day(s.Checked), "Count", s.Points)
}

// putRight are the services with points that are open: those of the reader's house, or
// all of them for whoever inspects.
func (r *Rooms) putRight(c *shell.Context) (Section, error) {
	v := r.voice(c)
	s := Section{ID: "put-right", Title: v.T("inspect.right.list"), Empty: v.T("inspect.right.list.none")}
	f := protection.ServiceFilter{Org: c.Who.Post.Org, Years: -1, All: true}
	if inspects := v.may(access.InspectionMake, access.Object{Kind: access.Directory}); inspects {
		f.Org, s.More = ids.Org{}, "/directory"
	}
	lines, err := r.Desk.Services(c, c.Who, f)
	if err != nil {
		return s, err
	}
	var rows []govuk.QueueRow
	for _, one := range lines {
		if one.Points == 0 || !one.Active {
			continue
		}
		s.Waiting++
		if one.Right.Before(v.Today()) {
			s.Late++
		}
		if len(rows) < workLines {
			rows = append(rows, v.toPutRight(one))
		}
	}
	if len(rows) > 0 {
		s.Body = govuk.Queue{Rows: rows}
	}
	return s, nil
}
