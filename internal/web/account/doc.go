// Package account holds the pages where people sign in, look after their own
// account, and look after the accounts of others.
//
// One question stands on one page, and each page works without script and on a
// small telephone. A password or a code that was typed is never shown again; a
// temporary password and a sheet of printed codes are shown once, in the answer
// to the press that made them, and nowhere after. What the reader may do is
// decided by the desk of internal/account; the pages only leave out what would
// be refused.
package account

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/shell"
)

// Options is what the pages need besides the desk.
type Options struct {
	Places  *place.Gazetteer
	Conduct string   // version of the code of conduct in force, as in account.Rules
	Kinds   []string // codes of the kinds of organisation
	Kind    func(code, lang string) string

	// Carries lists the organisations in which an account still holds something, and
	// Left tells who leads them that it was closed all the same. Without them nothing is held.
	Carries func(context.Context, ids.Account) ([]ids.Org, error)
	Left    func(context.Context, ids.Account, []ids.Org) error
}

type pages struct {
	desk *account.Desk
	o    Options
}

// Every stage of a session that has a seat.
func everyStage() []account.Stage {
	return []account.Stage{account.Locked, account.AskSecond, account.AskEnrol, account.AskPassword,
		account.AskConduct, account.AskPost, account.In}
}

// Mount lists the routes.
func Mount(desk *account.Desk, o Options) []shell.Route {
	if o.Kind == nil {
		o.Kind = func(code, _ string) string { return code }
	}
	p := pages{desk: desk, o: o}
	return append(p.signing(), append(p.own(), p.keeping()...)...)
}

func (p pages) signing() []shell.Route {
	second, enrol := []account.Stage{account.AskSecond}, []account.Stage{account.AskEnrol, account.In}
	locked, password := []account.Stage{account.Locked}, []account.Stage{account.AskPassword, account.In}
	conduct, post := []account.Stage{account.AskConduct}, []account.Stage{account.AskPost, account.In}
	return []shell.Route{
		{Method: "GET", Pattern: shell.SignInPath, Action: access.SessionOpen, About: shell.Self, Public: true, Nav: "shell.nav.sign-in", Handle: p.signInPage},
		{Method: "POST", Pattern: shell.SignInPath, Action: access.SessionOpen, About: shell.Self, Public: true, Secret: true, Handle: p.signIn},
		{Method: "GET", Pattern: shell.SecondPath, Action: access.SessionFactor, About: shell.Self, Stages: second, Handle: p.secondPage},
		{Method: "POST", Pattern: shell.SecondPath, Action: access.SessionFactor, About: shell.Self, Stages: second, Secret: true, Handle: p.second},
		{Method: "GET", Pattern: shell.EnrolPath, Action: access.SessionEnrol, About: shell.Self, Stages: enrol, Handle: p.enrolPage},
		{Method: "POST", Pattern: shell.EnrolPath, Action: access.SessionEnrol, About: shell.Self, Stages: enrol, Secret: true, Handle: p.enrol},
		{Method: "GET", Pattern: enrolAppPath, Action: access.SessionEnrol, About: shell.Self, Stages: enrol, Handle: p.enrolAppPage},
		{Method: "POST", Pattern: enrolAppPath, Action: access.SessionEnrol, About: shell.Self, Stages: enrol, Secret: true, Handle: p.enrolApp},
		{Method: "GET", Pattern: enrolSheetPath, Action: access.SessionEnrol, About: shell.Self, Stages: enrol, Handle: p.enrolSheetPage},
		{Method: "POST", Pattern: enrolSheetPath, Action: access.SessionEnrol, About: shell.Self, Stages: enrol, Secret: true, Handle: p.enrolSheet},
		{Method: "GET", Pattern: shell.PasswordPath, Action: access.SessionPassword, About: shell.Self, Stages: password, Handle: p.passwordPage},
		{Method: "POST", Pattern: shell.PasswordPath, Action: access.SessionPassword, About: shell.Self, Stages: password, Secret: true, Handle: p.password},
		{Method: "GET", Pattern: shell.ConductPath, Action: access.SessionConduct, About: shell.Self, Stages: conduct, Handle: p.conductPage},
		{Method: "POST", Pattern: shell.ConductPath, Action: access.SessionConduct, About: shell.Self, Stages: conduct, Secret: true, Handle: p.conduct},
		{Method: "GET", Pattern: shell.PostPath, Action: access.SessionPost, About: shell.Self, Stages: post, Handle: p.postPage},
		{Method: "POST", Pattern: shell.PostPath, Action: access.SessionPost, About: shell.Self, Stages: post, Secret: true, Handle: p.post},
		{Method: "GET", Pattern: shell.UnlockPath, Action: access.SessionUnlock, About: shell.Self, Stages: locked, Handle: p.unlockPage},
		{Method: "POST", Pattern: shell.UnlockPath, Action: access.SessionUnlock, About: shell.Self, Stages: locked, Secret: true, Handle: p.unlock},
		{Method: "POST", Pattern: shell.SignOutPath, Action: access.SessionClose, About: shell.Self, Stages: everyStage(), Secret: true, Handle: p.signOut},
	}
}

