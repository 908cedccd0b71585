package main

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// bodies says, for every POST route, what a person would type where the form
// does not say it already; "" leaves a field out,
// "a|b" ticks two. The form itself is fetched by
// somebody who may, so that hidden fields and versions are real. A POST route
// that is not here fails the test: say what a valid body of it is.
func (w *walk) bodies() map[string]map[string]string {
	type typed = map[string]string
	none := typed{}
	shelter := w.services["shelter"]
	moment := func(name string, days int) typed {
		d := w.h.country.Day(w.clock.now().AddDate(0, 0, days))
		return typed{name + "-day": fmt.Sprint(d.Day), name + "-month": fmt.Sprint(int(d.Month)), name + "-year": fmt.Sprint(d.Year), name + "-time": "10:00"}
	}
	both := func(a, b typed) typed { maps.Copy(a, b); return a }
	all := map[string]typed{
		"/sign-in": {"name": "nobody.00", "password": "rien-du-tout-0000"}, "/sign-in/second": none, "/sign-in/enrol": none, "/sign-in/enrol/app": none, "/sign-in/enrol/sheet": none,
		"/account/password": none, "/account/conduct": none, "/account/post": none, "/account/unlock": none, "/sign-out": none, "/account/lock": none,
		"/account/sessions": {"others": "no"}, "/lists/new": {"separator": "comma", "sheet": "", "header": "1", "encoding": "utf-8"}, "/list-drafts/{draft}": {"frame": "", "date-0": "", "date-1": "", "values-0": "", "values-1": "", "blank-0": "", "blank-1": "", "how-0": "", "how-1": ""},
		"/list-drafts/{draft}/load": none, "/list-drafts/{draft}/discard": none, "/lists/{list}/discard": none, "/notices/seen": none, "/outbox/again": none, "/account/contact": {"sms": "", "phone": "", "mail": "essai@exemple.test"}, "/kept": none,
		"/accounts/add":             {"name": "nouveau.99", "shown": "Nouveau Venu", "role": "screener", "place": "", "lang": "fr"},
		"/accounts/{account}/edit":  {"shown": "Autre Nom"},
		"/accounts/{account}/reset": {"what": "password", "reason": "forgotten"},
		"/accounts/{account}/posts": {"role": "screener", "place": ""}, "/accounts/{account}/posts/end": {"held": "yes"}, "/accounts/{account}/close": {"held": "yes"}, "/accounts/{account}/open": none,
		"/organisations": {"name": "Maison de l'essai", "place": ""},

		"/signal": {"now": "no", "where": string(w.hill), "step": "check", "ago": "today", "children": "unknown", "people": "1", "involved": "no", "may": "no", "channel": "OTHER"}, "/signal/paper": {"where": string(w.hill)},
		"/signals/{signal}/take": none, "/signals/{signal}/correct": {"where": string(w.hill)}, "/signals/{signal}/triage": {"level": "GREEN", "reasons": "", "outcome": "INSUFFICIENT", "checked": "yes", "conflict": "", "barred": "", "need": "", "same_as": ""},
		"/cases/{case}/assign": none,
		"/directory/new":       {"name": "Un service d'essai", "age_from": "0", "age_to": "0", "free": "1", "capacity": "2"}, "/directory/{service}": {"age_from": "0", "age_to": "0", "free": "1", "capacity": "40"},
		"/directory/{service}/places": {"free": "1"},
		"/roster/new":                 both(moment("from", 1), moment("until", 2)), "/roster/{duty}": none,

		"/search": {"words": "essai"}, "/cases/{case}/edit": {"age": ""}, "/cases/{case}/danger": {"level": "ORANGE", "reasons": ""}, "/cases/{case}/leave": {"told": "yes"},
		"/cases/{case}/print":  {"paper": "SUMMARY", "language": "fr", "chosen": "yes", "named": "yes", "as": "pdf", "where": "", "when": ""},
		"/cases/{case}/screen": {"private": "yes", "apart": "yes", "interpreter": "NOT_NEEDED", "language": "rn"}, "/cases/{case}/ratify": {"answer": "ratify"},
		"/cases/{case}/consent":       {"purpose": "P3", "recipient": shelter.Org.String(), "scope": "minimum", "said": "yes", "agreed": "yes", "mode": "ORAL_WITNESSED", "witness": "N. I., essai", "given_by": "SELF", "interpreter": "NOT_NEEDED"},
		"/cases/{case}/assess":        {"level": "RED", "now": "", "later": ""},
		"/requests/{referral}/absent": none, "/cases/{case}/guardian": {"involved": "no", "name": "Essai", "relation": "OTHER"}, "/guardians/{guardian}/end": {"why": "UNABLE"},
		"/cases/{case}/reflection": {"to": "OFFERED"},
		"/cases/{case}/refer":      {"then": "send"}, "/cases/{case}/refer-now": {"then": "send"},
		"/persons/{person}/edit": none, "/screenings/{screening}/decide": {"verdict": "INSUFFICIENT"}, "/screenings/{screening}/stop": none, "/screenings/{screening}/resume": none,
		"/consents/{consent}/confirm": {"agreed": "yes"}, "/consents/{consent}/withdraw": none, "/referrals/{referral}/cancel": none, "/referrals/{referral}/answer": {"agreed": "no", "value": ""},
		"/requests/{referral}/acknowledge": none, "/requests/{referral}/arrive": none, "/requests/{referral}/accept": moment("arrival", 1), "/requests/{referral}/decline": none, "/requests/{referral}/ask": none,
	}
	maps.Copy(all, map[string]typed{
		"/cases/{case}/plan/write": none, "/cases/{case}/plan/step": moment("due", 2), "/cases/{case}/plan/end": none,
		"/cases/{case}/plan/agree": {"interpreter": "NOT_NEEDED", "carer_away": ""}, "/plans/{plan}/approve": none, "/cases/{case}/interests": none, "/cases/{case}/panel": both(typed{"about": "JUSTICE", "sat": "CHILD_PROTECTION|LAW|HEALTH"}, moment("review", 40)), "/cases/{case}/expect": both(typed{"moment": "COURT_DATE"}, moment("day", 20)),
		"/directory/{service}/inspect": none,
		"/cases/{case}/serve":          {"cost": "5 000", "currency": "BIF", "deliverer": ""}, "/episodes/{episode}/attend": none, "/episodes/{episode}/pause": none,
		"/episodes/{episode}/end": {"cost": "5 000", "currency": "BIF", "satisfaction": "3"},
	})
	maps.Copy(all, map[string]typed{
		"/caseloads/hand-on": {"which": "some", "cases": w.caseOf("own referred").String()}, "/caseloads/cover": both(both(moment("from", 1), moment("until", 2)), w.away()), "/covers/{cover}": none,
		"/cases/{case}/alike": {"looked": "yes"}, "/likenesses/{likeness}/apart": none, "/likenesses/{likeness}/join": none, "/likenesses/{likeness}/undo": none,
		"/cases/{case}/inquire": {"told": "yes"}, "/liaisons/{liaison}/agree": {"asked": "yes"}, "/liaisons/{liaison}/decline": none, "/liaisons/{liaison}/share": none, "/liaisons/{liaison}/close": none,
		"/backup": none, "/readers": {"code": w.codeOf("own ratified")}, "/backup/{backup}/answer": none, "/cases/{case}/transfer": none,
		"/transfers/{transfer}/accept": none, "/transfers/{transfer}/decline": none, "/transfers/{transfer}/withdraw": none,
		"/requests/{referral}/day": none, "/requests/{referral}/interrupt": none, "/requests/{referral}/resume": none, "/requests/{referral}/complete": none,
		"/requests/{referral}/feedback": none, "/referrals/{referral}/close": none, "/episodes/{episode}/agree": none,
		"/referrals/{referral}/stay": {"with": "", "why": ""}, "/stays/{stay}/move": {"unit": "FAMILY"}, "/stays/{stay}/end": none,
		"/cases/{case}/complaint": {"worker": "", "named": "yes"}, "/requests/{referral}/complaint": {"worker": "", "named": "no"},
		"/complaints/{complaint}/look": none, "/complaints/{complaint}/answer": {"end": ""},
		"/cases/{case}/visit": {"moment": "OTHER", "mode": "OFFICE", "home_safe": ""}, "/cases/{case}/business": {"cost": "5 000", "currency": "BIF"},
		"/cases/{case}/advance": {"to": "REINTEGRATION"}, "/cases/{case}/return/prepare": none, "/cases/{case}/return/party": {"told": ""}, "/cases/{case}/return/stop": {"told": "yes"}, "/cases/{case}/return/back": none,
		"/cases/{case}/close": {"reason": "DUPLICATE"}, "/cases/{case}/lose": {"asked": "SUPERVISOR"}, "/cases/{case}/sign": {"answer": "close"},
		"/cases/{case}/reopen": {"reason": "FOUND"}, "/cases/{case}/suspend": none, "/cases/{case}/happened": none,
		"/cases/{case}/identify": {"to": "CONFIRMED", "org_type": "POLICE", "basis": "POLICE_FILE", "decided-day": "1", "decided-month": "2", "decided-year": "2026"},
		"/cases/{case}/explain":  {"said": "told|right", "language": "rn", "interpreter": "NOT_NEEDED"}, "/cases/{case}/review": {"asker": "PERSON"}, "/cases/{case}/review/answer": {"outcome": "PRESUMED"},
		"/emergency": {"code": w.codeOf("own ratified")}, "/emergency/{glass}/open": none, "/emergency/{glass}/end": none,
		"/erasures/{erasure}/approve": {"sure": "yes"}, "/erasures/{erasure}/decline": none, "/erasures/{erasure}/withdraw": none,
		"/cases/{case}/erase": {"told": strings.Join(w.h.protection.Rules.Codes("erasure_told"), "|")}, "/cases/{case}/hold": moment("until", 9), "/cases/{case}/copy": {"language": "fr", "checked": "yes", "safe": "yes"},
		"/cases/{case}/note": {"consent": "yes"}, "/notes/{jotting}/sort": none, "/cases/{case}/sealed": none, "/sealed/{sealed}/readers": none, "/attachments/{attachment}/remove": none,
		"/cases/{case}/attach": {"face": "no"}, "/sealed/{sealed}/attach": {"face": "no"}, // the file is the word that stands in every field
	})
	maps.Copy(all, w.fileBodies(moment))
	for _, question := range []string{"urgent", "limits", "account", "heard", "situation", "purpose", "wants"} {
		all["/screenings/{screening}/"+question] = typed{"then": "on"}
	}
	return all
}

