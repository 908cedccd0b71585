package exchange

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"inkingi/countries"
	"inkingi/internal/fault"
	"inkingi/internal/vault"
)

// MaxWizard is how many columns a page asks about; a list with more comes in at
// the console.
const MaxWizard = 60

// Text writes a mapping as [ReadMapping] reads it; the same mapping is the same
// text.
func (m Mapping) Text() (string, error) {
	text, err := yaml.Marshal(m)
	return string(text), err
}

// DraftMapping reads what [Mapping.Text] wrote, though not all is said yet.
func DraftMapping(text string) (*Mapping, error) { return readDraft(strings.NewReader(text)) }

// Check says what a mapping lacks, as [ReadMapping] does.
func (m *Mapping) Check(c *countries.Country) error { return m.check(c) }

// Headings reads the row of the headings, for who is to say what they mean: as
// they stand, a column without one as its letter. Faults are Invalid: about the
// file, or "legacy.heading.none", "legacy.heading.many".
func (m *Mapping) Headings(f File) ([]Heading, error) {
	t, err := m.open(f)
	for err == nil {
		var line int
		var cells []Cell
		if line, cells, err = t.next(); err != nil || line < m.Header {
			continue
		}
		if line > m.Header {
			break
		}
		return headings(cells)
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = fault.New(fault.Invalid, "legacy.heading.none")
	}
	return nil, err
}

// Heading is a column of a file: how the mapping calls it.
type Heading struct{ Heading, Letter string }

// Name is the heading, or the letter.
func (h Heading) Name() string {
	if h.Heading != "" {
		return h.Heading
	}
	return h.Letter
}

func headings(cells []Cell) ([]Heading, error) {
	for len(cells) > 0 && cells[len(cells)-1].blank() {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) == 0:
		return nil, fault.New(fault.Invalid, "legacy.heading.none")
	case len(cells) > MaxWizard:
		return nil, fault.New(fault.Invalid, "legacy.heading.many")
	}
	times := map[string]int{}
	for _, c := range cells {
		times[strings.TrimSpace(c.Text)]++
	}
	all := make([]Heading, len(cells))
	for i, c := range cells {
		if text := strings.TrimSpace(c.Text); text != "" && times[text] == 1 && readable(text) {
			all[i].Heading = text
		} else {
			all[i].Letter = letter(i)
		}
	}
	return all, nil
}

// readable says whether a heading may stand on a page.
func readable(s string) bool {
	return len(s) <= 200 && !strings.ContainsAny(s, "\x00\r\n\t") && s == strings.ToValidUTF8(s, "")
}

// Fits refuses a spreadsheet that says it unpacks into more than most bytes: its
// shared texts stand in memory. What a zip holds beyond what it says is not read.
func Fits(f File, most uint64) error {
	var head [4]byte
	if _, err := f.ReadAt(head[:], 0); err != nil || string(head[:]) != "PK\x03\x04" {
		return nil
	}
	z, err := zip.NewReader(f, f.Size)
	if err != nil {
		return fault.New(fault.Invalid, "legacy.file.broken")
	}
	for _, part := range z.File {
		if part.UncompressedSize64 > most {
			return fault.New(fault.Invalid, "legacy.file.large")
		}
		most -= part.UncompressedSize64
	}
	return nil
}

// Suggest proposes what a heading means, "" for one that is not known. It is
// offered to who decides, and never taken: how dates are written is not proposed.
func Suggest(heading string) As {
	words := strings.Fields(vault.Fold(heading))
	for _, s := range suggestions() {
		if slices.ContainsFunc(s.words, func(w string) bool { return slices.Contains(words, w) }) {
			return s.as
		}
	}
	return ""
}

type suggestion struct {
	as    As
	words []string // folded; the first line that has one of a heading's words is taken
}

// suggestions are words that stand in the headings of lists here [J].
func suggestions() []suggestion {
	return []suggestion{
		{Personal, []string{"nom", "prenom", "name", "surname", "izina", "telephone", "phone", "adresse", "address", "cni", "passeport", "passport", "birth", "birthdate", "naissance", "ne"}},
		{Text, []string{"recit", "histoire", "notes", "note", "observation", "observations", "story", "remarks", "commentaire"}},
		{Sex, []string{"sexe", "sex", "genre", "gender", "igitsina"}},
		{Age, []string{"age", "imyaka"}},
		{Nationality, []string{"nationalite", "nationality", "citizenship"}},
		{Form, []string{"exploitation", "forme", "form"}},
		{Status, []string{"statut", "status"}},
		{Responder, []string{"organisation", "organization", "ong", "ngo", "responder"}},
		{Province, []string{"province", "intara"}},
		{Commune, []string{"commune", "komine"}},
		{Zone, []string{"zone"}},
		{Colline, []string{"colline", "umutumba"}},
		{When, []string{"date", "arrivee", "annee", "year", "event"}},
		{People, []string{"nombre", "effectif", "people", "number"}},
		{Running, []string{"no", "n", "numero", "id", "#"}},
	}
}

// Meanings lists what a column can mean, in the order in which a page offers it.
func Meanings() []As { return meanings() }

// Codes is the code list of a meaning's values, "" for none.
func (a As) Codes() countries.ListName { return a.list() }
