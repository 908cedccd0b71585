package prosecution

import (
	"slices"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// showView is one file: where it stands, what is next, and all that is in it.
type showView struct {
	fileView
	Said  string
	Lines []suspectLine
	Acts  []govuk.TimelineItem
}

// suspectLine is one person or company, opened.
type suspectLine struct {
	prosecution.Suspect
	Name, Aliases, Phone string
}

func (r *Rooms) showFile(c *shell.Context) error {
	file, err := r.fileOf(c)
	if err != nil {
		return err
	}
	v := showView{fileView: file}
	v.Said = v.open(v.Words)
	for _, p := range v.Suspects {
		v.Lines = append(v.Lines, suspectLine{p, v.open(p.Name), v.open(p.Aliases), v.open(p.Phone)})
	}
	for _, a := range slices.Backward(v.Dossier.Acts) {
		v.Acts = append(v.Acts, govuk.TimelineItem{Title: v.label(countries.FileAct, a.Kind), When: v.dayOf(a.On), By: v.account(a.By), Body: prose(v.open(a.Words))})
	}
	if v.err != nil {
		return v.err
	}
	return c.Page(shell.Page{Title: v.title(), Body: filePage(v), Back: "/files", Section: navFiles})
}

// title is the newest number of the file.
func (v showView) title() string {
	for _, r := range slices.Backward(prosecution.Registers[:]) {
		if n := v.Numbers[r]; !n.IsZero() {
			return v.numberOf(r, n)
		}
	}
	return v.Dossier.Code.String()
}

func (v showView) signs() []templ.Component {
	all := []templ.Component{v.stateTag(v.State)}
	if v.Child {
		all = append(all, v.childTag())
	}
	for _, x := range v.Custodies {
		if x.Open() {
			all = append(all, v.Due(v.T("file.custody.clock", "Who", v.names[x.Suspect]), x.From, x.Due))
		}
	}
	return all
}

// door is a button of the page.
type door struct{ Text, Href string }

// doors are what the reader may do here and now; the first is what is next.
func (v showView) doors() (all []door) {
	o := access.Object{Kind: access.FileKind, ID: v.ID.UUID, Owner: v.Owner, To: v.Office, Bench: v.Bench[1:], Stage: string(v.State)}
	if len(prosecution.MovesOf(v.State, v.c.Who.Post.Role)) > 0 && v.Seised(v.c.Who) && v.c.May(access.FileStep, o) {
		all = append(all, door{v.T("file.step.title"), v.here() + "/step"})
	}
	for _, one := range []struct {
		verb   prosecution.Verb
		action access.Action
		path   string
		there  bool
	}{
		{prosecution.SetsHearing, access.FileHear, "hearing", true},
		{prosecution.EndsHearing, access.FileHear, "heard", slices.ContainsFunc(v.Hearings, func(h prosecution.Hearing) bool { return h.State == prosecution.HearingSet })},
		{prosecution.Judges, access.FileJudge, "judgment", len(v.Unjudged()) > 0},
		{prosecution.AddsSuspect, access.FileSuspect, "suspect", true},
		{prosecution.Charges, access.FileCharge, "charge", len(v.Suspects) > 0},
		{prosecution.Acts, access.FileAct, "act", true},
		{prosecution.Holds, access.FileCustody, "custody", len(v.Suspects) > 0},
	} {
		if one.there && v.may(one.verb) && v.c.May(one.action, o) {
			all = append(all, door{v.T("file." + one.path + ".title"), v.here() + "/" + one.path})
		}
	}
	return all
}

// rows are the facts of the file.
func (v showView) rows() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{}
	for _, r := range prosecution.Registers {
		if n := v.Numbers[r]; !n.IsZero() {
			rows = append(rows, v.row(v.T("file.number."+string(r)), n.Written))
		}
	}
	return append(rows, v.row(v.T("file.source"), v.T("file.source."+string(v.Source))), v.row(v.T("file.on"), v.dayOf(v.On)), v.row(v.T("file.where"), v.Place(v.Where)),
		v.row(v.T("file.owner"), v.org(v.Owner)), v.rowIf(v.T("file.office"), v.org(v.Office)), v.rowIf(v.T("file.court.1"), v.org(v.Bench[1])), v.rowIf(v.T("file.court.2"), v.org(v.Bench[2])),
		v.rowIf(v.T("file.court.3"), v.org(v.Bench[3])), v.rowIf(v.T("file.first"), v.dayOf(v.FirstOn)), v.rowIf(v.T("file.reason.dismissal"), v.label(countries.Dismissal, v.Reason)))
}

