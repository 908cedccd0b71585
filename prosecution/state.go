package prosecution

import "slices"

// State is where a criminal file stands: machine F (PROCESS.md §4.4).
type State string

// The states of a file, F1 to F14. Their names are those of PROCESS.md §4.4.
const (
	Received      State = "RECU"                 // F1: complaint, denunciation, caught in the act, signal
	Investigation State = "ENQUETE_PRELIMINAIRE" // F2
	Transmitted   State = "TRANSMIS_PARQUET"     // F3
	Dismissed     State = "CLASSE_SANS_SUITE"    // F4, with a reason; may be opened again
	Instruction   State = "INSTRUCTION"          // F5: before the court
	Fixed         State = "FIXE"                 // F6: sent to the court, a first day set
	InHearings    State = "AUDIENCES"            // F7
	Deliberation  State = "DELIBERE"             // F8: under deliberation, then judged charge by charge
	OnAppeal      State = "APPEL"                // F9
	Ruling        State = "ARRET"                // F10: the court of appeal rules
	InCassation   State = "CASSATION"            // F11
	Final         State = "DEFINITIF"            // F12
	Execution     State = "EXECUTION"            // F13
	Archived      State = "ARCHIVE"              // F14
)

// States lists them in the order of the machine.
var States = [...]State{Received, Investigation, Transmitted, Dismissed, Instruction, Fixed, InHearings, Deliberation,
	OnAppeal, Ruling, InCassation, Final, Execution, Archived}

// Number is the place of a state in the machine: 1 for F1; 0 for none.
func (s State) Number() int { return slices.Index(States[:], s) + 1 }

// AtCourt says whether a court has the file, or had it.
func (s State) AtCourt() bool { return s.Number() >= Fixed.Number() }

// Investigated says whether the file is with the police or the prosecutor (F1–F3, F5).
func (s State) Investigated() bool { return s.Number() > 0 && !s.AtCourt() && s != Dismissed }

// Over says whether nothing more is decided about guilt.
func (s State) Over() bool { return s == Dismissed || s.Number() >= Final.Number() }

// Instance is the level of a court.
type Instance int

// The instances. A file that no court has is at NoInstance.
const (
	NoInstance    Instance = 0
	FirstInstance Instance = 1 // tribunal de grande instance; cour d'appel under privilege of jurisdiction [M]
	Appeal        Instance = 2 // cour d'appel
	Cassation     Instance = 3 // Cour suprême
)

// Valid says whether a court can stand there.
func (i Instance) Valid() bool { return i >= FirstInstance && i <= Cassation }

// Source is how a file began (F1).
type Source string

// The sources of a file.
const (
	CaughtInTheAct Source = "FLAGRANCE"
	Complaint      Source = "PLAINTE"
	Denunciation   Source = "DENONCIATION"
	Signalled      Source = "SIGNALEMENT"
)

// Sources lists them.
var Sources = [...]Source{CaughtInTheAct, Complaint, Denunciation, Signalled}

// Answer is what was said to a question. The zero Answer was not asked.
type Answer string

// The answers.
const (
	NotAsked Answer = ""
	Yes      Answer = "yes"
	No       Answer = "no"
	Unknown  Answer = "unknown"
)
