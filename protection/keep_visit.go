package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// KeepVisit notes a contact with her, or an attempt.
type KeepVisit struct {
	ID     ids.Visit
	Case   ids.Case
	Moment string
	Day    date.Day
	Mode   string
	Result string

	Present      []string
	HomeSafe     Answer
	Scores       map[string]int
	Business     Answer
	BusinessEnd  string // why it runs no more, code list "business_end"
	Income       string
	School       Answer
	Threat       Answer
	Satisfaction int
	Words        string
	Next         date.Day
}

// Check finds what the person can correct; opened is the day the case was opened.
func (c KeepVisit) Check(r *Rules, opened, today date.Day) error {
	errs := []error{r.need("moment", "visit_moment", c.Moment), r.need("mode", "visit_mode", c.Mode), r.need("result", "visit_result", c.Result),
		r.codes("present", "visit_present", c.Present), r.code("income", "income_band", c.Income), r.code("business_end", "business_end", c.BusinessEnd),
		asked("home_safe", c.HomeSafe), asked("business", c.Business), asked("school", c.School), asked("threat", c.Threat),
		between("satisfaction", c.Satisfaction, 0, 5), short("words", c.Words, wordsLimit), within("day", c.Day, opened, today)}
	if c.Mode == "HOME" && c.HomeSafe != Yes { // home only if safe (§2.10)
		errs = append(errs, fault.Field("home_safe", "fault.visit.home"))
	}
	for domain, score := range c.Scores {
		errs = append(errs, r.need("score_"+domain, "outcome_domain", domain), between("score_"+domain, score, 1, 5))
	}
	if c.Mode == byOthers && (len(c.Scores) > 0 || c.Satisfaction != 0 || c.Income != "") { // her own word is hers
		errs = append(errs, fault.Field("mode", "fault.visit.secondhand"))
	}
	if c.Result != "" && c.Result != reached && c.told() {
		errs = append(errs, fault.Field("result", "fault.visit.unreached"))
	}
	if !c.Next.IsZero() {
		errs = append(errs, soon("next", c.Next, today))
	}
	return fault.Join(errs...)
}

// told says whether something stands there that only she can have said.
func (c KeepVisit) told() bool {
	return len(c.Scores) > 0 || c.Satisfaction != 0 || c.Income != "" || c.Business != NotAsked || c.School != NotAsked || c.Threat != NotAsked
}