func (p pages) own() []shell.Route {
	return []shell.Route{
		{Method: "GET", Pattern: shell.AccountPath, Action: access.SessionContact, About: shell.Self, Handle: p.minePage},
		{Method: "POST", Pattern: lockPath, Action: access.SessionUnlock, About: shell.Self, Stages: everyStage(), Secret: true, Handle: p.lock},
		{Method: "GET", Pattern: sessionsPath, Action: access.SessionList, About: shell.Many, Handle: p.sessionsPage},
		{Method: "POST", Pattern: sessionsPath, Action: access.SessionRevoke, About: shell.Self, Secret: true, Handle: p.sessions},
		{Method: "GET", Pattern: contactPath, Action: access.SessionContact, About: shell.Self, Handle: p.contactPage},
		{Method: "POST", Pattern: contactPath, Action: access.SessionContact, About: shell.Self, Handle: p.contact},
	}
}

func (p pages) keeping() []shell.Route {
	one := shell.One("account")
	return []shell.Route{
		{Method: "GET", Pattern: accountsPath, Action: access.AccountList, About: shell.Many, Nav: "accounts.nav", Handle: p.accountsPage},
		{Method: "GET", Pattern: addPath, Action: access.AccountAdd, About: shell.Fresh, Handle: p.addPage},
		{Method: "POST", Pattern: addPath, Action: access.AccountAdd, About: shell.Fresh, Handle: p.add},
		{Method: "GET", Pattern: accountPath, Action: access.AccountRead, About: one, Handle: p.accountPage},
		{Method: "GET", Pattern: accountPath + "/edit", Action: access.AccountEdit, About: one, Handle: p.editPage},
		{Method: "POST", Pattern: accountPath + "/edit", Action: access.AccountEdit, About: one, Handle: p.edit},
		{Method: "GET", Pattern: accountPath + "/reset", Action: access.AccountReset, About: one, Handle: p.resetPage},
		{Method: "POST", Pattern: accountPath + "/reset", Action: access.AccountReset, About: one, Handle: p.reset},
		{Method: "GET", Pattern: accountPath + "/posts", Action: access.AccountPost, About: one, Handle: p.givePage},
		{Method: "POST", Pattern: accountPath + "/posts", Action: access.AccountPost, About: one, Handle: p.give},
		{Method: "POST", Pattern: accountPath + "/posts/end", Form: accountPath, Action: access.AccountPost, About: one, Handle: p.end},
		{Method: "POST", Pattern: accountPath + "/close", Form: accountPath, Action: access.AccountDisable, About: one, Handle: p.close},
		{Method: "POST", Pattern: accountPath + "/open", Form: accountPath, Action: access.AccountDisable, About: one, Handle: p.reopen},
		{Method: "GET", Pattern: orgsPath, Action: access.AccountList, About: shell.Many, Handle: p.orgsPage},
		{Method: "POST", Pattern: orgsPath, Action: access.AccountAdd, About: shell.Fresh, Handle: p.addOrg},
	}
}

// The addresses that only these pages know.
const (
	enrolAppPath   = shell.EnrolPath + "/app"
	enrolSheetPath = shell.EnrolPath + "/sheet"
	lockPath       = shell.AccountPath + "/lock"
	sessionsPath   = shell.AccountPath + "/sessions"
	contactPath    = shell.AccountPath + "/contact"
	accountsPath   = "/accounts"
	addPath        = accountsPath + "/add"
	accountPath    = accountsPath + "/{account}"
	orgsPath       = "/organisations"
)

// Limits of what is typed; the desk has its own, narrower ones.
const (
	maxWord   = 120
	maxSecret = 400
)
