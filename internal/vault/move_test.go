package vault

import (
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// A key that moves opens what was sealed before, under the other organisation
// only; the first one's wrapped key is gone from the database.
func TestMove(t *testing.T) {
	b := newBench(t)
	from, to, subject, w := ids.New[ids.Org](), ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(from, subject), w, planted)
	before := b.keys.subjects[subject]
	b.must(b.vault.Move(t.Context(), b.keys, before, to))
	b.reads(subject, w, c, planted)
	if after := b.keys.subjects[subject]; after.Org != to || string(after.Wrapped) == string(before.Wrapped) {
		t.Errorf("the key is still of %s", after.Org)
	}
	if _, err := b.vault.Key(t.Context(), b.keys, from, subject); fault.Of(err).Key != "vault.owner" {
		t.Errorf("the first organisation still seals: %v", err)
	}
	again := b.seal(b.key(to, subject), w, "Ineza")
	b.reads(subject, w, again, "Ineza")
	// The wrapping is bound to its organisation.
	forged := b.keys.subjects[subject]
	forged.Org = from
	if _, err := b.vault.Sealed(b.keys.orgs[from], forged, w, c).open(grantFor(subject)); err == nil {
		t.Error("a wrapping was moved by hand")
	}
	b.restart(b.vault.master) // nothing of it was only in memory
	b.reads(subject, w, c, planted)
}

func TestMoveRefuses(t *testing.T) {
	b := newBench(t)
	from, to, subject := ids.New[ids.Org](), ids.New[ids.Org](), somebody()
	k := b.key(from, subject)
	refuses(t, b.vault.Move(t.Context(), b.keys, k.Destroyed(), to), fault.NotFound, "vault.erased")
	refuses(t, b.vault.Move(t.Context(), b.keys, k, ids.Org{}), fault.Internal, "vault.owner")
	refuses(t, (&Vault{}).Move(t.Context(), b.keys, k, to), fault.Internal, "vault.master.missing")
}

// An organisation that holds its own key must be unlocked to give somebody away,
// and is given somebody while it is locked.
func TestMoveAndCustody(t *testing.T) {
	b := newBench(t)
	from, to, subject, w := ids.New[ids.Org](), ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(from, subject), w, planted)
	b.key(to, somebody())
	secret := ByPassphrase("tambour sentier rivage colline")
	b.must(b.vault.Hold(t.Context(), b.keys, to, secret, time.Hour))
	b.vault.Lock(to)
	b.must(b.vault.Move(t.Context(), b.keys, b.keys.subjects[subject], to))
	_, err := b.sealed(subject, w, c).open(grantFor(subject))
	refuses(t, err, fault.Unavailable, "vault.locked")
	refuses(t, b.vault.Move(t.Context(), b.keys, b.keys.subjects[subject], from), fault.Unavailable, "vault.locked")
	_, err = b.vault.Unlock(t.Context(), b.keys, to, secret, time.Hour)
	b.must(err)
	b.reads(subject, w, c, planted)
	b.must(b.vault.Move(t.Context(), b.keys, b.keys.subjects[subject], from))
	b.reads(subject, w, c, planted)
}
