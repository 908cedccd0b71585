package disclosure_test

import (
	"os"
	"path/filepath"
	"testing"

	"inkingi/science/disclosure"
)

// beside reads a file that may not be passed on, for a benchmark on a machine
// that has it; nil where it is not. No test rests on it.
func beside(b *testing.B, name string) *disclosure.Records {
	b.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		return nil
	}
	defer f.Close()
	r, err := disclosure.ReadRecords(f, disclosure.Reading{})
	if err != nil {
		b.Fatal(err)
	}
	return r
}
