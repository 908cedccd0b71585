package protection

import (
	"slices"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/protection"
)

// papers are the values of the choice; a form is that of one answer.
func (v printView) papers() []string {
	all := []string{protection.AppointmentPaper, protection.HotlinePaper, protection.SummaryPaper}
	for _, k := range v.Readable {
		all = append(all, protection.ConsentPaper+"."+k.ID.String())
	}
	return all
}

func (v printView) paperChoices() []govuk.Choice {
	all := []govuk.Choice{
		{Value: protection.AppointmentPaper, Text: v.T("print.paper.appointment"), Hint: govuk.Hint{Text: v.T("print.paper.appointment.hint")}, Conditional: printWhere(v)},
		{Value: protection.HotlinePaper, Text: v.T("print.paper.hotline"), Hint: govuk.Hint{Text: v.T("print.paper.hotline.hint")}},
		{Value: protection.SummaryPaper, Text: v.T("print.paper.summary"), Hint: govuk.Hint{Text: v.T("print.paper.summary.hint")}, Conditional: printNames(v)},
	}
	if len(v.Readable) > 0 {
		all = append(all, govuk.Choice{Divider: v.T("print.paper.stays")})
	}
	for _, k := range v.Readable {
		all = append(all, govuk.Choice{Value: protection.ConsentPaper + "." + k.ID.String(), Hint: govuk.Hint{Text: v.when(k.At)},
			Text: v.T("print.paper.consent", "Purpose", v.label(countries.ConsentPurpose, k.Purpose))})
	}
	return all
}

// readable are the answers that the reader may read.
func (v voice) readable(one protection.CaseView) []protection.Consent {
	return slices.DeleteFunc(slices.Clone(one.Consents), func(k protection.Consent) bool {
		o := as(one.Grant.Object(), access.ConsentKind)
		o.ID, o.By = k.ID.UUID, k.AskedBy
		return k.State == protection.NotAskedYet || !v.may(access.ConsentRead, o)
	})
}

// spoken are the languages a paper is written in, hers first.
func (v printView) spoken() []string {
	var all []string
	for _, l := range v.Languages() {
		if l.Code == v.Case.Language {
			all = slices.Insert(all, 0, l.Code)
		} else {
			all = append(all, l.Code)
		}
	}
	return all
}

func (v printView) languageChoices() []govuk.Choice {
	var all []govuk.Choice
	for _, code := range v.spoken() {
		for _, l := range v.Languages() {
			if l.Code != code {
				continue
			}
			one := govuk.Choice{Value: code, Text: l.Name}
			if l.Draft {
				one.Hint = govuk.Hint{Text: v.T("print.language.draft")}
			}
			all = append(all, one)
		}
	}
	return all
}

// appointments are where she is expected, today or later.
func (v printView) appointments() []protection.ReferralLine {
	return slices.DeleteFunc(slices.Clone(v.Referrals), func(l protection.ReferralLine) bool {
		return l.State != protection.Accepted || l.Arrival.Before(v.c.Midnight(v.Today()))
	})
}

// arrivalOf is the value of an appointment: a time and no identifier, because who
// reads the case may not know of every request.
func arrivalOf(l protection.ReferralLine) string { return l.Arrival.UTC().Format(time.RFC3339) }

func (v printView) whenChoices() []govuk.Choice {
	all := []govuk.Choice{{Value: "none", Text: v.T("print.when.none")}}
	for _, l := range v.appointments() {
		all = append(all, govuk.Choice{Value: arrivalOf(l), Text: v.Time(l.Arrival), Hint: govuk.Hint{Text: v.orgName(l.To)}})
	}
	return all
}

// numbers are what to memorise first: for a child, the line for children.
func (v printView) numbers() []countries.Hotline {
	all := slices.DeleteFunc(v.rooms.Country.Hotlines(), func(h countries.Hotline) bool {
		return !h.On(v.Today()) || h.For == "children" && !v.Case.Child
	})
	slices.SortStableFunc(all, func(a, b countries.Hotline) int { return rankOf(a, v.Case.Child) - rankOf(b, v.Case.Child) })
	return all
}

func rankOf(h countries.Hotline, child bool) int {
	if child && h.For == "children" {
		return 0
	}
	return 1
}

// unchecked says whether a number waits for somebody to confirm it.
func (v printView) unchecked() bool {
	return slices.ContainsFunc(v.numbers(), func(h countries.Hotline) bool { return !h.Validated })
}
