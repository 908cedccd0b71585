package store_test

import (
	"bytes"
	"slices"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// child is a followed case of somebody treated as a child, with its version.
func (h *hut) child() (ids.Case, int) {
	h.t.Helper()
	c := h.followed()
	h.must(h.desk.EditCase(h.ctx, h.manager, protection.EditCase{Case: c, Version: 5, Sex: "F", Child: true, Language: "rn"}))
	return c, 6
}

func standing(c ids.Case, version int, name string) protection.Stand {
	return protection.Stand{ID: ids.New[ids.Guardian](), Case: c, CaseVersion: version, Kind: protection.Trusted, Relation: "COMMUNITY",
		Agreed: protection.Yes, Involved: protection.No, Name: name, Phone: "79 333 444", Why: "Wezombra says so."}
}

// keys are the tasks of a case.
func (h *hut) keys(c ids.Case) (all []string) {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	for _, t := range v.Tasks {
		all = append(all, t.Key)
	}
	slices.Sort(all)
	return all
}

func (h *hut) waits(c ids.Case, when string, want ...string) {
	h.t.Helper()
	slices.Sort(want)
	if got := h.keys(c); !slices.Equal(got, want) {
		h.t.Errorf("%s: %v waits, want %v", when, got, want)
	}
}

// Somebody stands by a child: sealed, once, replaced by the next, and the clock
// that this stops begins anew when nobody is left.
func TestSomebodyStandsByAChild(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, version := h.child()
		h.waits(c, "a child", "trusted.adult", "guardian.target", "safety_plan.red", "assessment.max")
		first := standing(c, version, "Wezombra Qimba")
		h.must(h.desk.Stand(h.ctx, h.manager, first))
		h.must(h.desk.Stand(h.ctx, h.manager, first)) // the same identifier is the same act
		h.waits(c, "with a trusted adult", "guardian.target", "safety_plan.red", "assessment.max")
		g, grant, err := h.desk.Guardian(h.ctx, h.manager, first.ID)
		h.must(err)
		if name, err := g.Name.Open(grant); name != first.Name || err != nil || !g.Standing() {
			t.Errorf("it says %q: %v", name, err)
		}
		for _, column := range []string{"name", "phone", "why"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM guardian WHERE id = ?`, first.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("333")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		late := standing(c, version, "Another Qimba")
		if err := h.desk.Stand(h.ctx, h.manager, late); !fault.Is(err, fault.Stale) {
			t.Errorf("two at once: %v", err)
		}
		late.CaseVersion = version + 1
		h.must(h.desk.Stand(h.ctx, h.manager, late))
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		if len(v.Guardians) != 2 || !v.Guardians[0].Standing() || v.Guardians[0].ID != late.ID || v.Guardians[1].End != "REPLACED" {
			t.Errorf("%+v", v.Guardians)
		}
		g, grant, err = h.desk.Guardian(h.ctx, h.supervisor, first.ID)
		h.must(err)
		if name, err := g.Name.Open(grant); name != first.Name || err != nil {
			t.Errorf("who was replaced is %q: %v", name, err)
		}
		h.must(h.desk.StandDown(h.ctx, h.manager, protection.StandDown{Guardian: late.ID, Version: 1, Why: "CHILD_ASKED"}))
		h.must(h.desk.StandDown(h.ctx, h.manager, protection.StandDown{Guardian: late.ID, Version: 1, Why: "CHILD_ASKED"}))
		h.waits(c, "nobody again", "trusted.adult", "guardian.target", "safety_plan.red", "assessment.max")
		if err := h.desk.StandDown(h.ctx, h.manager, protection.StandDown{Guardian: first.ID, Version: 2, Why: "UNABLE"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("who was replaced stands down: %v", err)
		}
	})
}

// Nobody stands by a child whom the child's own words say to avoid; nor by an adult.
func TestWhoMayNotStandByAChild(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, version := h.child()
		v, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
		h.must(err)
		p, g, err := h.desk.Person(h.ctx, h.manager, v.Case.Person)
		h.must(err)
		called, err := p.Called.Open(g)
		h.must(err)
		h.must(h.desk.EditPerson(h.ctx, h.manager, protection.EditPerson{Person: p.ID, Version: p.Version, Called: called, Avoid: "Pas l'oncle Wézombra QIMBA, ni le 79-333-444"}))
		for name, change := range map[string]struct {
			name, phone, field string
		}{
			"by name":      {"wezombra qimba", "", "name"},
			"by telephone": {"Somebody else", "+257 79 333 444", "phone"},
		} {
			one := standing(c, version, change.name)
			one.Phone = change.phone
			err := h.desk.Stand(h.ctx, h.manager, one)
			if !fault.Is(err, fault.Invalid) || !slices.ContainsFunc(fault.Fields(err), func(f *fault.Fault) bool { return f.Field == change.field && f.Key == "fault.guardian.avoid" }) {
				t.Errorf("%s: %v", name, err)
			}
		}
		known := standing(c, version, "Somebody Else")
		known.Phone = "79 555 666"
		h.must(h.desk.Stand(h.ctx, h.manager, known))
		grown := h.followed()
		if err := h.desk.Stand(h.ctx, h.manager, standing(grown, 5, "Somebody Else")); !fault.Is(err, fault.Invalid) {
			t.Errorf("by an adult: %v", err)
		}
		for name, w := range map[string]access.Who{"elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "the shelter": h.host,
			"a manager of others": accesstest.Somebody(access.CaseManager, h.care), "the police": accesstest.Somebody(access.Police, h.care)} {
			if err := h.desk.Stand(h.ctx, w, standing(c, version+1, "Somebody Else")); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Her time to think is said once before the first assessment, moves as machine D
// says, and is a task while it runs.
func TestTimeToThink(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		silent := found(c, 5, "")
		silent.Reflect = protection.Reflect{}
		if err := h.desk.Assess(h.ctx, h.manager, silent); !fault.Is(err, fault.Invalid) {
			t.Errorf("assessed while nobody spoke of it: %v", err)
		}
		first := protection.Reflect{Case: c, To: protection.NotOffered, Why: "CARE_FIRST"}
		h.must(h.desk.Reflect(h.ctx, h.manager, first))
		h.must(h.desk.Reflect(h.ctx, h.manager, first))
		if err := h.desk.Reflect(h.ctx, h.supervisor, first); !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			t.Errorf("said twice by two: %v", err)
		}
		h.must(h.desk.Assess(h.ctx, h.manager, silent)) // it was said why
		h.must(h.desk.Reflect(h.ctx, h.manager, protection.Reflect{Case: c, Version: 1, To: protection.Thinking, Sheltered: protection.Yes}))
		h.waits(c, "while it runs", "plan.max", "reflection.rec", "risk.reassess")
		if err := h.desk.Reflect(h.ctx, h.manager, protection.Reflect{Case: c, Version: 1, To: protection.ThinkingOn}); !fault.Is(err, fault.Stale) {
			t.Errorf("an older page: %v", err)
		}
		h.must(h.desk.Reflect(h.ctx, h.manager, protection.Reflect{Case: c, Version: 2, To: protection.ThoughtOut, Why: "DECIDED_NOT"}))
		h.waits(c, "after it ended", "plan.max", "risk.reassess")
		v, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
		h.must(err)
		if r := v.Reflection; r.State != protection.ThoughtOut || r.Why != "DECIDED_NOT" || r.Sheltered != protection.Yes || r.Offered.IsZero() || r.Version != 3 {
			t.Errorf("%+v", r)
		}
		h.must(h.desk.Leave(h.ctx, h.manager, protection.Leave{Case: c, Version: v.Case.Version, Reason: "FEAR", Told: true}))
		h.waits(c, "when the case is over")
	})
}
