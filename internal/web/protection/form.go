package protection

import (
	"inkingi/internal/web/shell"
)

type formView struct{ view }

// form is the blank paper, for when there is no network.
func (r *Rooms) form(c *shell.Context) error {
	v := formView{r.view(c)}
	return c.Page(shell.Page{Title: v.T("signal.form"), Body: formPage(v), Plain: true, Back: "/"})
}

// ticks are the answers of a closed question on paper.
func (v formView) ticks() []string {
	return []string{v.T("common.yes"), v.T("common.no"), v.T("common.dont-know")}
}

// channels are where a signal comes from, in words.
func (v formView) channels() []string {
	var all []string
	for _, one := range v.choices("signal_channel") {
		all = append(all, one.Text)
	}
	return all
}
