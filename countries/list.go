package countries

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

// Code is one line of a code list. A retired code stays, with its Until: old
// records keep it.
type Code struct {
	Code   string `toml:"code"`
	Parent string `toml:"parent"` // a code of the same list, "" at the top
	Term   string `toml:"term"`   // the glossary entry its words come from
	Labels
	Help Labels            `toml:"help"` // a sentence more, where one is needed; or the question to ask
	Maps map[string]string `toml:"maps"` // the same thing in other standards: htcds, tip, iso639…
	Attr map[string]string `toml:"attr"` // what else the list says: low, high, zone…
	Fact
}

type list struct {
	Names Labels
	Codes []Code
}

// ListName names a code list.
type ListName = string

// The lists. Every one of them is there.
const (
	Danger               ListName = "danger"
	DangerReason         ListName = "danger_reason"
	SignalChannel        ListName = "signal_channel"
	EntryMode            ListName = "entry_mode"
	ContactWay           ListName = "contact_way"
	OtherNeedKind        ListName = "other_need"
	GroupOutcome         ListName = "group_outcome"
	Exploitation         ListName = "exploitation"
	Means                ListName = "means"
	PurposeFact          ListName = "purpose_fact"
	Pattern              ListName = "pattern"
	ScreeningDecision    ListName = "screening_decision"
	OverrideReason       ListName = "override_reason"
	NotTIPReason         ListName = "not_tip_reason"
	IdentificationStatus ListName = "identification_status"
	ReviewAsker          ListName = "review_asker"
	IdentificationBasis  ListName = "identification_basis"
	DecidedBy            ListName = "decided_by"
	ConsentPurpose       ListName = "consent_purpose"
	ConsentMode          ListName = "consent_mode"
	ConsentGivenBy       ListName = "consent_given_by"
	ConsentOverride      ListName = "consent_override"
	Service              ListName = "service"
	ReferralDecline      ListName = "referral_decline"
	ClientDecline        ListName = "client_decline"
	DoNot                ListName = "do_not"
	OrgType              ListName = "org_type"
	Language             ListName = "language"
	Sex                  ListName = "sex"
	AgeBand              ListName = "age_band"
	AgeBasis             ListName = "age_basis"
	ConflictRelation     ListName = "conflict_relation"
	ReflectionEnd        ListName = "reflection_end"
	ClosureReason        ListName = "closure_reason"
	Nation               ListName = "country"
	RoleList             ListName = "role"
	SafeHours            ListName = "safe_hours"
	ReporterRelation     ListName = "reporter_relation"
	InterpreterKind      ListName = "interpreter"
	CarerAway            ListName = "carer_away"
	PacketField          ListName = "packet_field"
	AskReason            ListName = "ask_reason"
	ReferralCancel       ListName = "referral_cancel"
	ServiceHours         ListName = "service_hours"
	AssessmentMoment     ListName = "assessment_moment"
	Vulnerability        ListName = "vulnerability"
	RiskFactor           ListName = "risk_factor"
	GuardianRelation     ListName = "guardian_relation"
	GuardianAuthority    ListName = "guardian_authority"
	GuardianEnd          ListName = "guardian_end"
	ReflectionNot        ListName = "reflection_not_offered"
	StepWho              ListName = "step_who"
	StepEnd              ListName = "step_end"
	PlanTrack            ListName = "plan_track"
	InterestsAbout       ListName = "interests_about"
	InterestsWith        ListName = "interests_with"
	PanelAbout           ListName = "panel_about"
	PanelMember          ListName = "panel_member"
	VisitMoment          ListName = "visit_moment"
	VisitMode            ListName = "visit_mode"
	VisitResult          ListName = "visit_result"
	VisitPresent         ListName = "visit_present"
	OutcomeDomain        ListName = "outcome_domain"
	IncomeBand           ListName = "income_band"
	BusinessKind         ListName = "business_kind"
	BusinessEnd          ListName = "business_end"
	SearchStep           ListName = "search_step"
	ReopenReason         ListName = "reopen_reason"
	Incident             ListName = "incident"
	SuspendReason        ListName = "suspend_reason"
	SuspendLift          ListName = "suspend_lift"
	ClosureCheck         ListName = "closure_check"
	ReturnCheck          ListName = "return_check"
	ReturnInto           ListName = "return_into"
	TracingResult        ListName = "tracing_result"
	PacketKept           ListName = "packet_kept"
	PartyKind            ListName = "party_kind"
	PartyTold            ListName = "party_told"
	Funder               ListName = "funder"
	ServicePause         ListName = "service_pause"
	ServiceOutcome       ListName = "service_outcome"
	ServiceFeedback      ListName = "service_feedback"
	AttendanceList       ListName = "attendance"
	CurrencyList         ListName = "currency"
	ServiceStandard      ListName = "service_standard"
	TransferReason       ListName = "transfer_reason"
	ErasureReason        ListName = "erasure_reason"
	ErasureTold          ListName = "erasure_told"
	ErasureDecline       ListName = "erasure_decline"
	HoldReason           ListName = "hold_reason"
	AttachmentRemoval    ListName = "attachment_removal"
	GlassReason          ListName = "glass_reason"
	InquiryReason        ListName = "inquiry_reason"
	ComplaintKindList    ListName = "complaint_kind"
	ComplaintFrom        ListName = "complaint_from"
	ComplaintEnd         ListName = "complaint_end"
	StayUnit             ListName = "stay_unit"
	StayWith             ListName = "stay_with"
	StayFamily           ListName = "stay_family"
	StayMoved            ListName = "stay_moved"
	StayLeft             ListName = "stay_left"
	JottingNext          ListName = "jotting_next"
	JottingTopic         ListName = "jotting_topic"
	ToldTo               ListName = "told_to"
	HeardAgain           ListName = "heard_again"
	SealedNoteKind       ListName = "sealed_note_kind"
	AttachmentKind       ListName = "attachment_kind"
)

