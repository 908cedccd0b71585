package invent

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// absent is a colleague who will be away, with another who stands in, and a call
// for backup that somebody answered.
func (w *world) absent(ctx context.Context, d *protection.Desk, supervisor access.Who) error {
	var managers []access.Who
	for _, a := range w.programme.Accounts {
		if a.Who.Post.Role == access.CaseManager && a.Who.Post.Org == supervisor.Post.Org {
			managers = append(managers, a.Who)
		}
	}
	if len(managers) < 2 {
		return nil
	}
	now := w.Now()
	x := protection.Cover{ID: ids.New[ids.Cover](), Org: supervisor.Post.Org, Away: managers[0].Account, Cover: managers[1].Account, From: now.AddDate(0, 0, 3), Until: now.AddDate(0, 0, 17)}
	if err := d.KeepCover(ctx, supervisor, protection.KeepCover{Cover: x}); err != nil {
		return err
	}
	call := protection.Call{ID: ids.New[ids.Backup]()}
	if _, err := d.Call(ctx, managers[0], call); err != nil {
		return err
	}
	return d.Come(ctx, supervisor, protection.Come{Backup: call.ID, Version: 1})
}

// offered is a case that another organisation is asked to take over: she said yes to it.
func (l *life) offered(supervisor access.Who) error {
	r := l.w.rand
	to := l.w.orgs["inama"]
	if to == l.owner {
		to = l.w.orgs["umuganda"]
	}
	ask := protection.AskConsent{ID: ids.At[ids.Consent](l.at, entropy{r}), Case: l.one, Purpose: protection.P1CaseManagement, Recipient: to, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}
	if l.child {
		ask.Assent = protection.Yes
		ask.GivenBy, ask.Guardian, ask.Involved, ask.CarerAway = l.carer()
	}
	if err := l.d.AskConsent(l.ctx, l.screener, ask); err != nil {
		return err
	}
	l.later(20)
	return l.d.Offer(l.ctx, supervisor, protection.Offer{ID: ids.At[ids.Transfer](l.at, entropy{r}), Case: l.one, To: to, Reason: pick(r, "MOVED_AWAY", "BETTER_PLACED", "PERSON_ASKED")})
}
