package followthemoney

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/prosecution"
)

var update = flag.Bool("update", false, "write the sample anew")

// documented reads the facts of the public schema.
func documented(t *testing.T) map[string]schema {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "schemata.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]schema{}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		w := strings.Split(line, "\t")
		if len(w) != 6 {
			t.Fatalf("%q has %d fields", line, len(w))
		}
		s := all[w[0]]
		s.Extends = strings.FieldsFunc(w[1], func(r rune) bool { return r == ',' })
		if s.Properties == nil {
			s.Properties = map[string]prop{}
		}
		if w[2] != "" {
			s.Properties[w[2]] = prop{w[3], w[4]}
		}
		if w[5] == "yes" {
			s.Required = append(s.Required, w[2])
		}
		all[w[0]] = s
	}
	return all
}

// What the code believes of the schema is what was read in it, line by line.
func TestTheSchemaIsThePublicOne(t *testing.T) {
	public := documented(t)
	if len(public) != len(schemata) {
		t.Errorf("%d schemata, %d documented", len(schemata), len(public))
	}
	for name, s := range schemata {
		p := public[name]
		if !slices.Equal(s.Extends, p.Extends) {
			t.Errorf("%s extends %v, documented %v", name, s.Extends, p.Extends)
		}
		slices.Sort(s.Required)
		slices.Sort(p.Required)
		if !slices.Equal(s.Required, p.Required) {
			t.Errorf("%s needs %v, documented %v", name, s.Required, p.Required)
		}
		if len(s.Properties) != len(p.Properties) {
			t.Errorf("%s: %d properties, documented %d", name, len(s.Properties), len(p.Properties))
		}
		for key, x := range s.Properties {
			if p.Properties[key] != x {
				t.Errorf("%s.%s is %v, documented %v", name, key, x, p.Properties[key])
			}
		}
	}
}

