package reports

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/release"
	"inkingi/prosecution"
)

func aDay(s string) date.Day {
	d, err := date.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

var year = prosecution.Period{From: aDay("2026-01-01"), Until: aDay("2026-12-31")}

// tried is an invented file, judged at a court, with one person convicted of trafficking.
func tried(n int, court string) prosecution.Dossier {
	id := func(kind byte) ids.UUID { return ids.UUID{0: kind, 1: byte(n >> 8), 2: byte(n)} }
	f := prosecution.File{ID: ids.File{UUID: id(1)}, State: prosecution.Deliberation}
	f.Court[prosecution.FirstInstance] = court
	for i, s := range []prosecution.State{prosecution.Received, prosecution.Transmitted, prosecution.Fixed, prosecution.Deliberation} {
		f.Stages = append(f.Stages, prosecution.Stage{N: i + 1, State: s, On: aDay("2026-01-10").Add(10 * i)})
	}
	s, c := ids.Suspect{UUID: id(2)}, ids.Charge{UUID: id(3)}
	return prosecution.Dossier{File: f, Suspects: []prosecution.Suspect{{ID: s, Sex: "M", Official: prosecution.No}},
		Charges:   []prosecution.Charge{{ID: c, Suspect: s, Initial: "TIP", Current: "TIP", On: aDay("2026-01-11")}},
		Judgments: []prosecution.Judgment{{Charge: c, Suspect: s, Level: prosecution.FirstInstance, On: aDay("2026-02-15"), Verdict: prosecution.Convicted, Offence: "TIP"}}}
}

// book has twelve files at one court, six at another, two at a third.
func book() prosecution.Book {
	b := prosecution.Book{Trafficking: func(code string) bool { return code == "TIP" }}
	for n := range 20 {
		court := "TGI_MUHA"
		switch {
		case n >= 18:
			court = "TGI_RUTANA"
		case n >= 12:
			court = "TGI_MUKAZA"
		}
		b.Dossiers = append(b.Dossiers, tried(n, court))
	}
	return b
}

var courts = []string{"TGI_MUHA", "TGI_MUKAZA", "TGI_RUTANA", "TGI_NGOZI"}

func TestFewConvictionsAreNotPublished(t *testing.T) {
	table, err := Prosecuted(book(), prosecution.Convictions, year, ByCourt(courts), year.Until)
	if err != nil {
		t.Fatal(err)
	}
	if table.Figure("TGI_RUTANA").Shown() {
		t.Error("a court with two convictions is told")
	}
	if !table.Figure(release.All).Shown() || table.Figure(release.All).String() != "20" {
		t.Errorf("the total is %s", table.Figure(release.All))
	}
	hidden := 0
	for _, c := range courts {
		if !table.Figure(c).Shown() {
			hidden++
		}
	}
	if hidden < 2 {
		t.Error("what is hidden can be told from the total")
	}
	if a := table.About(); a.Definition != "reports.convictions" || a.Counted != "reports.counted.defendants" || a.Persons != release.Distinct {
		t.Errorf("%+v", a)
	}
}

func TestDelaysOfFewAreNotPublished(t *testing.T) {
	b := book()
	delays, err := Delayed(b.Dossiers, prosecution.ToJudgment, year, ByCourt(courts), year.Until)
	if err != nil {
		t.Fatal(err)
	}
	if days, ok := delays["TGI_MUHA"].Days(); !ok || days != 16 {
		t.Errorf("%v %v", days, ok)
	}
	if _, ok := delays["TGI_RUTANA"].Days(); ok || delays["TGI_RUTANA"].Files.Shown() {
		t.Error("the median of two files is told")
	}
	if days, ok := delays["TGI_NGOZI"].Days(); ok {
		t.Errorf("the median of no file is %v", days)
	}
}

func TestFilesThatStandStill(t *testing.T) {
	table, err := Stood(book().Dossiers, prosecution.Period{From: year.From, Until: aDay("2026-04-20")}, ByCourt(courts), year.Until)
	if err != nil {
		t.Fatal(err)
	}
	if table.Figure("60", release.All).String() != "20" || table.Figure("60", "TGI_RUTANA").Shown() {
		t.Errorf("%s at 60 days", table.Figure("60", release.All))
	}
}

func TestTheShareThatKept(t *testing.T) {
	if permille, ok := Kept(book(), year); !ok || permille != 1000 {
		t.Errorf("%d %v", permille, ok)
	}
	few := book()
	few.Dossiers = few.Dossiers[:3]
	if _, ok := Kept(few, year); ok {
		t.Error("a share of three files is told")
	}
}

func TestHearingsPutOff(t *testing.T) {
	b := book()
	for i := range 7 {
		b.Dossiers[i].Hearings = []prosecution.Hearing{{State: prosecution.HearingPostponed, On: aDay("2026-02-01"), Reason: "BENCH"}}
	}
	b.Dossiers[8].Hearings = []prosecution.Hearing{{State: prosecution.HearingPostponed, On: aDay("2026-02-01"), Reason: "HARMED_ABSENT"}}
	table, err := PutOff(b.Dossiers, []string{"BENCH", "HARMED_ABSENT", "SUMMONS"}, year, year.Until)
	if err != nil || table.Figure("HARMED_ABSENT").Shown() || table.About().Persons != release.Repeated {
		t.Errorf("%v", err)
	}
}

// Every figure says what it is, in both languages.
func TestEveryDefinitionIsWritten(t *testing.T) {
	keys := []string{"reports.delay.open", "reports.still", "reports.kept", "reports.postponed", "reports.untold", "reports.axis.unsaid", "reports.source.files", "reports.counted.hearings"}
	for _, c := range prosecution.Counters {
		keys = append(keys, "reports."+string(c))
		for _, a := range []Axis{ByCourt(courts), ByUnit([]string{"CGM"}), BySex([]string{"F", "M"}), ByOffice()} {
			table, err := Prosecuted(book(), c, year, a, year.Until)
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, a.Key, table.About().Definition, table.About().Counted)
		}
	}
	for _, l := range prosecution.Legs {
		keys = append(keys, "reports.delay."+string(l))
	}
	for _, code := range []string{"fr", "en"} {
		b, err := os.ReadFile(filepath.Join("..", "lang", "messages", "reports."+code+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			if !strings.Contains(string(b), fmt.Sprintf("%q = ", k)) {
				t.Errorf("%s does not say %q", code, k)
			}
		}
	}
}
