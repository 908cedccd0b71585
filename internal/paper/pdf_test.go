package paper_test

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"inkingi/countries"
	"inkingi/internal/fault"
	"inkingi/internal/lang"
	"inkingi/internal/paper"
)

func languages(t testing.TB) []lang.Printer {
	var all []lang.Printer
	for _, code := range []string{"fr", "en", "rn", "sw"} {
		all = append(all, voice(t, code))
	}
	return all
}

func drawn(t testing.TB, p paper.Paper) []byte {
	t.Helper()
	b, err := p.PDF(made)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSameBytes: the same paper of the same moment is the same file, and another
// moment changes nothing but the date.
func TestSameBytes(t *testing.T) {
	for _, one := range every(t) {
		if one.lang != "fr" {
			continue
		}
		for range 2 {
			if !bytes.Equal(one.pdf, drawn(t, one.paper)) {
				t.Errorf("%s: two files differ", one.name)
			}
		}
		later, err := one.paper.PDF(made.Add(time.Hour))
		if err != nil || len(later) != len(one.pdf) || bytes.Equal(later, one.pdf) {
			t.Errorf("%s: an hour later: %d and %d bytes, %v", one.name, len(one.pdf), len(later), err)
		}
	}
}

// TestFileNamesNobody: the file holds no title, author, producer, program,
// address or embedded thing.
func TestFileNamesNobody(t *testing.T) {
	for _, one := range every(t) {
		b := bytes.ToLower(one.pdf)
		for _, word := range []string{"/producer", "/title", "/author", "/creator", "/subject", "/keywords", "/metadata", "/uri", "/javascript", "/annot", "/embeddedfile ",
			"fpdf", "inkingi", "http", "www.", "i\x00n\x00k\x00i\x00n\x00g\x00i"} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("%s in %s holds %s", one.name, one.lang, word)
			}
		}
	}
}

// telling are the words of all four languages.
func telling(t testing.TB) paper.Telling {
	var lists []string
	for _, w := range languages(t) {
		lists = append(lists, w.T("paper.telling"))
	}
	return paper.NewTelling(lists...)
}

func TestTelling(t *testing.T) {
	words := telling(t)
	for _, text := range []string{"traite", "La TRAITE des personnes", "Maison des victimes", "victim support", "trafic d'e\u0301tres humains", "l’urudandazwa rw’abantu",
		"usafirishaji  haramu", "tra\u200bite", "ｖｉｃｔｉｍｅ", "Vic\u00adtime", "Foyer « Survivantes »"} {
		if !words.In(text) {
			t.Errorf("%q tells, and is not found", text)
		}
	}
	for _, text := range []string{"traitement", "Le traitement est gratuit", "trafic routier", "haramu", "Victimaire", "", "Foyer des Collines", "usafirishaji"} {
		if words.In(text) {
			t.Errorf("%q tells nothing, and is found", text)
		}
	}
	if got := words.Hide("Centre d’aide aux victimes", "un service"); got != "un service" {
		t.Errorf("hidden as %q", got)
	}
}

// TestPapersTellNothing: no sentence of ours, no number of the country and no
// code that a paper may name says why somebody is helped.
func TestPapersTellNothing(t *testing.T) {
	words, all := telling(t), languages(t)
	for _, w := range all {
		for name, p := range samples(w) {
			if err := p.Silent(words); err != nil {
				t.Errorf("%s in %s: %v", name, w.Lang(), err)
			}
		}
	}
	bad := paper.Appointment{Code: code, Place: "Centre des victimes"}.Paper(voice(t, "fr"))
	if !fault.Is(bad.Silent(words), fault.Internal) {
		t.Error("a paper that tells is let through")
	}
	country, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []countries.ListName{countries.Service, countries.ConsentPurpose, countries.PacketField, countries.Language, countries.InterpreterKind} {
		for _, k := range country.List(list) {
			for _, w := range all {
				if label := k.Label(w.Lang()); words.In(label) {
					t.Errorf("%s %s in %s: %q", list, k.Code, w.Lang(), label)
				}
			}
		}
	}
	for _, h := range country.Hotlines() {
		for _, w := range all {
			if words.In(h.Label(w.Lang())) {
				t.Errorf("%s in %s: %q", h.Code, w.Lang(), h.Label(w.Lang()))
			}
		}
	}
}

var (
	sizes   = regexp.MustCompile(`/F[0-9a-f]+ ([0-9.]+) Tf`)
	strokes = regexp.MustCompile(`BT (-?[0-9.]+) (-?[0-9.]+) Td \(`)
)

