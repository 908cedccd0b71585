package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type planLine struct {
	ID    ids.Plan    `db:"id"`
	Case  ids.Case    `db:"case_id"`
	Code  ids.Code    `db:"code"`
	State string      `db:"state"`
	Track string      `db:"track"`
	Level string      `db:"level"`
	Child bool        `db:"child"`
	By    ids.Account `db:"by_account"`
	What  string      `db:"what"`
	Due   stamp       `db:"due_at"`
}

// planLanes reads along plan_queue, which holds what lists are narrowed and
// ordered by, the team of the case too.
func planLanes(f protection.PlanFilter) lanes {
	l := lanes{columns: `q.id, q.case_id, q.code, q.state, q.track, q.level, q.child, q.by_account, q.what, q.due_at`,
		table: "plan_queue q", alias: "q.", order: []string{"due_at", "id"},
		owner: "owner_org", by: "by_account", teams: []string{"screener", "manager"}, child: "q.child", record: "q.case_id", mine: f.Mine}
	l.filter = []string{"q.waits = 1"}
	if f.Answers {
		l.filter = []string{"q.waits = 2"}
	}
	return l
}

// Plans lists what is due in plans, the earliest first.
func (s *Store) Plans(ctx context.Context, g access.Grant, f protection.PlanFilter, p protection.Page) (cut protection.Cut[protection.PlanLine], err error) {
	rows, err := page[planLine](ctx, s, g, planLanes(f), s.homeward(g.Scope()), p)
	if err != nil {
		return cut, err
	}
	n := min(len(rows), limitOf(p.Limit))
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, protection.PlanLine{ID: r.ID, Case: r.Case, Code: r.Code, State: protection.PlanState(r.State), Track: protection.Track(r.Track),
			Level: protection.Danger(r.Level), Child: r.Child, By: r.By, Due: protection.Due{What: protection.DueKind(r.What), At: r.Due.Time}})
	}
	if len(rows) > n {
		last := rows[n-1]
		cut.Next = markOf(last.Due.UTC().Format(stampLayout), last.ID.String())
	}
	return cut, nil
}

// Footing says what an agreement stands on, and opens nothing.
func (s *Store) Footing(ctx context.Context, g access.Grant, id ids.Case) (f protection.Footing, err error) {
	err = s.listedWhole(ctx, g, func(t *tx) error {
		f = protection.Footing{}
		var plans []asJSON[map[string][]byte]
		if err := t.list(&plans, `SELECT plan FROM assessment WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT 1`, id); err != nil {
			return err
		}
		for _, p := range plans {
			for _, sealed := range p.V {
				f.Safety = f.Safety || len(sealed) > 0
			}
		}
		if f.Consent, err = t.exists(`SELECT id FROM consent WHERE case_id = ? AND purpose = ? AND (state = ? OR state = ?) AND (recipient IS NULL OR recipient = owner_org) AND (expires IS NULL OR expires > ?)`,
			id, protection.P1CaseManagement, string(protection.Given), string(protection.Overridden), at(t.now())); err != nil {
			return err
		}
		if f.Interests, err = t.exists(`SELECT id FROM interests WHERE case_id = ?`, id); err != nil {
			return err
		}
		if f.Served, err = t.exists(`SELECT id FROM episode WHERE case_id = ?`, id); err != nil {
			return err
		}
		f.Met, err = t.met(id)
		return err
	})
	return f, err
}

// met is when somebody first met her: the first conversation, or the first request
// after which she arrived at a service.
func (t *tx) met(id ids.Case) (first time.Time, err error) {
	for _, query := range []string{`SELECT started FROM screening WHERE case_id = ? ORDER BY started, id LIMIT 1`,
		`SELECT sent_at FROM referral WHERE case_id = ? AND arrived_at IS NOT NULL ORDER BY sent_at, id LIMIT 1`} {
		var moments []stamp
		if err := t.list(&moments, query, id); err != nil {
			return first, err
		}
		for _, m := range moments {
			if first.IsZero() || m.Before(first) {
				first = m.Time
			}
		}
	}
	return first, nil
}

