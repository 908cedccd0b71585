package paper

// Summary is what a person has a right to know of her own file. All but the code
// are sentences of the language, the newest first.
type Summary struct {
	Code   string
	Day    string
	Keeper string   // the organisation that keeps the file
	Kept   []string // what is kept
	Got    []string // who received something
	Agreed []string // what she answered, what comes next
}

// Paper writes the summary in plain words.
func (s Summary) Paper(w Words) Paper {
	p := begin(w, Sheet, w.T("paper.summary.title"))
	p.Code = s.Code
	p.add(Part{Kind: Note, Text: w.T("paper.summary.safe")},
		Part{Kind: Code, Name: w.T("paper.code"), Text: s.Code})
	p.fact(w.T("paper.summary.keeper"), s.Keeper)
	p.fact(w.T("paper.summary.day"), s.Day)
	for _, one := range []struct {
		title string
		items []string
		none  string
	}{
		{w.T("paper.summary.kept"), s.Kept, w.T("paper.summary.kept.none")},
		{w.T("paper.summary.got"), s.Got, w.T("paper.summary.got.none")},
		{w.T("paper.summary.agreed"), s.Agreed, w.T("paper.summary.agreed.none")},
	} {
		p.add(Part{Kind: Heading, Text: one.title})
		if len(one.items) == 0 {
			p.add(Part{Kind: Text, Text: one.none})
		} else {
			p.add(Part{Kind: List, Items: one.items})
		}
	}
	p.add(Part{Kind: Heading, Text: w.T("paper.rights.title")},
		Part{Kind: List, Items: Rights(w)})
	return p
}

// Rights are what she may ask for, a sentence each.
func Rights(w Words) []string {
	return []string{w.T("paper.rights.read"), w.T("paper.rights.who"), w.T("paper.rights.correct"), w.T("paper.rights.back"),
		w.T("paper.rights.erase"), w.T("paper.rights.complain")}
}
