package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// The plan of assistance. Its file is not named after it: protection_plan_test.go
// reads the plans of queries.

type planRow struct {
	ID         ids.Plan                  `db:"id"`
	Version    int                       `db:"version"`
	Case       ids.Case                  `db:"case_id"`
	Owner      ids.Org                   `db:"owner_org"`
	State      string                    `db:"state"`
	By         ids.Account               `db:"by_account"`
	At         stamp                     `db:"at"`
	Track      string                    `db:"track"`
	Agreed     asJSON[agreed]            `db:"agreed"`
	AnsweredBy ids.Account               `db:"answered_by"`
	AnsweredAt stamp                     `db:"answered_at"`
	Review     stamp                     `db:"review"`
	NextWhat   string                    `db:"next_what"`
	NextAt     stamp                     `db:"next_at"`
	Answer     stamp                     `db:"answer_by"`
	Body       []byte                    `db:"body"`
	Texts      asJSON[map[string][]byte] `db:"texts"`
}

const planColumns = `id, version, case_id, owner_org, state, by_account, at, track, agreed, answered_by, answered_at, review, next_what,
	next_at, answer_by, body, texts`

// agreed is how she agreed; like a consent it holds codes only.
type agreed struct {
	Day         date.Day          `json:"day,omitzero"`
	Mode        string            `json:"mode,omitempty"`
	Language    string            `json:"language,omitempty"`
	Interpreter string            `json:"interpreter,omitempty"`
	GivenBy     string            `json:"given_by,omitempty"`
	Assent      protection.Answer `json:"assent,omitempty"`
	CarerAway   string            `json:"carer_away,omitempty"`
	Guardian    ids.Guardian      `json:"guardian,omitzero"`
	Settling    bool              `json:"settling,omitempty"`
	Units       int64             `json:"units,omitempty"`
	Currency    string            `json:"currency,omitempty"`
	Funders     []string          `json:"funders,omitempty"`
	By          ids.Account       `json:"by,omitzero"`
	At          time.Time         `json:"at,omitzero"`
}

// planBody is what of a plan is no text, sealed as one.
type planBody struct {
	Goals []planGoal `json:"goals,omitempty"`
	Steps []planStep `json:"steps,omitempty"`
}

type planGoal struct {
	ID ids.Goal  `json:"id"`
	At time.Time `json:"at"`
}

type planStep struct {
	ID    ids.Step    `json:"id"`
	Goal  ids.Goal    `json:"goal"`
	Need  string      `json:"need"`
	Who   string      `json:"who"`
	Due   date.Day    `json:"due,omitzero"`
	At    time.Time   `json:"at"`
	By    ids.Account `json:"by"`
	End   string      `json:"end,omitempty"`
	EndAt time.Time   `json:"end_at,omitzero"`
	EndBy ids.Account `json:"end_by,omitzero"`
	Moves int         `json:"moves,omitempty"`
}

// The names under which texts of a plan are sealed.
const (
	planWhy     = "why"
	planRemarks = "remarks"
)

func goalText(id ids.Goal) string   { return "goal " + id.String() }
func stepText(id ids.Step) string   { return "step " + id.String() }
func stepRemark(id ids.Step) string { return "remark " + id.String() }

func (t *tx) planRow(x protection.Plan) (planRow, error) {
	a := x.Agreed
	row := planRow{ID: x.ID, Version: x.Version, Case: x.Case, Owner: x.Owner, State: string(x.State), By: x.By, At: at(x.At), Track: string(x.Track),
		Agreed: inJSON(agreed{Day: a.Day, Mode: a.Mode, Language: a.Language, Interpreter: a.Interpreter, GivenBy: a.GivenBy, Guardian: a.Guardian, Assent: a.Assent,
			CarerAway: a.CarerAway, By: a.By, At: a.At.UTC(), Settling: a.Settling, Units: a.Budget.Units, Currency: a.Budget.Currency, Funders: a.Funders}),
		AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt), Review: at(x.Review), NextWhat: string(x.Next.What), NextAt: at(x.Next.At), Answer: at(x.Answer)}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "plan", x.ID.UUID)
	row.Texts.V = map[string][]byte{}
	put := func(name string, text vault.Text) {
		if !text.IsZero() {
			row.Texts.V[name] = s.seal(name, text)
		}
	}
	put(planWhy, x.Why)
	put(planRemarks, x.Remarks)
	var b planBody
	for _, g := range x.Goals {
		b.Goals = append(b.Goals, planGoal{g.ID, g.At.UTC()})
		put(goalText(g.ID), g.Words)
	}
	for _, p := range x.Steps {
		b.Steps = append(b.Steps, planStep{p.ID, p.Goal, p.Need, p.Who, p.Due, p.At.UTC(), p.By, p.End, p.EndAt.UTC(), p.EndBy, p.Moves})
		put(stepText(p.ID), p.What)
		put(stepRemark(p.ID), p.Remark)
	}
	row.Body = s.sealJSON("body", b)
	return row, s.err
}

