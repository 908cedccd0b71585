package prosecution

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/ids"
)

// told builds a dossier out of a story of days: what a clerk would read in the file.
//
//	F1 2026-01-10 | F5 2026-03-01 | F6 2026-04-01
//	charge a TIP 2026-01-11 | requalify a ABDUCTION 2026-05-01
//	judge a CONVICTED 2026-06-01 | judge a REQUALIFIED:ABDUCTION 2026-06-01 | appeal a ACQUITTED 2026-08-01
//
// A person is a letter, with one charge of the same letter; "a2" is a second charge of a.
func told(n byte, story string) Dossier {
	states := []State{Received, Investigation, Transmitted, Dismissed, Instruction, Fixed, InHearings, Deliberation, OnAppeal, Ruling, InCassation, Final, Execution, Archived}
	d := Dossier{File: File{ID: fileID(n)}}
	for _, line := range strings.Split(story, "|") {
		w := strings.Fields(line)
		on := aDay(w[len(w)-1])
		switch {
		case w[0][0] == 'F':
			var i int
			if _, err := fmt.Sscanf(w[0], "F%d", &i); err != nil {
				panic(err)
			}
			d.State, d.Since = states[i-1], on
			d.Stages = append(d.Stages, Stage{File: d.ID, N: len(d.Stages) + 1, State: d.State, On: on})
		case w[0] == "charge":
			who := suspectID(n, w[1])
			if _, known := d.Suspect(who); !known {
				d.Suspects = append(d.Suspects, Suspect{ID: who, File: d.ID, N: len(d.Suspects) + 1})
			}
			d.Charges = append(d.Charges, Charge{ID: chargeID(n, w[1]), Suspect: who, Initial: w[2], Current: w[2], On: on})
		case w[0] == "requalify":
			for i := range d.Charges {
				if c := &d.Charges[i]; c.ID == chargeID(n, w[1]) {
					c.Changes, c.Current = append(c.Changes, Requalified{From: c.Current, To: w[2], On: on}), w[2]
				}
			}
		case w[0] == "judge" || w[0] == "appeal":
			c, ok := d.Charge(chargeID(n, w[1]))
			if !ok {
				panic("no charge " + w[1])
			}
			verdict, offence, _ := strings.Cut(w[2], ":")
			j := Judgment{Charge: c.ID, Suspect: c.Suspect, Level: FirstInstance, Round: d.Round(), On: on, Verdict: Verdict(verdict), Offence: c.OffenceOn(on)}
			if offence != "" {
				j.Offence = offence
			}
			if w[0] == "appeal" {
				j.Level = Appeal
			}
			d.Judgments = append(d.Judgments, j)
		default:
			panic(line)
		}
	}
	return d
}

func fileID(n byte) ids.File                 { return ids.File{UUID: ids.UUID{0: n}} }
func suspectID(n byte, s string) ids.Suspect { return ids.Suspect{UUID: ids.UUID{0: n, 1: s[0]}} }
func chargeID(n byte, s string) ids.Charge {
	id := ids.UUID{0: n, 1: s[0]}
	copy(id[2:], s[1:])
	return ids.Charge{UUID: id}
}

var (
	year2025 = Period{aDay("2025-01-01"), aDay("2025-12-31")}
	year2026 = Period{aDay("2026-01-01"), aDay("2026-12-31")}
	year2027 = Period{aDay("2027-01-01"), aDay("2027-12-31")}
)

func tipOnly(code string) bool { return strings.HasPrefix(code, "TIP") }

