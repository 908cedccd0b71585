package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Left lets the program ring who leads the organisations in which somebody still held
// something when the account, or the post, was closed. What was held stands first in
// their list of who carries what, until it is handed on.
func (d *Desk) Left(ctx context.Context, w access.Who, worker ids.Account, orgs []ids.Org) error {
	g, err := d.mayAll(ctx, w, access.SystemAlert, access.Object{Kind: access.System}, access.ForOperation)
	if err != nil {
		return err
	}
	var change Change
	for _, org := range orgs {
		leads, err := d.Store.Leads(ctx, org, d.Now())
		if err != nil {
			return err
		}
		for _, to := range leads {
			if to != worker {
				change.Alerts = append(change.Alerts, d.tell(to, "alert.assigned", worker.UUID)...)
			}
		}
	}
	if len(change.Alerts) == 0 {
		return nil
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()).About(access.Accounts, worker.UUID), change)
}
