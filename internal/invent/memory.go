package invent

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/protection"
)

// memory is a store for a few hundred people: what the desk saves is gathered
// until drain gives it away as one change. Texts in it are clear; the store
// that takes the change seals them.
type memory struct {
	places *place.Gazetteer
	duties []protection.Duty

	signals   kept[ids.Signal, protection.Signal]
	reporters kept[ids.Reporter, protection.Reporter]
	groups    kept[ids.Group, protection.Group]
	persons   kept[ids.Person, protection.Person]
	cases     kept[ids.Case, protection.Case]
	screens   kept[ids.Screening, protection.Screening]
	consents  kept[ids.Consent, protection.Consent]
	referrals kept[ids.Referral, protection.Referral]
	services  kept[ids.Service, protection.Service]
	decisions []protection.Identification
	reviewed  kept[ids.Review, protection.Review]
	explained []protection.Explanation
	assessed  []protection.Assessment
	guardians []protection.Guardian
	thinking  kept[ids.Case, protection.Reflection]
	tasks     map[protection.Done]protection.Task
	events    []protection.Event

	plans   kept[ids.Plan, protection.Plan]
	weighed []protection.Interests
	aid     kept[ids.Episode, protection.Episode]
	days    []protection.Attendance

	progress []protection.Progress

	yes       map[ids.Case]protection.Consent // to another organisation that is to manage the case
	covers    []protection.Cover
	backups   kept[ids.Backup, protection.Backup]
	transfers []protection.Transfer
	lodged    kept[ids.Stay, protection.Stay]
	said      kept[ids.Complaint, protection.Complaint]
	overseers []protection.Duty
	leads     map[ids.Org][]ids.Account
	visits    []protection.Visit
	closures  kept[ids.Case, protection.Closure]
	homes     kept[ids.Case, protection.Homecoming]
	trades    kept[ids.Business, protection.Business]
	jottings  kept[ids.Jotting, protection.Jotting]
	confided  []protection.SealedNote
	enclosed  []protection.Attachment
	erasures  kept[ids.Erasure, protection.Erasure]
	erased    []protection.Erasure
	glasses   kept[ids.Glass, protection.Glass]

	met   int                             // who came to triage alone
	last  map[ids.Org]protection.Newcomer // of each house, the last of them
	twin  protection.Candidate            // who is to be found like the next
	pairs []protection.Likeness
	asked []protection.Inquiry // of other organisations
}

// kept is records by id, in the order they came.
type kept[K comparable, T any] struct {
	byID  map[K]int
	items []T
}

func (k *kept[K, T]) put(id K, version *int, item func() T) {
	if k.byID == nil {
		k.byID = map[K]int{}
	}
	*version++
	if at, known := k.byID[id]; known {
		k.items[at] = item()
		return
	}
	k.byID[id] = len(k.items)
	k.items = append(k.items, item())
}

func (k *kept[K, T]) get(id K) (T, error) {
	at, known := k.byID[id]
	if !known {
		var none T
		return none, fault.New(fault.NotFound, access.NotFoundKey)
	}
	return k.items[at], nil
}

