package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type inquiryRow struct {
	ID       ids.Inquiry `db:"id"`
	Version  int         `db:"version"`
	Case     ids.Case    `db:"case_id"`
	Owner    ids.Org     `db:"owner_org"`
	Reason   string      `db:"reason"`
	By       ids.Account `db:"by_account"`
	At       stamp       `db:"at"`
	LookedAt stamp       `db:"looked_at"`
	ToldOrg  ids.Org     `db:"told_org"`
	ToldWho  ids.Account `db:"told_who"`
	ToldCode ids.Code    `db:"told_code"`
	ToldAt   stamp       `db:"told_at"`
}

const inquiryColumns = `id, version, case_id, owner_org, reason, by_account, at, looked_at, told_org, told_who, told_code, told_at`

func (r inquiryRow) inquiry() protection.Inquiry {
	return protection.Inquiry{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, Reason: r.Reason, By: r.By, At: r.At.Time, LookedAt: r.LookedAt.Time,
		Introduction: protection.Introduction{Org: r.ToldOrg, Who: r.ToldWho, Code: r.ToldCode, When: r.ToldAt.Time}}
}

type liaisonRow struct {
	ID         ids.Liaison `db:"id"`
	Version    int         `db:"version"`
	Inquiry    ids.Inquiry `db:"inquiry"`
	Reference  ids.Code    `db:"reference"`
	Case       ids.Case    `db:"case_id"`
	Owner      ids.Org     `db:"owner_org"`
	State      string      `db:"state"`
	Waits      int         `db:"waits"`
	At         stamp       `db:"at"`
	Due        stamp       `db:"due"`
	AnsweredBy ids.Account `db:"answered_by"`
	AnsweredAt stamp       `db:"answered_at"`
	EndedBy    ids.Account `db:"ended_by"`
	EndedAt    stamp       `db:"ended_at"`
}

const liaisonColumns = `f.id, f.version, f.inquiry, f.reference, f.case_id, f.owner_org, f.state, f.waits, f.at, f.due, f.answered_by, f.answered_at, f.ended_by, f.ended_at`

func (r liaisonRow) liaison() protection.Liaison {
	return protection.Liaison{ID: r.ID, Version: r.Version, Inquiry: r.Inquiry, Reference: r.Reference, Case: r.Case, Owner: r.Owner, State: protection.LiaisonState(r.State),
		At: r.At.Time, Due: r.Due.Time, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time, EndedBy: r.EndedBy, EndedAt: r.EndedAt.Time}
}

// inquiries writes questions between organisations, and what they lead to.
func (w *saving) inquiries(c protection.Change) error {
	for _, x := range c.Inquiries {
		row := inquiryRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Owner: x.Owner, Reason: x.Reason, By: x.By, At: at(x.At), LookedAt: at(x.LookedAt),
			ToldOrg: x.Introduction.Org, ToldWho: x.Introduction.Who, ToldCode: x.Introduction.Code, ToldAt: at(x.Introduction.When)}
		if err := w.put("inquiry", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, x := range c.Liaisons {
		row := liaisonRow{ID: x.ID, Version: x.Version + fresh(x.Version), Inquiry: x.Inquiry, Reference: x.Reference, Case: x.Case, Owner: x.Owner, State: string(x.State),
			At: at(x.At), Due: at(x.Due), AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt), EndedBy: x.EndedBy, EndedAt: at(x.EndedAt)}
		if x.State.Waits() {
			row.Waits = 1
		}
		if err := w.put("liaison", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return nil
}

// olderAsked reads a question, a liaison or a pair as it stands.
func (t *tx) olderAsked(table string, id ids.UUID) (row any, version int, err error) {
	switch table {
	case "likeness":
		return t.olderLikeness(id)
	case "liaison":
		var r liaisonRow
		err = t.get(&r, `SELECT `+liaisonColumns+` FROM liaison f WHERE f.id = ?`, id)
		return r, r.Version, err
	}
	var r inquiryRow
	err = t.get(&r, `SELECT `+inquiryColumns+` FROM inquiry WHERE id = ?`, id)
	return r, r.Version, err
}

// factsOfLiaison is the query of its facts: those of the side that was found. Who is
// barred from her case is barred from it. No key of hers is behind it: it holds no word.
const factsOfLiaison = `SELECT x.id AS subject, c.id AS record, x.owner_org AS owner, NULL AS to_org, NULL AS by_account, ` + team + `, c.place AS place,
	c.child AS child, x.state AS stage FROM liaison x JOIN protection_case c ON c.id = x.case_id WHERE x.id = ?` + kept

// Inquiry reads one.
func (s *Store) Inquiry(ctx context.Context, g access.Grant, id ids.Inquiry) (x protection.Inquiry, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r inquiryRow
		err := t.get(&r, `SELECT `+inquiryColumns+` FROM inquiry WHERE id = ?`, id)
		x = r.inquiry()
		return err
	})
	return x, err
}

