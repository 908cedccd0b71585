package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// hidden is what must be nowhere but behind a key: a name, a telephone, a
// house, a story, in the forms a careless program might keep them in.
var hidden = []string{"Zuberaha Qéliane", "Qélou", "Wamutanga Xavio", "79 911 733", "Maison Yquelle", "derrière le moulin Zébruk",
	"on lui a pris le passeport violet", "dormir sans la lampe Wokéla", "Colline Xurimbwa",
	"Vuzarro Qimbelle", "Ozimbra Txalune", "Yukwezi Brolanq"}

// spellings spells a planted text the ways it might be found again.
func spellings(text string) []string {
	all := []string{text, strings.ToUpper(text), strings.ToLower(text), vault.Fold(text), strings.ReplaceAll(text, " ", "")}
	all = append(all, strings.Fields(vault.Fold(text))...)
	var more []string
	for _, f := range all {
		if len(f) < 5 { // "79", "911": too short to mean anything
			continue
		}
		more = append(more, f, hex.EncodeToString([]byte(f)), strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(f)), "=")[:len(f)])
	}
	return more
}

// common words of the planted stories that our own texts hold, too.
var common = map[string]bool{"maison": true, "colline": true, "derriere": true, "moulin": true, "passeport": true, "dormir": true, "lampe": true}

func search(t *testing.T, where string, haystack []byte) {
	t.Helper()
	for _, text := range hidden {
		for _, f := range spellings(text) {
			if !common[f] && bytes.Contains(haystack, []byte(f)) {
				t.Errorf("%s holds %q, a form of something hidden", where, f)
			}
		}
	}
}

func TestNoPlantedNameIsReadable(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		t.Parallel()
		ctx := context.Background()
		var log bytes.Buffer
		h, err := build(ctx, plan{database: address, country: "bdi", master: vault.NewMaster(time.Now()), demo: true, log: logger(&log)})
		if err != nil {
			t.Fatal(err)
		}
		defer h.close()
		plantNames(t, ctx, h)
		raw := everything(t, ctx, address)
		if !bytes.Contains(raw, []byte("SAFE.EMERGENCY")) {
			t.Fatal("the search looks in the wrong place: not even a code is found")
		}
		search(t, "the database", raw)
		search(t, "the log", log.Bytes())
		search(t, "the backup", backupOf(t, ctx, h))
	})
}

