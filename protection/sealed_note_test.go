package protection

import (
	"slices"
	"testing"

	"inkingi/internal/ids"
)

func TestSealNoteChecks(t *testing.T) {
	r := burundi(t)
	good := SealNote{Kind: "HEALTH", Words: "She does not sleep.", Readers: []ids.Account{ids.New[ids.Account]()}}
	refuses(t, good, func(c SealNote) error { return c.Check(r) }, []bad[SealNote]{
		{"no kind", func(c *SealNote) { c.Kind = "" }, "kind", "fault.choice.missing"},
		{"a kind of no list", func(c *SealNote) { c.Kind = "x" }, "kind", "fault.code.unknown"},
		{"no word", func(c *SealNote) { c.Words = " \n" }, "words", "fault.text.missing"},
		{"words too long", func(c *SealNote) { c.Words = long(20001) }, "words", "fault.text.long"},
		{"for everybody", func(c *SealNote) { c.Readers = make([]ids.Account, mostReaders+1) }, "readers", "fault.number.range"},
	})
}

// The author always reads; nobody is named twice, and nobody who is barred.
func TestWhoReadsASealedNote(t *testing.T) {
	author, nurse, barred := ids.New[ids.Account](), ids.New[ids.Account](), ids.New[ids.Account]()
	of := Case{Conflicts: []Conflict{{Account: barred, Why: "ACCUSED"}}}
	for _, one := range []struct {
		what          string
		named, expect []ids.Account
	}{
		{"nobody", nil, []ids.Account{author}},
		{"herself", []ids.Account{author}, []ids.Account{author}},
		{"twice", []ids.Account{nurse, nurse, {}}, []ids.Account{author, nurse}},
	} {
		n, err := SealedNote{By: author, Readers: []ids.Account{author, ids.New[ids.Account]()}}.entrust(one.named, of)
		if err != nil || !slices.Equal(n.Readers, one.expect) {
			t.Errorf("%s: %v, %v", one.what, n.Readers, err)
		}
	}
	if _, err := (SealedNote{By: author}).entrust([]ids.Account{nurse, barred}, of); !says(err, "readers", "fault.conflict") {
		t.Errorf("who is barred is named: %v", err)
	}
}

func TestAttachChecks(t *testing.T) {
	r := burundi(t)
	good := Attach{Kind: "MEDICAL", Name: "papier d’été ላ.txt", Content: []byte("a paper"), Face: No}
	refuses(t, good, func(c Attach) error { _, err := c.Check(r); return err }, []bad[Attach]{
		{"no kind", func(c *Attach) { c.Kind = "" }, "kind", "fault.choice.missing"},
		{"a kind of no list", func(c *Attach) { c.Kind = "x" }, "kind", "fault.code.unknown"},
		{"nobody looked for a face", func(c *Attach) { c.Face = NotAsked }, "face", "fault.choice.missing"},
		{"a name too long", func(c *Attach) { c.Name = long(201) }, "name", "fault.text.long"},
		{"no file", func(c *Attach) { c.Content = nil }, "file", "fault.attachment.missing"},
		{"a program called a picture", func(c *Attach) { c.Name, c.Content = "photo.jpg", []byte("MZ\x90\x00") }, "file", "fault.attachment.kind"},
	})
	for name, want := range map[string]string{`C:\Dossiers\été.pdf`: "été.pdf", "/a/b/c.txt": "c.txt", "ላ.txt": "ላ.txt", "..": ".."} {
		if got := baseName(name); got != want {
			t.Errorf("%s becomes %s", name, got)
		}
	}
}

// A face is kept on an adult's own paper only (PROCESS.md §2.9.8).
func TestNoFaceInACase(t *testing.T) {
	for _, child := range []bool{false, true} {
		for _, kind := range burundi(t).Codes("attachment_kind") {
			for _, face := range []Answer{Yes, No, Unknown} {
				err := Attach{Kind: kind, Face: face}.face(Case{Child: child})
				may := face == No || face == Yes && kind == "IDENTITY" && !child
				if (err == nil) != may {
					t.Errorf("child %v, %s, face %s: %v", child, kind, face, err)
				}
			}
		}
	}
}
