package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
)

// allowed names the variables that may change, with why.
func allowed() map[string]string {
	return map[string]string{
		"internal/testkit/browser.one": "one Chromium a test binary; to start one takes two seconds",
	}
}

// Variables looks for package-level variables that change: those that are
// assigned, counted up, filled or cleared outside their declaration, and those
// made to change (locks, atomics, channels, maps to sync on). It goes by names
// and the parser's scopes; a change through a pointer or a method escapes it.
func Variables(h *House) (found []string) {
	names := map[string]map[string]bool{} // by room
	for _, f := range h.Files {
		if f.Test || f.Generated {
			continue
		}
		for _, spec := range packageVars(f) {
			for _, id := range spec.Names {
				if id.Name == "_" || allowed()[f.Room+"."+id.Name] != "" {
					continue
				}
				if names[f.Room] == nil {
					names[f.Room] = map[string]bool{}
				}
				names[f.Room][id.Name] = true
				if changing(spec) {
					found = append(found, fmt.Sprintf("%s: %s is a package-level variable made to change", h.line(id), id.Name))
				}
			}
		}
	}
	h.each(func(f *File, n ast.Node) {
		for _, target := range targets(n) {
			id := root(target)
			if id != nil && names[f.Room][id.Name] && ofPackage(f, id) {
				found = append(found, fmt.Sprintf("%s: %s is a package-level variable and is changed here", h.line(n), id.Name))
			}
		}
	})
	return found
}

func packageVars(f *File) (specs []*ast.ValueSpec) {
	for _, d := range f.AST.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, s := range gen.Specs {
			specs = append(specs, s.(*ast.ValueSpec))
		}
	}
	return specs
}

// changing says whether a variable is of a kind that only exists to change.
func changing(spec *ast.ValueSpec) bool {
	check := func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if star, ok := n.(*ast.StarExpr); ok {
			n = star.X
		}
		if generic, ok := n.(*ast.IndexExpr); ok {
			n = generic.X
		}
		if _, ok := n.(*ast.ChanType); ok {
			return true
		}
		left, name := selected(n)
		return left == "atomic" || left == "sync" && name != "OnceValue" && name != "OnceValues" && name != "OnceFunc"
	}
	if spec.Type != nil && check(spec.Type) {
		return true
	}
	for _, v := range spec.Values {
		switch v := v.(type) {
		case *ast.CompositeLit:
			if check(v.Type) {
				return true
			}
		case *ast.CallExpr:
			if id, ok := v.Fun.(*ast.Ident); ok && id.Name == "make" && len(v.Args) > 0 && check(v.Args[0]) {
				return true
			}
		}
	}
	return false
}

// targets lists what a statement changes.
func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		id, ok := n.Fun.(*ast.Ident)
		if ok && (id.Name == "delete" || id.Name == "clear") && len(n.Args) > 0 {
			return n.Args[:1]
		}
	}
	return nil
}

// root is the variable that an expression reaches into.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// ofPackage says whether a name means the package's variable and not a local one.
func ofPackage(f *File, id *ast.Ident) bool {
	if id.Obj == nil {
		return true // declared in another file of the room
	}
	spec, ok := id.Obj.Decl.(*ast.ValueSpec)
	if !ok {
		return false
	}
	for _, s := range packageVars(f) {
		if s == spec {
			return true
		}
	}
	return false
}
