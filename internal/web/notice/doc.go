// Package notice shows a reader what alerted them, and whoever runs the program
// what waits in the outbox and what failed.
//
// Its promise is that of internal/notice: no page says more than a message does,
// no name, no place, no code. A line leads to its record only while the reader
// may open it. The page of the outbox holds counts and codes, nobody's address.
// What may be seen and done is decided by the board of internal/notice.
package notice

import (
	"context"
	"net/http"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/internal/web/shell"
)

// Options is what the pages need besides the board.
type Options struct {
	Facts  func(ctx context.Context, k access.Kind, id ids.UUID) (access.Object, error)
	Leaves func() (mail, sms bool) // by what alerts leave; neither: nothing leaves
}

type pages struct {
	board *notice.Board
	o     Options
}

// The addresses of these pages.
const (
	toldPath   = "/notices"
	seenPath   = toldPath + "/seen"
	outboxPath = "/outbox"
	resendPath = outboxPath + "/again"
)

// Mount lists the routes.
func Mount(board *notice.Board, o Options) []shell.Route {
	p := pages{board: board, o: o}
	return []shell.Route{
		{Method: http.MethodGet, Pattern: toldPath, Action: access.SessionNotices, About: shell.Many, Nav: "notice.nav", Tally: p.unseen, Handle: p.told},
		{Method: http.MethodPost, Pattern: seenPath, Form: toldPath, Action: access.SessionSeen, About: shell.Self, Handle: p.see},
		{Method: http.MethodGet, Pattern: outboxPath, Action: access.SystemOutbox, About: shell.Many, Nav: "notice.outbox.nav", Handle: p.outbox},
		{Method: http.MethodPost, Pattern: resendPath, Form: outboxPath, Action: access.SystemResend, About: shell.Many, Handle: p.resend},
	}
}
