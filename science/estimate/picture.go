package estimate

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Picture draws the results as SVG: a line for each method with its interval, and a
// mark for the persons seen. It stands alone, needs no font or script, prints in black
// and white, and says in words what it shows for those who do not see it. A report
// with refusals is drawn without figures, and with the reasons.
func (r *Report) Picture() string {
	var b strings.Builder
	rows := r.shown()
	height := 96 + 34*max(len(rows), 1+len(r.Refusals))
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 %d" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="14">`+"\n", height)
	fmt.Fprintf(&b, "<title id=\"t\">Estimates of the population by method</title>\n<desc id=\"d\">%s</desc>\n", html.EscapeString(r.words(rows)))
	fmt.Fprintf(&b, `<rect width="760" height="%d" fill="#fff"/>`+"\n", height)
	if len(r.Refusals) > 0 || len(rows) == 0 {
		r.drawRefusal(&b)
	} else {
		r.drawRows(&b, rows, newScale(float64(r.Observed), rows), height)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// shown are the results that have an estimate.
func (r *Report) shown() []Result {
	var rows []Result
	for _, x := range r.Results {
		if !math.IsNaN(x.Estimate) && !math.IsInf(x.Estimate, 0) && len(r.Refusals) == 0 {
			rows = append(rows, x)
		}
	}
	return rows
}

// words is the picture for those who do not see it.
func (r *Report) words(rows []Result) string {
	if len(r.Refusals) > 0 {
		return "No figure is shown: " + strings.Join(r.Refusals, "; ") + "."
	}
	s := []string{fmt.Sprintf("%s persons were seen on %d lists", Grouped(float64(r.Observed)), len(r.Lists))}
	for _, x := range rows {
		s = append(s, fmt.Sprintf("%s: %s, %s", x.Label(), Grouped(x.Estimate), x.Ends()))
	}
	return strings.Join(s, ". ") + "."
}

// Label names the line: the method, and for Chapman its lists.
func (x Result) Label() string {
	if x.Method == ByChapman && len(x.Terms) == 1 {
		return string(x.Method) + " " + x.Terms[0]
	}
	return string(x.Method)
}

// Ends writes the interval: "9,977 to 13,146".
func (x Result) Ends() string {
	switch {
	case math.IsNaN(x.Low) || math.IsNaN(x.High):
		return "no interval"
	case math.IsInf(x.High, 1):
		return "at least " + Grouped(x.Low)
	}
	return Grouped(x.Low) + " to " + Grouped(x.High)
}

// Grouped writes a number of persons with commas: whole persons, as nobody is less.
func Grouped(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) || math.Abs(x) >= 1e15 {
		return "–"
	}
	s := fmt.Sprintf("%.0f", x)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func (r *Report) drawRefusal(b *strings.Builder) {
	fmt.Fprintln(b, `<text x="20" y="40" font-weight="bold">No figure is shown</text>`)
	for i, why := range r.Refusals {
		fmt.Fprintf(b, `<text x="20" y="%d" font-size="12">%s</text>`+"\n", 70+34*i, html.EscapeString(why))
	}
}

// scale puts persons on the page: logarithmic when they span more than a factor of ten.
type scale struct {
	low, high float64
	log       bool
}

const left, right = 150.0, 590.0

func newScale(seen float64, rows []Result) scale {
	high := seen
	for _, x := range rows {
		high = max(high, x.Estimate)
		if !math.IsInf(x.High, 1) && !math.IsNaN(x.High) {
			high = max(high, min(x.High, 20*x.Estimate))
		}
	}
	if high > 10*seen {
		return scale{seen * 0.9, high * 1.1, true}
	}
	return scale{0, high * 1.05, false}
}

func (s scale) at(x float64) float64 {
	share := (x - s.low) / (s.high - s.low)
	if s.log {
		share = math.Log(x/s.low) / math.Log(s.high/s.low)
	}
	return left + (right-left)*min(max(share, 0), 1)
}

// ticks are round numbers on the scale: 1, 2 or 5 times a power of ten.
func (s scale) ticks() []float64 {
	var all []float64
	if s.log {
		for p := math.Pow(10, math.Floor(math.Log10(s.low))); p <= s.high; p *= 10 {
			for _, m := range []float64{1, 2, 5} {
				if x := m * p; x >= s.low && x <= s.high {
					all = append(all, x)
				}
			}
		}
		return all
	}
	step := math.Pow(10, math.Floor(math.Log10(s.high/4)))
	for _, m := range []float64{5, 2} {
		if s.high/(step*m) >= 4 {
			step *= m
			break
		}
	}
	for x := 0.0; x <= s.high; x += step {
		all = append(all, x)
	}
	return all
}

func (r *Report) drawRows(b *strings.Builder, rows []Result, s scale, height int) {
	bottom := height - 46
	for _, x := range s.ticks() {
		fmt.Fprintf(b, `<path d="M%.1f 34V%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle" font-size="12">%s</text>`+"\n",
			s.at(x), bottom, s.at(x), bottom+18, Grouped(x))
	}
	fmt.Fprintf(b, `<path d="M%.1f 28V%d" stroke="#000" stroke-dasharray="4 3"/><text x="%.1f" y="22" text-anchor="middle" font-size="12">seen: %s</text>`+"\n",
		s.at(float64(r.Observed)), bottom, max(s.at(float64(r.Observed)), left), Grouped(float64(r.Observed)))
	for i, x := range rows {
		y := 50 + 34*i
		fmt.Fprintf(b, `<text x="%.0f" y="%d" text-anchor="end">%s</text>`+"\n", left-14, y+5, html.EscapeString(x.Label()))
		if !math.IsNaN(x.Low) && !math.IsNaN(x.High) {
			fmt.Fprintf(b, `<path d="M%.1f %dH%.1f" stroke="#1d70b8" stroke-width="4"/>`+"\n", s.at(x.Low), y, s.at(x.High))
		}
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%d" r="6" fill="#003078"/>`+"\n", s.at(x.Estimate), y)
		fmt.Fprintf(b, `<text x="%.0f" y="%d" font-size="12">%s</text><text x="%.0f" y="%d" font-size="11" fill="#505a5f">%s</text>`+"\n",
			right+12, y, Grouped(x.Estimate), right+12, y+14, x.Ends())
	}
	unit := "persons"
	if s.log {
		unit = "persons, each step the same factor"
	}
	fmt.Fprintf(b, `<text x="%.0f" y="%d" text-anchor="middle" font-size="12">%s</text>`+"\n", (left+right)/2, height-8, unit)
}
