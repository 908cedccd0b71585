package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// carerView asks who says yes for a child, the same way wherever a yes is taken:
// to a purpose, to a plan, to an erasure.
type carerView struct {
	voice
	Of     protection.Case
	Beside []protection.Guardian // who stands by the child today, of those the reader may know of
	Others bool                  // somebody does whom the reader may not know of
	Field  string
	Legend govuk.Fieldset
	Who    []govuk.Choice
}

// carer is the question with those who may give it. Whoever may not know who stands
// by a child takes no yes of theirs.
func (v voice) carer(of protection.Case, beside []protection.Guardian, field string, legend govuk.Fieldset, who []govuk.Choice) carerView {
	one := carerView{voice: v, Of: of, Field: field, Legend: legend, Who: who}
	for _, g := range beside {
		switch {
		case !g.Standing():
		case v.rooms.Desk.Opens(v.c, v.c.Who, access.GuardianRead, access.GuardianKind, g.ID.UUID, access.ForProtection):
			one.Beside = append(one.Beside, g)
		default:
			one.Others = true
		}
	}
	return one
}

// givers are those who may say yes, with the question who exactly under the guardian.
func (v carerView) givers() []govuk.Choice {
	all := v.Who
	for i := range all {
		if all[i].Value == "GUARDIAN" {
			all[i].Conditional = carerWho(v)
		}
	}
	return all
}

// beside are who stands by the child, by what they are to her: a name is opened on
// its own page, not here.
func (v carerView) beside() []govuk.Choice {
	var all []govuk.Choice
	for _, g := range v.Beside {
		all = append(all, govuk.Choice{Value: g.ID.String(), Text: v.stander(g), Hint: govuk.Hint{Text: v.T("guardian.from") + v.T("case.colon") + v.when(g.From)}})
	}
	return all
}

// stander says what somebody is to a child.
func (v voice) stander(g protection.Guardian) string {
	return v.T("guardian.kind."+string(g.Kind)) + " · " + v.label(countries.GuardianRelation, g.Relation)
}

// saidYes says who of those who stand or stood by a child said yes for her.
func (v voice) saidYes(all []protection.Guardian, id ids.Guardian) string {
	for _, g := range all {
		if g.ID == id && !id.IsZero() {
			return v.stander(g)
		}
	}
	return ""
}

// carerOf reads who exactly says yes, and whether that person had a part in it.
func carerOf(f *shell.Form, givenBy string) (who ids.Guardian, involved protection.Answer) {
	if givenBy != "GUARDIAN" {
		return who, protection.NotAsked
	}
	return shell.FormID[ids.Guardian](f, "guardian"), answerOf(f, "involved")
}
