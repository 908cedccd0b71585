package prosecution

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/access"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The machines as tables. Read testdata/machine_*.txt as the law of this room.

// TestMachineF walks every state, every state that could follow, and every role.
func TestMachineF(t *testing.T) {
	rows := [][]string{{"from", "to", "by", "asks for"}}
	seen := map[State]bool{Received: true}
	for _, from := range States {
		for _, to := range States {
			var by []string
			var m Move
			for _, role := range access.Roles() {
				if one, ok := move(from, to, role); ok {
					by, m = append(by, string(role)), one
					if role.Side() != access.Pursuing {
						t.Errorf("%s moves a file from %s to %s", role, from, to)
					}
				}
			}
			if len(by) == 0 {
				continue
			}
			seen[to] = true
			rows = append(rows, []string{string(from), string(to), strings.Join(by, " "), m.asks()})
			if from.Over() && from != Dismissed && to.Number() < from.Number() {
				t.Errorf("%s goes back to %s", from, to)
			}
			if to == Dismissed && !m.Has(NeedsReason) {
				t.Errorf("%s is dismissed without a reason", from)
			}
			if to.AtCourt() && !from.AtCourt() && (from != Instruction || !m.Has(NeedsCourt)) {
				t.Errorf("%s reaches a court without one", from)
			}
		}
	}
	for _, s := range States {
		if !seen[s] {
			t.Errorf("nothing leads to %s", s)
		}
	}
	golden(t, "machine_f.txt", rows)
}

func (m Move) asks() string {
	var all []string
	for _, one := range []struct {
		n    Need
		name string
	}{{NeedsOffice, "office"}, {NeedsCourt, "court"}, {NeedsFirstDay, "first day"}, {NeedsReason, "reason"}, {NeedsAppellant, "who appeals"}} {
		if m.Has(one.n) {
			all = append(all, one.name)
		}
	}
	if m.Book != "" {
		all = append(all, "number "+string(m.Book))
	}
	return strings.Join(all, ", ")
}

// TestMachineVerbs walks every state, every verb and every role.
func TestMachineVerbs(t *testing.T) {
	rows := [][]string{append([]string{"state"}, verbNames()...)}
	for _, s := range append(States[:], "") {
		row := []string{string(s)}
		for _, v := range Verbs {
			var by []string
			for _, role := range access.Roles() {
				if May(s, v, role) {
					by = append(by, string(role))
				}
			}
			row = append(row, strings.Join(by, " "))
			if len(by) > 0 && (s == "" || s == Archived || s == Execution && v != Stands) {
				t.Errorf("%s is done where the file is %q", v, s)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_f_verbs.txt", rows)
}

func verbNames() []string {
	var all []string
	for _, v := range Verbs {
		all = append(all, string(v))
	}
	return all
}

// TestMachineStanding walks every standing of a person and every one that could follow.
func TestMachineStanding(t *testing.T) {
	rows := [][]string{{"from", "said"}}
	for _, from := range Standings {
		var to []string
		for _, one := range from.Next() {
			to = append(to, string(one))
			if slices.Contains([]Standing{PoliceCustody, ConvictedFirst, ConvictedFinal, AcquittedFirst, AcquittedFinal, ChargesDropped}, one) {
				t.Errorf("%s: %s comes from an act of its own", from, one)
			}
		}
		if from.Over() && len(to) > 0 {
			t.Errorf("%s is over and goes on", from)
		}
		rows = append(rows, []string{string(from), strings.Join(to, " ")})
	}
	golden(t, "machine_standing.txt", rows)
	if !ConvictedFirst.Innocent() || ConvictedFinal.Innocent() {
		t.Error("innocence is presumed until a decision is final")
	}
}

// golden compares a table with its file.
func golden(t *testing.T, name string, rows [][]string) {
	t.Helper()
	var b strings.Builder
	for _, row := range rows {
		cells := slices.Clone(row)
		for i, c := range cells {
			if c == "" {
				cells[i] = "-"
			}
		}
		b.WriteString(strings.Join(cells, " | ") + "\n")
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != b.String() {
		t.Errorf("%s is not as it was (%v); look, then -update:\n%s", name, err, b.String())
	}
}
