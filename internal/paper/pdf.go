package paper

import (
	"bytes"
	"fmt"
	"slices"
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
	all := append(k.title(p.Title, width), k.lay(p.Parts, width)...)
	return append(all, k.draft(p, width)...)
}

// draft says at the end that nobody has checked the translation.
func (k *ink) draft(p Paper, width float64) []line {
	if p.Draft == "" {
		return nil
	}
	return k.text(face{"", small}, p.Draft, 0, width)
}

// sheet fills whole pages; of several, each says which it is and whose.
func (p Paper) sheet(k *ink) {
	const left, top, bottom = 22.0, 18.0, 279.0
	pages := paginate(p.lay(k, pageWidth-2*left), bottom-top)
	for i, strips := range pages {
		k.f.AddPage()
		down(strips, left, top)
		if len(pages) > 1 {
			foot := fmt.Sprintf("%d/%d", i+1, len(pages))
			if p.Code != "" {
				foot = legible(p.Code) + "  ·  " + foot
			}
			k.write(face{"", small}, left, bottom+4, foot)
		}
	}
}

// card draws one card at the upper left, and where to cut it.
func (p Paper) card(k *ink) {
	const left, top, edge, wide, high = 15.0, 15.0, 8.0, 105.0, 262.0
	for _, strips := range paginate(p.lay(k, wide-2*edge), high-2*edge) {
		k.f.AddPage()
		down(strips, left+edge, top+edge)
		k.cut(left, top, wide, height(strips)+2*edge)
	}
}

// pocket repeats small cards over the page, two by five where they are of the
// ordinary size; numbers for which one card has no room stand on the next.
func (p Paper) pocket(k *ink) {
	const wide, edge = 85.0, 4.5
	inner := wide - 2*edge
	head := k.title(p.Title, inner)
	strips := append(k.lay(p.Parts, inner), k.draft(p, inner)...)
	high := 54.0
	for _, one := range groups(strips) {
		high = max(high, height(head)+height(one)+2*edge)
	}
	high = min(high, pageHeight-20)
	cards := paginate(strips, high-2*edge-height(head))
	if len(cards) == 0 {
		cards = [][]line{nil}
	}
	rows := int((pageHeight - 20) / high)
	x0, y0 := (pageWidth-2*wide)/2, (pageHeight-float64(rows)*high)/2
	cells := (len(cards) + 2*rows - 1) / (2 * rows) * 2 * rows
	for i := range cells {
		if i%(2*rows) == 0 {
			k.f.AddPage()
		}
		x, y := x0+float64(i%2)*wide, y0+float64(i/2%rows)*high
		down(slices.Concat(head, cards[i%len(cards)]), x+edge, y+edge)
		k.cut(x, y, wide, high)
	}
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
	for _, group := range groups(strips) {
		if height(page)+height(group) > high {
			turn()
		}
		for _, one := range group {
			if height(page)+one.high > high {
				turn()
			}
			page = append(page, one)
		}
	}
	turn()
	return pages
}
