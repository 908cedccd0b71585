package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/prosecution"
)

// fileFacts are what a decision about a criminal file needs, and no content: one
// question, whether the file exists or not.
func (s *Store) fileFacts(ctx context.Context, id ids.UUID) (o access.Object, err error) {
	err = s.glance(ctx, func(t *tx) error {
		o = access.Object{Kind: access.FileKind, ID: id, Zone: access.Criminal}
		var rows []struct {
			Owner   ids.Org     `db:"owner_org"`
			Office  ids.Org     `db:"office_org"`
			Bench1  ids.Org     `db:"bench_1"`
			Bench2  ids.Org     `db:"bench_2"`
			Bench3  ids.Org     `db:"bench_3"`
			By      ids.Account `db:"by_account"`
			State   string      `db:"state"`
			Place   string      `db:"place"`
			Child   bool        `db:"child"`
			Account ids.Account `db:"barred_account"`
			Org     ids.Org     `db:"barred_org"`
		}
		if err := t.list(&rows, `SELECT f.owner_org, f.office_org, f.bench_1, f.bench_2, f.bench_3, f.by_account, f.state, f.place, f.child,
			x.account AS barred_account, x.org AS barred_org FROM criminal_file f LEFT JOIN conflict x ON x.record = f.id WHERE f.id = ? ORDER BY x.n`, id); err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.NotFound, "record.notfound")
		}
		r := rows[0]
		o.Subject, o.Owner, o.To, o.By, o.Stage, o.Child = id, r.Owner, r.Office, r.By, r.State, r.Child
		o.Places = t.s.options.Places.Codes(place.Code(r.Place))
		for _, b := range []ids.Org{r.Bench1, r.Bench2, r.Bench3} {
			o.Bench = with(o.Bench, b)
		}
		for _, b := range rows {
			o.Excluded, o.ExcludedOrgs = with(o.Excluded, b.Account), with(o.ExcludedOrgs, b.Org)
		}
		return nil
	})
	return o, err
}

