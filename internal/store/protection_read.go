package store

import (
	"context"
	"encoding/json"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// granted runs a reading under a grant and leaves it in the log.
func (s *Store) granted(ctx context.Context, g access.Grant, fn func(*tx) error) error {
	if !g.Allows() {
		return fault.New(fault.Internal, "store.grant")
	}
	return s.read(ctx, audit.Of(g, s.options.Clock()), fn)
}

// listed asks one question for a list under a grant: no identity is in it, so it
// leaves no entry.
func (s *Store) listed(ctx context.Context, g access.Grant, fn func(*tx) error) error {
	if !g.Allows() {
		return fault.New(fault.Internal, "store.grant")
	}
	return s.glance(ctx, fn)
}

// listedWhole is the same for a list that takes several questions about one moment.
func (s *Store) listedWhole(ctx context.Context, g access.Grant, fn func(*tx) error) error {
	if !g.Allows() {
		return fault.New(fault.Internal, "store.grant")
	}
	return s.look(ctx, fn)
}

// Signal reads one signal.
func (s *Store) Signal(ctx context.Context, g access.Grant, id ids.Signal) (x protection.Signal, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r signalRow
		if err := t.get(&r, `SELECT `+signalColumns+` FROM signal WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.signal(g, r)
		return err
	})
	return x, err
}

// Reporter reads who reported.
func (s *Store) Reporter(ctx context.Context, g access.Grant, id ids.Reporter) (x protection.Reporter, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r reporterRow
		if err := t.get(&r, `SELECT `+reporterColumns+` FROM reporter WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.reporter(r)
		return err
	})
	return x, err
}

// Group reads people met together.
func (s *Store) Group(ctx context.Context, g access.Grant, id ids.Group) (x protection.Group, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r groupRow
		if err := t.get(&r, `SELECT `+groupColumns+` FROM people_group WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.group(g, r)
		return err
	})
	return x, err
}

// Person reads an identity.
func (s *Store) Person(ctx context.Context, g access.Grant, id ids.Person) (x protection.Person, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r personRow
		if err := t.get(&r, `SELECT `+personColumns+` FROM person WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.person(r)
		return err
	})
	return x, err
}

// Case reads one case.
func (s *Store) Case(ctx context.Context, g access.Grant, id ids.Case) (x protection.Case, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r caseRow
		if err := t.get(&r, `SELECT `+caseColumns+` FROM protection_case WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.protectionCase(g, r)
		return err
	})
	return x, err
}

// Screening reads one conversation.
func (s *Store) Screening(ctx context.Context, g access.Grant, id ids.Screening) (x protection.Screening, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r screeningRow
		if err := t.get(&r, `SELECT `+screeningColumns+` FROM screening WHERE id = ?`, id); err != nil {
			return err
		}
		person, err := t.personOf(r.Case)
		if err != nil {
			return err
		}
		u, err := t.unsealing(person.UUID, "screening", r.ID.UUID)
		if err != nil {
			return err
		}
		x, err = u.screening(g, r)
		return err
	})
	return x, err
}

// Consent reads one consent.
func (s *Store) Consent(ctx context.Context, g access.Grant, id ids.Consent) (x protection.Consent, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r consentLine
		if err := t.get(&r, consentsFrom+`WHERE x.id = ?`, id); err != nil {
			return err
		}
		x, err = t.consent(r)
		return err
	})
	return x, err
}

// Referral reads one request with its packet.
func (s *Store) Referral(ctx context.Context, g access.Grant, id ids.Referral) (x protection.Referral, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r referralRow
		if err := t.get(&r, `SELECT `+referralColumns+` FROM referral WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.referral(g, r)
		return err
	})
	return x, err
}

// Service reads one line of the directory: no identity is in it.
func (s *Store) Service(ctx context.Context, g access.Grant, id ids.Service) (x protection.Service, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r serviceRow
		if err := t.get(&r, `SELECT `+serviceColumns+` FROM service WHERE id = ?`, id); err != nil {
			return err
		}
		x = r.service()
		return nil
	})
	return x, err
}

// Screenings reads the conversations of a case, the oldest first.
func (s *Store) Screenings(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Screening, err error) {
	err = s.listedWhole(ctx, g, func(t *tx) error {
		all = nil
		var rows []screeningRow
		if err := t.list(&rows, `SELECT `+screeningColumns+` FROM screening WHERE case_id = ? ORDER BY started, id`, id); err != nil || len(rows) == 0 {
			return err
		}
		person, err := t.personOf(id)
		if err != nil {
			return err
		}
		u, err := t.unsealing(person.UUID, "screening", id.UUID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			x, err := u.screening(g, r)
			if err != nil {
				return err
			}
			all = append(all, x)
		}
		return nil
	})
	return all, err
}

