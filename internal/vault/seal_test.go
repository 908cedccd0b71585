package vault

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestWhatIsSealedOpensAgain(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	rapid.Check(t, func(t *rapid.T) {
		subject := somebody()
		w := Where{rapid.StringN(1, 20, -1).Draw(t, "table"), rapid.StringN(1, 20, -1).Draw(t, "column"), somebody()}
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00\x80-\xff]{1,70}`)).Draw(t, "text")
		k, err := b.vault.Key(b.t.Context(), b.keys, org, subject)
		if err != nil {
			t.Fatal(err)
		}
		c, err := b.vault.Seal(b.t.Context(), b.keys, k, w, Clear(s))
		if err != nil {
			t.Fatal(err)
		}
		if s != "" && (len(c)-29)%padTo != 0 {
			t.Fatalf("%d bytes tell the length of the text", len(c))
		}
		if len(s) > 3 && bytes.Contains(c, []byte(s)) {
			t.Fatal("the text stands in the ciphertext")
		}
		got, err := b.sealed(subject, w, c).open(grantFor(subject))
		if err != nil || got != s {
			t.Fatalf("opened %q %v, want %q", got, err, s)
		}
	})
}

func TestSealedValueOpensOnlyInItsPlace(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	subject, other := somebody(), somebody()
	w := Where{"person", "name", somebody()}
	k := b.key(org, subject)
	stranger := b.key(org, other)
	foreign := b.key(ids.New[ids.Org](), somebody())
	c := b.seal(k, w, planted)
	record := b.keys.orgs[org]

	moved := func(change func(*Where)) Where { v := w; change(&v); return v }
	for name, text := range map[string]Text{
		"another row":      b.vault.Sealed(record, k, moved(func(w *Where) { w.Row = somebody() }), c),
		"another column":   b.vault.Sealed(record, k, moved(func(w *Where) { w.Column = "alias" }), c),
		"another table":    b.vault.Sealed(record, k, moved(func(w *Where) { w.Table = "signal" }), c),
		"a shifted border": b.vault.Sealed(record, k, Where{"person" + "n", "ame", w.Row}, c),
		"another subject":  b.vault.Sealed(record, SubjectKey{subject, org, 1, stranger.Wrapped, nil}, w, c),
		"another org":      b.vault.Sealed(b.keys.orgs[foreign.Org], k, w, c),
		"org on the label": b.vault.Sealed(b.keys.orgs[foreign.Org], SubjectKey{subject, foreign.Org, 1, k.Wrapped, nil}, w, c),
		"foreign key":      b.vault.Sealed(b.keys.orgs[foreign.Org], SubjectKey{subject, foreign.Org, 1, foreign.Wrapped, nil}, w, c),
		"other version":    b.vault.Sealed(OrgKey{org, 2, HeldByHost, record.Wrapped}, k, w, c),
		"other cipher":     b.vault.Sealed(record, k, w, append([]byte{fieldVersion + 1}, c[1:]...)),
		"cut short":        b.vault.Sealed(record, k, w, c[:len(c)-1]),
		"only a version":   b.vault.Sealed(record, k, w, c[:1]),
		"no org key":       b.vault.Sealed(OrgKey{Org: org}, k, w, c),
	} {
		got, err := text.open(grantFor(subject))
		if got != "" || err == nil {
			t.Fatalf("%s: opened", name)
		}
		t.Run(name, func(t *testing.T) { refuses(t, err, fault.Internal, "vault.broken") })
	}
	b.reads(subject, w, c, planted)
}

func TestEveryByteIsBound(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	k := b.key(org, subject)
	c := b.seal(k, w, planted)
	record := b.keys.orgs[org]
	flip := func(b []byte, i int) []byte { b = bytes.Clone(b); b[i] ^= 1; return b }
	for i := range c {
		if _, err := b.vault.Sealed(record, k, w, flip(c, i)).open(grantFor(subject)); err == nil {
			t.Fatalf("byte %d of the value may change", i)
		}
	}
	for i := range k.Wrapped {
		if _, err := b.vault.Sealed(record, SubjectKey{subject, org, 1, flip(k.Wrapped, i), nil}, w, c).open(grantFor(subject)); err == nil {
			t.Fatalf("byte %d of the subject's key may change", i)
		}
	}
	// Tink's own keyset information is readable and not authenticated; it is
	// replaced by the decrypted one. Every other byte is bound.
	for i := range record.Wrapped {
		changed := OrgKey{org, 1, HeldByHost, flip(record.Wrapped, i)}
		if s, err := unwrapOrg(changed, b.vault.master.lock()); err == nil {
			if got, err := s.unwrap(k); err != nil || len(got) != 32 {
				t.Fatalf("byte %d of the organisation's key changes what it opens", i)
			}
		}
	}
}

func TestBindIsUnambiguous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 4), 0, 4)
		a, b := parts.Draw(t, "a"), parts.Draw(t, "b")
		same := len(a) == len(b)
		for i := 0; same && i < len(a); i++ {
			same = bytes.Equal(a[i], b[i])
		}
		if bytes.Equal(bind("x", a...), bind("x", b...)) != same {
			t.Fatalf("%v and %v", a, b)
		}
	})
}

func TestSealRefuses(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	k := b.key(org, subject)
	try := func(v *Vault, k SubjectKey, w Where, text Text) error {
		return second(v.Seal(t.Context(), b.keys, k, w, text))
	}
	refuses(t, try(b.vault, k, Where{}, Clear("x")), fault.Internal, "vault.where")
	refuses(t, try(b.vault, k, Where{"t", "c", ids.UUID{}}, Clear("x")), fault.Internal, "vault.where")
	refuses(t, try(b.vault, SubjectKey{}, w, Clear("x")), fault.NotFound, "vault.erased")
	refuses(t, try(b.vault, k.Destroyed(), w, Clear("x")), fault.NotFound, "vault.erased")
	refuses(t, try(&Vault{}, k, w, Clear("x")), fault.Internal, "vault.master.missing")
	refuses(t, try(nil, k, w, Clear("x")), fault.Internal, "vault.master.missing")
	c, err := b.vault.Seal(t.Context(), b.keys, k, w, Text{})
	if c != nil || err != nil {
		t.Error("the empty text is stored as nothing")
	}
	if !b.vault.Sealed(b.keys.orgs[org], k, w, nil).IsZero() {
		t.Error("nothing is the empty text")
	}
	_, err = New(&Master{}, nil)
	refuses(t, err, fault.Internal, "vault.master.missing")
	_, err = b.vault.Key(t.Context(), b.keys, ids.Org{}, subject)
	refuses(t, err, fault.Internal, "vault.owner")
	_, err = b.vault.Key(t.Context(), b.keys, ids.New[ids.Org](), subject)
	refuses(t, err, fault.Internal, "vault.owner")
}

func TestSealedTextGoesBackOnlyWhereItCameFrom(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	k := b.key(org, subject)
	c := b.seal(k, w, planted)
	text := b.sealed(subject, w, c)
	again, err := b.vault.Seal(t.Context(), b.keys, k, w, text)
	if err != nil || !bytes.Equal(again, c) {
		t.Fatal("an unchanged field keeps its ciphertext", err)
	}
	_, err = b.vault.Seal(t.Context(), b.keys, k, cell(), text)
	refuses(t, err, fault.Internal, "vault.sealed")
	_, err = b.vault.Seal(t.Context(), b.keys, b.key(org, somebody()), w, text)
	refuses(t, err, fault.Internal, "vault.sealed")
}

func TestSameTextIsSealedDifferentlyEachTime(t *testing.T) {
	b := newBench(t)
	k, w := b.key(ids.New[ids.Org](), somebody()), cell()
	if bytes.Equal(b.seal(k, w, planted), b.seal(k, w, planted)) {
		t.Error("two sealings are equal")
	}
}

func TestErasure(t *testing.T) {
	b := newBench(t)
	org, subject, other, w := ids.New[ids.Org](), somebody(), somebody(), cell()
	k, c := b.key(org, subject), []byte(nil)
	c = b.seal(k, w, planted)
	kept := b.seal(b.key(org, other), w, "Ineza")
	b.reads(subject, w, c, planted) // everything that caches has cached

	t.Run("tombstone", func(t *testing.T) {
		b.must(b.keys.SaveSubjectKey(t.Context(), k.Destroyed()))
		_, err := b.sealed(subject, w, c).open(grantFor(subject))
		refuses(t, err, fault.NotFound, "vault.erased")
		_, err = b.vault.Key(t.Context(), b.keys, org, subject)
		refuses(t, err, fault.NotFound, "vault.erased")
		_, err = b.sealed(subject, w, c).open(grantFor(other))
		refuses(t, err, fault.Withheld, "vault.withheld")
		if did, err := b.vault.RewrapSubject(t.Context(), b.keys, k.Destroyed()); did || err != nil {
			t.Fatal("a tombstone stays one", did, err)
		}
	})
	t.Run("row removed", func(t *testing.T) {
		delete(b.keys.subjects, subject)
		_, err := b.sealed(subject, w, c).open(grantFor(subject))
		refuses(t, err, fault.NotFound, "vault.erased")
	})
	t.Run("a new key opens nothing old", func(t *testing.T) {
		b.key(org, subject)
		_, err := b.sealed(subject, w, c).open(grantFor(subject))
		refuses(t, err, fault.Internal, "vault.broken")
	})
	t.Run("memory holds no subject", func(t *testing.T) {
		for _, u := range b.vault.open {
			if s := fmt.Sprintf("%v", u.record); strings.Contains(s, subject.String()) {
				t.Error(s)
			}
		}
		if len(b.vault.open) != 1 {
			t.Error("one organisation, one entry")
		}
	})
	b.reads(other, w, kept, "Ineza")
}

func TestDecliningDestroysThePacketAndNothingElse(t *testing.T) {
	b := newBench(t)
	sender, shelter := ids.New[ids.Org](), ids.New[ids.Org]()
	person, referral := somebody(), ids.New[ids.Referral]().UUID
	w, pw := cell(), Where{"packet", "safe_contact", referral}
	own := b.seal(b.key(sender, person), w, planted)
	packet := b.seal(b.key(shelter, referral), pw, "by the tailor")
	b.reads(referral, pw, packet, "by the tailor")
	_, err := b.sealed(referral, pw, packet).open(grantFor(person))
	refuses(t, err, fault.Withheld, "vault.withheld")
	b.must(b.keys.SaveSubjectKey(t.Context(), b.keys.subjects[referral].Destroyed()))
	_, err = b.sealed(referral, pw, packet).open(grantFor(referral))
	refuses(t, err, fault.NotFound, "vault.erased")
	b.reads(person, w, own, planted)
}

func TestOpeningNeedsNoDatabase(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	c := b.seal(b.key(org, subject), w, planted)
	text := b.sealed(subject, w, c)
	before := b.keys.reads
	for range 3 {
		if _, err := text.open(grantFor(subject)); err != nil {
			t.Fatal(err)
		}
	}
	b.seal(b.keys.subjects[subject], w, "x")
	if b.keys.reads != before {
		t.Errorf("%d reads", b.keys.reads-before)
	}
}

// A Grant is an opener: the compiler says so.
var _ opener = access.Grant{}
