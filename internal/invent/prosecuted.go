package invent

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/prosecution"
)

// One in so many of the people has a criminal file beside; a small invention has some too.
const (
	fileShare = 50
	fileLeast = 16
)

var alleged = []string{
	"Promesse de travail dans un autre pays, passeports gardés par l'agence.",
	"Groupe arrêté à la frontière avec un seul accompagnateur.",
	"Enfants conduits en ville pour des travaux de maison.",
	"Départ de nuit vers un chantier, salaires retenus.",
}

// prosecuted invents criminal files at every stage, through the same desk; each is kept
// in one act once it has come as far as it does.
func (w *world) prosecuted(ctx context.Context) error {
	if w.People <= 0 || len(w.hills) == 0 {
		return nil
	}
	r := rand.New(rand.NewPCG(w.Seed, 0x66696c6573)) // apart: the people stay who they were
	for n := range max(fileLeast, w.People/fileShare) {
		if err := w.prosecute(ctx, r, n); err != nil {
			return fmt.Errorf("file %d: %w", n, err)
		}
	}
	return nil
}

// pursuit is one invented file on its way.
type pursuit struct {
	w    *world
	ctx  context.Context
	r    *rand.Rand
	m    *shelf
	d    *prosecution.Desk
	at   time.Time
	id   ids.File
	n    int
	by   access.Who // of the unit
	then [2]access.Who
}

func (w *world) prosecute(ctx context.Context, r *rand.Rand, n int) error {
	states := prosecution.States
	l := &pursuit{w: w, ctx: ctx, r: r, m: &shelf{}, id: ids.New[ids.File](), n: n, at: w.Now().AddDate(0, 0, -200-r.IntN(150))}
	if n == 0 { // somebody is held since some days
		l.at = w.Now().AddDate(0, 0, -5)
	}
	l.d = &prosecution.Desk{Store: l.m, Policy: w.Policy, Rules: prosecution.RulesOf(w.Country, func() time.Time { return l.at }), Now: func() time.Time { return l.at }, Random: entropy{r}}
	l.by, l.then = w.first(access.Police, ids.Org{}), [2]access.Who{w.first(access.Prosecutor, ids.Org{}), w.first(access.Court, ids.Org{})}
	if n%4 == 3 {
		l.by = w.first(access.Immigration, ids.Org{})
	}
	if l.by.Account.IsZero() || l.then[0].Account.IsZero() || l.then[1].Account.IsZero() {
		return nil
	}
	l.m.offices = []ids.Org{l.then[0].Post.Org, l.then[1].Post.Org}
	goal := states[n%len(states)]
	if err := l.begin(); err != nil {
		return err
	}
	if err := l.carry(goal); err != nil {
		return err
	}
	g, err := w.Policy.Decide(l.by, access.FileOpen, access.Object{Kind: access.FileKind, Zone: access.Criminal, Owner: l.by.Post.Org, By: l.by.Account}, access.ForProsecution, l.at)
	if err != nil {
		return err
	}
	return w.Keep.SaveProsecution(ctx, audit.Of(g, l.at).About(access.FileKind, l.id.UUID), l.m.whole())
}

// begin opens the file, with a suspect and a charge.
func (l *pursuit) begin() error {
	r, today := l.r, l.w.Country.Day(l.at)
	hill := pick(r, l.w.hills...)
	err := l.d.Open(l.ctx, l.by, prosecution.Open{ID: l.id, Source: pick(r, prosecution.Sources[:]...), Number: fmt.Sprintf("PV %d/%d", 100+l.n, today.Year), On: today,
		Where: place.Given{Code: place.Code(hill)}, Words: pick(r, alleged...)})
	if err != nil {
		return err
	}
	who := ids.New[ids.Suspect]()
	c := prosecution.NameSuspect{ID: who, File: l.id, Name: fullName(r), Phone: phone(r), Role: pick(r, "RECRUITER", "TRANSPORTER", "HARBOURER", "EXPLOITER"), Relation: pick(r, "STRANGER", "RELATIVE", "EMPLOYER"),
		Sex: pick(r, "F", "M"), Band: pick(r, "18-24", "25-34", "35-59"), Official: prosecution.No}
	if l.n%11 == 10 {
		c.Band, c.Path = "15-17", "ADULT"
	}
	if err := l.d.NameSuspect(l.ctx, l.by, c); err != nil {
		return err
	}
	if err := l.d.Investigate(l.ctx, l.by, prosecution.Investigate{ID: ids.New[ids.Act](), File: l.id, Kind: pick(r, "STATEMENT", "SEARCH", "SEIZURE"), On: today, Words: "Fait au poste, noté au registre."}); err != nil {
		return err
	}
	if err := l.d.Bring(l.ctx, l.by, prosecution.Bring{ID: ids.New[ids.Charge](), File: l.id, Suspect: who, Offence: pick(r, "TIP", "ABDUCTION", "SMUGGLING"), On: today}); err != nil {
		return err
	}
	if l.n%3 != 0 {
		return nil
	}
	x := ids.New[ids.Custody]()
	if err := l.d.Hold(l.ctx, l.by, prosecution.Hold{ID: x, File: l.id, Suspect: who, From: l.at}); err != nil || l.n == 0 {
		return err
	}
	l.at = l.at.AddDate(0, 0, 3)
	return l.d.Free(l.ctx, l.by, prosecution.Free{File: l.id, Custody: x, Version: 1, Until: l.at, End: pick(r, "FREED", "BROUGHT", "DETAINED")})
}

