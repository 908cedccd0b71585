package vault

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

const passphrase = "umusozi muremure hejuru y'amazi"

func TestOrganisationHoldsItsOwnKey(t *testing.T) {
	file := NewMaster(morning)
	for name, c := range map[string]struct{ right, wrong Custody }{
		"passphrase": {ByPassphrase(passphrase), ByPassphrase(passphrase + "!")},
		"key file":   {ByKeyFile(file), ByKeyFile(NewMaster(morning))},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			org, subject, w := ids.New[ids.Org](), somebody(), cell()
			before := b.seal(b.key(org, subject), w, planted)
			token := tokensOf(b, org, Words, planted)
			b.must(b.vault.Hold(t.Context(), b.keys, org, c.right, time.Hour))
			if _, err := b.vault.RewrapSubject(t.Context(), b.keys, b.keys.subjects[subject]); err != nil {
				t.Fatal(err)
			}
			_, err := b.vault.RetireOrg(t.Context(), b.keys, org)
			b.must(err)
			b.reads(subject, w, before, planted)
			if b.keys.orgs[org].Holder != HeldByOrg || b.keys.orgs[org].WrappedBy() == b.vault.master.Fingerprint() {
				t.Fatal("the host still holds the key")
			}
			testLocked(t, b, org, subject, w, before)
			testUnlock(t, b, org, c.right, c.wrong)
			b.reads(subject, w, before, planted)
			if got := tokensOf(b, org, Words, planted); string(got[0]) != string(token[0]) {
				t.Error("the index changed")
			}
			_, err = b.vault.RotateOrg(t.Context(), b.keys, org)
			b.must(err)
			b.reads(subject, w, before, planted)

			b.at = b.at.Add(time.Hour)
			_, err = b.sealed(subject, w, before).open(grantFor(subject))
			refuses(t, err, fault.Unavailable, "vault.locked")

			_, err = b.vault.Unlock(t.Context(), b.keys, org, c.right, time.Hour)
			b.must(err)
			b.must(b.vault.Entrust(t.Context(), b.keys, org))
			b.restart(b.vault.master)
			b.reads(subject, w, before, planted)
		})
	}
}

// testLocked is another copy of the program with the same master key.
func testLocked(t *testing.T, b *bench, org ids.Org, subject ids.UUID, w Where, c []byte) {
	b.restart(b.vault.master)
	_, err := b.sealed(subject, w, c).open(grantFor(subject))
	refuses(t, err, fault.Unavailable, "vault.locked")
	_, err = b.sealed(subject, w, c).open(grantFor(somebody()))
	refuses(t, err, fault.Withheld, "vault.withheld")
	_, err = b.vault.Tokens(t.Context(), b.keys, org, Words, planted)
	refuses(t, err, fault.Unavailable, "vault.locked")
	_, err = b.vault.Seal(t.Context(), b.keys, b.keys.subjects[subject], w, Clear("x"))
	refuses(t, err, fault.Unavailable, "vault.locked")
	_, err = b.vault.RotateOrg(t.Context(), b.keys, org)
	refuses(t, err, fault.Unavailable, "vault.locked")
	refuses(t, b.vault.Entrust(t.Context(), b.keys, org), fault.Unavailable, "vault.locked")
	if did, err := b.vault.Rewrap(t.Context(), b.keys, org); did || err != nil {
		t.Fatal("the master does not wrap it", did, err)
	}
	forged := b.keys.orgs[org]
	forged.Holder = HeldByHost // the host cannot talk itself into it
	if _, err := b.vault.secret(forged); err == nil {
		t.Fatal("a changed label opened the key")
	}
	if !b.vault.Unlocked(org).IsZero() {
		t.Error("says it is unlocked")
	}
}

func testUnlock(t *testing.T, b *bench, org ids.Org, right, wrong Custody) {
	_, err := b.vault.Unlock(t.Context(), b.keys, org, wrong, time.Hour)
	refuses(t, err, fault.Invalid, "vault.custody.wrong")
	_, err = b.vault.Unlock(t.Context(), b.keys, org, Custody{}, time.Hour)
	refuses(t, err, fault.Invalid, "vault.custody.missing")
	until, err := b.vault.Unlock(t.Context(), b.keys, org, right, 100*time.Hour)
	if err != nil || !until.Equal(b.at.Add(maxUnlocked)) {
		t.Fatal("an unlocking is bounded", until, err)
	}
	b.vault.Lock(org)
	if !b.vault.Unlocked(org).IsZero() {
		t.Fatal("locked is locked")
	}
	until, err = b.vault.Unlock(t.Context(), b.keys, org, right, time.Hour)
	if err != nil || !b.vault.Unlocked(org).Equal(until) || !until.Equal(b.at.Add(time.Hour)) {
		t.Fatal(until, err)
	}
}

