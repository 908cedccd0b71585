package attachment

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
)

// What a PDF calls that which happens when it is opened, or travels in it: a script, a
// program, a form that is sent, a file in the file (ISO 32000-1 §12.6.4, §7.11.4) [M].
// The short ones are looked for outside streams only: three bytes turn up by chance in
// a scanned page.
var (
	acts = regexp.MustCompile(`/(JavaScript|Launch|EmbeddedFiles?|RichMedia|OpenAction|SubmitForm|ImportData|GoToE|Rendition)([^A-Za-z]|$)`)
	keys = regexp.MustCompile(`/(JS|AA|XFA)([^A-Za-z]|$)`)

	streams = regexp.MustCompile(`stream\r?\n`)
	packed  = regexp.MustCompile(`/ObjStm([^A-Za-z]|$)`)
	filter  = regexp.MustCompile(`/Filter\s*\[?\s*/FlateDecode([^A-Za-z]|$)`)
	locked  = regexp.MustCompile(`/Encrypt([^A-Za-z]|$)`)
	escaped = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)
)

// mostUnpacked bounds what the objects of a file may grow to: a small file can hold
// gigabytes of nothing [J].
const mostUnpacked = 32 << 20

// active gives the key of the fault of a PDF that does something when it is opened, or
// that does not let itself be looked into: with a password, or with objects packed in
// another way than everybody packs them. "" when nothing was found. A picture or a page
// in it is not looked at: it does nothing.
func active(content []byte) string {
	left := mostUnpacked
	outside := make([]byte, 0, min(len(content), 1<<20))
	for rest := content; ; {
		at := streams.FindIndex(rest)
		if at == nil {
			outside = append(outside, rest...)
			break
		}
		head := rest[:at[0]]
		outside = append(append(outside, head...), '\n')
		body := rest[at[1]:]
		end := bytes.Index(body, []byte("endstream"))
		if end < 0 {
			outside = append(outside, body...)
			break
		}
		if dict := named(head); packed.Match(dict) {
			inner, ok := unpack(dict, body[:end], &left)
			if !ok {
				return "fault.attachment.locked"
			}
			outside = append(append(outside, inner...), '\n')
		}
		rest = body[end+len("endstream"):]
	}
	outside = named(outside)
	switch {
	case acts.Match(outside), keys.Match(outside), acts.Match(content): // a stream that is none to other readers hides nothing
		return "fault.attachment.active"
	case locked.Match(outside):
		return "fault.attachment.locked"
	}
	return ""
}

// unpack gives the objects of a stream that is packed as everybody packs it.
func unpack(dict, body []byte, left *int) ([]byte, bool) {
	if !bytes.Contains(dict, []byte("/Filter")) {
		return body, true
	}
	if !filter.Match(dict) || bytes.Count(dict, []byte("Decode")) != 1 { // once, and nothing predicted
		return nil, false
	}
	in, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, false
	}
	all, err := io.ReadAll(io.LimitReader(in, int64(*left)+1))
	if *left -= len(all); *left < 0 || err != nil {
		return nil, false
	}
	return all, true
}

// named writes names without escapes: #4a is J (ISO 32000-1 §7.3.5).
func named(content []byte) []byte {
	if !bytes.ContainsRune(content, '#') {
		return content
	}
	return escaped.ReplaceAllFunc(content, func(x []byte) []byte {
		b, _ := hex.DecodeString(string(x[1:]))
		return b
	})
}
