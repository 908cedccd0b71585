package protection

import (
	"testing"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

func TestWritePlanChecks(t *testing.T) {
	good := WritePlan{Track: Standard, Goals: []Wish{{ids.New[ids.Goal](), "A room of my own."}, {ids.New[ids.Goal](), ""}}}
	more := func(c *WritePlan) {
		c.Goals = nil
		for range MostGoals + 1 {
			c.Goals = append(c.Goals, Wish{ids.New[ids.Goal](), "x"})
		}
	}
	refuses(t, good, func(c WritePlan) error { return c.Check() }, []bad[WritePlan]{
		{"no goal", func(c *WritePlan) { c.Goals = nil }, "goal_1", "fault.plan.goal"},
		{"a goal of blanks", func(c *WritePlan) { c.Goals = []Wish{{Words: " \n"}} }, "goal_1", "fault.plan.goal"},
		{"a goal too long", func(c *WritePlan) { c.Goals = []Wish{{Words: "x"}, {Words: long(2001)}} }, "goal_2", "fault.text.long"},
		{"too many goals", more, "goal_7", "fault.number.range"},
		{"no track", func(c *WritePlan) { c.Track = "" }, "track", "fault.choice.missing"},
		{"a track of no list", func(c *WritePlan) { c.Track = "FOREVER" }, "track", "fault.code.unknown"},
		{"longer, without a reason", func(c *WritePlan) { c.Track, c.Why = Extended, " \n" }, "why", "fault.plan.extended"},
		{"why too long", func(c *WritePlan) { c.Why = long(2001) }, "why", "fault.text.long"},
	})
}

func TestAddStepChecks(t *testing.T) {
	r := burundi(t)
	good := AddStep{ID: ids.New[ids.Step](), Goal: ids.New[ids.Goal](), Need: "VOC", Who: "US", Due: today()}
	refuses(t, good, func(c AddStep) error { return c.Check(r, today()) }, []bad[AddStep]{
		{"no goal", func(c *AddStep) { c.Goal = ids.Goal{} }, "goal", "fault.choice.missing"},
		{"no need", func(c *AddStep) { c.Need = "" }, "need", "fault.choice.missing"},
		{"a need of no list", func(c *AddStep) { c.Need = "x" }, "need", "fault.code.unknown"},
		{"nobody does it", func(c *AddStep) { c.Who = "" }, "who", "fault.choice.missing"},
		{"somebody of no list", func(c *AddStep) { c.Who = "x" }, "who", "fault.code.unknown"},
		{"no day", func(c *AddStep) { c.Due = date.Day{} }, "due", "fault.date.missing"},
		{"yesterday", func(c *AddStep) { c.Due = today().Add(-1) }, "due", "fault.date.past"},
		{"what too long", func(c *AddStep) { c.What = long(2001) }, "what", "fault.text.long"},
	})
	if _, err := (Plan{Goals: []Goal{{ID: ids.New[ids.Goal]()}}}).add(good, ids.Account{}, noon()); !says(err, "goal", "fault.code.unknown") {
		t.Errorf("a goal of another plan: %v", err)
	}
}

func TestEndStepChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, EndStep{End: putOff, Due: today()}, func(c EndStep) error { return c.Check(r, today()) }, []bad[EndStep]{
		{"no answer", func(c *EndStep) { c.End = "" }, "end", "fault.choice.missing"},
		{"an answer of no list", func(c *EndStep) { c.End = "x" }, "end", "fault.code.unknown"},
		{"put off to no day", func(c *EndStep) { c.Due = date.Day{} }, "due", "fault.date.missing"},
		{"put off to yesterday", func(c *EndStep) { c.Due = today().Add(-1) }, "due", "fault.date.past"},
		{"remark too long", func(c *EndStep) { c.Remark = long(2001) }, "remark", "fault.text.long"},
	})
	p := Plan{Steps: []Step{{ID: ids.New[ids.Step](), End: "DONE"}}}
	if _, err := p.end(0, EndStep{End: "NOT_WANTED"}, ids.Account{}, noon()); !says(err, "", "fault.plan.stale") {
		t.Errorf("ended by somebody else: %v", err)
	}
}