// The files of the table. Each is a story; the letters are invented persons.
var stories = map[byte]string{
	1:  "F1 2026-02-01 | charge a TIP 2026-02-02 | F2 2026-02-03 | F3 2026-03-01",
	2:  "F1 2025-11-01 | charge a TIP 2025-11-02 | F2 2025-11-03 | F3 2026-02-01 | F5 2026-03-01", // continued over the year
	3:  "F1 2026-02-01 | charge a ABDUCTION 2026-02-02 | F2 2026-02-03 | F3 2026-03-01 | F5 2026-03-02 | requalify a TIP 2026-05-01 | F6 2026-06-01",
	4:  "F1 2026-02-01 | charge a TIP 2026-02-02 | F2 2026-02-03 | F3 2026-03-01 | F5 2026-03-02 | requalify a ABDUCTION 2026-05-01 | F6 2026-06-01",
	5:  "F1 2025-12-20 | charge a ABDUCTION 2025-12-21 | F2 2025-12-22 | requalify a TIP 2026-01-05 | F3 2026-03-01", // became trafficking with the police
	6:  "F1 2026-01-10 | charge a TIP 2026-01-11 | F3 2026-02-01 | F5 2026-02-10 | F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a CONVICTED 2026-04-20 | F12 2026-06-01",
	7:  "F1 2025-01-10 | charge a TIP 2025-01-11 | F3 2025-02-01 | F5 2025-02-10 | F6 2025-03-01 | F7 2025-03-10 | F8 2025-04-01 | judge a CONVICTED 2025-04-20 | F9 2025-05-01 | F10 2026-02-01 | appeal a ACQUITTED 2026-02-02 | F12 2026-04-01",
	8:  "F1 2026-01-10 | charge a TIP 2026-01-11 | charge a2 FORGERY 2026-01-11 | charge b FORGERY 2026-01-11 | F3 2026-02-01 | F5 2026-02-10 | F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a ACQUITTED 2026-04-20 | judge a2 CONVICTED 2026-04-20 | judge b CONVICTED 2026-04-20 | F12 2026-06-01",
	9:  "F1 2026-01-10 | charge a TIP 2026-01-11 | F3 2026-02-01 | F5 2026-02-10 | F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a REQUALIFIED:ABDUCTION 2026-04-20 | F12 2026-06-01",
	10: "F1 2026-01-10 | charge a ABDUCTION 2026-01-11 | F3 2026-02-01 | F5 2026-02-10 | F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a REQUALIFIED:TIP 2026-04-20 | F12 2026-06-01",
	11: "F1 2026-01-10 | charge a TIP 2026-01-11 | F3 2026-02-01 | F4 2026-03-01",
	12: "F1 2025-01-10 | charge a TIP 2025-01-11 | F3 2025-02-01 | F4 2025-03-01 | F5 2026-02-01",                                                                                                                                                                                                                                  // opened again
	13: "F1 2026-01-10 | charge a TIP 2026-01-11 | F3 2026-02-01 | F5 2026-02-10 | F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a EXTINCT 2026-04-20 | F12 2026-06-01",                                                                                                                                                    // time barred: says nothing of guilt
	14: "F1 2026-03-01 | F3 2026-03-10 | charge a TIP 2026-03-20 | F5 2026-03-15",                                                                                                                                                                                                                                                  // the first charge is the prosecutor's
	15: "F1 2026-03-01 | charge a FORGERY 2026-03-02 | F3 2026-03-10 | F5 2026-03-15 | charge b TIP 2026-03-20",                                                                                                                                                                                                                    // trafficking came after F2
	16: "F1 2024-01-10 | charge a TIP 2024-01-11 | F3 2024-02-01 | F5 2024-02-10 | F6 2024-03-01 | F7 2024-03-10 | F8 2024-04-01 | judge a CONVICTED 2024-04-20 | F9 2024-05-01 | F10 2024-09-01 | appeal a CONVICTED 2024-09-02 | F11 2024-10-01 | F7 2025-02-01 | F8 2025-06-01 | judge a CONVICTED 2026-01-20 | F12 2026-03-20", // sent back by the Supreme Court
	17: "F1 2026-01-10 | charge a TIP 2026-01-11 | charge b TIP 2026-01-11 | charge b2 TIP 2026-01-12 | F3 2026-02-01 | F5 2026-02-10 | F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a CONVICTED 2026-04-20 | judge b CONVICTED 2026-04-20 | judge b2 CONVICTED 2026-04-20",
	18: "F1 2026-02-01 | charge a FORGERY 2026-02-02 | F2 2026-02-03 | F3 2026-03-01 | F5 2026-03-02 | F6 2026-04-01", // no trafficking anywhere
	19: "F1 2026-02-01 | F2 2026-02-03",                                                                               // nobody charged yet
}

