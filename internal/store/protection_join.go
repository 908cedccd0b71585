package store

import (
	"slices"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// carries lists the tables whose rows hang on a case and go over when two files turn
// out to be of one person, with the columns that are sealed under her key: they are
// sealed anew under the key of the other file's person. A request to another
// organisation is sealed under a key of its own, and stays sealed.
var carries = [...]struct {
	table  string
	sealed []string
	texts  string // a column of sealed texts by name, if there is one
}{
	{"screening", []string{"account_told", "heard", "wants", "words"}, ""}, {"assessment", []string{"found", "own", "why"}, "plan"},
	{"guardian", []string{"act", "name", "phone", "why"}, ""}, {"consent", []string{"witness", "capacity"}, ""}, {"plan", []string{"body"}, "texts"},
	{"interests", []string{"taking", "views", "pro", "risks", "result", "sitting", "options", "dissent"}, ""}, {"episode", []string{"remark"}, ""}, {"referral", nil, ""}, {"progress", []string{"words"}, ""}, {"stay", nil, ""},
	{"visit", []string{"body", "words"}, ""}, {"business", nil, ""}, {"jotting", []string{"words"}, ""}, {"sealed_note", []string{"words"}, ""},
	{"attachment", []string{"name"}, ""}, {"identification", []string{"law", "document"}, ""}, {"explanation", nil, ""}, {"event", nil, ""}, {"legal_hold", nil, ""},
}

// stays lists what is about a case and does not go over, with the reason.
func stays() map[string]string {
	return map[string]string{
		"closure":    "why that file was to be closed: one a case, and about that file",
		"homecoming": "the return that was prepared in that file: one a case, readable there",
		"reflection": "the time to think that ran in that file: one a case, readable there",
		"review":     "what was decided in that file, looked at again; none may wait",
		"transfer":   "offers of that file to others; none may wait",
		"likeness":   "pairs of files, this one among them",
		"inquiry":    "what was asked of other organisations in that file: she is told there",
		"liaison":    "who asked for that file: answered there, by who follows her",
		"complaint":  "what she said of those who help: with who looks into it, under the code that she gave then",
		"erasure":    "who asked to erase that file, and what was answered; none may wait",
		"glass":      "the hour for which two opened that file: she is told there",
	}
}

// derived lists what is made of other tables, and how it follows.
var derivedLists = [...]string{"task", "plan_queue", "referral_queue", "sealed_reader", "pseudonym"}

// carried is what went over of one table.
type carried struct {
	Table string     `json:"table"`
	Rows  []ids.UUID `json:"rows,omitempty"`
	Tasks []wasTask  `json:"tasks,omitempty"`
}

// wasTask is a task of the file that was joined.
type wasTask struct {
	Key   string `json:"key"`
	Since stamp  `json:"since"`
	Due   stamp  `json:"due"`
	Went  bool   `json:"went"` // over to the other file; otherwise it ended
}

// sides are the two persons between whom what is written goes over.
type sides struct {
	from, to         ids.Case
	fromKey, toKey   vault.SubjectKey
	fromCode, toCode ids.Code
}

func (w *saving) sides(from, to ids.Case) (s sides, err error) {
	s.from, s.to = from, to
	for _, one := range []struct {
		id   ids.Case
		key  *vault.SubjectKey
		code *ids.Code
	}{{from, &s.fromKey, &s.fromCode}, {to, &s.toKey, &s.toCode}} {
		var r struct {
			Person ids.Person `db:"person"`
			Code   ids.Code   `db:"code"`
			Owner  ids.Org    `db:"owner_org"`
		}
		if err := w.t.get(&r, `SELECT person, code, owner_org FROM protection_case WHERE id = ?`, one.id); err != nil {
			return s, err
		}
		*one.code = r.Code
		// Made when there is none: somebody of whom nothing was ever sealed.
		if *one.key, err = w.t.s.options.Vault.Key(w.t.ctx, w.t, r.Owner, r.Person.UUID); err != nil {
			return s, err
		}
	}
	return s, nil
}

// join carries every record that hangs on one file over to another, and says which.
func (w *saving) join(x protection.Join) (all []carried, err error) {
	s, err := w.sides(x.From, x.To)
	if err != nil {
		return nil, err
	}
	if err := w.still(s); err != nil {
		return nil, err
	}
	if err := w.oneBed(s); err != nil {
		return nil, err
	}
	for _, c := range carries {
		var rows []ids.UUID
		if err := w.t.list(&rows, `SELECT id FROM `+c.table+` WHERE case_id = ? ORDER BY id`, x.From); err != nil {
			return nil, err
		}
		if c.table == "plan" { // a case has one plan: the second stays where it is, and is read there
			there, err := w.t.exists(`SELECT id FROM plan WHERE case_id = ?`, x.To)
			if err != nil {
				return nil, err
			}
			if there {
				continue
			}
		}
		for _, id := range rows {
			if err := w.carry(s, c.table, c.sealed, c.texts, id); err != nil {
				return nil, err
			}
		}
		if len(rows) > 0 {
			all = append(all, carried{Table: c.table, Rows: rows})
		}
	}
	tasks, err := w.joinTasks(s)
	if len(tasks) > 0 {
		all = append(all, carried{Table: "task", Tasks: tasks})
	}
	return all, err
}

// still refuses to join or to part files of which an erasure or a review waits: whoever
// agrees to it must know what goes, and whoever reviews what was decided.
func (w *saving) still(s sides) error {
	for _, one := range []ids.Case{s.from, s.to} {
		all, err := w.t.family(one)
		if err != nil {
			return err
		}
		for _, person := range all {
			waits, err := w.t.exists(`SELECT e.id FROM protection_case c JOIN erasure e ON e.case_id = c.id WHERE c.person = ? AND e.open = 1`, person)
			if err != nil {
				return err
			}
			if waits {
				return fault.New(fault.Invalid, "fault.join.erasure")
			}
		}
		waits, err := w.t.exists(`SELECT id FROM review WHERE case_id = ? AND state = 'ASKED'`, one)
		if err != nil {
			return err
		}
		if waits {
			return fault.New(fault.Invalid, "fault.join.review")
		}
	}
	return nil
}

// oneBed refuses to join two files that each say where she sleeps tonight: one of
// the two is not so.
func (w *saving) oneBed(s sides) error {
	n := 0
	for _, one := range []ids.Case{s.from, s.to} {
		there, err := w.t.exists(`SELECT id FROM stay WHERE case_id = ? AND state = 'OPEN'`, one)
		if err != nil {
			return err
		}
		if there {
			n++
		}
	}
	if n > 1 {
		return fault.New(fault.Invalid, "fault.join.stays")
	}
	return nil
}

// part takes every record back to where it was. What was written since, in the file
// that went on, stays there. It says which records went back.
func (w *saving) part(id ids.Likeness) (rows []carried, err error) {
	var r likenessRow
	if err := w.t.get(&r, `SELECT `+likenessColumns+` FROM likeness l WHERE l.id = ?`, id); err != nil {
		return nil, err
	}
	x := r.likeness()
	if x.State != protection.OneFile {
		return nil, fault.New(fault.Stale, "record.stale")
	}
	s, err := w.sides(x.Kept, x.Other(x.Kept))
	if err != nil {
		return nil, err
	}
	if err := w.still(s); err != nil {
		return nil, err
	}
	for _, c := range carries {
		at := slices.IndexFunc(r.Carried.V, func(one carried) bool { return one.Table == c.table })
		if at < 0 {
			continue
		}
		for _, id := range r.Carried.V[at].Rows {
			if err := w.carry(s, c.table, c.sealed, c.texts, id); err != nil {
				return nil, err
			}
		}
	}
	for _, one := range r.Carried.V {
		if one.Table != "task" {
			rows = append(rows, one)
			continue
		}
		if err := w.partTasks(s, one.Tasks); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// carry moves one row, seals anew what is sealed in it, and takes along the lists that
// are made of it. The older row goes to the history, sealed as it was.
func (w *saving) carry(s sides, table string, columns []string, texts string, id ids.UUID) error {
	set, args := "case_id = ?", []any{s.to}
	own, err := w.sealedApart(table, id)
	if err != nil {
		return err
	}
	if own {
		columns = nil
	}
	if w.t.s.tables[table].version != "" {
		if err := w.remember(table, id); err != nil {
			return err
		}
		set += ", version = version + 1"
	}
	for _, column := range columns {
		text, err := w.reseal(s, table, column, id)
		if err != nil {
			return err
		}
		set, args = set+", "+column+" = ?", append(args, text)
	}
	if texts != "" {
		var all asJSON[map[string][]byte]
		if err := w.t.get(&all, `SELECT `+texts+` FROM `+table+` WHERE id = ?`, id); err != nil {
			return err
		}
		for name, text := range all.V {
			var err error
			if all.V[name], err = w.sealAnew(s, table, name, id, text); err != nil {
				return err
			}
		}
		set, args = set+", "+texts+" = ?", append(args, all)
	}
	if table == "stay" { // what the shelter reads aloud
		set, args = set+", code = ?", append(args, s.toCode)
	}
	if table == "attachment" && !own {
		body, err := w.reseal(s, "attachment_body", "content", id)
		if err != nil {
			return err
		}
		if _, err := w.t.exec(`UPDATE attachment_body SET content = ? WHERE id = ?`, body, id); err != nil {
			return err
		}
		set, args = set+", digest = ?", append(args, digestOf(body))
	}
	n, err := w.t.change(`UPDATE `+table+` SET `+set+` WHERE id = ? AND case_id = ?`, append(args, id, s.from)...)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Stale, "record.stale")
	}
	switch table {
	case "plan":
		_, err = w.t.exec(`UPDATE plan_queue SET case_id = ?, code = ? WHERE id = ?`, s.to, s.toCode, id)
	case "referral":
		_, err = w.t.exec(`UPDATE referral_queue SET case_id = ? WHERE id = ?`, s.to, id)
	case "sealed_note":
		_, err = w.t.exec(`UPDATE sealed_reader SET case_id = ? WHERE note = ?`, s.to, id)
	}
	return err
}

// sealedApart says whether a row stays sealed as it is: a file under a key of its own, or
// one that was taken out.
func (w *saving) sealedApart(table string, id ids.UUID) (bool, error) {
	if table != "attachment" {
		return false, nil
	}
	return w.t.exists(`SELECT id FROM attachment WHERE id = ? AND (subject IS NOT NULL OR removed_at IS NOT NULL)`, id)
}

func (w *saving) reseal(s sides, table, column string, id ids.UUID) ([]byte, error) {
	var text []byte
	if err := w.t.get(&text, `SELECT `+column+` FROM `+table+` WHERE id = ?`, id); err != nil {
		return nil, err
	}
	return w.sealAnew(s, table, column, id, text)
}

func (w *saving) sealAnew(s sides, table, column string, id ids.UUID, text []byte) ([]byte, error) {
	return w.t.s.options.Vault.Carry(w.t.ctx, w.t, s.fromKey, s.toKey, vault.Where{Table: table, Column: column, Row: id}, text)
}

// goingOver are the tasks that are about her or about a record that goes over; the
// others are about the file, and end with it.
func goingOver(key string) bool {
	return slices.Contains([]string{"approval.confirm", "missing.red", "missing.other", "visit.next", "lost.contact",
		"monitoring.1", "monitoring.2", "monitoring.3", "monitoring.4"}, key)
}

// joinTasks moves what is still to be done for her, and remembers what ends.
func (w *saving) joinTasks(s sides) (all []wasTask, err error) {
	var rows []taskLine
	if err := w.t.list(&rows, `SELECT id, case_id, deadline, since, due FROM task WHERE case_id = ? ORDER BY due, id`, s.from); err != nil {
		return nil, err
	}
	for _, r := range rows {
		there, err := w.t.exists(`SELECT id FROM task WHERE case_id = ? AND deadline = ?`, s.to, r.Key)
		if err != nil {
			return nil, err
		}
		was := wasTask{Key: r.Key, Since: r.Since, Due: r.Due, Went: goingOver(r.Key) && !there}
		if was.Went {
			if _, err := w.t.exec(`UPDATE task SET case_id = ?, code = ? WHERE id = ?`, s.to, s.toCode, r.ID); err != nil {
				return nil, err
			}
		}
		all = append(all, was)
	}
	return all, nil
}

// partTasks puts the tasks back: those that went over, unless they were done since;
// those that had ended. Who is on the team follows when the case is written.
func (w *saving) partTasks(s sides, all []wasTask) error {
	for _, one := range all {
		if one.Went {
			if _, err := w.t.exec(`UPDATE task SET case_id = ?, code = ? WHERE case_id = ? AND deadline = ? AND since = ?`, s.to, s.toCode, s.from, one.Key, one.Since); err != nil {
				return err
			}
			continue
		}
		var of struct {
			Owner ids.Org `db:"owner_org"`
			Level string  `db:"level"`
			Child bool    `db:"child"`
		}
		if err := w.t.get(&of, `SELECT owner_org, level, child FROM protection_case WHERE id = ?`, s.to); err != nil {
			return err
		}
		if _, err := w.t.exec(`INSERT INTO task (id, case_id, code, level, owner_org, child, deadline, since, due) VALUES (`+marks(9)+`)`,
			ids.New[ids.Task](), s.to, s.toCode, of.Level, of.Owner, of.Child, one.Key, one.Since, one.Due); err != nil {
			return err
		}
	}
	return nil
}

// standing refuses what would be written on a file that was joined to another: only
// parting the two writes there, and an erasure, which takes both.
func (w *saving) standing(c protection.Change) error {
	if len(c.Joins) > 0 || len(c.Partings) > 0 {
		return nil
	}
	var seen []ids.Case
	for _, id := range c.Files() {
		if slices.Contains(seen, id) {
			continue
		}
		seen = append(seen, id)
		gone, err := w.t.exists(`SELECT id FROM protection_case WHERE id = ? AND state = 'MERGED'`, id)
		if err != nil {
			return err
		}
		if gone {
			return fault.New(fault.Invalid, "fault.case.joined")
		}
	}
	for _, x := range c.Persons {
		if x.Version == 0 {
			continue
		}
		gone, err := w.t.exists(`SELECT id FROM protection_case WHERE person = ? AND state = 'MERGED'`, x.ID)
		if err != nil {
			return err
		}
		if !gone {
			continue
		}
		stays, err := w.t.exists(`SELECT id FROM protection_case WHERE person = ? AND state <> 'MERGED'`, x.ID)
		if err != nil {
			return err
		}
		if !stays { // who she is is written down where she is followed
			return fault.New(fault.Invalid, "fault.case.joined")
		}
	}
	return nil
}