// form is a form of a page, filled as somebody would who answers every question.
type form struct {
	action string
	values url.Values
}

// forms reads the forms of a page.
func forms(page string, path string) []form {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	var all []form
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && strings.EqualFold(attr(n, "method"), "post") {
			f := form{action: attr(n, "action"), values: url.Values{}}
			if f.action == "" {
				f.action = path
			}
			f.read(n)
			all = append(all, f)
		}
	}
	return all
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// read fills every field: what stands there stays; of choices, what is checked
// or the first.
func (f form) read(root *html.Node) {
	submitted := false
	for n := range root.Descendants() {
		name := attr(n, "name")
		if n.Type != html.ElementNode || name == "" || has(n, "disabled") {
			continue
		}
		switch n.Data {
		case "input":
			f.input(n, name)
		case "textarea":
			if text := content(n); text != "" {
				f.values.Set(name, text)
			} else {
				f.values.Set(name, "essai")
			}
		case "select":
			f.choose(n, name)
		case "button":
			if !submitted {
				f.values.Set(name, attr(n, "value"))
			}
			submitted = true
		}
	}
}

func (f form) input(n *html.Node, name string) {
	value := attr(n, "value")
	switch attr(n, "type") {
	case "hidden", "submit":
		f.values.Set(name, value)
	case "radio":
		if has(n, "checked") || !f.values.Has(name) {
			f.values.Set(name, value)
		}
	case "checkbox":
		if has(n, "checked") {
			f.values.Add(name, value)
		} else if !f.values.Has(name) {
			f.values.Set(name, value)
		}
	default:
		if value == "" {
			value = f.guess(n, name)
		}
		f.values.Set(name, value)
	}
}

