package store_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/attachment"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

const notedWords = "Wezombra ameze neza.\nHakuna simu. Ça va mieux."

// A quick note is sealed as it came, once, and put in order without a word typed again.
func TestJottings(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		jot := protection.Jot{ID: ids.New[ids.Jotting](), Case: c, Words: notedWords, Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}
		h.must(h.desk.Jot(h.ctx, h.manager, jot))
		h.must(h.desk.Jot(h.ctx, h.manager, jot)) // a bad connection sends it twice
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{Limit: 50})
		h.must(err)
		if len(v.Jottings) != 1 || !v.Jottings[0].Words.IsZero() || v.Jottings[0].Sorted() {
			t.Fatalf("%+v", v.Jottings)
		}
		kept, err := h.store.Bytes(h.ctx, `SELECT words FROM jotting WHERE id = ?`, jot.ID)
		h.must(err)
		if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) {
			t.Error("the words are not sealed")
		}
		sort := protection.Sort{Jotting: jot.ID, Version: 1, Topics: []string{"HEALTH", "LAW"}, To: "POLICE", On: h.desk.Rules.Day(h.now).Add(-2)}
		h.must(h.desk.Sort(h.ctx, h.manager, sort))
		if err := h.desk.Sort(h.ctx, h.manager, sort); !fault.Is(err, fault.Stale) {
			t.Errorf("two put it in order at once: %v", err)
		}
		j, g, err := h.desk.Jotting(h.ctx, h.supervisor, jot.ID)
		h.must(err)
		if words, err := j.Words.Open(g); words != notedWords || err != nil {
			t.Errorf("it says %q: %v", words, err)
		}
		if !slices.Equal(j.Topics, sort.Topics) || j.To != "POLICE" || j.On != sort.On || j.SortedBy != h.manager.Account || j.Version != 2 {
			t.Errorf("%+v", j)
		}
		if _, _, err := h.desk.Jotting(h.ctx, h.host, jot.ID); err == nil {
			t.Error("another house reads it")
		}
		if err := h.desk.Jot(h.ctx, h.supervisor, protection.Jot{ID: jot.ID, Case: c, Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}); err == nil {
			t.Error("a supervisor writes")
		}
	})
}

// Who is not safe is looked at again in time; who is due sooner stays so.
func TestNotSafeSetsAClock(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		unsafe := func() protection.Jot {
			return protection.Jot{ID: ids.New[ids.Jotting](), Case: c, Safe: protection.No, Next: "SHELTER", Consent: protection.No}
		}
		h.must(h.desk.Jot(h.ctx, h.manager, unsafe()))
		first := h.due(c, "risk.reassess")
		if want := h.desk.Rules.Due("risk.response.red", h.now); !first.Equal(want) {
			t.Errorf("due %v, want %v", first, want)
		}
		h.now = h.now.Add(7 * 3600e9)
		h.must(h.desk.Jot(h.ctx, h.manager, unsafe()))
		if again := h.due(c, "risk.reassess"); !again.Equal(first) {
			t.Errorf("the clock was set back from %v to %v", first, again)
		}
	})
}

// From the third interview on a reason is asked, whoever heard her before.
func TestHeardOnceMore(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		jot := protection.Jot{ID: ids.New[ids.Jotting](), Case: c, Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}
		h.must(h.desk.Jot(h.ctx, h.manager, jot))
		h.must(h.desk.Sort(h.ctx, h.manager, protection.Sort{Jotting: jot.ID, Version: 1, Topics: []string{"LAW"}, To: "POLICE"}))
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		if v.Interviews() != 2 {
			t.Fatalf("heard %d times", v.Interviews())
		}
		begin := protection.Begin{ID: ids.New[ids.Screening](), Case: c, Version: v.Case.Version, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}
		if err := h.desk.Begin(h.ctx, h.screener, begin); !fault.Is(err, fault.Invalid) || fault.Of(err).Key != "fault.screening.again" {
			t.Errorf("a third time, and no reason: %v", err)
		}
		begin.Again = "x"
		if err := h.desk.Begin(h.ctx, h.screener, begin); !fault.Is(err, fault.Invalid) {
			t.Errorf("a reason of no list: %v", err)
		}
		begin.Again = "HER_WISH"
		h.must(h.desk.Begin(h.ctx, h.screener, begin))
		s, _, err := h.desk.Screening(h.ctx, h.screener, begin.ID)
		h.must(err)
		if s.Again != "HER_WISH" {
			t.Errorf("the reason is %q", s.Again)
		}
	})
}

