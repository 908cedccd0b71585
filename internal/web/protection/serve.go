package protection

import (
	"slices"
	"strings"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// serveView asks which service she receives, from which day, and who pays.
type serveView struct {
	planView
	ID       ids.Episode
	Lines    []protection.Service // of the directory
	Orgs     []ids.Org
	Referral protection.ReferralLine // the request that led to it, or zero
}

func (r *Rooms) serve(c *shell.Context) error {
	f := c.Form()
	v := serveView{ID: shell.KeepID[ids.Episode](f, "id")}
	var err error
	if v.planView, err = r.planning(c); err != nil {
		return err
	}
	if err = v.choose(c, f); err != nil {
		return err
	}
	back := v.href("#services")
	page := shell.Page{Title: v.T("episode.serve.title"), Body: servePage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.Serve(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("episode.serve.saved")
	return c.Redirect(back)
}

// choose reads what can be chosen: the directory, whatever stands in it today, and
// the request that led here.
func (v *serveView) choose(c *shell.Context, f *shell.Form) (err error) {
	r := v.rooms
	if v.Lines, err = r.Desk.Services(c, c.Who, protection.ServiceFilter{All: true}); err != nil {
		return err
	}
	if v.Orgs, err = r.People.Orgs(c); err != nil {
		return err
	}
	asked := c.Query("referral")
	if f.Given() {
		asked = f.Value("referral")
	}
	if asked == "" {
		return nil
	}
	for _, l := range v.Arrived {
		if l.ID.String() == asked {
			v.Referral = l
		}
	}
	return nil
}

func (v serveView) form(f *shell.Form) protection.Serve {
	cmd := protection.Serve{ID: v.ID, Case: v.Case.ID, Service: shell.FormID[ids.Service](f, "service"), Deliverer: shell.FormID[ids.Org](f, "deliverer"),
		Funders: f.Choices("funders", v.rooms.Desk.Rules.Codes(countries.Funder)...), Referral: v.Referral.ID, From: f.Day("from"), Cost: v.cost(f)}
	return cmd
}

// cost reads an amount with its currency.
func (v view) cost(f *shell.Form) protection.Money {
	m, err := v.rooms.Desk.Rules.ParseMoney(f.Text("cost", 30), f.Choice("currency", v.rooms.Desk.Rules.Codes(countries.CurrencyList)...))
	if err != nil {
		one := fault.Of(err)
		var args []any
		for name, value := range one.Args {
			args = append(args, name, value)
		}
		f.Fail(one.Field, one.Key, args...)
	}
	return m
}

// money says an amount; "" when nobody said what it cost.
func (v view) money(m protection.Money) string {
	if m.IsZero() {
		return ""
	}
	decimals := v.rooms.Desk.Rules.Decimals[m.Currency]
	whole, part := m.Units, int64(1)
	for range decimals {
		part *= 10
	}
	text := v.Number(int(whole / part))
	if decimals > 0 {
		cents := v.rooms.Desk.Rules.Amount(m)
		text += v.T("episode.point") + cents[len(cents)-decimals:]
	}
	return text + "\u00a0" + m.Currency
}

// services are the lines of the directory, by need: what was asked for first.
func (v serveView) services() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("case.choose")}}
	lines := slices.Clone(v.Lines)
	slices.SortStableFunc(lines, func(a, b protection.Service) int {
		return strings.Compare(v.label(countries.Service, a.Need), v.label(countries.Service, b.Need))
	})
	for _, s := range lines {
		all = append(all, govuk.SelectItem{Value: s.ID.String(), Text: v.label(countries.Service, s.Need) + " – " + s.Name + " – " + v.orgName(s.Org)})
	}
	return all
}

// service is the line that the request was for.
func (v serveView) service() string {
	for _, s := range v.Lines {
		if !v.Referral.ID.IsZero() && s.Org == v.Referral.To && s.Need == v.Referral.Need {
			return s.ID.String()
		}
	}
	return ""
}

// from is the day of the arrival that was promised, or today: never tomorrow.
func (v serveView) from() map[string]string {
	day := v.Today()
	if at := v.Referral.Arrival; !at.IsZero() && v.DayOf(at).Before(day) {
		day = v.DayOf(at)
	}
	return v.DateValues("from", date.Of(day))
}

func (v serveView) deliverers() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("episode.deliverer.same")}}
	for _, id := range v.Orgs {
		all = append(all, govuk.SelectItem{Value: id.String(), Text: v.orgName(id)})
	}
	return all
}

// unfolded says whether a fold should be open: something in it was typed, or is wrong.
func (v view) unfolded(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return v.Value(name) != "" || v.Fault(name) != "" })
}
