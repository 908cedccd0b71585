package protection

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/ids"
)

func TestStandCheck(t *testing.T) {
	r := burundi(t)
	good := Stand{Kind: Trusted, Relation: "SOCIAL_WORKER", Name: "Somebody Invented", Agreed: Yes, Involved: No}
	for name, row := range map[string]struct {
		change func(*Stand)
		want   string
	}{
		"as it should be":                  {func(*Stand) {}, "ok"},
		"nobody asked the child":           {func(c *Stand) { c.Agreed = Unknown }, "ok"},
		"no name":                          {func(c *Stand) { c.Name = " " }, "name: fault.text.missing"},
		"no relation":                      {func(c *Stand) { c.Relation = "" }, "relation: fault.choice.missing"},
		"a relation of no list":            {func(c *Stand) { c.Relation = "BOSS" }, "relation: fault.code.unknown"},
		"who recruited":                    {func(c *Stand) { c.Involved = Yes }, "involved: fault.guardian.involved"},
		"nobody knows":                     {func(c *Stand) { c.Involved = Unknown }, "involved: fault.guardian.unasked"},
		"nobody asked":                     {func(c *Stand) { c.Involved = NotAsked }, "involved: fault.guardian.unasked"},
		"would rather not say":             {func(c *Stand) { c.Involved = Skipped }, "involved: fault.guardian.unasked"},
		"the child says no":                {func(c *Stand) { c.Agreed = No }, "why: fault.text.missing"},
		"the child says no, with a reason": {func(c *Stand) { c.Agreed, c.Why = No, "Nobody else until tomorrow." }, "ok"},
		"no kind":                          {func(c *Stand) { c.Kind = "" }, "kind: fault.choice.missing"},
		"appointed by nobody":              {func(c *Stand) { c.Kind = Appointed }, "authority: fault.choice.missing"},
		"appointed":                        {func(c *Stand) { c.Kind, c.Authority = Appointed, "COURT" }, "ok"},
	} {
		c := good
		row.change(&c)
		if got := refusal(c.Check(r)); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}

// Machine D: every state × every move, and what each keeps (PROCESS.md §2.6).
func TestMachineD(t *testing.T) {
	r := burundi(t)
	rows := [][]string{{"reflection \\ to"}}
	for _, to := range ReflectionStates {
		rows[0] = append(rows[0], string(to))
	}
	by, of := ids.New[ids.Account](), Case{ID: ids.New[ids.Case](), State: Presumed}
	for _, from := range append([]ReflectionState{""}, ReflectionStates[:]...) {
		row := []string{string(from)}
		if from == "" {
			row[0] = "(nothing said)"
		}
		before := Reflection{Case: of.ID, State: from}
		if from.Runs() {
			before.Offered, before.From, before.Until = noon(), noon(), noon().AddDate(0, 0, 90)
		}
		for _, to := range ReflectionStates {
			after, err := before.move(of, Reflect{To: to, Why: "X"}, r, by, noon())
			row = append(row, outcome(string(after.State), err))
			if err != nil {
				continue
			}
			switch {
			case after.State != to || after.By != by || !after.At.Equal(noon()):
				t.Errorf("%q to %s: %+v", from, to, after)
			case to != NotOffered && after.Offered.IsZero():
				t.Errorf("%q to %s: never offered", from, to)
			case to.Runs() && !after.Until.After(noon().AddDate(0, 0, 29)):
				t.Errorf("%q to %s: it runs until %s", from, to, after.Until)
			case (after.Why == "") != (to != NotOffered && to != ThoughtOut):
				t.Errorf("%q to %s: reason %q", from, to, after.Why)
			case to == ThinkingOn && !after.Until.Equal(before.Until.AddDate(0, 0, 90)):
				t.Errorf("extended to %s", after.Until)
			}
			child := of
			child.Child = true
			if after, _ := before.move(child, Reflect{To: to, Why: "X"}, r, by, noon()); to.Runs() && !after.Until.IsZero() {
				t.Errorf("%q to %s: a child's ends", from, to)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_d.txt", rows)
	for _, state := range CaseStates {
		_, err := Reflection{}.move(Case{State: state}, Reflect{To: Offered}, r, by, noon())
		if (err == nil) != state.Served() {
			t.Errorf("offered in %s: %v", state, err)
		}
	}
}

// Each move of a case sets and ends what it should, and nothing else.
func TestTasksOfACase(t *testing.T) {
	r := burundi(t)
	somebody := ids.New[ids.Account]()
	for name, row := range map[string]struct {
		before, after Case
		set, done     []string
	}{
		"an adult is met":            {Case{}, Case{State: InTriage}, nil, nil},
		"a child is met":             {Case{}, Case{State: InTriage, Child: true}, []string{"trusted.adult", "guardian.target"}, nil},
		"she turns out to be one":    {Case{State: InScreening}, Case{State: Presumed, Child: true, Manager: somebody}, []string{"trusted.adult", "guardian.target", "assessment.max"}, []string{"presumption.max"}},
		"she turns out to be adult":  {Case{State: InScreening, Child: true}, Case{State: InScreening}, nil, []string{"trusted.adult", "guardian.target"}},
		"presumed, held by nobody":   {Case{State: InScreening}, Case{State: Presumed}, []string{"owner.assigned", "assessment.max"}, []string{"presumption.max"}},
		"in danger, not assessed":    {Case{State: InScreening, Level: Red}, Case{State: Presumed, Level: Red, Manager: somebody}, []string{"safety_plan.red", "assessment.max"}, []string{"presumption.max"}},
		"the danger is less":         {Case{State: Presumed, Level: Red, Manager: somebody}, Case{State: Presumed, Level: Orange, Manager: somebody}, nil, []string{"safety_plan.red"}},
		"the danger is greater":      {Case{State: Presumed, Manager: somebody}, Case{State: Presumed, Level: Red, Manager: somebody}, []string{"safety_plan.red"}, nil},
		"assessed in danger":         {Case{State: Presumed, Level: Red, Manager: somebody}, Case{State: InAssessment, Level: Red, Manager: somebody}, []string{"plan.max"}, []string{"safety_plan.red", "assessment.max"}},
		"somebody holds it":          {Case{State: Presumed}, Case{State: Presumed, Manager: somebody}, nil, []string{"owner.assigned"}},
		"assessed":                   {Case{State: Presumed, Manager: somebody}, Case{State: InAssessment, Manager: somebody}, []string{"plan.max"}, []string{"assessment.max"}},
		"a plan is agreed":           {Case{State: InAssessment, Manager: somebody}, Case{State: Planned, Manager: somebody}, []string{"service.first"}, []string{"plan.max"}},
		"a return":                   {Case{State: InAssistance, Manager: somebody}, Case{State: InReturn, Manager: somebody}, []string{"risk.change"}, nil},
		"reintegration":              {Case{State: InReturn, Manager: somebody}, Case{State: InReintegration, Manager: somebody}, []string{"risk.change"}, nil},
		"monitoring":                 {Case{State: InReintegration, Manager: somebody}, Case{State: InMonitoring, Manager: somebody}, []string{"risk.change"}, nil},
		"nothing of it changes":      {Case{State: InAssessment, Child: true}, Case{State: InAssessment, Child: true, Level: Red}, nil, nil},
		"a second look at the child": {Case{State: InTriage, Child: true}, Case{State: InScreening, Child: true}, []string{"presumption.max"}, nil},
	} {
		set, done := r.tasks(row.before, row.after, noon())
		var sets, dones []string
		for _, x := range set {
			sets = append(sets, x.Key)
			if !x.From.Equal(noon()) || !x.Due.After(noon()) || x.Due.After(noon().Add(15*24*time.Hour)) {
				t.Errorf("%s: %s from %s to %s", name, x.Key, x.From, x.Due)
			}
		}
		for _, x := range done {
			dones = append(dones, x.Key)
		}
		if !slices.Equal(sets, row.set) || !slices.Equal(dones, row.done) {
			t.Errorf("%s: sets %v, ends %v", name, sets, dones)
		}
	}
}
