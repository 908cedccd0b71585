package protection

import (
	"maps"
	"strings"
	"testing"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// bad is one way to fill in a form wrongly, and what is said at which field.
type bad[C any] struct {
	what   string
	change func(*C)
	field  string
	key    string
}

// refuses checks that the good form passes, and each bad one is refused at its field alone.
func refuses[C any](t *testing.T, good C, check func(C) error, cases []bad[C]) {
	t.Helper()
	if err := check(good); err != nil {
		t.Fatalf("a good form is refused: %v", err)
	}
	for _, b := range cases {
		c := good
		b.change(&c)
		err := check(c)
		if !says(err, b.field, b.key) {
			t.Errorf("%s: %v, want %s at %s", b.what, err, b.key, b.field)
		}
		for _, f := range fault.Fields(err) {
			if f.Kind != fault.Invalid {
				t.Errorf("%s: %v is no fault of the person", b.what, f)
			}
		}
	}
}

func long(n int) string { return strings.Repeat("ñ", n) }

func tomorrow() date.Date {
	d, err := date.Parse(today().Add(1).String())
	if err != nil {
		panic(err)
	}
	return d
}

func when(t *testing.T, text string) date.Date {
	t.Helper()
	d, err := date.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRaiseChecks(t *testing.T) {
	r := burundi(t)
	good := Raise{ID: ids.New[ids.Signal](), Channel: "HOTLINE", Now: Unknown, Where: here(r)}
	refuses(t, good, func(c Raise) error { return c.Check(r, noon()) }, []bad[Raise]{
		{"danger not answered", func(c *Raise) { c.Now = NotAsked }, "now", "fault.choice.missing"},
		{"danger skipped", func(c *Raise) { c.Now = Skipped }, "now", "fault.code.unknown"},
		{"danger of no list", func(c *Raise) { c.Now = "maybe" }, "now", "fault.code.unknown"},
		{"no channel", func(c *Raise) { c.Channel = "" }, "channel", "fault.choice.missing"},
		{"an unknown channel", func(c *Raise) { c.Channel = "PIGEON" }, "channel", "fault.code.unknown"},
		{"no place", func(c *Raise) { c.Where = place.Given{} }, "where", "fault.place.missing"},
		{"an unknown place", func(c *Raise) { c.Where.Code = "BI-9999" }, "where", "place.unknown"},
		{"a place that is no code", func(c *Raise) { c.Where.Code = "<b>" }, "where", "place.code.malformed"},
		{"a place that is no more", func(c *Raise) { c.Where = once(r) }, "where", "place.not.then"},
		{"a place that was not yet", func(c *Raise) { c.When = when(t, "2019-05") }, "where", "place.not.then"},
		{"a hill too long", func(c *Raise) { c.Where.Written = long(400) }, "where", "place.written.long"},
		{"tomorrow", func(c *Raise) { c.When = tomorrow() }, "when", "fault.date.future"},
		{"fewer than nobody", func(c *Raise) { c.People = -1 }, "people", "fault.number.range"},
		{"a whole town", func(c *Raise) { c.People = 501 }, "people", "fault.number.range"},
		{"children, perhaps", func(c *Raise) { c.Children = "perhaps" }, "children", "fault.code.unknown"},
		{"spot too long", func(c *Raise) { c.Spot = long(301) }, "spot", "fault.text.long"},
		{"seen too long", func(c *Raise) { c.Seen = long(4001) }, "seen", "fault.text.long"},
		{"name too long", func(c *Raise) { c.Name = long(121) }, "name", "fault.text.long"},
		{"phone too long", func(c *Raise) { c.Phone = long(41) }, "phone", "fault.text.long"},
		{"phrase too long", func(c *Raise) { c.Phrase = long(201) }, "phrase", "fault.text.long"},
		{"avoid too long", func(c *Raise) { c.Avoid = long(201) }, "avoid", "fault.text.long"},
		{"an unknown relation", func(c *Raise) { c.Relation = "x" }, "relation", "fault.code.unknown"},
		{"unknown hours", func(c *Raise) { c.Hours = "x" }, "hours", "fault.code.unknown"},
		{"call back, perhaps", func(c *Raise) { c.May = "x" }, "may", "fault.code.unknown"},
		{"call back by half a number", func(c *Raise) { c.May, c.Phone = Yes, "12" }, "phone", "fault.phone.short"},
		{"call back without a number", func(c *Raise) { c.May = Yes }, "phone", "fault.phone.missing"},
		{"paper without its time", func(c *Raise) { c.Paper = true }, "raised", "fault.date.missing"},
		{"paper of tomorrow", func(c *Raise) { c.Paper, c.RaisedAt = true, noon().Add(time.Minute) }, "raised", "fault.date.future"},
	})
	// Remembered as "some time in the year of the change": a place of either frame existed on one of its days.
	for _, at := range []place.Given{here(r), once(r)} {
		p, _ := r.Places.Place(at.Code)
		c := good
		c.Where = at
		year := p.From.Year
		if !p.Until.IsZero() {
			year = p.Until.Year
		}
		if year < 1900 {
			continue
		}
		c.When = when(t, date.Day{Year: year, Month: 1, Day: 1}.String()[:4])
		if err := c.Check(r, noon()); err != nil {
			t.Errorf("%s in %d: %v", at.Code, year, err)
		}
	}
}

func TestCorrectChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, Correct{Now: No, Where: here(r)}, func(c Correct) error { return c.Check(r, today()) }, []bad[Correct]{
		{"danger not answered", func(c *Correct) { c.Now = NotAsked }, "now", "fault.choice.missing"},
		{"a place that is no more", func(c *Correct) { c.Where = once(r) }, "where", "place.not.then"},
		{"tomorrow", func(c *Correct) { c.When = tomorrow() }, "when", "fault.date.future"},
		{"people", func(c *Correct) { c.People = 1000 }, "people", "fault.number.range"},
		{"children", func(c *Correct) { c.Children = "x" }, "children", "fault.code.unknown"},
		{"spot", func(c *Correct) { c.Spot = long(301) }, "spot", "fault.text.long"},
		{"seen", func(c *Correct) { c.Seen = long(4001) }, "seen", "fault.text.long"},
	})
}

