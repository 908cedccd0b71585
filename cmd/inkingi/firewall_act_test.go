package main

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/internal/web/shell"
)

// posts are the routes that a form is sent to; one without a body fails.
func (w *walk) posts(routes []shell.Route) []shell.Route {
	known := w.bodies()
	return slices.DeleteFunc(slices.Clone(routes), func(r shell.Route) bool {
		if _, ok := known[r.Pattern]; !ok && r.Method == http.MethodPost {
			w.t.Errorf("POST %s has no body: say in bodies() what a person would type", r.Pattern)
			return true
		}
		return r.Method != http.MethodPost
	})
}

// refused sends valid forms as everybody who may not, and sees that nothing
// changed.
func (w *walk) refused(routes []shell.Route) {
	cache := map[string]url.Values{}
	for _, route := range w.posts(routes) {
		if len(route.Stages) > 0 {
			continue
		}
		bodies := map[string]url.Values{} // fetched before the crowd comes
		for _, r := range w.readers {
			for _, t := range w.targets(r, route) {
				if _, have := bodies[t.path]; !have {
					bodies[t.path] = w.bodyFor(route, t, cache)
				}
			}
		}
		before := w.state() // a page may leave a trace, a refusal may not
		everybody(w.readers, func(r *reader) {
			for _, t := range w.targets(r, route) {
				if w.allowed(r, route, t) {
					continue
				}
				body := bodies[t.path]
				a := w.ask(r, route.Method, t.path, body)
				w.check(r, route, t, a, t.path+" "+body.Encode())
				w.judge(r, route, t, a, body)
			}
		})
		after := w.state()
		if tables := changed(before, after); len(tables) > 0 {
			w.t.Errorf("POST %s: refused, and yet these changed: %v", route.Pattern, tables)
		}
	}
}

// accepted sends the forms as somebody who may: the bodies were valid.
func (w *walk) accepted(routes []shell.Route) {
	all := w.posts(routes)
	slices.SortStableFunc(all, func(a, b shell.Route) int { return rank(a) - rank(b) })
	for _, route := range all {
		if len(route.Stages) > 0 || route.Pattern == shell.KeptPath || route.Pattern == shell.SignInPath {
			w.smoke(route)
			continue
		}
		w.accept(route)
	}
}

// rank puts last what takes sessions away.
func rank(r shell.Route) int {
	switch {
	case r.Of() == access.Accounts:
		return 1
	case r.Of() == access.SessionKind:
		return 2
	case strings.HasPrefix(r.Pattern, "/transfers/"), strings.HasPrefix(r.Pattern, "/likenesses/"), strings.HasPrefix(r.Pattern, "/caseloads/"),
		slices.ContainsFunc([]string{"/leave", "/lose", "/sign", "/reopen", "/suspend", "/withdraw", "/stop"}, func(end string) bool { return strings.HasSuffix(r.Pattern, end) }):
		return 0
	}
	return -1
}

// accept tries the pairs that the policy allows until one form is taken.
func (w *walk) accept(route shell.Route) {
	tried, said := 0, ""
	for _, t := range w.every(route) {
		for _, r := range w.readers {
			if r.out || r.who.Account.IsZero() || !w.allowed(r, route, t) {
				continue
			}
			body, ok := w.body(r, route, t)
			if !ok {
				continue
			}
			tried++
			w.onlySpeaks(r, route, t.path, body)
			a := w.ask(r, route.Method, t.path, body)
			w.check(r, route, t, a, t.path+" "+body.Encode())
			w.forget()
			if a.status == http.StatusSeeOther || a.status == http.StatusOK && !strings.Contains(a.body, "govuk-error-summary") {
				return
			}
			said = r.name + ": " + summary(a)
			break // another reader would say the same
		}
		if tried >= 80 { // the act before may have ended what this one is about
			break
		}
	}
	w.t.Errorf("POST %s: %d forms were sent and none was taken; the last: %s", route.Pattern, tried, said)
}

