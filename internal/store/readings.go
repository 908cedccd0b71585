package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// mostReadings bounds what one question reads of the log: of a case that was
// opened more often, the newest.
const mostReadings = 2000

// Readings lists the acts that opened something about the persons of cases, and
// the packets that were sent for them: those that were granted, by action, never
// what they read. The entry of this question is in the log before the answer.
func (s *Store) Readings(ctx context.Context, e audit.Entry, cases []ids.Case) (all []protection.Reading, err error) {
	if err := s.Note(ctx, e); err != nil {
		return nil, err
	}
	if err := s.engine.sequence(ctx); err != nil {
		return nil, s.lift(err)
	}
	err = s.look(ctx, func(t *tx) error {
		all = nil
		for _, one := range cases {
			var subjects []ids.UUID
			err := t.list(&subjects, `SELECT person FROM protection_case WHERE id = ? UNION SELECT id FROM referral WHERE case_id = ?`, one, one)
			if err != nil {
				return err
			}
			for _, subject := range subjects {
				if err := t.readings(subject, &all); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return all, err
}

func (t *tx) readings(subject ids.UUID, all *[]protection.Reading) error {
	var leaves [][]byte
	err := t.list(&leaves, `SELECT e.leaf FROM audit_mention m JOIN audit_entry e ON e.seq = m.seq WHERE m.record = ? ORDER BY m.seq DESC LIMIT ?`, subject, mostReadings)
	if err != nil {
		return err
	}
	for _, leaf := range leaves {
		line, _, err := audit.Decode(leaf)
		if err != nil {
			return fault.Wrap(fault.Internal, "store.log", err)
		}
		about, known := access.About(line.Action)
		if line.Refusal == "" && line.Part == 0 && known && about.Identity && line.Subject == subject {
			*all = append(*all, protection.Reading{At: line.At, Role: line.Role, Org: line.Org, Purpose: line.Purpose})
		}
	}
	return nil
}

// Coded lists the cases that have a code, in whatever organisation: for the log only.
func (s *Store) Coded(ctx context.Context, g access.Grant, code ids.Code) (all []ids.Case, err error) {
	if g.Object().Kind != access.Log {
		return nil, fault.New(fault.Internal, "store.grant")
	}
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		return t.list(&all, `SELECT id FROM protection_case WHERE code = ? ORDER BY id LIMIT 20`, code)
	})
	return all, err
}
