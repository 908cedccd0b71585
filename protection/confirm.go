package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Confirm is what the one who is said to have approved acting without consent
// says about it. Until then it is somebody else's word ([Override]).
type Confirm struct {
	Consent ids.Consent
	Version int
	Agreed  Answer // did you approve?
}

// Check finds what the person can correct.
func (c Confirm) Check() error {
	if c.Agreed != Yes && c.Agreed != No {
		return fault.Field("agreed", "fault.approval.answer")
	}
	return nil
}

// Confirm keeps the answer; saying it again is the same act. A no calls nothing
// off by itself, for she may be on her way [J]: whoever sent the request is told,
// and cancels it or does not.
func (d *Desk) Confirm(ctx context.Context, w access.Who, c Confirm) error {
	g, err := d.may(ctx, w, access.ConsentConfirm, access.ConsentKind, c.Consent.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	k, err := d.Store.Consent(ctx, g, c.Consent)
	if err != nil {
		return err
	}
	if k.ApprovedBy == w.Account && k.Approval == c.approval() && k.Version > c.Version {
		return nil
	}
	k.Version = c.Version
	now := d.Now()
	if k, err = k.confirm(c, w.Account, now); err != nil {
		return err
	}
	change := Change{Consents: []Consent{k}, Events: []Event{d.event(g, k.Case, "approval_"+string(c.Agreed), "")}, Hush: []ids.UUID{k.ID.UUID}}
	if err := d.approved(ctx, g, &change, k); err != nil {
		return err
	}
	if c.Agreed == No {
		change.Alerts = d.tell(k.AskedBy, "alert.answer", k.ID.UUID)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("approval", string(k.Approval)), change)
}

func (c Confirm) approval() Approval {
	if c.Agreed == Yes {
		return Confirms
	}
	return Denies
}

func (k Consent) confirm(c Confirm, by ids.Account, at time.Time) (Consent, error) {
	switch {
	case !k.Unconfirmed():
		return k, notNow()
	case k.ApprovedBy != by: // nobody answers for somebody else
		return k, fault.New(fault.Denied, "fault.approval.other")
	}
	k.Approval, k.ApprovalAt = c.approval(), at
	return k, nil
}

// Unconfirmed says whether somebody acts on an approval that is hearsay still.
func (k Consent) Unconfirmed() bool { return k.State == Overridden && k.Approval == Unconfirmed }

// approved ends the task of a case when no approval of it waits any more; now is
// the consent as this change leaves it.
func (d *Desk) approved(ctx context.Context, g access.Grant, change *Change, now Consent) error {
	all, err := d.Store.Consents(ctx, g, now.Case)
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.ID != now.ID && k.Unconfirmed() {
			return nil
		}
	}
	change.Done = append(change.Done, Done{now.Case, approvalDue})
	return nil
}