// KeepVisit keeps it, stops the clocks it answers, and starts those it calls for.
// Keeping it again is the same act.
func (d *Desk) KeepVisit(ctx context.Context, w access.Who, c KeepVisit) error {
	g, err := d.may(ctx, w, access.VisitKeep, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	waiting, err := d.Store.CaseTasks(ctx, g, c.Case)
	if err != nil {
		return err
	}
	consents, err := d.Store.Consents(ctx, g, c.Case)
	if err != nil {
		return err
	}
	before, err := d.Store.Visits(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(v Visit) bool { return v.ID == c.ID && v.By == w.Account }) {
		return nil
	}
	now := d.Now()
	today := d.Rules.Day(now)
	if err := fault.Join(c.Check(d.Rules, d.Rules.Day(one.Opened), today), one.visitable(c, waiting, consents, d.Rules, now)); err != nil {
		return err
	}
	if err := d.forbidden(ctx, w, one.Person, c.Mode); err != nil {
		return err
	}
	v := Visit{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, At: now, Moment: c.Moment, Day: c.Day, Mode: c.Mode, Result: c.Result, Present: c.Present,
		HomeSafe: c.HomeSafe, Scores: c.Scores, Business: c.Business, Income: c.Income, School: c.School, Threat: c.Threat, Satisfaction: c.Satisfaction,
		Words: vault.Clear(c.Words), Next: c.Next}
	change := Change{Visits: []Visit{v}, Events: []Event{d.event(g, one.ID, "visit", c.Result)}}
	change.visited(d.Rules, one, v, waiting, now)
	if v.Reached() && v.Business == No {
		if err := d.stopped(ctx, g, &change, one.ID, c); err != nil {
			return err
		}
	}
	if change.searches() {
		if change.Alerts, err = d.alarm(ctx, g, one.Owner, one.ID.UUID, one.Manager); err != nil {
			return err
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("result", c.Result), change)
}

// visitable says whether a contact may be noted: of an open case; of a closed one
// only while she agrees to be asked (consent P9), and then at no planned moment.
func (c Case) visitable(v KeepVisit, waiting []Task, consents []Consent, r *Rules, now time.Time) error {
	switch {
	case c.State == Closed && stands(consents, P9Afterwards, now):
	case c.State.Over():
		return fault.New(fault.Invalid, "fault.visit.closed")
	case c.State == Suspended:
		return c.still()
	}
	if v.Moment == otherwise || v.Moment == "" {
		return nil
	}
	if c.State != InReintegration && c.State != InMonitoring {
		return fault.Field("moment", "fault.visit.early")
	}
	if v.Moment == atSchool {
		return r.asksSchool(v, waiting)
	}
	// Each planned contact belongs after the one before it was due: a year cannot be told in a week.
	if n := planned(v.Moment); n > 1 {
		for _, t := range waiting {
			if t.Key != monitoring[n-1] {
				continue
			}
			if least := r.Day(r.Due(monitoring[n-2], t.From)).Add(-1); v.Day.Before(least) {
				return fault.FieldArgs("moment", "fault.visit.soon", map[string]any{"Day": least})
			}
		}
	}
	return nil
}

// forbidden refuses a call to somebody who said that nobody may call her.
func (d *Desk) forbidden(ctx context.Context, w access.Who, person ids.Person, mode string) error {
	if mode != "PHONE" || person.IsZero() {
		return nil
	}
	p, _, err := d.Person(ctx, w, person)
	if fault.Is(err, fault.Denied) || fault.Is(err, fault.Withheld) || fault.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil && p.Contact.May == No {
		return fault.Field("mode", "fault.visit.forbidden")
	}
	return err
}

// visited sets and ends the clocks of a contact. Nobody is lost by a timer.
func (c *Change) visited(r *Rules, of Case, v Visit, waiting []Task, now time.Time) {
	running := func(key string) bool { return slices.ContainsFunc(waiting, func(t Task) bool { return t.Key == key }) }
	if !v.Reached() {
		key := lostDue
		if v.Result == vanished || of.Level == Red || of.Level == Unjudged || of.Child {
			key = missing(of.Level, of.Child) // the same day [J issue 3 item 6]
		}
		if !running(key) {
			c.Tasks = append(c.Tasks, r.task(of.ID, key, now))
		}
		if key != lostDue && !running(lostDue) {
			c.Tasks = append(c.Tasks, r.task(of.ID, lostDue, now))
		}
	} else {
		c.found(of.ID)
		c.Done = append(c.Done, Done{of.ID, lostDue})
		for n := range planned(v.Moment) {
			c.Done = append(c.Done, Done{of.ID, monitoring[n]})
		}
		c.schooled(r, of, v, waiting, now)
	}
	switch {
	case !v.Next.IsZero():
		c.Tasks = append(c.Tasks, Task{Case: of.ID, Key: nextVisitDue, From: now, Due: r.endOf(v.Next)})
	case v.Reached():
		c.Done = append(c.Done, Done{of.ID, nextVisitDue})
	}
	if v.Threat == Yes { // a new threat is weighed as RED is answered
		c.Tasks = append(c.Tasks, Task{Case: of.ID, Key: reassessDue, From: now, Due: r.Due(RiskKey(Red), now)})
	}
}

// FollowView is how she is: contacts, clocks, what became of the business.
type FollowView struct {
	Case       Case
	Grant      access.Grant
	Visits     []Visit
	Tasks      []Task
	Businesses []Business
	Person     Person // the safe contact stands above the number; zero for who may not open it
	Opened     access.Grant
}

// Follow reads how she is. Before every contact the safe hours, the phrase and
// whom to avoid stand above the number: for who may, her contact is read with it.
func (d *Desk) Follow(ctx context.Context, w access.Who, id ids.Case) (FollowView, error) {
	g, err := d.may(ctx, w, access.VisitRead, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return FollowView{}, err
	}
	v := FollowView{Grant: g}
	if v.Case, err = d.Store.Case(ctx, g, id); err != nil {
		return v, err
	}
	if v.Visits, err = d.Store.Visits(ctx, g, id); err != nil {
		return v, err
	}
	if v.Tasks, err = d.Store.CaseTasks(ctx, g, id); err != nil {
		return v, err
	}
	if v.Businesses, err = d.Store.Businesses(ctx, g, id); err != nil {
		return v, err
	}
	if !v.Case.Person.IsZero() && d.Opens(ctx, w, access.PersonRead, access.PersonKind, v.Case.Person.UUID, access.ForProtection) {
		v.Person, v.Opened, err = d.Person(ctx, w, v.Case.Person)
	}
	return v, err
}

// Task finds one of a view's tasks.
func (v FollowView) Task(key string) (Task, bool) { return CaseView{Tasks: v.Tasks}.Task(key) }
