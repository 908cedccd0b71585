package invent

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// provided is what the house that has her says of the service: for some that it is
// over, for a few that it stopped, and what follows. Most go on.
func (l *life) provided(on ids.Referral, host access.Who) error {
	r := l.w.given
	if !chance(r, 40) {
		return nil
	}
	from := l.at
	defer func() { l.at = from }() // what others do meanwhile does not wait for it
	next := func() ids.Progress { return ids.At[ids.Progress](l.at, entropy{r}) }
	l.at = l.at.Add(time.Duration(1+r.IntN(48)) * time.Hour)
	if limit := l.w.Now().Add(-time.Minute); l.at.After(limit) {
		l.at = limit
	}
	today := l.w.rules.Day(l.at)
	if err := l.d.NoteDay(l.ctx, host, protection.NoteDay{ID: next(), Referral: on, Day: today, Came: pick(r, "CAME", "CAME", "EXCUSED")}); err != nil {
		return err
	}
	switch {
	case chance(r, 15):
		return l.d.Interrupt(l.ctx, host, protection.Interrupt{ID: next(), Referral: on, Version: 4, Day: today, Reason: pick(r, "HEALTH", "HER_CHOICE", "FAMILY", "PROVIDER")})
	case !chance(r, 50):
		return nil
	}
	if err := l.d.Complete(l.ctx, host, protection.Complete{ID: next(), Referral: on, Version: 4, Day: today, Outcome: pick(r, "REACHED", "PARTLY", "HER_CHOICE", "ELSEWHERE")}); err != nil {
		return err
	}
	if !chance(r, 70) {
		return nil
	}
	words := ""
	if chance(r, 30) {
		words = "Rendez-vous dans un mois, appelez le bureau."
	}
	if err := l.d.FeedBack(l.ctx, host, protection.FeedBack{ID: next(), Referral: on, Version: 5, Next: []string{pick(r, "NOTHING", "COMES_BACK", "OTHER_SERVICE", "CALL_US")}, Words: words}); err != nil {
		return err
	}
	if chance(r, 50) {
		return l.d.Conclude(l.ctx, l.screener, protection.Conclude{Referral: on, Version: 6})
	}
	return nil
}