func (t *tx) plan(g access.Grant, r planRow) (protection.Plan, error) {
	a := r.Agreed.V
	x := protection.Plan{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, State: protection.PlanState(r.State), By: r.By, At: r.At.Time,
		Track: protection.Track(r.Track), Agreed: protection.Agreement{Day: a.Day, Mode: a.Mode, Language: a.Language, Interpreter: a.Interpreter,
			GivenBy: a.GivenBy, Assent: a.Assent, CarerAway: a.CarerAway, By: a.By, At: a.At, Guardian: a.Guardian,
			Settling: a.Settling, Budget: protection.Money{Units: a.Units, Currency: a.Currency}, Funders: a.Funders}, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time,
		Review: r.Review.Time, Next: protection.Due{What: protection.DueKind(r.NextWhat), At: r.NextAt.Time}, Answer: r.Answer.Time}
	person, err := t.personOf(r.Case)
	if err != nil {
		return x, err
	}
	u, err := t.unsealing(person.UUID, "plan", r.ID.UUID)
	if err != nil {
		return x, err
	}
	var b planBody
	if err := u.openJSON(g, "body", r.Body, &b); err != nil {
		return x, err
	}
	text := func(name string) vault.Text { return u.text(name, r.Texts.V[name]) }
	x.Why, x.Remarks = text(planWhy), text(planRemarks)
	for _, one := range b.Goals {
		x.Goals = append(x.Goals, protection.Goal{ID: one.ID, At: one.At, Words: text(goalText(one.ID))})
	}
	for _, one := range b.Steps {
		x.Steps = append(x.Steps, protection.Step{ID: one.ID, Goal: one.Goal, Need: one.Need, Who: one.Who, Due: one.Due, At: one.At, By: one.By,
			End: one.End, EndAt: one.EndAt, EndBy: one.EndBy, Moves: one.Moves, What: text(stepText(one.ID)), Remark: text(stepRemark(one.ID))})
	}
	return x, nil
}

// Plan reads one by its name.
func (s *Store) Plan(ctx context.Context, g access.Grant, id ids.Plan) (protection.Plan, error) {
	return s.readPlan(ctx, g, "id", id.UUID)
}

// PlanOf reads the plan of a case.
func (s *Store) PlanOf(ctx context.Context, g access.Grant, id ids.Case) (protection.Plan, error) {
	return s.readPlan(ctx, g, "case_id", id.UUID)
}

func (s *Store) readPlan(ctx context.Context, g access.Grant, by string, id ids.UUID) (x protection.Plan, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r planRow
		if err := t.get(&r, `SELECT `+planColumns+` FROM plan WHERE `+by+` = ?`, id); err != nil {
			return err
		}
		x, err = t.plan(g, r)
		return err
	})
	return x, err
}

// plans writes plans and puts them where lists find them.
func (w *saving) plans(c protection.Change) error {
	for _, x := range c.Plans {
		if x.Version == 0 { // a case has one plan: the second to begin it sees the first
			other, err := w.t.exists(`SELECT id FROM plan WHERE case_id = ? AND id <> ?`, x.Case, x.ID)
			if err != nil {
				return err
			}
			if other {
				return fault.New(fault.Stale, "fault.plan.stale")
			}
		}
		if err := w.put("plan", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.planRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
		if err := w.t.queuePlan(x); err != nil {
			return err
		}
	}
	for _, x := range c.Interests {
		if err := w.put("interests", 0, x.ID.UUID, func() (any, error) { return w.t.interestsRow(x) }); err != nil {
			return err
		}
	}
	return nil
}

// Who a line of the queue of plans is for.
const (
	forWorker = 1
	forSecond = 2
)

// queuePlan puts a plan where lists find it. Of a closed case nothing is due.
func (t *tx) queuePlan(x protection.Plan) error {
	var of struct {
		Code     ids.Code    `db:"code"`
		Screener ids.Account `db:"screener"`
		Manager  ids.Account `db:"manager"`
		State    string      `db:"state"`
		Child    bool        `db:"child"`
		Level    string      `db:"level"`
	}
	if err := t.get(&of, `SELECT code, screener, manager, state, child, level FROM protection_case WHERE id = ?`, x.Case); err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM plan_queue WHERE id = ?`, x.ID); err != nil || protection.CaseState(of.State).Over() {
		return err
	}
	for _, line := range []struct {
		waits int
		what  protection.DueKind
		at    time.Time
	}{{forWorker, x.Next.What, x.Next.At}, {forSecond, protection.NothingDue, x.Answer}} {
		if line.at.IsZero() {
			continue
		}
		if _, err := t.exec(`INSERT INTO plan_queue (id, waits, case_id, code, owner_org, by_account, screener, manager, child, level, state, track, what, due_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, x.ID, line.waits, x.Case, of.Code, x.Owner, x.By, of.Screener, of.Manager, of.Child, of.Level,
			string(x.State), string(x.Track), string(line.what), at(line.at)); err != nil {
			return err
		}
	}
	return nil
}
