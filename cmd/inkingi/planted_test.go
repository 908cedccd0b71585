package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/invent"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// A planted programme: an invented one, and records whose every word is a
// marker. What a marker's owner said must be found by who may read it, and by
// nobody else.

// hands is a clock that stands still until it is moved.
type hands struct{ at atomic.Int64 }

func (c *hands) now() time.Time                { return time.UnixMilli(c.at.Load()).UTC() }
func (c *hands) move(d time.Duration)          { c.at.Add(d.Milliseconds()) }
func newHands(at time.Time) *hands             { c := &hands{}; c.at.Store(at.UnixMilli()); return c }
func (c *hands) ago(d time.Duration) time.Time { return c.now().Add(-d) }

// paper keeps what was logged, and apart what should never have been.
type paper struct {
	mu  sync.Mutex
	b   bytes.Buffer
	bad []string
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(found(string(b))) > 0 {
		p.bad = append(p.bad, string(b))
	}
	return p.b.Write(b)
}

// untimed leaves out when a request came and how long it took: some nanoseconds
// look like the digits of a telephone.
func untimed(_ []string, a slog.Attr) slog.Attr {
	if a.Key == "took" || a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// take gives what was logged since it was last asked.
func (p *paper) take() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := p.b.String()
	p.b.Reset()
	return text
}

// record is something planted or invented that a wildcard may name.
type record struct {
	kind  access.Kind
	id    ids.UUID
	label string // which plantation; "" when it was invented
}

// opener is one way a marker may be read.
type opener struct {
	action access.Action
	kind   access.Kind
	id     ids.UUID
}

// marker is a text that only some may read.
type marker struct {
	what  string
	token string // what is looked for: letters that nothing else holds, or digits of a telephone
	full  string
	by    []opener
	only  ids.Account // whose own it is
	in    bool        // all who sign in know it: what an organisation is called
	none  bool        // nobody may read it any more
}

// planted is the house with everything in it.
type planted struct {
	t         *testing.T
	ctx       context.Context
	h         *house
	door      *shell.Shell
	clock     *hands
	log       *paper
	db        *sql.DB
	programme invent.Programme
	orgs      map[string]ids.Org // by the first word after the article: see key
	records   map[access.Kind][]record
	beside    map[ids.Case]ids.Guardian // who stands by a child
	markers   []*marker
	services  map[string]protection.Service
	provinces []place.Place
	hill      place.Code // a colline of the first province
	elsewhere place.Code // one of the second
	more      []invent.Account
	marks     int
}

// plant builds the house, invents a programme and plants the markers.
func plant(t *testing.T) *planted {
	t.Helper()
	dir := quick(t)
	p := &planted{t: t, ctx: context.Background(), clock: newHands(time.Now()), log: &paper{}, orgs: map[string]ids.Org{},
		records: map[access.Kind][]record{}, services: map[string]protection.Service{}}
	url := filepath.Join(dir, "inkingi.sqlite")
	h, err := build(p.ctx, plan{database: "sqlite:" + url, country: "bdi", master: vault.NewMaster(time.Now()), demo: true,
		clock: p.clock.now, log: slog.New(slog.NewJSONHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: untimed}))})
	p.ok(err)
	p.h = h
	t.Cleanup(func() { p.ok(h.close()) })
	_, _, err = h.store.Migrate(p.ctx)
	p.ok(err)
	_, err = h.store.MakeLogKey(p.ctx, "inkingi.test")
	p.ok(err)
	p.db, err = sql.Open("sqlite3", "file:"+url+"?mode=ro&_pragma=busy_timeout(10000)&_pragma=query_only(on)")
	p.ok(err)
	t.Cleanup(func() { p.ok(p.db.Close()) })
	p.programme, err = invent.Inventor{Country: h.country, Accounts: h.accounts, Policy: h.policy, Keep: h.store, Now: p.clock.now,
		Seed: 7, People: inhabitants()}.Invent(p.ctx)
	p.ok(err)
	h.protection.Home, err = h.oldest(p.ctx)
	p.ok(err)
	p.places()
	p.accounts()
	p.people()
	p.legacy()
	p.lists()
	tally := &tallied{Store: h.protection.Store}
	h.protection.Store = tally
	h.prosecution.Store = &pursued{Store: h.prosecution.Store}
	h.accounts.Store = &tolled{Store: h.accounts.Store}
	limits := shell.Limits{Account: shell.Limit{Rate: 1e9, Burst: 1e9}, Visitor: shell.Limit{Rate: 1e9, Burst: 1e9}}
	p.door, err = h.door(doorPlan{limits: limits, away: "https://www.meteo.bi/"})
	p.ok(err)
	return p
}

// quick is a folder in memory where there is one: a thousand refusals are a
// thousand synced entries.
func quick(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "inkingi-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// inhabitants is how many are invented; fewer in a short run.
func inhabitants() int {
	if testing.Short() || os.Getenv("INKINGI_TEST_PEOPLE") == "few" {
		return 12
	}
	return 40
}

func (p *planted) ok(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v (%+v)", err, err)
	}
}

