package protection

import (
	"strings"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Two persons stand behind every erasure, whoever began: every state, every verb,
// by whoever stands behind it and by somebody else.
func TestMachineErasure(t *testing.T) {
	me, other := ids.New[ids.Account](), ids.New[ids.Account]()
	rows := [][]string{{"erasure", "approve", "approve one's own", "decline", "decline one's own", "withdraw", "withdraw another's"}}
	for _, state := range ErasureStates {
		x := Erasure{State: state, By: other}
		if state == ErasureProposed {
			x.By = ids.Account{}
		}
		row := []string{string(state)}
		for _, try := range []func() (Erasure, error){
			func() (Erasure, error) { return x.approve(me, noon()) }, func() (Erasure, error) { return x.approve(other, noon()) },
			func() (Erasure, error) { return x.decline("LAW", me, noon()) }, func() (Erasure, error) { return x.decline("LAW", other, noon()) },
			func() (Erasure, error) { return x.withdraw(other, noon()) }, func() (Erasure, error) { return x.withdraw(me, noon()) },
		} {
			after, err := try()
			row = append(row, outcome(string(after.State), err))
			if err == nil && after.State == ErasureDone && (after.By.IsZero() || after.AnsweredBy.IsZero() || after.By == after.AnsweredBy) {
				t.Errorf("%s: done by one person alone", state)
			}
			if err == nil && !after.State.Waits() && after.AnsweredAt.IsZero() {
				t.Errorf("%s: nobody knows when it was answered", state)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_erasure.txt", rows)
}

// Nothing is erased while a case of hers is open or a hold stands, and a hold that
// is lifted or over forbids nothing.
func TestWhatForbidsAnErasure(t *testing.T) {
	hold := Hold{Until: noon().Add(time.Hour)}
	lifted, over := hold, hold
	lifted.LiftedAt, over.Until = noon(), noon()
	for name, one := range map[string]struct {
		s    Standing
		want string
	}{
		"nothing":       {Standing{}, ""},
		"closed":        {Standing{Cases: []CaseState{Closed, NotTIP}}, ""},
		"held":          {Standing{Cases: []CaseState{Closed}, Holds: []Hold{over, hold}}, "fault.erasure.held"},
		"lifted":        {Standing{Cases: []CaseState{Closed}, Holds: []Hold{lifted}}, ""},
		"over":          {Standing{Cases: []CaseState{Closed}, Holds: []Hold{over}}, ""},
		"another, open": {Standing{Cases: []CaseState{Closed, InTriage}}, "fault.erasure.open"},
	} {
		if err := one.s.clear(noon()); (err == nil) != (one.want == "") || err != nil && fault.Of(err).Key != one.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, state := range CaseStates {
		err := Standing{Cases: []CaseState{state}}.clear(noon())
		if (err == nil) != state.Over() {
			t.Errorf("%s: %v", state, err)
		}
	}
	if _, err := lifted.lift(ids.New[ids.Account](), noon()); err == nil {
		t.Error("lifted twice")
	}
	if h, err := hold.lift(ids.New[ids.Account](), noon()); err != nil || h.Stands(noon()) {
		t.Errorf("lifted, and it stands: %v", err)
	}
	if (Case{State: Erased}).State.Served() || !Erased.Over() {
		t.Error("an erased case is worked on")
	}
	if _, err := (Case{State: Erased}).reopen(noon()); err == nil {
		t.Error("an erased case was opened again")
	}
}

// She asks after all of it was explained; for a child somebody who may decide asks,
// and she agrees.
func TestAskErasureCheck(t *testing.T) {
	r := burundi(t)
	good := AskErasure{Reason: "AFRAID", Given: "SELF", Told: r.list("erasure_told")}
	child := good
	child.Given, child.Assent = "GUARDIAN", Yes
	child.Guardian, child.Involved = ids.New[ids.Guardian](), No
	if err := good.Check(r, false); err != nil {
		t.Fatal(err)
	}
	if err := child.Check(r, true); err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		of     AskErasure
		child  bool
		change func(*AskErasure)
		field  string
	}{
		"no reason":                {good, false, func(c *AskErasure) { c.Reason = "" }, "reason"},
		"an unknown reason":        {good, false, func(c *AskErasure) { c.Reason = "X" }, "reason"},
		"not all explained":        {good, false, func(c *AskErasure) { c.Told = c.Told[1:] }, "told"},
		"nobody asked":             {good, false, func(c *AskErasure) { c.Given = "" }, "given"},
		"another for an adult":     {good, false, func(c *AskErasure) { c.Given = "GUARDIAN" }, "given"},
		"a child alone":            {child, true, func(c *AskErasure) { c.Given = "SELF" }, "given"},
		"the suspected trafficker": {child, true, func(c *AskErasure) { c.Involved = Yes }, "involved"},
		"a carer nobody named":     {child, true, func(c *AskErasure) { c.Guardian = ids.Guardian{} }, "guardian"},
		"the carer, unasked":       {child, true, func(c *AskErasure) { c.Involved = NotAsked }, "involved"},
		"the authority, no reason": {child, true, func(c *AskErasure) { c.Given = "AUTHORITY" }, "carer_away"},
		"a child does not agree":   {child, true, func(c *AskErasure) { c.Assent = No }, "assent"},
		"a child was not asked":    {child, true, func(c *AskErasure) { c.Assent = NotAsked }, "assent"},
		"something made up, told":  {good, false, func(c *AskErasure) { c.Told = append([]string{"X"}, c.Told...) }, "told"},
	} {
		c := one.of
		one.change(&c)
		if err := c.Check(r, one.child); err == nil || !strings.Contains(fieldsOf(err), one.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPlaceHoldCheck(t *testing.T) {
	r := burundi(t)
	today := today()
	for name, one := range map[string]struct {
		c    PlaceHold
		want string
	}{
		"good":        {PlaceHold{Why: "COMPLAINT", Until: today.Add(30)}, ""},
		"today":       {PlaceHold{Why: "COMPLAINT", Until: today}, ""},
		"yesterday":   {PlaceHold{Why: "COMPLAINT", Until: today.Add(-1)}, "until"},
		"for ever":    {PlaceHold{Why: "COMPLAINT", Until: today.Add(9999)}, "until"},
		"no day":      {PlaceHold{Why: "COMPLAINT"}, "until"},
		"no reason":   {PlaceHold{Until: today}, "why"},
		"made up why": {PlaceHold{Why: "X", Until: today}, "why"},
	} {
		if err := one.c.Check(r, today); (err == nil) != (one.want == "") || err != nil && fieldsOf(err) != one.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Two persons open a case: every state, every verb, by who asked and by somebody
// else; an hour and not a moment more; nobody opens what no case has.
func TestMachineGlass(t *testing.T) {
	me, other := ids.New[ids.Account](), ids.New[ids.Account]()
	rows := [][]string{{"glass", "grant", "grant one's own", "end", "end one's own", "end after the hour"}}
	for _, state := range GlassStates {
		x := Glass{State: state, By: other, Case: ids.New[ids.Case](), Until: noon().Add(time.Hour)}
		row := []string{string(state)}
		for _, try := range []func() (Glass, error){
			func() (Glass, error) { return x.grant(me, noon()) }, func() (Glass, error) { return x.grant(other, noon()) },
			func() (Glass, error) { return x.end(me, noon()) }, func() (Glass, error) { return x.end(other, noon()) },
			func() (Glass, error) { return x.end(me, noon().Add(time.Hour)) },
		} {
			after, err := try()
			row = append(row, outcome(string(after.State), err))
			if err == nil && after.State != GlassOpen && after.Opens(noon()) {
				t.Errorf("%s: it still opens", after.State)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_glass.txt", rows)
	x, err := (Glass{State: GlassAsked, By: other, Case: ids.New[ids.Case]()}).grant(me, noon())
	if err != nil || !x.Opens(noon()) || !x.Opens(noon().Add(time.Hour-time.Millisecond)) || x.Opens(noon().Add(time.Hour)) {
		t.Errorf("the hour: %+v, %v", x, err)
	}
	if _, err := (Glass{State: GlassAsked, By: other}).grant(me, noon()); fault.Of(err).Key != "fault.glass.code" {
		t.Errorf("no case: %v", err)
	}
	r := burundi(t)
	for name, one := range map[string]struct {
		c    AskGlass
		want string
	}{
		"good": {AskGlass{Code: ids.NewCode(strings.NewReader(strings.Repeat("abc", 99))).String(), Reason: "LIFE"}, ""}, "no code": {AskGlass{Reason: "LIFE"}, "code"},
		"no reason": {AskGlass{Code: ids.NewCode(strings.NewReader(strings.Repeat("abc", 99))).String()}, "reason"}, "neither": {AskGlass{Reason: "X"}, "code reason"},
	} {
		if err := one.c.Check(r); (err == nil) != (one.want == "") || err != nil && fieldsOf(err) != one.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// It is she, and it goes into her own hand.
func TestCopyFileCheck(t *testing.T) {
	for want, c := range map[string]CopyFile{"": {Language: "fr", Checked: true, Safe: true}, "checked": {Language: "fr", Safe: true}, "safe": {Language: "fr", Checked: true},
		"language": {Checked: true, Safe: true}, "checked language safe": {}} {
		if err := c.Check(); (err == nil) != (want == "") || err != nil && fieldsOf(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}
