package shell

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"inkingi/internal/fault"
)

// maxUploadDrain is what is let pass of a file that is too big, so that a browser
// hears our answer; whoever sends more hears a broken line.
const maxUploadDrain = 64 << 20

// upload is the one file that came with a form.
type upload struct {
	field, name string
	content     []byte
	big         bool
}

// parts reads a body of several parts, nil when it is none or none is wanted.
func (c *Context) parts() *multipart.Reader {
	if c.Route.Upload <= 0 || c.r.Body == nil || c.r.Body == http.NoBody {
		return nil
	}
	kind, how, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" || how["boundary"] == "" {
		return nil
	}
	return multipart.NewReader(c.r.Body, how["boundary"])
}

// readParts reads the fields and at most one file, part by part: no more than the
// two limits stands in memory. Fields that stand before a file that is too big are
// kept.
func readParts(parts *multipart.Reader, fields, most int64) (url.Values, upload, error) {
	values, file, left := url.Values{}, upload{}, fields
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return values, file, nil
		case err != nil:
			return values, file, fault.Wrap(fault.Invalid, "shell.body", err)
		case n >= maxFields:
			return values, file, fault.New(fault.Invalid, "shell.too-big")
		}
		if name := part.FileName(); name != "" || part.Header.Get("Content-Type") != "" {
			if file.field != "" { // one file a form: a second is not read
				return values, file, fault.New(fault.Invalid, "shell.too-big")
			}
			if file, err = readFile(part, name, most); err != nil || file.big {
				return values, file, err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return values, file, fault.Wrap(fault.Invalid, "shell.body", err)
		}
		if left -= int64(len(text)); left < 0 {
			return values, file, fault.New(fault.Invalid, "shell.too-big")
		}
		values.Add(part.FormName(), string(text))
	}
}

func readFile(part *multipart.Part, name string, most int64) (upload, error) {
	file := upload{field: part.FormName(), name: name}
	content, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return file, fault.Wrap(fault.Invalid, "shell.body", err)
	}
	if int64(len(content)) > most {
		file.big = true
		_, _ = io.Copy(io.Discard, io.LimitReader(part, maxUploadDrain))
		return file, nil
	}
	file.content = content
	return file, nil
}

// File gives the file that was chosen in a field: its name, cleaned of what cannot
// be seen, and its content, nil when none was. One that is too big is a fault at
// the field; everything else that was typed stands.
func (f *Form) File(field string) (name string, content []byte) {
	if f.file.field != field {
		return "", nil
	}
	if f.file.big {
		f.Fail(field, "shell.file.big", "Max", int(f.c.Route.Upload>>20))
	}
	return clean(f.file.name, false), f.file.content
}

// Download answers with a file of somebody's, to be kept and never shown by the
// browser here: under a name that says nothing, in a sandbox, with its type and no
// other (OWASP File Upload Cheat Sheet) [M].
func (c *Context) Download(name, contentType string, body []byte) error {
	err := c.Blob(contentType, body)
	h := c.w.Header()
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	return err
}
