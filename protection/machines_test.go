package protection

import (
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// The machines as tables: every state × every verb, with the state that
// follows or the refusal. Read testdata/machine_*.txt as the law of this room.

func TestMachineSignal(t *testing.T) {
	me, other := ids.New[ids.Account](), ids.New[ids.Account]()
	rows := [][]string{{"signal", "take", "triage"}}
	for _, state := range []SignalState{Received, Taken, Triaged} {
		s := Signal{ID: ids.New[ids.Signal](), State: state}
		if state != Received {
			s.TakenBy = other
		}
		taken, err1 := s.take(me, noon())
		triaged, err2 := s.triage(Triage{Level: Red}, me, noon())
		rows = append(rows, []string{string(state), outcome(string(taken.State), err1), outcome(string(triaged.State), err2)})
		if err2 == nil && triaged.TakenBy.IsZero() {
			t.Errorf("%s: triaged and taken by nobody", state)
		}
	}
	golden(t, "machine_a_signal.txt", rows)
}

func outcome(state string, err error) string {
	switch {
	case says(err, "", "fault.plan.closed"):
		return "-"
	case says(err, "", "fault.state.not_now"):
		return "-"
	case err != nil:
		return refusal(err)
	}
	return state
}

// TestMachineA walks every situation a case can come into, from triage on, and
// every verb in each.
func TestMachineA(t *testing.T) {
	judge, second := ids.New[ids.Account](), ids.New[ids.Account]()
	name := func(c Case) string {
		text := string(c.State)
		if c.State == Suspended {
			text += ", from " + string(c.Halt.From)
		}
		if c.Ratification != NoRatification {
			text += ", " + string(c.Verdict) + " " + string(c.Ratification)
		}
		return text
	}
	verdict := func(v Verdict) func(Case) (Case, error) {
		return func(c Case) (Case, error) {
			return c.judged(Judge{Verdict: v, Reason: "NO_INDICATION"}, judge, noon(), noon().Add(24*time.Hour))
		}
	}
	verbs := []struct {
		name string
		do   func(Case) (Case, error)
	}{
		{"begin", func(c Case) (Case, error) { return c.screen(noon()) }},
		{"judge PRESUME", verdict(Presume)}, {"judge NOT_TIP", verdict(NotIndicated)}, {"judge INSUFFICIENT", verdict(Insufficient)},
		{"ratify", func(c Case) (Case, error) { return c.ratify(Ratify{}, second, noon()) }},
		{"return", func(c Case) (Case, error) { return c.ratify(Ratify{Return: true}, second, noon()) }},
		{"ratify one's own", func(c Case) (Case, error) { return c.ratify(Ratify{}, judge, noon()) }},
		{"leave", func(c Case) (Case, error) { return c.leave(Leave{Reason: "FEAR"}, noon()) }},
		{"a child leaves", func(c Case) (Case, error) { c.Child = true; return c.leave(Leave{Reason: "FEAR"}, noon()) }},
		{"assign", func(c Case) (Case, error) { return c.assign(Assign{Screener: second}) }},
		{"assess", func(c Case) (Case, error) { c.Manager = second; return c.assess(Orange, noon()) }},
		{"agree", func(c Case) (Case, error) { return c.plan(false, noon()) }},
		{"agree, a service begun", func(c Case) (Case, error) { return c.plan(true, noon()) }},
		{"first service", func(c Case) (Case, error) {
			if err := c.servable(); err != nil {
				return c, err
			}
			return c.assist(noon()), nil
		}},
		{"return", func(c Case) (Case, error) { return c.advance(InReturn, noon()) }},
		{"does not leave", func(c Case) (Case, error) { return c.stay(Homecoming{}, noon()) }},
		{"reintegrate", func(c Case) (Case, error) { return c.advance(InReintegration, noon()) }},
		{"monitor", func(c Case) (Case, error) { return c.advance(InMonitoring, noon()) }},
		{"close", func(c Case) (Case, error) { return c.close("TRANSFERRED", noon()) }},
		{"close a duplicate", func(c Case) (Case, error) { return c.close("DUPLICATE", noon()) }},
		{"lose", func(c Case) (Case, error) { return c.lose(noon()) }},
		{"reopen", func(c Case) (Case, error) { return c.reopen(noon()) }},
		{"suspend", func(c Case) (Case, error) { return c.suspend("WATCHED", nil, noon()) }},
		{"lift", func(c Case) (Case, error) { return c.lift(noon()) }},
		{"assess, followed by nobody", func(c Case) (Case, error) { c.Manager = ids.Account{}; return c.assess(Orange, noon()) }},
	}
	rows := [][]string{{"case"}}
	for _, v := range verbs {
		rows[0] = append(rows[0], v.name)
	}
	seen := map[string]bool{}
	waiting := []Case{{State: InTriage, Status: Potential}}
	for len(waiting) > 0 {
		c := waiting[0]
		waiting = waiting[1:]
		if seen[name(c)] {
			continue
		}
		seen[name(c)] = true
		row := []string{name(c)}
		for _, v := range verbs {
			next, err := v.do(c)
			row = append(row, outcome(name(next), err))
			if err == nil {
				waiting = append(waiting, next)
				upholds(t, v.name, c, next)
			}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int {
		return slices.Index(CaseStates[:], stateOf(a[0])) - slices.Index(CaseStates[:], stateOf(b[0]))
	})
	golden(t, "machine_a_case.txt", rows)
}

func stateOf(name string) CaseState {
	state, _, _ := strings.Cut(name, ",")
	return CaseState(state)
}

// upholds checks what must be true after every move of a case.
func upholds(t *testing.T, verb string, before, after Case) {
	t.Helper()
	if after.Ratification == Ratified && after.PresumedBy == after.RatifiedBy {
		t.Errorf("%s: one person alone decided", verb)
	}
	if after.State == NotTIP && (after.Ratification != Ratified || after.Verdict != NotIndicated || after.Reason == "") {
		t.Errorf("%s: not indicated without two persons and a reason", verb)
	}
	if after.State != before.State && !after.Since.Equal(noon()) {
		t.Errorf("%s: nobody knows since when it is %s", verb, after.State)
	}
	if after.Status != before.Status && !before.Status.May(after.Status) {
		t.Errorf("%s: machine B has no move from %s to %s", verb, before.Status, after.Status)
	}
	if after.State == Suspended && after.Halt.From != before.standing() || before.State == Suspended && after.State != Suspended && (verb != "lift" || after.State != before.Halt.From || after.Halt.From != "") {
		t.Errorf("%s: suspended from %s, back to %s", verb, before.standing(), after.State)
	}
	if (after.State == Suspended) != (after.Halt.From != "") {
		t.Errorf("%s: %s, and to go back to %q", verb, after.State, after.Halt.From)
	}
	if before.State == Suspended && after.State.Over() {
		t.Errorf("%s: closed while nobody may reach her", verb)
	}
	if before.standing().Served() && !after.standing().Served() && !after.State.Over() {
		t.Errorf("%s: services were closed again", verb)
	}
	if before.State == InAssessment && after.State == Presumed {
		t.Errorf("%s: an assessment was undone", verb)
	}
	if before.State == Planned && (after.State == Presumed || after.State == InAssessment) {
		t.Errorf("%s: what she agreed to was undone", verb)
	}
	if before.State == InAssistance && after.State.Served() && after.State != InAssistance && !after.State.After() {
		t.Errorf("%s: assistance ended", verb)
	}
	if before.State.After() && after.State.Served() && !after.State.After() && !(before.State == InReturn && verb == "does not leave") {
		t.Errorf("%s: what comes after help was undone", verb)
	}
	if after.State == Closed && after.Reason == "" {
		t.Errorf("%s: closed without a reason", verb)
	}
}

// TestMachinePlan walks every state of a plan and every verb in each.
func TestMachinePlan(t *testing.T) {
	r := burundi(t)
	writer, second := ids.New[ids.Account](), ids.New[ids.Account]()
	goal := ids.New[ids.Goal]()
	rows := [][]string{{"plan", "write", "add a step", "end a step", "agree", "approve", "send back", "approve one's own"}}
	for _, state := range PlanStates {
		p := Plan{State: state, By: writer, Goals: []Goal{{ID: goal}}, Steps: []Step{{ID: ids.New[ids.Step](), Goal: goal, Due: today()}}}
		row := []string{string(state)}
		for _, step := range []func() (Plan, error){
			func() (Plan, error) {
				return p.write(WritePlan{Goals: []Wish{{goal, "A trade."}}, Track: Standard}, writer, noon())
			},
			func() (Plan, error) {
				return p.add(AddStep{ID: ids.New[ids.Step](), Goal: goal, Due: today()}, writer, noon())
			},
			func() (Plan, error) { return p.end(0, EndStep{End: "DONE"}, writer, noon()) },
			func() (Plan, error) { return p.agree(Agree{Day: today()}, writer, noon(), r), nil },
			func() (Plan, error) { return p.approve(Approve{}, second, noon()) },
			func() (Plan, error) {
				return p.approve(Approve{Return: true, Words: "Who goes with her?"}, second, noon())
			},
			func() (Plan, error) { return p.approve(Approve{}, writer, noon()) },
		} {
			next, err := step()
			row = append(row, outcome(string(next.State), err))
			if next = next.ahead(r, noon()); err == nil && (next.State == AgreedTo) == next.Answer.IsZero() {
				t.Errorf("%s to %s: a second person is waited for until %s", state, next.State, next.Answer)
			}
			if err == nil && next.State == Approved && next.AnsweredBy == next.By {
				t.Errorf("%s: one person alone approved", state)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_plan.txt", rows)
}

func TestMachineScreening(t *testing.T) {
	rows := [][]string{{"screening", "listen", "stop", "judge", "resume", "resume when sent back"}}
	for _, s := range []Screening{{State: ScreeningOpen}, {State: ScreeningOpen, Verdict: Presume}, {State: ScreeningStopped}, {State: ScreeningDecided, Verdict: Presume}} {
		state := string(s.State)
		if s.State == ScreeningOpen && s.Verdict != NoVerdict {
			state += " AGAIN"
		}
		s.DecidedAt = noon()
		heard, err1 := s.listen(Listen{Profile: Labour})
		stopped, err2 := s.stop(noon())
		judged, err3 := s.judge(Judge{Verdict: Presume}, ids.New[ids.Account](), noon())
		resumed, err4 := s.resume(Case{State: Presumed, Ratification: Waiting, PresumedAt: noon()})
		back, err5 := s.resume(Case{State: Presumed, Ratification: Returned, PresumedAt: noon()})
		rows = append(rows, []string{state, outcome(string(heard.State), err1), outcome(string(stopped.State), err2), outcome(string(judged.State), err3),
			outcome(string(resumed.State), err4), outcome(string(back.State), err5)})
		if _, err := s.resume(Case{State: Presumed, Ratification: Returned, PresumedAt: noon().Add(time.Hour)}); err == nil {
			t.Errorf("%s: taken up again for a decision of another conversation", state)
		}
	}
	golden(t, "machine_screening.txt", rows)
}

// Nothing follows a confirmation; a refusal is always open to review (PROCESS.md §2.4).
func TestMachineB(t *testing.T) {
	rows := [][]string{{"from \\ to"}}
	for _, to := range Statuses {
		rows[0] = append(rows[0], string(to))
	}
	for _, from := range Statuses {
		row := []string{string(from)}
		for _, to := range Statuses {
			cell := "-"
			if from.May(to) {
				cell = "may"
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	golden(t, "machine_b.txt", rows)
	if Status("").May(StatusPresumed) {
		t.Error("a status that is none moves")
	}
}

func TestMachineC(t *testing.T) {
	to := ids.New[ids.Org]()
	rows := [][]string{{"consent", "withdraw", "its day is past", "its day is to come", "no day", "lets a packet go"}}
	for _, state := range []ConsentState{NotAskedYet, Given, Refused, Withdrawn, Expired, Superseded, Overridden, ""} {
		k := Consent{State: state, Purpose: P3ShareReferral, Recipient: to, Scope: []string{"minimum"}}
		back, err := k.withdraw(ids.New[ids.Account](), noon())
		row := []string{outcome(string(back.State), err)}
		for _, end := range []time.Time{noon(), noon().Add(1), {}} {
			k.Expires = end
			over, err := k.expire(noon())
			row = append(row, outcome(string(over.State), err))
		}
		covers := "no"
		if k.Covers(P3ShareReferral, to, []string{"minimum"}, noon()) {
			covers = "yes"
		}
		name := string(state)
		if name == "" {
			name = "(zero)"
		}
		rows = append(rows, append(append([]string{name}, row...), covers))
	}
	golden(t, "machine_c.txt", rows)
}

func TestMachineE(t *testing.T) {
	me := ids.New[ids.Account]()
	rows := [][]string{{"referral", "acknowledge", "accept", "decline", "cancel", "lapse (late)", "lapse (in time)", "arrive", "absent (late)", "absent (in time)", "ask more", "answer more",
		"interrupt", "go on", "complete", "feed back", "conclude", "burn (late)", "burn (in time)"}}
	for _, state := range ReferralStates {
		r := Referral{State: state, AckBy: noon(), Arrival: noon(), Packet: Packet{Sex: "F"}, Asks: []Ask{{Field: "diet", At: noon()}}}
		var row []string
		for _, step := range []func() (Referral, error){
			func() (Referral, error) { return r.acknowledge(noon()) },
			func() (Referral, error) { return r.accept(Accept{Arrival: noon()}, me, noon()) },
			func() (Referral, error) { return r.decline(Decline{Reason: "NO_FUNDS"}, me, noon()) },
			func() (Referral, error) { return r.cancel(Cancel{Reason: "SENT_IN_ERROR"}, me, noon()) },
			func() (Referral, error) { return r.lapse(noon()) },
			func() (Referral, error) { return r.lapse(noon().Add(-time.Minute)) },
			func() (Referral, error) { return r.arrive(noon()) },
			func() (Referral, error) { return r.absent(me, noon()) },
			func() (Referral, error) { return r.absent(me, noon().Add(-time.Minute)) },
			func() (Referral, error) { return r.ask(AskMore{Field: "age", Why: "CARE"}, me, noon()) },
			func() (Referral, error) { return r.answer(AnswerMore{Field: "diet"}, noon()) },
			func() (Referral, error) { return r.interrupt(Interrupt{Reason: "HEALTH"}, noon()) },
			func() (Referral, error) { return r.goOn() },
			func() (Referral, error) { return r.complete(Complete{Outcome: "REACHED"}, noon()) },
			func() (Referral, error) { return r.feedBack() },
			func() (Referral, error) { return r.conclude(noon()) },
			func() (Referral, error) { return r.burn(noon(), noon()) },
			func() (Referral, error) { return r.burn(noon().Add(time.Minute), noon()) },
		} {
			next, err := step()
			if err == nil && !next.BurntAt.IsZero() && (next.Packet.Sex != "" || next.Asks != nil) {
				t.Errorf("%s burnt: something of the packet stays", state)
			}
			row = append(row, outcome(string(next.State), err))
			if err == nil && next.State.Over() && (next.Packet.Sex != "" || next.Asks != nil) {
				t.Errorf("%s to %s: something of the packet stays", state, next.State)
			}
			if err == nil && next.State.Over() && next.AnsweredAt.IsZero() {
				t.Errorf("%s to %s: nobody knows when", state, next.State)
			}
		}
		rows = append(rows, append([]string{string(state)}, row...))
	}
	golden(t, "machine_e.txt", rows)
}

// A referral leaves from a presumed case; in an emergency also before any screening.
func TestMachineARefers(t *testing.T) {
	r := burundi(t)
	w := access.Who{Account: ids.New[ids.Account]()}
	rows := [][]string{{"case", "refer", "refer in an emergency"}}
	for _, state := range CaseStates {
		c, to, k := sendable(r)
		c.State = state
		_, err1 := c.refer(Refer{Need: to.Need}, to, k, w, noon(), r)
		_, err2 := c.refer(Refer{Need: to.Need, Emergency: true}, to, k, w, noon(), r)
		rows = append(rows, []string{string(state), refusal(err1), refusal(err2)})
	}
	golden(t, "machine_a_refer.txt", rows)
}
