package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// walk goes along every route as everybody.
type walk struct {
	*planted
	readers []*reader
	victim  ids.Account // whose account may be changed
	byToken map[string]*marker
	byID    map[string][]record   // of protection records, by identifier
	byCode  map[string]ids.UUID   // case codes
	whose   map[ids.UUID]ids.UUID // whose case it is

	mu       sync.Mutex
	requests int
	pairs    map[string]bool
	seenBy   map[string]string // marker → where it was found first, rightly
	objects  map[record]access.Object
	complain map[string]int
	absent   map[string]answer // what a reader is told of a record that was never there
	allows   map[string]bool   // what the policy allows and the page does not have, now
}

func newWalk(t *testing.T) *walk {
	w := &walk{planted: plant(t), byToken: map[string]*marker{}, byID: map[string][]record{}, byCode: map[string]ids.UUID{}, whose: map[ids.UUID]ids.UUID{},
		pairs: map[string]bool{}, seenBy: map[string]string{}, objects: map[record]access.Object{}, complain: map[string]int{},
		absent: map[string]answer{}, allows: map[string]bool{}}
	w.readers = append(w.planted.readers(), w.outsiders()...)
	w.victim = w.more[len(w.more)-1].ID
	w.add(access.Accounts, w.victim.UUID, "victim")
	w.contacts()
	w.index()
	return w
}

// contacts plants where alerts reach a worker: his own to read.
func (w *walk) contacts() {
	for _, r := range w.readers {
		if r.who.Post.Role != access.DutyOfficer && r.who.Post.Role != access.Police {
			continue
		}
		mail := strings.ToLower(w.word()) + "@exemple.test"
		m := &marker{what: "mail of a worker", token: strings.TrimSuffix(mail, "@exemple.test"), full: mail, only: r.who.Account}
		w.markers = append(w.markers, m)
		if a := w.ask(r, "POST", "/account/contact", url.Values{"mail": {mail}, "email": {mail}, "lang": {"fr"}}); a.status != http.StatusSeeOther {
			w.t.Fatalf("%s cannot keep a contact: %d\n%s", r.name, a.status, a.body)
		}
	}
}

func (w *walk) index() {
	for _, m := range w.markers {
		w.byToken[m.token] = m
	}
	clear(w.byID)
	for kind, all := range w.records {
		if !slices.Contains([]access.Kind{access.Accounts, access.Directory, access.Roster}, kind) {
			for _, r := range all {
				w.byID[r.id.String()] = append(w.byID[r.id.String()], record{kind: kind, id: r.id})
			}
		}
	}
	for _, id := range w.column("SELECT id FROM protection_case") {
		if u, err := ids.Parse[ids.Case](id); err == nil {
			for _, person := range w.column("SELECT person FROM protection_case WHERE id = ?", id) {
				if one, err := ids.Parse[ids.Person](person); err == nil {
					w.whose[u.UUID] = one.UUID
				}
			}
			for _, text := range w.column("SELECT code FROM protection_case WHERE id = ?", id) {
				if c, err := ids.ParseCode(text); err == nil {
					w.byCode[c.String()] = u.UUID
				}
			}
		}
	}
}

// object gives the facts of a record.
func (w *walk) object(kind access.Kind, id ids.UUID) access.Object {
	key := record{kind: kind, id: id}
	w.mu.Lock()
	o, known := w.objects[key]
	w.mu.Unlock()
	if known {
		return o
	}
	o = access.Object{Kind: kind, ID: id, Zone: access.ZoneOf(kind)}
	if kind == access.Accounts {
		if seat, err := w.h.store.Holder(w.ctx, ids.Account{UUID: id}); err == nil {
			o.Subject, o.Owner = id, seat.Account.Org
		}
	} else if facts, err := w.h.store.Facts(w.ctx, kind, id); err == nil {
		o = facts
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.objects[key] = o
	return o
}

// forget drops the facts, after something changed.
func (w *walk) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.objects)
}

func (w *walk) may(r *reader, a access.Action, o access.Object) bool {
	purpose := access.ForProtection
	if access.ZoneOf(o.Kind) == access.Criminal {
		purpose = access.ForProsecution
	}
	_, err := w.h.policy.Decide(r.who, a, o, purpose, w.clock.now())
	return err == nil
}

func (w *walk) knows(r *reader, kind access.Kind, id ids.UUID) bool {
	return w.h.policy.Known(r.who, w.object(kind, id), w.clock.now())
}

