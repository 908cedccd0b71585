package store

import (
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestAClosedAccountIsOutAtOnce(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.FocalPoint)
		boss, bossToken, _ := p.ready("chief", p.org, access.Administrator)
		chief := p.sit(bossToken, account.In).Who()
		p.refuses(p.desk.Close(p.ctx, chief, boss), "account.close.self")
		p.must(p.desk.Close(p.ctx, chief, id))
		p.must(p.desk.Close(p.ctx, chief, id))
		p.sit(token, account.Over)
		p.refusesName("aline", good)
		p.must(p.desk.Reopen(p.ctx, chief, id))
		p.sit(token, account.Over) // sessions do not come back
		p.signIn("aline", good)
	})
}

func TestALeaverIsOutWithTheLastPost(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.FocalPoint)
		seat := p.sit(token, account.In)
		p.refuses(p.desk.End(p.ctx, access.Itself(), id, ids.New[ids.Post]()), access.NotFoundKey)
		p.must(p.desk.End(p.ctx, access.Itself(), id, seat.Posts[0].ID))
		p.must(p.desk.End(p.ctx, access.Itself(), id, seat.Posts[0].ID))
		p.sit(token, account.Over)
		_, err := p.knock("aline", good)
		p.refuses(err, "account.no-post")
	})
}

func TestChoosingAPost(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, token, _ := p.ready("aline", p.org, access.DutyOfficer, access.Screener)
		seat := p.sit(token, account.AskPost)
		candidates := seat.Candidates()
		if len(candidates) != 2 {
			p.Fatalf("candidates %v", candidates)
		}
		_, err := p.desk.ChoosePost(p.ctx, seat, ids.New[ids.Post]())
		p.refuses(err, "account.post.choose")
		for _, want := range candidates {
			_, err = p.desk.ChoosePost(p.ctx, seat, want.Post.ID)
			p.must(err)
			seat = p.sit(token, account.In)
			if seat.Who().Post.Role != want.Post.Role {
				p.Errorf("role %s, want %s", seat.Who().Post.Role, want.Post.Role)
			}
		}
	})
}

func TestNobodyHoldsPostsOnBothSides(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, _ := p.person("aline", p.org, access.CaseManager)
		for _, role := range []access.Role{access.Police, access.Prosecutor, access.Court, access.Immigration} {
			p.refuses(p.desk.Give(p.ctx, access.Itself(), id, access.Post{Role: role, Org: p.org}), "access.roles_across_wall")
		}
		p.refuses(p.desk.Give(p.ctx, access.Itself(), id, access.Post{Role: access.Administrator, Org: p.org}), "access.roles_administrator_sees")
		p.refuses(p.desk.Give(p.ctx, access.Itself(), id, access.Post{Role: access.Screener, Org: ids.New[ids.Org]()}), "fault.choice")
		p.must(p.desk.Give(p.ctx, access.Itself(), id, access.Post{Role: access.Screener, Org: p.org}))
		_, err := p.desk.Add(p.ctx, access.Itself(), account.Add{ID: ids.New[ids.Account](), Org: p.org, Name: "both", Shown: "Both",
			Post: access.Post{Role: access.Police, Org: p.org}, More: []access.Post{{Role: access.Screener, Org: p.org}}})
		p.refuses(err, "access.roles_across_wall")
	})
}

// TestTwoPostsGivenAtOnce gives two posts that are each allowed alone: one of
// the two must lose.
func TestTwoPostsGivenAtOnce(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, _ := p.person("aline", p.org, access.CommitteeMember)
		for range 5 {
			var all sync.WaitGroup
			for _, role := range []access.Role{access.Police, access.CaseManager} {
				all.Go(func() { _ = p.desk.Give(p.ctx, access.Itself(), id, access.Post{Role: role, Org: p.org}) })
			}
			all.Wait()
		}
		holder, err := p.store.Holder(p.ctx, id)
		p.must(err)
		var roles []access.Role
		for _, post := range holder.Posts {
			roles = append(roles, post.Role)
		}
		if err := access.Compatible(roles); err != nil || len(roles) < 2 {
			p.Errorf("%v: %v", roles, err)
		}
	})
}

