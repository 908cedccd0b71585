package exchange

import (
	"slices"
	"strconv"
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/exchange"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// draft is one opened: the file, and what was said of its columns so far.
type draft struct {
	protection.ListDraft
	mapping *exchange.Mapping
	file    exchange.File
}

func (d draft) path() string { return draftsPath + "/" + d.ID.String() }

// open reads the draft of the address. Its reading is in the log.
func (r *Rooms) open(c *shell.Context) (d draft, g access.Grant, err error) {
	id, err := shell.ID[ids.List](c, "draft")
	if err != nil {
		return d, g, err
	}
	if d.ListDraft, g, err = r.Archive.ListDraft(c, c.Who, id); err != nil {
		return d, g, err
	}
	text, err := d.Mapping.Open(g)
	if err != nil {
		return d, g, err
	}
	content, err := d.Content.Open(g)
	if err != nil {
		return d, g, err
	}
	if d.mapping, err = exchange.DraftMapping(text); err != nil {
		return d, g, fault.Wrap(fault.Internal, "legacy.draft", err)
	}
	d.file = exchange.File{ReaderAt: strings.NewReader(content), Size: int64(len(content))}
	return d, g, nil
}

// mapView asks, for each heading, what the column means.
type mapView struct {
	shell.View
	draft
	country *countries.Country
	Columns []columnView
	Frames  []govuk.SelectItem
	Others  []govuk.Choice
}

// columnView is one column; its fields end in its number.
type columnView struct {
	exchange.Column
	N    string
	Same bool
}

func (r *Rooms) mapList(c *shell.Context) error {
	d, _, err := r.open(c)
	if err != nil {
		return err
	}
	f, v := c.Form(), mapView{View: c.View(), draft: d, country: r.Country}
	for i, col := range d.mapping.Columns {
		v.Columns = append(v.Columns, columnView{col, strconv.Itoa(i), slices.Contains(d.mapping.Same, nameOf(col))})
	}
	v.Frames = []govuk.SelectItem{{Text: v.T("legacy.frame.none")}, {Value: "event", Text: v.T("legacy.frame.event")}}
	for _, frame := range r.Country.Frames() {
		v.Frames = append(v.Frames, govuk.SelectItem{Value: frame.Code, Text: v.T("legacy.frame", "Frame", frame.Code)})
	}
	for _, code := range []string{"refuse", "seal", "leave"} {
		v.Others = append(v.Others, govuk.Choice{Value: code, Text: v.T("legacy.others." + code)})
	}
	page := shell.Page{Title: v.T("legacy.map.title"), Body: mapList(v), Back: listsPath, Section: navLists, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	said := v.read(f)
	version := f.Version()
	if err := f.Err(); err != nil {
		return c.Again(err, page)
	}
	if err := v.at(said.Check(r.Country)); err != nil {
		return c.Again(err, page)
	}
	text, err := said.Text()
	if err == nil {
		err = r.Archive.MapList(c, c.Who, d.ID, version, text)
	}
	if err != nil {
		return c.Again(err, page)
	}
	return c.Redirect(d.path() + "/check")
}

func nameOf(c exchange.Column) string {
	return exchange.Heading{Heading: c.Heading, Letter: c.Letter}.Name()
}

// read makes the mapping of the form: what was said at the file stays.
func (v mapView) read(f *shell.Form) exchange.Mapping {
	m := *v.mapping
	m.Columns, m.Same = nil, nil
	m.Frame, m.Others = f.Choice("frame", values(v.Frames)...), f.Choice("others", "refuse", "seal", "leave")
	for _, old := range v.Columns {
		col := exchange.Column{Heading: old.Heading, Letter: old.Letter, As: exchange.As(f.Choice("as-"+old.N, v.meanings()...)),
			Date: exchange.Order(f.Choice("date-"+old.N, orders()...)), Blank: strings.TrimSpace(f.Text("blank-"+old.N, 60))}
		ticked := f.Choices("how-"+old.N, "keep", "written", "required", "same")
		col.Keep, col.Written, col.Must = slices.Contains(ticked, "keep"), slices.Contains(ticked, "written"), slices.Contains(ticked, "required")
		if slices.Contains(ticked, "same") {
			m.Same = append(m.Same, nameOf(col))
		}
		col.Values = readValues(f, "values-"+old.N)
		if col.As == exchange.Form && len(col.Values) > 0 {
			col.Split = []string{",", ";", "&"}
		}
		m.Columns = append(m.Columns, col)
	}
	return m
}

// readValues reads lines of "what is written = our code".
func readValues(f *shell.Form, field string) map[string]string {
	all := map[string]string{}
	for _, line := range strings.Split(f.Prose(field, 10_000), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		i := strings.LastIndex(line, "=")
		if i < 0 || strings.TrimSpace(line[:i]) == "" {
			f.Fail(field, "legacy.map.line")
			return nil
		}
		all[strings.TrimSpace(line[:i])] = strings.TrimSpace(line[i+1:])
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// at brings a fault of the mapping to the field of the form that can mend it.
func (v mapView) at(err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	one := fault.Of(err)
	for _, col := range v.Columns {
		if one.Field != nameOf(col.Column) {
			continue
		}
		field := "as-"
		switch one.Key {
		case "legacy.map.date.order", "legacy.map.date.here":
			field = "date-"
		case "legacy.map.values", "legacy.map.code", "legacy.map.values.twice":
			field = "values-"
		case "legacy.map.written", "legacy.map.keep":
			field = "how-"
		}
		return fault.Field(field+col.N, one.Key)
	}
	if one.Field != "frame" && one.Field != "others" {
		return fault.Field("frame", one.Key)
	}
	return err
}

func (v mapView) meanings() (all []string) {
	for _, as := range exchange.Meanings() {
		all = append(all, string(as))
	}
	return all
}

func orders() []string {
	return []string{string(exchange.DayFirst), string(exchange.MonthFirst), string(exchange.YearFirst), string(exchange.Quarter)}
}

func values(items []govuk.SelectItem) (all []string) {
	for _, i := range items {
		all = append(all, i.Value)
	}
	return all
}

// items of the two choices of a column.
func (v mapView) asItems() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("legacy.as.none")}}
	for _, as := range v.meanings() {
		all = append(all, govuk.SelectItem{Value: as, Text: v.T("legacy.as." + as)})
	}
	return all
}

func (v mapView) dateItems() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("legacy.order.none")}}
	for _, o := range orders() {
		all = append(all, govuk.SelectItem{Value: o, Text: v.T("legacy.order." + o)})
	}
	return all
}

