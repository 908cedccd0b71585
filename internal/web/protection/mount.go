// Package protection shows the journey from a signal to an accepted referral:
// one question a page where a frightened person answers, dense pages where
// people work.
//
// Each page reads a form into the request type of a verb and calls
// [protection.Desk]; what a person can correct comes back at its field, with
// everything that was typed. A visitor's answers travel in hidden fields from
// page to page: no address, no cookie and no server holds them before they are
// sent. Every page works without script.
//
// The room decides no right, keeps no record and writes no rule: it asks the
// desk. Words come from internal/lang, choices from the country's code lists.
package protection

import (
	"context"
	"net/http"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/attachment"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// Names says what accounts and organisations are called; "" when nobody knows.
type Names interface {
	Account(ids.Account) string
	Org(ids.Org) string
}

// People lists who can be chosen. It holds nothing about anybody's case.
type People interface {
	// Orgs lists the open organisations, by name.
	Orgs(ctx context.Context) ([]ids.Org, error)
	// Staff lists the accounts that hold one of the roles in an organisation now, by name.
	Staff(ctx context.Context, org ids.Org, roles ...access.Role) ([]ids.Account, error)
}

// Rooms is what the pages need. All of it must be given.
type Rooms struct {
	Desk    *protection.Desk
	Country *countries.Country
	Names   Names
	People  People
}

// Mount lists the pages of protection.
func Mount(r *Rooms) []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	return append([]shell.Route{
		// Home, signals, duty, roster, directory.
		{Method: get, Pattern: "/{$}", Action: access.SystemPublic, About: shell.Self, Public: true, Handle: r.home},
		{Method: get, Pattern: "/work", Action: access.WorkMine, About: shell.Self, Nav: "duty.nav.work", Handle: r.work},
		{Method: get, Pattern: "/deadlines", Action: access.WorkMine, About: shell.Self, Handle: r.deadlines},
		{Method: get, Pattern: "/signals", Action: access.SignalList, About: shell.Many, Nav: navSignals, Handle: r.signals},
		{Method: get, Pattern: "/signal", Action: access.SignalRaise, About: shell.Fresh, Public: true, Exit: true, Nav: "signal.nav.raise", Handle: r.raiseForm},
		{Method: post, Pattern: "/signal", Action: access.SignalRaise, About: shell.Fresh, Public: true, Exit: true, Handle: r.raise},
		{Method: get, Pattern: "/signal/sent", Action: access.SystemPublic, About: shell.Self, Public: true, Exit: true, Handle: r.sent},
		{Method: get, Pattern: "/signal/form", Action: access.SystemPublic, About: shell.Self, Public: true, Exit: true, Handle: r.form},
		{Method: get, Pattern: "/signal/paper", Action: access.SignalRaise, About: shell.Fresh, Handle: r.paperForm},
		{Method: post, Pattern: "/signal/paper", Action: access.SignalRaise, About: shell.Fresh, Handle: r.paper},
		{Method: get, Pattern: "/receipts", Action: access.SignalReceipt, About: shell.Many, Nav: "signal.nav.mine", Handle: r.receipts},
		{Method: get, Pattern: "/signals/{signal}", Action: access.SignalRead, About: shell.One("signal"), Exit: true, Handle: r.showSignal},
		{Method: post, Pattern: "/signals/{signal}/take", Action: access.SignalTake, About: shell.One("signal"), Form: "/signals/{signal}", Handle: r.take},
		{Method: get, Pattern: "/signals/{signal}/correct", Action: access.SignalCorrect, About: shell.One("signal"), Exit: true, Handle: r.correctForm},
		{Method: post, Pattern: "/signals/{signal}/correct", Action: access.SignalCorrect, About: shell.One("signal"), Exit: true, Handle: r.correct},
		{Method: get, Pattern: "/signals/{signal}/triage", Action: access.SignalTriage, About: shell.One("signal"), Exit: true, Handle: r.triageForm},
		{Method: post, Pattern: "/signals/{signal}/triage", Action: access.SignalTriage, About: shell.One("signal"), Exit: true, Handle: r.triage},
		{Method: get, Pattern: "/signals/{signal}/triaged", Action: access.SignalRead, About: shell.One("signal"), Exit: true, Handle: r.triaged},
		{Method: get, Pattern: "/signals/{signal}/handover", Action: access.SignalRead, About: shell.One("signal"), Handle: r.handover},
		{Method: get, Pattern: "/groups/{group}", Action: access.GroupRead, About: shell.One("group"), Exit: true, Handle: r.group},
		{Method: get, Pattern: "/cases/{case}/assign", Action: access.CaseAssign, About: shell.One("case"), Handle: r.assignForm},
		{Method: post, Pattern: "/cases/{case}/assign", Action: access.CaseAssign, About: shell.One("case"), Handle: r.assign},
		{Method: get, Pattern: "/directory", Action: access.DirectoryRead, About: shell.Many, Nav: navDirectory, Handle: r.directory},
		{Method: get, Pattern: "/directory/new", Action: access.DirectoryEdit, About: shell.Fresh, Handle: r.lineForm},
		{Method: post, Pattern: "/directory/new", Action: access.DirectoryEdit, About: shell.Fresh, Handle: r.keepService},
		{Method: get, Pattern: "/directory/{service}", Action: access.DirectoryEdit, About: shell.One("service"), Handle: r.lineForm},
		{Method: post, Pattern: "/directory/{service}", Action: access.DirectoryEdit, About: shell.One("service"), Handle: r.keepService},
		{Method: get, Pattern: "/directory/{service}/places", Action: access.DirectoryConfirm, About: shell.One("service"), Handle: r.placesForm},
		{Method: post, Pattern: "/directory/{service}/places", Action: access.DirectoryConfirm, About: shell.One("service"), Handle: r.confirmPlaces},
		{Method: get, Pattern: "/roster", Action: access.RosterRead, About: shell.Many, Nav: navRoster, Handle: r.roster},
		{Method: get, Pattern: "/roster/new", Action: access.RosterEdit, About: shell.Fresh, Handle: r.dutyForm},
		{Method: post, Pattern: "/roster/new", Action: access.RosterEdit, About: shell.Fresh, Handle: r.keepDuty},
		{Method: get, Pattern: "/roster/{duty}", Action: access.RosterEdit, About: shell.One("duty"), Handle: r.dutyForm},
		{Method: post, Pattern: "/roster/{duty}", Action: access.RosterEdit, About: shell.One("duty"), Handle: r.keepDuty},
	}, r.care()...)
}

