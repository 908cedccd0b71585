package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// identificationView is how far identification is: every decision with who, when and
// on what, what she was told, and every review. Nothing of it opens or ends a service.
type identificationView struct {
	voice
	protection.Identified
	facts access.Object
	laws  map[ids.Decision][2]string // law and document, opened
	said  map[ids.Review][2]string   // why it was asked for, and what was answered
}

// identificationView opens what was read under a grant.
func (r *Rooms) identificationView(c *shell.Context, read protection.Identified) (identificationView, error) {
	v := identificationView{voice: r.voice(c), Identified: read, facts: read.Grant.Object(), laws: map[ids.Decision][2]string{}, said: map[ids.Review][2]string{}}
	w := words{grant: read.Grant}
	for _, x := range read.Decisions {
		v.laws[x.ID] = [2]string{w.open(x.Law), w.open(x.Document)}
	}
	for _, x := range read.Reviews {
		v.said[x.ID] = [2]string{w.open(x.Why), w.open(x.Words)}
	}
	return v, w.err
}

func (r *Rooms) showIdentification(c *shell.Context) error {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.Identified(c, c.Who, id)
	if err != nil {
		return err
	}
	v, err := r.identificationView(c, read)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("identification.title"), Body: identificationPage(v), Back: "/cases/" + id.String(), Section: navCases, Wide: true})
}

func (v identificationView) href(rest string) string { return "/cases/" + v.Case.ID.String() + rest }

// verbs are what the reader may do; the first is the next step.
func (v identificationView) verbs() []act {
	var all []act
	add := func(shown bool, a access.Action, href, key, class string) {
		if shown && v.may(a, v.facts) {
			all = append(all, act{v.href(href), v.T(key), class})
		}
	}
	add(!v.Open().ID.IsZero(), access.ReviewDecide, "/review/answer", "identification.do.decide", "")
	add(v.Explainable(), access.DecisionExplain, "/explain", "identification.do.explain", v.explainClass())
	add(v.Reviewable(), access.ReviewAsk, "/review", "identification.do.review", second)
	add(len(v.Decidable()) > 0, access.IdentificationSet, "/identify", "identification.do.identify", second)
	return all
}

// explainClass makes what nobody told her yet stand out.
func (v identificationView) explainClass() string {
	if v.untold() {
		return ""
	}
	return second
}

// untold says whether something was decided that nobody told her.
func (v identificationView) untold() bool {
	if !v.Explainable() {
		return false
	}
	since := v.Case.PresumedAt
	for _, x := range v.Decisions {
		if x.To.Formal() && x.At.After(since) && v.Case.Status == x.To {
			since = x.At
		}
	}
	return len(v.Explanations) == 0 || v.Explanations[len(v.Explanations)-1].At.Before(since)
}

func (v identificationView) status() govuk.Tag {
	return govuk.Tag{Text: v.label(countries.IdentificationStatus, string(v.Case.Status)), Classes: "govuk-tag--grey"}
}

// facts of a row that are there.
type fact []govuk.Fact

func (f *fact) add(name, value string) {
	if value != "" {
		*f = append(*f, govuk.Fact{Name: name, Value: value})
	}
}

// decisions are what was decided on her status, the newest first. Nothing is taken away.
func (v identificationView) decisions() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for i := len(v.Decisions) - 1; i >= 0; i-- {
		x := v.Decisions[i]
		var f fact
		f.add(v.T("identification.before"), v.label(countries.IdentificationStatus, string(x.From)))
		f.add(v.T("identification.org_type"), v.label(countries.DecidedBy, x.OrgType))
		f.add(v.T("identification.basis"), v.label(countries.IdentificationBasis, x.Basis))
		f.add(v.T("identification.decided"), v.dayIf(x.Decided))
		f.add(v.T("identification.law"), v.laws[x.ID][0])
		f.add(v.T("identification.document"), v.laws[x.ID][1])
		f.add(v.T("identification.by"), strings.Join([]string{v.account(x.By), v.orgName(x.Org), v.when(x.At)}, " · "))
		q.Rows = append(q.Rows, govuk.QueueRow{Title: v.label(countries.IdentificationStatus, string(x.To)), Facts: f})
	}
	return q
}

// explained is what she was told, the newest first.
func (v identificationView) explained() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for i := len(v.Explanations) - 1; i >= 0; i-- {
		x := v.Explanations[i]
		var f fact
		f.add(v.T("identification.told"), v.label(countries.IdentificationStatus, string(x.Told)))
		f.add(v.T("common.language"), v.label(countries.Language, x.Language))
		f.add(v.T("identification.interpreter"), v.label(countries.InterpreterKind, x.Interpreter))
		f.add(v.T("identification.teller"), v.account(x.By))
		q.Rows = append(q.Rows, govuk.QueueRow{Title: v.when(x.At), Facts: f})
	}
	return q
}

// reviews are what was asked to be looked at again, the newest first.
func (v identificationView) reviews() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for i := len(v.Reviews) - 1; i >= 0; i-- {
		x := v.Reviews[i]
		var f fact
		f.add(v.T("review.by"), strings.Join([]string{v.account(x.By), v.when(x.At)}, " · "))
		f.add(v.T("review.why"), strings.Join(lines(v.said[x.ID][0]), " "))
		if x.State != protection.ReviewAsked {
			f.add(v.T("review.outcome"), v.label(countries.IdentificationStatus, string(x.Outcome)))
			f.add(v.T("review.decided"), strings.Join([]string{v.account(x.DecidedBy), v.when(x.DecidedAt)}, " · "))
			f.add(v.T("review.words"), strings.Join(lines(v.said[x.ID][1]), " "))
		}
		q.Rows = append(q.Rows, govuk.QueueRow{Title: v.label(countries.ReviewAsker, x.Asker), Facts: f, Tags: []govuk.Tag{v.reviewTag(x.State)}})
	}
	return q
}

func (v voice) reviewTag(s protection.ReviewState) govuk.Tag {
	t := govuk.Tag{Text: v.T("review.state." + string(s)), Classes: "govuk-tag--grey"}
	switch s {
	case protection.ReviewAsked:
		t.Classes = "govuk-tag--orange"
	case protection.Overturned:
		t.Classes = "govuk-tag--green"
	}
	return t
}