func TestLockedOrganisationCanBeWrittenTo(t *testing.T) {
	b := newBench(t)
	shelter := ids.New[ids.Org]()
	b.key(shelter, somebody())
	b.must(b.vault.Hold(t.Context(), b.keys, shelter, ByPassphrase(passphrase), time.Hour))
	b.restart(b.vault.master) // night: nobody has unlocked it

	referral := ids.New[ids.Referral]().UUID
	w := Where{"packet", "arrival", referral}
	k := b.key(shelter, referral)
	c := b.seal(k, w, "after midnight")
	if strings.Contains(fmt.Sprintf("%v %+v %#v", k, k, k), fmt.Sprint(k.fresh())) {
		t.Error("the key prints itself")
	}
	_, err := b.sealed(referral, w, c).open(grantFor(referral))
	refuses(t, err, fault.Unavailable, "vault.locked")
	_, err = b.vault.Sealed(b.keys.orgs[shelter], k, w, c).open(grantFor(referral))
	refuses(t, err, fault.Unavailable, "vault.locked")

	_, err = b.vault.Unlock(t.Context(), b.keys, shelter, ByPassphrase(passphrase), time.Hour)
	b.must(err)
	b.reads(referral, w, c, "after midnight")
	_, err = b.vault.RotateOrg(t.Context(), b.keys, shelter)
	b.must(err)
	b.reads(referral, w, c, "after midnight")
	if did, err := b.vault.RewrapSubject(t.Context(), b.keys, b.keys.subjects[referral]); !did || err != nil {
		t.Fatal(did, err)
	}
	_, err = b.vault.RetireOrg(t.Context(), b.keys, shelter)
	b.must(err)
	b.reads(referral, w, c, "after midnight")
}

func TestCustodyRefuses(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	b.key(org, somebody())
	hold := func(c Custody) error { return b.vault.Hold(t.Context(), b.keys, org, c, time.Hour) }
	refuses(t, hold(Custody{}), fault.Invalid, "vault.custody.missing")
	refuses(t, hold(ByKeyFile(nil)), fault.Invalid, "vault.custody.missing")
	refuses(t, hold(ByPassphrase("nineteen characters"[:19])), fault.Invalid, "vault.custody.short")
	_, err := b.vault.Unlock(t.Context(), b.keys, org, ByPassphrase(passphrase), time.Hour)
	refuses(t, err, fault.Invalid, "vault.custody.host")
	_, err = b.vault.Unlock(t.Context(), b.keys, ids.New[ids.Org](), ByPassphrase(passphrase), time.Hour)
	if !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	for _, verb := range strings.Fields("%v %+v %#v %s %q %d %x %p") {
		for _, arg := range []any{ByPassphrase(passphrase), struct{ c Custody }{ByPassphrase(passphrase)}} {
			if got := fmt.Sprintf(verb, arg); strings.Contains(got, "umusozi") {
				t.Errorf("%s prints %s", verb, got)
			}
		}
	}
	if _, err := json.Marshal(ByPassphrase(passphrase)); err == nil {
		t.Error("a passphrase goes to JSON")
	}
}

func TestPassphraseCostIsBounded(t *testing.T) {
	good := newStretch()
	if s, err := readStretch(good.params()); err != nil || s != good {
		t.Fatal(s, err)
	}
	for name, change := range map[string]func(*stretch){
		"no pass": func(s *stretch) { s.passes = 0 }, "too many": func(s *stretch) { s.passes = 1000 },
		"4 GiB": func(s *stretch) { s.kib = 4 << 20 }, "none": func(s *stretch) { s.kib = 1 }, "no lane": func(s *stretch) { s.lanes = 0 },
	} {
		s := good
		change(&s)
		if _, err := readStretch(s.params()); err == nil {
			t.Error(name)
		}
	}
	if _, err := readStretch(nil); err == nil {
		t.Error("empty")
	}
}
