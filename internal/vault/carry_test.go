package vault

import (
	"testing"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// What was written in one file is opened in the other, with the grant of that one only;
// carried back, it is as before.
func TestCarry(t *testing.T) {
	b := newBench(t)
	org, from, to, w := ids.New[ids.Org](), somebody(), somebody(), cell()
	one, other := b.key(org, from), b.key(org, to)
	c := b.seal(one, w, planted)
	carried, err := b.vault.Carry(t.Context(), b.keys, b.keys.subjects[from], b.keys.subjects[to], w, c)
	b.must(err)
	b.reads(to, w, carried, planted)
	if _, err := b.sealed(to, w, carried).open(grantFor(from)); fault.Of(err).Key != "vault.withheld" {
		t.Errorf("the first grant still opens it: %v", err)
	}
	if _, err := b.sealed(from, w, carried).open(grantFor(from)); fault.Of(err).Key != "vault.broken" {
		t.Errorf("the first key still opens it: %v", err)
	}
	back, err := b.vault.Carry(t.Context(), b.keys, b.keys.subjects[to], b.keys.subjects[from], w, carried)
	b.must(err)
	b.reads(from, w, back, planted)
	if nothing, err := b.vault.Carry(t.Context(), b.keys, one, other, w, nil); err != nil || nothing != nil {
		t.Errorf("nothing became %x: %v", nothing, err)
	}
}

func TestCarryRefuses(t *testing.T) {
	b := newBench(t)
	org, from, to, w := ids.New[ids.Org](), somebody(), somebody(), cell()
	one, other, far := b.key(org, from), b.key(org, to), b.key(ids.New[ids.Org](), somebody())
	c := b.seal(one, w, planted)
	carry := func(a, z SubjectKey, at Where) error {
		_, err := b.vault.Carry(t.Context(), b.keys, a, z, at, c)
		return err
	}
	refuses(t, carry(one.Destroyed(), other, w), fault.NotFound, "vault.erased")
	refuses(t, carry(one, other.Destroyed(), w), fault.NotFound, "vault.erased")
	refuses(t, carry(one, far, w), fault.Internal, "vault.owner")
	elsewhere := w
	elsewhere.Row = ids.New[ids.Case]().UUID
	refuses(t, carry(b.keys.subjects[from], b.keys.subjects[to], elsewhere), fault.Internal, "vault.broken")
	refuses(t, carry(b.keys.subjects[to], b.keys.subjects[from], w), fault.Internal, "vault.broken")
}
