package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type assessmentRow struct {
	ID     ids.Assessment            `db:"id"`
	Case   ids.Case                  `db:"case_id"`
	Owner  ids.Org                   `db:"owner_org"`
	At     stamp                     `db:"at"`
	By     ids.Account               `db:"by_account"`
	Moment string                    `db:"moment"`
	Level  string                    `db:"level"`
	Next   stamp                     `db:"next_at"`
	Found  []byte                    `db:"found"`
	Own    []byte                    `db:"own"`
	Why    []byte                    `db:"why"`
	Plan   asJSON[map[string][]byte] `db:"plan"`
}

const assessmentColumns = `id, case_id, owner_org, at, by_account, moment, level, next_at, found, own, why, plan`

// found is what is no text in an assessment, sealed as one.
type found struct {
	Needs      map[string]protection.Pressing `json:"needs,omitempty"`
	Led        []string                       `json:"led,omitempty"`
	Risks      map[string]protection.Answer   `json:"risks,omitempty"`
	Suggestion protection.Danger              `json:"suggestion"`
}

func (t *tx) assessmentRow(x protection.Assessment) (assessmentRow, error) {
	row := assessmentRow{ID: x.ID, Case: x.Case, Owner: x.Owner, At: at(x.At), By: x.By, Moment: x.Moment, Level: string(x.Level), Next: at(x.Next)}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s, p := t.sealing(x.Owner, person.UUID, "assessment", x.ID.UUID), x.Plan
	row.Found = s.sealJSON("found", found{x.Needs, x.Led, x.Risks, x.Suggestion})
	row.Own, row.Why = s.seal("own", x.Own), s.seal("why", x.Why)
	row.Plan.V = map[string][]byte{"signs": s.seal("signs", p.Signs), "places": s.seal("places", p.Places), "people": s.seal("people", p.People),
		"phone": s.seal("phone", p.Phone), "steps": s.seal("steps", p.Steps)}
	return row, s.err
}

// head is what an assessment says without being opened.
func (r assessmentRow) head() protection.Assessment {
	return protection.Assessment{ID: r.ID, Case: r.Case, Owner: r.Owner, At: r.At.Time, By: r.By, Moment: r.Moment,
		Level: protection.Danger(r.Level), Next: r.Next.Time}
}

func (t *tx) assessment(g access.Grant, r assessmentRow) (protection.Assessment, error) {
	x := r.head()
	person, err := t.personOf(r.Case)
	if err != nil {
		return x, err
	}
	u, err := t.unsealing(person.UUID, "assessment", r.ID.UUID)
	if err != nil {
		return x, err
	}
	var f found
	if err := u.openJSON(g, "found", r.Found, &f); err != nil {
		return x, err
	}
	x.Needs, x.Led, x.Risks, x.Suggestion = f.Needs, f.Led, f.Risks, f.Suggestion
	x.Own, x.Why = u.text("own", r.Own), u.text("why", r.Why)
	p := r.Plan.V
	x.Plan = protection.SafetyPlan{Signs: u.text("signs", p["signs"]), Places: u.text("places", p["places"]), People: u.text("people", p["people"]),
		Phone: u.text("phone", p["phone"]), Steps: u.text("steps", p["steps"])}
	return x, nil
}

// Assessment reads one.
func (s *Store) Assessment(ctx context.Context, g access.Grant, id ids.Assessment) (x protection.Assessment, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r assessmentRow
		if err := t.get(&r, `SELECT `+assessmentColumns+` FROM assessment WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.assessment(g, r)
		return err
	})
	return x, err
}

// Assessments lists those of a case, the newest first, unopened.
func (s *Store) Assessments(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Assessment, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []assessmentRow
		err := t.list(&rows, `SELECT id, case_id, owner_org, at, by_account, moment, level, next_at FROM assessment
			WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}