// plantNames walks a person with planted facts through the journey.
func plantNames(t *testing.T, ctx context.Context, h *house) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := h.store.Migrate(ctx)
	must(err)
	care, shelter := ids.New[ids.Org](), ids.New[ids.Org]()
	must(h.accounts.AddOrg(ctx, access.Itself(), account.Org{ID: care, Name: "Association invente", Kind: "NGO"}))
	must(h.accounts.AddOrg(ctx, access.Itself(), account.Org{ID: shelter, Name: "Centre invente", Kind: "SHELTER"}))
	h.protection.Home = care
	duty, screener := accesstest.Somebody(access.DutyOfficer, care), accesstest.Somebody(access.Screener, care)
	supervisor, manager, coordinator := accesstest.Somebody(access.Supervisor, care), accesstest.Somebody(access.CaseManager, care), accesstest.Somebody(access.Coordinator, ids.New[ids.Org]())
	d := h.protection
	signal, one, person := ids.New[ids.Signal](), ids.New[ids.Case](), ids.New[ids.Person]()
	where := place.Given{Code: h.country.Places.Find("Bisinde", h.country.Day(h.clock()), 1)[0].Code}
	_, err = d.Raise(ctx, access.Visitor(), protection.Raise{ID: signal, Channel: "OTHER", Now: protection.Yes, Where: where, Spot: hidden[5], Seen: hidden[6],
		Children: protection.No, Reporter: ids.New[ids.Reporter](), Name: hidden[2], Phone: hidden[3], Phrase: hidden[7], Avoid: hidden[4], May: protection.Yes})
	must(err)
	must(d.Correct(ctx, duty, protection.Correct{Signal: signal, Version: 1, Now: protection.Yes, Where: where, Spot: hidden[5], Seen: hidden[6] + ".", Children: protection.No}))
	must(d.Triage(ctx, duty, protection.Triage{Signal: signal, Version: 2, Level: protection.Red, Reasons: []string{"LIFE_OR_LIMB"}, Checked: true, Outcome: protection.ToScreening,
		People: []protection.Newcomer{{Case: one, Person: person, Name: hidden[0], Called: hidden[1], Phone: hidden[3], Avoid: hidden[2], Sex: "F", Adult: protection.Yes, Screener: screener.Account}}}))
	s := ids.New[ids.Screening]()
	must(d.Begin(ctx, screener, protection.Begin{ID: s, Case: one, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED"}))
	must(d.Listen(ctx, screener, protection.Listen{Screening: s, Version: 1, LimitsSaid: true, Account: hidden[6], Wants: hidden[7], Heard: []string{"D1_JOB"}, Profile: protection.Labour, Exploited: protection.Yes}))
	svc := ids.New[ids.Service]()
	must(d.KeepService(ctx, coordinator, protection.KeepService{Service: protection.Service{ID: svc, Org: shelter, Need: "SAFE.EMERGENCY", Name: "Accueil invente", Active: true}}))
	r := ids.New[ids.Referral]()
	must(d.Refer(ctx, duty, protection.Refer{ID: r, Case: one, Service: svc, Need: "SAFE.EMERGENCY", Emergency: true,
		Override: &protection.Override{ID: ids.New[ids.Consent](), Why: "VITAL_INTEREST", ApprovedBy: supervisor.Account, PersonTold: protection.Yes},
		Packet:   protection.Parcel{CallName: hidden[1], Contact: hidden[3], Arrival: hidden[5], DoNotWords: hidden[4]}}))
	must(d.Judge(ctx, screener, protection.Judge{Screening: s, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT", Words: hidden[6]}))
	must(d.Ratify(ctx, supervisor, protection.Ratify{Case: one, Version: 3}))
	must(d.Assign(ctx, supervisor, protection.Assign{Case: one, Version: 4, Manager: manager.Account}))
	must(d.Assess(ctx, manager, protection.Assess{ID: ids.New[ids.Assessment](), Case: one, Version: 5, Moment: "FIRST", Level: protection.Green, Reflect: protection.Reflect{To: protection.Offered},
		Own: hidden[9], Why: hidden[10], Signs: hidden[11], Places: hidden[9], People: hidden[10], Phone: hidden[11], Steps: hidden[9]}))
	goal := protection.Wish{ID: ids.New[ids.Goal](), Words: hidden[7]}
	must(d.WritePlan(ctx, manager, protection.WritePlan{ID: ids.New[ids.Plan](), Case: one, Goals: []protection.Wish{goal}, Track: protection.Extended, Why: hidden[10]}))
	step := ids.New[ids.Step]()
	must(d.AddStep(ctx, manager, protection.AddStep{ID: step, Case: one, Goal: goal.ID, Need: "VOC", What: hidden[11], Who: "US", Due: h.country.Day(h.clock())}))
	must(d.EndStep(ctx, manager, protection.EndStep{Case: one, Step: step, End: "DONE", Remark: hidden[9]}))
	e := ids.New[ids.Episode]()
	must(d.Serve(ctx, manager, protection.Serve{ID: e, Case: one, Service: svc, Funders: []string{"NGO"}, From: h.country.Day(h.clock())}))
	must(d.EndService(ctx, manager, protection.EndService{Episode: e, Version: 1, Until: h.country.Day(h.clock()), Outcome: "REACHED", Remark: hidden[10]}))
	must(d.KeepVisit(ctx, manager, protection.KeepVisit{ID: ids.New[ids.Visit](), Case: one, Moment: "OTHER", Day: h.country.Day(h.clock()), Mode: "OFFICE", Result: "REACHED", Words: hidden[9]}))
	j, n := ids.New[ids.Jotting](), ids.New[ids.SealedNote]()
	must(d.Jot(ctx, manager, protection.Jot{ID: j, Case: one, Words: hidden[9], Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}))
	must(d.Sort(ctx, manager, protection.Sort{Jotting: j, Version: 1, Topics: []string{"SAFETY"}, To: "POLICE"}))
	must(d.SealNote(ctx, manager, protection.SealNote{ID: n, Case: one, Kind: "HEALTH", Words: hidden[10]}))
	must(d.Attach(ctx, manager, protection.Attach{ID: ids.New[ids.Attachment](), Case: one, Kind: "MEDICAL", Name: hidden[11], Content: []byte(hidden[9]), Face: protection.No}))
	must(d.Attach(ctx, manager, protection.Attach{ID: ids.New[ids.Attachment](), Note: n, Kind: "MEDICAL", Name: hidden[10], Content: []byte(hidden[11]), Face: protection.No}))
	must(d.EditCase(ctx, manager, protection.EditCase{Case: one, Version: 6, Child: true}))
	must(d.Stand(ctx, manager, protection.Stand{ID: ids.New[ids.Guardian](), Case: one, CaseVersion: 7, Kind: protection.Trusted, Relation: "OTHER",
		Agreed: protection.Yes, Involved: protection.No, Name: hidden[9], Phone: "79 911 733", Act: hidden[11], Why: hidden[10]}))
	cut, err := d.Find(ctx, screener, "zuberaha", protection.Page{})
	must(err)
	if len(cut.Lines) != 1 {
		t.Fatal("the planted person is not found by whoever may find her")
	}
}

// everything reads all that the engine keeps, as bytes.
func everything(t *testing.T, ctx context.Context, address string) []byte {
	t.Helper()
	var all bytes.Buffer
	if path, file := strings.CutPrefix(address, "sqlite:"); file {
		names, err := filepath.Glob(path + "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			b, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(b)
		}
		return all.Bytes()
	}
	db, err := sql.Open("pgx", address) // the driver is the store's
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range column(t, ctx, db, `SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`) {
		for _, row := range column(t, ctx, db, `SELECT x::text FROM `+table+` x`) {
			all.WriteString(row + "\n")
		}
	}
	return all.Bytes()
}

func column(t *testing.T, ctx context.Context, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// backupOf is a backup with its outer lock opened: what is sealed stays sealed.
func backupOf(t *testing.T, ctx context.Context, h *house) []byte {
	t.Helper()
	entry, err := h.byConsole(access.SystemConfigure)
	if err != nil {
		t.Fatal(err)
	}
	var data, wrapped bytes.Buffer
	const passphrase = "seven invented words for one small test"
	if _, err := h.store.Backup(ctx, entry, store.BackupOptions{Data: &data, Keys: &wrapped, Master: h.master, Passphrase: passphrase, Keep: 24 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	search(t, "the file of the backup", append(data.Bytes(), wrapped.Bytes()...))
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := age.Decrypt(&data, identity)
	if err != nil {
		t.Fatal(err)
	}
	zipped, err := gzip.NewReader(opened)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(zipped)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
