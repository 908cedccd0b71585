package invent

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

var wanted = []string{
	"Une chambre à moi, avec une porte qui ferme.",
	"Apprendre à coudre et gagner mon argent.",
	"Que ma mère sache que je vis.",
	"Retourner à l'école avec les autres.",
	"Dormir sans avoir peur.",
	"Avoir une carte d'identité.",
}

// steps are what may be done, by whom.
var steps = []struct{ need, who, what string }{
	{"SAFE.SHORT", "PROVIDER", "Voir la chambre avec elle avant de décider."},
	{"DOC.ID", "US", "Aller avec elle à la commune."},
	{"MH.COUNSELLING", "PROVIDER", ""},
	{"VOC", "PERSON", "Choisir l'atelier."},
	{"MED.GENERAL", "PROVIDER", "Bilan de santé."},
}

// later lets some hours pass, never into what has not been yet.
func (l *life) later(hours int) {
	l.at = l.at.Add(time.Duration(1+l.w.rand.IntN(hours)) * time.Hour)
	if limit := l.w.Now().Add(-time.Minute); l.at.After(limit) {
		l.at = limit
	}
}

// planned is what she wants, of who was assessed: some only speak of it, most
// agree to it, and a supervisor reads it.
func (l *life) planned(manager, supervisor access.Who) error {
	if l.assessedAs == "" {
		return nil
	}
	r := l.w.rand
	l.later(70)
	c := protection.WritePlan{ID: ids.At[ids.Plan](l.at, entropy{r}), Case: l.one, Track: protection.Standard}
	first := r.IntN(len(wanted))
	for n := range 1 + r.IntN(3) {
		c.Goals = append(c.Goals, protection.Wish{ID: ids.At[ids.Goal](l.at, entropy{r}), Words: wanted[(first+n)%len(wanted)]})
	}
	if chance(r, 25) {
		c.Track, c.Why = protection.Extended, "Elle ne dort pas encore. Elle demande du temps avant tout projet."
	}
	if err := l.d.WritePlan(l.ctx, manager, c); err != nil {
		return err
	}
	today := l.w.rules.Day(l.at)
	from := r.IntN(len(steps))
	var added []ids.Step
	for n := range 1 + r.IntN(3) {
		s := steps[(from+n)%len(steps)]
		a := protection.AddStep{ID: ids.At[ids.Step](l.at, entropy{r}), Case: l.one, Goal: c.Goals[n%len(c.Goals)].ID, Need: s.need, What: s.what, Who: s.who, Due: today.Add(1 + r.IntN(12))}
		if err := l.d.AddStep(l.ctx, manager, a); err != nil {
			return err
		}
		added = append(added, a.ID)
	}
	if !l.safe || chance(r, 20) && !l.child { // no safety plan yet, or not yet agreed
		return nil
	}
	return l.agreed(c.ID, added, manager, supervisor)
}

