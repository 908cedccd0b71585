package notice

import (
	"testing"
	"time"

	"github.com/a-h/templ"

	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/sampletest"
)

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

// TestEveryTemplateInEveryLanguage draws every template and checks its HTML.
func TestEveryTemplateInEveryLanguage(t *testing.T) {
	sampletest.EveryTemplate(t, samples)
}
