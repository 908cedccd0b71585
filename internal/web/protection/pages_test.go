package protection_test

import (
	"bytes"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// visit is one page in one state.
type visit struct {
	name, path string
	role       access.Role
	form       url.Values // posted when not nil
}

// visits are every page of signals, duty, roster and directory, with and without faults.
func (h *house) visits() []visit {
	h.t.Helper()
	open, judged := h.signal(), h.signal(func(c *protection.Raise) { c.Children = protection.Yes; c.People = 2 })
	h.signal()
	group := ids.New[ids.Group]()
	met := protection.Triage{Signal: judged.Signal, Version: 1, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening, Group: group,
		HealthFrom: h.now.Add(-60 * 3600e9), Conflicts: []protection.Conflict{{Org: h.police, Why: "OFFICIAL"}},
		People: []protection.Newcomer{{Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), Sex: "F"}, {Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), Child: true, Screener: h.who(access.Screener).Account}}}
	svc := protection.Service{ID: ids.New[ids.Service](), Org: h.shelter, Need: "SAFE.EMERGENCY", Name: "Foyer des Collines", Active: true, Free: 2, Capacity: 6, Sexes: []string{"F"}, AgeFrom: 12, AgeTo: 60}
	line := protection.Duty{ID: ids.New[ids.Duty](), Org: h.care, Account: h.who(duty).Account, Rank: 1, From: h.now.Add(-3600e9), Until: h.now.Add(8 * 3600e9)}
	for _, err := range []error{
		h.desk.Take(h.ctx, h.who(duty), protection.Take{Signal: open.Signal, Version: 1}),
		h.desk.Triage(h.ctx, h.who(duty), met),
		h.desk.KeepService(h.ctx, h.who(access.Coordinator), protection.KeepService{Service: svc}),
		h.desk.KeepDuty(h.ctx, h.who(access.Supervisor), protection.KeepDuty{Duty: line}),
	} {
		if err != nil {
			h.t.Fatal(err)
		}
	}
	seat, one, done := "/cases/"+met.People[0].Case.String()+"/assign", "/signals/"+open.Signal.String(), "/signals/"+judged.Signal.String()
	none := url.Values{}
	all := []visit{
		{"home", "/", "", nil}, {"raise", "/signal", "", nil}, {"sent", "/signal/sent?receipt=" + open.Receipt.String(), "", nil}, {"sent-in", "/signal/sent?receipt=" + open.Receipt.String(), access.Police, nil},
		{"form", "/signal/form", "", nil}, {"paper", "/signal/paper", duty, nil}, {"paper-faults", "/signal/paper", duty, none}, {"receipts", "/receipts", access.Police, nil},
		{"work-duty", "/work", duty, nil}, {"work-police", "/work", access.Police, nil}, {"work-shelter", "/work", access.ServiceProvider, nil}, {"work-coordinator", "/work", access.Coordinator, nil},
		{"work-supervisor", "/work", access.Supervisor, nil}, {"queue", "/signals", duty, nil}, {"queue-all", "/signals?all=yes", duty, nil}, {"signal", one, duty, nil}, {"signal-judged", done, duty, nil}, {"signal-supervisor", one, access.Supervisor, nil},
		{"correct", one + "/correct", duty, nil}, {"correct-faults", one + "/correct", duty, none}, {"triage", one + "/triage", duty, nil}, {"triage-faults", one + "/triage", duty, fields("outcome", "SCREENING", "level", "RED", "health-day", "99")},
		{"triaged", done + "/triaged?case=" + met.People[0].Case.String(), duty, nil}, {"triaged-bare", done + "/triaged", duty, nil}, {"handover", done + "/handover", duty, nil}, {"group", "/groups/" + group.String(), duty, nil},
		{"assign", seat, duty, nil}, {"assign-faults", seat, duty, none}, {"roster", "/roster", access.Supervisor, nil}, {"roster-new", "/roster/new", access.Supervisor, nil}, {"roster-faults", "/roster/new", access.Supervisor, none},
		{"roster-edit", "/roster/" + line.ID.String(), access.Supervisor, nil}, {"directory", "/directory", access.Coordinator, nil}, {"directory-duty", "/directory", duty, nil}, {"service-new", "/directory/new", access.Coordinator, nil}, {"service-faults", "/directory/new", access.Coordinator, none},
		{"service-edit", "/directory/" + svc.ID.String(), access.Coordinator, nil}, {"places", "/directory/" + svc.ID.String() + "/places", access.ServiceProvider, nil}, {"places-faults", "/directory/" + svc.ID.String() + "/places", access.ServiceProvider, none},
	}
	for _, step := range []string{"now", "when", "where", "seen", "who", "call", "check"} {
		role := access.Role("")
		if step == "who" {
			role = access.Police
		}
		full := fields("now", "yes", "ago", "date", "when-year", "2026", "where", string(h.hill), "where-written", "", "spot", "près du pont", "people", "3", "children", "no",
			"seen", "Elles pleurent.", "may", "yes", "phone", "79 000 111", "step", "now", "go", step)
		if step == "check" {
			full.Set("step", "call")
		}
		bad := url.Values{"step": {step}, "ago": {"date"}, "when-day": {"45"}, "people": {"x"}, "may": {"yes"}, "involved": {"yes"}, "where-find": {""}}
		all = append(all, visit{"raise-" + step, "/signal", role, full}, visit{"raise-" + step + "-faults", "/signal", role, bad})
	}
	card := "/cases/" + met.People[0].Case.String() + "/print"
	all = append(all, visit{"print", card, access.Supervisor, nil}, visit{"print-faults", card, access.Supervisor, none},
		visit{"print-page", card, access.Supervisor, fields("paper", "SUMMARY", "language", "rn", "chosen", "yes", "as", "page")})
	return append(all, visit{"raise-search", "/signal", "", fields("step", "where", "now", "no", "where-find", "gi", "where-go", "find")},
		visit{"raise-before", "/signal", "", fields("step", "where", "now", "no", "ago", "date", "when-year", "2015", "where", "BI-BB")})
}

