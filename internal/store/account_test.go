package store

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
)

// frozen is a clock that moves when it is told.
type frozen struct {
	mu sync.Mutex
	at time.Time
}

func (f *frozen) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

func (f *frozen) pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at = f.at.Add(d)
}

// porch is a desk on a real store, with one organisation.
type porch struct {
	*testing.T
	ctx   context.Context
	store *Store
	desk  *account.Desk
	clock *frozen
	org   ids.Org
}

func newPorch(t *testing.T, address string, rules account.Rules) *porch {
	t.Helper()
	clock := &frozen{at: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)}
	v, err := vault.New(vault.NewMaster(clock.now()), clock.now)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), address, Options{Clock: clock.now, Vault: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	hasher, err := account.NewHasher(2, rand.Reader, account.ForTests())
	if err != nil {
		t.Fatal(err)
	}
	desk, err := account.Open(account.Desk{Store: s, Policy: policy, Hasher: hasher, Rules: rules, Random: rand.Reader, Now: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	p := &porch{T: t, ctx: t.Context(), store: s, desk: desk, clock: clock}
	p.org = p.found("Maison du Lac")
	return p
}

func (p *porch) found(name string) ids.Org {
	p.Helper()
	o := account.Org{ID: ids.New[ids.Org](), Name: name, Kind: "ngo"}
	p.must(p.desk.AddOrg(p.ctx, access.Itself(), o))
	return o.ID
}

func (p *porch) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *porch) refuses(err error, key string) {
	p.Helper()
	if err == nil || fault.Of(err).Key != key {
		p.Fatalf("got %v, want %s", err, key)
	}
}

// person opens an account and gives its temporary password.
func (p *porch) person(name string, org ids.Org, roles ...access.Role) (ids.Account, account.Secret) {
	p.Helper()
	add := account.Add{ID: ids.New[ids.Account](), Org: org, Name: name, Shown: strings.ToUpper(name), Lang: "fr",
		Post: access.Post{Role: roles[0], Org: org}}
	for _, r := range roles[1:] {
		add.More = append(add.More, access.Post{Role: r, Org: org})
	}
	password, err := p.desk.Add(p.ctx, access.Itself(), add)
	p.must(err)
	return add.ID, password
}

func (p *porch) knock(name string, password account.Secret) (account.Step, error) {
	return p.desk.SignIn(p.ctx, account.SignIn{Name: name, Password: password, Addr: "192.0.2.1", Device: "Firefox, Android"})
}

func (p *porch) signIn(name string, password account.Secret) account.Step {
	p.Helper()
	step, err := p.knock(name, password)
	p.must(err)
	return step
}

func (p *porch) at(step account.Step, want account.Stage) account.Seat {
	p.Helper()
	if step.Seat.Stage != want {
		p.Fatalf("stage %q, want %q", step.Seat.Stage, want)
	}
	return step.Seat
}

// sit is the next request with a token.
func (p *porch) sit(token account.Token, want account.Stage) account.Seat {
	p.Helper()
	seat, err := p.desk.Session(p.ctx, token)
	if want == account.Over {
		p.refuses(err, "account.session.over")
		return seat
	}
	p.must(err)
	if seat.Stage != want {
		p.Fatalf("stage %q, want %q", seat.Stage, want)
	}
	return seat
}

func (p *porch) code(e account.Enrolment) account.Secret {
	p.Helper()
	code, err := totp.GenerateCode(e.Secret.Reveal(), p.clock.now())
	p.must(err)
	return account.Secret(code)
}

// good is a password nobody guesses.
const good account.Secret = "pluie tambour escalier"

// ready opens an account that has passed everything, and gives its token and app.
func (p *porch) ready(name string, org ids.Org, roles ...access.Role) (ids.Account, account.Token, account.Enrolment) {
	p.Helper()
	id, temporary := p.person(name, org, roles...)
	step := p.signIn(name, temporary)
	token := step.Token
	var app account.Enrolment
	if step.Seat.Stage == account.AskEnrol {
		var err error
		app, err = p.desk.BeginApp(p.ctx, step.Seat, "")
		p.must(err)
		step, err = p.desk.ConfirmApp(p.ctx, p.sit(token, account.AskEnrol), p.code(app))
		p.must(err)
		token = step.Token
	}
	step, err := p.desk.ChangePassword(p.ctx, p.at(step, account.AskPassword), account.NewPassword{New: good})
	p.must(err)
	if step.Seat.Stage == account.AskConduct {
		_, err = p.desk.AcceptConduct(p.ctx, step.Seat, p.desk.Rules.Conduct)
		p.must(err)
	}
	return id, token, app
}

func porches(t *testing.T, rules account.Rules, test func(*porch)) {
	t.Helper()
	engine.Each(t, func(t *testing.T, address string) { test(newPorch(t, address, rules)) })
}

func TestSignInFromTheFirstPasswordToTheWork(t *testing.T) {
	porches(t, account.Rules{Conduct: "2026-1"}, func(p *porch) {
		_, temporary := p.person("aline", p.org, access.CaseManager)
		step := p.signIn("  Aline ", temporary)
		seat := p.at(step, account.AskEnrol)
		if seat.Who().SecondFactor || seat.Skips() {
			p.Error("a factor that was not passed is passed")
		}
		app, err := p.desk.BeginApp(p.ctx, seat, "")
		p.must(err)
		shown, err := p.desk.PendingApp(p.ctx, p.sit(step.Token, account.AskEnrol))
		p.must(err)
		if shown.Secret.Reveal() != app.Secret.Reveal() {
			p.Error("the secret changed between two pages")
		}
		_, err = p.desk.ConfirmApp(p.ctx, p.sit(step.Token, account.AskEnrol), "000000")
		p.refuses(err, "account.second.wrong")
		enrolled, err := p.desk.ConfirmApp(p.ctx, p.sit(step.Token, account.AskEnrol), p.code(app))
		p.must(err)
		p.sit(step.Token, account.Over) // the token before the second factor opens nothing
		seat = p.sit(enrolled.Token, account.AskPassword)
		_, err = p.desk.ChangePassword(p.ctx, seat, account.NewPassword{New: "maisondulac"})
		p.refuses(err, "account.password.weak")
		_, err = p.desk.ChangePassword(p.ctx, seat, account.NewPassword{New: temporary})
		p.refuses(err, "account.password.same")
		_, err = p.desk.ChangePassword(p.ctx, seat, account.NewPassword{New: good})
		p.must(err)
		seat = p.sit(enrolled.Token, account.AskConduct)
		_, err = p.desk.AcceptConduct(p.ctx, seat, "2025-1")
		p.refuses(err, "account.conduct.newer")
		last, err := p.desk.AcceptConduct(p.ctx, seat, "2026-1")
		p.must(err)
		seat = p.at(last, account.In)
		if who := seat.Who(); !who.SecondFactor || who.Post.Role != access.CaseManager || who.Post.Org != p.org {
			p.Errorf("who %+v", who)
		}
		p.refusesName("aline", temporary)
		// The next day, with a new code of conduct.
		p.clock.pass(24 * time.Hour)
		p.sit(enrolled.Token, account.Over)
		p.desk.Rules.Conduct = "2027-1"
		step = p.signIn("aline", good)
		_, err = p.desk.Second(p.ctx, p.at(step, account.AskSecond), "123456")
		p.refuses(err, "account.second.wrong")
		step, err = p.desk.Second(p.ctx, step.Seat, p.code(app))
		p.must(err)
		p.at(step, account.AskConduct)
	})
}

func (p *porch) refusesName(name string, password account.Secret) {
	p.Helper()
	_, err := p.knock(name, password)
	p.refuses(err, "account.sign-in.wrong")
}

func TestTheSameCodeTwice(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, _, app := p.ready("aline", p.org, access.CaseManager)
		p.clock.pass(time.Minute)
		first, second := p.signIn("aline", good), p.signIn("aline", good)
		code := p.code(app)
		_, err := p.desk.Second(p.ctx, first.Seat, code)
		p.must(err)
		_, err = p.desk.Second(p.ctx, second.Seat, code) // with the step it read before
		p.refuses(err, "account.second.wrong")
		_, err = p.desk.Second(p.ctx, p.sit(second.Token, account.AskSecond), code)
		p.refuses(err, "account.second.wrong")
		p.clock.pass(30 * time.Second)
		_, err = p.desk.Second(p.ctx, p.sit(second.Token, account.AskSecond), p.code(app))
		p.must(err)
	})
}

