package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Tally is the count of a run, with the names of what did not pass.
type Tally struct {
	Passed  int
	Failed  []string
	Skipped []string
	Apart   []string // skipped for want of a file under ../shared, with its name
}

// event is a line of go test -json (go doc test2json).
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build-output
	Test        string
	Elapsed     float64
	Output      string
	FailedBuild string
}

type reader struct {
	Tally
	out    io.Writer
	lines  map[string][]string // output by package and test
	open   map[string]bool     // tests that started and have not ended
	counts map[string]int      // passed by package
	builds map[string][]string
}

// Read follows a run to its end and prints each package as it finishes.
func Read(in io.Reader, out io.Writer) (*Tally, error) {
	r := &reader{out: out, lines: map[string][]string{}, open: map[string]bool{}, counts: map[string]int{}, builds: map[string][]string{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			r.line(line)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	r.unfinished("")
	return &r.Tally, nil
}

func (r *reader) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil || e.Action == "" {
		fmt.Fprint(r.out, string(line)) // the go command itself speaks
		return
	}
	if e.Action == "build-output" {
		r.builds[e.ImportPath] = append(r.builds[e.ImportPath], e.Output)
		return
	}
	if e.Test == "" {
		r.packageEvent(e)
		return
	}
	r.testEvent(e)
}

func (r *reader) testEvent(e event) {
	name := e.Package + " " + e.Test
	switch e.Action {
	case "run":
		r.open[name] = true
	case "output":
		r.lines[name] = append(r.lines[name], e.Output)
	case "pass":
		r.Passed++
		r.counts[e.Package]++
	case "fail":
		r.failed(name)
	case "skip":
		why := r.why(name)
		if file := kept.FindString(why); file != "" {
			r.Apart = append(r.Apart, name+": "+file)
			break
		}
		r.Skipped = append(r.Skipped, name+": "+why)
	}
	if e.Action == "pass" || e.Action == "fail" || e.Action == "skip" {
		delete(r.open, name)
		delete(r.lines, name)
	}
}

// kept is a file that stays outside the repository.
var kept = regexp.MustCompile(`\.\./shared/[\w./-]*\w`)

// noise is what the test runner says around the message of a test.
var noise = regexp.MustCompile(`^\s*(===|---|PASS|FAIL)`)

func (r *reader) why(name string) string {
	var said []string
	for _, l := range r.lines[name] {
		if l = strings.TrimSpace(l); l != "" && !noise.MatchString(l) {
			said = append(said, l)
		}
	}
	return strings.Join(said, " ")
}

func (r *reader) failed(name string) {
	r.Failed = append(r.Failed, name)
	fmt.Fprintf(r.out, "\nFAILED %s\n", name)
	for _, l := range r.lines[name] {
		if !strings.HasPrefix(l, "=== ") {
			fmt.Fprint(r.out, "    ", l)
		}
	}
}

func (r *reader) packageEvent(e event) {
	switch e.Action {
	case "output":
		r.lines[e.Package] = append(r.lines[e.Package], e.Output)
	case "pass", "skip":
		if n := r.counts[e.Package]; n > 0 {
			fmt.Fprintf(r.out, "ok      %-40s %6.1f s %5d tests\n", e.Package, e.Elapsed, n)
		}
	case "fail":
		r.packageFailed(e)
	}
	if e.Action != "output" && e.Action != "start" {
		delete(r.lines, e.Package)
	}
}

// packageFailed counts a package that failed without a failing test: it did not
// build, panicked, ran out of time, or said FAIL in TestMain.
func (r *reader) packageFailed(e event) {
	before := len(r.Failed)
	for _, l := range r.builds[e.FailedBuild] {
		fmt.Fprint(r.out, l)
	}
	r.unfinished(e.Package)
	named := slices.ContainsFunc(r.Failed, func(name string) bool { return strings.HasPrefix(name, e.Package+" ") })
	if len(r.Failed) == before && !named {
		r.Failed = append(r.Failed, e.Package)
	}
	for _, l := range r.lines[e.Package] {
		if !noise.MatchString(l) {
			fmt.Fprint(r.out, "    ", l)
		}
	}
	fmt.Fprintf(r.out, "FAILED  %-40s %6.1f s\n", e.Package, e.Elapsed)
}

// unfinished fails the tests of a package, or of all, that never ended.
func (r *reader) unfinished(pkg string) {
	var names []string
	for name := range r.open {
		if pkg == "" || strings.HasPrefix(name, pkg+" ") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		r.failed(name)
		delete(r.open, name)
	}
}

// Report lists by name what failed and what was skipped; where skipping is let
// pass, it only says how many for which reason.
func (t *Tally) Report(out io.Writer, skips bool) {
	list := func(head string, names []string) {
		if len(names) == 0 {
			return
		}
		fmt.Fprintf(out, "\n%s\n", head)
		for _, name := range names {
			fmt.Fprintln(out, "   ", name)
		}
	}
	list(fmt.Sprintf("%d tests wait for a file that stays in ../shared:", len(t.Apart)), t.Apart)
	skipped := t.Skipped
	if skips {
		skipped = grouped(skipped)
	}
	list("Skipped:", skipped)
	list("Failed:", t.Failed)
}

// place is where a test stood when it was skipped, at the front of its reason.
var place = regexp.MustCompile(`^.*?: (\w+\.go:\d+: )?`)

// grouped counts the tests of each reason, in order of the reasons.
func grouped(skipped []string) (lines []string) {
	counts := map[string]int{}
	for _, s := range skipped {
		counts[place.ReplaceAllString(s, "")]++
	}
	for why, n := range counts {
		lines = append(lines, fmt.Sprintf("%d tests: %s", n, why))
	}
	slices.Sort(lines)
	return lines
}
