package store

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// Keeping is how long things are kept (PROCESS.md §11.4), as a country says it.
type Keeping struct {
	Due   func(key string, from time.Time) time.Time // when the time of a rule is over
	Today date.Day
	Grown int // the age until which a child's file is kept
}

// Past is what is kept beyond its time, by rule: how much, and since when the
// oldest could have gone.
type Past struct {
	Rule   string // key of the country's deadline
	Count  int
	Oldest time.Time // when its time was over; zero where only a day is known
	Unsure int       // whether its time is over nobody can say: no age is known
}

// The rules, in the order in which they are shown.
const (
	keepSignal    = "retain.signal"
	keepScreening = "retain.screening"
	keepAdult     = "retain.case.adult"
	keepChild     = "retain.case.child"
	keepLog       = "retain.log"
)

// PastKeeping says what a job would erase if it ran now. It is a preview: it
// reads codes and times, opens nobody and erases nothing. What was erased already
// is not counted.
func (s *Store) PastKeeping(ctx context.Context, e audit.Entry, k Keeping) ([]Past, error) {
	if err := s.Note(ctx, e); err != nil {
		return nil, err
	}
	if err := s.engine.sequence(ctx); err != nil {
		return nil, s.lift(err)
	}
	var all []Past
	err := s.look(ctx, func(t *tx) error {
		p := pasts{k: k, now: t.now(), of: map[string]*Past{}}
		all = nil
		for _, rule := range []string{keepSignal, keepScreening, keepAdult, keepChild, keepLog} {
			p.of[rule] = &Past{Rule: rule}
		}
		for _, read := range []func(*pasts) error{t.pastSignals, t.pastCases, t.pastLog} {
			if err := read(&p); err != nil {
				return err
			}
		}
		for _, rule := range []string{keepSignal, keepScreening, keepAdult, keepChild, keepLog} {
			all = append(all, *p.of[rule])
		}
		return nil
	})
	return all, err
}

// mostProposed bounds what one run of the job proposes: two persons look at each,
// and what is left is proposed by the next run.
const mostProposed = 500

