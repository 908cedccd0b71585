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

		// Screening, supervisor, case, consent, referral, shelter.
	}
}
