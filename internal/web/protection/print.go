package protection

import (
	"slices"
	"strings"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/paper"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// printView says what to memorise, and asks before anything becomes paper.
type printView struct {
	voice
	protection.CaseView
	Readable []protection.Consent // answers of which the reader may make the form
}

// asPage is the button that shows a paper on the screen instead of a PDF.
const asPage = "page"

// print shows what to memorise and, only on purpose, answers with a paper. The
// paper is the answer to a POST: where she goes stands in no address, and
// nothing but the log keeps that it was made.
func (r *Rooms) print(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := printView{voice: r.voice(c), CaseView: one, Readable: r.voice(c).readable(one)}
	page := shell.Page{Title: v.T("print.title"), Body: printPage(v), Back: v.href(""), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd, choice := v.form(f)
	err = f.Err()
	var k protection.Consent
	if err == nil {
		k, err = r.Desk.Print(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	sheet := v.paper(choice, k)
	if cmd.Paper != protection.ConsentPaper {
		if err := sheet.Silent(v.telling()); err != nil {
			return err
		}
	}
	if f.Value("as") == asPage {
		return c.Page(shell.Page{Title: sheet.Title, Body: sheetPage(sheetView{voice: v.voice, Sheet: sheet}), Back: v.href("/print"), Plain: true, Unnamed: true})
	}
	pdf, err := sheet.PDF(c.Midnight(v.Today()))
	if err != nil {
		return err
	}
	return c.File("papier.pdf", "application/pdf", pdf)
}

func (v printView) href(rest string) string { return "/cases/" + v.Case.ID.String() + rest }

// choice is what shall stand on the paper.
type choice struct {
	Paper string
	P     lang.Printer // the voice of its language
	Where string       // in her own words
	When  time.Time    // of an appointment
	Named bool         // organisations by their names
}

// form reads which paper, in which language, and what may stand on it.
func (v printView) form(f *shell.Form) (protection.Print, choice) {
	kind, consent, _ := strings.Cut(f.Choice("paper", v.papers()...), ".")
	cmd := protection.Print{Case: v.Case.ID, Paper: kind, Language: f.Choice("language", v.spoken()...), Chosen: f.Bool("chosen")}
	cmd.Consent, _ = ids.Parse[ids.Consent](consent)
	how := choice{Paper: kind, P: v.Speak(cmd.Language), Where: f.Text("where", 120), Named: f.Bool("named")}
	for _, l := range v.appointments() {
		if f.Value("when") == arrivalOf(l) {
			how.When = l.Arrival
		}
	}
	if kind == protection.AppointmentPaper && v.telling().In(how.Where) {
		f.Fail("where", "print.where.telling")
	}
	return cmd, how
}

// papers are the values of the choice; a form is that of one answer.
func (v printView) papers() []string {
	all := []string{protection.AppointmentPaper, protection.HotlinePaper, protection.SummaryPaper}
	for _, k := range v.Readable {
		all = append(all, protection.ConsentPaper+"."+k.ID.String())
	}
	return all
}

func (v printView) paperChoices() []govuk.Choice {
	all := []govuk.Choice{
		{Value: protection.AppointmentPaper, Text: v.T("print.paper.appointment"), Hint: govuk.Hint{Text: v.T("print.paper.appointment.hint")}, Conditional: printWhere(v)},
		{Value: protection.HotlinePaper, Text: v.T("print.paper.hotline"), Hint: govuk.Hint{Text: v.T("print.paper.hotline.hint")}},
		{Value: protection.SummaryPaper, Text: v.T("print.paper.summary"), Hint: govuk.Hint{Text: v.T("print.paper.summary.hint")}, Conditional: printNames(v)},
	}
	if len(v.Readable) > 0 {
		all = append(all, govuk.Choice{Divider: v.T("print.paper.stays")})
	}
	for _, k := range v.Readable {
		all = append(all, govuk.Choice{Value: protection.ConsentPaper + "." + k.ID.String(), Hint: govuk.Hint{Text: v.when(k.At)},
			Text: v.T("print.paper.consent", "Purpose", v.label(countries.ConsentPurpose, k.Purpose))})
	}
	return all
}

// readable are the answers that the reader may read.
func (v voice) readable(one protection.CaseView) []protection.Consent {
	return slices.DeleteFunc(slices.Clone(one.Consents), func(k protection.Consent) bool {
		o := as(one.Grant.Object(), access.ConsentKind)
		o.ID, o.By = k.ID.UUID, k.AskedBy
		return k.State == protection.NotAskedYet || !v.may(access.ConsentRead, o)
	})
}

// spoken are the languages a paper is written in, hers first.
func (v printView) spoken() []string {
	var all []string
	for _, l := range v.Languages() {
		if l.Code == v.Case.Language {
			all = slices.Insert(all, 0, l.Code)
		} else {
			all = append(all, l.Code)
		}
	}
	return all
}

func (v printView) languageChoices() []govuk.Choice {
	var all []govuk.Choice
	for _, code := range v.spoken() {
		for _, l := range v.Languages() {
			if l.Code != code {
				continue
			}
			one := govuk.Choice{Value: code, Text: l.Name}
			if l.Draft {
				one.Hint = govuk.Hint{Text: v.T("print.language.draft")}
			}
			all = append(all, one)
		}
	}
	return all
}

// appointments are where she is expected, and still to come.
func (v printView) appointments() []protection.ReferralLine {
	return slices.DeleteFunc(slices.Clone(v.Referrals), func(l protection.ReferralLine) bool {
		return l.State != protection.Accepted || l.Arrival.IsZero()
	})
}

// arrivalOf is the value of an appointment: a time and no identifier, because who
// reads the case may not know of every request.
func arrivalOf(l protection.ReferralLine) string { return l.Arrival.UTC().Format(time.RFC3339) }

func (v printView) whenChoices() []govuk.Choice {
	all := []govuk.Choice{{Value: "none", Text: v.T("print.when.none")}}
	for _, l := range v.appointments() {
		all = append(all, govuk.Choice{Value: arrivalOf(l), Text: v.Time(l.Arrival), Hint: govuk.Hint{Text: v.orgName(l.To)}})
	}
	return all
}

// numbers are what to memorise first: for a child, the line for children.
func (v printView) numbers() []countries.Hotline {
	all := slices.DeleteFunc(v.rooms.Country.Hotlines(), func(h countries.Hotline) bool {
		return !h.On(v.Today()) || h.For == "children" && !v.Case.Child
	})
	slices.SortStableFunc(all, func(a, b countries.Hotline) int { return rankOf(a, v.Case.Child) - rankOf(b, v.Case.Child) })
	return all
}

func rankOf(h countries.Hotline, child bool) int {
	if child && h.For == "children" {
		return 0
	}
	return 1
}

// unchecked says whether a number waits for somebody to confirm it.
func (v printView) unchecked() bool {
	return slices.ContainsFunc(v.numbers(), func(h countries.Hotline) bool { return !h.Validated })
}

// telling are the words, of every language, that stand on nothing she carries.
func (v printView) telling() paper.Telling {
	var lists []string
	for _, l := range v.Languages() {
		lists = append(lists, v.Speak(l.Code).T("paper.telling"))
	}
	return paper.NewTelling(lists...)
}

// sheetView shows a paper on the screen: to be read aloud, and by those who hear
// or feel the screen.
type sheetView struct {
	voice
	Sheet paper.Paper
}
