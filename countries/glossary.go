package countries

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Term is one line of the glossary: the words of the work in four languages,
// with how sure each is. Kirundi is a draft until a Burundian translator has
// read it.
type Term struct {
	Labels
	Confidence map[string]string // by language: "high", "high(attested)", "medium", "low"
}

// Term gives a line by its English words.
func (c *Country) Term(en string) (Term, bool) {
	for _, t := range c.glossary {
		if t.EN == en {
			return t, true
		}
	}
	return Term{}, false
}

// Glossary gives every line.
func (c *Country) Glossary() []Term { return slices.Clone(c.glossary) }

func (c *Country) readGlossary(files fs.FS) error {
	rows, err := table(files, "core/glossary.csv", "en", "fr", "rn", "sw", "confidence")
	if err != nil {
		return err
	}
	for _, row := range rows {
		t := Term{Labels{EN: row[0], FR: row[1], RN: row[2], SW: row[3]}, map[string]string{}}
		for _, pair := range strings.Split(row[4], ";") {
			lang, level, _ := strings.Cut(strings.TrimSpace(pair), "=")
			t.Confidence[lang] = level
		}
		if err := checked("core/glossary.csv", t.EN, t.Labels.check()); err != nil {
			return err
		}
		c.glossary = append(c.glossary, t)
	}
	return nil
}

// table reads a CSV file whose first line must be the given columns.
func table(files fs.FS, name string, columns ...string) ([][]string, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("%s: the columns are not %v", name, columns)
	}
	return rows[1:], nil
}
