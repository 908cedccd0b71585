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
)

func police() Formal {
	return Formal{OrgType: "POLICE", Basis: "POLICE_FILE", Decided: today(), Law: "Law 7, article 3", Document: "Register 4, line 9"}
}

func TestIdentifyChecks(t *testing.T) {
	r := burundi(t)
	good := Identify{To: Confirmed, Formal: police()}
	refuses(t, good, func(c Identify) error { return c.Check(r, today()) }, []bad[Identify]{
		{"nothing decided", func(c *Identify) { c.To = "" }, "to", "fault.choice.missing"},
		{"a presumption is none", func(c *Identify) { c.To = StatusPresumed }, "to", "fault.code.unknown"},
		{"nobody decided", func(c *Identify) { c.OrgType = "" }, "org_type", "fault.choice.missing"},
		{"somebody of no list", func(c *Identify) { c.OrgType = "ARMY" }, "org_type", "fault.code.unknown"},
		{"on nothing", func(c *Identify) { c.Basis = "" }, "basis", "fault.choice.missing"},
		{"on a screening", func(c *Identify) { c.Basis = "SCREENING_TOOL" }, "basis", "fault.identify.screening"},
		{"under no law", func(c *Identify) { c.Law = "" }, "law", "fault.text.missing"},
		{"a law too long", func(c *Identify) { c.Law = long(301) }, "law", "fault.text.long"},
		{"on no day", func(c *Identify) { c.Decided = date.Day{} }, "decided", "fault.date.missing"},
		{"tomorrow", func(c *Identify) { c.Decided = today().Add(1) }, "decided", "fault.date.future"},
		{"a file without its reference", func(c *Identify) { c.Document = "" }, "document", "fault.text.missing"},
		{"a reference too long", func(c *Identify) { c.Document = long(201) }, "document", "fault.text.long"},
	})
	good.Basis, good.Document = "INTERVIEW", ""
	if err := good.Check(r, today()); err != nil {
		t.Errorf("a conversation has no document: %v", err)
	}
}

func TestExplainChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, Explain{Told: true, Right: true, Language: "rn", Interpreter: "OURS"}, func(c Explain) error { return c.Check(r) }, []bad[Explain]{
		{"she was not told", func(c *Explain) { c.Told = false }, "told", "fault.explain.told"},
		{"not of her right", func(c *Explain) { c.Right = false }, "right", "fault.explain.right"},
		{"in no language", func(c *Explain) { c.Language = "" }, "language", "fault.choice.missing"},
		{"a language of no list", func(c *Explain) { c.Language = "tlh" }, "language", "fault.code.unknown"},
		{"nobody knows how", func(c *Explain) { c.Interpreter = "" }, "interpreter", "fault.choice.missing"},
		{"by who came with her", func(c *Explain) { c.Interpreter = "COMPANION" }, "interpreter", "fault.screening.companion"},
	})
}

func TestReviewChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, AskReview{Asker: "PERSON"}, func(c AskReview) error { return c.Check(r) }, []bad[AskReview]{
		{"nobody asks", func(c *AskReview) { c.Asker = "" }, "asker", "fault.choice.missing"},
		{"somebody of no list", func(c *AskReview) { c.Asker = "TRAFFICKER" }, "asker", "fault.code.unknown"},
		{"why too long", func(c *AskReview) { c.Why = long(2001) }, "why", "fault.text.long"},
	})
	refuses(t, DecideReview{Outcome: NotConfirmed, Words: "x"}, func(c DecideReview) error { return c.Check(r, today()) }, []bad[DecideReview]{
		{"nothing decided", func(c *DecideReview) { c.Outcome = "" }, "outcome", "fault.choice.missing"},
		{"no end of a review", func(c *DecideReview) { c.Outcome = UnderReview }, "outcome", "fault.code.unknown"},
		{"a no without its reason", func(c *DecideReview) { c.Words = "" }, "words", "fault.text.missing"},
		{"confirmed by nobody", func(c *DecideReview) { c.Outcome, c.Formal = Confirmed, police(); c.OrgType = "" }, "org_type", "fault.choice.missing"},
		{"words too long", func(c *DecideReview) { c.Words = long(2001) }, "words", "fault.text.long"},
	})
}

// statused are the cases in which a status can stand, each with who decided what.
func statused(state CaseState, status Status, judge, second ids.Account) Case {
	c := Case{ID: ids.New[ids.Case](), Version: 3, State: state, Status: status, Opened: noon().Add(-time.Hour), Since: noon().Add(-time.Hour), Level: Green}
	if state != InTriage && state != InScreening {
		c.Verdict, c.Ratification, c.PresumedBy, c.PresumedAt, c.RatifiedBy, c.RatifiedAt = Presume, Ratified, judge, noon().Add(-time.Hour), second, noon().Add(-time.Minute)
	}
	switch state {
	case NotTIP:
		c.Verdict, c.Reason = NotIndicated, "NO_INDICATION"
	case Closed:
		c.Reason = "GOALS_MET"
	case Suspended:
		c.Halt.From = InAssistance
	}
	return c
}