// guess is what would stand in an empty field.
func (f form) guess(n *html.Node, name string) string {
	switch {
	case strings.HasSuffix(name, "-day"), strings.HasSuffix(name, "-month"), strings.HasSuffix(name, "-year"), strings.HasSuffix(name, "-time"):
		return ""
	case attr(n, "type") == "tel", strings.Contains(name, "phone"):
		return "61 00 00 00"
	case attr(n, "inputmode") == "numeric":
		return "1"
	case attr(n, "type") == "password":
		return "rien-du-tout-0000"
	}
	return "essai"
}

func (f form) choose(n *html.Node, name string) {
	first, chosen := "", ""
	for o := range n.Descendants() {
		if o.Type != html.ElementNode || o.Data != "option" {
			continue
		}
		if v := attr(o, "value"); v != "" && first == "" {
			first = v
		}
		if has(o, "selected") && attr(o, "value") != "" {
			chosen = attr(o, "value")
		}
	}
	if chosen == "" {
		chosen = first
	}
	f.values.Set(name, chosen)
}

func content(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// formOf is the page a POST route's form stands on.
func formOf(route shell.Route) string {
	if route.Form != "" {
		return route.Form
	}
	return route.Pattern
}

// body is what somebody who may would send to a target of a POST route; false
// when the page shows him no such form.
func (w *walk) body(r *reader, route shell.Route, t target) (url.Values, bool) {
	page := shell.Route{Pattern: formOf(route)}.Fill(t.values)
	got := w.ask(r, "GET", page+w.chosen(route), nil)
	for _, f := range forms(got.body, page) {
		if strings.SplitN(f.action, "?", 2)[0] != t.path {
			continue
		}
		for name, value := range w.bodies()[route.Pattern] {
			if value == "" {
				f.values.Del(name)
			} else {
				f.values[name] = strings.Split(value, "|")
			}
		}
		return f.values, true
	}
	return nil, false
}

// chosen is what was chosen on the page before the form.
func (w *walk) chosen(route shell.Route) string {
	if route.Pattern == "/caseloads/hand-on" {
		return "?who=" + w.as(access.CaseManager, "umuganda", 0).Account.String()
	}
	if s := w.services["shelter"]; strings.Contains(route.Pattern, "/refer") && strings.HasPrefix(route.Pattern, "/cases/") {
		return "?service=" + s.ID.String()
	}
	return ""
}

// bodyFor is a valid body for a target: of whoever may send it, or of another
// record with its identifier put in.
func (w *walk) bodyFor(route shell.Route, t target, cache map[string]url.Values) url.Values {
	for _, r := range w.readers {
		if r.who.Account.IsZero() || !w.allowed(r, route, t) {
			continue
		}
		if v, ok := w.body(r, route, t); ok {
			cache[route.Pattern] = v
			cache[route.Pattern+" id"] = url.Values{"id": {t.id.String()}}
			return v
		}
	}
	if v, ok := cache[route.Pattern]; ok {
		was := cache[route.Pattern+" id"].Get("id")
		return swapped(v, func(s string) string { return strings.ReplaceAll(s, was, t.id.String()) })
	}
	fallback := url.Values{"id": {ids.New[ids.Event]().UUID.String()}, "version": {"1"}}
	for name, value := range w.bodies()[route.Pattern] {
		fallback.Set(name, value)
	}
	return fallback
}
