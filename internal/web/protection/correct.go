package protection

import (
	"strconv"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// correctView is the form that mends what was reported.
type correctView struct {
	signalView
	At Place
}

func (r *Rooms) correctForm(c *shell.Context) error {
	v, err := r.correctable(c)
	if err != nil {
		return err
	}
	v.At = r.placeOf(c, "where", r.dayOf(c, v.When), v.Where, false)
	return c.Page(v.page())
}

func (r *Rooms) correct(c *shell.Context) error {
	v, err := r.correctable(c)
	if err != nil {
		return err
	}
	f := c.Form()
	at, again := r.choosePlace(c, "where", r.dayOf(c, typedDay(f, "when")), false)
	v.At = at
	if again {
		return c.Page(v.page())
	}
	var seen protection.Raise
	cmd := protection.Correct{Signal: v.ID, Version: f.Version(), Now: readAnswer(f, "now"), Where: at.Given, Spot: f.Text("spot", maxSpot), When: f.Date("when")}
	readSeen(f, &seen)
	cmd.Seen, cmd.People, cmd.Children = seen.Seen, seen.People, seen.Children
	if err = f.Err(); err == nil {
		err = r.Desk.Correct(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("duty.corrected")
	return c.Redirect("/signals/" + v.ID.String())
}

func (r *Rooms) correctable(c *shell.Context) (v correctView, err error) {
	id, err := shell.ID[ids.Signal](c, "signal")
	if err != nil {
		return v, err
	}
	if _, err = r.Desk.May(c, c.Who, access.SignalCorrect, access.SignalKind, id.UUID, access.ForIntake); err != nil {
		return v, err
	}
	v.signalView, err = r.signalOf(c, id)
	return v, err
}

func (v correctView) page() shell.Page {
	return shell.Page{Title: v.T("duty.correct.title"), Body: correctPage(v), Section: navSignals, Back: "/signals/" + v.ID.String(), Answers: true}
}

// number is a count as it stands in a field; "not known" is blank.
func (v correctView) number() string {
	if v.People == 0 {
		return ""
	}
	return strconv.Itoa(v.People)
}

// stored is what the record holds now, beside what was typed, after somebody was faster.
func (v correctView) stored() []govuk.SummaryRow {
	if !v.Stale() {
		return nil
	}
	return v.rows(v.Signal, v.Spots, v.Words)
}

func (v correctView) versionNow() string { return v.voice.View.Version(v.Signal.Version) }

// typedDay is the date as typed into three boxes, without complaint.
func typedDay(f *shell.Form, name string) date.Date {
	d, err := date.Typed{Year: f.Value(name + "-year"), Month: f.Value(name + "-month"), Day: f.Value(name + "-day")}.Date(name)
	if err != nil {
		return date.Date{}
	}
	return d
}

// reportFields are what a report says, in one dense form.
type reportFields struct {
	view
	At                         Place
	Now, Spot, People          string
	Children, Seen, WhenLegend string
	When                       date.Date
	Given                      place.Given
}

func (v correctView) fields() reportFields {
	return reportFields{view: v.view, At: v.At, Now: string(v.Now), Spot: v.Spots, People: v.number(), Children: string(v.Children),
		Seen: v.Words, When: v.When, WhenLegend: v.T("signal.row.when")}
}
