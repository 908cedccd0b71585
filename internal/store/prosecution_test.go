package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"reflect"
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/prosecution"
)

// seats is a store that knows where somebody could take a file.
type seats struct {
	prosecution.Store
	all []ids.Org
}

func (s seats) Offices(context.Context, ...access.Role) ([]ids.Org, error) { return s.all, nil }

// brigade is a desk of prosecution over a real store.
type brigade struct {
	*hut
	desk                           *prosecution.Desk
	police, other, parquet, clerks access.Who
	upper                          access.Who
}

func newBrigade(t *testing.T, address string) *brigade {
	b := &brigade{hut: newHut(t, address)}
	somebody := func(r access.Role) access.Who { return accesstest.Somebody(r, ids.New[ids.Org]()) }
	b.police, b.other, b.parquet, b.clerks, b.upper = somebody(access.Police), somebody(access.Police), somebody(access.Prosecutor), somebody(access.Court), somebody(access.Court)
	c, err := countries.Load("bdi")
	b.must(err)
	now := func() time.Time { return b.hut.desk.Now() }
	b.desk = &prosecution.Desk{Store: seats{b.store, []ids.Org{b.parquet.Post.Org, b.clerks.Post.Org, b.upper.Post.Org}}, Policy: accesstest.Policy(t), Rules: prosecution.RulesOf(c, now), Now: now, Random: rand.Reader}
	return b
}

// opens opens a file with a suspect, a charge, an act and a custody; each form is sent twice.
func (b *brigade) opens(w access.Who, number string) (ids.File, ids.Charge) {
	b.t.Helper()
	d, today := b.desk, b.desk.Rules.Day(b.desk.Now())
	id, s, x, act, held := ids.New[ids.File](), ids.New[ids.Suspect](), ids.New[ids.Charge](), ids.New[ids.Act](), ids.New[ids.Custody]()
	home := d.Rules.Places.Children(d.Rules.Places.Home(), today)[0].Code
	for range 2 {
		b.must(d.Open(b.ctx, w, prosecution.Open{ID: id, Source: prosecution.Complaint, Number: number, On: today, Where: place.Given{Code: home, Written: "by the old mill"}, Words: bitter}))
		b.must(d.NameSuspect(b.ctx, w, prosecution.NameSuspect{ID: s, File: id, Name: "Bizunga Invente", Aliases: "Mzee", Phone: "79 000 111", Role: "RECRUITER", Sex: "M", Band: "15-17", Official: prosecution.Yes, Service: "POLICE", Path: "BRIGADE", Citizen: "BI", Relation: "STRANGER"}))
		b.must(d.Investigate(b.ctx, w, prosecution.Investigate{ID: act, File: id, Kind: "SEARCH", On: today, Words: bitter}))
		b.must(d.Bring(b.ctx, w, prosecution.Bring{ID: x, File: id, Suspect: s, Offence: "ABDUCTION", On: today}))
		b.must(d.Hold(b.ctx, w, prosecution.Hold{ID: held, File: id, Suspect: s, From: d.Now().Add(-time.Hour)}))
	}
	b.must(d.Requalify(b.ctx, w, prosecution.Requalify{File: id, Charge: x, Version: 1, To: "TIP", Reason: "CHILD", On: today}))
	b.must(d.Free(b.ctx, w, prosecution.Free{File: id, Custody: held, Version: 1, Until: d.Now(), End: "FREED"}))
	return id, x
}

func (b *brigade) goes(w access.Who, id ids.File, to prosecution.State, office ids.Org) {
	b.t.Helper()
	f, _, err := b.desk.File(b.ctx, w, id)
	b.must(err)
	today := b.desk.Rules.Day(b.desk.Now())
	b.must(b.desk.Step(b.ctx, w, prosecution.Step{File: id, Version: f.Version, To: to, On: today, Office: office, Number: "88/2026", FirstDay: today, Reason: "EVIDENCE", Who: "ACCUSED"}))
}

