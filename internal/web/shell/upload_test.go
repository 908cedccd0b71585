package shell

import (
	"bytes"
	"io"
	"mime/multipart"
	"strings"
	"testing"

	"inkingi/internal/fault"
)

// sentParts are the parts of a form with files.
func sentParts(t *testing.T, write func(*multipart.Writer)) *multipart.Reader {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	write(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return multipart.NewReader(&b, w.Boundary())
}

func file(w *multipart.Writer, field, name, content string) {
	part, _ := w.CreateFormFile(field, name)
	_, _ = io.WriteString(part, content)
}

func TestReadParts(t *testing.T) {
	values, f, err := readParts(sentParts(t, func(w *multipart.Writer) {
		_ = w.WriteField("kind", "MEDICAL")
		file(w, "file", "été ላ.pdf", "12345678")
		_ = w.WriteField("face", "no")
	}), 100, 8)
	if err != nil || values.Get("kind") != "MEDICAL" || values.Get("face") != "no" || f.name != "été ላ.pdf" || string(f.content) != "12345678" || f.big {
		t.Errorf("%v %+v %v", values, f, err)
	}
	for _, one := range []struct {
		what  string
		write func(*multipart.Writer)
		big   bool
		key   string
	}{
		{"a file one byte too big", func(w *multipart.Writer) { _ = w.WriteField("kind", "MEDICAL"); file(w, "file", "a", "123456789") }, true, ""},
		{"a field too long", func(w *multipart.Writer) {
			_ = w.WriteField("kind", "MEDICAL")
			_ = w.WriteField("words", strings.Repeat("x", 200))
		}, false, "shell.too-big"},
		{"two files", func(w *multipart.Writer) {
			_ = w.WriteField("kind", "MEDICAL")
			file(w, "file", "a", "1")
			file(w, "other", "b", "2")
		}, false, "shell.too-big"},
		{"too many fields", func(w *multipart.Writer) {
			_ = w.WriteField("kind", "MEDICAL")
			for range maxFields + 1 {
				_ = w.WriteField("x", "")
			}
		}, false, "shell.too-big"},
	} {
		values, f, err := readParts(sentParts(t, one.write), 100, 8)
		if values.Get("kind") != "MEDICAL" {
			t.Errorf("%s: what was chosen before is lost", one.what)
		}
		if f.big != one.big || (one.key == "") != (err == nil) || err != nil && fault.Of(err).Key != one.key {
			t.Errorf("%s: %+v %v", one.what, f, err)
		}
	}
	if _, _, err := readParts(multipart.NewReader(strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut"), "x"), 100, 8); err == nil || fault.Of(err).Key != "shell.body" {
		t.Errorf("a line that broke: %v", err)
	}
}
