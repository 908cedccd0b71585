package protection

import (
	"slices"
	"strconv"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// step is one page of a signal. Each asks one thing.
type step string

// The steps. Only danger and place must be answered.
const (
	stepNow   step = "now"
	stepWhen  step = "when"
	stepWhere step = "where"
	stepSeen  step = "seen"
	stepWho   step = "who" // is somebody of a service involved? asked of organisations only
	stepCall  step = "call"
	stepCheck step = "check"
)

// stepsOf lists the pages in order.
func stepsOf(w access.Who) []step {
	all := []step{stepNow, stepWhen, stepWhere, stepSeen}
	if signedIn(w) {
		all = append(all, stepWho)
	}
	return append(all, stepCall, stepCheck)
}

// fields are what a page asks. What the other pages asked travels hidden.
func (s step) fields() []string {
	switch s {
	case stepNow:
		return []string{"now"}
	case stepWhen:
		return []string{"ago", "when-day", "when-month", "when-year"}
	case stepWhere:
		return []string{"where", "where-written", "spot"}
	case stepSeen:
		return []string{"people", "children", "seen"}
	case stepWho:
		return []string{"involved", "against"}
	case stepCall:
		return []string{"may", "phone", "hours", "phrase", "avoid", "name", "relation"}
	case stepCheck:
		return []string{"channel"}
	}
	return nil
}

// raiseView is one page of a signal.
type raiseView struct {
	view
	Step   step
	Number string // "Étape 2 sur 6"
	Hidden []string
	Back   step
	Urgent bool // somebody is in danger now: the numbers stay in sight
	At     Place
	Orgs   []govuk.Choice
	Ask    bool // who reports must say where the signal comes from
	Rows   []raiseRow
}

// raiseRow is one answer on the last page, with the step to change it.
type raiseRow struct {
	Name, Value string
	Step        step
}

// raiseForm begins a signal.
func (r *Rooms) raiseForm(c *shell.Context) error { return r.raiseStep(c, stepNow) }

// raise takes one page of a signal and shows the next; the last one sends it.
// Going back asks nothing of what was typed.
func (r *Rooms) raise(c *shell.Context) error {
	f, steps := c.Form(), stepsOf(c.Who)
	at := step(f.Value("step"))
	if !slices.Contains(steps, at) {
		at = stepNow
	}
	if f.Held() {
		return r.raiseAgain(c, at, nil, f.Err())
	}
	if to := step(f.Value("go")); slices.Contains(steps, to) && to != stepCheck {
		return r.raiseStep(c, to)
	}
	if at == stepCheck {
		return r.send(c)
	}
	var chosen *Place
	if at == stepWhere {
		p, again := r.choosePlace(c, "where", r.dayOf(c, r.typedWhen(c)), true)
		if again {
			return r.raiseAt(c, p)
		}
		chosen = &p
	}
	if f.Err() == nil {
		r.readStep(c, at, &protection.Raise{})
	}
	if err := f.Err(); err != nil {
		return r.raiseAgain(c, at, chosen, err)
	}
	next := steps[slices.Index(steps, at)+1]
	if step(f.Value("go")) == stepCheck {
		next = stepCheck
	}
	return r.raiseStep(c, next)
}

func (r *Rooms) raiseStep(c *shell.Context, s step) error {
	page, err := r.raisePage(c, s, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// raiseAt shows the page of the place again, one level down or with what was found.
func (r *Rooms) raiseAt(c *shell.Context, p Place) error {
	page, err := r.raisePage(c, stepWhere, &p)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// readStep reads what one page asks.
func (r *Rooms) readStep(c *shell.Context, s step, to *protection.Raise) {
	f := c.Form()
	switch s {
	case stepNow:
		if to.Now = readAnswer(f, "now"); to.Now == protection.NotAsked && !wrongAt(c, "now") {
			f.Fail("now", "signal.now.missing")
		}
	case stepWhen:
		to.When = r.readWhen(c)
	case stepWhere:
		if to.Where = f.Place("where"); to.Where.Code == "" {
			f.Fail("where", "fault.place.missing")
		}
		to.Spot = f.Text("spot", maxSpot)
	case stepSeen:
		readSeen(f, to)
	case stepWho:
		r.readInvolved(c, to)
	case stepCall:
		r.readCall(c, to)
	case stepCheck:
		to.Channel = r.channel(c, to.Relation)
	}
}

// send keeps the signal. A fault stands on the page that asked.
func (r *Rooms) send(c *shell.Context) error {
	f := c.Form()
	cmd := protection.Raise{ID: shell.KeepID[ids.Signal](f, "id")}
	for _, s := range stepsOf(c.Who) {
		if r.readStep(c, s, &cmd); f.Err() != nil {
			return r.raiseAgain(c, s, nil, f.Err())
		}
	}
	if spoke(cmd) {
		cmd.Reporter = shell.KeepID[ids.Reporter](f, "reporter")
	}
	receipt, err := r.Desk.Raise(c, c.Who, cmd)
	if err != nil {
		return r.raiseAgain(c, faulty(err), nil, err)
	}
	return c.Redirect(sentPath(receipt.Receipt))
}

// raiseAgain shows a page with what is wrong on it.
func (r *Rooms) raiseAgain(c *shell.Context, s step, at *Place, wrong error) error {
	page, err := r.raisePage(c, s, at)
	if err != nil {
		return err
	}
	return c.Again(wrong, page)
}

// faulty is the step whose answer is wrong, the last one when none is.
func faulty(err error) step {
	for _, one := range fault.Fields(err) {
		for _, s := range []step{stepNow, stepWhen, stepWhere, stepSeen, stepWho, stepCall} {
			if one.Field == string(s) || slices.Contains(s.fields(), one.Field) || slices.Contains(s.fields(), one.Field+"-day") {
				return s
			}
		}
	}
	return stepCheck
}

func (r *Rooms) raisePage(c *shell.Context, s step, at *Place) (shell.Page, error) {
	f, steps := c.Form(), stepsOf(c.Who)
	v := raiseView{view: r.view(c), Step: s, Urgent: f.Value("now") == string(protection.Yes)}
	n := slices.Index(steps, s)
	v.Number = v.T("signal.step", "Number", n+1, "Of", len(steps))
	if n > 0 {
		v.Back = steps[n-1]
	}
	v.Hidden = carried(f, s, steps)
	switch s {
	case stepWhere:
		if at == nil {
			p := r.placeOf(c, "where", r.dayOf(c, r.typedWhen(c)), v.given(), true)
			at = &p
		}
		v.At = *at
		v.At.Heading = true
	case stepWho:
		var err error
		if v.Orgs, err = r.orgChoices(c); err != nil {
			return shell.Page{}, err
		}
	case stepCheck:
		_, fixed := ownChannel(c.Who.Post.Role)
		v.Ask = signedIn(c.Who) && !fixed
		v.Rows = r.raiseRows(c, v.view)
	}
	return shell.Page{Title: v.T("signal.title"), Body: raisePage(v), Plain: true, Answers: true}, nil
}

// carried are the answers of the other pages, and the identifiers that make a
// second sending the same record.
func carried(f *shell.Form, here step, steps []step) []string {
	pairs := []string{
		"step", string(here),
		"id", shell.KeepID[ids.Signal](f, "id").String(),
		"reporter", shell.KeepID[ids.Reporter](f, "reporter").String(),
	}
	for _, s := range steps {
		if s == here {
			continue
		}
		for _, name := range s.fields() {
			for _, value := range f.Values(name) {
				if name == "seen" {
					value = f.Value(name) // lines stay
				}
				pairs = append(pairs, name, value)
			}
		}
	}
	return pairs
}

func sentPath(receipt ids.Code) string { return "/signal/sent?receipt=" + receipt.String() }

// raiseRows sums up what was answered, for the last look.
func (r *Rooms) raiseRows(c *shell.Context, v view) []raiseRow {
	f := c.Form()
	rows := []raiseRow{
		{v.T("signal.row.now"), v.answer(protection.Answer(f.Value("now"))), stepNow},
		{v.T("signal.row.when"), r.sayWhen(c, v), stepWhen},
		{v.T("signal.row.where"), v.Place(v.given()), stepWhere},
		{v.T("signal.row.spot"), f.Value("spot"), stepWhere},
		{v.T("signal.row.people"), sayPeople(v, f.Value("people")), stepSeen},
		{v.T("signal.row.children"), v.answer(protection.Answer(f.Value("children"))), stepSeen},
		{v.T("signal.row.seen"), f.Value("seen"), stepSeen},
	}
	if signedIn(c.Who) {
		rows = append(rows, raiseRow{v.T("signal.row.involved"), r.sayInvolved(c, v), stepWho})
	}
	call := v.answer(protection.Answer(f.Value("may")))
	if phone := f.Value("phone"); phone != "" {
		call = comma(call, phone)
	}
	rows = append(rows, raiseRow{v.T("signal.row.call"), call, stepCall})
	if f.Value("may") == string(protection.Yes) { // a call at the wrong hour, or to the wrong person, can kill
		rows = append(rows, raiseRow{v.T("signal.hours"), v.label(countries.SafeHours, f.Value("hours")), stepCall},
			raiseRow{v.T("signal.phrase"), f.Value("phrase"), stepCall}, raiseRow{v.T("signal.avoid"), f.Value("avoid"), stepCall})
	}
	return append(rows, raiseRow{v.T("signal.row.name"), f.Value("name"), stepCall})
}

// forward is the word on the button.
func (v raiseView) forward() string {
	if v.Step == stepCheck {
		return v.T("signal.send")
	}
	return v.T("signal.continue")
}

// said fills what was not answered: nothing forces an answer.
func (v view) said(value string) string {
	if value == "" {
		return v.T("signal.not-said")
	}
	return value
}

func sayPeople(v view, typed string) string {
	if n, err := strconv.Atoi(typed); err == nil && n > 0 {
		return v.Number(n)
	}
	return ""
}

func (r *Rooms) sayWhen(c *shell.Context, v view) string {
	f := c.Form()
	switch f.Value("ago") {
	case agoUnknown:
		return v.T("signal.dont-know")
	case agoToday:
		return v.T("signal.when.today")
	case agoYesterday:
		return v.T("signal.when.yesterday")
	}
	return v.Date(r.typedWhen(c))
}

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
