package protection

import (
	"strconv"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// writePlanView asks what she wants, in her order, and how long it may take.
type writePlanView struct {
	planView
	ID    ids.Plan
	Begun string // what she said she wants, where she was heard before
	Rows  []wishRow
}

// wishRow is one goal as a field; Stored is what is kept, when somebody else
// wrote meanwhile.
type wishRow struct {
	N     int
	ID    ids.Goal
	Words string
}

// field is the name of the field of a goal.
func (w wishRow) field() string { return "goal_" + strconv.Itoa(w.N) }

// nth says which of her wishes it is.
func (v writePlanView) nth(w wishRow) string { return v.T("plan.goal.nth", "N", w.N) }

// rows on a page that nothing was typed into yet.
const wishRows = 3

func (r *Rooms) writePlan(c *shell.Context) error {
	f := c.Form()
	v := writePlanView{ID: shell.KeepID[ids.Plan](f, "id")}
	var err error
	if v.planView, err = r.planning(c); err != nil {
		return err
	}
	if !v.written() {
		if v.Begun, err = r.wished(c, v.Case.ID); err != nil {
			return err
		}
	}
	cmd := v.form(f)
	page := shell.Page{Title: v.T("plan.write.title"), Body: nil, Back: v.href(""), Section: navCases, Answers: true}
	if !c.Posted() {
		v.Rows = v.rows(f, false)
		page.Body = writePlanPage(v)
		return c.Page(page)
	}
	if err = f.Err(); err == nil {
		err = r.Desk.WritePlan(c, c.Who, cmd)
	}
	if err != nil {
		v.Rows = v.rows(f, fault.Is(err, fault.Stale))
		page.Body = writePlanPage(v)
		return c.Again(err, page)
	}
	c.Notice("plan.write.saved")
	return c.Redirect(v.href(""))
}

// planning reads the plan of the address for who may do what the route is for.
func (r *Rooms) planning(c *shell.Context) (planView, error) {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return planView{}, err
	}
	if err := r.gate(c, id.UUID); err != nil {
		return planView{}, err
	}
	read, err := r.Desk.Plan(c, c.Who, id)
	if err != nil {
		return planView{}, err
	}
	return r.planView(c, read)
}

// wished is what she said she wants in the last conversation, for who may read
// it: nobody asks her again, and nobody types it again.
func (r *Rooms) wished(c *shell.Context, id ids.Case) (string, error) {
	one, err := r.Desk.Case(c, c.Who, id, protection.Page{Limit: 1})
	if err != nil {
		return "", err
	}
	w := words{grant: one.Grant}
	for i := len(one.Screenings) - 1; i >= 0; i-- {
		s, o := one.Screenings[i], as(one.Grant.Object(), access.ScreeningKind)
		o.ID, o.By = s.ID.UUID, s.By
		if s.Wants.IsZero() || !c.May(access.ScreeningRead, o) {
			continue
		}
		text := w.open(s.Wants)
		return text, w.err
	}
	return "", nil
}

func (v writePlanView) form(f *shell.Form) protection.WritePlan {
	cmd := protection.WritePlan{ID: v.ID, Case: v.Case.ID, Version: f.Version(), Track: protection.Track(f.Choice("track", v.rooms.Desk.Rules.Codes(countries.PlanTrack)...)), Why: f.Prose("why", 2000)}
	for n := 1; n <= protection.MostGoals; n++ {
		if row := (wishRow{N: n}); f.Has("id_" + row.field()) {
			cmd.Goals = append(cmd.Goals, protection.Wish{ID: shell.FormID[ids.Goal](f, "id_"+row.field()), Words: f.Prose(row.field(), 2000)})
		}
	}
	return cmd
}

// rows are the fields for goals: what was typed, or what is kept, and room for
// more. What somebody else put in meanwhile is added, so that nothing is lost.
func (v writePlanView) rows(f *shell.Form, stale bool) []wishRow {
	var all []wishRow
	typed := map[ids.Goal]bool{}
	if f.Given() {
		for n := 1; n <= protection.MostGoals; n++ {
			row := wishRow{N: n}
			if row.ID, _ = ids.Parse[ids.Goal](f.Value("id_" + row.field())); !row.ID.IsZero() {
				row.Words, typed[row.ID] = f.Value(row.field()), true
				all = append(all, row)
			}
		}
	}
	if !f.Given() || stale {
		for _, g := range v.Goals {
			if typed[g.ID] {
				continue
			}
			for i := range all { // into an empty field, before a new one
				if all[i].Words == "" && stale {
					all[i].ID, all[i].Words, typed[g.ID] = g.ID, g.Words, true
					break
				}
			}
			if !typed[g.ID] && len(all) < protection.MostGoals {
				all = append(all, wishRow{N: len(all) + 1, ID: g.ID, Words: g.Words})
			}
		}
	}
	for len(all) < min(max(wishRows, len(v.Goals)+1), protection.MostGoals) {
		row := wishRow{N: len(all) + 1, ID: ids.New[ids.Goal]()}
		if row.N == 1 {
			row.Words = v.Begun
		}
		all = append(all, row)
	}
	return all
}

// kept are the goals as they stand, when somebody was faster.
func (v writePlanView) kept() []string {
	var all []string
	for _, g := range v.Goals {
		all = append(all, v.T("plan.said", "Words", g.Words))
	}
	return append(all, v.label(countries.PlanTrack, string(v.Plan.Track)))
}

// tracks are how long it may take; the longer one needs its reason.
func (v writePlanView) tracks() []govuk.Choice {
	all := v.choices(countries.PlanTrack)
	for i := range all {
		if all[i].Value == string(protection.Extended) {
			all[i].Hint = govuk.Hint{Text: v.T("plan.extended.hint")}
			all[i].Conditional = planWhy(v)
		}
	}
	return all
}

// track is what is chosen first: the standard one.
func (v writePlanView) track() string {
	if v.Plan.Track == "" {
		return string(protection.Standard)
	}
	return string(v.Plan.Track)
}

// hint stands at the first goal only.
func (v writePlanView) hint(w wishRow) string {
	switch {
	case w.N > 1:
		return ""
	case v.Begun != "":
		return v.T("plan.goal.begun")
	}
	return v.T("plan.goal.hint")
}
