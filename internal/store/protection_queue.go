package store

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/protection"
)

type referralLine struct {
	ID         ids.Referral `db:"id"`
	Case       ids.Case     `db:"case_id"`
	Code       ids.Code     `db:"code"`
	From       ids.Org      `db:"from_org"`
	To         ids.Org      `db:"to_org"`
	Need       string       `db:"need"`
	State      string       `db:"state"`
	Level      string       `db:"level"`
	Child      bool         `db:"child"`
	Emergency  bool         `db:"emergency"`
	SentAt     stamp        `db:"sent_at"`
	AckBy      stamp        `db:"ack_by"`
	AnsweredAt stamp        `db:"answered_at"`
	Arrival    stamp        `db:"arrival_at"`
	OpenAsks   int          `db:"open_asks"`
	HealthFrom stamp        `db:"health_from"`
	Weight     int          `db:"weight"`
	BurntAt    stamp        `db:"burnt_at"`
}

const referralLineColumns = `r.id, r.case_id, r.code, r.from_org, r.to_org, r.need, r.state, r.level, r.child, r.emergency, r.sent_at,
	r.ack_by, r.answered_at, r.arrival_at, r.open_asks, r.health_from, r.weight, r.burnt_at`

// line leaves the case out for a reader of another organisation.
func (r referralLine) line(reader ids.Org) protection.ReferralLine {
	l := protection.ReferralLine{ID: r.ID, Code: r.Code, From: r.From, To: r.To, Need: r.Need,
		State: protection.ReferralState(r.State), Level: protection.Danger(r.Level), Child: r.Child, Emergency: r.Emergency,
		SentAt: r.SentAt.Time, AckBy: r.AckBy.Time, AnsweredAt: r.AnsweredAt.Time, Arrival: r.Arrival.Time, OpenAsks: r.OpenAsks,
		HealthFrom: r.HealthFrom.Time, Burnt: !r.BurntAt.IsZero()}
	if r.From == reader {
		l.Case = r.Case
	}
	return l
}

// What a request in the queue waits for.
const (
	forNothing = 0
	forWord    = 1 // an answer or an arrival
	forOther   = 2 // it came to nothing, and nobody was asked for the same need since
)

// enqueue puts a request where lists find it.
func (t *tx) enqueue(x protection.Referral) error {
	var of struct {
		Screener ids.Account `db:"screener"`
		Manager  ids.Account `db:"manager"`
		State    string      `db:"state"`
		Since    stamp       `db:"since"`
	}
	if err := t.get(&of, `SELECT screener, manager, state, since FROM protection_case WHERE id = ?`, x.Case); err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM referral_queue WHERE id = ?`, x.ID); err != nil {
		return err
	}
	waits, err := t.waits(x, protection.CaseState(of.State))
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO referral_queue (id, case_id, from_org, to_org, by_account, screener, manager, state, waits, child, weight, ack_by, over_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, x.ID, x.Case, x.From, x.To, x.By, of.Screener, of.Manager, string(x.State), waits,
		x.Child, x.Level.Rank(), at(x.AckBy), spent(x, protection.CaseState(of.State), of.Since))
	return err
}

// spent says from when the days of a packet that is still there are counted: since the
// service is over, or her case.
func spent(x protection.Referral, of protection.CaseState, since stamp) stamp {
	switch {
	case !x.State.Received() || !x.BurntAt.IsZero():
		return stamp{}
	case x.OverAt.IsZero() && of.Over():
		return since
	}
	return at(x.OverAt)
}

// waits says what a request waits for. It takes the place of those before it
// that asked for the same need.
func (t *tx) waits(x protection.Referral, of protection.CaseState) (int, error) {
	if _, err := t.exec(`UPDATE referral_queue SET waits = 0 WHERE case_id = ? AND waits = 2
		AND id IN (SELECT r.id FROM referral r WHERE r.case_id = ? AND r.need = ? AND r.sent_at < ?)`, x.Case, x.Case, x.Need, at(x.SentAt)); err != nil {
		return forNothing, err
	}
	switch {
	case x.State.Live():
		return forWord, nil
	case of.Over(), !x.State.Stuck():
		return forNothing, nil
	}
	var later int
	err := t.get(&later, `SELECT count(*) FROM referral r WHERE r.case_id = ? AND r.need = ? AND r.sent_at > ?`, x.Case, x.Need, at(x.SentAt))
	if later > 0 {
		return forNothing, err
	}
	return forOther, err
}

// insideOne says that a house asks itself, which few do: what is left of the
// requests that a house was sent when only those it sent are listed.
const insideOne = " AND q.from_org = q.to_org"

// referralLanes reads along referral_queue, which holds what lists are narrowed
// and ordered by, the team of the case too.
func referralLanes(f protection.ReferralFilter, sc access.Scope) lanes {
	l := lanes{columns: referralLineColumns, table: "referral_queue q JOIN referral r ON r.id = q.id", alias: "q.", order: []string{"weight", "ack_by", "id"},
		owner: "from_org", by: "by_account", to: "to_org", stage: "state", teams: []string{"screener", "manager"}, child: "q.child", record: "q.case_id"}
	switch {
	case f.Stuck:
		l.filter = append(l.filter, "q.waits = 2")
	case f.Unanswered:
		l.either = []string{"q.state = " + literal(protection.Sent), "q.state = " + literal(protection.Acknowledged)}
	case f.State != "":
		l.filter = append(l.filter, state("q.state", f.State, protection.ReferralStates[:]))
	default:
		l.filter = append(l.filter, "q.waits = 1")
	}
	if f.In {
		l.filter, l.args, l.within = append(l.filter, "q.to_org = ?"), append(l.args, sc.Org), insideOne
	}
	if f.Out {
		l.filter, l.args, l.got = append(l.filter, "q.from_org = ?"), append(l.args, sc.Org), insideOne
	}
	return l
}

// Referrals lists requests.
func (s *Store) Referrals(ctx context.Context, g access.Grant, f protection.ReferralFilter, p protection.Page) (cut protection.Cut[protection.ReferralLine], err error) {
	sc := s.homeward(g.Scope())
	rows, err := page[referralLine](ctx, s, g, referralLanes(f, sc), sc, p)
	if err != nil {
		return cut, err
	}
	n := min(len(rows), limitOf(p.Limit))
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, r.line(sc.Org))
	}
	if len(rows) > n {
		last := rows[n-1]
		cut.Next = markOf(last.Weight, last.AckBy.UTC().Format(stampLayout), last.ID.String())
	}
	return cut, nil
}

// CaseReferrals lists the requests of a case, the newest first, for a reader who holds a grant on it.
func (s *Store) CaseReferrals(ctx context.Context, g access.Grant, id ids.Case) (lines []protection.ReferralLine, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		lines = nil
		var rows []referralLine
		err := t.list(&rows, `SELECT `+referralLineColumns+` FROM referral r WHERE r.case_id = ? ORDER BY r.sent_at DESC, r.id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			lines = append(lines, r.line(r.From))
		}
		return err
	})
	return lines, err
}

