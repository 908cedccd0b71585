package access

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cedar-policy/cedar-go"
	xast "github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/schema"
	"github.com/cedar-policy/cedar-go/x/exp/schema/validate"
)

// source is a tag of PROCESS.md's first table, in the comment above a rule.
var source = regexp.MustCompile(`\[?(S|M|M\?|J): \S`)

func TestEveryRuleHasANumberAndASource(t *testing.T) {
	names, err := fs.Glob(policyFiles, "policies/*.cedar")
	if err != nil || len(names) != 3 {
		t.Fatalf("%v %v", names, err)
	}
	for _, name := range names {
		text, err := policyFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		comment, blank := "", false
		for i, line := range strings.Split(string(text), "\n") {
			switch {
			case strings.HasPrefix(line, "//"):
				if blank {
					comment, blank = "", false
				}
				comment += line + "\n"
			case strings.HasPrefix(line, "@id("):
				id := strings.TrimSuffix(strings.TrimPrefix(line, `@id("`), `")`)
				if !strings.HasPrefix(comment, "// "+id+". ") {
					t.Errorf("%s:%d: the comment above %s does not begin with its number", name, i+1, id)
				}
				if id[0] == 'R' && !source.MatchString(comment) {
					t.Errorf("%s:%d: %s has no source tag", name, i+1, id)
				}
			case line == "":
				blank = true
			}
		}
	}
}

func TestRulesAreFewAndOnlyReachPermits(t *testing.T) {
	p := policy(t)
	if len(p.rules) >= 50 {
		t.Errorf("%d rules: keep them under 50, and grants in the matrix", len(p.rules))
	}
	for id, rule := range p.rules {
		permits := rule.Effect() == cedar.Permit
		inReach := rule.Position().Filename == "3_reach.cedar"
		if permits != inReach {
			t.Errorf("%s: permissions stand in 3_reach.cedar, refusals in the other files", id)
		}
	}
}

// TestRulesUseKnownWords holds every rule against words.cedarschema, completed
// with the actions of the registry.
func TestRulesUseKnownWords(t *testing.T) {
	text, err := os.ReadFile("policies/words.cedarschema")
	if err != nil {
		t.Fatal(err)
	}
	var s schema.Schema
	if err := s.UnmarshalCedar([]byte(string(text) + actionWords())); err != nil {
		t.Fatal(err)
	}
	resolved, err := s.Resolve()
	if err != nil {
		t.Fatal(err)
	}
	validator := validate.New(resolved)
	for id, rule := range policy(t).rules {
		if err := validator.Policy(string(id), (*xast.Policy)(rule.AST())); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	var wrong cedar.Policy
	if err := wrong.UnmarshalCedar([]byte(`permit (principal, action, resource) when { resource.owmer == principal.org };`)); err != nil {
		t.Fatal(err)
	}
	if validator.Policy("wrong", (*xast.Policy)(wrong.AST())) == nil {
		t.Error("a wrong word passes")
	}
}

func actionWords() string {
	var b strings.Builder
	for _, one := range Actions() {
		var groups []string
		if one.Open {
			groups = append(groups, "open")
		}
		if one.Identity {
			groups = append(groups, "identity")
		}
		if one.Worker {
			groups = append(groups, "worker")
		}
		in := ""
		if groups != nil {
			in = " in [" + strings.Join(groups, ", ") + "]"
		}
		fmt.Fprintf(&b, "action %q%s appliesTo { principal: Worker, resource: Record, context: Circumstance };\n", one.Action, in)
	}
	fmt.Fprintf(&b, "action %q appliesTo { principal: Worker, resource: Record, context: Circumstance };\n", know)
	return b.String()
}

// TestEveryRuleNamesWhatExists reads the roles, kinds, zones and sides in the text.
func TestEveryRuleNamesWhatExists(t *testing.T) {
	named := regexp.MustCompile(`\b(Role|Kind|Zone|Side)::"([^"]*)"`)
	known := map[string][]string{}
	for _, r := range roles {
		known["Role"] = append(known["Role"], string(r.role))
		known["Side"] = append(known["Side"], string(r.side))
	}
	for k, z := range zones {
		known["Kind"] = append(known["Kind"], string(k))
		known["Zone"] = append(known["Zone"], string(z))
	}
	known["Zone"] = append(known["Zone"], string(Criminal), string(Bridge))
	for id, rule := range policy(t).rules {
		for _, m := range named.FindAllStringSubmatch(string(rule.MarshalCedar()), -1) {
			if !slices.Contains(known[m[1]], m[2]) {
				t.Errorf("%s: no %s is called %q", id, m[1], m[2])
			}
		}
	}
}

func TestMatrixRefusesUnknownWords(t *testing.T) {
	for _, bad := range []string{
		"captain,signal.read,own,S: x",
		"police,signal.burn,own,S: x",
		"police,signal.read,far,S: x",
		"police,signal.read,,S: x",
		"police,signal.read,own,",
		"police,,own,S: x",
		"police,signal.read,own",
	} {
		if _, err := readMatrix(strings.NewReader("role,actions,reach,source\n" + bad + "\n")); err == nil {
			t.Errorf("%q passes", bad)
		}
	}
}

func policy(t testing.TB, options ...Option) *Policy {
	t.Helper()
	p, err := NewPolicy(options...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
