package invent

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

var bitter = []string{
	"La porte de la chambre ne ferme pas et elle a peur la nuit.",
	"On lui a demandé de l'argent pour appeler sa mère.",
	"Une personne du bureau a répété ce qu'elle avait dit.",
	"On ne lui explique pas quand elle pourra voir la commune.",
}

// first is the first of a role, whom no chance chooses: the people stay who they were.
func (w *world) first(role access.Role, org ids.Org) access.Who {
	for _, a := range w.programme.Accounts {
		if a.Who.Post.Role == role && (org.IsZero() || a.Who.Post.Org == org) {
			return a.Who
		}
	}
	return access.Who{}
}

// complained is what some say of those who help: of the shelter, to the supervisor of
// the house; of the house itself, to oversight. The first few always, so that a small
// invention has some too.
func (l *life) complained(to protection.Service) error {
	r := l.w.beds
	if l.w.grieved++; l.w.grieved > 4 && !chance(r, 2) {
		return nil
	}
	against := to.Org
	if l.w.grieved%2 == 0 {
		against = l.owner
	}
	c := protection.Complain{ID: ids.At[ids.Complaint](l.at, entropy{r}), Case: l.one, Kind: pick(r, "MONEY", "CONDITIONS", "CONFIDENCE", "REFUSED"), From: pick(r, "HERSELF", "FOR_HER"),
		Named: pick(r, protection.Yes, protection.No), Against: against, Words: pick(r, bitter...)}
	if err := l.d.Complain(l.ctx, l.manager, c); err != nil {
		return err
	}
	handler, err := l.looksInto(c.ID)
	if err != nil || handler.Account.IsZero() || !chance(r, 50) {
		return err
	}
	if err := l.d.LookInto(l.ctx, handler, protection.LookInto{Complaint: c.ID, Version: 1}); err != nil || chance(r, 50) {
		return err
	}
	return l.d.AnswerComplaint(l.ctx, handler, protection.AnswerComplaint{Complaint: c.ID, Version: 2, Done: "Parlé avec la maison, réparé depuis.", Told: "Que c'est réparé, et qu'elle a bien fait de le dire."})
}

// looksInto is who may: who leads the house that it went to, or oversight.
func (l *life) looksInto(id ids.Complaint) (access.Who, error) {
	x, err := l.m.said.get(id)
	if x.Owner.IsZero() {
		return l.w.first(access.DataProtection, ids.Org{}), err
	}
	return l.w.first(access.Supervisor, x.Owner), err
}