// mayHear says whether a reader may learn that a record is there: he knows of
// it, or it is the case of somebody he may find by searching (PROCESS.md §2.3
// A2, duplicate check inside the organisation).
func (w *walk) mayHear(r *reader, one record) bool {
	if w.knows(r, one.kind, one.id) {
		return true
	}
	person, known := w.whose[one.id]
	return one.kind == access.CaseKind && known && w.may(r, access.PersonSearch, w.object(access.PersonKind, person))
}

// mayRead says whether the policy lets somebody read a marker.
func (w *walk) mayRead(r *reader, m *marker) bool {
	if m.none {
		return false
	}
	if m.in {
		return !r.who.Account.IsZero()
	}
	if !m.only.IsZero() {
		return m.only == r.who.Account
	}
	return slices.ContainsFunc(m.by, func(o opener) bool { return w.may(r, o.action, w.object(o.kind, o.id)) })
}

// target is one address of a route.
type target struct {
	path   string
	values map[string]string
	id     ids.UUID // of the record the route is about; zero: none
	record record
}

// targets fills the wildcards of a route: one record of each plantation and
// stage, and one that was invented.
func (w *walk) targets(r *reader, route shell.Route) []target {
	wild := route.About.Wildcard()
	if wild == "" {
		values, ok := w.rest(route, record{})
		if !ok {
			return nil
		}
		return []target{{path: route.Fill(values), values: values}}
	}
	var all []target
	for _, one := range w.sample(r, route.Of()) {
		values, ok := w.rest(route, one)
		if !ok {
			return nil
		}
		values[wild] = one.id.String()
		all = append(all, target{path: route.Fill(values), values: values, id: one.id, record: one})
	}
	if len(all) == 0 {
		w.t.Errorf("%s %s: no record of kind %q is planted: plant one in planted_test.go", route.Method, route.Pattern, route.Of())
	}
	return all
}

// rest fills the other wildcards with a record of the same plantation.
func (w *walk) rest(route shell.Route, of record) (map[string]string, bool) {
	values := map[string]string{}
	for _, name := range route.Wildcards() {
		if name == route.About.Wildcard() {
			continue
		}
		kind := route.More[name]
		if v := w.plain(name); v != "" {
			values[name] = v
			continue
		}
		for _, r := range w.records[kind] {
			if values[name] == "" || of.label != "" && r.label == of.label {
				values[name] = r.id.String()
			}
		}
		if values[name] == "" {
			w.t.Errorf("%s %s: no value for wildcard %q (%s): give one in plain()", route.Method, route.Pattern, name, kind)
			return nil, false
		}
	}
	return values, true
}

// plain are values of wildcards that name no record of ours.
func (w *walk) plain(name string) string {
	switch name {
	case "place", "code":
		return string(w.hill)
	case "province":
		return string(w.provinces[0].Code)
	}
	return ""
}

// sample is what stands for all records of a kind: of the house's own
// plantation the stages that differ, one of every other, one that was invented.
// Somebody on another side of the wall is shown two: his way is the same for all.
func (w *walk) sample(r *reader, kind access.Kind) []record {
	var all []record
	taken := map[string]bool{}
	far := r.out || r.who.Post.Role.Side() != access.Protecting
	for i, one := range w.records[kind] {
		plantation, stage, _ := strings.Cut(one.label, " ")
		key := plantation
		switch {
		case kind == access.Accounts:
			if i%9 != 0 {
				continue
			}
			key = one.id.String()
		case plantation == "own" && !far && !brief() && slices.Contains([]string{"", "triage", "waiting", "returned", "ratified", "referred", "sent", "acknowledged", "accepted", "declined", "answered", "in service", "over", "fed back"}, stage):
			key = one.label
		case plantation == "child" && stage != "" && !slices.Contains([]string{"referred", "acknowledged"}, stage):
			continue
		case far && plantation != "own" && plantation != "police" && plantation != "planted":
			continue
		}
		if !taken[key] {
			taken[key] = true
			all = append(all, one)
		}
	}
	return all
}

// about is the object a route decides about.
func (w *walk) about(r *reader, route shell.Route, t target) access.Object {
	if t.id.IsZero() {
		o := access.Object{Kind: route.Of(), By: r.who.Account, Subject: r.who.Account.UUID}
		if route.About == shell.Fresh { // a new record would be of his own organisation
			o.Owner = r.who.Post.Org
		}
		return o
	}
	return w.object(route.Of(), t.id)
}

// allowed says whether the policy lets a reader use a route on a target. Self
// is always the reader's own.
func (w *walk) allowed(r *reader, route shell.Route, t target) bool {
	if r.who.Account.IsZero() && !route.Public {
		return false
	}
	return route.About == shell.Self || w.may(r, route.Action, w.about(r, route, t))
}

