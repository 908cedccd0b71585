package store

import (
	"context"

	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// Erased lists whose keys were destroyed, by identifiers that name nobody: to be
// kept beside a backup, and given to [Store.EraseAgain] after a restore.
func (s *Store) Erased(ctx context.Context, e audit.Entry) (all []ids.UUID, err error) {
	if err := s.Note(ctx, e); err != nil {
		return nil, err
	}
	err = s.look(ctx, func(t *tx) error {
		all = nil
		return t.list(&all, `SELECT subject FROM subject_key WHERE wrapped IS NULL ORDER BY subject`)
	})
	return all, err
}

// EraseAgain destroys the keys that came back with an older backup, one subject an
// act, and says how many they were. Persons go first: what hangs on them goes with them.
func (s *Store) EraseAgain(ctx context.Context, e audit.Entry, subjects []ids.UUID) (n int, err error) {
	for _, step := range []func(*saving, ids.UUID) (bool, error){(*saving).againPerson, (*saving).againSignal, (*saving).againFile, (*saving).againKey} {
		for _, subject := range subjects {
			done := false
			err := s.act(ctx, e, func(t *tx) (err error) {
				if done, err = step(&saving{t: t}, subject); err == nil && !done {
					err = errUnchanged
				}
				return err
			})
			if err != nil {
				return n, err
			}
			if done {
				n++
			}
		}
	}
	return n, nil
}

// alive says whether a subject has a key, and is named in a table.
func (t *tx) alive(subject ids.UUID, table string) (bool, error) {
	return t.exists(`SELECT k.subject FROM subject_key k JOIN `+table+` x ON x.id = k.subject WHERE k.subject = ? AND k.wrapped IS NOT NULL`, subject)
}

func (w *saving) againPerson(subject ids.UUID) (bool, error) {
	there, err := w.t.alive(subject, "person")
	if err != nil || !there {
		return false, err
	}
	return true, w.erasePerson(ids.Person{UUID: subject}, true)
}

func (w *saving) againSignal(subject ids.UUID) (bool, error) {
	there, err := w.t.alive(subject, "signal")
	if err != nil || !there {
		return false, err
	}
	return true, w.eraseSignal(ids.Signal{UUID: subject})
}

// againFile is for a single file that was taken out.
func (w *saving) againFile(subject ids.UUID) (bool, error) {
	there, err := w.t.alive(subject, "attachment")
	if err != nil || !there {
		return false, err
	}
	return true, w.shred(protection.Removal{Attachment: ids.Attachment{UUID: subject}, At: w.t.now()})
}

// againKey is for packets and who reported.
func (w *saving) againKey(subject ids.UUID) (bool, error) {
	there, err := w.t.exists(`SELECT subject FROM subject_key WHERE subject = ? AND wrapped IS NOT NULL`, subject)
	if err != nil || !there {
		return false, err
	}
	return true, w.t.eraseSubject(subject)
}
