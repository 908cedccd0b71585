package main

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/invent"
	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// sight is one page as somebody who may sees it.
type sight struct {
	route shell.Route
	who   invent.Account // zero: a visitor
	path  string
}

// tour finds, for every GET route, somebody who may see it and real records.
type tour struct {
	*served
	clients map[ids.Account]*http.Client
	objects map[string]access.Object
}

func newTour(t *testing.T, people int) *tour {
	w := &tour{served: serveHouse(t, true, people), clients: map[ids.Account]*http.Client{}, objects: map[string]access.Object{}}
	if people > 0 {
		w.group()
		w.list()
		w.asksErasure()
	}
	return w
}

// list is a historic list on its way in.
func (w *tour) list() {
	who := w.account(access.Supervisor, "Umutekano").Who
	w.must(w.h.archive().PrepareList(context.Background(), who, draftOf(ids.New[ids.List](), "Nom,Sexe,Date\nA,F,1/2/2019\nB,?,3/2019\n",
		"name: Liste\nseparator: ','\nheader: 1\ncolumns: [{column: Nom, as: personal}, {column: Sexe, as: sex}, {column: Date, as: event, date: day-first}]")))
}

// asksErasure writes down that one of those whose case is over asks for erasure: an
// invention asks for none.
func (w *tour) asksErasure() {
	ctx, told := context.Background(), w.h.protection.Rules.Codes("erasure_told")
	for _, text := range w.column("SELECT id FROM protection_case WHERE open = 0 ORDER BY id LIMIT 200") {
		one, err := ids.Parse[ids.Case](text)
		w.must(err)
		for _, who := range w.programme.Accounts {
			if who.Who.Post.Role != access.Screener && who.Who.Post.Role != access.CaseManager {
				continue
			}
			if w.h.protection.AskErasure(ctx, who.Who, protection.AskErasure{ID: ids.New[ids.Erasure](), Case: one, Reason: "NOT_SAID", Given: "SELF", Told: told}) == nil {
				return
			}
		}
	}
}

// group is a bus that was stopped: one signal, four people, a conversation
// offered to each. An invention knows single people only.
func (w *tour) group() {
	ctx, duty := context.Background(), w.account(access.DutyOfficer, "Umutekano").Who
	places, day := w.h.country.Places, w.h.country.Day(w.h.clock())
	raise := protection.Raise{ID: ids.New[ids.Signal](), Channel: "POLICE", Now: protection.No, People: 4, Children: protection.Unknown,
		Where: place.Given{Code: places.Children(places.Home(), day)[0].Code}}
	_, err := w.h.protection.Raise(ctx, w.account(access.Police, "").Who, raise)
	w.must(err)
	w.must(w.h.protection.Take(ctx, duty, protection.Take{Signal: raise.ID, Version: 1}))
	triage := protection.Triage{Signal: raise.ID, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening, Group: ids.New[ids.Group](), Handler: protection.Yes}
	for range raise.People {
		triage.People = append(triage.People, protection.Newcomer{Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), Adult: protection.Yes, Language: "rn",
			Screener: w.account(access.Screener, "Umutekano").ID})
	}
	w.must(w.h.protection.Triage(ctx, duty, triage))
}

// staged are the pages of the way in, and of what was kept when a session was
// locked: who has nothing to do there is sent on. The journeys and the tests of
// internal/web/account look at them.
//
// A file that is handed out to be kept is no page either.
func staged(r shell.Route) bool {
	return len(r.Stages) > 0 || r.Bare || r.Pattern == shell.KeptPath || strings.HasSuffix(r.Pattern, "/file")
}

// sights are all pages, each as one of those who may see it.
func (w *tour) sights() []sight {
	var all []sight
	for _, r := range w.door.Routes() {
		if r.Method != http.MethodGet || staged(r) {
			continue
		}
		if s, ok := w.find(r); ok {
			all = append(all, s)
		} else {
			w.Errorf("GET %s: nobody of the invented programme can see it", r.Pattern)
		}
	}
	slices.SortStableFunc(all, func(a, b sight) int { return strings.Compare(a.who.Name, b.who.Name) })
	return all
}

func (w *tour) find(r shell.Route) (sight, bool) {
	if r.Public {
		return sight{route: r, path: r.Fill(nil) + map[string]string{"/signal/sent": "?receipt=" + w.column("SELECT receipt FROM signal LIMIT 1")[0]}[r.Pattern]}, true
	}
	wild := r.About.Wildcard()
	for _, who := range w.workers(r) {
		if wild == "" {
			o := access.Object{Kind: r.Of(), By: who.Who.Account, Subject: who.Who.Account.UUID}
			if r.About == shell.Fresh {
				o.Owner = who.Who.Post.Org
			}
			if s := (sight{r, who, r.Fill(nil)}); (r.About == shell.Self || w.may(who, r.Action, o)) && w.opens(s) {
				return s, true
			}
			continue
		}
		tries := 0
		for _, id := range w.records(r.Of()) {
			if s := (sight{r, who, r.Fill(map[string]string{wild: id})}); w.may(who, r.Action, w.object(r.Of(), id)) && w.opens(s) {
				return s, true
			} else if tries++; tries > 400 {
				break
			}
		}
	}
	return sight{}, false
}

