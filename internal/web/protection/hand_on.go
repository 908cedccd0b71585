package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// What is handed on: some cases, or everything because the worker leaves.
const (
	someCases  = "some"
	everything = "all"
)

// handOnView gives what a worker carries to colleagues.
type handOnView struct {
	voice
	protection.Held
	Who                         ids.Account
	Managers, Screeners, Duties []govuk.SelectItem
}

func (r *Rooms) handOn(c *shell.Context) error {
	f := c.Form()
	v, err := r.handOnOf(c, f)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("move.hand_on.title"), Body: handOnPage(v), Section: navCaseloads, Back: "/caseloads", Wide: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.HandOn{From: v.Who, Manager: chosen[ids.Account](f, "manager", v.Managers), Screener: chosen[ids.Account](f, "screener", v.Screeners),
		Duty: chosen[ids.Account](f, "duty", v.Duties)}
	f.Need("which")
	if cmd.Whole = f.Choice("which", someCases, everything) == everything; !cmd.Whole {
		for _, value := range f.Choices("cases", v.values()...) {
			if id, err := ids.Parse[ids.Case](value); err == nil {
				cmd.Cases = append(cmd.Cases, id)
			}
		}
	}
	if err = f.Err(); err == nil {
		_, err = r.Desk.HandOn(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("move.handed_on")
	return c.Redirect("/caseloads")
}

// handOnOf finds whose work it is: of the address, or the first who carries any.
func (r *Rooms) handOnOf(c *shell.Context, f *shell.Form) (v handOnView, err error) {
	v.voice = r.voice(c)
	if err := r.Desk.MayList(c, c.Who, c.Route.Action, c.Route.Of(), access.ForSupervision); err != nil {
		return v, err
	}
	who := c.Query("who")
	if c.Posted() {
		who = f.Value("who")
	}
	staff, err := r.carriers(c)
	if err != nil {
		return v, err
	}
	if v.Who, err = ids.Parse[ids.Account](who); err != nil {
		if who != "" || len(staff) == 0 {
			return v, notThere()
		}
		v.Who = staff[0]
	}
	if v.Held, err = r.Desk.Held(c, c.Who, v.Who); err != nil {
		return v, err
	}
	if !known(v.Who, staff) && v.Held.Empty() {
		return v, notThere()
	}
	org := c.Who.Post.Org
	if v.Managers, err = r.colleagues(c, org, v.Who, access.CaseManager); err != nil {
		return v, err
	}
	if v.Screeners, err = r.colleagues(c, org, v.Who, access.Screener); err != nil {
		return v, err
	}
	v.Duties, err = r.colleagues(c, org, v.Who, access.DutyOfficer, access.Supervisor)
	return v, err
}

func known(id ids.Account, all []ids.Account) bool {
	for _, one := range all {
		if one == id {
			return true
		}
	}
	return false
}

// colleagues are those of a role without the one who hands on.
func (r *Rooms) colleagues(c *shell.Context, org ids.Org, without ids.Account, roles ...access.Role) ([]govuk.SelectItem, error) {
	all, err := r.staffOptions(c, org, roles...)
	kept := all[:0]
	for _, one := range all {
		if one.Value != without.String() {
			kept = append(kept, one)
		}
	}
	return kept, err
}

func (v handOnView) values() []string {
	var all []string
	for _, l := range v.Cases {
		all = append(all, l.ID.String())
	}
	return all
}

// seats says whether the worker manages any of the cases, or is to talk with somebody.
func (v handOnView) seats(manager bool) bool {
	for _, l := range v.Cases {
		if manager && l.Manager == v.Who || !manager && l.Screener == v.Who {
			return true
		}
	}
	return false
}

// boxes are the cases, by what people read aloud.
func (v handOnView) boxes() []govuk.Choice {
	var all []govuk.Choice
	for _, l := range v.Cases {
		hint := v.label(countries.Danger, string(l.Level)) + " · " + v.T("case.state."+string(l.State)+".short")
		if l.Child {
			hint += " · " + v.T("case.child")
		}
		all = append(all, govuk.Choice{Value: l.ID.String(), Text: l.Code.String(), Hint: govuk.Hint{Text: hint}})
	}
	return all
}

// more says what else the worker holds, in counts.
func (v handOnView) more() []string {
	var all []string
	for _, one := range []struct {
		key string
		n   int
	}{{"signals", len(v.Signals)}, {"requests", len(v.Requests)}, {"duties", len(v.Held.Duties)}, {"covers", len(v.Covers)}} {
		if one.n > 0 {
			all = append(all, v.T("move.held."+one.key, "Count", one.n))
		}
	}
	return all
}