// Everything that a file holds comes back as it was written, on both engines, and no
// name, number of a telephone or word of it lies open in a row.
func TestACriminalFileComesBackAsItWas(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBrigade(t, address)
		d, today := b.desk, b.desk.Rules.Day(b.desk.Now())
		id, x := b.opens(b.police, "PV 7/2026")
		b.goes(b.police, id, prosecution.Investigation, ids.Org{})
		b.goes(b.police, id, prosecution.Transmitted, b.parquet.Post.Org)
		b.goes(b.parquet, id, prosecution.Instruction, ids.Org{})
		b.goes(b.parquet, id, prosecution.Fixed, b.clerks.Post.Org)
		b.goes(b.clerks, id, prosecution.InHearings, ids.Org{})
		h := ids.New[ids.Hearing]()
		b.must(d.SetHearing(b.ctx, b.clerks, prosecution.SetHearing{ID: h, File: id, On: today, Closed: true}))
		b.must(d.EndHearing(b.ctx, b.clerks, prosecution.EndHearing{File: id, Hearing: h, Version: 1, State: prosecution.HearingHeld, Harmed: prosecution.No}))
		b.goes(b.clerks, id, prosecution.Deliberation, ids.Org{})
		judge := prosecution.Judge{ID: ids.New[ids.Judgment](), File: id, Charge: x, On: today, Verdict: prosecution.Convicted, Sentence: prosecution.Sentence{Months: 60, Suspended: 12, Fine: 5_000_000_000, Damages: 7, Confiscated: true}}
		for range 2 {
			b.must(d.Judge(b.ctx, b.clerks, judge))
		}
		b.goes(b.clerks, id, prosecution.OnAppeal, b.upper.Post.Org)

		f, g, err := d.File(b.ctx, b.upper, id)
		b.must(err)
		open := func(text vault.Text) string {
			words, err := text.Open(g)
			b.must(err)
			return words
		}
		p := f.Suspects[0]
		if open(f.Words) != bitter || f.Where.Written != "by the old mill" || open(p.Name) != "Bizunga Invente" || open(p.Aliases) != "Mzee" || open(p.Phone) != "79 000 111" || open(f.Acts[0].Words) != bitter {
			t.Error("a text is another")
		}
		if f.State != prosecution.OnAppeal || !f.Child || f.Level != prosecution.Appeal || f.Bench[1] != b.clerks.Post.Org || f.Bench[2] != b.upper.Post.Org || f.Office != b.parquet.Post.Org || f.Round() != 8 || f.FirstOn != today {
			t.Errorf("the file: %+v", f.File)
		}
		if f.Numbers[prosecution.PV].Plain != "7/2026" || f.Numbers[prosecution.RP].Written != "88/2026" || f.Numbers[prosecution.RMP].Plain != "88/2026" {
			t.Errorf("its numbers: %+v", f.Numbers)
		}
		if c := f.Charges[0]; c.Initial != "ABDUCTION" || c.Current != "TIP" || len(c.Changes) != 1 || c.Changes[0].Reason != "CHILD" || c.Changes[0].On != today || c.Changes[0].By != b.police.Account {
			t.Errorf("the charge: %+v", c)
		}
		if j := f.Judgments[0]; len(f.Judgments) != 1 || j.Sentence != judge.Sentence || j.Offence != "TIP" || j.Round != 7 || p.State != prosecution.ConvictedFirst {
			t.Errorf("the judgment: %+v, and %s", j, p.State)
		}
		if c := f.Custodies[0]; len(f.Custodies) != 1 || c.Open() || c.End != "FREED" || !reflect.DeepEqual(f.Hearings[0].Closed, true) {
			t.Errorf("custody and hearing: %+v %+v", c, f.Hearings[0])
		}
		for _, query := range []string{`SELECT words FROM criminal_file WHERE id = ?`, `SELECT name FROM suspect WHERE file = ?`, `SELECT phone FROM suspect WHERE file = ?`, `SELECT words FROM file_act WHERE file = ?`} {
			raw, err := b.store.Bytes(b.ctx, query, id)
			b.must(err)
			if len(raw) == 0 || bytes.Contains(raw, []byte("Bizunga")) || bytes.Contains(raw, []byte("evening")) || bytes.Contains(raw, []byte("79 000")) {
				t.Errorf("%s: %q", query, raw)
			}
		}
	})
}

