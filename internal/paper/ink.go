package paper

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// mm is the length of a point.
const mm = 25.4 / 72

// The sizes of letters, in points. Nothing is smaller than small: it must be
// read in a dark room, copied, at arm's length.
const (
	small  = 9.0
	digits = 15.0 // a telephone number
	coded  = 18.0 // a code
	leap   = 1.32 // from line to line, in sizes
)

// line is a strip of a paper: something that no page break cuts.
type line struct {
	high float64            // mm
	with bool               // on the same page as the next one
	gap  bool               // nothing but air: left out where a page begins or ends
	draw func(x, y float64) // at its upper left corner
}

// ink draws parts into a PDF. Widths are in mm.
type ink struct {
	f    *fpdf.Fpdf
	body float64 // size of the letters of a paragraph
}

// pen opens a PDF in which nothing names anybody.
func pen(lang string, body float64) *ink {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetProducer("", false)
	f.SetCatalogSort(true)
	f.SetCompression(false) // what is written can be read in the file, by those who check it
	f.SetLang(lang)
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes("text", "", goregular.TTF)
	f.AddUTF8FontFromBytes("text", "B", gobold.TTF)
	return &ink{f: f, body: body}
}

// face is a style and a size of letters.
type face struct {
	style string // "", or "B"
	size  float64
}

func (k *ink) measure(c face) func(string) float64 {
	return func(text string) float64 {
		k.f.SetFont("text", c.style, c.size)
		return k.f.GetStringWidth(text)
	}
}

func (c face) high() float64 { return c.size * leap * mm }

// write puts one line of text with its upper left corner at x, y.
func (k *ink) write(c face, x, y float64, text string) {
	k.f.SetFont("text", c.style, c.size)
	k.f.Text(x, y+c.size*0.98*mm, text)
}

// text wraps a text into strips, indented by in.
func (k *ink) text(c face, text string, in, width float64) []line {
	var all []line
	for _, words := range wrap(legible(text), width-in, k.measure(c)) {
		all = append(all, line{high: c.high(), draw: func(x, y float64) { k.write(c, x+in, y, words) }})
	}
	return all
}

func gap(high float64) line {
	return line{high: high, gap: true, draw: func(float64, float64) {}}
}

// together keeps strips on one page, if a page can hold them.
func together(all []line) []line {
	for i := range all {
		all[i].with = i < len(all)-1
	}
	return all
}

// title is the strip of the paper's title.
func (k *ink) title(text string, width float64) []line {
	all := k.text(face{"B", k.body * 1.35}, text, 0, width)
	return append(all, gap(k.body*0.4*mm))
}

// lay makes the strips of the parts.
func (k *ink) lay(parts []Part, width float64) []line {
	var all []line
	for _, p := range parts {
		all = append(all, k.part(p, width)...)
	}
	return all
}

// part makes the strips of one part.
func (k *ink) part(p Part, width float64) []line {
	plain := face{"", k.body}
	after := gap(k.body * 0.45 * mm)
	switch p.Kind {
	case Heading:
		all := append([]line{gap(k.body * 0.5 * mm)}, k.text(face{"B", k.body * 1.1}, p.Text, 0, width)...)
		for i := range all {
			all[i].with = true // with what it heads
		}
		return all
	case Note:
		return append(k.text(face{"", small}, p.Text, 0, width), after)
	case Fact:
		return append(k.fact(p, width), after)
	case List:
		return append(k.list(p, width), after)
	case Code:
		return append(k.code(p, width), after)
	case Number:
		return append(together(append(k.text(face{"B", digits}, p.Text, 0, width), k.text(face{"", small}, p.Name, 0, width)...)), after)
	case Line:
		return together(append(k.text(plain, p.Name, 0, width), k.rule(width)))
	case Box:
		return append(k.boxes(p, width), after)
	}
	return append(k.text(plain, p.Text, 0, width), after)
}

