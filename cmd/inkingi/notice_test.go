package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/internal/place"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// bell is a house with a roster of two, and a gateway that rings.
type bell struct {
	*testing.T
	ctx  context.Context
	h    *house
	now  time.Time
	log  bytes.Buffer
	org  ids.Org
	mu   sync.Mutex
	rang []string
}

const bellNumber, bellPassword = "+25779000222", "gateway-pass-word"

func newBell(t *testing.T, address string) *bell {
	b := &bell{T: t, ctx: t.Context(), now: accesstest.Now(), org: ids.New[ids.Org]()}
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if q := r.URL.Query(); q.Get("password") != bellPassword || q.Get("to") != bellNumber {
			t.Errorf("the gateway was asked with %d settings", len(q))
		}
		b.rang = append(b.rang, r.URL.Query().Get("text"))
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte("0: Accepted for delivery"))
	}))
	t.Cleanup(gateway.Close)
	var err error
	b.h, err = build(b.ctx, plan{database: address, country: "bdi", master: vault.NewMaster(b.now), demo: true, log: logger(&b.log), clock: func() time.Time { return b.now }})
	b.must(err)
	t.Cleanup(func() { b.must(b.h.close()) })
	_, _, err = b.h.store.Migrate(context.Background())
	b.must(err)
	b.must(b.h.accounts.AddOrg(b.ctx, access.Itself(), account.Org{ID: b.org, Name: "Association inventée", Kind: "NGO"}))
	b.h.protection.Home = b.org
	b.roster()
	file := filepath.Join(t.TempDir(), "password")
	b.must(os.WriteFile(file, []byte(bellPassword+"\n"), 0o600))
	b.must(b.h.alerting(notices{SMSURL: gateway.URL + "/cgi-bin/sendsms", SMSUser: "inkingi", SMSPassword: file}))
	return b
}

func (b *bell) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// roster puts two people on call: the first said nowhere how to be reached.
func (b *bell) roster() {
	supervisor := accesstest.Somebody(access.Supervisor, b.org)
	for rank, name := range []string{"aline", "benoit"} {
		add := account.Add{ID: ids.New[ids.Account](), Org: b.org, Name: name, Shown: name, Lang: "sw", Password: "six plain words for " + account.Secret(name),
			Post: access.Post{Role: access.DutyOfficer, Org: b.org}}
		_, err := b.h.accounts.Add(b.ctx, access.Itself(), add)
		b.must(err)
		if rank == 1 {
			step, err := b.h.accounts.SignIn(b.ctx, account.SignIn{Name: name, Password: add.Password, Addr: "192.0.2.1"})
			b.must(err)
			b.must(b.h.accounts.SetChannels(b.ctx, step.Seat, []account.Contact{{Kind: account.SMS, Address: bellNumber}}))
		}
		duty := protection.Duty{ID: ids.New[ids.Duty](), Org: b.org, Account: add.ID, Rank: rank + 1, From: b.now.Add(-time.Hour), Until: b.now.Add(24 * time.Hour)}
		b.must(b.h.protection.KeepDuty(b.ctx, supervisor, protection.KeepDuty{Duty: duty}))
	}
}

func (b *bell) raise() protection.Receipt {
	where := place.Given{Code: b.h.country.Places.Find("Bisinde", b.h.country.Day(b.now), 1)[0].Code}
	r, err := b.h.protection.Raise(b.ctx, access.Visitor(), protection.Raise{ID: ids.New[ids.Signal](), Channel: "OTHER", Now: protection.Yes, Where: where, Children: protection.No})
	b.must(err)
	return r
}

// rings lets the program's clock tick once, and says how often the telephone rang in all.
func (b *bell) rings() int {
	b.Helper()
	b.must(b.h.alert(b.ctx))
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rang)
}

func TestARedSignalRings(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBell(t, address)
		b.raise()
		if n := b.rings(); n != 0 {
			t.Fatalf("rang %d times for somebody without a telephone", n)
		}
		// Nobody was reached: the second is called now and not in a quarter of an hour.
		if n := b.rings(); n != 1 || b.rang[0] != "Inkingi: kuna jambo la haraka linakusubiri. Ingia Inkingi sasa." {
			t.Fatalf("rang %d times: %v", n, b.rang)
		}
		if n := b.rings(); n != 1 {
			t.Errorf("rang again at once: %d", n)
		}
		// A program claims the last call of the roster and dies before it can say so.
		b.now = b.now.Add(15 * time.Minute)
		b.must(b.h.alert(b.ctx)) // the first again, in vain
		e, err := b.h.byConsole(access.SystemAlert)
		b.must(err)
		lost, err := b.h.store.ClaimAlerts(b.ctx, e, b.now, b.now.Add(2*time.Minute), notice.Batch)
		if err != nil || len(lost) != 1 {
			t.Fatalf("claimed %d, %v", len(lost), err)
		}
		if n := b.rings(); n != 1 {
			t.Errorf("rang %d times while another program sends", n)
		}
		b.now = b.now.Add(2 * time.Minute)
		if n := b.rings(); n != 2 {
			t.Errorf("rang %d times after the lease", n)
		}
		standing, err := b.h.board.Standing(b.ctx, access.Itself())
		b.must(err)
		if len(standing.Failures) != 1 || standing.Failures[0].Problem != notice.NoChannel || standing.Failures[0].Count != 2 || standing.Late != 0 {
			t.Errorf("standing %+v", standing)
		}
		b.silent()
	})
}

// silent lets somebody take a second signal, after which nothing rings; at the
// end the log tells no number and the audit holds.
func (b *bell) silent() {
	b.Helper()
	before := b.rings()
	second := b.raise()
	b.must(b.h.protection.Take(b.ctx, accesstest.Somebody(access.DutyOfficer, b.org), protection.Take{Signal: second.Signal, Version: 1}))
	for range 4 {
		if n := b.rings(); n != before {
			b.Errorf("rang %d times for what somebody took", n-before)
		}
		b.now = b.now.Add(15 * time.Minute)
	}
	for _, hidden := range []string{bellNumber, bellNumber[1:], bellPassword} {
		if strings.Contains(b.log.String(), hidden) {
			b.Errorf("the log says %q", hidden)
		}
	}
	report, err := b.h.store.Verify(b.ctx, store.VerifyOptions{Dir: b.TempDir()})
	b.must(err)
	if !report.Holds() {
		b.Errorf("the log does not hold: %+v", report.First)
	}
}

func TestSettingsOfAlerts(t *testing.T) {
	h := &house{}
	for name, s := range map[string]notices{
		"no password file":     {SMTPHost: "mail.example", SMTPFrom: "a@b.example", SMTPUser: "u", SMTPPassword: filepath.Join(t.TempDir(), "none")},
		"no certificates":      {Roots: filepath.Join(t.TempDir(), "none")},
		"no sender":            {SMTPHost: "mail.example"},
		"a gateway in clear":   {SMSURL: "http://gateway.example/cgi-bin/sendsms"},
		"no gateway password":  {SMSURL: "https://gateway.example/", SMSUser: "u"},
		"no gateway pass file": {SMSURL: "https://gateway.example/", SMSUser: "u", SMSPassword: t.TempDir()},
	} {
		if err := h.alerting(s); err == nil || h.notices != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.alert(t.Context()); err != nil {
		t.Errorf("a house that sends nothing: %v", err)
	}
}