// The lists of criminal procedure. Which offences there are is national.
const (
	OffenceList     ListName = "offence"
	Dismissal       ListName = "dismissal"
	Reopening       ListName = "reopening"
	Appellant       ListName = "appellant"
	SuspectRole     ListName = "suspect_role"
	SuspectRelation ListName = "suspect_relation"
	OfficialService ListName = "official_service"
	ChildJustice    ListName = "child_justice"
	CustodyEnd      ListName = "custody_end"
	CustodyOver     ListName = "custody_over"
	FileAct         ListName = "file_act"
	ElementAct      ListName = "element_act"     // Palermo Protocol art. 3: what was done
	ElementMeans    ListName = "element_means"   // how
	ElementPurpose  ListName = "element_purpose" // what for
	Postponement    ListName = "postponement"
	Requalification ListName = "requalification"
)

// List gives every code of a list, retired ones too, in the order of the file;
// an unknown list is empty.
func (c *Country) List(name ListName) []Code { return slices.Clone(c.lists[name].Codes) }

// Codes gives the codes of a list that may be chosen on a day.
func (c *Country) Codes(name ListName, on date.Day) []Code {
	return slices.DeleteFunc(c.List(name), func(k Code) bool { return !k.On(on) })
}

// Find gives one code of a list.
func (c *Country) Find(name ListName, code string) (Code, bool) {
	for _, k := range c.lists[name].Codes {
		if k.Code == code {
			return k, true
		}
	}
	return Code{}, false
}

// Label gives the words for a code, and the code itself when nobody knows it:
// an old record is never blank.
func (c *Country) Label(name ListName, code, lang string) string {
	if k, ok := c.Find(name, code); ok {
		return k.Label(lang)
	}
	return code
}

// ListLabel gives the words for a whole list.
func (c *Country) ListLabel(name ListName, lang string) string {
	return c.lists[name].Names.Label(lang)
}

// Lists gives the names of all lists.
func (c *Country) Lists() []ListName { return slices.Sorted(maps.Keys(c.lists)) }

// Check says whether a code may be chosen on a day: Invalid at the field,
// "code.unknown" or "code.retired". The zero Day accepts retired codes.
func (c *Country) Check(field string, name ListName, code string, on date.Day) error {
	k, ok := c.Find(name, code)
	switch {
	case !ok:
		return fault.Field(field, "code.unknown")
	case !k.On(on):
		return fault.Field(field, "code.retired")
	}
	return nil
}

var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$`)

func (c *Country) readLists(files fs.FS) error {
	c.lists = map[string]list{}
	for _, dir := range []string{"core/lists", c.Code + "/lists"} {
		names, err := fs.Glob(files, dir+"/*.toml")
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := c.readListFile(files, name); err != nil {
				return err
			}
		}
	}
	if err := c.readOffences(files); err != nil {
		return err
	}
	for _, name := range listNames() {
		if len(c.lists[name].Codes) == 0 {
			return fmt.Errorf("list %s is missing", name)
		}
	}
	return c.checkParents()
}

func (c *Country) readListFile(files fs.FS, name string) error {
	var f map[string]struct {
		Names Labels `toml:"name"`
		Fact
		Codes []Code `toml:"code"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	for key, l := range f {
		if !slices.Contains(listNames(), key) {
			return fmt.Errorf("%s: unknown list %q", name, key)
		}
		merged := c.lists[key]
		if merged.Names == (Labels{}) {
			merged.Names = l.Names
		}
		if err := checked(name, key, merged.Names.check(), l.Fact.check()); err != nil {
			return err
		}
		for _, k := range l.Codes {
			if k.Source == "" {
				k.Source, k.Validated = l.Source, l.Validated
			}
			if err := c.fill(&k); err != nil {
				return fmt.Errorf("%s: %s: %s: %w", name, key, k.Code, err)
			}
			merged.Codes = put(merged.Codes, k)
		}
		c.lists[key] = merged
	}
	return nil
}

