package disclosure

import (
	"fmt"
	"math"
	"strings"
)

// errorPicture draws, for each length of combination, the mean count and the mean
// error, on a scale on which each step is the same factor.
func (q *Quality) errorPicture() string {
	var rows []Length
	most := 1.0
	for _, l := range q.Lengths {
		if l.Real > 0 {
			rows = append(rows, l)
			most = max(most, l.Mean, l.Error)
		}
	}
	var words []string
	for _, l := range rows {
		words = append(words, fmt.Sprintf("%s: %.1f persons counted, off by %.1f", lengthWord(l.Length), l.Mean, l.Error))
	}
	height := 70 + 56*len(rows)
	at := func(x float64) float64 {
		return 190 + 420*min(1, max(0, math.Log10(max(x, 0.1)*10)/math.Log10(most*10)))
	}
	var b strings.Builder
	open(&b, "e", height, "How large counts are, and by how much they are off", strings.Join(words, ". "))
	for x := 0.1; x <= most; x *= 10 {
		fmt.Fprintf(&b, `<path d="M%.1f 34V%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle" font-size="12">%s</text>`+"\n", at(x), height-30, at(x), height-12, tick(x))
	}
	for i, l := range rows {
		y := 46 + 56*i
		fmt.Fprintf(&b, `<text x="180" y="%d" text-anchor="end">%s</text>`+"\n", y+18, valuesWord(l.Length))
		fmt.Fprintf(&b, `<rect x="190" y="%d" width="%.1f" height="18" fill="#b1c8de"/><text x="%.1f" y="%d" font-size="12">%s counted</text>`+"\n", y, at(l.Mean)-190, at(l.Mean)+6, y+14, persons(l.Mean))
		fmt.Fprintf(&b, `<rect x="190" y="%d" width="%.1f" height="18" fill="#003078"/><text x="%.1f" y="%d" font-size="12">off by %.1f</text>`+"\n", y+20, at(l.Error)-190, at(l.Error)+6, y+34, l.Error)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// sizePicture draws the relative error by how many records have a combination: it
// says under which number a count should not be read.
func (q *Quality) sizePicture() string {
	if len(q.Sizes) == 0 {
		return ""
	}
	var words []string
	for _, s := range q.Sizes {
		words = append(words, fmt.Sprintf("%s records: off by %.0f %%", s.span(), 100*s.Relative))
	}
	height := 60 + 26*len(q.Sizes)
	var b strings.Builder
	open(&b, "s", height, "By how many per cent a count is off, by its size in the release", strings.Join(words, ". "))
	for i, s := range q.Sizes {
		y := 40 + 26*i
		width := 400 * min(1, s.Relative)
		fmt.Fprintf(&b, `<text x="180" y="%d" text-anchor="end">%s</text><rect x="190" y="%d" width="%.1f" height="16" fill="#1d70b8"/><text x="%.1f" y="%d" font-size="12">%.0f %%</text>`+"\n",
			y+13, s.span(), y, width, 196+width, y+13, 100*s.Relative)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (s Size) span() string {
	if s.To == 0 {
		return "from " + whole(float64(s.From))
	}
	return whole(float64(s.From)) + " to " + whole(float64(s.To-1))
}

func tick(x float64) string {
	if x < 1 {
		return fmt.Sprintf("%.1f", x)
	}
	return whole(x)
}

// open begins a picture that says in words what it shows.
func open(b *strings.Builder, id string, height int, title, words string) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 %d" role="img" aria-labelledby="%st %sd" font-family="sans-serif" font-size="14">`+"\n", height, id, id)
	fmt.Fprintf(b, "<title id=\"%st\">%s</title>\n<desc id=\"%sd\">%s.</desc>\n", id, title, id, words)
	fmt.Fprintf(b, `<rect width="760" height="%d" fill="#fff"/><text x="20" y="22" font-weight="bold">%s</text>`+"\n", height, title)
}
