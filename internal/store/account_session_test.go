package store

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/audit"
)

func TestIdleLockKeepsWhatWasTyped(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, token, _ := p.ready("aline", p.org, access.CaseManager)
		p.clock.pass(14 * time.Minute)
		seat := p.sit(token, account.In)
		p.must(p.desk.SaveDraft(p.ctx, seat, "/signals/new", "first words"))
		p.clock.pass(15*time.Minute - time.Millisecond)
		p.sit(token, account.In)
		p.clock.pass(15 * time.Minute)
		seat = p.sit(token, account.Locked)
		p.must(p.desk.SaveDraft(p.ctx, seat, "/signals/new", "what was typed when the lock fell"))
		_, err := p.desk.Draft(p.ctx, seat, "/signals/new")
		p.refuses(err, "account.session.moved")
		_, err = p.desk.Unlock(p.ctx, seat, "something else")
		p.refuses(err, "account.password.wrong")
		step, err := p.desk.Unlock(p.ctx, seat, good)
		p.must(err)
		p.sit(token, account.Over)
		seat = p.sit(step.Token, account.In)
		if seat.Session.ID != step.Seat.Session.ID {
			p.Error("the session was lost")
		}
		text, err := p.desk.Draft(p.ctx, seat, "/signals/new")
		p.must(err)
		if text != "what was typed when the lock fell" {
			p.Errorf("restored %q", text)
		}
		list, err := p.desk.Drafts(p.ctx, seat)
		p.must(err)
		if len(list) != 1 || list[0].Form != "/signals/new" || !list[0].Content.IsZero() {
			p.Errorf("drafts %v", list)
		}
		p.must(p.desk.DropDraft(p.ctx, seat, "/signals/new"))
		p.must(p.desk.DropDraft(p.ctx, seat, "/signals/new"))
		_, err = p.desk.Draft(p.ctx, seat, "/signals/new")
		p.refuses(err, "record.notfound")
	})
}

func TestDraftsAreTheAccountsOwnAndExpire(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, token, _ := p.ready("aline", p.org, access.FocalPoint)
		_, other, _ := p.ready("benoit", p.org, access.FocalPoint)
		p.must(p.desk.SaveDraft(p.ctx, p.sit(token, account.In), "/f", "hers"))
		_, err := p.desk.Draft(p.ctx, p.sit(other, account.In), "/f")
		p.refuses(err, "record.notfound")
		err = p.desk.SaveDraft(p.ctx, p.sit(token, account.In), "/f", strings.Repeat("x", 256*1024+1))
		p.refuses(err, "fault.too-long")
		err = p.desk.SaveDraft(p.ctx, p.sit(token, account.In), "", "x")
		p.refuses(err, "fault.characters")
		var clear int
		p.must(p.store.look(p.ctx, func(t *tx) error {
			var content []byte
			if err := t.get(&content, `SELECT content FROM draft`); err != nil {
				return err
			}
			if strings.Contains(string(content), "hers") {
				clear++
			}
			return nil
		}))
		if clear > 0 {
			p.Error("a draft lies in clear")
		}
		p.clock.pass(72 * time.Hour)
		step := p.signIn("aline", good)
		_, err = p.desk.Draft(p.ctx, p.at(step, account.In), "/f")
		p.refuses(err, "record.notfound")
		p.must(p.desk.Sweep(p.ctx))
		p.must(p.desk.Sweep(p.ctx))
		var left int
		p.must(p.store.look(p.ctx, func(t *tx) error { return t.get(&left, `SELECT COUNT(*) FROM draft`) }))
		if left != 0 {
			p.Errorf("%d drafts are left", left)
		}
	})
}

