package exchange

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/exchange"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
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

// samples are the bodies of the pages with invented data, by the name of their file.
func samples(v shell.View, c *countries.Country) map[string]templ.Component {
	table := govuk.CardTable{Caption: v.T("legacy.lists"), Columns: []govuk.Column{{Title: v.T("legacy.list.name")}, {Title: v.T("legacy.rows"), Number: true}}, Rows: [][]govuk.Slot{{{Text: "Registre"}, {Text: "3"}}}}
	choices := []govuk.Choice{{Value: "a", Text: v.T("legacy.others.refuse")}, {Value: "b", Text: v.T("legacy.others.seal")}}
	d := draft{ListDraft: protection.ListDraft{ID: ids.New[ids.List](), Version: 1}, mapping: &exchange.Mapping{Others: "refuse"}}
	return map[string]templ.Component{
		"lists": lists(listsView{View: v, Table: table, MayNew: true, Next: "?after=x", Drafts: []draftLine{{"/list-drafts/1", v.T("legacy.draft.line", "When", time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC), "Size", "3")}},
			Halves: []halfLine{{"/lists/1/discard", "Registre", true}, {"/lists/2/discard", "Autre", false}}}),
		"prepare":  prepare(prepareView{View: v, ID: "1", Separators: choices, Encodings: choices}),
		"map_list": mapList(mapView{View: v, draft: d, country: c, Others: choices, Frames: []govuk.SelectItem{{Value: "event", Text: v.T("legacy.frame.event")}}, Columns: []columnView{{exchange.Column{Heading: "Sexe", As: exchange.Sex, Values: map[string]string{"Femme": "F"}, Must: true}, "0", true}, {exchange.Column{Letter: "B"}, "1", false}}}),
		"check":    check(checkView{View: v, draft: d, Table: table, More: 3, Rows: []govuk.SummaryRow{{Key: govuk.SummaryCell{Text: v.T("legacy.rows")}, Value: govuk.SummaryCell{Text: "3"}}}}),
	}
}

// TestEveryTemplateInEveryLanguage draws every template and checks its HTML; a
// template without a sample fails.
func TestEveryTemplateInEveryLanguage(t *testing.T) {
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	country, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	sample := shell.Route{Method: "GET", Pattern: "/sample/{name}", Action: access.SystemPublic, About: shell.Self, Public: true,
		More: map[string]access.Kind{"name": access.System}, Handle: func(c *shell.Context) error {
			body := samples(c.View(), country)[c.Param("name")]
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
		for _, lang := range []string{"fr", "en", "rn", "sw"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				r := httptest.NewRequest("GET", "/sample/"+name, nil)
				r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
				w := httptest.NewRecorder()
				door.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					t.Fatalf("%d", w.Code)
				}
				shelltest.Check(t, lang, w.Body.String())
			})
		}
	}
	if seen == 0 {
		t.Error("there are no templates")
	}
}
