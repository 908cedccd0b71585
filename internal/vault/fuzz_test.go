package vault

import (
	"strings"
	"testing"
	"unicode/utf8"

	"inkingi/internal/ids"
)

// FuzzOpen feeds the vault wrapped keys and values that it never made: it opens
// nothing and never panics.
func FuzzOpen(f *testing.F) {
	b := newBench(f)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	k := b.key(org, subject)
	c := b.seal(k, w, planted)
	record := b.keys.orgs[org]
	good := string(record.Wrapped) + "\x00" + string(k.Wrapped) + "\x00" + string(c)
	f.Add(record.Wrapped, k.Wrapped, c)
	f.Add([]byte{}, []byte{}, []byte{})
	f.Add([]byte{recordVersion, wrapByRing, 0, 0, 0, 8}, []byte{underOrgKey}, []byte{fieldVersion})
	f.Add(record.Wrapped, []byte{toOrgPublic, 1, 2}, c)
	f.Add([]byte{recordVersion, wrapByPassphrase, 255, 255, 255, 255}, k.Wrapped, c)
	f.Fuzz(func(t *testing.T, orgKey, subjectKey, value []byte) {
		text := b.vault.Sealed(OrgKey{org, 1, HeldByHost, orgKey}, SubjectKey{subject, org, 1, subjectKey, nil}, w, value)
		if text.IsZero() != (len(value) == 0) {
			t.Fatal("only nothing is empty")
		}
		got, err := text.open(grantFor(subject))
		same := string(orgKey)+"\x00"+string(subjectKey)+"\x00"+string(value) == good
		switch {
		case same && got != planted:
			t.Fatalf("lost %v", err)
		case got != "" && got != planted:
			t.Fatalf("opened %q", got)
		}
	})
}

// FuzzFold wants folding to be stable, clean and blind to case and accents.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "O'Brien", "JEAN-BAPTISTE", "Bénédicte", "İı ſ ß ẞ ΐ ΰ", "ŉ ǰ ﬁ ½ ℡ K Å", "ᾳ ᾼ ͅ", "Ꭰ ꭰ", "각 가", "\u200b\ufeff´ʼ", "٣ ৩ 𝟛", "a\xffb", "\xf3Å", "\u0711\u070f", "ǅ Ǆ ǆ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if again := Fold(once); again != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, again)
		}
		if !utf8.ValidString(once) || strings.TrimSpace(once) != once || strings.Contains(once, "  ") || strings.ContainsAny(once, "'-.\x00") {
			t.Fatalf("Fold(%q) = %q", s, once)
		}
		if spaced := Fold(" \u200b" + s + "\u0301 "); utf8.ValidString(s) && spaced != once {
			t.Fatalf("%q and %q", once, spaced)
		}
		for _, kind := range []IndexKind{Words, Phonetic, Digits} {
			for _, part := range kind.parts(s) {
				if part == "" {
					t.Fatalf("%s of %q has an empty part", kind, s)
				}
			}
		}
	})
}

// FuzzReadMaster reads anything as a key file without panic; what is read can
// be written and read again.
func FuzzReadMaster(f *testing.F) {
	var b strings.Builder
	if err := WriteMaster(&b, NewMaster(morning), "x"); err != nil {
		f.Fatal(err)
	}
	f.Add(b.String())
	f.Add(masterHead + "\ngeneration\nkey\nchecksum")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ReadMaster(strings.NewReader(s))
		if err != nil {
			return
		}
		var out strings.Builder
		if err := WriteMaster(&out, m, ""); err != nil {
			t.Fatal(err)
		}
		if again, err := ReadMaster(strings.NewReader(out.String())); err != nil || again.Fingerprint() != m.Fingerprint() {
			t.Fatal(err)
		}
	})
}
