package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Options say on what the visitor looks at the pages.
type Options struct {
	Width    int    // of the window, in CSS pixels; 0 is a phone's 360
	Height   int    // 0 is what goes with the width
	NoScript bool   // scripts of the page do not run
	Language string // Accept-Language; "" is fr
}

// Phone is a small phone, Desk a screen on a desk.
func Phone() Options { return Options{Width: 360} }

// Desk is a screen on a desk.
func Desk() Options { return Options{Width: 1280} }

// WithoutScript is the same screen where scripts do not run.
func (o Options) WithoutScript() Options { o.NoScript = true; return o }

// patience is how long a page may take to answer; a test machine is slow.
const patience = 30 * time.Second

// Page is one visitor's tab. Its methods fail the test when the page is not as
// they say. It is for one goroutine.
type Page struct {
	t      testing.TB
	ctx    context.Context
	base   string
	opt    Options
	within string // text of the part to look in; "" is the whole page
	watch  *watch
}

// Page opens a tab for a new visitor of the site at base. It closes with the test.
func (b *Browser) Page(t testing.TB, base string, o Options) *Page {
	t.Helper()
	if o.Width == 0 {
		o.Width = 360
	}
	if o.Height == 0 {
		if o.Height = 800; o.Width < 600 {
			o.Height = 640
		}
	}
	if o.Language == "" {
		o.Language = "fr"
	}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	p := &Page{t: t, ctx: ctx, base: strings.TrimSuffix(base, "/"), opt: o, watch: &watch{}}
	t.Cleanup(func() {
		p.complain()
		if t.Failed() {
			p.keepPicture()
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	if err := chromedp.Listen(ctx, p.watch.event); err != nil {
		t.Fatalf("listen to the tab: %v", err)
	}
	p.do("prepare the tab", chromedp.Func(p.prepare))
	return p
}

func (p *Page) prepare(ctx context.Context, t *chromedp.Target) error {
	mobile := p.opt.Width < 600
	if _, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(p.opt.Width), Height: int64(p.opt.Height), DeviceScaleFactor: 1, Mobile: mobile,
	}); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, t, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
		Headers: network.Headers{"Accept-Language": p.opt.Language},
	}); err != nil {
		return err
	}
	return p.scripts(ctx, t, !p.opt.NoScript)
}

// scripts lets the page's scripts run or not.
func (p *Page) scripts(ctx context.Context, t *chromedp.Target, run bool) error {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
	return err
}

// Within is the same page, where everything is looked for inside the smallest
// part (a fieldset, a row, a card, a form, a section) in which the text stands.
func (p *Page) Within(text string) *Page {
	part := *p
	part.within = text
	return &part
}

// Visit opens a path of the site, or a whole address, and waits until it is there.
func (p *Page) Visit(path string) {
	p.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = p.base + path
	}
	p.watch.begin()
	p.do("visit "+path, chromedp.Navigate(path))
	p.settle()
}

// Back goes back as the browser's own button does.
func (p *Page) Back() {
	p.t.Helper()
	p.watch.begin()
	p.do("go back", chromedp.NavigateBack())
	p.settle()
}

// Reload loads the page again.
func (p *Page) Reload() {
	p.t.Helper()
	p.watch.begin()
	p.do("reload", chromedp.Reload())
	p.settle()
}

// Press presses a button and waits for the page that follows.
func (p *Page) Press(button string) { p.t.Helper(); p.leave("button", button) }

// Follow follows a link and waits for the page that follows.
func (p *Page) Follow(link string) { p.t.Helper(); p.leave("link", link) }

// Click clicks a button, link or summary that opens no other page.
func (p *Page) Click(text string) {
	p.t.Helper()
	at := p.find("any", text)
	p.do("click "+text, chromedp.MouseClickXY(at.X, at.Y))
	p.settle()
}

func (p *Page) leave(kind, text string) {
	p.t.Helper()
	at := p.find(kind, text)
	p.watch.begin()
	p.do("press "+text, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.MouseClickXY(at.X, at.Y))(ctx, t)
		return chromedp.Void{}, err
	})
	p.settle()
}

// URL is the address of the page, without the site.
func (p *Page) URL() string {
	p.t.Helper()
	return strings.TrimPrefix(eval[string](p, `location.href`), p.base)
}

// Title is the title of the page.
func (p *Page) Title() string { p.t.Helper(); return eval[string](p, `document.title`) }

// Status is the number with which the page was answered.
func (p *Page) Status() int { return p.watch.document() }

// Screenshot keeps a picture of the whole page.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	picture, err := p.picture()
	if err != nil {
		p.t.Fatalf("picture of %s: %v", p.URL(), err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func (p *Page) picture() ([]byte, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.FullScreenshot(100))
}

func (p *Page) keepPicture() {
	folder := os.Getenv(Pictures)
	if folder == "" {
		return
	}
	if picture, err := p.picture(); err == nil {
		name := strings.NewReplacer("/", "_", " ", "_").Replace(p.t.Name()) + ".png"
		_ = os.WriteFile(filepath.Join(folder, name), picture, 0o644)
	}
}

// do runs steps within the patience of the page.
func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// eval asks the page. It works where scripts are off too: the developer tools
// may evaluate where the page may not.
func eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("ask the page: %v", err)
	}
	return v
}

// watch hears what the tab does; it is filled from the browser's own goroutine.
type watch struct {
	sync.Mutex
	requests []*Request
	byID     map[network.RequestID]*Request
	troubles []trouble
	icon     bool // it was asked for, or never will be
}

type trouble struct {
	text    string
	request network.RequestID
}