// SaveProtection gathers a change.
func (m *memory) SaveProtection(_ context.Context, _ audit.Entry, c protection.Change) error {
	for _, x := range c.Signals {
		m.signals.put(x.ID, &x.Version, func() protection.Signal { return x })
	}
	for _, x := range c.Reporters {
		m.reporters.put(x.ID, &x.Version, func() protection.Reporter { return x })
	}
	for _, x := range c.Groups {
		m.groups.put(x.ID, &x.Version, func() protection.Group { return x })
	}
	for _, x := range c.Persons {
		m.persons.put(x.ID, &x.Version, func() protection.Person { return x })
	}
	for _, x := range c.Cases {
		m.cases.put(x.ID, &x.Version, func() protection.Case { return x })
	}
	for _, x := range c.Screenings {
		m.screens.put(x.ID, &x.Version, func() protection.Screening { return x })
	}
	for _, x := range c.Consents {
		m.consents.put(x.ID, &x.Version, func() protection.Consent { return x })
	}
	for _, x := range c.Referrals {
		m.referrals.put(x.ID, &x.Version, func() protection.Referral { return x })
	}
	for _, x := range c.Services {
		m.services.put(x.ID, &x.Version, func() protection.Service { return x })
	}
	for _, x := range c.Plans {
		m.plans.put(x.ID, &x.Version, func() protection.Plan { return x })
	}
	m.moved(c)
	for _, x := range c.Complaints {
		m.said.put(x.ID, &x.Version, func() protection.Complaint { return x })
	}
	for _, x := range c.Stays {
		m.lodged.put(x.ID, &x.Version, func() protection.Stay { return x })
	}
	m.weighed = append(m.weighed, c.Interests...)
	for _, x := range c.Episodes {
		m.aid.put(x.ID, &x.Version, func() protection.Episode { return x })
	}
	m.days = append(m.days, c.Attendances...)
	m.progress = append(m.progress, c.Progress...)
	m.visits = append(m.visits, c.Visits...)
	for _, x := range c.Closures {
		m.closures.put(x.Case, &x.Version, func() protection.Closure { return x })
	}
	for _, x := range c.Homecomings {
		m.homes.put(x.Case, &x.Version, func() protection.Homecoming { return x })
	}
	for _, x := range c.Businesses {
		m.trades.put(x.ID, &x.Version, func() protection.Business { return x })
	}
	m.duties = append(m.duties, c.Duties...)
	m.decisions = append(m.decisions, c.Identifications...)
	m.reviewing(c)
	m.assessed = append(m.assessed, c.Assessments...)
	m.guardians = append(m.guardians, c.Guardians...) // an invention replaces nobody
	for _, x := range c.Reflections {
		m.thinking.put(x.Case, &x.Version, func() protection.Reflection { return x })
	}
	for _, x := range c.Done {
		delete(m.tasks, x)
	}
	for _, x := range c.Tasks {
		if m.tasks == nil {
			m.tasks = map[protection.Done]protection.Task{}
		}
		m.tasks[protection.Done{Case: x.Case, Key: x.Key}] = x
	}
	m.noted(c)
	m.righted(c)
	m.asked = append(m.asked, c.Inquiries...)
	m.events = append(m.events, c.Events...)
	return nil // alerts of an invention ring nowhere
}

// drain gives everything away as new records, in their last state.
func (m *memory) drain() protection.Change {
	c := protection.Change{Identifications: m.decisions, Assessments: m.assessed, Guardians: m.guardians, Events: m.events}
	for _, x := range m.thinking.items {
		x.Version = 0
		c.Reflections = append(c.Reflections, x)
	}
	for _, x := range m.tasks {
		c.Tasks = append(c.Tasks, x)
	}
	slices.SortFunc(c.Tasks, func(a, b protection.Task) int {
		return cmp.Or(strings.Compare(a.Case.String(), b.Case.String()), strings.Compare(a.Key, b.Key))
	})
	for _, x := range m.signals.items {
		x.Version = 0
		c.Signals = append(c.Signals, x)
	}
	for _, x := range m.reporters.items {
		x.Version = 0
		c.Reporters = append(c.Reporters, x)
	}
	for _, x := range m.groups.items {
		x.Version = 0
		c.Groups = append(c.Groups, x)
	}
	for _, x := range m.persons.items {
		x.Version = 0
		c.Persons = append(c.Persons, x)
	}
	for _, x := range m.cases.items {
		x.Version = 0
		c.Cases = append(c.Cases, x)
	}
	for _, x := range m.screens.items {
		x.Version = 0
		c.Screenings = append(c.Screenings, x)
	}
	for _, x := range m.consents.items {
		x.Version = 0
		c.Consents = append(c.Consents, x)
	}
	for _, x := range m.referrals.items {
		x.Version = 0
		c.Referrals = append(c.Referrals, x)
	}
	c.Transfers, c.Likenesses, c.Inquiries = m.transfers, m.pairs, m.asked
	for _, x := range m.said.items {
		x.Version = 0
		c.Complaints = append(c.Complaints, x)
	}
	for _, x := range m.lodged.items {
		x.Version = 0
		c.Stays = append(c.Stays, x)
	}
	c.Interests, c.Attendances, c.Progress, c.Visits = m.weighed, m.days, m.progress, m.visits
	for _, x := range m.closures.items {
		x.Version = 0
		c.Closures = append(c.Closures, x)
	}
	for _, x := range m.homes.items {
		x.Version = 0
		c.Homecomings = append(c.Homecomings, x)
	}
	for _, x := range m.trades.items {
		x.Version = 0
		c.Businesses = append(c.Businesses, x)
	}
	for _, x := range m.aid.items {
		x.Version = 0
		c.Episodes = append(c.Episodes, x)
	}
	for _, x := range m.plans.items {
		x.Version = 0
		c.Plans = append(c.Plans, x)
	}
	m.drainNotes(&c)
	m.drainRights(&c)
	m.drainReviews(&c)
	return c
}

