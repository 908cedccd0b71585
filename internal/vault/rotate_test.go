package vault

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestMasterRotation(t *testing.T) {
	b := newBench(t)
	old := b.vault.master
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(org, subject), w, planted)
	token := tokensOf(b, org, Words, planted)

	both := old.Rotated(morning.AddDate(1, 0, 0))
	if len(old.Fingerprints()) != 1 || len(both.Fingerprints()) != 2 || both.Fingerprint() == old.Fingerprint() {
		t.Fatal("a rotated ring has one more key, in front; the old ring stays")
	}
	b.restart(both)
	b.reads(subject, w, c, planted)
	if b.keys.orgs[org].WrappedBy() != old.Fingerprint() {
		t.Fatal("nothing was wrapped yet")
	}
	for i, want := range []bool{true, false} {
		if did, err := b.vault.Rewrap(t.Context(), b.keys, org); did != want || err != nil {
			t.Fatalf("rewrap %d: %v %v", i, did, err)
		}
	}
	record := b.keys.orgs[org]
	if record.WrappedBy() != both.Fingerprint() || record.Version != 1 {
		t.Fatal("the newest wraps, the key is the same")
	}
	b.restart(both.Newest())
	b.reads(subject, w, c, planted)
	if !bytes.Equal(token[0], tokensOf(b, org, Words, planted)[0]) {
		t.Error("a master rotation changed the index")
	}
	b.restart(old)
	_, err := b.sealed(subject, w, c).open(grantFor(subject))
	refuses(t, err, fault.Internal, "vault.master.unknown")
}

func TestOrgRotation(t *testing.T) {
	b := newBench(t)
	org, w := ids.New[ids.Org](), cell()
	first, second := somebody(), somebody()
	early := b.seal(b.key(org, first), w, planted)
	token := tokensOf(b, org, Words, planted)

	if k, err := b.vault.RotateOrg(t.Context(), b.keys, org); err != nil || k.Version != 2 {
		t.Fatal(k, err)
	}
	later := b.seal(b.key(org, second), w, "Ineza")
	if b.keys.subjects[second].OrgVersion != 2 || b.keys.subjects[first].OrgVersion != 1 {
		t.Fatal("new subjects stand under the new key")
	}
	check := func() {
		t.Helper()
		b.reads(first, w, early, planted)
		b.reads(second, w, later, "Ineza")
		if !bytes.Equal(token[0], tokensOf(b, org, Words, planted)[0]) {
			t.Error("a key rotation changed the index")
		}
	}
	check()
	for subject, want := range map[ids.UUID]bool{first: true, second: false} {
		if did, err := b.vault.RewrapSubject(t.Context(), b.keys, b.keys.subjects[subject]); did != want || err != nil {
			t.Fatal(did, err)
		}
	}
	if _, err := b.vault.RetireOrg(t.Context(), b.keys, org); err != nil {
		t.Fatal(err)
	}
	check()
	b.restart(b.vault.master)
	check()
}

func TestRetiredKeyOpensNothing(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(org, subject), w, planted)
	_, err := b.vault.RotateOrg(t.Context(), b.keys, org)
	b.must(err)
	_, err = b.vault.RetireOrg(t.Context(), b.keys, org)
	b.must(err)
	_, err = b.sealed(subject, w, c).open(grantFor(subject))
	refuses(t, err, fault.Internal, "vault.broken")
}

func TestRekeyingTheIndex(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(org, subject), w, planted)
	before := tokensOf(b, org, Words, planted)
	_, err := b.vault.RekeyIndex(t.Context(), b.keys, org)
	b.must(err)
	after := tokensOf(b, org, Words, planted)
	if bytes.Equal(before[0], after[0]) {
		t.Fatal("the tokens stayed")
	}
	x, err := b.vault.Index(t.Context(), b.keys, org)
	b.must(err)
	anew, err := x.TokensOf(Words, b.sealed(subject, w, c))
	b.must(err)
	if x.Version() != 2 || !bytes.Equal(anew[0], after[0]) {
		t.Error("sealed texts give the new tokens")
	}
	b.reads(subject, w, c, planted)
}

func TestRolledBackKeysAreForgotten(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	lost := tokensOf(b, org, Words, planted) // made, used, then the transaction is undone
	delete(b.keys.orgs, org)
	kept := tokensOf(b, org, Words, planted)
	if bytes.Equal(lost[0], kept[0]) {
		t.Error("memory outlived the database")
	}
}

func TestManyAtOnce(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(org, subject), w, planted)
	k, record := b.keys.subjects[subject], b.keys.orgs[org]
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for range 200 {
				if got, err := b.vault.Sealed(record, k, w, c).open(grantFor(subject)); err != nil || got != planted {
					t.Error(got, err)
					return
				}
				if i == 0 {
					b.vault.Lock(org)
				}
				s, err := b.vault.secret(record)
				if err == nil {
					_, err = s.indexOf(org)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

func TestHostKeyLeavesMemory(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	b.key(org, somebody())
	b.at = b.at.Add(hostKept - time.Second)
	if b.vault.known(org, b.at) == nil {
		t.Fatal("forgotten too early")
	}
	b.at = b.at.Add(time.Second)
	b.vault.Forget()
	if len(b.vault.open) != 0 {
		t.Error("still in memory")
	}
}

func tokensOf(b *bench, org ids.Org, kind IndexKind, text string) [][]byte {
	b.t.Helper()
	tokens, err := b.vault.Tokens(b.t.Context(), b.keys, org, kind, text)
	b.must(err)
	return tokens
}
