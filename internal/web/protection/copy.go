package protection

import (
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// asData is the button that makes a file of the copy, for another service to read.
const asData = "data"

// copyFile makes a copy of her own file, at her request. Like every paper it is the
// answer to a POST, and only the log keeps that it was made.
func (r *Rooms) copyFile(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := printView{voice: r.voice(c), CaseView: one}
	page := shell.Page{Title: v.T("copy.title"), Body: copyPage(v), Back: v.href(""), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.CopyFile{Case: v.Case.ID, Language: f.Choice("language", v.spoken()...), Checked: f.Bool("checked"), Safe: f.Bool("safe")}
	var file protection.FileCopy
	if err = f.Err(); err == nil {
		file, err = r.Desk.CopyFile(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	s := scribe{printView: v, choice: choice{P: v.Speak(cmd.Language), Named: true}}
	record, err := s.record(file)
	if err != nil {
		return err
	}
	if f.Value("as") == asData {
		data, err := record.JSON()
		if err != nil {
			return err
		}
		return c.Download("papier.json", "application/json", data)
	}
	pdf, err := record.paper(s.P, s.P.Day(record.Written)).PDF(c.Midnight(v.Today()))
	if err != nil {
		return err
	}
	return c.File("papier.pdf", "application/pdf", pdf)
}
