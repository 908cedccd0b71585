package store

import (
	"context"

	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Rewrap wraps the key of every organisation that the host keeps, and the
// signing key of the log, under the newest master key, in one act. It says how
// many organisations' keys it wrapped anew.
func (s *Store) Rewrap(ctx context.Context, e audit.Entry) (n int, err error) {
	err = s.act(ctx, e, func(t *tx) error {
		n = 0
		var orgs []ids.Org
		if err := t.list(&orgs, `SELECT org FROM org_key ORDER BY org`); err != nil {
			return err
		}
		for _, org := range orgs {
			if err := t.hold("org_key", org); err != nil {
				return err
			}
			done, err := s.options.Vault.Rewrap(t.ctx, t, org)
			if err != nil {
				return err
			}
			if done {
				n++
			}
		}
		return nil
	})
	if err != nil {
		return n, err
	}
	return n, s.RewrapLogKey(ctx)
}
