package protection

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/ids"
)

// What asks for a contact waits; what protects without her goes on. Every clock that
// the pillar sets is named here once.
func TestWhichClocksWaitWhileSuspended(t *testing.T) {
	held := map[string]bool{"visit.next": true, "lost.contact": true, "reintegration.start": true, "assessment.max": true, "plan.max": true, "presumption.max": true, "safety_plan.red": true,
		"service.first": true, "monitoring.1": true, "monitoring.2": true, "monitoring.3": true, "monitoring.4": true, "monitoring.school": true,
		"risk.reassess": false, "risk.change": false, "before.hearing": false, "before.media": false, "before.return": false, "panel.review": false,
		"guardian.target": false, "trusted.adult": false, "owner.assigned": false, "missing.red": false, "missing.other": false,
		"approval.confirm": false, "closure.answer": false, "reflection.rec": false, "safety.review": false}
	id := ids.New[ids.Case]()
	var all []Task
	for key := range held {
		all = append(all, Task{Case: id, Key: key, From: noon().Add(-48 * time.Hour), Due: noon().Add(24 * time.Hour)})
	}
	c, err := Case{ID: id, State: InMonitoring}.suspend("WATCHED", all, noon())
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range held {
		if got := slices.ContainsFunc(c.Halt.Held, func(x Task) bool { return x.Key == key }); got != want {
			t.Errorf("%s is held: %t, want %t", key, got, want)
		}
	}
	// Lifted after five days each is due five days later, from where it began.
	for _, x := range c.Halt.resumed(c.Since, noon().Add(120*time.Hour)) {
		if !x.Due.Equal(noon().Add(144*time.Hour)) || !x.From.Equal(noon().Add(-48*time.Hour)) {
			t.Errorf("%s goes on from %s to %s", x.Key, x.From, x.Due)
		}
	}
	// Said again, what came up meanwhile waits too, once.
	again, err := c.suspend("THREAT", []Task{{Case: id, Key: "visit.next", From: noon(), Due: noon()}}, noon().Add(time.Hour))
	if err != nil || again.Halt.Why != "THREAT" || len(again.Halt.Held) != len(c.Halt.Held) || !again.Since.Equal(c.Since) || again.Halt.From != InMonitoring {
		t.Errorf("said again: %+v, %v", again.Halt, err)
	}
}

// While a contact is a danger no contact is noted, of whatever result; danger may be
// weighed without her.
func TestNoContactWhileSuspended(t *testing.T) {
	r := burundi(t)
	for _, state := range CaseStates {
		c, err := Case{State: state, Manager: ids.New[ids.Account]()}.suspend("WATCHED", nil, noon())
		if state.Over() != (err != nil) || state == Suspended {
			if state != Suspended {
				t.Errorf("%s: suspended: %v", state, err)
			}
			continue
		}
		if state.Over() {
			continue
		}
		if err := c.visitable(KeepVisit{Moment: otherwise}, nil, nil, r, noon()); !says(err, "", "fault.suspended") {
			t.Errorf("%s: a contact: %v", state, err)
		}
		next, err := c.assess(Red, noon())
		if want := state.Served() && state != Presumed; (err == nil) != want || err == nil && (next.State != Suspended || next.Level != Red) {
			t.Errorf("%s: weighed: %+v, %v", state, next.State, err)
		}
		if set, done := r.tasks(Case{ID: c.ID, State: state, Manager: c.Manager}, c, noon()); len(set)+len(done) > 0 {
			t.Errorf("%s: suspending sets %v and ends %v", state, set, done)
		}
	}
}

func TestWhySuspended(t *testing.T) {
	r := burundi(t)
	for _, one := range []struct {
		c     Suspend
		field string
		key   string
	}{{Suspend{}, "reason", "fault.choice.missing"}, {Suspend{Reason: "MOVED"}, "reason", "fault.code.unknown"}, {Suspend{Lift: true}, "lifted", "fault.choice.missing"},
		{Suspend{Lift: true, Reason: "WATCHED"}, "lifted", "fault.code.unknown"}} {
		if err := one.c.Check(r); !says(err, one.field, one.key) {
			t.Errorf("%+v: %v", one.c, err)
		}
	}
	for _, ok := range []Suspend{{Reason: "WATCHED"}, {Lift: true, Reason: "MOVED"}} {
		if err := ok.Check(r); err != nil {
			t.Errorf("%+v: %v", ok, err)
		}
	}
}