// fill takes missing words from the glossary and checks the line.
func (c *Country) fill(k *Code) error {
	if k.Term != "" {
		t, ok := c.Term(k.Term)
		if !ok {
			return fmt.Errorf("no term %q in the glossary", k.Term)
		}
		for _, w := range []struct {
			to   *string
			from string
		}{{&k.FR, t.FR}, {&k.EN, t.EN}, {&k.RN, t.RN}, {&k.SW, t.SW}} {
			if *w.to == "" {
				*w.to = w.from
			}
		}
	}
	if !codeForm.MatchString(k.Code) {
		return fmt.Errorf("malformed code")
	}
	if k.Help != (Labels{}) {
		if err := k.Help.check(); err != nil {
			return fmt.Errorf("help: %w", err)
		}
	}
	return checked("", "", k.Labels.check(), k.Fact.check())
}

// put replaces the code of the same name or adds it at the end.
func put(codes []Code, k Code) []Code {
	for i := range codes {
		if codes[i].Code == k.Code {
			codes[i] = k
			return codes
		}
	}
	return append(codes, k)
}

func (c *Country) checkParents() error {
	for name, l := range c.lists {
		for _, k := range l.Codes {
			if up, ok := c.Find(name, k.Parent); k.Parent != "" && (!ok || up.Parent != "") {
				return fmt.Errorf("list %s: %s: parent %q is missing or has a parent itself", name, k.Code, k.Parent)
			}
		}
	}
	return nil
}

// AgeBandOf gives the band an age in whole years falls in.
func (c *Country) AgeBandOf(years int) (Code, bool) {
	for _, k := range c.lists[AgeBand].Codes {
		if low, high, ok := band(k); ok && years >= low && years <= high {
			return k, true
		}
	}
	return Code{}, false
}

func band(k Code) (low, high int, ok bool) {
	low, errLow := strconv.Atoi(k.Attr["low"])
	high, errHigh := strconv.Atoi(k.Attr["high"])
	return low, high, errLow == nil && errHigh == nil
}

func listNames() []ListName {
	return []ListName{
		Danger, DangerReason, SignalChannel, EntryMode, ContactWay,
		OtherNeedKind, GroupOutcome, Exploitation, Means, PurposeFact,
		Pattern, ScreeningDecision, OverrideReason, NotTIPReason, IdentificationStatus,
		IdentificationBasis, ReviewAsker, DecidedBy, ConsentPurpose, ConsentMode, ConsentGivenBy,
		ConsentOverride, Service, ReferralDecline, ClientDecline, DoNot,
		OrgType, Language, Sex, AgeBand, AgeBasis,
		ConflictRelation, ReflectionEnd, ClosureReason, Nation, RoleList,
		SafeHours, ReporterRelation, InterpreterKind, CarerAway, PacketField, AskReason, ReferralCancel, ServiceHours, AssessmentMoment, Vulnerability, RiskFactor,
		GuardianRelation, GuardianAuthority, GuardianEnd, ReflectionNot,
		StepWho, StepEnd, PlanTrack, InterestsAbout, InterestsWith, PanelAbout, PanelMember,
		Funder, ServicePause, ServiceOutcome, ServiceFeedback, AttendanceList, CurrencyList, ServiceStandard, TransferReason,
		VisitMoment, VisitMode, VisitResult, VisitPresent, OutcomeDomain, IncomeBand, BusinessKind, BusinessEnd,
		SearchStep, ReopenReason, Incident, SuspendReason, SuspendLift, ClosureCheck, ReturnCheck, ReturnInto, TracingResult, PacketKept, PartyKind, PartyTold,
		Funder, ServicePause, ServiceOutcome, ServiceFeedback, AttendanceList, CurrencyList, ServiceStandard,
		ErasureReason, ErasureTold, ErasureDecline, HoldReason, AttachmentRemoval, GlassReason, InquiryReason,
		StayUnit, StayWith, StayFamily, StayMoved, StayLeft, ComplaintKindList, ComplaintFrom, ComplaintEnd,
		OffenceList, Dismissal, Reopening, Appellant, SuspectRole, SuspectRelation, OfficialService, ChildJustice, CustodyEnd, CustodyOver, FileAct, ElementAct, ElementMeans, ElementPurpose, Postponement, Requalification,
		JottingNext, JottingTopic, ToldTo, HeardAgain, SealedNoteKind, AttachmentKind,
	}
}