// TestMachineBByState walks every state of a case and every status in it, with every
// verb of formal identification: what follows, or the refusal. Nothing moves a case
// but a review that lets somebody in.
func TestMachineBByState(t *testing.T) {
	judge, second, third := ids.New[ids.Account](), ids.New[ids.Account](), ids.New[ids.Account]()
	review := func(to Status) func(Case) (Case, error) {
		return func(c Case) (Case, error) {
			x, err := (Review{State: ReviewAsked, By: judge, At: noon()}).decide(DecideReview{Outcome: to, Words: "x"}, c, nil, third, noon())
			if err != nil {
				return c, err
			}
			return c.reviewed(x, noon())
		}
	}
	identify := func(to Status) func(Case) (Case, error) {
		return func(c Case) (Case, error) { return c.identify(to, second) }
	}
	verbs := []struct {
		name string
		do   func(Case) (Case, error)
	}{
		{"confirm", identify(Confirmed)}, {"not confirmed", identify(NotConfirmed)}, {"undetermined", identify(Undetermined)},
		{"presume formally", identify(StatusPresumed)},
		{"explain", func(c Case) (Case, error) {
			if !c.explainable() {
				return c, notNow()
			}
			return c, nil
		}},
		{"ask for a review", func(c Case) (Case, error) { return c.askReview() }},
		{"review: presumed", review(StatusPresumed)}, {"review: confirmed", review(Confirmed)}, {"review: undetermined", review(Undetermined)}, {"review: stands", review(NotConfirmed)},
		{"judge PRESUME", func(c Case) (Case, error) { return c.judged(Judge{Verdict: Presume}, judge, noon(), noon()) }},
		{"reopen", func(c Case) (Case, error) { return c.reopen(noon()) }},
	}
	rows := [][]string{{"case"}}
	for _, v := range verbs {
		rows[0] = append(rows[0], v.name)
	}
	for _, state := range append(slices.Clone(CaseStates[:]), Erased) {
		for _, status := range Statuses {
			row := []string{string(state) + ", " + string(status)}
			for _, v := range verbs {
				c := statused(state, status, judge, second)
				next, err := v.do(c)
				row = append(row, outcome(string(next.State)+" "+string(next.Status), err))
				if err != nil {
					continue
				}
				upholds(t, v.name, c, next)
				if next.State != c.State && v.name != "judge PRESUME" && v.name != "reopen" && (c.State.Served() || !strings.HasPrefix(v.name, "review: ")) {
					t.Errorf("%s, %s: moved by %s to %s", state, status, v.name, next.State)
				}
			}
			rows = append(rows, row)
		}
	}
	golden(t, "machine_b_case.txt", rows)
}

