package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/web/shell"
)

// refusing is a gateway that says no until it is mended.
type refusing struct {
	notice.Carrier
	mended bool
}

func (g *refusing) Carry(ctx context.Context, to string, m notice.Message) error {
	if g.mended {
		return g.Carrier.Carry(ctx, to, m)
	}
	return &notice.Problem{Code: notice.SMSDenied}
}

// inside is somebody signed in, without a browser.
type inside struct {
	*bell
	http.Client
	url string
}

// enters signs somebody of the house in.
func (b *bell) enters(at, name string) *inside {
	b.Helper()
	jar, err := cookiejar.New(nil)
	b.must(err)
	i := &inside{bell: b, url: at, Client: http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if status, page := i.sends(shell.SignInPath, url.Values{"name": {name}, "password": {"six plain words for " + name}}); status != http.StatusSeeOther {
		b.Fatalf("%s cannot sign in: %d %s", name, status, page)
	}
	return i
}

func (i *inside) sends(path string, f url.Values) (int, string) {
	i.Helper()
	answer, err := i.PostForm(i.url+path, f)
	return i.read(answer, err)
}

func (i *inside) sees(path string) (int, string) {
	i.Helper()
	answer, err := i.Get(i.url + path)
	return i.read(answer, err)
}

func (i *inside) read(answer *http.Response, err error) (int, string) {
	i.Helper()
	i.must(err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	i.must(err)
	return answer.StatusCode, string(page)
}

// number is what stands in the menu beside the notices, "" when nothing does.
func (i *inside) number() string {
	i.Helper()
	_, page := i.sees("/account")
	if m := regexp.MustCompile(`Avis \((\d+)\)`).FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}

// TestNoticesInTheProgram: who is called finds it in the program, in their
// language and without content; what the gateway refused stands before the
// administrator, and leaves once it is mended.
func TestNoticesInTheProgram(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBell(t, address)
		post := access.Post{Role: access.Administrator, Org: b.org}
		_, err := b.h.accounts.Add(b.ctx, access.Itself(), account.Add{ID: ids.New[ids.Account](), Org: b.org, Name: "chantal", Shown: "Chantal", Lang: "fr",
			Password: "six plain words for chantal", Post: post})
		b.must(err)
		door, err := b.h.door(doorPlan{})
		b.must(err)
		server := httptest.NewServer(door)
		t.Cleanup(server.Close)
		gateway := &refusing{Carrier: b.h.notices.SMS}
		b.h.notices.SMS = gateway
		first, second, admin := b.enters(server.URL, "aline"), b.enters(server.URL, "benoit"), b.enters(server.URL, "chantal")

		signal := b.raise().Signal.String()
		if got := []string{first.number(), second.number(), admin.number()}; strings.Join(got, ",") != "1,," {
			t.Errorf("beside the notices: %q", got)
		}
		b.rings() // nobody has a telephone at the first: the second is called, and refused
		b.rings()
		for who, i := range map[string]*inside{"first": first, "second": second} {
			status, page := i.sees("/notices")
			if status != http.StatusOK || strings.Count(page, `href="/signals/`+signal+`"`) != 1 || i.number() != "1" {
				t.Errorf("the %s: %d, %q in the menu\n%s", who, status, i.number(), page)
			}
			if says := strings.Contains(page, "Le compte n’a ni adresse"); says != (who == "first") {
				t.Errorf("the %s is told why nothing came: %v", who, says)
			}
			if strings.Contains(page, "Bisinde") {
				t.Errorf("the %s is told where", who)
			}
		}
		b.outbox(admin, "La passerelle SMS refuse le programme", false)
		if status, _ := second.sees("/outbox"); status != http.StatusForbidden {
			t.Errorf("a duty officer sees the outbox: %d", status)
		}
		if status, _ := second.sends("/outbox/again", url.Values{}); status != http.StatusForbidden {
			t.Errorf("a duty officer sends again: %d", status)
		}

		// A day of tries in vain: it has failed, and says why.
		for range 9 {
			b.now = b.now.Add(11*time.Hour + 30*time.Minute)
			b.must(b.h.alert(b.ctx))
		}
		admin = b.enters(server.URL, "chantal")
		b.outbox(admin, "La passerelle SMS refuse le programme", true)
		gateway.mended = true
		if n := b.rings(); n != 0 {
			t.Errorf("rang by itself: %d", n)
		}
		if status, _ := admin.sends("/outbox/again", url.Values{}); status != http.StatusSeeOther {
			t.Errorf("try again: %d", status)
		}
		if n := b.rings(); n == 0 {
			t.Error("nothing rang after it was tried again")
		}
		b.seen(b.enters(server.URL, "aline"))
	})
}

// outbox reads the administrator's page: a reason, and nobody.
func (b *bell) outbox(admin *inside, reason string, failed bool) {
	b.Helper()
	status, page := admin.sees("/outbox")
	if status != http.StatusOK || strings.Contains(page, reason) != failed {
		b.Errorf("the outbox: %d, says %q: %v\n%s", status, reason, !failed, page)
	}
	for _, hidden := range []string{bellNumber, bellNumber[4:], "aline", "benoit", "/signals/"} {
		if strings.Contains(page, hidden) {
			b.Errorf("the outbox says %q", hidden)
		}
	}
}

// seen: what somebody has seen is no longer counted, what comes after is.
func (b *bell) seen(who *inside) {
	b.Helper()
	_, page := who.sees("/notices")
	until := regexp.MustCompile(`name="until" value="(\d+)"`).FindStringSubmatch(page)
	if until == nil {
		b.Fatalf("no button: %s", page)
	}
	before := who.number()
	b.now = b.now.Add(time.Minute)
	b.raise()
	if status, page := who.sends("/notices/seen", url.Values{"until": until[1:]}); status != http.StatusSeeOther {
		b.Fatalf("seen: %d %s", status, page)
	}
	if after := who.number(); before == "" || after != "1" {
		b.Errorf("beside the notices: %q, after one more %q", before, after)
	}
	if status, _ := who.sends("/notices/seen", url.Values{"until": {"soon"}}); status == http.StatusSeeOther {
		b.Error("a moment that is none was taken")
	}
}
