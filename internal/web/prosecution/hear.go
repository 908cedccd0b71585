package prosecution

import (
	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/prosecution"
)

// setHearing sets a day in court.
func (r *Rooms) setHearing(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	id := shell.KeepID[ids.Hearing](f, "id")
	form := v.form("hearing", func() []templ.Component {
		return []templ.Component{v.day("on", v.T("file.hearing.on"), v.T("file.hearing.hint", "Day", v.dayOf(v.First(prosecution.Fixed)))), v.tick("closed", v.T("file.hearing.closed"))}
	}, "id", id.String())
	if !v.may(prosecution.SetsHearing) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.SetHearing{ID: id, File: v.ID, On: f.Day("on"), Closed: f.Bool("closed")}
	return v.done(c, page, "file.hearing.done", func() error { return r.Desk.SetHearing(c, c.Who, cmd) })
}

// endHearing says what came of a day in court.
func (r *Rooms) endHearing(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	var x prosecution.Hearing
	for _, one := range v.Hearings {
		if want := v.named("hearing"); one.State == prosecution.HearingSet && (want == "" || want == one.ID.String()) && x.ID.IsZero() {
			x = one
		}
	}
	next := shell.KeepID[ids.Hearing](f, "next_id")
	outcomes := said(v.view, "file.hearing.", prosecution.HearingHeld, prosecution.HearingPostponed)
	form := v.form("heard", func() []templ.Component {
		return []templ.Component{govuk.InsetText{Text: v.T("file.heard.now", "Day", v.dayOf(x.On))}, v.radios("state", v.T("file.heard.state"), outcomes, ""),
			v.radios("harmed", v.T("file.heard.harmed"), v.answers(), v.T("file.heard.harmed.hint")), v.pick("reason", v.T("file.heard.reason"), v.options(countries.Postponement), ""), v.day("next", v.T("file.heard.next"), "")}
	}, "hearing", x.ID.String(), "version", v.View.Version(x.Version), "next_id", next.String())
	if x.ID.IsZero() || !v.may(prosecution.EndsHearing) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.EndHearing{File: v.ID, Hearing: x.ID, Version: f.Version(), State: prosecution.HearingState(f.Choice("state", values(outcomes)...)), Reason: f.Choice("reason", r.codes(c, countries.Postponement)...),
		Next: f.Day("next"), NextID: next, Harmed: prosecution.Answer(f.Choice("harmed", "yes", "no", "unknown"))}
	return v.done(c, page, "file.heard.done", func() error { return r.Desk.EndHearing(c, c.Who, cmd) })
}

// judge writes down what the court decided of one charge.
func (r *Rooms) judge(c *shell.Context) error {
	v, err := r.fileOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	id := shell.KeepID[ids.Judgment](f, "id")
	charges := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, x := range v.Unjudged() {
		charges = append(charges, govuk.SelectItem{Value: x.ID.String(), Text: v.names[x.Suspect] + " – " + v.offence(x.Current)})
	}
	form := v.form("judgment", func() []templ.Component { return v.judgmentFields(charges) }, "id", id.String())
	form.Warn = v.T("file.innocent")
	if len(charges) == 1 || !v.may(prosecution.Judges) {
		form.None = v.T("file.none.now")
	}
	page := form.page(v.here())
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := prosecution.Judge{ID: id, File: v.ID, Charge: chosen[ids.Charge](f, "charge", charges), On: f.Day("on"), Verdict: prosecution.Verdict(f.Choice("verdict", values(said(v.view, "", prosecution.Verdicts[:]...))...)),
		Offence: f.Choice("offence", v.offenceCodes()...), Sentence: prosecution.Sentence{Life: f.Bool("life"), Months: f.Int("months", 0, 600), Suspended: f.Int("suspended", 0, 600),
			Fine: int64(f.Int("fine", 0, 1e12)), Damages: int64(f.Int("damages", 0, 1e12)), Confiscated: f.Bool("confiscated")}}
	if v.Level > prosecution.FirstInstance {
		cmd.Effect = prosecution.Effect(f.Choice("effect", values(said(v.view, "", prosecution.Effects[:]...))...))
	}
	return v.done(c, page, "file.judgment.done", func() error { return r.Desk.Judge(c, c.Who, cmd) })
}

func (v fileView) judgmentFields(charges []govuk.SelectItem) []templ.Component {
	all := []templ.Component{v.pick("charge", v.T("file.judgment.charge"), charges, ""), v.day("on", v.T("file.judgment.on"), ""), v.radios("verdict", v.T("file.judgment.verdict"), said(v.view, "file.verdict.", prosecution.Verdicts[:]...), "")}
	if v.Level > prosecution.FirstInstance {
		all = append(all, v.radios("effect", v.T("file.judgment.effect"), said(v.view, "file.effect.", prosecution.Effects[:]...), ""))
	}
	return append(all, v.offences("offence", v.T("file.judgment.offence"), v.T("file.judgment.offence.hint")), v.number("months", v.T("file.judgment.months"), v.T("file.judgment.sentence.hint")),
		v.number("suspended", v.T("file.judgment.suspended"), ""), v.tick("life", v.T("file.judgment.life")), v.number("fine", v.T("file.judgment.fine"), ""), v.number("damages", v.T("file.judgment.damages"), ""),
		v.tick("confiscated", v.T("file.judgment.confiscated")))
}
