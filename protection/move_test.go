package protection

import (
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Only what is offered can be answered or taken back, and once.
func TestMachineTransfer(t *testing.T) {
	rows := [][]string{{"transfer", "take", "decline", "withdraw"}}
	for _, state := range TransferStates {
		row := []string{string(state)}
		for _, to := range []TransferState{TransferTaken, TransferDeclined, TransferWithdrawn} {
			after, err := (Transfer{State: state}).answer(to, "", ids.New[ids.Account](), noon())
			row = append(row, outcome(string(after.State), err))
			if err == nil && (after.AnsweredBy.IsZero() || after.AnsweredAt.IsZero()) {
				t.Errorf("%s by nobody", to)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_transfer.txt", rows)
}

// Somebody goes once; nobody answers his own call.
func TestMachineBackup(t *testing.T) {
	me, other := ids.New[ids.Account](), ids.New[ids.Account]()
	for name, one := range map[string]struct {
		call Backup
		ok   bool
	}{"open": {Backup{By: other}, true}, "one's own": {Backup{By: me}, false}, "answered": {Backup{By: other, AnsweredBy: other}, false}} {
		after, err := one.call.come(me, noon())
		if (err == nil) != one.ok || err == nil && (after.AnsweredBy != me || after.Open()) {
			t.Errorf("%s: %+v, %v", name, after, err)
		}
	}
}

func TestKeepCoverCheck(t *testing.T) {
	a, b := ids.New[ids.Account](), ids.New[ids.Account]()
	good := Cover{Away: a, Cover: b, From: noon(), Until: noon().Add(48 * time.Hour)}
	for name, one := range map[string]struct {
		change func(*Cover)
		want   string
	}{
		"good":       {func(*Cover) {}, ""},
		"of nobody":  {func(c *Cover) { c.Away = ids.Account{} }, "away"},
		"by nobody":  {func(c *Cover) { c.Cover = ids.Account{} }, "cover"},
		"by himself": {func(c *Cover) { c.Cover = a }, "cover"},
		"backwards":  {func(c *Cover) { c.Until = c.From }, "until"},
		"for ever":   {func(c *Cover) { c.Until = c.From.AddDate(1, 0, 0) }, "until"},
		"no start":   {func(c *Cover) { c.From = time.Time{} }, "until"},
	} {
		x := good
		one.change(&x)
		if got := fieldsOf(KeepCover{x}.Check()); got != one.want {
			t.Errorf("%s: at %q, want %q", name, got, one.want)
		}
	}
}

// A hand-over leaves no seat empty: every combination of what is held and who is named.
func TestHandOnCheck(t *testing.T) {
	from, to := ids.New[ids.Account](), ids.New[ids.Account]()
	managed, talked := CaseLine{ID: ids.New[ids.Case](), Manager: from}, CaseLine{ID: ids.New[ids.Case](), Screener: from, Manager: to}
	for mask := range 64 {
		has := func(bit int) bool { return mask&(1<<bit) != 0 }
		c, h := HandOn{From: from, Whole: true}, Held{}
		if has(0) {
			h.Cases = append(h.Cases, managed)
		}
		if has(1) {
			h.Cases = append(h.Cases, talked)
		}
		if has(2) {
			h.Signals = append(h.Signals, ids.New[ids.Signal]())
		}
		if has(3) {
			c.Manager = to
		}
		if has(4) {
			c.Screener = to
		}
		if has(5) {
			c.Duty = to
		}
		var want []string
		if has(2) && !has(5) {
			want = append(want, "duty")
		}
		if has(0) && !has(3) {
			want = append(want, "manager")
		}
		if has(1) && !has(4) {
			want = append(want, "screener")
		}
		if got := fieldsOf(c.Check(h)); got != strings.Join(want, " ") {
			t.Errorf("%06b: at %q, want %v", mask, got, want)
		}
	}
	both := Held{Cases: []CaseLine{managed, talked}, Signals: []ids.Signal{ids.New[ids.Signal]()}}
	for name, one := range map[string]struct {
		cmd  HandOn
		want string
	}{
		"some of none":     {HandOn{From: from}, "cases"},
		"one to a manager": {HandOn{From: from, Cases: []ids.Case{managed.ID}, Manager: to}, ""},
		"one to nobody":    {HandOn{From: from, Cases: []ids.Case{talked.ID}, Manager: to}, "screener"},
		"to himself":       {HandOn{From: from, Cases: []ids.Case{managed.ID}, Manager: from}, "manager"},
		"covers only":      {HandOn{From: from, Cases: []ids.Case{managed.ID}, Manager: to, Duty: from}, "duty"},
	} {
		if got := fieldsOf(one.cmd.Check(both)); got != one.want {
			t.Errorf("%s: at %q, want %q", name, got, one.want)
		}
	}
	stands := Held{Covers: []Cover{{}}}
	if got := fieldsOf(HandOn{From: from, Whole: true}.Check(stands)); got != "duty" {
		t.Errorf("a cover with nobody: %q", got)
	}
	if got := fieldsOf(HandOn{From: from, Whole: true, Screener: to}.Check(stands)); got != "" {
		t.Errorf("a cover with somebody: %q", got)
	}
}

// fieldsOf lists where something is wrong, sorted.
func fieldsOf(err error) string {
	var all []string
	for _, one := range fault.Fields(err) {
		all = append(all, one.Field)
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

// Every state of a consent to the other organisation, and every way an offer can be wrong.
func TestOfferCheck(t *testing.T) {
	r, own, to := burundi(t), ids.New[ids.Org](), ids.New[ids.Org]()
	of := Case{ID: ids.New[ids.Case](), Owner: own, Adult: Yes}
	yes := Consent{State: Given, Purpose: P1CaseManagement, Recipient: to, GivenBy: "SELF", Mode: "WRITTEN"}
	for _, state := range []ConsentState{Given, Refused, Withdrawn, Expired, Superseded, Overridden} {
		k := yes
		k.State = state
		want := "to"
		if state == Given {
			want = ""
		}
		if got := fieldsOf(Offer{To: to, Reason: "SAFETY"}.Check(r, of, k, noon())); got != want {
			t.Errorf("%s: at %q, want %q", state, got, want)
		}
	}
	over, child, barred := yes, of, of
	over.Expires = noon().Add(-time.Hour)
	child.Child = true
	barred.Conflicts = []Conflict{{Org: to}}
	for name, err := range map[string]error{
		"expired": Offer{To: to, Reason: "SAFETY"}.Check(r, of, over, noon()), "by a child alone": Offer{To: to, Reason: "SAFETY"}.Check(r, child, yes, noon()),
		"never asked": Offer{To: to, Reason: "SAFETY"}.Check(r, of, Consent{}, noon()), "to an organisation in conflict": Offer{To: to, Reason: "SAFETY"}.Check(r, barred, yes, noon()),
		"to one's own": Offer{To: own, Reason: "SAFETY"}.Check(r, of, yes, noon()), "to nobody": Offer{Reason: "SAFETY"}.Check(r, of, yes, noon()),
	} {
		if fieldsOf(err) != "to" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := fieldsOf(Offer{To: to}.Check(r, of, yes, noon())); got != "reason" {
		t.Errorf("without a reason: %q", got)
	}
}
