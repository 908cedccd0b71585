package paper_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/paper"
)

var update = flag.Bool("update", false, "rewrite the pictures")

// tool runs a program of the bench; without it the test fails and says what to install.
func tool(t *testing.T, of, name string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("needs %s: install %s, or run ./check, which does", name, of)
	}
	var wrong bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, wrong.String())
	}
	return out
}

// file writes a paper into a folder of the test.
func file(t *testing.T, b []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// pages prints a paper as a plain printer does: black or white, 300 dots an inch.
func pages(t *testing.T, pdf []byte) []string {
	t.Helper()
	name := file(t, pdf)
	stem := strings.TrimSuffix(name, ".pdf")
	tool(t, "poppler-utils", "pdftoppm", "-mono", "-r", "300", name, stem)
	all, err := filepath.Glob(stem + "-*.pbm")
	if err != nil || len(all) == 0 {
		t.Fatal("no page was printed", err)
	}
	slices.Sort(all)
	return all
}

const (
	block  = 8 // dots of a page that are one dot of a kept picture; eight are a byte
	shades = 16
)

func grays() (all color.Palette) {
	for i := range shades {
		all = append(all, color.Gray{Y: uint8(255 - i*255/(shades-1))})
	}
	return all
}

// shrunk keeps of a page how black each block of it is. The page is a portable
// bit map (P4): a row is whole bytes, a set bit is black.
func shrunk(t *testing.T, page string) *image.Paletted {
	t.Helper()
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var wide, high int
	if _, err := fmt.Sscanf(string(b[:min(len(b), 40)]), "P4\n%d %d\n", &wide, &high); err != nil {
		t.Fatal(page, err)
	}
	row := (wide + 7) / 8
	dots := b[len(b)-row*high:]
	small := image.NewPaletted(image.Rect(0, 0, wide/block, high/block), grays())
	for y := range high / block {
		for x := range wide / block {
			ink := 0
			for i := range block {
				ink += bits.OnesCount8(dots[(y*block+i)*row+x])
			}
			small.SetColorIndex(x, y, uint8((ink*(shades-1)+block*block/2)/(block*block)))
		}
	}
	return small
}

// kept reads a picture that somebody has looked at.
func kept(t *testing.T, name string) *image.Paletted {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err, "(run the test with -update, and look at the pictures)")
	}
	picture, err := png.Decode(bytes.NewReader(b))
	small, ok := picture.(*image.Paletted)
	if err != nil || !ok {
		t.Fatal(name, "is not as it was kept", err)
	}
	return small
}

// differing counts the blocks that are clearly blacker or whiter.
func differing(a, b *image.Paletted) int {
	if a.Rect != b.Rect {
		return len(a.Pix)
	}
	n := 0
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d > 3 || d < -3 {
			n++
		}
	}
	return n
}

// allowed is how many blocks may differ: another release of the program that
// draws may round an edge. A lost accent is more than that, see below.
const allowed = 1

// TestPictures compares every paper in every language with the picture that
// somebody has looked at.
func TestPictures(t *testing.T) {
	for _, one := range every(t) {
		if (one.name == "full" || strings.Contains(one.name, "-")) && one.lang != "fr" {
			continue
		}
		t.Run(one.name+"-"+one.lang, func(t *testing.T) {
			t.Parallel()
			for i, page := range pages(t, one.pdf) {
				golden, got := filepath.Join("testdata", fmt.Sprintf("%s-%s-%d.png", one.name, one.lang, i+1)), shrunk(t, page)
				if *update {
					keep(t, golden, got)
				}
				if n := differing(kept(t, golden), got); n > allowed {
					t.Errorf("page %d differs from %s in %d places: look at both, then -update", i+1, golden, n)
				}
			}
		})
	}
}

func keep(t *testing.T, name string, picture image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPicturesTellAnAccent proves that the comparison sees what it must: an
// accent lost, a digit changed.
func TestPicturesTellAnAccent(t *testing.T) {
	w := voice(t, "fr")
	card := func(name, number string) *image.Paletted {
		return shrunk(t, pages(t, drawn(t, paper.Hotlines(w, []paper.Hotline{{Name: name, Number: number}})))[0])
	}
	was := card("Ligne d’aide à côté", "109")
	for what, got := range map[string]*image.Paletted{"an accent": card("Ligne d’aide a côté", "109"), "a digit": card("Ligne d’aide à côté", "106")} {
		if n := differing(was, got); n <= allowed {
			t.Errorf("%s: %d blocks differ", what, n)
		}
	}
	if n := differing(was, card("Ligne d’aide à côté", "109")); n > 0 {
		t.Errorf("the same card printed twice differs in %d blocks", n)
	}
}

// TestSquareIsRead reads the square of every paper from its printed page: it
// holds the code, and nothing else.
func TestSquareIsRead(t *testing.T) {
	w := voice(t, "fr")
	all := samples(w)
	for _, other := range []string{"0O1I-ZZZZ-9", "A", strings.Repeat("K7Q4-", 12)} {
		all["code "+other] = paper.Appointment{Code: other}.Paper(w)
	}
	for name, p := range all {
		if p.Format == paper.Pocket {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := code
			if _, other, ok := strings.Cut(name, "code "); ok {
				want = other
			}
			got := strings.TrimSpace(string(tool(t, "zbar-tools", "zbarimg", "--quiet", "--raw", pages(t, drawn(t, p))[0])))
			if got != want {
				t.Errorf("the square says %q, not %q", got, want)
			}
		})
	}
}

// TestWordsAreThere reads the words back from the file: all of them, in order,
// with their accents, and in letters that are embedded
// (emb) and can be copied as text (uni).
func TestWordsAreThere(t *testing.T) {
	for _, one := range every(t) {
		t.Run(one.name+"-"+one.lang, func(t *testing.T) {
			t.Parallel()
			pdf := file(t, one.pdf)
			got := squeezed(string(tool(t, "poppler-utils", "pdftotext", "-raw", pdf, "-")))
			for _, part := range one.paper.Parts {
				for _, text := range append([]string{one.paper.Title, part.Name, part.Text}, part.Items...) {
					if !strings.Contains(got, squeezed(text)) {
						t.Errorf("lacks %q", text)
					}
				}
			}
			for _, line := range strings.Split(strings.TrimSpace(string(tool(t, "poppler-utils", "pdffonts", pdf))), "\n")[2:] {
				if !strings.Contains(line, " yes no  yes ") {
					t.Errorf("a font is not in the file: %s", line)
				}
			}
		})
	}
}

// squeezed is a text without spaces: where lines are broken does not matter.
func squeezed(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\f' || r == '\u00a0' }), "")
}
