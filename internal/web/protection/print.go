package protection

import (
	"strings"
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/paper"
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
