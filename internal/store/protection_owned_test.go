package store

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestAWholeFileMoves holds every table that hangs on a case and names its owner:
// what were left behind could be neither read nor written by anybody.
func TestAWholeFileMoves(t *testing.T) {
	text, err := os.ReadFile("schema/sqlite.sql")
	if err != nil {
		t.Fatal(err)
	}
	// Lists that move by themselves; and who may read a sealed note, whom its author named in the first house.
	known := map[string]bool{"protection_case": true, "task": true, "plan_queue": true, "referral_queue": true, "sealed_reader": true, "transfer": true}
	for _, o := range owned {
		known[o.table] = true
	}
	found := 0
	for _, m := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\) STRICT`).FindAllStringSubmatch(string(text), -1) {
		hangs := strings.Contains(m[2], "case_id") || m[1] == "closure" || m[1] == "homecoming" || m[1] == "reflection"
		if !hangs || !strings.Contains(m[2], "owner_org") && !strings.Contains(m[2], "from_org") {
			continue
		}
		found++
		if !known[m[1]] {
			t.Errorf("%s stays behind when a file moves", m[1])
		}
	}
	if found < 12 {
		t.Errorf("only %d tables were found", found)
	}
}