func TestAgreeChecks(t *testing.T) {
	r := burundi(t)
	woman := Case{Age: papers(24)}
	written := Plan{At: noon().Add(-3 * 24 * time.Hour)}
	good := Agree{Day: today(), Mode: "THUMBPRINT", Language: "rn", Interpreter: "NOT_NEEDED", GivenBy: "SELF"}
	refuses(t, good, func(c Agree) error { return c.Check(r, woman, written, noon()) }, []bad[Agree]{
		{"no day", func(c *Agree) { c.Day = date.Day{} }, "day", "fault.date.missing"},
		{"tomorrow", func(c *Agree) { c.Day = today().Add(1) }, "day", "fault.date.future"},
		{"before it was written", func(c *Agree) { c.Day = today().Add(-4) }, "day", "fault.plan.before"},
		{"no form", func(c *Agree) { c.Mode = "" }, "mode", "fault.choice.missing"},
		{"a form of no list", func(c *Agree) { c.Mode = "AUDIO" }, "mode", "fault.code.unknown"},
		{"no language", func(c *Agree) { c.Language = "" }, "language", "fault.choice.missing"},
		{"a companion interprets", func(c *Agree) { c.Interpreter = "COMPANION" }, "interpreter", "fault.screening.companion"},
		{"nobody agrees", func(c *Agree) { c.GivenBy = "" }, "given_by", "fault.choice.missing"},
		{"somebody agrees for a woman", func(c *Agree) { c.GivenBy = "GUARDIAN" }, "given_by", "fault.consent.adult_self"},
		{"an assent of no list", func(c *Agree) { c.Assent = "x" }, "assent", "fault.code.unknown"},
	})
	child := Case{Age: papers(13), Child: true}
	good.GivenBy, good.Assent, good.Mode = "GUARDIAN", Yes, "WRITTEN"
	good.Guardian, good.Involved = ids.New[ids.Guardian](), No
	refuses(t, good, func(c Agree) error { return c.Check(r, child, written, noon()) }, []bad[Agree]{
		{"a child of thirteen alone", func(c *Agree) { c.GivenBy = "SELF" }, "given_by", "fault.consent.carer"},
		{"a carer whom nobody wrote down", func(c *Agree) { c.Guardian = ids.Guardian{} }, "guardian", "fault.consent.guardian"},
		{"the suspected trafficker", func(c *Agree) { c.Involved = Yes }, "involved", "fault.consent.involved"},
		{"nobody asked whether the carer had a part", func(c *Agree) { c.Involved = Unknown }, "involved", "fault.guardian.unasked"},
		{"reintegration without a budget", func(c *Agree) { c.Settling, c.Funders = true, []string{"NGO"} }, "cost", "fault.plan.budget"},
		{"reintegration that nobody pays", func(c *Agree) { c.Settling, c.Budget = true, Money{Units: 5000, Currency: "USD"} }, "funders", "fault.choice.missing"},
		{"the guardian without the child", func(c *Agree) { c.Assent = No }, "assent", "fault.consent.written_assent"},
		{"the authority, without saying why", func(c *Agree) { c.GivenBy = "AUTHORITY" }, "carer_away", "fault.choice.missing"},
	})
}

func TestWeighChecks(t *testing.T) {
	r := burundi(t)
	good := Weigh{About: "PLAN", Heard: Yes, Views: "She wants to go to school.", With: []string{"GUARDIAN"}, Result: "School, and the shelter meanwhile."}
	refuses(t, good, func(c Weigh) error { return c.Check(r) }, []bad[Weigh]{
		{"for no decision", func(c *Weigh) { c.About = "" }, "about", "fault.choice.missing"},
		{"for a decision of no list", func(c *Weigh) { c.About = "x" }, "about", "fault.code.unknown"},
		{"nobody says whether she was heard", func(c *Weigh) { c.Heard = NotAsked }, "heard", "fault.choice.missing"},
		{"perhaps heard", func(c *Weigh) { c.Heard = Unknown }, "heard", "fault.code.unknown"},
		{"her view left out", func(c *Weigh) { c.Views = "" }, "views", "fault.text.missing"},
		{"no result", func(c *Weigh) { c.Result = "" }, "result", "fault.text.missing"},
		{"somebody of no list", func(c *Weigh) { c.With = []string{"x"} }, "with", "fault.code.unknown"},
		{"views", func(c *Weigh) { c.Views = long(2001) }, "views", "fault.text.long"},
		{"for", func(c *Weigh) { c.For = long(2001) }, "for", "fault.text.long"},
		{"risks", func(c *Weigh) { c.Risks = long(2001) }, "risks", "fault.text.long"},
		{"result", func(c *Weigh) { c.Result = long(2001) }, "result", "fault.text.long"},
	})
}

