package ids_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

var november = time.Date(2026, 11, 25, 1, 43, 12, 345_678_901, time.UTC)

func TestIdentifiersAreVersion7AndSayTheirMillisecond(t *testing.T) {
	id := ids.At[ids.Case](november, rand.Reader)
	if version, variant := id.UUID[6]>>4, id.UUID[8]>>6; version != 7 || variant != 0b10 {
		t.Errorf("version %d, variant %b", version, variant)
	}
	if got, want := id.Time(), november.Truncate(time.Millisecond); !got.Equal(want) || got.Location() != time.UTC {
		t.Errorf("made at %v, want %v", got, want)
	}
	if id := ids.New[ids.Person](); time.Since(id.Time()) > time.Minute {
		t.Errorf("New is not made now: %v", id.Time())
	}
}

func TestLaterIdentifiersSortLater(t *testing.T) {
	ones := bytes.NewReader(bytes.Repeat([]byte{0xff}, 1000))
	var texts []string
	for i := range 50 {
		at := november.Add(time.Duration(i) * time.Millisecond)
		texts = append(texts, ids.At[ids.Signal](at, ones).String())
	}
	if !slices.IsSorted(texts) {
		t.Error("text order is not time order")
	}
}

func TestTheSameMomentGivesDifferentIdentifiers(t *testing.T) {
	seen := map[ids.Case]bool{}
	for range 10_000 { // false alarm: 10⁸/2 pairs over 2⁷⁴
		seen[ids.At[ids.Case](november, rand.Reader)] = true
	}
	if len(seen) != 10_000 {
		t.Errorf("%d of 10000 differ", len(seen))
	}
}

func TestNoRandomnessNamesNothing(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a name without randomness")
		}
	}()
	ids.At[ids.Case](november, bytes.NewReader([]byte{1, 2, 3}))
}

func TestParseTakesTheCanonicalFormOnly(t *testing.T) {
	id := ids.New[ids.Org]()
	got, err := ids.Parse[ids.Org](id.String())
	if err != nil || got != id {
		t.Errorf("%v %v, want %v", got, err, id)
	}
	for _, s := range []string{
		"", "x", "00000000-0000-0000-0000-000000000000",
		"urn:uuid:" + id.String(), "{" + id.String() + "}",
		id.String()[:35], id.String() + "0", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
	} {
		if _, err := ids.Parse[ids.Org](s); !fault.Is(err, fault.Invalid) || fault.Of(err).Key != "id.malformed" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestZeroIdentifierNamesNothing(t *testing.T) {
	var id ids.Case
	v, err := id.Value()
	if id.String() != "" || !id.IsZero() || v != nil || err != nil {
		t.Errorf("%q %v %v", id.String(), v, err)
	}
}

func TestIdentifiersThroughTheDatabase(t *testing.T) {
	id := ids.New[ids.Referral]()
	v, err := id.Value()
	if err != nil || v != id.String() {
		t.Fatalf("%v %v", v, err)
	}
	for _, src := range []any{v, []byte(v.(string))} {
		var got ids.Referral
		if err := got.Scan(src); err != nil || got != id {
			t.Errorf("%T: %v %v", src, got, err)
		}
	}
	got := id
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("NULL: %v %v", got, err)
	}
	if err := got.Scan(int64(7)); !fault.Is(err, fault.Internal) {
		t.Errorf("a number: %v", err)
	}
	got = id
	if err := got.Scan("nonsense"); err == nil || got != id {
		t.Errorf("a failed scan changed the identifier: %v %v", got, err)
	}
}

func TestIdentifiersThroughJSON(t *testing.T) {
	type record struct {
		Case ids.Case
		Org  ids.Org
	}
	want := record{Case: ids.New[ids.Case]()}
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got record
	if err := json.Unmarshal(b, &got); err != nil || got != want {
		t.Errorf("%s gave %v, %v", b, got, err)
	}
}
