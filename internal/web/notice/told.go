package notice

import (
	"strconv"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// perPage keeps a page light on a slow line; of each line one question is asked.
const perPage = 20

type toldView struct {
	shell.View
	Rows  govuk.Queue
	Until string // the newest line of the page, in milliseconds
	New   bool
	Next  string
}

// unseen is the number in the menu. Without an answer there is none.
func (p pages) unseen(c *shell.Context) int {
	n, err := p.board.Unseen(c, c.Who)
	if err != nil {
		return 0
	}
	return n
}

// told lists what alerted the reader, newest first.
func (p pages) told(c *shell.Context) error {
	lines, more, err := p.board.Told(c, c.Who, readMark(c), perPage)
	if err != nil {
		return err
	}
	v := toldView{View: c.View()}
	for i, l := range lines {
		if i == 0 {
			v.Until = strconv.FormatInt(l.At.UnixMilli(), 10)
		}
		v.New = v.New || l.New
		v.Rows.Rows = append(v.Rows.Rows, p.row(c, v.View, l))
	}
	v.Rows.HeadingLevel = 2
	if more {
		last := lines[len(lines)-1]
		v.Next = toldPath + "?after=" + strconv.FormatInt(last.At.UnixMilli(), 10) + "." + last.ID.String()
	}
	return c.Page(shell.Page{Title: v.T("notice.title"), Body: told(v), Section: "notice.nav", Wide: true})
}

// row is one line. A line that could not be sent says why: the reader can mend
// where alerts reach them.
func (p pages) row(c *shell.Context, v shell.View, l notice.Line) govuk.QueueRow {
	key := "notice.told." + l.Key
	if !v.Has(key) {
		key = "notice.told.alert.signal"
	}
	row := govuk.QueueRow{Title: v.T(key), Href: p.link(c, l), Facts: []govuk.Fact{{Name: v.T("notice.told.when"), Value: v.Time(l.At)}}}
	if l.New {
		row.Tags = append(row.Tags, govuk.Tag{Text: v.T("notice.told.new"), Classes: "govuk-tag--blue"})
	}
	if l.State == notice.Failed {
		row.Tags = append(row.Tags, govuk.Tag{Text: v.T("notice.told.failed"), Classes: "govuk-tag--red"})
		row.Next = v.T("notice.problem." + l.Problem)
	}
	return row
}

// ways are the pages that show a record an alert was about, with what the
// reader needs to open them; the first that opens is taken.
var ways = []struct {
	kind   access.Kind
	action access.Action
	path   string
}{
	{access.SignalKind, access.SignalRead, "/signals/"},
	{access.CaseKind, access.CaseRead, "/cases/"},
	{access.ReferralKind, access.PacketRead, "/requests/"},
	{access.ReferralKind, access.ReferralRead, "/referrals/"},
	{access.TransferKind, access.TransferRead, "/transfers/"},
	{access.ConsentKind, access.ConsentRead, "/consents/"},
}

// link leads to what an alert was about, or nowhere when the reader may not, or
// no longer, open it.
func (p pages) link(c *shell.Context, l notice.Line) string {
	if l.Kind == access.BackupKind && c.May(access.BackupList, access.Object{Kind: l.Kind, By: c.Who.Account, Owner: c.Who.Post.Org}) {
		return "/backup"
	}
	for _, way := range ways {
		if way.kind != l.Kind {
			continue
		}
		if o, err := p.o.Facts(c, l.Kind, l.About); err == nil && c.May(way.action, o) {
			return way.path + l.About.String()
		}
	}
	return ""
}

// readMark reads where the page before ended; anything else is the beginning.
func readMark(c *shell.Context) notice.Mark {
	ms, id, _ := strings.Cut(c.Query("after"), ".")
	n, err := strconv.ParseInt(ms, 10, 64)
	at, bad := ids.Parse[ids.Alert](id)
	if err != nil || bad != nil {
		return notice.Mark{}
	}
	return notice.Mark{At: time.UnixMilli(n).UTC(), ID: at}
}

// see notes that the reader has seen all until the newest line they were shown.
func (p pages) see(c *shell.Context) error {
	f := c.Form()
	text := f.Text("until", 20)
	if err := f.Err(); err != nil {
		return err
	}
	until, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fault.Field("until", "fault.invalid")
	}
	if err := p.board.See(c, c.Who, time.UnixMilli(until)); err != nil {
		return err
	}
	return c.Redirect(toldPath)
}
