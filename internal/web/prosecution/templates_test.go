package prosecution

import (
	"testing"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/sampletest"
	"inkingi/prosecution"
)

// callsNobody knows no account and no organisation.
type callsNobody struct{}

func (callsNobody) Account(ids.Account) string { return "" }
func (callsNobody) Org(ids.Org) string         { return "" }

// samples are the bodies of the pages with an invented file, by the name of their file.
func samples(country *countries.Country) func(shell.View) map[string]templ.Component {
	day := date.Day{Year: 2026, Month: 11, Day: 2}
	at := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	return func(sv shell.View) map[string]templ.Component {
		v := view{View: sv, rooms: &Rooms{Country: country, Names: callsNobody{}}, c: &shell.Context{}}
		p := prosecution.Suspect{ID: ids.New[ids.Suspect](), N: 1, State: prosecution.PoliceCustody, Since: day, Role: "RECRUITER", Relation: "STRANGER", Sex: "M", Band: "15-17", Path: "BRIGADE", Official: prosecution.Yes, Service: "POLICE", Citizen: "BI"}
		x := prosecution.Charge{ID: ids.New[ids.Charge](), Suspect: p.ID, Initial: "ABDUCTION", Current: "TIP", On: day, Changes: []prosecution.Requalified{{From: "ABDUCTION", To: "TIP", Reason: "CHILD", On: day}}}
		d := prosecution.Dossier{File: prosecution.File{ID: ids.New[ids.File](), State: prosecution.InHearings, Source: prosecution.Complaint, On: day, Child: true, Level: prosecution.FirstInstance, FirstOn: day,
			Numbers: map[prosecution.Register]prosecution.Number{prosecution.PV: {Written: "PV 4/2026", Plain: "4/2026"}}, Stages: []prosecution.Stage{{State: prosecution.Received, On: day}, {State: prosecution.Dismissed, On: day, Reason: "EVIDENCE"}}},
			Suspects: []prosecution.Suspect{p}, Charges: []prosecution.Charge{x}, Custodies: []prosecution.Custody{{ID: ids.New[ids.Custody](), Suspect: p.ID, From: at, Due: at.Add(7 * 24 * time.Hour)}, {Suspect: p.ID, From: at, Due: at, Until: at.Add(time.Hour), End: "FREED", Over: "DISTANCE"}},
			Hearings:  []prosecution.Hearing{{State: prosecution.HearingPostponed, On: day, Reason: "LAWYER_ABSENT"}, {State: prosecution.HearingSet, On: day}},
			Judgments: []prosecution.Judgment{{Charge: x.ID, Level: 1, On: day, Verdict: prosecution.Requalifies, Offence: "SMUGGLING", Sentence: prosecution.Sentence{Months: 60, Suspended: 12, Fine: 100_000, Damages: 5, Confiscated: true}}}}
		file := fileView{view: v, Dossier: d, names: map[ids.Suspect]string{p.ID: "Invented, 1"}}
		show := showView{fileView: file, Said: "One line.\nAnother.", Lines: []suspectLine{{p, "Invented", "Mzee", "79 000 111"}}, Acts: []govuk.TimelineItem{{Title: "Search", Body: prose("Done.")}}}
		step := stepView{fileView: file, Moves: prosecution.MovesOf(prosecution.Instruction, "prosecutor"), Offices: []govuk.SelectItem{{Text: "-"}, {Value: "x", Text: "Court"}}}
		form := formView{view: v, Name: "step", Here: "/files/1/step", Warn: v.T("file.innocent"), Keeps: []string{"version", "1"}, Fields: func() []templ.Component {
			return append(append(step.fields(), file.suspectFields()...), v.tick("checked", v.T("file.number.checked")))
		}}
		list := filesView{view: v, Opens: true, Finds: true, Next: "/files?after=x", Rows: v.rows([]prosecution.Line{{ID: d.ID, State: prosecution.Received, On: day, Source: prosecution.Signalled, Child: true, Written: prosecution.PV, Number: d.Numbers[prosecution.PV], Changed: at, Owner: ids.New[ids.Org]()}})}
		return map[string]templ.Component{"form": formPage(form), "files": filesPage(list), "file": filePage(show)}
	}
}

// TestEveryTemplateInEveryLanguage draws every template and checks its HTML.
func TestEveryTemplateInEveryLanguage(t *testing.T) {
	country, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	sampletest.EveryTemplate(t, samples(country))
}
