package disclosure

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Brief is the report on a release for those who decide whether it goes out: what it
// promises, how near it comes, and what must not be done with it. It compares with the
// real records and is not protected itself.
type Brief struct {
	Title    string
	Method   string   // aim, aggregate or rows
	Promise  *Promise // nil where none is made
	Total    *Promise // of all releases in the ledger, this one included
	Budget   *Promise
	K        int // of rows
	Unit     string
	Warnings []string
	Quality  *Quality
}

// Sentences say the most important figures in words, first things first.
func (b Brief) Sentences() []string {
	q := b.Quality
	s := []string{fmt.Sprintf("%s invented records stand for %s persons on %d columns.", whole(float64(q.Records)), whole(float64(q.Persons)), len(q.Columns))}
	for _, l := range q.Lengths {
		if l.Real == 0 {
			continue
		}
		s = append(s, fmt.Sprintf("A count of %s is off by %s on average, where %s are counted on average.", lengthWord(l.Length), persons(l.Error), persons(l.Mean)))
	}
	if n := len(q.Lengths); n > 0 && q.Lengths[n-1].Real > 0 {
		l := q.Lengths[n-1]
		s = append(s, fmt.Sprintf("Of the combinations of %s that somebody has, %.1f %% are missing (%s each on average); of those in the release, %.1f %% belong to nobody (%.1f %% when counts under 11 are not shown).",
			valuesWord(l.Length), l.Suppressed, persons(l.Lost), l.Fabricated, l.Visible))
	}
	return s
}

// Meaning says what is promised.
func (b Brief) Meaning() []string {
	if b.Promise == nil {
		return []string{fmt.Sprintf("Every combination of values that comes out is shared by at least %d persons. This is not differential privacy: it does not protect against somebody who knows most of a person's values, nor against two such releases being compared. One release, to readers bound by an agreement.", b.K)}
	}
	s := []string{fmt.Sprintf("Differential privacy with ε = %.4g, δ = %.3g. Whatever anybody concludes about one person from this release, its odds would have been almost the same had that person never been in the file: at most %s times as high or as low, but for a chance of %s.",
		b.Promise.Epsilon, b.Promise.Delta, short(math.Exp(b.Promise.Epsilon)), oneIn(b.Promise.Delta))}
	if b.Total != nil && b.Budget != nil {
		s = append(s, fmt.Sprintf("With all earlier releases of the ledger, ε = %.4g of %.4g is spent. It does not come back.", b.Total.Epsilon, b.Budget.Epsilon))
	}
	return s
}

// Cautions are what a reader of the release must know.
func (b Brief) Cautions() []string {
	s := []string{
		"No record is a person. A record that looks like somebody you know is chance.",
		"Small counts mean nothing: show none under 11. Say of no small group that it exists, or that it does not.",
		"Use the release for counts and tables of up to three columns. Longer combinations, and any link to another file, are not in it.",
		"The counts in the release do not agree exactly with counts published elsewhere. Do not publish exact counts of the same people beside it: the difference would tell.",
	}
	return append(s, b.Warnings...)
}

// HTML is the report as one page: no script, no font, nothing from outside.
func (b Brief) HTML() string {
	var w strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&w, format+"\n", args...) }
	p(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`)
	p(`<title>%s</title><style>%s</style></head><body>`, html.EscapeString(b.Title), style)
	p(`<h1>%s</h1>`, html.EscapeString(b.Title))
	p(`<p class="warn"><strong>For those who may see the records.</strong> This page compares the release with them and is not protected; it must not be published.</p>`)
	p(`<h2>In short</h2>`)
	list(&w, b.Sentences())
	p(`<h2>What is promised</h2>`)
	list(&w, b.Meaning())
	p(`<p>The unit is %s. Columns: %s.</p>`, html.EscapeString(b.Unit), html.EscapeString(strings.Join(b.Quality.Columns, ", ")))
	p(`<h2>How near it comes</h2>%s%s`, b.Quality.errorPicture(), b.Quality.sizePicture())
	b.table(p)
	p(`<h2>What a reader must know</h2>`)
	list(&w, b.Cautions())
	p(`</body></html>`)
	return w.String()
}

func list(w *strings.Builder, lines []string) {
	w.WriteString("<ul>\n")
	for _, s := range lines {
		fmt.Fprintf(w, "<li>%s</li>\n", html.EscapeString(s))
	}
	w.WriteString("</ul>\n")
}

func (b Brief) table(p func(string, ...any)) {
	p(`<table><caption>By number of values in a combination</caption><thead><tr><th scope="col">values</th><th scope="col">combinations</th><th scope="col">mean count</th>` +
		`<th scope="col">mean error</th><th scope="col">missing</th><th scope="col">of nobody</th><th scope="col">of nobody, 11 and more</th><th scope="col">distance</th></tr></thead><tbody>`)
	for _, l := range append(append([]Length{}, b.Quality.Lengths...), b.Quality.All) {
		name := fmt.Sprint(l.Length)
		if l.Length == 0 {
			name = "all"
		}
		p(`<tr><th scope="row">%s</th><td>%s</td><td>%.1f</td><td>%.1f</td><td>%.1f %%</td><td>%.1f %%</td><td>%.1f %%</td><td>%.4f</td></tr>`,
			name, whole(float64(l.Real)), l.Mean, l.Error, l.Suppressed, l.Fabricated, l.Visible, l.Distance)
	}
	p(`</tbody></table><p class="note">Error: persons by which a count in the release is off; a missing combination counts as nobody. Distance: share of the records that would have to change for all tables over that many columns to be right.</p>`)
}

const style = `body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#0b0c0c}h1{font-size:1.7em}h2{font-size:1.2em;margin-top:1.6em}` +
	`.warn{border-left:6px solid #942514;padding:.4em 1em;background:#f8f0ee}table{border-collapse:collapse;width:100%;font-size:.85em}caption{text-align:left;font-weight:bold;padding:.4em 0}` +
	`td,th{border-bottom:1px solid #b1b4b6;padding:.3em .5em;text-align:right}th:first-child{text-align:left}.note{font-size:.85em;color:#505a5f}svg{max-width:100%;height:auto}`

// whole writes a number of persons with commas.
func whole(x float64) string {
	s := fmt.Sprintf("%.0f", x)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func persons(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f persons", x)
	}
	return whole(x) + " persons"
}

func short(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return whole(x)
}

func oneIn(x float64) string { return "one in " + whole(1/x) }

func valuesWord(n int) string {
	if n == 1 {
		return "one value"
	}
	return fmt.Sprintf("%d values", n)
}

func lengthWord(n int) string {
	if n == 1 {
		return "one value"
	}
	return fmt.Sprintf("a combination of %d values", n)
}
