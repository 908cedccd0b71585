package prosecution

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// bench is a desk over a store that holds files in memory.
type bench struct {
	*Desk
	t        *testing.T
	ctx      context.Context
	now      time.Time
	files    map[ids.File]*Dossier
	given    map[string][]ids.Org // register and number → the offices that gave it
	saves    int
	police   access.Who
	other    access.Who
	parquet  access.Who
	tribunal access.Who
	appeal   access.Who
}

func newBench(t *testing.T) *bench {
	t.Helper()
	c, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, ctx: context.Background(), now: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), files: map[ids.File]*Dossier{}, given: map[string][]ids.Org{}}
	somebody := func(r access.Role) access.Who { return accesstest.Somebody(r, ids.New[ids.Org]()) }
	b.police, b.other, b.parquet, b.tribunal, b.appeal = somebody(access.Police), somebody(access.Police), somebody(access.Prosecutor), somebody(access.Court), somebody(access.Court)
	clock := func() time.Time { return b.now }
	b.Desk = &Desk{Store: b, Policy: accesstest.Policy(t), Rules: RulesOf(c, clock), Now: clock, Random: bytes.NewReader(bytes.Repeat([]byte{7, 31, 99, 4}, 1000))}
	return b
}

func (b *bench) Facts(_ context.Context, _ access.Kind, id ids.UUID) (access.Object, error) {
	d, ok := b.files[ids.File{UUID: id}]
	if !ok {
		return access.Object{}, fault.New(fault.NotFound, "record.notfound")
	}
	o := access.Object{Kind: access.FileKind, ID: id, Subject: id, Zone: access.Criminal, Owner: d.Owner, To: d.Office, By: d.By, Stage: string(d.State)}
	o.Bench = slices.DeleteFunc(slices.Clone(d.Bench[:]), ids.Org.IsZero)
	return o, nil
}
func (b *bench) Note(context.Context, audit.Entry) error { return nil }
func (b *bench) Dossier(_ context.Context, _ access.Grant, id ids.File) (Dossier, error) {
	return *b.files[id], nil
}
func (b *bench) Files(context.Context, access.Grant, Page) (Cut, error) { return Cut{}, nil }
func (b *bench) FindFiles(context.Context, access.Grant, string, Page) (Cut, error) {
	return Cut{}, nil
}
func (b *bench) Numbered(_ context.Context, r Register, plain string, office ids.Org, _ ids.File) (same, elsewhere bool, err error) {
	all := b.given[string(r)+plain]
	return slices.Contains(all, office), slices.ContainsFunc(all, func(o ids.Org) bool { return o != office }), nil
}
func (b *bench) Offices(_ context.Context, roles ...access.Role) ([]ids.Org, error) {
	if roles[0] == access.Prosecutor {
		return []ids.Org{b.parquet.Post.Org}, nil
	}
	return []ids.Org{b.tribunal.Post.Org, b.appeal.Post.Org}, nil
}
func (b *bench) SaveProsecution(_ context.Context, _ audit.Entry, c Change) error {
	b.saves++
	d := b.files[c.File.ID]
	if d == nil {
		d = &Dossier{}
		b.files[c.File.ID] = d
	}
	if c.File.Version != d.Version {
		return fault.New(fault.Stale, "record.stale")
	}
	d.File = *c.File
	d.Version++
	d.Stages = append(d.Stages, c.Stages...)
	for _, r := range c.Numbers {
		key := string(r) + d.Numbers[r].Plain
		b.given[key] = append(b.given[key], d.Seat(r))
	}
	for _, x := range c.Suspects {
		x.Version++
		d.Suspects = put(d.Suspects, x, func(o Suspect) bool { return o.ID == x.ID })
	}
	for _, x := range c.Charges {
		x.Version++
		d.Charges = put(d.Charges, x, func(o Charge) bool { return o.ID == x.ID })
	}
	for _, x := range c.Custodies {
		x.Version++
		d.Custodies = put(d.Custodies, x, func(o Custody) bool { return o.ID == x.ID })
	}
	for _, x := range c.Hearings {
		x.Version++
		d.Hearings = put(d.Hearings, x, func(o Hearing) bool { return o.ID == x.ID })
	}
	d.Acts, d.Judgments = append(d.Acts, c.Acts...), append(d.Judgments, c.Judgments...)
	return nil
}

