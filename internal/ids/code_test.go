package ids_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func drawn(n int) []ids.Code {
	codes := make([]ids.Code, n)
	for i := range codes {
		codes[i] = ids.NewCode(rand.Reader)
	}
	return codes
}

// reads says whether a code is accepted, ungrouped.
func reads(b []byte) bool {
	_, err := ids.ParseCode(string(b))
	return err == nil
}

func ungrouped(c ids.Code) []byte { return []byte(strings.ReplaceAll(c.String(), "-", "")) }

func TestCodesAreGroupedAndOfOneAlphabet(t *testing.T) {
	for _, c := range drawn(1000) {
		s := c.String()
		if len(s) != 11 || s[4] != '-' || s[9] != '-' || strings.Trim(s, crockford+"-") != "" {
			t.Fatalf("malformed: %s", s)
		}
		if got, err := ids.ParseCode(s); err != nil || got != c {
			t.Fatalf("%s read as %s, %v", s, got, err)
		}
	}
}

// Both proofs are exhaustive over places and characters. The check is linear
// and the weights depend on the place alone, so one code would do; a thousand
// guard the code rather than the algebra.
func TestEverySingleSubstitutionIsFound(t *testing.T) {
	for _, c := range drawn(1000) {
		b := ungrouped(c)
		for i, right := range ungrouped(c) {
			for _, wrong := range []byte(crockford) {
				if b[i] = wrong; wrong != right && reads(b) {
					t.Fatalf("%s with %c at %d passes", c, wrong, i)
				}
			}
			b[i] = right
		}
	}
}

func TestEveryExchangeOfTwoIsFound(t *testing.T) {
	for _, c := range drawn(1000) {
		b := ungrouped(c)
		for i := range b {
			for j := i + 1; j < len(b); j++ { // adjacent ones and all others
				b[i], b[j] = b[j], b[i]
				if b[i] != b[j] && reads(b) {
					t.Fatalf("%s with %d and %d exchanged passes", c, i, j)
				}
				b[i], b[j] = b[j], b[i]
			}
		}
	}
}

func TestOneCodeInThirtyTwoIsRight(t *testing.T) {
	right := 0
	for _, c := range crockford {
		if reads([]byte("K7Q49M2X" + string(c))) {
			right++
		}
	}
	if right != 1 {
		t.Errorf("%d check characters fit", right)
	}
}

func TestParseCodeForgives(t *testing.T) {
	// A code full of what people confuse: 0 and 1.
	c := ids.NewCode(bytes.NewReader([]byte{0, 1, 2, 0, 1, 1, 0, 2}))
	s := c.String()
	if !strings.HasPrefix(s, "0120-1102-") {
		t.Fatalf("drew %s", s)
	}
	check := s[10:]
	for _, written := range []string{
		s, strings.ToLower(s), "01201102" + check, " 0120 1102 " + check + "\n",
		"O12O-11O2-" + check, "o1 2o-il o2." + strings.ToLower(check), "0120–1102—" + check,
		"0\u00a0120\u20111102-" + check,
	} {
		if got, err := ids.ParseCode(written); err != nil || got != c {
			t.Errorf("%q: %v, %v", written, got, err)
		}
	}
}

func TestParseCodeRefuses(t *testing.T) {
	good := ids.NewCode(rand.Reader).String()
	for written, key := range map[string]string{
		"":                       "case.code.malformed",
		"K7Q4":                   "case.code.malformed",
		good + "0":               "case.code.malformed",
		"U" + good[1:]:           "case.code.malformed", // not in the alphabet
		"K7Q4-9M2X-é":            "case.code.malformed",
		"\u200b" + good:          "case.code.malformed", // zero width
		strings.Repeat(" ", 500): "case.code.malformed",
		"K7Q4-9M2X-!":            "case.code.malformed",
	} {
		if _, err := ids.ParseCode(written); !fault.Is(err, fault.Invalid) || fault.Of(err).Key != key {
			t.Errorf("%q: %v", written, err)
		}
	}
	b := []byte(good)
	b[0] = crockford[(strings.IndexByte(crockford, b[0])+1)%32]
	if _, err := ids.ParseCode(string(b)); fault.Of(err).Key != "case.code.check" {
		t.Errorf("wrong character: %v", err)
	}
}

func TestCodesDoNotLookLikeWords(t *testing.T) {
	for _, c := range drawn(20_000) {
		letters, vowel := 0, false
		for _, r := range ungrouped(c)[:8] {
			if r <= '9' {
				letters, vowel = 0, false
				continue
			}
			letters++
			vowel = vowel || r == 'A' || r == 'E'
			if letters >= 3 && vowel {
				t.Fatalf("%s can be read as a word", c)
			}
		}
	}
}

func TestCodeWithoutRandomnessPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a code without randomness")
		}
	}()
	ids.NewCode(bytes.NewReader(nil))
}

func TestCodeThroughDatabaseAndJSON(t *testing.T) {
	c := ids.NewCode(rand.Reader)
	v, err := c.Value()
	if err != nil || v != c.String() {
		t.Fatalf("%v %v", v, err)
	}
	var got ids.Code
	for _, src := range []any{v, []byte(v.(string))} {
		if err := got.Scan(src); err != nil || got != c {
			t.Errorf("%T: %v %v", src, got, err)
		}
	}
	if err := got.Scan(3.5); err == nil || got != c {
		t.Errorf("a number: %v, and the code is now %v", err, got)
	}
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("NULL: %v %v", got, err)
	}
	if v, _ := got.Value(); v != nil {
		t.Errorf("the zero code is stored as %v", v)
	}
	b, _ := json.Marshal(map[string]ids.Code{"code": c})
	var back map[string]ids.Code
	if err := json.Unmarshal(b, &back); err != nil || back["code"] != c {
		t.Errorf("%s: %v %v", b, back, err)
	}
}

func FuzzCode(f *testing.F) {
	for _, s := range []string{"", "K7Q4-9M2X-E", "o1 2o-il o2.0", "\u200b", "K7Q4–9M2X—V", "ǅ", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ids.ParseCode(s)
		if err != nil {
			if !c.IsZero() || !fault.Is(err, fault.Invalid) {
				t.Fatalf("%q: %v with %v", s, err, c)
			}
			return
		}
		for _, again := range []string{c.String(), strings.ToLower(c.String()), string(ungrouped(c))} {
			if got, err := ids.ParseCode(again); err != nil || got != c {
				t.Fatalf("%q reads as %s, %q as %s, %v", s, c, again, got, err)
			}
		}
	})
}
