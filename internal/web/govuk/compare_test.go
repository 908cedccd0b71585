package govuk

import (
	"fmt"
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// canonical parses a fragment as a browser would inside <body> and writes it as
// one line a node: white space folded, attributes sorted, classes in order.
func canonical(fragment string) (string, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, n := range nodes {
		writeNode(&b, n, 0)
	}
	b.WriteString("what is read:\n" + read(nodes))
	return b.String(), nil
}

// inline are the elements that do not end a line. White space between them is
// seen and heard ("Error: Enter a name"), so it is compared.
var inline = map[string]bool{"a": true, "abbr": true, "b": true, "br": true, "em": true, "i": true, "span": true, "strong": true, "time": true}

// read gives the text of a fragment, a line for each block.
func read(nodes []*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		readNode(&b, n)
	}
	var lines []string
	for _, l := range strings.Split(b.String(), "\x00") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func readNode(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	block := n.Type == html.ElementNode && !inline[n.Data]
	if block {
		b.WriteByte(0)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		readNode(b, c)
	}
	if block {
		b.WriteByte(0)
	}
}

func writeNode(b *strings.Builder, n *html.Node, depth int) {
	indent := strings.Repeat("  ", depth)
	switch n.Type {
	case html.TextNode:
		if t := strings.Join(strings.Fields(n.Data), " "); t != "" {
			fmt.Fprintf(b, "%s%s\n", indent, t)
		}
	case html.ElementNode:
		fmt.Fprintf(b, "%s<%s%s>\n", indent, n.Data, attributeText(n.Attr))
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			writeNode(b, c, depth+1)
		}
	case html.CommentNode:
		fmt.Fprintf(b, "%s<!--%s-->\n", indent, strings.TrimSpace(n.Data))
	}
}

func attributeText(attr []html.Attribute) string {
	seen := map[string]bool{}
	var all []string
	for _, a := range attr {
		if seen[a.Key] {
			continue // a browser keeps the first of two
		}
		seen[a.Key] = true
		v := a.Val
		if a.Key == "class" || a.Key == "aria-describedby" {
			v = strings.Join(strings.Fields(v), " ")
		}
		all = append(all, fmt.Sprintf(" %s=%q", a.Key, v))
	}
	sort.Strings(all)
	return strings.Join(all, "")
}