func put[T any](all []T, x T, same func(T) bool) []T {
	if i := slices.IndexFunc(all, same); i >= 0 {
		all[i] = x
		return all
	}
	return append(all, x)
}

func (b *bench) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v %+v", err, fault.Fields(err))
	}
}

// refuses wants a fault at a field, with everything as it was.
func (b *bench) refuses(what string, err error, field, key string) {
	b.t.Helper()
	for _, f := range fault.Fields(err) {
		if f.Field == field && f.Key == key {
			return
		}
	}
	b.t.Errorf("%s: %v", what, err)
}

func (b *bench) today() date.Day { return b.Rules.Day(b.now) }
func (b *bench) days(n int)      { b.now = b.now.AddDate(0, 0, n) }

// opens opens a file with a number.
func (b *bench) opens(w access.Who, number string) (ids.File, error) {
	id := ids.New[ids.File]()
	return id, b.Open(b.ctx, w, Open{ID: id, Source: CaughtInTheAct, Number: number, On: b.today(), Where: place.Given{Code: b.Rules.Places.Children(b.Rules.Places.Home(), b.today())[0].Code}})
}

// begun is a file with a suspect and a charge.
func (b *bench) begun(number string) (ids.File, ids.Suspect, ids.Charge) {
	b.t.Helper()
	id, err := b.opens(b.police, number)
	b.ok(err)
	s, x := ids.New[ids.Suspect](), ids.New[ids.Charge]()
	b.ok(b.NameSuspect(b.ctx, b.police, NameSuspect{ID: s, File: id, Name: "Invented", Role: "RECRUITER", Sex: "M", Band: "25-34", Official: No}))
	b.ok(b.Bring(b.ctx, b.police, Bring{ID: x, File: id, Suspect: s, Offence: "ABDUCTION", On: b.today()}))
	return id, s, x
}

// goes moves a file on.
func (b *bench) goes(w access.Who, id ids.File, to State, more ...func(*Step)) error {
	c := Step{File: id, Version: b.files[id].Version, To: to, On: b.today(), Number: "9/2026", FirstDay: b.today(), Office: b.parquet.Post.Org, Reason: "EVIDENCE", Who: "ACCUSED"}
	if to == Dismissed {
		c.Reason = "EVIDENCE"
	}
	if to.AtCourt() {
		c.Office = b.tribunal.Post.Org
	}
	if to == OnAppeal {
		c.Office = b.appeal.Post.Org
	}
	for _, m := range more {
		m(&c)
	}
	return b.Step(b.ctx, w, c)
}

