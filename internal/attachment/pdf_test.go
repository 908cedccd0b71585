package attachment

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"inkingi/internal/fault"
)

// deflated packs as PDF writers do.
func deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.String()
}

// object is an object of a PDF with a stream.
func object(dict, body string) string {
	return fmt.Sprintf("%%PDF-1.7\n5 0 obj<<%s/Length %d>>\nstream\r\n%s\nendstream\nendobj\n", dict, len(body), body)
}

// Whatever a PDF does when it is opened is seen where it stands in clear, where its name
// is escaped, and where its objects are packed; what cannot be looked into is refused.
func TestActivePDF(t *testing.T) {
	const objects = "/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
	for name, one := range map[string]struct{ content, key string }{
		"a program in clear":          {"%PDF-1.7\n1 0 obj<</S/Launch/F(cmd.exe)>>", "fault.attachment.active"},
		"a file in the file":          {"%PDF-1.7\n<</Names<</EmbeddedFiles 3 0 R>>>>", "fault.attachment.active"},
		"a form that is sent":         {"%PDF-1.7\n<</S/SubmitForm/F(http://example.org)>>", "fault.attachment.active"},
		"a script by an escaped name": {"%PDF-1.7\n1 0 obj<</S/J#61vaScript/#4a#53(app.alert)>>", "fault.attachment.active"},
		"a script that is packed":     {object(objects, deflated("1 0 <</S/JavaScript/JS(app.alert)>>")), "fault.attachment.active"},
		"packed and escaped":          {object("/Type/Obj#53tm/Filter/FlateDecode", deflated("1 0 <</S/Java#53cript>>")), "fault.attachment.active"},
		"a launch in a packed list":   {object("/Type /ObjStm /Filter [/FlateDecode]", deflated("<</S/Launch>>")), "fault.attachment.active"},
		"objects that are not packed": {object("/Type/ObjStm", "1 0 <</S/JavaScript>>"), "fault.attachment.active"},
		"packed twice":                {object("/Type/ObjStm/Filter[/FlateDecode/FlateDecode]", deflated(deflated("<</S/Launch>>"))), "fault.attachment.locked"},
		"packed by another way":       {object("/Type/ObjStm/Filter/LZWDecode", "x"), "fault.attachment.locked"},
		"packed with a prediction":    {object(objects+"/DecodeParms<</Predictor 12>>", deflated("x")), "fault.attachment.locked"},
		"packed and broken":           {object(objects, "no zlib"), "fault.attachment.locked"},
		"packed nothing, gigabytes":   {object(objects, deflated(strings.Repeat(" ", mostUnpacked+1))), "fault.attachment.locked"},
		"a password":                  {"%PDF-1.7\ntrailer<</Encrypt 9 0 R>>", "fault.attachment.locked"},
		"a stream without an end":     {"%PDF-1.7\n<<>>stream\n<</S/Launch>>", "fault.attachment.active"},
		"a page":                      {object("/Filter/FlateDecode", deflated("BT (un certificat) Tj ET")), ""},
		"packed and harmless":         {object(objects, deflated("1 0 <</Type/Catalog/AAB 1/JSX 2>>")), ""},
	} {
		_, err := Clean([]byte(one.content))
		var f *fault.Fault
		if got := ""; errors.As(err, &f) {
			if got = f.Key; got != one.key || f.Field != "file" {
				t.Errorf("%s: %s", name, got)
			}
		} else if one.key != "" || err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A scanned page is not taken for a script: three bytes by chance mean nothing. Ten
// megabytes of noise hold "/JS" or "/AA" more often than not.
func TestAScannedPageIsNoScript(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 8<<20)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	noise = append(noise, "/JS /AA "...)
	if _, err := Clean([]byte(object("/Subtype/Image/Filter/DCTDecode", string(noise)))); err != nil {
		t.Error(err)
	}
}
