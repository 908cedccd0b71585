package vault

import (
	"context"
	"slices"
	"testing"

	"inkingi/internal/ids"
)

// Two people share a token when the sounds of the whole name, the sex and about the year
// agree, or the beginnings of the sounds and a word of home; and not otherwise. What is
// not known makes none.
func TestNationalPseudonyms(t *testing.T) {
	ctx, v, keys := context.Background(), newBench(t).vault, newMemory()
	tokens := func(of Traits) [][]byte {
		t.Helper()
		all, _, err := v.Pseudonyms(ctx, keys, of)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	one := func(name string, year int, change func(*Traits)) Traits {
		of := Traits{Names: []Text{Clear(name)}, Home: Clear("Colline Bisinde"), Sex: "F", First: year, Last: year}
		if change != nil {
			change(&of)
		}
		return of
	}
	share := func(a, b Traits) bool {
		other := tokens(b)
		return slices.ContainsFunc(tokens(a), func(x []byte) bool {
			return slices.ContainsFunc(other, func(y []byte) bool { return slices.Equal(x, y) })
		})
	}
	known := one("Ndayizeye Claudine", 2000, nil)
	for what, of := range map[string]Traits{
		"the same":              known,
		"the other way round":   one("claudine NDAYIZEYE", 2000, nil),
		"spelt as it is heard":  one("Dayizeye Claudine", 2000, nil),
		"two years apart":       one("Ndayizeye Claudine", 2002, nil),
		"home elsewhere":        one("Ndayizeye Claudine", 2000, func(of *Traits) { of.Home = Clear("Gatete") }),
		"home not known":        one("Ndayizeye Claudine", 2000, func(of *Traits) { of.Home = Text{} }),
		"another spelling":      one("Claudine", 2000, func(of *Traits) { of.Names = append(of.Names, Clear("Ndayizeye Claudine")) }),
		"a slip, the same home": one("Ndayizaye Claudina", 2000, nil),
		"a birth as it is said": one("Ndayizeye Claudine", 0, func(of *Traits) { of.Born = Clear("2001-03") }),
	} {
		if !share(known, of) {
			t.Errorf("%s: not found", what)
		}
	}
	for what, of := range map[string]Traits{
		"another name":           one("Hakizimana Odette", 2000, nil),
		"a slip, home elsewhere": one("Ndayizaye Claudina", 2000, func(of *Traits) { of.Home = Clear("Gatete") }),
		"three years apart":      one("Ndayizeye Claudine", 2003, nil),
		"a man":                  one("Ndayizeye Claudine", 2000, func(of *Traits) { of.Sex = "M" }),
		"half a name":            one("Ndayizeye", 2000, nil),
		"no sex":                 one("Ndayizeye Claudine", 2000, func(of *Traits) { of.Sex = "" }),
		"no age":                 one("Ndayizeye Claudine", 0, nil),
		"any age":                one("Ndayizeye Claudine", 1980, func(of *Traits) { of.Last = 2000 }),
		"nothing":                {},
	} {
		if share(known, of) {
			t.Errorf("%s: found", what)
		}
	}
	if len(tokens(known)) == 0 || len(tokens(one("Ndayizeye", 2000, nil))) != 0 {
		t.Error("half a name makes tokens, or a whole one none")
	}
}

// The key is the nation's own: no organisation's tokens are like these, those of another
// installation are not, and after the key was changed the old ones find nothing.
func TestTheNationsKeyIsItsOwn(t *testing.T) {
	ctx, v, keys := context.Background(), newBench(t).vault, newMemory()
	of := Traits{Names: []Text{Clear("Ndayizeye Claudine")}, Sex: "F", First: 2000, Last: 2000}
	first, version, err := v.Pseudonyms(ctx, keys, of)
	if err != nil || len(first) == 0 || version != 1 {
		t.Fatalf("%d tokens, version %d, %v", len(first), version, err)
	}
	elsewhere, _, err := newBench(t).vault.Pseudonyms(ctx, newMemory(), of)
	if err != nil || slices.ContainsFunc(elsewhere, func(b []byte) bool {
		return slices.ContainsFunc(first, func(a []byte) bool { return slices.Equal(a, b) })
	}) {
		t.Errorf("another installation's tokens are the same, %v", err)
	}
	for _, kind := range []IndexKind{Words, Phonetic} {
		own, err := v.Tokens(ctx, keys, ids.New[ids.Org](), kind, "Ndayizeye Claudine")
		if err != nil || slices.ContainsFunc(own, func(b []byte) bool {
			return slices.ContainsFunc(first, func(a []byte) bool { return slices.Equal(a, b) })
		}) {
			t.Errorf("an organisation's tokens are the same, %v", err)
		}
	}
	if err := v.RekeyNation(ctx, keys); err != nil {
		t.Fatal(err)
	}
	second, version, err := v.Pseudonyms(ctx, keys, of)
	if err != nil || version != 2 || slices.ContainsFunc(second, func(b []byte) bool {
		return slices.ContainsFunc(first, func(a []byte) bool { return slices.Equal(a, b) })
	}) {
		t.Errorf("after a change of the key: version %d, %v", version, err)
	}
}