// From flagrance at the border to a judgment that is final after an appeal: abduction, requalified to
// trafficking and back, each with its reason (issue 4, "Proof").
func TestAFileFromFlagranceToAFinalJudgment(t *testing.T) {
	b := newBench(t)
	id, s, x := b.begun("PV 12/2026")
	b.ok(b.goes(b.police, id, Investigation))
	b.ok(b.Requalify(b.ctx, b.police, Requalify{File: id, Charge: x, Version: 1, To: "TIP", Reason: "ELEMENT_PROVED", On: b.today()}))
	b.days(3)
	b.ok(b.goes(b.police, id, Transmitted))
	b.ok(b.goes(b.parquet, id, Dismissed))
	if b.files[id].Suspects[0].State != ChargesDropped {
		t.Error("dismissed, and the suspect is still pursued")
	}
	b.ok(b.goes(b.parquet, id, Instruction, func(c *Step) { c.Reason = "NEW_EVIDENCE" }))
	if err := b.Bring(b.ctx, b.police, Bring{ID: ids.New[ids.Charge](), File: id, Suspect: s, Offence: "TIP", On: b.today()}); !fault.Is(err, fault.Invalid) {
		t.Errorf("police charge while the prosecutor is seised: %v", err)
	}
	b.ok(b.goes(b.parquet, id, Fixed))
	b.days(7)
	b.ok(b.goes(b.tribunal, id, InHearings))
	h := ids.New[ids.Hearing]()
	b.ok(b.SetHearing(b.ctx, b.tribunal, SetHearing{ID: h, File: id, On: b.today()}))
	next := ids.New[ids.Hearing]()
	b.ok(b.EndHearing(b.ctx, b.tribunal, EndHearing{File: id, Hearing: h, Version: 1, State: HearingPostponed, Reason: "LAWYER_ABSENT", Next: b.today().Add(7), NextID: next}))
	b.refuses("a hearing that is not yet", b.EndHearing(b.ctx, b.tribunal, EndHearing{File: id, Hearing: next, Version: 1, State: HearingHeld, Harmed: No}), "state", "fault.hearing.future")
	b.refuses("no hearing held", b.goes(b.tribunal, id, Deliberation), "to", "fault.file.no_hearing")
	b.days(7)
	b.ok(b.EndHearing(b.ctx, b.tribunal, EndHearing{File: id, Hearing: next, Version: 1, State: HearingHeld, Harmed: No}))
	b.ok(b.Requalify(b.ctx, b.tribunal, Requalify{File: id, Charge: x, Version: 2, To: "ABDUCTION", Reason: "JUDGE", On: b.today()}))
	b.ok(b.goes(b.tribunal, id, Deliberation))
	b.refuses("final without a decision", b.goes(b.tribunal, id, Final), "to", "fault.file.unjudged")
	b.ok(b.Judge(b.ctx, b.tribunal, Judge{ID: ids.New[ids.Judgment](), File: id, Charge: x, On: b.today(), Verdict: Requalifies, Offence: "TIP", Sentence: Sentence{Months: 72, Fine: 200_000}}))
	if p := b.files[id].Suspects[0]; p.State != ConvictedFirst || !p.State.Innocent() {
		t.Errorf("after the first judgment: %s", p.State)
	}
	b.ok(b.goes(b.tribunal, id, OnAppeal))
	if _, _, err := b.File(b.ctx, b.tribunal, id); err != nil {
		t.Errorf("the first court reads on: %v", err)
	}
	if err := b.goes(b.tribunal, id, Ruling); !fault.Is(err, fault.Invalid) {
		t.Errorf("the first court acts on an appeal: %v", err)
	}
	b.days(20)
	b.ok(b.goes(b.appeal, id, Ruling))
	b.ok(b.Judge(b.ctx, b.appeal, Judge{ID: ids.New[ids.Judgment](), File: id, Charge: x, On: b.today(), Verdict: Acquitted, Effect: Reversed}))
	b.ok(b.goes(b.appeal, id, Final))
	d := b.files[id]
	if d.Suspects[0].State != AcquittedFinal || d.Charges[0].Final != "ABDUCTION" || len(d.Charges[0].Changes) != 2 || d.Charges[0].Initial != "ABDUCTION" {
		t.Errorf("at the end: %+v %+v", d.Suspects[0].State, d.Charges[0])
	}
	if d.Postponements() != 1 || d.Round() != 11 || !d.Reached(OnAppeal) || d.First(Fixed).Compare(d.First(InHearings)) >= 0 {
		t.Errorf("the way of the file: %+v", d.Stages)
	}
	if got := d.Charges[0].OffenceOn(d.First(Transmitted)); got != "TIP" {
		t.Errorf("when it went to the prosecutor the charge was %s", got)
	}
}

