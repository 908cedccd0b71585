package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// gone brings somebody with a whole file to where she has left.
func (h *hut) left() (ids.Signal, ids.Case, ids.Person) {
	h.t.Helper()
	s, c, p := h.taken()
	x := ids.New[ids.Screening]()
	h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: x, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	h.must(h.desk.Listen(h.ctx, h.screener, protection.Listen{Screening: x, Version: 1, LimitsSaid: true, Account: "Markerstory", Profile: protection.Labour, Exploited: protection.Yes, Act: protection.Yes, Heard: []string{"D1_JOB"}}))
	h.must(h.desk.Judge(h.ctx, h.screener, protection.Judge{Screening: x, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
	h.must(h.desk.Ratify(h.ctx, h.supervisor, protection.Ratify{Case: c, Version: 3}))
	h.must(h.desk.EditPerson(h.ctx, h.screener, protection.EditPerson{Person: p, Version: 1, Name: "Markername", Called: "Markercalled", Phone: "79 222 334", Document: "Markerpaper", From: "Markerhome", May: protection.Yes}))
	h.refers(h.screener, c, h.house(), h.says(c, protection.Yes, "minimum"))
	h.must(h.desk.Jot(h.ctx, h.screener, protection.Jot{ID: ids.New[ids.Jotting](), Case: c, Words: "Markernote", Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}))
	h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: c, Version: h.seenBy(c).Version, Reason: "NOT_NOW", Told: true}))
	return s, c, p
}

func (h *hut) seenBy(c ids.Case) protection.Case {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.screener, c, protection.Page{})
	h.must(err)
	return v.Case
}

func (h *hut) asksErasure(c ids.Case) ids.Erasure {
	h.t.Helper()
	id := ids.New[ids.Erasure]()
	h.must(h.desk.AskErasure(h.ctx, h.screener, protection.AskErasure{ID: id, Case: c, Reason: "AFRAID", Given: "SELF", Told: h.desk.Rules.Codes("erasure_told")}))
	return id
}

func officerOf(h *hut) access.Who {
	return accesstest.Somebody(access.DataProtection, ids.New[ids.Org]())
}

