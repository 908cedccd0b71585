// Package shelltest checks the pages of every room in one way: what a screen
// reader needs, what the content security policy forbids, and sentences that
// nobody translated. Only tests import it.
//
// It does not judge whether a page is good; it finds what is certainly wrong.
package shelltest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// rawKey finds a translation key where a sentence should stand.
var rawKey = regexp.MustCompile(`\b[a-z]{3,}(\.[a-z][a-z0-9_-]*)+\.?[a-z][a-z0-9_-]+\b`)

// spelled are texts that look like keys and are not.
var spelled = regexp.MustCompile(`^[a-z0-9.-]+\.(org|example|bi|com)$`)

// Check fails for what is certainly wrong with a page in a language.
func Check(t testing.TB, lang, page string) {
	t.Helper()
	for _, wrong := range Wrong(lang, page) {
		t.Error(wrong)
	}
}

// Wrong lists what is certainly wrong with a page in a language.
func Wrong(lang, page string) []string {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{"not HTML: " + err.Error()}
	}
	c := checker{ids: map[string]int{}, labels: map[string]bool{}}
	c.gather(doc)
	c.walk(doc, context{})
	if c.h1 != 1 {
		c.wrong("%d h1", c.h1)
	}
	if c.lang != lang {
		c.wrong("the page says it is in %q, not %q", c.lang, lang)
	}
	if strings.TrimSpace(c.title) == "" {
		c.wrong("no title")
	}
	for id, n := range c.ids {
		if n > 1 {
			c.wrong("%d elements are called %s", n, id)
		}
	}
	for _, to := range c.anchors {
		if c.ids[to] == 0 {
			c.wrong("a link leads to #%s, which is not there", to)
		}
	}
	slices.Sort(c.all)
	return c.all
}

type checker struct {
	ids     map[string]int
	labels  map[string]bool // ids that a label is for
	anchors []string
	h1      int
	lang    string
	title   string
	all     []string
}

// context is what stands around a node.
type context struct {
	inLabel bool
	skip    bool // scripts and the like
}

func (c *checker) wrong(format string, args ...any) {
	c.all = append(c.all, fmt.Sprintf(format, args...))
}

// gather finds ids and labels first: a label may stand after its field.
func (c *checker) gather(n *html.Node) {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		if id := attr(d, "id"); id != "" {
			c.ids[id]++
		}
		if d.Data == "label" {
			if text(d) == "" {
				c.wrong("an empty label for %s", attr(d, "for"))
			}
			c.labels[attr(d, "for")] = true
		}
	}
}

func (c *checker) walk(n *html.Node, in context) {
	switch n.Type {
	case html.TextNode:
		if !in.skip {
			c.sentence(n.Data)
		}
		return
	case html.ElementNode:
		c.element(n, &in)
	}
	for child := range n.ChildNodes() {
		c.walk(child, in)
	}
}

func (c *checker) sentence(s string) {
	for _, word := range rawKey.FindAllString(s, -1) {
		if !spelled.MatchString(word) {
			c.wrong("a raw key: %s", word)
		}
	}
	if strings.Contains(s, "<no value>") || strings.Contains(s, "{{") || strings.Contains(s, "%!") {
		c.wrong("a broken sentence: %s", strings.TrimSpace(s))
	}
}

func (c *checker) element(n *html.Node, in *context) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			c.wrong("<%s> has the attribute %s, which the policy forbids", n.Data, a.Key)
		case a.Key == "aria-label" || a.Key == "alt" || a.Key == "placeholder" || a.Key == "title":
			c.sentence(a.Val)
		case a.Key == "href" && len(a.Val) > 1 && a.Val[0] == '#':
			c.anchors = append(c.anchors, a.Val[1:])
		}
	}
	switch n.Data {
	case "html":
		c.lang = attr(n, "lang")
	case "title":
		if c.title == "" {
			c.title = text(n)
		}
	case "h1":
		c.h1++
	case "label":
		in.inLabel = true
	case "script", "style", "code":
		in.skip = true
		if n.Data == "style" || n.Data == "script" && text(n) != "" {
			c.wrong("an inline <%s>, which the policy forbids", n.Data)
		}
	case "input", "select", "textarea":
		c.field(n, *in)
	case "fieldset":
		c.group(n)
	case "img":
		if !has(n, "alt") {
			c.wrong("an image without alt")
		}
	case "a", "button":
		if text(n) == "" && attr(n, "aria-label") == "" {
			c.wrong("an empty <%s>", n.Data)
		}
	case "form":
		if attr(n, "method") == "post" && attr(n, "action") == "" {
			c.wrong("a form that does not say where it goes")
		}
	}
}

func (c *checker) field(n *html.Node, in context) {
	kind := attr(n, "type")
	if kind == "hidden" || kind == "submit" || in.inLabel || attr(n, "aria-label") != "" || attr(n, "aria-labelledby") != "" {
		return
	}
	if id := attr(n, "id"); id == "" || !c.labels[id] {
		c.wrong("the field %s has no label", attr(n, "name"))
	}
}

func (c *checker) group(n *html.Node) {
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode && child.Data == "legend" && text(child) != "" {
			return
		}
	}
	c.wrong("a fieldset without legend")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