// suspectRows are the facts of one person or company.
func (v showView) suspectRows(p suspectLine) []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("file.standing"), comma(v.T("file.standing."+string(p.State)), v.dayOf(p.Since))), v.rowIf(v.T("file.aliases"), p.Aliases), v.rowIf(v.T("file.phone"), p.Phone),
		v.row(v.T("file.role"), v.label(countries.SuspectRole, p.Role)), v.rowIf(v.T("file.relation"), v.label(countries.SuspectRelation, p.Relation))}
	if !p.Company {
		rows = append(rows, v.row(v.T("file.sex"), v.label(countries.Sex, p.Sex)), v.row(v.T("file.band"), v.label(countries.AgeBand, p.Band)), v.rowIf(v.T("file.path"), v.label(countries.ChildJustice, p.Path)))
	}
	rows = append(rows, v.rowIf(v.T("file.citizen"), v.label(countries.Nation, p.Citizen)))
	if p.Official == prosecution.Yes {
		rows = append(rows, v.row(v.T("file.official"), v.label(countries.OfficialService, p.Service)))
	}
	for _, x := range v.Custodies {
		if x.Suspect == p.ID {
			rows = append(rows, v.row(v.T("file.custody"), v.custodyText(x)))
		}
	}
	for _, x := range v.Charges {
		if x.Suspect == p.ID {
			rows = append(rows, v.row(v.T("file.charge"), v.chargeText(x)))
		}
	}
	return rows
}

// custodyText says from when until when, and in words when it is too long.
func (v showView) custodyText(x prosecution.Custody) string {
	text := v.T("file.custody.open", "From", v.when(x.From), "Due", v.when(x.Due))
	if !x.Open() {
		text = v.T("file.custody.over", "From", v.when(x.From), "Until", v.when(x.Until), "How", v.label(countries.CustodyEnd, x.End))
	}
	if x.Late(v.c.At) {
		text += " " + v.T("file.custody.toolong") + " " + v.label(countries.CustodyOver, x.Over)
	}
	return text
}

// chargeText is the qualification, those before it with their reasons, and what courts decided.
func (v showView) chargeText(x prosecution.Charge) string {
	text := v.offence(x.Current)
	for _, one := range x.Changes {
		text += ". " + v.T("file.requalified", "From", v.offence(one.From), "To", v.offence(one.To), "Day", v.dayOf(one.On), "Reason", v.label(countries.Requalification, one.Reason))
	}
	for _, j := range v.Judgments {
		if j.Charge == x.ID {
			text += ". " + v.T("file.judged", "Court", v.T("file.level."+digits(int(j.Level))), "Day", v.dayOf(j.On), "Verdict", v.T("file.verdict."+string(j.Verdict)))
			text += v.sentence(j)
		}
	}
	return text
}

// sentence is what a judgment orders, in words.
func (v showView) sentence(j prosecution.Judgment) string {
	s, text := j.Sentence, ""
	if j.Offence != "" && j.Verdict == prosecution.Requalifies {
		text += " (" + v.offence(j.Offence) + ")"
	}
	for _, one := range []struct {
		is  bool
		key string
		n   int
	}{{s.Life, "life", 0}, {s.Months > 0, "months", s.Months}, {s.Suspended > 0, "suspended", s.Suspended}, {s.Fine > 0, "fine", int(s.Fine)}, {s.Damages > 0, "damages", int(s.Damages)}, {s.Confiscated, "confiscated", 0}} {
		if one.is {
			text += ", " + v.T("file.sentence."+one.key, "N", v.Number(one.n))
		}
	}
	return text
}

// days are the days in court, the newest first.
func (v showView) days() (items []govuk.TimelineItem) {
	for _, h := range slices.Backward(v.Hearings) {
		item := govuk.TimelineItem{Title: v.T("file.hearing." + string(h.State)), When: v.dayOf(h.On), By: v.account(h.HeldBy)}
		if h.State == prosecution.HearingPostponed {
			item.Title = v.T("file.hearing.because", "Reason", v.label(countries.Postponement, h.Reason))
		}
		if h.State == prosecution.HearingSet {
			item.Moment = govuk.Future
		}
		items = append(items, item)
	}
	return items
}

// stages are how the file came here, the newest first.
func (v showView) stages() (items []govuk.TimelineItem) {
	for _, s := range slices.Backward(v.Stages) {
		reason := v.label(countries.Appellant, s.Who)
		switch {
		case s.State == prosecution.Dismissed:
			reason = v.label(countries.Dismissal, s.Reason)
		case s.Reason != "":
			reason = v.label(countries.Reopening, s.Reason)
		}
		items = append(items, govuk.TimelineItem{Title: comma(v.T("file.state."+string(s.State)), s.Number.Written, reason), When: v.dayOf(s.On), By: comma(v.account(s.By), v.org(s.Org))})
	}
	return items
}

// next is what the reader is to do, in a sentence.
func (v showView) next() string {
	if len(v.doors()) == 0 {
		return v.T("file.next.wait")
	}
	if len(prosecution.MovesOf(v.State, v.c.Who.Post.Role)) == 0 {
		return v.T("file.next.else")
	}
	return v.T("file.next." + string(v.State))
}

// suspectDoors are what the reader may say of one person now.
func (v showView) suspectDoors(p suspectLine) (all []door) {
	if v.may(prosecution.Stands) && len(p.State.Next()) > 0 {
		all = append(all, door{v.T("file.standing.title"), v.here() + "/standing?suspect=" + p.ID.String()})
	}
	if x, held := v.Held(p.ID); held && v.may(prosecution.Holds) {
		all = append(all, door{v.T("file.held.title"), v.here() + "/held?custody=" + x.ID.String()})
	}
	for _, x := range v.Charges {
		if x.Suspect == p.ID && v.may(prosecution.Requalifying) {
			all = append(all, door{v.T("file.requalify.of", "Offence", v.offence(x.Current)), v.here() + "/requalify?charge=" + x.ID.String()})
		}
	}
	return all
}
