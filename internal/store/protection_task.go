package store

import (
	"context"
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type taskLine struct {
	ID       ids.Task    `db:"id"`
	Case     ids.Case    `db:"case_id"`
	Key      string      `db:"deadline"`
	Since    stamp       `db:"since"`
	Due      stamp       `db:"due"`
	Code     ids.Code    `db:"code"`
	Level    string      `db:"level"`
	Child    bool        `db:"child"`
	Screener ids.Account `db:"screener"`
	Manager  ids.Account `db:"manager"`
}

// teamLine is what a task knows of its case.
type teamLine struct {
	Code     ids.Code    `db:"code"`
	Level    string      `db:"level"`
	Owner    ids.Org     `db:"owner_org"`
	Screener ids.Account `db:"screener"`
	Manager  ids.Account `db:"manager"`
	Child    bool        `db:"child"`
	Open     int         `db:"open"`
}

// team reads a case once for all its tasks; nil when the case is over, but for what
// outlasts it.
func (w *saving) team(known map[ids.Case]*teamLine, of ids.Case, key string) (*teamLine, error) {
	team, there := known[of]
	if !there {
		var found []teamLine
		if err := w.t.list(&found, `SELECT code, level, owner_org, screener, manager, child, open FROM protection_case WHERE id = ? AND state NOT IN ('MERGED', 'ERASED')`, of); err != nil {
			return nil, err
		}
		if len(found) > 0 {
			team = &found[0]
		}
		known[of] = team
	}
	if team == nil || team.Open == 0 && !slices.Contains(protection.Outlasting[:], key) {
		return nil, nil
	}
	return team, nil
}

// tasks writes what a change sets and ends, with the team of the case as it is now.
func (w *saving) tasks(c protection.Change) error {
	for _, x := range c.Done {
		if _, err := w.t.exec(`DELETE FROM task WHERE case_id = ? AND deadline = ?`, x.Case, x.Key); err != nil {
			return err
		}
	}
	teams := map[ids.Case]*teamLine{}
	for _, x := range c.Tasks {
		if !w.opened[x.Case] {
			if _, err := w.t.exec(`DELETE FROM task WHERE case_id = ? AND deadline = ?`, x.Case, x.Key); err != nil {
				return err
			}
		}
		team, err := w.team(teams, x.Case, x.Key)
		if err != nil {
			return err
		}
		if team == nil {
			continue
		}
		// One row of values, never a SELECT: SQLite keeps what a statement that may
		// stop half-way has changed, and walks all of it at the end of each.
		if _, err := w.t.exec(`INSERT INTO task (id, case_id, code, level, owner_org, screener, manager, child, deadline, since, due) VALUES (`+marks(11)+`)`,
			ids.New[ids.Task](), x.Case, team.Code, team.Level, team.Owner, team.Screener, team.Manager, team.Child, x.Key, at(x.From), at(x.Due)); err != nil {
			return err
		}
	}
	return nil
}

// follow keeps the tasks of a case with its team; for a case that is over nobody
// need do anything but tell her what was decided, and answer her review.
func (w *saving) follow(x protection.Case) error {
	if x.State.Over() {
		stays := protection.Outlasting
		if x.State == protection.Joined || x.State == protection.Erased {
			stays = [2]string{}
		}
		if _, err := w.t.exec(`DELETE FROM task WHERE case_id = ? AND deadline NOT IN (?, ?)`, x.ID, stays[0], stays[1]); err != nil {
			return err
		}
	}
	_, err := w.t.exec(`UPDATE task SET level = ?, owner_org = ?, screener = ?, manager = ?, child = ? WHERE case_id = ?`, string(x.Level), x.Owner, x.Screener, x.Manager, x.Child, x.ID)
	return err
}

func taskLanes(f protection.TaskFilter) lanes {
	l := lanes{columns: `k.id, k.case_id, k.deadline, k.since, k.due, k.code, k.level, k.child, k.screener, k.manager`,
		table: "task k", alias: "k.", order: []string{"due", "id"}, owner: "owner_org",
		child: "k.child", record: "k.case_id", teams: []string{"screener", "manager"}, mine: f.Mine}
	if !f.Until.IsZero() {
		l.filter, l.args = append(l.filter, "k.due <= ?"), append(l.args, at(f.Until))
	}
	return l
}

// Tasks lists what is due, the first first.
func (s *Store) Tasks(ctx context.Context, g access.Grant, f protection.TaskFilter, p protection.Page) (cut protection.Cut[protection.TaskLine], err error) {
	rows, err := page[taskLine](ctx, s, g, taskLanes(f), s.homeward(g.Scope()), p)
	if err != nil {
		return cut, err
	}
	n := min(len(rows), limitOf(p.Limit))
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, protection.TaskLine{Task: protection.Task{Case: r.Case, Key: r.Key, From: r.Since.Time, Due: r.Due.Time},
			Code: r.Code, Level: protection.Danger(r.Level), Child: r.Child, Screener: r.Screener, Manager: r.Manager})
	}
	if len(rows) > n {
		last := rows[n-1]
		cut.Next = markOf(last.Due.UTC().Format(stampLayout), last.ID.String())
	}
	return cut, nil
}

// CaseTasks lists those of a case, for a reader who holds a grant on it.
func (s *Store) CaseTasks(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Task, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []taskLine
		err := t.list(&rows, `SELECT id, case_id, deadline, since, due FROM task WHERE case_id = ? ORDER BY due, id LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, protection.Task{Case: r.Case, Key: r.Key, From: r.Since.Time, Due: r.Due.Time})
		}
		return err
	})
	return all, err
}
