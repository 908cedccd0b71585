package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// returnView is a return: her decision, the checks, who receives her, who was told what.
type returnView struct {
	voice
	protection.Homecoming
	Of                       protection.Case
	Missing                  []lack
	Risks, Host, Contact     string
	Early, Changed, TracedBy string
	Parties                  []partyView
	facts                    access.Object
}

// partyView is one party, opened.
type partyView struct {
	protection.Party
	Name, Phone string
}

func (r *Rooms) showReturn(c *shell.Context) error {
	v, err := r.returnView(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("return.title"), Body: homecomingPage(v), Back: v.href(""), Section: navCases, Wide: true})
}

// returnView reads and opens a return, for who may do what the route is for.
func (r *Rooms) returnView(c *shell.Context) (returnView, error) {
	id, err := shell.ID[ids.Case](c, "case")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return returnView{}, err
	}
	one, h, missing, g, err := r.Desk.Homecoming(c, c.Who, id)
	if err != nil {
		return returnView{}, err
	}
	v := returnView{voice: r.voice(c), Homecoming: h, Of: one, facts: g.Object()}
	w := words{grant: g}
	v.Risks, v.Host, v.Contact = w.open(h.Risks), w.open(h.Host), w.open(h.Contact)
	v.Early, v.Changed, v.TracedBy = w.open(h.Early), w.open(h.Changed), w.open(h.TracedBy)
	for _, p := range h.Parties {
		v.Parties = append(v.Parties, partyView{p, w.open(p.Name), w.open(p.Phone)})
	}
	for _, key := range missing {
		v.Missing = append(v.Missing, lack{v.T(key), v.fixes(one.ID, key)})
	}
	return v, w.err
}

func (v returnView) href(rest string) string { return "/cases/" + v.Of.ID.String() + rest }

// prepares says whether a return can be prepared now.
func (v returnView) prepares() bool {
	return v.Of.State == protection.InAssistance || v.Of.State.After()
}

// lacks are what is missing before she leaves; nothing once she has.
func (v returnView) lacks() []lack {
	if v.Of.State != protection.InAssistance {
		return nil
	}
	return v.Missing
}

func (v returnView) verbs() []act {
	if !v.prepares() || !v.may(access.ReturnKeep, v.facts) {
		return v.stops()
	}
	all := []act{{v.href("/return/prepare"), v.T("return.do.prepare"), ""}, {v.href("/return/party"), v.T("return.do.party"), second}}
	if v.Of.State == protection.InAssistance && v.may(access.CaseAdvance, v.facts) {
		all = append(all, act{v.href("/advance"), v.T("return.do.leave"), second})
	}
	return append(all, v.stops()...)
}

// about is her decision, and who receives her.
func (v returnView) about() []govuk.SummaryRow {
	host := v.Host
	if !v.Receiving.IsZero() {
		host = comma(v.orgName(v.Receiving), v.Host)
	}
	rows := []govuk.SummaryRow{v.row(v.T("return.freely"), v.answer(v.Freely)), v.row(v.T("return.informed"), v.answer(v.Informed)), v.row(v.T("return.decided"), v.Day(v.Decided)),
		v.row(v.T("return.abroad"), v.answer(v.Abroad)), v.row(v.T("return.receiving"), host), v.row(v.T("return.contact"), v.Contact),
		v.rowIf(v.T("return.leaves"), v.Day(v.Leaves)), v.rowIf(v.T("return.arrived"), v.Day(v.Arrived)), v.rowIf(v.T("return.risks"), v.Risks),
		v.rowIf(v.T("return.stopped"), v.when(v.Stopped)), v.rowIf(v.T("return.changed"), v.Changed), v.rowIf(v.T("return.early"), v.Early)}
	if !v.BackedBy.IsZero() {
		rows = append(rows, v.row(v.T("return.backed"), v.account(v.BackedBy)+" · "+v.when(v.BackedAt)))
	}
	return append(rows, v.rowIf(v.T("return.into"), v.label(countries.ReturnInto, v.Into)), v.rowIf(v.T("return.traced"), v.label(countries.TracingResult, v.Traced)),
		v.rowIf(v.T("return.traced_by"), v.TracedBy), v.rowIf(v.T("return.traced_on"), v.Day(v.TracedOn)), v.rowIf(v.T("return.safe"), v.answer(v.Safe)))
}

// checked are the checks with their answers.
func (v returnView) checked() []govuk.SummaryRow {
	var rows []govuk.SummaryRow
	for _, k := range v.rooms.Country.List(countries.ReturnCheck) {
		rows = append(rows, v.row(k.Label(v.Lang()), v.answer(v.Checks[k.Code])))
	}
	return rows
}

// others are the parties.
func (v returnView) others() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for _, p := range v.Parties {
		row := govuk.QueueRow{Title: v.label(countries.PartyKind, p.Kind), Facts: []govuk.Fact{{Name: v.T("return.party.name"), Value: p.Name}}}
		add := func(name, value string) {
			if value != "" {
				row.Facts = append(row.Facts, govuk.Fact{Name: name, Value: value})
			}
		}
		add(v.T("return.party.where"), v.label(countries.Nation, p.Where))
		add(v.T("common.phone"), p.Phone)
		told := v.labels(countries.PartyTold, p.Told)
		if told == "" {
			told = v.T("return.party.nothing")
		}
		add(v.T("return.party.told"), told)
		if !p.Ended.IsZero() {
			row.Tags = append(row.Tags, govuk.Tag{Text: v.T("return.party.ended"), Classes: "govuk-tag--orange"})
			add(v.T("return.party.released"), v.when(p.Released))
		}
		add(v.T("follow.by"), v.account(p.By)+" · "+v.when(p.At))
		q.Rows = append(q.Rows, row)
	}
	return q
}
