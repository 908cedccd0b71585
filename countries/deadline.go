package countries

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"inkingi/internal/date"
)

// Unit is in what a deadline is counted.
type Unit string

// The units.
const (
	Minutes     Unit = "minutes"
	Hours       Unit = "hours"
	Days        Unit = "days" // of 24 hours
	WorkingDays Unit = "working_days"
	Months      Unit = "months"
	Years       Unit = "years"
	YearsOfAge  Unit = "years_of_age" // until the person reaches that age
)

// DeadlineKey names a deadline.
type DeadlineKey string

// The deadlines of PROCESS.md §2.11, and those said elsewhere in it. A country
// must give every one of them.
const (
	TriageRed          DeadlineKey = "triage.red"
	TriageNormal       DeadlineKey = "triage.normal"
	AlertNext          DeadlineKey = "alert.next" // RED unanswered: the next on the roster is told
	PEPWindow          DeadlineKey = "pep.window"
	ECWindow           DeadlineKey = "ec.window"
	OtherNeed          DeadlineKey = "other_need.referral"
	ScreeningTarget    DeadlineKey = "screening.target"
	PresumptionMax     DeadlineKey = "presumption.max"
	PresumptionRatify  DeadlineKey = "presumption.ratify"
	ApprovalConfirm    DeadlineKey = "approval.confirm"
	OwnerAssigned      DeadlineKey = "owner.assigned"
	AssessmentMax      DeadlineKey = "assessment.max"
	TrustedAdult       DeadlineKey = "trusted.adult"
	GuardianTarget     DeadlineKey = "guardian.target"
	GuardianEscalate   DeadlineKey = "guardian.escalate"
	RiskRed            DeadlineKey = "risk.response.red"
	RiskOrange         DeadlineKey = "risk.response.orange"
	RiskGreen          DeadlineKey = "risk.response.green"
	RiskReassess       DeadlineKey = "risk.reassess"
	RiskChange         DeadlineKey = "risk.change"
	BeforeHearing      DeadlineKey = "before.hearing"
	BeforeMedia        DeadlineKey = "before.media"
	BeforeReturn       DeadlineKey = "before.return"
	PanelReview        DeadlineKey = "panel.review"
	ConsentAgain       DeadlineKey = "consent.again"   // a yes is over: ask again
	ConsentStopped     DeadlineKey = "consent.stopped" // she took a yes back: what now?
	ReturnStopped      DeadlineKey = "return.stopped"  // whoever was told of a return is told that it ended
	SafetyPlanRed      DeadlineKey = "safety_plan.red"
	SafetyReview       DeadlineKey = "safety.review"
	ReflectionMin      DeadlineKey = "reflection.min"
	ReflectionRec      DeadlineKey = "reflection.rec"
	PlanMax            DeadlineKey = "plan.max"
	PlanReview         DeadlineKey = "plan.review"
	PlanReviewExtended DeadlineKey = "plan.review.extended"
	PlanAnswer         DeadlineKey = "plan.answer"
	ServiceFirst       DeadlineKey = "service.first"
	ReintegrationStart DeadlineKey = "reintegration.start"
	ReferralAckRed     DeadlineKey = "referral.ack.red"
	ReferralAckOrange  DeadlineKey = "referral.ack.orange"
	ReferralAckGreen   DeadlineKey = "referral.ack.green"
	PacketKeep         DeadlineKey = "packet.keep"
	Monitoring1        DeadlineKey = "monitoring.1"
	Monitoring2        DeadlineKey = "monitoring.2"
	Monitoring3        DeadlineKey = "monitoring.3"
	Monitoring4        DeadlineKey = "monitoring.4"
	MonitoringSchool   DeadlineKey = "monitoring.school" // of a child, from the day a term begins
	MissingRed         DeadlineKey = "missing.red"       // she did not come, and the danger is great
	MissingOther       DeadlineKey = "missing.other"
	LostContact        DeadlineKey = "lost.contact"
	VisitNext          DeadlineKey = "visit.next"       // the contact that was agreed with her
	ClosureAnswer      DeadlineKey = "closure.answer"   // a second person signs a closure
	DecisionExplain    DeadlineKey = "decision.explain" // she is told what was decided, and of her right to a review
	ReviewAnswer       DeadlineKey = "review.answer"    // somebody who had no part in it looks at it again
	ComplaintPSEA      DeadlineKey = "complaint.psea"   // the first look at a complaint of sexual exploitation or abuse
	LiaisonAnswer      DeadlineKey = "liaison.answer"   // a colleague of another organisation is answered, or it lapses
	ComplaintAnswer    DeadlineKey = "complaint.answer" // she is told what was done
	JoinUndo           DeadlineKey = "join.undo"        // two files that were joined can be parted again
	AttachmentUndo     DeadlineKey = "attachment.undo"  // who attached a file can still take it out
	CustodyMax         DeadlineKey = "custody.gav"
	CustodyExtension   DeadlineKey = "custody.gav.extension"
	AppealLimit        DeadlineKey = "appeal.limit"    // to appeal against a judgment
	CassationLimit     DeadlineKey = "cassation.limit" // to go to the Supreme Court
	BreachInternal     DeadlineKey = "breach.notify.internal"
	BreachController   DeadlineKey = "breach.notify.controller"
	AccountReview      DeadlineKey = "account.review"
	AccountLeaver      DeadlineKey = "account.leaver"
	DirectoryStale     DeadlineKey = "directory.stale"
	DirectoryHidden    DeadlineKey = "directory.hidden"
	RetainSignal       DeadlineKey = "retain.signal"
	RetainScreening    DeadlineKey = "retain.screening"
	RetainCaseAdult    DeadlineKey = "retain.case.adult"
	RetainCaseChild    DeadlineKey = "retain.case.child"
	RetainLog          DeadlineKey = "retain.log"
)

