package protection

import "inkingi/internal/access"

// careSections are those of screening, supervision and referral.
func (r *Rooms) careSections(role access.Role) []sectionOf { return nil }