// word makes a marker that nothing else holds, in letters only.
func (p *planted) word() string {
	p.marks++
	n := p.marks
	return "Zqx" + string([]rune{rune('a' + n/676%26), rune('a' + n/26%26), rune('a' + n%26)}) + "yv"
}

// text plants a text around a marker, with what must be escaped in a page.
func (p *planted) text(what string, by ...opener) string {
	w := p.word()
	full := "d'É" + w + " <b>& \"" + what[:1] + "\""
	p.markers = append(p.markers, &marker{what: what, token: strings.ToLower(w), full: full, by: by})
	return full
}

// phone plants a telephone number.
func (p *planted) phone(what string, by ...opener) string {
	p.marks++
	digits := fmt.Sprintf("6194%04d", 2000+p.marks)
	full := digits[:2] + " " + digits[2:4] + " " + digits[4:6] + " " + digits[6:]
	p.markers = append(p.markers, &marker{what: what, token: digits, full: full, by: by})
	return full
}

// gone says of a marker that nobody may read it any more.
func (p *planted) gone(full string) {
	for _, m := range p.markers {
		if m.full == full {
			m.none = true
		}
	}
}

func (p *planted) add(k access.Kind, id ids.UUID, label string) {
	p.records[k] = append(p.records[k], record{k, id, label})
}

// as is the n-th account of a role in an organisation.
func (p *planted) as(role access.Role, org string, n int) access.Who {
	for _, a := range p.everybody() {
		if a.Who.Post.Role == role && (org == "" || a.Who.Post.Org == p.orgs[org]) {
			if n == 0 {
				return a.Who
			}
			n--
		}
	}
	p.t.Fatalf("nobody is %s in %s", role, org)
	return access.Who{}
}

func (p *planted) everybody() []invent.Account {
	return append(append([]invent.Account{}, p.programme.Accounts...), p.more...)
}

func (p *planted) places() {
	g, day := p.h.country.Places, p.h.country.Day(p.clock.now())
	p.provinces = g.Children(g.Home(), day)
	leaf := func(code place.Code) place.Code {
		for {
			under := g.Children(code, day)
			if len(under) == 0 {
				return code
			}
			code = under[0].Code
		}
	}
	p.hill, p.elsewhere = leaf(p.provinces[0].Code), leaf(p.provinces[1].Code)
}

// accounts names the organisations, and adds what an invention lacks: people
// in the same role elsewhere, people in conflict, a post bound to a place, a
// post that ended.
func (p *planted) accounts() {
	keys := map[access.Role]string{access.HotlineOperator: "ligne", access.ChildAuthority: "enfance", access.Police: "police",
		access.Immigration: "migrations", access.Prosecutor: "justice", access.Coordinator: "comite"}
	for _, a := range p.programme.Accounts {
		for key, part := range map[string]string{"umuganda": "Umutekano", "inama": "Inama", "figuier": "Figuier", "source": "Source", "clinique": "Clinique"} {
			if strings.Contains(a.Organisation, part) {
				p.orgs[key] = a.Who.Post.Org
			}
		}
		if key := keys[a.Who.Post.Role]; key != "" {
			p.orgs[key] = a.Who.Post.Org
		}
	}
	p.orgs["police2"] = ids.New[ids.Org]()
	p.ok(p.h.accounts.AddOrg(p.ctx, access.Itself(), account.Org{ID: p.orgs["police2"], Name: "Police, autre brigade d'essai", Kind: "POLICE"}))
	p.orgs["justice2"] = ids.New[ids.Org]()
	p.ok(p.h.accounts.AddOrg(p.ctx, access.Itself(), account.Org{ID: p.orgs["justice2"], Name: "Autre parquet et tribunal d'essai", Kind: "JUSTICE"}))
	hidden := p.text("organisation that shelters")
	p.markers[len(p.markers)-1].in = true
	p.ok(p.h.accounts.AddOrg(p.ctx, access.Itself(), account.Org{ID: ids.New[ids.Org](), Name: hidden, Kind: "SHELTER"}))
	year := p.clock.ago(365 * 24 * time.Hour)
	for _, one := range []struct {
		role  access.Role
		org   string
		place string
		from  time.Time
	}{
		{access.Supervisor, "umuganda", "", year}, // in conflict: see people
		{access.DutyOfficer, "umuganda", string(p.provinces[2].Code), year},
		{access.Police, "police2", "", year},
		{access.Prosecutor, "justice2", "", year}, // an office and a court that were sent nothing
		{access.Court, "justice2", "", year},
		{access.ChildAuthority, "enfance", string(p.provinces[2].Code), year},
		{access.HotlineOperator, "umuganda", "", year},
		{access.Coordinator, "inama", "", year},
		{access.Administrator, "police2", "", year},
		{access.DataProtection, "enfance", "", year},
	} {
		p.more = append(p.more, p.account(one.role, one.org, one.place, one.from))
	}
}