// Propose writes down what is past its time as erasures that wait for two persons,
// and tells who leads each house. It erases nothing. What somebody holds, what is
// proposed or asked for already, what was declined, and a person of whom another
// case is open, is left out. It says how much it proposed, by rule.
func (s *Store) Propose(ctx context.Context, e audit.Entry, k Keeping) (n map[string]int, err error) {
	err = s.act(ctx, e, func(t *tx) error {
		n = map[string]int{}
		p := pasts{k: k, now: t.now(), of: map[string]*Past{}}
		for _, rule := range []string{keepSignal, keepScreening, keepAdult, keepChild} {
			p.of[rule] = &Past{Rule: rule}
		}
		for _, read := range []func(*pasts) error{t.pastSignals, t.pastCases} {
			if err := read(&p); err != nil {
				return err
			}
		}
		w, rung := &saving{t: t, wrote: true, opened: map[ids.Case]bool{}}, map[ids.Org]bool{}
		for _, x := range p.due {
			free, err := t.proposable(x)
			if err != nil {
				return err
			}
			if !free {
				continue
			}
			x.ID, x.State, x.Ground, x.At = ids.New[ids.Erasure](), protection.ErasureProposed, protection.OnTime, t.now()
			if err := w.put("erasure", 0, x.ID.UUID, plain(erasureRowOf(x))); err != nil {
				return err
			}
			if n[x.Rule]++; rung[x.Owner] {
				continue
			}
			rung[x.Owner] = true
			if err := t.ringLeads(w, x); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// ringLeads tells who leads the house that something waits: once a run.
func (t *tx) ringLeads(w *saving, x protection.Erasure) error {
	var leads []ids.Account
	if err := t.list(&leads, `SELECT DISTINCT p.account FROM post p JOIN account a ON a.id = p.account WHERE p.org = ? AND p.role = ? AND p.from_at <= ?
		AND (p.until_at IS NULL OR p.until_at > ?) AND a.closed IS NULL ORDER BY p.account LIMIT 50`, x.Owner, string(access.Supervisor), at(t.now()), at(t.now())); err != nil {
		return err
	}
	var all []protection.Alert
	for _, to := range leads {
		all = append(all, protection.Alert{ID: ids.New[ids.Alert](), To: to, Key: "alert.signal", About: x.ID.UUID, At: t.now(), Rank: 1})
	}
	return w.rest(protection.Change{Alerts: all})
}

// proposable says whether nobody has spoken about it yet, and nothing forbids it.
func (t *tx) proposable(x protection.Erasure) (bool, error) {
	if x.Case.IsZero() {
		spoken, err := t.exists(`SELECT id FROM erasure WHERE signal = ? AND state IN ('PROPOSED', 'ASKED', 'DECLINED')`, x.Signal)
		if err != nil || spoken {
			return false, err
		}
		used, err := t.exists(`SELECT id FROM protection_case WHERE signal = ?`, x.Signal)
		return !used, err
	}
	family, err := t.family(x.Case)
	if err != nil {
		return false, err
	}
	for _, person := range family {
		if free, err := t.free(person); err != nil || !free {
			return false, err
		}
	}
	return true, nil
}

// free says whether nobody has spoken about erasing a person, no case of hers is open and none is held.
func (t *tx) free(person ids.Person) (bool, error) {
	for _, query := range []string{
		`SELECT e.id FROM protection_case c JOIN erasure e ON e.case_id = c.id WHERE c.person = ? AND e.state IN ('PROPOSED', 'ASKED', 'DECLINED')`,
		`SELECT id FROM protection_case WHERE person = ? AND open = 1`,
	} {
		if found, err := t.exists(query, person); err != nil || found {
			return false, err
		}
	}
	held, err := t.exists(`SELECT h.id FROM protection_case c JOIN legal_hold h ON h.case_id = c.id WHERE c.person = ? AND h.lifted_at IS NULL AND h.until_at > ?`, person, at(t.now()))
	return !held, err
}

type pasts struct {
	k   Keeping
	now time.Time
	of  map[string]*Past
	due []protection.Erasure // what would be erased; nil for a count
}

// add counts one thing, when its time is over.
func (p *pasts) add(rule string, from time.Time) bool {
	due := p.k.Due(rule, from)
	if from.IsZero() || due.After(p.now) {
		return false
	}
	one := p.of[rule]
	one.Count++
	if one.Oldest.IsZero() || due.Before(one.Oldest) {
		one.Oldest = due
	}
	return true
}

// propose remembers what an erasure would be about.
func (p *pasts) propose(rule string, x protection.Erasure) {
	if len(p.due) < mostProposed {
		x.Rule = rule
		p.due = append(p.due, x)
	}
}

// pastSignals are those that were judged not to be trafficking.
func (t *tx) pastSignals(p *pasts) error {
	return t.each(`SELECT s.id, s.receipt, s.owner_org, s.triaged_at FROM signal s LEFT JOIN subject_key k ON k.subject = s.id
		WHERE s.state = ? AND s.outcome = ? AND s.triaged_at IS NOT NULL AND (k.subject IS NULL OR k.wrapped IS NOT NULL)`,
		[]any{string(protection.Triaged), string(protection.OtherNeed)}, func(rows *sqlx.Rows) error {
			var x protection.Erasure
			var at stamp
			if err := rows.Scan(&x.Signal, &x.Code, &x.Owner, &at); err != nil {
				return err
			}
			if p.add(keepSignal, at.Time) {
				p.propose(keepSignal, x)
			}
			return nil
		})
}

// pastCases are those that are over: not trafficking, or a file of an adult, or of
// a child until an age.
func (t *tx) pastCases(p *pasts) error {
	return t.each(`SELECT c.id, c.code, c.owner_org, c.state, c.since, c.child, c.age FROM protection_case c LEFT JOIN subject_key k ON k.subject = c.person
		WHERE c.open = 0 AND c.state NOT IN ('ERASED', 'MERGED') AND (k.subject IS NULL OR k.wrapped IS NOT NULL)`, nil, func(rows *sqlx.Rows) error {
		var x protection.Erasure
		var r struct {
			state string
			since stamp
			child bool
			age   date.Age
		}
		if err := rows.Scan(&x.Case, &x.Code, &x.Owner, &r.state, &r.since, &r.child, &r.age); err != nil {
			return err
		}
		switch {
		case protection.CaseState(r.state) == protection.NotTIP:
			if p.add(keepScreening, r.since.Time) {
				p.propose(keepScreening, x)
			}
		case !r.child:
			if p.add(keepAdult, r.since.Time) {
				p.propose(keepAdult, x)
			}
		case r.age.IsZero():
			p.of[keepChild].Unsure++
		default:
			if least, _ := r.age.At(p.k.Today); least >= p.k.Grown {
				p.of[keepChild].Count++
				p.propose(keepChild, x)
			}
		}
		return nil
	})
}

// pastLog counts entries from the oldest on: the log is in the order of time, but
// for acts of the same moment.
func (t *tx) pastLog(p *pasts) error {
	for after, more := int64(-1), true; more; {
		var leaves []storedLeaf
		if err := t.list(&leaves, `SELECT seq, leaf FROM audit_entry WHERE seq > ? ORDER BY seq LIMIT ?`, after, logPage); err != nil {
			return err
		}
		more = len(leaves) == logPage
		for _, l := range leaves {
			line, _, err := audit.Decode(l.Leaf)
			if err != nil {
				return fault.Wrap(fault.Internal, "store.log", err)
			}
			if after = l.Seq; !p.add(keepLog, line.At) {
				return nil
			}
		}
	}
	return nil
}
