// Tally reads what `go test -json` writes and says it for people: a line a
// package, the output of what failed and nothing of what passed, and a count.
//
//	go test -json ./... | tally -counts FILE [-skips]
//
// It fails when a test failed, when a package did not build, when a test that
// started never ended, and when a test was skipped: a skipped test is a promise
// nobody checked. Two exceptions: with -skips (the quick half of ./check), and
// tests whose message names a file under ../shared, which stays where it is;
// these are listed by name and counted apart.
//
// Tests and subtests are both counted, as `go test -v` lists them. Tally runs no
// test itself.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	counts := flag.String("counts", "", "file to add the line `passed failed skipped apart` to")
	skips := flag.Bool("skips", false, "let tests be skipped")
	flag.Parse()
	t, err := Read(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	t.Report(os.Stdout, *skips)
	if *counts != "" {
		if err := t.append(*counts); err != nil {
			fmt.Fprintln(os.Stderr, "tally:", err)
			os.Exit(2)
		}
	}
	if len(t.Failed) > 0 || len(t.Skipped) > 0 && !*skips {
		os.Exit(1)
	}
}

// append adds the count to a file that several runs share.
func (t *Tally) append(name string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	fmt.Fprintln(f, t.Passed, len(t.Failed), len(t.Skipped), len(t.Apart))
	return f.Close()
}