func (p *planted) account(role access.Role, org, where string, from time.Time) invent.Account {
	n := len(p.more)
	a := invent.Account{Role: string(role), Organisation: org, Name: fmt.Sprintf("planted.%02d", n), Password: fmt.Sprintf("tambour-sentier-rivage-%04d", 3000+n), ID: ids.New[ids.Account]()}
	post := access.Post{ID: ids.New[ids.Post](), Role: role, Org: p.orgs[org], Place: where, From: from}
	_, err := p.h.accounts.Add(p.ctx, access.Itself(), account.Add{ID: a.ID, Org: p.orgs[org], Name: a.Name, Shown: fmt.Sprintf("Planté %d", n), Lang: "fr", Post: post, Password: account.Secret(a.Password)})
	p.ok(err)
	a.Who = access.Who{Account: a.ID, Post: post, SecondFactor: true}
	return a
}

// cast is who works on a planted case.
type cast struct {
	duty, screener, manager, supervisor access.Who
	hill                                place.Code
}

func (p *planted) cast(org string) cast {
	c := cast{p.as(access.DutyOfficer, org, 0), p.as(access.Screener, org, 0), p.as(access.CaseManager, org, 0), p.as(access.Supervisor, org, 0), p.hill}
	if org == "inama" {
		c.hill = p.elsewhere
	}
	return c
}

// people plants signals, cases and requests at every stage.
func (p *planted) people() {
	p.directory()
	p.clock.move(-8 * time.Hour)
	own, other := p.cast("umuganda"), p.cast("inama")
	for _, one := range []struct {
		label string
		who   access.Who
		c     cast
	}{{"police", p.as(access.Police, "police", 0), own}, {"visitor", access.Visitor(), own}, {"hotline", p.as(access.HotlineOperator, "ligne", 0), own},
		{"focal", p.as(access.FocalPoint, "umuganda", 0), own}, {"other", access.Visitor(), other}} {
		p.signal(one.label, one.who, one.c, nil)
	}
	taken := p.signal("taken", p.as(access.HotlineOperator, "ligne", 0), own, nil)
	p.ok(p.h.protection.Take(p.ctx, own.duty, protection.Take{Signal: taken, Version: 1}))
	for _, one := range []struct {
		label string
		c     cast
		bars  []protection.Conflict
		child bool
	}{{"own", own, nil, false}, {"other", other, nil, false}, {"child", own, nil, true}, {"barred", own, p.bars(), false}} {
		p.journey(one.label, one.c, one.bars, one.child)
	}
	p.moves(own, other)
	p.twice(own)
	p.asked(own, other)
	p.rights(own, other)
	p.reviews(own, other)
	p.stays(map[string]cast{"own": own, "other": other, "child": own, "barred": own})
	p.complaints(own, other)
	p.provided(map[string]cast{"own": own, "other": other, "child": own, "barred": own})
	p.files()
	p.clock.move(time.Since(p.clock.now())) // on to today, after all that happened
	p.collect()
}

// bars are the conflicts of the barred plantation: the second of every role in
// the house, and a whole other organisation.
func (p *planted) bars() []protection.Conflict {
	bars := []protection.Conflict{{Org: p.orgs["inama"], Why: "ACCUSED"}, {Org: p.orgs["source"], Why: "ACCUSED"}}
	for _, role := range []access.Role{access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor} {
		bars = append(bars, protection.Conflict{Account: p.as(role, "umuganda", 1).Account, Why: "ACCUSED"})
	}
	return bars
}

// signal plants a signal with a reporter.
func (p *planted) signal(label string, who access.Who, c cast, against []ids.Org) ids.Signal {
	p.clock.move(time.Minute)
	s, r := ids.New[ids.Signal](), ids.New[ids.Reporter]()
	read, who2 := opener{access.SignalRead, access.SignalKind, s.UUID}, opener{access.ReporterRead, access.ReporterKind, r.UUID}
	list := opener{access.SignalList, access.SignalKind, s.UUID}
	_, err := p.h.protection.Raise(p.ctx, who, protection.Raise{ID: s, Channel: "OTHER", Now: protection.No,
		Where: place.Given{Code: c.hill, Written: p.text("place of "+label, read, list)}, When: date.Of(p.h.country.Day(p.clock.now())),
		Spot: p.text("spot of "+label, read), Seen: p.text("seen by "+label, read), People: 1, Children: protection.Unknown, Against: against,
		Reporter: r, Name: p.text("reporter of "+label, who2), Relation: "NEIGHBOUR", Phone: p.phone("reporter's telephone of "+label, who2),
		Hours: "EVENING", Phrase: p.text("reporter's phrase of "+label, who2), Avoid: p.text("reporter's avoid of "+label, who2), May: protection.Yes})
	p.ok(err)
	p.add(access.SignalKind, s.UUID, label)
	p.add(access.ReporterKind, r.UUID, label)
	return s
}