// Whoever had a part in a decision does not review it, nor who asked; and nobody
// notes formally what they presumed.
func TestWhoDecidesAReview(t *testing.T) {
	judge, second, author, asker, fifth := ids.New[ids.Account](), ids.New[ids.Account](), ids.New[ids.Account](), ids.New[ids.Account](), ids.New[ids.Account]()
	c := statused(NotTIP, UnderReview, judge, second)
	before := []Identification{{To: Potential, By: fifth}, {To: NotConfirmed, By: author}, {To: UnderReview, By: asker}}
	for name, row := range map[string]struct {
		who  ids.Account
		want string
	}{"who judged": {judge, "fault.review.self"}, "who ratified": {second, "fault.review.self"}, "who noted the no": {author, "fault.review.self"}, "who asked": {asker, "fault.review.self"}, "somebody else": {fifth, "ok"}} {
		x, err := (Review{State: ReviewAsked, By: asker}).decide(DecideReview{Outcome: NotConfirmed}, c, before, row.who, noon())
		if got := refusal(err); got != row.want || err == nil && (x.State != Upheld || x.DecidedBy != fifth) {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
	if _, err := statused(Presumed, StatusPresumed, judge, second).identify(Confirmed, judge); !says(err, "", "fault.identify.self") {
		t.Errorf("who presumed confirms alone: %v", err)
	}
}

// Help is where it was, whatever is decided on a status, and after a pause too.
func TestNoHelpDependsOnAStatus(t *testing.T) {
	who, other := ids.New[ids.Account](), ids.New[ids.Account]()
	for _, state := range CaseStates {
		if !state.Served() {
			continue
		}
		for _, to := range []Status{Confirmed, NotConfirmed, Undetermined} {
			c, err := statused(state, StatusPresumed, who, other).identify(to, other)
			if err != nil || c.State != state || c.servable() != nil {
				t.Errorf("%s, %s: %s, %v", state, to, c.State, err)
			}
			c.State = Closed
			if c, err = c.reopen(noon()); err != nil || c.State != InAssistance {
				t.Errorf("%s, %s, closed and opened again: %s, %v", state, to, c.State, err)
			}
		}
	}
}

// TestMachineReview walks every state of a review and every verb in each.
func TestMachineReview(t *testing.T) {
	rows := [][]string{{"review", "presumed", "confirmed", "undetermined", "stands"}}
	for _, state := range ReviewStates {
		row := []string{string(state)}
		for _, to := range Outcomes() {
			x, err := (Review{State: state, By: ids.New[ids.Account]()}).decide(DecideReview{Outcome: to}, Case{}, nil, ids.New[ids.Account](), noon())
			row = append(row, outcome(string(x.State), err))
		}
		rows = append(rows, row)
	}
	golden(t, "machine_review.txt", rows)
}

// reviewedShelf is a shelf that holds one case, and what was decided of it.
type reviewedShelf struct {
	*shelf
	one       Case
	decided   []Identification
	explained []Explanation
	reviews   []Review
}

func (s *reviewedShelf) Case(context.Context, access.Grant, ids.Case) (Case, error) {
	return s.one, nil
}
func (s *reviewedShelf) Identifications(context.Context, access.Grant, ids.Case) ([]Identification, error) {
	return s.decided, nil
}
func (s *reviewedShelf) Explanations(context.Context, access.Grant, ids.Case) ([]Explanation, error) {
	return s.explained, nil
}
func (s *reviewedShelf) Reviews(context.Context, access.Grant, ids.Case) ([]Review, error) {
	return s.reviews, nil
}
func (s *reviewedShelf) Leads(context.Context, ids.Org, time.Time) ([]ids.Account, error) {
	return nil, nil
}

// TestIdentificationByStateVerbAndRole tries every verb of identification in every
// state of a case and every status that can stand there, as every role, on the team
// and of the house: who may not changes nothing, and who may changes what the machine
// allows.
func TestIdentificationByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	org := ids.New[ids.Org]()
	team := []access.Role{access.Screener, access.CaseManager, access.Supervisor}
	lead := []access.Role{access.Supervisor}
	verbs := []struct {
		name  string
		roles []access.Role
		do    func(w access.Who, c Case) error
	}{
		{"identify", lead, func(w access.Who, c Case) error {
			return d.Identify(t.Context(), w, Identify{ID: ids.New[ids.Decision](), Case: c.ID, Version: 3, To: Confirmed, Formal: police()})
		}},
		{"explain", team, func(w access.Who, c Case) error {
			return d.Explain(t.Context(), w, Explain{ID: ids.New[ids.Explanation](), Case: c.ID, Told: true, Right: true, Language: "rn", Interpreter: "OURS"})
		}},
		{"ask for a review", append(slices.Clone(team), access.DutyOfficer), func(w access.Who, c Case) error {
			return d.AskReview(t.Context(), w, AskReview{ID: ids.New[ids.Review](), Case: c.ID, Version: 3, Asker: "PERSON"})
		}},
		{"decide it", lead, func(w access.Who, c Case) error {
			return d.DecideReview(t.Context(), w, DecideReview{Case: c.ID, Version: 1, CaseVersion: 3, Outcome: StatusPresumed})
		}},
	}
	rows := [][]string{{"case"}}
	for _, v := range verbs {
		rows[0] = append(rows[0], v.name)
	}
	for _, state := range CaseStates {
		for _, status := range Statuses {
			row := []string{string(state) + ", " + string(status)}
			for _, v := range verbs {
				cell := ""
				for _, role := range access.Roles() {
					w := accesstest.Somebody(role, org)
					one := statused(state, status, ids.New[ids.Account](), ids.New[ids.Account]())
					one.Owner = org
					s := &reviewedShelf{shelf: base, one: one}
					if v.name == "decide it" {
						s.reviews = []Review{{ID: ids.New[ids.Review](), Version: 1, Case: one.ID, State: ReviewAsked, By: ids.New[ids.Account]()}}
					}
					s.facts = map[ids.UUID]access.Object{one.ID.UUID: {Kind: access.CaseKind, ID: one.ID.UUID, Zone: access.Protection, Owner: org, Team: []ids.Account{w.Account}, Stage: string(state)}}
					s.saved, s.noted, d.Store = nil, 0, s
					err := v.do(w, one)
					got := said(s.saved, err)
					switch {
					case !slices.Contains(v.roles, role):
						if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Withheld) || len(s.saved) > 0 || s.noted != 1 {
							t.Errorf("%s %s, %s by %s: %v, %d changes, %d entries", state, status, v.name, role, err, len(s.saved), s.noted)
						}
					case cell != "" && cell != got:
						t.Errorf("%s %s, %s by %s: %s, and %s by another", state, status, v.name, role, got, cell)
					default:
						cell = got
					}
				}
				row = append(row, cell)
			}
			rows = append(rows, row)
		}
	}
	golden(t, "machine_identification.txt", rows)
}

