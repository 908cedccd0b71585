package protection

import (
	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// alikeField is the name of the answer about one file.
func alikeField(a protection.Alike) string { return "alike_" + a.ID.String() }

// readLooks reads the answers about the files that look like hers.
func readLooks(f *shell.Form, all []protection.Alike) (said []protection.Looked) {
	for _, a := range all {
		if answer := f.Choice(alikeField(a), string(protection.Her), string(protection.NotHer), string(protection.NotSure)); answer != "" {
			said = append(said, protection.Looked{Case: a.ID, Answer: protection.Resemblance(answer)})
		}
	}
	return said
}

// alikeCard is one file that may be hers: its code and what agrees, in words. No
// name comes back, and no number says how sure anybody is.
type alikeCard struct {
	voice
	protection.Alike
	Href string // "" for others to open
}

func (v voice) alikeCards(all []protection.Alike) (cards []alikeCard) {
	for _, a := range all {
		card := alikeCard{voice: v, Alike: a}
		if v.rooms.Desk.Opens(v.c, v.c.Who, access.CaseRead, access.CaseKind, a.ID.UUID, access.ForProtection) {
			card.Href = "/cases/" + a.ID.String()
		}
		cards = append(cards, card)
	}
	return cards
}

// lines are what agrees and what differs.
func (a alikeCard) lines() []govuk.Slot {
	var all []govuk.Slot
	for _, f := range a.Findings {
		all = append(all, govuk.Slot{Text: a.T("alike.field."+f.Field) + a.T("case.colon") + a.match(f)})
	}
	return all
}

// match says one finding in words.
func (v voice) match(f protection.Finding) string {
	if f.How == protection.Near {
		return v.T("alike.NEAR." + f.Field)
	}
	return v.T("alike." + string(f.How))
}

func (a alikeCard) answers() []govuk.Choice {
	her := govuk.Choice{Value: string(protection.Her), Text: a.T("alike.her")}
	if a.State.Over() {
		her.Hint = govuk.Hint{Text: a.T("alike.her.closed")}
	}
	return []govuk.Choice{her, {Value: string(protection.NotHer), Text: a.T("alike.not"), Hint: govuk.Hint{Text: a.T("alike.not.hint")}},
		{Value: string(protection.NotSure), Text: a.T("alike.unsure"), Hint: govuk.Hint{Text: a.T("alike.unsure.hint")}}}
}

func (a alikeCard) tags() []templ.Component {
	all := []templ.Component{govuk.Tag{Text: a.T("case.state." + string(a.State) + ".short"), Classes: "govuk-tag--grey"}}
	if a.Child {
		all = append(all, a.childTag())
	}
	return all
}

// alikeView asks whether other files are of the same person as a case.
type alikeView struct {
	voice
	protection.AlikeView
	Cards []alikeCard
}

func (r *Rooms) lookAlike(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := alikeView{voice: r.voice(c)}
	if v.AlikeView, err = r.Desk.LookAlike(c, c.Who, one.Case.ID); err != nil {
		return err
	}
	v.Cards = v.alikeCards(v.All)
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("alike.title"), Body: alikePage(v), Section: navCases, Back: back, Answers: len(v.Cards) > 0}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.SayAlike{Case: one.Case.ID, Looked: readLooks(f, v.All)}
	if err = f.Err(); err == nil {
		err = r.Desk.SayAlike(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("alike.kept")
	return c.Redirect(back)
}

// metBefore shows once, before a file is opened, those that may be hers already. It
// gives false when there is nothing to ask, or when it was asked.
func (r *Rooms) metBefore(c *shell.Context, v *triageView, cmd *protection.Triage) (bool, error) {
	f := c.Form()
	if cmd.Outcome != protection.ToScreening || len(cmd.People) != 1 {
		return false, nil
	}
	all, err := r.Desk.AlikeNewcomer(c, c.Who, v.Signal, cmd.People[0])
	if err != nil || len(all) == 0 {
		return false, err
	}
	cmd.Looked = readLooks(f, all)
	v.Alike = v.alikeCards(all)
	return f.Value("looked") != "yes", nil
}

// hers is the file that was said to be hers, zero when none was.
func (v triageView) hers(cmd protection.Triage) (one alikeCard) {
	for _, a := range v.Alike {
		for _, said := range cmd.Looked {
			if said.Case == a.ID && said.Answer == protection.Her {
				one = a
			}
		}
	}
	return one
}
