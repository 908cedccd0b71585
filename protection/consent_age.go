package protection

import "time"

// WhoConsents gives the band of the rule that holds for this person's age now,
// and whether the rules for children hold. A page shows it before it asks; the
// verb checks the answer against the same band ([AskConsent.Check]).
func (r *Rules) WhoConsents(of Case, now time.Time) (band ConsentAge, child bool, err error) {
	return r.consentBand(of, now)
}