// narrow is a width in which a fact stands under its name, not beside it.
const narrow = 110

func (k *ink) fact(p Part, width float64) []line {
	plain, bold := face{"", k.body}, face{"B", k.body}
	if width < narrow {
		return together(append(k.text(face{"", small}, p.Name, 0, width), k.text(bold, p.Text, 0, width)...))
	}
	const side = 50
	names, values := k.text(bold, p.Name, 0, side-4), k.text(plain, p.Text, side, width)
	var all []line
	for i := range max(len(names), len(values)) {
		var both []line
		if i < len(names) {
			both = append(both, names[i])
		}
		if i < len(values) {
			both = append(both, values[i])
		}
		all = append(all, line{high: plain.high(), draw: func(x, y float64) {
			for _, one := range both {
				one.draw(x, y)
			}
		}})
	}
	return all
}

func (k *ink) list(p Part, width float64) []line {
	const in = 5
	plain := face{"", k.body}
	all := k.text(face{"B", k.body}, p.Name, 0, width)
	for i := range all {
		all[i].with = true
	}
	for _, item := range p.Items {
		strips := k.text(plain, item, in, width)
		for i, one := range strips {
			if i == 0 {
				all = append(all, line{high: one.high, with: len(strips) > 1, draw: func(x, y float64) { k.write(plain, x+1, y, "–"); one.draw(x, y) }})
			} else {
				all = append(all, one)
			}
		}
		if len(strips) > 0 {
			all = append(all, gap(k.body*0.15*mm))
		}
	}
	return all
}

// code draws a code as letters, and as a square at the right.
func (k *ink) code(p Part, width float64) []line {
	text := strings.TrimSpace(legible(p.Text))
	if text == "" {
		return nil
	}
	runs, side, err := square(text)
	if err != nil {
		k.f.SetError(err)
		return nil
	}
	full := float64(side) * module
	room := width - full - 2*quiet*module
	letters := append(k.text(face{"", small}, p.Name, 0, room), k.text(face{"B", coded}, text, 0, room)...)
	high := 0.0
	for _, one := range letters {
		high += one.high
	}
	border := float64(quiet) * module
	return []line{{high: max(high, full+2*border), draw: func(x, y float64) {
		down := y + border
		for _, one := range letters {
			one.draw(x, down)
			down += one.high
		}
		left, top := onDot(x+width-full-border), onDot(y+border)
		for _, r := range runs {
			k.f.Rect(left+float64(r.X)*module, top+float64(r.Y)*module, float64(r.Length)*module, module, "F")
		}
	}}}
}

// onDot moves a place to the nearest dot at 300 dpi.
func onDot(x float64) float64 { return float64(int(x*300/25.4+0.5)) * 25.4 / 300 }

// rule is a line to write on.
func (k *ink) rule(width float64) line {
	const high = 9.5
	return line{high: high, draw: func(x, y float64) {
		k.f.SetLineWidth(0.25)
		k.f.Line(x, y+high-3, x+width, y+high-3)
	}}
}

// boxes are room for signatures, marks or thumbs, side by side, each under whose
// it is: 32 mm hold a thumb with its border.
func (k *ink) boxes(p Part, width float64) []line {
	const high, wide, apart = 32.0, 90.0, 6.0
	n := float64(len(p.Items))
	each := min(wide, (width-(n-1)*apart)/max(n, 1))
	var columns [][]line
	most := 0
	for _, name := range p.Items {
		columns = append(columns, k.text(face{"B", k.body}, name, 0, each))
		most = max(most, len(columns[len(columns)-1]))
	}
	top := float64(most) * face{"B", k.body}.high()
	return []line{{high: top + high + 2, draw: func(x, y float64) {
		k.f.SetLineWidth(0.35)
		for i, names := range columns {
			left := x + float64(i)*(each+apart)
			down(names, left, y+top-height(names))
			k.f.Rect(left, y+top+1, each, high, "D")
		}
	}}}
}
