package access_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
)

// pool holds few accounts, organisations and places, so that random records
// and readers meet.
type pool struct {
	accounts []ids.Account
	orgs     []ids.Org
	paths    [][]string
}

func newPool() pool {
	p := pool{accounts: make([]ids.Account, 1), orgs: make([]ids.Org, 1), // the zero ones too
		paths: [][]string{nil, {"BI"}, {"BI", "BI-01"}, {"BI", "BI-01", "BI-01-02"}, {"BI", "BI-03"}}}
	for range 3 {
		p.accounts = append(p.accounts, ids.New[ids.Account]())
		p.orgs = append(p.orgs, ids.New[ids.Org]())
	}
	return p
}

func (p pool) object(t *rapid.T, k access.Kind) access.Object {
	account, org := rapid.SampledFrom(p.accounts), rapid.SampledFrom(p.orgs)
	return access.Object{
		Kind: k, ID: ids.New[ids.Case]().UUID,
		Zone:         rapid.SampledFrom([]access.Zone{"", access.ZoneOf(k), access.Public, access.Sealed, access.Criminal}).Draw(t, "zone"),
		Owner:        org.Draw(t, "owner"),
		To:           org.Draw(t, "to"),
		By:           account.Draw(t, "by"),
		Team:         rapid.SliceOfN(account, 0, 2).Draw(t, "team"),
		Places:       rapid.SampledFrom(p.paths).Draw(t, "places"),
		Stage:        rapid.SampledFrom([]string{"", "draft", "DRAFT", "SENT", "DECLINED"}).Draw(t, "stage"),
		Child:        rapid.Bool().Draw(t, "child"),
		Excluded:     rapid.SliceOfN(account, 0, 1).Draw(t, "excluded"),
		ExcludedOrgs: rapid.SliceOfN(org, 0, 1).Draw(t, "excluded orgs"),
		Bench:        rapid.SliceOfN(org, 0, 2).Draw(t, "bench"),
	}
}

func (p pool) reader(t *rapid.T, r access.Role) access.Who {
	w := accesstest.Somebody(r, rapid.SampledFrom(p.orgs).Draw(t, "org"))
	if r.Held() {
		w.Account = rapid.SampledFrom(p.accounts).Draw(t, "account")
		w.Post.Place = rapid.SampledFrom([]string{"", "BI", "BI-01", "BI-01-02"}).Draw(t, "place")
	}
	return w
}

func lists() []access.Info {
	return slices.DeleteFunc(access.Actions(), func(i access.Info) bool { return !i.List })
}

// TestListsHideNothingThatIsAllowed: for every role and every list, what SQL
// admits contains what the rules allow, and Go says what SQL says.
func TestListsHideNothingThatIsAllowed(t *testing.T) {
	p, policy := newPool(), accesstest.Policy(t)
	rapid.Check(t, func(t *rapid.T) {
		for _, about := range lists() {
			for _, role := range access.Roles() {
				w := p.reader(t, role)
				page, err := policy.Decide(w, about.Action, access.Object{Kind: about.Kind}, purpose(about.Kind), now())
				if err != nil {
					continue
				}
				scope, o := page.Scope(), p.object(t, about.Kind)
				_, refused := policy.Decide(w, about.Action, o, purpose(about.Kind), now())
				admits := scope.Admits(o)
				if refused == nil && !admits {
					t.Fatalf("%s %s: allowed, and the list hides it: %+v", role, about.Action, o)
				}
				if plain(o, about) && admits && refused != nil {
					t.Fatalf("%s %s: the list shows what is refused: %v", role, about.Action, refused)
				}
				if text, args := scope.Where(columns()); evaluate(t, text, args, o) != admits {
					t.Fatalf("%s %s: Go says %v, SQL does not: %s %v\n%+v", role, about.Action, admits, text, args, o)
				}
			}
		}
	})
}

// plain says that no rule closes the record beyond what the list filters by: it
// is neither sealed nor criminal, and the list is not the search of names, nor of
// who lives in a house, nor of complaints: those say in their own text what R24 and R25 say.
func plain(o access.Object, about access.Info) bool {
	return (o.Zone == "" || o.Zone == about.Zone) && about.Action != access.PersonSearch && about.Action != access.FileFind && about.Action != access.StayList && about.Action != access.ComplaintList
}

// columns gives conditions that evaluate understands.
func columns() access.Columns {
	return access.Columns{Owner: "owner", To: "to", By: "by", Stage: "stage", Team: "team = ?", Places: "places = ?",
		Child: "child", Public: "public", Bench: "bench = ?", Excluded: "excluded = ?", ExcludedOrgs: "excluded_orgs = ?"}
}

