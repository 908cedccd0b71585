package store_test

import (
	"bytes"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

func wishes(c ids.Case, version int, words ...string) protection.WritePlan {
	w := protection.WritePlan{ID: ids.New[ids.Plan](), Case: c, Version: version, Track: protection.Extended, Why: "A reason of Wezombra."}
	for _, one := range words {
		w.Goals = append(w.Goals, protection.Wish{ID: ids.New[ids.Goal](), Words: one})
	}
	return w
}

// said brings a case to where she can agree to a plan: assessed, with her consent.
func (h *hut) said() ids.Case {
	h.t.Helper()
	c := h.followed()
	h.must(h.desk.Assess(h.ctx, h.manager, found(c, 5, "")))
	h.must(h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
	return c
}

func (h *hut) agrees(c ids.Case, p ids.Plan, version int) protection.Agree {
	return protection.Agree{Case: c, Plan: p, Version: version, Day: h.desk.Rules.Day(h.now), Mode: "THUMBPRINT", Language: "rn", Interpreter: "NOT_NEEDED", GivenBy: "SELF"}
}

func (h *hut) plan(c ids.Case) protection.PlanView {
	h.t.Helper()
	v, err := h.desk.Plan(h.ctx, h.supervisor, c)
	h.must(err)
	return v
}

// A plan goes from her words to her agreement and a second person's answer; it is
// sealed, its older versions can be read back, and no clock ends it.
func TestAPlanFromWishesToApproval(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.said()
		write := wishes(c, 0, "A room in Wezombra.", "")
		h.must(h.desk.WritePlan(h.ctx, h.manager, write))
		h.must(h.desk.WritePlan(h.ctx, h.manager, write)) // the same form again
		step := protection.AddStep{ID: ids.New[ids.Step](), Case: c, Goal: write.Goals[0].ID, Need: "SAFE.LONG", What: "Ask Wezombra.", Who: "US", Due: h.desk.Rules.Day(h.now).Add(3)}
		h.must(h.desk.AddStep(h.ctx, h.manager, step))
		h.must(h.desk.AddStep(h.ctx, h.manager, step))
		v := h.plan(c)
		if v.Plan.Version != 2 || len(v.Plan.Goals) != 1 || len(v.Plan.Steps) != 1 || v.Plan.Next.What != protection.DueStep {
			t.Fatalf("version %d, %d goals, %d steps, next %+v", v.Plan.Version, len(v.Plan.Goals), len(v.Plan.Steps), v.Plan.Next)
		}
		if said, err := v.Plan.Goals[0].Words.Open(v.Grant); said != "A room in Wezombra." || err != nil {
			t.Errorf("she said %q: %v", said, err)
		}
		for _, column := range []string{"body", "texts"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM plan WHERE id = ?`, write.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("SAFE.LONG")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		h.must(h.desk.Agree(h.ctx, h.manager, h.agrees(c, write.ID, 2)))
		h.must(h.desk.Agree(h.ctx, h.manager, h.agrees(c, write.ID, 2))) // the same form again
		if v = h.plan(c); v.Case.State != protection.Planned || v.Plan.State != protection.AgreedTo || !v.Plan.Review.Equal(h.now.AddDate(0, 0, 90)) {
			t.Fatalf("%s, %s, review %s", v.Case.State, v.Plan.State, v.Plan.Review)
		}
		answer := protection.Approve{Plan: write.ID, Version: v.Plan.Version, Return: true, Words: "Ask Wezombra again."}
		h.must(h.desk.Approve(h.ctx, h.supervisor, answer))
		h.must(h.desk.Approve(h.ctx, h.supervisor, answer))
		h.must(h.desk.Agree(h.ctx, h.manager, h.agrees(c, write.ID, 4)))
		h.must(h.desk.Approve(h.ctx, h.supervisor, protection.Approve{Plan: write.ID, Version: 5}))
		same := write
		same.Version = 6
		h.must(h.desk.WritePlan(h.ctx, h.manager, same)) // nothing changed: what she agreed to stands
		h.now = h.now.AddDate(2, 0, 0)
		if v = h.plan(c); v.Case.State != protection.Planned || v.Plan.State != protection.Approved || v.Plan.Version != 6 {
			t.Errorf("two years later %s, %s, version %d", v.Case.State, v.Plan.State, v.Plan.Version)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM history WHERE kind = 'plan'`); n != 5 || err != nil {
			t.Errorf("%d older versions: %v", n, err)
		}
		old, err := h.store.Bytes(h.ctx, `SELECT old FROM history WHERE kind = 'plan' AND version = 1`)
		if h.must(err); bytes.Contains(old, []byte("Wezombra")) {
			t.Error("an older version is not sealed")
		}
	})
}

