package protection

import (
	"testing"

	"inkingi/internal/ids"
)

// Only the one who is said to have approved says so, once, of what was done
// without consent.
func TestConfirm(t *testing.T) {
	her, other := ids.New[ids.Account](), ids.New[ids.Account]()
	said := Consent{State: Overridden, ApprovedBy: her}
	for name, c := range map[string]struct {
		change func(*Consent)
		by     ids.Account
		agreed Answer
		want   string
		after  Approval
	}{
		"she says yes":                 {func(*Consent) {}, her, Yes, "ok", Confirms},
		"she says no":                  {func(*Consent) {}, her, No, "ok", Denies},
		"somebody else says yes":       {func(*Consent) {}, other, Yes, "fault.approval.other", Unconfirmed},
		"she says it twice":            {func(k *Consent) { k.Approval = Confirms }, her, No, "fault.state.not_now", Confirms},
		"it was withdrawn":             {func(k *Consent) { k.State = Withdrawn }, her, Yes, "fault.state.not_now", Unconfirmed},
		"nothing was done without her": {func(k *Consent) { k.State = Given }, her, Yes, "fault.state.not_now", Unconfirmed},
	} {
		k := said
		c.change(&k)
		k, err := k.confirm(Confirm{Agreed: c.agreed}, c.by, noon())
		if got := refusal(err); got != c.want || k.Approval != c.after {
			t.Errorf("%s: %s, %q", name, got, k.Approval)
		}
	}
	for _, a := range []Answer{NotAsked, Unknown, Skipped} {
		if err := (Confirm{Agreed: a}).Check(); !says(err, "agreed", "fault.approval.answer") {
			t.Errorf("%q: %v", a, err)
		}
	}
}
