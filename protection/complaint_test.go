package protection

import (
	"testing"
	"time"

	"inkingi/internal/ids"
)

// TestMachineComplaint walks every state of a complaint and every verb in each.
func TestMachineComplaint(t *testing.T) {
	me := ids.New[ids.Account]()
	rows := [][]string{{"complaint", "look", "answer", "close"}}
	for _, state := range ComplaintStates {
		c := Complaint{State: state, Due: noon()}
		row := []string{string(state)}
		for _, step := range []func() (Complaint, error){
			func() (Complaint, error) { return c.look(me, noon(), noon().Add(time.Hour)) },
			func() (Complaint, error) {
				return c.answer(AnswerComplaint{Done: "The lock is mended.", Told: "That it is."}, me, noon())
			},
			func() (Complaint, error) { return c.answer(AnswerComplaint{End: "WITHDRAWN"}, me, noon()) },
		} {
			next, err := step()
			row = append(row, outcome(string(next.State), err))
			switch {
			case err != nil:
			case next.State == ComplaintLooked && (next.LookedBy != me || !next.Due.After(noon())):
				t.Errorf("%s is looked into by nobody, or nobody knows until when", state)
			case next.State.Over() && (next.EndedBy != me || next.EndedAt.IsZero() || (next.State == ComplaintClosed) == (next.End == "")):
				t.Errorf("%s to %s: %+v", state, next.State, next)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_complaint.txt", rows)
}

// TestComplaintRoutes tries every way a complaint can go: never to the organisation it
// is about, nor to a house where nobody who leads may know of it.
func TestComplaintRoutes(t *testing.T) {
	house, shelter := ids.New[ids.Org](), ids.New[ids.Org]()
	lead, second, worker := ids.New[ids.Account](), ids.New[ids.Account](), ids.New[ids.Account]()
	of := Lodger{Owner: house}
	rows := [][]string{{"against", "who leads the house", "who is barred besides", "goes to"}}
	for _, against := range []struct {
		name string
		org  ids.Org
	}{{"the house", house}, {"a shelter", shelter}} {
		for _, leads := range []struct {
			name string
			all  []ids.Account
		}{{"nobody", nil}, {"one", []ids.Account{lead}}, {"two", []ids.Account{lead, second}}} {
			for _, bars := range []struct {
				name string
				all  []Conflict
			}{{"nobody", nil}, {"a worker", []Conflict{{Account: worker}}}, {"the first who leads", []Conflict{{Account: lead}}},
				{"both who lead", []Conflict{{Account: lead}, {Account: second}}}, {"the house", []Conflict{{Org: house}}}} {
				all := append([]Conflict{{Org: against.org}}, bars.all...)
				to := of.route(against.org, leads.all, all)
				word := "oversight"
				if to == house {
					word = "the supervisor"
				}
				rows = append(rows, []string{against.name, leads.name, bars.name, word})
				if to == against.org || !to.IsZero() && (barredOrg(all, to) || len(unbarred(leads.all, all)) == 0) {
					t.Errorf("against %s, led by %s, barred %s: it goes to %s", against.name, leads.name, bars.name, word)
				}
			}
		}
	}
	golden(t, "complaint_routes.txt", rows)
}

func TestComplainChecks(t *testing.T) {
	r := burundi(t)
	good := Complain{Kind: PSEA, From: "HERSELF", Named: No, Against: ids.New[ids.Org](), Words: "He asks for it each evening."}
	refuses(t, good, func(c Complain) error { return c.Check(r) }, []bad[Complain]{
		{"about nothing", func(c *Complain) { c.Kind = "" }, "kind", "fault.choice.missing"},
		{"a kind of no list", func(c *Complain) { c.Kind = "x" }, "kind", "fault.code.unknown"},
		{"against nobody", func(c *Complain) { c.Against = ids.Org{} }, "against", "fault.choice.missing"},
		{"nobody speaks", func(c *Complain) { c.From = "" }, "from", "fault.choice.missing"},
		{"no word", func(c *Complain) { c.Words = " " }, "words", "fault.text.missing"},
		{"too many words", func(c *Complain) { c.Words = long(accountLimit + 1) }, "words", "fault.text.long"},
		{"she was not asked", func(c *Complain) { c.Named = NotAsked }, "named", "fault.choice.missing"},
		{"perhaps", func(c *Complain) { c.Named = Unknown }, "named", "fault.code.unknown"},
	})
}

func TestAnswerComplaintChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, AnswerComplaint{Done: "The lock is mended.", Told: "That it is."}, func(c AnswerComplaint) error { return c.Check(r) }, []bad[AnswerComplaint]{
		{"nothing was done", func(c *AnswerComplaint) { c.Done = "" }, "done", "fault.text.missing"},
		{"she was told nothing", func(c *AnswerComplaint) { c.Told = " " }, "told", "fault.text.missing"},
		{"a reason of no list", func(c *AnswerComplaint) { c.End = "x" }, "end", "fault.code.unknown"},
	})
	if err := (AnswerComplaint{End: "WITHDRAWN"}).Check(r); err != nil {
		t.Error(err)
	}
}

// Of sexual exploitation or abuse the first look is due within a day; nothing else is
// due before it.
func TestComplaintClocks(t *testing.T) {
	r := burundi(t)
	if due := r.Due(ComplaintKey(PSEA, ComplaintReceived), noon()); due.Sub(noon()) != 24*time.Hour {
		t.Errorf("due %s", due)
	}
	for _, kind := range r.Codes("complaint_kind") {
		for _, state := range ComplaintStates {
			if first := kind == PSEA && state == ComplaintReceived; !first && !r.Due(ComplaintKey(kind, state), noon()).After(noon().Add(24*time.Hour)) {
				t.Errorf("%s %s is due as soon", kind, state)
			}
		}
	}
}