// Two write: the second is told so and nothing of hers is kept by halves. One plan a case.
func TestTwoWriteOnePlan(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.said()
		first := wishes(c, 0, "A trade.")
		h.must(h.desk.WritePlan(h.ctx, h.manager, first))
		for name, second := range map[string]protection.WritePlan{"begun twice": wishes(c, 0, "A house."), "an older version": wishes(c, 7, "A house.")} {
			if err := h.desk.WritePlan(h.ctx, h.manager, second); !fault.Is(err, fault.Stale) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := h.save(protection.Change{Plans: []protection.Plan{{ID: ids.New[ids.Plan](), Case: c, Owner: h.care, By: h.manager.Account, State: protection.Drafted, Track: protection.Standard}}}); !fault.Is(err, fault.Stale) {
			t.Errorf("a second plan of a case: %v", err)
		}
		if err := h.desk.Agree(h.ctx, h.manager, h.agrees(c, first.ID, 9)); !fault.Is(err, fault.Stale) {
			t.Errorf("agreed to another version: %v", err)
		}
		if err := h.desk.Agree(h.ctx, h.manager, h.agrees(c, ids.New[ids.Plan](), 1)); !fault.Is(err, fault.NotFound) {
			t.Errorf("agreed to another plan: %v", err)
		}
		if v := h.plan(c); v.Plan.Version != 1 || v.Case.State != protection.InAssessment {
			t.Errorf("version %d, %s", v.Plan.Version, v.Case.State)
		}
		h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: c, Version: 6, Reason: "NOT_NOW", Told: true}))
		for name, err := range map[string]error{
			"a goal": h.desk.WritePlan(h.ctx, h.manager, wishes(c, 1, "A house.")), "a step": h.desk.AddStep(h.ctx, h.manager, protection.AddStep{Case: c}),
			"an end": h.desk.EndStep(h.ctx, h.manager, protection.EndStep{Case: c}), "an agreement": h.desk.Agree(h.ctx, h.manager, h.agrees(c, first.ID, 1))} {
			if fault.Of(err).Key != "fault.plan.closed" {
				t.Errorf("%s for a closed case: %v", name, err)
			}
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM plan_queue`); n != 0 || err != nil {
			t.Errorf("%d things are due in a closed case: %v", n, err)
		}
	})
}

// She agrees to nothing before she was assessed, has a safety plan and said yes to being followed.
func TestWhatAnAgreementStandsOn(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		write := wishes(c, 0, "A trade.")
		h.must(h.desk.WritePlan(h.ctx, h.manager, write))
		refused := func(version int, keys ...string) {
			t.Helper()
			var got []string
			for _, f := range fault.Fields(h.desk.Agree(h.ctx, h.manager, h.agrees(c, write.ID, version))) {
				got = append(got, f.Key)
			}
			if len(got) != len(keys) {
				t.Fatalf("%v, want %v", got, keys)
			}
			for i := range keys {
				if got[i] != keys[i] {
					t.Errorf("%v, want %v", got, keys)
				}
			}
		}
		refused(1, "fault.plan.assess", "fault.plan.consent")
		bare := found(c, 5, "")
		bare.Steps = ""
		h.must(h.desk.Assess(h.ctx, h.manager, bare))
		refused(1, "fault.plan.safety", "fault.plan.consent")
		h.must(h.desk.Assess(h.ctx, h.manager, found(c, 6, "")))
		refused(1, "fault.plan.consent")
		k := protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes, Language: "rn", Interpreter: "NOT_NEEDED",
			Mode: "WRITTEN", GivenBy: "SELF", Expires: h.now.Add(time.Hour)}
		h.must(h.desk.AskConsent(h.ctx, h.screener, k))
		h.now = h.now.Add(2 * time.Hour)
		refused(1, "fault.plan.consent") // it ran out
		k.ID, k.Expires = ids.New[ids.Consent](), time.Time{}
		h.must(h.desk.AskConsent(h.ctx, h.screener, k))
		one, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		h.must(h.desk.EditCase(h.ctx, h.screener, protection.EditCase{Case: c, Version: one.Case.Version, Sex: "F", Child: true,
			Age: date.Age{Years: 16, Basis: date.Declared, Said: h.desk.Rules.Day(h.now)}}))
		refused(1, "fault.plan.interests")
	})
}

// A child's best interests are weighed once, sealed, and never changed.
func TestInterestsStayAsTheyWereWeighed(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		w := protection.Weigh{ID: ids.New[ids.Interests](), Case: c, About: "PLAN", Heard: protection.Yes, Views: "She likes Wezombra.", With: []string{"GUARDIAN"}, Result: "Wezombra."}
		if err := h.desk.Weigh(h.ctx, h.manager, w); fault.Of(err).Key != "fault.interests.adult" {
			t.Errorf("of an adult: %v", err)
		}
		h.must(h.desk.EditCase(h.ctx, h.screener, protection.EditCase{Case: c, Version: 5, Sex: "F", Child: true}))
		h.must(h.desk.Weigh(h.ctx, h.manager, w))
		again := w
		again.Result = "Another word."
		h.must(h.desk.Weigh(h.ctx, h.manager, again))
		x, g, err := h.desk.Interests(h.ctx, h.supervisor, w.ID)
		h.must(err)
		if result, err := x.Result.Open(g); result != "Wezombra." || err != nil {
			t.Errorf("it says %q: %v", result, err)
		}
		for _, column := range []string{"taking", "views", "result"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM interests WHERE id = ?`, w.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("GUARDIAN")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		if v := h.plan(c); !v.Footing.Interests || !v.Plan.ID.IsZero() {
			t.Errorf("%+v", v.Footing)
		}
	})
}