func aDay(t testing.TB, s string) date.Day {
	t.Helper()
	d, err := date.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// invented is a file of nobody.
func invented(t testing.TB) Case {
	return Case{ID: "file-1", Name: "RMP 45/2026", Numbers: []string{"PV 12/2026", "RMP 45/2026"}, Category: []string{"Trafficking in persons"},
		Status: "Before the court", Court: "TGI Muha", Country: "BI", Opened: aDay(t, "2026-01-10"), Presumed: "Presumed innocent until a decision is final", Unnamed: "Person not known",
		Parties: []Party{{ID: "p1", Name: "Invented Kaze", Aliases: []string{"Kaze"}, Phones: []string{"+25700000000"}, Gender: "female", Citizen: "BI", Role: "Alleged recruiter", Status: "Released on bail", Since: aDay(t, "2026-02-01"), Address: "a1"},
			{ID: "p2", Role: "Alleged transporter", Status: "Not known yet"},
			{ID: "p3", Company: true, Name: "Agence Inventée", Citizen: "BI", Role: "Alleged broker", Status: "Identified"},
			{ID: "p4", Name: "Invented Gahungu", Gender: "male", Position: "Police", Role: "Alleged helper", Status: "Convicted, final", Final: true}},
		Addresses: []Address{{ID: "a1", Full: "Kobero, Muyinga", Country: "BI"}, {ID: "a2", Full: "Ngara", Country: "TZ"}},
		Vehicles:  []Vehicle{{ID: "v1", Plate: "X0000A", Kind: "minibus", Owner: "p3"}, {ID: "v2", Kind: "motorcycle"}},
		Passports: []Passport{{ID: "d1", Holder: "p1", Number: "OP000000", Country: "BI", From: aDay(t, "2025-05-01"), Until: aDay(t, "2030-04-30")}},
		Calls:     []Call{{ID: "c1", Caller: "p1", CallerNumber: "+25700000000", ReceiverNumber: "+25700000001", On: aDay(t, "2026-01-09"), Seconds: 180, Record: "requisition 1"}},
		Trips:     []Trip{{ID: "t1", Name: "Kobero – Ngara", From: "a1", To: "a2", Vehicle: "v1", On: aDay(t, "2026-01-10"), Aboard: []string{"p2"}}},
		Links:     []Link{{ID: "l1", From: "p1", To: "p3", Says: "manages", Record: "document 4"}}}
}

// The sample in testdata is what a tool would be given: one object a line.
func TestTheSample(t *testing.T) {
	entities, err := invented(t).Entities()
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := Write(&got, entities); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("testdata", "invented.ftm.jsonl")
	if *update {
		if err := os.WriteFile(name, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the sample is another: go test ./internal/exchange/followthemoney -update (%v)", err)
	}
	schemas := map[string]int{}
	for lines := bufio.NewScanner(&got); lines.Scan(); {
		var e Entity
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil || e.ID == "" {
			t.Errorf("%s: %v", lines.Bytes(), err)
		}
		schemas[e.Schema]++
	}
	for s, n := range map[string]int{"CourtCase": 1, "Person": 3, "Company": 1, "CourtCaseParty": 4, "Address": 2, "Vehicle": 2, "Ownership": 1, "Passport": 1, "Call": 1, "Trip": 1, "UnknownLink": 1} {
		if schemas[s] != n {
			t.Errorf("%d of %s, want %d", schemas[s], s, n)
		}
	}
}

// Every party says that it is presumed innocent, on itself and on its tie to the case,
// until a decision is final; and only then not.
func TestPresumptionOfInnocenceTravels(t *testing.T) {
	c := invented(t)
	entities, err := c.Entities()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entities {
		party := slices.Contains([]string{"Person", "Company", "CourtCaseParty"}, e.Schema)
		final := e.ID == "p4" || slices.Contains(e.Properties["party"], "p4")
		if says := slices.Contains(e.Properties["summary"], c.Presumed); party && says == final {
			t.Errorf("%s %s: presumed %v", e.Schema, e.ID, says)
		}
	}
	c.Presumed = ""
	if _, err := c.Entities(); !fault.Is(err, fault.Internal) {
		t.Error("a case leaves without the presumption")
	}
}

func TestWhatDoesNotKeepToTheSchemaIsNotSent(t *testing.T) {
	person := Entity{"p", "Person", map[string][]string{"name": {"Invented"}}}
	for name, e := range map[string]Entity{
		"no id":                     {"", "Person", map[string][]string{"name": {"x"}}},
		"a schema unknown":          {"x", "Human", map[string][]string{"name": {"x"}}},
		"an abstract schema":        {"x", "Thing", map[string][]string{"name": {"x"}}},
		"a property unknown":        {"x", "Person", map[string][]string{"name": {"x"}, "tribe": {"y"}}},
		"no name":                   {"x", "Person", map[string][]string{"alias": {"x"}}},
		"a property without values": {"x", "Person", map[string][]string{"name": {"x"}, "alias": {}}},
		"a telephone of words":      {"x", "Person", map[string][]string{"name": {"x"}, "phone": {"the shop"}}},
		"a day that is none":        {"x", "CourtCase", map[string][]string{"name": {"x"}, "fileDate": {"10/01/2026"}}},
		"a country of three":        {"x", "Person", map[string][]string{"name": {"x"}, "citizenship": {"BDI"}}},
		"a party that is not there": {"x", "CourtCaseParty", map[string][]string{"case": {"p"}, "party": {"q"}}},
		"a case that is a person":   {"x", "CourtCaseParty", map[string][]string{"case": {"p"}, "party": {"p"}}},
		"the id of another":         {"p", "Person", map[string][]string{"name": {"x"}}},
	} {
		var out bytes.Buffer
		if err := Write(&out, []Entity{person, e}); !fault.Is(err, fault.Internal) || out.Len() > 0 {
			t.Errorf("%s was sent", name)
		}
	}
	if err := Write(&bytes.Buffer{}, []Entity{person, {"q", "Company", map[string][]string{"name": {"x"}, "phone": {"+25700000000"}}}}); err != nil {
		t.Error(err)
	}
}

func TestACaseOfADossier(t *testing.T) {
	unit := ids.New[ids.Org]()
	who := accesstest.Somebody(access.Police, unit)
	d := prosecution.Dossier{File: prosecution.File{ID: ids.New[ids.File](), Owner: unit, State: prosecution.Investigation, By: who.Account, Where: place.Given{Written: "Kobero"},
		Words: vault.Clear("SECRET WORDS"), Numbers: map[prosecution.Register]prosecution.Number{prosecution.PV: {Written: "PV 0012/26", Plain: "12/2026"}},
		Stages: []prosecution.Stage{{State: prosecution.Received, On: aDay(t, "2026-01-10")}}},
		Charges: []prosecution.Charge{{Initial: "TIP", Current: "TIP"}},
		Suspects: []prosecution.Suspect{{ID: ids.New[ids.Suspect](), Name: vault.Clear("Invented Kaze"), Aliases: vault.Clear("Kaze; Ka ze"), Phone: vault.Clear("00 00 00 01, +257 00000002; the shop"),
			Sex: "F", Citizen: "BI", Role: "RECRUITER", Official: prosecution.Yes, Service: "POLICE", State: prosecution.Wanted}, {ID: ids.New[ids.Suspect](), Sex: "UNKNOWN", State: prosecution.NotKnown}}}
	g := accesstest.Grant(t, who, access.FileRead, access.Object{Kind: access.FileKind, ID: d.ID.UUID, Zone: access.Criminal, Owner: unit, By: who.Account}, access.ForProsecution)
	words := Words{Presumed: "Presumed innocent", Unnamed: "Person not known", Country: "BI", Prefix: "257", Digits: 8,
		Code: func(list, code string) string { return list + "." + code }, State: func(s prosecution.State) string { return string(s) },
		Standing: func(s prosecution.Standing) string { return string(s) }, Court: func(c string) string { return c }, Place: func(c string) string { return c }}
	c, err := Of(d, g, words)
	if err != nil {
		t.Fatal(err)
	}
	entities, err := c.Entities()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Write(&out, entities); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"Invented Kaze"`, `"Ka ze"`, `"+25700000001","+25700000002"`, `"PV 12/2026"`, `"offence.TIP"`, `"official_service.POLICE"`, `"Person not known 2"`, `"full":["Kobero"]`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, out.String())
		}
	}
	for _, bad := range []string{"SECRET", "shop", "dots"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("%q left", bad)
		}
	}
	if _, err := Of(d, access.Grant{}, words); err == nil {
		t.Error("names opened without a grant")
	}
}