func (h *house) visit(v visit, lang string) *httptest.ResponseRecorder {
	if v.form != nil {
		return h.ask("POST", v.path, v.role, lang, v.form)
	}
	return h.ask("GET", v.path, v.role, lang, nil)
}

// TestEveryPageInEveryLanguage draws each page in four languages and looks at
// its HTML and its size.
func TestEveryPageInEveryLanguage(t *testing.T) {
	h := newHouse(t)
	largest, where := 0, ""
	for _, v := range h.visits() {
		for _, lang := range []string{"fr", "en", "rn", "sw"} {
			w := h.visit(v, lang)
			if w.Code != 200 && w.Code != 422 {
				t.Errorf("%s in %s: %d %.500s", v.name, lang, w.Code, text(w))
				continue
			}
			for _, fault := range faults(w.Body.Bytes()) {
				t.Errorf("%s in %s: %s", v.name, lang, fault)
			}
			if size := packed(w); size > largest {
				largest, where = size, v.name+" "+lang
			}
		}
	}
	t.Logf("the largest page is %s: %d bytes packed", where, largest)
	if largest > 10<<10 {
		t.Errorf("%s takes %d bytes", where, largest)
	}
}

// faults are what is wrong with a page for who cannot see it, or cannot run a script.
func faults(page []byte) []string {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	ids, labels, headings := map[string]int{}, map[string]bool{}, 0
	var fields, links []*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode && n.Parent != nil && n.Parent.Data != "script" && rawKey(n.Data) {
			wrong = append(wrong, "a key stands on the page: "+strings.TrimSpace(n.Data))
		}
		if n.Type == html.ElementNode {
			if id := attr(n, "id"); id != "" {
				ids[id]++
			}
			switch n.Data {
			case "h1":
				headings++
			case "label":
				labels[attr(n, "for")] = true
			case "input", "select", "textarea":
				if attr(n, "type") != "hidden" {
					fields = append(fields, n)
				}
			case "a":
				links = append(links, n)
			case "script", "style":
				if n.FirstChild != nil {
					wrong = append(wrong, "inline "+n.Data)
				}
			}
			if attr(n, "style") != "" || attr(n, "onclick") != "" {
				wrong = append(wrong, "inline style or script on "+n.Data)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if headings != 1 {
		wrong = append(wrong, "not one h1")
	}
	for id, n := range ids {
		if n > 1 {
			wrong = append(wrong, "the id "+id+" stands twice")
		}
	}
	for _, f := range fields {
		if !labels[attr(f, "id")] {
			wrong = append(wrong, "no label for "+attr(f, "name"))
		}
	}
	for _, a := range links {
		if to := attr(a, "href"); strings.HasPrefix(to, "#") && ids[to[1:]] == 0 {
			wrong = append(wrong, "a link leads to nothing: "+to)
		}
	}
	return wrong
}

// rawKey finds a translation key that nobody translated.
func rawKey(s string) bool {
	s = strings.TrimSpace(s)
	for _, room := range []string{"signal.", "duty.", "fault.", "shell.", "place.", "common.", "case."} {
		if strings.HasPrefix(s, room) && !strings.ContainsAny(s, " \n") {
			return true
		}
	}
	return strings.Contains(s, "<no value>")
}

// TestBodyTooBig gives the same form back, and keeps nothing.
func TestBodyTooBig(t *testing.T) {
	h := newHouse(t)
	r := httptest.NewRequest("POST", "/signal", strings.NewReader("step=seen&now=no&people=4&seen="+strings.Repeat("x", 10<<20)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.shell.ServeHTTP(w, r)
	want(t, w, 422, "Qu’avez-vous vu")
	if typed(t, w).Get("people") != "4" {
		t.Error("what was typed is lost")
	}
}
