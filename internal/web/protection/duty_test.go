package protection_test

import (
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

const duty = access.DutyOfficer

func TestDutyFromQueueToCase(t *testing.T) {
	h := newHouse(t)
	r := h.signal()
	path := "/signals/" + r.Signal.String()
	h.now = h.now.Add(3 * time.Hour)

	want(t, h.get("/work", duty), 200, "Signalements à évaluer", "1 en retard", "Prendre", "Danger maintenant, selon le signalement")
	queue := h.get("/signals", duty)
	want(t, queue, 200, "Bisinde", "en retard de 1 h", "il y a 3 h")
	lacks(t, queue, "moulin", "79 000 111", "Nadine")

	page := h.get(path, duty)
	want(t, page, 200, "derrière le moulin", "Une jeune fille pleure", "Prenez le signalement pour voir comment rappeler")
	lacks(t, page, "79 000 111", "Nadine")
	if w := h.fill(page, path+"/take", duty); w.Code != 303 {
		t.Fatal(text(w))
	}
	page = h.get(path, duty)
	want(t, page, 200, "C’est l’école", "79 000 111", "le patron", "Nadine Inventée")
	if body := text(page); strings.Index(body, "79 000 111") < strings.Index(body, "le patron") {
		t.Error("the number stands above the warning")
	}
	lacks(t, h.get(path, access.Supervisor), "79 000 111", "Nadine")

	form := h.get(path+"/triage", duty)
	want(t, form, 200, "Quel est le danger ?", "Proposer un entretien privé")
	done := h.fill(form, path+"/triage", duty, "level", "RED", "reasons", "TRAFFICKER_NEAR", "reasons", "RAPE_72H", "checked", "yes", "outcome", "SCREENING",
		"people", "1", "person0_sex", "F", "person0_child", "unknown", "person0_called", "Mimi", "screener", h.who(access.Screener).Account.String(),
		"health-day", "25", "health-month", "11", "health-year", "2026", "health-time", "4h30")
	if done.Code != 303 || !strings.Contains(done.Header().Get("Location"), "/triaged?case=") {
		t.Fatalf("%d %.900s", done.Code, text(done))
	}
	after := h.get(done.Header().Get("Location"), duty)
	want(t, after, 200, "Un dossier est ouvert", "Orientation d’urgence", "Attribuer le dossier", "PEP")
	again := h.fill(form, path+"/triage", duty, "level", "RED", "reasons", "TRAFFICKER_NEAR", "checked", "yes", "outcome", "SCREENING", "people", "1")
	if again.Header().Get("Location") != done.Header().Get("Location") {
		t.Errorf("sent twice: %d %q", again.Code, again.Header().Get("Location"))
	}
	cut, err := h.desk.Cases(h.ctx, h.who(access.Screener), protection.CaseFilter{}, protection.Page{})
	if err != nil || len(cut.Lines) != 1 || !cut.Lines[0].Child || cut.Lines[0].Level != protection.Red {
		t.Fatalf("%+v, %v", cut.Lines, err)
	}
	assign := "/cases/" + cut.Lines[0].ID.String() + "/assign"
	want(t, h.get(assign, duty), 200, "Qui mène l’entretien ?")
	if w := h.fill(h.get(assign, duty), assign, duty, "manager", h.who(access.CaseManager).Account.String()); w.Code != 303 {
		t.Fatal(text(w))
	}
	want(t, h.fill(h.get(assign, duty), assign, duty, "manager", ids.New[ids.Account]().String()), 422, "Choisissez une réponse de la liste")
	want(t, h.get(path, duty), 200, "Proposer un entretien privé", "Évaluation")
}

func TestTriageBadInput(t *testing.T) {
	h := newHouse(t)
	r := h.signal()
	path := "/signals/" + r.Signal.String() + "/triage"
	whole := []string{"level", "GREEN", "checked", "yes", "outcome", "INSUFFICIENT"}
	for name, one := range map[string]struct {
		form  []string
		field string
	}{
		"no level":            {[]string{"level", ""}, "level"},
		"unknown level":       {[]string{"level", "BLUE"}, "level"},
		"red without reason":  {[]string{"level", "RED"}, "reasons"},
		"unknown reason":      {[]string{"reasons", "<b>"}, "reasons"},
		"similar not seen":    {[]string{"checked", ""}, "checked"},
		"no outcome":          {[]string{"outcome", ""}, "outcome"},
		"need not said":       {[]string{"outcome", "NOT_TIP_REFERRED"}, "need"},
		"same as nothing":     {[]string{"outcome", "DUPLICATE"}, "same_as"},
		"same as a stranger":  {[]string{"outcome", "DUPLICATE", "same_as", ids.New[ids.Signal]().String()}, "same_as"},
		"nobody to talk with": {[]string{"outcome", "SCREENING", "people", ""}, "people"},
		"too many":            {[]string{"outcome", "SCREENING", "people", "201"}, "people"},
		"health to come":      {[]string{"health-day", "26", "health-month", "11", "health-year", "2026", "health-time", "10:00"}, "health-day"},
		"impossible time":     {[]string{"health-day", "24", "health-month", "11", "health-year", "2026", "health-time", "25:99"}, "health-time"},
		"conflict, no reason": {[]string{"barred", "o" + h.police.String()}, "conflict"},
		"barred stranger":     {[]string{"barred", "a" + ids.New[ids.Account]().String()}, "barred"},
		"name too long":       {[]string{"outcome", "SCREENING", "people", "1", "person0_called", strings.Repeat("é", 121)}, "person0_called"},
	} {
		t.Run(name, func(t *testing.T) {
			w := h.fill(h.get(path, duty), path, duty, append(drop(whole, one.form), one.form...)...)
			want(t, w, 422, "Il y a un problème")
			if !strings.Contains(w.Body.String(), `href="#`+one.field+`"`) || !strings.Contains(w.Body.String(), `id="`+one.field+`"`) {
				t.Errorf("no link to %s, or no such field: %.1500s", one.field, text(w))
			}
		})
	}
	s, _, err := h.desk.Signal(h.ctx, h.who(duty), r.Signal)
	if err != nil || s.State != protection.Received {
		t.Errorf("something was kept: %s, %v", s.State, err)
	}
}

func TestTriageOfAGroup(t *testing.T) {
	h := newHouse(t)
	r := h.signal(func(c *protection.Raise) { c.People = 24 })
	path := "/signals/" + r.Signal.String() + "/triage"
	form := h.get(path, duty)
	if typed(t, form).Get("people") != "24" {
		t.Error("the number reported is not proposed")
	}
	w := h.fill(form, path, duty, "level", "ORANGE", "checked", "yes", "outcome", "SCREENING", "person0_sex", "F", "handler", "yes")
	if w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/groups/") {
		t.Fatalf("%d %.900s", w.Code, text(w))
	}
	page := h.get(w.Header().Get("Location"), duty)
	want(t, page, 200, "Proposez à chacune un entretien privé", "Pas encore demandé", "24")
	if n := strings.Count(page.Body.String(), `href="/cases/`); n != 24 {
		t.Errorf("%d cases are shown", n)
	}
	want(t, h.get("/work", duty), 200, "Dossiers sans personne pour l’entretien")
	if again := h.fill(form, path, duty, "level", "ORANGE", "checked", "yes", "outcome", "SCREENING"); again.Header().Get("Location") != w.Header().Get("Location") {
		t.Errorf("sent twice: %d %q", again.Code, again.Header().Get("Location"))
	}
}

