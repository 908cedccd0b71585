package govuk

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"
)

// Behaviour is how a checkbox treats the others.
type Behaviour string

// Exclusive unticks the others: "none of these". Without script both are sent,
// so the page must refuse the pair itself.
const Exclusive Behaviour = "exclusive"

// Choice is one radio button or checkbox, or, with Divider, the word between
// two ("or"). The zero Choice draws nothing but keeps its place in the
// numbering of ids, so that a choice may be left out by a condition.
//
// ID is, unless given, IdPrefix (or the Name) for the first and IdPrefix-N for
// the Nth, so that an error summary can link to "#name".
type Choice struct {
	Value       string
	Text        string
	HTML        templ.Component
	ID          string
	Name        string // checkboxes only; the field's Name unless given
	Hint        Hint
	Label       Label           // classes and attributes only
	Checked     Maybe           // Unset: decided by the field's Value or Values
	Conditional templ.Component // shown when chosen; without script, always
	Behaviour   Behaviour       // checkboxes only
	Divider     string
	Disabled    bool
	Attributes  templ.Attributes
}

func (c Choice) given() bool {
	return c.Value != "" || c.Text != "" || c.HTML != nil || c.Divider != ""
}

func (c Choice) id(prefix string, index int) string {
	switch {
	case c.ID != "":
		return c.ID
	case index > 0:
		return prefix + "-" + strconv.Itoa(index+1)
	}
	return prefix
}

func (c Choice) checked(values ...string) bool {
	if c.Checked != Unset {
		return c.Checked == Yes
	}
	return slices.Contains(values, c.Value)
}

// label gives the choice's own label, with the class of its kind.
func (c Choice) label(id, class string) Label {
	return Label{Text: c.Text, HTML: c.HTML, For: id, Classes: classes(class, c.Label.Classes), Attributes: c.Label.Attributes}
}

func (c Choice) hint(id, class string) Hint {
	h := c.Hint
	h.ID, h.Classes = id+"-item-hint", classes(class, h.Classes)
	return h
}