// care lists the pages of screening, supervision, cases, consents and referrals.
func (r *Rooms) care() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one, talk, request := shell.One("case"), shell.One("screening"), shell.One("referral")
	both := func(l shell.Route) []shell.Route { // a page whose form is sent to its own address
		l.Method = get
		sent := l
		sent.Method, sent.Nav = post, ""
		return []shell.Route{l, sent}
	}
	all := []shell.Route{
		{Method: get, Pattern: "/cases", Action: access.CaseList, About: shell.Many, Nav: navCases, Handle: r.listCases},
		{Method: get, Pattern: "/waiting", Action: access.CaseList, About: shell.Many, Handle: r.waiting},
		{Method: get, Pattern: "/cases/{case}", Action: access.CaseRead, About: one, Exit: true, Handle: r.showCase},
		{Method: get, Pattern: "/persons/{person}", Action: access.PersonRead, About: shell.One("person"), Exit: true, Handle: r.showPerson},
		{Method: get, Pattern: "/screenings/{screening}", Action: access.ScreeningSave, About: talk, Exit: true, Handle: r.showScreening},
		{Method: get, Pattern: "/screenings/{screening}/read", Action: access.ScreeningRead, About: talk, Exit: true, Handle: r.readScreening},
		{Method: post, Pattern: "/screenings/{screening}/stop", Action: access.ScreeningSave, About: talk, Exit: true, Form: "/screenings/{screening}", Handle: r.stop},
		{Method: post, Pattern: "/screenings/{screening}/resume", Action: access.ScreeningSave, About: talk, Exit: true, Form: "/screenings/{screening}", Handle: r.resume},
		{Method: get, Pattern: "/assessments/{assessment}", Action: access.AssessmentRead, About: shell.One("assessment"), Exit: true, Handle: r.showAssessment},
		{Method: get, Pattern: "/tasks", Action: access.TaskList, Kind: access.CaseKind, About: shell.Many, Nav: navTasks, Handle: r.listTasks},
		{Method: get, Pattern: "/guardians/{guardian}", Action: access.GuardianRead, About: shell.One("guardian"), Exit: true, Handle: r.showGuardian},
		{Method: get, Pattern: "/consents/{consent}", Action: access.ConsentRead, About: shell.One("consent"), Exit: true, Handle: r.showConsent},
		{Method: get, Pattern: "/referrals", Action: access.ReferralList, About: shell.Many, Nav: navReferrals, Handle: r.listReferrals},
		{Method: get, Pattern: "/referrals/{referral}", Action: access.ReferralRead, About: request, Exit: true, Handle: r.showReferral},
		{Method: get, Pattern: "/requests", Action: access.ReferralList, About: shell.Many, Handle: r.listRequests},
		{Method: get, Pattern: "/requests/{referral}", Action: access.PacketRead, About: request, Exit: true, Handle: r.showRequest},
		{Method: post, Pattern: "/requests/{referral}/acknowledge", Action: access.ReferralAcknowledge, About: request, Form: "/requests/{referral}", Handle: r.acknowledge},
		{Method: post, Pattern: "/requests/{referral}/arrive", Action: access.ReferralArrive, About: request, Form: "/requests/{referral}", Handle: r.arrive},
		{Method: get, Pattern: "/unanswered", Action: access.QueueUnanswered, About: shell.Many, Nav: navUnanswered, Handle: r.unanswered},
	}
	for _, l := range []shell.Route{
		{Pattern: "/search", Action: access.PersonSearch, About: shell.Many, Exit: true, Nav: navSearch, Handle: r.search},
		{Pattern: "/cases/{case}/danger", Action: access.CaseEdit, About: one, Exit: true, Handle: r.editDanger},
		{Pattern: "/cases/{case}/edit", Action: access.CaseEdit, About: one, Exit: true, Handle: r.editCase},
		{Pattern: "/cases/{case}/assess", Action: access.AssessmentMake, Kind: access.CaseKind, About: one, Exit: true, Handle: r.assess},
		{Pattern: "/cases/{case}/guardian", Action: access.GuardianName, Kind: access.CaseKind, About: one, Exit: true, Handle: r.stand},
		{Pattern: "/guardians/{guardian}/end", Action: access.GuardianEnd, About: shell.One("guardian"), Exit: true, Handle: r.standDown},
		{Pattern: "/cases/{case}/reflection", Action: access.ReflectionKeep, About: one, Exit: true, Handle: r.reflect},
		{Pattern: "/cases/{case}/leave", Action: access.CaseEdit, About: one, Exit: true, Handle: r.leave},
		{Pattern: "/cases/{case}/screen", Action: access.ScreeningStart, Kind: access.CaseKind, About: one, Exit: true, Handle: r.screen},
		{Pattern: "/cases/{case}/print", Action: access.CasePrint, About: one, Exit: true, Handle: r.print},
		{Pattern: "/cases/{case}/ratify", Action: access.PresumptionRatify, About: one, Exit: true, Handle: r.ratify},
		{Pattern: "/cases/{case}/consent", Action: access.ConsentAsk, Kind: access.CaseKind, About: one, Exit: true, Handle: r.askConsent},
		{Pattern: "/cases/{case}/refer", Action: access.ReferralSend, Kind: access.CaseKind, About: one, Exit: true, Handle: r.refer},
		{Pattern: "/cases/{case}/refer-now", Action: access.SignalReferNow, Kind: access.CaseKind, About: one, Exit: true, Handle: r.refer},
		{Pattern: "/persons/{person}/edit", Action: access.PersonEdit, About: shell.One("person"), Exit: true, Handle: r.editPerson},
		{Pattern: "/screenings/{screening}/decide", Action: access.ScreeningDecide, About: talk, Exit: true, Handle: r.judge},
		{Pattern: "/consents/{consent}/confirm", Action: access.ConsentConfirm, About: shell.One("consent"), Exit: true, Handle: r.confirm},
		{Pattern: "/consents/{consent}/withdraw", Action: access.ConsentWithdraw, About: shell.One("consent"), Exit: true, Handle: r.withdraw},
		{Pattern: "/referrals/{referral}/cancel", Action: access.ReferralCancel, About: request, Exit: true, Handle: r.cancel},
		{Pattern: "/referrals/{referral}/answer", Action: access.ReferralAnswerMore, About: request, Exit: true, Handle: r.answerMore},
		{Pattern: "/requests/{referral}/accept", Action: access.ReferralAccept, About: request, Exit: true, Handle: r.accept},
		{Pattern: "/requests/{referral}/decline", Action: access.ReferralDecline, About: request, Exit: true, Handle: r.decline},
		{Pattern: "/requests/{referral}/absent", Action: access.ReferralAbsent, About: request, Exit: true, Handle: r.absent},
		{Pattern: "/requests/{referral}/ask", Action: access.ReferralAskMore, About: request, Exit: true, Handle: r.askMore},
	} {
		all = append(all, both(l)...)
	}
	all = append(all, r.planRoutes()...)
	all = append(all, r.provideRoutes()...)
	all = append(all, r.moveRoutes()...)
	all = append(all, r.stayRoutes()...)
	all = append(all, r.followRoutes()...)
	all = append(all, r.identificationRoutes()...)
	all = append(all, r.noteRoutes()...)
	all = append(all, r.findRoutes()...)
	all = append(all, r.rightsRoutes()...)
	for _, q := range questions() {
		all = append(all, both(shell.Route{Pattern: "/screenings/{screening}/" + q.key, Action: access.ScreeningSave, About: talk, Exit: true, Handle: r.listen(q)})...)
	}
	return all
}

