package store_test

import (
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

// attaches adds a file to a case, or to a sealed note.
func (h *hut) attaches(w access.Who, c protection.Attach) ids.Attachment {
	h.t.Helper()
	c.ID, c.Kind, c.Name, c.Content, c.Face = ids.New[ids.Attachment](), "MEDICAL", "certificat Wezombra.txt", []byte("récit Wezombra"), protection.No
	h.must(h.desk.Attach(h.ctx, w, c))
	return c.ID
}

// opens says whether the content of a file can be read.
func (h *hut) opens(w access.Who, id ids.Attachment) error {
	a, g, err := h.desk.Download(h.ctx, w, id)
	if err == nil {
		_, err = a.Content.Open(g)
	}
	return err
}

// A wrong upload is taken out alone, by who attached it within a day or by a supervisor:
// its key is destroyed, what else is hers stays, and it stays written that it was there.
func TestAFileIsTakenOutAlone(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, person := h.taken()
		wrong, right := h.attaches(h.screener, protection.Attach{Case: c}), h.attaches(h.screener, protection.Attach{Case: c})
		remove := protection.RemoveFile{Attachment: wrong, Why: "WRONG_PERSON"}
		for name, w := range map[string]access.Who{"another house": accesstest.Somebody(access.Supervisor, h.shelter), "a shelter": h.host, "the police": accesstest.Somebody(access.Police, h.care),
			"data protection": officerOf(h), "a colleague": accesstest.Somebody(access.Screener, h.care)} {
			if err := h.desk.RemoveFile(h.ctx, w, remove); !withheld(err) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s takes it out: %v", name, err)
			}
		}
		if err := h.desk.RemoveFile(h.ctx, h.screener, protection.RemoveFile{Attachment: wrong}); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		hold := protection.PlaceHold{ID: ids.New[ids.Hold](), Case: c, Why: "COMPLAINT", Until: h.desk.Rules.Day(h.now).Add(20)}
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, hold))
		for _, w := range []access.Who{h.screener, h.supervisor} {
			if err := h.desk.RemoveFile(h.ctx, w, remove); fault.Of(err).Key != "fault.attachment.held" {
				t.Errorf("held, and taken out: %v", err)
			}
		}
		if err := h.save(protection.Change{Removals: []protection.Removal{{Attachment: wrong, Case: c, By: h.screener.Account, At: h.now, Why: "TWICE"}}}); fault.Of(err).Key != "fault.attachment.held" {
			t.Errorf("held, in the act: %v", err)
		}
		h.must(h.desk.LiftHold(h.ctx, h.supervisor, protection.LiftHold{Case: c, Hold: hold.ID, Version: 1}))
		if h.keyOf(wrong.UUID) != 1 || h.opens(h.screener, wrong) != nil {
			t.Fatal("it is gone already")
		}
		h.must(h.desk.RemoveFile(h.ctx, h.screener, remove))
		h.must(h.desk.RemoveFile(h.ctx, h.screener, remove)) // the same act
		if err := h.desk.RemoveFile(h.ctx, h.supervisor, remove); err == nil {
			t.Error("taken out twice")
		}
		if h.keyOf(wrong.UUID) != 0 || h.keyOf(right.UUID) != 1 || h.keyOf(person.UUID) != 1 {
			t.Error("not one key, and that one")
		}
		if err := h.opens(h.screener, wrong); !fault.Is(err, fault.NotFound) {
			t.Errorf("it opens: %v", err)
		}
		h.must(h.opens(h.screener, right))
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM attachment_body WHERE id = ?`, wrong); err != nil || n != 0 {
			t.Errorf("its bytes stay: %d, %v", n, err)
		}
		a, g, err := h.desk.Attachment(h.ctx, h.screener, wrong)
		h.must(err)
		if name, err := a.Name.Open(g); err != nil || name != "" || !a.Removed() || a.RemovedBy != h.screener.Account || a.RemovedWhy != "WRONG_PERSON" || a.Kind != "MEDICAL" {
			t.Errorf("what stays of it: %+v %q %v", a, name, err)
		}

		// Later a supervisor decides; of a sealed note only whom it names.
		h.now = h.now.Add(25 * time.Hour)
		if err := h.desk.RemoveFile(h.ctx, h.screener, protection.RemoveFile{Attachment: right, Why: "TWICE"}); fault.Of(err).Key != "fault.attachment.late" {
			t.Errorf("after a day: %v", err)
		}
		h.must(h.desk.RemoveFile(h.ctx, h.supervisor, protection.RemoveFile{Attachment: right, Why: "TWICE"}))
		n := ids.New[ids.SealedNote]()
		h.must(h.desk.SealNote(h.ctx, h.screener, protection.SealNote{ID: n, Case: c, Kind: "HEALTH", Words: "x"}))
		sealed := h.attaches(h.screener, protection.Attach{Note: n})
		if err := h.desk.RemoveFile(h.ctx, h.supervisor, protection.RemoveFile{Attachment: sealed, Why: "TWICE"}); !withheld(err) {
			t.Errorf("a supervisor whom a sealed note does not name: %v", err)
		}
		h.must(h.desk.RemoveFile(h.ctx, h.screener, protection.RemoveFile{Attachment: sealed, Why: "TWICE"}))
		v, err := h.desk.Case(h.ctx, h.screener, c, protection.Page{Limit: 50})
		h.must(err)
		told := 0
		for _, e := range v.Timeline.Lines {
			if e.Verb == "attachment_removed" {
				told++
			}
		}
		if told != 2 {
			t.Errorf("the timeline tells of %d", told)
		}
		store.MustHold(t, h.store)
		noPlaintext(t, h, address)
	})
}

// The key of a file goes where the file goes: to the file that is joined, to another
// organisation, and with her when she is erased; an older backup does not bring it back.
func TestTheKeyOfAFileFollows(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, kept, _ := h.left()
		h.must(h.desk.Reopen(h.ctx, h.supervisor, protection.Reopen{Case: kept, Version: h.seenBy(kept).Version, Reason: "FOUND"}))
		_, gone, _ := h.left()
		h.must(h.desk.Reopen(h.ctx, h.supervisor, protection.Reopen{Case: gone, Version: h.seenBy(gone).Version, Reason: "FOUND"}))
		one, two := h.attaches(h.screener, protection.Attach{Case: gone}), h.attaches(h.screener, protection.Attach{Case: gone})
		h.must(h.desk.RemoveFile(h.ctx, h.screener, protection.RemoveFile{Attachment: two, Why: "TWICE"}))
		join := protection.JoinFiles{Likeness: h.pairOf(kept, gone), Version: 1, Kept: kept}
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		h.must(h.opens(h.screener, one))
		h.must(h.desk.UndoJoin(h.ctx, h.supervisor, protection.UndoJoin{Likeness: join.Likeness, Version: 2}))
		h.must(h.opens(h.screener, one))
		h.must(h.save(protection.Change{Moves: []protection.Move{{Case: gone, To: h.shelter}}}))
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM subject_key WHERE subject = ? AND org = ?`, one, h.shelter); err != nil || n != 1 {
			t.Errorf("the key of the file stayed behind: %d, %v", n, err)
		}
		if n, err := h.store.EraseAgain(h.ctx, h.entry(h.screener), []ids.UUID{one.UUID, two.UUID}); err != nil || n != 1 {
			t.Errorf("erased again: %d, %v", n, err)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM attachment x WHERE x.id = ? AND x.removed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attachment_body b WHERE b.id = x.id)`, one); err != nil || n != 1 {
			t.Errorf("after a restore: %d, %v", n, err)
		}
		_, over, _ := h.left()
		with := h.attaches(h.screener, protection.Attach{Case: over})
		h.must(h.save(protection.Change{Erase: []protection.Erasure{{Case: over}}}))
		if h.keyOf(with.UUID) != 0 {
			t.Error("she is erased, and the key of a file of hers is left")
		}
		store.MustHold(t, h.store)
	})
}
