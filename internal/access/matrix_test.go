package access_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// forAll lists the actions that are refused to nobody.
var forAll = []access.Action{access.SignalRaise, access.SystemPublic, access.SystemPlaces, access.SystemHealth,
	access.SessionOpen, access.FigureRead}

// TestMatrixIsTheOneReviewed walks all roles × all actions × all relations and
// compares with testdata/matrix.golden, which people read in review.
func TestMatrixIsTheOneReviewed(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	var b strings.Builder
	decisions := 0
	for _, about := range access.Actions() {
		b.WriteString(heading(about))
		var refused []string
		for _, role := range access.Roles() {
			who := w.readers[role]
			var may []string
			for _, rel := range relations {
				if !meant(about.Kind, rel) {
					continue
				}
				decisions++
				g, err := p.Decide(who, about.Action, w.object(about.Kind, who, rel), purpose(about.Kind), now())
				if g.Allows() != (err == nil) {
					t.Errorf("%s %s %s: grant and fault disagree: %v", role, about.Action, rel.name, err)
				}
				if err == nil {
					may = append(may, rel.name)
				}
			}
			if may == nil {
				refused = append(refused, string(role))
				continue
			}
			fmt.Fprintf(&b, "  %-22s%s\n", role, summary(about.Kind, may))
		}
		fmt.Fprintf(&b, "  refused: %s\n\n", strings.Join(refused, " "))
		alone := len(refused) == 0 || len(refused) == 1 && refused[0] == string(access.Program)
		if alone != slices.Contains(forAll, about.Action) {
			t.Errorf("%s: refused to %v; actions for everybody are listed in the test", about.Action, refused)
		}
		if len(refused) == len(access.Roles()) {
			t.Errorf("%s: allowed to nobody", about.Action)
		}
	}
	compare(t, "testdata/matrix.golden", b.String())
	t.Logf("%d decisions", decisions)
}

func heading(i access.Info) string {
	var marks []string
	for mark, on := range map[string]bool{"identity": i.Identity, "list": i.List, "open": i.Open, "fresh": i.Fresh, "worker": i.Worker} {
		if on {
			marks = append(marks, mark)
		}
	}
	slices.Sort(marks)
	return fmt.Sprintf("%s (%s)\n", i.Action, strings.Join(append([]string{string(i.Kind), string(i.Zone)}, marks...), ", "))
}

// TestWhoMayKnow compares who may know that a record of each kind exists.
func TestWhoMayKnow(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	var b strings.Builder
	for _, k := range kinds() {
		fmt.Fprintf(&b, "%s (%s)\n", k, access.ZoneOf(k))
		for _, role := range access.Roles() {
			who := w.readers[role]
			var knows []string
			for _, rel := range relations {
				if o := w.object(k, who, rel); meant(k, rel) && !o.ID.IsZero() && p.Known(who, o, now()) {
					knows = append(knows, rel.name)
				}
			}
			if knows != nil {
				fmt.Fprintf(&b, "  %-22s%s\n", role, summary(k, knows))
			}
		}
		b.WriteString("\n")
	}
	compare(t, "testdata/known.golden", b.String())
}

// TestRefusedIsDeniedOnlyToWhoMayKnow: all roles × actions × relations.
func TestRefusedIsDeniedOnlyToWhoMayKnow(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	type standing struct {
		role access.Role
		kind access.Kind
		rel  string
	}
	knows := map[standing]bool{}
	for _, about := range access.Actions() {
		for _, who := range w.readers {
			for _, rel := range relations {
				o := w.object(about.Kind, who, rel)
				at := standing{who.Post.Role, about.Kind, rel.name}
				known, asked := knows[at]
				if !asked {
					known = o.ID.IsZero() || p.Known(who, o, now())
					knows[at] = known
				}
				_, err := p.Decide(who, about.Action, o, purpose(about.Kind), now())
				switch {
				case err == nil && !known && !about.Fresh:
					t.Errorf("%s may %s (%s) and may not know of it", who.Post.Role, about.Action, rel.name)
				case err != nil && known && !fault.Is(err, fault.Denied), err != nil && !known && !fault.Is(err, fault.Withheld):
					t.Errorf("%s %s (%s): known %v, got %v", who.Post.Role, about.Action, rel.name, known, err)
				case err != nil && !strings.HasPrefix(fault.Of(err).Key, "access.refused."):
					t.Errorf("%s %s (%s): no reason: %v", who.Post.Role, about.Action, rel.name, err)
				}
				if fault.Is(err, fault.Withheld) && !fault.Is(access.Hidden(err), fault.NotFound) {
					t.Errorf("hidden: %v", access.Hidden(err))
				}
			}
		}
	}
}

func kinds() []access.Kind {
	var all []access.Kind
	for _, i := range access.Actions() {
		if !slices.Contains(all, i.Kind) {
			all = append(all, i.Kind)
		}
	}
	slices.Sort(all)
	return all
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) == got {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s line %d:\n had %s\n got %s\nread the change, then run with -update", name, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s: %d lines, now %d", name, len(a), len(b))
}
