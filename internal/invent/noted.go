package invent

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// quick are notes as they are written on a bad day, in the languages that came.
var quick = []string{
	"Vue ce matin au centre. Ameze neza, yasinziriye. Rappeler jeudi kwa namba ya dada.",
	"Hakuna simu leo. Elle préfère passer par sa tante, le soir.",
	"Yambwiye ko yifuza gusubira kw'ishure. À reparler avec le centre.",
	"Pas dormi. Craint que l'homme du marché la cherche. Changer d'heure pour les visites.",
	"Papiers restés chez la patronne. Voir avec la commune.",
}

// noted is what was jotted down about her between two conversations, of some of
// those who are followed: the first few always, so that a small invention has
// notes too.
func (l *life) noted(manager access.Who) error {
	r := l.w.notes
	if l.w.jotted++; l.w.jotted > 3 && !chance(r, 25) {
		return nil
	}
	c := protection.Jot{ID: ids.At[ids.Jotting](l.at, entropy{r}), Case: l.one, Words: pick(r, quick...), Safe: pick(r, protection.Yes, protection.Yes, protection.Unknown),
		Next: pick(r, "CALL", "MEET", "REFER", "NOTHING"), Consent: protection.Yes}
	if err := l.d.Jot(l.ctx, manager, c); err != nil {
		return err
	}
	if l.w.jotted > 3 && !chance(r, 50) {
		return nil
	}
	sort := protection.Sort{Jotting: c.ID, Version: 1, Topics: []string{pick(r, "SAFETY", "FAMILY", "PAPERS", "WISHES")}}
	if chance(r, 30) {
		sort.To = pick(r, "POLICE", "HEALTH", "US")
	}
	if err := l.d.Sort(l.ctx, manager, sort); err != nil {
		return err
	}
	if l.w.jotted > 3 && !chance(r, 30) {
		return nil
	}
	if err := l.d.SealNote(l.ctx, manager, protection.SealNote{ID: ids.At[ids.SealedNote](l.at, entropy{r}), Case: l.one, Kind: "PSYCHOSOCIAL",
		Words: "Cauchemars chaque nuit. Elle ne veut pas que l'équipe le sache."}); err != nil {
		return err
	}
	return l.d.Attach(l.ctx, manager, protection.Attach{ID: ids.At[ids.Attachment](l.at, entropy{r}), Case: l.one, Kind: "CONTRACT", Face: protection.No,
		Name: "messages du téléphone.txt", Content: []byte("Promesse reçue par message : un travail de vendeuse, logée, nourrie.\n")})
}
