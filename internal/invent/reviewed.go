package invent

import (
	"math/rand/v2"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// sentAway is what follows when it was no trafficking: most are told, and of their
// right to a review; a few ask for one, and somebody else answers some of them. The
// first few always, so that a small invention has some too.
func (l *life) sentAway(supervisor access.Who) error {
	r := l.w.later
	l.w.sentAway++
	if l.w.sentAway%4 == 0 && !chance(r, 60) {
		return nil
	}
	l.wait(r, 20)
	tell := protection.Explain{ID: ids.At[ids.Explanation](l.at, entropy{r}), Case: l.one, Told: true, Right: true, Language: "rn", Interpreter: pick(r, "NOT_NEEDED", "OURS")}
	if err := l.d.Explain(l.ctx, l.screener, tell); err != nil {
		return err
	}
	if l.w.sentAway > 3 && !chance(r, 5) {
		return nil
	}
	one, err := l.m.cases.get(l.one)
	if err != nil {
		return err
	}
	l.wait(r, 24*3)
	ask := protection.AskReview{ID: ids.At[ids.Review](l.at, entropy{r}), Case: l.one, Version: one.Version, Asker: pick(r, "PERSON", "BESIDE_HER", "OTHER_ORG"),
		Why: "Une autre femme du même groupe a raconté la même promesse."}
	if err := l.d.AskReview(l.ctx, l.screener, ask); err != nil {
		return err
	}
	other, there := l.w.another(supervisor)
	if !there || l.w.sentAway == 1 { // the first still waits
		return nil
	}
	l.wait(r, 24*4)
	decide := protection.DecideReview{Case: l.one, Version: 1, CaseVersion: one.Version + 1, Outcome: protection.NotConfirmed, Words: "Rien de nouveau n'a été dit ; la porte reste ouverte."}
	if l.w.sentAway%2 == 0 {
		decide.Outcome, decide.Words = protection.Undetermined, "Elle sera écoutée à nouveau, si elle le veut."
	}
	return l.d.DecideReview(l.ctx, other, decide)
}

// wait lets hours pass by a chance of its own: the people stay who they were.
func (l *life) wait(r *rand.Rand, hours int) {
	l.at = l.at.Add(time.Duration(1+r.IntN(hours)) * time.Hour)
	if limit := l.w.Now().Add(-time.Minute); l.at.After(limit) {
		l.at = limit
	}
}

// another is somebody of the same role and house, who is not the one.
func (w *world) another(but access.Who) (access.Who, bool) {
	for _, a := range w.programme.Accounts {
		if a.Who.Post.Role == but.Post.Role && a.Who.Post.Org == but.Post.Org && a.Who.Account != but.Account {
			return a.Who, true
		}
	}
	return access.Who{}, false
}

// formally is what an authority decided of some whom two persons presumed. Help goes
// on whatever it was.
func (l *life) formally() error {
	r := l.w.later
	if l.w.identified++; l.w.identified > 4 && !chance(r, 6) {
		return nil
	}
	one, err := l.m.cases.get(l.one)
	if err != nil || one.Status != protection.StatusPresumed {
		return err
	}
	l.wait(r, 24*5)
	c := protection.Identify{ID: ids.At[ids.Decision](l.at, entropy{r}), Case: l.one, Version: one.Version, To: protection.Confirmed,
		Formal: protection.Formal{OrgType: pick(r, "POLICE", "COURT_PROSECUTION", "GOV_NON_POLICE"), Basis: pick(r, "POLICE_FILE", "COURT_DECISION", "FOREIGN_AUTHORITY"),
			Decided: l.w.rules.Day(l.at), Law: "Service inventé, loi inventée, article 12", Document: "Registre inventé, pièce 7"}}
	if l.w.identified%4 == 3 {
		c.To = pick(r, protection.NotConfirmed, protection.Undetermined)
	}
	return l.d.Identify(l.ctx, l.w.first(access.Supervisor, l.owner), c)
}