// A sealed note is for its author and those it names: not for the team, not for the
// supervisor, and no list tells that it is there.
func TestSealedNotes(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		nurse := h.somebody(access.ServiceProvider)
		seal := protection.SealNote{ID: ids.New[ids.SealedNote](), Case: c, Kind: "HEALTH", Words: notedWords, Readers: []ids.Account{nurse.Account}}
		h.must(h.desk.SealNote(h.ctx, h.manager, seal))
		h.must(h.desk.SealNote(h.ctx, h.manager, seal))
		kept, err := h.store.Bytes(h.ctx, `SELECT words FROM sealed_note WHERE id = ?`, seal.ID)
		h.must(err)
		if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) {
			t.Error("the words are not sealed")
		}
		seen := func(who access.Who) (bool, bool) {
			n, g, err := h.desk.SealedNote(h.ctx, who, seal.ID)
			reads := err == nil
			if reads {
				if words, err := n.Words.Open(g); words != notedWords || err != nil {
					t.Errorf("it says %q: %v", words, err)
				}
			} else if !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
				t.Errorf("%v", err)
			}
			cut, err := h.desk.SealedNotes(h.ctx, who, protection.Page{})
			return reads, err == nil && len(cut.Lines) == 1
		}
		expect := func(when string, may ...access.Who) {
			t.Helper()
			for _, who := range []access.Who{h.manager, nurse, h.screener, h.supervisor, h.duty, h.host, h.somebody(access.ServiceProvider), h.somebody(access.CaseManager)} {
				allowed := slices.ContainsFunc(may, func(one access.Who) bool { return one.Account == who.Account })
				if reads, listed := seen(who); reads != allowed || listed != allowed {
					t.Errorf("%s: %s reads %v, is told %v", when, who.Post.Role, reads, listed)
				}
			}
		}
		expect("written", h.manager, nurse)
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{Limit: 50})
		h.must(err)
		for _, e := range v.Timeline.Lines {
			if strings.Contains(e.Verb, "seal") {
				t.Error("the case tells of it")
			}
		}
		if len(v.SealedNotes) != 0 {
			t.Error("the supervisor's page lists it")
		}
		if err := h.desk.Entrust(h.ctx, nurse, protection.Entrust{Note: seal.ID, Version: 1}); !fault.Is(err, fault.Denied) {
			t.Errorf("a reader names others: %v", err)
		}
		h.must(h.desk.Entrust(h.ctx, h.manager, protection.Entrust{Note: seal.ID, Version: 1, Readers: []ids.Account{h.supervisor.Account}}))
		expect("entrusted to the supervisor", h.manager, h.supervisor)
		_, g, err := h.desk.Jotting(h.ctx, h.manager, ids.New[ids.Jotting]())
		if err == nil {
			t.Error("no note, and a grant")
		}
		if _, err := h.store.SealedNote(h.ctx, g, seal.ID); err == nil {
			t.Error("any grant opens it")
		}
		if _, err := h.store.SealedNote(h.ctx, v.Grant, seal.ID); !fault.Is(err, fault.Internal) {
			t.Errorf("the grant on the case opens it: %v", err)
		}
	})
}

// A file is sealed, bound to its row, read back whole, and gone with the key.
func TestAttachments(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		var picture bytes.Buffer
		h.must(jpeg.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 3000, 1000)), nil))
		file := protection.Attach{ID: ids.New[ids.Attachment](), Case: c, Kind: "MEDICAL", Face: protection.No, Name: "certificat d’été Wezombra ላ.txt", Content: []byte(notedWords)}
		h.must(h.desk.Attach(h.ctx, h.manager, file))
		h.must(h.desk.Attach(h.ctx, h.manager, file)) // the same request
		photo := protection.Attach{ID: ids.New[ids.Attachment](), Case: c, Kind: "CONTRACT", Face: protection.No, Name: "IMG_2026.HEIC", Content: picture.Bytes()}
		h.must(h.desk.Attach(h.ctx, h.manager, photo))
		big := protection.Attach{ID: ids.New[ids.Attachment](), Case: c, Kind: "LEGAL", Face: protection.No, Name: "long.pdf", Content: append([]byte("%PDF-1.7\n"), make([]byte, attachment.Most-9)...)}
		h.must(h.desk.Attach(h.ctx, h.manager, big))
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		if len(v.Attachments) != 3 || !v.Attachments[0].Name.IsZero() {
			t.Fatalf("%+v", v.Attachments)
		}
		for _, query := range []string{`SELECT name FROM attachment WHERE id = ?`, `SELECT content FROM attachment_body WHERE id = ?`} {
			kept, err := h.store.Bytes(h.ctx, query, file.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) {
				t.Errorf("not sealed: %s", query)
			}
		}
		a, g, err := h.desk.Download(h.ctx, h.supervisor, file.ID)
		h.must(err)
		name, err := a.Name.Open(g)
		h.must(err)
		content, err := a.Content.Open(g)
		h.must(err)
		if name != file.Name || content != notedWords || a.Type != attachment.Text || a.Size != len(notedWords) {
			t.Errorf("%s: %q", name, content)
		}
		if a, _, err := h.desk.Download(h.ctx, h.manager, photo.ID); err != nil || a.Type != attachment.JPEG || a.Size >= picture.Len() {
			t.Errorf("the picture: %s, %d bytes of %d, %v", a.Type, a.Size, picture.Len(), err)
		}
		if a, g, err := h.desk.Download(h.ctx, h.manager, big.ID); err != nil {
			t.Error(err)
		} else if whole, err := a.Content.Open(g); err != nil || len(whole) != attachment.Most {
			t.Errorf("the largest: %d, %v", len(whole), err)
		}
		if _, _, err := h.desk.Download(h.ctx, h.host, file.ID); !fault.Is(err, fault.Withheld) {
			t.Errorf("another house: %v", err)
		}
		store.MustSwap(t, h.store, file.ID, photo.ID) // somebody at the disk exchanges two files
		if _, _, err := h.desk.Download(h.ctx, h.manager, file.ID); !fault.Is(err, fault.Internal) {
			t.Errorf("exchanged: %v", err)
		}
		store.MustSwap(t, h.store, file.ID, photo.ID)
		store.MustErase(t, h.store, file.ID.UUID)
		a, g, err = h.desk.Download(h.ctx, h.manager, file.ID)
		h.must(err)
		if _, err := a.Content.Open(g); !fault.Is(err, fault.NotFound) {
			t.Errorf("erased, and it opens: %v", err)
		}
		if _, err := a.Name.Open(g); !fault.Is(err, fault.NotFound) {
			t.Errorf("erased, and its name opens: %v", err)
		}
	})
}