// Who is barred, elsewhere, or has no business with it learns nothing of a plan;
// who wrote it does not answer to it.
func TestAPlanIsNotForEverybody(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		f := h.family(1)
		h.must(h.save(f.change()))
		barred := accesstest.Somebody(access.Supervisor, h.care)
		barred.Account = f.Case.Conflicts[0].Account
		writer := accesstest.Somebody(access.Supervisor, h.care)
		writer.Account = f.Plan.By
		if err := h.desk.Approve(h.ctx, writer, protection.Approve{Plan: f.Plan.ID, Version: 1}); !fault.Is(err, fault.Denied) {
			t.Errorf("who wrote it approves: %v", err)
		}
		for name, w := range map[string]access.Who{"barred": barred, "elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "the shelter": h.host,
			"her screener": h.screener, "on duty": h.duty, "a manager of others": h.manager, "the police": accesstest.Somebody(access.Police, h.care)} {
			_, err1 := h.desk.Plan(h.ctx, w, f.Case.ID)
			_, err2 := h.desk.PlanAsked(h.ctx, w, f.Plan.ID)
			_, _, err3 := h.desk.Interests(h.ctx, w, f.Interests.ID)
			for i, err := range []error{err1, err2, err3, h.desk.WritePlan(h.ctx, w, wishes(f.Case.ID, 1, "x")), h.desk.Approve(h.ctx, w, protection.Approve{Plan: f.Plan.ID, Version: 1}),
				h.desk.AddStep(h.ctx, w, protection.AddStep{Case: f.Case.ID}), h.desk.EndStep(h.ctx, w, protection.EndStep{Case: f.Case.ID}),
				h.desk.Agree(h.ctx, w, h.agrees(f.Case.ID, f.Plan.ID, 1)), h.desk.Weigh(h.ctx, w, protection.Weigh{Case: f.Case.ID})} {
				if !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
					t.Errorf("%s, %d: %v", name, i, err)
				}
			}
		}
		if _, err := h.store.Plan(h.ctx, access.Grant{}, f.Plan.ID); !fault.Is(err, fault.Internal) {
			t.Errorf("without a grant: %v", err)
		}
		if _, err := h.store.Footing(h.ctx, access.Grant{}, f.Case.ID); !fault.Is(err, fault.Internal) {
			t.Errorf("a footing without a grant: %v", err)
		}
	})
}

// line is a line of the directory.
func (h *hut) line() protection.Service {
	h.t.Helper()
	s := protection.Service{ID: ids.New[ids.Service](), Org: h.shelter, Need: "SAFE.EMERGENCY", Name: "Invented", Active: true, FormalID: true}
	h.must(h.desk.KeepService(h.ctx, accesstest.Somebody(access.Coordinator, h.care), protection.KeepService{Service: s}))
	return s
}

