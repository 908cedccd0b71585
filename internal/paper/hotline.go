package paper

// Hotline is a number to call.
type Hotline struct {
	Name      string
	Number    string
	Unchecked bool // nobody competent has confirmed it yet: a mark says so
}

// Hotlines writes the card of numbers: cards for a pocket, which look like any
// list of useful numbers.
func Hotlines(w Words, all []Hotline) Paper {
	p := begin(w, Pocket, w.T("paper.hotline.title"))
	for _, one := range all {
		name := one.Name
		if one.Unchecked {
			name += " (" + w.T("paper.hotline.unchecked") + ")"
		}
		p.add(Part{Kind: Number, Name: name, Text: one.Number})
	}
	p.add(Part{Kind: Note, Text: w.T("paper.hotline.nameless")})
	return p
}
