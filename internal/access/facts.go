package access

import (
	"strings"
	"time"

	"github.com/cedar-policy/cedar-go"

	"inkingi/internal/ids"
)

// question is one thing to ask of the rules.
type question struct {
	who     Who
	action  Action
	object  Object
	purpose Purpose
	at      time.Time
	reach   Reach
	page    bool // a whole list is asked for, not one of its lines
}

// The words for an identifier that names nothing. The two sides of a comparison
// use different words, so that nothing is never equal to nothing.
const (
	noReader = "visitor"
	nobody   = "nobody"
)

// fixed is what never changes between two questions.
type fixed struct {
	actions map[Action]cedar.Entity
	roles   map[Role]cedar.EntityUIDSet
	places  map[placing]cedar.EntityUIDSet
	// contexts holds those that questions really have; others are made when asked.
	contexts map[circumstance]cedar.Record
}

// circumstance is what the rules call context.
type circumstance struct {
	reach   Reach
	page    bool
	purpose Purpose
	demo    bool
}

func (c circumstance) record() cedar.Record {
	return cedar.NewRecord(cedar.RecordMap{
		"reach":   words(c.reach.Words()),
		"page":    cedar.Boolean(c.page),
		"purpose": cedar.String(c.purpose),
		"demo":    cedar.Boolean(c.demo),
	})
}

// remember prepares the contexts of one square of the matrix.
func (f fixed) remember(r Reach, demo bool) {
	for _, p := range []Purpose{"", ForProtection, ForIntake, ForReferral, ForSupervision, ForOversight, ForCoordination, ForStatistics, ForOperation, ForProsecution} {
		for _, page := range []bool{false, true} {
			c := circumstance{r, page, p, demo}
			if _, done := f.contexts[c]; !done {
				f.contexts[c] = c.record()
			}
		}
	}
}

type placing struct {
	kind Kind
	zone Zone
}

func newFixed() fixed {
	f := fixed{
		actions:  map[Action]cedar.Entity{know: {UID: cedar.NewEntityUID("Action", cedar.String(know))}},
		roles:    map[Role]cedar.EntityUIDSet{},
		places:   map[placing]cedar.EntityUIDSet{},
		contexts: map[circumstance]cedar.Record{},
	}
	for _, one := range registry {
		f.actions[one.Action] = actionEntity(one)
	}
	for _, r := range roles {
		f.roles[r.role] = cedar.NewEntityUIDSet(
			cedar.NewEntityUID("Role", cedar.String(r.role)),
			cedar.NewEntityUID("Side", cedar.String(r.side)))
	}
	for k, z := range zones {
		for _, other := range []Zone{"", Public, Programme, Figures, Protection, Sealed, Criminal, Bridge} {
			parents := []cedar.EntityUID{cedar.NewEntityUID("Kind", cedar.String(k))}
			// A published figure is public; anything else can only become stricter,
			// so it stands in the zone of its kind and in its own.
			if k != Figure || other == "" {
				parents = append(parents, cedar.NewEntityUID("Zone", cedar.String(z)))
			}
			if other != "" {
				parents = append(parents, cedar.NewEntityUID("Zone", cedar.String(other)))
			}
			f.places[placing{k, other}] = cedar.NewEntityUIDSet(parents...)
		}
	}
	return f
}

func actionEntity(one Info) cedar.Entity {
	var groups []cedar.EntityUID
	if one.Open {
		groups = append(groups, cedar.NewEntityUID("Action", "open"))
	}
	if one.Identity {
		groups = append(groups, cedar.NewEntityUID("Action", "identity"))
	}
	if one.Worker {
		groups = append(groups, cedar.NewEntityUID("Action", "worker"))
	}
	return cedar.Entity{
		UID:     cedar.NewEntityUID("Action", cedar.String(one.Action)),
		Parents: cedar.NewEntityUIDSet(groups...),
	}
}

// facts are the entities of one question: who asks, about what, which action.
type facts struct{ principal, action, resource cedar.Entity }

// Get finds one of the three by name.
func (f *facts) Get(uid cedar.EntityUID) (cedar.Entity, bool) {
	switch uid {
	case f.principal.UID:
		return f.principal, true
	case f.resource.UID:
		return f.resource, true
	case f.action.UID:
		return f.action, true
	}
	return cedar.Entity{}, false
}

// Types and names of the entities in a question. Ours are never compared by
// name: the rules compare attributes.
const (
	typeWorker = "Worker"
	typeRecord = "Record"
)

func (p *Policy) facts(q question) *facts {
	return &facts{
		principal: cedar.Entity{
			UID:        cedar.NewEntityUID(typeWorker, "reader"),
			Parents:    p.fixed.roles[q.who.Post.Role],
			Attributes: principal(q),
		},
		action: p.fixed.actions[q.action],
		resource: cedar.Entity{
			UID:        cedar.NewEntityUID(typeRecord, "record"),
			Parents:    p.fixed.places[placing{q.object.Kind, q.object.Zone}],
			Attributes: resource(q.object),
		},
	}
}

func (p *Policy) request(q question, f *facts) cedar.Request {
	c := circumstance{q.reach, q.page, q.purpose, p.demo}
	context, ok := p.fixed.contexts[c]
	if !ok {
		context = c.record()
	}
	return cedar.Request{Principal: f.principal.UID, Action: f.action.UID, Resource: f.resource.UID, Context: context}
}

func principal(q question) cedar.Record {
	w := q.who
	return cedar.NewRecord(cedar.RecordMap{
		"account":      name(w.Account.UUID, noReader),
		"org":          name(w.Post.Org.UUID, noReader),
		"place":        cedar.String(w.Post.Place),
		"everywhere":   cedar.Boolean(w.Post.Place == ""),
		"disabled":     cedar.Boolean(w.Disabled),
		"inForce":      cedar.Boolean(w.Post.Holds(q.at)),
		"seesPersons":  cedar.Boolean(SeesPersons(w.Post.Role)),
		"secondFactor": cedar.Boolean(w.SecondFactor),
	})
}

func resource(o Object) cedar.Record {
	return cedar.NewRecord(cedar.RecordMap{
		"id":           name(o.ID, nobody),
		"subject":      name(o.Subject, nobody),
		"owner":        name(o.Owner.UUID, nobody),
		"to":           name(o.To.UUID, nobody),
		"bench":        names(o.Bench),
		"by":           name(o.By.UUID, nobody),
		"presumer":     name(o.Presumer.UUID, nobody),
		"stage":        cedar.String(strings.ToLower(o.Stage)),
		"child":        cedar.Boolean(o.Child),
		"team":         names(o.Team),
		"opened":       names(o.Opened),
		"excluded":     names(o.Excluded),
		"excludedOrgs": names(o.ExcludedOrgs),
		"places":       words(o.Places),
	})
}

func name(id ids.UUID, none string) cedar.String {
	if id.IsZero() {
		return cedar.String(none)
	}
	return cedar.String(id.String())
}

func names[T interface{ Raw() ids.UUID }](all []T) cedar.Set {
	if len(all) == 0 {
		return cedar.Set{}
	}
	values := make([]cedar.Value, 0, len(all))
	for _, one := range all {
		values = append(values, name(one.Raw(), nobody))
	}
	return cedar.NewSet(values...)
}

func words(all []string) cedar.Set {
	if len(all) == 0 {
		return cedar.Set{}
	}
	values := make([]cedar.Value, 0, len(all))
	for _, one := range all {
		values = append(values, cedar.String(one))
	}
	return cedar.NewSet(values...)
}