// check looks through one answer for what the reader may not know.
func (w *walk) check(r *reader, route shell.Route, t target, a answer, sent string) {
	where := fmt.Sprintf("%s %s as %s (%s)", route.Method, route.Pattern, r.name, t.record.label)
	w.mu.Lock()
	w.requests++
	w.pairs[route.Method+" "+route.Pattern+" "+string(r.who.Post.Role)] = true
	w.mu.Unlock()
	if a.status >= 500 {
		w.fail("%s: %d\n%s", where, a.status, a.log)
	}
	whole, sent := a.whole(), strings.ToLower(sent)+" "+sent
	for _, token := range w.found(whole) {
		m := w.byToken[token]
		switch {
		case strings.Contains(sent, token):
		case !w.mayRead(r, m):
			w.fail("%s: tells the %s", where, m.what)
		default:
			w.mu.Lock()
			if w.seenBy[m.token] == "" {
				w.seenBy[m.token] = where
			}
			w.mu.Unlock()
		}
	}
	w.identifiers(where, r, whole, sent)
	for _, link := range a.links() {
		if tokens := w.found(link); len(tokens) > 0 {
			w.fail("%s: an address holds a marker: %s", where, w.byToken[tokens[0]].what)
		}
	}
	if tokens := w.found(a.log); len(tokens) > 0 {
		w.fail("%s: the log holds the %s", where, w.byToken[tokens[0]].what)
	}
}

// found lists the markers in a text, however written.
func (w *walk) found(text string) []string {
	return slices.DeleteFunc(found(text), func(token string) bool { return w.byToken[token] == nil })
}

// identifiers looks for records in an answer that the reader may not know of.
func (w *walk) identifiers(where string, r *reader, whole, sent string) {
	for _, id := range idsIn(strings.ToLower(whole)) {
		all := w.byID[id]
		if len(all) == 0 || strings.Contains(sent, id) {
			continue
		}
		if !slices.ContainsFunc(all, func(one record) bool { return w.mayHear(r, one) }) {
			w.fail("%s: names a %s that the reader may not know of", where, all[0].kind)
		}
	}
	for _, code := range codesIn(whole) {
		id, ours := w.byCode[code]
		if ours && !strings.Contains(sent, code) && !w.mayKnowCode(r, id) {
			w.fail("%s: says the code of a case that the reader may not know of", where)
		}
	}
}

// mayKnowCode says whether a reader may read aloud a case's code: whoever knows
// of the case or of a request for it, and who watches the queue.
func (w *walk) mayKnowCode(r *reader, id ids.UUID) bool {
	if w.mayHear(r, record{kind: access.CaseKind, id: id}) {
		return true
	}
	for _, text := range w.column("SELECT id FROM referral WHERE case_id = ?", id.String()) {
		one, err := ids.Parse[ids.Referral](text)
		if err != nil {
			continue
		}
		o := w.object(access.ReferralKind, one.UUID)
		if w.knows(r, access.ReferralKind, one.UUID) || w.may(r, access.QueueUnanswered, o) {
			return true
		}
	}
	for _, text := range w.column("SELECT id FROM likeness WHERE first_case = ? OR second_case = ?", id.String(), id.String()) {
		if one, err := ids.Parse[ids.Likeness](text); err == nil && w.knows(r, access.LikenessKind, one.UUID) {
			return true
		}
	}
	for _, text := range w.column("SELECT id FROM complaint WHERE about_case = ?", id.String()) { // she lets her name be told
		if one, err := ids.Parse[ids.Complaint](text); err == nil && w.knows(r, access.ComplaintKind, one.UUID) {
			return true
		}
	}
	for _, text := range w.column("SELECT id FROM transfer WHERE case_id = ?", id.String()) {
		if one, err := ids.Parse[ids.Transfer](text); err == nil && w.knows(r, access.TransferKind, one.UUID) {
			return true
		}
	}
	for _, text := range w.column("SELECT id FROM glass WHERE case_id = ?", id.String()) {
		if one, err := ids.Parse[ids.Glass](text); err == nil && w.knows(r, access.GlassKind, one.UUID) {
			return true
		}
	}
	for _, text := range w.column("SELECT id FROM erasure WHERE case_id = ?", id.String()) {
		if one, err := ids.Parse[ids.Erasure](text); err == nil && w.knows(r, access.ErasureKind, one.UUID) {
			return true
		}
	}
	return false
}

// fail says each complaint a few times, and counts the others.
func (w *walk) fail(format string, args ...any) {
	w.t.Helper()
	key := fmt.Sprintf(format, args...)
	if i := strings.Index(key, " as "); i > 0 { // once a route and complaint, whoever it was
		if _, what, said := strings.Cut(key, "): "); said {
			key = key[:i] + strings.SplitN(what, "\n", 2)[0]
		}
	}
	w.mu.Lock()
	w.complain[key]++
	n := w.complain[key]
	w.mu.Unlock()
	if n <= 1 {
		w.t.Errorf(format, args...)
	}
}

