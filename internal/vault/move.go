package vault

import (
	"context"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Move wraps a subject's key for another organisation and saves it: from then on
// the first one opens nothing of this subject. The key itself stays, so that what
// was sealed need not be sealed again; the store moves the records and makes the
// tokens anew in the same transaction.
//
// What it cannot undo: copies of the database and of wrapped keys made before
// still open with the first organisation's key, until they expire. An
// organisation that holds its own key must be unlocked to give a subject away; one
// that is locked can still be given one.
//
// Faults: NotFound "vault.erased" for a tombstone, Unavailable "vault.locked".
func (v *Vault) Move(ctx context.Context, keys Keys, k SubjectKey, to ids.Org) error {
	if k.Erased() {
		return fault.New(fault.NotFound, "vault.erased")
	}
	if to.IsZero() {
		return fault.New(fault.Internal, "vault.owner")
	}
	_, from, err := v.current(ctx, keys, k.Org)
	if err != nil {
		return err
	}
	secret, err := from.unwrap(k)
	if err != nil {
		return err
	}
	record, err := v.orgKey(ctx, keys, to)
	if err != nil {
		return err
	}
	moved := SubjectKey{Subject: k.Subject, Org: to, OrgVersion: record.Version}
	s, err := v.secret(record)
	switch {
	case err == nil:
		moved.Wrapped, err = s.wrap(secret, to, k.Subject)
	case fault.Is(err, fault.Unavailable):
		moved.Wrapped, err = wrapForLocked(record, secret, k.Subject)
	}
	if err != nil {
		return err
	}
	return keys.SaveSubjectKey(ctx, moved)
}
