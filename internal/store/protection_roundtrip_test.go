package store_test

import (
	"crypto/rand"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// filler sets every field of a record to something of its own, so that a
// column that was forgotten or swapped shows.
type filler struct {
	n    int
	hill place.Code
}

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Interface().(type) {
	case vault.Text:
		v.Set(reflect.ValueOf(vault.Clear(fmt.Sprintf("sealed %d", f.n))))
		return
	case time.Time:
		v.Set(reflect.ValueOf(accesstest.Now().Add(time.Duration(f.n) * 1009 * time.Millisecond)))
		return
	case ids.Code:
		v.Set(reflect.ValueOf(ids.NewCode(rand.Reader)))
		return
	case place.Code:
		v.Set(reflect.ValueOf(f.hill))
		return
	case date.Date:
		d, err := date.Parse(fmt.Sprintf("2024-%02d", f.n%12+1))
		if err != nil {
			panic(err)
		}
		v.Set(reflect.ValueOf(d))
		return
	case date.Day:
		v.Set(reflect.ValueOf(date.Day{Year: 2026, Month: f.n%12 + 1, Day: f.n%28 + 1}))
		return
	case date.Age:
		v.Set(reflect.ValueOf(date.Age{Years: f.n%90 + 1, Months: f.n%11 + 1, Basis: date.Assessed, Said: date.Day{Year: 2026, Month: f.n%12 + 1, Day: 3}}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("WORD_%d", f.n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(key)
			f.fill(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Array: // an identifier
		v.Set(reflect.ValueOf(ids.New[ids.Event]().UUID))
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	default:
		panic("a record holds a " + v.Kind().String())
	}
}

func filled[T any](h *hut, n int) T {
	var x T
	f := filler{n: n, hill: h.hill}
	f.fill(reflect.ValueOf(&x).Elem())
	if v := reflect.ValueOf(&x).Elem().FieldByName("Version"); v.IsValid() {
		v.SetInt(0)
	}
	return x
}

// same compares two records field by field; sealed texts are opened with the grant.
func same(g access.Grant, path string, want, got reflect.Value) (faults []string) {
	report := func(w, g any) { faults = append(faults, fmt.Sprintf("%s: kept %v, read %v", path, w, g)) }
	switch w := want.Interface().(type) {
	case vault.Text:
		a, err1 := w.Open(g)
		b, err2 := got.Interface().(vault.Text).Open(g)
		if a != b || err1 != nil || err2 != nil {
			report(a, fmt.Sprint(b, err1, err2))
		}
		return faults
	case time.Time:
		if !w.Equal(got.Interface().(time.Time)) {
			report(w, got)
		}
		return faults
	case ids.Code, date.Date, date.Day, date.Age:
		if !reflect.DeepEqual(want.Interface(), got.Interface()) {
			report(want, got)
		}
		return faults
	}
	switch want.Kind() {
	case reflect.Struct:
		for i := range want.NumField() {
			faults = append(faults, same(g, path+"."+want.Type().Field(i).Name, want.Field(i), got.Field(i))...)
		}
	case reflect.Slice:
		if want.Len() != got.Len() {
			report(want.Len(), got.Len())
			return faults
		}
		for i := range want.Len() {
			faults = append(faults, same(g, fmt.Sprintf("%s[%d]", path, i), want.Index(i), got.Index(i))...)
		}
	default:
		if !reflect.DeepEqual(want.Interface(), got.Interface()) {
			report(want, got)
		}
	}
	return faults
}

// grant decides about a record as it is stored.
func (h *hut) grant(w access.Who, a access.Action, kind access.Kind, id ids.UUID, p access.Purpose) access.Grant {
	h.t.Helper()
	o, err := h.store.Facts(h.ctx, kind, id)
	h.must(err)
	return accesstest.Grant(h.t, w, a, o, p)
}

// entry is a valid entry of somebody.
func (h *hut) entry(by access.Who) audit.Entry {
	g := accesstest.Grant(h.t, by, access.SignalRaise, access.Object{Kind: access.SignalKind, Zone: access.ZoneOf(access.SignalKind)}, access.ForIntake)
	return audit.Of(g, h.now)
}

func (h *hut) save(c protection.Change) error {
	return h.store.SaveProtection(h.ctx, h.entry(h.screener), c)
}

func (h *hut) check(name string, g access.Grant, want, got any) {
	h.t.Helper()
	for _, f := range same(g, name, reflect.ValueOf(want), reflect.ValueOf(got)) {
		h.t.Error(f)
	}
}

// Every field of every record comes back as it was kept, when it is new and when it was changed.
func TestEveryFieldComesBack(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		ours := h.family(1)
		h.must(h.save(ours.change()))
		ours.readBack(h, 1)
		ours.readBeside(h, 1)

		// Every field changed, but what names the record and whose it is.
		next := h.family(500)
		next.keepNames(ours)
		change := next.change()
		change.Identifications, change.Assessments, change.Interests, change.Attendances, change.Inspections, change.Events, change.Attachments = nil, nil, nil, nil, nil, nil, nil
		h.must(h.save(change))
		next.Identification, next.Assessment, next.Interests, next.Attendance, next.Inspection, next.Event = ours.Identification, ours.Assessment, ours.Interests, ours.Attendance, ours.Inspection, ours.Event
		next.Attachment = ours.Attachment
		next.readBack(h, 2)
		next.readBeside(h, 2)

		// The older version is stale now, and leaves nothing.
		before, err := h.store.Entries(h.ctx)
		h.must(err)
		for name, c := range map[string]protection.Change{
			"signal": {Signals: []protection.Signal{next.Signal}}, "reporter": {Reporters: []protection.Reporter{next.Reporter}},
			"group": {Groups: []protection.Group{next.Group}}, "person": {Persons: []protection.Person{next.Person}},
			"case": {Cases: []protection.Case{next.Case}}, "screening": {Screenings: []protection.Screening{next.Screening}},
			"consent": {Consents: []protection.Consent{next.Consent}}, "referral": {Referrals: []protection.Referral{next.Referral}},
			"plan": {Plans: []protection.Plan{next.Plan}}, "episode": {Episodes: []protection.Episode{next.Episode}}, "service": {Services: []protection.Service{next.Service}}, "duty": {Duties: []protection.Duty{next.Duty}},
			"one of two": {Signals: []protection.Signal{filled[protection.Signal](h, 900)}, Consents: []protection.Consent{next.Consent}},
		} {
			if err := h.save(c); !fault.Is(err, fault.Stale) {
				t.Errorf("an older %s: %v", name, err)
			}
		}
		after, err := h.store.Entries(h.ctx)
		h.must(err)
		if before != after {
			t.Errorf("stale changes left %d entries", after-before)
		}
		next.readBack(h, 2)
	})
}

// family is one record of each kind, hanging together.
type family struct {
	protection.Signal
	Reporter       protection.Reporter
	Group          protection.Group
	Person         protection.Person
	Case           protection.Case
	Screening      protection.Screening
	Assessment     protection.Assessment
	Consent        protection.Consent
	Referral       protection.Referral
	Identification protection.Identification
	Service        protection.Service
	Duty           protection.Duty
	Event          protection.Event
	Plan           protection.Plan
	Interests      protection.Interests
	Episode        protection.Episode
	Attendance     protection.Attendance
	Inspection     protection.Inspection
	Jotting        protection.Jotting
	SealedNote     protection.SealedNote
	Attachment     protection.Attachment
}

func (h *hut) family(n int) *family {
	f := &family{Signal: filled[protection.Signal](h, n), Reporter: filled[protection.Reporter](h, n+20), Group: filled[protection.Group](h, n+40),
		Person: filled[protection.Person](h, n+60), Case: filled[protection.Case](h, n+80), Screening: filled[protection.Screening](h, n+120),
		Consent: filled[protection.Consent](h, n+160), Referral: filled[protection.Referral](h, n+190), Identification: filled[protection.Identification](h, n+240),
		Service: filled[protection.Service](h, n+260), Duty: filled[protection.Duty](h, n+290), Event: filled[protection.Event](h, n+310), Assessment: filled[protection.Assessment](h, n+330),
		Plan: filled[protection.Plan](h, n+370), Interests: filled[protection.Interests](h, n+470), Episode: filled[protection.Episode](h, n+500), Attendance: filled[protection.Attendance](h, n+560), Inspection: filled[protection.Inspection](h, n+580),
		Jotting: filled[protection.Jotting](h, n+600), SealedNote: filled[protection.SealedNote](h, n+640), Attachment: filled[protection.Attachment](h, n+670)}
	f.beside(h)
	f.Inspection.Service = f.Service.ID
	f.Episode.Owner, f.Episode.Case, f.Attendance.Episode = h.care, f.Case.ID, f.Episode.ID
	f.Plan.Owner, f.Plan.Case, f.Interests.Owner, f.Interests.Case = h.care, f.Case.ID, h.care, f.Case.ID
	f.Signal.Owner, f.Reporter.Owner, f.Group.Owner, f.Person.Owner = h.care, h.care, h.care, h.care
	f.Case.Owner, f.Screening.Owner, f.Consent.Owner, f.Referral.From, f.Referral.To = h.care, h.care, h.care, h.care, h.shelter
	f.Signal.TakenBy, f.Case.Screener, f.Case.OpenedBy = h.duty.Account, h.screener.Account, h.duty.Account
	f.Reporter.Signal, f.Group.Signal = f.Signal.ID, f.Signal.ID
	f.Case.Person = f.Person.ID
	f.Screening.Case, f.Consent.Case, f.Referral.Case, f.Identification.Case, f.Event.Case = f.Case.ID, f.Case.ID, f.Case.ID, f.Case.ID, f.Case.ID
	f.Assessment.Owner, f.Assessment.Case = h.care, f.Case.ID
	f.Referral.State = protection.Accepted
	for i := range f.Case.Halt.Held {
		f.Case.Halt.Held[i].Case = f.Case.ID
	}
	f.Attachment.RemovedBy, f.Attachment.RemovedAt, f.Attachment.RemovedWhy = ids.Account{}, time.Time{}, "" // it is there
	f.Referral.BurntAt = time.Time{}                                                                         // its packet is there
	f.Episode.Said, f.Attendance.Org = nil, ids.Org{}                                                        // read from the request: see TestProvide
	return f
}

// beside hangs what is written and enclosed on the case; the supervisor is named.
func (f *family) beside(h *hut) {
	f.Jotting.Owner, f.Jotting.Case, f.SealedNote.Owner, f.SealedNote.Case, f.Attachment.Owner, f.Attachment.Case = h.care, f.Case.ID, h.care, f.Case.ID, h.care, f.Case.ID
	f.SealedNote.Readers = append(f.SealedNote.Readers, h.supervisor.Account)
	f.Attachment.Note = f.SealedNote.ID
}

func (f *family) keepNames(old *family) {
	f.Jotting.ID, f.Jotting.Case, f.SealedNote.ID, f.SealedNote.Case, f.Jotting.Version, f.SealedNote.Version = old.Jotting.ID, old.Case.ID, old.SealedNote.ID, old.Case.ID, 1, 1
	f.Signal.ID, f.Reporter.ID, f.Group.ID, f.Person.ID, f.Case.ID = old.Signal.ID, old.Reporter.ID, old.Group.ID, old.Person.ID, old.Case.ID
	f.Screening.ID, f.Consent.ID, f.Referral.ID, f.Service.ID, f.Duty.ID = old.Screening.ID, old.Consent.ID, old.Referral.ID, old.Service.ID, old.Duty.ID
	f.Plan.ID, f.Plan.Case, f.Episode.ID, f.Episode.Case = old.Plan.ID, old.Case.ID, old.Episode.ID, old.Case.ID
	f.Reporter.Signal, f.Group.Signal, f.Case.Person = old.Signal.ID, old.Signal.ID, old.Person.ID
	f.Screening.Case, f.Consent.Case, f.Referral.Case = old.Case.ID, old.Case.ID, old.Case.ID
	for i := range f.Case.Halt.Held {
		f.Case.Halt.Held[i].Case = old.Case.ID
	}
	f.Signal.Conflicts, f.Case.Conflicts = old.Signal.Conflicts, old.Case.Conflicts // they are only ever added
	for _, v := range []*int{&f.Signal.Version, &f.Reporter.Version, &f.Group.Version, &f.Person.Version, &f.Case.Version, &f.Screening.Version,
		&f.Consent.Version, &f.Referral.Version, &f.Service.Version, &f.Duty.Version, &f.Plan.Version, &f.Episode.Version} {
		*v = 1
	}
}

func (f *family) change() protection.Change {
	return protection.Change{Signals: []protection.Signal{f.Signal}, Reporters: []protection.Reporter{f.Reporter}, Groups: []protection.Group{f.Group},
		Persons: []protection.Person{f.Person}, Cases: []protection.Case{f.Case}, Screenings: []protection.Screening{f.Screening},
		Assessments: []protection.Assessment{f.Assessment}, Plans: []protection.Plan{f.Plan}, Interests: []protection.Interests{f.Interests}, Episodes: []protection.Episode{f.Episode}, Attendances: []protection.Attendance{f.Attendance}, Inspections: []protection.Inspection{f.Inspection}, Consents: []protection.Consent{f.Consent}, Referrals: []protection.Referral{f.Referral},
		Identifications: []protection.Identification{f.Identification}, Services: []protection.Service{f.Service},
		Duties: []protection.Duty{f.Duty}, Events: []protection.Event{f.Event},
		Jottings: []protection.Jotting{f.Jotting}, SealedNotes: []protection.SealedNote{f.SealedNote}, Attachments: []protection.Attachment{f.Attachment}}
}

// readBeside reads what is written and enclosed.
func (f *family) readBeside(h *hut, version int) {
	h.t.Helper()
	g := h.grant(h.supervisor, access.JottingRead, access.JottingKind, f.Jotting.ID.UUID, access.ForProtection)
	note, err := h.store.Jotting(h.ctx, g, f.Jotting.ID)
	h.must(err)
	f1 := f.Jotting
	f1.Version = version
	h.check("jotting", g, f1, note)
	g = h.grant(h.supervisor, access.SealedNoteRead, access.SealedNoteKind, f.SealedNote.ID.UUID, access.ForProtection)
	sealed, err := h.store.SealedNote(h.ctx, g, f.SealedNote.ID)
	h.must(err)
	f2 := f.SealedNote
	f2.Version = version
	h.check("sealed note", g, f2, sealed)
	files, err := h.store.NoteAttachments(h.ctx, g, f.SealedNote.ID)
	h.must(err)
	head := f.Attachment
	head.Name, head.Content = vault.Text{}, vault.Text{}
	h.check("files", g, []protection.Attachment{head}, files)
	g = h.grant(h.supervisor, access.AttachmentRead, access.AttachmentKind, f.Attachment.ID.UUID, access.ForProtection)
	file, err := h.store.AttachmentContent(h.ctx, g, f.Attachment.ID)
	h.must(err)
	h.check("attachment", g, f.Attachment, file)
}

func (f *family) readBack(h *hut, version int) {
	h.t.Helper()
	g := h.grant(h.duty, access.SignalRead, access.SignalKind, f.Signal.ID.UUID, access.ForIntake)
	signal, err := h.store.Signal(h.ctx, g, f.Signal.ID)
	h.must(err)
	want := f.Signal
	want.Version = version
	h.check("signal", g, want, signal)

	g = h.grant(h.duty, access.ReporterRead, access.ReporterKind, f.Reporter.ID.UUID, access.ForIntake)
	reporter, err := h.store.Reporter(h.ctx, g, f.Reporter.ID)
	h.must(err)
	f2 := f.Reporter
	f2.Version = version
	h.check("reporter", g, f2, reporter)

	g = h.grant(h.duty, access.GroupRead, access.GroupKind, f.Group.ID.UUID, access.ForProtection)
	group, err := h.store.Group(h.ctx, g, f.Group.ID)
	h.must(err)
	f3 := f.Group
	f3.Version = version
	h.check("group", g, f3, group)

	g = h.grant(h.screener, access.PersonRead, access.PersonKind, f.Person.ID.UUID, access.ForProtection)
	person, err := h.store.Person(h.ctx, g, f.Person.ID)
	h.must(err)
	f4 := f.Person
	f4.Version, f4.Contact.May = version, person.Contact.May
	f4.Contact.May = f.Person.Contact.May
	h.check("person", g, f4, person)

	g = h.grant(h.supervisor, access.CaseRead, access.CaseKind, f.Case.ID.UUID, access.ForProtection)
	one, err := h.store.Case(h.ctx, g, f.Case.ID)
	h.must(err)
	f5 := f.Case
	f5.Version = version
	h.check("case", g, f5, one)
	f.readHanging(h, g, version)

	g = h.grant(h.supervisor, access.ScreeningRead, access.ScreeningKind, f.Screening.ID.UUID, access.ForProtection)
	screening, err := h.store.Screening(h.ctx, g, f.Screening.ID)
	h.must(err)
	f6 := f.Screening
	f6.Version = version
	h.check("screening", g, f6, screening)

	g = h.grant(h.supervisor, access.AssessmentRead, access.AssessmentKind, f.Assessment.ID.UUID, access.ForProtection)
	assessment, err := h.store.Assessment(h.ctx, g, f.Assessment.ID)
	h.must(err)
	h.check("assessment", g, f.Assessment, assessment)

	g = h.grant(h.supervisor, access.PlanRead, access.PlanKind, f.Plan.ID.UUID, access.ForProtection)
	plan, err := h.store.Plan(h.ctx, g, f.Plan.ID)
	h.must(err)
	f10 := f.Plan
	f10.Version = version
	h.check("plan", g, f10, plan)
	plan, err = h.store.PlanOf(h.ctx, g, f.Case.ID)
	h.must(err)
	h.check("plan of a case", g, f10, plan)
	g = h.grant(h.supervisor, access.InterestsRead, access.InterestsKind, f.Interests.ID.UUID, access.ForProtection)
	interests, err := h.store.Interests(h.ctx, g, f.Interests.ID)
	h.must(err)
	h.check("interests", g, f.Interests, interests)

	g = h.grant(h.supervisor, access.EpisodeRead, access.EpisodeKind, f.Episode.ID.UUID, access.ForProtection)
	episode, err := h.store.Episode(h.ctx, g, f.Episode.ID)
	h.must(err)
	f11 := f.Episode
	f11.Version = version
	h.check("episode", g, f11, episode)
	days, err := h.store.Attended(h.ctx, g, f.Episode.ID)
	h.must(err)
	h.check("attendance", g, []protection.Attendance{f.Attendance}, days)

	g = h.grant(h.host, access.PacketRead, access.PacketKind, f.Referral.ID.UUID, access.ForReferral)
	referral, err := h.store.Referral(h.ctx, g, f.Referral.ID)
	h.must(err)
	f7 := f.Referral
	f7.Version = version
	h.check("referral", g, f7, referral)

	g = h.grant(h.host, access.DirectoryRead, access.Directory, f.Service.ID.UUID, access.ForReferral)
	service, err := h.store.Service(h.ctx, g, f.Service.ID)
	h.must(err)
	f8 := f.Service
	f8.Version = version
	h.check("service", g, f8, service)
	inspections, err := h.store.Inspections(h.ctx, g, f.Service.ID)
	h.must(err)
	h.check("inspections", g, []protection.Inspection{f.Inspection}, inspections)
	duties, err := h.store.Duties(h.ctx, g, h.now.Add(-time.Hour), h.now.AddDate(1, 0, 0))
	h.must(err)
	f9 := f.Duty
	f9.Version = version
	h.check("duty", g, []protection.Duty{f9}, duties)
}

// readHanging reads what hangs on a case with the grant on the case.
func (f *family) readHanging(h *hut, g access.Grant, version int) {
	h.t.Helper()
	consents, err := h.store.Consents(h.ctx, g, f.Case.ID)
	h.must(err)
	k := f.Consent
	k.Version = version
	h.check("consents", g, []protection.Consent{k}, consents)
	decisions, err := h.store.Identifications(h.ctx, g, f.Case.ID)
	h.must(err)
	h.check("identifications", g, []protection.Identification{f.Identification}, decisions)
	events, err := h.store.Timeline(h.ctx, g, f.Case.ID, protection.Page{})
	h.must(err)
	h.check("events", g, []protection.Event{f.Event}, events.Lines)
	screenings, err := h.store.Screenings(h.ctx, g, f.Case.ID)
	h.must(err)
	if len(screenings) != 1 || !slices.Equal(screenings[0].Heard, f.Screening.Heard) || screenings[0].Version != version {
		h.t.Errorf("screenings: %+v", screenings)
	}
	assessments, err := h.store.Assessments(h.ctx, g, f.Case.ID)
	h.must(err)
	a := f.Assessment
	head := protection.Assessment{ID: a.ID, Case: a.Case, Owner: a.Owner, At: a.At, By: a.By, Moment: a.Moment, Level: a.Level, Next: a.Next}
	h.check("assessments", g, []protection.Assessment{head}, assessments)
	lines, err := h.store.CaseReferrals(h.ctx, g, f.Case.ID)
	h.must(err)
	r := f.Referral
	open := 0
	for _, a := range r.Asks {
		if a.Answered.IsZero() {
			open++
		}
	}
	want := protection.ReferralLine{ID: r.ID, Case: r.Case, Code: r.Code, From: r.From, To: r.To, Need: r.Need, State: r.State, Level: r.Level,
		Child: r.Child, Emergency: r.Emergency, SentAt: r.SentAt, AckBy: r.AckBy, AnsweredAt: r.AnsweredAt, Arrival: r.Arrival, OpenAsks: open, HealthFrom: r.Packet.HealthFrom}
	h.check("referrals", g, []protection.ReferralLine{want}, lines)
}

// A change sent twice is kept once, whatever it holds, and leaves one entry;
// the same identifier from somebody else is no repeat.
func TestRepeatedChange(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		f := h.family(1)
		h.must(h.save(f.change()))
		entries, err := h.store.Entries(h.ctx)
		h.must(err)
		again := h.family(700)
		c := again.change()
		c.Signals[0].ID = f.Signal.ID
		c.Signals[0].RaisedBy = h.screener.Account
		if err := h.save(c); !fault.Is(err, fault.Stale) {
			t.Errorf("an identifier of somebody else: %v", err)
		}
		mine := filled[protection.Signal](h, 800)
		mine.RaisedBy = h.screener.Account
		h.must(h.save(protection.Change{Signals: []protection.Signal{mine}}))
		other := filled[protection.Signal](h, 850)
		other.ID, other.RaisedBy = mine.ID, mine.RaisedBy
		h.must(h.save(protection.Change{Signals: []protection.Signal{other}, Reporters: []protection.Reporter{again.Reporter}}))
		after, err := h.store.Entries(h.ctx)
		h.must(err)
		if after != entries+1 {
			t.Errorf("%d entries, want one for the change and none for its repeat", after-entries)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM reporter WHERE id = ?`, again.Reporter.ID); err != nil || n != 0 {
			t.Errorf("a repeat left %d records: %v", n, err)
		}
	})
}
