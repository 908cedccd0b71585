package protection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

func TestKeepVisitChecks(t *testing.T) {
	r := burundi(t)
	opened := today().Add(-40)
	good := KeepVisit{Moment: "OTHER", Day: today(), Mode: "PHONE", Result: "REACHED", Scores: map[string]int{"HOME": 4}}
	refuses(t, good, func(c KeepVisit) error { return c.Check(r, opened, today()) }, []bad[KeepVisit]{
		{"no moment", func(c *KeepVisit) { c.Moment = "" }, "moment", "fault.choice.missing"},
		{"a moment of no list", func(c *KeepVisit) { c.Moment = "M2" }, "moment", "fault.code.unknown"},
		{"no day", func(c *KeepVisit) { c.Day = date.Day{} }, "day", "fault.date.missing"},
		{"tomorrow", func(c *KeepVisit) { c.Day = today().Add(1) }, "day", "fault.date.future"},
		{"before the case was opened", func(c *KeepVisit) { c.Day = opened.Add(-1) }, "day", "fault.episode.order"},
		{"no way", func(c *KeepVisit) { c.Mode = "" }, "mode", "fault.choice.missing"},
		{"a way of no list", func(c *KeepVisit) { c.Mode = "LETTER" }, "mode", "fault.code.unknown"},
		{"no result", func(c *KeepVisit) { c.Result, c.Scores = "", nil }, "result", "fault.choice.missing"},
		{"at her home, and nobody asked whether that is safe", func(c *KeepVisit) { c.Mode = "HOME" }, "home_safe", "fault.visit.home"},
		{"at her home, and it is not safe", func(c *KeepVisit) { c.Mode, c.HomeSafe = "HOME", No }, "home_safe", "fault.visit.home"},
		{"a score of what nobody knows", func(c *KeepVisit) { c.Scores = map[string]int{"LUCK": 3} }, "score_LUCK", "fault.code.unknown"},
		{"a score of 6", func(c *KeepVisit) { c.Scores = map[string]int{"HOME": 6} }, "score_HOME", "fault.number.range"},
		{"a score of 0", func(c *KeepVisit) { c.Scores = map[string]int{"HOME": 0} }, "score_HOME", "fault.number.range"},
		{"she was not reached, and yet she scored", func(c *KeepVisit) { c.Result = "NO_ANSWER" }, "result", "fault.visit.unreached"},
		{"she was not reached, and yet her business runs", func(c *KeepVisit) { c.Result, c.Scores, c.Business = "VANISHED", nil, Yes }, "result", "fault.visit.unreached"},
		{"satisfied beyond measure", func(c *KeepVisit) { c.Satisfaction = 6 }, "satisfaction", "fault.number.range"},
		{"an income of no list", func(c *KeepVisit) { c.Income = "RICH" }, "income", "fault.code.unknown"},
		{"an end of no list", func(c *KeepVisit) { c.BusinessEnd = "x" }, "business_end", "fault.code.unknown"},
		{"somebody of no list was there", func(c *KeepVisit) { c.Present = []string{"x"} }, "present", "fault.code.unknown"},
		{"words too long", func(c *KeepVisit) { c.Words = long(2001) }, "words", "fault.text.long"},
		{"agreed for yesterday", func(c *KeepVisit) { c.Next = today().Add(-1) }, "next", "fault.date.past"},
	})
}

