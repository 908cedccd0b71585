package exchange

import (
	"testing"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/exchange"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/sampletest"
	"inkingi/protection"
)

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

// TestEveryTemplateInEveryLanguage draws every template and checks its HTML.
func TestEveryTemplateInEveryLanguage(t *testing.T) {
	country, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	sampletest.EveryTemplate(t, func(v shell.View) map[string]templ.Component { return samples(v, country) })
}
