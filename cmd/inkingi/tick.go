package main

import (
	"context"
	"errors"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
)

// tick is the program's own clock: it lets what nobody answered lapse, destroys
// packets whose days are over, sends
// what waits in the outbox, keeps a checkpoint and sweeps what is past its time.
// Several copies of the program may tick at once: each act asks again whether
// it still holds.
func (h *house) tick(ctx context.Context) {
	soon, hourly := time.NewTicker(20*time.Second), time.NewTicker(time.Hour)
	defer soon.Stop()
	defer hourly.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-soon.C:
			h.note(ctx, "lapse", errors.Join(h.lapse(ctx), h.endConsents(ctx)))
			h.note(ctx, "burn", h.burn(ctx))
			h.note(ctx, "elsewhere", h.elsewhere(ctx))
			h.note(ctx, "alerts", h.alert(ctx))
			h.note(ctx, "guardians", h.unguarded(ctx))
		case <-hourly.C:
			h.note(ctx, "sweep", errors.Join(h.accounts.Sweep(ctx), h.forgetAlerts(ctx), h.archive().SweepDrafts(ctx), h.store.ForgetPseudonyms(ctx)))
			_, err := h.store.Checkpoint(ctx)
			h.note(ctx, "checkpoint", err)
		}
	}
}

func (h *house) note(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		h.log.Error("tick", "what", what, "error", err)
	}
}

// burn destroys packets whose days are over; those that are counted longest come first.
func (h *house) burn(ctx context.Context) error {
	spent, err := h.store.Spent(ctx, 50)
	if err != nil {
		return err
	}
	for _, one := range spent {
		if !h.protection.Burns(one) {
			return nil
		}
		if err := h.protection.Burn(ctx, access.Itself(), one); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}

// lapse expires referrals whose reply deadline has passed; whoever sent them is told.
func (h *house) lapse(ctx context.Context) error {
	late, err := h.store.LateReferrals(ctx, h.clock(), 50)
	if err != nil {
		return err
	}
	for _, id := range late {
		if err := h.protection.Expire(ctx, access.Itself(), id); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}

// unguarded says of children that they still have no guardian when the country's time
// for it is over; who leads their house and the child authority are told.
func (h *house) unguarded(ctx context.Context) error {
	late, err := h.store.LateGuardians(ctx, h.protection.Rules.UnguardedSince(h.clock()), 50)
	if err != nil {
		return err
	}
	for _, id := range late {
		if err := h.protection.Escalate(ctx, access.Itself(), id); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}

// endConsents says of each yes whose day is past that it is over.
func (h *house) endConsents(ctx context.Context) error {
	over, err := h.store.EndedConsents(ctx, h.clock(), 50)
	if err != nil {
		return err
	}
	for _, id := range over {
		if err := h.protection.EndConsent(ctx, access.Itself(), id); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}

// elsewhere compares what was asked between organisations, and ends what nobody
// answered. It is done here and not while somebody waits for a page: the time that a
// page takes would tell whether somebody was found.
func (h *house) elsewhere(ctx context.Context) error {
	asked, err := h.store.OpenInquiries(ctx, 50)
	if err != nil {
		return err
	}
	for _, id := range asked {
		if err := h.protection.FindElsewhere(ctx, access.Itself(), id); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	late, err := h.store.LateLiaisons(ctx, h.clock(), 50)
	if err != nil {
		return err
	}
	for _, id := range late {
		if err := h.protection.LapseLiaison(ctx, access.Itself(), id); err != nil && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	return nil
}