// journey plants a group of people, one at each stage.
func (p *planted) journey(label string, c cast, bars []protection.Conflict, child bool) {
	d := p.h.protection
	var against []ids.Org
	for _, b := range bars {
		if !b.Org.IsZero() {
			against = append(against, b.Org)
		}
	}
	s := p.signal(label, p.as(access.FocalPoint, "umuganda", 0), c, against)
	p.ok(d.Take(p.ctx, c.duty, protection.Take{Signal: s, Version: 1}))
	t := protection.Triage{Signal: s, Version: 2, Level: protection.Red, Reasons: []string{"TRAFFICKER_NEAR"}, Checked: true, Outcome: protection.ToScreening,
		Conflicts: nil, Group: ids.New[ids.Group](), Handler: protection.Yes}
	for _, b := range bars {
		if !b.Account.IsZero() {
			t.Conflicts = append(t.Conflicts, b)
		}
	}
	stages := []string{"triage", "screening", "stopped", "waiting", "returned", "ratified", "referred", "leaving", "left", "nottip"}
	for range stages {
		n := protection.Newcomer{Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), Sex: "F", Child: child, Language: "rn", Screener: c.screener.Account,
			Hours: "MORNING", Age: date.Age{Years: 24, Basis: date.Declared, Said: p.h.country.Day(p.clock.now())}}
		if child {
			n.Age.Years = 15
		}
		by := opener{access.PersonRead, access.PersonKind, n.Person.UUID}
		n.Name, n.Called, n.Phone = p.text("name of "+label, by), p.text("called name of "+label, by), p.phone("telephone of "+label, by)
		n.Phrase, n.Avoid = p.text("phrase of "+label, by), p.text("avoid of "+label, by)
		t.People = append(t.People, n)
	}
	p.ok(d.Triage(p.ctx, c.duty, t))
	p.add(access.GroupKind, t.Group.UUID, label)
	for i, stage := range stages {
		n := t.People[i]
		p.add(access.CaseKind, n.Case.UUID, label+" "+stage)
		p.add(access.PersonKind, n.Person.UUID, label+" "+stage)
		p.walkOn(label, stage, n, c)
	}
	p.openPlace(s, t.People)
}

// openPlace lets the written place be read by whoever reads a case of the signal.
func (p *planted) openPlace(s ids.Signal, all []protection.Newcomer) {
	for _, m := range p.markers {
		if strings.HasPrefix(m.what, "place of ") && m.by[0].id == s.UUID {
			for _, n := range all {
				m.by = append(m.by, opener{access.CaseRead, access.CaseKind, n.Case.UUID}, opener{access.CaseList, access.CaseKind, n.Case.UUID})
			}
		}
	}
}