// every is all targets of a route, the planted first.
func (w *walk) every(route shell.Route) []target {
	wild := route.About.Wildcard()
	if wild == "" {
		return w.targets(w.readers[0], route)
	}
	var all []target
	for _, one := range w.records[route.Of()] {
		if route.Of() == access.Accounts && one.id != w.victim.UUID {
			continue
		}
		values, ok := w.rest(route, one)
		if !ok {
			return nil
		}
		values[wild] = one.id.String()
		all = append(all, target{path: route.Fill(values), values: values, id: one.id, record: one})
	}
	return all
}

// onlySpeaks sends a form that would be taken, by the button of another
// language: it may be answered with anything, and nothing changes.
func (w *walk) onlySpeaks(r *reader, route shell.Route, path string, body url.Values) {
	if route.Secret || route.Form == "" && route.Of() == access.SessionKind {
		return
	}
	before := w.state()
	spoken := maps.Clone(body)
	spoken.Set("_lang", "en")
	w.ask(r, route.Method, path, spoken)
	if tables := changed(before, w.state()); len(tables) > 0 {
		w.t.Errorf("POST %s: only the language was to change, and these did: %v", route.Pattern, tables)
	}
}

// smoke sends the form of a stage of signing in by a session of its own: it is
// not broken.
func (w *walk) smoke(route shell.Route) {
	r := w.signIn(w.programme.Accounts[0])
	t := target{path: route.Fill(nil)}
	body, ok := w.body(r, route, t)
	if !ok {
		body = url.Values{}
		for name, value := range w.bodies()[route.Pattern] {
			body.Set(name, value)
		}
	}
	w.check(r, route, t, w.ask(r, route.Method, t.path, body), body.Encode())
}

var (
	errorText = regexp.MustCompile(`(?s)govuk-error-summary__list.*?</ul>`)
	tags      = regexp.MustCompile(`(?s)<[^>]*>|\s+`)
)

// summary is what a refused form says.
func summary(a answer) string {
	text := errorText.FindString(a.body)
	return strings.Join([]string{http.StatusText(a.status), a.location(), tags.ReplaceAllString(text, " ")}, " ")
}

// lists plants more that some may not know of, and asks for every list again:
// not a line, not a count, not a link to a next page may differ.
func (w *walk) lists(routes []shell.Route) {
	lists := slices.DeleteFunc(slices.Clone(routes), func(r shell.Route) bool {
		return r.Method != http.MethodGet || r.About.Wildcard() != "" || len(r.Stages) > 0
	})
	before := w.look(lists)
	at, marks := w.clock.at.Load(), map[access.Kind]int{}
	for kind, all := range w.records {
		marks[kind] = len(all)
	}
	w.journey("later", w.cast("umuganda"), w.bars(), false)
	w.clock.at.Store(at)
	w.index()
	w.forget()
	after := w.look(lists)
	compared := 0
	for _, r := range w.readers {
		if w.knowsAny(r, marks) {
			continue
		}
		for _, route := range lists {
			if route.Action == access.SystemOutbox && w.may(r, route.Action, access.Object{Kind: access.System}) {
				continue // how many messages wait, whatever they are about, is what whoever runs the program is shown (issue 3, item 12)
			}
			compared++
			key := r.name + route.Pattern
			if x, y := before[key], after[key]; x != y {
				w.fail("GET %s as %s (): tells that there is something the reader may not know of:\n%s\n---\n%s", route.Pattern, r.name, cut(x, y), cut(y, x))
			}
		}
	}
	w.t.Logf("%d lists compared before and after", compared)
}

// knowsAny says whether a reader may know of anything planted since.
func (w *walk) knowsAny(r *reader, since map[access.Kind]int) bool {
	for kind, all := range w.records {
		for _, one := range all[since[kind]:] {
			if w.knows(r, kind, one.id) || kind == access.ReferralKind && w.may(r, access.QueueUnanswered, w.object(kind, one.id)) {
				return true
			}
		}
	}
	return false
}

