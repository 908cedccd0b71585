package main

import (
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/vault"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// pageless are the actions that no page offers, each with the reason.
func pageless() map[access.Action]string {
	return map[access.Action]string{
		access.SignalEscalate:     "the program's own clock alerts the next on the roster",
		access.GuardianEscalate:   "the program's own clock says that a child still has no guardian",
		access.ConsentExpire:      "the program's own clock says that a yes is over",
		access.ReferralExpire:     "the program's own clock ends a request that nobody answered",
		access.ReferralBurn:       "the program's own clock destroys a packet whose days are over",
		access.LiaisonFind:        "the program's own clock compares what was asked between organisations",
		access.LiaisonLapse:       "the program's own clock ends what nobody answered",
		access.ReferralReroute:    "a new request after one that lapsed is sent as any other, from the case",
		access.ReporterRead:       "stands on the page of the signal, for who took it",
		access.SignalAssign:       "triage opens the case and seats the screener",
		access.GroupRecord:        "triage of several people records the group",
		access.GroupList:          "a group is reached from its signal",
		access.GroupEdit:          "nothing of a group is edited yet",
		access.ScreeningList:      "conversations stand on the page of the case",
		access.PresumptionPresume: "the decision of a conversation presumes",
		access.PresumptionReturn:  "the page of ratifying returns too",
		access.AuditCheckpoint:    "the program's own clock and the console",
		access.LogRead:            "the log is read at the console (inkingi verify) until its page is built",
		access.FigureRead:         "no table is published yet",
		access.LegacyCount:        "raw cells go to internal/release, never to a page",
		access.LegacyExport:       "no page takes a list out yet",
		access.SystemConfigure:    "the console",
		access.SystemKeys:         "the console (inkingi keys rotate)",
		access.SystemAlert:        "the outbox",
		access.SystemRetain:       "the program's own clock",
		access.SystemPlaces:       "places are chosen inside the forms that ask for one",
	}
}

// Every action has a page, or a reason to have none; and no reason is stale.
func TestFirewallEveryActionHasARoute(t *testing.T) {
	routes := bare(t)
	offered := map[access.Action]bool{}
	for _, r := range routes {
		offered[r.Action] = true
	}
	without := pageless()
	for _, one := range access.Actions() {
		reason := without[one.Action]
		switch {
		case offered[one.Action] && reason != "":
			t.Errorf("%s has a page: take it from the list of those without", one.Action)
		case !offered[one.Action] && reason == "":
			t.Errorf("%s has no page, and no reason", one.Action)
		}
	}
	t.Logf("%d routes, %d actions", len(routes), len(access.Actions()))
}

// Every verb of protection is called by a page, or has a reason not to be.
func TestFirewallEveryVerbIsReached(t *testing.T) {
	without := map[string]string{"Expire": "the program's own clock", "Burn": "the program's own clock", "Burns": "the program's own clock", "Escalate": "the program's own clock", "EndConsent": "the program's own clock", "FindElsewhere": "the program's own clock", "LapseLiaison": "the program's own clock", "Left": "the page that closes an account calls it by cmd"}
	files, err := filepath.Glob(filepath.Join("..", "..", "internal", "web", "protection", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	var text strings.Builder
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(b)
	}
	verbs := reflect.TypeFor[*protection.Desk]()
	for i := range verbs.NumMethod() {
		verb := verbs.Method(i).Name
		called := regexp.MustCompile(`Desk\.` + verb + `\b`).MatchString(text.String())
		if reason := without[verb]; !called && reason == "" {
			t.Errorf("no page calls %s", verb)
		}
	}
	t.Logf("%d verbs", verbs.NumMethod())
}

// Nothing that sees persons is open to a visitor, and a route is about what it
// says: its wildcard is of the kind of its action.
func TestFirewallRoutesSayWhatTheyAre(t *testing.T) {
	for _, r := range bare(t) {
		about, _ := access.About(r.Action)
		where := r.Method + " " + r.Pattern
		if r.Public && (about.Identity || about.Worker) {
			t.Errorf("%s is public and opens somebody", where)
		}
		if r.About == shell.Self && about.Identity {
			t.Errorf("%s opens somebody and says it is the reader's own", where)
		}
		if slices.Contains([]access.Zone{access.Protection, access.Sealed}, access.ZoneOf(r.Of())) && r.About == shell.Self {
			t.Errorf("%s is about a record of protection and does not say which", where)
		}
		if r.Method == "GET" && strings.Contains(r.Pattern, "name") {
			t.Errorf("%s: no name stands in an address", where)
		}
	}
}

// bare are the routes of a house with nobody in it.
func bare(t *testing.T) []shell.Route {
	t.Helper()
	h, err := build(context.Background(), plan{database: "sqlite:" + filepath.Join(quick(t), "bare.sqlite"), country: "bdi", master: vault.NewMaster(time.Now()), demo: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.close() })
	door, err := h.door(doorPlan{})
	if err != nil {
		t.Fatal(err)
	}
	return door.Routes()
}

// What hides a marker does not hide it from the walk, and what only looks like
// one is none.
func TestFirewallFindsWhatIsHidden(t *testing.T) {
	for _, text := range []string{"d'ÉZqxabcyv", "d%27%C3%89zqxabcyv", "d&#39;&Eacute;ZQXABCYV", "%7Aqxabcyv", "&#122;qxabcyv"} {
		if got := found(text); !slices.Equal(got, []string{"zqxabcyv"}) {
			t.Errorf("%q: %v", text, got)
		}
	}
	if got := found(`x="` + base64.StdEncoding.EncodeToString([]byte("the name is Zqxabcyv.")) + `"`); !brief() && !slices.Equal(got, []string{"zqxabcyv"}) {
		t.Errorf("base 64: %v", got)
	}
	for _, text := range []string{"61942001", "61 94 20 01", "tel:61-94-20-01", "61&nbsp;94&nbsp;20&nbsp;01", "61%2094%2020%2001"} {
		if got := found(text); !slices.Equal(got, []string{"61942001"}) {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, text := range []string{"zqxabcy", "zqx", "a61942001", "6194-2-0", "%zz"} {
		if got := found(text); len(got) > 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
	id := "01a20dcf-8064-7c6b-8926-8f96d76d5797"
	if got := idsIn(`<a href="/cases/` + id + `/edit">`); !slices.Equal(got, []string{id}) {
		t.Error(got)
	}
	if got := codesIn("dossier K7Q4-9M2X-E,"); !slices.Equal(got, []string{"K7Q4-9M2X-E"}) {
		t.Error(got)
	}
}