// evaluate reads a condition as SQL would, over one record.
func evaluate(t *rapid.T, text string, args []any, o access.Object) bool {
	text = strings.NewReplacer("(", " ( ", ")", " ) ").Replace(text)
	e := &evaluator{words: strings.Fields(text), args: args, o: o}
	v := e.or()
	if len(e.words) != 0 || len(e.args) != 0 {
		t.Fatalf("left over: %v %v", e.words, e.args)
	}
	return v
}

type evaluator struct {
	words []string
	args  []any
	o     access.Object
}

func (e *evaluator) next() string {
	w := e.words[0]
	e.words = e.words[1:]
	return w
}

func (e *evaluator) accept(word string) bool {
	if len(e.words) == 0 || e.words[0] != word {
		return false
	}
	e.words = e.words[1:]
	return true
}

func (e *evaluator) or() bool {
	v := e.and()
	for e.accept("OR") {
		w := e.and()
		v = v || w
	}
	return v
}

func (e *evaluator) and() bool {
	v := e.not()
	for e.accept("AND") {
		w := e.not()
		v = v && w
	}
	return v
}

func (e *evaluator) not() bool {
	if e.accept("NOT") {
		return !e.not()
	}
	if e.accept("(") {
		v := e.or()
		e.next()
		return v
	}
	return e.atom()
}

func (e *evaluator) atom() bool {
	switch name := e.next(); {
	case name == "child":
		return e.o.Child
	case name == "public":
		return e.o.Zone == access.Public
	case e.accept("IS"):
		e.next()
		return e.values(name)[0] == ""
	default:
		sign, side := e.next(), e.next()
		if side != "?" {
			return (name == side) == (sign == "=")
		}
		want := argument(e.args[0])
		e.args = e.args[1:]
		return slices.Contains(e.values(name), want) == (sign == "=")
	}
}

func (e *evaluator) values(name string) []string {
	switch name {
	case "owner":
		return []string{e.o.Owner.String()}
	case "to":
		return []string{e.o.To.String()}
	case "by":
		return []string{e.o.By.String()}
	case "stage":
		return []string{strings.ToUpper(e.o.Stage)}
	case "bench":
		return texts(e.o.Bench)
	case "team":
		return texts(e.o.Team)
	case "places":
		return e.o.Places
	case "excluded":
		return texts(e.o.Excluded)
	case "excluded_orgs":
		return texts(e.o.ExcludedOrgs)
	}
	panic("no column " + name)
}

func texts[T fmt.Stringer](all []T) []string {
	var s []string
	for _, one := range all {
		s = append(s, one.String())
	}
	return s
}

func argument(a any) string {
	if s, ok := a.(fmt.Stringer); ok {
		return s.String()
	}
	return a.(string)
}

func TestWhereReads(t *testing.T) {
	w := accesstest.Somebody(access.DutyOfficer, ids.New[ids.Org]())
	w.Post.Place = "BI-01"
	g := accesstest.Grant(t, w, access.SignalList, access.Object{Kind: access.SignalKind}, access.ForIntake)
	c := columns()
	c.Team, c.Excluded = "s.taken_by = ?", "x.account = ?"
	text, args := g.Scope().Where(c)
	want := "(((owner IS NULL AND by = ?) OR (owner = ? AND by = ?) OR (owner IS NULL AND s.taken_by = ?) OR (owner = ? AND s.taken_by = ?) OR (owner IS NULL AND places = ?) OR (owner = ? AND places = ?))" +
		" AND NOT (x.account = ?) AND NOT (excluded_orgs = ?))"
	if text != want || len(args) != 11 || args[1] != w.Post.Org || args[6] != "BI-01" || args[7] != w.Post.Org || args[9] != w.Account {
		t.Errorf("got %s\n%v", text, args)
	}
}

func TestScopeSaysMineAndOrgless(t *testing.T) {
	for _, c := range []struct {
		role          access.Role
		action        access.Action
		kind          access.Kind
		mine, orgless bool
	}{
		{access.CaseManager, access.CaseList, access.CaseKind, true, false},
		{access.Supervisor, access.CaseList, access.CaseKind, false, false},
		{access.DutyOfficer, access.SignalList, access.SignalKind, false, false},
		{access.Coordinator, access.QueueUnanswered, access.Queue, false, true},
		{access.DataProtection, access.LogRead, access.Log, false, true},
		{access.Police, access.SignalReceipt, access.SignalKind, true, false},
	} {
		g := accesstest.Grant(t, accesstest.Somebody(c.role, ids.New[ids.Org]()), c.action, access.Object{Kind: c.kind}, purpose(c.kind))
		if s := g.Scope(); s.Mine != c.mine || s.Orgless != c.orgless || s.Role != c.role || !s.At.Equal(now()) {
			t.Errorf("%s %s: %+v", c.role, c.action, s)
		}
	}
}