func (v mapView) howItems() []govuk.Choice {
	var all []govuk.Choice
	for _, code := range []string{"same", "required", "keep", "written"} {
		all = append(all, govuk.Choice{Value: code, Text: v.T("legacy.how." + code)})
	}
	return all
}

// how are the boxes that are ticked already.
func (c columnView) how() (all []string) {
	for code, is := range map[string]bool{"same": c.Same, "required": c.Must, "keep": c.Keep, "written": c.Written} {
		if is {
			all = append(all, code)
		}
	}
	return all
}

// lines are the values as the form shows them.
func (c columnView) lines() string {
	var all []string
	for from, to := range c.Values {
		all = append(all, from+" = "+to)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// codes lists what may stand behind "=", by the lists that a page has room for.
func (v mapView) codes() (all []string) {
	for _, as := range []exchange.As{exchange.Sex, exchange.AgeBand, exchange.Form, exchange.Status, exchange.Responding} {
		var words []string
		for _, k := range v.country.List(as.Codes()) {
			words = append(words, k.Code+" ("+k.Label(v.Lang())+")")
		}
		all = append(all, v.T("legacy.as."+string(as))+v.T("legacy.colon")+v.List(words))
	}
	return all
}

func legend(text string) govuk.Fieldset {
	return govuk.Fieldset{Legend: govuk.Legend{Text: text, Classes: "govuk-fieldset__legend--m"}}
}

func wrong(v shell.View, field string) govuk.ErrorMessage {
	return govuk.ErrorMessage{Text: v.Fault(field)}
}
