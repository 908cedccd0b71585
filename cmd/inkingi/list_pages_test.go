package main

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// brings sends a file with a form, as a browser does, and gives where the answer leads.
func (i *inside) brings(path string, f map[string]string, file string) (int, string, string) {
	i.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, v := range f {
		i.must(parts.WriteField(name, v))
	}
	part, err := parts.CreateFormFile("file", "liste.csv")
	i.must(err)
	_, err = part.Write([]byte(file))
	i.must(err)
	i.must(parts.Close())
	answer, err := i.Post(i.url+path, parts.FormDataContentType(), &body)
	i.must(err)
	to := answer.Header.Get("Location")
	status, page := i.read(answer, nil)
	return status, to, page
}

// TestAListComesInByPages: what columns mean is said, never guessed; a dry run
// names rows and columns and no value; then all of it is there, and the file is not.
func TestAListComesInByPages(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBell(t, address)
		_, err := b.h.accounts.Add(b.ctx, access.Itself(), account.Add{ID: ids.New[ids.Account](), Org: b.org, Name: "diane", Shown: "Diane", Lang: "fr",
			Password: "six plain words for diane", Post: access.Post{Role: access.Evaluator, Org: b.org}})
		b.must(err)
		door, err := b.h.door(doorPlan{})
		b.must(err)
		server := httptest.NewServer(door)
		t.Cleanup(server.Close)
		who := b.enters(server.URL, "diane")

		rows := strings.Repeat("Zuhura Inventée,F,3/4/2019\n", 1) + "Keza Inventée,Femme,31/12/2019\n"
		for i := range 5000 {
			rows += fmt.Sprintf("Personne %d,M,01/02/2020\n", i)
		}
		wrong := "Nom;Sexe\n"
		if status, _, page := who.brings("/lists/new", map[string]string{"name": "Registre", "separator": "", "header": "1"}, wrong); status != http.StatusUnprocessableEntity {
			t.Fatalf("the separator was not said: %d %s", status, page)
		}
		status, to, page := who.brings("/lists/new", map[string]string{"name": "Registre", "separator": "comma", "encoding": "utf-8", "header": "1"}, "Nom,Sexe,Date\n"+rows)
		if status != http.StatusSeeOther {
			t.Fatalf("the file: %d %s", status, page)
		}
		meaning := url.Values{"version": {"1"}, "as-0": {"personal"}, "as-1": {"sex"}, "as-2": {"event"}, "others": {"refuse"}}
		if status, page = who.sends(to, meaning); status != http.StatusUnprocessableEntity || !strings.Contains(page, "#date-2") {
			t.Errorf("nobody said whether the day comes first: %d", status)
		}
		meaning.Set("date-2", "month-first")
		if status, page = who.sends(to, meaning); status != http.StatusSeeOther {
			t.Fatalf("the meaning: %d %s", status, page)
		}
		_, page = who.sees(to + "/check")
		for _, said := range []string{"Sexe", "Date", "ne dit pas", ">3<"} {
			if !strings.Contains(page, said) {
				t.Errorf("the dry run does not say %q", said)
			}
		}
		for _, value := range []string{"Keza", "Zuhura", "Femme", "31/12"} {
			if strings.Contains(page, value) {
				t.Errorf("the dry run shows %q", value)
			}
		}
		if status, _ = who.sends(to+"/load", url.Values{}); status != http.StatusSeeOther || b.records() != 0 {
			t.Errorf("a list with problems: %d, %d records", status, b.records())
		}
		meaning.Set("version", "2")
		meaning.Set("date-2", "day-first")
		meaning.Set("values-1", "Femme = F")
		if status, page = who.sends(to, meaning); status != http.StatusSeeOther {
			t.Fatalf("the meaning, corrected: %d %s", status, page)
		}
		if _, page = who.sees(to + "/check"); !strings.Contains(page, `action="`+to+`/load"`) {
			t.Fatalf("there are problems still: %s", page)
		}
		who.loads(to)
		if n := b.records(); n != 5002 {
			t.Errorf("%d records", n)
		}
		if _, page = who.sees("/lists"); !strings.Contains(page, "Registre") || strings.Contains(page, to) {
			t.Errorf("the list, and nothing of the file: %s", page)
		}
		if status, _ = who.sees(to); status != http.StatusNotFound {
			t.Errorf("the file is still there: %d", status)
		}
	})
}

// loads presses until the list is there: it says how far it is.
func (i *inside) loads(to string) {
	i.Helper()
	for n := range 5 {
		if status, page := i.sends(to+"/load", url.Values{}); status != http.StatusSeeOther {
			i.Fatalf("press %d: %d %s", n+1, status, page)
		}
		status, page := i.sees(to + "/check")
		if status == http.StatusNotFound {
			if n != 1 {
				i.Errorf("%d presses, want 2", n+1)
			}
			return
		}
		if !regexp.MustCompile(`4.000 lignes sur 5.002`).MatchString(page) {
			i.Errorf("press %d does not say how far it is: %s", n+1, page)
		}
	}
	i.Error("the list does not end")
}

// records counts what the finished lists hold.
func (b *bell) records() int {
	b.Helper()
	cut, err := b.h.archive().LegacyLists(b.ctx, access.Itself(), protection.Page{})
	b.must(err)
	n := 0
	for _, l := range cut.Lines {
		n += l.Rows
	}
	return n
}
