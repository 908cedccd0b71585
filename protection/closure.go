package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Closure is why a case is to end, what was looked at before, and who answered
// (PROCESS.md §2.3 A13, §2.10). No timer closes anything: one person asks, a
// second signs. One for each case; the words are sealed.
type Closure struct {
	Case    ids.Case
	Version int
	Owner   ids.Org
	State   ClosureState
	By      ids.Account
	At      time.Time
	Reason  string     // code list "closure_reason"
	Checks  []string   // what was done, code list "closure_check"
	Why     vault.Text // what is not done, and why

	AnsweredBy ids.Account
	AnsweredAt time.Time
	Remarks    vault.Text
}

// ClosureState says where a closure stands.
type ClosureState string

// The states of a closure.
const (
	Asked     ClosureState = "ASKED"
	SignedOff ClosureState = "SIGNED"
	NotYet    ClosureState = "RETURNED" // sent back with remarks; help goes on
	Reopened  ClosureState = "REOPENED" // the case was opened again
)

// ClosureStates lists them in order.
var ClosureStates = [...]ClosureState{Asked, SignedOff, NotYet, Reopened}

const closureDue = "closure.answer"

// ClosureReasons are those that a case is closed with by its checklist. Lost
// contact, her own no, and "not trafficking" have verbs of their own.
func (r *Rules) ClosureReasons() []string {
	return slices.DeleteFunc(slices.Clone(r.list("closure_reason")), func(code string) bool {
		return code == "LOST_CONTACT" || code == "DECLINED" || code == "NOT_TIP"
	})
}

// handedOver is the reason when others follow her where she returned to.
const handedOver = "RETURNED_HANDED_OVER"

// withoutHer says whether nothing can be asked of her any more.
func withoutHer(reason string) bool { return reason == "DECEASED" || reason == "DUPLICATE" }

// ClosureView is what somebody who asks or answers sees.
type ClosureView struct {
	Case    Case
	Closure Closure // zero while nobody asked
	Lacks   []string
	Grant   access.Grant
}

// Closing reads a case that is to be closed, for who may ask for it.
func (d *Desk) Closing(ctx context.Context, w access.Who, id ids.Case) (ClosureView, error) {
	return d.closing(ctx, w, access.CaseClose, access.ForProtection, id)
}

// ToSign reads it for who may answer.
func (d *Desk) ToSign(ctx context.Context, w access.Who, id ids.Case) (ClosureView, error) {
	return d.closing(ctx, w, access.CaseSign, access.ForSupervision, id)
}

func (d *Desk) closing(ctx context.Context, w access.Who, a access.Action, p access.Purpose, id ids.Case) (ClosureView, error) {
	g, err := d.may(ctx, w, a, access.CaseKind, id.UUID, p)
	if err != nil {
		return ClosureView{}, err
	}
	v := ClosureView{Grant: g}
	if v.Case, err = d.Store.Case(ctx, g, id); err != nil {
		return v, err
	}
	if v.Closure, err = d.Store.Closure(ctx, g, id); err != nil && !fault.Is(err, fault.NotFound) {
		return v, err
	}
	v.Lacks, err = d.unclosed(ctx, g, v.Case, v.Closure.Reason)
	return v, err
}

// unclosed says what the records themselves say is not done: requests that run,
// contacts that are due, a consent that nobody asked for (PROCESS.md §2.10).
func (d *Desk) unclosed(ctx context.Context, g access.Grant, one Case, reason string) ([]string, error) {
	var keys []string
	lines, err := d.Store.CaseReferrals(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(lines, func(l ReferralLine) bool { return l.State.Live() }) {
		keys = append(keys, "fault.close.referrals")
	}
	if withoutHer(reason) {
		return keys, nil
	}
	lodger, err := d.Store.Lodger(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if !lodger.Stay.IsZero() {
		keys = append(keys, "fault.close.stay")
	}
	consents, err := d.Store.Consents(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(consents, func(k Consent) bool {
		return k.Purpose == P9Afterwards && (k.State == Refused || k.State == Withdrawn || k.State == Given && k.Stands(d.Now()))
	}) {
		keys = append(keys, "fault.close.afterwards")
	}
	if reason == handedOver {
		h, err := d.Store.Homecoming(ctx, g, one.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if !h.received() {
			keys = append(keys, "fault.close.received")
		}
		return keys, nil
	}
	if reason != "GOALS_MET" {
		return keys, nil
	}
	tasks, err := d.Store.CaseTasks(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if one.State != InMonitoring || slices.ContainsFunc(tasks, func(t Task) bool { return slices.Contains(monitoring[:], t.Key) || t.Key == schoolDue && one.Child }) {
		keys = append(keys, "fault.close.early")
	}
	return keys, nil
}