// LateReferrals lists requests that nobody answered in time, for the program's own clock.
func (s *Store) LateReferrals(ctx context.Context, now time.Time, limit int) (late []ids.Referral, err error) {
	err = s.glance(ctx, func(t *tx) error {
		late = nil
		return t.list(&late, `SELECT id FROM referral WHERE state = 'SENT' AND ack_by <= ? ORDER BY ack_by, id LIMIT ?`, at(now), limit)
	})
	return late, err
}

// EndedConsents lists what she agreed to until a day that is past, for the program's own clock.
func (s *Store) EndedConsents(ctx context.Context, now time.Time, limit int) (over []ids.Consent, err error) {
	err = s.glance(ctx, func(t *tx) error {
		over = nil
		return t.list(&over, `SELECT id FROM consent WHERE state = 'GIVEN' AND expires IS NOT NULL AND expires <= ? ORDER BY expires, id LIMIT ?`, at(now), limit)
	})
	return over, err
}

// burn destroys the key of a packet: nothing of it persists with its receiver.
func (t *tx) burn(packet ids.UUID) error { return t.eraseSubject(packet) }

// Services asks the directory. A country has some hundreds of lines: the
// finer conditions are judged here, in the words of the directory.
func (s *Store) Services(ctx context.Context, g access.Grant, f protection.ServiceFilter) (found []protection.Service, err error) {
	query, args := `SELECT `+serviceColumns+` FROM service WHERE org = ? ORDER BY need, org, id LIMIT 1000`, []any{f.Org}
	if f.Org.IsZero() {
		query, args = `SELECT `+serviceColumns+` FROM service WHERE need = ? ORDER BY org, id LIMIT 1000`, []any{f.Need}
		if f.Need == "" {
			query, args = `SELECT `+serviceColumns+` FROM service WHERE need >= ? ORDER BY need, org, id LIMIT 1000`, []any{""}
		}
	}
	err = s.listed(ctx, g, func(t *tx) error {
		found = nil
		var rows []serviceRow
		err := t.list(&rows, query, args...)
		for _, r := range rows {
			if x := r.service(); s.takes(x, f) {
				found = append(found, x)
			}
		}
		return err
	})
	return found, err
}

func (s *Store) takes(x protection.Service, f protection.ServiceFilter) bool {
	switch {
	case f.All:
		return true
	case f.Need != "" && x.Need != f.Need:
		return false
	case f.Sex != "" && len(x.Sexes) > 0 && !slices.Contains(x.Sexes, f.Sex):
		return false
	case f.Years >= 0 && (f.Years < x.AgeFrom || x.AgeTo > 0 && f.Years > x.AgeTo):
		return false
	case f.Place != "" && len(x.Places) > 0:
		return slices.ContainsFunc(s.options.Places.Codes(place.Code(f.Place)), func(code string) bool { return slices.Contains(x.Places, code) })
	}
	return true
}

// Duties lists the roster between two moments.
func (s *Store) Duties(ctx context.Context, g access.Grant, from, until time.Time) (duties []protection.Duty, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		duties = nil
		var rows []dutyRow
		err := t.list(&rows, `SELECT `+dutyColumns+` FROM duty WHERE until_at > ? AND from_at < ? ORDER BY from_at, province, rank, id LIMIT 1000`, at(from), at(until))
		for _, r := range rows {
			duties = append(duties, r.duty())
		}
		return err
	})
	return duties, err
}

// OnCall lists who is on duty for a province now, the country-wide lines last.
func (s *Store) OnCall(ctx context.Context, province string, now time.Time) (duties []protection.Duty, err error) {
	err = s.look(ctx, func(t *tx) error {
		duties = nil
		for _, where := range slices.Compact([]string{province, ""}) {
			var rows []dutyRow
			if err := t.list(&rows, `SELECT `+dutyColumns+` FROM duty WHERE province = ? AND until_at > ? AND from_at <= ? ORDER BY rank, id LIMIT 20`, where, at(now), at(now)); err != nil {
				return err
			}
			for _, r := range rows {
				duties = append(duties, r.duty())
			}
		}
		return nil
	})
	return duties, err
}
