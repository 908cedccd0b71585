package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// find.js finds an element by what is written on it and answers where it is.
//
//go:embed find.js
var finder string

// spot is where an element is.
type spot struct {
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	On    bool    `json:"on"` // of a box: it is ticked or chosen
	Why   string  `json:"why"`
	Value string  `json:"value"`
}

func call(function string, args ...any) string {
	list := make([]string, len(args))
	for i, a := range args {
		b, err := json.Marshal(a)
		if err != nil {
			panic("browser: an argument that is not JSON: " + err.Error())
		}
		list[i] = string(b)
	}
	return "(() => {" + finder + "\nreturn " + function + "(" + strings.Join(list, ",") + ")})()"
}

// find looks for an element until it is there and can be clicked, for a second.
func (p *Page) find(kind, text string) spot {
	p.t.Helper()
	var at spot
	for deadline := time.Now().Add(time.Second); ; time.Sleep(50 * time.Millisecond) {
		at = eval[spot](p, call("spot", kind, text, p.within))
		if at.Why == "" {
			return at
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s %q%s: %s\n%s", kind, text, p.where(), at.Why, p.excerpt())
		}
	}
}

func (p *Page) where() string {
	if p.within == "" {
		return ""
	}
	return " within " + p.within
}

// excerpt is what the person sees, for the message of a failure.
func (p *Page) excerpt() string {
	text := eval[string](p, call("seen", ""))
	if len(text) > 1500 {
		text = text[:1500] + "…"
	}
	return p.URL() + " shows: " + text
}

// Fill types a text into the field with this label, in place of what was there.
func (p *Page) Fill(label, text string) {
	p.t.Helper()
	at := p.find("field", label)
	p.do("fill "+label, chromedp.MouseClickXY(at.X, at.Y))
	if !eval[bool](p, call("select", label, p.within)) {
		p.t.Fatalf("field %q does not take what is typed", label)
	}
	if text == "" {
		p.do("empty "+label, chromedp.KeyEvent("\b"))
	} else {
		p.do("type", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
			return err
		}))
	}
}

// Attach chooses a file in the file field with this name.
func (p *Page) Attach(name, path string) {
	p.t.Helper()
	p.do("attach "+path, chromedp.SetUploadFiles(`input[type="file"][name="`+name+`"]`, []string{path}))
}

// Value is what stands in the field with this label.
func (p *Page) Value(label string) string { p.t.Helper(); return p.find("field", label).Value }

// Choose chooses the radio button with this label.
func (p *Page) Choose(label string) { p.t.Helper(); p.set("radio", label, true) }

// Tick ticks the box with this label, unless it is.
func (p *Page) Tick(label string) { p.t.Helper(); p.set("box", label, true) }

// Untick takes the tick away.
func (p *Page) Untick(label string) { p.t.Helper(); p.set("box", label, false) }

// Chosen says whether the radio button or box with this label is chosen.
func (p *Page) Chosen(label string) bool { p.t.Helper(); return p.find("choice", label).On }

func (p *Page) set(kind, label string, on bool) {
	p.t.Helper()
	at := p.find(kind, label)
	if at.On == on {
		return
	}
	p.do("choose "+label, chromedp.MouseClickXY(at.X, at.Y))
	if after := p.find(kind, label); after.On != on {
		p.t.Fatalf("%s %q does not change when it is clicked", kind, label)
	}
}

// Select picks an option of the list with this label.
func (p *Page) Select(label, option string) {
	p.t.Helper()
	p.find("list", label)
	if why := eval[string](p, call("pick", label, option, p.within)); why != "" {
		p.t.Fatalf("list %q%s: %s\n%s", label, p.where(), why, p.excerpt())
	}
}

// H1 is the one main heading; the test fails when there are none or several.
func (p *Page) H1() string {
	p.t.Helper()
	h := eval[[]string](p, call("headings"))
	if len(h) != 1 {
		p.t.Fatalf("%s has %d main headings: %q", p.URL(), len(h), h)
	}
	return h[0]
}

// Sees fails the test unless each text can be read on the page, for a second.
func (p *Page) Sees(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		for deadline := time.Now().Add(time.Second); !p.Reads(text); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				p.t.Fatalf("%q cannot be read%s\n%s", text, p.where(), p.excerpt())
			}
		}
	}
}

// DoesNotSee fails the test when one of the texts can be read on the page.
func (p *Page) DoesNotSee(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if p.Reads(text) {
			p.t.Fatalf("%q can be read%s\n%s", text, p.where(), p.excerpt())
		}
	}
}

// Reads says whether a text can be read on the page.
func (p *Page) Reads(text string) bool {
	p.t.Helper()
	return eval[bool](p, call("reads", text, p.within))
}

// Fits fails the test when the page is wider than the window: nobody should have
// to push a page sideways (WCAG 2.2, 1.4.10 Reflow).
func (p *Page) Fits() {
	p.t.Helper()
	if by := eval[int](p, `document.scrollingElement.scrollWidth - document.documentElement.clientWidth`); by > 0 {
		p.t.Errorf("%s is %d px wider than the window of %d px", p.URL(), by, p.opt.Width)
	}
}

// HTML is the page as it stands.
func (p *Page) HTML() string {
	p.t.Helper()
	return eval[string](p, `document.documentElement.outerHTML`)
}
