package main

import (
	"inkingi/internal/ids"
	"inkingi/protection"
)

// carer makes somebody who stands by the child say yes for her, or the authority
// while nobody does.
func (p *planted) carer(c *protection.AskConsent, of ids.Case) {
	c.Assent, c.GivenBy, c.CarerAway = protection.Yes, "AUTHORITY", "ABSENT"
	if g, ok := p.beside[of]; ok {
		c.GivenBy, c.CarerAway, c.Guardian, c.Involved = "GUARDIAN", "", g, protection.No
	}
}
