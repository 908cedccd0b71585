package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type formView struct{ view }

// form is the blank paper, for when there is no network. It fits one A4 sheet,
// both sides.
func (r *Rooms) form(c *shell.Context) error {
	v := formView{r.view(c)}
	return c.Page(shell.Page{Title: v.T("signal.form"), Body: formPage(v), Plain: true, Wide: true, Back: "/"})
}

// lines are the questions and the room to answer them by hand.
func (v formView) lines() govuk.Table {
	channels := []string{}
	for _, one := range v.choices(countries.SignalChannel) {
		channels = append(channels, one.Text)
	}
	ticks := []string{v.T("common.yes"), v.T("common.no"), v.T("signal.dont-know")}
	return govuk.Table{FirstCellIsHeader: true, Caption: v.T("signal.form.tick"), CaptionClasses: "govuk-visually-hidden", Rows: [][]govuk.Cell{
		blank(v.T("signal.form.raised"), 1), squares(v.T("signal.now"), ticks), squares(v.T("signal.channel"), channels),
		blank(v.T("signal.form.province"), 1), blank(v.T("signal.form.commune"), 1), blank(v.T("signal.form.colline"), 1), blank(v.T("signal.row.spot"), 1),
		blank(v.T("signal.when"), 1), blank(v.T("signal.people"), 1), squares(v.T("signal.children"), ticks), blank(v.T("signal.seen"), 7),
		squares(v.T("signal.may"), ticks), blank(v.T("signal.form.call"), 2), blank(v.T("signal.avoid"), 1), blank(v.T("signal.name"), 1),
	}}
}

func (v formView) office() govuk.Table {
	return govuk.Table{FirstCellIsHeader: true, Caption: v.T("signal.form.office"), CaptionClasses: "govuk-table__caption--s",
		Rows: [][]govuk.Cell{blank(v.T("signal.form.officer"), 1), blank(v.T("signal.form.entered"), 1)}}
}

// blank is a question with lines to write on.
func blank(question string, lines int) []govuk.Cell {
	return []govuk.Cell{{Text: question}, {HTML: room(lines)}}
}

// squares is a question with squares to tick; each stays beside its words.
func squares(question string, answers []string) []govuk.Cell {
	var all []string
	for _, one := range answers {
		all = append(all, strings.ReplaceAll("☐ "+one, " ", "\u00a0"))
	}
	return []govuk.Cell{{Text: question}, {Text: strings.Join(all, "   ")}}
}
