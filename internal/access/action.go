package access

// What people do in the journey from a signal to an accepted referral.
const (
	SignalRaise         Action = "signal.raise"           // say that somebody may be in danger
	SignalReceipt       Action = "signal.receipt"         // read back that one's own signal was received, nothing more
	SignalList          Action = "signal.list"            // the queue
	SignalRead          Action = "signal.read"            // what was reported
	SignalCorrect       Action = "signal.correct"         // correct it, the old text is kept
	SignalTake          Action = "signal.take"            // "I am on it"
	SignalTriage        Action = "signal.triage"          // danger, clocks, duplicate, other need
	SignalReferNow      Action = "signal.refer_emergency" // straight from triage, before any screening
	SignalAssign        Action = "signal.assign"          // open a case and give it to somebody
	SignalEscalate      Action = "signal.escalate"        // unanswered: alert the next on the roster
	ReporterRead        Action = "reporter.read"          // who reported and how to call back
	GroupRecord         Action = "group.record"           // people met together
	GroupList           Action = "group.list"
	GroupRead           Action = "group.read"
	GroupEdit           Action = "group.edit"
	CaseList            Action = "case.list"
	CaseRead            Action = "case.read"
	CaseEdit            Action = "case.edit"
	CaseAssign          Action = "case.assign"
	CasePrint           Action = "case.print"  // a paper that she may hold in her hands
	PersonRead          Action = "person.read" // name, phone, documents, address
	PersonEdit          Action = "person.edit"
	PersonSearch        Action = "person.search" // blind index of one's own organisation only
	ScreeningList       Action = "screening.list"
	ScreeningStart      Action = "screening.start"
	ScreeningSave       Action = "screening.save"
	ScreeningDecide     Action = "screening.decide"
	ScreeningRead       Action = "screening.read"
	PresumptionPresume  Action = "presumption.presume"
	PresumptionRatify   Action = "presumption.ratify"
	PresumptionReturn   Action = "presumption.return"
	IdentificationSet   Action = "identification.decide"
	IdentificationRead  Action = "identification.read"    // every decision, what she was told, every review
	DecisionExplain     Action = "identification.explain" // tell her, and that she may ask for a review
	ReviewAsk           Action = "review.ask"
	ReviewDecide        Action = "review.decide"
	AssessmentMake      Action = "assessment.make"
	AssessmentRead      Action = "assessment.read"
	GuardianName        Action = "guardian.name" // say who stands by a child
	GuardianEnd         Action = "guardian.end"
	GuardianRead        Action = "guardian.read"
	ReflectionKeep      Action = "reflection.keep" // offered, accepted, ended
	TaskList            Action = "task.list"       // what is due, by case code
	ConsentAsk          Action = "consent.ask"     // and write down the answer
	ConsentRead         Action = "consent.read"
	ConsentWithdraw     Action = "consent.withdraw"
	ConsentConfirm      Action = "consent.confirm"
	ConsentExpire       Action = "consent.expire" // the day that she set is past
	ReferralSend        Action = "referral.send"
	ReferralList        Action = "referral.list"
	ReferralRead        Action = "referral.read" // the request and where it stands, without the packet
	ReferralAcknowledge Action = "referral.acknowledge"
	ReferralAccept      Action = "referral.accept"
	ReferralDecline     Action = "referral.decline"
	ReferralCancel      Action = "referral.cancel"
	ReferralReroute     Action = "referral.reroute"
	ReferralAskMore     Action = "referral.ask_more"
	ReferralAnswerMore  Action = "referral.answer_more"
	ReferralArrive      Action = "referral.arrive"
	ReferralAbsent      Action = "referral.absent" // she did not come
	ReferralExpire      Action = "referral.expire" // the reply deadline passed
	ReferralAttend      Action = "referral.attend" // the receiver: whether she came on a day
	ReferralInterrupt   Action = "referral.interrupt"
	ReferralResume      Action = "referral.resume"
	ReferralComplete    Action = "referral.complete" // the service is over, with its outcome
	ReferralFeedBack    Action = "referral.feedback" // tell the sender in short what follows
	ReferralClose       Action = "referral.close"    // the sender has read it
	ReferralBurn        Action = "referral.burn"     // the days of a packet are over
	PacketRead          Action = "packet.read"       // the receiver only
	QueueUnanswered     Action = "queue.unanswered"
	WorkMine            Action = "work.mine"
)

