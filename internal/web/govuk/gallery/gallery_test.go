package gallery

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"inkingi/internal/lang"
	"inkingi/internal/web/govuk"
)

var pages = map[string]func() templ.Component{"work": Work, "case": Case, "signal": Signal, "sent": Sent}

func render(t *testing.T, page templ.Component) []byte {
	t.Helper()
	l, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := govuk.WithWords(t.Context(), govuk.Speak(l.Printer("fr").T))
	var b bytes.Buffer
	if err := page.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGallery writes every page with its assets where they can be looked at:
// in a temporary folder, or in INKINGI_GALLERY if that is set.
func TestGallery(t *testing.T) {
	folder := os.Getenv("INKINGI_GALLERY")
	if folder == "" {
		folder = t.TempDir()
	}
	if err := os.MkdirAll(filepath.Join(folder, govuk.AssetPrefix), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range govuk.Files() {
		if err := os.WriteFile(filepath.Join(folder, f.Path), f.Body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, page := range pages {
		body := render(t, page())
		if err := os.WriteFile(filepath.Join(folder, name+".html"), body, 0o644); err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		inspect(t, name, doc)
	}
}

// inspect holds a page to what every page must keep.
func inspect(t *testing.T, name string, doc *html.Node) {
	ids, fors, headings := map[string]bool{}, map[string]bool{}, 0
	var fields, refs []string
	walk(doc, func(n *html.Node) {
		a := attributes(n)
		if id := a["id"]; id != "" {
			if ids[id] {
				t.Errorf("%s: two elements are called %q", name, id)
			}
			ids[id] = true
		}
		for key := range a {
			if key == "style" || strings.HasPrefix(key, "on") {
				t.Errorf("%s: <%s> carries %s, which the content security policy forbids", name, n.Data, key)
			}
		}
		switch n.Data {
		case "h1":
			headings++
		case "label":
			fors[a["for"]] = true
		case "input", "select", "textarea":
			fields = append(fields, a["id"])
		case "script":
			if a["src"] == "" {
				t.Errorf("%s: a script stands in the page", name)
			}
		case "style":
			t.Errorf("%s: a style stands in the page", name)
		}
		refs = append(refs, strings.Fields(a["aria-describedby"])...)
		refs = append(refs, strings.Fields(a["aria-labelledby"])...)
	})
	if headings != 1 {
		t.Errorf("%s has %d h1", name, headings)
	}
	for _, f := range fields {
		if !fors[f] {
			t.Errorf("%s: field %q has no label", name, f)
		}
	}
	for _, r := range refs {
		if !ids[r] {
			t.Errorf("%s: %q is described by nothing", name, r)
		}
	}
}

// A class of ours that the style sheet does not know is a slip of the pen.
func TestEveryClassOfOursHasAStyle(t *testing.T) {
	var css string
	for _, f := range govuk.Files() {
		if f.Name == govuk.CSS {
			css = string(f.Body)
		}
	}
	seen := map[string]bool{}
	for name, page := range pages {
		doc, err := html.Parse(bytes.NewReader(render(t, page())))
		if err != nil {
			t.Fatal(err)
		}
		walk(doc, func(n *html.Node) {
			for _, c := range strings.Fields(attributes(n)["class"]) {
				if strings.HasPrefix(c, "ink-") && !seen[c] {
					seen[c] = true
					if !strings.Contains(css, "."+c) {
						t.Errorf("%s: no style for %q", name, c)
					}
				}
			}
		})
	}
	if len(seen) < 50 {
		t.Errorf("only %d classes of ours stand in the gallery", len(seen))
	}
}

func walk(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func attributes(n *html.Node) map[string]string {
	a := map[string]string{}
	for _, x := range n.Attr {
		a[x.Key] = x.Val
	}
	return a
}

// The components' own words must be the reader's: nothing English may be left
// on a French page.
func TestNoEnglishOnAFrenchPage(t *testing.T) {
	english := govuk.English()
	for name, page := range pages {
		body := string(render(t, page()))
		for _, word := range []string{english.Error + ":", ">" + english.Back + "<", english.ShowPassword, english.ExitThisPage, ">" + english.Next + "<", "You can enter", ">Warning<", ">Day<", "There is a problem"} {
			if strings.Contains(body, word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}