// said is what a verb came to: where the case is, what it set, or the refusal.
func said(saved []Change, err error) string {
	switch {
	case err != nil:
		return outcome("", err)
	case len(saved) != 1:
		return fmt.Sprintf("%d changes", len(saved))
	case len(saved[0].Cases) == 0:
		return "kept"
	}
	c := saved[0].Cases[0]
	return string(c.State) + " " + string(c.Status)
}

// Nobody is sent away without a word: what nobody told her is a task, and no task is
// set where she was told since the decision.
func TestSheIsToldWhatWasDecided(t *testing.T) {
	d, base := desk(t)
	org := ids.New[ids.Org]()
	w := accesstest.Somebody(access.Supervisor, org)
	for name, row := range map[string]struct {
		told []Explanation
		want bool
	}{"never": {nil, true}, "of an earlier decision": {[]Explanation{{At: noon().Add(-3 * time.Hour)}}, true}, "since": {[]Explanation{{At: noon().Add(-30 * time.Minute)}}, false}} {
		one := Case{ID: ids.New[ids.Case](), Version: 3, Owner: org, State: InScreening, Status: Potential, Verdict: NotIndicated, Ratification: Waiting,
			PresumedBy: ids.New[ids.Account](), PresumedAt: noon().Add(-time.Hour), Reason: "NO_INDICATION"}
		s := &reviewedShelf{shelf: base, one: one, explained: row.told}
		s.facts = map[ids.UUID]access.Object{one.ID.UUID: {Kind: access.CaseKind, ID: one.ID.UUID, Zone: access.Protection, Owner: org}}
		s.saved, d.Store = nil, s
		if err := d.Ratify(t.Context(), w, Ratify{Case: one.ID, Version: 3}); err != nil || len(s.saved) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		set := slices.ContainsFunc(s.saved[0].Tasks, func(x Task) bool { return x.Key == explainDue && x.Due.Equal(noon().Add(72*time.Hour)) })
		if set != row.want {
			t.Errorf("%s: %v", name, s.saved[0].Tasks)
		}
	}
}

// A review that overturns opens services, and sets the clocks that everybody has.
func TestAReviewOpensTheDoorAgain(t *testing.T) {
	d, base := desk(t)
	org := ids.New[ids.Org]()
	w, asker := accesstest.Somebody(access.Supervisor, org), ids.New[ids.Account]()
	for to, want := range map[Status]struct {
		state CaseState
		tasks []string
	}{
		StatusPresumed: {Presumed, []string{explainDue, "owner.assigned", "assessment.max", reassessDue}},
		Undetermined:   {InScreening, []string{explainDue, "presumption.max"}},
		NotConfirmed:   {NotTIP, []string{explainDue}},
	} {
		one := statused(NotTIP, UnderReview, ids.New[ids.Account](), ids.New[ids.Account]())
		one.Owner = org
		s := &reviewedShelf{shelf: base, one: one, reviews: []Review{{ID: ids.New[ids.Review](), Version: 1, Case: one.ID, State: ReviewAsked, By: asker}}}
		s.facts = map[ids.UUID]access.Object{one.ID.UUID: {Kind: access.CaseKind, ID: one.ID.UUID, Zone: access.Protection, Owner: org}}
		s.saved, d.Store = nil, s
		if err := d.DecideReview(t.Context(), w, DecideReview{Case: one.ID, Version: 1, CaseVersion: 3, Outcome: to, Words: "x"}); err != nil {
			t.Fatalf("%s: %v", to, err)
		}
		c := s.saved[0]
		var keys []string
		for _, x := range c.Tasks {
			keys = append(keys, x.Key)
		}
		if c.Cases[0].State != want.state || !slices.Equal(keys, want.tasks) || !slices.Contains(c.Done, Done{one.ID, reviewDue}) {
			t.Errorf("%s: %s, %v, %v", to, c.Cases[0].State, keys, c.Done)
		}
		if to == StatusPresumed && (c.Cases[0].PresumedBy != asker || c.Cases[0].RatifiedBy != w.Account) {
			t.Error("presumed by one person alone")
		}
		if c.Cases[0].Status != to || c.Identifications[0].From != UnderReview || c.Identifications[0].Review != c.Reviews[0].ID {
			t.Errorf("%s: %+v", to, c.Identifications)
		}
	}
}