// Dossier reads a file with everything in it (prosecution.Store).
func (s *Store) Dossier(ctx context.Context, g access.Grant, id ids.File) (d prosecution.Dossier, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		d = prosecution.Dossier{}
		var r fileRow
		if err := t.get(&r, `SELECT `+fileColumns+` FROM criminal_file WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.unsealing(id.UUID, "criminal_file", id.UUID)
		if err != nil {
			return err
		}
		if d.File, err = r.file(g, u); err != nil {
			return err
		}
		for _, part := range []func(*prosecution.Dossier, *unsealer, ids.File) error{t.way, t.persons, t.charges, t.inquiry, t.court} {
			if err := part(&d, u, id); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// way reads the numbers and the stages of a file.
func (t *tx) way(d *prosecution.Dossier, _ *unsealer, id ids.File) error {
	var numbers []numberRow
	if err := t.list(&numbers, `SELECT file, register, office, plain, written FROM file_number WHERE file = ? ORDER BY register`, id); err != nil {
		return err
	}
	for _, r := range numbers {
		d.Numbers[prosecution.Register(r.Register)] = prosecution.Number{Written: r.Written, Plain: r.Plain}
	}
	var stages []stageRow
	err := t.list(&stages, `SELECT `+stageColumns+` FROM file_stage WHERE file = ? ORDER BY n`, id)
	for _, r := range stages {
		d.Stages = append(d.Stages, r.stage())
	}
	return err
}

func (t *tx) persons(d *prosecution.Dossier, u *unsealer, id ids.File) error {
	var rows []suspectRow
	err := t.list(&rows, `SELECT `+suspectColumns+` FROM suspect WHERE file = ? ORDER BY n, id`, id)
	for _, r := range rows {
		d.Suspects = append(d.Suspects, r.suspect(u))
	}
	return err
}

func (t *tx) charges(d *prosecution.Dossier, _ *unsealer, id ids.File) error {
	var rows []chargeRow
	err := t.list(&rows, `SELECT `+chargeColumns+` FROM charge WHERE file = ? ORDER BY at, id`, id)
	for _, r := range rows {
		d.Charges = append(d.Charges, r.charge())
	}
	return err
}

// inquiry reads acts and custody.
func (t *tx) inquiry(d *prosecution.Dossier, u *unsealer, id ids.File) error {
	var acts []fileActRow
	if err := t.list(&acts, `SELECT `+fileActColumns+` FROM file_act WHERE file = ? ORDER BY on_day, id`, id); err != nil {
		return err
	}
	for _, r := range acts {
		d.Acts = append(d.Acts, prosecution.Act{ID: r.ID, File: r.File, Owner: r.Owner, Kind: r.Kind, On: r.On, Words: u.at("file_act", r.ID.UUID).text("words", r.Words), By: r.By, At: r.At.Time})
	}
	var rows []custodyRow
	err := t.list(&rows, `SELECT `+custodyColumns+` FROM custody WHERE file = ? ORDER BY from_at, id`, id)
	for _, r := range rows {
		d.Custodies = append(d.Custodies, r.custody())
	}
	return err
}

// court reads days in court and what was decided.
func (t *tx) court(d *prosecution.Dossier, _ *unsealer, id ids.File) error {
	var days []hearingRow
	if err := t.list(&days, `SELECT `+hearingColumns+` FROM hearing WHERE file = ? ORDER BY on_day, id`, id); err != nil {
		return err
	}
	for _, r := range days {
		d.Hearings = append(d.Hearings, r.hearing())
	}
	var rows []judgmentRow
	err := t.list(&rows, `SELECT `+judgmentColumns+` FROM judgment WHERE file = ? ORDER BY round, at, id`, id)
	for _, r := range rows {
		d.Judgments = append(d.Judgments, r.judgment())
	}
	return err
}

type fileLine struct {
	ID      ids.File `db:"id"`
	Code    ids.Code `db:"code"`
	State   string   `db:"state"`
	Since   date.Day `db:"since_day"`
	On      date.Day `db:"on_day"`
	Source  string   `db:"source"`
	Child   bool     `db:"child"`
	Owner   ids.Org  `db:"owner_org"`
	Office  ids.Org  `db:"office_org"`
	Book    string   `db:"book"`
	Number  string   `db:"number"`
	Changed stamp    `db:"changed"`
	Weight  int      `db:"weight"`
}

const fileLineColumns = `f.id, f.code, f.state, f.since_day, f.on_day, f.source, f.child, f.owner_org, f.office_org, f.book, f.number, f.changed, f.weight`

func (r fileLine) line() prosecution.Line {
	return prosecution.Line{ID: r.ID, Code: r.Code, State: prosecution.State(r.State), Since: r.Since, On: r.On, Source: prosecution.Source(r.Source), Child: r.Child,
		Owner: r.Owner, Office: r.Office, Number: prosecution.Number{Written: r.Number}, Written: prosecution.Register(r.Book), Changed: r.Changed.Time}
}

// fileOrder: open files first, and of these the one where nothing was done for longest.
var fileOrder = []string{"weight", "changed", "id"}

// fileScope is the text of a scope for criminal files.
func fileScope(sc access.Scope) (string, []any) {
	account, org := bars("f.id")
	return sc.Where(access.Columns{Owner: "f.owner_org", To: "f.office_org", Stage: "f.state", Bench: "? IN (f.bench_1, f.bench_2, f.bench_3)", Excluded: account, ExcludedOrgs: org})
}

// Files lists files (prosecution.Store). Each reason is a lane of its own: an index serves it.
func (s *Store) Files(ctx context.Context, g access.Grant, p prosecution.Page) (cut prosecution.Cut, err error) {
	after, err := readMark(p.After, fileOrder)
	if err != nil {
		return cut, err
	}
	sc := g.Scope()
	condition, args := fileScope(sc)
	limit := limitOf(p.Limit)
	var parts []string
	var asked []any
	for _, column := range fileLanes(sc) {
		text := `SELECT ` + fileLineColumns + ` FROM criminal_file f WHERE f.` + column + ` = ? AND ` + condition
		asked = append(append(asked, sc.Org), args...)
		if after != nil {
			text += ` AND (f.weight, f.changed, f.id) > (?, ?, ?)`
			asked = append(asked, after...)
		}
		text += ` ORDER BY f.weight, f.changed, f.id LIMIT ` + strconv.Itoa(limit+1)
		parts = append(parts, `SELECT `+bare(fileLineColumns)+` FROM (`+text+`) AS lane`)
	}
	if len(parts) == 0 {
		return cut, nil
	}
	var rows []fileLine
	err = s.listed(ctx, g, func(t *tx) error {
		rows = nil
		return t.list(&rows, `SELECT `+bare(fileLineColumns)+` FROM (`+strings.Join(parts, " UNION ")+`) AS merged ORDER BY weight, changed, id LIMIT `+strconv.Itoa(limit+1), asked...)
	})
	n := min(len(rows), limit)
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, r.line())
	}
	if len(rows) > n {
		last := rows[n-1]
		cut.Next = markOf(last.Weight, last.Changed.UTC().Format(stampLayout), last.ID.String())
	}
	return cut, err
}

// fileLanes are the columns that say why somebody may see a file.
func fileLanes(sc access.Scope) (columns []string) {
	if sc.Org.IsZero() {
		return nil
	}
	if sc.Reach.Has(access.ReachOrg) {
		columns = append(columns, "owner_org")
	}
	if sc.Reach.Has(access.ReachReceiver) {
		columns = append(columns, "office_org")
	}
	if sc.Reach.Has(access.ReachBench) {
		columns = append(columns, "bench_1", "bench_2", "bench_3")
	}
	return columns
}

// FindFiles finds files of the unit by name or telephone (prosecution.Store): the
// first kind of token that finds any decides.
func (s *Store) FindFiles(ctx context.Context, g access.Grant, words string, p prosecution.Page) (cut prosecution.Cut, err error) {
	sc := g.Scope()
	condition, args := fileScope(sc)
	err = s.granted(ctx, g, func(t *tx) error {
		cut = prosecution.Cut{}
		for _, kind := range []vault.IndexKind{vault.Digits, vault.Words, vault.Phonetic} {
			tokens, err := t.s.options.Vault.Tokens(t.ctx, t, sc.Org, kind, words)
			if err != nil {
				return err
			}
			if len(tokens) == 0 {
				continue
			}
			query := `SELECT ` + fileLineColumns + ` FROM index_token k CROSS JOIN criminal_file f
				WHERE f.id = k.subject AND k.org = ? AND k.kind = ? AND k.token = ? AND k.subject_kind = 'criminal_file'`
			asked := []any{sc.Org, string(kind), tokens[0]}
			for _, token := range tokens[1:] {
				query += ` AND EXISTS (SELECT 1 FROM index_token o WHERE o.org = ? AND o.kind = ? AND o.token = ? AND o.subject_kind = 'criminal_file' AND o.subject = k.subject)`
				asked = append(asked, sc.Org, string(kind), token)
			}
			var rows []fileLine
			if err := t.list(&rows, query+` AND `+condition+` ORDER BY k.subject DESC LIMIT ?`, append(append(asked, args...), limitOf(p.Limit))...); err != nil {
				return err
			}
			for _, r := range rows {
				cut.Lines = append(cut.Lines, r.line())
			}
			if len(rows) > 0 {
				return nil
			}
		}
		return nil
	})
	return cut, err
}

// Numbered says whether a number is in a register already (prosecution.Store).
func (s *Store) Numbered(ctx context.Context, r prosecution.Register, written string, office ids.Org, but ids.File) (same, elsewhere bool, err error) {
	err = s.glance(ctx, func(t *tx) error {
		same, elsewhere = false, false
		var offices []ids.Org
		// The office's own first: however many others there are, it is read.
		err := t.list(&offices, `SELECT office FROM file_number WHERE register = ? AND plain = ? AND file <> ? ORDER BY CASE WHEN office = ? THEN 0 ELSE 1 END, office LIMIT 2`,
			string(r), written, but, office)
		same, elsewhere = slices.Contains(offices, office), slices.ContainsFunc(offices, func(o ids.Org) bool { return o != office })
		return err
	})
	return same, elsewhere, err
}

// Offices lists the organisations in which somebody holds a role (prosecution.Store).
func (s *Store) Offices(ctx context.Context, roles ...access.Role) (all []ids.Org, err error) {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	now := at(s.options.Clock())
	err = s.glance(ctx, func(t *tx) error {
		all = nil
		var rows []struct {
			ID   ids.Org `db:"id"`
			Name string  `db:"name"`
		}
		err := t.listIn(&rows, `SELECT DISTINCT o.id, o.name FROM post p JOIN organisation o ON o.id = p.org
			WHERE p.role IN (?) AND p.from_at <= ? AND (p.until_at IS NULL OR p.until_at > ?) AND o.closed IS NULL ORDER BY o.name, o.id LIMIT 500`, names, now, now)
		for _, r := range rows {
			all = append(all, r.ID)
		}
		return err
	})
	return all, err
}