// What a plan lacks is said all at once, each thing in its own words.
func TestFootingLacks(t *testing.T) {
	all := Footing{Safety: true, Consent: true, Interests: true}
	goals := Plan{Goals: []Goal{{}}}
	for name, c := range map[string]struct {
		on   Footing
		of   Case
		plan Plan
		want []string
	}{
		"nothing":                          {all, Case{State: InAssessment, Level: Green}, goals, nil},
		"a woman needs nobody's interests": {Footing{Safety: true, Consent: true}, Case{State: InAssessment, Level: Green}, goals, nil},
		"a child":                          {Footing{Safety: true, Consent: true}, Case{State: InAssessment, Level: Green, Child: true}, goals, []string{"fault.plan.interests"}},
		"not assessed":                     {Footing{Consent: true}, Case{State: Presumed, Level: Red}, goals, []string{"fault.plan.assess"}},
		"everything": {Footing{}, Case{State: InAssessment, Level: Red, Child: true}, Plan{},
			[]string{"fault.plan.goal", "fault.plan.safety", "fault.plan.consent", "fault.plan.interests"}},
	} {
		got := c.on.Lacks(c.of, c.plan)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
}

// A plan takes nothing for a closed case, and nothing before services are open.
func TestPlannable(t *testing.T) {
	rows := [][]string{{"case", "write a plan, add a step"}}
	for _, state := range CaseStates {
		rows = append(rows, []string{string(state), refusal(Case{State: state}.plannable())})
	}
	golden(t, "machine_a_plan.txt", rows)
}

// What is next is the earliest of what is open; a review comes each 30 days, on
// the extended track each 90, and no timer ends anything.
func TestWhatIsNext(t *testing.T) {
	r := burundi(t)
	p := Plan{State: Approved, Track: Standard, Steps: []Step{{Due: today().Add(9)}, {Due: today().Add(2), End: "DONE"}, {Due: today().Add(5)}}}
	p = p.agree(Agree{Day: today()}, ids.Account{}, noon(), r).ahead(r, noon())
	if p.Next != (Due{DueStep, r.Midnight(today().Add(6))}) || !p.Review.Equal(noon().AddDate(0, 0, 30)) {
		t.Errorf("next is %+v, the review %s", p.Next, p.Review)
	}
	p.Track, p.Steps = Extended, nil
	if p = p.agree(Agree{Day: today()}, ids.Account{}, noon(), r).ahead(r, noon()); p.Next.What != DueReview || !p.Next.At.Equal(noon().AddDate(0, 0, 90)) {
		t.Errorf("on the extended track %+v", p.Next)
	}
	draft := Plan{State: Drafted, At: noon()}.ahead(r, noon().AddDate(0, 0, -10))
	if draft.Next.What != DueAgreement || !draft.Next.At.Equal(noon().AddDate(0, 0, 4)) {
		t.Errorf("a draft after ten days of assessment: %+v", draft.Next)
	}
	back := Plan{State: SentBack, AnsweredAt: noon(), Review: noon().AddDate(0, 0, 20)}.ahead(r, noon())
	if back.Next != (Due{DueRemarks, noon()}) {
		t.Errorf("sent back: %+v", back.Next)
	}
}

// A goal that something is done for cannot be taken out, nor left out.
func TestAGoalWithStepsStays(t *testing.T) {
	one, two := ids.New[ids.Goal](), ids.New[ids.Goal]()
	p := Plan{Goals: []Goal{{ID: one, At: noon().AddDate(0, 0, -9)}, {ID: two}}, Steps: []Step{{Goal: two, End: "DONE"}}}
	write := func(wishes ...Wish) (Plan, error) {
		return p.write(WritePlan{Goals: wishes, Track: Standard}, ids.New[ids.Account](), noon())
	}
	if _, err := write(Wish{one, "x"}, Wish{two, " "}); !says(err, "goal_2", "fault.plan.goal.steps") {
		t.Errorf("taken out: %v", err)
	}
	if _, err := write(Wish{one, "x"}); !says(err, "goal_1", "fault.plan.goal.steps") {
		t.Errorf("left out: %v", err)
	}
	next, err := write(Wish{two, "y"}, Wish{one, "x"})
	if err != nil || len(next.Goals) != 2 || next.Goals[0].ID != two || !next.Goals[1].At.Equal(noon().AddDate(0, 0, -9)) {
		t.Errorf("another order: %+v, %v", next.Goals, err)
	}
}
