package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// each calls fn for every node of the files that are neither tests nor generated.
func (h *House) each(fn func(f *File, n ast.Node)) {
	for _, f := range h.Files {
		if f.Test || f.Generated {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if n != nil {
				fn(f, n)
			}
			return true
		})
	}
}

// selected gives the two names of pkg.Name, or "".
func selected(n ast.Node) (left, name string) {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	if id, ok := s.X.(*ast.Ident); ok {
		left = id.Name
	}
	return left, s.Sel.Name
}

// Status keeps the numbers of HTTP in the one table that maps kinds of fault
// (STYLE §5): internal/web/shell. Clients in notice may read what a gateway says.
func Status(h *House) (found []string) {
	h.each(func(f *File, n ast.Node) {
		if f.Room == "internal/web/shell" || f.Room == "internal/notice" || strings.HasPrefix(f.Room, "tools/") {
			return
		}
		left, name := selected(n)
		if left == "http" && strings.HasPrefix(name, "Status") && name != "StatusText" || name == "WriteHeader" ||
			left == "http" && (name == "Error" || name == "NotFound" || name == "Redirect") {
			found = append(found, fmt.Sprintf("%s: %s: status numbers are written in internal/web/shell only", h.line(n), name))
		}
	})
	return found
}

// Clock keeps the time of day out of pure rooms: it is handed in.
func Clock(h *House) (found []string) {
	pure := map[string]bool{}
	for _, r := range Rooms() {
		pure[r.Path] = r.Pure
	}
	h.each(func(f *File, n ast.Node) {
		left, name := selected(n)
		if pure[f.Room] && left == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTicker", "NewTimer"}, name) {
			found = append(found, fmt.Sprintf("%s: time.%s: the clock is handed in", h.line(n), name))
		}
	})
	return found
}

var (
	starred   = regexp.MustCompile(`(?is)\bselect\s+(distinct\s+)?(\w+\.)?\*`)
	counted   = regexp.MustCompile(`(?i)\b(AUTOINCREMENT|SERIAL|BIGSERIAL)\b`)
	triggered = regexp.MustCompile(`(?i)\bCREATE\s+(TRIGGER|FUNCTION|PROCEDURE)\b`)
	numbered  = regexp.MustCompile(`^(\d{4})_[a-z_]+\.sql$`)
)

// every names the functions that read every column on purpose: the log hashes
// whole rows and the backup copies them, also those of a newer schema.
func every() []string { return []string{"(*tx).eachRow", "(*tx).columns"} }

// SQL holds for one text on two engines (STYLE §6).
func SQL(h *House) (found []string) {
	var inside string
	h.each(func(f *File, n ast.Node) {
		if fn, ok := n.(*ast.FuncDecl); ok {
			inside = named(fn)
		}
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || f.Room == "internal/archtest" || slices.Contains(every(), inside) {
			return
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && starred.MatchString(text) {
			found = append(found, h.line(n)+": SELECT * does not say what it reads")
		}
	})
	seen := map[string]string{}
	for _, t := range h.Texts {
		if path.Dir(t.Path) != "internal/store/migrations" {
			continue
		}
		for why, banned := range map[string]*regexp.Regexp{
			"SELECT * does not say what it reads":  starred,
			"identifiers come from Go":             counted,
			"no triggers, functions or procedures": triggered,
		} {
			if banned.Match(t.Body) {
				found = append(found, t.Path+": "+why)
			}
		}
		m := numbered.FindStringSubmatch(path.Base(t.Path))
		if m == nil {
			found = append(found, t.Path+": a migration is called 0007_referral.sql")
			continue
		}
		if seen[m[1]] != "" {
			found = append(found, t.Path+": its number is taken by "+seen[m[1]])
		}
		seen[m[1]] = t.Path
	}
	return found
}

// named gives (*tx).columns or columns.
func named(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	id := root(fn.Recv.List[0].Type)
	if id == nil {
		return fn.Name.Name
	}
	if _, pointer := fn.Recv.List[0].Type.(*ast.StarExpr); pointer {
		return "(*" + id.Name + ")." + fn.Name.Name
	}
	return id.Name + "." + fn.Name.Name
}

// Dialect lets one file of the store know which engine it is.
func Dialect(h *House) (found []string) {
	drivers := []string{"github.com/jackc/pgx", "github.com/ncruces/go-sqlite3"}
	h.each(func(f *File, n ast.Node) {
		if f.Room != "internal/store" || f.Path == "internal/store/dialect.go" {
			return
		}
		say := func(what string) {
			found = append(found, fmt.Sprintf("%s: %s: only dialect.go asks which engine it is", h.line(n), what))
		}
		switch n := n.(type) {
		case *ast.ImportSpec:
			name, _ := strconv.Unquote(n.Path.Value)
			for _, d := range drivers {
				if strings.HasPrefix(name, d) {
					say(name)
				}
			}
		case *ast.SelectorExpr:
			if n.Sel.Name == "DriverName" {
				say("DriverName")
			}
		case *ast.BinaryExpr:
			if n.Op != token.EQL && n.Op != token.NEQ {
				return
			}
			for _, side := range []ast.Expr{n.X, n.Y} {
				lit, ok := side.(*ast.BasicLit)
				if ok && slices.Contains([]string{`"sqlite"`, `"postgres"`, `"postgresql"`, `"pgx"`}, lit.Value) {
					say(lit.Value)
				}
			}
		}
	})
	return found
}

// Rows asks for rows.Err and a deferred Close wherever rows are walked.
func Rows(h *House) (found []string) {
	h.each(func(f *File, n ast.Node) {
		fn, ok := n.(*ast.FuncDecl)
		if !ok || fn.Body == nil || f.Room != "internal/store" && !strings.HasPrefix(f.Room, "cmd/") {
			return
		}
		walked, checked, closed := map[string]bool{}, map[string]bool{}, map[string]bool{}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) > 0 {
				return true
			}
			switch left, name := selected(call.Fun); name {
			case "Next":
				walked[left] = true
			case "Err":
				checked[left] = true
			case "Close":
				closed[left] = true
			}
			return true
		})
		for rows := range walked {
			if rows == "" || !strings.Contains(strings.ToLower(rows), "row") {
				continue
			}
			if !checked[rows] {
				found = append(found, fmt.Sprintf("%s: %s walks %s without %s.Err()", h.line(fn), fn.Name.Name, rows, rows))
			}
			if !closed[rows] {
				found = append(found, fmt.Sprintf("%s: %s walks %s without closing them", h.line(fn), fn.Name.Name, rows))
			}
		}
	})
	return found
}

// Starts bans init: nothing happens by importing a room. Embedded files need none.
func Starts(h *House) (found []string) {
	h.each(func(_ *File, n ast.Node) {
		if fn, ok := n.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			found = append(found, h.line(fn)+": init: nothing happens by importing a room")
		}
	})
	return found
}
