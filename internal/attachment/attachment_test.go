package attachment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"inkingi/internal/fault"
)

// drawn is a picture, w by h: its left upper corner red, the rest blue.
func drawn(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{B: 0xff, A: 0xff})
			if x < w/2 && y < h/2 {
				m.SetRGBA(x, y, color.RGBA{R: 0xff, A: 0xff})
			}
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tagged puts an EXIF part into a JPEG: how the camera was held, and a word.
func tagged(content []byte, order binary.AppendByteOrder, held uint16, word string) []byte {
	tiff := []byte("MM\x00*")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		tiff = []byte("II*\x00")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, held)
	tiff = append(tiff, 0, 0)
	tiff = append(order.AppendUint32(tiff, 0), word...)
	part := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))...)
	return append(append(out, part...), content[2:]...)
}

func says(err error, key string) bool {
	var f *fault.Fault
	return errors.As(err, &f) && f.Key == key && f.Field == "file"
}

func TestNothingOfTheCameraIsLeft(t *testing.T) {
	const where = "GPS 3°22'S 29°21'E Nokia Zqxaabyv"
	from := tagged(jpegOf(t, drawn(40, 20)), binary.BigEndian, 1, where)
	if !bytes.Contains(from, []byte(where)) {
		t.Fatal("the place does not stand in the picture")
	}
	f, err := Clean(from)
	if err != nil || f.Type != JPEG {
		t.Fatal(f.Type, err)
	}
	for _, word := range []string{"GPS", "Nokia", "Exif", "Zqxaabyv"} {
		if bytes.Contains(f.Content, []byte(word)) {
			t.Errorf("%s is left", word)
		}
	}
}

// A picture stands upright, however the camera was held: the red corner is found
// where EXIF says the upper left corner is.
func TestPicturesStandUpright(t *testing.T) {
	for held := uint16(1); held <= 8; held++ {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			f, err := Clean(tagged(jpegOf(t, drawn(64, 32)), order, held, ""))
			if err != nil {
				t.Fatal(err)
			}
			m, err := jpeg.Decode(bytes.NewReader(f.Content))
			if err != nil {
				t.Fatal(err)
			}
			w, h := 64, 32
			if held >= 5 {
				w, h = h, w
			}
			if m.Bounds().Dx() != w || m.Bounds().Dy() != h {
				t.Errorf("held %d: %v", held, m.Bounds())
			}
			right := held == 2 || held == 3 || held == 6 || held == 7
			low := held == 3 || held == 4 || held == 7 || held == 8
			x, y := w/8, h/8
			if right {
				x = w - 1 - x
			}
			if low {
				y = h - 1 - y
			}
			if r, _, b, _ := m.At(x, y).RGBA(); r < 0x8000 || b > 0x8000 {
				t.Errorf("held %d: no red at %d,%d", held, x, y)
			}
		}
	}
}

func TestPicturesBecomeSmall(t *testing.T) {
	for _, one := range []struct{ w, h, toW, toH int }{{2400, 1200, 1600, 800}, {300, 3200, 150, 1600}, {10, 20, 10, 20}, {1601, 1, 1600, 1}} {
		f, err := Clean(jpegOf(t, drawn(one.w, one.h)))
		if err != nil {
			t.Fatal(err)
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(f.Content))
		if err != nil || config.Width != one.toW || config.Height != one.toH {
			t.Errorf("%dx%d became %dx%d: %v", one.w, one.h, config.Width, config.Height, err)
		}
	}
}

// What is transparent becomes paper; a moving picture keeps its first.
func TestOtherPicturesAreDrawnToo(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	f, err := Clean(b.Bytes())
	if err != nil || f.Type != JPEG {
		t.Fatal(f.Type, err)
	}
	m, err := jpeg.Decode(bytes.NewReader(f.Content))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, blue, _ := m.At(4, 4).RGBA(); r < 0xf000 || g < 0xf000 || blue < 0xf000 {
		t.Errorf("transparent became %x %x %x", r, g, blue)
	}
	b.Reset()
	if err := gif.Encode(&b, drawn(8, 8), nil); err != nil {
		t.Fatal(err)
	}
	if f, err := Clean(b.Bytes()); err != nil || f.Type != JPEG {
		t.Error(f.Type, err)
	}
}

// What a file is is seen by its content, whatever it is called.
func TestWhatIsKept(t *testing.T) {
	const head = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	for _, one := range []struct{ what, content, key string }{
		{"nothing", "", "fault.attachment.missing"},
		{"a program", "MZ\x90\x00\x03", "fault.attachment.kind"},
		{"an archive", "PK\x03\x04\x14", "fault.attachment.kind"},
		{"a web page", "  <!DOCTYPE html><script>alert(1)</script>", "fault.attachment.kind"},
		{"a page that begins late", "\n\t<HTML><body>", "fault.attachment.kind"},
		{"a drawing that runs", "<svg onload=alert(1)>", "fault.attachment.kind"},
		{"text in no alphabet", "caf\xe9", "fault.attachment.kind"},
		{"text with a bell", "a\x07b", "fault.attachment.kind"},
		{"a long text", strings.Repeat("é", MostText/2+1), "fault.attachment.kind"},
		{"a picture that is cut", string(jpegOf(t, drawn(64, 64))[:300]), "fault.attachment.broken"},
		{"a picture of gigabytes", head + "\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00\x10\x0c\x7c\x6b", "fault.attachment."},
		{"a PDF with a script", "%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>", "fault.attachment.active"},
		{"a PDF with a file in it", "%PDF-1.7\n<</Type/EmbeddedFile>>", "fault.attachment.active"},
		{"a PDF that is short of JS", "%PDF-1.7\n<</JS(app.alert)>>", "fault.attachment.active"},
		{"too much", "%PDF-1.7\n" + strings.Repeat("x", Most), "fault.attachment.big"},
	} {
		_, err := Clean([]byte(one.content))
		var f *fault.Fault
		if !errors.As(err, &f) || f.Field != "file" || !strings.HasPrefix(f.Key, one.key) || f.Kind != fault.Invalid {
			t.Errorf("%s: %v", one.what, err)
		}
	}
	for what, one := range map[string]struct {
		content string
		kind    Type
	}{"a PDF": {"%PDF-1.7\n<</Type/Catalog/AAB 1>>", PDF}, "a text": {"\ufeffUmva: ça va ?\r\n\tላ < 3", Text}} {
		f, err := Clean([]byte(one.content))
		if err != nil || f.Type != one.kind || string(f.Content) != one.content {
			t.Errorf("%s: %s %v", what, f.Type, err)
		}
	}
	if !says(TooBig(), "fault.attachment.big") {
		t.Error("too big has no words")
	}
}

// Whatever comes, nothing falls over, and what is kept is one of the types.
func FuzzClean(f *testing.F) {
	f.Add(tagged(jpegOf(f, drawn(8, 8)), binary.LittleEndian, 6, "x"))
	f.Add([]byte("%PDF-1.4"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := Clean(content)
		if err == nil && got.Type != JPEG && got.Type != PDF && got.Type != Text {
			t.Errorf("kept as %q", got.Type)
		}
	})
}
