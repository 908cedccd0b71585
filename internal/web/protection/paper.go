package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// paperView copies a paper form into the program, with the paper's own time.
type paperView struct {
	view
	At           Place
	ID, Reporter string
}

func (r *Rooms) paperForm(c *shell.Context) error {
	return c.Page(r.paperPage(c, r.placeOf(c, "where", r.Country.Day(c.At), protection.Raise{}.Where, false)))
}

func (r *Rooms) paper(c *shell.Context) error {
	f := c.Form()
	at, again := r.choosePlace(c, "where", r.dayOf(c, typedDay(f, "when")), false)
	if again {
		return c.Page(r.paperPage(c, at))
	}
	cmd := protection.Raise{ID: shell.KeepID[ids.Signal](f, "id"), Paper: true, Where: at.Given, Now: readAnswer(f, "now"),
		Spot: f.Text("spot", maxSpot), When: f.Date("when"), Channel: f.Choice("channel", r.codes(c, countries.SignalChannel)...)}
	if strings.TrimSpace(f.Value("raised-time")) != "" {
		cmd.RaisedAt = f.Moment("raised")
	} else if day := f.Day("raised"); !day.IsZero() { // the paper gives no hour, and none is invented
		cmd.RaisedAt, cmd.Hour = day.In(r.Country.Location()).UTC(), protection.Unknown
	}
	readSeen(f, &cmd)
	r.readCall(c, &cmd)
	if spoke(cmd) {
		cmd.Reporter = shell.KeepID[ids.Reporter](f, "reporter")
	}
	err := f.Err()
	if err == nil {
		var receipt protection.Receipt
		if receipt, err = r.Desk.Raise(c, c.Who, cmd); err == nil {
			return c.Redirect(sentPath(receipt.Receipt))
		}
	}
	return c.Again(err, r.paperPage(c, at))
}

func (r *Rooms) paperPage(c *shell.Context, at Place) shell.Page {
	f := c.Form()
	v := paperView{view: r.view(c), At: at, ID: shell.KeepID[ids.Signal](f, "id").String(), Reporter: shell.KeepID[ids.Reporter](f, "reporter").String()}
	return shell.Page{Title: v.T("signal.paper"), Body: paperPage(v), Section: "signal.nav.mine", Back: "/receipts", Answers: true}
}

func (v paperView) fields() reportFields {
	return reportFields{view: v.view, At: v.At, WhenLegend: v.T("signal.paper.when")}
}

func (v paperView) raised() map[string]string { return v.DateValues("raised", date.Date{}) }