func TestPrintedCodes(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, temporary := p.person("aline", p.org, access.ServiceProvider)
		step := p.signIn("aline", temporary)
		sheet, err := p.desk.Print(p.ctx, step.Seat, "")
		p.must(err)
		step, err = p.desk.ConfirmSheet(p.ctx, p.sit(step.Token, account.AskEnrol), sheet[0])
		p.must(err)
		_, err = p.desk.ChangePassword(p.ctx, p.at(step, account.AskPassword), account.NewPassword{New: good})
		p.must(err)
		for i, code := range sheet[1:] {
			p.clock.pass(time.Hour)
			step = p.signIn("aline", good)
			_, err = p.desk.Second(p.ctx, p.at(step, account.AskSecond), sheet[0])
			p.refuses(err, "account.second.wrong")
			step, err = p.desk.Second(p.ctx, step.Seat, code)
			p.must(err)
			if _, left := step.Seat.Credential.Factors(); left != 8-i {
				p.Errorf("after %d codes %d are left", i+2, left)
			}
		}
		seat := p.at(step, account.AskEnrol) // the last code was spent: a new sheet now, or a supervisor later
		sheet, err = p.desk.Print(p.ctx, seat, "")
		p.must(err)
		step, err = p.desk.ConfirmSheet(p.ctx, p.sit(step.Token, account.AskEnrol), sheet[3])
		p.must(err)
		p.at(step, account.In)
	})
}

