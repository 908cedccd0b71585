package prosecution

import (
	"slices"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// stepView moves a file to its next stage: what is asked depends on where it can go.
type stepView struct {
	fileView
	Moves   []prosecution.Move
	Offices []govuk.SelectItem
}

func (r *Rooms) step(c *shell.Context) error {
	file, err := r.fileOf(c)
	if err != nil {
		return err
	}
	v := stepView{fileView: file, Moves: prosecution.MovesOf(file.State, c.Who.Post.Role)}
	if !v.Seised(c.Who) {
		v.Moves = nil
	}
	if err := v.offices(); err != nil {
		return err
	}
	f := c.Form()
	form := v.form("step", v.fields, "version", v.View.Version(v.Dossier.Version))
	if len(v.Moves) == 0 {
		form.None = v.T("file.step.none")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	var states, reasons []string
	for _, m := range v.Moves {
		states, reasons = append(states, string(m.To)), append(reasons, r.codes(c, m.Reasons())...)
	}
	cmd := prosecution.Step{File: v.ID, Version: f.Version(), To: prosecution.State(f.Choice("to", states...)), On: f.Day("on"), Number: f.Text("number", 40), Checked: f.Bool("checked"),
		Office: chosen[ids.Org](f, "office", v.Offices), FirstDay: f.Day("first"), Reason: f.Choice("reason", reasons...), Who: f.Choice("who", r.codes(c, "appellant")...)}
	return v.done(c, page, "file.step.done", func() error { return r.Desk.Step(c, c.Who, cmd) })
}

// codes are the values of a list that may be chosen today.
func (r *Rooms) codes(c *shell.Context, list string) (all []string) {
	for _, k := range r.Country.Codes(list, r.Country.Day(c.At)) {
		all = append(all, k.Code)
	}
	return all
}

// offices lists where the file can go, when one of its moves leads elsewhere.
func (v *stepView) offices() error {
	role := access.Role("")
	for _, m := range v.Moves {
		if m.Has(prosecution.NeedsOffice) {
			role = access.Prosecutor
		}
		if m.Has(prosecution.NeedsCourt) {
			role = access.Court
		}
	}
	if role == "" {
		return nil
	}
	all, err := v.rooms.Desk.Offices(v.c, role)
	v.Offices = []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, id := range all {
		v.Offices = append(v.Offices, govuk.SelectItem{Value: id.String(), Text: v.org(id)})
	}
	return err
}

// needs says whether one of the moves asks for this.
func (v stepView) needs(n prosecution.Need) bool {
	return slices.ContainsFunc(v.Moves, func(m prosecution.Move) bool { return m.Has(n) })
}

// only names the moves that a field is for, where not all of them ask for it.
func (v stepView) only(asks func(prosecution.Move) bool) string {
	var names []string
	for _, m := range v.Moves {
		if asks(m) {
			names = append(names, v.T("file.state."+string(m.To)))
		}
	}
	if len(names) == len(v.Moves) {
		return ""
	}
	return v.T("file.step.only", "States", v.List(names))
}

func (v stepView) fields() []templ.Component {
	var to []govuk.Choice
	for _, m := range v.Moves {
		to = append(to, govuk.Choice{Value: string(m.To), Text: v.T("file.state." + string(m.To)), Hint: govuk.Hint{Text: v.T("file.to." + string(m.To))}})
	}
	has := func(n prosecution.Need) func(prosecution.Move) bool {
		return func(m prosecution.Move) bool { return m.Has(n) }
	}
	all := []templ.Component{v.radios("to", v.T("file.step.to"), to, ""), v.day("on", v.T("file.step.on"), v.T("file.step.on.hint"))}
	if v.needs(prosecution.NeedsOffice) {
		all = append(all, v.pick("office", v.T("file.office"), v.Offices, v.only(has(prosecution.NeedsOffice))))
	}
	if v.needs(prosecution.NeedsCourt) {
		all = append(all, v.pick("office", v.T("file.court"), v.Offices, v.only(has(prosecution.NeedsCourt))))
	}
	books := map[prosecution.Register]bool{}
	for _, m := range v.Moves {
		if m.Book != "" && v.Numbers[m.Book].IsZero() && !books[m.Book] {
			books[m.Book] = true
			all = append(all, v.text("number", v.T("file.number."+string(m.Book)), comma(v.only(func(o prosecution.Move) bool { return o.Book == m.Book }), v.T("file.number.hint"))))
		}
	}
	if v.needs(prosecution.NeedsFirstDay) {
		all = append(all, v.day("first", v.T("file.first"), v.only(has(prosecution.NeedsFirstDay))))
	}
	for _, m := range v.Moves {
		if list := m.Reasons(); list != "" {
			all = append(all, v.pick("reason", v.T("file.reason."+list), v.options(list), v.only(has(prosecution.NeedsReason))))
		}
	}
	if v.needs(prosecution.NeedsAppellant) {
		all = append(all, v.radios("who", v.T("file.who"), v.choices("appellant"), v.only(has(prosecution.NeedsAppellant))))
	}
	return v.checked(all)
}
