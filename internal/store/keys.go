package store

import (
	"context"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

var _ vault.Keys = (*tx)(nil)

type orgKey struct {
	Org     ids.Org `db:"org"`
	Version int     `db:"version"`
	Holder  string  `db:"holder"`
	Wrapped []byte  `db:"wrapped"`
}

func (k orgKey) key() vault.OrgKey {
	return vault.OrgKey{Org: k.Org, Version: k.Version, Holder: vault.Holder(k.Holder), Wrapped: k.Wrapped}
}

type subjectKey struct {
	Subject    ids.UUID `db:"subject"`
	Org        ids.Org  `db:"org"`
	OrgVersion int      `db:"org_version"`
	Wrapped    []byte   `db:"wrapped"`
}

func (k subjectKey) key() vault.SubjectKey {
	return vault.SubjectKey{Subject: k.Subject, Org: k.Org, OrgVersion: k.OrgVersion, Wrapped: k.Wrapped}
}

// OrgKey reads an organisation's wrapped key (vault.Keys).
func (t *tx) OrgKey(_ context.Context, org ids.Org) (vault.OrgKey, error) {
	var k orgKey
	err := t.get(&k, `SELECT org, version, holder, wrapped FROM org_key WHERE org = ?`, org)
	return k.key(), err
}

// SaveOrgKey keeps it (vault.Keys). Whoever changes a key that exists holds its
// row first: hold("org_key", org).
func (t *tx) SaveOrgKey(_ context.Context, k vault.OrgKey) error {
	return t.keep("org_key", orgKey{k.Org, k.Version, string(k.Holder), k.Wrapped})
}

// SubjectKey reads the wrapped key of a subject, or its tombstone (vault.Keys).
func (t *tx) SubjectKey(_ context.Context, subject ids.UUID) (vault.SubjectKey, error) {
	var k subjectKey
	err := t.get(&k, `SELECT subject, org, org_version, wrapped FROM subject_key WHERE subject = ?`, subject)
	return k.key(), err
}

// SaveSubjectKey keeps it (vault.Keys). A key wrapped by an older key of the
// organisation is refused and the act run again: the organisation is rotating
// its key, and what retires the old one counts on finding every subject.
func (t *tx) SaveSubjectKey(_ context.Context, k vault.SubjectKey) error {
	if !k.Erased() {
		var version int
		err := t.get(&version, `SELECT version FROM org_key WHERE org = ?`+t.s.dialect.forShare, k.Org)
		if err != nil {
			return err
		}
		if version != k.OrgVersion {
			return errAgain
		}
	}
	return t.keep("subject_key", subjectKey{k.Subject, k.Org, k.OrgVersion, k.Wrapped})
}

// keep updates a row, or inserts it when it is not there. Two that insert the
// same first row end in one of them failing as Stale.
func (t *tx) keep(table string, row any) error {
	err := t.update(table, row)
	if fault.Is(err, fault.NotFound) {
		return t.insert(table, row)
	}
	return err
}

// eraseSubject destroys the key of a subject and purges it from the indexes:
// nothing sealed under it opens again. The bytes of the wrapped key leave the
// files soon after the act ([Store.Scrub]); backups of wrapped keys keep it
// until they expire. A subject without a key is only purged.
func (t *tx) eraseSubject(subject ids.UUID) error {
	t.scrub = true
	if _, err := t.exec(`DELETE FROM index_token WHERE subject = ?`, subject); err != nil {
		return err
	}
	k, err := t.SubjectKey(t.ctx, subject)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || k.Erased() {
		return err
	}
	return t.SaveSubjectKey(t.ctx, k.Destroyed())
}

// olderSubjects lists subjects whose key is wrapped by an older key of their
// organisation, in pieces, for the rotation.
func (t *tx) olderSubjects(org ids.Org, version, limit int) ([]vault.SubjectKey, error) {
	var found []subjectKey
	err := t.list(&found, `SELECT subject, org, org_version, wrapped FROM subject_key
		WHERE org = ? AND org_version < ? AND wrapped IS NOT NULL ORDER BY org_version, subject LIMIT ?`, org, version, limit)
	keys := make([]vault.SubjectKey, len(found))
	for i, k := range found {
		keys[i] = k.key()
	}
	return keys, err
}

// Scrub makes erased bytes leave the files: deleted pages are zeroed and the
// write-ahead log emptied (SQLite), dead rows removed (PostgreSQL). It runs by
// itself after an erasure, until it was done. It does not reach copies of the
// disk, nor archived write-ahead logs of PostgreSQL: their keeping time is part
// of the custody. Unavailable "store.scrub.busy" while a long reading lasts.
func (s *Store) Scrub(ctx context.Context) error {
	return s.lift(s.engine.raw(ctx, func(q querier) error { return s.dialect.scrub(ctx, q) }))
}

// scrubPause lets erasures gather: PostgreSQL reads a whole index for each.
const scrubPause = 30 * time.Second

func (s *Store) scrubSoon() {
	select {
	case s.scrubs <- struct{}{}:
	default:
	}
}

// keepScrubbed scrubs soon after erasures, and a last time at the end.
func (s *Store) keepScrubbed() {
	scrub := func() {
		if err := s.Scrub(context.Background()); err != nil {
			s.options.Log.Warn("store: erased bytes are still in the files", "error", err)
			s.scrubSoon()
		}
	}
	for {
		select {
		case <-s.quit:
			select {
			case <-s.scrubs:
				scrub()
			default:
			}
			return
		case <-s.scrubs:
			scrub()
		}
		select {
		case <-s.quit:
		case <-time.After(scrubPause):
		}
	}
}