// Consents reads the consents of a case, the newest first.
func (s *Store) Consents(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Consent, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []consentLine
		if err := t.list(&rows, consentsFrom+`WHERE x.case_id = ? ORDER BY x.at DESC, x.id DESC`, id); err != nil {
			return err
		}
		for _, r := range rows {
			one, err := t.consent(r)
			if err != nil {
				return err
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// History reads the older versions of a signal, the newest first.
func (s *Store) History(ctx context.Context, g access.Grant, id ids.Signal) (all []protection.Signal, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		all = nil
		var rows []rawJSON
		if err := t.list(&rows, `SELECT old FROM history WHERE record = ? ORDER BY version DESC`, id); err != nil {
			return err
		}
		for _, text := range rows {
			var r signalRow
			if err := json.Unmarshal(text, &r); err != nil {
				return err
			}
			x, err := t.signal(g, r)
			if err != nil {
				return err
			}
			all = append(all, x)
		}
		return nil
	})
	return all, err
}

// older reads a record as it stands, as the struct of its columns.
func (t *tx) older(table string, id ids.UUID) (row any, version int, err error) {
	switch table {
	case "signal":
		var r signalRow
		err = t.get(&r, `SELECT `+signalColumns+` FROM signal WHERE id = ?`, id)
		return r, r.Version, err
	case "reporter":
		var r reporterRow
		err = t.get(&r, `SELECT `+reporterColumns+` FROM reporter WHERE id = ?`, id)
		return r, r.Version, err
	case "guardian":
		var r guardianRow
		err = t.get(&r, `SELECT `+guardianColumns+` FROM guardian WHERE id = ?`, id)
		return r, r.Version, err
	case "closure", "homecoming", "business", "review":
		return t.olderFollowed(table, id)
	case "reflection":
		var r reflectionRow
		err = t.get(&r, `SELECT `+reflectionColumns+` FROM reflection WHERE id = ?`, id)
		return r, r.Version, err
	case "stay", "complaint":
		return t.olderHoused(table, id)
	case "cover", "backup", "transfer":
		return t.olderMoved(table, id)
	case "inquiry", "liaison", "likeness":
		return t.olderAsked(table, id)
	case "erasure", "legal_hold", "glass":
		return t.olderRights(table, id)
	case "people_group":
		var r groupRow
		err = t.get(&r, `SELECT `+groupColumns+` FROM people_group WHERE id = ?`, id)
		return r, r.Version, err
	case "person":
		var r personRow
		err = t.get(&r, `SELECT `+personColumns+` FROM person WHERE id = ?`, id)
		return r, r.Version, err
	case "protection_case":
		var r caseRow
		err = t.get(&r, `SELECT `+caseColumns+` FROM protection_case WHERE id = ?`, id)
		return r, r.Version, err
	case "screening":
		var r screeningRow
		err = t.get(&r, `SELECT `+screeningColumns+` FROM screening WHERE id = ?`, id)
		return r, r.Version, err
	case "consent":
		var r consentRow
		err = t.get(&r, `SELECT `+consentColumns+` FROM consent WHERE id = ?`, id)
		return r, r.Version, err
	case "referral":
		var r referralRow
		err = t.get(&r, `SELECT `+referralColumns+` FROM referral WHERE id = ?`, id)
		return r, r.Version, err
	case "plan":
		var r planRow
		err = t.get(&r, `SELECT `+planColumns+` FROM plan WHERE id = ?`, id)
		return r, r.Version, err
	case "episode":
		var r episodeRow
		err = t.get(&r, `SELECT `+episodeColumns+` FROM episode WHERE id = ?`, id)
		return r, r.Version, err
	case "jotting":
		var r jottingRow
		err = t.get(&r, `SELECT `+jottingColumns+` FROM jotting WHERE id = ?`, id)
		return r, r.Version, err
	case "sealed_note":
		var r sealedNoteRow
		err = t.get(&r, `SELECT `+sealedNoteColumns+` FROM sealed_note WHERE id = ?`, id)
		return r, r.Version, err
	case "service":
		var r serviceRow
		err = t.get(&r, `SELECT `+serviceColumns+` FROM service WHERE id = ?`, id)
		return r, r.Version, err
	case "duty":
		var r dutyRow
		err = t.get(&r, `SELECT `+dutyColumns+` FROM duty WHERE id = ?`, id)
		return r, r.Version, err
	}
	return t.olderProsecuted(table, id)
}