func TestTriageChecks(t *testing.T) {
	r := burundi(t)
	id := ids.New[ids.Signal]()
	good := Triage{Signal: id, Level: Red, Reasons: []string{"SUICIDAL"}, Checked: true, Outcome: ToScreening, People: []Newcomer{{Age: declared(15)}}}
	one := func(change func(*Newcomer)) func(*Triage) {
		return func(c *Triage) {
			n := c.People[0]
			change(&n)
			c.People = []Newcomer{n}
		}
	}
	refuses(t, good, func(c Triage) error { return c.Check(r, noon()) }, []bad[Triage]{
		{"similar not looked at", func(c *Triage) { c.Checked = false }, "checked", "fault.triage.similar"},
		{"RED without a reason", func(c *Triage) { c.Reasons = nil }, "reasons", "fault.triage.red_reason"},
		{"an unknown reason", func(c *Triage) { c.Reasons = []string{"x"} }, "reasons", "fault.code.unknown"},
		{"no level", func(c *Triage) { c.Level = Unjudged }, "level", "fault.choice.missing"},
		{"an unknown level", func(c *Triage) { c.Level = "PURPLE" }, "level", "fault.choice.missing"},
		{"an assault to come", func(c *Triage) { c.HealthFrom = noon().Add(time.Hour) }, "health", "fault.date.future"},
		{"no outcome", func(c *Triage) { c.Outcome = "" }, "outcome", "fault.choice.missing"},
		{"a released outcome", func(c *Triage) { c.Outcome = "RELEASED" }, "outcome", "fault.choice.missing"},
		{"nobody to talk with", func(c *Triage) { c.People = nil }, "people", "fault.triage.nobody"},
		{"too many at once", func(c *Triage) { c.People = make([]Newcomer, 201) }, "people", "fault.number.range"},
		{"no other need", func(c *Triage) { c.Outcome, c.Need = OtherNeed, "" }, "need", "fault.choice.missing"},
		{"an unknown need", func(c *Triage) { c.Outcome, c.Need = OtherNeed, "x" }, "need", "fault.code.unknown"},
		{"duplicate of nothing", func(c *Triage) { c.Outcome = Duplicate }, "same_as", "fault.choice.missing"},
		{"duplicate of itself", func(c *Triage) { c.Outcome, c.SameAs = Duplicate, id }, "same_as", "fault.choice.missing"},
		{"a conflict with nobody", func(c *Triage) { c.Conflicts = []Conflict{{Why: "RELATIVE"}} }, "conflict", "fault.choice.missing"},
		{"a conflict without a reason", func(c *Triage) { c.Conflicts = []Conflict{{Org: ids.New[ids.Org]()}} }, "conflict", "fault.choice.missing"},
		{"a conflict of no list", func(c *Triage) { c.Conflicts = []Conflict{{Org: ids.New[ids.Org](), Why: "x"}} }, "conflict", "fault.code.unknown"},
		{"sex", one(func(n *Newcomer) { n.Sex = "x" }), "person0_sex", "fault.code.unknown"},
		{"language", one(func(n *Newcomer) { n.Language = "x" }), "person0_language", "fault.code.unknown"},
		{"hours", one(func(n *Newcomer) { n.Hours = "x" }), "person0_hours", "fault.code.unknown"},
		{"an age that cannot be", one(func(n *Newcomer) { n.Age.Years = 500 }), "person0_age", "age.years.range"},
		{"an age on nothing", one(func(n *Newcomer) { n.Age.Basis = "" }), "person0_age", "age.basis.missing"},
		{"called", one(func(n *Newcomer) { n.Called = long(121) }), "person0_called", "fault.text.long"},
		{"name", one(func(n *Newcomer) { n.Name = long(121) }), "person0_name", "fault.text.long"},
		{"phone", one(func(n *Newcomer) { n.Phone = long(41) }), "person0_phone", "fault.text.long"},
		{"phrase", one(func(n *Newcomer) { n.Phrase = long(201) }), "person0_phrase", "fault.text.long"},
		{"avoid", one(func(n *Newcomer) { n.Avoid = long(201) }), "person0_avoid", "fault.text.long"},
	})
}

func TestConversationChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, Begin{Private: Yes, Apart: Yes, Interpreter: "NONE", Language: "rn"}, func(c Begin) error { return c.Check(r) }, []bad[Begin]{
		{"not private", func(c *Begin) { c.Private = No }, "private", "fault.screening.private"},
		{"not known whether private", func(c *Begin) { c.Private = Unknown }, "private", "fault.screening.private"},
		{"not asked", func(c *Begin) { c.Private = NotAsked }, "private", "fault.choice.missing"},
		{"before companions", func(c *Begin) { c.Apart = No }, "apart", "fault.screening.apart"},
		{"no interpreter said", func(c *Begin) { c.Interpreter = "" }, "interpreter", "fault.choice.missing"},
		{"a companion translates", func(c *Begin) { c.Interpreter = "COMPANION" }, "interpreter", "fault.screening.companion"},
		{"language", func(c *Begin) { c.Language = "x" }, "language", "fault.code.unknown"},
	})
	refuses(t, Listen{Profile: Labour, Heard: []string{r.Indicators[0].Code}, NotHeard: map[string]Answer{r.Indicators[1].Code: Skipped}},
		func(c Listen) error { return c.Check(r) }, []bad[Listen]{
			{"urgent", func(c *Listen) { c.Urgent = []string{"x"} }, "urgent", "fault.code.unknown"},
			{"purpose", func(c *Listen) { c.Purpose = []string{"x"} }, "purpose", "fault.code.unknown"},
			{"an empty purpose", func(c *Listen) { c.Purpose = []string{""} }, "purpose", "fault.choice.missing"},
			{"exploited", func(c *Listen) { c.Exploited = "x" }, "exploited", "fault.code.unknown"},
			{"act", func(c *Listen) { c.Act = "x" }, "act", "fault.code.unknown"},
			{"account", func(c *Listen) { c.Account = long(20001) }, "account", "fault.text.long"},
			{"wants", func(c *Listen) { c.Wants = long(4001) }, "wants", "fault.text.long"},
			{"profile", func(c *Listen) { c.Profile = "both" }, "profile", "fault.code.unknown"},
			{"heard", func(c *Listen) { c.Heard = []string{"D9_X"} }, "heard", "fault.code.unknown"},
			{"not heard", func(c *Listen) { c.NotHeard = map[string]Answer{"D9_X": No} }, "heard", "fault.code.unknown"},
			{"not heard, wrongly", func(c *Listen) { c.NotHeard = map[string]Answer{r.Indicators[0].Code: "x"} }, "heard", "fault.code.unknown"},
		})
}