// What people do with a plan, and with what comes of it.
const (
	PlanWrite      Action = "plan.write" // what she wants, steps, her agreement
	PlanRead       Action = "plan.read"
	PlanList       Action = "plan.list"       // what is due next, no goal and no story
	PlanApprove    Action = "plan.approve"    // or send back; a second person
	InterestsWeigh Action = "interests.weigh" // of a child
	InterestsRead  Action = "interests.read"
	// InterestsDetermine keeps what a panel decided of a child.
	InterestsDetermine Action = "interests.determine"
	EpisodeKeep        Action = "episode.keep" // a service she receives, its days and its end
	EpisodeRead        Action = "episode.read"
	InspectionRead     Action = "inspection.read" // what was found of a service, without names
	InspectionMake     Action = "inspection.make" // look at a service against its minimum standards
)

// What people do when those who work move, and when somebody asks for what is hers.
const (
	CaseloadList     Action = "caseload.list"    // how much each worker carries
	CaseloadHandOn   Action = "caseload.hand_on" // give what somebody carries to somebody else
	CoverKeep        Action = "cover.keep"       // who stands in for whom, from when until when
	BackupCall       Action = "backup.call"      // I need somebody beside me
	BackupList       Action = "backup.list"
	BackupAnswer     Action = "backup.answer" // I am on it
	TransferOffer    Action = "transfer.offer"
	TransferList     Action = "transfer.list"
	TransferRead     Action = "transfer.read" // the offer, without the story
	TransferAccept   Action = "transfer.accept"
	TransferDecline  Action = "transfer.decline"
	TransferWithdraw Action = "transfer.withdraw"
	CaseReaders      Action = "case.readers" // who read a case, for the person herself
	LogReaders       Action = "log.readers"  // the same, for data protection
)

// What police, prosecutors and courts do with a criminal file.
const (
	FileOpen    Action = "file.open"
	FileList    Action = "file.list"
	FileRead    Action = "file.read"
	FileFind    Action = "file.find"    // a name or a telephone, in the files of one's own unit
	FileStep    Action = "file.step"    // to its next stage: investigated, sent on, dismissed, fixed, judged, final
	FileSuspect Action = "file.suspect" // who it is about
	FileCharge  Action = "file.charge"  // bring a charge, or qualify it anew
	FileAct     Action = "file.act"     // what was done to find out
	FileCustody Action = "file.custody" // held from when, until when
	FileHear    Action = "file.hear"    // days in court
	FileJudge   Action = "file.judge"   // what the court decided of a charge
)

// What people do so that nobody has two files.
const (
	LikenessLook  Action = "likeness.look"  // whether others of one's own are like her
	LikenessList  Action = "likeness.list"  // pairs that wait for somebody who says
	LikenessRead  Action = "likeness.read"  // two side by side
	LikenessApart Action = "likeness.apart" // they are two
	LikenessJoin  Action = "likeness.join"  // they are one: one file goes on
	LikenessUndo  Action = "likeness.undo"
)

// What people do so that two organisations do not help somebody apart from each other.
const (
	InquiryAsk     Action = "inquiry.ask"  // whether another organisation helps her too; the answer is always the same
	LiaisonFind    Action = "liaison.find" // the program compares, by keyed tokens
	LiaisonList    Action = "liaison.list"
	LiaisonAgree   Action = "liaison.agree"   // the side that was found
	LiaisonDecline Action = "liaison.decline" // likewise
	LiaisonShare   Action = "liaison.share"   // the coordinator gives the one the contact of the other
	LiaisonClose   Action = "liaison.close"
	LiaisonLapse   Action = "liaison.lapse" // nobody answered
)

// What people do when somebody asks for what is hers, or the law does.
const (
	ErasureAsk      Action = "erasure.ask" // write down that she asks for it
	ErasureList     Action = "erasure.list"
	ErasureRead     Action = "erasure.read"
	ErasureApprove  Action = "erasure.approve" // the second person: the key is destroyed
	ErasureDecline  Action = "erasure.decline"
	ErasureWithdraw Action = "erasure.withdraw" // she thought better of it
	HoldKeep        Action = "hold.keep"        // say why a file may not be erased yet, and when that is over
	CaseCopy        Action = "case.copy"        // a copy of her file, for her
)

// What people do when a life hangs on a case that they may not read.
const (
	GlassAsk   Action = "glass.ask" // by its code, with a reason
	GlassList  Action = "glass.list"
	GlassGrant Action = "glass.grant" // the second person: one hour
	GlassEnd   Action = "glass.end"   // or refuse
)

// What people do in a shelter.
const (
	StayOpen Action = "stay.open" // she has a bed from this day on
	StayMove Action = "stay.move" // to another room, or to another shelter
	StayEnd  Action = "stay.end"
	StayRead Action = "stay.read" // where she lives, and where she did
	StayList Action = "stay.list" // who lives in the shelter of one's own organisation tonight
)

