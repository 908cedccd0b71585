package invent

import (
	"cmp"
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/protection"
)

// stage is how far an invented person has come.
type stage int

const (
	signalled stage = iota
	takenUp
	elsewhere // another need, a duplicate, nothing more to do
	opened
	heard
	stopped
	presumed
	ratified
	notTIP
	left
	referred
	acknowledged
	accepted
	arrived
	turned
	cancelled
)

// shares say how many in a hundred stand at each stage.
var shares = [...]struct {
	upTo  int
	stage stage
}{{8, signalled}, {12, takenUp}, {16, elsewhere}, {26, opened}, {34, heard}, {37, stopped}, {48, presumed}, {58, ratified},
	{62, notTIP}, {65, left}, {74, referred}, {79, acknowledged}, {87, accepted}, {94, arrived}, {97, turned}, {100, cancelled}}

func (w *world) stage() stage {
	n := w.rand.IntN(100)
	for _, s := range shares {
		if n < s.upTo {
			return s.stage
		}
	}
	return signalled
}

// life is one invented person on her way.
type life struct {
	beside ids.Guardian // who stands by a child
	w      *world
	ctx    context.Context
	m      *memory
	d      *protection.Desk
	at     time.Time
	goal   stage

	signal    ids.Signal
	one       ids.Case
	owner     ids.Org
	duty      access.Who
	screener  access.Who
	screening ids.Screening
	child     bool
	young     bool // reported as a child

	came       protection.Newcomer
	met        bool // another house helps her too
	manager    access.Who
	assessedAs protection.Danger // "" when she was not assessed
	safe       bool              // with a safety plan
}

// fate is how far somebody comes, and how long ago the signal came.
type fate struct {
	goal stage
	ago  time.Duration
}

// fates are drawn before anybody is invented, and the oldest signal is first: a
// programme is written in the order in which it would have happened, so that a
// database grows at its end and not everywhere at once.
func (w *world) fates() []fate {
	all := make([]fate, w.People)
	for i := range all {
		all[i].goal = w.stage()
		all[i].ago = w.ago(all[i].goal)
	}
	slices.SortStableFunc(all, func(a, b fate) int { return cmp.Compare(b.ago, a.ago) })
	return all
}

// gathered is what one act writes.
type gathered struct {
	change protection.Change
	people int
}

// people invents everybody. While some are written, the next are thought out.
func (w *world) people(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	next, written := make(chan gathered), make(chan error, 1)
	go func() {
		err := w.write(ctx, next)
		stop()
		written <- err
	}()
	thought := w.think(ctx, next)
	close(next)
	if err := <-written; err != nil {
		return err
	}
	return thought
}

