package vault

import (
	"testing"

	"inkingi/internal/ids"
)

func benched(b *testing.B) (*bench, SubjectKey, Where, []byte) {
	x := newBench(b)
	k, w := x.key(ids.New[ids.Org](), somebody()), cell()
	return x, k, w, x.seal(k, w, "Inamahoro Ineza, umusozi muremure")
}

func BenchmarkSeal(b *testing.B) {
	x, k, w, _ := benched(b)
	text := Clear("Inamahoro Ineza, umusozi muremure")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.vault.Seal(b.Context(), x.keys, k, w, text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	x, k, w, c := benched(b)
	text, grant := x.sealed(k.Subject, w, c), grantFor(k.Subject)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := text.open(grant); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	x, k, _, _ := benched(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.vault.Key(b.Context(), x.keys, k.Org, somebody()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnwrapOrg(b *testing.B) {
	x, k, _, _ := benched(b)
	for b.Loop() {
		if _, err := unwrapOrg(x.keys.orgs[k.Org], x.vault.master.lock()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	x, k, _, _ := benched(b)
	for _, kind := range []IndexKind{Words, Phonetic, Digits} {
		b.Run(string(kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.vault.Tokens(b.Context(), x.keys, k.Org, kind, "Inamahoro Bénédicte 079123456"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