// way is what a file passes through.
var way = []prosecution.State{prosecution.Investigation, prosecution.Transmitted, prosecution.Instruction, prosecution.Fixed, prosecution.InHearings, prosecution.Deliberation,
	prosecution.OnAppeal, prosecution.Ruling, prosecution.InCassation, prosecution.Final, prosecution.Execution, prosecution.Archived}

// carry brings the file to a stage; a dismissed one leaves the way after the prosecutor has it.
func (l *pursuit) carry(goal prosecution.State) error {
	if goal == prosecution.Received {
		return nil
	}
	for _, s := range way {
		if goal == prosecution.Dismissed && s == prosecution.Instruction {
			s = prosecution.Dismissed
		}
		if l.n%2 == 0 && goal.Number() >= prosecution.Final.Number() && (s == prosecution.OnAppeal || s == prosecution.Ruling || s == prosecution.InCassation) {
			continue // nobody appealed
		}
		l.at = l.at.AddDate(0, 0, 3+l.r.IntN(12))
		if err := l.step(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
		if s == goal {
			return nil
		}
	}
	return nil
}

func (l *pursuit) step(s prosecution.State) error {
	today, w := l.w.Country.Day(l.at), l.by
	switch {
	case s.Number() > prosecution.Fixed.Number() && s.Number() <= prosecution.Final.Number():
		w = l.then[1]
	case s.Number() > prosecution.Transmitted.Number():
		w = l.then[0]
	}
	c := prosecution.Step{File: l.id, Version: l.m.d.Version, To: s, On: today, Office: l.then[0].Post.Org, Number: fmt.Sprintf("%d/%d", 400+l.n, today.Year), FirstDay: today.Add(7), Reason: "EVIDENCE", Who: "ACCUSED"}
	if s.AtCourt() {
		c.Office = l.then[1].Post.Org
	}
	if err := l.d.Step(l.ctx, w, c); err != nil {
		return err
	}
	switch s {
	case prosecution.InHearings:
		return l.hear(w)
	case prosecution.Deliberation, prosecution.Ruling:
		return l.judge(w)
	}
	return nil
}

// hear holds a hearing, put off once now and then.
func (l *pursuit) hear(w access.Who) error {
	x, next := ids.New[ids.Hearing](), ids.New[ids.Hearing]()
	if err := l.d.SetHearing(l.ctx, w, prosecution.SetHearing{ID: x, File: l.id, On: l.w.Country.Day(l.at)}); err != nil {
		return err
	}
	if l.n%2 == 1 {
		l.at = l.at.AddDate(0, 0, 1)
		end := prosecution.EndHearing{File: l.id, Hearing: x, Version: 1, State: prosecution.HearingPostponed, Reason: pick(l.r, "LAWYER_ABSENT", "ACCUSED_ABSENT", "NO_INTERPRETER"), Next: l.w.Country.Day(l.at.AddDate(0, 0, 6)), NextID: next}
		if err := l.d.EndHearing(l.ctx, w, end); err != nil {
			return err
		}
		x = next
		l.at = l.at.AddDate(0, 0, 7)
	}
	if l.n%14 == 6 { // one waits for its day
		return nil
	}
	return l.d.EndHearing(l.ctx, w, prosecution.EndHearing{File: l.id, Hearing: x, Version: 1, State: prosecution.HearingHeld, Harmed: pick(l.r, prosecution.Yes, prosecution.No)})
}

func (l *pursuit) judge(w access.Who) error {
	if l.n%14 == 7 && l.m.d.State == prosecution.Deliberation { // one waits for its decision
		return nil
	}
	for _, x := range l.m.d.Charges {
		c := prosecution.Judge{ID: ids.New[ids.Judgment](), File: l.id, Charge: x.ID, On: l.w.Country.Day(l.at), Verdict: prosecution.Acquitted}
		if l.m.d.Level > prosecution.FirstInstance {
			c.Effect = prosecution.Upheld
		}
		if chance(l.r, 65) {
			c.Verdict, c.Sentence = prosecution.Convicted, prosecution.Sentence{Months: 60 + 12*l.r.IntN(6), Fine: 100_000, Damages: 500_000}
		}
		if err := l.d.Judge(l.ctx, w, c); err != nil {
			return err
		}
	}
	return nil
}

// shelf is a store for one file: what the desk saves is gathered until the whole file is
// given away. Texts in it are clear; the store that takes it seals them.
type shelf struct {
	d       prosecution.Dossier
	offices []ids.Org // where a file may be sent
}

// Facts are those of the file.
func (m *shelf) Facts(_ context.Context, _ access.Kind, id ids.UUID) (access.Object, error) {
	if m.d.ID.UUID != id {
		return access.Object{}, fault.New(fault.NotFound, "record.notfound")
	}
	o := access.Object{Kind: access.FileKind, ID: id, Subject: id, Zone: access.Criminal, Owner: m.d.Owner, To: m.d.Office, By: m.d.By, Stage: string(m.d.State)}
	for _, b := range m.d.Bench {
		if !b.IsZero() {
			o.Bench = append(o.Bench, b)
		}
	}
	return o, nil
}

// Note forgets a refusal.
func (m *shelf) Note(context.Context, audit.Entry) error { return nil }

// SaveProsecution takes a change.
func (m *shelf) SaveProsecution(_ context.Context, _ audit.Entry, c prosecution.Change) error {
	version := m.d.Version + 1
	m.d.File = *c.File
	m.d.Version = version
	m.d.Stages = append(m.d.Stages, c.Stages...)
	for _, x := range c.Suspects {
		x.Version++
		m.d.Suspects = laid(m.d.Suspects, x, func(o prosecution.Suspect) bool { return o.ID == x.ID })
	}
	for _, x := range c.Charges {
		x.Version++
		m.d.Charges = laid(m.d.Charges, x, func(o prosecution.Charge) bool { return o.ID == x.ID })
	}
	for _, x := range c.Custodies {
		x.Version++
		m.d.Custodies = laid(m.d.Custodies, x, func(o prosecution.Custody) bool { return o.ID == x.ID })
	}
	for _, x := range c.Hearings {
		x.Version++
		m.d.Hearings = laid(m.d.Hearings, x, func(o prosecution.Hearing) bool { return o.ID == x.ID })
	}
	m.d.Acts, m.d.Judgments = append(m.d.Acts, c.Acts...), append(m.d.Judgments, c.Judgments...)
	return nil
}

// laid puts a record in the place of the one it replaces, or at the end.
func laid[T any](all []T, x T, same func(T) bool) []T {
	for i, o := range all {
		if same(o) {
			all[i] = x
			return all
		}
	}
	return append(all, x)
}

// whole is the file as one change: everything in it is new.
func (m *shelf) whole() prosecution.Change {
	f := m.d.File
	f.Version = 0
	c := prosecution.Change{File: &f, Stages: m.d.Stages, Suspects: m.d.Suspects, Charges: m.d.Charges, Custodies: m.d.Custodies, Acts: m.d.Acts, Hearings: m.d.Hearings, Judgments: m.d.Judgments}
	for _, r := range prosecution.Registers {
		if !f.Numbers[r].IsZero() {
			c.Numbers = append(c.Numbers, r)
		}
	}
	for i := range c.Suspects {
		c.Suspects[i].Version = 0
	}
	for i := range c.Charges {
		c.Charges[i].Version = 0
	}
	for i := range c.Custodies {
		c.Custodies[i].Version = 0
	}
	for i := range c.Hearings {
		c.Hearings[i].Version = 0
	}
	return c
}

// Dossier is the file.
func (m *shelf) Dossier(context.Context, access.Grant, ids.File) (prosecution.Dossier, error) {
	return m.d, nil
}

// Files lists nothing: nobody looks at an invention on its way.
func (m *shelf) Files(context.Context, access.Grant, prosecution.Page) (prosecution.Cut, error) {
	return prosecution.Cut{}, nil
}

// FindFiles finds nothing.
func (m *shelf) FindFiles(context.Context, access.Grant, string, prosecution.Page) (prosecution.Cut, error) {
	return prosecution.Cut{}, nil
}

// Numbered says no: each invented number is given once.
func (m *shelf) Numbered(context.Context, prosecution.Register, string, ids.Org, ids.File) (same, elsewhere bool, err error) {
	return false, false, nil
}

// Offices are not asked for here: whoever takes the file was chosen.
func (m *shelf) Offices(context.Context, ...access.Role) ([]ids.Org, error) { return m.offices, nil }