// look asks for every list as everybody.
func (w *walk) look(lists []shell.Route) map[string]string {
	all := map[string]string{}
	everybody(w.readers, func(r *reader) {
		for _, route := range lists {
			path := route.Fill(nil)
			a := w.ask(r, http.MethodGet, path, nil)
			w.check(r, route, target{path: path}, a, path)
			a.header.Del("Set-Cookie") // a session that is over is forgotten once
			text := a.plain("\x00")
			for _, id := range idsIn(strings.Clone(text)) { // a form names the record it would make
				if len(w.byID[id]) == 0 {
					text = strings.ReplaceAll(text, id, "ID")
				}
			}
			w.mu.Lock()
			all[r.name+route.Pattern] = text
			w.mu.Unlock()
		}
	})
	return all
}

// search looks for planted people by name, telephone, code and folded name, as
// everybody: what is found is one's own, and who may not search is refused.
func (w *walk) search(routes []shell.Route) {
	i := slices.IndexFunc(routes, func(r shell.Route) bool { return r.Method == http.MethodPost && r.Action == access.PersonSearch })
	if i < 0 {
		w.t.Error("no route searches")
		return
	}
	route, hits, refused := routes[i], map[string]bool{}, 0
	var asked []string
	for _, m := range w.markers {
		for _, what := range []string{"name of ", "telephone of "} {
			if plantation, ok := strings.CutPrefix(m.what, what); ok && !slices.Contains(asked, plantation) {
				asked = append(asked, plantation, m.full, m.token, vault.Fold(m.full))
			}
		}
	}
	asked = append(asked, slices.Sorted(maps.Keys(w.byCode))[:min(len(w.byCode), 12)]...)
	everybody(w.readers, func(r *reader) {
		for _, words := range asked {
			a := w.ask(r, http.MethodPost, route.Pattern, url.Values{"words": {words}})
			w.check(r, route, target{}, a, words)
			may := w.may(r, access.PersonSearch, access.Object{Kind: access.PersonKind})
			w.mu.Lock()
			if may && a.status == http.StatusOK && strings.Contains(a.body, "/cases/") {
				hits[words] = true
			}
			if !may {
				refused++
			}
			w.mu.Unlock()
			if !may && a.status != http.StatusForbidden && a.status != http.StatusNotFound && !(r.who.Account.IsZero() && a.status == http.StatusSeeOther) {
				w.fail("POST %s as %s (): %d, not refused", route.Pattern, r.name, a.status)
			}
		}
	})
	if len(hits) == 0 {
		w.t.Error("nobody found anybody by searching")
	}
	w.t.Logf("%d words were searched for, %d found by who may, %d searches refused", len(asked), len(hits), refused)
}

// errors asks wrongly: what was typed does not come back in an error, in a
// header or in the log.
func (w *walk) errors(routes []shell.Route) {
	some := slices.DeleteFunc(slices.Clone(w.readers), func(r *reader) bool {
		return !slices.Contains([]access.Role{access.Anyone, access.Police, access.DutyOfficer, access.Supervisor, access.ServiceProvider}, r.who.Post.Role)
	})
	token := w.markers[0].token
	wrong := []string{token, token + "%00", "..%2f" + token, "%3Cb%3E" + token, strings.Repeat(token, 40), ids.New[ids.Case]().String() + token, "%E2%80%8B" + token}
	most := 6
	if brief() {
		most = 2
	}
	everybody(some[:min(len(some), most)], func(r *reader) {
		for _, route := range routes {
			if route.About.Wildcard() != "" {
				for _, id := range wrong {
					path := shell.Route{Pattern: route.Pattern}.Fill(map[string]string{route.About.Wildcard(): id})
					w.silent(r, route, token, w.ask(r, route.Method, path, nil))
				}
			}
			path := route.Fill(map[string]string{route.About.Wildcard(): ids.New[ids.Case]().String()})
			for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, "TRACE", strings.ToUpper(token)} {
				w.silent(r, route, token, w.ask(r, method, path+"?name="+token, nil))
			}
		}
	})
	w.huge(some)
}

