// Package sampletest draws every template of a room with invented data, in every
// language, behind a door without sessions. Only tests import it.
package sampletest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/lang"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/shelltest"
)

// nobody is a door without sessions: the samples are public.
type nobody struct{}

func (nobody) Session(context.Context, account.Token) (account.Seat, error) {
	return account.Seat{}, nil
}
func (nobody) SaveDraft(context.Context, account.Seat, string, string) error { return nil }
func (nobody) Rescue(context.Context, account.Token, string, string) error   { return nil }
func (nobody) Draft(context.Context, account.Seat, string) (string, error)   { return "", nil }
func (nobody) DropDraft(context.Context, account.Seat, string) error         { return nil }

// EveryTemplate draws every .templ file of the folder of the test and checks its
// HTML. samples are the bodies of pages, by the name of their file; a template
// without a sample fails.
func EveryTemplate(t *testing.T, samples func(shell.View) map[string]templ.Component) {
	t.Helper()
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	sample := shell.Route{Method: "GET", Pattern: "/sample/{name}", Action: access.SystemPublic, About: shell.Self, Public: true,
		More: map[string]access.Kind{"name": access.System}, Handle: func(c *shell.Context) error {
			body := samples(c.View())[c.Param("name")]
			if body == nil {
				t.Errorf("%s.templ has no sample", c.Param("name"))
				body = c.View().Title("none")
			}
			return c.Page(shell.Page{Title: "Modèle", Body: body})
		}}
	door, err := shell.New(shell.Options{Routes: []shell.Route{sample}, Lang: words, Sessions: nobody{}, Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range files {
		name, is := strings.CutSuffix(f.Name(), ".templ")
		if !is {
			continue
		}
		seen++
		for _, language := range []string{"fr", "en", "rn", "sw"} {
			t.Run(name+"/"+language, func(t *testing.T) {
				r := httptest.NewRequest("GET", "/sample/"+name, nil)
				r.AddCookie(&http.Cookie{Name: "lang", Value: language})
				w := httptest.NewRecorder()
				door.ServeHTTP(w, r)
				if w.Code >= 300 {
					t.Fatalf("%d", w.Code)
				}
				shelltest.Check(t, language, w.Body.String())
			})
		}
	}
	if seen == 0 {
		t.Error("there are no templates")
	}
}