func TestWhoSpentAllCodesCannotEnrolWithThePasswordAlone(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		id, _, _ := p.ready("aline", p.org, access.CaseManager)
		holder, err := p.store.Holder(p.ctx, id)
		p.must(err)
		holder.Credential.Secret = vault.Text{}
		p.must(p.store.SaveAccounts(p.ctx, account.Change{Credential: &holder.Credential}, entry()))
		step := p.signIn("aline", good)
		p.at(step, account.AskSecond)
		_, err = p.desk.BeginApp(p.ctx, step.Seat, good)
		p.refuses(err, "account.session.moved")
	})
}

func TestGuessingAtAName(t *testing.T) {
	for _, name := range []string{"aline", "nobody-here", "closed"} {
		t.Run(name, func(t *testing.T) {
			porches(t, account.Rules{}, func(p *porch) {
				p.person("aline", p.org, access.FocalPoint)
				closed, _ := p.person("closed", p.org, access.FocalPoint)
				p.must(p.desk.Close(p.ctx, access.Itself(), closed))
				for range 4 {
					p.refusesName(name, "something else")
				}
				_, err := p.knock(name, "something else")
				p.refuses(err, "account.sign-in.wait")
				if wait := fault.Of(err).Args["Wait"]; wait != 15*time.Second {
					p.Errorf("wait %v", wait)
				}
				p.clock.pass(15 * time.Second)
				p.refusesName(name, "something else")
				_, err = p.knock(name, "something else")
				p.refuses(err, "account.sign-in.wait")
				if wait := fault.Of(err).Args["Wait"]; wait != 30*time.Second {
					p.Errorf("wait %v", wait)
				}
			})
		})
	}
}

func TestTheRightPasswordForgetsFailures(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, password := p.person("aline", p.org, access.FocalPoint)
		for range 3 {
			for range 3 {
				p.refusesName("aline", "something else")
			}
			p.signIn("aline", password)
		}
	})
}

func TestManyGuessesAtOnceAreCounted(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		p.person("aline", p.org, access.FocalPoint)
		var compared, waited int
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				_, err := p.knock("aline", "something else")
				mu.Lock()
				defer mu.Unlock()
				switch fault.Of(err).Key {
				case "account.sign-in.wrong":
					compared++
				case "account.sign-in.wait":
					waited++
				default:
					p.Errorf("got %v", err)
				}
			})
		}
		all.Wait()
		if compared != 4 || waited != 8 {
			p.Errorf("%d compared, %d waited", compared, waited)
		}
	})
}

func TestAnAddressWaitsAndAnotherDoesNot(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, password := p.person("aline", p.org, access.FocalPoint)
		door := "" // the door of 192.0.2.1 after one failure
		p.refusesName("nobody", "something else")
		p.must(p.store.look(p.ctx, func(t *tx) error {
			return t.get(&door, `SELECT door FROM attempt WHERE door >= ? AND door < ?`, "address:", "address;")
		}))
		p.must(p.store.Try(p.ctx, account.Door(door), func(account.Attempts) account.Attempts {
			return account.Attempts{Failures: 60, Last: p.clock.now()}
		}))
		_, err := p.knock("aline", password)
		p.refuses(err, "account.sign-in.wait")
		_, err = p.desk.SignIn(p.ctx, account.SignIn{Name: "aline", Password: password, Addr: "192.0.2.2"})
		p.must(err)
		p.clock.pass(15 * time.Second)
		p.signIn("aline", password)
	})
}

func TestGuessingAtTheSecondFactor(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		_, _, app := p.ready("aline", p.org, access.CaseManager)
		p.clock.pass(time.Minute)
		step := p.signIn("aline", good)
		for range 4 {
			_, err := p.desk.Second(p.ctx, step.Seat, "000000")
			p.refuses(err, "account.second.wrong")
		}
		_, err := p.desk.Second(p.ctx, step.Seat, p.code(app))
		p.refuses(err, "account.sign-in.wait")
		again := p.signIn("aline", good) // the password alone forgets nothing here
		_, err = p.desk.Second(p.ctx, again.Seat, p.code(app))
		p.refuses(err, "account.sign-in.wait")
		p.clock.pass(time.Minute)
		_, err = p.desk.Second(p.ctx, again.Seat, p.code(app))
		p.must(err)
	})
}

func TestASecondFactorThatIsNotGivenInTime(t *testing.T) {
	porches(t, account.Rules{}, func(p *porch) {
		p.ready("aline", p.org, access.CaseManager)
		step := p.signIn("aline", good)
		p.clock.pass(10*time.Minute - time.Millisecond)
		p.sit(step.Token, account.AskSecond)
		p.clock.pass(time.Millisecond)
		p.sit(step.Token, account.Over)
	})
}
