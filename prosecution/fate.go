package prosecution

import "inkingi/internal/ids"

// Fate is what became of a charge that was of trafficking.
type Fate string

// The fates. Every charge that ever was of trafficking has one.
const (
	FateOpen      Fate = "open"      // still of trafficking, nothing decided
	FateKept      Fate = "kept"      // decided as trafficking, whatever the verdict
	FateMoved     Fate = "moved"     // requalified to another offence, by whom ever
	FateExtinct   Fate = "extinct"   // time barred, death
	FateDismissed Fate = "dismissed" // the file was dismissed
)

// Fates lists them.
var Fates = [...]Fate{FateOpen, FateKept, FateMoved, FateExtinct, FateDismissed}

// Fates says what became, by the end of a period, of each charge that was of trafficking
// at some time up to then.
func (b Book) Fates(p Period) map[ids.Charge]Fate {
	found := map[ids.Charge]Fate{}
	for _, d := range b.Dossiers {
		for _, c := range d.Charges {
			if first := b.firstTIP(c); !first.IsZero() && !first.After(p.Until) {
				found[c.ID] = b.fate(d, c, p)
			}
		}
	}
	return found
}

func (b Book) fate(d Dossier, c Charge, p Period) Fate {
	var last Judgment
	for _, j := range d.Judgments {
		if j.Charge == c.ID && !j.On.After(p.Until) {
			last = j
		}
	}
	switch {
	case last.Verdict == Extinct:
		return FateExtinct
	case last.Verdict != "" && b.tip(last.Offence):
		return FateKept
	case last.Verdict != "", !b.tip(c.OffenceOn(p.Until)):
		return FateMoved
	case d.StateOn(p.Until) == Dismissed:
		return FateDismissed
	}
	return FateOpen
}

// Share is a part of a whole: so many files of so many.
type Share struct{ Part, Of int }

// Permille gives the share in thousandths, when at least so many stand behind it and it
// gives nobody away: neither the part nor the rest may be small and not zero.
func (s Share) Permille(least int) (int, bool) {
	rest := s.Of - s.Part
	small := func(n int) bool { return n > 0 && n < least }
	if s.Of <= 0 || s.Of < least || small(s.Part) || small(rest) || rest < 0 {
		return 0, false
	}
	return (s.Part*1000 + s.Of/2) / s.Of, true
}

// Kept is, of the files in which a charge of trafficking was decided or moved away in
// the period, the part in which one at least was decided as trafficking (PROCESS.md
// §4.4 "% files with TIP charge kept").
func (b Book) Kept(p Period, in func(Dossier) bool) Share {
	var s Share
	for _, d := range b.Dossiers {
		if !in(d) || d.decided(FirstInstance).IsZero() || !p.has(d.decided(FirstInstance)) {
			continue
		}
		kept, any := false, false
		for _, c := range d.Charges {
			if first := b.firstTIP(c); first.IsZero() || first.After(p.Until) {
				continue
			}
			fate := b.fate(d, c, p)
			any = any || fate == FateKept || fate == FateMoved
			kept = kept || fate == FateKept
		}
		if any {
			s.Of++
		}
		if kept {
			s.Part++
		}
	}
	return s
}
