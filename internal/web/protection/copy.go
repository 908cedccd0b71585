package protection

import (
	"inkingi/internal/paper"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

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
	sheet, err := s.copy(file)
	if err != nil {
		return err
	}
	pdf, err := sheet.PDF(c.Midnight(v.Today()))
	if err != nil {
		return err
	}
	return c.File("papier.pdf", "application/pdf", pdf)
}

// copy writes what she said of herself and what she wants, with the summary.
func (s scribe) copy(file protection.FileCopy) (paper.Paper, error) {
	w := words{grant: file.Grant}
	p := file.Person
	all := paper.Copy{Summary: paper.Summary{Code: s.Case.Code.String(), Day: s.P.Day(s.Today()), Keeper: sentence(s.who(s.Case.Owner)), Kept: s.kept(), Got: s.got(), Agreed: s.agreed()}}
	for _, f := range []struct {
		key  string
		text string
	}{
		{"name", w.open(p.Name)}, {"called", w.open(p.Called)}, {"other", w.open(p.Other)}, {"born", w.open(p.Born)},
		{"document", w.open(p.Document)}, {"home", w.open(p.From)}, {"phone", w.open(p.Contact.Phone)},
	} {
		all.Facts = append(all.Facts, [2]string{s.P.T("paper.copy." + f.key), f.text})
	}
	for _, g := range file.Plan.Goals {
		all.Wishes = append(all.Wishes, w.open(g.Words))
		for _, step := range file.Plan.Steps {
			if text := w.open(step.What); step.Goal == g.ID && text != "" {
				all.Wishes = append(all.Wishes, "– "+text)
			}
		}
	}
	return all.Paper(s.P), w.err
}
