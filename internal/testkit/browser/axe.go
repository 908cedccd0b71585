package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/chromedp/chromedp"
)

// Violation is what axe-core found wrong with a page.
type Violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n    %s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n    "))
}

// The rules of WCAG 2.2 AA (DESIGN.md §7), and what axe calls best practice.
const runAxe = `axe.run(document, {
	resultTypes: ['violations'],
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(r => JSON.stringify(r.violations.map(v => ({
	id: v.id, impact: v.impact || '', help: v.help, nodes: v.nodes.map(n => n.html + ' ' + (n.failureSummary || '').replace(/\s+/g, ' ')),
}))))`

// Axe fails the test when axe-core finds something serious or critical on the
// page as it stands. Without INKINGI_TEST_AXE it skips the test.
func (p *Page) Axe() {
	p.t.Helper()
	for _, v := range p.Violations() {
		if v.Impact == "serious" || v.Impact == "critical" {
			p.t.Errorf("%s at %d px: axe: %s", p.URL(), p.opt.Width, v)
		}
	}
}

// Violations lists all that axe-core finds, trifles included. Where the page's
// scripts are off they are let run for the while: axe waits on promises. What the
// page has already read is not run again by that.
func (p *Page) Violations() []Violation {
	p.t.Helper()
	file := os.Getenv(AxeFile)
	if file == "" {
		p.t.Skip("needs axe-core: set " + AxeFile + " to the path of axe.min.js, or run ./check, which fetches it")
	}
	source, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	if p.opt.NoScript {
		p.do("let axe run", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { return p.scripts(ctx, t, true) }))
		defer p.do("stop scripts", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { return p.scripts(ctx, t, false) }))
	}
	if !eval[bool](p, `typeof axe !== 'undefined'`) {
		eval[bool](p, string(source)+"\n;true")
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("axe on %s: %v", p.URL(), err)
	}
	var all []Violation
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		p.t.Fatalf("axe on %s: %v", p.URL(), err)
	}
	return all
}
