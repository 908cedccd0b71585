package store

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
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

type pasts struct {
	k   Keeping
	now time.Time
	of  map[string]*Past
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

// pastSignals are those that were judged not to be trafficking.
func (t *tx) pastSignals(p *pasts) error {
	return t.each(`SELECT s.triaged_at FROM signal s LEFT JOIN subject_key k ON k.subject = s.id
		WHERE s.state = ? AND s.outcome = ? AND s.triaged_at IS NOT NULL AND (k.subject IS NULL OR k.wrapped IS NOT NULL)`,
		[]any{string(protection.Triaged), string(protection.OtherNeed)}, func(rows *sqlx.Rows) error {
			var at stamp
			if err := rows.Scan(&at); err != nil {
				return err
			}
			p.add(keepSignal, at.Time)
			return nil
		})
}

// pastCases are those that are over: not trafficking, or a file of an adult, or of
// a child until an age.
func (t *tx) pastCases(p *pasts) error {
	return t.each(`SELECT c.state, c.since, c.child, c.age FROM protection_case c LEFT JOIN subject_key k ON k.subject = c.person
		WHERE c.open = 0 AND (k.subject IS NULL OR k.wrapped IS NOT NULL)`, nil, func(rows *sqlx.Rows) error {
		var r struct {
			state string
			since stamp
			child bool
			age   date.Age
		}
		if err := rows.Scan(&r.state, &r.since, &r.child, &r.age); err != nil {
			return err
		}
		switch {
		case protection.CaseState(r.state) == protection.NotTIP:
			p.add(keepScreening, r.since.Time)
		case !r.child:
			p.add(keepAdult, r.since.Time)
		case r.age.IsZero():
			p.of[keepChild].Unsure++
		default:
			if least, _ := r.age.At(p.k.Today); least >= p.k.Grown {
				p.of[keepChild].Count++
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
