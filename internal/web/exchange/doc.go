// Package exchange brings historic lists in by pages: a file, what its columns
// mean, a dry run that names every problem by row and column, and the loading,
// all of it or nothing.
//
// Its promise: nothing is guessed and no value is shown. Of a file the pages show
// its headings, and where problems are. The file is kept sealed until it is
// loaded or forgotten; only who brought it opens it, and each opening is in the
// log. Reading and loading take one file at a time, in bounded memory.
//
// What may be done is decided by protection.Archive; what a file says is read by
// internal/exchange. Larger files come in at the console.
package exchange

import (
	"net/http"
	"sync"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// Rooms is what the pages need. All of it must be given.
type Rooms struct {
	Archive *protection.Archive
	Country *countries.Country

	turn sync.Mutex // one file is read at a time
}

const (
	listsPath   = "/lists"
	newPath     = listsPath + "/new"
	draftsPath  = "/list-drafts"
	draftPath   = draftsPath + "/{draft}"
	navLists    = "legacy.nav"
	unpacked    = 64 << 20 // bytes a spreadsheet may unpack into here
	recordsOnce = 4000     // loaded at one press: some seconds on a slow disk
)

// Mount lists the routes.
func Mount(r *Rooms) []shell.Route {
	const get, post = http.MethodGet, http.MethodPost
	draft, list := shell.One("draft"), shell.One("list")
	return []shell.Route{
		{Method: get, Pattern: listsPath, Action: access.LegacyList, About: shell.Many, Nav: navLists, Handle: r.lists},
		{Method: get, Pattern: newPath, Action: access.LegacyImport, About: shell.Fresh, Handle: r.prepare},
		{Method: post, Pattern: newPath, Action: access.LegacyImport, About: shell.Fresh, Upload: protection.MaxListDraft, Handle: r.prepare},
		{Method: get, Pattern: draftPath, Action: access.LegacyPrepare, About: draft, Handle: r.mapList},
		{Method: post, Pattern: draftPath, Action: access.LegacyPrepare, About: draft, Handle: r.mapList},
		{Method: get, Pattern: draftPath + "/check", Action: access.LegacyPrepare, About: draft, Handle: r.check},
		{Method: post, Pattern: draftPath + "/load", Form: draftPath + "/check", Action: access.LegacyPrepare, About: draft, Handle: r.load},
		{Method: post, Pattern: draftPath + "/discard", Form: draftPath + "/check", Action: access.LegacyPrepare, About: draft, Handle: r.forget},
		{Method: post, Pattern: listsPath + "/{list}/discard", Form: listsPath, Action: access.LegacyDiscard, About: list, Handle: r.discard},
	}
}