// What is enclosed with a sealed note is for its readers, and the case does not list it.
func TestAttachmentsOfASealedNote(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		nurse := h.somebody(access.ServiceProvider)
		n := ids.New[ids.SealedNote]()
		h.must(h.desk.SealNote(h.ctx, h.manager, protection.SealNote{ID: n, Case: c, Kind: "HEALTH", Words: "x", Readers: []ids.Account{nurse.Account}}))
		file := protection.Attach{ID: ids.New[ids.Attachment](), Note: n, Kind: "MEDICAL", Face: protection.No, Name: "x.txt", Content: []byte(notedWords)}
		if err := h.desk.Attach(h.ctx, h.screener, file); !fault.Is(err, fault.Withheld) {
			t.Errorf("who is not named adds to it: %v", err)
		}
		h.must(h.desk.Attach(h.ctx, h.manager, file))
		v, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{Limit: 50})
		h.must(err)
		if len(v.Attachments) != 0 {
			t.Error("the case lists it")
		}
		for _, e := range v.Timeline.Lines {
			if e.Verb == "attached" {
				t.Error("the timeline tells of it")
			}
		}
		for _, who := range []access.Who{h.manager, nurse, h.screener, h.supervisor, h.duty, h.host} {
			_, _, err := h.desk.Download(h.ctx, who, file.ID)
			if may := who.Account == h.manager.Account || who.Account == nurse.Account; (err == nil) != may {
				t.Errorf("%s: %v", who.Post.Role, err)
			}
		}
	})
}

// A backup carries files as they are, sealed, and a restore gives them back.
func TestBackupCarriesFiles(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		file := protection.Attach{ID: ids.New[ids.Attachment](), Case: h.followed(), Kind: "MEDICAL", Face: protection.No, Name: "été.txt", Content: []byte(notedWords)}
		h.must(h.desk.Attach(h.ctx, h.manager, file))
		var data, keys bytes.Buffer
		const passphrase = "seven invented words for one small test"
		entry := audit.Refused(access.Visitor(), access.SystemConfigure, access.Object{Kind: access.System}, access.ForOperation, fault.Denied, h.now)
		_, err := h.store.Backup(h.ctx, entry, store.BackupOptions{Data: &data, Keys: &keys, Master: h.master, Passphrase: passphrase, Keep: 24 * time.Hour})
		h.must(err)
		restored, err := store.Open(h.ctx, engine.SQLite(t), h.options)
		h.must(err)
		defer restored.Close()
		_, err = restored.Restore(h.ctx, store.RestoreOptions{Data: &data, Keys: &keys, Master: h.master, Passphrase: passphrase})
		h.must(err)
		h.desk.Store = restored
		a, g, err := h.desk.Download(h.ctx, h.manager, file.ID)
		h.must(err)
		if content, err := a.Content.Open(g); content != notedWords || err != nil {
			t.Errorf("it holds %q: %v", content, err)
		}
	})
}

// somebody of the house that follows her.
func (h *hut) somebody(role access.Role) access.Who { return accesstest.Somebody(role, h.care) }

// due is when a task of a case is.
func (h *hut) due(c ids.Case, key string) time.Time {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	task, _ := v.Task(key)
	return task.Due
}