type interestsRow struct {
	ID     ids.Interests `db:"id"`
	Case   ids.Case      `db:"case_id"`
	Owner  ids.Org       `db:"owner_org"`
	At     stamp         `db:"at"`
	By     ids.Account   `db:"by_account"`
	About  string        `db:"about"`
	Taking []byte        `db:"taking"`
	Views  []byte        `db:"views"`
	For    []byte        `db:"pro"`
	Risks  []byte        `db:"risks"`
	Result []byte        `db:"result"`

	Decision maybe    `db:"decision"`
	Review   date.Day `db:"review"`
	Sitting  []byte   `db:"sitting"`
	Options  []byte   `db:"options"`
	Dissent  []byte   `db:"dissent"`
}

const interestsColumns = `id, case_id, owner_org, at, by_account, about, taking, views, pro, risks, result, decision, review, sitting, options, dissent`

// taking is who was heard and who took part, sealed as one.
type taking struct {
	Heard protection.Answer `json:"heard"`
	With  []string          `json:"with,omitempty"`
}

// sitting is who sat in a panel and whether the guardian was heard, sealed as one.
type sitting struct {
	Sat      []string          `json:"sat,omitempty"`
	Guardian protection.Answer `json:"guardian"`
}

func (t *tx) interestsRow(x protection.Interests) (interestsRow, error) {
	row := interestsRow{ID: x.ID, Case: x.Case, Owner: x.Owner, At: at(x.At), By: x.By, About: x.About, Decision: maybe(x.Decision), Review: x.Review}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "interests", x.ID.UUID)
	row.Taking, row.Views, row.For = s.sealJSON("taking", taking{x.Heard, x.With}), s.seal("views", x.Views), s.seal("pro", x.For)
	row.Risks, row.Result = s.seal("risks", x.Risks), s.seal("result", x.Result)
	if x.ByPanel() {
		row.Sitting, row.Options, row.Dissent = s.sealJSON("sitting", sitting{x.Sat, x.Guardian}), s.seal("options", x.Options), s.seal("dissent", x.Dissent)
	}
	return row, s.err
}

func (r interestsRow) head() protection.Interests {
	return protection.Interests{ID: r.ID, Case: r.Case, Owner: r.Owner, At: r.At.Time, By: r.By, About: r.About,
		Decision: protection.PanelDecision(r.Decision), Review: r.Review}
}

// Interests reads how the best interests of a child were weighed.
func (s *Store) Interests(ctx context.Context, g access.Grant, id ids.Interests) (x protection.Interests, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r interestsRow
		if err := t.get(&r, `SELECT `+interestsColumns+` FROM interests WHERE id = ?`, id); err != nil {
			return err
		}
		person, err := t.personOf(r.Case)
		if err != nil {
			return err
		}
		u, err := t.unsealing(person.UUID, "interests", r.ID.UUID)
		if err != nil {
			return err
		}
		var k taking
		if err := u.openJSON(g, "taking", r.Taking, &k); err != nil {
			return err
		}
		x = r.head()
		x.Heard, x.With, x.Views, x.For, x.Risks, x.Result = k.Heard, k.With, u.text("views", r.Views), u.text("pro", r.For), u.text("risks", r.Risks), u.text("result", r.Result)
		if x.ByPanel() {
			var k sitting
			if err := u.openJSON(g, "sitting", r.Sitting, &k); err != nil {
				return err
			}
			x.Sat, x.Guardian, x.Options, x.Dissent = k.Sat, k.Guardian, u.text("options", r.Options), u.text("dissent", r.Dissent)
		}
		return nil
	})
	return x, err
}

// Weighed lists those of a case, the newest first, unopened.
func (s *Store) Weighed(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Interests, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []interestsRow
		err := t.list(&rows, `SELECT id, case_id, owner_org, at, by_account, about, decision, review FROM interests WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}