func book(ties []Tie, files ...byte) Book {
	b := Book{Ties: ties, Trafficking: tipOnly}
	for _, n := range files {
		b.Dossiers = append(b.Dossiers, told(n, stories[n]))
	}
	return b
}

func TestCounters(t *testing.T) {
	for _, c := range []struct {
		counter Counter
		period  Period
		want    map[byte]string // file → the letters of the persons, "-" for the file itself
	}{
		{InvestigationsNew, year2026, map[byte]string{1: "-", 4: "-", 5: "-", 6: "-", 8: "-", 9: "-", 11: "-", 13: "-", 14: "-", 17: "-"}},
		{InvestigationsNew, year2025, map[byte]string{2: "-", 7: "-", 12: "-"}},
		{InvestigationsOngoing, year2026, map[byte]string{2: "-"}},
		{InvestigationsOngoing, year2027, map[byte]string{1: "-", 2: "-", 5: "-", 12: "-", 14: "-"}},
		{ProsecutionFilesNew, year2026, map[byte]string{3: "-", 6: "-", 8: "-", 9: "-", 13: "-", 17: "-"}},
		{ProsecutionsNew, year2026, map[byte]string{3: "a", 6: "a", 8: "a", 9: "a", 13: "a", 17: "ab"}},
		{ProsecutionsNew, year2025, map[byte]string{7: "a"}},
		{Convictions, year2026, map[byte]string{6: "a", 10: "a", 16: "a", 17: "ab"}},
		{Convictions, year2025, map[byte]string{7: "a"}},
		{ConvictionsFinal, year2026, map[byte]string{6: "a", 10: "a", 16: "a"}},
		{ConvictionsFinal, year2025, nil},
		{ConvictionsOther, year2026, map[byte]string{8: "ab", 9: "a"}},
		{ConvictionsOtherFinal, year2026, map[byte]string{8: "ab", 9: "a"}},
		{Acquittals, year2026, nil},
		{AcquittalsFinal, year2026, map[byte]string{7: "a"}}, // convicted in 2025, acquitted on appeal
		{Dismissals, year2026, map[byte]string{11: "a"}},
		{Dismissals, year2025, map[byte]string{12: "a"}}, // opened again later: 2025 stays true
	} {
		var all []byte
		for n := byte(1); int(n) <= len(stories); n++ {
			all = append(all, n)
		}
		got := map[byte]string{}
		for _, x := range book(nil, all...).Count(c.counter, c.period) {
			letter := "-"
			if !x.Suspect.IsZero() {
				letter = string(rune(x.Suspect.UUID[1]))
			}
			got[x.File.UUID[0]] += letter
			if !c.period.has(x.On) {
				t.Errorf("%s counts %v on %v", c.counter, x.File.UUID[0], x.On)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s of %d: %v, want %v", c.counter, c.period.From.Year, got, c.want)
		}
	}
	for n := byte(1); int(n) <= len(stories); n++ {
		if _, ok := stories[n]; !ok {
			t.Fatalf("no story %d", n)
		}
	}
}

// PROCESS.md §13: "requalified charge leaves investigations_new unchanged, moves
// conviction column".
func TestRequalifiedChargeMovesOnlyTheConvictionColumn(t *testing.T) {
	const head = "F1 2026-01-10 | charge a TIP 2026-01-11 | F3 2026-02-01 | F5 2026-02-10 | "
	const tail = "F6 2026-03-01 | F7 2026-03-10 | F8 2026-04-01 | judge a CONVICTED 2026-04-20"
	kept := Book{Dossiers: []Dossier{told(1, head+tail)}, Trafficking: tipOnly}
	moved := Book{Dossiers: []Dossier{told(1, head+"requalify a ABDUCTION 2026-02-20 | "+tail)}, Trafficking: tipOnly}
	for counter, want := range map[Counter][2]int{InvestigationsNew: {1, 1}, Convictions: {1, 0}, ConvictionsOther: {0, 1}, ProsecutionsNew: {1, 0}} {
		if a, b := len(kept.Count(counter, year2026)), len(moved.Count(counter, year2026)); a != want[0] || b != want[1] {
			t.Errorf("%s: %d, requalified %d, want %v", counter, a, b, want)
		}
	}
	// And back again, in court: the prosecution counts from the day it is one of trafficking.
	back := Book{Dossiers: []Dossier{told(1, head+"requalify a ABDUCTION 2026-02-20 | F6 2026-03-01 | F7 2026-03-10 | requalify a TIP 2026-03-15 | F8 2026-04-01 | judge a CONVICTED 2026-04-20")}, Trafficking: tipOnly}
	if got := back.Count(ProsecutionsNew, year2026); len(got) != 1 || got[0].On != aDay("2026-03-15") || len(back.Count(Convictions, year2026)) != 1 {
		t.Errorf("%v", got)
	}
}

// What the police charge on the day they hand a file over was charged with the police; a day
// later it was not.
func TestTheDayOfHandingOver(t *testing.T) {
	for day, want := range map[string]int{"2026-02-01": 1, "2026-02-02": 0} {
		b := Book{Dossiers: []Dossier{told(1, "F1 2026-01-10 | charge a FORGERY 2026-01-11 | F3 2026-02-01 | charge b TIP "+day)}, Trafficking: tipOnly}
		if got := len(b.Count(InvestigationsNew, year2026)); got != want {
			t.Errorf("charged on %s: %d, want %d", day, got, want)
		}
	}
}

// Joining two files, or taking one out of another, never makes a figure grow.
func TestJoinedAndSeveredFiles(t *testing.T) {
	long := stories[6]
	one, two := told(1, long), told(2, long)
	same := map[ids.Suspect]ids.Suspect{suspectID(2, "a"): suspectID(1, "a")}
	for _, c := range []struct {
		name string
		ties []Tie
		want map[Counter]int
	}{
		{"two files", nil, map[Counter]int{InvestigationsNew: 2, ProsecutionFilesNew: 2, ProsecutionsNew: 2, Convictions: 2, ConvictionsFinal: 2}},
		{"joined in the period", []Tie{{JoinedInto, fileID(2), fileID(1), aDay("2026-02-20"), nil}},
			map[Counter]int{InvestigationsNew: 1, ProsecutionFilesNew: 1, ProsecutionsNew: 2, Convictions: 2, ConvictionsFinal: 2}},
		{"joined in the period, of one person", []Tie{{JoinedInto, fileID(2), fileID(1), aDay("2026-02-20"), same}},
			map[Counter]int{InvestigationsNew: 1, ProsecutionFilesNew: 1, ProsecutionsNew: 1, Convictions: 1, ConvictionsFinal: 1}},
		{"joined after the period: what was printed stays", []Tie{{JoinedInto, fileID(2), fileID(1), aDay("2027-02-20"), nil}},
			map[Counter]int{InvestigationsNew: 2, ProsecutionFilesNew: 2, ProsecutionsNew: 2}},
		{"severed with the police", []Tie{{SeveredFrom, fileID(1), fileID(2), aDay("2026-01-20"), nil}},
			map[Counter]int{InvestigationsNew: 1, ProsecutionFilesNew: 2, ProsecutionsNew: 2, Convictions: 2}},
		{"severed in court, of one person", []Tie{{SeveredFrom, fileID(1), fileID(2), aDay("2026-03-20"), same}},
			map[Counter]int{InvestigationsNew: 1, ProsecutionFilesNew: 1, ProsecutionsNew: 1, Convictions: 1}},
		{"a circle that nobody should write", []Tie{{JoinedInto, fileID(2), fileID(1), aDay("2026-02-20"), nil}, {JoinedInto, fileID(1), fileID(2), aDay("2026-02-21"), nil}},
			map[Counter]int{ProsecutionsNew: 2}},
	} {
		b := Book{Dossiers: []Dossier{one, two}, Ties: c.ties, Trafficking: tipOnly}
		for counter, want := range c.want {
			if got := len(b.Count(counter, year2026)); got != want {
				t.Errorf("%s: %s %d, want %d", c.name, counter, got, want)
			}
		}
	}
	// An investigation that was joined before the period is not ongoing by itself.
	a, b := told(1, stories[2]), told(2, stories[2])
	both := Book{Dossiers: []Dossier{a, b}, Trafficking: tipOnly}
	joined := both
	joined.Ties = []Tie{{JoinedInto, fileID(2), fileID(1), aDay("2025-12-01"), nil}}
	if x, y := len(both.Count(InvestigationsOngoing, year2026)), len(joined.Count(InvestigationsOngoing, year2026)); x != 2 || y != 1 {
		t.Errorf("ongoing: %d apart, %d joined", x, y)
	}
}

// One person in two files stands in one column: the heaviest.
func TestAPersonStandsInOneColumn(t *testing.T) {
	b := Book{Dossiers: []Dossier{told(1, stories[6]), told(2, stories[9])}, Trafficking: tipOnly,
		Ties: []Tie{{SeveredFrom, fileID(1), fileID(2), aDay("2026-01-20"), map[ids.Suspect]ids.Suspect{suspectID(2, "a"): suspectID(1, "a")}}}}
	for counter, want := range map[Counter]int{Convictions: 1, ConvictionsOther: 0, ConvictionsFinal: 1, ConvictionsOtherFinal: 0, ProsecutionsNew: 1} {
		if got := len(b.Count(counter, year2026)); got != want {
			t.Errorf("%s: %d, want %d", counter, got, want)
		}
	}
	again := b
	again.Dossiers = []Dossier{b.Dossiers[0], told(2, strings.ReplaceAll(stories[9], "2026-0", "2027-0"))}
	if got := len(again.Count(ProsecutionsNew, year2027)); got != 0 {
		t.Errorf("prosecuted anew: %d", got)
	}
}

// The columns of a judgment and of a final decision are disjoint; counting does not
// change what is counted; every day of a figure lies in its period. Split in two, a
// period gives as many new investigations as whole.
func TestCountingIsConsistent(t *testing.T) {
	var all []byte
	for n := range stories {
		all = append(all, n)
	}
	slices.Sort(all)
	b := book(nil, all...)
	before := fmt.Sprintf("%+v", b.Dossiers)
	for _, columns := range [][]Counter{{Convictions, ConvictionsOther, Acquittals}, {ConvictionsFinal, ConvictionsOtherFinal, AcquittalsFinal}} {
		for _, p := range []Period{year2025, year2026, year2027} {
			seen := map[ids.Suspect]Counter{}
			for _, c := range columns {
				for _, x := range b.Count(c, p) {
					if seen[x.Suspect] != "" {
						t.Errorf("%v is in %s and %s", x.Suspect, seen[x.Suspect], c)
					}
					seen[x.Suspect] = c
				}
			}
		}
	}
	halves := func(c Counter) int {
		return len(b.Count(c, Period{year2026.From, aDay("2026-03-31")})) + len(b.Count(c, Period{aDay("2026-04-01"), year2026.Until}))
	}
	for _, c := range []Counter{InvestigationsNew, ProsecutionsNew, ProsecutionFilesNew} {
		if got, want := halves(c), len(b.Count(c, year2026)); got != want {
			t.Errorf("%s: %d in two parts, %d whole", c, got, want)
		}
	}
	if fmt.Sprintf("%+v", b.Dossiers) != before {
		t.Error("counting changed what it counted")
	}
	if got := (Book{Dossiers: b.Dossiers}).Count(InvestigationsNew, year2026); len(got) != 0 {
		t.Error("without the country's table something counts as trafficking")
	}
	if got := b.Count("no_such", year2026); len(got) != 0 {
		t.Error("an unknown counter counts")
	}
}
