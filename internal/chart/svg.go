package chart

import (
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"
)

// Words are what the picture says in the reader's language.
type Words struct {
	Title string          // the accessible name
	Text  string          // one sentence: how many, and that the list below says it all
	Kinds map[Kind]string // "Person", "Telephone"
}

// colours of GOV.UK Frontend, dark on light. The shape at the left of a box tells the
// kind too, and its word stands above the label: no colour tells anything alone.
const (
	ink   = "#0b0c0c"
	quiet = "#505a5f"
	paper = "#ffffff"
)

// Draw writes the picture. Everything it says is in List too; the picture is hidden from
// nobody and needed by nobody. A chart of more than Most spots is not drawn: false.
func (c Chart) Draw(out io.Writer, w Words) (bool, error) {
	if len(c.spots) == 0 || len(c.spots) > Most {
		return false, nil
	}
	at, width, height := c.boxes()
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="chart-title chart-text" font-family="arial, sans-serif" font-size="14">`, width, height, width, height)
	fmt.Fprintf(&s, `<title id="chart-title">%s</title><desc id="chart-text">%s</desc>`, html.EscapeString(w.Title), html.EscapeString(w.Text))
	curves := make([][4]point, len(c.lines))
	for i, l := range c.lines {
		curves[i] = curve(at[c.at[l.From]], at[c.at[l.To]])
		drawLine(&s, l, curves[i])
	}
	for i, spot := range c.spots {
		drawSpot(&s, spot, at[i], w)
	}
	for i, p := range badges(curves) {
		drawBadge(&s, i+1, c.lines[i], p)
	}
	s.WriteString(`</svg>`)
	_, err := io.WriteString(out, s.String())
	return err == nil, err
}

func drawLine(s *strings.Builder, l Line, k [4]point) {
	broken := ` stroke-dasharray="6 5"`
	if l.Best().firm() {
		broken = ""
	}
	fmt.Fprintf(s, `<path d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f" fill="none" stroke="%s" stroke-width="2"%s/>`,
		k[0].x, k[0].y, k[1].x, k[1].y, k[2].x, k[2].y, k[3].x, k[3].y, quiet, broken)
}

func drawSpot(s *strings.Builder, spot Spot, b box, w Words) {
	fmt.Fprintf(s, `<g><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" fill="%s" stroke="%s" stroke-width="2"/>`,
		html.EscapeString(spot.Label), b.x, b.y, boxWidth, boxHeight, paper, ink)
	drawShape(s, spot.Kind, b.x+20, b.y+boxHeight/2)
	fmt.Fprintf(s, `<text x="%d" y="%d" font-size="12" fill="%s">%s</text><text x="%d" y="%d" fill="%s">%s</text></g>`,
		b.x+38, b.y+19, quiet, html.EscapeString(cut(w.Kinds[spot.Kind], 26)), b.x+38, b.y+37, ink, html.EscapeString(cut(spot.Label, 22)))
}

// drawShape tells the kind by form: a head and shoulders, a house, a telephone.
func drawShape(s *strings.Builder, k Kind, x, y int) {
	put := func(format string, args ...any) { fmt.Fprintf(s, format, args...) }
	switch k {
	case Person:
		put(`<circle cx="%d" cy="%d" r="5" fill="%s"/><path d="M%d %da9 9 0 0 1 18 0z" fill="%s"/>`, x, y-6, ink, x-9, y+10, ink)
	case Company:
		put(`<path d="M%d %dv-18h10v6h8v12z" fill="%s"/>`, x-9, y+9, ink)
	case Phone:
		put(`<rect x="%d" y="%d" width="12" height="20" rx="3" fill="%s"/><circle cx="%d" cy="%d" r="1.5" fill="%s"/>`, x-6, y-10, ink, x, y+6, paper)
	case Vehicle:
		put(`<rect x="%d" y="%d" width="20" height="9" fill="%s"/><circle cx="%d" cy="%d" r="4" fill="%s"/><circle cx="%d" cy="%d" r="4" fill="%s"/>`, x-10, y-5, ink, x-5, y+6, ink, x+5, y+6, ink)
	case Place:
		put(`<path d="M%d %dc-14 -16 -6 -21 0 -21s14 5 0 21z" fill="%s"/>`, x, y+11, ink)
	case File:
		put(`<path d="M%d %dv-20h10l5 5v15z" fill="%s"/>`, x-8, y+10, ink)
	}
}

func drawBadge(s *strings.Builder, n int, l Line, p point) {
	text := fmt.Sprintf("%d · %s", n, l.Best())
	wide := 8*utf8.RuneCountInString(text) + 8
	fmt.Fprintf(s, `<g><title>%s</title><rect x="%.1f" y="%.1f" width="%d" height="20" rx="4" fill="%s" stroke="%s"/><text x="%.1f" y="%.1f" text-anchor="middle" font-size="13" fill="%s">%s</text></g>`,
		html.EscapeString(l.Says), p.x-float64(wide)/2, p.y-10, wide, paper, quiet, p.x, p.y+5, ink, html.EscapeString(text))
}

// cut shortens a label to so many characters; the whole stands in the title and the list.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	r := []rune(text)
	return string(r[:most-1]) + "…"
}