// What people do with what she says of those who help.
const (
	ComplaintMake   Action = "complaint.make" // write it down for her
	ComplaintList   Action = "complaint.list"
	ComplaintRead   Action = "complaint.read"
	ComplaintLook   Action = "complaint.look" // "I look into it"
	ComplaintAnswer Action = "complaint.answer"
)

// What people do once help has begun: return, reintegration, how she is, the end.
const (
	CaseExpect       Action = "case.expect"  // a hearing, a return, the media: a moment to look at the danger before
	CaseAdvance      Action = "case.advance" // to a return, to reintegration, to monitoring
	CaseClose        Action = "case.close"   // ask for it, with the checklist; or say that contact is lost
	CaseSign         Action = "case.sign"    // the second person's answer
	CaseReopen       Action = "case.reopen"
	CaseHappened     Action = "case.happened"     // a threat, the media: the danger is looked at anew
	GuardianEscalate Action = "guardian.escalate" // the program: too long without one
	CaseSuspend      Action = "case.suspend"      // a contact would endanger her: nobody reaches out until it is lifted
	ReturnKeep       Action = "return.keep"       // her decision, the checks, who receives her
	ReturnRead       Action = "return.read"
	ReturnStop       Action = "return.stop" // she does not leave after all
	ReturnBack       Action = "return.back" // a second person, while her time to think runs
	VisitKeep        Action = "visit.keep"  // a contact with her, or an attempt
	VisitRead        Action = "visit.read"
)

// What people write and enclose beside a case.
const (
	JottingWrite    Action = "jotting.write"
	JottingRead     Action = "jotting.read"
	JottingSort     Action = "jotting.sort" // put it in order
	SealedNoteWrite Action = "sealed_note.write"
	SealedNoteRead  Action = "sealed_note.read"
	SealedNoteList  Action = "sealed_note.list"
	SealedNoteName  Action = "sealed_note.name" // say who reads it
	AttachmentAdd   Action = "attachment.add"
	AttachmentRead  Action = "attachment.read"
	AttachmentDrop  Action = "attachment.remove" // a wrong upload, and its key
)

// What people do around the journey.
const (
	DirectoryRead    Action = "directory.read"
	DirectoryEdit    Action = "directory.edit"
	DirectoryConfirm Action = "directory.confirm_places"
	RosterRead       Action = "roster.read"
	RosterEdit       Action = "roster.edit"
	AccountList      Action = "account.list"
	AccountRead      Action = "account.read"
	AccountAdd       Action = "account.add"
	AccountEdit      Action = "account.edit"
	AccountDisable   Action = "account.disable"
	AccountReset     Action = "account.reset" // password and second factor
	AccountPost      Action = "account.post"  // give or end a post
	LogRead          Action = "log.read"
	AuditCheckpoint  Action = "audit.checkpoint"
	FigureRead       Action = "figure.read"
	LegacyImport     Action = "legacy.import"  // bring a historic list in
	LegacyPrepare    Action = "legacy.prepare" // say what its columns mean, check it, load it or forget it
	LegacyDiscard    Action = "legacy.discard" // take a half-loaded list out again
	LegacyList       Action = "legacy.list"
	LegacyCount      Action = "legacy.count"  // raw counts over historic lists; pages show them through release only
	LegacyExport     Action = "legacy.export" // take a list out again, names and all

	SessionOpen     Action = "session.open"
	SessionFactor   Action = "session.second_factor" // pass it
	SessionEnrol    Action = "session.enrol"         // set one's own second factor up
	SessionConduct  Action = "session.accept_conduct"
	SessionPost     Action = "session.choose_post"
	SessionUnlock   Action = "session.unlock"
	SessionDraft    Action = "session.draft"
	SessionPassword Action = "session.password"
	SessionContact  Action = "session.contact" // one's own language, and where alerts reach one
	SessionNotices  Action = "session.notices" // what one was alerted of
	SessionSeen     Action = "session.seen"    // and that one has seen it
	SessionList     Action = "session.list"
	SessionRevoke   Action = "session.revoke"
	SessionClose    Action = "session.close"

	SystemPublic    Action = "system.public" // pages and files that hold no record: home, help, styles, printable form
	SystemPlaces    Action = "system.places" // choose a place
	SystemHealth    Action = "system.health"
	SystemConfigure Action = "system.configure"
	SystemKeys      Action = "system.keys"   // make and rotate keys
	SystemAlert     Action = "system.alert"  // send the content-free messages of the outbox
	SystemOutbox    Action = "system.outbox" // what waits in it and what failed: counts and codes
	SystemResend    Action = "system.resend" // try again now
	SystemRetain    Action = "system.retain" // erase what is past its time
)
