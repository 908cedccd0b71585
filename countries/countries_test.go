package countries

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
)

func burundi(t testing.TB) *Country {
	t.Helper()
	c, err := Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestUnknownCountries(t *testing.T) {
	for _, code := range []string{"", "xyz", "BDI", "core", "../bdi", "bdi/", ".", "bdi/places"} {
		if _, err := Load(code); !fault.Is(err, fault.NotFound) || fault.Of(err).Key != "country.unknown" {
			t.Errorf("%q: %v", code, err)
		}
	}
	if got := Known(); len(got) != 1 || got[0] != "bdi" {
		t.Errorf("known: %v", got)
	}
}

// recorder notes which files a load opens.
type recorder struct {
	fs.FS
	opened map[string]bool
}

func (r recorder) Open(name string) (fs.File, error) {
	r.opened[name] = true
	return r.FS.Open(name)
}

func TestEveryDataFileIsRead(t *testing.T) {
	r := recorder{embedded, map[string]bool{}}
	for _, code := range Known() {
		if _, err := load(r, code); err != nil {
			t.Fatal(err)
		}
	}
	err := fs.WalkDir(embedded, ".", func(name string, d fs.DirEntry, err error) error {
		data := strings.HasSuffix(name, ".toml") || strings.HasSuffix(name, ".csv")
		if err == nil && data && !r.opened[name] {
			t.Errorf("%s is never read", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// copied gives the embedded files, to be changed.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(embedded, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(embedded, name)
		files[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestANationalListExtendsAndReplaces(t *testing.T) {
	files := copied(t)
	files["bdi/lists/signal.toml"] = &fstest.MapFile{Data: []byte(`
[signal_channel]
source = "[J] of this test"
validated = true
[[signal_channel.code]]
code = "MARKET"
fr = "Marché"
en = "Market"
[[signal_channel.code]]
code = "SCHOOL"
fr = "École ou internat"
en = "School or boarding school"
valid_to = "2030-01-01"
`)}
	c, err := load(files, "bdi")
	if err != nil {
		t.Fatal(err)
	}
	before, after := burundi(t).List(SignalChannel), c.List(SignalChannel)
	if len(after) != len(before)+1 || after[0].Code != before[0].Code || after[len(after)-1].Code != "MARKET" {
		t.Errorf("%d codes, were %d", len(after), len(before))
	}
	school, _ := c.Find(SignalChannel, "SCHOOL")
	if school.FR != "École ou internat" || !school.Validated || school.Source != "[J] of this test" || school.Until.Year != 2030 {
		t.Errorf("%+v", school)
	}
	if c.ListLabel(SignalChannel, "en") != "Where the signal comes from" {
		t.Error("the list lost its name")
	}
}

// Each line is one way to spoil a file; the load must refuse and name the file.
func TestSpoiledDataIsRefused(t *testing.T) {
	for _, c := range []struct{ name, file, old, new string }{
		{"no French label", "core/lists/signal.toml", `fr = "Appeler"`, `fr = ""`},
		{"no English label", "core/lists/signal.toml", `en = "Call"`, ``},
		{"no source", "core/lists/person.toml", `source = "[S:HTCDS] prs_Gender"`, ``},
		{"a source without a tag", "core/lists/person.toml", `source = "[S:HTCDS] prs_Gender"`, `source = "somebody said"`},
		{"an unknown key of a code", "core/lists/person.toml", `code = "F"`, "code = \"F\"\nlabel = \"x\""},
		{"an unknown list", "core/lists/person.toml", `[sex]`, `[gender]`},
		{"a parent that is not there", "core/lists/referral.toml", `parent = "MH"`, `parent = "MIND"`},
		{"a word that is not in the glossary", "core/lists/referral.toml", `term = "shelter"`, `term = "refuge"`},
		{"a malformed code", "core/lists/person.toml", `code = "F"`, `code = "F M"`},
		{"half a help", "core/lists/signal.toml", `, en = "Somebody’s life or body is threatened now." }`, ` }`},
		{"an unknown deadline", "bdi/deadlines.toml", `key = "triage.red"`, `key = "triage.purple"`},
		{"a deadline twice", "bdi/deadlines.toml", `key = "triage.red"`, `key = "triage.normal"`},
		{"a negative deadline", "bdi/deadlines.toml", `amount = 15`, `amount = -15`},
		{"a unit unknown", "bdi/deadlines.toml", `unit = "minutes"`, `unit = "moments"`},
		{"a deadline without a source", "bdi/deadlines.toml", `source = "[J] PROCESS.md §2.3 A2"`, ``},
		{"a limit unknown", "bdi/limits.toml", `key = "minimum.cell"`, `key = "minimum"`},
		{"a gap between ages", "bdi/ages.toml", `high = 11`, `high = 10`},
		{"an age at which nobody consents", "bdi/ages.toml", "carer = \"agreement\"\nself = \"consent\"", "carer = \"agreement\"\nself = \"assent\""},
		{"a number with letters", "bdi/hotlines.toml", `number = "109"`, `number = "10q"`},
		{"a number without a source", "bdi/hotlines.toml", `source = "[S:EIN]`, `source = "`},
		{"a holiday on 31 April", "bdi/holidays.toml", `fixed = "05-01"`, `fixed = "04-31"`},
		{"a gap between frames", "bdi/places.toml", `valid_from = "2025-07-01"`, `valid_from = "2025-07-02"`},
		{"no frame for today", "bdi/places.toml", `valid_from = "2025-07-01"`, "valid_from = \"2025-07-01\"\nvalid_to = \"2026-01-01\""},
		{"a day that is none", "bdi/places.toml", `valid_from = "2025-07-01"`, `valid_from = "2025-06-31"`},
		{"no attribution", "bdi/places.toml", `attribution = "© 2026`, `attrib = "© 2026`},
		{"a place without a name", "bdi/places/2025.csv", ",province,Buhumuza", ",province,"},
		{"a place in no commune", "bdi/places/2025.csv", "BI-ZO-01-01-01,BI-CO-01-01,", "BI-ZO-01-01-01,BI-CO-09-09,"},
		{"a hint to nowhere", "bdi/places/hints.csv", "BI-BB-GIHANGA,BI-CO", "BI-BB-GIHANGA,BI-XX"},
		{"another column", "bdi/places/hints.csv", "old,new,match", "old,new,kind"},
		{"an indicator without a source", "core/ilo_indicators.csv", "[S:ILO-T] secondary transcription", "secondary transcription"},
		{"an indicator of unknown weight", "core/ilo_indicators.csv", ",S,[S:ILO-T]", ",XL,[S:ILO-T]"},
		{"a glossary line without French", "core/glossary.csv", "shelter,centre d'accueil / refuge", "shelter,"},
		{"no majority", "bdi/country.toml", "years = 18", "years = 0"},
		{"a day of rest unknown", "bdi/country.toml", `"saturday"`, `"samedi"`},
		{"a bound for an unknown role", "bdi/law.toml", "# Legal facts", "[[bound]]\ncode=\"X\"\ninstrument=\"i\"\narticle=\"a\"\nbinds=[\"king\"]\nfr=\"f\"\nen=\"e\"\nsource=\"[J]\"\n# Legal facts"},
	} {
		files := copied(t)
		text := string(files[c.file].Data)
		if !strings.Contains(text, c.old) {
			t.Fatalf("%s: %s no longer says %q", c.name, c.file, c.old)
		}
		files[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
		if _, err := load(files, "bdi"); !fault.Is(err, fault.Internal) {
			t.Errorf("%s was accepted", c.name)
		}
	}
}

// Nobody has validated anything yet. Whoever turns a fact into a validated one
// changes this test in the same commit, and says who read it.
func TestNothingIsValidatedYet(t *testing.T) {
	c := burundi(t)
	var facts []Fact
	for _, name := range c.Lists() {
		for _, k := range c.List(name) {
			facts = append(facts, k.Fact)
		}
	}
	for _, d := range c.Deadlines() {
		facts = append(facts, d.Fact)
	}
	for _, l := range c.Limits() {
		facts = append(facts, l.Fact)
	}
	for _, r := range c.ConsentRules() {
		facts = append(facts, r.Fact)
	}
	for _, h := range c.Hotlines() {
		facts = append(facts, h.Fact)
	}
	for _, h := range c.Holidays() {
		facts = append(facts, h.Fact)
	}
	for _, f := range c.Frames() {
		facts = append(facts, f.Fact)
	}
	facts = append(facts, c.Phone().Fact, c.Currency().Fact, c.Majority().Fact, c.clock.Fact)
	if len(facts) < 250 {
		t.Errorf("only %d facts", len(facts))
	}
	for _, f := range facts {
		if f.Validated {
			t.Errorf("%q is said to be validated", f.Source)
		}
	}
	if len(c.Bounds()) != 0 {
		t.Error("a limit of confidentiality was entered: has a jurist read it?")
	}
}

func TestRolesAreThoseOfAccess(t *testing.T) {
	c := burundi(t)
	roles := []access.Role{
		access.Anyone, access.FocalPoint, access.HotlineOperator, access.DutyOfficer, access.Screener,
		access.CaseManager, access.Supervisor, access.ServiceProvider, access.Coordinator, access.ChildAuthority,
		access.Police, access.Immigration, access.Prosecutor, access.Court, access.Secretariat,
		access.CommitteeMember, access.Donor, access.Evaluator, access.DataProtection, access.Administrator,
	}
	if got := len(c.List(RoleList)); got != len(roles) {
		t.Errorf("%d roles, access has %d", got, len(roles))
	}
	for _, r := range roles {
		if _, ok := c.Find(RoleList, string(r)); !ok {
			t.Errorf("no label for the role %s", r)
		}
	}
}

func TestWhatTheCountryIs(t *testing.T) {
	c := burundi(t)
	if c.ISO2 != "BI" || c.Phone().Prefix != "257" || c.Majority().Years != 18 || c.Currency().Decimals != 0 {
		t.Errorf("%+v", c)
	}
	if got := c.Languages(); strings.Join(got, " ") != "fr en rn sw" {
		t.Errorf("languages: %v", got)
	}
	// 23:30 UTC on 24 November is already the 25th in Bujumbura.
	if got := c.Day(time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC)); got != (date.Day{Year: 2026, Month: 11, Day: 25}) {
		t.Errorf("%v", got)
	}
}

func TestHotlines(t *testing.T) {
	h := burundi(t).Hotlines()
	if len(h) != 2 || h[0].Number != "109" || h[1].Number != "116" || h[1].For != "children" {
		t.Errorf("%v", h)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load("bdi"); err != nil {
			b.Fatal(err)
		}
	}
}