// A service moves a planned case to assistance, once, and is no request: both facts stay apart (A9).
func TestTheFirstServiceBeginsAssistance(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, line, today := h.said(), h.line(), h.desk.Rules.Day(h.now)
		write := wishes(c, 0, "A trade.")
		h.must(h.desk.WritePlan(h.ctx, h.manager, write))
		h.must(h.desk.Agree(h.ctx, h.manager, h.agrees(c, write.ID, 1)))
		serve := protection.Serve{ID: ids.New[ids.Episode](), Case: c, Service: line.ID, Funders: []string{"GOVERNMENT"}, From: today, Cost: protection.Money{Units: 1 << 40, Currency: "BIF"}}
		serve.Cost.Units = 999_999_999_999 // more than 32 bits hold
		h.must(h.desk.Serve(h.ctx, h.manager, serve))
		h.must(h.desk.Serve(h.ctx, h.manager, serve)) // the same form again
		v := h.plan(c)
		if v.Case.State != protection.InAssistance || len(v.Episodes) != 1 || !v.Footing.Served {
			t.Fatalf("%s, %d services", v.Case.State, len(v.Episodes))
		}
		e := v.Episodes[0]
		if e.Need != line.Need || e.Provider != h.shelter || e.Deliverer != h.shelter || !e.FormalID || e.Track != protection.Extended || e.Cost != serve.Cost || !e.ByGovernment() {
			t.Errorf("%+v", e)
		}
		other := accesstest.Somebody(access.CaseManager, h.care)
		h.must(h.desk.Assign(h.ctx, h.supervisor, protection.Assign{Case: c, Version: v.Case.Version, Manager: other.Account}))
		if err := h.desk.Serve(h.ctx, other, serve); !fault.Is(err, fault.Stale) {
			t.Errorf("an identifier of somebody else: %v", err)
		}
		if err := h.desk.Serve(h.ctx, h.manager, serve); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
			t.Errorf("who handed her over: %v", err)
		}
		before := serve
		before.ID, before.From = ids.New[ids.Episode](), today.Add(-40)
		if err := h.desk.Serve(h.ctx, other, before); fault.Of(err).Key != "fault.episode.before" {
			t.Errorf("before she was met: %v", err)
		}
		h.now = h.now.Add(48 * time.Hour)
		day := h.desk.Rules.Day(h.now)
		pause := protection.PauseService{Episode: e.ID, Version: 1, Day: today, Reason: "SAFETY"}
		h.must(h.desk.PauseService(h.ctx, other, pause))
		h.must(h.desk.PauseService(h.ctx, other, pause))
		for _, came := range []string{"ABSENT", "CAME"} {
			a := protection.Attend{ID: ids.New[ids.Attendance](), Episode: e.ID, Day: today, Came: came}
			h.must(h.desk.Attend(h.ctx, other, a))
			h.must(h.desk.Attend(h.ctx, other, a))
			h.now = h.now.Add(time.Minute)
		}
		end := protection.EndService{Episode: e.ID, Version: 2, Until: day, Outcome: "REACHED", Satisfaction: 5, Remark: "Wezombra."}
		h.must(h.desk.EndService(h.ctx, other, end))
		h.must(h.desk.EndService(h.ctx, other, end))
		end.Outcome = "PARTLY"
		if err := h.desk.EndService(h.ctx, other, end); err == nil {
			t.Error("ended twice")
		}
		got, days, g, err := h.desk.Episode(h.ctx, h.supervisor, e.ID)
		h.must(err)
		if said, err := got.Remark.Open(g); said != "Wezombra." || err != nil || got.State != protection.Ended || got.Pauses[0].Until != day || len(days) != 1 || days[0].Came != "CAME" {
			t.Errorf("%+v, %+v: %v", got, days, err)
		}
		kept, err := h.store.Bytes(h.ctx, `SELECT remark FROM episode WHERE id = ?`, e.ID)
		if h.must(err); bytes.Contains(kept, []byte("Wezombra")) {
			t.Error("the remark is not sealed")
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM referral`); n != 0 || err != nil {
			t.Errorf("%d requests came of a service: %v", n, err)
		}
		v = h.plan(c)
		h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: c, Version: v.Case.Version, Reason: "NOT_NOW", Told: true}))
		late := serve
		late.ID = ids.New[ids.Episode]()
		if err := h.desk.Serve(h.ctx, other, late); fault.Of(err).Key != "fault.plan.closed" {
			t.Errorf("for a closed case: %v", err)
		}
	})
}

// Nobody who was never met receives a service; help before the plan moves the case on when the plan is agreed.
func TestHelpBeforeThePlan(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()
		line, today := h.line(), h.desk.Rules.Day(h.now)
		one, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		h.must(h.desk.Assign(h.ctx, h.supervisor, protection.Assign{Case: c, Version: one.Case.Version, Manager: h.manager.Account}))
		serve := protection.Serve{ID: ids.New[ids.Episode](), Case: c, Service: line.ID, Funders: []string{"UNKNOWN"}, From: today}
		if err := h.desk.Serve(h.ctx, h.manager, serve); fault.Of(err).Key != "fault.episode.unmet" {
			t.Errorf("nobody has met her: %v", err)
		}
		c = h.said()
		serve.Case = c
		h.must(h.desk.Serve(h.ctx, h.manager, serve))
		if v := h.plan(c); v.Case.State != protection.InAssessment {
			t.Errorf("a service moved the case to %s without a plan", v.Case.State)
		}
		write := wishes(c, 0, "A trade.")
		h.must(h.desk.WritePlan(h.ctx, h.manager, write))
		h.must(h.desk.Agree(h.ctx, h.manager, h.agrees(c, write.ID, 1)))
		if v := h.plan(c); v.Case.State != protection.InAssistance {
			t.Errorf("%s, though help had begun", v.Case.State)
		}
	})
}
