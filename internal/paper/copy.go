package paper

// Copy is somebody's own file, for her: what she said of herself, what she wants,
// and the summary of the rest.
type Copy struct {
	Summary
	Facts  [][2]string // what she said of herself: name of the fact, and its text
	Wishes []string    // what she wants, and who does what for it
}

// Paper writes the copy in plain words. The warning stands first: what she carries
// can be found on her.
func (c Copy) Paper(w Words) Paper {
	p := c.Summary.Paper(w)
	p.Title = w.T("paper.copy.title")
	own := []Part{{Kind: Note, Text: w.T("paper.copy.safe")}, {Kind: Heading, Text: w.T("paper.copy.self")}}
	for _, f := range c.Facts {
		if f[1] != "" {
			own = append(own, Part{Kind: Fact, Name: f[0], Text: f[1]})
		}
	}
	if len(c.Wishes) > 0 {
		own = append(own, Part{Kind: Heading, Text: w.T("paper.copy.wishes")}, Part{Kind: List, Items: c.Wishes})
	}
	left := Part{Kind: Note, Text: w.T("paper.copy.left")}
	p.Parts = append(append(own, p.Parts...), left)
	return p
}
