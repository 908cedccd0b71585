package shell

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/account"
)

// Handler answers one request, or says why not. It must call exactly one of
// the answering methods of [Context] when it returns nil.
type Handler func(c *Context) error

// About says which record a route is about. The zero About is refused.
type About string

// What a route may be about, beside one record ([One]).
const (
	Many  About = "*" // a list, filtered by what the reader may know
	Fresh About = "+" // a record that is not there yet
	Self  About = "." // the reader's own session and day, or the program itself
)

// One is the record whose identifier stands at the wildcard of the pattern:
// One("signal") for "/signals/{signal}".
func One(wildcard string) About { return About("{" + wildcard + "}") }

// Wildcard is the name given to One, "" for the others.
func (a About) Wildcard() string {
	if !strings.HasPrefix(string(a), "{") {
		return ""
	}
	return strings.Trim(string(a), "{}")
}

// Route is one page, or one act. A list of routes is the only way to the
// outside, and tests walk it.
type Route struct {
	Method  string // GET or POST
	Pattern string // as net/http knows it: "/signals/{signal}"
	Action  access.Action
	Kind    access.Kind // of the record; "" is the kind of the action
	About   About
	More    map[string]access.Kind // the other wildcards of the pattern, and what they name

	Public bool                 // for visitors too
	Stages []account.Stage      // served in these stages of a session only; none: when the reader is in
	Exit   bool                 // the quick exit is on the page
	Secret bool                 // what is posted is never given back nor kept: passwords, codes
	Bare   bool                 // no session is looked up: health, assets
	Nav    string               // translation key of its link in the navigation; "" is no link
	Tally  func(c *Context) int // how many wait behind the link, beside its name; nil or 0 says nothing
	Form   string               // POST: the page its form stands on, if the pattern has no GET of its own
	Body   int64                // POST: how much may be sent; 0 is 1 MB
	Upload int64                // POST: a file of at most so many bytes may come with the form; 0 is none

	Handle Handler
}

// Of is the kind of record the route is about.
func (r Route) Of() access.Kind {
	if r.Kind != "" {
		return r.Kind
	}
	info, _ := access.About(r.Action)
	return info.Kind
}

// Wildcards lists the names between braces in the pattern.
func (r Route) Wildcards() []string {
	var names []string
	for _, part := range strings.Split(r.Pattern, "/") {
		if strings.HasPrefix(part, "{") && part != "{$}" {
			names = append(names, strings.TrimSuffix(strings.Trim(part, "{}"), "..."))
		}
	}
	return names
}

// Fill gives the address of the route with values for its wildcards.
func (r Route) Fill(values map[string]string) string { return fill(r.Pattern, values) }

func fill(pattern string, values map[string]string) string {
	path := strings.TrimSuffix(pattern, "{$}")
	for name, value := range values {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
		path = strings.ReplaceAll(path, "{"+name+"...}", value)
	}
	return path
}

// check finds why a route may not be built.
func (r Route) check() error {
	info, known := access.About(r.Action)
	wild := r.Wildcards()
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return r.bad("method must be GET or POST")
	case !strings.HasPrefix(r.Pattern, "/"):
		return r.bad("pattern must begin with /")
	case r.Handle == nil:
		return r.bad("no handler")
	case !known:
		return r.bad("no such action: " + string(r.Action))
	case !info.On(r.Of()):
		return r.bad(fmt.Sprintf("%s is not about a %s", r.Action, r.Of()))
	case r.Public && !info.Open && r.Of() != access.Figure:
		return r.bad("only an open action can be public")
	case r.Bare && (!r.Public || r.Of() != access.System):
		return r.bad("only public pages of the program itself do without a session")
	case r.About == Many && !info.List:
		return r.bad(string(r.Action) + " shows no list")
	case r.About == Self && !slices.Contains([]access.Kind{access.System, access.SessionKind, access.Work}, r.Of()):
		return r.bad("a " + string(r.Of()) + " is not the reader's own")
	case r.About != Many && r.About != Fresh && r.About != Self && !slices.Contains(wild, r.About.Wildcard()):
		return r.bad("does not say which record it is about")
	}
	for _, name := range wild {
		if _, said := r.More[name]; !said && name != r.About.Wildcard() {
			return r.bad("wildcard " + name + " names nothing")
		}
	}
	return nil
}

func (r Route) bad(why string) error {
	return fmt.Errorf("route %s %s: %s", r.Method, r.Pattern, why)
}
