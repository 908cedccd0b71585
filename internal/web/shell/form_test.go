package shell

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// filled is a form with pairs of field and value.
func filled(t testing.TB, pairs ...string) *Form {
	t.Helper()
	places, err := place.New([]place.Place{
		{Code: "XX", Name: "Pays", Kind: place.Country}, {Code: "XX-1", Name: "Ruvubu", Kind: place.Province, Parent: "XX"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest("POST", "/", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s := &Shell{o: Options{Places: places, Zone: time.FixedZone("CAT", 2*3600)}.filled()}
	c := &Context{Context: r.Context(), r: r, shell: s, At: noon}
	return c.Form()
}

func faults(f *Form) []string {
	var all []string
	for _, one := range f.faults {
		all = append(all, one.Field+" "+one.Key)
	}
	return all
}

func TestTextIsCleanOrRefused(t *testing.T) {
	cases := []struct{ typed, got, key string }{
		{"  Keza Nzeyimana ", "Keza Nzeyimana", ""},
		{"Éloïse d’Ijenda-Haut", "Éloïse d’Ijenda-Haut", ""},
		{"<b>a</b> & 'b'", "<b>a</b> & 'b'", ""},
		{"", "", ""},
		{"Ke\u200bza", "Keza", "shell.invisible"},
		{"\u202eazeK", "azeK", "shell.invisible"},
		{"\ufeffKeza", "Keza", "shell.invisible"},
		{"Keza\u3164", "Keza", "shell.invisible"},
		{"Ke\u00adza", "Keza", "shell.invisible"},
		{"a\nb", "ab", "shell.invisible"},
		{"a\x00b", "ab", "fault.characters"},
		{"a\xffb", "ab", "fault.characters"},
		{"a\x1b[31m", "a[31m", "shell.invisible"},
		{"twelve chars and more", "", "fault.too-long"},
	}
	for _, one := range cases {
		f := filled(t, "name", one.typed)
		got := f.Text("name", 20)
		var want []string
		if one.key != "" {
			want = []string{"name " + one.key}
		}
		if got != one.got || !slices.Equal(faults(f), want) {
			t.Errorf("%q: got %q, %v; want %q, %v", one.typed, got, faults(f), one.got, want)
		}
		if (f.Err() != nil) != (one.key != "") {
			t.Errorf("%q: Err %v", one.typed, f.Err())
		}
	}
	f := filled(t, "story", "un\r\ndeux\tici\u200d")
	if got := f.Prose("story", 100); got != "un\ndeux\tici" {
		t.Errorf("prose %q", got)
	}
	if f = filled(t, "a", "1", "a", "2"); f.Text("a", 5) != "" || len(f.faults) != 1 {
		t.Error("a field sent twice is taken")
	}
	if f = filled(t, "name", "Ke\u200bza"); f.Text("name", 20) == "" || f.Value("name") != "Keza" {
		t.Error("what is shown again is not corrected")
	}
	if f = filled(t, "name", strings.Repeat("x", 30)); f.Text("name", 20) != "" || len(f.Value("name")) != 30 {
		t.Error("what was too long is not kept for the person to shorten")
	}
}

func TestSecretsAreNeitherTrimmedNorShown(t *testing.T) {
	f := filled(t, "password", " long secret ", "code", "a\nb")
	if got := f.Secret("password", 50); got.Reveal() != " long secret " {
		t.Error("trimmed")
	}
	if f.Value("password") != "" {
		t.Error("shown again")
	}
	if f.Secret("code", 50) != "" || f.Err() == nil {
		t.Error("control characters taken")
	}
	if f = filled(t, "password", strings.Repeat("é", 51)); f.Secret("password", 50) != "" || f.Err() == nil {
		t.Error("too long taken")
	}
}

func TestChoices(t *testing.T) {
	f := filled(t, "one", "B", "many", "C", "many", "A", "many", "C", "yes", "yes", "bad", "Z", "bad-box", "Z", "empty", "")
	if f.Choice("one", "A", "B") != "B" || f.Choice("empty", "A") != "" || f.Choice("absent", "A") != "" || !f.Bool("yes") || f.Bool("absent") {
		t.Error("choice")
	}
	if got := f.Choices("many", "A", "B", "C"); !slices.Equal(got, []string{"A", "C"}) {
		t.Errorf("choices %v", got)
	}
	if f.Err() != nil {
		t.Errorf("faults %v", f.Err())
	}
	f.Choice("bad", "A")
	f.Choices("bad-box", "A")
	if got := faults(f); !slices.Equal(got, []string{"bad fault.choice", "bad-box fault.choice"}) {
		t.Errorf("faults %v", got)
	}
}

func TestNumbersAndIdentifiers(t *testing.T) {
	for typed, want := range map[string]int{"24": 24, " 24 ": 24, "1\u202f000": 1000, "": 0, "1.5": -1, "24a": -1, "-1": -1, "1001": -1, "9999999999999999999": -1, "٣": -1} {
		f := filled(t, "n", typed)
		got := f.Int("n", 0, 1000)
		if want < 0 && (f.Err() == nil || got != 0) || want >= 0 && (f.Err() != nil || got != want) {
			t.Errorf("%q: %d, %v", typed, got, f.Err())
		}
	}
	f := filled(t, "id", noteID, "bad", "not-an-id")
	if FormID[ids.Signal](f, "id").String() != noteID || !FormID[ids.Signal](f, "absent").IsZero() || f.Err() != nil {
		t.Error("identifier")
	}
	if !FormID[ids.Signal](f, "bad").IsZero() || f.Err() == nil {
		t.Error("a malformed identifier is taken")
	}
	if KeepID[ids.Signal](f, "id").String() != noteID || KeepID[ids.Signal](f, "absent").IsZero() {
		t.Error("KeepID")
	}
	if f = filled(t, "version", "7"); f.Version() != 7 {
		t.Error("version")
	}
}

func TestDatesAsPeopleRememberThem(t *testing.T) {
	cases := []struct{ day, month, year, about, want, key string }{
		{"25", "11", "2026", "", "2026-11-25", ""},
		{"5", "1", "2026", "", "2026-01-05", ""},
		{"", "11", "2026", "", "2026-11", ""},
		{"", "", "2026", "", "2026", ""},
		{"", "", "2010", "yes", "2010~", ""},
		{"", "", "", "", "", ""},
		{"31", "2", "2026", "", "", "shell.date.impossible"},
		{"29", "2", "2025", "", "", "shell.date.impossible"},
		{"29", "2", "2024", "", "2024-02-29", ""},
		{"1", "13", "2026", "", "", "shell.date.impossible"},
		{"1", "", "2026", "", "", "shell.date.incomplete"},
		{"1", "2", "", "", "", "shell.date.incomplete"},
		{"x", "2", "2026", "", "", "shell.date.impossible"},
		{"1", "2", "26", "", "", "shell.date.impossible"},
		{"1", "2", "20266", "", "", "shell.date.impossible"},
		{"-1", "2", "2026", "", "", "shell.date.impossible"},
	}
	for _, one := range cases {
		f := filled(t, "born-day", one.day, "born-month", one.month, "born-year", one.year, "born-about", one.about)
		got := f.Date("born").String()
		key := ""
		if len(f.faults) > 0 {
			key = f.faults[0].Key
		}
		if got != one.want || key != one.key || len(f.faults) > 1 {
			t.Errorf("%+v: %q %q", one, got, key)
		}
		if f.anchor["born"] != "born-day" {
			t.Error("the summary does not lead to the first box")
		}
	}
	f := filled(t, "d-day", "1", "d-month", "2", "d-year", "2026")
	if f.Day("d") != (date.Day{Year: 2026, Month: 2, Day: 1}) || f.Err() != nil {
		t.Error("day")
	}
	f = filled(t, "d-month", "2", "d-year", "2026")
	if !f.Day("d").IsZero() || f.Err() == nil {
		t.Error("half a day is taken")
	}
}

func TestMomentsAreTheCountrysTime(t *testing.T) {
	for clock, want := range map[string]string{"14:05": "12:05", "14h05": "12:05", "14 h 05": "12:05", "14h": "12:00", "8.30": "06:30", "24:00": "", "x": "", "": ""} {
		f := filled(t, "at-day", "25", "at-month", "11", "at-year", "2026", "at-time", clock)
		got := f.Moment("at")
		if want == "" && (!got.IsZero() || f.Err() == nil) || want != "" && (f.Err() != nil || got.Format("15:04") != want) {
			t.Errorf("%q: %v %v", clock, got, f.Err())
		}
	}
	if f := filled(t, "at-time", "14:05"); !f.Moment("at").IsZero() || f.Err() == nil {
		t.Error("a time without its day is taken")
	}
	if f := filled(t); !f.Moment("at").IsZero() || f.Err() != nil {
		t.Error("nothing typed is a fault")
	}
}

func TestPlaces(t *testing.T) {
	f := filled(t, "where", "XX-1", "where-written", "près du marché")
	if got := f.Place("where"); got != (place.Given{Code: "XX-1", Written: "près du marché"}) || f.Err() != nil {
		t.Errorf("%v %v", got, f.Err())
	}
	for _, code := range []string{"XX-2", "<b>", "xx"} {
		f := filled(t, "where", code)
		if got := f.Place("where"); !got.IsZero() || f.Err() == nil {
			t.Errorf("%s is taken", code)
		}
	}
}

func TestABodyOfTenMegabytes(t *testing.T) {
	h := open(t)
	h.sit("t", access.DutyOfficer, account.In)
	big := "people=3&text=" + strings.Repeat("x", 10<<20)
	w := h.raw("/notes/"+noteID, "application/x-www-form-urlencoded", strings.NewReader(big), int64(len(big)))
	want(t, w, 422, "L’envoi est trop long", `name="people" type="text" value="3"`, "govuk-error-summary")
	if len(h.saved) != 0 || w.Body.Len() > 40_000 {
		t.Errorf("saved %v, answered %d bytes", h.saved, w.Body.Len())
	}
	// One declared far too long is not listened to at all.
	deaf := &counting{}
	w = h.raw("/notes/"+noteID, "application/x-www-form-urlencoded", deaf, 1<<40)
	want(t, w, 422, "L’envoi est trop long")
	if deaf.read > 0 {
		t.Errorf("%d bytes were read", deaf.read)
	}
	// One that never says its length is let go after a while.
	w = h.raw("/notes/"+noteID, "application/x-www-form-urlencoded", deaf, -1)
	want(t, w, 422, "L’envoi est trop long")
	if deaf.read > maxBody+maxDrain+1<<16 {
		t.Errorf("%d bytes were read", deaf.read)
	}
	for kind, body := range map[string]string{"application/json": "{}", "text/plain": "a=b", "multipart/form-data; boundary=x": "--x--", "": "a=b",
		"application/x-www-form-urlencoded": "text=%zz"} {
		want(t, h.raw("/notes/"+noteID, kind, strings.NewReader(body), int64(len(body))), 422, "L’envoi est incomplet")
	}
	many := strings.Repeat("a=b&", maxFields+1)
	want(t, h.raw("/notes/"+noteID, "application/x-www-form-urlencoded", strings.NewReader(many), int64(len(many))), 422, "trop long")
}

func (h *house) raw(path, kind string, body io.Reader, length int64) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, body)
	r.ContentLength = length
	r.Header.Set("Content-Type", kind)
	r.AddCookie(&http.Cookie{Name: sessionCookie, Value: "t"})
	w := httptest.NewRecorder()
	h.shell.ServeHTTP(w, r)
	return w
}

// counting is a body without end.
type counting struct{ read int64 }

func (c *counting) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	c.read += int64(len(b))
	return len(b), nil
}

func TestTheSameFormComesBack(t *testing.T) {
	h := open(t)
	h.sit("t", access.DutyOfficer, account.In)
	path := "/notes/" + noteID
	w := h.post(path, "t", "text", "<script>alert(1)</script> trop long", "people", "beaucoup", "version", "4")
	want(t, w, 422, "<title>Erreur\u00a0: Note – Inkingi</title>", `href="#text"`, `href="#people"`, `value="beaucoup"`,
		"&lt;script&gt;alert(1)&lt;/script&gt; trop long", `name="version" value="4"`, "20 caractères au plus")
	lacks(t, w, "<script>alert")

	h.answer = fault.Field("people", "fault.required") // a rule of the desk
	want(t, h.post(path, "t", "text", "un", "people", "3"), 422, `href="#people"`, "Répondez à cette question", `value="3"`)

	h.answer = fault.New(fault.Stale, "fault.stale")
	w = h.post(path, "t", "text", "un", "version", "4")
	want(t, w, 409, "Quelqu’un d’autre a modifié", `name="version" value="7"`, ">un</textarea>")

	h.answer = fault.Field("text", "no.such.key")
	w = h.post(path, "t", "text", "un")
	want(t, w, 422, "Vérifiez ce qui est indiqué")
	lacks(t, w, "no.such.key")
	if len(h.saved) != 0 {
		t.Errorf("saved %v", h.saved)
	}
}

func TestFaultsOfFormAndDeskAreSaidOnce(t *testing.T) {
	f := filled(t, "a", "Z")
	f.Choice("a", "A")
	f.take(errors.Join(f.Err(), fault.Field("b", "fault.required")))
	if got := faults(f); !slices.Equal(got, []string{"a fault.choice", "b fault.required"}) {
		t.Errorf("faults %v", got)
	}
}

// FuzzForm sends anything to every reader: none may panic, give what it should
// refuse, or show what cannot be seen.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{"", "text=a&n=1", "text=%00&when-day=31&when-month=2&when-year=2026", "where=XX-1&where-written=%E2%80%8B",
		"id=" + noteID, "one=A&one=B", "text=%ff%fe&box=A&box=Z", "at-day=1&at-month=1&at-year=2026&at-time=25:61", "%zz=%", "when-year=0000&when-about=yes"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		values, _ := parseForm(body)
		form := filled(t)
		form.values = values
		name := form.Text("text", 30)
		if clean(name, false) != name || len([]rune(name)) > 30 || strings.TrimSpace(name) != name {
			t.Errorf("Text gave %q", name)
		}
		prose := form.Prose("story", 50)
		if clean(prose, true) != prose || len([]rune(prose)) > 50 {
			t.Errorf("Prose gave %q", prose)
		}
		if n := form.Int("n", -3, 12); n < -3 || n > 12 {
			t.Errorf("Int gave %d", n)
		}
		if c := form.Choice("one", "A", "B"); c != "" && c != "A" && c != "B" {
			t.Errorf("Choice gave %q", c)
		}
		if all := form.Choices("box", "A", "B"); len(all) > 2 {
			t.Errorf("Choices gave %v", all)
		}
		d := form.Date("when")
		if _, err := date.Parse(d.String()); !d.IsZero() && (err != nil || d.Interval()) {
			t.Errorf("Date gave %s", d)
		}
		if day := form.Day("day"); !day.IsZero() && !day.Valid() {
			t.Errorf("Day gave %v", day)
		}
		if p := form.Place("where"); p.Code != "" && p.Code != "XX" && p.Code != "XX-1" {
			t.Errorf("Place gave %q", p.Code)
		}
		form.Moment("at")
		FormID[ids.Signal](form, "id")
		form.Secret("password", 20)
		_ = form.Err()
		for _, field := range form.Names() {
			if v := form.Value(field); clean(v, true) != v {
				t.Errorf("Value shows %q", v)
			}
		}
		if again, err := url.ParseQuery(form.encoded()); err != nil || len(again) > len(values) {
			t.Errorf("a draft of %q cannot be read", body)
		}
	})
}