func TestAccountsAreKept(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, bossToken, _ := p.ready("chief", p.org, access.Administrator)
		chief := p.sit(bossToken, account.In).Who()
		elsewhere := p.found("Un autre centre")
		add := account.Add{ID: ids.New[ids.Account](), Org: elsewhere, Name: "Aline@example.org", Shown: " Aline ", Lang: "rn",
			Post: access.Post{Role: access.FocalPoint, Org: elsewhere}}
		_, err := p.desk.Add(p.ctx, chief, add)
		p.must(err)
		again := add
		again.ID = ids.New[ids.Account]()
		_, err = p.desk.Add(p.ctx, chief, again)
		p.refuses(err, "account.name.taken")
		_, err = p.desk.Add(p.ctx, chief, add)
		p.refuses(err, "account.added")
		bad := add
		bad.ID, bad.Name, bad.Lang = ids.New[ids.Account](), "other", "de"
		_, err = p.desk.Add(p.ctx, chief, bad)
		p.refuses(err, "fault.choice")
		seat, err := p.desk.Account(p.ctx, chief, add.ID)
		p.must(err)
		if seat.Account.Name != "aline@example.org" || seat.Account.Shown != "Aline" || seat.Credential.Password != "" {
			p.Errorf("account %+v", seat.Account)
		}
		edit := account.Edit{Account: add.ID, Version: seat.Account.Version, Shown: "Aline K.", Lang: ""}
		p.must(p.desk.Edit(p.ctx, chief, edit))
		p.refuses(p.desk.Edit(p.ctx, chief, edit), "record.stale")
		p.refuses(p.desk.Give(p.ctx, chief, chief.Account, access.Post{Role: access.Donor, Org: p.org}), "access.refused.own_post")
		list, err := p.desk.Accounts(p.ctx, chief, account.Cursor{}, 1)
		p.must(err)
		rest, err := p.desk.Accounts(p.ctx, chief, account.Cursor{Name: list[0].Name, ID: list[0].ID.UUID}, 10)
		p.must(err)
		if len(list) != 1 || len(rest) != 1 || list[0].Name != "aline@example.org" || rest[0].Name != "chief" {
			p.Errorf("list %v, then %v", list, rest)
		}
		orgs, err := p.desk.Orgs(p.ctx, account.Cursor{}, 10)
		p.must(err)
		if len(orgs) != 2 || orgs[0].Name != "Maison du Lac" {
			p.Errorf("organisations %v", orgs)
		}
	})
}

func TestOrganisationsAreKept(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		if founded, err := p.desk.Founded(p.ctx); err != nil || founded {
			p.Errorf("founded %v %v", founded, err)
		}
		org, err := p.desk.Org(p.ctx, p.org)
		p.must(err)
		org.Name = " Maison du Fleuve "
		p.must(p.desk.EditOrg(p.ctx, access.Itself(), org))
		p.refuses(p.desk.EditOrg(p.ctx, access.Itself(), org), "record.stale")
		for key, bad := range map[string]account.Org{
			"id.malformed":          {Name: "x", Kind: "ngo", Version: 1},
			"account.org.house":     {ID: account.House(), Name: "x", Kind: "ngo", Version: 1},
			"fault.choice":          {ID: p.org, Name: "x", Version: 1},
			"account.shown.missing": {ID: p.org, Kind: "ngo", Version: 1},
			access.NotFoundKey:      {ID: p.org, Name: "x", Kind: "ngo"},
		} {
			p.refuses(p.desk.EditOrg(p.ctx, access.Itself(), bad), key)
		}
		org, err = p.desk.Org(p.ctx, p.org)
		p.must(err)
		org.Closed = p.clock.now()
		p.must(p.desk.EditOrg(p.ctx, access.Itself(), org))
		open, err := p.desk.Orgs(p.ctx, account.Cursor{}, 10)
		p.must(err)
		if len(open) != 0 || org.Name != "Maison du Fleuve" {
			p.Errorf("open %v, name %q", open, org.Name)
		}
		_, err = p.desk.Add(p.ctx, access.Itself(), account.Add{ID: ids.New[ids.Account](), Org: p.org, Name: "late", Shown: "Late",
			Post: access.Post{Role: access.Donor, Org: p.org}})
		p.refuses(err, "fault.choice")
	})
}

func TestWhoMayKeepAccounts(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.CaseManager)
		elsewhere := p.found("Un autre centre")
		_, far, _ := p.ready("far", elsewhere, access.Supervisor)
		for _, seat := range []account.Seat{p.sit(token, account.In), p.sit(far, account.In)} {
			who := seat.Who()
			if _, err := p.desk.Add(p.ctx, who, account.Add{ID: ids.New[ids.Account](), Org: p.org, Name: "new", Shown: "New",
				Post: access.Post{Role: access.Donor, Org: p.org}}); err == nil {
				p.Errorf("%s added an account", who.Post.Role)
			}
			if err := p.desk.Close(p.ctx, who, id); err == nil {
				p.Errorf("%s closed an account", who.Post.Role)
			}
			if _, err := p.desk.Reset(p.ctx, who, account.Reset{Account: id, Password: true, Reason: account.Forgotten}); err == nil {
				p.Errorf("%s reset an account", who.Post.Role)
			}
		}
		// What is in another organisation does not exist.
		_, err := p.desk.Account(p.ctx, p.sit(far, account.In).Who(), id)
		if !fault.Is(err, fault.NotFound) {
			p.Errorf("got %v", err)
		}
		list, err := p.desk.Accounts(p.ctx, p.sit(far, account.In).Who(), account.Cursor{}, 10)
		p.must(err)
		if len(list) != 1 || list[0].Name != "far" {
			p.Errorf("list %v", list)
		}
	})
}