// Which contact may be noted from where a case stands: no planned one before
// reintegration, none before the one before it was due, none after closure without her yes.
func TestVisitable(t *testing.T) {
	r := burundi(t)
	yes := []Consent{{Purpose: P9Afterwards, State: Given}}
	took := []Consent{{Purpose: P9Afterwards, State: Withdrawn}}
	over := []Consent{{Purpose: P9Afterwards, State: Given, Expires: noon()}}
	begun := noon().AddDate(0, -4, 0)
	var clocks []Task
	for _, key := range monitoring {
		clocks = append(clocks, Task{Key: key, From: begun, Due: r.Due(key, begun)})
	}
	for name, row := range map[string]struct {
		state    CaseState
		moment   string
		day      date.Day
		consents []Consent
		want     string
	}{
		"any time, any state":                     {InTriage, "OTHER", today(), nil, "ok"},
		"planned, in assistance":                  {InAssistance, "M1", today(), nil, "moment: fault.visit.early"},
		"the first, in reintegration":             {InReintegration, "M1", r.Day(begun), nil, "ok"},
		"entry":                                   {InReintegration, "ENTRY", today(), nil, "ok"},
		"the second, before the first was due":    {InMonitoring, "M3", r.Day(begun).Add(20), nil, "moment: fault.visit.soon"},
		"the second, on the day the first is due": {InMonitoring, "M3", r.Day(begun).AddMonths(1), nil, "ok"},
		"the third, four months after":            {InMonitoring, "M6", today(), nil, "ok"},
		"a year, after four months":               {InMonitoring, "M12", today(), nil, "moment: fault.visit.soon"},
		"closed, and nobody asked":                {Closed, "OTHER", today(), nil, "fault.visit.closed"},
		"closed, and she took it back":            {Closed, "OTHER", today(), took, "fault.visit.closed"},
		"closed, and her yes is over":             {Closed, "OTHER", today(), over, "fault.visit.closed"},
		"closed, and she said yes":                {Closed, "OTHER", today(), yes, "ok"},
		"closed, planned":                         {Closed, "M12", today(), yes, "moment: fault.visit.early"},
		"lost":                                    {LostContact, "OTHER", today(), yes, "fault.visit.closed"},
		"she left":                                {Declined, "OTHER", today(), yes, "fault.visit.closed"},
	} {
		err := Case{State: row.state}.visitable(KeepVisit{Moment: row.moment, Day: row.day}, clocks, row.consents, r, noon())
		if got := refusal(err); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}

// What a contact does to the clocks: who vanishes is searched for the same day when
// the danger is great or she is a child; nobody's clock begins anew by trying again.
func TestVisitedClocks(t *testing.T) {
	r := burundi(t)
	keys := func(c Change) string {
		var all []string
		for _, x := range c.Tasks {
			all = append(all, "+"+x.Key)
		}
		for _, x := range c.Done {
			all = append(all, "-"+x.Key)
		}
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	for name, row := range map[string]struct {
		of      Case
		v       Visit
		waiting []string
		want    string
	}{
		"no answer, green":                 {Case{Level: Green}, Visit{Result: "NO_ANSWER"}, nil, "+lost.contact"},
		"no answer again":                  {Case{Level: Green}, Visit{Result: "NO_ANSWER"}, []string{"lost.contact"}, ""},
		"no answer, red":                   {Case{Level: Red}, Visit{Result: "NO_ANSWER"}, nil, "+lost.contact +missing.red"},
		"no answer, nobody judged":         {Case{}, Visit{Result: "NO_ANSWER"}, nil, "+lost.contact +missing.red"},
		"no answer, a child":               {Case{Level: Green, Child: true}, Visit{Result: "SOMEBODY_ELSE"}, nil, "+lost.contact +missing.red"},
		"no answer, a child, searched for": {Case{Level: Green, Child: true}, Visit{Result: "NO_ANSWER"}, []string{"missing.red", "lost.contact"}, ""},
		"vanished, green":                  {Case{Level: Green}, Visit{Result: "VANISHED"}, nil, "+lost.contact +missing.other"},
		"vanished, orange":                 {Case{Level: Orange}, Visit{Result: "VANISHED"}, nil, "+lost.contact +missing.other"},
		"reached":                          {Case{Level: Red}, Visit{Result: "REACHED", Moment: "OTHER"}, nil, "-lost.contact -missing.other -missing.red -visit.next"},
		"reached at entry":                 {Case{}, Visit{Result: "REACHED", Moment: "ENTRY"}, nil, "-lost.contact -missing.other -missing.red -visit.next"},
		"reached after three months": {Case{}, Visit{Result: "REACHED", Moment: "M3"}, nil,
			"-lost.contact -missing.other -missing.red -monitoring.1 -monitoring.2 -visit.next"},
		"reached after a year": {Case{}, Visit{Result: "REACHED", Moment: "M12"}, nil,
			"-lost.contact -missing.other -missing.red -monitoring.1 -monitoring.2 -monitoring.3 -monitoring.4 -visit.next"},
		"reached, with a day":       {Case{}, Visit{Result: "REACHED", Next: today().Add(5)}, nil, "+visit.next -lost.contact -missing.other -missing.red"},
		"reached, with a threat":    {Case{}, Visit{Result: "REACHED", Threat: Yes}, nil, "+risk.reassess -lost.contact -missing.other -missing.red -visit.next"},
		"reached, without a threat": {Case{}, Visit{Result: "REACHED", Threat: No}, nil, "-lost.contact -missing.other -missing.red -visit.next"},
	} {
		var waiting []Task
		for _, key := range row.waiting {
			waiting = append(waiting, Task{Key: key})
		}
		var c Change
		c.visited(r, row.of, row.v, waiting, noon())
		if got := keys(c); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
		for _, x := range c.Tasks {
			if x.Key == missingSoon && x.Due.Sub(noon()) > 12*time.Hour {
				t.Errorf("%s: she is searched for until %s", name, x.Due)
			}
		}
	}
}

// Contact is lost after three days of trying over thirty days; three calls on one
// afternoon are one, and whoever was reached meanwhile is not lost.
func TestLoseChecks(t *testing.T) {
	r := burundi(t)
	tried := func(days ...int) (all []Visit) {
		for _, n := range days {
			all = append(all, Visit{Day: today().Add(-n), Result: "NO_ANSWER"})
		}
		return all
	}
	spoke := func(all []Visit, n int) []Visit { return append(all, Visit{Day: today().Add(-n), Result: reached}) }
	for name, row := range map[string]struct {
		of     Case
		visits []Visit
		asked  []string
		want   string
	}{
		"never tried":                        {Case{Level: Green}, nil, nil, "asked: fault.lose.attempts"},
		"three, over forty days":             {Case{Level: Green}, tried(40, 20, 1), nil, "ok"},
		"three, over thirty-one days":        {Case{Level: Green}, tried(31, 20, 1), nil, "ok"},
		"three, over twenty-nine days":       {Case{Level: Green}, tried(29, 20, 1), nil, "asked: fault.lose.soon"},
		"three on one day, long ago":         {Case{Level: Green}, tried(40, 40, 40), nil, "asked: fault.lose.attempts"},
		"two, over forty days":               {Case{Level: Green}, tried(40, 1), nil, "asked: fault.lose.attempts"},
		"four, and reached after the second": {Case{Level: Green}, spoke(tried(50, 40, 20, 1), 30), nil, "asked: fault.lose.attempts"},
		"five, and reached before":           {Case{Level: Green}, spoke(tried(60, 50, 40, 20, 1), 55), nil, "ok"},
		"red, and nobody was told":           {Case{Level: Red}, tried(40, 20, 1), nil, "asked: fault.lose.supervisor"},
		"red, and the supervisor was told":   {Case{Level: Red}, tried(40, 20, 1), []string{"SUPERVISOR"}, "ok"},
		"a child, and the supervisor knows":  {Case{Level: Green, Child: true}, tried(40, 20, 1), []string{"SUPERVISOR"}, "asked: fault.lose.child"},
		"a child, and both know":             {Case{Level: Green, Child: true}, tried(40, 20, 1), []string{"SUPERVISOR", "CHILD_AUTHORITY"}, "ok"},
		"somebody of no list was asked":      {Case{Level: Green}, tried(40, 20, 1), []string{"NEIGHBOUR"}, "asked: fault.code.unknown"},
	} {
		if got := refusal(Lose{Asked: row.asked}.Check(r, row.of, SearchOf(row.visits), noon())); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
	if err := (Lose{}).Check(&Rules{}, Case{Level: Green}, SearchOf(tried(40, 20, 1)), noon()); err == nil {
		t.Error("without rules somebody is lost")
	}
}

func TestCloseChecks(t *testing.T) {
	r := burundi(t)
	good := Close{Reason: "GOALS_MET", Checks: r.list("closure_check")}
	refuses(t, good, func(c Close) error { return c.Check(r) }, []bad[Close]{
		{"no reason", func(c *Close) { c.Reason = "" }, "reason", "fault.choice.missing"},
		{"a reason of no list", func(c *Close) { c.Reason = "TIRED" }, "reason", "fault.code.unknown"},
		{"lost contact has its own verb", func(c *Close) { c.Reason = "LOST_CONTACT" }, "reason", "fault.code.unknown"},
		{"her no has its own verb", func(c *Close) { c.Reason = "DECLINED" }, "reason", "fault.code.unknown"},
		{"not trafficking has its own verb", func(c *Close) { c.Reason = "NOT_TIP" }, "reason", "fault.code.unknown"},
		{"a check of no list", func(c *Close) { c.Checks = append(slices.Clone(c.Checks), "x") }, "checks", "fault.code.unknown"},
		{"one is not done, and nobody says why", func(c *Close) { c.Checks, c.Why = c.Checks[1:], " \n" }, "why", "fault.close.why"},
		{"why too long", func(c *Close) { c.Why = long(2001) }, "why", "fault.text.long"},
	})
	if err := (SignOff{Return: true}).Check(); !says(err, "words", "fault.text.missing") {
		t.Errorf("sent back without a word: %v", err)
	}
}

func TestPrepareReturnChecks(t *testing.T) {
	r := burundi(t)
	one := Case{State: InReturn, Opened: noon().AddDate(0, -2, 0)}
	good := PrepareReturn{Freely: Yes, Decided: today(), Checks: map[string]Answer{"PLACE": Yes}, Arrived: today()}
	refuses(t, good, func(c PrepareReturn) error { return c.Check(r, one, today()) }, []bad[PrepareReturn]{
		{"freely, of no list", func(c *PrepareReturn) { c.Freely = "x" }, "freely", "fault.code.unknown"},
		{"a check of no list", func(c *PrepareReturn) { c.Checks = map[string]Answer{"LUCK": Yes} }, "check_LUCK", "fault.code.unknown"},
		{"decided tomorrow", func(c *PrepareReturn) { c.Decided = today().Add(1) }, "decided", "fault.date.future"},
		{"arrived tomorrow", func(c *PrepareReturn) { c.Arrived = today().Add(1) }, "arrived", "fault.date.future"},
		{"host too long", func(c *PrepareReturn) { c.Host = long(201) }, "host", "fault.text.long"},
		{"risks too long", func(c *PrepareReturn) { c.Risks = long(2001) }, "risks", "fault.text.long"},
	})
	one.State = InAssistance
	if err := good.Check(r, one, today()); !says(err, "arrived", "fault.return.not_left") {
		t.Errorf("arrived before she left: %v", err)
	}
}

// What a return lacks, on the paper alone; one thing at a time.
func TestAReturnLacks(t *testing.T) {
	checks := burundi(t).list("return_check")
	all := map[string]Answer{}
	for _, k := range checks {
		all[k] = Yes
	}
	but := func(k string, a Answer) map[string]Answer {
		next := map[string]Answer{}
		for code, was := range all {
			next[code] = was
		}
		next[k] = a
		return next
	}
	good := Homecoming{Version: 1, Freely: Yes, Informed: Yes, Decided: today(), Receiving: ids.New[ids.Org](), Checks: all}
	for name, row := range map[string]struct {
		change func(*Homecoming)
		want   []string
	}{
		"nothing":                {func(*Homecoming) {}, nil},
		"nothing was prepared":   {func(h *Homecoming) { h.Version = 0 }, []string{"fault.return.freely"}},
		"somebody pushed her":    {func(h *Homecoming) { h.Freely = No }, []string{"fault.return.freely"}},
		"nobody knows the day":   {func(h *Homecoming) { h.Decided = date.Day{} }, []string{"fault.return.freely"}},
		"she was not told":       {func(h *Homecoming) { h.Informed = Unknown }, []string{"fault.return.informed"}},
		"nobody receives her":    {func(h *Homecoming) { h.Receiving = ids.Org{} }, []string{"fault.return.receiving"}},
		"somebody in words":      {func(h *Homecoming) { h.Receiving, h.Host = ids.Org{}, vault.Clear("x") }, nil},
		"nobody knows":           {func(h *Homecoming) { h.Checks = but("FIT", Unknown) }, []string{"fault.return.checks"}},
		"nobody asked":           {func(h *Homecoming) { h.Checks = but("FUNDS", NotAsked) }, []string{"fault.return.checks"}},
		"a no, unsaid":           {func(h *Homecoming) { h.Checks = but("ESCORT", No) }, []string{"fault.return.risks"}},
		"a no, and what is done": {func(h *Homecoming) { h.Checks, h.Risks = but("ESCORT", No), vault.Clear("x") }, nil},
	} {
		h := good
		row.change(&h)
		if got := h.lacks(checks); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

// Nothing is told to anybody abroad without P5, nor to her family without P6.
func TestWhoIsToldOfAReturn(t *testing.T) {
	p5, p6 := Consent{Purpose: P5Abroad, State: Given}, Consent{Purpose: P6Family, State: Given}
	for name, row := range map[string]struct {
		kind     string
		told     []string
		consents []Consent
		want     string
	}{
		"an embassy, nothing":          {"EMBASSY", nil, nil, "ok"},
		"an embassy, without her yes":  {"EMBASSY", []string{"NAME"}, nil, "told: fault.return.consent"},
		"an embassy, with another yes": {"EMBASSY", []string{"NAME"}, []Consent{p6}, "told: fault.return.consent"},
		"an embassy, with her yes":     {"EMBASSY", []string{"NAME"}, []Consent{p5}, "ok"},
		"an embassy, her yes is over":  {"EMBASSY", []string{"NAME"}, []Consent{{Purpose: P5Abroad, State: Given, Expires: noon()}}, "told: fault.return.consent"},
		"an embassy, taken back":       {"EMBASSY", []string{"NAME"}, []Consent{{Purpose: P5Abroad, State: Withdrawn}}, "told: fault.return.consent"},
		"her family, with another yes": {"FAMILY_ABROAD", []string{"COMING"}, []Consent{p5}, "told: fault.return.family"},
		"her family at home, unasked":  {"FAMILY", []string{"COMING"}, []Consent{p5}, "told: fault.return.family"},
		"her family, with her yes":     {"FAMILY_ABROAD", []string{"COMING"}, []Consent{p6}, "ok"},
		"her family, nothing":          {"FAMILY", nil, nil, "ok"},
		"a mechanism abroad, unasked":  {"FOREIGN_NRM", []string{"HEALTH"}, nil, "told: fault.return.consent"},
		"who receives her, unasked":    {"HOST_ORG", []string{"COMING"}, nil, "told: fault.return.consent"},
		"who receives her, with a yes": {"HOST_ORG", []string{"COMING"}, []Consent{p5}, "ok"},
	} {
		h, err := Homecoming{}.add(AddParty{Kind: row.kind, Name: "x", Told: row.told}, row.consents, ids.Account{}, noon())
		if got := refusal(err); got != row.want || err == nil && len(h.Parties) != 1 {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
	if _, err := (Homecoming{Parties: make([]Party, MostParties)}).add(AddParty{Kind: "FAMILY"}, nil, ids.Account{}, noon()); !says(err, "kind", "fault.number.range") {
		t.Errorf("one party too many: %v", err)
	}
}

func TestKeepBusinessChecks(t *testing.T) {
	r := burundi(t)
	opened := today().Add(-40)
	good := KeepBusiness{Kind: "SEWING", From: today(), Funders: []string{"NGO"}, Cost: Money{Units: 150000, Currency: "BIF"}}
	refuses(t, good, func(c KeepBusiness) error { return c.Check(r, opened, today()) }, []bad[KeepBusiness]{
		{"no kind", func(c *KeepBusiness) { c.Kind = "" }, "kind", "fault.choice.missing"},
		{"a kind of no list", func(c *KeepBusiness) { c.Kind = "BANK" }, "kind", "fault.code.unknown"},
		{"nobody pays", func(c *KeepBusiness) { c.Funders = nil }, "funders", "fault.choice.missing"},
		{"from tomorrow", func(c *KeepBusiness) { c.From = today().Add(1) }, "from", "fault.date.future"},
		{"before she came", func(c *KeepBusiness) { c.From = opened.Add(-1) }, "from", "fault.episode.order"},
	})
	from := date.Day{Year: 2026, Month: 1, Day: 31}
	for _, row := range []struct {
		until, today date.Day
		want         int
	}{{date.Day{}, date.Day{Year: 2026, Month: 2, Day: 27}, 0}, {date.Day{}, date.Day{Year: 2026, Month: 2, Day: 28}, 1}, {date.Day{}, date.Day{Year: 2027, Month: 1, Day: 31}, 12},
		{date.Day{Year: 2026, Month: 4, Day: 30}, date.Day{Year: 2027, Month: 1, Day: 31}, 3}, {date.Day{}, from, 0}} {
		if got := (Business{From: from, Until: row.until}).Months(row.today); got != row.want {
			t.Errorf("from %s until %s on %s: %d months, want %d", from, row.until, row.today, got, row.want)
		}
	}
}

// The last word about a moment counts, attempts do not, and change is last less first.
func TestDomains(t *testing.T) {
	visits := []Visit{ // the newest first
		{Moment: "M6", Result: "NO_ANSWER", Scores: map[string]int{"HOME": 1}},
		{Moment: "M3", Result: reached, Scores: map[string]int{"HOME": 4, "MIND": 2}},
		{Moment: "M3", Result: reached, Scores: map[string]int{"HOME": 2, "MONEY": 5}},
		{Moment: "ENTRY", Result: reached, Scores: map[string]int{"HOME": 2, "MIND": 3}},
		{Moment: "OTHER", Result: reached, Scores: map[string]int{"HOME": 5}},
	}
	want := map[string]string{"HOME": "[2 0 4 0 0] 2 true", "MIND": "[3 0 2 0 0] -1 true", "MONEY": "[0 0 5 0 0] 0 false", "PAPERS": "[0 0 0 0 0] 0 false"}
	for _, d := range Domains([]string{"HOME", "MIND", "MONEY", "PAPERS"}, visits) {
		n, known := d.Change()
		if got := fmt.Sprintf("%v %d %v", d.Scores, n, known); got != want[d.Code] {
			t.Errorf("%s: %s, want %s", d.Code, got, want[d.Code])
		}
	}
}

// TestMachineClosure walks every state of a closure and every verb in each.
func TestMachineClosure(t *testing.T) {
	first, second := ids.New[ids.Account](), ids.New[ids.Account]()
	rows := [][]string{{"closure", "ask", "sign", "send back", "sign one's own"}}
	for _, state := range append([]ClosureState{""}, ClosureStates[:]...) {
		x := Closure{State: state, By: first}
		row := []string{string(state)}
		if state == "" {
			row[0] = "(nothing asked)"
		}
		for _, step := range []func() (Closure, error){
			func() (Closure, error) { return x.ask(Case{}, Close{Reason: "GOALS_MET"}, first, noon()) },
			func() (Closure, error) { return x.answer(SignOff{}, second, noon()) },
			func() (Closure, error) { return x.answer(SignOff{Return: true, Words: "x"}, second, noon()) },
			func() (Closure, error) { return x.answer(SignOff{}, first, noon()) },
		} {
			next, err := step()
			row = append(row, outcome(string(next.State), err))
			if err == nil && next.State == SignedOff && next.AnsweredBy == next.By {
				t.Errorf("%s: one person alone closed", state)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_closure.txt", rows)
}

// followed is a shelf that holds one case in a state, and what hangs on it.
type followedShelf struct {
	*shelf
	one      Case
	visits   []Visit
	closure  Closure
	home     Homecoming
	plan     Plan
	consents []Consent
}

func (*followedShelf) Lodger(context.Context, access.Grant, ids.Case) (Lodger, error) {
	return Lodger{}, nil
}
func (s *followedShelf) Case(context.Context, access.Grant, ids.Case) (Case, error) {
	return s.one, nil
}
func (s *followedShelf) CaseTasks(context.Context, access.Grant, ids.Case) ([]Task, error) {
	return nil, nil
}
func (s *followedShelf) Consents(context.Context, access.Grant, ids.Case) ([]Consent, error) {
	return s.consents, nil
}
func (s *followedShelf) Visits(context.Context, access.Grant, ids.Case) ([]Visit, error) {
	return s.visits, nil
}
func (s *followedShelf) Closure(context.Context, access.Grant, ids.Case) (Closure, error) {
	return s.closure, nil
}
func (s *followedShelf) Homecoming(context.Context, access.Grant, ids.Case) (Homecoming, error) {
	return s.home, nil
}
func (s *followedShelf) PlanOf(context.Context, access.Grant, ids.Case) (Plan, error) {
	return s.plan, nil
}
func (s *followedShelf) Businesses(context.Context, access.Grant, ids.Case) ([]Business, error) {
	return nil, nil
}
func (s *followedShelf) CaseReferrals(context.Context, access.Grant, ids.Case) ([]ReferralLine, error) {
	return nil, nil
}
func (s *followedShelf) Reflection(context.Context, access.Grant, ids.Case) (Reflection, error) {
	return Reflection{}, nil
}
func (s *followedShelf) Assessments(context.Context, access.Grant, ids.Case) ([]Assessment, error) {
	return []Assessment{{Moment: "BEFORE_RETURN", At: noon()}}, nil
}

// TestFollowByStateVerbAndRole tries every verb of following somebody in every state
// of a case as every role, on the team and of the house: who may not changes
// nothing, and who may changes what the machine allows.
func TestFollowByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	d.Random = strings.NewReader(strings.Repeat("x", 1<<16))
	org := ids.New[ids.Org]()
	yes := map[string]Answer{}
	for _, k := range d.Rules.list("return_check") {
		yes[k] = Yes
	}
	verbs := []struct {
		name string
		role access.Role
		do   func(w access.Who, c Case) error
	}{
		{"visit", access.CaseManager, func(w access.Who, c Case) error {
			return d.KeepVisit(t.Context(), w, KeepVisit{ID: ids.New[ids.Visit](), Case: c.ID, Moment: "OTHER", Day: today(), Mode: "OFFICE", Result: reached})
		}},
		{"business", access.CaseManager, func(w access.Who, c Case) error {
			return d.KeepBusiness(t.Context(), w, KeepBusiness{ID: ids.New[ids.Business](), Case: c.ID, Kind: "SEWING", From: today(), Funders: []string{"NGO"}})
		}},
		{"prepare a return", access.CaseManager, func(w access.Who, c Case) error {
			return d.PrepareReturn(t.Context(), w, PrepareReturn{Case: c.ID, Version: 1, Freely: Yes})
		}},
		{"a party", access.CaseManager, func(w access.Who, c Case) error {
			return d.AddParty(t.Context(), w, AddParty{ID: ids.New[ids.Party](), Case: c.ID, Version: 1, Kind: "EMBASSY", Name: "x"})
		}},
		{"does not leave", access.CaseManager, func(w access.Who, c Case) error {
			return d.StopReturn(t.Context(), w, StopReturn{Case: c.ID, Version: 2, Told: true})
		}},
		{"a second yes", access.Supervisor, func(w access.Who, c Case) error {
			return d.BackReturn(t.Context(), w, BackReturn{Case: c.ID, Version: 1})
		}},
		{"leaves for home", access.CaseManager, func(w access.Who, c Case) error {
			return d.Advance(t.Context(), w, Advance{Case: c.ID, Version: 2, To: InReturn})
		}},
		{"reintegration", access.CaseManager, func(w access.Who, c Case) error {
			return d.Advance(t.Context(), w, Advance{Case: c.ID, Version: 2, To: InReintegration})
		}},
		{"monitoring", access.CaseManager, func(w access.Who, c Case) error {
			return d.Advance(t.Context(), w, Advance{Case: c.ID, Version: 2, To: InMonitoring})
		}},
		{"ask to close", access.CaseManager, func(w access.Who, c Case) error {
			return d.Close(t.Context(), w, Close{Case: c.ID, Reason: "TRANSFERRED", Checks: d.Rules.list("closure_check")})
		}},
		{"close a duplicate", access.CaseManager, func(w access.Who, c Case) error {
			return d.Close(t.Context(), w, Close{Case: c.ID, Reason: "DUPLICATE", Why: "Twice the same."})
		}},
		{"lose", access.CaseManager, func(w access.Who, c Case) error { return d.Lose(t.Context(), w, Lose{Case: c.ID, Version: 2}) }},
		{"sign", access.Supervisor, func(w access.Who, c Case) error { return d.SignOff(t.Context(), w, SignOff{Case: c.ID, Version: 1}) }},
		{"reopen", access.Supervisor, func(w access.Who, c Case) error {
			return d.Reopen(t.Context(), w, Reopen{Case: c.ID, Version: 2, Reason: "FOUND"})
		}},
		{"trafficked again", access.Supervisor, func(w access.Who, c Case) error {
			return d.Reopen(t.Context(), w, Reopen{Case: c.ID, Version: 2, Reason: again, Next: ids.New[ids.Case]()})
		}},
	}
	rows := [][]string{{"case"}}
	for _, v := range verbs {
		rows[0] = append(rows[0], v.name)
	}
	for _, state := range CaseStates {
		row := []string{string(state)}
		for _, v := range verbs {
			for _, role := range access.Roles() {
				w := accesstest.Somebody(role, org)
				one := Case{ID: ids.New[ids.Case](), Version: 2, Owner: org, State: state, Status: StatusPresumed, Level: Green, Opened: noon().AddDate(0, -3, 0), Since: noon().AddDate(0, -1, 0), Manager: w.Account}
				s := &followedShelf{shelf: base, one: one, consents: []Consent{{Purpose: P9Afterwards, State: Refused}, {Purpose: P5Abroad, State: Given}},
					closure: Closure{Case: one.ID, Version: 1, State: Asked, Reason: "TRANSFERRED", By: ids.New[ids.Account]()},
					home:    Homecoming{Case: one.ID, Version: 1, Freely: Yes, Informed: Yes, Decided: today(), Receiving: org, Checks: yes, Arrived: today()},
					plan:    Plan{State: Approved, Steps: []Step{{End: "DONE"}}, Agreed: Agreement{Settling: true, Day: today()}}}
				switch v.name {
				case "does not leave":
					s.home.Arrived = date.Day{}
				case "a second yes":
					s.home.Early = vault.Clear("x")
				}
				for _, n := range []int{40, 20, 1} {
					s.visits = append(s.visits, Visit{Day: today().Add(-n), Result: "NO_ANSWER"})
				}
				if strings.HasPrefix(v.name, "ask") || strings.HasPrefix(v.name, "close") {
					s.closure = Closure{}
				}
				s.facts = map[ids.UUID]access.Object{one.ID.UUID: {Kind: access.CaseKind, ID: one.ID.UUID, Zone: access.Protection, Owner: org, Team: []ids.Account{w.Account}, Stage: string(state)}}
				s.saved, s.noted = nil, 0
				d.Store = s
				err := v.do(w, one)
				switch {
				case v.name == "does not leave" && role == access.Supervisor: // whoever hears it writes it down
					if (err == nil) != (state == InReturn) {
						t.Errorf("%s, %s by %s: %v", state, v.name, role, err)
					}
				case role != v.role:
					if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Withheld) || len(s.saved) > 0 || s.noted != 1 {
						t.Errorf("%s, %s by %s: %v, %d changes, %d entries", state, v.name, role, err, len(s.saved), s.noted)
					}
				case (err == nil) != (len(s.saved) == 1):
					t.Errorf("%s, %s by %s: %v, %d changes", state, v.name, role, err, len(s.saved))
				case err == nil && len(s.saved[0].Cases) > 0:
					row = append(row, string(s.saved[0].Cases[0].State))
				case err == nil:
					row = append(row, "kept")
				default:
					row = append(row, outcome("", err))
				}
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_follow.txt", rows)
}
