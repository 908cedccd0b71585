package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// use is one place in the sources where a key is named.
type use struct {
	key    string
	prefix bool     // the key is only the beginning: p.T("stage." + state)
	names  []string // the placeholders that are given
	open   bool     // the arguments cannot be read from the source
	where  string
}

// uses finds the keys that one file names: x.T("key", …), the constructors of
// fault and fault.Fault{Key: "key"}. What an Internal fault is called is for
// the log; the person reads fault.internal.
func uses(fset *token.FileSet, file *ast.File, consts map[string]string) []use {
	var found []use
	add := func(arg ast.Expr, u use) {
		u.where = fset.Position(arg.Pos()).String()
		if both, ok := arg.(*ast.BinaryExpr); ok && both.Op == token.ADD {
			if text, ok := literal(both.X, consts); ok {
				u.key, u.prefix = text, true
				found = append(found, u)
			}
			return
		}
		if text, ok := literal(arg, consts); ok && text != "" {
			u.key = text
			found = append(found, u)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok || len(n.Args) == 0 {
				return true
			}
			room, _ := sel.X.(*ast.Ident)
			switch {
			case sel.Sel.Name == "T":
				names, open := given(n)
				add(n.Args[0], use{names: names, open: open})
			case room == nil || room.Name != "fault":
			case (sel.Sel.Name == "New" || sel.Sel.Name == "Wrap") && len(n.Args) > 1 && !internal(n.Args[0]):
				add(n.Args[1], use{open: sel.Sel.Name == "Wrap"})
			case sel.Sel.Name == "Field" && len(n.Args) == 2:
				add(n.Args[1], use{})
			case sel.Sel.Name == "FieldArgs" && len(n.Args) == 3:
				add(n.Args[1], use{open: true})
			}
		case *ast.CompositeLit:
			if sel, ok := n.Type.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Fault" {
				return true
			}
			for _, element := range n.Elts {
				pair, ok := element.(*ast.KeyValueExpr)
				if name, isIdent := pairKey(pair, ok); isIdent && name == "Key" {
					add(pair.Value, use{open: true})
				}
			}
		}
		return true
	})
	return found
}

func pairKey(pair *ast.KeyValueExpr, ok bool) (string, bool) {
	if !ok {
		return "", false
	}
	ident, is := pair.Key.(*ast.Ident)
	if !is {
		return "", false
	}
	return ident.Name, true
}

func internal(kind ast.Expr) bool {
	sel, ok := kind.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Internal"
}

func literal(e ast.Expr, consts map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		text, ok := consts[e.Name]
		return text, ok
	}
	return "", false
}

func given(call *ast.CallExpr) (names []string, open bool) {
	if call.Ellipsis.IsValid() {
		return nil, true
	}
	for i := 1; i < len(call.Args); i += 2 {
		name, ok := literal(call.Args[i], nil)
		if !ok {
			return nil, true
		}
		names = append(names, name)
	}
	return names, false
}

func constants(file *ast.File, into map[string]string) {
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			v := spec.(*ast.ValueSpec)
			for i, name := range v.Names {
				if i < len(v.Values) {
					if text, ok := literal(v.Values[i], nil); ok {
						into[name.Name] = text
					}
				}
			}
		}
	}
}

var inTempl = regexp.MustCompile(`\.T\(\s*"([^"]+)"\s*(\+?)`)