// planRoutes lists the pages of plans and of what comes of them.
func (r *Rooms) planRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one, plan, episode := shell.One("case"), shell.One("plan"), shell.One("episode")
	all := []shell.Route{
		{Method: get, Pattern: "/plans", Action: access.PlanList, About: shell.Many, Handle: r.listPlans},
		{Method: get, Pattern: "/cases/{case}/plan", Action: access.PlanRead, Kind: access.CaseKind, About: one, Exit: true, Handle: r.showPlan},
		{Method: get, Pattern: "/interests/{interests}", Action: access.InterestsRead, About: shell.One("interests"), Exit: true, Handle: r.showInterests},
		{Method: get, Pattern: "/episodes/{episode}", Action: access.EpisodeRead, About: episode, Exit: true, Handle: r.showEpisode},
	}
	for _, l := range []shell.Route{
		{Pattern: "/cases/{case}/plan/write", Action: access.PlanWrite, Kind: access.CaseKind, About: one, Exit: true, Handle: r.writePlan},
		{Pattern: "/cases/{case}/plan/step", Action: access.PlanWrite, Kind: access.CaseKind, About: one, Exit: true, Handle: r.addStep},
		{Pattern: "/cases/{case}/plan/end", Action: access.PlanWrite, Kind: access.CaseKind, About: one, Exit: true, Handle: r.endStep},
		{Pattern: "/cases/{case}/plan/agree", Action: access.PlanWrite, Kind: access.CaseKind, About: one, Exit: true, Handle: r.agree},
		{Pattern: "/plans/{plan}/approve", Action: access.PlanApprove, About: plan, Exit: true, Handle: r.approve},
		{Pattern: "/cases/{case}/interests", Action: access.InterestsWeigh, Kind: access.CaseKind, About: one, Exit: true, Handle: r.weigh},
		{Pattern: "/cases/{case}/panel", Action: access.InterestsDetermine, Kind: access.CaseKind, About: one, Exit: true, Handle: r.determine},
		{Pattern: "/cases/{case}/expect", Action: access.CaseExpect, About: one, Exit: true, Handle: r.expect},
		{Pattern: "/directory/{service}/inspect", Action: access.InspectionMake, About: shell.One("service"), Handle: r.inspect},
		{Pattern: "/cases/{case}/serve", Action: access.EpisodeKeep, Kind: access.CaseKind, About: one, Exit: true, Handle: r.serve},
		{Pattern: "/episodes/{episode}/attend", Action: access.EpisodeKeep, About: episode, Exit: true, Handle: r.attend},
		{Pattern: "/episodes/{episode}/pause", Action: access.EpisodeKeep, About: episode, Exit: true, Handle: r.pauseService},
		{Pattern: "/episodes/{episode}/end", Action: access.EpisodeKeep, About: episode, Exit: true, Handle: r.endService},
	} {
		form, sent := l, l
		form.Method, sent.Method = get, post
		all = append(all, form, sent)
	}
	return all
}

