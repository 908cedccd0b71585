package disclosure_test

import (
	"os"
	"path/filepath"
	"testing"

	"inkingi/science/disclosure"
)

// beside reads a file of the field that stays out of the repository.
func beside(t testing.TB, name string) *disclosure.Records {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		t.Skipf("stays in ../shared/%s, which is not here", name)
	}
	defer f.Close()
	r, err := disclosure.ReadRecords(f, disclosure.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
