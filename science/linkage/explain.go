package linkage

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Reason is one step of the waterfall from "any two records" to the probability
// of a pair.
type Reason struct {
	What   string  // the columns, or "before looking"
	A, B   string  // the two values as compared; empty where missing
	Found  string  // the finding in words
	Weight float64 // log2; above 0 speaks for one person
}

// Explain says what speaks for and against a pair, in the order of the model.
// The sum of the weights is the match weight. It shows the values compared: only
// those who may read both records may read it.
func (r *Result) Explain(a, b int) ([]Reason, error) {
	if a < 0 || b < 0 || a >= r.table.n || b >= r.table.n || a == b {
		return nil, fmt.Errorf("records %d and %d: give two different numbers from 1 to %d", a+1, b+1, r.table.n)
	}
	a, b = min(a, b), max(a, b)
	lambda := r.Model.Lambda
	list := []Reason{{What: "before looking", Found: fmt.Sprintf("one pair in %.0f is one person", 1/lambda), Weight: math.Log2(lambda / (1 - lambda))}}
	j := newJudge(r.features, 1)
	for i, f := range r.features {
		reason := Reason{What: strings.Join(f.Columns, ", "), A: f.texts[f.codes[a]], B: f.texts[f.codes[b]]}
		found := j.finding(i, f, uint32(a), uint32(b))
		if found == 0 {
			reason.Found = "missing on one side: says nothing"
			list = append(list, reason)
			continue
		}
		l := f.Levels[found-1]
		reason.Found, reason.Weight = l.words(), math.Log2(l.M/l.U)
		w := 0.0
		if int(found-1) == f.exact {
			w = f.frequency(f.codes[a]) / math.Ln2
		}
		if math.Abs(w) < leastTold {
			reason.Weight, w = reason.Weight+w, 0
		}
		list = append(list, reason)
		if w != 0 {
			list = append(list, Reason{What: reason.What, A: reason.A, B: reason.B, Weight: w, Found: frequent(w)})
		}
	}
	return list, nil
}

// leastTold is the adjustment for frequency that is worth a line.
const leastTold = 0.05

func frequent(w float64) string {
	if w < 0 {
		return "a frequent value: agreeing says less"
	}
	return "a rare value: agreeing says more"
}

func (l Level) words() string {
	switch l.Test {
	case "jw", "shared":
		return fmt.Sprintf("%s, at least %.2f", tests()[l.Test], l.At)
	case "typo":
		return fmt.Sprintf("at most %.0f letters or digits wrong", l.At)
	case "days":
		return fmt.Sprintf("at most %.0f days apart", l.At)
	case "km":
		return fmt.Sprintf("at most %g km apart", l.At)
	case "within":
		return "another place of the same larger one"
	case "apart":
		return fmt.Sprintf("at most %g apart", l.At)
	}
	return tests()[l.Test]
}

// Story puts a waterfall into lines of text.
func Story(reasons []Reason) string {
	var b strings.Builder
	sum := 0.0
	for _, r := range reasons {
		sum += r.Weight
		values := ""
		if r.A != "" || r.B != "" {
			values = fmt.Sprintf(" (%s | %s)", r.A, r.B)
		}
		fmt.Fprintf(&b, "%+7.2f  %s: %s%s\n", r.Weight, r.What, r.Found, values)
	}
	fmt.Fprintf(&b, "%+7.2f  together: probability %.4f\n", sum, 1/(1+math.Exp2(-sum)))
	return b.String()
}

// Sizes of the picture, in pixels.
const (
	drawWide  = 900
	drawRow   = 26
	drawLabel = 430
	drawHead  = 54
)

// Waterfall draws the reasons as an SVG: a bar a step, from what was known before
// to what is known after. It holds its own title and description, uses no script
// and no font of its own, and says by sign and words what it says by colour.
func Waterfall(reasons []Reason) string {
	low, high, sum := 0.0, 0.0, 0.0
	for _, r := range reasons {
		sum += r.Weight
		low, high = min(low, sum), max(high, sum)
	}
	scale := float64(drawWide-drawLabel-70) / max(1e-9, high-low)
	x := func(w float64) float64 { return drawLabel + (w-low)*scale }
	height := drawHead + (len(reasons)+1)*drawRow + 16
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13">`+"\n", drawWide, height)
	fmt.Fprintf(&b, `<title id="t">What speaks for one person: probability %.4f</title><desc id="d">%s</desc>`+"\n", 1/(1+math.Exp2(-sum)), html.EscapeString(Story(reasons)))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/><text x="8" y="22" font-size="16" font-weight="bold">Match weight %.1f: probability %.4f</text>`+"\n", drawWide, height, sum, 1/(1+math.Exp2(-sum)))
	fmt.Fprintf(&b, `<text x="8" y="42" fill="#505a5f">right: for one person; left: against; log2 scale</text><path d="M%.1f %d V%d" stroke="#b1b4b6"/>`+"\n", x(0), drawHead-4, height-8)
	at := 0.0
	for i, r := range reasons {
		y := drawHead + i*drawRow
		bar(&b, y, r.What+": "+r.Found, at, at+r.Weight, r.Weight, x)
		at += r.Weight
	}
	bar(&b, drawHead+len(reasons)*drawRow, "together", 0, at, at, x)
	b.WriteString("</svg>\n")
	return b.String()
}

func bar(b *strings.Builder, y int, label string, from, to, weight float64, x func(float64) float64) {
	colour := "#00703c"
	if weight < 0 {
		colour = "#942514"
	}
	if short := []rune(label); len(short) > 62 {
		label = string(short[:61]) + "…"
	}
	left, right := x(min(from, to)), x(max(from, to))
	fmt.Fprintf(b, `<text x="8" y="%d">%s</text><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/><text x="%.1f" y="%d">%+.1f</text>`+"\n",
		y+15, html.EscapeString(label), left, y+3, max(1, right-left), drawRow-8, colour, right+5, y+15, weight)
}
