package linkage

import (
	"fmt"
	"strings"
)

// CurvePoint is what a threshold would give by the model's own probabilities:
// no truth is needed, and it is as good as the model is.
type CurvePoint struct {
	Probability float64
	Links       int
	Precision   float64 // expected share of the links that are one person
	Recall      float64 // expected share of the compared pairs of one person that are linked
}

// Thresholds are the probabilities at which Expected looks.
func Thresholds() []float64 {
	return []float64{0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999}
}

// Expected gives the curve from which a threshold is chosen when no truth is
// known. Pairs that blocking never compared are in no figure of it.
func (r *Result) Expected() []CurvePoint {
	total := 0.0
	for _, l := range r.Links {
		total += l.Probability()
	}
	var curve []CurvePoint
	for _, p := range Thresholds() {
		links := r.At(p)
		sum := 0.0
		for _, l := range links {
			sum += l.Probability()
		}
		point := CurvePoint{Probability: p, Links: len(links)}
		if len(links) > 0 {
			point.Precision, point.Recall = sum/float64(len(links)), sum/total
		}
		curve = append(curve, point)
	}
	return curve
}

// DrawCurve draws precision and recall by threshold as an SVG.
func DrawCurve(curve []CurvePoint) string {
	const wide, high, left, top = 640, 360, 60, 40
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="ct" font-family="sans-serif" font-size="13">`+"\n", wide+90, high+90)
	fmt.Fprintf(&b, `<title id="ct">Expected precision and recall by threshold</title><rect width="%d" height="%d" fill="#fff"/>`+"\n", wide+90, high+90)
	fmt.Fprintf(&b, `<path d="M%d %d V%d H%d" fill="none" stroke="#505a5f"/><text x="%d" y="%d">threshold of the probability</text>`+"\n", left, top, top+high, left+wide-40, left+200, top+high+38)
	for i := range 6 {
		v := float64(i) / 5
		fmt.Fprintf(&b, `<text x="%d" y="%.0f" text-anchor="end">%.1f</text><text x="%.0f" y="%d" text-anchor="middle">%.1f</text>`+"\n",
			left-8, top+high-v*high+4, v, left+v*(wide-60), top+high+18, v)
	}
	line := func(name, dash, colour string, of func(CurvePoint) float64) {
		fmt.Fprintf(&b, `<polyline fill="none" stroke="%s" stroke-width="2.5"%s points="`, colour, dash)
		var last float64
		for _, p := range curve {
			if p.Links > 0 {
				last = of(p)
				fmt.Fprintf(&b, "%.1f,%.1f ", left+p.Probability*(wide-60), top+high-last*high)
			}
		}
		fmt.Fprintf(&b, `"/><text x="%d" y="%.0f" fill="%s">%s</text>`+"\n", left+wide-52, top+high-last*high, colour, name)
	}
	line("precision", "", "#00703c", func(p CurvePoint) float64 { return p.Precision })
	line("recall", ` stroke-dasharray="7 4"`, "#1d70b8", func(p CurvePoint) float64 { return p.Recall })
	b.WriteString("</svg>\n")
	return b.String()
}
