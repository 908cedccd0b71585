// Package prosecution shows criminal files (zone Z5) to the police unit, the
// prosecutor's office and the court that have them: the list of files, one file with
// what is next, and a form for each verb.
//
// The room decides no right, keeps no record and writes no rule: it asks the desk. It
// links to nothing of protection, and nothing of protection links here. In every label
// whoever is named is presumed innocent. Every page works without script.
package prosecution

import (
	"net/http"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// Names says what accounts and organisations are called; "" when nobody knows.
type Names interface {
	Account(ids.Account) string
	Org(ids.Org) string
}

// Rooms is what the pages need. All of it must be given.
type Rooms struct {
	Desk    *prosecution.Desk
	Country *countries.Country
	Names   Names
}

const navFiles = "file.nav.files"

// Mount lists the pages of prosecution.
func Mount(r *Rooms) []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	one := shell.One("file")
	all := []shell.Route{
		{Method: get, Pattern: "/files", Action: access.FileList, About: shell.Many, Nav: navFiles, Handle: r.files},
		{Method: get, Pattern: "/files/{file}", Action: access.FileRead, About: one, Handle: r.showFile},
	}
	for _, l := range []shell.Route{
		{Pattern: "/files/find", Action: access.FileFind, About: shell.Many, Handle: r.find},
		{Pattern: "/files/new", Action: access.FileOpen, About: shell.Fresh, Nav: "file.nav.open", Handle: r.open},
		{Pattern: "/files/{file}/step", Action: access.FileStep, About: one, Handle: r.step},
		{Pattern: "/files/{file}/suspect", Action: access.FileSuspect, About: one, Handle: r.nameSuspect},
		{Pattern: "/files/{file}/standing", Action: access.FileSuspect, About: one, Handle: r.stand},
		{Pattern: "/files/{file}/charge", Action: access.FileCharge, About: one, Handle: r.bring},
		{Pattern: "/files/{file}/requalify", Action: access.FileCharge, About: one, Handle: r.requalify},
		{Pattern: "/files/{file}/act", Action: access.FileAct, About: one, Handle: r.investigate},
		{Pattern: "/files/{file}/custody", Action: access.FileCustody, About: one, Handle: r.hold},
		{Pattern: "/files/{file}/held", Action: access.FileCustody, About: one, Handle: r.free},
		{Pattern: "/files/{file}/hearing", Action: access.FileHear, About: one, Handle: r.setHearing},
		{Pattern: "/files/{file}/heard", Action: access.FileHear, About: one, Handle: r.endHearing},
		{Pattern: "/files/{file}/judgment", Action: access.FileJudge, About: one, Handle: r.judge},
	} {
		l.Method = get
		sent := l
		sent.Method, sent.Nav = post, ""
		all = append(all, l, sent)
	}
	return all
}
