package invent

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// housed is where somebody lives who arrived in a shelter: while there are beds she
// lives there now, of some others it is noted that she did. A shelter of the
// invention has a few beds and many people have passed through it.
func (l *life) housed(on ids.Referral, to protection.Service, host access.Who) error {
	r := l.w.beds
	here := to.IsShelter() && l.w.full[to.ID] < to.Capacity-to.Free
	if !to.IsShelter() || !here && !chance(r, 15) {
		return nil
	}
	c := protection.Settle{ID: ids.At[ids.Stay](l.at, entropy{r}), Referral: on, Bed: l.bed(), From: l.w.rules.Day(l.at)}
	if err := l.d.Settle(l.ctx, host, c); err != nil {
		return err
	}
	if here && chance(r, 80) {
		l.w.full[to.ID]++
		return nil
	}
	l.at = l.at.Add(time.Duration(1+r.IntN(20)) * 24 * time.Hour)
	if limit := l.w.Now().Add(-time.Minute); l.at.After(limit) {
		l.at = limit
	}
	return l.d.Depart(l.ctx, host, protection.Depart{Stay: c.ID, Version: 1, On: l.w.rules.Day(l.at), Reason: pick(r, "OWN_HOME", "FAMILY", "RETURN", "FREELY")})
}

// bed is where she may live.
func (l *life) bed() protection.Bed {
	one, _ := l.m.cases.get(l.one)
	switch {
	case l.child:
		return protection.Bed{Unit: protection.ChildrenUnit}
	case one.Sex == "M":
		return protection.Bed{Unit: protection.MenUnit}
	case chance(l.w.beds, 20):
		return protection.Bed{Unit: protection.FamilyUnit, With: "OWN_CHILDREN"}
	}
	return protection.Bed{Unit: protection.WomenUnit}
}
