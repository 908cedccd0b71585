// Package attachment says what a file really is, by its content and never by its
// name, and makes it small and harmless before it is kept.
//
// A picture is drawn anew: nothing that the camera wrote beside it is left, no
// place, no time, no telephone. What is not a picture, a PDF or plain text is
// refused. The room keeps no file and opens none from a disk; it does not look
// for what is drawn in a picture, nor clean what a PDF says about its author.
package attachment

import (
	"bytes"
	"unicode/utf8"

	"inkingi/internal/fault"
)

// Type is what a file is.
type Type string

// The types that are kept. Every picture becomes a JPEG.
const (
	JPEG Type = "image/jpeg"
	PDF  Type = "application/pdf"
	Text Type = "text/plain"
)

// Extension is the end of a name of that type.
func (t Type) Extension() string {
	switch t {
	case JPEG:
		return ".jpg"
	case PDF:
		return ".pdf"
	}
	return ".txt"
}

// Limits of a file [J]: a telephone's photograph and a scanned form pass; a film
// does not.
const (
	Most     = 10 << 20 // bytes, as it comes
	MostText = 1 << 20
)

// File is a file as it will be kept.
type File struct {
	Type    Type
	Content []byte
}

// field is the field of a form that files are chosen in.
const field = "file"

// Clean gives the file as it may be kept. A large picture takes a hundred megabytes
// of memory: call it one at a time. Faults, all Invalid at "file":
// "fault.attachment.missing", "fault.attachment.big" with Max in megabytes,
// "fault.attachment.kind" for a type that is not kept, "fault.attachment.broken"
// for a picture that cannot be drawn, "fault.attachment.active" for a PDF that
// does something when it is opened, "fault.attachment.locked" for one that cannot be
// looked into.
func Clean(content []byte) (File, error) {
	switch {
	case len(content) == 0:
		return File{}, fault.Field(field, "fault.attachment.missing")
	case len(content) > Most:
		return File{}, TooBig()
	case bytes.HasPrefix(content, []byte("%PDF-")):
		if key := active(content); key != "" {
			return File{}, fault.Field(field, key)
		}
		return File{PDF, content}, nil
	case pictured(content):
		drawn, err := redraw(content)
		return File{JPEG, drawn}, err
	case written(content):
		return File{Text, content}, nil
	}
	return File{}, fault.Field(field, "fault.attachment.kind")
}

// TooBig is the fault of a file over the limit.
func TooBig() error {
	return fault.FieldArgs(field, "fault.attachment.big", map[string]any{"Max": Most >> 20})
}

// written says whether a file is plain text: UTF-8 without control characters,
// and no page of the web in disguise.
func written(content []byte) bool {
	if len(content) > MostText || !utf8.Valid(content) {
		return false
	}
	for _, b := range content {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7f {
			return false
		}
	}
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\ufeff")), " \t\r\n"))
	for _, tag := range []string{"<!", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return false
		}
	}
	return true
}
