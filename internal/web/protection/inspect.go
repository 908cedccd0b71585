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

// inspectView is a service against its minimum standards: what was found before,
// and what is found now.
type inspectView struct {
	voice
	protection.Service
	ID    ids.Inspection
	Codes []string
	Past  []protection.Inspection
}

func (r *Rooms) inspect(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Service](c, "service")
	if err != nil {
		return err
	}
	v := inspectView{voice: r.voice(c), ID: shell.KeepID[ids.Inspection](f, "id")}
	if _, err = r.Desk.May(c, c.Who, access.InspectionMake, access.Directory, id.UUID, access.ForCoordination); err != nil {
		return err
	}
	if v.Service, err = r.Desk.Service(c, c.Who, id); err != nil {
		return err
	}
	if v.Past, err = r.Desk.Inspections(c, c.Who, id); err != nil {
		return err
	}
	v.Codes = r.Desk.Rules.StandardsOf(v.Need)
	page := shell.Page{Title: v.T("inspect.title"), Body: inspectPage(v), Back: "/directory", Section: navDirectory, Answers: !v.own()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Inspect{ID: v.ID, Service: id, Day: f.Day("day"), Met: map[string]protection.Answer{}, Right: f.Day("right")}
	for _, code := range v.Codes {
		cmd.Met[code] = answerOf(f, protection.StandardField(code))
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Inspect(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("inspect.saved")
	return c.Redirect("/directory")
}

// own says whether it is a service of the reader's own organisation, which others inspect.
func (v inspectView) own() bool { return v.Org == v.c.Who.Post.Org }

func (v inspectView) days(name string) map[string]string {
	first := date.Date{}
	if name == "day" {
		first = date.Of(v.Today())
	}
	return v.DateValues(name, first)
}

// past are the inspections so far, the newest first, with what was not met.
func (v inspectView) past() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for n, i := range v.Past {
		row := govuk.QueueRow{Title: v.Day(i.Day), Facts: []govuk.Fact{{Name: v.T("assess.by"), Value: v.account(i.By)}}}
		unmet := i.Unmet(v.rooms.Desk.Rules)
		if len(unmet) > 0 {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("inspect.unmet"), Value: v.labels(countries.ServiceStandard, unmet)})
			if n == 0 {
				row.Clocks = []govuk.Clock{v.rightBy(i.Right)}
			}
		} else {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("inspect.unmet"), Value: v.T("inspect.unmet.none")})
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}