// provideRoutes lists the pages of a house that was asked and has her, and what its
// word does to the record of whoever follows her.
func (r *Rooms) provideRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	request := shell.One("referral")
	all := []shell.Route{
		{Method: post, Pattern: "/referrals/{referral}/close", Action: access.ReferralClose, About: request, Form: "/referrals/{referral}", Handle: r.conclude},
		{Method: post, Pattern: "/episodes/{episode}/agree", Action: access.EpisodeKeep, About: shell.One("episode"), Form: "/episodes/{episode}", Handle: r.agreeService},
		{Method: get, Pattern: "/directory/{service}/found", Action: access.InspectionRead, About: shell.One("service"), Handle: r.found},
	}
	for _, l := range []shell.Route{
		{Pattern: "/requests/{referral}/day", Action: access.ReferralAttend, About: request, Exit: true, Handle: r.noteDay},
		{Pattern: "/requests/{referral}/interrupt", Action: access.ReferralInterrupt, About: request, Exit: true, Handle: r.interrupt},
		{Pattern: "/requests/{referral}/resume", Action: access.ReferralResume, About: request, Exit: true, Handle: r.goOn},
		{Pattern: "/requests/{referral}/complete", Action: access.ReferralComplete, About: request, Exit: true, Handle: r.complete},
		{Pattern: "/requests/{referral}/feedback", Action: access.ReferralFeedBack, About: request, Exit: true, Handle: r.feedBack},
	} {
		form, sent := l, l
		form.Method, sent.Method = get, post
		all = append(all, form, sent)
	}
	return all
}

