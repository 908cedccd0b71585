package protection

import (
	"fmt"
	"strconv"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/protection"
)

// outcomes are the domains of which something was scored.
func (v followView) outcomes() []protection.Domain {
	var domains []string
	for _, k := range v.rooms.Country.List(countries.OutcomeDomain) {
		domains = append(domains, k.Code)
	}
	var all []protection.Domain
	for _, o := range protection.Domains(domains, v.Visits) {
		if o.Scores != (protection.Domain{}).Scores {
			all = append(all, o)
		}
	}
	return all
}

func (v followView) outcomeColumns() []govuk.Column {
	all := []govuk.Column{{Title: v.T("outcome.domain")}}
	for _, moment := range protection.Moments {
		all = append(all, govuk.Column{Title: v.T("outcome.at." + moment), Number: true})
	}
	return append(all, govuk.Column{Title: v.T("outcome.change"), Number: true})
}

// outcomeRows are the figures behind the picture.
func (v followView) outcomeRows(lines []protection.Domain) [][]govuk.Slot {
	var rows [][]govuk.Slot
	for _, o := range lines {
		row := []govuk.Slot{{Text: v.label(countries.OutcomeDomain, o.Code)}}
		for _, score := range o.Scores {
			cell := govuk.Slot{}
			if score > 0 {
				cell.Text = strconv.Itoa(score)
			}
			row = append(row, cell)
		}
		rows = append(rows, append(row, govuk.Slot{Text: v.changed(o)}))
	}
	return rows
}

// changed says a change with its sign; "" while there is nothing to compare.
func (v followView) changed(o protection.Domain) string {
	n, known := o.Change()
	switch {
	case !known:
		return ""
	case n < 0:
		return "\u2212" + strconv.Itoa(-n)
	case n == 0:
		return "0"
	}
	return "+" + strconv.Itoa(n)
}

// drawn is a picture of changes: one line a domain, from the first score to the last.
type drawn struct {
	Label  string // for who does not see it
	Height int
	Lines  []drawnLine
	Low    string // what stands under 1 and 5
	High   string
}

// drawnLine is one domain, in the units of the picture.
type drawnLine struct {
	Name, Change      string
	Top, Text, Middle int
	First, Last       int    // where the first and the last score are
	Compared          bool   // there are two
	Ink               string // of the line: better, worse, as before
	Tip               string // the last score as a mark: up, down, or a dot
}

// The picture is as wide as a small telephone shows without scrolling, and one
// domain takes two lines of text.
const (
	pictureWidth = 330
	pictureRow   = 46
	scaleLeft    = 16
	scaleStep    = 62
)

// picture draws the change of each domain. The direction is a shape and a figure,
// and only then a colour.
func (v followView) picture(lines []protection.Domain) drawn {
	p := drawn{Label: v.T("outcome.picture", "Count", len(lines)), Height: len(lines)*pictureRow + 26, Low: v.T("outcome.low"), High: v.T("outcome.high")}
	for i, o := range lines {
		one := drawnLine{Name: v.label(countries.OutcomeDomain, o.Code), Change: v.changed(o), Top: i * pictureRow, Text: i*pictureRow + 15, Middle: i*pictureRow + 32, Ink: "#48545a"}
		for _, score := range o.Scores {
			if score == 0 {
				continue
			}
			if one.Last = scaleLeft + (score-1)*scaleStep; one.First == 0 {
				one.First = one.Last
			}
		}
		n, known := o.Change()
		x, y := one.Last, one.Middle
		switch one.Compared = known; {
		case n > 0:
			one.Ink, one.Tip = "#0f5a33", fmt.Sprintf("M%d %dl-12 -7v14z", x+5, y)
		case n < 0:
			one.Ink, one.Tip = "#9d1119", fmt.Sprintf("M%d %dl12 -7v14z", x-5, y)
		}
		p.Lines = append(p.Lines, one)
	}
	return p
}

// ticks are the places of the five scores.
func (drawn) ticks() []int {
	var all []int
	for n := range 5 {
		all = append(all, scaleLeft+n*scaleStep)
	}
	return all
}