// What the issue names as bad input is refused or warned of at its field, and nothing is kept.
func TestBadInputIsRefusedInWords(t *testing.T) {
	b := newBench(t)
	id, s, x := b.begun("PV 20/2026")
	saved := b.saves
	_, err := b.opens(b.police, "P.V. 020/26")
	b.refuses("the same number in the same unit", err, "number", "fault.number.taken")
	_, err = b.opens(b.other, "PV 20/2026")
	b.refuses("a number that another unit has", err, "checked", "fault.number.elsewhere")
	_, err = b.opens(b.police, "RMP 21/2026")
	b.refuses("a number of another register", err, "number", "fault.number.register")
	_, err = b.opens(b.police, "no number")
	b.refuses("no number at all", err, "number", "fault.number.form")
	child := NameSuspect{ID: ids.New[ids.Suspect](), File: id, Name: "Invented", Role: "TRANSPORTER", Sex: "M", Band: "15-17", Official: No}
	b.refuses("a child without child justice", b.NameSuspect(b.ctx, b.police, child), "path", "fault.suspect.child")
	b.refuses("a charge under a law that was not in force", b.Bring(b.ctx, b.police, Bring{ID: ids.New[ids.Charge](), File: id, Suspect: s, Offence: "TIP", On: date.Day{Year: 2010, Month: 1, Day: 1}}), "offence", "fault.offence.date")
	b.refuses("a day in the future", b.goes(b.police, id, Investigation, func(c *Step) { c.On = b.today().Add(1) }), "on", "fault.date.future")
	b.refuses("a day before the stage before", b.goes(b.police, id, Investigation, func(c *Step) { c.On = b.today().Add(-3) }), "on", "fault.file.order")
	b.refuses("a state that does not follow", b.goes(b.police, id, Fixed), "to", "fault.file.not_now")
	if b.saves != saved {
		t.Fatal("something was kept of what was refused")
	}
	child.Path = "BRIGADE"
	b.ok(b.NameSuspect(b.ctx, b.police, child))
	if !b.files[id].Child {
		t.Error("nobody sees that a child is suspected")
	}
	for _, step := range []struct {
		w  access.Who
		to State
	}{{b.police, Investigation}, {b.police, Transmitted}, {b.parquet, Instruction}, {b.parquet, Fixed}, {b.tribunal, InHearings}} {
		b.ok(b.goes(step.w, id, step.to))
	}
	b.refuses("a hearing before the file reached the court", b.SetHearing(b.ctx, b.tribunal, SetHearing{ID: ids.New[ids.Hearing](), File: id, On: b.today().Add(-1)}), "on", "fault.hearing.before")
	h := ids.New[ids.Hearing]()
	b.ok(b.SetHearing(b.ctx, b.tribunal, SetHearing{ID: h, File: id, On: b.today()}))
	b.refuses("put off without a reason", b.EndHearing(b.ctx, b.tribunal, EndHearing{File: id, Hearing: h, Version: 1, State: HearingPostponed}), "reason", "fault.choice.missing")
	b.ok(b.EndHearing(b.ctx, b.tribunal, EndHearing{File: id, Hearing: h, Version: 1, State: HearingHeld, Harmed: Unknown}))
	b.ok(b.goes(b.tribunal, id, Deliberation))
	judge := Judge{ID: ids.New[ids.Judgment](), File: id, Charge: ids.New[ids.Charge](), On: b.today(), Verdict: Convicted}
	b.refuses("a charge never brought", b.Judge(b.ctx, b.tribunal, judge), "charge", "fault.charge.never")
	judge.Charge, judge.Verdict, judge.Sentence = x, Acquitted, Sentence{Months: 3}
	b.refuses("acquitted and sentenced", b.Judge(b.ctx, b.tribunal, judge), "verdict", "fault.judgment.sentence")
	judge.Verdict, judge.Sentence = Convicted, Sentence{Months: 3, Suspended: 4}
	b.refuses("more suspended than ordered", b.Judge(b.ctx, b.tribunal, judge), "suspended", "fault.judgment.suspended")
	judge.Sentence.Suspended = 3
	b.ok(b.Judge(b.ctx, b.tribunal, judge))
	again := judge
	again.ID = ids.New[ids.Judgment]()
	b.refuses("judged twice", b.Judge(b.ctx, b.tribunal, again), "charge", "fault.charge.judged")
}