// moveRoutes lists the pages of people who move: what each carries, who stands
// in, calls for help, and cases that go to another organisation.
func (r *Rooms) moveRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	offer, offered := "/cases/{case}/transfer", shell.One("transfer")
	return []shell.Route{
		{Method: get, Pattern: "/caseloads", Action: access.CaseloadList, About: shell.Many, Nav: navCaseloads, Handle: r.caseloads},
		{Method: get, Pattern: handOnPath, Action: access.CaseloadHandOn, About: shell.Many, Handle: r.handOn},
		{Method: post, Pattern: handOnPath, Action: access.CaseloadHandOn, About: shell.Many, Handle: r.handOn},
		{Method: get, Pattern: "/caseloads/cover", Action: access.CoverKeep, About: shell.Fresh, Handle: r.cover},
		{Method: post, Pattern: "/caseloads/cover", Action: access.CoverKeep, About: shell.Fresh, Handle: r.cover},
		{Method: get, Pattern: "/covers/{cover}", Action: access.CoverKeep, About: shell.One("cover"), Handle: r.cover},
		{Method: post, Pattern: "/covers/{cover}", Action: access.CoverKeep, About: shell.One("cover"), Handle: r.cover},
		{Method: get, Pattern: "/covered", Action: access.CaseList, About: shell.Many, Handle: r.listCovered},
		{Method: get, Pattern: "/backup", Action: access.BackupList, About: shell.Many, Handle: r.backups},
		{Method: post, Pattern: "/backup", Action: access.BackupCall, About: shell.Fresh, Form: "/work", Handle: r.call},
		{Method: post, Pattern: "/backup/{backup}/answer", Action: access.BackupAnswer, About: shell.One("backup"), Form: "/backup", Handle: r.come},
		{Method: get, Pattern: "/transfers", Action: access.TransferList, About: shell.Many, Handle: r.listTransfers},
		{Method: get, Pattern: offer, Action: access.TransferOffer, Kind: access.CaseKind, About: shell.One("case"), Handle: r.offer},
		{Method: post, Pattern: offer, Action: access.TransferOffer, Kind: access.CaseKind, About: shell.One("case"), Handle: r.offer},
		{Method: get, Pattern: "/cases/{case}/readers", Action: access.CaseReaders, About: shell.One("case"), Exit: true, Handle: r.readers},
		{Method: get, Pattern: "/readers", Action: access.LogReaders, About: shell.Many, Nav: navReaders, Handle: r.readersOf},
		{Method: post, Pattern: "/readers", Action: access.LogReaders, About: shell.Many, Handle: r.readersOf},
		{Method: get, Pattern: "/transfers/{transfer}", Action: access.TransferRead, About: offered, Handle: r.showTransfer},
		{Method: post, Pattern: "/transfers/{transfer}/accept", Action: access.TransferAccept, About: offered, Form: "/transfers/{transfer}", Handle: r.receive()},
		{Method: post, Pattern: "/transfers/{transfer}/decline", Action: access.TransferDecline, About: offered, Form: "/transfers/{transfer}", Handle: r.refuse()},
		{Method: post, Pattern: "/transfers/{transfer}/withdraw", Action: access.TransferWithdraw, About: offered, Form: "/transfers/{transfer}", Handle: r.takeBack()},
	}
}

