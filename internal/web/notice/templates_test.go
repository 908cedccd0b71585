package notice

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/lang"
	"inkingi/internal/web/govuk"
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

// samples are the bodies of the pages with invented data, by the name of their file.
func samples(v shell.View) map[string]templ.Component {
	lines := govuk.Queue{HeadingLevel: 2, Rows: []govuk.QueueRow{{Title: v.T("notice.told.alert.red"), Href: "/signals/1", Tags: []govuk.Tag{{Text: v.T("notice.told.new")}}},
		{Title: v.T("notice.told.alert.answer"), Facts: []govuk.Fact{{Name: v.T("notice.told.when"), Value: v.Time(time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC))}}, Next: v.T("notice.problem.sms.denied")}}}
	table := govuk.CardTable{Caption: v.T("notice.outbox.failures"), Columns: []govuk.Column{{Title: v.T("notice.outbox.problem")}, {Title: v.T("notice.outbox.count"), Number: true}},
		Rows: [][]govuk.Slot{{{Text: v.T("notice.problem.sms.away")}, {Text: "3"}}}}
	return map[string]templ.Component{
		"told": told(toldView{View: v, Rows: lines, Until: "1795834800000", New: true, Next: "?after=x"}),
		"outbox": outbox(outboxView{View: v, Silent: true, Failed: true, Table: table, Rows: []govuk.SummaryRow{
			row(v.T("notice.outbox.mail"), v.T("notice.outbox.set")), row(v.T("notice.outbox.late"), "3")}}),
	}
}

// TestEveryTemplateInEveryLanguage draws every template and checks its HTML; a
// template without a sample fails.
func TestEveryTemplateInEveryLanguage(t *testing.T) {
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
