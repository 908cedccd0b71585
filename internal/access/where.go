package access

import "strings"

// Columns says how one list of the store is written in SQL. Owner, To, By and
// Stage are columns. The others are conditions: Team and Places with one ?
// (the account, the place code), Excluded with one ? (the account),
// ExcludedOrgs and Bench with one ? (the organisation), Child and Public with none:
//
//	Columns{Owner: "s.owner", By: "s.raised_by",
//		Team:     "s.taken_by = ?",
//		Places:   "EXISTS (SELECT 1 FROM place_above p WHERE p.code = s.place AND p.above = ?)",
//		Excluded: "EXISTS (SELECT 1 FROM conflict x WHERE x.record = s.id AND x.account = ?)", …}
//
// An empty one means that no such record has it: the word admits nothing, an
// exclusion bars nobody.
type Columns struct {
	Owner, To, By, Stage   string
	Team, Places           string
	Child, Public          string
	Bench                  string
	Excluded, ExcludedOrgs string
}

// Where is the text of [Scope.Admits] in SQL, with ? for each argument, in
// parentheses. A scope that admits nothing gives "(1 = 0)".
//
// For a supervisor of one organisation it reads:
//
//	((s.owner = ?) AND NOT (EXISTS (… x.account = ?)) AND NOT (EXISTS (… x.org = ?)))
func (s Scope) Where(c Columns) (string, []any) {
	var t text
	for _, w := range reachOrder {
		if s.Reach.Has(w) {
			s.word(&t, w, c)
		}
	}
	if len(t.parts) == 0 {
		return "(1 = 0)", nil
	}
	condition, args := "("+strings.Join(t.parts, " OR ")+")", t.args
	if c.Excluded != "" && !s.Account.IsZero() {
		condition += " AND NOT (" + c.Excluded + ")"
		args = append(args, s.Account)
	}
	if c.ExcludedOrgs != "" && !s.Org.IsZero() {
		condition += " AND NOT (" + c.ExcludedOrgs + ")"
		args = append(args, s.Org)
	}
	return "(" + condition + ")", args
}

var reachOrder = [...]Reach{ReachOwn, ReachMade, ReachAssigned, ReachOrg, ReachReceiver, ReachPlace, ReachChild, ReachWard, ReachPublic, ReachAny, ReachBench}

// text gathers conditions and their arguments.
type text struct {
	parts []string
	args  []any
}

// or adds a condition, unless a part of it is missing.
func (t *text) or(args []any, parts ...string) {
	for _, p := range parts {
		if p == "" {
			return
		}
	}
	t.parts = append(t.parts, "("+strings.Join(parts, " AND ")+")")
	t.args = append(t.args, args...)
}

func (s Scope) word(t *text, w Reach, c Columns) {
	account, org := !s.Account.IsZero(), !s.Org.IsZero()
	switch w {
	case ReachAny:
		t.or(nil, "1 = 1")
	case ReachPublic:
		t.or(nil, c.Public)
	case ReachBench:
		if org {
			t.or([]any{s.Org}, c.Bench)
		}
	case ReachMade:
		if account {
			t.or([]any{s.Account}, is(c.By))
		}
	case ReachOwn:
		if account {
			s.here(t, c, []any{s.Account}, is(c.By))
		}
	case ReachAssigned:
		if account {
			s.here(t, c, []any{s.Account}, c.Team)
		}
	case ReachWard:
		if account {
			t.or([]any{s.Account}, c.Child, c.Team)
		}
	case ReachOrg:
		if org {
			t.or([]any{s.Org}, is(c.Owner))
		}
	case ReachReceiver:
		if org {
			t.or([]any{s.Org, "DRAFT"}, is(c.To), isNot(c.Stage))
		}
	case ReachChild:
		s.inside(t, c, nil, c.Child)
	case ReachPlace:
		s.inside(t, c, nil, none(c.Owner))
		if org {
			s.inside(t, c, []any{s.Org}, is(c.Owner))
		}
	}
}

// here adds a condition that holds for records of the post's organisation, and
// for those that nobody owns.
func (s Scope) here(t *text, c Columns, args []any, condition string) {
	t.or(args, none(c.Owner), condition)
	if !s.Org.IsZero() {
		t.or(append([]any{s.Org}, args...), is(c.Owner), condition)
	}
}

// inside adds a condition that holds only in the place of the post.
func (s Scope) inside(t *text, c Columns, args []any, condition string) {
	if s.Place == "" {
		t.or(args, condition)
		return
	}
	t.or(append(args, s.Place), condition, c.Places)
}

func is(column string) string    { return after(column, " = ?") }
func isNot(column string) string { return after(column, " <> ?") }
func none(column string) string  { return after(column, " IS NULL") }

func after(column, end string) string {
	if column == "" {
		return ""
	}
	return column + end
}
