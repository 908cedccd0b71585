package exchange

import (
	"bytes"

	"inkingi/internal/exchange"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// prepareView asks for the file, and for how it is written: that is never guessed.
type prepareView struct {
	shell.View
	ID         string
	Separators []govuk.Choice
	Encodings  []govuk.Choice
}

// separators are what stands between the cells of a CSV file, by a word that a
// form can carry.
func separators() map[string]string {
	return map[string]string{"comma": ",", "semicolon": ";", "tabulator": "\t", "bar": "|"}
}

func (r *Rooms) prepare(c *shell.Context) error {
	if _, err := r.Archive.MayImport(c, c.Who, c.Who.Post.Org); err != nil { // before anything of the file is read
		return err
	}
	f, v := c.Form(), prepareView{View: c.View()}
	id := shell.KeepID[ids.List](f, "id")
	v.ID = id.String()
	for _, code := range []string{"sheet", "comma", "semicolon", "tabulator", "bar"} {
		v.Separators = append(v.Separators, govuk.Choice{Value: code, Text: v.T("legacy.separator." + code)})
	}
	for _, code := range []string{"utf-8", "windows-1252", "latin-1"} {
		v.Encodings = append(v.Encodings, govuk.Choice{Value: code, Text: v.T("legacy.encoding." + code)})
	}
	page := shell.Page{Title: v.T("legacy.new"), Body: prepare(v), Back: listsPath, Section: navLists, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd, err := r.read(f, id)
	if err == nil {
		err = r.Archive.PrepareList(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	return c.Redirect(draftsPath + "/" + v.ID)
}

// read makes the command of the form, with the meanings that the headings
// suggest.
func (r *Rooms) read(f *shell.Form, id ids.List) (protection.PrepareList, error) {
	cmd := protection.PrepareList{ID: id}
	m := exchange.Mapping{Name: f.Text("name", 200), Header: f.Int("header", 1, 1000), Sheet: f.Text("sheet", 100), Others: "refuse"}
	m.Encoding = f.Choice("encoding", "utf-8", "windows-1252", "latin-1")
	m.Separator = separators()[f.Choice("separator", "sheet", "comma", "semicolon", "tabulator", "bar")]
	f.Need("name", "separator")
	if m.Header == 0 {
		m.Header = 1
	}
	_, cmd.Content = f.File("file")
	if err := f.Err(); err != nil {
		return cmd, err
	}
	if err := cmd.Check(); err != nil {
		return cmd, err
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	file := exchange.File{ReaderAt: bytes.NewReader(cmd.Content), Size: int64(len(cmd.Content))}
	if err := exchange.Fits(file, unpacked); err != nil {
		return cmd, fault.At("file", err)
	}
	all, err := m.Headings(file)
	if err != nil {
		return cmd, fault.At("file", err)
	}
	for _, h := range all {
		as := exchange.Suggest(h.Heading)
		m.Columns = append(m.Columns, exchange.Column{Heading: h.Heading, Letter: h.Letter, As: as, Keep: as == exchange.Responder})
	}
	cmd.Mapping, err = m.Text()
	return cmd, err
}
