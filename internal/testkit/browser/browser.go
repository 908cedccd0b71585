// Package browser is Chromium for tests, in the words of the person in front of
// it: visit, fill in, choose, press, follow, see. One Chromium serves a test
// binary; each [Page] is another visitor, with cookies and cache of his own.
//
//	func TestMain(m *testing.M) { browser.Main(m) }
//
//	page := browser.Start(t).Page(t, server.URL, browser.Phone())
//	page.Visit("/signal")
//	page.Choose("Oui")
//	page.Press("Continuer")
//	page.Sees("Appelez maintenant")
//
// Elements are found by what is written on them, never by id or class: what the
// person cannot read, the test cannot press. Whatever the page complains about on
// the console, a breach of its content security policy included, fails the test.
//
// The room needs INKINGI_TEST_CHROMIUM, the path of Chromium or Chrome, and for
// [Page.Axe] INKINGI_TEST_AXE, the path of axe.min.js; ./check sets both. It does
// not start the program, and it cannot judge what only a person can: whether the
// page is kind.
package browser

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The settings of the environment that this room reads.
const (
	Chromium = "INKINGI_TEST_CHROMIUM"
	AxeFile  = "INKINGI_TEST_AXE"
	Pictures = "INKINGI_TEST_PICTURES" // a folder for a picture of each page that failed
)

// Browser is one running Chromium.
type Browser struct {
	ctx    context.Context
	cancel func()
}

// one is the Chromium of this test binary. It is the one package-level variable
// that changes here: starting a browser for each test takes two seconds.
var one struct {
	sync.Mutex
	browser *Browser
}

// Main runs the tests of a package and closes the browser after them. Call it
// from TestMain; without it Chromium ends with the process and leaves its folder.
func Main(m *testing.M) {
	code := m.Run()
	Close()
	os.Exit(code)
}

// Close ends the browser, if one runs, and waits for it. A later Start opens another.
func Close() {
	one.Lock()
	defer one.Unlock()
	if one.browser != nil {
		one.browser.cancel()
		one.browser = nil
	}
}

// Start gives the browser of this test binary and starts it the first time. It
// skips the test when INKINGI_TEST_CHROMIUM is not set.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := os.Getenv(Chromium)
	if path == "" {
		t.Skip("needs a browser: set " + Chromium + " to the path of Chromium, or run ./check, which finds it")
	}
	one.Lock()
	defer one.Unlock()
	if one.browser == nil {
		b, err := launch(path)
		if err != nil {
			t.Fatalf("start %s: %v", path, err)
		}
		one.browser = b
	}
	return one.browser
}

func launch(path string) (*Browser, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.IgnoreCertErrors,
		chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("lang", "fr"),
		// Going back loads the page again: what a test waits for is a load.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,BackForwardCache"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses its sandbox to root
	}
	allocator, closeAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	cancel := func() {
		// Cancel asks Chromium to close and waits; the rest frees what is left.
		limit, done := context.WithTimeout(ctx, 20*time.Second)
		_ = chromedp.Cancel(limit)
		done()
		closeBrowser()
		closeAllocator()
	}
	// No timeout here: the first run binds the browser's life to its context.
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, fmt.Errorf("first tab: %w", err)
	}
	return &Browser{ctx: ctx, cancel: cancel}, nil
}