// Deadline is how long something may take. The zero Deadline is due at once.
type Deadline struct {
	Key    DeadlineKey `toml:"key"`
	Amount int         `toml:"amount"`
	Unit   Unit        `toml:"unit"`
	Start  string      `toml:"start"` // from what it counts, in plain English, for whoever edits the data
	Labels
	Fact
}

// Duration gives a deadline that is a fixed stretch of time; working days,
// months and years are not.
func (d Deadline) Duration() (time.Duration, bool) {
	switch d.Unit {
	case Minutes:
		return time.Duration(d.Amount) * time.Minute, true
	case Hours:
		return time.Duration(d.Amount) * time.Hour, true
	case Days:
		return time.Duration(d.Amount) * 24 * time.Hour, true
	}
	return 0, d.Unit == ""
}

// Deadline gives a deadline; every key of this package is there.
func (c *Country) Deadline(key DeadlineKey) Deadline { return c.deadlines[key] }

// Deadlines gives all of them, by key.
func (c *Country) Deadlines() []Deadline {
	list := make([]Deadline, 0, len(c.deadlines))
	for _, key := range deadlineKeys() {
		list = append(list, c.deadlines[key])
	}
	return list
}

// Due is the moment a deadline falls when it counts from a moment. Working
// days, months and years end with their last civil day in the country's time;
// the day they count from is not counted. A deadline in years of age counts
// from birth.
func (c *Country) Due(key DeadlineKey, from time.Time) time.Time {
	d := c.deadlines[key]
	if length, fixed := d.Duration(); fixed {
		return from.Add(length)
	}
	day := c.Day(from)
	var last date.Day
	switch d.Unit {
	case WorkingDays:
		last = c.workdays.Add(day, d.Amount)
	case Months:
		last = day.AddMonths(d.Amount)
	case Years, YearsOfAge:
		last = day.AddYears(d.Amount)
	}
	return last.Add(1).In(c.location).UTC()
}

func (c *Country) readDeadlines(files fs.FS) error {
	name := c.Code + "/deadlines.toml"
	var f struct {
		Deadlines []Deadline `toml:"deadline"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	known := deadlineKeys()
	c.deadlines = make(map[DeadlineKey]Deadline, len(f.Deadlines))
	for _, d := range f.Deadlines {
		if _, twice := c.deadlines[d.Key]; twice || !slices.Contains(known, d.Key) {
			return fmt.Errorf("%s: %q is unknown or given twice", name, d.Key)
		}
		if d.Amount < 0 || !d.Unit.valid() || d.Start == "" {
			return fmt.Errorf("%s: %s: amount, unit or start", name, d.Key)
		}
		if err := checked(name, string(d.Key), d.Labels.check(), d.Fact.check()); err != nil {
			return err
		}
		c.deadlines[d.Key] = d
	}
	for _, key := range known {
		if _, ok := c.deadlines[key]; !ok {
			return fmt.Errorf("%s: %s is missing", name, key)
		}
	}
	return nil
}

func (u Unit) valid() bool {
	return slices.Contains([]Unit{Minutes, Hours, Days, WorkingDays, Months, Years, YearsOfAge}, u)
}

func deadlineKeys() []DeadlineKey {
	return []DeadlineKey{
		TriageRed, TriageNormal, AlertNext, PEPWindow, ECWindow,
		OtherNeed, ScreeningTarget, PresumptionMax, PresumptionRatify, ApprovalConfirm, OwnerAssigned,
		AssessmentMax, TrustedAdult, GuardianTarget, GuardianEscalate, RiskRed, RiskOrange,
		RiskGreen, RiskReassess, RiskChange, BeforeHearing, BeforeMedia, BeforeReturn, PanelReview, ConsentAgain, ConsentStopped, ReturnStopped, SafetyPlanRed, SafetyReview, ReflectionMin,
		ReflectionRec, PlanMax, PlanReview, PlanReviewExtended, PlanAnswer, ServiceFirst,
		ReintegrationStart, ReferralAckRed, ReferralAckOrange, ReferralAckGreen, PacketKeep, Monitoring1,
		Monitoring2, Monitoring3, Monitoring4, MonitoringSchool, MissingRed, MissingOther, LostContact, VisitNext, ClosureAnswer, DecisionExplain, ReviewAnswer, JoinUndo, AttachmentUndo, ComplaintPSEA, ComplaintAnswer, LiaisonAnswer, CustodyMax,
		CustodyExtension, AppealLimit, CassationLimit, BreachInternal, BreachController, AccountReview, AccountLeaver,
		DirectoryStale, DirectoryHidden, RetainSignal, RetainScreening, RetainCaseAdult,
		RetainCaseChild, RetainLog,
	}
}
