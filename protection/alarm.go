package protection

import (
	"context"
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// alarm rings, now and without content, everybody who leads an organisation and who
// else must know, but for who acts and who is kept out of the record.
func (d *Desk) alarm(ctx context.Context, g access.Grant, org ids.Org, about ids.UUID, and ...ids.Account) ([]Alert, error) {
	leads, err := d.Store.Leads(ctx, org, d.Now())
	return d.ringAll(g, "alert.red", about, append(leads, and...)), err
}

// ringAll rings accounts, each once.
func (d *Desk) ringAll(g access.Grant, key string, about ids.UUID, to []ids.Account) (all []Alert) {
	o, rung := g.Object(), []ids.Account{g.Who().Account}
	for _, one := range to {
		if !slices.Contains(rung, one) && !one.IsZero() && !slices.Contains(o.Excluded, one) {
			rung = append(rung, one)
			all = append(all, d.tell(one, key, about)...)
		}
	}
	return all
}

// searches says whether a change begins the search for somebody in great danger, or
// a child (PROCESS.md §2.3 A15; issue 3 item 6: the same day).
func (c Change) searches() bool {
	return slices.ContainsFunc(c.Tasks, func(t Task) bool { return t.Key == missingSoon })
}
