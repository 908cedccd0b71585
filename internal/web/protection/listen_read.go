package protection

import (
	"maps"
	"slices"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// What each page of the conversation reads. Everything may stay empty.

func readUrgent(_ *Rooms, f *shell.Form, to *protection.Listen) {
	to.Urgent = f.Choices("urgent", urgentNeeds()...)
}

func readLimits(_ *Rooms, f *shell.Form, to *protection.Listen) {
	to.LimitsSaid = f.Bool("said")
	if !to.LimitsSaid {
		f.Fail("said", "fault.consent.limits")
	}
}

func readAccount(_ *Rooms, f *shell.Form, to *protection.Listen) {
	to.Account = f.Prose("account", 20000)
}

func readSituation(_ *Rooms, f *shell.Form, to *protection.Listen) {
	if p := f.Choice("profile", string(protection.Labour), string(protection.Sexual)); p != "" {
		to.Profile = protection.Profile(p)
	}
	to.Exploited, to.Act = answerOf(f, "exploited"), answerOf(f, "act")
}

func readPurpose(r *Rooms, f *shell.Form, to *protection.Listen) {
	to.Purpose = f.Choices("purpose", r.Desk.Rules.Codes(countries.PurposeFact)...)
}

func readWants(_ *Rooms, f *shell.Form, to *protection.Listen) {
	to.Wants = f.Prose("wants", 4000)
}

// passed says that what was not answered on the page was passed over.
func passed(q question, to *protection.Listen) {
	if q.key != "situation" {
		return
	}
	for _, a := range []*protection.Answer{&to.Exploited, &to.Act} {
		if *a == protection.NotAsked {
			*a = protection.Skipped
		}
	}
}

// The signs, by dimension (PROCESS.md §3.2).

func dimensions() []string { return []string{"D1", "D2", "D3", "D4", "D5", "D6"} }

// partOf is the dimension a page of signs is about.
func partOf(c *shell.Context, f *shell.Form) string {
	part := c.Query("part")
	if f.Given() {
		part = f.Value("part")
	}
	if !slices.Contains(dimensions(), part) {
		return "D1"
	}
	return part
}

// signsOf are the signs of one dimension.
func (r *Rooms) signsOf(part string) (codes []string) {
	for _, i := range r.Country.Indicators() {
		if i.Dimension == part {
			codes = append(codes, i.Code)
		}
	}
	return codes
}

// readHeard reads the signs of one dimension and leaves the others as they are.
// What was heard is heard, whatever else was ticked beside it.
func readHeard(r *Rooms, f *shell.Form, to *protection.Listen) {
	part := f.Value("part")
	if !slices.Contains(dimensions(), part) {
		f.Fail("heard", "fault.choice")
		return
	}
	codes := r.signsOf(part)
	to.Heard = slices.DeleteFunc(slices.Clone(to.Heard), func(code string) bool { return slices.Contains(codes, code) })
	to.NotHeard = maps.Clone(to.NotHeard)
	if to.NotHeard == nil {
		to.NotHeard = map[string]protection.Answer{}
	}
	for _, code := range codes {
		delete(to.NotHeard, code)
	}
	heard := f.Choices("heard", codes...)
	to.Heard = append(to.Heard, heard...)
	for field, answer := range map[string]protection.Answer{"unknown": protection.Unknown, "passed": protection.Skipped} {
		for _, code := range f.Choices(field, codes...) {
			if !slices.Contains(heard, code) {
				to.NotHeard[code] = answer
			}
		}
	}
}

// boxes are the signs of the page's dimension, as boxes to tick.
func (v listenView) boxes() []govuk.Choice {
	var all []govuk.Choice
	for _, i := range v.rooms.Country.Indicators() {
		if i.Dimension == v.Part {
			all = append(all, govuk.Choice{Value: i.Code, Text: i.Label(v.Lang())})
		}
	}
	return all
}

// signs says signs in one line.
func (v voice) signs(codes []string) string {
	text := ""
	for _, i := range v.rooms.Country.Indicators() {
		if slices.Contains(codes, i.Code) {
			if text != "" {
				text += " · "
			}
			text += i.Label(v.Lang())
		}
	}
	return text
}

// notHeard are the signs that got this answer.
func (v listenView) notHeard(a protection.Answer) []string {
	var codes []string
	for code, one := range v.S.NotHeard {
		if one == a {
			codes = append(codes, code)
		}
	}
	return codes
}

// bounds are the legal limits of confidentiality that are known.
func (v voice) bounds() []string {
	var all []string
	for _, b := range v.rooms.Country.Bounds() {
		all = append(all, b.Label(v.Lang()))
	}
	return all
}