// Each sees the files of the own unit, office or court, and learns nothing of others: not
// by a list, not by a name, not by a number.
func TestCriminalFilesStayInTheirUnit(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBrigade(t, address)
		d := b.desk
		mine, _ := b.opens(b.police, "PV 1/2026")
		second, _ := b.opens(b.police, "PV 2/2026")
		theirs, _ := b.opens(b.other, "PV 3/2026")
		lists := func(w access.Who) (all []ids.File) {
			t.Helper()
			for after := ""; ; {
				cut, err := d.Files(b.ctx, w, prosecution.Page{After: after, Limit: 1})
				b.must(err)
				for _, one := range cut.Lines {
					all = append(all, one.ID)
				}
				if after = cut.Next; after == "" {
					return all
				}
			}
		}
		want := func(what string, got []ids.File, files ...ids.File) {
			t.Helper()
			if len(got) != len(files) {
				t.Fatalf("%s: %v", what, got)
			}
			for i := range files {
				if got[i] != files[i] {
					t.Errorf("%s: %v", what, got)
				}
			}
		}
		want("the police", lists(b.police), mine, second)
		want("another unit", lists(b.other), theirs)
		want("the prosecutor, before anything is sent", lists(b.parquet))
		b.goes(b.police, second, prosecution.Investigation, ids.Org{})
		b.goes(b.police, second, prosecution.Transmitted, b.parquet.Post.Org)
		want("the prosecutor", lists(b.parquet), second)
		b.goes(b.parquet, second, prosecution.Instruction, ids.Org{})
		b.goes(b.parquet, second, prosecution.Fixed, b.clerks.Post.Org)
		want("the court", lists(b.clerks), second)
		want("another court", lists(b.upper))
		for _, words := range []string{"bizunga", "Mzee", "79000111", "Bizounga"} {
			cut, err := d.Find(b.ctx, b.other, words, prosecution.Page{})
			b.must(err)
			if len(cut.Lines) != 1 || cut.Lines[0].ID != theirs {
				t.Errorf("%s finds %+v", words, cut.Lines)
			}
		}
		if _, err := d.Find(b.ctx, b.clerks, "bizunga", prosecution.Page{}); !fault.Is(err, fault.Denied) {
			t.Errorf("a court searches: %v", err)
		}
		for name, w := range map[string]access.Who{"another unit": b.other, "another court": b.upper, "a supervisor": accesstest.Somebody(access.Supervisor, b.police.Post.Org), "oversight": accesstest.Somebody(access.DataProtection, b.police.Post.Org)} {
			if _, _, err := d.File(b.ctx, w, mine); !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		same, elsewhere, err := b.store.Numbered(b.ctx, prosecution.PV, "1/2026", b.police.Post.Org, ids.New[ids.File]())
		b.must(err)
		if !same || elsewhere {
			t.Errorf("the number of one's own: %v %v", same, elsewhere)
		}
		same, elsewhere, err = b.store.Numbered(b.ctx, prosecution.PV, "1/2026", b.other.Post.Org, ids.New[ids.File]())
		b.must(err)
		if same || !elsewhere {
			t.Errorf("the number of another: %v %v", same, elsewhere)
		}
	})
}

// An officer who is barred from a file of the unit does not open it, and finds it in no
// list and by no name; the others of the unit do.
func TestABarredOfficerFindsNoFile(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBrigade(t, address)
		about, _ := b.opens(b.police, "PV 1/2026")
		barred, other := b.police, b.police
		barred.Account = ids.New[ids.Account]()
		store.MustBar(t, b.store, about.UUID, barred.Account)
		if _, _, err := b.desk.File(b.ctx, barred, about); !withheld(err) {
			t.Errorf("opened: %v", err)
		}
		for who, sees := range map[*access.Who]int{&barred: 0, &other: 1} {
			cut, err := b.desk.Files(b.ctx, *who, prosecution.Page{})
			b.must(err)
			found, err := b.desk.Find(b.ctx, *who, "bizunga", prosecution.Page{})
			b.must(err)
			if len(cut.Lines) != sees || len(found.Lines) != sees {
				t.Errorf("%v in the list, %v by a name, want %d", cut.Lines, found.Lines, sees)
			}
		}
	})
}

// Two at once: the second is told that somebody was faster.
func TestACriminalFileMovesOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		b := newBrigade(t, address)
		id, _ := b.opens(b.police, "PV 1/2026")
		f, _, err := b.desk.File(b.ctx, b.police, id)
		b.must(err)
		b.goes(b.police, id, prosecution.Investigation, ids.Org{})
		err = b.desk.Step(b.ctx, b.police, prosecution.Step{File: id, Version: f.Version, To: prosecution.Transmitted, Office: b.parquet.Post.Org, On: b.desk.Rules.Day(b.desk.Now())})
		if !fault.Is(err, fault.Stale) {
			t.Errorf("moved from a page that is old: %v", err)
		}
		if again, _, err := b.desk.File(b.ctx, b.police, id); err != nil || again.State != prosecution.Investigation || again.Round() != 2 {
			t.Errorf("%+v %v", again.File, err)
		}
	})
}