// walkOn brings one person to her stage.
func (p *planted) walkOn(label, stage string, n protection.Newcomer, c cast) {
	d := p.h.protection
	if stage == "triage" {
		return
	}
	p.clock.move(time.Minute)
	if stage == "left" && !n.Child {
		p.ok(d.Leave(p.ctx, c.screener, protection.Leave{Case: n.Case, Version: 1, Reason: "NOT_NOW", Told: true}))
		return
	}
	x := ids.New[ids.Screening]()
	p.add(access.ScreeningKind, x.UUID, label+" "+stage)
	p.ok(d.Begin(p.ctx, c.screener, protection.Begin{ID: x, Case: n.Case, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	read := opener{access.ScreeningRead, access.ScreeningKind, x.UUID}
	p.ok(d.Listen(p.ctx, c.screener, protection.Listen{Screening: x, Version: 1, LimitsSaid: true, Account: p.text("account of "+label, read), Wants: p.text("wants of "+label, read),
		Heard: []string{"D1_WAGE"}, Profile: protection.Labour, Exploited: protection.Yes, Act: protection.Yes}))
	switch stage {
	case "screening", "left":
		return
	case "stopped":
		p.ok(d.Stop(p.ctx, c.screener, protection.Stop{Screening: x, Version: 2}))
		p.approval(label, n, c)
		return
	}
	judge := protection.Judge{Screening: x, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT", Child: n.Child, Words: p.text("verdict of "+label, read)}
	if stage == "nottip" {
		judge.Verdict, judge.Reason = protection.NotIndicated, "NO_INDICATION"
	}
	p.ok(d.Judge(p.ctx, c.screener, judge))
	if stage == "waiting" {
		return
	}
	if stage == "returned" {
		p.ok(d.Ratify(p.ctx, c.supervisor, protection.Ratify{Case: n.Case, Version: 3, Return: true, Words: p.text("remarks of "+label, read)}))
		return
	}
	if stage == "nottip" && label == "own" { // so that the first supervisor may review it
		c.supervisor = p.as(access.Supervisor, "umuganda", 1)
	}
	p.ok(d.Ratify(p.ctx, c.supervisor, protection.Ratify{Case: n.Case, Version: 3}))
	if stage == "nottip" {
		return
	}
	if stage == "ratified" {
		p.ok(d.Assign(p.ctx, c.supervisor, protection.Assign{Case: n.Case, Version: 4, Manager: c.manager.Account}))
		p.assessment(label, n, c)
		p.notes(label, n, c)
		version := 8
		if n.Child {
			p.guardian(label, n, c, 6)
			version++
		}
		p.plan(label, n, c)
		p.after(label, n, c)
		p.ok(d.Assign(p.ctx, c.supervisor, protection.Assign{Case: n.Case, Version: version, Manager: p.managerOf(label, c).Account}))
		p.identity(label, n, c)
		return
	}
	if stage == "leaving" {
		p.leaving(n, c)
		return
	}
	p.ok(d.Assign(p.ctx, c.supervisor, protection.Assign{Case: n.Case, Version: 4, Manager: p.managerOf(label, c).Account}))
	for _, end := range []string{"sent", "acknowledged", "accepted", "awaited", "arrived", "declined", "cancelled"} {
		p.request(label, end, n, c)
	}
}

// managerOf holds the case; of the child plantation, the authority that is her guardian.
func (p *planted) managerOf(label string, c cast) access.Who {
	if label == "child" {
		return p.as(access.ChildAuthority, "enfance", 0)
	}
	return c.manager
}

// assessment plants what threatens her, in her words, and what she does then.
func (p *planted) assessment(label string, n protection.Newcomer, c cast) {
	a := ids.New[ids.Assessment]()
	by := opener{access.AssessmentRead, access.AssessmentKind, a.UUID}
	p.ok(p.h.protection.Assess(p.ctx, c.manager, protection.Assess{ID: a, Case: n.Case, Version: 5, Moment: "FIRST", Level: protection.Orange, Reflect: protection.Reflect{To: protection.Offered},
		Risks: map[string]protection.Answer{"THREATS": protection.Yes}, Own: p.text("own view of "+label, by), Why: p.text("why less danger of "+label, by),
		Signs: p.text("signs of "+label, by), Places: p.text("safe places of "+label, by), People: p.text("whom to call of "+label, by),
		Phone: p.text("telephone plan of "+label, by), Steps: p.text("steps of "+label, by)}))
	p.add(access.AssessmentKind, a.UUID, label+" ratified")
}

// approval plants an approval that nobody has confirmed, of a request called off since.
func (p *planted) approval(label string, n protection.Newcomer, c cast) {
	d, k, r, s := p.h.protection, ids.New[ids.Consent](), ids.New[ids.Referral](), p.services["shelter"]
	p.ok(d.Refer(p.ctx, c.screener, protection.Refer{ID: r, Case: n.Case, Service: s.ID, Need: s.Need, Emergency: true,
		Override: &protection.Override{ID: k, Why: "VITAL_INTEREST", ApprovedBy: c.supervisor.Account, PersonTold: protection.No}}))
	p.ok(d.Cancel(p.ctx, c.screener, protection.Cancel{Referral: r, Version: 1, Reason: p.code("referral_cancel")}))
	p.add(access.ConsentKind, k.UUID, label+" stopped")
	p.add(access.ReferralKind, r.UUID, label+" cancelled")
	p.add(access.PacketKind, r.UUID, label+" cancelled")
}

// guardian plants who stands by a child.
func (p *planted) guardian(label string, n protection.Newcomer, c cast, version int) {
	g := ids.New[ids.Guardian]()
	by := opener{access.GuardianRead, access.GuardianKind, g.UUID}
	p.ok(p.h.protection.Stand(p.ctx, c.manager, protection.Stand{ID: g, Case: n.Case, CaseVersion: version, Kind: protection.Appointed, Relation: "RELATIVE",
		Agreed: protection.Yes, Involved: protection.No, Authority: "COURT", Act: p.text("act of "+label, by), Name: p.text("guardian of "+label, by),
		Phone: p.phone("number of the guardian of "+label, by), Why: p.text("why this guardian of "+label, by)}))
	if p.beside == nil {
		p.beside = map[ids.Case]ids.Guardian{}
	}
	p.beside[n.Case] = g
	p.add(access.GuardianKind, g.UUID, "planted")
}

// plan plants what she wants, what is done for it, and the words of who read it.
func (p *planted) plan(label string, n protection.Newcomer, c cast) {
	d, k := p.h.protection, ids.New[ids.Consent]()
	ask := protection.AskConsent{ID: k, Case: n.Case, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes, Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}
	yes := protection.Agree{Case: n.Case, Plan: ids.New[ids.Plan](), Version: 4, Day: p.h.country.Day(p.clock.now()), Mode: "WRITTEN", Language: "rn", Interpreter: "NOT_NEEDED", GivenBy: "SELF",
		Settling: true, Budget: protection.Money{Units: 90000, Currency: "BIF"}, Funders: []string{"NGO"}}
	if n.Child {
		p.carer(&ask, n.Case)
		yes.GivenBy, yes.Guardian, yes.Involved, yes.CarerAway, yes.Assent = ask.GivenBy, ask.Guardian, ask.Involved, ask.CarerAway, protection.Yes
		x := ids.New[ids.Interests]()
		by := opener{access.InterestsRead, access.InterestsKind, x.UUID}
		p.ok(d.Weigh(p.ctx, c.manager, protection.Weigh{ID: x, Case: n.Case, About: "PLAN", Heard: protection.Yes, Views: p.text("view of the child of "+label, by),
			For: p.text("what speaks for it of "+label, by), Risks: p.text("what speaks against it of "+label, by), Result: p.text("interests of "+label, by)}))
		p.add(access.InterestsKind, x.UUID, "planted")
		p.panel(label, n, c)
	}
	p.ok(d.AskConsent(p.ctx, c.screener, ask))
	p.add(access.ConsentKind, k.UUID, label+" ratified")
	by := []opener{{access.PlanRead, access.PlanKind, yes.Plan.UUID}, {access.PlanRead, access.CaseKind, n.Case.UUID}}
	goal := protection.Wish{ID: ids.New[ids.Goal](), Words: p.text("goal of "+label, by...)}
	p.ok(d.WritePlan(p.ctx, c.manager, protection.WritePlan{ID: yes.Plan, Case: n.Case, Goals: []protection.Wish{goal}, Track: protection.Extended, Why: p.text("why longer of "+label, by...)}))
	for _, what := range []string{"step", "other step"} {
		s := protection.AddStep{ID: ids.New[ids.Step](), Case: n.Case, Goal: goal.ID, Need: "VOC", What: p.text(what+" of "+label, by...), Who: "US", Due: yes.Day.Add(3)}
		p.ok(d.AddStep(p.ctx, c.manager, s))
		if what == "step" {
			p.ok(d.EndStep(p.ctx, c.manager, protection.EndStep{Case: n.Case, Step: s.ID, End: "DONE", Remark: p.text("remark of "+label, by...)}))
		}
	}
	p.ok(d.Agree(p.ctx, c.manager, yes))
	p.ok(d.Approve(p.ctx, c.supervisor, protection.Approve{Plan: yes.Plan, Version: 5, Return: true, Words: p.text("words to the plan of "+label, by...)}))
	yes.Version = 6
	p.ok(d.Agree(p.ctx, c.manager, yes))
	p.add(access.PlanKind, yes.Plan.UUID, label+" ratified")
	p.service(label, n, c, "going on")
	p.service(label, n, c, "over")
}

// after plants how she is, a return, and why her case is to be closed; attempts of
// long ago, so that somebody may say that contact is lost.
func (p *planted) after(label string, n protection.Newcomer, c cast) {
	d, today := p.h.protection, p.h.country.Day(p.clock.now())
	by := opener{access.VisitRead, access.CaseKind, n.Case.UUID}
	p.ok(d.KeepBusiness(p.ctx, c.manager, protection.KeepBusiness{ID: ids.New[ids.Business](), Case: n.Case, Kind: "SEWING", From: today, Funders: []string{"NGO"}}))
	home := []opener{{access.ReturnRead, access.CaseKind, n.Case.UUID}, {access.ReturnKeep, access.CaseKind, n.Case.UUID},
		{access.ReturnStop, access.CaseKind, n.Case.UUID}, {access.ReturnBack, access.CaseKind, n.Case.UUID}}
	p.ok(d.PrepareReturn(p.ctx, c.manager, protection.PrepareReturn{Case: n.Case, Freely: protection.Yes, Risks: p.text("dangers there, of "+label, home...), Early: p.text("why she leaves early, of "+label, home...), TracedBy: p.text("who traced, of "+label, home...),
		Host: p.text("who receives, of "+label, home...), Contact: p.text("whom she calls, of "+label, home...)}))
	p.ok(d.AddParty(p.ctx, c.manager, protection.AddParty{ID: ids.New[ids.Party](), Case: n.Case, Version: 1, Kind: "EMBASSY",
		Name: p.text("party of "+label, home...), Phone: p.phone("number of the party of "+label, home...)}))
	end := []opener{{access.CaseClose, access.CaseKind, n.Case.UUID}, {access.CaseSign, access.CaseKind, n.Case.UUID}}
	ask := protection.Close{Case: n.Case, Reason: "DUPLICATE", Why: p.text("why to close, of "+label, end...)}
	p.ok(d.Close(p.ctx, c.manager, ask))
	p.ok(d.SignOff(p.ctx, c.supervisor, protection.SignOff{Case: n.Case, Version: 1, Return: true, Words: p.text("words to the closure of "+label, end...)}))
	if label != "own" { // there it waits to be asked again
		ask.Version = 2
		p.ok(d.Close(p.ctx, c.manager, ask))
	}
	tried := []protection.Visit{{ID: ids.New[ids.Visit](), Case: n.Case, Owner: c.manager.Post.Org, By: c.manager.Account, At: p.clock.now(), Moment: "OTHER", Day: today.Add(-60), Mode: "OFFICE",
		Result: "REACHED", Scores: map[string]int{"HOME": 2}, Words: vault.Clear(p.text("how she is, of "+label, by))}}
	for _, ago := range []int{50, 45, 40} {
		tried = append(tried, protection.Visit{ID: ids.New[ids.Visit](), Case: n.Case, Owner: c.manager.Post.Org, By: c.manager.Account, At: p.clock.now(), Moment: "OTHER", Day: today.Add(-ago), Mode: "PHONE", Result: "NO_ANSWER"})
	}
	o, err := p.h.store.Facts(p.ctx, access.CaseKind, n.Case.UUID)
	p.ok(err)
	g, err := p.h.policy.Decide(c.manager, access.VisitKeep, o, access.ForProtection, p.clock.now())
	p.ok(err)
	p.ok(p.h.protection.Store.SaveProtection(p.ctx, audit.Of(g, p.clock.now()), protection.Change{Visits: tried}))
}

// service plants a service that she receives, and what she says of it.
func (p *planted) service(label string, n protection.Newcomer, c cast, end string) {
	d, e, today := p.h.protection, ids.New[ids.Episode](), p.h.country.Day(p.clock.now())
	p.ok(d.Serve(p.ctx, c.manager, protection.Serve{ID: e, Case: n.Case, Service: p.services["shelter"].ID, Funders: []string{"NGO"}, From: today, Cost: protection.Money{Units: 5000, Currency: "BIF"}}))
	if end == "over" {
		by := opener{access.EpisodeRead, access.EpisodeKind, e.UUID}
		p.ok(d.EndService(p.ctx, c.manager, protection.EndService{Episode: e, Version: 1, Until: today, Outcome: "PARTLY", Satisfaction: 2, Remark: p.text("words about the service of "+label, by)}))
		p.add(access.EpisodeKind, e.UUID, label+" accepted")
		return
	}
	p.ok(d.Attend(p.ctx, c.manager, protection.Attend{ID: ids.New[ids.Attendance](), Episode: e, Day: today, Came: "CAME"}))
	p.add(access.EpisodeKind, e.UUID, label+" ratified")
}

// identity plants the rest of who she says she is.
func (p *planted) identity(label string, n protection.Newcomer, c cast) {
	by := opener{access.PersonRead, access.PersonKind, n.Person.UUID}
	p.ok(p.h.protection.EditPerson(p.ctx, c.screener, protection.EditPerson{Person: n.Person, Version: 1, Name: n.Name, Called: n.Called, Phone: n.Phone, Phrase: n.Phrase, Avoid: n.Avoid, Hours: n.Hours,
		Other: p.text("other names of "+label, by), Document: p.text("document of "+label, by), From: p.text("home of "+label, by), May: protection.Yes}))
}

// request plants a request to the shelter, in one of its states.
func (p *planted) request(label, end string, n protection.Newcomer, c cast) {
	d, host := p.h.protection, p.as(access.ServiceProvider, "figuier", 0)
	p.clock.move(time.Minute)
	s := p.services["shelter"]
	k := protection.AskConsent{ID: ids.New[ids.Consent](), Case: n.Case, Purpose: protection.P3ShareReferral, Recipient: s.Org, Scope: []string{"minimum", "arrival", "call_name", "medication"},
		Said: true, Agreed: protection.Yes, Language: "rn", Interpreter: "NOT_NEEDED", Mode: "ORAL_WITNESSED", GivenBy: "SELF"}
	k.Witness = p.text("witness of "+label+" "+end, opener{access.ConsentRead, access.ConsentKind, k.ID.UUID})
	if n.Child {
		p.carer(&k, n.Case)
		k.Mode = "WRITTEN"
	}
	p.ok(d.AskConsent(p.ctx, c.screener, k))
	p.add(access.ConsentKind, k.ID.UUID, label+" "+end)
	r := ids.New[ids.Referral]()
	by := opener{access.PacketRead, access.PacketKind, r.UUID}
	parcel := protection.Parcel{Needs: []string{s.Need}, DoNot: []string{"DO_NOT_CALL"}, DoNotWords: p.text("do-not words of "+label+" "+end, by), Contact: p.text("contact of "+label+" "+end, by),
		Arrival: p.text("arrival of "+label+" "+end, by), CallName: p.text("call name of "+label+" "+end, by)}
	p.ok(d.Refer(p.ctx, c.screener, protection.Refer{ID: r, Case: n.Case, Service: s.ID, Need: s.Need, Consent: k.ID, Packet: parcel}))
	p.add(access.ReferralKind, r.UUID, label+" "+end)
	p.add(access.PacketKind, r.UUID, label+" "+end)
	switch end {
	case "acknowledged":
		p.ok(d.AskMore(p.ctx, host, protection.AskMore{Referral: r, Version: 1, Field: "call_name", Why: p.code("ask_reason")}))
		read := opener{access.ReferralRead, access.ReferralKind, r.UUID}
		p.ok(d.AnswerMore(p.ctx, c.screener, protection.AnswerMore{Referral: r, Version: 2, Field: "call_name", Agreed: true, Value: p.text("answer of "+label, by, read)}))
		p.ok(d.AskMore(p.ctx, host, protection.AskMore{Referral: r, Version: 3, Field: "arrival", Why: p.code("ask_reason")}))
	case "accepted", "awaited", "arrived":
		p.ok(d.Accept(p.ctx, host, protection.Accept{Referral: r, Version: 1, Arrival: p.clock.now().Add(-time.Minute), Extra: true}))
		if end == "arrived" {
			p.ok(d.Arrive(p.ctx, host, protection.Arrive{Referral: r, Version: 2}))
		}
	case "declined":
		p.ok(d.Decline(p.ctx, host, protection.Decline{Referral: r, Version: 1, Reason: "NO_CAPACITY"}))
	case "cancelled":
		p.ok(d.Cancel(p.ctx, c.screener, protection.Cancel{Referral: r, Version: 1, Reason: p.code("referral_cancel")}))
	}
	if end == "declined" || end == "cancelled" {
		for _, text := range []string{parcel.DoNotWords, parcel.Contact, parcel.Arrival, parcel.CallName} {
			p.gone(text)
		}
	}
}

// code is the first code of a list.
func (p *planted) code(list string) string {
	for _, c := range p.h.country.List(countries.ListName(list)) {
		return c.Code
	}
	p.t.Fatalf("no list %s", list)
	return ""
}

// directory plants a service whose name is a marker.
func (p *planted) directory() {
	id := ids.New[ids.Service]()
	name := p.text("service of the shelter", opener{access.DirectoryRead, access.Directory, id.UUID})
	s := protection.Service{ID: id, Org: p.orgs["figuier"], Need: "SAFE.EMERGENCY", Name: name, Active: true, WithChildren: true, Hours: "DAY_AND_NIGHT", Hidden: true, Free: 9, Capacity: 12}
	p.ok(p.h.protection.KeepService(p.ctx, p.as(access.Coordinator, "comite", 0), protection.KeepService{Service: s}))
	p.services["shelter"] = s
	p.add(access.Directory, id.UUID, "planted")
	supervisor := p.as(access.Supervisor, "umuganda", 0)
	duty := protection.Duty{ID: ids.New[ids.Duty](), Org: p.orgs["umuganda"], Province: string(p.provinces[3].Code), Account: p.as(access.DutyOfficer, "umuganda", 0).Account,
		Rank: 5, From: p.clock.ago(time.Hour), Until: p.clock.now().Add(30 * 24 * time.Hour)}
	p.ok(p.h.protection.KeepDuty(p.ctx, supervisor, protection.KeepDuty{Duty: duty}))
	p.add(access.Roster, duty.ID.UUID, "planted")
}

// collect adds what was invented, one of each kind, and the accounts.
func (p *planted) collect() {
	for kind, query := range map[access.Kind]string{
		access.FileKind: "SELECT id FROM criminal_file", access.SignalKind: "SELECT id FROM signal", access.CaseKind: "SELECT id FROM protection_case", access.PersonKind: "SELECT person FROM protection_case",
		access.ScreeningKind: "SELECT id FROM screening", access.AssessmentKind: "SELECT id FROM assessment", access.GuardianKind: "SELECT id FROM guardian", access.PlanKind: "SELECT id FROM plan", access.InterestsKind: "SELECT id FROM interests", access.EpisodeKind: "SELECT id FROM episode", access.ConsentKind: "SELECT id FROM consent", access.ReferralKind: "SELECT id FROM referral",
		access.PacketKind: "SELECT id FROM referral", access.GroupKind: "SELECT id FROM people_group", access.ReporterKind: "SELECT id FROM reporter",
		access.CoverKind: "SELECT id FROM cover", access.BackupKind: "SELECT id FROM backup", access.TransferKind: "SELECT id FROM transfer", access.LikenessKind: "SELECT id FROM likeness", access.LiaisonKind: "SELECT id FROM liaison", access.StayKind: "SELECT id FROM stay", access.ComplaintKind: "SELECT id FROM complaint",
		access.ErasureKind: "SELECT id FROM erasure", access.GlassKind: "SELECT id FROM glass",
		access.JottingKind: "SELECT id FROM jotting", access.SealedNoteKind: "SELECT id FROM sealed_note", access.AttachmentKind: "SELECT id FROM attachment",
		access.Directory: "SELECT id FROM service", access.Roster: "SELECT id FROM duty", access.Accounts: "SELECT id FROM account"} {
		known := map[ids.UUID]bool{}
		for _, r := range p.records[kind] {
			known[r.id] = true
		}
		for _, id := range p.column(query) {
			if u, err := ids.Parse[ids.Event](id); err == nil && !known[u.UUID] {
				p.add(kind, u.UUID, "")
			}
		}
	}
}

func (p *planted) column(query string, args ...any) []string {
	rows, err := p.db.QueryContext(p.ctx, query, args...)
	p.ok(err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		p.ok(rows.Scan(&s))
		all = append(all, s)
	}
	p.ok(rows.Err())
	return all
}
