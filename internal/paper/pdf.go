package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"inkingi/internal/fault"
)

// The page is A4, in mm.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
)

// PDF draws the paper. Made is written into the file as its date, and is all
// that the file says of itself.
func (p Paper) PDF(made time.Time) ([]byte, error) {
	k := pen(p.Lang, 11)
	k.f.SetCreationDate(made.UTC())
	k.f.SetModificationDate(made.UTC())
	switch p.Format {
	case Card:
		p.card(k)
	case Pocket:
		k.body = 9.5
		p.pocket(k)
	default:
		p.sheet(k)
	}
	var out bytes.Buffer
	if err := k.f.Output(&out); err != nil {
		return nil, fault.Wrap(fault.Internal, "paper.pdf", err)
	}
	return out.Bytes(), nil
}

// lay gives every strip of the paper for a width.
func (p Paper) lay(k *ink, width float64) []line {
	return append(k.title(p.Title, width), k.lay(p.Parts, width)...)
}

// sheet fills whole pages. At the foot stands that a translation is a draft; of
// several pages, each says which it is and whose.
func (p Paper) sheet(k *ink) {
	const left, top, bottom = 22.0, 18.0, 279.0
	pages := paginate(p.lay(k, pageWidth-2*left), bottom-top)
	for i, strips := range pages {
		k.f.AddPage()
		down(strips, left, top)
		var foot []string
		if len(pages) > 1 {
			foot = append(foot, p.Code, fmt.Sprintf("%d/%d", i+1, len(pages)))
		}
		foot = slices.DeleteFunc(append(foot, p.Draft), func(s string) bool { return s == "" })
		k.write(face{"", small}, left, bottom+4, legible(strings.Join(foot, "  ·  ")))
	}
}

// card draws one card at the upper left, and where to cut it.
func (p Paper) card(k *ink) {
	const left, top, edge, wide, high = 15.0, 15.0, 8.0, 105.0, 262.0
	strips := append(p.lay(k, wide-2*edge), k.text(face{"", small}, p.Draft, 0, wide-2*edge)...)
	for _, page := range paginate(strips, high-2*edge) {
		k.f.AddPage()
		down(page, left+edge, top+edge)
		k.cut(left, top, wide, height(page)+2*edge)
	}
}

// pocket repeats small cards over the page, two by five where they are of the
// ordinary size; numbers for which one card has no room stand on the next.
func (p Paper) pocket(k *ink) {
	const wide, edge = 85.0, 4.0
	inner := wide - 2*edge
	head, foot := k.title(p.Title, inner), k.text(face{"", small}, p.Draft, 0, inner)
	frame := height(head) + height(foot) + 2*edge
	high, cards := p.fit(k.lay(p.Parts, inner), frame)
	rows := int(cardsHigh / high)
	x0, y0 := (pageWidth-2*wide)/2, (pageHeight-float64(rows)*high)/2
	cells := (len(cards) + 2*rows - 1) / (2 * rows) * 2 * rows
	for i := range cells {
		if i%(2*rows) == 0 {
			k.f.AddPage()
		}
		x, y := x0+float64(i%2)*wide, y0+float64(i/2%rows)*high
		down(slices.Concat(head, cards[i%len(cards)]), x+edge, y+edge)
		down(foot, x+edge, y+high-edge-height(foot))
		k.cut(x, y, wide, high)
	}
}

// cardsHigh is the room for cards on a page, in mm.
const cardsHigh = pageHeight - 20

// fit chooses how high cards are: the size of a pocket, a little more when all
// then stands on one, and whatever one number needs that is longer still.
func (p Paper) fit(strips []line, frame float64) (high float64, cards [][]line) {
	const ordinary, larger = 54.0, 66.0
	for _, high := range []float64{ordinary, larger} {
		if cards := paginate(strips, high-frame); len(cards) == 1 {
			return high, cards
		}
	}
	high = ordinary
	for _, one := range groups(strips) {
		high = max(high, min(height(one)+frame, cardsHigh))
	}
	if cards = paginate(strips, high-frame); len(cards) == 0 {
		cards = [][]line{nil}
	}
	return high, cards
}

// cut draws where scissors go.
func (k *ink) cut(x, y, wide, high float64) {
	k.f.SetLineWidth(0.2)
	k.f.SetDashPattern([]float64{1.2, 1.2}, 0)
	k.f.Rect(x, y, wide, high, "D")
	k.f.SetDashPattern(nil, 0)
}

// down draws strips one under the other.
func down(strips []line, x, y float64) {
	for _, one := range strips {
		one.draw(x, y)
		y += one.high
	}
}

func height(strips []line) (sum float64) {
	for _, one := range strips {
		sum += one.high
	}
	return sum
}

// groups cuts strips where a page may end.
func groups(strips []line) (all [][]line) {
	from := 0
	for i, one := range strips {
		if !one.with || i == len(strips)-1 {
			all, from = append(all, strips[from:i+1]), i+1
		}
	}
	return all
}

// paginate fills pages of a height. What must stand together does, unless it is
// longer than a page.
func paginate(strips []line, high float64) (pages [][]line) {
	var page []line
	turn := func() {
		if len(page) > 0 {
			pages, page = append(pages, page), nil
		}
	}
	full := func(more float64) bool { return height(page)+more > high+0.01 }
	for _, group := range groups(strips) {
		if !group[len(group)-1].gap && full(height(group)) {
			turn()
		}
		for _, one := range group {
			switch {
			case one.gap && (len(page) == 0 || full(one.high)):
				continue
			case full(one.high):
				turn()
			}
			page = append(page, one)
		}
	}
	turn()
	return pages
}
