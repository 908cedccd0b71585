package protection

import (
	"sync"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// Section is one part of "my work today": what waits, how much of it is late,
// and the next step. The count is of the reader's own list.
type Section struct {
	ID      string // of the heading, for a link
	Title   string
	Waiting int
	More    string // where the whole list is; "" when all of it is here
	Over    bool   // there are more than were counted
	Late    int
	Empty   string // what to say when nothing waits
	Next    Step   // the most urgent thing to do, zero when there is none
	Alarm   bool   // it cannot wait for anything else: danger now, or a health window that closes
	Body    templ.Component
}

// more says where the whole list is when fewer lines stand here than wait.
func (s *Section) more(here int, href string) {
	if s.Over || s.Waiting > here {
		s.More = href
	}
}

// Step is something to do, and where.
type Step struct{ Text, Href string }

// sectionOf makes a section for the reader.
type sectionOf func(*shell.Context) (Section, error)

// sections lists the parts of a role's day, the most urgent first.
func (r *Rooms) sections(role access.Role) []sectionOf {
	return append(r.intakeSections(role), r.careSections(role)...)
}

// intakeSections are those of signals, duty and the directory.
func (r *Rooms) intakeSections(role access.Role) []sectionOf {
	switch role {
	case access.DutyOfficer:
		return []sectionOf{r.calls, r.heldSignals, r.waitingSignals, r.seatless}
	case access.Supervisor:
		return []sectionOf{r.calls, r.waitingSignals, r.putRight}
	case access.HotlineOperator:
		return []sectionOf{r.raiseNow, r.waitingSignals}
	case access.FocalPoint, access.Police, access.Immigration, access.Prosecutor, access.Court:
		return []sectionOf{r.raiseNow}
	case access.ServiceProvider:
		return []sectionOf{r.ownPlaces, r.putRight}
	case access.Coordinator:
		return []sectionOf{r.uncovered, r.bringing, r.oldWords, r.putRight}
	}
	return nil
}

type workView struct {
	view
	Parts         []Section
	Next          []Step
	Waiting, Late int
	BackupID      string // of the call that one tap makes; "" where nobody calls
	Officer       string // the code of who is on duty, to be given to the police
}

// work is the page of the day: what waits, what is late, the next step.
func (r *Rooms) work(c *shell.Context) error {
	v := workView{view: r.view(c)}
	if c.Who.Post.Role == access.DutyOfficer {
		v.Officer = officerCode(c.Who.Account)
	}
	if c.May(access.BackupCall, access.Object{Kind: access.BackupKind, Owner: c.Who.Post.Org}) {
		v.BackupID = ids.New[ids.Backup]().String()
	}
	parts, err := together(c, r.sections(c.Who.Post.Role))
	if err != nil {
		return err
	}
	v.Parts = parts
	for _, part := range parts {
		v.Waiting += part.Waiting
		v.Late += part.Late
	}
	v.Next = first(parts)
	return c.Page(shell.Page{Title: v.T("duty.work"), Body: workPage(v), Section: "duty.nav.work", Wide: true})
}

// first is the one next step of the day: what cannot wait, whoever holds it; then
// one's own, in the order of the day.
func first(parts []Section) []Step {
	var next []Step
	for _, part := range parts {
		switch {
		case part.Next == (Step{}):
		case part.Alarm:
			return []Step{part.Next}
		case next == nil:
			next = []Step{part.Next}
		}
	}
	return next
}

// together makes the sections side by side: each waits for lists and for the log
// of who read them, and one wait is shorter than five. They only read c.
func together(c *shell.Context, all []sectionOf) ([]Section, error) {
	parts, errs, broken := make([]Section, len(all)), make([]error, len(all)), make([]any, len(all))
	var wait sync.WaitGroup
	for i, section := range all {
		wait.Go(func() {
			defer func() { broken[i] = recover() }()
			parts[i], errs[i] = section(c)
		})
	}
	wait.Wait()
	for _, one := range broken {
		if one != nil {
			panic(one) // where the shell answers it
		}
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// note says how much of a section waits and how much is late.
func (v workView) note(s Section) string {
	if s.Waiting == 0 {
		return ""
	}
	note := v.T("duty.waiting", "Count", s.Waiting)
	if s.Over {
		note = v.T("duty.waiting.over", "Count", s.Waiting)
	}
	if s.Late > 0 {
		note += ", " + v.T("duty.late", "Count", s.Late)
	}
	return note
}

// empty is what a section without anything says.
func (v workView) empty(s Section) string {
	if s.Body != nil {
		return ""
	}
	return s.Empty
}

// raiseNow is the whole day of those who only report.
func (r *Rooms) raiseNow(c *shell.Context) (Section, error) {
	v := r.view(c)
	return Section{ID: "raise", Title: v.T("signal.home.raise"), Body: raiseLinks(v), Next: Step{v.T("signal.title"), "/signal"}}, nil
}