// One asks, another agrees, and in that act her key is gone: nothing sealed opens,
// nobody finds her, and the log still holds.
func TestErasedIsGone(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		signal, c, person := h.left()
		_, other, _ := h.left()
		code := h.seenBy(c).Code
		packets := h.idsOf(`SELECT id FROM referral WHERE case_id = ?`, c.UUID)
		reporters := h.idsOf(`SELECT id FROM reporter WHERE signal = ?`, signal.UUID)
		sealed := h.grant(h.screener, access.PersonRead, access.PersonKind, person.UUID, access.ForProtection)
		e := h.asksErasure(c)
		again := protection.AskErasure{ID: ids.New[ids.Erasure](), Case: c, Reason: "OVER", Given: "SELF", Told: h.desk.Rules.Codes("erasure_told")}
		if err := h.desk.AskErasure(h.ctx, h.screener, again); fault.Of(err).Key != "fault.erasure.twice" {
			t.Errorf("asked twice: %v", err)
		}
		yes := protection.AnswerErasure{Erasure: e, Version: 1}
		for name, w := range map[string]access.Who{"who asked": h.screener, "a manager": h.manager, "the police": accesstest.Somebody(access.Police, h.care),
			"another house": accesstest.Somebody(access.Supervisor, h.shelter), "an administrator": accesstest.Somebody(access.Administrator, h.care)} {
			if err := h.desk.ApproveErasure(h.ctx, w, yes); err == nil {
				t.Fatalf("%s agreed", name)
			}
		}
		if h.keyOf(person.UUID) != 1 {
			t.Fatal("erased before anybody agreed")
		}
		h.must(h.desk.ApproveErasure(h.ctx, officerOf(h), yes))
		for _, subject := range append(append([]ids.UUID{person.UUID, signal.UUID}, packets...), reporters...) {
			if h.keyOf(subject) != 0 {
				t.Errorf("the key of %s is still there", subject)
			}
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM index_token WHERE subject = ?`, person); err != nil || n != 0 {
			t.Errorf("%d tokens: %v", n, err)
		}
		if p, err := h.store.Person(h.ctx, sealed, person); err != nil || !p.Name.IsZero() || !p.Contact.Phone.IsZero() {
			t.Errorf("an old grant finds %v: %v", p, err)
		}
		for name, w := range map[string]access.Who{"the screener": h.screener, "the supervisor": h.supervisor, "on duty": h.duty} {
			if _, err := h.desk.Case(h.ctx, w, c, protection.Page{}); !withheld(err) {
				t.Errorf("%s reads: %v", name, err)
			}
			if _, _, err := h.desk.Signal(h.ctx, w, signal); !withheld(err) {
				t.Errorf("%s reads the signal: %v", name, err)
			}
		}
		for _, words := range []string{"Markername", "79222334", code.String()} {
			found, err := h.desk.Find(h.ctx, h.supervisor, words, protection.Page{})
			if err == nil && slices.ContainsFunc(found.Lines, func(l protection.CaseLine) bool { return l.ID == c }) {
				t.Errorf("%s finds her", words)
			}
		}
		for state := range map[protection.CaseState]bool{"": true, protection.Declined: true} {
			lines, err := h.desk.Cases(h.ctx, h.supervisor, protection.CaseFilter{State: state}, protection.Page{})
			h.must(err)
			for _, l := range lines.Lines {
				if l.ID == c {
					t.Errorf("listed among %q", state)
				}
			}
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM protection_case WHERE id = ? AND state = 'ERASED' AND sex = 'F' AND place_written IS NULL AND zone = ''`, c); err != nil || n != 1 {
			t.Errorf("it is not counted: %d, %v", n, err)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM history WHERE record IN (?, ?, ?)`, c, person, signal); err != nil || n != 0 {
			t.Errorf("%d older versions stayed: %v", n, err)
		}
		if h.seenBy(other).State != protection.Declined {
			t.Error("somebody else was erased")
		}
		if err := h.desk.ApproveErasure(h.ctx, officerOf(h), protection.AnswerErasure{Erasure: e, Version: 2}); !fault.Is(err, fault.Invalid) {
			t.Errorf("erased twice: %v", err)
		}
		store.MustHold(t, h.store)
		noPlaintext(t, h, address)
	})
}

func (h *hut) idsOf(query string, args ...any) []ids.UUID {
	h.t.Helper()
	all, err := h.store.IDs(h.ctx, query, args...)
	h.must(err)
	if len(all) == 0 {
		h.t.Fatal("no record: " + query)
	}
	return all
}

// noPlaintext looks for what was typed in the files of SQLite, where everything is.
func noPlaintext(t *testing.T, h *hut, address string) {
	t.Helper()
	path, sqlite := strings.CutPrefix(address, "sqlite:")
	if !sqlite {
		return
	}
	h.must(h.store.Scrub(h.ctx))
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	h.must(err)
	for _, one := range files {
		text, err := os.ReadFile(one)
		h.must(err)
		for _, word := range []string{"Markername", "markername", "Markercalled", "Markerpaper", "Markerhome", "Markernote", "Markerstory", "79222334", "79 222 334"} {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("%s holds %s", filepath.Base(one), word)
			}
		}
	}
}

// A hold forbids it until it is lifted or over, also one that came after it was
// asked for; a case that is open again forbids it too.
func TestAHoldForbidsErasure(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, person := h.left()
		e := h.asksErasure(c)
		hold := protection.PlaceHold{ID: ids.New[ids.Hold](), Case: c, Why: "CRIMINAL_FILE", Until: h.desk.Rules.Day(h.now).Add(20)}
		if err := h.desk.PlaceHold(h.ctx, h.screener, hold); !fault.Is(err, fault.Denied) {
			t.Errorf("a screener placed a hold: %v", err)
		}
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, hold))
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, hold))
		yes := protection.AnswerErasure{Erasure: e, Version: 1}
		if err := h.desk.ApproveErasure(h.ctx, h.supervisor, yes); fault.Of(err).Key != "fault.erasure.held" {
			t.Errorf("held: %v", err)
		}
		// Behind the desk too: what the desk saw may be older than the hold.
		x := protection.Erasure{Case: c}
		if err := h.save(protection.Change{Erase: []protection.Erasure{x}}); fault.Of(err).Key != "fault.erasure.held" {
			t.Errorf("held, in the act: %v", err)
		}
		_, holds, err := h.desk.Holds(h.ctx, h.supervisor, c)
		h.must(err)
		if len(holds) != 1 || !holds[0].Stands(h.now) {
			t.Fatalf("the holds: %+v", holds)
		}
		if err := h.desk.LiftHold(h.ctx, h.supervisor, protection.LiftHold{Case: c, Hold: ids.New[ids.Hold](), Version: 1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("another's hold: %v", err)
		}
		h.must(h.desk.LiftHold(h.ctx, h.supervisor, protection.LiftHold{Case: c, Hold: hold.ID, Version: 1}))
		h.must(h.desk.Reopen(h.ctx, h.supervisor, protection.Reopen{Case: c, Version: h.seenBy(c).Version, Reason: "FOUND"}))
		if err := h.desk.ApproveErasure(h.ctx, h.supervisor, yes); fault.Of(err).Key != "fault.erasure.open" {
			t.Errorf("open: %v", err)
		}
		if err := h.save(protection.Change{Erase: []protection.Erasure{x}}); fault.Of(err).Key != "fault.erasure.open" {
			t.Errorf("open, in the act: %v", err)
		}
		h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: c, Version: h.seenBy(c).Version, Reason: "NOT_NOW", Told: true}))
		if h.keyOf(person.UUID) != 1 {
			t.Fatal("erased all the same")
		}
		h.must(h.desk.ApproveErasure(h.ctx, h.supervisor, yes))
		if h.keyOf(person.UUID) != 0 {
			t.Error("the key is still there")
		}
		store.MustHold(t, h.store)
	})
}

// She may think better of it, and a no has a reason: the file stays as it is.
func TestAnErasureThatIsNotDone(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, person := h.left()
		first := h.asksErasure(c)
		if err := h.desk.WithdrawErasure(h.ctx, h.supervisor, protection.AnswerErasure{Erasure: first, Version: 1}); err == nil {
			t.Error("somebody else withdrew it")
		}
		h.must(h.desk.WithdrawErasure(h.ctx, h.screener, protection.AnswerErasure{Erasure: first, Version: 1}))
		second := h.asksErasure(c)
		if err := h.desk.DeclineErasure(h.ctx, h.supervisor, protection.AnswerErasure{Erasure: second, Version: 1}); fault.Of(err).Field != "why" {
			t.Errorf("no without a reason: %v", err)
		}
		h.must(h.desk.DeclineErasure(h.ctx, h.supervisor, protection.AnswerErasure{Erasure: second, Version: 1, Why: "LAW"}))
		for _, id := range []ids.Erasure{first, second} {
			if err := h.desk.ApproveErasure(h.ctx, h.supervisor, protection.AnswerErasure{Erasure: id, Version: 2}); !fault.Is(err, fault.Invalid) {
				t.Errorf("approved after all: %v", err)
			}
		}
		mine, err := h.desk.Erasures(h.ctx, h.supervisor)
		h.must(err)
		theirs, err := h.desk.Erasures(h.ctx, accesstest.Somebody(access.Supervisor, h.shelter))
		h.must(err)
		if len(mine) != 2 || len(theirs) != 0 || h.keyOf(person.UUID) != 1 {
			t.Errorf("mine %d, another house's %d", len(mine), len(theirs))
		}
		store.MustHold(t, h.store)
	})
}

// The job proposes and destroys nothing: two persons agree, and a no is not
// proposed again.
func TestTheScheduleOnlyProposes(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		bdi, err := countries.Load("bdi")
		h.must(err)
		_, c, person := h.left()
		_, held, _ := h.left()
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: held, Why: "COMPENSATION", Until: h.desk.Rules.Day(h.now).Add(5 * 366)}))
		r := h.raise()
		h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))
		h.must(h.desk.Triage(h.ctx, h.duty, protection.Triage{Signal: r.Signal, Version: 2, Level: protection.Green, Checked: true, Outcome: protection.OtherNeed, Need: "GBV"}))
		propose := func() map[string]int {
			t.Helper()
			o := access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}
			g, err := h.desk.Policy.Decide(access.Itself(), access.SystemRetain, o, access.ForOperation, h.now)
			h.must(err)
			n, err := h.store.Propose(h.ctx, audit.Of(g, h.now), store.Keeping{Due: func(key string, from time.Time) time.Time { return bdi.Due(countries.DeadlineKey(key), from) },
				Today: bdi.Day(h.now), Grown: bdi.Deadline(countries.RetainCaseChild).Amount})
			h.must(err)
			return n
		}
		if n := propose(); len(n) != 0 {
			t.Errorf("nothing is due, and it proposes %v", n)
		}
		h.now = h.now.AddDate(5, 0, -1)
		if n := propose(); n["retain.signal"] != 1 || n["retain.case.adult"] != 0 {
			t.Errorf("before the day: %v", n)
		}
		h.now = h.now.AddDate(0, 0, 3)
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: held, Why: "COMPENSATION", Until: h.desk.Rules.Day(h.now).Add(9)}))
		if n := propose(); n["retain.case.adult"] != 1 || n["retain.signal"] != 0 {
			t.Errorf("on the day: %v", n)
		}
		if n := propose(); len(n) != 0 {
			t.Errorf("proposed twice: %v", n)
		}
		all, err := h.desk.Erasures(h.ctx, h.supervisor)
		h.must(err)
		if len(all) != 2 || h.keyOf(person.UUID) != 1 || h.keyOf(r.Signal.UUID) != 1 {
			t.Fatalf("%+v", all)
		}
		second, officer := accesstest.Somebody(access.Supervisor, h.care), officerOf(h)
		for _, x := range all {
			yes := protection.AnswerErasure{Erasure: x.ID, Version: 1}
			h.must(h.desk.ApproveErasure(h.ctx, h.supervisor, yes))
			yes.Version = 2
			if err := h.desk.ApproveErasure(h.ctx, h.supervisor, yes); err == nil {
				t.Error("one person alone")
			}
			if h.keyOf(person.UUID) != 1 && !x.Case.IsZero() {
				t.Fatal("erased by one")
			}
			if x.Case == c {
				h.must(h.desk.ApproveErasure(h.ctx, second, yes))
			} else {
				h.must(h.desk.DeclineErasure(h.ctx, officer, protection.AnswerErasure{Erasure: x.ID, Version: 2, Why: "LAW"}))
			}
		}
		if h.keyOf(person.UUID) != 0 || h.keyOf(r.Signal.UUID) != 1 {
			t.Error("the answers did not count")
		}
		if n := propose(); len(n) != 0 {
			t.Errorf("proposed again after a no: %v", n)
		}
		store.MustHold(t, h.store)
	})
}

// A backup of before the erasure brings her back, as is said; the list of who was
// erased takes her out again.
func TestARestoreDoesNotKeepTheErased(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		signal, c, person := h.left()
		_, other, stays := h.left()
		var data, keys bytes.Buffer
		_, err := h.store.Backup(h.ctx, h.entry(h.supervisor), store.BackupOptions{Data: &data, Keys: &keys, Master: h.master, Passphrase: "bois-lune-tambour-rivage", Keep: 24 * time.Hour})
		h.must(err)
		h.must(h.desk.ApproveErasure(h.ctx, h.supervisor, protection.AnswerErasure{Erasure: h.asksErasure(c), Version: 1}))
		list, err := h.store.Erased(h.ctx, h.entry(h.supervisor))
		h.must(err)
		if len(list) < 4 || !slices.Contains(list, person.UUID) {
			t.Fatalf("the list of who was erased: %v", list)
		}
		was := h.store
		h.store, err = store.Open(h.ctx, engine.SQLite(t), h.options)
		h.must(err)
		t.Cleanup(func() { h.store.Close(); h.store = was })
		_, _, err = h.store.Migrate(h.ctx)
		h.must(err)
		_, err = h.store.Restore(h.ctx, store.RestoreOptions{Data: &data, Keys: &keys, Master: h.master, Passphrase: "bois-lune-tambour-rivage"})
		h.must(err)
		if h.keyOf(person.UUID) != 1 {
			t.Fatal("the backup holds nobody")
		}
		n, err := h.store.EraseAgain(h.ctx, h.entry(h.supervisor), list)
		h.must(err)
		if n == 0 || h.keyOf(person.UUID) != 0 || h.keyOf(signal.UUID) != 0 || h.keyOf(stays.UUID) != 1 {
			t.Errorf("%d erased again", n)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM protection_case WHERE state = 'ERASED'`); err != nil || n != 1 {
			t.Errorf("%d cases erased: %v", n, err)
		}
		again, err := h.store.EraseAgain(h.ctx, h.entry(h.supervisor), list)
		h.must(err)
		if again != 0 {
			t.Errorf("%d erased a third time", again)
		}
		store.MustHold(t, h.store)
		_ = other
	})
}