// agreed is her yes, and what a second person answers.
func (l *life) agreed(plan ids.Plan, added []ids.Step, manager, supervisor access.Who) error {
	r := l.w.rand
	ask := protection.AskConsent{ID: ids.At[ids.Consent](l.at, entropy{r}), Case: l.one, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "ORAL_WITNESSED", Witness: "N. K., assistante sociale", GivenBy: "SELF"}
	yes := protection.Agree{Case: l.one, Plan: plan, Version: 1 + len(added), Mode: pick(r, "THUMBPRINT", "WRITTEN"), Language: "rn", Interpreter: "NOT_NEEDED", GivenBy: "SELF"}
	if l.child {
		ask.Assent, ask.Mode, yes.Assent, yes.Mode = protection.Yes, "WRITTEN", protection.Yes, "WRITTEN"
		ask.GivenBy, ask.Guardian, ask.Involved, ask.CarerAway = l.carer()
		yes.GivenBy, yes.Guardian, yes.Involved, yes.CarerAway = l.carer()
		w := protection.Weigh{ID: ids.At[ids.Interests](l.at, entropy{r}), Case: l.one, About: "PLAN", Heard: protection.Yes, Views: "Elle veut aller à l'école et rester avec sa sœur.",
			With: []string{"GUARDIAN"}, For: "Elle connaît déjà deux camarades.", Result: "L'école près du centre, et une visite à sa sœur chaque semaine."}
		if err := l.d.Weigh(l.ctx, manager, w); err != nil {
			return err
		}
	}
	if err := l.d.AskConsent(l.ctx, l.screener, ask); err != nil {
		return err
	}
	if err := l.abroad(); err != nil {
		return err
	}
	yes.Day = l.w.rules.Day(l.at)
	yes.Settling, yes.Budget, yes.Funders = true, protection.Money{Units: int64(100+r.IntN(400)) * 1000, Currency: "BIF"}, []string{"NGO"}
	if err := l.d.Agree(l.ctx, manager, yes); err != nil {
		return err
	}
	if l.w.offers == 0 || chance(r, 4) { // one at least, for who looks around
		l.w.offers++
		if err := l.offered(supervisor); err != nil {
			return err
		}
	}
	if chance(r, 70) {
		if err := l.served(manager); err != nil {
			return err
		}
	}
	l.later(60)
	for _, step := range added {
		if !chance(r, 65) {
			continue
		}
		if err := l.d.EndStep(l.ctx, manager, protection.EndStep{Case: l.one, Step: step, End: pick(r, "DONE", "DONE", "DONE", "NOT_WANTED")}); err != nil {
			return err
		}
		yes.Version++
	}
	if chance(r, 65) {
		answer := protection.Approve{Plan: plan, Version: yes.Version + 1}
		if chance(r, 20) {
			answer.Return, answer.Words = true, "Qui l'accompagne à la commune ? Complétez avec elle, s'il vous plaît."
		}
		if err := l.d.Approve(l.ctx, supervisor, answer); err != nil {
			return err
		}
		yes.Version++
	}
	if l.later(24 * 40); chance(r, 70) && l.w.rules.Day(l.at) != yes.Day { // looked at again with her
		yes.Version, yes.Day = yes.Version+1, l.w.rules.Day(l.at)
		return l.d.Agree(l.ctx, manager, yes)
	}
	return nil
}

// served is what she really receives: more than one service for some, over for a few.
func (l *life) served(manager access.Who) error {
	r := l.w.rand
	for range 1 + r.IntN(2) {
		l.later(30)
		line := pick(r, l.w.services...)
		c := protection.Serve{ID: ids.At[ids.Episode](l.at, entropy{r}), Case: l.one, Service: line.ID, Funders: []string{pick(r, "NGO", "INTERNATIONAL", "GOVERNMENT", "FOREIGN_GOVERNMENT", "UNKNOWN")},
			From: l.w.rules.Day(l.at)}
		if chance(r, 60) {
			c.Cost = protection.Money{Units: int64(5+r.IntN(60)) * 1000, Currency: "BIF"}
		}
		if chance(r, 15) {
			c.Cost = protection.Money{Units: int64(500 + r.IntN(9000)), Currency: "USD"}
		}
		if err := l.d.Serve(l.ctx, manager, c); err != nil {
			return err
		}
		l.later(30)
		for n := range r.IntN(3) {
			day := c.From.Add(n)
			if day.After(l.w.rules.Day(l.at)) {
				break
			}
			a := protection.Attend{ID: ids.At[ids.Attendance](l.at, entropy{r}), Episode: c.ID, Day: day, Came: pick(r, "CAME", "CAME", "CAME", "EXCUSED", "ABSENT")}
			if err := l.d.Attend(l.ctx, manager, a); err != nil {
				return err
			}
		}
		if chance(r, 35) {
			end := protection.EndService{Episode: c.ID, Version: 1, Until: l.w.rules.Day(l.at), Outcome: pick(r, "REACHED", "PARTLY", "HER_CHOICE", "ELSEWHERE"), Satisfaction: r.IntN(6)}
			if err := l.d.EndService(l.ctx, manager, end); err != nil {
				return err
			}
		}
	}
	return nil
}
