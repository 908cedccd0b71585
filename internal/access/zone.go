package access

// zones says where each kind of record lives (PROCESS.md §2.2, DESIGN.md §3).
var zones = map[Kind]Zone{
	System:         Public,
	SessionKind:    Programme,
	Work:           Programme,
	Accounts:       Programme,
	Directory:      Programme, // a shelter's address is sealed apart and is not in it
	Roster:         Programme,
	Log:            Programme, // says who read which record, never what it holds
	Figure:         Figures,
	Queue:          Protection,
	SignalKind:     Protection,
	GroupKind:      Protection,
	CaseKind:       Protection,
	PersonKind:     Protection,
	ScreeningKind:  Protection,
	AssessmentKind: Protection,
	GuardianKind:   Protection,
	ConsentKind:    Protection,
	ReferralKind:   Protection,
	PacketKind:     Protection,
	ReporterKind:   Sealed, // a reporter who becomes known may be killed: named workers only [J]

	PlanKind:      Protection,
	InterestsKind: Protection,
	EpisodeKind:   Protection,

	ErasureKind: Programme, // codes and days: data protection answers without reading anybody's file
	GlassKind:   Programme,

	CoverKind:      Programme, // colleagues and days
	BackupKind:     Programme,
	TransferKind:   Protection,
	LikenessKind:   Protection,
	LiaisonKind:    Protection, // that two organisations know somebody is of her life
	StayKind:       Protection, // names a house and a unit, never an address
	ComplaintKind:  Sealed,     // whoever it is about may be dangerous to her [J]
	JottingKind:    Protection,
	SealedNoteKind: Sealed,
	AttachmentKind: Sealed, // papers say more than anybody wrote [J]

	FileKind: Criminal,

	LegacyKind:      Figures, // coded columns only; raw counts leave through release
	LegacyDraftKind: Figures, // opened to be checked and loaded; pages show its headings and where problems are
	LegacyRowKind:   Protection,
}

// ZoneOf is the zone where a kind of record lives, "" for an unknown kind. A
// single record may be stricter ([Object].Zone).
func ZoneOf(k Kind) Zone { return zones[k] }
