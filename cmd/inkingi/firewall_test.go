package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/web/shell"
)

// The walls are walked with real records and valid forms: every route as every
// role, a visitor, people of other organisations, people in conflict, and
// sessions that are worth nothing any more (PROCESS.md §11.2, issue 2 "Proof").
func TestFirewallEveryRouteAsEveryRole(t *testing.T) {
	outer, began := t, time.Now()
	w := newWalk(t)
	t.Logf("planted in %v", time.Since(began))
	for _, part := range []struct {
		name string
		walk func([]shell.Route)
	}{{"pages", w.pages}, {"lists", w.lists}, {"search", w.search}, {"wizard", w.wizard}, {"errors", w.errors}, {"strangers", w.strangers}, {"refused", w.refused}, {"papers", w.papers}, {"accepted", w.accepted}} {
		if raced && slices.Contains([]string{"errors", "refused", "papers"}, part.name) {
			continue // the ways of pages and acts once more: the plain run walks them
		}
		t.Run(part.name, func(t *testing.T) {
			w.t, w.planted.t = t, t
			defer func() { w.t, w.planted.t = outer, outer }()
			part.walk(w.door.Routes())
		})
	}
	for _, line := range w.log.bad {
		if len(w.found(line)) > 0 {
			t.Errorf("the log holds a marker: %s", line)
		}
	}
	t.Logf("%d requests, %d routes × roles, %d readers, %d markers", w.requests, len(w.pairs), len(w.readers), len(w.markers))
}

// pages asks for every page as everybody.
func (w *walk) pages(routes []shell.Route) {
	var gets []shell.Route
	for _, r := range routes {
		if r.Method == http.MethodGet {
			gets = append(gets, r)
		}
	}
	w.log.take()
	everybody(w.readers, func(r *reader) {
		for _, route := range gets {
			for _, t := range w.targets(r, route) {
				a := w.ask(r, route.Method, t.path, nil)
				w.check(r, route, t, a, t.path)
				w.judge(r, route, t, a, nil)
			}
		}
	})
	w.foundAll()
}

// judge compares an answer with what the policy says.
func (w *walk) judge(r *reader, route shell.Route, t target, a answer, form url.Values) {
	if len(route.Stages) > 0 { // where a session goes is its stage's
		return
	}
	if w.allowed(r, route, t) {
		if route.Pattern != shell.KeptPath && (a.status == http.StatusForbidden || a.status == http.StatusNotFound) {
			w.mu.Lock()
			w.allows[fmt.Sprintf("%s %s as %s: %d", route.Method, route.Pattern, r.who.Post.Role, a.status)] = true
			w.mu.Unlock()
		}
		return
	}
	w.refusal(r, route, t, a)
	if !t.id.IsZero() && !w.knows(r, route.Of(), t.id) {
		w.twin(r, route, t, a, form)
	}
}

// everybody runs fn for each reader, some at a time.
func everybody(all []*reader, fn func(*reader)) {
	var wait sync.WaitGroup
	next := make(chan *reader)
	for range 6 {
		wait.Go(func() {
			for r := range next {
				fn(r)
			}
		})
	}
	for _, r := range all {
		next <- r
	}
	close(next)
	wait.Wait()
}

// brief says that one of each role walks, and one record of each kind is walked:
// under the race detector, and in the quick half of the checks.
func brief() bool { return raced || testing.Short() }

// foundAll says which kinds of marker nobody found who may: a wall that hides
// all is no proof.
func (w *walk) foundAll() {
	kinds := map[string]string{}
	for _, m := range w.markers {
		if m.none { // nobody may read it any more: that nobody finds it is right
			continue
		}
		kind := m.what
		for _, cut := range []string{" of ", " by "} {
			kind, _, _ = strings.Cut(kind, cut)
		}
		if kinds[kind] == "" && !brief() {
			kinds[kind] = w.seenBy[m.token]
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if kinds[kind] == "" && !brief() {
			w.t.Errorf("nobody found the %s who may", kind)
		} else {
			w.t.Logf("the %s: %s", kind, kinds[kind])
		}
	}
	for _, one := range slices.Sorted(maps.Keys(w.allows)) {
		w.t.Logf("the policy allows, the page has it not now: %s", one)
	}
	roles := map[access.Role]bool{}
	for _, r := range w.readers {
		roles[r.who.Post.Role] = true
	}
	for _, role := range access.Roles() {
		if role != access.Program && !roles[role] {
			w.t.Errorf("nobody is signed in as %s", role)
		}
	}
}