func TestWordsThatComeWithAnEndedSession(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.FocalPoint)
		p.clock.pass(12 * time.Hour)
		p.sit(token, account.Over)
		p.must(p.desk.Rescue(p.ctx, token, "/f", "kept"))
		step := p.signIn("aline", good)
		text, err := p.desk.Draft(p.ctx, p.at(step, account.In), "/f")
		p.must(err)
		if text != "kept" {
			p.Errorf("rescued %q", text)
		}
		p.must(p.desk.SignOut(p.ctx, step.Seat))
		p.refuses(p.desk.Rescue(p.ctx, step.Token, "/f", "too late"), "account.session.over")
		p.refuses(p.desk.Rescue(p.ctx, "made up", "/f", "nobody's"), "account.session.over")
		p.must(p.desk.Close(p.ctx, access.Itself(), id))
		p.refuses(p.desk.Rescue(p.ctx, token, "/f", "closed"), "account.session.over")
	})
}

func TestOwnSessionsAreListedAndRevoked(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, first, _ := p.ready("aline", p.org, access.FocalPoint)
		_, stranger, _ := p.ready("benoit", p.org, access.FocalPoint)
		p.clock.pass(time.Second)
		second := p.signIn("aline", good)
		seat := p.sit(first, account.In)
		list, err := p.desk.Sessions(p.ctx, seat)
		p.must(err)
		if len(list) != 2 || list[0].ID != second.Seat.Session.ID || list[0].Device != "Firefox, Android" {
			p.Fatalf("sessions %+v", list)
		}
		p.must(p.desk.Revoke(p.ctx, seat, p.sit(stranger, account.In).Session.ID))
		p.sit(stranger, account.In) // another's session is as if it were not there
		p.must(p.desk.Revoke(p.ctx, seat, second.Seat.Session.ID))
		p.sit(second.Token, account.Over)
		third := p.signIn("aline", good)
		p.must(p.desk.RevokeOthers(p.ctx, seat))
		p.sit(third.Token, account.Over)
		p.sit(first, account.In)
		p.must(p.desk.SignOut(p.ctx, seat))
		p.sit(first, account.Over)
	})
}

// TestEveryActOfTheDoorIsInTheLog counts what is written down of one person's
// first day, and that nothing that was written lies outside the log.
func TestEveryActOfTheDoorIsInTheLog(t *testing.T) {
	porches(t, account.Rules{Conduct: "1"}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.CaseManager)
		seat := p.sit(token, account.In)
		p.must(p.desk.SetChannels(p.ctx, seat, []account.Contact{{Kind: account.SMS, Address: "+99912345678"}}))
		p.must(p.desk.SetChannels(p.ctx, seat, nil))
		p.must(p.desk.SaveDraft(p.ctx, seat, "/f", "words"))
		_, err := p.desk.Draft(p.ctx, seat, "/f")
		p.must(err)
		p.refusesName("aline", "something else")
		p.refusesName("nobody", "something else")
		p.must(p.desk.SignOut(p.ctx, seat))
		report, err := p.store.Verify(p.ctx, VerifyOptions{})
		p.must(err)
		if !report.Holds() || report.Waiting != 0 {
			p.Fatalf("%+v, first %+v", report, report.First)
		}
		want := map[string]int{
			"account.add":  2, // the organisation and the account
			"session.open": 1, "session.open denied": 2, "session.enrol": 2, "session.password": 1, "session.accept_conduct": 1,
			"session.contact": 2, "session.draft": 2, "session.close": 1,
		}
		got := map[string]int{}
		about := 0
		p.must(p.store.look(p.ctx, func(t *tx) error {
			var leaves [][]byte
			if err := t.list(&leaves, `SELECT leaf FROM audit_entry ORDER BY seq`); err != nil {
				return err
			}
			for _, leaf := range leaves {
				line, _, err := audit.Decode(leaf)
				if err != nil {
					return err
				}
				got[strings.TrimSpace(string(line.Action)+" "+line.Refusal)]++
				if slices.Contains(line.Mentions(), id.UUID) {
					about++
				}
				if text := string(leaf); strings.Contains(text, "aline") || strings.Contains(text, "words") || strings.Contains(text, "192.0.2") {
					p.Errorf("an entry says too much: %q", text)
				}
			}
			return nil
		}))
		if !maps.Equal(got, want) {
			p.Errorf("entries %v, want %v", got, want)
		}
		if about != 12 {
			p.Errorf("%d entries name the account", about)
		}
	})
}

