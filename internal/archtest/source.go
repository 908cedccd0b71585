// Package archtest keeps the house in order: what STYLE.md marks with † and a
// machine can read from the sources is checked here.
//
// [Rooms] is the import table: which room may import which, which third-party
// module is in which room and why. The other rules are functions of a [House],
// each with the reason it exists in its findings. The package parses the sources
// itself and never asks the go command, because a test's cache does not see what
// another program read.
//
// It judges form, not sense: it cannot tell whether a comment is true, a rule of
// law is right, or a name is good.
package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// Module is the path of this module, in front of our own imports.
const module = "inkingi"

// File is one Go file.
type File struct {
	Path      string // from the root, with slashes
	Room      string
	Test      bool
	Generated bool
	Lines     int
	Text      []byte
	AST       *ast.File
}

// Text is a file that is not Go: a template, a migration, messages, a page.
type Text struct {
	Path string
	Body []byte
}

// House is everything that is checked.
type House struct {
	Fset  *token.FileSet
	Files []*File
	Texts []Text
}

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// Read parses the house that stands at root.
func Read(root string) (*House, error) {
	h := &House{Fset: token.NewFileSet()}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if skipped(d.Name()) && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		return h.read(name, rel)
	})
	return h, err
}

func skipped(dir string) bool {
	return strings.HasPrefix(dir, ".") || dir == "testdata" || dir == "node_modules" || dir == "dist"
}

func (h *House) read(name, rel string) error {
	switch path.Ext(rel) {
	case ".go":
	case ".templ", ".sql", ".toml", ".cedar", ".md":
		body, err := os.ReadFile(name)
		h.Texts = append(h.Texts, Text{rel, body})
		return err
	default:
		return nil
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return h.Add(rel, body)
}

// Add parses one Go file into the house.
func (h *House) Add(rel string, body []byte) error {
	parsed, err := parser.ParseFile(h.Fset, rel, body, parser.ParseComments)
	if err != nil {
		return err
	}
	h.Files = append(h.Files, &File{
		Path: rel, Room: path.Dir(rel), Text: body, AST: parsed,
		Test:      strings.HasSuffix(rel, "_test.go"),
		Generated: generated.Match(body),
		Lines:     bytes.Count(body, []byte("\n")),
	})
	return nil
}

// line gives the place of a node as file:line.
func (h *House) line(n ast.Node) string {
	p := h.Fset.Position(n.Pos())
	return p.Filename + ":" + itoa(p.Line)
}

// height is how many lines a node takes, without the composite literals of ten
// elements or more inside it: data tables are exempt.
func (h *House) height(n ast.Node) int {
	tables := 0
	ast.Inspect(n, func(in ast.Node) bool {
		if c, ok := in.(*ast.CompositeLit); ok && len(c.Elts) >= 10 {
			tables += h.span(c) - 1
			return false
		}
		return true
	})
	return h.span(n) - tables
}

func (h *House) span(n ast.Node) int {
	return h.Fset.Position(n.End()).Line - h.Fset.Position(n.Pos()).Line + 1
}

// rooms lists the folders with Go files, sorted.
func (h *House) rooms() []string {
	seen := map[string]bool{}
	for _, f := range h.Files {
		seen[f.Room] = true
	}
	var all []string
	for room := range seen {
		all = append(all, room)
	}
	sort.Strings(all)
	return all
}
