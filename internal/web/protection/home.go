package protection

import (
	"inkingi/internal/web/shell"
)

type homeView struct{ view }

// home is for visitors: what this is, how to report, where to sign in. Who is
// in goes to work.
func (r *Rooms) home(c *shell.Context) error {
	if signedIn(c.Who) {
		return c.Redirect("/work")
	}
	v := homeView{r.view(c)}
	return c.Page(shell.Page{Title: v.T("signal.home"), Body: homePage(v), Plain: true})
}
