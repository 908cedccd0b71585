package protection

import (
	"slices"
	"strings"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// judgeView is the page of the decision: the suggestion stands beside it, in words.
type judgeView struct {
	listenView
	Suggestion protection.Suggestion
}

func (r *Rooms) judge(c *shell.Context) error {
	f := c.Form()
	v, err := r.talk(c)
	if err != nil {
		return err
	}
	if !c.Posted() && !v.open() {
		return c.Redirect(v.href(""))
	}
	cmd := r.judgeForm(f, v.S)
	d := judgeView{listenView: v, Suggestion: r.Desk.Rules.Suggest(v.S, v.Case.Child || cmd.Child)}
	page := shell.Page{Title: v.T("screening.decide.title"), Body: judgePage(d), Back: v.href("/wants"), Section: navCases, Plain: true, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	if f.Value("then") == thenStop {
		return r.stopAt(c, v.S, cmd.Version)
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Judge(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("screening.decided." + strings.ToLower(string(cmd.Verdict)))
	return c.Redirect("/cases/" + v.Case.ID.String())
}

// judgeForm reads the decision. The reason belongs to the verdict: one list for
// "presume" against the suggestion, another for "no trafficking".
func (r *Rooms) judgeForm(f *shell.Form, s protection.Screening) protection.Judge {
	cmd := protection.Judge{Screening: s.ID, Version: f.Version(), CaseVersion: f.Int("case_version", 0, 1<<30),
		Verdict: protection.Verdict(f.Choice("verdict", string(protection.Presume), string(protection.NotIndicated), string(protection.Insufficient))),
		Words:   f.Prose("words", 4000), Child: f.Bool("child"), Seen: seenMark(f)}
	switch cmd.Verdict {
	case protection.Presume:
		cmd.Reason = f.Choice("override_reason", r.Desk.Rules.Codes(countries.OverrideReason)...)
	case protection.NotIndicated:
		cmd.Reason = f.Choice("not_tip_reason", r.Desk.Rules.Codes(countries.NotTIPReason)...)
	}
	return cmd
}

// seenMark is the mark of the suggestion that the form was drawn with.
func seenMark(f *shell.Form) string {
	if seen := f.Value("seen"); seen != "" {
		return seen
	}
	return "nothing"
}

// suggested says the suggestion in words.
func (v voice) suggested(s protection.Suggestion) string {
	if s.Silent {
		return v.T("screening.suggestion.silent")
	}
	return v.label(countries.Pattern, string(s.Pattern))
}

// departs says whether presuming would depart from the suggestion, which asks for a reason.
func (v judgeView) departs() bool { return !v.Suggestion.Presume && !v.Suggestion.Silent }

// verdicts are the three decisions; each shows the reason that belongs to it.
func (v judgeView) verdicts() []govuk.Choice {
	all := v.choices(countries.ScreeningDecision)
	for i := range all {
		switch protection.Verdict(all[i].Value) {
		case protection.Presume:
			all[i].Hint.Text = v.T("screening.decide.presume.hint")
			if v.departs() {
				all[i].Conditional = reasonField(v, "override_reason", v.Value("verdict") == all[i].Value)
			}
		case protection.NotIndicated:
			all[i].Hint.Text = v.T("screening.decide.not.hint")
			all[i].Conditional = reasonField(v, "not_tip_reason", v.Value("verdict") == all[i].Value)
		case protection.Insufficient:
			all[i].Hint.Text = v.T("screening.decide.insufficient.hint")
		}
	}
	return slices.Clip(all)
}

// reasonID is the id of a reason's field: the fault of a reason stands at the
// one that belongs to the verdict that was sent.
func reasonID(name string, chosen bool) string {
	if chosen {
		return "reason"
	}
	return name
}

// reasonFault is the message there.
func (v judgeView) reasonFault(name string, chosen bool) govuk.ErrorMessage {
	if text := v.Fault(name); text != "" || !chosen {
		return govuk.ErrorMessage{Text: text}
	}
	return v.wrong("reason")
}
