package main

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/invent"
	"inkingi/internal/store"
	"inkingi/internal/testkit/browser"
	"inkingi/internal/vault"
	"inkingi/internal/web/shell"
)

func TestMain(m *testing.M) { browser.Main(m) }

// served is a house with an invented programme, behind its real door.
type served struct {
	*testing.T
	h         *house
	door      *shell.Shell
	url       string
	db        *sql.DB // reads only, beside the store
	programme invent.Programme
}

// serveHouse builds a house on SQLite and serves it. A demonstration leaves out
// the second factor and the code of conduct, as the real demonstration does.
func serveHouse(t *testing.T, demonstration bool, people int) *served {
	t.Helper()
	file := filepath.Join(t.TempDir(), "inkingi.sqlite")
	s := serveOn(t, "sqlite:"+file, demonstration, people)
	var err error
	s.db, err = sql.Open("sqlite3", "file:"+file+"?mode=ro&_pragma=busy_timeout(10000)&_pragma=query_only(on)")
	s.must(err)
	t.Cleanup(func() { s.must(s.db.Close()) })
	return s
}

// serveOn builds a house on a database.
func serveOn(t *testing.T, database string, demonstration bool, people int) *served {
	t.Helper()
	s, ctx := &served{T: t}, context.Background()
	var err error
	s.h, err = build(ctx, plan{database: database, country: "bdi", master: vault.NewMaster(time.Now()), demo: demonstration})
	s.must(err)
	t.Cleanup(func() { s.must(s.h.close()) })
	_, _, err = s.h.store.Migrate(ctx)
	s.must(err)
	_, err = s.h.store.MakeLogKey(ctx, "inkingi.test")
	s.must(err)
	s.programme, err = invent.Inventor{Country: s.h.country, Accounts: s.h.accounts, Policy: s.h.policy, Keep: s.h.store, Now: s.h.clock,
		Seed: 11, People: people}.Invent(ctx)
	s.must(err)
	s.h.protection.Home, err = s.h.oldest(ctx)
	s.must(err)
	free := shell.Limit{Rate: 1e9, Burst: 1e9}
	s.door, err = s.h.door(doorPlan{away: "https://www.meteo.bi/", limits: shell.Limits{Account: free, Visitor: free}})
	s.must(err)
	server := httptest.NewServer(s.door)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *served) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// page is a new visitor, with a browser context of his own.
func (s *served) page(o browser.Options) *browser.Page {
	s.Helper()
	return browser.Start(s.T).Page(s.T, s.url, o)
}

// account is the first account of a role in an organisation whose name holds a word.
func (s *served) account(role access.Role, org string) invent.Account {
	s.Helper()
	for _, a := range s.programme.Accounts {
		if a.Role == string(role) && strings.Contains(a.Organisation, org) {
			return a
		}
	}
	s.Fatalf("nobody is %s at %q", role, org)
	return invent.Account{}
}

// in is a visitor who has signed in to the demonstration.
func (s *served) in(a invent.Account, o browser.Options) *browser.Page {
	s.Helper()
	p := s.page(o)
	p.Visit(shell.SignInPath)
	s.signIn(p, a)
	return p
}

func (s *served) signIn(p *browser.Page, a invent.Account) {
	s.Helper()
	p.Fill("Nom de connexion", a.Name)
	p.Fill("Mot de passe", a.Password)
	p.Press("Se connecter")
}

// column reads the one column of a query.
func (s *served) column(query string, args ...any) []string {
	s.Helper()
	rows, err := s.db.Query(query, args...)
	s.must(err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		s.must(rows.Scan(&text))
		all = append(all, text)
	}
	s.must(rows.Err())
	return all
}

// rows counts the rows of every table but the log's own and what sessions leave.
func (s *served) rows() map[string]int {
	s.Helper()
	n := map[string]int{}
	for _, table := range s.column("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'audit_%'") {
		var count int
		s.must(s.db.QueryRow(`SELECT count(*) FROM "` + table + `"`).Scan(&count))
		n[table] = count
	}
	return n
}

// grown says which tables have more rows than before, and by how many.
func grown(before, after map[string]int) []string {
	var all []string
	for _, table := range slices.Sorted(maps.Keys(after)) {
		if d := after[table] - before[table]; d != 0 {
			all = append(all, fmt.Sprintf("%s %+d", table, d))
		}
	}
	return all
}

// lines are the entries of the log from one of them on.
func (s *served) lines(from int) []audit.Line {
	s.Helper()
	rows, err := s.db.Query("SELECT leaf FROM audit_entry ORDER BY seq LIMIT -1 OFFSET ?", from)
	s.must(err)
	defer rows.Close()
	var all []audit.Line
	for rows.Next() {
		var leaf []byte
		s.must(rows.Scan(&leaf))
		line, _, err := audit.Decode(leaf)
		s.must(err)
		all = append(all, line)
	}
	s.must(rows.Err())
	return all
}

// holds verifies the whole log against every row.
func (s *served) holds() {
	s.Helper()
	report, err := s.h.store.Verify(context.Background(), store.VerifyOptions{})
	s.must(err)
	if !report.Holds() {
		s.Errorf("the log does not hold: %+v", report)
	}
}
