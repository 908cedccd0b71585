package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
)

// killedAddress tells the test binary, run again as a child, to save until it
// is killed.
const killedAddress = "INKINGI_TEST_KILLED_ADDRESS"

const saves = 200

// TestKilledWhileSaving ends a program with kill -9 during 200 saves, several
// times on the same database: what it acknowledged is there, no record is
// half there, and the log holds.
func TestKilledWhileSaving(t *testing.T) {
	if address := os.Getenv(killedAddress); address != "" {
		saveUntilKilled(t, address)
		return
	}
	engine.Each(t, func(t *testing.T, address string) {
		s := open(t, address)
		kept := map[string]bool{}
		for round := range 4 {
			for _, id := range killOne(t, address, 20+45*round) {
				kept[id] = true
			}
		}
		must(t, s.engine.sequence(context.Background()))
		var orgs, subjects []string
		must(t, s.look(context.Background(), func(t *tx) error {
			if err := t.list(&orgs, `SELECT org FROM org_key ORDER BY org`); err != nil {
				return err
			}
			return t.list(&subjects, `SELECT org FROM subject_key ORDER BY org`)
		}))
		if strings.Join(orgs, " ") != strings.Join(subjects, " ") {
			t.Errorf("half records: %d of one half, %d of the other", len(orgs), len(subjects))
		}
		there := map[string]bool{}
		for _, o := range orgs {
			there[o] = true
		}
		for id := range kept {
			if !there[id] {
				t.Errorf("%s was acknowledged and is lost", id)
			}
		}
		r := holds(t, s)
		t.Logf("%d acknowledged, %d there, %d entries", len(kept), len(orgs), r.Size)
		if r.Size != int64(len(orgs)) {
			t.Errorf("%d entries for %d records", r.Size, len(orgs))
		}
	})
}

// killOne runs a child, kills it after so many acknowledged saves, and gives
// what it acknowledged.
func killOne(t *testing.T, address string, after int) (acknowledged []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKilledWhileSaving$", "-test.v")
	child.Env = append(os.Environ(), killedAddress+"="+address)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		id, ok := strings.CutPrefix(lines.Text(), "kept ")
		if !ok {
			continue
		}
		acknowledged = append(acknowledged, id)
		if len(acknowledged) == after {
			must(t, child.Process.Kill())
		}
	}
	_ = child.Wait() // killed
	if len(acknowledged) < after {
		t.Fatalf("the child ended by itself after %d saves", len(acknowledged))
	}
	if len(acknowledged) == saves {
		t.Fatal("the child was not killed in time")
	}
	return acknowledged
}

// saveUntilKilled saves from eight goroutines; a record is two rows.
func saveUntilKilled(t *testing.T, address string) {
	s, err := Open(context.Background(), address, Options{})
	must(t, err)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range 8 {
		wg.Go(func() {
			for range saves / 8 {
				row := someRow()
				err := s.act(context.Background(), entry(), func(t *tx) error {
					if err := t.insert("org_key", row); err != nil {
						return err
					}
					return t.insert("subject_key", subjectKey{ids.New[ids.Person]().UUID, row.Org, 1, []byte{1}})
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				fmt.Println("kept", row.Org)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
