package date_test

import (
	"encoding/json"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

func partial(t testing.TB, s string) date.Date {
	t.Helper()
	d, err := date.Parse(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}

func TestPartialDatesKeepWhatWasSaid(t *testing.T) {
	for _, c := range []struct{ said, earliest, latest string }{
		{"2026", "2026-01-01", "2026-12-31"},
		{"2026-11", "2026-11-01", "2026-11-30"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2026-02", "2026-02-01", "2026-02-28"},
		{"2026-11-25", "2026-11-25", "2026-11-25"},
		{"2026~", "2026-01-01", "2026-12-31"},
		{"2026-11?", "2026-11-01", "2026-11-30"},
		{"2026-11-25%", "2026-11-25", "2026-11-25"},
		{"201X", "2010-01-01", "2019-12-31"},
		{"20XX", "2000-01-01", "2099-12-31"},
		{"201X~", "2010-01-01", "2019-12-31"},
		{"2026-XX", "2026-01-01", "2026-12-31"},
		{"2026-11-XX", "2026-11-01", "2026-11-30"},
		{"2026-XX-XX", "2026-01-01", "2026-12-31"},
		{"2019/2021", "2019-01-01", "2021-12-31"},
		{"2019-05~/2020?", "2019-05-01", "2020-12-31"},
		{"2019-05/2019-05-20", "2019-05-01", "2019-05-20"},
		{"2019-05-20/2019", "2019-05-20", "2019-12-31"},
	} {
		d, err := date.Parse(c.said)
		if err != nil || d.String() != c.said {
			t.Errorf("%s came back as %s, %v", c.said, d, err)
			continue
		}
		if d.Earliest() != day(t, c.earliest) || d.Latest() != day(t, c.latest) {
			t.Errorf("%s: from %s to %s", c.said, d.Earliest(), d.Latest())
		}
	}
}

func TestWhatIsNoPartialDate(t *testing.T) {
	for s, key := range map[string]string{
		"26": "date.malformed", "2026-1": "date.malformed", "2026-1-2": "date.malformed",
		"2026-00": "date.malformed", "2026-11-00": "date.malformed", "0000": "date.malformed",
		"00XX": "date.malformed", "2XXX": "date.malformed", "X026": "date.malformed", "20X6": "date.malformed",
		"201X-05": "date.malformed", "2026-XX-05": "date.malformed", "2026~~": "date.malformed",
		"~2026": "date.malformed", "/": "date.malformed", "2026/": "date.malformed", "/2026": "date.malformed",
		"2019/2020/2021": "date.malformed", "../2026": "date.malformed", "-026": "date.malformed",
		"2026-11-25T10:00": "date.malformed", "2026-21": "date.day.impossible", "2026 ": "date.malformed",
		"2026-02-29": "date.day.impossible", "2026-13": "date.day.impossible", "2026-11-31": "date.day.impossible",
		"2021/2019": "date.interval.order", "2021-06/2021-05": "date.interval.order", "2021-05-21/2021-05-20": "date.interval.order",
		"２０２６": "date.malformed", "2026-1\u200b1": "date.malformed",
	} {
		d, err := date.Parse(s)
		if !fault.Is(err, fault.Invalid) || fault.Of(err).Key != key || !d.IsZero() {
			t.Errorf("%q: %v %v, want %s", s, d, err, key)
		}
	}
}

func TestADateIsNotAnotherThatCoversTheSameDays(t *testing.T) {
	same := []string{"2026", "2026-XX", "2026-XX-XX", "2026~", "2026?", "2026/2026"}
	for i, a := range same {
		for j, b := range same {
			if (partial(t, a) == partial(t, b)) != (i == j) {
				t.Errorf("%s == %s is wrong", a, b)
			}
		}
	}
}

func TestPartsDayAndEnds(t *testing.T) {
	for _, c := range []struct {
		said    string
		y, m, d int
		whole   bool
	}{
		{"2026", 2026, 0, 0, false}, {"2026-11~", 2026, 11, 0, false}, {"2026-11-25?", 2026, 11, 25, true},
		{"2026-XX", 2026, 0, 0, false}, {"2026-11-XX", 2026, 11, 0, false}, {"201X", 0, 0, 0, false},
		{"2019/2020", 0, 0, 0, false}, {"", 0, 0, 0, false},
	} {
		got := partial(t, c.said)
		y, m, d := got.Parts()
		if y != c.y || m != c.m || d != c.d {
			t.Errorf("%s: parts %d %d %d", c.said, y, m, d)
		}
		if one, ok := got.Day(); ok != c.whole || ok && one != got.Latest() {
			t.Errorf("%s: day %v %v", c.said, one, ok)
		}
	}
	a, b := partial(t, "2019-05~/2020").Ends()
	if a.String() != "2019-05~" || b.String() != "2020" {
		t.Errorf("ends %s and %s", a, b)
	}
	if a, b := partial(t, "2019").Ends(); a != b || a.String() != "2019" {
		t.Errorf("ends of one year: %s and %s", a, b)
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		got  date.Date
		want string
	}{
		{partial(t, "2026").About(), "2026~"}, {partial(t, "2026~").About(), "2026~"},
		{partial(t, "2026?").About(), "2026%"}, {partial(t, "2026%").About(), "2026%"},
		{partial(t, "2026~").Unsure(), "2026%"}, {partial(t, "2019/2020").About(), "2019~/2020~"},
		{date.Date{}.About(), ""},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	if d := partial(t, "2026%"); !d.Approximate() || !d.Uncertain() {
		t.Error("% is both")
	}
	if d := partial(t, "2019~/2020"); !d.Approximate() || d.Uncertain() {
		t.Error("one end about makes the whole about, and not uncertain")
	}
}

func TestBetweenAndOf(t *testing.T) {
	d, err := date.Between(partial(t, "2019-05"), date.Of(day(t, "2020-02-29")))
	if err != nil || d.String() != "2019-05/2020-02-29" {
		t.Errorf("%s %v", d, err)
	}
	for _, c := range [][2]string{{"2020", "2019"}, {"", "2019"}, {"2019", ""}, {"2018/2019", "2020"}} {
		if _, err := date.Between(partial(t, c[0]), partial(t, c[1])); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
	if !date.Of(date.Day{}).IsZero() {
		t.Error("no day is a date")
	}
}

func TestNothingSaidIsNothing(t *testing.T) {
	var d date.Date
	v, err := d.Value()
	if d.String() != "" || !d.Earliest().IsZero() || !d.Latest().IsZero() || v != nil || err != nil {
		t.Errorf("%q %v %v %v %v", d.String(), d.Earliest(), d.Latest(), v, err)
	}
}

func TestDatesThroughDatabaseAndJSON(t *testing.T) {
	d := partial(t, "2019-05~/2020")
	v, _ := d.Value()
	var got date.Date
	if err := got.Scan(v); err != nil || got != d {
		t.Errorf("%v %v", got, err)
	}
	if err := got.Scan("2026-13"); err == nil || got != d {
		t.Errorf("a failed scan changed the date: %v %v", got, err)
	}
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("NULL: %v %v", got, err)
	}
	b, _ := json.Marshal(d)
	if err := json.Unmarshal(b, &got); err != nil || got != d {
		t.Errorf("%s %v", b, err)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"", "2026", "2026-11-25~", "201X", "20XX%", "2026-XX-XX", "2019-05~/2020?", "2024-02-29", "../2026", "０"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := date.Parse(s)
		if err != nil {
			if !d.IsZero() || !fault.Is(err, fault.Invalid) {
				t.Fatalf("%q: %v with %v", s, err, d)
			}
			return
		}
		if d.String() != s {
			t.Fatalf("%q came back as %q", s, d)
		}
		if d.IsZero() {
			return
		}
		first, last := d.Earliest(), d.Latest()
		if !first.Valid() || !last.Valid() || first.After(last) {
			t.Fatalf("%q: from %v to %v", s, first, last)
		}
		if about, err := date.Parse(d.About().String()); err != nil || about != d.About() {
			t.Fatalf("%q: about is %v, %v", s, d.About(), err)
		}
		if typed := date.TypedOf(d); !typed.IsZero() {
			if _, err := typed.Date("x"); err != nil {
				t.Fatalf("%q: its own form fields fail: %v", s, err)
			}
		}
	})
}