// stayRoutes lists the pages of who lives in which shelter, and of what she says of
// those who help.
func (r *Rooms) stayRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	settle, stay := "/referrals/{referral}/stay", shell.One("stay")
	complain, hears, complaint := "/cases/{case}/complaint", "/requests/{referral}/complaint", shell.One("complaint")
	return []shell.Route{
		{Method: get, Pattern: "/stays", Action: access.StayList, About: shell.Many, Handle: r.tonight},
		{Method: get, Pattern: settle, Action: access.StayOpen, Kind: access.ReferralKind, About: shell.One("referral"), Exit: true, Handle: r.settle},
		{Method: post, Pattern: settle, Action: access.StayOpen, Kind: access.ReferralKind, About: shell.One("referral"), Exit: true, Handle: r.settle},
		{Method: get, Pattern: "/stays/{stay}", Action: access.StayRead, About: stay, Exit: true, Handle: r.showStay},
		{Method: get, Pattern: "/complaints", Action: access.ComplaintList, About: shell.Many, Handle: r.listComplaints},
		{Method: get, Pattern: complain, Action: access.ComplaintMake, Kind: access.CaseKind, About: shell.One("case"), Exit: true, Handle: r.complain},
		{Method: post, Pattern: complain, Action: access.ComplaintMake, Kind: access.CaseKind, About: shell.One("case"), Exit: true, Handle: r.complain},
		{Method: get, Pattern: hears, Action: access.ComplaintMake, Kind: access.ReferralKind, About: shell.One("referral"), Exit: true, Handle: r.complainRequest},
		{Method: post, Pattern: hears, Action: access.ComplaintMake, Kind: access.ReferralKind, About: shell.One("referral"), Exit: true, Handle: r.complainRequest},
		{Method: get, Pattern: "/complaints/{complaint}", Action: access.ComplaintRead, About: complaint, Exit: true, Handle: r.showComplaint},
		{Method: post, Pattern: "/complaints/{complaint}/look", Action: access.ComplaintLook, About: complaint, Form: "/complaints/{complaint}", Handle: r.lookInto},
		{Method: get, Pattern: "/complaints/{complaint}/answer", Action: access.ComplaintAnswer, About: complaint, Exit: true, Handle: r.answerComplaint},
		{Method: post, Pattern: "/complaints/{complaint}/answer", Action: access.ComplaintAnswer, About: complaint, Exit: true, Handle: r.answerComplaint},
		{Method: get, Pattern: "/stays/{stay}/move", Action: access.StayMove, About: stay, Exit: true, Handle: r.shift},
		{Method: post, Pattern: "/stays/{stay}/move", Action: access.StayMove, About: stay, Exit: true, Handle: r.shift},
		{Method: get, Pattern: "/stays/{stay}/end", Action: access.StayEnd, About: stay, Exit: true, Handle: r.depart},
		{Method: post, Pattern: "/stays/{stay}/end", Action: access.StayEnd, About: stay, Exit: true, Handle: r.depart},
	}
}

// followRoutes lists the pages of return, reintegration, how she is, and the end of a case.
func (r *Rooms) followRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one := shell.One("case")
	all := []shell.Route{
		{Method: get, Pattern: "/cases/{case}/visits", Action: access.VisitRead, About: one, Exit: true, Handle: r.showFollow},
		{Method: get, Pattern: "/cases/{case}/return", Action: access.ReturnRead, About: one, Exit: true, Handle: r.showReturn},
	}
	for _, l := range []shell.Route{
		{Pattern: "/cases/{case}/visit", Action: access.VisitKeep, About: one, Exit: true, Handle: r.keepVisit},
		{Pattern: "/cases/{case}/business", Action: access.EpisodeKeep, Kind: access.CaseKind, About: one, Exit: true, Handle: r.keepBusiness},
		{Pattern: "/cases/{case}/advance", Action: access.CaseAdvance, About: one, Exit: true, Handle: r.advance},
		{Pattern: "/cases/{case}/return/prepare", Action: access.ReturnKeep, About: one, Exit: true, Handle: r.prepareReturn},
		{Pattern: "/cases/{case}/return/party", Action: access.ReturnKeep, About: one, Exit: true, Handle: r.addParty},
		{Pattern: "/cases/{case}/return/stop", Action: access.ReturnStop, About: one, Exit: true, Handle: r.stopReturn},
		{Pattern: "/cases/{case}/return/back", Action: access.ReturnBack, About: one, Exit: true, Handle: r.backReturn},
		{Pattern: "/cases/{case}/close", Action: access.CaseClose, About: one, Exit: true, Handle: r.closeCase},
		{Pattern: "/cases/{case}/lose", Action: access.CaseClose, About: one, Exit: true, Handle: r.lose},
		{Pattern: "/cases/{case}/sign", Action: access.CaseSign, About: one, Exit: true, Handle: r.signOff},
		{Pattern: "/cases/{case}/reopen", Action: access.CaseReopen, About: one, Exit: true, Handle: r.reopen},
		{Pattern: "/cases/{case}/happened", Action: access.CaseHappened, About: one, Exit: true, Handle: r.happened},
		{Pattern: "/cases/{case}/suspend", Action: access.CaseSuspend, About: one, Exit: true, Handle: r.suspend},
	} {
		form, sent := l, l
		form.Method, sent.Method = get, post
		all = append(all, form, sent)
	}
	return all
}