// workers are one account of each role, the likeliest to have such a page first.
func (w *tour) workers(r shell.Route) []invent.Account {
	first := []access.Role{access.DutyOfficer, access.Screener, access.Supervisor, access.ServiceProvider, access.CaseManager, access.Coordinator}
	if strings.HasPrefix(r.Pattern, "/requests") || strings.HasPrefix(r.Pattern, "/stays") {
		first = []access.Role{access.ServiceProvider}
	}
	all := slices.Clone(w.programme.Accounts)
	rank := func(a invent.Account) int {
		if i := slices.Index(first, access.Role(a.Role)); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(all, func(a, b invent.Account) int { return rank(a) - rank(b) })
	return all
}

// tables hold the records that wildcards name.
func (w *tour) records(kind access.Kind) []string {
	query := map[access.Kind]string{
		access.FileKind: "SELECT id FROM criminal_file", access.SignalKind: "SELECT id FROM signal", access.CaseKind: "SELECT id FROM protection_case", access.PersonKind: "SELECT person FROM protection_case",
		access.ScreeningKind: "SELECT id FROM screening", access.AssessmentKind: "SELECT id FROM assessment", access.GuardianKind: "SELECT id FROM guardian", access.PlanKind: "SELECT id FROM plan", access.InterestsKind: "SELECT id FROM interests", access.EpisodeKind: "SELECT id FROM episode", access.ConsentKind: "SELECT id FROM consent", access.ReferralKind: "SELECT id FROM referral",
		access.PacketKind: "SELECT id FROM referral", access.GroupKind: "SELECT id FROM people_group", access.CoverKind: "SELECT id FROM cover", access.BackupKind: "SELECT id FROM backup", access.TransferKind: "SELECT id FROM transfer", access.LikenessKind: "SELECT id FROM likeness", access.LiaisonKind: "SELECT id FROM liaison", access.StayKind: "SELECT id FROM stay", access.ComplaintKind: "SELECT id FROM complaint",
		access.ErasureKind: "SELECT id FROM erasure", access.GlassKind: "SELECT id FROM glass",
		access.Directory:   "SELECT id FROM service",
		access.JottingKind: "SELECT id FROM jotting", access.SealedNoteKind: "SELECT id FROM sealed_note", access.AttachmentKind: "SELECT id FROM attachment",
		access.LegacyDraftKind: "SELECT id FROM legacy_draft", access.LegacyKind: "SELECT id FROM legacy_list",
		access.Roster: "SELECT id FROM duty", access.Accounts: "SELECT id FROM account",
	}[kind]
	if query == "" {
		w.Fatalf("no table is known for a %s", kind)
	}
	return w.column(query)
}

func (w *tour) object(kind access.Kind, id string) access.Object {
	key := string(kind) + id
	if o, known := w.objects[key]; known {
		return o
	}
	u, err := ids.Parse[ids.Event](id)
	w.must(err)
	o := access.Object{Kind: kind, ID: u.UUID, Zone: access.ZoneOf(kind)}
	if kind == access.Accounts {
		if seat, err := w.h.store.Holder(context.Background(), ids.Account(u)); err == nil {
			o.Subject, o.Owner = u.UUID, seat.Account.Org
		}
	} else if facts, err := w.h.store.Facts(context.Background(), kind, u.UUID); err == nil {
		o = facts
	}
	w.objects[key] = o
	return o
}

func (w *tour) may(a invent.Account, action access.Action, o access.Object) bool {
	purpose := access.ForProtection
	if access.ZoneOf(o.Kind) == access.Criminal {
		purpose = access.ForProsecution
	}
	_, err := w.h.policy.Decide(a.Who, action, o, purpose, w.h.clock())
	return err == nil
}

// opens says whether somebody is shown the page itself.
func (w *tour) opens(s sight) bool {
	answer, err := w.client(s.who).Get(w.url + s.path)
	w.must(err)
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// client is somebody signed in, without a browser.
func (w *tour) client(a invent.Account) *http.Client {
	if c := w.clients[a.ID]; c != nil {
		return c
	}
	jar, err := cookiejar.New(nil)
	w.must(err)
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := c.PostForm(w.url+shell.SignInPath, url.Values{"name": {a.Name}, "password": {a.Password}})
	w.must(err)
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		w.Fatalf("%s cannot sign in: %d", a.Role, answer.StatusCode)
	}
	w.clients[a.ID] = c
	return c
}

// guide opens pages in a browser, each as the one who may see it.
type guide struct {
	*tour
	options browser.Options
	pages   map[string]*browser.Page
}

func (w *tour) guide(o browser.Options) *guide {
	return &guide{tour: w, options: o, pages: map[string]*browser.Page{}}
}

func (g *guide) open(s sight) *browser.Page {
	p := g.pages[s.who.Name]
	if p == nil {
		if p = g.page(g.options); s.who.Name != "" {
			p.Visit(shell.SignInPath)
			g.signIn(p, s.who)
		}
		g.pages[s.who.Name] = p
	}
	p.Visit(s.path)
	if p.Status() != http.StatusOK {
		g.Errorf("GET %s as %s: %d", s.route.Pattern, s.who.Role, p.Status())
	}
	return p
}
