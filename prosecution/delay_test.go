package prosecution

import (
	"fmt"
	"testing"
)

func together(Dossier) string { return "" }

func TestDelays(t *testing.T) {
	slow := told(1, "F1 2026-01-01 | F3 2026-01-31 | F5 2026-02-10 | F6 2026-04-01 | F7 2026-04-10 | charge a TIP 2026-01-02 | F8 2026-05-01 | judge a CONVICTED 2026-05-11 | F9 2026-05-20 | F10 2026-07-01 | appeal a CONVICTED 2026-07-09 | F12 2026-09-01")
	fast := told(2, "F1 2026-01-01 | F3 2026-01-11 | F4 2026-02-01")
	open := told(3, "F1 2026-01-01 | F3 2026-01-21 | F5 2026-02-10")
	wrong := told(4, "F1 2026-03-01 | F3 2026-02-01 | F5 2026-03-02") // a paper dated before the minutes
	later := told(5, "F1 2027-01-05 | F3 2027-02-01")
	for _, c := range []struct {
		leg    Leg
		n      int
		median float64
		open   int
	}{
		{ToParquet, 4, 15, 0}, {ToFixation, 1, 60, 2}, {ToJudgment, 1, 40, 0}, {ToRuling, 1, 50, 0}, {ToFinal, 1, 243, 2},
	} {
		for _, d := range Delays([]Dossier{slow, fast, open, wrong, later}, year2026, together)[""] {
			if d.Leg != c.leg {
				continue
			}
			if d.N != c.n || d.days != c.median || d.Open != c.open {
				t.Errorf("%s: %d files, %v days, %d open; want %v", c.leg, d.N, d.days, d.Open, c)
			}
		}
	}
	slow.Court[FirstInstance], fast.Court[FirstInstance] = "TGI_MUHA", "TGI_RUTANA"
	by := Delays([]Dossier{slow, fast}, year2026, Dossier.FirstCourt)
	if len(by) != 2 || by["TGI_MUHA"][0].N != 1 || by["TGI_RUTANA"][0].N != 1 {
		t.Errorf("%v", by)
	}
}

func TestMedians(t *testing.T) {
	for _, c := range []struct {
		values []int
		want   float64
	}{{[]int{3, 1, 2}, 2}, {[]int{4, 1, 2, 3}, 2.5}, {[]int{7, 7}, 7}} {
		given := fmt.Sprint(c.values)
		m := MedianOf(c.values)
		if days, ok := m.Days(0); !ok || days != c.want || m.N != len(c.values) || fmt.Sprint(c.values) != given {
			t.Errorf("%v: %v %v", c.values, days, ok)
		}
		if _, ok := m.Days(5); ok {
			t.Errorf("%v: a median of few is told", c.values)
		}
	}
	if _, ok := MedianOf(nil).Days(0); ok {
		t.Error("the median of nothing")
	}
	if _, ok := MedianOf([]int{9}).Days(0); ok {
		t.Error("the median of one is that one")
	}
}

func TestStays(t *testing.T) {
	d := told(1, "F1 2026-01-01 | F2 2026-01-03 | F3 2026-01-10 | F4 2026-01-20 | F5 2026-03-01 | F4 2026-03-11")
	stays := d.Stays(aDay("2026-03-21"))
	for s, want := range map[State]int{Received: 2, Investigation: 7, Transmitted: 10, Dismissed: 50, Instruction: 10} {
		if stays[s] != want {
			t.Errorf("%s: %d days, want %d", s, stays[s], want)
		}
	}
	total := 0
	for _, n := range stays {
		total += n
	}
	if total != aDay("2026-01-01").Until(aDay("2026-03-21")) {
		t.Errorf("the stays are %d days", total)
	}
	if early := d.Stays(aDay("2026-01-05")); early[Investigation] != 2 || early[Transmitted] != 0 {
		t.Errorf("%v", early)
	}
}

func TestStills(t *testing.T) {
	on := aDay("2026-06-30")
	acted := told(1, "F1 2026-01-01 | F2 2026-01-02")
	acted.Acts = []Act{{On: aDay("2026-06-10")}}
	putOff := told(2, "F1 2026-01-01 | F6 2026-03-01 | F7 2026-03-02")
	putOff.Hearings = []Hearing{{State: HearingPostponed, On: aDay("2026-06-20"), Reason: "BENCH"}, {State: HearingSet, On: aDay("2026-07-20")}, {State: HearingHeld, On: aDay("2026-05-01")}}
	asleep := told(3, "F1 2026-01-01 | F3 2026-03-01")
	asleep.Acts = []Act{{On: aDay("2026-07-10")}} // after the day that is asked
	judged := told(4, "F1 2026-01-01 | F12 2026-02-01")
	edge := told(5, "F1 2026-05-31 | F2 2026-05-31")
	got := Stills([]Dossier{acted, putOff, asleep, judged, edge, told(6, "F1 2026-07-01")}, on)
	want := []Still{{fileID(3), 121}, {fileID(2), 60}, {fileID(5), 30}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	for i, band := range []int{Still90, Still60, Still30} {
		if got[i].Band() != band {
			t.Errorf("%d days: band %d", got[i].Days, got[i].Band())
		}
	}
	if n := PutOff([]Dossier{putOff}, year2026); n["BENCH"] != 1 || len(n) != 1 {
		t.Errorf("%v", n)
	}
}

func TestFates(t *testing.T) {
	b := book(nil, 1, 3, 4, 6, 8, 9, 10, 11, 13, 18)
	for file, want := range map[byte]Fate{1: FateOpen, 3: FateOpen, 4: FateMoved, 6: FateKept, 8: FateKept, 9: FateMoved, 11: FateDismissed, 13: FateExtinct} {
		if got := b.Fates(year2026)[chargeID(file, "a")]; got != want {
			t.Errorf("file %d: %s, want %s", file, got, want)
		}
	}
	if _, ok := b.Fates(year2026)[chargeID(18, "a")]; ok {
		t.Error("a forgery has a fate of trafficking")
	}
	// Before the judgment, the fate is open; what comes later changes nothing of a period.
	if got := b.Fates(Period{aDay("2026-01-01"), aDay("2026-03-31")})[chargeID(6, "a")]; got != FateOpen {
		t.Errorf("before judgment: %s", got)
	}
	all := func(Dossier) bool { return true }
	if s := b.Kept(year2026, all); s != (Share{2, 3}) {
		t.Errorf("%v", s)
	}
	if s := b.Kept(year2025, all); s != (Share{}) {
		t.Errorf("%v", s)
	}
}

func TestSharesOfFewAreNotTold(t *testing.T) {
	for _, c := range []struct {
		share Share
		want  int
		told  bool
	}{
		{Share{50, 100}, 500, true}, {Share{10, 10}, 1000, true}, {Share{0, 10}, 0, true}, {Share{5, 15}, 333, true}, {Share{10, 15}, 667, true},
		{Share{1, 100}, 0, false}, {Share{99, 100}, 0, false}, {Share{2, 3}, 0, false}, {Share{0, 0}, 0, false}, {Share{6, 5}, 0, false},
	} {
		if got, ok := c.share.Permille(5); got != c.want || ok != c.told {
			t.Errorf("%v: %d %v", c.share, got, ok)
		}
	}
}