func TestResetAtNight(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.CaseManager)
		boss, bossToken, _ := p.ready("chief", p.org, access.Supervisor)
		chief := p.sit(bossToken, account.In).Who()
		for range 4 {
			p.refusesName("aline", "something else")
		}
		_, err := p.desk.Reset(p.ctx, chief, account.Reset{Account: boss, Password: true, Reason: account.Forgotten})
		p.refuses(err, "account.reset.rank")
		_, err = p.desk.Reset(p.ctx, chief, account.Reset{Account: id, Password: true, Reason: "because"})
		p.refuses(err, "fault.choice")
		_, err = p.desk.Reset(p.ctx, chief, account.Reset{Account: id, Reason: account.LostPhone})
		p.refuses(err, "fault.required")
		temporary, err := p.desk.Reset(p.ctx, chief, account.Reset{Account: id, Password: true, Factor: true, Reason: account.LostPhone})
		p.must(err)
		p.sit(token, account.Over)
		p.refusesName("aline", good)
		step := p.signIn("aline", temporary)
		seat := p.at(step, account.AskEnrol)
		if seat.Credential.ResetBy != boss || !seat.Credential.ResetAt.Equal(p.clock.now()) {
			p.Error("it is not said who did it")
		}
		p.clock.pass(24 * time.Hour)
		p.refusesName("aline", temporary)
	})
}

func TestContacts(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, token, _ := p.ready("aline", p.org, access.DutyOfficer)
		seat := p.sit(token, account.In)
		p.refuses(p.desk.SetChannels(p.ctx, seat, []account.Contact{{Kind: account.SMS, Address: "123"}}), "account.channel.phone")
		p.must(p.desk.SetChannels(p.ctx, seat, []account.Contact{{Kind: account.SMS, Address: "+999 12 34 56 78"}, {Kind: account.Mail, Address: "aline@example.org"}}))
		p.must(p.desk.SetChannels(p.ctx, seat, []account.Contact{{Kind: account.Mail, Address: "aline@example.org"}, {Kind: account.SMS, Address: "+99912345678"}}))
		for name, read := range map[string]func() ([]account.Contact, error){
			"own":     func() ([]account.Contact, error) { return p.desk.Contacts(p.ctx, seat) },
			"program": func() ([]account.Contact, error) { return p.desk.Reach(p.ctx, id) },
		} {
			got, err := read()
			p.must(err)
			if len(got) != 2 || got[0].Address != "aline@example.org" || got[1].Address != "+99912345678" {
				p.Errorf("%s: %v", name, got)
			}
		}
		p.refuses(p.desk.SetLang(p.ctx, seat, "xx"), "fault.choice")
		p.must(p.desk.SetLang(p.ctx, seat, "sw"))
		if lang := p.sit(token, account.In).Account.Lang; lang != "sw" {
			p.Errorf("language %q", lang)
		}
	})
}

func TestTheDemonstrationSkipsAndSaysSo(t *testing.T) {
	porches(t, account.Rules{SkipSecond: true}, func(p *porch) {
		_, temporary := p.person("aline", p.org, access.CaseManager)
		step := p.signIn("aline", temporary)
		if seat := p.at(step, account.AskPassword); !seat.Skips() || seat.Who().SecondFactor {
			p.Error("it is not said")
		}
		step, err := p.desk.ChangePassword(p.ctx, step.Seat, account.NewPassword{New: good})
		p.must(err)
		app, err := p.desk.BeginApp(p.ctx, p.at(step, account.In), good)
		p.must(err)
		step, err = p.desk.ConfirmApp(p.ctx, p.sit(stepToken(p, "aline"), account.In), p.code(app))
		p.must(err)
		if step.Seat.Skips() {
			p.Error("a factor that was passed is skipped")
		}
		p.at(p.signIn("aline", good), account.AskSecond) // who set one up is asked, demonstration or not
	})
}

func stepToken(p *porch, name string) account.Token {
	p.Helper()
	return p.signIn(name, good).Token
}
