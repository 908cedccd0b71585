package store_test

import (
	"bytes"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// followed is a presumed case with a manager, at version 5.
func (h *hut) followed() ids.Case {
	h.t.Helper()
	c := h.presumed()
	h.must(h.desk.Assign(h.ctx, h.supervisor, protection.Assign{Case: c, Version: 4, Manager: h.manager.Account}))
	return c
}

func found(c ids.Case, version int, own string) protection.Assess {
	return protection.Assess{ID: ids.New[ids.Assessment](), Case: c, Version: version, Moment: "FIRST", Level: protection.Orange, Own: own, Reflect: protection.Reflect{To: protection.Offered},
		Why: "A reason of Wezombra.", Steps: "A step of Wezombra.", Risks: map[string]protection.Answer{"THREATS": protection.Yes}}
}

// An assessment is kept once, sealed, and never changed; what is otherwise later is another one.
func TestAnAssessmentStaysAsItWasMade(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		first := found(c, 5, "She fears Wezombra.")
		h.must(h.desk.Assess(h.ctx, h.manager, first))
		again := first
		again.Own, again.Level = "Another word.", protection.Red
		h.must(h.desk.Assess(h.ctx, h.manager, again)) // the same identifier is the same act
		a, g, err := h.desk.Assessment(h.ctx, h.manager, first.ID)
		h.must(err)
		if own, err := a.Own.Open(g); own != first.Own || err != nil || a.Level != protection.Orange || a.Suggestion != protection.Red {
			t.Errorf("it says %q, %s of %s: %v", own, a.Level, a.Suggestion, err)
		}
		if !a.Next.Equal(h.now.AddDate(0, 0, 30)) {
			t.Errorf("to be made again by %s", a.Next)
		}
		for _, column := range []string{"found", "own", "why", "plan"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM assessment WHERE id = ?`, first.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("THREATS")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		other := accesstest.Somebody(access.CaseManager, h.care)
		h.must(h.desk.Assign(h.ctx, h.supervisor, protection.Assign{Case: c, Version: 6, Manager: other.Account}))
		taken := first
		taken.Version = 7
		if err := h.desk.Assess(h.ctx, other, taken); !fault.Is(err, fault.Stale) {
			t.Errorf("an identifier of somebody else: %v", err)
		}
		late := found(c, 6, "")
		if err := h.desk.Assess(h.ctx, other, late); !fault.Is(err, fault.Stale) {
			t.Errorf("an older case: %v", err)
		}
		next := found(c, 7, "")
		next.Level = protection.Red
		h.must(h.desk.Assess(h.ctx, other, next))
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		if v.Case.State != protection.InAssessment || v.Case.Level != protection.Red || len(v.Assessments) != 2 || v.Assessments[0].ID != next.ID {
			t.Errorf("%s %s: %+v", v.Case.State, v.Case.Level, v.Assessments)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM history WHERE kind = 'assessment'`); n != 0 || err != nil {
			t.Errorf("%d older versions of what never changes: %v", n, err)
		}
	})
}

// Who is barred, elsewhere, or has no business with it learns nothing of an assessment.
func TestAnAssessmentIsNotForEverybody(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		f := h.family(1)
		h.must(h.save(f.change()))
		barred := accesstest.Somebody(access.Supervisor, h.care)
		barred.Account = f.Case.Conflicts[0].Account
		for name, w := range map[string]access.Who{"barred": barred, "elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "the shelter": h.host,
			"her screener": h.screener, "on duty": h.duty, "a manager of others": h.manager, "the police": accesstest.Somebody(access.Police, h.care)} {
			if _, _, err := h.desk.Assessment(h.ctx, w, f.Assessment.ID); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
			if err := h.desk.Assess(h.ctx, w, found(f.Case.ID, 1, "")); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s makes one: %v", name, err)
			}
		}
		if _, err := h.store.Assessment(h.ctx, access.Grant{}, f.Assessment.ID); !fault.Is(err, fault.Internal) {
			t.Errorf("without a grant: %v", err)
		}
		if all, err := h.store.Assessments(h.ctx, access.Grant{}, f.Case.ID); err == nil || len(all) != 0 {
			t.Errorf("a list without a grant: %d", len(all))
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM assessment`); n != 1 || err != nil {
			t.Errorf("%d assessments: %v", n, err)
		}
	})
}
