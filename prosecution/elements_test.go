package prosecution

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
)

func actID(n byte) ids.Act { return ids.Act{UUID: ids.UUID{15: n}} }

// of gives a checklist: "A" act, "M" means, "P" purpose with evidence; small letters
// without; "x" with an act of another file.
func checklist(text string) []Finding {
	kinds := map[rune]Element{'a': ActElement, 'm': MeansElement, 'p': PurposeElement}
	var all []Finding
	for _, r := range text {
		f := Finding{Element: kinds[r|0x20], Code: "ANY"}
		if r < 'a' {
			f.Evidence = []ids.Act{actID(1)}
		}
		if r == 'x' {
			f = Finding{Element: MeansElement, Code: "ANY", Evidence: []ids.Act{actID(9)}}
		}
		all = append(all, f)
	}
	return all
}

func ofFile(a ids.Act) bool { return a == actID(1) }

// PROCESS.md §4.1: adult = A∧M∧P, child = A∧P; doubt about age: child (§2.9 1).
func TestElements(t *testing.T) {
	for _, c := range []struct {
		list     string
		age      Age
		complete bool
		missing  string
		bare     string
		ifAdult  string
	}{
		{"AMP", AdultThen, true, "", "", ""},
		{"AP", AdultThen, false, "MEANS", "", ""},
		{"AP", ChildThen, true, "", "", ""},
		{"AP", AgeUnknown, true, "", "", "MEANS"},
		{"AMP", AgeUnknown, true, "", "", ""},
		{"", AdultThen, false, "ACT MEANS PURPOSE", "", ""},
		{"", ChildThen, false, "ACT PURPOSE", "", ""},
		{"", AgeUnknown, false, "ACT PURPOSE", "", "MEANS"},
		{"AM", ChildThen, false, "PURPOSE", "", ""},
		{"MP", ChildThen, false, "ACT", "", ""},
		{"aMP", AdultThen, false, "", "ACT", ""},
		{"AmP", ChildThen, true, "", "MEANS", ""}, // means are not needed
		{"AmP", AgeUnknown, true, "", "MEANS", ""},
		{"aAMP", AdultThen, true, "", "", ""}, // one line with evidence is enough
		{"AxP", AdultThen, false, "", "MEANS", ""},
	} {
		p := Prove(checklist(c.list), c.age, ofFile)
		if p.Complete() != c.complete || join(p.Missing) != c.missing || join(p.Bare) != c.bare || join(p.MissingIfAdult) != c.ifAdult {
			t.Errorf("%q of %q: complete %v, missing %q, bare %q, if adult %q", c.list, c.age, p.Complete(), join(p.Missing), join(p.Bare), join(p.MissingIfAdult))
		}
	}
	if (Proof{}).Complete() || (Proof{}).Alleged() || (Proof{}).Says() != nil {
		t.Error("the zero Proof proves something")
	}
	if p := Prove([]Finding{{Element: ActElement, Evidence: []ids.Act{actID(1)}}, {Element: "MOTIVE", Code: "X", Evidence: []ids.Act{actID(1)}}}, ChildThen, ofFile); len(p.Shown) != 0 {
		t.Error("a line without a code, or of no element, counts")
	}
}

func join(all []Element) string {
	var s []string
	for _, e := range all {
		s = append(s, string(e))
	}
	return strings.Join(s, " ")
}

// What is complete for an adult is complete for a child; more findings never make a
// complete list incomplete.
func TestElementsAreMonotone(t *testing.T) {
	letters := []rune("AMPamp")
	check := func(picks, more []uint8) bool {
		text := func(n []uint8) string {
			var s strings.Builder
			for _, i := range n {
				s.WriteRune(letters[int(i)%len(letters)])
			}
			return s.String()
		}
		less, all := checklist(text(picks)), checklist(text(picks)+text(more))
		for _, age := range []Age{AdultThen, ChildThen, AgeUnknown} {
			if Prove(less, age, ofFile).Complete() && !Prove(all, age, ofFile).Complete() {
				return false
			}
		}
		return !Prove(less, AdultThen, ofFile).Complete() || Prove(less, ChildThen, ofFile).Complete()
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

// Everything that Says can say stands in both languages; the messages are read from
// their files, because this room knows of no language.
func TestWhatElementsSayIsWritten(t *testing.T) {
	keys := map[string]bool{}
	for _, list := range []string{"", "A", "M", "P", "a", "m", "p", "AM", "AP", "MP", "AMP", "amp"} {
		for _, age := range []Age{AdultThen, ChildThen, AgeUnknown} {
			for _, k := range Prove(checklist(list), age, ofFile).Says() {
				keys[k] = true
			}
		}
	}
	written(t, "elements", keys)
}

// written wants every key in the French and English messages of a room.
func written(t *testing.T, room string, keys map[string]bool) {
	t.Helper()
	if len(keys) == 0 {
		t.Fatal("nothing is said")
	}
	for _, code := range []string{"fr", "en"} {
		b, err := os.ReadFile(filepath.Join("..", "internal", "lang", "messages", room+"."+code+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		for k := range keys {
			if !strings.Contains(string(b), fmt.Sprintf("%q = ", k)) && !strings.Contains(string(b), "["+fmt.Sprintf("%q", k)+"]") {
				t.Errorf("%s does not say %q", code, k)
			}
		}
	}
}

func TestOtherOffencesAreOffered(t *testing.T) {
	c, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	today := date.DayOf(time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
	r := RulesOf(c, func() time.Time { return time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC) })
	for _, x := range []struct {
		list, want, not string
		age             Age
	}{
		{"AM", "SMUGGLING ABDUCTION", "TIP", AdultThen},
		{"AP", "SMUGGLING ILLEGAL_RECRUITMENT", "TIP", AdultThen},
		{"MP", "LABOUR_LAW", "SMUGGLING", AdultThen},
		{"AP", "SMUGGLING", "TIP", AgeUnknown}, // if the person is 18 or over
		{"AP", "", "SMUGGLING", ChildThen},
		{"AMP", "", "SMUGGLING", AdultThen},
	} {
		got := Prove(checklist(x.list), x.age, ofFile).Offered(today, r.OfferedFor)
		for _, code := range strings.Fields(x.want) {
			if !slices.Contains(got, code) {
				t.Errorf("%q of %q: %s is not offered: %v", x.list, x.age, code, got)
			}
		}
		if slices.Contains(got, x.not) || x.want == "" && len(got) > 0 {
			t.Errorf("%q of %q: %v", x.list, x.age, got)
		}
	}
}
