package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// reader is somebody signed in, with a browser that keeps cookies.
type reader struct {
	client *http.Client
	base   string
	role   string
	paths  []string // links seen last
	talks  []string // open conversations seen so far
}

// signIn opens sessions, some accounts several times.
func signIn(d demo, users int) ([]*reader, error) {
	var workers []int
	for i, a := range d.Accounts {
		switch a.Role {
		case "duty_officer", "screener", "case_manager", "supervisor", "service_provider":
			workers = append(workers, i)
		}
	}
	if len(workers) == 0 {
		return nil, fmt.Errorf("no worker among the accounts")
	}
	var all []*reader
	for n := range users {
		a := d.Accounts[workers[n%len(workers)]]
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		r := &reader{client: &http.Client{Jar: jar, Timeout: time.Minute}, base: d.Address, role: a.Role}
		response, err := r.client.PostForm(d.Address+"/sign-in", url.Values{"name": {a.Name}, "password": {a.Password}})
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK || strings.Contains(response.Request.URL.Path, "sign-in") {
			return nil, fmt.Errorf("sign in as %s: %s at %s", a.Role, response.Status, response.Request.URL.Path)
		}
		r.see(string(body))
		r.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		all = append(all, r)
	}
	return all, nil
}

var (
	link       = regexp.MustCompile(`href="(/[^"#]*)"`)
	identifier = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)
	version    = regexp.MustCompile(`name="version"[^>]*value="(\d+)"`)
	names      = []string{"Nkaranzori", "Bivekuka", "79000001", "Mutombazi"}
	urgent     = []string{"MED.GENERAL", "FOOD", "MH.PFA"}
	followed   = []string{"/cases", "/signals", "/referrals", "/requests", "/work"}
)

// see keeps the links that a worker would follow, and the conversations that
// may be gone on with.
func (r *reader) see(page string) {
	r.paths = r.paths[:0]
	for _, m := range link.FindAllStringSubmatch(page, 400) {
		path := strings.ReplaceAll(m[1], "&amp;", "&")
		if talk := identifier.ReplaceAllString(path, "…"); talk == "/screenings/…" && !slices.Contains(r.talks, path) {
			r.talks = append(r.talks, path)
		}
		if slices.ContainsFunc(followed, func(f string) bool { return strings.HasPrefix(path, f) }) {
			r.paths = append(r.paths, path)
		}
	}
}

// read does a worker's round until the end: my work, what is linked there, my
// cases, a search by name and, for who leads a conversation, saving a page of it.
func (r *reader) read(end time.Time, think time.Duration, results chan<- timing) {
	if think > 0 {
		time.Sleep(time.Duration(rand.Int64N(int64(think))))
	}
	for step := 0; time.Now().Before(end); step++ {
		path := "/work"
		switch {
		case step%9 == 8 && r.role != "service_provider" && r.role != "referral_coordinator":
			results <- r.post("/search", "find by name", url.Values{"words": {names[rand.IntN(len(names))]}})
			time.Sleep(think)
			continue
		case step%5 == 4 && len(r.talks) > 0:
			r.save(r.talks[rand.IntN(len(r.talks))]+"/urgent", think, results)
			continue
		case step%6 == 2 && r.role != "duty_officer" && r.role != "service_provider":
			path = "/cases"
		case step%4 != 0 && len(r.paths) > 0:
			path = r.paths[rand.IntN(len(r.paths))]
		}
		t, _ := r.open(path)
		results <- t
		time.Sleep(think)
	}
}

// save opens a page of a conversation and sends it back changed.
func (r *reader) save(path string, think time.Duration, results chan<- timing) {
	t, page := r.open(path)
	results <- t
	time.Sleep(think)
	seen := version.FindStringSubmatch(page)
	if t.err != nil || seen == nil {
		return
	}
	results <- r.post(path, "save a screening", url.Values{"version": {seen[1]}, "urgent": {urgent[rand.IntN(len(urgent))]}, "then": {"on"}})
	time.Sleep(think)
}

// open asks for a page and keeps the links of those that lead on.
func (r *reader) open(path string) (timing, string) {
	request, err := http.NewRequest(http.MethodGet, r.base+path, nil)
	if err != nil {
		return timing{err: err}, ""
	}
	t, page := r.do(request, identifier.ReplaceAllString(strings.SplitN(path, "?", 2)[0], "…"))
	if path == "/work" || strings.HasPrefix(path, "/cases") {
		r.see(page)
	}
	return t, page
}

// post sends a form; an answer that leads on is not followed, so that saving
// alone is timed.
func (r *reader) post(path, kind string, form url.Values) timing {
	request, err := http.NewRequest(http.MethodPost, r.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return timing{kind: kind, err: err}
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	t, _ := r.do(request, kind)
	return t
}

func (r *reader) do(request *http.Request, kind string) (timing, string) {
	t := timing{kind: kind}
	request.Header.Set("Accept-Encoding", "gzip")
	start := time.Now()
	response, err := r.client.Do(request)
	if err != nil {
		t.err = err
		return t, ""
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	t.took, t.err = time.Since(start), err
	if err == nil && response.StatusCode != http.StatusOK && response.StatusCode != http.StatusSeeOther {
		t.err = fmt.Errorf("%s", response.Status)
	}
	page, err := unzip(response, body)
	if err != nil {
		t.err = err
	}
	return t, page
}
