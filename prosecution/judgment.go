package prosecution

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Verdict is what a court decided of one charge (F8, F10).
type Verdict string

// The verdicts.
const (
	Convicted   Verdict = "CONVICTED"
	Acquitted   Verdict = "ACQUITTED"
	Requalifies Verdict = "REQUALIFIED" // convicted of another offence, which it names
	Extinct     Verdict = "EXTINCT"     // time barred, death, no jurisdiction: nothing is said of guilt [J]
)

// Verdicts lists them.
var Verdicts = [...]Verdict{Convicted, Acquitted, Requalifies, Extinct}

// Effect is what a higher court did with the decision below (F10).
type Effect string

// The effects. The first instance has none.
const (
	Upheld   Effect = "UPHELD"
	Varied   Effect = "VARIED"
	Reversed Effect = "REVERSED"
)

// Effects lists them.
var Effects = [...]Effect{Upheld, Varied, Reversed}

// Judgment is what one court decided of one charge: one a charge and round (a case
// sent back is judged anew). It never changes; what a higher court decides stands
// beside it, and the last of an instance counts.
type Judgment struct {
	ID       ids.Judgment
	File     ids.File
	Charge   ids.Charge
	Suspect  ids.Suspect
	Level    Instance
	Round    int // of the file's stages
	On       date.Day
	Verdict  Verdict
	Effect   Effect // of a higher court
	Offence  string // what the verdict is about: the charge, or what it was requalified to
	Sentence Sentence
	By       ids.Account
	At       time.Time
}

// Guilty says whether it convicts.
func (j Judgment) Guilty() bool { return j.Verdict == Convicted || j.Verdict == Requalifies }

// Sentence is what a conviction orders. Money is in whole Burundian francs: BIF has
// no decimals (PROCESS.md §11.5). The zero Sentence is none.
type Sentence struct {
	Life        bool
	Months      int // of prison; 0 is none
	Suspended   int // of these months; at most all
	Fine        int64
	Damages     int64 // to whom was harmed
	Confiscated bool
}

// IsZero says whether nothing was ordered.
func (s Sentence) IsZero() bool { return s == Sentence{} }
