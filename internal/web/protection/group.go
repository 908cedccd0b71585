package protection

import (
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// groupView is people met together: each is offered a private conversation,
// and what each decided stands beside her code. Nobody is decided for.
type groupView struct {
	voice
	protection.Group
	Rows                 []govuk.QueueRow
	Offered, Spoke, Left int
}

func (r *Rooms) group(c *shell.Context) error {
	id, err := shell.ID[ids.Group](c, "group")
	if err != nil {
		return err
	}
	v := groupView{voice: r.voice(c)}
	var lines []protection.CaseLine
	if v.Group, lines, err = r.Desk.Group(c, c.Who, id); err != nil {
		return err
	}
	for _, one := range lines {
		row := v.caseQueueRow(one)
		row.Facts = append([]govuk.Fact{{Name: v.T("duty.group.decided"), Value: v.decided(one)}}, row.Facts[1:]...)
		if one.State == protection.InTriage {
			row.Next = v.T("duty.group.offer")
		}
		v.Rows = append(v.Rows, row)
		v.count(one.State)
	}
	return c.Page(shell.Page{Title: v.T("duty.group"), Body: groupPage(v), Section: navSignals, Back: "/signals/" + v.Signal.String(), Wide: true})
}

// decided is what she decided so far, in words.
func (v groupView) decided(one protection.CaseLine) string {
	return v.T("duty.group.state." + string(one.State))
}

func (v *groupView) count(s protection.CaseState) {
	switch s {
	case protection.InTriage:
		v.Offered++
	case protection.Declined:
		v.Left++
	default:
		v.Spoke++
	}
}

func (v groupView) facts() []govuk.SummaryRow {
	return []govuk.SummaryRow{
		v.row(v.T("duty.place"), v.Place(v.Where)),
		v.row(v.T("duty.group.met"), v.Time(v.Met)),
		v.row(v.T("duty.group.size"), v.Number(v.Size)),
		v.row(v.T("duty.handler"), v.answer(v.Handler)),
		v.row(v.T("duty.group.waiting"), v.Number(v.Offered)),
		v.row(v.T("duty.group.spoke"), v.Number(v.Spoke)),
		v.row(v.T("duty.group.left"), v.Number(v.Left)),
	}
}
