package paper

// Words are the sentences of one language; lang.Printer speaks them.
type Words interface {
	T(key string, args ...any) string
	Lang() string // code of the language
	Draft() bool  // no translator has read it yet
}

// Format is the size a paper is cut to.
type Format uint8

// The formats. All are printed on A4 (ISO 216).
const (
	Sheet  Format = iota // whole pages
	Card                 // one card of 105 mm width, to be cut out: one, so that no second copy lies about
	Pocket               // cards of 85 × 54 mm (near ISO/IEC 7810 ID-1), several to the page
)

// Kind is what a part is.
type Kind uint8

// The kinds of part.
const (
	Text    Kind = iota // a paragraph: Text
	Heading             // Text
	Note                // small print, of 9 points: Text
	Fact                // Name and its Text
	List                // Items
	Code                // Text as letters and as a square; Name says what it is
	Number              // a telephone number: Text, and whose it is: Name
	Line                // Name, and a line to write on
	Box                 // a box for a signature, a mark or a thumbprint, for each of Items
)

// Part is one thing on a paper. A part with nothing to say is not drawn.
type Part struct {
	Kind  Kind
	Name  string
	Text  string
	Items []string
}

// Paper is what stands on a paper, before ink or screen is chosen.
type Paper struct {
	Lang   string // code of the language
	Format Format
	Title  string
	Parts  []Part
	Draft  string // says that the translation is a draft, "" when it is none
	Code   string // at the foot of each page of several, so that they stay together
}

// begin is a paper with its title, in the language of the words.
func begin(w Words, f Format, title string) Paper {
	p := Paper{Lang: w.Lang(), Format: f, Title: title}
	if w.Draft() {
		p.Draft = w.T("paper.draft")
	}
	return p
}

func (p *Paper) add(parts ...Part) { p.Parts = append(p.Parts, parts...) }

// fact adds a fact, unless it is empty.
func (p *Paper) fact(name, text string) {
	if text != "" {
		p.add(Part{Kind: Fact, Name: name, Text: text})
	}
}

// texts lists everything that is written on the paper.
func (p Paper) texts() []string {
	all := []string{p.Title, p.Draft, p.Code}
	for _, part := range p.Parts {
		all = append(append(all, part.Name, part.Text), part.Items...)
	}
	return all
}
