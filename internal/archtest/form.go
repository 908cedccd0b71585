package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The sizes at which to stop (STYLE §10).
const (
	mostLines    = 600
	mostFunction = 80
	leastComment = 120 // letters of a package comment: a promise and its limit take two lines
)

// Sizes stops files at 600 lines and functions at 80. Tests, generated files and
// data tables are exempt.
func Sizes(h *House) (found []string) {
	for _, f := range h.Files {
		if f.Test || f.Generated {
			continue
		}
		if n := h.height(f.AST); f.Lines > mostLines && n > mostLines {
			found = append(found, fmt.Sprintf("%s has %d lines: split it by noun or verb", f.Path, f.Lines))
		}
		for _, d := range f.AST.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := h.height(fn); n > mostFunction {
				found = append(found, fmt.Sprintf("%s: %s takes %d lines, more than %d", h.line(fn), fn.Name.Name, n, mostFunction))
			}
		}
	}
	return found
}

// Comments asks a package comment of every room: its promise, and what it does
// not do.
func Comments(h *House) (found []string) {
	said := map[string]int{}
	for _, f := range h.Files {
		if f.Test || f.AST.Doc == nil {
			continue
		}
		said[f.Room]++
		name := f.AST.Name.Name
		text := f.AST.Doc.Text()
		if name != "main" && !strings.HasPrefix(text, "Package "+name+" ") {
			found = append(found, fmt.Sprintf("%s: a package comment starts with \"Package %s\"", h.line(f.AST.Doc), name))
		}
		if len(text) < leastComment {
			found = append(found, fmt.Sprintf("%s: a package comment states the promise and what the room does not do", h.line(f.AST.Doc)))
		}
	}
	for _, room := range h.rooms() {
		if said[room] == 0 && slices.ContainsFunc(h.Files, func(f *File) bool { return f.Room == room && !f.Test }) {
			found = append(found, room+" has no package comment")
		}
		if said[room] > 1 {
			found = append(found, room+" has more than one package comment")
		}
	}
	return found
}

// Names bans rooms that hold anything (STYLE §1).
func Names(h *House) (found []string) {
	banned := []string{"util", "utils", "common", "core", "base", "helper", "helpers", "model", "models",
		"service", "services", "manager", "managers", "type", "types", "misc", "lib", "pkg", "shared"}
	for _, room := range h.rooms() {
		for _, part := range strings.Split(room, "/") {
			if slices.Contains(banned, part) {
				found = append(found, room+": a room is named after a duty or a thing, not "+part)
			}
		}
	}
	for _, f := range h.Files {
		name := f.AST.Name.Name
		if want := path.Base(f.Room); !f.Test && name != "main" && name != want {
			found = append(found, fmt.Sprintf("%s is package %s in the folder %s", f.Path, name, want))
		}
	}
	return found
}

// unsaid are words that stand nowhere in the house. A person is not what was
// done to her; nobody here is a thing, a plague or a stain. And nothing is left
// for later in a comment: it is done, or said in docs.
func unsaid() *regexp.Regexp {
	words := []string{
		"prostitutes?", "prostituées?", "whores?", "sex slaves?", "esclaves? sexuelles?",
		"illegal (im)?migrants?", "clandestins?", "illegal aliens?", "trafficked girls?",
		"blacklist(ed)?", "whitelist(ed)?", "retarded", "handicapés?",
		"TO" + "DO", "FIX" + "ME",
	}
	return regexp.MustCompile(`(?i)(^|[^\pL])(` + strings.Join(words, "|") + `)($|[^\pL])`)
}

// Words looks for the unsaid words in sources, templates, messages and pages.
func Words(h *House) (found []string) {
	banned := unsaid()
	look := func(name string, body []byte) {
		for i, line := range strings.Split(string(body), "\n") {
			if m := banned.FindStringSubmatch(line); m != nil {
				found = append(found, fmt.Sprintf("%s:%d: %q is not said here", name, i+1, m[2]))
			}
		}
	}
	for _, f := range h.Files {
		if f.Room != "internal/archtest" && !f.Generated {
			look(f.Path, f.Text)
		}
	}
	for _, t := range h.Texts {
		if t.Path != "GLOSSARY.md" { // it says which words to avoid
			look(t.Path, t.Body)
		}
	}
	return found
}