// A file goes to no court without a charge, and to no office where nobody could take it.
func TestAFileGoesNowhereEmpty(t *testing.T) {
	b := newBench(t)
	id, err := b.opens(b.police, "PV 5/2026")
	b.ok(err)
	b.ok(b.goes(b.police, id, Investigation))
	b.refuses("sent to nobody", b.goes(b.police, id, Transmitted, func(c *Step) { c.Office = b.other.Post.Org }), "office", "fault.code.unknown")
	if _, _, err := b.File(b.ctx, b.parquet, id); !fault.Is(err, fault.Withheld) {
		t.Errorf("the prosecutor reads before it is sent: %v", err)
	}
	b.ok(b.goes(b.police, id, Transmitted))
	if _, _, err := b.File(b.ctx, b.other, id); !fault.Is(err, fault.Withheld) {
		t.Errorf("another unit: %v", err)
	}
	if _, _, err := b.File(b.ctx, b.tribunal, id); !fault.Is(err, fault.Withheld) {
		t.Errorf("a court that was sent nothing: %v", err)
	}
	b.ok(b.goes(b.parquet, id, Instruction))
	b.refuses("without a charge", b.goes(b.parquet, id, Fixed), "to", "fault.file.no_charge")
}

// Seven days, doubled once by a prosecutor and before they are over; what was longer
// stays written with its reason (PROCESS.md §4.4 F2).
func TestCustodyHasAClock(t *testing.T) {
	b := newBench(t)
	id, s, _ := b.begun("PV 30/2026")
	x := ids.New[ids.Custody]()
	b.ok(b.Hold(b.ctx, b.police, Hold{ID: x, File: id, Suspect: s, From: b.now}))
	b.refuses("held twice", b.Hold(b.ctx, b.police, Hold{ID: ids.New[ids.Custody](), File: id, Suspect: s, From: b.now}), "suspect", "fault.custody.held")
	held, _ := b.files[id].Held(s)
	if held.Due.Sub(b.now) != 7*24*time.Hour || held.Late(b.now) || b.files[id].Suspects[0].State != PoliceCustody {
		t.Errorf("the clock: %+v", held)
	}
	b.days(6)
	b.ok(b.Free(b.ctx, b.police, Free{File: id, Custody: x, Version: 1, Extend: true}))
	b.refuses("extended twice", b.Free(b.ctx, b.police, Free{File: id, Custody: x, Version: 2, Extend: true}), "extend", "fault.custody.twice")
	b.days(9)
	if held, _ = b.files[id].Held(s); !held.Late(b.now) {
		t.Errorf("nobody is warned after 15 days: due %v", held.Due)
	}
	free := Free{File: id, Custody: x, Version: 2, Until: b.now, End: "FREED"}
	b.refuses("longer than the law allows, without a word", b.Free(b.ctx, b.police, free), "over", "fault.custody.long")
	free.Over = "DISTANCE"
	b.ok(b.Free(b.ctx, b.police, free))
	if one := b.files[id].Custodies[0]; one.Over != "DISTANCE" || one.Open() || b.files[id].Suspects[0].State != Identified {
		t.Errorf("the end: %+v", one)
	}
	y := ids.New[ids.Custody]()
	b.ok(b.Hold(b.ctx, b.police, Hold{ID: y, File: id, Suspect: s, From: b.now}))
	b.days(8)
	b.refuses("extended when it is over", b.Free(b.ctx, b.police, Free{File: id, Custody: y, Version: 1, Extend: true}), "extend", "fault.custody.late")
}
