package invent

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// forgotten is what some ask who leave: that nothing of them is kept. A second person
// has not answered yet, said no, or destroyed the key. The first few always, one of
// each, so that a small invention has them too.
func (l *life) forgotten() error {
	r := l.w.rights
	if l.w.asked++; l.w.asked > 3 && !chance(r, 3) {
		return nil
	}
	l.soon(24)
	x := protection.AskErasure{ID: ids.At[ids.Erasure](l.at, entropy{r}), Case: l.one, Reason: pick(r, l.w.rules.Codes("erasure_reason")...), Given: "SELF", Told: l.w.rules.Codes("erasure_told")}
	if err := l.d.AskErasure(l.ctx, l.screener, x); err != nil {
		return err
	}
	how := l.w.asked
	if how > 3 {
		how = 1 + r.IntN(3)
	}
	second := l.w.first(access.DataProtection, ids.Org{})
	if how == 1 || second.Account.IsZero() {
		return nil
	}
	l.soon(48)
	answer := protection.AnswerErasure{Erasure: x.ID, Version: 1}
	if how == 2 {
		answer.Why = "HER_WISH"
		return l.d.DeclineErasure(l.ctx, second, answer)
	}
	return l.d.ApproveErasure(l.ctx, second, answer)
}

// soon is some hours later, by a chance of its own.
func (l *life) soon(hours int) {
	at := l.at.Add(time.Duration(1+l.w.rights.IntN(hours)) * time.Hour)
	if at.Before(l.w.Now()) {
		l.at = at
	}
}

// emergency is a night when somebody of another house had to know: two persons opened
// her case for an hour. The first always, and then very few.
func (l *life) emergency() error {
	r := l.w.rights
	if l.w.nights++; l.w.nights > 1 && r.IntN(300) > 0 {
		return nil
	}
	asks, opens := l.w.stranger(l.owner), l.w.first(access.Supervisor, l.owner)
	if asks.Account.IsZero() || opens.Account.IsZero() {
		return nil
	}
	one, err := l.m.cases.get(l.one)
	if err != nil {
		return err
	}
	x := protection.AskGlass{ID: ids.At[ids.Glass](l.at, entropy{r}), Code: one.Code.String(), Reason: "LIFE"}
	if err := l.d.AskGlass(l.ctx, asks, x); err != nil {
		return err
	}
	return l.d.GrantGlass(l.ctx, opens, protection.AnswerGlass{Glass: x.ID, Version: 1})
}

// stranger is somebody of another house who works with people.
func (w *world) stranger(owner ids.Org) access.Who {
	for _, role := range []access.Role{access.DutyOfficer, access.HotlineOperator, access.CaseManager, access.Screener} {
		for _, a := range w.programme.Accounts {
			if a.Who.Post.Role == role && a.Who.Post.Org != owner {
				return a.Who
			}
		}
	}
	return access.Who{}
}
