package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// assignView gives a case to who is to talk with her, and to who holds it.
type assignView struct {
	voice
	Case                protection.Case
	Screeners, Managers []govuk.SelectItem
	back                string // the case, for who may read it
}

func (r *Rooms) assignForm(c *shell.Context) error {
	v, err := r.assignOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (r *Rooms) assignOf(c *shell.Context) (v assignView, err error) {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	if v.Case, err = r.Desk.Seats(c, c.Who, id); err != nil {
		return v, err
	}
	v.back = "/work"
	if r.Desk.Opens(c, c.Who, access.CaseRead, access.CaseKind, id.UUID, access.ForProtection) {
		v.back = "/cases/" + id.String()
	}
	if v.Screeners, err = r.staffOptions(c, v.Case.Owner, access.Screener); err != nil {
		return v, err
	}
	v.Managers, err = r.staffOptions(c, v.Case.Owner, access.CaseManager)
	return v, err
}

func (v assignView) page() shell.Page {
	return shell.Page{Title: v.T("duty.assign"), Body: assignPage(v), Section: "case.nav", Back: v.back}
}

func (r *Rooms) assign(c *shell.Context) error {
	v, err := r.assignOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	cmd := protection.Assign{Case: v.Case.ID, Version: f.Version(), Screener: chosen[ids.Account](f, "screener", v.Screeners), Manager: chosen[ids.Account](f, "manager", v.Managers)}
	if err = f.Err(); err == nil {
		err = r.Desk.Assign(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("duty.assigned")
	return c.Redirect("/work")
}

// chosen reads one of the identifiers that a list offers.
func chosen[T ids.Typed](f *shell.Form, name string, items []govuk.SelectItem) T {
	var none T
	var values []string
	for _, one := range items {
		values = append(values, one.Value)
	}
	if f.Choice(name, values...) == "" {
		return none
	}
	return shell.FormID[T](f, name)
}

func seat(id ids.Account) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}