// identificationRoutes lists the pages of formal identification and of reviews.
func (r *Rooms) identificationRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one := shell.One("case")
	all := []shell.Route{{Method: get, Pattern: "/cases/{case}/identification", Action: access.IdentificationRead, About: one, Exit: true, Handle: r.showIdentification}}
	for _, l := range []shell.Route{
		{Pattern: "/cases/{case}/identify", Action: access.IdentificationSet, About: one, Exit: true, Handle: r.identify},
		{Pattern: "/cases/{case}/explain", Action: access.DecisionExplain, About: one, Exit: true, Handle: r.explain},
		{Pattern: "/cases/{case}/review", Action: access.ReviewAsk, About: one, Exit: true, Handle: r.askReview},
		{Pattern: "/cases/{case}/review/answer", Action: access.ReviewDecide, About: one, Exit: true, Handle: r.decideReview},
	} {
		form, sent := l, l
		form.Method, sent.Method = get, post
		all = append(all, form, sent)
	}
	return all
}

// rightsRoutes lists the pages of what somebody has a right to.
func (r *Rooms) rightsRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one, asked := shell.One("case"), shell.One("erasure")
	return []shell.Route{
		{Method: get, Pattern: "/erasures", Action: access.ErasureList, About: shell.Many, Nav: navErasures, Handle: r.listErasures},
		{Method: get, Pattern: "/erasures/{erasure}", Action: access.ErasureRead, About: asked, Handle: r.showErasure},
		{Method: post, Pattern: "/erasures/{erasure}/approve", Action: access.ErasureApprove, About: asked, Form: "/erasures/{erasure}", Handle: r.approveErasure()},
		{Method: post, Pattern: "/erasures/{erasure}/decline", Action: access.ErasureDecline, About: asked, Form: "/erasures/{erasure}", Handle: r.declineErasure()},
		{Method: post, Pattern: "/erasures/{erasure}/withdraw", Action: access.ErasureWithdraw, About: asked, Form: "/erasures/{erasure}", Handle: r.withdrawErasure()},
		{Method: get, Pattern: "/emergency", Action: access.GlassList, About: shell.Many, Nav: navGlass, Handle: r.glasses},
		{Method: post, Pattern: "/emergency", Action: access.GlassAsk, About: shell.Fresh, Form: "/emergency", Handle: r.askGlass},
		{Method: post, Pattern: "/emergency/{glass}/open", Action: access.GlassGrant, About: shell.One("glass"), Form: "/emergency", Handle: r.grantGlass()},
		{Method: post, Pattern: "/emergency/{glass}/end", Action: access.GlassEnd, About: shell.One("glass"), Form: "/emergency", Handle: r.endGlass()},
		{Method: get, Pattern: "/cases/{case}/copy", Action: access.CaseCopy, About: one, Exit: true, Handle: r.copyFile},
		{Method: post, Pattern: "/cases/{case}/copy", Action: access.CaseCopy, About: one, Exit: true, Handle: r.copyFile},
		{Method: get, Pattern: "/cases/{case}/erase", Action: access.ErasureAsk, About: one, Exit: true, Handle: r.askErasure},
		{Method: post, Pattern: "/cases/{case}/erase", Action: access.ErasureAsk, About: one, Exit: true, Handle: r.askErasure},
		{Method: get, Pattern: "/cases/{case}/hold", Action: access.HoldKeep, About: one, Handle: r.hold},
		{Method: post, Pattern: "/cases/{case}/hold", Action: access.HoldKeep, About: one, Handle: r.hold},
	}
}

