package audit

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/tlog"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 987654321, time.UTC)

func refusal() Entry {
	o := access.Object{Kind: access.CaseKind, ID: ids.New[ids.Case]().UUID, Subject: ids.New[ids.Person]().UUID}
	w := accesstest.Somebody(access.Police, ids.New[ids.Org]())
	return Refused(w, "case.read", o, access.ForProtection, fault.Withheld, noon)
}

func TestOnlyDecisionsMakeEntries(t *testing.T) {
	if (Entry{}).Valid() {
		t.Error("the zero entry is valid")
	}
	if Of(access.Grant{}, noon).Valid() {
		t.Error("a grant that allows nothing made an entry")
	}
	for _, kind := range []fault.Kind{fault.Internal, fault.Invalid, fault.NotFound, fault.Stale, fault.Unavailable} {
		if Refused(access.Visitor(), "case.read", access.Object{Kind: access.CaseKind}, "", kind, noon).Valid() {
			t.Errorf("a fault of kind %v made a refusal", kind)
		}
	}
	if !refusal().Valid() {
		t.Error("a refusal is not valid")
	}
	if Refused(access.Visitor(), "case.read", access.Object{Kind: access.CaseKind}, "", fault.Denied, time.Time{}).Valid() {
		t.Error("an entry without its time is valid")
	}
}

func TestContentSpoilsAnEntry(t *testing.T) {
	id := ids.New[ids.Referral]().UUID
	for name, c := range map[string]struct {
		entry Entry
		valid bool
	}{
		"codes":             {refusal().With("danger", "RED").About(access.ReferralKind, id), true},
		"a sentence":        {refusal().With("reason", "she said so"), false},
		"a name with marks": {refusal().With("reason", "Gâteau"), false},
		"nothing":           {refusal().With("reason", ""), false},
		"too long":          {refusal().With("reason", strings.Repeat("a", 65)), false},
		"about nothing":     {refusal().About(access.ReferralKind, ids.UUID{}), false},
		"a phone":           {refusal().With("phone", "+257 79 00 00 00"), false},
	} {
		if c.entry.Valid() != c.valid {
			t.Errorf("%s: valid is %v", name, c.entry.Valid())
		}
		if _, err := Encode(c.entry, nil); (err == nil) != c.valid {
			t.Errorf("%s: encoding gives %v", name, err)
		}
	}
}

func TestEntriesDoNotShareTheirTail(t *testing.T) {
	base := refusal().With("a", "1")
	one, two := base.With("b", "1"), base.With("b", "2")
	if one.Line().Codes[1].Code != "1" || two.Line().Codes[1].Code != "2" || len(base.Line().Codes) != 1 {
		t.Error("two entries made from one share their codes")
	}
}

func someRows(n int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = Row{Table: "protection_case", Key: ids.New[ids.Case]().String(), Gone: i%5 == 4}
		if !rows[i].Gone {
			rows[i].Hash[0] = byte(i)
		}
	}
	return rows
}