// Facts are made from the records in memory.
func (m *memory) Facts(_ context.Context, kind access.Kind, id ids.UUID) (access.Object, error) {
	o := access.Object{Kind: kind, ID: id, Subject: id, Zone: access.ZoneOf(kind)}
	var of ids.Case
	switch kind {
	case access.SignalKind:
		s, err := m.signals.get(ids.Signal{UUID: id})
		if err != nil {
			return o, err
		}
		return s.Facts(m.places), nil
	case access.CaseKind:
		of = ids.Case{UUID: id}
	case access.ScreeningKind:
		s, err := m.screens.get(ids.Screening{UUID: id})
		if err != nil {
			return o, err
		}
		of, o.By = s.Case, s.By
	case access.ConsentKind:
		k, err := m.consents.get(ids.Consent{UUID: id})
		if err != nil {
			return o, err
		}
		of, o.By = k.Case, k.AskedBy
	case access.EpisodeKind:
		e, err := m.aid.get(ids.Episode{UUID: id})
		if err != nil {
			return o, err
		}
		of, o.By, o.Stage = e.Case, e.By, string(e.State)
	case access.JottingKind:
		j, err := m.jottings.get(ids.Jotting{UUID: id})
		if err != nil {
			return o, err
		}
		of, o.By, o.Stage = j.Case, j.By, string(j.Safe)
	case access.PlanKind:
		p, err := m.plans.get(ids.Plan{UUID: id})
		if err != nil {
			return o, err
		}
		of, o.By, o.Stage = p.Case, p.By, string(p.State)
	case access.ReferralKind, access.PacketKind:
		r, err := m.referrals.get(ids.Referral{UUID: id})
		if err != nil {
			return o, err
		}
		o.To, o.Stage = r.To, string(r.State)
		of, o.By = r.Case, r.By
	case access.GuardianKind: // of the life that is told: the last ones
		for i := len(m.guardians) - 1; i >= 0 && of.IsZero(); i-- {
			if g := m.guardians[i]; g.ID.UUID == id {
				of, o.By, o.Stage = g.Case, g.By, string(g.Kind)
			}
		}
	case access.PersonKind:
		if m.twin.Person.UUID == id {
			of = m.twin.ID
		}
	case access.ComplaintKind:
		return m.complaintFacts(o)
	case access.StayKind:
		return m.stayFacts(o)
	case access.ErasureKind, access.GlassKind:
		return m.rightFacts(o)
	case access.BackupKind:
		b, err := m.backups.get(ids.Backup{UUID: id})
		o.Owner, o.By = b.Org, b.By
		return o, err
	case access.Directory:
		s, err := m.services.get(ids.Service{UUID: id})
		o.Owner = s.Org
		return o, err
	}
	return m.caseFacts(o, of)
}

func (m *memory) caseFacts(o access.Object, of ids.Case) (access.Object, error) {
	c, err := m.cases.get(of)
	if err != nil {
		return o, err
	}
	o.Owner, o.Child = c.Owner, c.Child
	if o.By.IsZero() {
		o.By = c.OpenedBy
	}
	if o.Stage == "" {
		o.Stage = string(c.State)
	}
	if o.Kind == access.CaseKind || o.Kind == access.ScreeningKind || o.Kind == access.ConsentKind {
		o.Subject = c.Person.UUID
	}
	for _, one := range []ids.Account{c.Screener, c.Manager} {
		if !one.IsZero() {
			o.Team = append(o.Team, one)
		}
	}
	o.Places = m.places.Codes(c.Where.Code)
	return o, nil
}

// OnCall lists the roster of the invention.
func (m *memory) OnCall(_ context.Context, province string, at time.Time) ([]protection.Duty, error) {
	var on []protection.Duty
	for _, where := range []string{province, ""} {
		for _, d := range m.duties {
			if d.Province == where && !at.Before(d.From) && at.Before(d.Until) {
				on = append(on, d)
			}
		}
	}
	return on, nil
}