func (w *world) think(ctx context.Context, next chan<- gathered) error {
	for some := range slices.Chunk(w.fates(), w.Batch) {
		c, err := w.lives(ctx, some)
		if err != nil {
			return err
		}
		select {
		case next <- gathered{c, len(some)}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (w *world) write(ctx context.Context, next <-chan gathered) error {
	done := 0
	for g := range next {
		if err := w.keep(ctx, g.change); err != nil {
			return err
		}
		if done += g.people; w.Progress != nil {
			w.Progress(done)
		}
	}
	return nil
}

// lives lets some people go as far as their fate, by the desk's own verbs.
func (w *world) lives(ctx context.Context, some []fate) (protection.Change, error) {
	m := &memory{places: w.Country.Places, duties: w.duties, leads: map[ids.Org][]ids.Account{}}
	for _, a := range w.programme.Accounts {
		switch post := a.Who.Post; post.Role {
		case access.Supervisor:
			m.leads[post.Org] = append(m.leads[post.Org], a.ID)
		case access.DataProtection:
			m.overseers = append(m.overseers, protection.Duty{Org: post.Org, Account: a.ID})
		}
	}
	for _, s := range w.services {
		version := 0
		m.services.put(s.ID, &version, func() protection.Service { return s })
	}
	for _, f := range some {
		l := &life{w: w, ctx: ctx, m: m, goal: f.goal}
		l.d = w.desk(m, &l.at)
		l.at = w.Now().Add(-f.ago)
		for _, step := range []func() error{l.signalled, l.taken, l.triaged, l.screened, l.judged, l.answered, l.referred, l.received} {
			done, err := l.step(step)
			if err != nil {
				return protection.Change{}, err
			}
			if done {
				break
			}
		}
	}
	return m.drain(), nil
}

// ago is how long ago the signal came: the nearer the start, the younger.
func (w *world) ago(goal stage) time.Duration {
	hours := 1 + w.rand.IntN(20)
	switch {
	case goal >= referred:
		hours = 24*3 + w.rand.IntN(24*60)
	case goal >= opened || goal == elsewhere:
		hours = 8 + w.rand.IntN(24*12)
	}
	return time.Duration(hours)*time.Hour + time.Duration(w.rand.IntN(3600))*time.Second
}

// errDone ends a life at its goal.
type errDone struct{}

func (errDone) Error() string { return "done" }

func (l *life) step(step func() error) (bool, error) {
	err := step()
	if _, done := err.(errDone); done {
		return true, nil
	}
	l.at = l.at.Add(time.Duration(10+l.w.rand.IntN(110)) * time.Minute)
	if limit := l.w.Now().Add(-time.Minute); l.at.After(limit) {
		l.at = limit
	}
	return false, err
}

func (l *life) reach(s stage) error {
	if l.goal == s {
		return errDone{}
	}
	return nil
}

func (l *life) signalled() error {
	r := l.w.rand
	l.signal = ids.At[ids.Signal](l.at, entropy{r})
	c := protection.Raise{ID: l.signal, Channel: pick(r, "HOTLINE", "FOCAL_POINT", "FAMILY_OR_NEIGHBOUR", "POLICE", "IMMIGRATION", "SELF", "NGO"),
		Now: pick(r, protection.Yes, protection.No, protection.No, protection.Unknown), Where: place.Given{Code: place.Code(pick(r, l.w.hills...))},
		When: date.Of(l.w.Country.Day(l.at)), Seen: pick(r, stories...), People: 1, Children: pick(r, protection.Yes, protection.No, protection.Unknown)}
	l.young = c.Children == protection.Yes
	if chance(r, 60) {
		c.Reporter, c.Name, c.Relation = ids.At[ids.Reporter](l.at, entropy{r}), fullName(r), pick(r, "NEIGHBOUR", "FAMILY", "PROFESSIONAL")
		c.Phone, c.Hours, c.May = phone(r), pick(r, "EVENING", "MORNING", "ANY"), protection.Yes
		c.Phrase = "Bonjour, c'est pour la réunion de la coopérative."
	}
	who := access.Visitor()
	switch c.Channel {
	case "POLICE":
		who = l.w.as(access.Police, ids.Org{})
	case "IMMIGRATION":
		who = l.w.as(access.Immigration, ids.Org{})
	case "FOCAL_POINT":
		who = l.w.as(access.FocalPoint, ids.Org{})
	case "HOTLINE":
		who = l.w.as(access.HotlineOperator, ids.Org{})
	}
	if _, err := l.d.Raise(l.ctx, who, c); err != nil {
		return err
	}
	s, err := l.m.signals.get(l.signal)
	if err != nil {
		return err
	}
	l.owner = s.Owner
	l.duty = l.w.as(access.DutyOfficer, l.owner)
	return l.reach(signalled)
}

func (l *life) taken() error {
	if err := l.d.Take(l.ctx, l.duty, protection.Take{Signal: l.signal, Version: 1}); err != nil {
		return err
	}
	return l.reach(takenUp)
}

func (l *life) triaged() error {
	r := l.w.rand
	c := protection.Triage{Signal: l.signal, Version: 2, Level: pick(r, protection.Red, protection.Orange, protection.Orange, protection.Green, protection.Green), Checked: true}
	if c.Level == protection.Red {
		c.Reasons = []string{pick(r, "TRAFFICKER_NEAR", "LIFE_OR_LIMB", "CHILD_WITH_TRAFFICKER")}
		if chance(r, 25) {
			c.Reasons, c.HealthFrom = append(c.Reasons, "RAPE_72H"), l.at.Add(-time.Duration(1+r.IntN(20))*time.Hour)
		}
	}
	if l.goal == elsewhere {
		c.Outcome, c.Need = protection.OtherNeed, pick(r, "GBV", "LABOUR_DISPUTE", "SMUGGLING", "MISSING_CHILD")
		if chance(r, 30) {
			c.Outcome, c.Need = protection.NothingMore, ""
		}
		if err := l.d.Triage(l.ctx, l.duty, c); err != nil {
			return err
		}
		return errDone{}
	}
	c.Outcome = protection.ToScreening
	n := l.newcomer()
	l.m.twice(l.owner, l.signal, &n)
	l.seenElsewhere(&n)
	c.People = []protection.Newcomer{n}
	l.one = n.Case
	if err := l.d.Triage(l.ctx, l.duty, c); err != nil {
		return err
	}
	one, err := l.d.Store.Case(l.ctx, access.Grant{}, l.one)
	if err != nil {
		return err
	}
	l.child = one.Child // as the rules see her, the report too
	return l.reach(opened)
}

func (l *life) newcomer() protection.Newcomer {
	r := l.w.rand
	name := fullName(r)
	years := 12 + r.IntN(30)
	if l.young {
		years = 12 + years%6
	}
	n := protection.Newcomer{Case: ids.At[ids.Case](l.at, entropy{r}), Person: ids.At[ids.Person](l.at, entropy{r}), Name: name, Called: name[len(name)-4:],
		Sex: pick(r, "F", "F", "F", "M"), Child: years < 18, Language: pick(r, "rn", "rn", "fr", "sw"),
		Age: date.Age{Years: years, Basis: pick(r, date.Declared, date.Declared, date.Documented, date.Assessed), Said: l.w.Country.Day(l.at)}}
	if chance(r, 70) {
		n.Phone, n.Hours, n.Phrase = phone(r), pick(r, "MORNING", "EVENING", "ASK_FIRST"), "Bonjour, je rappelle pour le tissu."
		n.Avoid = "la personne qui décroche d'habitude"
	}
	if l.goal > opened || chance(r, 50) {
		l.screener = l.w.as(access.Screener, l.owner)
		n.Screener = l.screener.Account
	}
	return n
}
