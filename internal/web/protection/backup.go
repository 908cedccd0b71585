package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// backupView lists who called for somebody, and who goes.
type backupView struct {
	voice
	Calls []protection.Backup
}

func (r *Rooms) backups(c *shell.Context) error {
	v, err := r.backupsOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (r *Rooms) backupsOf(c *shell.Context) (v backupView, err error) {
	v.voice = r.voice(c)
	v.Calls, err = r.Desk.Backups(c, c.Who)
	return v, err
}

func (v backupView) page() shell.Page {
	return shell.Page{Title: v.T("backup.title"), Body: backupsPage(v), Section: "duty.nav.work", Back: "/work"}
}

// call rings in one tap, and says whether it rang anywhere.
func (r *Rooms) call(c *shell.Context) error {
	f := c.Form()
	id := shell.KeepID[ids.Backup](f, "id")
	n, err := 0, f.Err()
	if err == nil {
		n, err = r.Desk.Call(c, c.Who, protection.Call{ID: id})
	}
	if f.Held() { // nothing was asked for but another language
		return c.Redirect("/work")
	}
	if err != nil {
		return err
	}
	if n == 0 {
		c.Notice("backup.nobody")
	} else {
		c.Notice("backup.sent")
	}
	return c.Redirect("/work")
}

// come says "I am on it".
func (r *Rooms) come(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Backup](c, "backup")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return err
	}
	v, err := r.backupsOf(c)
	if err != nil {
		return err
	}
	cmd := protection.Come{Backup: id, Version: f.Version()}
	if err = f.Err(); err == nil {
		err = r.Desk.Come(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("backup.come.done")
	return c.Redirect("/backup")
}

// comes says whether the reader may go to a call.
func (v backupView) comes(b protection.Backup) bool {
	return b.Open() && b.By != v.c.Who.Account && v.may(access.BackupAnswer, access.Object{Kind: access.BackupKind, ID: b.ID.UUID, Owner: b.Org, By: b.By})
}

// calls says who needs somebody now: before everything else of the day.
func (r *Rooms) calls(c *shell.Context) (Section, error) {
	v, err := r.backupsOf(c)
	if err != nil {
		return Section{}, err
	}
	s := Section{ID: "backup", Title: v.T("backup.work"), Empty: v.T("backup.work.none")}
	var rows []govuk.QueueRow
	for _, b := range v.Calls {
		if b.Open() && b.By != c.Who.Account {
			rows = append(rows, govuk.QueueRow{Href: "/backup", Title: v.seat(b.By), Facts: []govuk.Fact{{Name: v.T("backup.since"), Value: v.Ago(b.At)}}, Next: v.T("backup.come")})
		}
	}
	if len(rows) > 0 {
		s.Waiting, s.Late, s.Alarm = len(rows), len(rows), true
		s.Body = govuk.Queue{Rows: rows}
		s.Next = Step{rows[0].Title + v.T("case.colon") + v.T("backup.come"), "/backup"}
	}
	return s, nil
}