func TestTriageOtherOutcomes(t *testing.T) {
	h := newHouse(t)
	first := h.signal()
	for outcome, more := range map[string][]string{
		"NOT_TIP_REFERRED": {"need", "GBV"},
		"DUPLICATE":        {"same_as", first.Signal.String()},
		"INSUFFICIENT":     {},
	} {
		r := h.signal()
		path := "/signals/" + r.Signal.String() + "/triage"
		w := h.fill(h.get(path, duty), path, duty, append(more, "level", "GREEN", "checked", "yes", "outcome", outcome)...)
		if w.Code != 303 {
			t.Errorf("%s: %d %.900s", outcome, w.Code, text(w))
			continue
		}
		want(t, h.get(w.Header().Get("Location"), duty), 200, "Après l’évaluation")
	}
}

func TestCorrectKeepsHistory(t *testing.T) {
	h := newHouse(t)
	path := "/signals/" + h.signal().Signal.String()
	form := h.get(path+"/correct", duty)
	if typed(t, form).Get("where") != string(h.hill) || typed(t, form).Get("spot") != "derrière le moulin" {
		t.Fatalf("not filled in: %v", typed(t, form))
	}
	if w := h.fill(form, path+"/correct", duty, "spot", "près du pont", "people", "3"); w.Code != 303 {
		t.Fatalf("%d %.900s", w.Code, text(w))
	}
	want(t, h.get(path, duty), 200, "près du pont", "derrière le moulin", "Avant correction")
	stale := h.fill(form, path+"/correct", duty, "spot", "ailleurs")
	want(t, stale, 409, "Ce qui est enregistré maintenant", "près du pont")
	if typed(t, stale).Get("spot") != "ailleurs" {
		t.Error("what was typed is lost")
	}
	if w := h.fill(stale, path+"/correct", duty); w.Code != 303 {
		t.Errorf("after comparing: %d %.600s", w.Code, text(w))
	}
	for name, bad := range map[string][]string{"place": {"where", "XX-9"}, "people": {"people", "999"}, "when": {"when-year", "2040"}, "answer": {"now", ""}} {
		if w := h.fill(h.get(path+"/correct", duty), path+"/correct", duty, bad...); w.Code != 422 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
}

func TestTakeTwice(t *testing.T) {
	h := newHouse(t)
	path := "/signals/" + h.signal().Signal.String()
	page := h.get(path, duty)
	if w := h.fill(page, path+"/take", access.Supervisor); w.Code != 303 {
		t.Fatal(text(w))
	}
	w := h.fill(page, path+"/take", duty)
	if w.Code != 303 || !strings.Contains(w.Header().Get("Set-Cookie"), "duty.take.faster") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	want(t, h.get(path, duty), 200, "Keza supervisor")
}

func TestHandoverTellsNothing(t *testing.T) {
	h := newHouse(t)
	r := h.signal()
	page := h.get("/signals/"+r.Signal.String()+"/handover", duty)
	want(t, page, 200, "Reçu de remise", r.Receipt.String())
	lacks(t, page, "Bisinde", "moulin", "jeune fille", "Keza duty", "79 000")
}

func TestPaperForm(t *testing.T) {
	h := newHouse(t)
	form := h.get("/signal/paper", access.FocalPoint)
	full := []string{"raised-day", "24", "raised-month", "11", "raised-year", "2026", "raised-time", "16:20", "channel", "SCHOOL", "now", "no", "where", string(h.hill),
		"people", "2", "seen", "Deux élèves ne viennent plus.", "may", "no"}
	want(t, h.fill(form, "/signal/paper", access.FocalPoint, full[8:]...), 422, "Donnez le jour écrit sur le papier.")
	want(t, h.fill(form, "/signal/paper", access.FocalPoint, append([]string{"raised-day", "24", "raised-month", "11", "raised-year", "2027", "raised-time", "16:20"}, full[8:]...)...), 422, "Cette date est dans l’avenir.")
	w := h.fill(form, "/signal/paper", access.FocalPoint, full...)
	if w.Code != 303 {
		t.Fatalf("%d %.900s", w.Code, text(w))
	}
	cut, err := h.desk.Signals(h.ctx, h.who(duty), protection.SignalFilter{}, protection.Page{})
	if err != nil || len(cut.Lines) != 1 {
		t.Fatal(err)
	}
	if one := cut.Lines[0]; !one.RaisedAt.Equal(time.Date(2026, 11, 24, 14, 20, 0, 0, time.UTC)) || one.Channel != "SCHOOL" {
		t.Errorf("kept %+v", one)
	}
	want(t, h.get("/signals/"+cut.Lines[0].ID.String(), duty), 200, "Recopié d’un formulaire papier")
}

func TestRoster(t *testing.T) {
	h := newHouse(t)
	want(t, h.get("/roster", access.Supervisor), 200, "Personne n’est de garde maintenant", "Gitega")
	form := h.get("/roster/new", access.Supervisor)
	line := []string{"province", "BI-PR-05", "account", h.who(duty).Account.String(), "rank", "1", "from-day", "25", "from-month", "11", "from-year", "2026", "from-time", "8h",
		"until-day", "26", "until-month", "11", "until-year", "2026", "until-time", "8:00"}
	for name, bad := range map[string][]string{"nobody": {"account", ""}, "stranger": {"account", ids.New[ids.Account]().String()}, "rank": {"rank", "12"},
		"province": {"province", "BI-BB"}, "order": {"until-day", "24"}, "no time": {"from-time", ""}} {
		if w := h.fill(form, "/roster/new", access.Supervisor, append(drop(line, bad), bad...)...); w.Code != 422 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	for range 2 {
		if w := h.fill(form, "/roster/new", access.Supervisor, line...); w.Code != 303 {
			t.Fatalf("%d %.900s", w.Code, text(w))
		}
	}
	duties, err := h.desk.Roster(h.ctx, h.who(access.Supervisor), 14)
	if err != nil || len(duties) != 1 {
		t.Fatalf("%+v, %v", duties, err)
	}
	path := "/roster/" + duties[0].ID.String()
	edit := h.get(path, access.Supervisor)
	if typed(t, edit).Get("from-time") != "08:00" {
		t.Errorf("%v", typed(t, edit))
	}
	if w := h.fill(edit, path, access.Supervisor, "rank", "2"); w.Code != 303 {
		t.Fatalf("%d %.900s", w.Code, text(w))
	}
	page := h.get("/roster", access.Supervisor)
	want(t, page, 200, "Remplaçante 2", "Keza duty_officer")
	want(t, h.get("/work", access.Coordinator), 200, "Provinces sans garde")
}

// drop leaves out the pairs that others replace.
func drop(pairs, others []string) []string {
	var kept []string
	for i := 0; i+1 < len(pairs); i += 2 {
		replaced := false
		for j := 0; j+1 < len(others); j += 2 {
			replaced = replaced || pairs[i] == others[j]
		}
		if !replaced {
			kept = append(kept, pairs[i], pairs[i+1])
		}
	}
	return kept
}

func TestDirectoryAndPlaces(t *testing.T) {
	h := newHouse(t)
	form := h.get("/directory/new", access.Coordinator)
	line := []string{"org", h.shelter.String(), "need", "SAFE.EMERGENCY", "name", "Foyer des Collines", "active", "yes", "sexes", "F", "with_children", "yes",
		"age_from", "12", "capacity", "8", "free", "3", "places", "BI-PR-05", "hours", "DAY_AND_NIGHT", "hidden", "yes"}
	for name, bad := range map[string][]string{"nobody": {"org", ""}, "no name": {"name", ""}, "need": {"need", "CASTLE"}, "ages": {"age_to", "5"},
		"full": {"free", "9"}, "many": {"capacity", "5000"}, "area": {"places", "BI-BB"}} {
		if w := h.fill(form, "/directory/new", access.Coordinator, append(drop(line, bad), bad...)...); w.Code != 422 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	for range 2 {
		if w := h.fill(form, "/directory/new", access.Coordinator, line...); w.Code != 303 {
			t.Fatalf("%d %.900s", w.Code, text(w))
		}
	}
	all, err := h.desk.Services(h.ctx, h.who(access.Coordinator), protection.ServiceFilter{All: true, Years: -1})
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	path := "/directory/" + all[0].ID.String()
	work := h.get("/work", access.ServiceProvider)
	want(t, work, 200, "Foyer des Collines : 3 sur 8", "Confirmer les places")
	tap := h.get(path+"/places", access.ServiceProvider)
	want(t, tap, 200, "Combien de places libres maintenant ?")
	h.now = h.now.Add(time.Hour)
	for range 2 {
		if w := h.fill(tap, path+"/places", access.ServiceProvider, "free", "2"); w.Code != 303 {
			t.Fatalf("%d %.900s", w.Code, text(w))
		}
	}
	want(t, h.fill(h.get(path+"/places", access.ServiceProvider), path+"/places", access.ServiceProvider, "free", "9"), 422)
	want(t, h.get("/work", access.ServiceProvider), 200, "2 sur 8", "12 h 00")
	edit := h.get(path, access.Coordinator)
	if w := h.fill(edit, path, access.Coordinator, "name", "Foyer du Lac"); w.Code != 303 {
		t.Fatalf("%d %.900s", w.Code, text(w))
	}
	page := h.get("/directory?need=SAFE.EMERGENCY", access.Coordinator)
	want(t, page, 200, "Foyer du Lac", "2 sur 8", "avec enfants")
	stale := h.fill(edit, path, access.Coordinator, "name", "Autre")
	want(t, stale, 409)
	if again, err := h.desk.Service(h.ctx, h.who(access.Coordinator), all[0].ID); err != nil || again.Free != 2 || !again.ConfirmedAt.Equal(h.now) {
		t.Errorf("%+v, %v", again, err)
	}
}

// TestNobodyElse: what a role may not know looks as if it were not there.
func TestNobodyElse(t *testing.T) {
	h := newHouse(t)
	path := "/signals/" + h.signal().Signal.String()
	missing := "/signals/" + ids.New[ids.Signal]().String()
	for _, role := range []access.Role{access.Police, access.ServiceProvider, access.Coordinator, access.Donor, access.FocalPoint} {
		there, absent := h.get(path, role), h.get(missing, role)
		if there.Code != 404 || there.Body.String() != absent.Body.String() {
			t.Errorf("%s: %d and %d, or the pages differ", role, there.Code, absent.Code)
		}
	}
	if w := h.get(path, ""); w.Code != 303 {
		t.Errorf("a visitor gets %d", w.Code)
	}
}

func TestPeopleAway(t *testing.T) {
	h := newHouse(t)
	path := "/signals/" + h.signal().Signal.String() + "/triage"
	h.people.down = fault.New(fault.Unavailable, "fault.unavailable")
	want(t, h.get(path, duty), 503)
}
