package archtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Imports holds every file to the import table.
func Imports(h *House) (found []string) {
	table := map[string]Room{}
	for _, r := range Rooms() {
		table[r.Path] = r
	}
	for _, f := range h.Files {
		room, ok := table[f.Room]
		if !ok {
			continue // Lines says so
		}
		for _, spec := range f.AST.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if why := judge(room, table, f, name); why != "" {
				found = append(found, fmt.Sprintf("%s imports %s: %s", h.line(spec), name, why))
			}
		}
	}
	return found
}

// judge says why a file may not import a package, or "".
func judge(room Room, table map[string]Room, f *File, name string) string {
	if own, ok := strings.CutPrefix(name, module+"/"); ok {
		return judgeOwn(room, table, f, own)
	}
	if !strings.Contains(strings.Split(name, "/")[0], ".") {
		why, guarded := Guarded()[name]
		if !guarded || f.Test || slices.Contains(room.Std, name) {
			return ""
		}
		return why
	}
	allowed := room.Modules
	if f.Test {
		allowed = append(slices.Clone(allowed), TestModules()...)
	}
	for _, m := range allowed {
		if m.Path == "" || name == m.Path || strings.HasPrefix(name, m.Path+"/") {
			return ""
		}
	}
	return "this module is not in this room; add it to internal/archtest/rooms.go with its reason"
}

func judgeOwn(room Room, table map[string]Room, f *File, own string) string {
	target, known := table[own]
	switch {
	case own == room.Path:
		return "" // its own outside tests
	case !known:
		return "a room without a line in internal/archtest/rooms.go"
	case target.Program:
		return "nothing imports a program"
	case room.Program:
		if target.Bench && !f.Test {
			return "the bench is for tests only"
		}
		return ""
	case f.Test:
		web := strings.HasPrefix(own, "internal/web/") || own == "internal/api"
		if web && !strings.HasPrefix(room.Path, "internal/web/") && room.Path != "internal/api" {
			return "tests behind the doors do not know of pages"
		}
		return ""
	case target.Bench && !room.Bench:
		return "the bench is for tests only"
	case !slices.Contains(room.Rooms, own):
		return "not in the line of " + room.Path + " in internal/archtest/rooms.go"
	}
	return ""
}

// Lines asks a line of the table and of MAP.md for every room.
func Lines(h *House) (found []string) {
	var page string
	for _, t := range h.Texts {
		if t.Path == "MAP.md" {
			page = string(t.Body)
		}
	}
	known := map[string]bool{}
	for _, r := range Rooms() {
		if known[r.Path] {
			found = append(found, r.Path+" has two lines in internal/archtest/rooms.go")
		}
		known[r.Path] = true
		found = append(found, reasons(r)...)
	}
	for _, room := range h.rooms() {
		if !known[room] {
			found = append(found, room+" has no line in internal/archtest/rooms.go")
		}
		if !strings.Contains(page, "`"+room+"`") {
			found = append(found, room+" has no line in MAP.md")
		}
	}
	return found
}

func reasons(r Room) (found []string) {
	for _, m := range r.Modules {
		if m.Why == "" {
			found = append(found, r.Path+": no reason for "+m.Path)
		}
	}
	return found
}