// sources reads every Go and templ file of the module, tests excepted.
func sources(t *testing.T, root string) []use {
	t.Helper()
	var found []use
	folders := map[string][]*ast.File{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go"):
			return nil
		case strings.HasSuffix(name, ".templ"):
			content, err := os.ReadFile(name)
			for _, m := range inTempl.FindAllStringSubmatch(string(content), -1) {
				found = append(found, use{key: m[1], prefix: m[2] == "+", open: true, where: name})
			}
			return err
		case strings.HasSuffix(name, ".go"):
			file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
			if file != nil {
				folders[filepath.Dir(name)] = append(folders[filepath.Dir(name)], file)
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		consts := map[string]string{}
		for _, file := range folders[folder] {
			constants(file, consts)
		}
		for _, file := range folders[folder] {
			found = append(found, uses(fset, file, consts)...)
		}
	}
	return found
}

// written gives every message of a language, as written.
func written(t *testing.T, code string) map[string]*i18n.Message {
	t.Helper()
	all := map[string]*i18n.Message{}
	names, err := fs.Glob(files, "messages/*."+code+".toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]any
		if err := toml.Unmarshal(content, &raw); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := gather(all, "", raw); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(m *i18n.Message) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(m.One+m.Many+m.Other, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestEveryKeyOfTheSourcesIsSaid fails for a key that a page, a verb or a fault
// names and that French or English does not say.
func TestEveryKeyOfTheSourcesIsSaid(t *testing.T) {
	found := sources(t, filepath.Join("..", ".."))
	if len(found) == 0 {
		t.Fatal("no key found: the scan is broken")
	}
	for _, code := range []string{"fr", "en"} {
		messages := written(t, code)
		for _, u := range found {
			m := messages[u.key]
			switch {
			case u.prefix && !begins(messages, u.key):
				t.Errorf("%s: %s has no key that begins with %q", u.where, code, u.key)
			case u.prefix:
			case m == nil:
				t.Errorf("%s: %s lacks %q", u.where, code, u.key)
			case !u.open:
				for _, name := range placeholders(m) {
					if !slices.Contains(u.names, name) {
						t.Errorf("%s: %q needs %s", u.where, u.key, name)
					}
				}
			}
		}
	}
}

func begins(messages map[string]*i18n.Message, prefix string) bool {
	for key := range messages {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// TestFrenchAndEnglishSayTheSame holds the two complete languages together, and
// the drafts within French.
func TestFrenchAndEnglishSayTheSame(t *testing.T) {
	french := written(t, "fr")
	for _, code := range []string{"en", "rn", "sw"} {
		other := written(t, code)
		for _, key := range slices.Sorted(maps.Keys(other)) {
			fr := french[key]
			if fr == nil {
				t.Errorf("%s says %q, French does not", code, key)
				continue
			}
			if a, b := placeholders(fr), placeholders(other[key]); !slices.Equal(a, b) {
				t.Errorf("%q: French gives %v, %s %v", key, a, code, b)
			}
			if (fr.One == "") != (other[key].One == "") {
				t.Errorf("%q: plural forms in French or %s only", key, code)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(french)) {
			if code == "en" && other[key] == nil {
				t.Errorf("English lacks %q", key)
			}
		}
	}
	l := loaded(t)
	for _, code := range []string{"rn", "sw"} {
		said, all := l.Coverage(code)
		t.Logf("%s says %d of %d sentences itself, the rest in French", code, said, all)
	}
}

// TestTheScanFindsWhatIsWritten proves the scan on a small source, so that a
// broken scan cannot pass the test above.
func TestTheScanFindsWhatIsWritten(t *testing.T) {
	const source = `package x
const key = "a.const"
func f() {
	p.T("a.plain"); p.T("a.args", "Name", n, "Count", 3); p.T("a.prefix." + s); p.T(key); p.T(free); v.Printer.T("a.deep", all...)
	fault.New(fault.Denied, "b.new"); fault.New(fault.Internal, "b.internal"); fault.Field("f", "b.field")
	fault.Wrap(fault.Stale, "b.wrap", err); fault.FieldArgs("f", "b.args", nil); _ = &fault.Fault{Key: "b.literal"}
	other.New(k, "c.not")
}`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	consts := map[string]string{}
	constants(file, consts)
	var got []string
	for _, u := range uses(fset, file, consts) {
		text := u.key
		if u.prefix {
			text += "…"
		}
		got = append(got, text+strings.Join(u.names, ","))
	}
	slices.Sort(got)
	want := []string{"a.argsName,Count", "a.const", "a.deep", "a.plain", "a.prefix.…", "b.args", "b.field", "b.literal", "b.new", "b.wrap"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