// Inquiries lists those of a case, the newest first, for a reader who holds a grant on it.
func (s *Store) Inquiries(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Inquiry, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []inquiryRow
		err := t.list(&rows, `SELECT `+inquiryColumns+` FROM inquiry WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.inquiry())
		}
		return err
	})
	return all, err
}

// InquiriesBy lists what the holder of the grant asked since a moment.
func (s *Store) InquiriesBy(ctx context.Context, g access.Grant, since time.Time) (all []ids.Inquiry, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		return t.list(&all, `SELECT id FROM inquiry WHERE by_account = ? AND at > ? ORDER BY at DESC, id DESC LIMIT ?`, g.Who().Account, at(since), pageLimit)
	})
	return all, err
}

// OpenInquiries lists what the program has not compared yet, the oldest first.
func (s *Store) OpenInquiries(ctx context.Context, limit int) (all []ids.Inquiry, err error) {
	err = s.glance(ctx, func(t *tx) error {
		all = nil
		return t.list(&all, `SELECT id FROM inquiry WHERE looked_at IS NULL ORDER BY at, id LIMIT ?`, limit)
	})
	return all, err
}

// agreedAbroad is the condition that the person of a case agreed to be compared, and
// that it holds at a moment: not what overrides her word, not what is past its time.
func agreedAbroad(id string) string {
	return `EXISTS (SELECT 1 FROM consent k WHERE k.case_id = ` + id + ` AND k.purpose = '` + protection.P2National + `' AND k.state = 'GIVEN' AND (k.expires IS NULL OR k.expires > ?))`
}

// Abroad says whether a case may be compared, and whether it has anything to compare by.
func (s *Store) Abroad(ctx context.Context, g access.Grant, id ids.Case) (on protection.Abroad, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var row struct {
			Consent int `db:"agrees"`
			Known   int `db:"known"`
		}
		err := t.get(&row, `SELECT CASE WHEN `+agreedAbroad("c.id")+` THEN 1 ELSE 0 END AS agrees,
			CASE WHEN EXISTS (SELECT 1 FROM pseudonym p WHERE p.case_id = c.id) THEN 1 ELSE 0 END AS known FROM protection_case c WHERE c.id = ?`, at(s.options.Clock()), id)
		on = protection.Abroad{Consent: row.Consent != 0, Known: row.Known != 0}
		return err
	})
	return on, err
}

// Elsewhere compares by tokens alone. The case that asks must still be open and agreed
// to, as must the other; it is of another organisation; neither organisation, nor who
// asks, nor who follows her there, is kept out of the other's case; and a pair that
// waits, that was brought together or that said no is not asked again.
func (s *Store) Elsewhere(ctx context.Context, g access.Grant, id ids.Inquiry, limit int) (all []protection.Counterpart, err error) {
	now := at(s.options.Clock())
	holder := `COALESCE(o.manager, o.screener)`
	query := `SELECT o.id AS id, o.owner_org AS owner, ` + holder + ` AS holder FROM inquiry i
		JOIN protection_case c ON c.id = i.case_id AND c.open = 1
		JOIN protection_case o ON o.open = 1 AND o.owner_org <> c.owner_org AND ` + holder + ` IS NOT NULL
			AND o.id IN (SELECT q.case_id FROM pseudonym p JOIN pseudonym q ON q.token = p.token AND q.case_id <> p.case_id WHERE p.case_id = i.case_id)
		WHERE i.id = ? AND ` + agreedAbroad("c.id") + ` AND ` + agreedAbroad("o.id") + `
		AND NOT EXISTS (SELECT 1 FROM conflict x WHERE x.record = o.id AND (x.account = i.by_account OR x.org = c.owner_org))
		AND NOT EXISTS (SELECT 1 FROM conflict x WHERE x.record = c.id AND (x.account = ` + holder + ` OR x.org = o.owner_org))
		AND NOT EXISTS (SELECT 1 FROM liaison l JOIN inquiry j ON j.id = l.inquiry WHERE l.case_id = o.id AND j.case_id = c.id AND l.state IN ('OPEN', 'AGREED', 'SHARED', 'DECLINED'))
		ORDER BY o.opened DESC, o.id LIMIT ?`
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []struct {
			ID     ids.Case    `db:"id"`
			Owner  ids.Org     `db:"owner"`
			Holder ids.Account `db:"holder"`
		}
		err := t.list(&rows, query, id, now, now, limit)
		for _, r := range rows {
			all = append(all, protection.Counterpart{Case: r.ID, Owner: r.Owner, Holder: r.Holder})
		}
		return err
	})
	return all, err
}

// Liaison reads one.
func (s *Store) Liaison(ctx context.Context, g access.Grant, id ids.Liaison) (x protection.Liaison, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r liaisonRow
		err := t.get(&r, `SELECT `+liaisonColumns+` FROM liaison f WHERE f.id = ?`, id)
		x = r.liaison()
		return err
	})
	return x, err
}

// Liaisons lists those of the grant's scope: what waits first, by when it is due.
func (s *Store) Liaisons(ctx context.Context, g access.Grant) (all []protection.LiaisonLine, err error) {
	sc := g.Scope()
	condition, args := sc.Where(access.Columns{Owner: "f.owner_org", Team: "COALESCE(c.manager, c.screener) = ?"})
	along := ""
	if !sc.Orgless { // along the index of one's own organisation
		along, args = "f.owner_org = ? AND ", append([]any{sc.Org}, args...)
	}
	open, readers := barred("f.case_id", sc)
	args = append(append(args, readers...), pageLimit)
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []struct {
			liaisonRow
			Code  ids.Code `db:"code"`
			Asker ids.Org  `db:"asker"`
		}
		err := t.list(&rows, `SELECT `+liaisonColumns+`, c.code AS code, i.owner_org AS asker FROM liaison f JOIN protection_case c ON c.id = f.case_id JOIN inquiry i ON i.id = f.inquiry
			WHERE `+along+condition+open+kept+` ORDER BY f.waits DESC, f.due DESC, f.id DESC LIMIT ?`, args...)
		for _, r := range rows {
			all = append(all, protection.LiaisonLine{Liaison: r.liaison(), Code: r.Code, Asker: r.Asker})
		}
		return err
	})
	return all, err
}

// CaseLiaisons lists those by which a case was found, the newest first, for a reader
// who holds a grant on it or on one of them.
func (s *Store) CaseLiaisons(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Liaison, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []liaisonRow
		err := t.list(&rows, `SELECT `+liaisonColumns+` FROM liaison f WHERE f.case_id = ? ORDER BY f.at DESC, f.id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.liaison())
		}
		return err
	})
	return all, err
}

// Agreed says whether both persons' agreement still holds.
func (s *Store) Agreed(ctx context.Context, g access.Grant, id ids.Liaison) (holds bool, err error) {
	now := at(s.options.Clock())
	err = s.listed(ctx, g, func(t *tx) (err error) {
		holds, err = t.exists(`SELECT f.id FROM liaison f JOIN inquiry i ON i.id = f.inquiry WHERE f.id = ? AND `+agreedAbroad("f.case_id")+` AND `+agreedAbroad("i.case_id"), id, now, now)
		return err
	})
	return holds, err
}

// LateLiaisons lists what nobody answered in time, for the program's own clock.
func (s *Store) LateLiaisons(ctx context.Context, now time.Time, limit int) (late []ids.Liaison, err error) {
	err = s.glance(ctx, func(t *tx) error {
		late = nil
		return t.list(&late, `SELECT id FROM liaison WHERE waits = 1 AND due <= ? ORDER BY due, id LIMIT ?`, at(now), limit)
	})
	return late, err
}

// Coordinators lists who brings organisations together.
func (s *Store) Coordinators(ctx context.Context, now time.Time) ([]protection.Duty, error) {
	return s.holders(ctx, access.Coordinator, now)
}
