package protection

import (
	"fmt"
	"slices"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// TestWhoSaysYesForAChild is who may: whoever stands by her × whether that person had
// a part in it × why no carer, in the three places where a yes is taken. Somebody
// who may have harmed her says yes nowhere (PROCESS.md §2.5, §11.1).
func TestWhoSaysYesForAChild(t *testing.T) {
	r := burundi(t)
	trusted, appointed := Guardian{ID: ids.New[ids.Guardian](), Kind: Trusted}, Guardian{ID: ids.New[ids.Guardian](), Kind: Appointed}
	ended, gone := Guardian{ID: ids.New[ids.Guardian](), Kind: Trusted, Until: noon(), End: "CONFLICT"}, Guardian{ID: ids.New[ids.Guardian](), Kind: Appointed, Until: noon()}
	beside := []Guardian{trusted, appointed, ended, gone}
	child, written := Case{Age: declared(13), Child: true}, Plan{At: noon().AddDate(0, 0, -3)}
	rows := [][]string{{"who", "had a part", "carer away", "consent", "plan", "erasure"}}
	for _, who := range []struct {
		name string
		id   ids.Guardian
	}{{"nobody named", ids.Guardian{}}, {"somebody of another child", ids.New[ids.Guardian]()}, {"a trusted adult", trusted.ID}, {"no trusted adult any more", ended.ID}, {"the guardian", appointed.ID}, {"a guardian no more", gone.ID}} {
		for _, part := range []Answer{No, Yes, Unknown, NotAsked} {
			for _, away := range []string{"", "ABSENT", "SUSPECTED", "UNSAFE"} {
				ask := AskConsent{Purpose: P1CaseManagement, Said: true, Agreed: Yes, Mode: "WRITTEN", GivenBy: "GUARDIAN", Guardian: who.id, Involved: part, Assent: Yes, CarerAway: away}
				agree := Agree{Day: today(), Mode: "WRITTEN", Language: "rn", GivenBy: "GUARDIAN", Guardian: who.id, Involved: part, Assent: Yes, CarerAway: away}
				erase := AskErasure{Reason: "AFRAID", Given: "GUARDIAN", Guardian: who.id, Involved: part, Assent: Yes, CarerAway: away, Told: r.list("erasure_told")}
				row := []string{who.name, string(part), away}
				for _, errs := range [][]error{
					{ask.Check(r, child, noon()), ask.carer().stands(beside)},
					{agree.Check(r, child, written, noon()), agree.carer().stands(beside)},
					{erase.Check(r, true), erase.carer().stands(beside)},
				} {
					err := fault.Join(errs...)
					row = append(row, refusal(err))
					if may := part == No && (who.id == appointed.ID || who.id == trusted.ID && away == ""); (err == nil) != may {
						t.Errorf("%v: %v", row, err)
					}
				}
				rows = append(rows, row)
			}
		}
	}
	golden(t, "consent_by_carer.txt", rows)
}

// TestWhatAPurposeNeeds is the columns "bundled" and "minors" of PROCESS.md §2.5: the
// purpose × age × who says yes, in a conversation or apart, and what was weighed.
func TestWhatAPurposeNeeds(t *testing.T) {
	r := burundi(t)
	rows := [][]string{{"purpose", "age", "by", "apart", "in the conversation", "nothing weighed", "weighed", "a panel's yes", "a panel's no since"}}
	for _, purpose := range r.list("consent_purpose") {
		rule := r.Purposes[purpose]
		about := rule.About
		weighed, yes, no := Interests{About: about}, Interests{About: about, Decision: PanelFor}, Interests{About: about, Decision: PanelAgainst}
		for _, years := range []int{5, 13, 16, 30} {
			for _, by := range []string{"SELF", "GUARDIAN", "AUTHORITY"} {
				if years == 30 && by != "SELF" || years < 15 && by == "SELF" {
					continue
				}
				c := AskConsent{Purpose: purpose, Recipient: ids.New[ids.Org](), Scope: []string{"minimum"}, Said: true, Agreed: Yes, Mode: "WRITTEN", GivenBy: by,
					Guardian: ids.New[ids.Guardian](), Involved: No, Assent: Yes, CarerAway: "ABSENT", Ethics: "CNE 12/2026"}
				of := Case{Age: declared(years), Child: years < 18}
				row := []string{purpose, fmt.Sprint(years), by, refusal(c.Check(r, of, noon()))}
				c.Screening = ids.New[ids.Screening]()
				row = append(row, refusal(c.Check(r, of, noon())))
				for _, all := range [][]Interests{nil, {weighed}, {yes, weighed}, {no, yes, weighed}} {
					key := "-"
					if of.Child {
						if key = rule.before(all); key == "" {
							key = "ok"
						}
					}
					row = append(row, key)
				}
				rows = append(rows, row)
			}
		}
	}
	golden(t, "consent_by_purpose.txt", rows)
	c := AskConsent{Purpose: P10Research, Said: true, Agreed: Yes, Mode: "WRITTEN", GivenBy: "SELF"}
	if err := c.Check(r, Case{Adult: Yes}, noon()); !says(err, "ethics", "fault.text.missing") {
		t.Errorf("research without a committee: %v", err)
	}
	if c.Agreed = No; c.Check(r, Case{Adult: Yes}, noon()) != nil {
		t.Error("a no to research needs a committee")
	}
}

// A yes holds until its day, and once it was taken back nothing new leaves until she
// says yes again; a yes to another house is no yes to this one.
func TestAYesThatWasTakenBack(t *testing.T) {
	here, there := ids.New[ids.Org](), ids.New[ids.Org]()
	of := func(state ConsentState, to ids.Org) Consent {
		return Consent{Purpose: P1CaseManagement, State: state, Owner: here, Recipient: to}
	}
	for name, c := range map[string]struct {
		all  []Consent
		want bool
	}{
		"never asked":                     {nil, false},
		"a yes":                           {[]Consent{of(Given, ids.Org{})}, false},
		"a no, never a yes":               {[]Consent{of(Refused, ids.Org{})}, false},
		"taken back":                      {[]Consent{of(Withdrawn, ids.Org{})}, true},
		"a no after a yes":                {[]Consent{of(Refused, ids.Org{}), of(Withdrawn, ids.Org{})}, true},
		"a yes again":                     {[]Consent{of(Given, ids.Org{}), of(Withdrawn, ids.Org{})}, false},
		"taken back, a yes elsewhere":     {[]Consent{of(Given, there), of(Withdrawn, ids.Org{})}, true},
		"a yes, taken back elsewhere":     {[]Consent{of(Withdrawn, there), of(Given, ids.Org{})}, false},
		"only taken back elsewhere":       {[]Consent{of(Withdrawn, there)}, false},
		"taken back, and to itself a yes": {[]Consent{of(Given, here), of(Withdrawn, ids.Org{})}, false},
	} {
		if got := takenBack(c.all, P1CaseManagement, noon()); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	back := Consent{ID: ids.New[ids.Consent](), Purpose: P9Afterwards, State: Refused, At: noon(), AskedBy: ids.New[ids.Account]()}
	older, ended := back.superseded([]Consent{{ID: ids.New[ids.Consent](), Purpose: P9Afterwards, State: Given}, {ID: ids.New[ids.Consent](), Purpose: P9Afterwards, State: Refused}, {ID: ids.New[ids.Consent](), Purpose: P6Family, State: Given}})
	if len(older) != 2 || len(ended) != 1 || older[0].State != Withdrawn || older[0].WithdrawnBy != back.AskedBy || older[1].State != Superseded {
		t.Errorf("a no after a yes: %+v, %+v", older, ended)
	}
}

// What a child's return lacks besides: who traced, what was found, whom she calls.
func TestTracingBeforeAChildReturns(t *testing.T) {
	good := Homecoming{Into: "FAMILY", Traced: "FOUND", TracedBy: vault.Clear("x"), TracedOn: today(), Safe: Yes, Contact: vault.Clear("x")}
	for name, c := range map[string]struct {
		change func(*Homecoming)
		want   []string
	}{
		"nothing":                    {func(*Homecoming) {}, nil},
		"nobody traced":              {func(h *Homecoming) { h.TracedBy = vault.Text{} }, []string{"fault.return.tracing"}},
		"nobody knows when":          {func(h *Homecoming) { h.TracedOn = date.Day{} }, []string{"fault.return.tracing"}},
		"nobody says to whom":        {func(h *Homecoming) { h.Into = "" }, []string{"fault.return.tracing"}},
		"a family judged unsafe":     {func(h *Homecoming) { h.Safe = No }, []string{"fault.return.unsafe"}},
		"a family nobody judged":     {func(h *Homecoming) { h.Safe = Unknown }, []string{"fault.return.unsafe"}},
		"a family not found":         {func(h *Homecoming) { h.Traced = "NOT_FOUND" }, []string{"fault.return.unsafe"}},
		"not found, a foster family": {func(h *Homecoming) { h.Traced, h.Into, h.Safe = "NOT_FOUND", "FOSTER", NotAsked }, nil},
		"nobody to call":             {func(h *Homecoming) { h.Contact = vault.Text{} }, []string{"fault.return.contact"}},
		"nothing is known":           {func(h *Homecoming) { *h = Homecoming{} }, []string{"fault.return.tracing", "fault.return.contact"}},
	} {
		h := good
		c.change(&h)
		if got := h.untraced(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// She does not leave: her decision is gone, whoever was told is marked once, and
// after her arrival there is nothing to stop.
func TestAStoppedReturn(t *testing.T) {
	told, quiet := Party{ID: ids.New[ids.Party](), Kind: "EMBASSY", Told: []string{"NAME"}}, Party{ID: ids.New[ids.Party](), Kind: "FAMILY"}
	h := Homecoming{Freely: Yes, Decided: today(), Leaves: today(), BackedBy: ids.New[ids.Account](), Parties: []Party{told, quiet}}
	next := h.stop(No, noon())
	if next.Freely != No || !next.Decided.IsZero() || !next.Leaves.IsZero() || !next.Stopped.Equal(noon()) || !next.BackedBy.IsZero() || next.Parties[0].Ended.IsZero() || !next.Parties[1].Ended.IsZero() || !next.Unaware() {
		t.Errorf("%+v", next)
	}
	if !h.Parties[0].Ended.IsZero() {
		t.Error("the old record was changed")
	}
	if after := next.tell(PrepareReturn{Released: []ids.Party{told.ID, quiet.ID}}, noon()); after.Unaware() || !after.Parties[1].Released.IsZero() {
		t.Errorf("told: %+v", after.Parties)
	}
	for _, state := range CaseStates {
		if _, err := (Case{State: state}).stay(Homecoming{Arrived: today()}, noon()); err == nil {
			t.Errorf("stopped in %s after her arrival", state)
		}
	}
	me := ids.New[ids.Account]()
	for name, c := range map[string]struct {
		of   CaseState
		h    Homecoming
		want bool
	}{
		"her words, another person": {InAssistance, Homecoming{Early: vault.Clear("x"), By: ids.New[ids.Account]()}, true},
		"who prepared it":           {InAssistance, Homecoming{Early: vault.Clear("x"), By: me}, false},
		"not a word of hers":        {InAssistance, Homecoming{By: ids.New[ids.Account]()}, false},
		"a yes stands already":      {InAssistance, Homecoming{Early: vault.Clear("x"), BackedBy: ids.New[ids.Account]()}, false},
		"she is on her way":         {InReturn, Homecoming{Early: vault.Clear("x")}, false},
	} {
		if _, err := c.h.back(Case{State: c.of}, me, noon()); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	yes := map[string]Answer{"RECEIVING": Yes}
	for name, c := range map[string]struct {
		h    Homecoming
		want bool
	}{
		"an organisation of the list":   {Homecoming{Arrived: today(), Receiving: ids.New[ids.Org](), Checks: yes}, true},
		"a mechanism abroad":            {Homecoming{Arrived: today(), Parties: []Party{{Kind: "FOREIGN_NRM"}}, Checks: yes}, true},
		"the family alone":              {Homecoming{Arrived: today(), Parties: []Party{{Kind: "FAMILY"}}, Checks: yes}, false},
		"not arrived":                   {Homecoming{Receiving: ids.New[ids.Org](), Checks: yes}, false},
		"who receives her said nothing": {Homecoming{Arrived: today(), Receiving: ids.New[ids.Org]()}, false},
	} {
		if got := c.h.received(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
