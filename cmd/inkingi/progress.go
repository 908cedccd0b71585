package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress says how far a long work is: a bar where somebody watches, a line at
// every tenth where it is kept in a file.
func (c *console) progress(what string, total int) (set func(done int), end func()) {
	if watched(c.err) {
		bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(c.err), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))
		return func(done int) { _ = bar.Set(done) }, func() { _ = bar.Finish() }
	}
	said := 0
	return func(done int) {
		if tenth := done * 10 / max(total, 1); tenth > said {
			said = tenth
			fmt.Fprintf(c.err, "%s: %d of %d\n", what, done, total)
		}
	}, func() {}
}

// watched says whether a terminal is behind w.
func watched(w io.Writer) bool {
	f, is := w.(*os.File)
	if !is {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
