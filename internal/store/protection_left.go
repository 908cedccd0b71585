package store

import (
	"context"
	"time"

	"inkingi/internal/ids"
)

// Carries lists the organisations in which an account holds a case, a signal, a live
// request or a line of the roster that is not over. It says where, and nothing of what:
// who closes an account may not know that.
func (s *Store) Carries(ctx context.Context, who ids.Account, now time.Time) (orgs []ids.Org, err error) {
	err = s.glance(ctx, func(t *tx) error {
		orgs = nil
		return t.list(&orgs, `SELECT owner_org AS org FROM protection_case WHERE manager = ? AND open = 1
			UNION SELECT owner_org AS org FROM protection_case WHERE screener = ? AND open = 1
			UNION SELECT owner_org AS org FROM signal WHERE taken_by = ? AND open = 1
			UNION SELECT from_org AS org FROM referral_queue WHERE by_account = ? AND waits = 1
			UNION SELECT org FROM duty WHERE account = ? AND until_at > ?
			ORDER BY org LIMIT 20`, who, who, who, who, who, at(now))
	})
	return orgs, err
}
