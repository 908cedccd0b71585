package protection

import (
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// triageView judges the danger of a signal and says what follows, on one page:
// whoever fills it in has the reporter on the telephone.
type triageView struct {
	signalView
	Group, Case, Person string
	Same                []govuk.Choice
	Screeners           []govuk.SelectItem
	Bars                []govuk.SelectItem
	Alike               []alikeCard // files that may be hers, asked once before one is opened
}

// maxMet is the greatest number of people met together.
const maxMet = 200

func (r *Rooms) triageForm(c *shell.Context) error {
	v, err := r.triageOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (r *Rooms) triageOf(c *shell.Context) (v triageView, err error) {
	id, err := shell.ID[ids.Signal](c, "signal")
	if err != nil {
		return v, err
	}
	if _, err = r.Desk.May(c, c.Who, access.SignalTriage, access.SignalKind, id.UUID, access.ForIntake); err != nil {
		return v, err
	}
	if v.signalView, err = r.signalOf(c, id); err != nil {
		return v, err
	}
	f := c.Form()
	v.Group, v.Case, v.Person = shell.KeepID[ids.Group](f, "group").String(), shell.KeepID[ids.Case](f, "case").String(), shell.KeepID[ids.Person](f, "person").String()
	if err = v.similar(); err != nil {
		return v, err
	}
	for _, one := range v.Similar {
		v.Same = append(v.Same, govuk.Choice{Value: strings.TrimPrefix(one.Href, "/signals/"), Text: one.Title, Hint: govuk.Hint{Text: one.Facts[0].Value}})
	}
	if v.Screeners, err = r.staffOptions(c, c.Who.Post.Org, access.Screener); err != nil {
		return v, err
	}
	v.Bars, err = r.barOptions(c, v.voice)
	return v, err
}

func (v triageView) page() shell.Page {
	return shell.Page{Title: v.T("duty.triage"), Body: triagePage(v), Section: navSignals, Back: "/signals/" + v.ID.String(), Answers: true}
}

func (v triageView) versionNow() string { return v.voice.View.Version(v.Signal.Version) }

// staffOptions are the people of an organisation who hold one of the roles.
func (r *Rooms) staffOptions(c *shell.Context, org ids.Org, roles ...access.Role) ([]govuk.SelectItem, error) {
	all := []govuk.SelectItem{{Text: c.P.T("signal.choose")}}
	staff, err := r.People.Staff(c, org, roles...)
	for _, id := range staff {
		all = append(all, govuk.SelectItem{Value: id.String(), Text: r.Names.Account(id)})
	}
	return all, err
}

// barOptions are who could be in conflict: colleagues first, then organisations.
func (r *Rooms) barOptions(c *shell.Context, v voice) ([]govuk.SelectItem, error) {
	all := []govuk.SelectItem{{Text: v.T("duty.conflict.nobody")}}
	staff, err := r.People.Staff(c, c.Who.Post.Org, access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor)
	if err != nil {
		return nil, err
	}
	for _, id := range staff {
		all = append(all, govuk.SelectItem{Value: "a" + id.String(), Text: v.account(id)})
	}
	orgs, err := r.People.Orgs(c)
	for _, id := range orgs {
		all = append(all, govuk.SelectItem{Value: "o" + id.String(), Text: v.org(id)})
	}
	return all, err
}

func (r *Rooms) triage(c *shell.Context) error {
	v, err := r.triageOf(c)
	if err != nil {
		return err
	}
	cmd := r.readTriage(c, v)
	if err = c.Form().Err(); err == nil {
		var ask bool
		if ask, err = r.metBefore(c, &v, &cmd); ask && err == nil {
			return c.Page(v.page())
		}
	}
	if err == nil {
		err = c.Form().Err()
	}
	if err == nil {
		err = r.Desk.Triage(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	if one := v.hers(cmd); !one.ID.IsZero() {
		c.Notice("alike.told")
		if one.Href != "" {
			return c.Redirect(one.Href)
		}
		return c.Redirect("/signals/" + v.ID.String() + "/triaged")
	}
	c.Notice("duty.triage.kept")
	switch {
	case cmd.Outcome == protection.ToScreening && !cmd.Group.IsZero():
		return c.Redirect("/groups/" + cmd.Group.String())
	case cmd.Outcome == protection.ToScreening:
		return c.Redirect("/signals/" + v.ID.String() + "/triaged?case=" + v.Case)
	}
	return c.Redirect("/signals/" + v.ID.String() + "/triaged")
}

func (r *Rooms) readTriage(c *shell.Context, v triageView) protection.Triage {
	f := c.Form()
	cmd := protection.Triage{Signal: v.ID, Version: f.Version(),
		Level:   protection.Danger(f.Choice("level", string(protection.Red), string(protection.Orange), string(protection.Green))),
		Reasons: f.Choices("reasons", r.codes(c, countries.DangerReason)...),
		Checked: f.Bool("checked"), HealthFrom: f.Moment("health"),
		Outcome: protection.Outcome(f.Choice("outcome", string(protection.ToScreening), string(protection.OtherNeed), string(protection.Duplicate), string(protection.NothingMore))),
	}
	cmd.Conflicts = r.readConflict(c, v)
	switch cmd.Outcome {
	case protection.ToScreening:
		r.readPeople(c, v, &cmd)
	case protection.OtherNeed:
		cmd.Need = f.Choice("need", r.codes(c, countries.OtherNeedKind)...)
	case protection.Duplicate:
		cmd.SameAs = shell.FormID[ids.Signal](f, "same_as")
		if known := slices.ContainsFunc(v.Same, func(one govuk.Choice) bool { return one.Value == cmd.SameAs.String() }); !cmd.SameAs.IsZero() && !known {
			f.Fail("same_as", "fault.choice")
		}
	}
	return cmd
}

// readPeople reads with how many to talk, and what is known of one person.
func (r *Rooms) readPeople(c *shell.Context, v triageView, cmd *protection.Triage) {
	f := c.Form()
	n := f.Int("people", 1, maxMet)
	if n == 0 {
		return // the desk says what is missing
	}
	one := protection.Newcomer{Case: shell.KeepID[ids.Case](f, "case"), Person: shell.KeepID[ids.Person](f, "person"),
		Sex: f.Choice("person0_sex", r.codes(c, countries.Sex)...), Language: f.Choice("person0_language", r.codes(c, countries.Language)...),
		Hours: f.Choice("person0_hours", r.codes(c, countries.SafeHours)...), Called: f.Text("person0_called", maxName), Phone: f.Text("person0_phone", maxPhone),
		Phrase: f.Text("person0_phrase", maxPhrase), Avoid: f.Text("person0_avoid", maxPhrase), Screener: chosen[ids.Account](f, "screener", v.Screeners)}
	child := readAnswer(f, "person0_child")
	one.Child = child == protection.Yes || n == 1 && child == protection.Unknown
	if one.Age = r.ageForm(f, "person0_", date.Age{}); child == protection.No {
		one.Adult = protection.Yes
	}
	if child == protection.No && n == 1 && v.Children == protection.Yes && one.Age.Basis != date.Documented {
		f.Fail("person0_child", "fault.triage.child")
	}
	if n == 1 {
		cmd.People = []protection.Newcomer{one}
		return
	}
	cmd.Group, cmd.Handler = shell.KeepID[ids.Group](f, "group"), readAnswer(f, "handler")
	cmd.People = crowd(c, cmd.Group, one, n)
}

// crowd makes a newcomer for each of a group: alone what is common to all is
// kept. Their identifiers follow from the group's.
func crowd(c *shell.Context, group ids.Group, like protection.Newcomer, n int) []protection.Newcomer {
	random := rand.NewChaCha8(sha256.Sum256(group.UUID[:]))
	var all []protection.Newcomer
	for range n {
		all = append(all, protection.Newcomer{Case: ids.At[ids.Case](c.At, random), Person: ids.At[ids.Person](c.At, random),
			Sex: like.Sex, Language: like.Language, Child: like.Child, Adult: like.Adult, Screener: like.Screener})
	}
	return all
}

// readConflict reads who must not see this signal, and why.
func (r *Rooms) readConflict(c *shell.Context, v triageView) []protection.Conflict {
	f := c.Form()
	var who []string
	for _, one := range v.Bars {
		who = append(who, one.Value)
	}
	chosen := f.Choice("barred", who...)
	if chosen == "" {
		return nil
	}
	one := protection.Conflict{Why: f.Choice("conflict", r.codes(c, countries.ConflictRelation)...)}
	if id, err := ids.Parse[ids.Account](chosen[1:]); err == nil && chosen[0] == 'a' {
		one.Account = id
	}
	if id, err := ids.Parse[ids.Org](chosen[1:]); err == nil && chosen[0] == 'o' {
		one.Org = id
	}
	return []protection.Conflict{one}
}

// levels are the three levels of danger, in words.
func (v triageView) levels() []govuk.Choice { return v.choices(countries.Danger) }

// child is what was reported, for one person: in doubt she is a child.
func (v triageView) child() string {
	if v.Children == protection.Yes && v.People <= 1 {
		return string(protection.Yes)
	}
	return ""
}

// met is the number of people to begin with: as reported, or one.
func (v triageView) met() string {
	if v.People > 1 {
		return v.digits(min(v.People, maxMet))
	}
	return "1"
}
