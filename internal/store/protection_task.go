package store

import (
	"context"

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

// tasks writes what a change sets and ends, with the team of the case as it is now.
func (w *saving) tasks(c protection.Change) error {
	for _, x := range c.Done {
		if _, err := w.t.exec(`DELETE FROM task WHERE case_id = ? AND deadline = ?`, x.Case, x.Key); err != nil {
			return err
		}
	}
	for _, x := range c.Tasks {
		if !w.opened[x.Case] {
			if _, err := w.t.exec(`DELETE FROM task WHERE case_id = ? AND deadline = ?`, x.Case, x.Key); err != nil {
				return err
			}
		}
		if _, err := w.t.exec(`INSERT INTO task (id, case_id, code, level, owner_org, screener, manager, child, deadline, since, due)
			SELECT ?, id, code, level, owner_org, screener, manager, child, ?, ?, ? FROM protection_case WHERE id = ? AND open = 1`,
			ids.New[ids.Task](), x.Key, at(x.From), at(x.Due), x.Case); err != nil {
			return err
		}
	}
	return nil
}

// follow keeps the tasks of a case with its team; nobody need do anything for a
// case that is over.
func (w *saving) follow(x protection.Case) error {
	if x.State.Over() {
		_, err := w.t.exec(`DELETE FROM task WHERE case_id = ?`, x.ID)
		return err
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