// noteRoutes lists the pages of what is written and enclosed beside a case.
func (r *Rooms) noteRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one, note, sealed, file := shell.One("case"), shell.One("jotting"), shell.One("sealed"), shell.One("attachment")
	all := []shell.Route{
		{Method: get, Pattern: "/notes/{jotting}", Action: access.JottingRead, About: note, Exit: true, Handle: r.showJotting},
		{Method: get, Pattern: "/sealed", Action: access.SealedNoteList, About: shell.Many, Nav: navSealed, Handle: r.listSealed},
		{Method: get, Pattern: "/sealed/{sealed}", Action: access.SealedNoteRead, About: sealed, Exit: true, Handle: r.showSealed},
		{Method: get, Pattern: "/attachments/{attachment}", Action: access.AttachmentRead, About: file, Exit: true, Handle: r.showAttachment},
		{Method: get, Pattern: "/attachments/{attachment}/file", Action: access.AttachmentRead, About: file, Handle: r.download},
	}
	for _, l := range []shell.Route{
		{Pattern: "/attachments/{attachment}/remove", Action: access.AttachmentDrop, About: file, Exit: true, Handle: r.removeFile},
		{Pattern: "/cases/{case}/note", Action: access.JottingWrite, Kind: access.CaseKind, About: one, Exit: true, Handle: r.jot},
		{Pattern: "/notes/{jotting}/sort", Action: access.JottingSort, About: note, Exit: true, Handle: r.sortJotting},
		{Pattern: "/cases/{case}/sealed", Action: access.SealedNoteWrite, Kind: access.CaseKind, About: one, Exit: true, Handle: r.sealNote},
		{Pattern: "/sealed/{sealed}/readers", Action: access.SealedNoteName, About: sealed, Exit: true, Handle: r.entrust},
		{Pattern: "/cases/{case}/attach", Action: access.AttachmentAdd, Kind: access.CaseKind, About: one, Exit: true, Upload: attachment.Most, Handle: r.attach},
		{Pattern: "/sealed/{sealed}/attach", Action: access.AttachmentAdd, Kind: access.SealedNoteKind, About: sealed, Exit: true, Upload: attachment.Most, Handle: r.attachSealed},
	} {
		form, sent := l, l
		form.Method, sent.Method = get, post
		all = append(all, form, sent)
	}
	return all
}

// findRoutes lists the pages of files that may be of one person.
func (r *Rooms) findRoutes() []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	look, pair := "/cases/{case}/alike", shell.One("likeness")
	ask, met := "/cases/{case}/inquire", shell.One("liaison")
	return []shell.Route{
		{Method: get, Pattern: ask, Action: access.InquiryAsk, About: shell.One("case"), Exit: true, Handle: r.inquire},
		{Method: post, Pattern: ask, Action: access.InquiryAsk, About: shell.One("case"), Exit: true, Handle: r.inquire},
		{Method: get, Pattern: liaisonPath, Action: access.LiaisonList, About: shell.Many, Nav: navLiaisons, Handle: r.liaisons},
		{Method: post, Pattern: liaisonPath + "/{liaison}/agree", Action: access.LiaisonAgree, About: met, Form: liaisonPath, Handle: r.agreeLiaison()},
		{Method: post, Pattern: liaisonPath + "/{liaison}/decline", Action: access.LiaisonDecline, About: met, Form: liaisonPath, Handle: r.declineLiaison()},
		{Method: post, Pattern: liaisonPath + "/{liaison}/share", Action: access.LiaisonShare, About: met, Form: liaisonPath, Handle: r.shareLiaison()},
		{Method: post, Pattern: liaisonPath + "/{liaison}/close", Action: access.LiaisonClose, About: met, Form: liaisonPath, Handle: r.closeLiaison()},
		{Method: get, Pattern: look, Action: access.LikenessLook, Kind: access.CaseKind, About: shell.One("case"), Exit: true, Handle: r.lookAlike},
		{Method: post, Pattern: look, Action: access.LikenessLook, Kind: access.CaseKind, About: shell.One("case"), Exit: true, Handle: r.lookAlike},
		{Method: get, Pattern: likenessPath, Action: access.LikenessList, About: shell.Many, Handle: r.listLikenesses},
		{Method: get, Pattern: likenessPath + "/{likeness}", Action: access.LikenessRead, About: pair, Exit: true, Handle: r.showLikeness},
		{Method: post, Pattern: likenessPath + "/{likeness}/apart", Action: access.LikenessApart, About: pair, Form: likenessPath + "/{likeness}", Handle: r.sayApart()},
		{Method: post, Pattern: likenessPath + "/{likeness}/join", Action: access.LikenessJoin, About: pair, Form: likenessPath + "/{likeness}", Handle: r.joinFiles()},
		{Method: post, Pattern: likenessPath + "/{likeness}/undo", Action: access.LikenessUndo, About: pair, Form: likenessPath + "/{likeness}", Handle: r.undoJoin()},
	}
}
