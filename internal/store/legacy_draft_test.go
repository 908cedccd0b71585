package store_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

const draftMapping = "name: Invented register\nseparator: ','\nheader: 1\ncolumns: [{column: Name, as: personal}, {column: Sex, as: sex}]\n"

// TestAFileOnItsWayIn opens to who brought it, says each opening, and leaves
// nothing behind.
func TestAFileOnItsWayIn(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		a := newAttic(t, address)
		id := ids.New[ids.List]()
		cmd := protection.PrepareList{ID: id, Mapping: draftMapping, Content: []byte("Name,Sex\nInvented Zuhura,F\n")}
		a.must(a.archive.PrepareList(a.ctx, a.evaluator, cmd))
		a.must(a.archive.PrepareList(a.ctx, a.evaluator, cmd)) // the form was sent twice
		for _, other := range []access.Who{a.supervisor, accesstest.Somebody(access.Evaluator, a.care), accesstest.Somebody(access.Administrator, a.care), access.Visitor()} {
			if _, _, err := a.archive.ListDraft(a.ctx, other, id); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s opens the file: %v", other.Post.Role, err)
			}
			if err := a.archive.DiscardDraft(a.ctx, other, id); err == nil {
				t.Errorf("%s forgets the file", other.Post.Role)
			}
		}
		d, g, err := a.archive.ListDraft(a.ctx, a.evaluator, id)
		a.must(err)
		if text, err := d.Content.Open(g); err != nil || text != string(cmd.Content) {
			t.Errorf("the file: %q, %v", text, err)
		}
		if n, err := a.store.Count(a.ctx, `SELECT COUNT(*) FROM legacy_draft WHERE size = ?`, len(cmd.Content)); err != nil || n != 1 {
			t.Errorf("%d drafts, %v", n, err)
		}
		a.must(a.archive.MapList(a.ctx, a.evaluator, id, d.Version, "name: Other\n"))
		if err := a.archive.MapList(a.ctx, a.evaluator, id, d.Version, "name: Third\n"); !fault.Is(err, fault.Stale) {
			t.Errorf("an old page: %v", err)
		}
		if all, err := a.archive.ListDrafts(a.ctx, a.evaluator); err != nil || len(all) != 1 || all[0].ID != id || !all[0].Content.IsZero() {
			t.Errorf("%+v, %v", all, err)
		}
		a.must(a.archive.DiscardDraft(a.ctx, a.evaluator, id))
		if n := a.keyOf(id.UUID); n != 0 {
			t.Error("the key of the file is still there")
		}
		if _, _, err := a.archive.ListDraft(a.ctx, a.evaluator, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("forgotten, and opened: %v", err)
		}

		for range 10 {
			cmd.ID = ids.New[ids.List]()
			a.must(a.archive.PrepareList(a.ctx, a.evaluator, cmd))
		}
		last := cmd.ID
		cmd.ID = ids.New[ids.List]()
		if err := a.archive.PrepareList(a.ctx, a.evaluator, cmd); !fault.Is(err, fault.Invalid) {
			t.Errorf("an eleventh: %v", err)
		}
		cmd.Content = bytes.Repeat([]byte("x"), protection.MaxListDraft+1)
		if err := a.archive.PrepareList(a.ctx, a.supervisor, cmd); !fault.Is(err, fault.Invalid) {
			t.Errorf("too big: %v", err)
		}
		a.now = a.now.Add(8 * 24 * time.Hour)
		a.must(a.archive.SweepDrafts(a.ctx))
		if n := a.keyOf(last.UUID); n != 0 {
			t.Error("after a week the key of a file is still there")
		}
		a.whole()
	})
}

// whole verifies the log against every row.
func (a *attic) whole() {
	a.t.Helper()
	report, err := a.store.Verify(a.ctx, store.VerifyOptions{Dir: a.t.TempDir()})
	a.must(err)
	if !report.Holds() {
		a.t.Errorf("the log does not hold: %+v", report.First)
	}
}

// TestAHalfLoadedList goes on where it stopped, or is taken out again with its keys.
func TestAHalfLoadedList(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		a := newAttic(t, address)
		var file strings.Builder
		file.WriteString("Name,Sex\n")
		for i := range 2500 {
			fmt.Fprintf(&file, "Invented %d,F\n", i)
		}
		load := func(mapping string) protection.LegacyList {
			_, cmd := a.ready(a.evaluator, a.list(mapping, []byte(file.String())))
			cmd.Most = 1000
			list, err := a.archive.Import(a.ctx, a.evaluator, cmd)
			a.must(err)
			return list
		}
		for _, want := range []int{1000, 2000, 2500} {
			if l := load(draftMapping); l.Rows != want || l.Done != (want == 2500) {
				t.Errorf("%d rows, done %v, want %d", l.Rows, l.Done, want)
			}
		}
		other := strings.Replace(draftMapping, "Invented register", "Another register", 1)
		half := load(other)
		if all, err := a.archive.HalfLoaded(a.ctx, a.supervisor); err != nil || len(all) != 1 || all[0].ID != half.ID || all[0].Rows != 1000 {
			t.Fatalf("half-loaded: %+v, %v", all, err)
		}
		before, err := a.store.Count(a.ctx, `SELECT COUNT(*) FROM index_token`)
		a.must(err)
		if _, err := a.archive.DiscardList(a.ctx, accesstest.Somebody(access.Supervisor, ids.New[ids.Org]()), half.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another house takes it out: %v", err)
		}
		done, err := a.archive.DiscardList(a.ctx, a.supervisor, half.ID)
		if err != nil || !done {
			t.Fatalf("taken out: %v, %v", done, err)
		}
		rows, err := a.store.Count(a.ctx, `SELECT COUNT(*) FROM legacy_record WHERE list = ?`, half.ID)
		a.must(err)
		after, err := a.store.Count(a.ctx, `SELECT COUNT(*) FROM index_token`)
		a.must(err)
		if rows != 0 || before-after != 1000 {
			t.Errorf("%d records and %d tokens are left behind", rows, 1000-(before-after))
		}
		if n, err := a.store.Count(a.ctx, `SELECT COUNT(*) FROM subject_key WHERE wrapped IS NOT NULL`); err != nil || n != 2500 && n != 2501 {
			t.Errorf("%d keys, %v", n, err)
		}
		if l := load(other); l.Rows != 1000 || l.ID == half.ID {
			t.Errorf("begun anew: %+v", l)
		}
		finished, err := a.archive.LegacyLists(a.ctx, a.evaluator, protection.Page{})
		a.must(err)
		if _, err := a.archive.DiscardList(a.ctx, a.evaluator, finished.Lines[0].ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("a finished list: %v", err)
		}
		a.whole()
	})
}
