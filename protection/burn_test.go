package protection

import "testing"

// Nothing of a packet stays once its days are over, or once her consent to the
// sharing ended and no law keeps it.
func TestBurnt(t *testing.T) {
	for name, row := range map[string]struct {
		r    Referral
		want bool
	}{
		"in service":             {Referral{State: Arrived}, false},
		"its days are over":      {Referral{State: Completed, BurntAt: noon()}, true},
		"she took back her yes":  {Referral{State: Arrived, UnsharedAt: noon()}, true},
		"and the law keeps it":   {Referral{State: Arrived, UnsharedAt: noon(), Kept: "MEDICAL_RECORD"}, false},
		"kept, and its days too": {Referral{State: Completed, UnsharedAt: noon(), Kept: "MEDICAL_RECORD", BurntAt: noon()}, true},
	} {
		if row.r.Burnt() != row.want {
			t.Errorf("%s: %v", name, row.r.Burnt())
		}
	}
}
