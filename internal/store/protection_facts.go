package store

import (
	"context"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// factsRow is what a decision needs of any kind of record.
type factsRow struct {
	Subject  ids.UUID    `db:"subject"`
	Record   ids.UUID    `db:"record"` // whose conflicts count
	Owner    ids.Org     `db:"owner"`
	To       ids.Org     `db:"to_org"`
	By       ids.Account `db:"by_account"`
	Presumer ids.Account `db:"presumer"`
	First    ids.Account `db:"first"`
	Second   ids.Account `db:"second"`
	Place    string      `db:"place"`
	Stage    string      `db:"stage"`
	Child    bool        `db:"child"`
}

const factsColumns = `facts.subject, facts.record, facts.owner, facts.to_org, facts.by_account, facts.first, facts.second, facts.place,
	facts.stage, facts.child`

// barredRow is the same once for each who is barred from the record, and for
// each who stands in for somebody of the team.
type barredRow struct {
	factsRow
	Cover   ids.Account `db:"cover"`
	Account ids.Account `db:"barred_account"`
	Org     ids.Org     `db:"barred_org"`
	Opened  ids.Account `db:"opened"`
}

// What is the team of a case, and what a case says of whatever hangs on it.
const (
	team = `COALESCE(c.screener, CASE WHEN c.manager IS NULL THEN
		(SELECT s.taken_by FROM signal s WHERE s.id = c.signal AND s.owner_org = c.owner_org) END) AS first, c.manager AS second`
	ofCase = `c.owner_org AS owner, NULL AS to_org, ` + team + `, c.place AS place, c.child AS child`
	// What is erased is as if it had never been there.
	kept = ` AND c.state <> 'ERASED'`
)

// ofCases are the records that hang on a case and have no facts of their own but
// how far they are and who made them.
var ofCases = map[access.Kind]struct{ table, stage, by string }{
	access.ScreeningKind:  {"screening", "state", "by_account"},
	access.AssessmentKind: {"assessment", "level", "by_account"},
	access.GuardianKind:   {"guardian", "kind", "by_account"},
	access.PlanKind:       {"plan", "state", "by_account"},
	access.EpisodeKind:    {"episode", "state", "by_account"},
	access.InterestsKind:  {"interests", "about", "by_account"},
	access.JottingKind:    {"jotting", "safe", "by_account"},
	access.ConsentKind:    {"consent", "state", "asked_by"},
}

// factsOf holds one query a kind. Who presumed is named on a case that waits
// for ratification, so that nobody ratifies his own decision. Until somebody
// is seated, whoever holds the signal is the team of its case: a later shift
// goes on where the first one stopped.
//
// Whoever is to talk with somebody is of the team of the signal she came by, and
// asks nothing that was said already (PROCESS.md §2.12).
func factsOf(kind access.Kind) string {
	if x, hangs := ofCases[kind]; hangs {
		return `SELECT c.person AS subject, c.id AS record, ` + ofCase + `, x.` + x.stage + ` AS stage, x.` + x.by + ` AS by_account
			FROM ` + x.table + ` x JOIN protection_case c ON c.id = x.case_id WHERE x.id = ?` + kept
	}
	switch kind {
	case access.SignalKind:
		return `SELECT s.id AS subject, s.id AS record, s.owner_org AS owner, NULL AS to_org, s.raised_by AS by_account,
			s.taken_by AS first, s.triaged_by AS second, s.place AS place, s.state AS stage, s.children = 'yes' AS child
			FROM signal s WHERE s.id = ? AND s.state <> 'ERASED' UNION ALL
			SELECT s.id, s.id, s.owner_org, NULL, s.raised_by, CASE WHEN c.owner_org = s.owner_org THEN c.screener END, NULL, s.place, s.state, s.children = 'yes'
			FROM protection_case c JOIN signal s ON s.id = c.signal WHERE c.signal = ? AND s.state <> 'ERASED'`
	case access.ReporterKind:
		return `SELECT r.id AS subject, s.id AS record, r.owner_org AS owner, NULL AS to_org, s.raised_by AS by_account,
			s.taken_by AS first, NULL AS second, s.place AS place, s.state AS stage, s.children = 'yes' AS child
			FROM reporter r JOIN signal s ON s.id = r.signal WHERE r.id = ? AND s.state <> 'ERASED'`
	case access.GroupKind:
		return `SELECT s.id AS subject, s.id AS record, g.owner_org AS owner, NULL AS to_org, g.opened_by AS by_account,
			s.taken_by AS first, s.triaged_by AS second, s.place AS place, s.state AS stage, s.children = 'yes' AS child
			FROM people_group g JOIN signal s ON s.id = g.signal WHERE g.id = ? AND s.state <> 'ERASED'`
	case access.CaseKind:
		return `SELECT c.person AS subject, c.id AS record, ` + ofCase + `, c.state AS stage, c.opened_by AS by_account,
			CASE WHEN c.ratification = 'WAITING' THEN c.presumed_by END AS presumer
			FROM protection_case c WHERE c.id = ?` + kept
	case access.PersonKind:
		return `SELECT c.person AS subject, c.id AS record, ` + ofCase + `, c.state AS stage, c.opened_by AS by_account
			FROM protection_case c WHERE c.person = ?` + kept + ` ORDER BY c.opened DESC, c.id DESC LIMIT 1`
	case access.SealedNoteKind: // its team is who it names, not the team of the case
		return `SELECT c.person AS subject, c.id AS record, c.owner_org AS owner, NULL AS to_org, r.account AS first, NULL AS second, c.place AS place,
			c.child AS child, x.kind AS stage, x.by_account AS by_account
			FROM sealed_note x JOIN protection_case c ON c.id = x.case_id LEFT JOIN sealed_reader r ON r.note = x.id WHERE x.id = ?` + kept
	case access.AttachmentKind: // of a sealed note: for its readers only
		return `SELECT c.person AS subject, c.id AS record, ` + ofCase + `, 'CASE' AS stage, x.by_account AS by_account
			FROM attachment x JOIN protection_case c ON c.id = x.case_id WHERE x.id = ? AND x.note IS NULL` + kept + ` UNION ALL
			SELECT c.person, c.id, c.owner_org, NULL, r.account, NULL, c.place, c.child, 'SEALED', n.by_account
			FROM attachment x JOIN sealed_note n ON n.id = x.note JOIN protection_case c ON c.id = n.case_id
			LEFT JOIN sealed_reader r ON r.note = n.id WHERE x.id = ?` + kept
	case access.ReferralKind, access.PacketKind:
		stage := "r.state"
		if kind == access.PacketKind { // nothing is left of it
			stage = "CASE WHEN r.burnt_at IS NOT NULL THEN 'BURNT' ELSE r.state END"
		}
		return `SELECT r.id AS subject, r.case_id AS record, r.from_org AS owner, r.to_org AS to_org, r.by_account AS by_account,
			` + team + `, c.place AS place, ` + stage + ` AS stage, r.child AS child
			FROM referral r JOIN protection_case c ON c.id = r.case_id WHERE r.id = ?` + kept
	case access.Directory:
		return `SELECT s.id AS subject, s.id AS record, s.org AS owner, NULL AS to_org, NULL AS by_account, NULL AS first,
			NULL AS second, '' AS place, '' AS stage, s.age_from < 0 AS child FROM service s WHERE s.id = ?`
	case access.LegacyKind, access.LegacyRowKind, access.LegacyDraftKind, access.CoverKind, access.BackupKind:
		return factsOfHouse(kind)
	case access.TransferKind:
		return `SELECT c.person AS subject, x.case_id AS record, x.owner_org AS owner, x.to_org AS to_org, x.by_account AS by_account, NULL AS first,
			NULL AS second, c.place AS place, x.state AS stage, c.child AS child
			FROM transfer x JOIN protection_case c ON c.id = x.case_id WHERE x.id = ?` + kept
	case access.LiaisonKind:
		return factsOfLiaison
	case access.LikenessKind:
		return factsOfPair()
	case access.ErasureKind, access.GlassKind:
		return factsOfRight(kind)
	case access.ComplaintKind: // whom it is about is barred from it: see bar
		return `SELECT x.id AS subject, x.id AS record, x.owner_org AS owner, x.from_org AS to_org, x.by_account AS by_account, NULL AS first,
			NULL AS second, '' AS place, x.state AS stage, x.version < 0 AS child FROM complaint x WHERE x.id = ?`
	case access.StayKind:
		return `SELECT c.person AS subject, c.id AS record, c.owner_org AS owner, x.provider AS to_org, ` + team + `, c.place AS place, c.child AS child,
			x.state AS stage, COALESCE(x.ended_by, x.by_account) AS by_account FROM stay x JOIN protection_case c ON c.id = x.case_id WHERE x.id = ?`
	case access.Roster:
		return `SELECT d.id AS subject, d.id AS record, d.org AS owner, NULL AS to_org, NULL AS by_account, NULL AS first,
			NULL AS second, d.province AS place, '' AS stage, d.rank < 0 AS child FROM duty d WHERE d.id = ?`
	}
	return ""
}

// factsOfHouse are those of what belongs to a house and to nobody's case.
func factsOfHouse(kind access.Kind) string {
	switch kind {
	case access.LegacyKind, access.LegacyRowKind: // a row is asked for with its list
		return `SELECT l.id AS subject, l.id AS record, l.owner_org AS owner, NULL AS to_org, l.by_account AS by_account, NULL AS first,
			NULL AS second, '' AS place, l.state AS stage, l.version < 0 AS child FROM legacy_list l WHERE l.id = ?`
	case access.LegacyDraftKind:
		return `SELECT d.id AS subject, d.id AS record, d.owner_org AS owner, NULL AS to_org, d.by_account AS by_account, NULL AS first,
			NULL AS second, '' AS place, '' AS stage, d.version < 0 AS child FROM legacy_draft d WHERE d.id = ?`
	case access.CoverKind:
		return `SELECT v.id AS subject, v.id AS record, v.org AS owner, NULL AS to_org, v.by_account AS by_account, NULL AS first,
			NULL AS second, '' AS place, '' AS stage, v.version < 0 AS child FROM cover v WHERE v.id = ?`
	case access.BackupKind:
		return `SELECT b.id AS subject, b.id AS record, b.org AS owner, NULL AS to_org, b.by_account AS by_account, NULL AS first,
			NULL AS second, '' AS place, '' AS stage, b.version < 0 AS child FROM backup b WHERE b.id = ?`
	}
	return ""
}

// openable are the kinds of record that two persons may open in an emergency.
var openable = [...]access.Kind{access.CaseKind, access.PersonKind, access.AssessmentKind}

// Facts are what a decision about one record needs, and no content: one question,
// whether the record exists or not.
func (s *Store) Facts(ctx context.Context, kind access.Kind, id ids.UUID) (access.Object, error) {
	if kind == access.FileKind {
		return s.fileFacts(ctx, id)
	}
	query := factsOf(kind)
	if query == "" {
		return access.Object{}, fault.New(fault.Internal, "store.kind")
	}
	columns := factsColumns
	if kind == access.CaseKind {
		columns += ", facts.presumer"
	}
	args := slices.Repeat([]any{id}, strings.Count(query, "?"))
	opened, glass := "NULL", ""
	if slices.Contains(openable[:], kind) {
		opened, glass = "b.by_account", " LEFT JOIN glass b ON b.case_id = facts.record AND b.state = 'OPEN' AND b.until_at > ?"
	}
	query = `SELECT ` + columns + `, ` + opened + ` AS opened, v.cover AS cover, x.account AS barred_account, x.org AS barred_org FROM (` + query + `) facts
		LEFT JOIN conflict x ON x.record = facts.record
		LEFT JOIN cover v ON (v.away = facts.first OR v.away = facts.second) AND v.org = facts.owner AND v.until_at > ? AND v.from_at <= ?` + glass + ` ORDER BY x.n, v.id`
	now := at(s.options.Clock())
	var o access.Object
	err := s.glance(ctx, func(t *tx) error {
		o = access.Object{Kind: kind, ID: id, Zone: access.ZoneOf(kind)}
		var rows []barredRow
		all := append(slices.Clone(args), now, now)
		if glass != "" {
			all = append(all, now)
		}
		if err := t.list(&rows, query, all...); err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.NotFound, "record.notfound")
		}
		r := rows[0].factsRow
		o.Subject, o.Owner, o.To, o.By, o.Presumer, o.Stage, o.Child = r.Subject, r.Owner, r.To, r.By, r.Presumer, r.Stage, r.Child
		o.Places = t.s.options.Places.Codes(place.Code(r.Place))
		for _, b := range rows { // once for each team and each who is barred
			o.Team = with(with(with(o.Team, b.First), b.Second), b.Cover)
			o.Opened = with(o.Opened, b.Opened)
			o.Excluded, o.ExcludedOrgs = with(o.Excluded, b.Account), with(o.ExcludedOrgs, b.Org)
		}
		return nil
	})
	return o, err
}

// with adds an identifier that is not there yet.
func with[T interface {
	comparable
	IsZero() bool
}](all []T, one T) []T {
	if one.IsZero() || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}
