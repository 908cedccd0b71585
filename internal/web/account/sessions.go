package account

import (
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

type sessionsView struct {
	shell.View
	Here    string // the session of this page
	All     []account.Session
	Current bool // there is no other
}

func (p pages) sessionsPage(c *shell.Context) error {
	all, err := p.desk.Sessions(c, c.Seat)
	if err != nil {
		return err
	}
	v := sessionsView{View: c.View(), Here: c.Seat.Session.ID.String(), All: all, Current: len(all) < 2}
	return c.Page(shell.Page{Title: v.T("sign.sessions.title"), Body: sessions(v), Back: shell.AccountPath})
}

// sessions ends one of one's own sessions, or all but this one.
func (p pages) sessions(c *shell.Context) error {
	f := c.Form()
	id, others := shell.FormID[ids.Session](f, "session"), f.Bool("others")
	if err := f.Err(); err != nil {
		return err
	}
	var err error
	switch {
	case others:
		err = p.desk.RevokeOthers(c, c.Seat)
	case id == c.Seat.Session.ID:
		return p.signOut(c)
	case !id.IsZero():
		err = p.desk.Revoke(c, c.Seat, id)
	}
	if err != nil {
		return err
	}
	c.Notice("sign.sessions.ended")
	return c.Redirect(sessionsPath)
}

// device says which browser a session is in, and whether it is this one.
func (v sessionsView) device(s account.Session) string {
	name := s.Device
	if name == "" {
		name = v.T("sign.sessions.unknown")
	}
	if s.ID.String() == v.Here {
		return v.T("sign.sessions.here", "Device", name)
	}
	return name
}