// Departing from the suggestion needs a reason, either way (PROCESS.md §3.6).
func TestJudgeChecks(t *testing.T) {
	r := burundi(t)
	suggested, not, silent := Suggestion{Presume: true}, Suggestion{}, Suggestion{Silent: true}
	for name, c := range map[string]struct {
		judge Judge
		given Suggestion
		want  string
	}{
		"with the suggestion":           {Judge{Verdict: Presume}, suggested, "ok"},
		"against it, no reason":         {Judge{Verdict: Presume}, not, "reason: fault.choice.missing"},
		"against it, with a reason":     {Judge{Verdict: Presume, Reason: "DOUBT"}, not, "ok"},
		"no suggestion":                 {Judge{Verdict: Presume}, silent, "ok"},
		"an unknown reason, needed not": {Judge{Verdict: Presume, Reason: "x"}, suggested, "reason: fault.code.unknown"},
		"not indicated, no reason":      {Judge{Verdict: NotIndicated}, not, "reason: fault.choice.missing"},
		"not indicated":                 {Judge{Verdict: NotIndicated, Reason: "SMUGGLING"}, not, "ok"},
		"not indicated, against it":     {Judge{Verdict: NotIndicated, Reason: "SMUGGLING"}, suggested, "words: fault.text.missing"},
		"not indicated, in words":       {Judge{Verdict: NotIndicated, Reason: "SMUGGLING", Words: "why"}, suggested, "ok"},
		"not enough is known":           {Judge{Verdict: Insufficient}, suggested, "ok"},
		"no verdict":                    {Judge{}, not, "verdict: fault.choice.missing"},
		"a verdict of no list":          {Judge{Verdict: "GUILTY"}, not, "verdict: fault.choice.missing"},
		"words too long":                {Judge{Verdict: Presume, Words: long(4001)}, suggested, "words: fault.text.long"},
	} {
		if got := refusal(c.judge.Check(r, c.given)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestSmallFormsCheck(t *testing.T) {
	r := burundi(t)
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"ratify":                  {Ratify{}.Check(), "ok"},
		"return without words":    {Ratify{Return: true}.Check(), "words: fault.text.missing"},
		"return, too many words":  {Ratify{Return: true, Words: long(4001)}.Check(), "words: fault.text.long"},
		"leave":                   {Leave{Reason: "FEAR", Told: true}.Check(r), "ok"},
		"leave, not told":         {Leave{Reason: "FEAR"}.Check(r), "told: fault.leave.told"},
		"leave, no reason":        {Leave{Told: true}.Check(r), "reason: fault.choice.missing"},
		"leave, unknown":          {Leave{Told: true, Reason: "x"}.Check(r), "reason: fault.code.unknown"},
		"assign nobody":           {Assign{}.Check(), "screener: fault.choice.missing"},
		"assign a manager":        {Assign{Manager: ids.New[ids.Account]()}.Check(), "ok"},
		"decline":                 {Decline{Reason: "NOT_ELIGIBLE.AGE"}.Check(r), "ok"},
		"decline, her own no":     {Decline{Reason: "CLIENT_REFUSED"}.Check(r), "reason: fault.code.unknown"},
		"decline, no reason":      {Decline{}.Check(r), "reason: fault.choice.missing"},
		"cancel":                  {Cancel{Reason: "FOUND_ELSEWHERE"}.Check(r), "ok"},
		"cancel, a provider's no": {Cancel{Reason: "NO_FUNDS"}.Check(r), "reason: fault.code.unknown"},
		"arrival just now":        {Accept{Arrival: noon().Add(-time.Hour)}.Check(noon()), "ok"},
		"arrival yesterday":       {Accept{Arrival: noon().AddDate(0, 0, -1)}.Check(noon()), "arrival: fault.referral.arrival"},
		"arrival never said":      {Accept{}.Check(noon()), "arrival: fault.referral.arrival"},
		"arrival next year":       {Accept{Arrival: noon().AddDate(1, 0, 0)}.Check(noon()), "arrival: fault.referral.arrival"},
		"ask":                     {AskMore{Field: "age", Why: "CARE"}.Check(r), "ok"},
		"ask for the story":       {AskMore{Field: "story", Why: "CARE"}.Check(r), "field: fault.code.unknown"},
		"ask without a reason":    {AskMore{Field: "age"}.Check(r), "why: fault.choice.missing"},
		"give nothing":            {AnswerMore{Agreed: true}.Check(), "value: fault.text.missing"},
		"give too much":           {AnswerMore{Agreed: true, Value: long(1001)}.Check(), "value: fault.text.long"},
		"not given":               {AnswerMore{}.Check(), "ok"},
	} {
		if got := refusal(c.err); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAssessChecks(t *testing.T) {
	r := burundi(t)
	good := Assess{Moment: "FIRST", Level: Red, Needs: map[string]Pressing{"SAFE.SHORT": Urgent, "LEGAL.INFO": Later, "MED.GENERAL": NoNeed},
		Led: []string{"DEBT"}, Risks: map[string]Answer{"THREATS": Yes, "STIGMA": Unknown, "HEALTH": Skipped}, Steps: "She sleeps at the centre."}
	refuses(t, good, func(c Assess) error { return c.Check(r) }, []bad[Assess]{
		{"no moment", func(c *Assess) { c.Moment = "" }, "moment", "fault.choice.missing"},
		{"an unknown moment", func(c *Assess) { c.Moment = "x" }, "moment", "fault.code.unknown"},
		{"no level", func(c *Assess) { c.Level = Unjudged }, "level", "fault.choice.missing"},
		{"a level of no list", func(c *Assess) { c.Level = "PURPLE" }, "level", "fault.code.unknown"},
		{"less than the answers say, no reason", func(c *Assess) { c.Level = Orange }, "why", "fault.assess.lower.RED"},
		{"RED without a line of a safety plan", func(c *Assess) { c.Steps = "" }, "steps", "fault.assess.plan"},
		{"what led here", func(c *Assess) { c.Led = []string{"x"} }, "led", "fault.code.unknown"},
		{"a need", func(c *Assess) { c.Needs = map[string]Pressing{"x": Urgent} }, "now", "fault.code.unknown"},
		{"a need, later", func(c *Assess) { c.Needs = map[string]Pressing{"x": Later} }, "later", "fault.code.unknown"},
		{"how pressing", func(c *Assess) { c.Needs = map[string]Pressing{"SAFE.SHORT": "x"} }, "now", "fault.code.unknown"},
		{"a threat of no list", func(c *Assess) { c.Risks = map[string]Answer{"x": Yes} }, "risks", "fault.code.unknown"},
		{"an answer of no list", func(c *Assess) { c.Risks = map[string]Answer{"THREATS": "x"} }, "risks", "fault.code.unknown"},
		{"own words", func(c *Assess) { c.Own = long(2001) }, "own", "fault.text.long"},
		{"why", func(c *Assess) { c.Why = long(2001) }, "why", "fault.text.long"},
		{"signs", func(c *Assess) { c.Signs = long(2001) }, "signs", "fault.text.long"},
		{"places", func(c *Assess) { c.Places = long(2001) }, "places", "fault.text.long"},
		{"people", func(c *Assess) { c.People = long(2001) }, "people", "fault.text.long"},
		{"phone", func(c *Assess) { c.Phone = long(2001) }, "phone", "fault.text.long"},
		{"steps", func(c *Assess) { c.Steps = long(2001) }, "steps", "fault.text.long"},
	})
	for name, c := range map[string]struct {
		assess Assess
		want   string
	}{
		"only a level, more than suggested":   {Assess{Moment: "FIRST", Level: Red, Signs: "A car."}, "ok"},
		"nothing asked is not safe":           {Assess{Moment: "FIRST", Level: Green}, "why: fault.assess.lower.ORANGE"},
		"nothing asked, with a reason":        {Assess{Moment: "FIRST", Level: Green, Why: "She sleeps."}, "ok"},
		"less, with a reason":                 {Assess{Moment: "FIRST", Level: Green, Risks: map[string]Answer{"THREATS": Yes}, Why: "He died."}, "ok"},
		"a reason of blanks is none":          {Assess{Moment: "FIRST", Level: Green, Why: " \n"}, "why: fault.assess.lower.ORANGE"},
		"RED, a plan of blanks is no plan":    {Assess{Moment: "FIRST", Level: Red, Steps: " \n"}, "steps: fault.assess.plan"},
		"RED, any line of the plan is enough": {Assess{Moment: "FIRST", Level: Red, Phone: "Switched off."}, "ok"},
	} {
		if got := refusal(c.assess.Check(r)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// The highest yes counts; what would be RED and nobody knows is ORANGE.
func TestSuggestRisk(t *testing.T) {
	factors := []RiskFactor{{"THREATS", Red}, {"SELF_HARM", Red}, {"STIGMA", Orange}}
	quiet := map[string]Answer{"THREATS": No, "SELF_HARM": No, "STIGMA": No}
	for name, c := range map[string]struct {
		code   string
		answer Answer
		want   Danger
	}{
		"all no":                             {"STIGMA", No, Green},
		"a yes that is ORANGE":               {"STIGMA", Yes, Orange},
		"an ORANGE one, not known":           {"STIGMA", Unknown, Green},
		"an ORANGE one, not asked":           {"STIGMA", NotAsked, Green},
		"a yes that is RED":                  {"THREATS", Yes, Red},
		"a RED one, not known":               {"THREATS", Unknown, Orange},
		"a RED one, not asked":               {"THREATS", NotAsked, Orange},
		"a RED one that she does not answer": {"SELF_HARM", Skipped, Orange},
		"a threat of no list":                {"x", Yes, Green},
	} {
		answers := maps.Clone(quiet)
		answers[c.code] = c.answer
		if got := SuggestRisk(factors, answers); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := SuggestRisk(factors, map[string]Answer{"THREATS": Unknown, "SELF_HARM": Yes, "STIGMA": Yes}); got != Red {
		t.Errorf("a RED yes among others is %s", got)
	}
	if got := SuggestRisk(factors, nil); got != Orange {
		t.Errorf("nothing asked is %s: nobody is safe because nobody asked", got)
	}
	for _, f := range burundi(t).Risks {
		if f.Least != Red && f.Least != Orange {
			t.Errorf("a yes to %s stands for %q", f.Code, f.Least)
		}
	}
}

func TestReferChecks(t *testing.T) {
	r := burundi(t)
	good := Refer{Service: ids.New[ids.Service](), Need: "SAFE", Consent: ids.New[ids.Consent]()}
	refuses(t, good, func(c Refer) error { return c.Check(r) }, []bad[Refer]{
		{"no service", func(c *Refer) { c.Service = ids.Service{} }, "service", "fault.choice.missing"},
		{"no need", func(c *Refer) { c.Need = "" }, "need", "fault.choice.missing"},
		{"an unknown need", func(c *Refer) { c.Need = "x" }, "need", "fault.code.unknown"},
		{"no consent", func(c *Refer) { c.Consent = ids.Consent{} }, "consent", "fault.consent.missing"},
		{"an empty override", func(c *Refer) { c.Override = &Override{} }, "override", "fault.choice.missing"},
		{"needs", func(c *Refer) { c.Packet.Needs = []string{"x"} }, "needs", "fault.code.unknown"},
		{"do not", func(c *Refer) { c.Packet.DoNot = []string{"x"} }, "do_not", "fault.code.unknown"},
		{"escort", func(c *Refer) { c.Packet.Escort = "x" }, "escort", "fault.code.unknown"},
		{"pregnancy", func(c *Refer) { c.Packet.Pregnancy = "x" }, "pregnancy", "fault.code.unknown"},
		{"dependants", func(c *Refer) { c.Packet.Dependants = 21 }, "dependants", "fault.number.range"},
		{"fewer than none", func(c *Refer) { c.Packet.Dependants = -1 }, "dependants", "fault.number.range"},
		{"do not, in words", func(c *Refer) { c.Packet.DoNotWords = long(501) }, "do_not_words", "fault.text.long"},
		{"contact", func(c *Refer) { c.Packet.Contact = long(501) }, "contact", "fault.text.long"},
		{"arrival", func(c *Refer) { c.Packet.Arrival = long(501) }, "arrival", "fault.text.long"},
		{"dependants in words", func(c *Refer) { c.Packet.DependantsWords = long(501) }, "dependants_words", "fault.text.long"},
		{"medication", func(c *Refer) { c.Packet.Medication = long(501) }, "medication", "fault.text.long"},
		{"disability", func(c *Refer) { c.Packet.Disability = long(501) }, "disability", "fault.text.long"},
		{"name", func(c *Refer) { c.Packet.CallName = long(121) }, "call_name", "fault.text.long"},
	})
}

func TestIdentityChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, EditPerson{}, func(c EditPerson) error { return c.Check(r, today()) }, []bad[EditPerson]{
		{"name", func(c *EditPerson) { c.Name = long(121) }, "name", "fault.text.long"},
		{"called", func(c *EditPerson) { c.Called = long(121) }, "called", "fault.text.long"},
		{"other", func(c *EditPerson) { c.Other = long(201) }, "other", "fault.text.long"},
		{"document", func(c *EditPerson) { c.Document = long(81) }, "document", "fault.text.long"},
		{"from", func(c *EditPerson) { c.From = long(201) }, "from", "fault.text.long"},
		{"phone", func(c *EditPerson) { c.Phone = long(41) }, "phone", "fault.text.long"},
		{"phrase", func(c *EditPerson) { c.Phrase = long(201) }, "phrase", "fault.text.long"},
		{"avoid", func(c *EditPerson) { c.Avoid = long(201) }, "avoid", "fault.text.long"},
		{"hours", func(c *EditPerson) { c.Hours = "x" }, "hours", "fault.code.unknown"},
		{"may", func(c *EditPerson) { c.May = "x" }, "may", "fault.code.unknown"},
		{"born tomorrow", func(c *EditPerson) { c.Born = tomorrow() }, "born", "fault.date.future"},
	})
	refuses(t, EditCase{Age: declared(20)}, func(c EditCase) error { return c.Check(r) }, []bad[EditCase]{
		{"sex", func(c *EditCase) { c.Sex = "x" }, "sex", "fault.code.unknown"},
		{"language", func(c *EditCase) { c.Language = "x" }, "language", "fault.code.unknown"},
		{"internal", func(c *EditCase) { c.Internal = "x" }, "internal", "fault.code.unknown"},
		{"an age that cannot be", func(c *EditCase) { c.Age.Years = -1 }, "age", "age.years.range"},
		{"months that cannot be", func(c *EditCase) { c.Age.Months = 12 }, "age", "age.months.range"},
		{"an age never said", func(c *EditCase) { c.Age.Said = date.Day{} }, "age", "age.said.missing"},
	})
}

func TestDirectoryChecks(t *testing.T) {
	r := burundi(t)
	service := KeepService{Service{ID: ids.New[ids.Service](), Need: "MED", Name: "Clinic", Places: []string{string(here(r).Code)}}}
	refuses(t, service, func(c KeepService) error { return c.Check(r) }, []bad[KeepService]{
		{"need", func(c *KeepService) { c.Service.Need = "" }, "need", "fault.choice.missing"},
		{"unknown need", func(c *KeepService) { c.Service.Need = "x" }, "need", "fault.code.unknown"},
		{"name", func(c *KeepService) { c.Service.Name = "" }, "name", "fault.text.missing"},
		{"name too long", func(c *KeepService) { c.Service.Name = long(121) }, "name", "fault.text.long"},
		{"sexes", func(c *KeepService) { c.Service.Sexes = []string{"x"} }, "sexes", "fault.code.unknown"},
		{"languages", func(c *KeepService) { c.Service.Languages = []string{"x"} }, "languages", "fault.code.unknown"},
		{"hours", func(c *KeepService) { c.Service.Hours = "x" }, "hours", "fault.code.unknown"},
		{"places", func(c *KeepService) { c.Service.Places = []string{"BI-9999"} }, "places", "fault.place.missing"},
		{"age", func(c *KeepService) { c.Service.AgeFrom = 121 }, "age_from", "fault.number.range"},
		{"ages the wrong way", func(c *KeepService) { c.Service.AgeFrom, c.Service.AgeTo = 18, 12 }, "age_to", "fault.age.order"},
		{"free", func(c *KeepService) { c.Service.Free = -1 }, "free", "fault.number.range"},
		{"capacity", func(c *KeepService) { c.Service.Capacity = 1001 }, "capacity", "fault.number.range"},
		{"more free than there are", func(c *KeepService) { c.Service.Free, c.Service.Capacity = 9, 8 }, "free", "fault.service.capacity"},
	})
	duty := KeepDuty{Duty{Account: ids.New[ids.Account](), Rank: 1, From: noon(), Until: noon().Add(time.Hour), Province: string(here(r).Code)}}
	refuses(t, duty, func(c KeepDuty) error { return c.Check(r) }, []bad[KeepDuty]{
		{"nobody", func(c *KeepDuty) { c.Duty.Account = ids.Account{} }, "account", "fault.choice.missing"},
		{"rank", func(c *KeepDuty) { c.Duty.Rank = 0 }, "rank", "fault.number.range"},
		{"never begun", func(c *KeepDuty) { c.Duty.From = time.Time{} }, "until", "fault.duty.order"},
		{"over before it begins", func(c *KeepDuty) { c.Duty.Until = noon() }, "until", "fault.duty.order"},
		{"a hill for a province", func(c *KeepDuty) {
			c.Duty.Province = string(r.Places.Children(here(r).Code, today())[0].Code)
		}, "province", "fault.place.missing"},
		{"an unknown province", func(c *KeepDuty) { c.Duty.Province = "x" }, "province", "fault.place.missing"},
	})
}
