// Package protection shows the journey from a signal to an accepted referral:
// one question a page where a frightened person answers, dense pages where
// people work.
//
// Each page reads a form into the request type of a verb and calls
// [protection.Desk]; what a person can correct comes back at its field, with
// everything that was typed. A visitor's answers travel in hidden fields from
// page to page: no address, no cookie and no server holds them before they are
// sent. Every page works without script.
//
// The room decides no right, keeps no record and writes no rule: it asks the
// desk. Words come from internal/lang, choices from the country's code lists.
package protection

import (
	"context"
	"net/http"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// Names says what accounts and organisations are called; "" when nobody knows.
type Names interface {
	Account(ids.Account) string
	Org(ids.Org) string
}

// People lists who can be chosen. It holds nothing about anybody's case.
type People interface {
	// Orgs lists the open organisations, by name.
	Orgs(ctx context.Context) ([]ids.Org, error)
	// Staff lists the accounts that hold one of the roles in an organisation now, by name.
	Staff(ctx context.Context, org ids.Org, roles ...access.Role) ([]ids.Account, error)
}

// Rooms is what the pages need. All of it must be given.
type Rooms struct {
	Desk    *protection.Desk
	Country *countries.Country
	Names   Names
	People  People
}

// Mount lists the pages of protection.
func Mount(r *Rooms) []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	return []shell.Route{
		// Home, signals, duty, roster, directory.
		{Method: get, Pattern: "/{$}", Action: access.SystemPublic, About: shell.Self, Public: true, Handle: r.home},
		{Method: get, Pattern: "/signal", Action: access.SignalRaise, About: shell.Fresh, Public: true, Exit: true, Nav: "signal.nav.raise", Handle: r.raiseForm},
		{Method: post, Pattern: "/signal", Action: access.SignalRaise, About: shell.Fresh, Public: true, Exit: true, Handle: r.raise},
		{Method: get, Pattern: "/signal/sent", Action: access.SystemPublic, About: shell.Self, Public: true, Exit: true, Handle: r.sent},
		{Method: get, Pattern: "/signal/form", Action: access.SystemPublic, About: shell.Self, Public: true, Exit: true, Handle: r.form},
		{Method: get, Pattern: "/signal/paper", Action: access.SignalRaise, About: shell.Fresh, Handle: r.paperForm},
		{Method: post, Pattern: "/signal/paper", Action: access.SignalRaise, About: shell.Fresh, Handle: r.paper},
		{Method: get, Pattern: "/work", Action: access.WorkMine, About: shell.Self, Nav: "duty.nav.work", Handle: r.work},
		{Method: get, Pattern: "/receipts", Action: access.SignalReceipt, About: shell.Many, Nav: "signal.nav.mine", Handle: r.receipts},
		{Method: get, Pattern: "/signals", Action: access.SignalList, About: shell.Many, Nav: navSignals, Handle: r.signals},
		{Method: get, Pattern: "/signals/{signal}", Action: access.SignalRead, About: shell.One("signal"), Exit: true, Handle: r.showSignal},
		{Method: post, Pattern: "/signals/{signal}/take", Action: access.SignalTake, About: shell.One("signal"), Form: "/signals/{signal}", Handle: r.take},
		{Method: get, Pattern: "/signals/{signal}/correct", Action: access.SignalCorrect, About: shell.One("signal"), Exit: true, Handle: r.correctForm},
		{Method: post, Pattern: "/signals/{signal}/correct", Action: access.SignalCorrect, About: shell.One("signal"), Exit: true, Handle: r.correct},
		{Method: get, Pattern: "/signals/{signal}/triage", Action: access.SignalTriage, About: shell.One("signal"), Exit: true, Handle: r.triageForm},
		{Method: post, Pattern: "/signals/{signal}/triage", Action: access.SignalTriage, About: shell.One("signal"), Exit: true, Handle: r.triage},
		{Method: get, Pattern: "/signals/{signal}/triaged", Action: access.SignalRead, About: shell.One("signal"), Exit: true, Handle: r.triaged},
		{Method: get, Pattern: "/signals/{signal}/handover", Action: access.SignalRead, About: shell.One("signal"), Handle: r.handover},
		{Method: get, Pattern: "/groups/{group}", Action: access.GroupRead, About: shell.One("group"), Exit: true, Handle: r.group},
		{Method: get, Pattern: "/cases/{case}/assign", Action: access.CaseAssign, About: shell.One("case"), Handle: r.assignForm},
		{Method: post, Pattern: "/cases/{case}/assign", Action: access.CaseAssign, About: shell.One("case"), Handle: r.assign},
		{Method: get, Pattern: "/directory", Action: access.DirectoryRead, About: shell.Many, Nav: navDirectory, Handle: r.directory},
		{Method: get, Pattern: "/directory/new", Action: access.DirectoryEdit, About: shell.Fresh, Handle: r.lineForm},
		{Method: post, Pattern: "/directory/new", Action: access.DirectoryEdit, About: shell.Fresh, Handle: r.keepService},
		{Method: get, Pattern: "/directory/{service}", Action: access.DirectoryEdit, About: shell.One("service"), Handle: r.lineForm},
		{Method: post, Pattern: "/directory/{service}", Action: access.DirectoryEdit, About: shell.One("service"), Handle: r.keepService},
		{Method: get, Pattern: "/directory/{service}/places", Action: access.DirectoryConfirm, About: shell.One("service"), Handle: r.placesForm},
		{Method: post, Pattern: "/directory/{service}/places", Action: access.DirectoryConfirm, About: shell.One("service"), Handle: r.confirmPlaces},
		{Method: get, Pattern: "/roster", Action: access.RosterRead, About: shell.Many, Nav: navRoster, Handle: r.roster},
		{Method: get, Pattern: "/roster/new", Action: access.RosterEdit, About: shell.Fresh, Handle: r.dutyForm},
		{Method: post, Pattern: "/roster/new", Action: access.RosterEdit, About: shell.Fresh, Handle: r.keepDuty},
		{Method: get, Pattern: "/roster/{duty}", Action: access.RosterEdit, About: shell.One("duty"), Handle: r.dutyForm},
		{Method: post, Pattern: "/roster/{duty}", Action: access.RosterEdit, About: shell.One("duty"), Handle: r.keepDuty},

		// Screening, supervisor, case, consent, referral, shelter.
	}
}
