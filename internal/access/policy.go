package access

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/cedar-policy/cedar-go"

	"inkingi/internal/fault"
)

//go:embed policies
var policyFiles embed.FS

// Policy is the text of the rules, ready to be asked. It is safe for use by
// many at once and never changes.
type Policy struct {
	rules  cedar.PolicyMap
	ranks  map[cedar.PolicyID]int // order in the text: the first refusal is the one that is told
	keys   map[cedar.PolicyID]string
	matrix matrix
	known  map[Role]map[Kind]Reach
	fixed  fixed
	demo   bool
}

// Option changes what NewPolicy makes.
type Option func(*Policy)

// Demo lets roles that see persons work without a second factor. Only for
// invented people: the demonstration and the tests.
func Demo() Option { return func(p *Policy) { p.demo = true } }

// NewPolicy reads the policies that are part of the program. Without options
// the rules are those of a country at work. The fault is Internal: the text is wrong.
func NewPolicy(options ...Option) (*Policy, error) {
	table, err := policyFiles.ReadFile("policies/matrix.csv")
	if err != nil {
		return nil, fault.Wrap(fault.Internal, "access.matrix", err)
	}
	m, err := readMatrix(bytes.NewReader(table))
	if err != nil {
		return nil, err
	}
	p := &Policy{
		rules: cedar.PolicyMap{}, ranks: map[cedar.PolicyID]int{}, keys: map[cedar.PolicyID]string{},
		matrix: m, known: map[Role]map[Kind]Reach{}, fixed: newFixed(),
	}
	for _, o := range options {
		o(p)
	}
	p.prepare()
	return p, p.readRules()
}

// prepare works out what would be the same for every question.
func (p *Policy) prepare() {
	p.fixed.remember(0, p.demo)
	for _, reach := range p.matrix {
		p.fixed.remember(reach, p.demo)
	}
	for _, r := range Roles() {
		p.known[r] = map[Kind]Reach{}
		for k := range zones {
			p.known[r][k] = p.matrix.known(r, k)
			p.fixed.remember(p.known[r][k], p.demo)
		}
	}
}

// readRules reads every .cedar file in order; each rule needs an @id of its
// own, and each refusal a @key.
func (p *Policy) readRules() error {
	names, err := fs.Glob(policyFiles, "policies/*.cedar")
	if err != nil {
		return fault.Wrap(fault.Internal, "access.policies", err)
	}
	slices.Sort(names)
	for _, name := range names {
		text, err := policyFiles.ReadFile(name)
		if err != nil {
			return fault.Wrap(fault.Internal, "access.policies", err)
		}
		rules, err := cedar.NewPolicyListFromBytes(strings.TrimPrefix(name, "policies/"), text)
		if err != nil {
			return fault.Wrap(fault.Internal, "access.policies", err)
		}
		for _, rule := range rules {
			if err := p.add(rule); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Policy) add(rule *cedar.Policy) error {
	id := cedar.PolicyID(rule.Annotations()["id"])
	key := string(rule.Annotations()["key"])
	if _, twice := p.rules[id]; id == "" || twice || (rule.Effect() == cedar.Forbid) != (key != "") {
		at := rule.Position()
		return fault.Wrap(fault.Internal, "access.policies",
			fmt.Errorf("%s:%d: a rule needs its own @id, and a refusal a @key", at.Filename, at.Line))
	}
	p.ranks[id] = len(p.rules)
	p.rules[id] = rule
	p.keys[id] = key
	return nil
}

// Decide says whether somebody may do this to that, for this purpose, now.
//
// A refusal is a fault: Denied when the reader may know that the object exists
// (or when there is no single object), Withheld when not. Its key says why, for
// the audit log; to the outside Withheld must look like NotFound ([Hidden]).
// An action nobody knows, another kind of object or an unknown zone is Internal.
func (p *Policy) Decide(w Who, a Action, o Object, purpose Purpose, at time.Time) (Grant, error) {
	about, ok := About(a)
	if !ok {
		return Grant{}, fault.New(fault.Internal, "access.unknown_action")
	}
	if !about.On(o.Kind) {
		return Grant{}, fault.New(fault.Internal, "access.wrong_kind")
	}
	if _, ok := p.fixed.places[placing{o.Kind, o.Zone}]; !ok {
		return Grant{}, fault.New(fault.Internal, "access.wrong_zone")
	}
	q := question{who: w, action: a, object: o, purpose: purpose, at: at,
		reach: p.matrix[cell{w.Post.Role, a}], page: about.List && o.ID.IsZero()}
	f := p.facts(q)
	allowed, key, err := p.ask(q, f)
	switch {
	case err != nil:
		return Grant{}, err
	case allowed:
		return Grant{who: w, action: a, object: o, purpose: purpose, at: at, reach: q.reach,
			opens: about.Identity || about.Worker, allowed: true}, nil
	case o.ID.IsZero() || p.knows(q, f):
		return Grant{}, fault.New(fault.Denied, key)
	}
	return Grant{}, fault.New(fault.Withheld, key)
}

// Known says whether somebody may know that the object exists: only who may do
// something with it, a second factor passed or not.
func (p *Policy) Known(w Who, o Object, at time.Time) bool {
	q := question{who: w, object: o, at: at}
	return p.knows(q, p.facts(q))
}

func (p *Policy) knows(q question, f *facts) bool {
	q.action, q.page = know, false
	q.reach = p.known[q.who.Post.Role][q.object.Kind]
	if _, placed := p.fixed.places[placing{q.object.Kind, q.object.Zone}]; q.reach == 0 || !placed {
		return false
	}
	f.action = p.fixed.actions[know]
	allowed, _, err := p.ask(q, f)
	return err == nil && allowed
}

// ask puts one question to the rules. A rule that cannot be evaluated refuses.
func (p *Policy) ask(q question, f *facts) (allowed bool, key string, err error) {
	decision, why := cedar.Authorize(p.rules, f, p.request(q, f))
	if len(why.Errors) > 0 {
		first := why.Errors[0]
		return false, "", fault.Wrap(fault.Internal, "access.policies", fmt.Errorf("%s: %s", first.PolicyID, first.Message))
	}
	if decision == cedar.Allow {
		return true, "", nil
	}
	return false, p.reason(q, why.Reasons), nil
}

func (p *Policy) reason(q question, refusals []cedar.DiagnosticReason) string {
	switch {
	case len(refusals) > 0:
		first := slices.MinFunc(refusals, func(a, b cedar.DiagnosticReason) int {
			return p.ranks[a.PolicyID] - p.ranks[b.PolicyID]
		})
		return p.keys[first.PolicyID]
	case q.reach == 0:
		return "access.refused.role"
	}
	return "access.refused.reach"
}

// Hidden makes a refusal that must not be told indistinguishable from an
// object that does not exist. Every other error comes back as it is.
func Hidden(err error) error {
	if fault.Is(err, fault.Withheld) {
		return fault.New(fault.NotFound, NotFoundKey)
	}
	return err
}

// NotFoundKey is the key of what does not exist, and of what is withheld.
const NotFoundKey = "fault.not-found"
