package protection_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/place"
)

// atPlace walks to the page that asks where.
func (h *house) atPlace(when ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	p := h.fill(h.get("/signal", ""), "/signal", "", "now", "no")
	p = h.fill(p, "/signal", "", when...)
	want(h.t, p, 200, "Où est-ce ?")
	return p
}

func TestPlaceDownToTheColline(t *testing.T) {
	h := newHouse(t)
	p := h.atPlace("ago", "unknown")
	for _, one := range h.country.Places.Path(h.hill)[1:] {
		if one.Kind != place.Province {
			want(t, p, 200, "je ne sais pas plus")
		}
		if !strings.Contains(p.Body.String(), `value="`+string(one.Code)+`"`) {
			t.Fatalf("%s is not offered:\n%s", one.Name, text(p))
		}
		p = h.fill(p, "/signal", "", "where", string(one.Code))
	}
	want(t, p, 200, "Combien de personnes")
}

// TestPlaceStopsAnywhere: whoever knows the commune only goes on with it.
func TestPlaceStopsAnywhere(t *testing.T) {
	h := newHouse(t)
	commune := h.country.Places.Path(h.hill)[2]
	p := h.fill(h.atPlace("ago", "unknown"), "/signal", "", "where", string(commune.Code))
	want(t, p, 200, "Choisissez la zone")
	p = h.fill(p, "/signal", "", "where-written", "Colline des Trois Sources")
	want(t, p, 200, "Combien de personnes")
	if form := typed(t, p); form.Get("where") != string(commune.Code) || form.Get("where-written") != "Colline des Trois Sources" {
		t.Errorf("kept %v", form)
	}
}

// TestPlaceOfBefore offers the places of that day and takes a written colline.
func TestPlaceOfBefore(t *testing.T) {
	h := newHouse(t)
	p := h.atPlace("ago", "date", "when-year", "2019")
	want(t, p, 200, "Bubanza", "À cette date, la liste était")
	p = h.fill(p, "/signal", "", "where", "BI-BB")
	want(t, p, 200, "Choisissez la commune", "Gihanga")
	p = h.fill(p, "/signal", "", "where", "BI-BB-GIHANGA", "where-written", "Ruhoza")
	want(t, p, 200, "Combien de personnes")
	p = h.fill(p, "/signal", "", "go", "check")
	want(t, p, 200, "Ruhoza (Gihanga (Bubanza))")
	if sent := h.fill(p, "/signal", ""); sent.Code != 303 {
		t.Errorf("%d %.600s", sent.Code, text(sent))
	}
}

func TestPlaceAbroad(t *testing.T) {
	h := newHouse(t)
	p := h.fill(h.atPlace("ago", "unknown"), "/signal", "", "where", "ABROAD")
	want(t, p, 200, "Choisissez le pays", "Oman")
	p = h.fill(p, "/signal", "", "where", "OM", "where-written", "Mascate")
	want(t, p, 200, "Combien de personnes")
}

func TestPlaceSearch(t *testing.T) {
	h := newHouse(t)
	p := h.atPlace("ago", "unknown")
	none := h.fill(p, "/signal", "", "where-find", "xylophone", "where-go", "find")
	want(t, none, 200, "Rien ne s’appelle « xylophone »")
	many := h.fill(p, "/signal", "", "where-find", "gitega")
	want(t, many, 200, "Lieux trouvés")
	back := h.fill(many, "/signal", "", "where-go", "top")
	want(t, back, 200, "Ou choisissez la province")
	if form := typed(t, back); form.Get("now") != "no" || form.Get("ago") != "unknown" {
		t.Errorf("the search lost %v", form)
	}
}

// TestPlacePagesAreSmall measures every level, and looks for the whole list.
func TestPlacePagesAreSmall(t *testing.T) {
	h := newHouse(t)
	worst, offered := 0, 0
	g, today := h.country.Places, h.country.Day(h.now)
	p := h.atPlace("ago", "unknown")
	visit := func(code place.Code) {
		w := h.fill(p, "/signal", "", "where", string(code))
		worst = max(worst, packed(w))
		offered = max(offered, strings.Count(w.Body.String(), `type="radio"`))
	}
	for _, province := range g.Children(g.Home(), today) {
		visit(province.Code)
		for _, commune := range g.Children(province.Code, today) {
			visit(commune.Code)
			zones := g.Children(commune.Code, today)
			visit(zones[len(zones)-1].Code)
		}
	}
	t.Logf("the largest page of the chooser is %d bytes packed and offers %d places", worst, offered)
	if worst > 10<<10 || offered > 60 {
		t.Errorf("%d bytes, %d places", worst, offered)
	}
}

// TestPlaceInADenseForm: the buttons of the field keep everything else, and
// going on with a wide place is no fault.
func TestPlaceInADenseForm(t *testing.T) {
	h := newHouse(t)
	p := h.get("/signal/paper", access.FocalPoint)
	want(t, p, 200, "Recopier un formulaire papier")
	province := h.country.Places.Path(h.hill)[1]
	p = h.fill(p, "/signal/paper", access.FocalPoint, "where", string(province.Code), "where-go", "into", "seen", "Un garçon de quinze ans.", "phone", "79")
	want(t, p, 200, "Choisissez la commune", "Un garçon de quinze ans.")
	if form := typed(t, p); form.Get("phone") != "79" || form.Get("where") != string(province.Code) {
		t.Errorf("lost %v", form)
	}
}
