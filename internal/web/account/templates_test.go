package account

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/shelltest"
)

// samples are the bodies of the pages with invented data, by the name of their
// file.
func samples(v shell.View) map[string]templ.Component {
	items := []govuk.SelectItem{{Text: "Choisissez"}, {Value: "a", Text: "Maison du Lac"}}
	picture, err := draw("otpauth://totp/Inkingi:keza?secret=ABCDEFGH")
	if err != nil {
		panic(err)
	}
	here := ids.New[ids.Session]()
	table := govuk.CardTable{Caption: "Table", Columns: []govuk.Column{{Title: "Nom"}}, Rows: [][]govuk.Slot{{{HTML: anchor(link{"/accounts/1", "Keza"})}}}}
	return map[string]templ.Component{
		"sign_in":     signIn(signInView{View: v, Kept: true}),
		"second":      second(secondView{View: v, App: true, Printed: 3}),
		"enrol":       enrol(enrolView{View: v, In: true, App: true}),
		"enrol_app":   enrolApp(enrolAppView{View: v, Picture: picture, Secret: "ABCD EFGH", Link: "otpauth://totp/x"}),
		"enrol_sheet": enrolSheet(enrolSheetView{View: v, Codes: []string{"7K2M4-QXZ01"}, Prove: true, Reader: "Keza"}),
		"password":    password(passwordView{View: v, Name: "keza"}),
		"conduct":     conduct(conductView{View: v, Version: edition, Newer: true}),
		"post":        post(postView{View: v, Posts: []govuk.Choice{{Value: "1", Text: "Rôle"}, {Value: "2", Text: "Autre"}}}),
		"unlock":      unlock(unlockView{View: v, Kept: true}),
		"mine": mine(mineView{View: v, Rows: []govuk.SummaryRow{row("Nom", "keza")}, Other: true, Reset: "Un responsable",
			Drafts: []link{{"/kept", "Texte"}}}),
		"sessions": sessions(sessionsView{View: v, Here: here.String(), All: []account.Session{{ID: here}, {ID: ids.New[ids.Session](), Device: "Firefox, Android"}}}),
		"contact":  contact(contactView{View: v, Phone: "+25779000000", Languages: []govuk.Choice{{Value: "fr", Text: "Français"}}}),
		"accounts": accounts(accountsView{View: v, Table: table, Next: "?after=x", MayAdd: true}),
		"account": accountBody(accountView{View: v, Path: "/accounts/1", Shown: "Keza", Rows: []govuk.SummaryRow{row("Nom", "keza")},
			Posts: []postLine{{ID: "1", Role: "Rôle", Where: "Maison", When: "Depuis", Held: true}}, Open: true, MayEdit: true, MayReset: true, MayGive: true, MayClose: true}),
		"add":   add(addView{View: v, ID: "1", Orgs: items, Roles: items, Places: items}),
		"give":  give(giveView{View: v, Path: "/accounts/1", ID: "1", Shown: "Keza", Orgs: items, Roles: items, Places: items}),
		"edit":  edit(editView{View: v, Path: "/accounts/1", Shown: "Keza", Revision: "2", LanguageItems: items}),
		"reset": reset(resetView{View: v, Path: "/accounts/1", Shown: "Keza"}),
		"orgs":  orgs(orgsView{View: v, ID: "1", Table: table, Kinds: items, Places: items, MayAdd: true, Next: "?after=x"}),
	}
}

// TestEveryTemplateInEveryLanguage draws every template and checks its HTML; a
// template without a sample fails.
func TestEveryTemplateInEveryLanguage(t *testing.T) {
	p := newPorch(t)
	files, err := os.ReadDir(".")
	p.must(err)
	var names []string
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".templ"); ok {
			names = append(names, name)
		}
	}
	shellWith := p.with(shell.Route{Method: "GET", Pattern: "/sample/{name}", Action: access.SystemPublic, About: shell.Self, Public: true,
		More: map[string]access.Kind{"name": access.System}, Handle: func(c *shell.Context) error {
			body := samples(c.View())[c.Param("name")]
			if body == nil {
				t.Errorf("%s.templ has no sample", c.Param("name"))
				body = c.View().Title("none")
			}
			return c.Page(shell.Page{Title: "Modèle", Body: body})
		}})
	for _, name := range names {
		for _, lang := range []string{"fr", "en", "rn", "sw"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				r, err := http.NewRequest("GET", shellWith+"/sample/"+name, nil)
				p.must(err)
				r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
				b := p.reader()
				b.show(b.client.Do(r))
				shelltest.Check(t, lang, b.page)
			})
		}
	}
}
