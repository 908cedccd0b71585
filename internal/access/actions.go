package access

import (
	"slices"
	"strings"
)

// Info says what an action is about. Routes and the firewall tests are
// generated from it.
type Info struct {
	Action   Action
	Kind     Kind   // of the object
	Also     []Kind // kinds of object it accepts besides
	Zone     Zone   // where the kind lives
	Identity bool   // opens what is sealed about a person: every use is logged
	Worker   bool   // opens what is sealed about a worker: second factor, drafts, where alerts reach them
	List     bool   // shows many records, filtered by Scope
	Open     bool   // needs no post in force and no second factor
	Fresh    bool   // about no record that exists yet: having the right says nothing about records
	Key      string // translation key of its description
}

// On says whether the action can be about this kind of object.
func (i Info) On(k Kind) bool { return i.Kind == k || slices.Contains(i.Also, k) }

// Flags of the table below.
const (
	identity = 1 << iota
	list
	open
	worker
	fresh
)

type line struct {
	action Action
	kind   Kind
	flags  int
	also   []Kind
}

var registry = buildRegistry([]line{
	{SignalRaise, SignalKind, open | fresh, []Kind{GroupKind, ReporterKind}},
	{SignalReceipt, SignalKind, list, nil},
	{SignalList, SignalKind, list, nil},
	{SignalRead, SignalKind, identity, nil},
	{SignalCorrect, SignalKind, identity, nil},
	{SignalTake, SignalKind, identity, nil},
	{SignalTriage, SignalKind, identity, nil},
	{SignalReferNow, SignalKind, identity, []Kind{CaseKind, ReferralKind}},
	{SignalAssign, SignalKind, identity, nil},
	{SignalEscalate, SignalKind, 0, nil},
	{ReporterRead, ReporterKind, identity, nil},
	{GroupRecord, GroupKind, identity, []Kind{SignalKind}},
	{GroupList, GroupKind, list, nil},
	{GroupRead, GroupKind, identity, nil},
	{GroupEdit, GroupKind, identity, nil},
	{CaseList, CaseKind, list, nil},
	{CaseRead, CaseKind, identity, nil},
	{CaseEdit, CaseKind, identity, nil},
	{CaseAssign, CaseKind, identity, nil},
	{CasePrint, CaseKind, identity, nil},
	{PersonRead, PersonKind, identity, nil},
	{PersonEdit, PersonKind, identity, nil},
	{PersonSearch, PersonKind, identity | list, nil},
	{ScreeningList, ScreeningKind, list, nil},
	{ScreeningStart, ScreeningKind, identity, []Kind{CaseKind, SignalKind}},
	{ScreeningSave, ScreeningKind, identity, []Kind{CaseKind}},
	{ScreeningDecide, ScreeningKind, identity, []Kind{CaseKind}},
	{ScreeningRead, ScreeningKind, identity, nil},
	{PresumptionPresume, CaseKind, identity, []Kind{ScreeningKind}},
	{PresumptionRatify, CaseKind, identity, []Kind{ScreeningKind}},
	{PresumptionReturn, CaseKind, identity, []Kind{ScreeningKind}},
	{IdentificationSet, CaseKind, identity, nil},
	{IdentificationRead, CaseKind, identity, nil},
	{DecisionExplain, CaseKind, identity, nil},
	{ReviewAsk, CaseKind, identity, nil},
	{ReviewDecide, CaseKind, identity, nil},
	{AssessmentMake, AssessmentKind, identity, []Kind{CaseKind}},
	{AssessmentRead, AssessmentKind, identity, []Kind{CaseKind}},
	{GuardianName, GuardianKind, identity, []Kind{CaseKind}},
	{GuardianEnd, GuardianKind, identity, []Kind{CaseKind}},
	{GuardianRead, GuardianKind, identity, []Kind{CaseKind}},
	{ReflectionKeep, CaseKind, identity, nil},
	{TaskList, CaseKind, list, nil},
	{ConsentAsk, ConsentKind, identity, []Kind{CaseKind, PersonKind}},
	{ConsentRead, ConsentKind, identity, []Kind{CaseKind, PersonKind}},
	{ConsentWithdraw, ConsentKind, identity, []Kind{CaseKind, PersonKind}},
	{ConsentExpire, ConsentKind, 0, nil},
	{ConsentConfirm, ConsentKind, identity, nil},
	{ReferralSend, ReferralKind, identity, []Kind{CaseKind}},
	{ReferralList, ReferralKind, list, nil},
	{ReferralRead, ReferralKind, identity, nil},
	{ReferralAcknowledge, ReferralKind, identity, nil},
	{ReferralAccept, ReferralKind, identity, nil},
	{ReferralDecline, ReferralKind, 0, nil},
	{ReferralCancel, ReferralKind, 0, nil},
	{ReferralReroute, ReferralKind, identity, nil},
	{ReferralAskMore, ReferralKind, identity, nil},
	{ReferralAnswerMore, ReferralKind, identity, nil},
	{ReferralArrive, ReferralKind, identity, nil},
	{ReferralAbsent, ReferralKind, 0, nil},
	{ReferralExpire, ReferralKind, 0, nil},
	{ReferralAttend, ReferralKind, identity, nil},
	{ReferralInterrupt, ReferralKind, identity, nil},
	{ReferralResume, ReferralKind, identity, nil},
	{ReferralComplete, ReferralKind, identity, nil},
	{ReferralFeedBack, ReferralKind, identity, nil},
	{ReferralClose, ReferralKind, identity, nil},
	{ReferralBurn, ReferralKind, 0, nil},
	{PacketRead, PacketKind, identity, []Kind{ReferralKind}},
	{QueueUnanswered, Queue, list, []Kind{ReferralKind}},
	{WorkMine, Work, list, nil},

	{PlanWrite, PlanKind, identity, []Kind{CaseKind}},
	{PlanRead, PlanKind, identity, []Kind{CaseKind}},
	{PlanList, PlanKind, list, nil},
	{PlanApprove, PlanKind, identity, nil},
	{InterestsWeigh, InterestsKind, identity, []Kind{CaseKind}},
	{InterestsDetermine, InterestsKind, identity, []Kind{CaseKind}},
	{InterestsRead, InterestsKind, identity, []Kind{CaseKind}},
	{EpisodeKeep, EpisodeKind, identity, []Kind{CaseKind}},
	{EpisodeRead, EpisodeKind, identity, []Kind{CaseKind}},
	{InspectionRead, Directory, 0, nil},
	{InspectionMake, Directory, 0, nil},

	{CaseloadList, CaseKind, list, nil},
	{CaseloadHandOn, CaseKind, list, nil},
	{CoverKeep, CoverKind, 0, nil},
	{BackupCall, BackupKind, fresh, nil},
	{BackupList, BackupKind, list, nil},
	{BackupAnswer, BackupKind, 0, nil},
	{TransferOffer, TransferKind, identity, []Kind{CaseKind}},
	{TransferList, TransferKind, list, nil},
	{TransferRead, TransferKind, 0, nil},
	{TransferAccept, TransferKind, identity, nil},
	{TransferDecline, TransferKind, 0, nil},
	{TransferWithdraw, TransferKind, 0, nil},
	{FileOpen, FileKind, fresh, nil},
	{FileList, FileKind, list, nil},
	{FileRead, FileKind, identity, nil},
	{FileFind, FileKind, identity | list, nil},
	{FileStep, FileKind, identity, nil},
	{FileSuspect, FileKind, identity, nil},
	{FileCharge, FileKind, identity, nil},
	{FileAct, FileKind, identity, nil},
	{FileCustody, FileKind, identity, nil},
	{FileHear, FileKind, identity, nil},
	{FileJudge, FileKind, identity, nil},
	{LikenessLook, LikenessKind, identity, []Kind{CaseKind}},
	{LikenessList, LikenessKind, list, nil},
	{LikenessRead, LikenessKind, identity, nil},
	{LikenessApart, LikenessKind, 0, nil},
	{LikenessJoin, LikenessKind, identity, nil},
	{LikenessUndo, LikenessKind, identity, nil},
	{InquiryAsk, CaseKind, identity, nil},
	{LiaisonFind, LiaisonKind, fresh, nil},
	{LiaisonList, LiaisonKind, list, nil},
	{LiaisonAgree, LiaisonKind, 0, nil},
	{LiaisonDecline, LiaisonKind, 0, nil},
	{LiaisonShare, LiaisonKind, 0, nil},
	{LiaisonClose, LiaisonKind, 0, nil},
	{LiaisonLapse, LiaisonKind, 0, nil},
	{CaseReaders, CaseKind, identity, nil},
	{ErasureAsk, CaseKind, identity, nil},
	{ErasureList, ErasureKind, list, nil},
	{ErasureRead, ErasureKind, 0, nil},
	{ErasureApprove, ErasureKind, 0, nil},
	{ErasureDecline, ErasureKind, 0, nil},
	{ErasureWithdraw, ErasureKind, 0, nil},
	{GlassAsk, GlassKind, fresh, nil},
	{GlassList, GlassKind, list, nil},
	{GlassGrant, GlassKind, 0, nil},
	{GlassEnd, GlassKind, 0, nil},
	{HoldKeep, CaseKind, identity, nil},
	{CaseCopy, CaseKind, identity, nil},
	{LogReaders, Log, list, nil},
	{StayOpen, StayKind, identity, []Kind{ReferralKind}},
	{StayMove, StayKind, identity, nil},
	{StayEnd, StayKind, identity, nil},
	{StayRead, StayKind, identity, []Kind{CaseKind}},
	{StayList, StayKind, list, nil},
	{ComplaintMake, ComplaintKind, identity, []Kind{CaseKind, ReferralKind}},
	{ComplaintList, ComplaintKind, list, nil},
	{ComplaintRead, ComplaintKind, identity, nil},
	{ComplaintLook, ComplaintKind, identity, nil},
	{ComplaintAnswer, ComplaintKind, identity, nil},

	{CaseExpect, CaseKind, identity, nil},
	{CaseAdvance, CaseKind, identity, nil},
	{CaseClose, CaseKind, identity, nil},
	{CaseSign, CaseKind, identity, nil},
	{CaseReopen, CaseKind, identity, nil},
	{CaseSuspend, CaseKind, identity, nil},
	{CaseHappened, CaseKind, identity, nil},
	{GuardianEscalate, CaseKind, 0, nil},
	{ReturnKeep, CaseKind, identity, nil},
	{ReturnStop, CaseKind, identity, nil},
	{ReturnBack, CaseKind, identity, nil},
	{ReturnRead, CaseKind, identity, nil},
	{VisitKeep, CaseKind, identity, nil},
	{VisitRead, CaseKind, identity, nil},
	{JottingWrite, JottingKind, identity, []Kind{CaseKind}},
	{JottingRead, JottingKind, identity, nil},
	{JottingSort, JottingKind, identity, nil},
	{SealedNoteWrite, SealedNoteKind, identity, []Kind{CaseKind}},
	{SealedNoteRead, SealedNoteKind, identity, nil},
	{SealedNoteList, SealedNoteKind, list, nil},
	{SealedNoteName, SealedNoteKind, identity, nil},
	{AttachmentAdd, AttachmentKind, identity, []Kind{CaseKind, SealedNoteKind}},
	{AttachmentRead, AttachmentKind, identity, nil},
	{AttachmentDrop, AttachmentKind, identity, nil},

	{DirectoryRead, Directory, list, nil},
	{DirectoryEdit, Directory, 0, nil},
	{DirectoryConfirm, Directory, 0, nil},
	{RosterRead, Roster, list, nil},
	{RosterEdit, Roster, 0, nil},
	{AccountList, Accounts, list, nil},
	{AccountRead, Accounts, worker, nil},
	{AccountAdd, Accounts, fresh, nil},
	{AccountEdit, Accounts, worker, nil},
	{AccountDisable, Accounts, 0, nil},
	{AccountReset, Accounts, 0, nil},
	{AccountPost, Accounts, 0, nil},
	{LogRead, Log, list, nil},
	{AuditCheckpoint, Log, 0, nil},
	{FigureRead, Figure, 0, nil},
	{LegacyImport, LegacyKind, 0, nil},
	{LegacyPrepare, LegacyDraftKind, worker, nil},
	{LegacyDiscard, LegacyKind, 0, nil},
	{LegacyList, LegacyKind, list, nil},
	{LegacyCount, LegacyKind, 0, nil},
	{LegacyExport, LegacyRowKind, identity, nil},

	{SessionOpen, SessionKind, open | fresh, nil},
	{SessionFactor, SessionKind, open | worker | fresh, nil},
	{SessionEnrol, SessionKind, open | worker | fresh, nil},
	{SessionConduct, SessionKind, open | fresh, nil},
	{SessionPost, SessionKind, open | fresh, nil},
	{SessionUnlock, SessionKind, open | fresh, nil},
	{SessionDraft, SessionKind, open | worker | fresh, nil},
	{SessionPassword, SessionKind, open | fresh, nil},
	{SessionContact, SessionKind, open | worker | fresh, nil},
	{SessionNotices, SessionKind, list, nil},
	{SessionSeen, SessionKind, 0, nil},
	{SessionList, SessionKind, open | list, nil},
	{SessionRevoke, SessionKind, open, nil},
	{SessionClose, SessionKind, open | fresh, nil},

	{SystemPublic, System, open, nil},
	{SystemPlaces, System, open, nil},
	{SystemHealth, System, open, nil},
	{SystemConfigure, System, 0, nil},
	{SystemKeys, System, 0, nil},
	{SystemAlert, System, worker, nil},
	{SystemOutbox, System, list, nil},
	{SystemResend, System, list, nil},
	{SystemRetain, System, 0, nil},
})

func buildRegistry(lines []line) []Info {
	all := make([]Info, len(lines))
	for i, l := range lines {
		all[i] = Info{
			Action: l.action, Kind: l.kind, Also: l.also, Zone: ZoneOf(l.kind),
			Identity: l.flags&identity != 0, Worker: l.flags&worker != 0,
			List: l.flags&list != 0, Open: l.flags&open != 0, Fresh: l.flags&fresh != 0,
			Key: "action." + string(l.action),
		}
	}
	slices.SortFunc(all, func(a, b Info) int { return strings.Compare(string(a.Action), string(b.Action)) })
	return all
}

// Actions lists every action there is, by name.
func Actions() []Info { return slices.Clone(registry) }

// About looks an action up.
func About(a Action) (Info, bool) {
	i, ok := slices.BinarySearchFunc(registry, a, func(one Info, name Action) int {
		return strings.Compare(string(one.Action), string(name))
	})
	if !ok {
		return Info{}, false
	}
	return registry[i], true
}
