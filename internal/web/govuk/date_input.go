package govuk

import (
	"context"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// DateItem is one box of a date input.
type DateItem struct {
	Name         string // "day", "month", "year" for the three usual ones
	Label        string // Words.Day… for the three usual ones
	Value        string
	ID           string // DateInput.ID-Name unless given
	Error        Maybe  // this box is wrong; if none says so, all are
	Omit         bool   // leaves the box out: a year and a month without a day
	Classes      string
	Autocomplete string
	Inputmode    string // numeric unless given
	Pattern      string
	Attributes   templ.Attributes
}

// DateInput asks for a date that is remembered or on a document. What is typed
// arrives as NamePrefix-day, NamePrefix-month, NamePrefix-year (without
// NamePrefix: day, month, year). Give the values in Values by those names, or
// in Day, Month and Year. Items replaces the three boxes by others.
type DateInput struct {
	ID               string
	NamePrefix       string
	Day, Month, Year DateItem
	Items            []DateItem
	Values           map[string]string
	Fieldset         Fieldset
	Hint             Hint
	ErrorMessage     ErrorMessage
	FormGroup        FormGroup
	Classes          string
	Attributes       templ.Attributes
}

// Render draws the field.
func (p DateInput) Render(ctx context.Context, w io.Writer) error { return dateInput(p).Render(ctx, w) }

func (i DateItem) given() bool {
	return i.Omit || i.Name != "" || i.Label != "" || i.Value != "" || i.ID != "" || i.Error != Unset ||
		i.Classes != "" || i.Autocomplete != "" || i.Inputmode != "" || i.Pattern != "" || len(i.Attributes) > 0
}

func (p DateInput) describedBy() string {
	return describe(p.Fieldset.DescribedBy,
		suffixed(p.Hint.given(), p.ID, "-hint"),
		suffixed(p.ErrorMessage.given(), p.ID, "-error"))
}

// usual is one of the three usual boxes and what is known of it.
type usual struct {
	name, width, label string
	item               DateItem
}

func (p DateInput) usual(w Words) [3]usual {
	boxes := [3]usual{
		{"day", "govuk-input--width-2", w.Day, p.Day},
		{"month", "govuk-input--width-2", w.Month, p.Month},
		{"year", "govuk-input--width-4", w.Year, p.Year},
	}
	for i := range boxes {
		if b := &boxes[i]; !b.item.given() {
			b.item = DateItem{Name: b.name, Value: p.Values[b.name], Classes: b.width}
		}
	}
	return boxes
}

// inputs gives the boxes as inputs, in order.
func (p DateInput) inputs(w Words) []Input {
	boxes := p.usual(w)
	items := p.Items
	if len(items) == 0 {
		items = []DateItem{boxes[0].item, boxes[1].item, boxes[2].item}
	}
	someWrong := false
	for _, i := range items {
		someWrong = someWrong || i.wrong()
	}
	var inputs []Input
	for n, i := range items {
		if i.Omit || !i.given() {
			continue
		}
		width, label := "govuk-input--width-2", ""
		for k, b := range boxes {
			if len(p.Items) == 0 && n == k || i.Name != "" && (i.Name == b.name || i.Name == b.item.Name) {
				i.Name, i.Value = or(i.Name, b.name), or(i.Value, b.item.Value)
				width, label = b.width, b.label
				break
			}
		}
		inputs = append(inputs, p.input(i, width, or(i.Label, label, capital(i.Name)), someWrong))
	}
	return inputs
}

func (i DateItem) wrong() bool {
	return i.Error == Yes || strings.Contains(i.Classes, "govuk-input--error")
}

func (p DateInput) input(i DateItem, width, label string, someWrong bool) Input {
	wrong := i.wrong() || i.Error != No && p.ErrorMessage.given() && !someWrong
	mark := wrong && !strings.Contains(i.Classes, "govuk-input--error")
	name := i.Name
	if p.NamePrefix != "" {
		name = p.NamePrefix + "-" + name
	}
	return Input{
		ID: or(i.ID, p.ID+"-"+i.Name), Name: name, Value: or(i.Value, p.Values[name]),
		Label: Label{Text: label, Classes: "govuk-date-input__label"},
		Classes: classes("govuk-date-input__input", when(mark, "govuk-input--error"),
			when(!strings.Contains(i.Classes, "govuk-input--width-"), width), i.Classes),
		Type: "text", Inputmode: or(i.Inputmode, "numeric"),
		Autocomplete: i.Autocomplete, Pattern: i.Pattern, Attributes: i.Attributes,
	}
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + strings.ToLower(s[size:])
}
