package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"inkingi/internal/access"
	"inkingi/internal/web/shell"
)

var (
	shown   = regexp.MustCompile(`(?s)Td \((.*?)\) Tj`)
	escaped = regexp.MustCompile(`(?s)\\(.)`)
)

// pdfText is what a reader of a PDF sees, in the order it was drawn. Our papers
// leave their pages uncompressed, in UTF-16; one that does not is said to be
// unreadable, which fails the walk: nobody could tell what it gives away.
func pdfText(pdf string) (text string, readable bool) {
	var letters []uint16
	for _, m := range shown.FindAllStringSubmatch(pdf, -1) {
		b := escaped.ReplaceAllString(m[1], "$1")
		for i := 0; i+1 < len(b); i += 2 {
			letters = append(letters, uint16(b[i])<<8|uint16(b[i+1]))
		}
		letters = append(letters, ' ')
	}
	return string(utf16.Decode(letters)), len(letters) > 0
}

// papers asks for every paper of every case as everybody who may print: what
// stands on it is no more than he may read, and no name of the person at all.
func (w *walk) papers(routes []shell.Route) {
	i := slices.IndexFunc(routes, func(r shell.Route) bool { return r.Method == http.MethodPost && r.Action == access.CasePrint })
	if i < 0 {
		w.t.Error("no route prints")
		return
	}
	route, printed, before := routes[i], 0, w.state()
	everybody(w.readers, func(r *reader) {
		for _, t := range w.targets(r, route) {
			if !w.allowed(r, route, t) {
				continue
			}
			page := w.ask(r, http.MethodGet, t.path, nil)
			for _, kind := range offered(page.body) {
				for _, as := range []string{"pdf", "page"} {
					form := url.Values{"paper": {kind}, "language": {"fr"}, "chosen": {"yes"}, "named": {"yes"}, "as": {as}}
					a := w.ask(r, http.MethodPost, t.path, form)
					w.check(r, route, t, a, t.path+" "+form.Encode())
					w.paper(r, route, t, a, kind, as)
					w.mu.Lock()
					printed++
					w.mu.Unlock()
				}
			}
		}
	})
	if tables := changed(before, w.state()); len(tables) > 0 {
		w.t.Errorf("papers were printed, and these changed: %v", tables)
	}
	if printed < 20 {
		w.t.Errorf("only %d papers were printed", printed)
	}
	w.t.Logf("%d papers printed", printed)
}

// paper looks at one paper: it was made, it can be read, and it says no name,
// telephone or story, whoever may read them.
func (w *walk) paper(r *reader, route shell.Route, t target, a answer, kind, as string) {
	where := fmt.Sprintf("%s %s as %s (%s): ", route.Method, route.Pattern, r.name, t.record.label)
	text, paper := a.body, as == "page"
	if as == "pdf" {
		text, paper = pdfText(a.body)
	}
	if a.status != http.StatusOK || !paper {
		w.fail("%s%s as %s: %d", where, kind, as, a.status)
		return
	}
	for _, token := range w.found(text) {
		if m := w.byToken[token]; !m.in { // what an organisation is called may stand in a summary
			w.fail("%s%s says the %s", where, kind, m.what)
		}
	}
}

var radio = regexp.MustCompile(`name="paper" type="radio" value="([^"]+)"`)

// offered are the papers that a page offers.
func offered(page string) []string {
	var all []string
	for _, m := range radio.FindAllStringSubmatch(page, -1) {
		all = append(all, m[1])
	}
	return all
}

// A PDF hides nothing from the walk.
func TestFirewallReadsPapers(t *testing.T) {
	const page = "%PDF-1.3\nstream\nBT 1.00 2.00 Td (\x00Z\x00q\x00x\x00a\x00b\x00c\x00y\x00v\x00\\(\x00\xe9) Tj ET\nendstream"
	text, readable := pdfText(page)
	if !readable || strings.TrimSpace(text) != "Zqxabcyv(é" || !slices.Equal(found(text), []string{"zqxabcyv"}) {
		t.Errorf("%q, %v: %v", text, readable, found(text))
	}
	if _, readable := pdfText("%PDF-1.3\nstream\n\x78\x9c\x01\nendstream"); readable {
		t.Error("a compressed page is said to be readable")
	}
}