// TestASessionIsFoundByItsIndexes reads the plans of what every page asks.
func TestASessionIsFoundByItsIndexes(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		if p.store.dialect.name != "sqlite" { // a small table is scanned by PostgreSQL, rightly
			return
		}
		for _, query := range []string{
			`SELECT ` + sessionColumns + `, n.seen FROM session s JOIN session_seen n ON n.session = s.id WHERE s.token = 'x'`,
			`SELECT ` + accountColumns + ` FROM account WHERE name = 'x'`,
			`SELECT ` + credentialColumns + ` FROM credential WHERE account = 'x'`,
			`SELECT ` + postColumns + ` FROM post WHERE account = 'x' ORDER BY from_at, id`,
			`SELECT ` + accountColumns + ` FROM account WHERE (name, id) > ('x', 'y') AND org = 'z' ORDER BY name, id LIMIT 50`,
			`SELECT ` + orgColumns + ` FROM organisation WHERE closed IS NULL AND (name, id) > ('x', 'y') ORDER BY name, id LIMIT 50`,
			`SELECT id FROM draft WHERE account = 'x' AND form = 'y'`,
			`DELETE FROM draft WHERE until_at <= 'x'`,
			`SELECT id FROM session WHERE until_at <= 'x' ORDER BY until_at, id LIMIT 500`,
			`UPDATE session SET ended = 'x' WHERE account = 'y' AND ended IS NULL`,
		} {
			p.must(p.store.look(p.ctx, func(t *tx) error {
				var steps []struct {
					ID     int    `db:"id"`
					Parent int    `db:"parent"`
					Unused int    `db:"notused"`
					Detail string `db:"detail"`
				}
				if err := t.list(&steps, `EXPLAIN QUERY PLAN `+query); err != nil {
					return err
				}
				for _, step := range steps {
					if strings.HasPrefix(step.Detail, "SCAN") || strings.Contains(step.Detail, "TEMP B-TREE") {
						p.Errorf("%s\n\t%s", query, step.Detail)
					}
				}
				return nil
			}))
		}
	})
}

// TestNobodyIsKeptOutByGuessesElsewhere holds for a browser that was in before,
// and for a locked session; a token of somebody else helps nobody.
func TestNobodyIsKeptOutByGuessesElsewhere(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, token, _ := p.ready("aline", p.org, access.FocalPoint)
		_, stranger, _ := p.ready("benoit", p.org, access.FocalPoint)
		p.must(p.desk.SignOut(p.ctx, p.sit(token, account.In)))
		open := p.signIn("aline", good)
		for range 4 {
			p.refusesName("aline", "something else")
		}
		guess := func(known, password account.Secret) error {
			_, err := p.desk.SignIn(p.ctx, account.SignIn{Name: "aline", Password: password, Addr: "192.0.2.9", Known: known})
			return err
		}
		p.refuses(guess("", good), "account.sign-in.wait")
		p.refuses(guess("made up", good), "account.sign-in.wait")
		p.refuses(guess(stranger, good), "account.sign-in.wait")
		p.must(guess(token, good))
		step, err := p.desk.Lock(p.ctx, open.Seat)
		p.must(err)
		_, err = p.desk.Unlock(p.ctx, p.at(step, account.Locked), good)
		p.must(err)
		for range 4 { // the browser's own door closes like any other
			p.refuses(guess(token, "something else"), "account.sign-in.wrong")
		}
		p.refuses(guess(token, good), "account.sign-in.wait")
	})
}
