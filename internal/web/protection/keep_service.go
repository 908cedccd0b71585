package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// lineView is one line of the directory, to be edited.
type lineView struct {
	voice
	protection.Service
	Orgs  []govuk.SelectItem
	Areas []govuk.Choice
}

func (r *Rooms) lineForm(c *shell.Context) error {
	v, err := r.lineOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

// lineOf finds the line of the address, or begins a new one.
func (r *Rooms) lineOf(c *shell.Context) (v lineView, err error) {
	v.voice = r.voice(c)
	if c.Route.About == shell.Fresh {
		v.Service = protection.Service{ID: shell.KeepID[ids.Service](c.Form(), "id"), Active: true}
		err = r.Desk.MayList(c, c.Who, access.DirectoryEdit, access.Directory, access.ForCoordination)
	} else {
		err = v.lookUp(r)
	}
	if err != nil {
		return v, err
	}
	v.Orgs = []govuk.SelectItem{{Text: v.T("signal.choose")}}
	orgs, err := r.People.Orgs(c)
	for _, id := range orgs {
		v.Orgs = append(v.Orgs, govuk.SelectItem{Value: id.String(), Text: v.org(id)})
	}
	for _, p := range v.provinces() {
		v.Areas = append(v.Areas, govuk.Choice{Value: string(p.Code), Text: p.Name})
	}
	return v, err
}

func (v *lineView) lookUp(r *Rooms) error {
	id, err := shell.ID[ids.Service](v.c, "service")
	if err != nil {
		return err
	}
	if _, err = r.Desk.May(v.c, v.c.Who, access.DirectoryEdit, access.Directory, id.UUID, access.ForCoordination); err != nil {
		return err
	}
	v.Service, err = r.Desk.Service(v.c, v.c.Who, id)
	return err
}

func (v lineView) page() shell.Page {
	return shell.Page{Title: v.T("duty.directory.line"), Body: linePage(v), Section: navDirectory, Back: "/directory"}
}

func (r *Rooms) keepService(c *shell.Context) error {
	v, err := r.lineOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	cmd := protection.KeepService{Service: v.read(f)}
	if err = f.Err(); err == nil {
		err = r.Desk.KeepService(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("duty.directory.kept")
	return c.Redirect("/directory")
}

// read fills the line from the form. A changed number of free places is a new
// word on them.
func (v lineView) read(f *shell.Form) protection.Service {
	s, r := v.Service, v.rooms
	s.Version = f.Version()
	if s.Org = chosen[ids.Org](f, "org", v.Orgs); s.Org.IsZero() && !wrongAt(v.c, "org") {
		f.Fail("org", "fault.choice.missing")
	}
	s.Need = f.Choice("need", r.codes(v.c, countries.Service)...)
	s.Name = f.Text("name", maxName)
	s.Active, s.WithChildren, s.Disability = f.Bool("active"), f.Bool("with_children"), f.Bool("disability")
	s.FormalID, s.Hidden = f.Bool("formal_id"), f.Bool("hidden")
	s.Sexes = f.Choices("sexes", r.codes(v.c, countries.Sex)...)
	s.Languages = f.Choices("languages", r.codes(v.c, countries.Language)...)
	s.AgeFrom, s.AgeTo = f.Int("age_from", 0, 120), f.Int("age_to", 0, 120)
	s.Hours = f.Choice("hours", r.codes(v.c, countries.ServiceHours)...)
	s.Capacity = f.Int("capacity", 0, 1000)
	if free := f.Int("free", 0, 1000); free != s.Free {
		s.Free, s.ConfirmedAt = free, v.c.At
	}
	var areas []string
	for _, one := range v.Areas {
		areas = append(areas, one.Value)
	}
	kept := slices.DeleteFunc(slices.Clone(s.Places), func(code string) bool { return slices.Contains(areas, code) })
	s.Places = append(kept, f.Choices("places", areas...)...)
	return s
}

// ticked is the value of a box before anything was typed.
func (v lineView) ticked(name string, stored bool) []string {
	if stored {
		return v.Values(name, "yes")
	}
	return v.Values(name)
}

// number is a number in a field, blank for none.
func (v lineView) number(name string, stored int) string {
	if stored == 0 {
		return v.Value(name)
	}
	return v.Value(name, v.digits(stored))
}

func (v lineView) orgValue() string {
	if v.Org.IsZero() {
		return ""
	}
	return v.Org.String()
}
