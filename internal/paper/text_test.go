package paper

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// runes measures a text in letters.
func runes(text string) float64 { return float64(utf8.RuneCountInString(text)) }

func TestWrap(t *testing.T) {
	for _, one := range []struct {
		name, text string
		width      float64
		want       []string
	}{
		{"fits", "un deux", 7, []string{"un deux"}},
		{"breaks at a space", "un deux trois", 7, []string{"un deux", "trois"}},
		{"an unbreakable space holds", "un\u00a0deux trois", 8, []string{"un\u00a0deux", "trois"}},
		{"a long word is cut", "Ndayishimiye", 5, []string{"Ndayi", "shimi", "ye"}},
		{"what is left of a long word goes on", "Ndayishimiye ni we", 7, []string{"Ndayish", "imiye", "ni we"}},
		{"lines that were written stay", "a\n\nb", 5, []string{"a", "b"}},
		{"nothing", "  \n ", 5, nil},
		{"narrower than a letter", "abc", 0.5, []string{"a", "b", "c"}},
	} {
		if got := wrap(one.text, one.width, runes); !slices.Equal(got, one.want) {
			t.Errorf("%s: %q, want %q", one.name, got, one.want)
		}
	}
}

func TestLegible(t *testing.T) {
	for _, one := range []struct{ name, text, want string }{
		{"accents are composed", "e\u0301te\u0301", "été"},
		{"an accent that the font lacks is left out", "Ḍiẓa ā̃", "Diza ā"},
		{"what hides is left out", "a\u200b\u202eb\u0000c\u00ad", "abc"},
		{"spaces are spaces", "a\tb\u2003c\u202fd", "a b c\u00a0d"},
		{"lines", "a\r\nb", "a\nb"},
		{"what cannot be drawn is a square", "名 😀 مريم", "□ □ □□□□"},
		{"broken bytes", "a\xffb", "a□b"},
		{"what is written here", "Ntahonkiriye, Nyabénda, œuvre, « l’été » – 1 000 FBu", "Ntahonkiriye, Nyabénda, œuvre, « l’été » – 1 000 FBu"},
	} {
		if got := legible(one.text); got != one.want {
			t.Errorf("%s: %q, want %q", one.name, got, one.want)
		}
	}
}

// FuzzWrap: no letter is lost or added, no line is too wide, none begins or ends
// with a space.
func FuzzWrap(f *testing.F) {
	for _, text := range []string{"un deux trois", "Ndayishimiyendayizeye", "a\nb", "  ", "é\u0301\u202e\xff", strings.Repeat("mot ", 50)} {
		f.Add(text, 12.5)
	}
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if len(text) > 2000 {
			return
		}
		text = legible(text)
		lines := wrap(text, width, runes)
		bare := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got := bare(strings.Join(lines, "")); got != bare(text) {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, line := range lines {
			if line == "" || strings.TrimSpace(strings.Trim(line, "\u00a0")) != strings.Trim(line, "\u00a0") && line[0] == ' ' {
				t.Fatalf("%q: an empty or indented line in %q", text, lines)
			}
			if runes(line) > 1 && !(runes(line) <= width) {
				t.Fatalf("%q is wider than %v", line, width)
			}
		}
	})
}

// FuzzLay lays odd words out in the widths of all formats, and paginates them:
// no strip is lost, none but one that is longer than a page stands over its end.
func FuzzLay(f *testing.F) {
	for _, text := range []string{"Foyer des Collines", "", strings.Repeat("Ndayishimiye", 99), strings.Repeat("\n", 300), "名😀\u202e(\\)"} {
		f.Add(text, text, uint8(3))
	}
	k := pen("fr", 11)
	f.Fuzz(func(t *testing.T, name, text string, many uint8) {
		if len(name)+len(text) > 2000 {
			return
		}
		items := slices.Repeat([]string{text, name}, int(many%40))
		for _, width := range []float64{77, 89, 166} {
			var strips []line
			for kind := Text; kind <= Box; kind++ {
				if kind != Code {
					strips = append(strips, k.part(Part{Kind: kind, Name: name, Text: text, Items: items}, width)...)
				}
			}
			solid := func(all []line) (n int) {
				for _, one := range all {
					if !one.gap {
						n++
					}
				}
				return n
			}
			left := solid(strips)
			for _, page := range paginate(strips, 120) {
				left -= solid(page)
				if len(page) > 1 && height(page) > 120.1 {
					t.Fatalf("a page is %v mm high", height(page))
				}
			}
			if left != 0 {
				t.Fatalf("%d strips are on no page", left)
			}
		}
	})
}

// TestPaginate: what stands together does, air is left out at the edges, and
// what is longer than a page is cut.
func TestPaginate(t *testing.T) {
	strip := func(high float64, with bool) line { return line{high: high, with: with} }
	air := func(high float64) line { return line{high: high, gap: true} }
	for _, one := range []struct {
		name   string
		strips []line
		want   []int // strips a page
	}{
		{"all on one", []line{strip(4, false), air(1), strip(4, false)}, []int{3}},
		{"the last air does not count", []line{strip(5, false), strip(5, false), air(1)}, []int{2}},
		{"a heading goes with what it heads", []line{strip(7, false), strip(2, true), strip(2, false)}, []int{1, 2}},
		{"air begins no page", []line{strip(10, false), air(1), strip(5, false)}, []int{1, 1}},
		{"longer than a page", []line{strip(6, true), strip(6, true), strip(6, false)}, []int{1, 1, 1}},
		{"nothing", nil, nil},
	} {
		var got []int
		for _, page := range paginate(one.strips, 10) {
			got = append(got, len(page))
		}
		if !slices.Equal(got, one.want) {
			t.Errorf("%s: %v, want %v", one.name, got, one.want)
		}
	}
}