// refusal checks that an answer is a refusal, and the right one.
func (w *walk) refusal(r *reader, route shell.Route, t target, a answer) {
	where := fmt.Sprintf("%s %s as %s (%s)", route.Method, route.Pattern, r.name, t.record.label)
	in := !r.who.Account.IsZero()
	switch {
	case !in && !route.Public:
		if a.status != http.StatusSeeOther || !strings.HasPrefix(a.location(), "/sign-in") && !strings.HasPrefix(a.location(), "/account/unlock") && !strings.HasPrefix(a.location(), "/account/post") {
			w.fail("%s: %d %s, not asked to sign in", where, a.status, a.location())
		}
	case !t.id.IsZero() && !w.knows(r, route.Of(), t.id):
		if a.status != http.StatusNotFound {
			w.fail("%s: %d %s, not 404", where, a.status, a.location())
		}
	case a.status != http.StatusForbidden && a.status != http.StatusNotFound:
		w.fail("%s: %d %s, not refused", where, a.status, a.location())
	}
}

// twin checks that an answer about a record that may not be known is that about
// one which was never there, to the byte and to the question.
func (w *walk) twin(r *reader, route shell.Route, t target, a answer, form url.Values) {
	key := r.name + route.Method + route.Pattern
	w.mu.Lock()
	b, asked := w.absent[key]
	w.mu.Unlock()
	if !asked {
		stranger := ids.New[ids.Event]().UUID.String()
		swap := func(s string) string { return strings.ReplaceAll(s, t.id.String(), stranger) }
		b = w.ask(r, route.Method, swap(t.path), swapped(form, swap))
		b.body = b.plain(stranger)
		w.mu.Lock()
		w.absent[key] = b
		w.requests++
		w.mu.Unlock()
	}
	x, y := a.plain(t.id.String()), b.body
	if x != y {
		w.fail("%s %s as %s (%s): a record that may not be known is not like one that is not there:\n%s\n---\n%s", route.Method, route.Pattern, r.name, t.record.label, cut(x, y), cut(y, x))
	}
	if !slices.Equal(a.calls, b.calls) {
		w.fail("%s %s as %s (%s): withheld asks %v, not there asks %v", route.Method, route.Pattern, r.name, t.record.label, a.calls, b.calls)
	}
}

func swapped(form url.Values, swap func(string) string) url.Values {
	if form == nil {
		return nil
	}
	out := url.Values{}
	for name, values := range form {
		for _, v := range values {
			out.Add(name, swap(v))
		}
	}
	return out
}

// keptMark is a cookie that names a form by a hash of its address.
var keptMark = regexp.MustCompile(`kept=[A-Za-z0-9_-]{12};`)

// plain is an answer without what differs between any two.
func (a answer) plain(id string) string {
	h := a.header.Clone()
	h.Del("X-Request-Id")
	h.Del("Date")
	h.Del("Content-Length")
	var b strings.Builder
	fmt.Fprintln(&b, a.status)
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintln(&b, name, h[name])
	}
	b.WriteString(a.body)
	text := keptMark.ReplaceAllString(b.String(), "kept=MARK;")
	return strings.ReplaceAll(text, id, "ID")
}

// cut shows where x begins to differ from y.
func cut(x, y string) string {
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	return x[max(0, i-80):min(len(x), i+160)]
}

// state is a fingerprint of everything kept, table by table, but for the log
// and what sessions leave.
func (p *planted) state() map[string]string {
	all := map[string]string{}
	for _, table := range p.column("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'audit_%' ORDER BY name") {
		if slices.Contains([]string{"session", "session_seen", "attempt", "draft", "goose_db_version", "subject_key"}, table) {
			continue
		}
		rows, err := p.db.QueryContext(p.ctx, `SELECT * FROM "`+table+`"`)
		p.ok(err)
		names, err := rows.Columns()
		p.ok(err)
		sum, n := sha256.New(), 0
		for rows.Next() {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			p.ok(rows.Scan(into...))
			fmt.Fprintln(sum, values...)
			n++
		}
		p.ok(rows.Err())
		p.ok(rows.Close())
		all[table] = fmt.Sprintf("%d rows %s", n, hex.EncodeToString(sum.Sum(nil)[:8]))
	}
	return all
}

// changed names the tables that differ.
func changed(a, b map[string]string) []string {
	var all []string
	for table := range b {
		if a[table] != b[table] {
			all = append(all, table)
		}
	}
	slices.Sort(all)
	return all
}