func TestEncodeAndDecode(t *testing.T) {
	e := refusal().With("danger", "RED").About(access.ReferralKind, ids.New[ids.Referral]().UUID)
	for _, n := range []int{0, 1, 7, 511, 512, 513, 5000} {
		rows := someRows(n)
		leaves, err := Encode(e, rows)
		if err != nil {
			t.Fatal(err)
		}
		var back []Row
		for i, leaf := range leaves {
			if len(leaf) > 65_535 {
				t.Errorf("a leaf of %d bytes does not fit a tile", len(leaf))
			}
			line, some, err := Decode(leaf)
			if err != nil {
				t.Fatal(err)
			}
			want := e.Line()
			want.Part = i
			if diff := cmp.Diff(want, line); diff != "" {
				t.Error(diff)
			}
			back = append(back, some...)
		}
		if len(rows) > 0 {
			if diff := cmp.Diff(rows, back); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestKeysAreCodes(t *testing.T) {
	for _, key := range []string{"", "Marie Dupont", "é", strings.Repeat("a", 201)} {
		if _, err := Encode(refusal(), []Row{{Table: "person", Key: key}}); err == nil {
			t.Errorf("a key %q was taken", key)
		}
	}
}

func FuzzDecode(f *testing.F) {
	one, _ := Encode(refusal().With("danger", "RED"), someRows(6))
	f.Add(one[0])
	f.Add([]byte{})
	f.Add([]byte{version})
	f.Fuzz(func(t *testing.T, leaf []byte) {
		line, rows, err := Decode(leaf)
		if err != nil {
			return
		}
		if again := encode(line, rows); !bytes.Equal(again, leaf) {
			t.Errorf("a line has two encodings:\n%x\n%x", leaf, again)
		}
	})
}

func TestHashRow(t *testing.T) {
	base := []Column{{"id", "a"}, {"n", int64(1)}, {"open", true}, {"x", 0.5}, {"seal", []byte{1, 2}}, {"none", nil}}
	want, err := HashRow("case", "a", append([]Column{}, base...))
	if err != nil {
		t.Fatal(err)
	}
	same := map[string][]Column{
		"in another order":        {{"seal", []byte{1, 2}}, {"x", 0.5}, {"open", true}, {"n", int64(1)}, {"id", "a"}},
		"with a later empty one":  append([]Column{{"later", nil}}, base...),
		"from the other engine":   {{"id", "a"}, {"n", int64(1)}, {"open", int64(1)}, {"x", 0.5}, {"seal", []byte{1, 2}}},
		"without the column null": base[:5],
	}
	for name, columns := range same {
		if got, err := HashRow("case", "a", append([]Column{}, columns...)); err != nil || got != want {
			t.Errorf("%s: another hash (%v)", name, err)
		}
	}
	other := map[string][]Column{
		"a number as text":     {{"id", "a"}, {"n", "1"}, {"open", true}, {"x", 0.5}, {"seal", []byte{1, 2}}},
		"text as bytes":        {{"id", []byte("a")}, {"n", int64(1)}, {"open", true}, {"x", 0.5}, {"seal", []byte{1, 2}}},
		"empty is not null":    append([]Column{{"z", ""}}, base...),
		"names exchanged":      {{"id", "a"}, {"n", true}, {"open", int64(1)}, {"x", 0.5}, {"seal", []byte{1}}},
		"a boundary moved":     {{"ida", ""}, {"n", int64(1)}, {"open", true}, {"x", 0.5}, {"seal", []byte{1, 2}}},
		"one column less":      base[:4],
		"another number":       {{"id", "a"}, {"n", int64(2)}, {"open", true}, {"x", 0.5}, {"seal", []byte{1, 2}}},
		"a real for a integer": {{"id", "a"}, {"n", 1.0}, {"open", true}, {"x", 0.5}, {"seal", []byte{1, 2}}},
	}
	for name, columns := range other {
		if got, err := HashRow("case", "a", append([]Column{}, columns...)); err != nil || got == want {
			t.Errorf("%s: the same hash (%v)", name, err)
		}
	}
	for _, id := range [][2]string{{"case", "b"}, {"casea", ""}, {"cas", "ea"}} {
		if got, _ := HashRow(id[0], id[1], append([]Column{}, base...)); got == want {
			t.Errorf("row %v has the same hash", id)
		}
	}
	if _, err := HashRow("case", "a", []Column{{"at", noon}}); err == nil {
		t.Error("a time was hashed: engines write it differently")
	}
	if _, err := HashRow("case", "a", []Column{{"n", int64(1)}, {"n", int64(1)}}); err == nil {
		t.Error("a column was hashed twice")
	}
}

func TestEdgeIsTheTreeOfTlog(t *testing.T) {
	var edge Edge
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var all []tlog.Hash
		for _, i := range indexes {
			all = append(all, stored[i])
		}
		return all, nil
	})
	for n := range int64(300) {
		leaf := []byte{byte(n), byte(n >> 8)}
		want, err := tlog.StoredHashes(n, leaf, read)
		if err != nil {
			t.Fatal(err)
		}
		if got := edge.Add(leaf); !cmp.Equal(got, want) {
			t.Fatalf("leaf %d: other hashes than tlog's", n)
		}
		stored = append(stored, want...)
		root, err := tlog.TreeHash(n+1, read)
		if err != nil || root != edge.Root() {
			t.Fatalf("leaf %d: another root than tlog's", n)
		}
		again, err := ReadEdge(n+1, read)
		if err != nil || again.Root() != root || again.Size() != n+1 {
			t.Fatalf("leaf %d: another edge when read back (%v)", n, err)
		}
	}
}

func TestCheckpoint(t *testing.T) {
	key, err := NewKey("inkingi.example/audit")
	if err != nil {
		t.Fatal(err)
	}
	var edge Edge
	edge.Add([]byte("leaf"))
	signed, err := key.Sign(Point{Size: 1, Root: edge.Root()})
	if err != nil {
		t.Fatal(err)
	}
	p, err := ReadPoint(signed, key.Verifier())
	if err != nil || p.Size != 1 || p.Root != edge.Root() {
		t.Fatalf("read back %+v, %v", p, err)
	}
	other, _ := NewKey("inkingi.example/audit")
	if _, err := ReadPoint(signed, other.Verifier()); !fault.Is(err, fault.Invalid) {
		t.Errorf("a checkpoint signed by another key: %v", err)
	}
	if _, err := ReadPoint(strings.Replace(signed, "\n1\n", "\n2\n", 1), key.Verifier()); !fault.Is(err, fault.Invalid) {
		t.Errorf("a checkpoint with another size: %v", err)
	}
	if again, err := ReadKey(key.Secret(), key.Verifier()); err != nil || again.IsZero() {
		t.Errorf("the key does not come back: %v", err)
	}
	if _, err := (Key{}).Sign(p); err == nil {
		t.Error("the zero key signs")
	}
	if strings.Contains(key.String(), key.Secret()) {
		t.Error("the key prints its secret")
	}
}
