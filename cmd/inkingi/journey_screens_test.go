package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"inkingi/internal/testkit/browser"
)

// TestScreens takes a picture of every page, on a phone and on a desk, for
// people to look at: INKINGI_SCREENSHOTS=DIR go test ./cmd/inkingi -run TestScreens.
// Without a folder it looks at the first page only, so that it cannot rot.
func TestScreens(t *testing.T) {
	browser.Start(t)
	folder := os.Getenv("INKINGI_SCREENSHOTS")
	few := folder == ""
	if few {
		folder = t.TempDir()
	}
	w := newTour(t, map[bool]int{true: 0, false: 300}[few])
	if few {
		w.page(browser.Phone()).Visit("/")
		return
	}
	sights := w.sights()
	for _, o := range []browser.Options{browser.Phone(), browser.Desk()} {
		g := w.guide(o)
		for _, s := range sights {
			name := strings.Trim(strings.NewReplacer("/", "_", "{", "", "}", "", "$", "home").Replace(s.route.Pattern), "_")
			g.open(s).Screenshot(filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, o.Width)))
		}
	}
}