// inside checks that no letter is smaller than nine points, and that every line
// begins on the page.
func inside(t *testing.T, name string, pdf []byte) {
	t.Helper()
	for _, m := range sizes.FindAllSubmatch(pdf, -1) {
		if size, err := strconv.ParseFloat(string(m[1]), 64); err != nil || size < 9 {
			t.Errorf("%s: letters of %s points", name, m[1])
		}
	}
	for _, m := range strokes.FindAllSubmatch(pdf, -1) {
		x, _ := strconv.ParseFloat(string(m[1]), 64)
		y, _ := strconv.ParseFloat(string(m[2]), 64)
		if x < 20 || x > 575 || y < 20 || y > 822 {
			t.Errorf("%s: a line begins at %v, %v, off the page", name, x, y)
		}
	}
}

func TestNineOrMore(t *testing.T) {
	for _, one := range every(t) {
		inside(t, one.name+" in "+one.lang, one.pdf)
	}
}

// TestPages counts the pages: what is long goes on, what is short does not.
func TestPages(t *testing.T) {
	w := voice(t, "fr")
	all := samples(w)
	var many []paper.Hotline
	for i := range 40 {
		many = append(many, paper.Hotline{Name: "Une ligne d’appel parmi d’autres, numéro " + strconv.Itoa(i), Number: strconv.Itoa(100 + i)})
	}
	all["many numbers"] = paper.Hotlines(w, many)
	all["a long name"] = paper.Hotlines(w, []paper.Hotline{{Name: strings.Repeat("Ndayishimiye ", 400), Number: "109"}})
	all["no number"] = paper.Hotlines(w, nil)
	all["a long place"] = paper.Appointment{Code: code, Place: strings.Repeat("Ndayishimiye ", 400)}.Paper(w)
	for name, want := range map[string]int{"appointment": 1, "hotline": 1, "consent": 1, "consent-child": 1, "summary": 1, "full": 4, "many numbers": 2, "a long name": 2, "no number": 1, "a long place": 4} {
		b := drawn(t, all[name])
		if got := bytes.Count(b, []byte("/Type /Page\n")); got != want {
			t.Errorf("%s: %d pages, not %d", name, got, want)
		}
		inside(t, name, b)
	}
}

// written are the texts of a file as they stand in it, in UTF-16.
func written(pdf []byte) string {
	var text []uint16
	for _, m := range regexp.MustCompile(`(?s)Td \((.*?)\) Tj`).FindAllSubmatch(pdf, -1) {
		b := regexp.MustCompile(`(?s)\\(.)`).ReplaceAll(m[1], []byte("$1"))
		for i := 0; i+1 < len(b); i += 2 {
			text = append(text, uint16(b[i])<<8|uint16(b[i+1]))
		}
	}
	return string(utf16.Decode(text))
}

// FuzzPaper draws papers of odd words: no failure, nothing off the page, nothing
// lost of what can be drawn.
func FuzzPaper(f *testing.F) {
	for i, text := range []string{"Foyer des Collines", "", "(\\)", "a\nb\r\nc", "\x00\xff\u202e", "名😀", strings.Repeat("Ndayishimiye", 60), strings.Repeat("\n", 300), "{{.Name}} %d %s"} {
		f.Add(byte(i), text)
	}
	w := voice(f, "fr")
	f.Fuzz(func(t *testing.T, which byte, text string) {
		if len(text) > 3000 {
			return
		}
		p := []paper.Paper{
			paper.Appointment{Code: code, Place: text, When: text}.Paper(w),
			paper.Hotlines(w, []paper.Hotline{{Name: text, Number: text}, {Name: "b", Number: "1"}}),
			paper.Consent{Code: code, Purpose: text, Recipient: text, Scope: []string{text, text}, Explained: text, Guardian: true, Child: true}.Paper(w),
			paper.Summary{Code: code, Keeper: text, Kept: []string{text}, Got: []string{text, text}}.Paper(w),
		}[which%4]
		b := drawn(t, p)
		inside(t, p.Title, b)
		for _, word := range strings.Fields(text) {
			if plain(word) && !strings.Contains(written(b), word) && len(word) < 12 {
				t.Errorf("%s lacks %s", p.Title, hex.EncodeToString([]byte(word)))
			}
		}
	})
}

// plain says whether a word is of letters that every font has.
func plain(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > 'z' || r == '\\' }) < 0
}
