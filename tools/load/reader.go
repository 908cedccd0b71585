package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// reader is somebody signed in, with a browser that keeps cookies.
type reader struct {
	client *http.Client
	base   string
	role   string
	paths  []string // links seen last
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
		all = append(all, r)
	}
	return all, nil
}

var (
	link       = regexp.MustCompile(`href="(/[^"#]*)"`)
	identifier = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)
	names      = []string{"Nkaranzori", "Bivekuka", "79000001", "Mutombazi"}
)

// see keeps the links that a worker would follow.
func (r *reader) see(page string) {
	r.paths = r.paths[:0]
	for _, m := range link.FindAllStringSubmatch(page, 200) {
		path := strings.ReplaceAll(m[1], "&amp;", "&")
		if strings.HasPrefix(path, "/cases") || strings.HasPrefix(path, "/signals") || strings.HasPrefix(path, "/referrals") || strings.HasPrefix(path, "/work") || strings.HasPrefix(path, "/find") {
			r.paths = append(r.paths, path)
		}
	}
}

// read opens pages until the end: my work, then what is linked there.
func (r *reader) read(end time.Time, think time.Duration, results chan<- timing) {
	if think > 0 {
		time.Sleep(time.Duration(rand.Int64N(int64(think))))
	}
	for step := 0; time.Now().Before(end); step++ {
		path := "/work"
		switch {
		case step%7 == 6:
			path = "/find?words=" + url.QueryEscape(names[rand.IntN(len(names))])
		case step%4 != 0 && len(r.paths) > 0:
			path = r.paths[rand.IntN(len(r.paths))]
		}
		results <- r.open(path)
		time.Sleep(think)
	}
}

func (r *reader) open(path string) timing {
	t := timing{kind: identifier.ReplaceAllString(strings.SplitN(path, "?", 2)[0], "…")}
	request, err := http.NewRequest(http.MethodGet, r.base+path, nil)
	if err != nil {
		t.err = err
		return t
	}
	request.Header.Set("Accept-Encoding", "gzip")
	start := time.Now()
	response, err := r.client.Do(request)
	if err != nil {
		t.err = err
		return t
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	t.took, t.err = time.Since(start), err
	if err == nil && response.StatusCode != http.StatusOK {
		t.err = fmt.Errorf("%s", response.Status)
	}
	if path == "/work" || strings.HasSuffix(path, "cases") {
		if text, err := unzip(response, body); err == nil {
			r.see(text)
		}
	}
	return t
}