// strangers are seated by forms that were written by hand: somebody of another
// organisation on a case would read it from then on.
func (w *walk) strangers(routes []shell.Route) {
	duty, before := w.readers[1], w.state()
	if duty.who.Post.Role != access.DutyOfficer {
		w.t.Fatalf("%s is no duty officer", duty.name)
	}
	stranger := w.as(access.Screener, "inama", 0).Account.String()
	sent := 0
	for _, form := range []struct {
		pattern string
		extra   url.Values
	}{
		{"/signals/{signal}/triage", url.Values{"level": {"GREEN"}, "outcome": {"SCREENING"}, "checked": {"yes"}, "people": {"1"}, "person0_child": {"no"}, "screener": {stranger}}},
		{"/cases/{case}/assign", url.Values{"screener": {stranger}}},
		{"/cases/{case}/assign", url.Values{"manager": {stranger}}},
	} {
		i := slices.IndexFunc(routes, func(r shell.Route) bool { return r.Method == http.MethodPost && r.Pattern == form.pattern })
		for _, t := range w.every(routes[i]) {
			if !w.allowed(duty, routes[i], t) {
				continue
			}
			body, ok := w.body(duty, routes[i], t)
			if !ok {
				continue
			}
			maps.Copy(body, form.extra)
			a := w.ask(duty, http.MethodPost, t.path, body)
			if sent++; a.status != http.StatusUnprocessableEntity {
				w.t.Errorf("POST %s seats somebody of another organisation: %d %s", form.pattern, a.status, a.location())
			}
			break
		}
	}
	if tables := changed(before, w.state()); sent < 3 || len(tables) > 0 {
		w.t.Errorf("%d forms were sent, and these changed: %v", sent, tables)
	}
}

// wizard turns every page on which a signal is raised, as everybody: none of
// them needs to know anything.
func (w *walk) wizard(routes []shell.Route) {
	i := slices.IndexFunc(routes, func(r shell.Route) bool { return r.Method == http.MethodPost && r.Pattern == "/signal" })
	before := w.state()
	everybody(w.readers, func(r *reader) {
		for _, page := range []string{"now", "when", "where", "seen", "who", "call", "check"} {
			for _, how := range []string{"step", "go"} {
				form := url.Values{"step": {"now"}, how: {page}, "id": {ids.New[ids.Signal]().String()}, "reporter": {ids.New[ids.Reporter]().String()}, "now": {"no"}}
				if page == "check" { // nothing is sent
					form.Set("now", "")
				}
				a := w.ask(r, http.MethodPost, "/signal", form)
				w.check(r, routes[i], target{path: "/signal"}, a, form.Encode())
			}
		}
	})
	if tables := changed(before, w.state()); len(tables) > 0 {
		w.t.Errorf("pages of a signal were turned, and these changed: %v", tables)
	}
}

// silent checks that an answer to a wrong request echoes nothing. Where to go
// after signing in is an address the reader asked for himself.
func (w *walk) silent(r *reader, route shell.Route, token string, a answer) {
	where := route.Method + " " + route.Pattern + " as " + r.name + " (): "
	w.mu.Lock()
	w.requests++
	w.mu.Unlock()
	if a.status >= 500 {
		w.fail("%sasked wrongly: %d", where, a.status)
	}
	a.header.Del("Location")
	if strings.Contains(strings.ToLower(a.whole()), token) {
		w.fail("%sechoes what was in the address", where)
	}
}

// huge sends too much, and names that cannot be seen.
func (w *walk) huge(some []*reader) {
	w.log.take()
	name := w.markers[0].full
	for _, r := range some[:min(len(some), 3)] {
		for _, body := range []url.Values{
			{"seen": {strings.Repeat(name, 10<<20/len(name))}, "now": {"yes"}},
			{"seen": {"\u200b\u200d" + name + "\x00"}, "name": {"\u200b"}, "phone": {"\u202e" + name}, "now": {name}, "where": {name}},
		} {
			for _, path := range []string{"/signal", "/sign-in", "/search", "/cases/" + ids.New[ids.Case]().String() + "/edit"} {
				if a := w.ask(r, http.MethodPost, path, body); a.status >= 500 {
					w.fail("POST %s as %s (): too much is %d", path, r.name, a.status)
				}
				w.requests++
			}
		}
	}
}
