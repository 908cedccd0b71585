package store

import (
	"context"
	"fmt"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// logKey is the stored key that signs checkpoints.
type logKey struct {
	Origin   string `db:"origin"`
	Verifier string `db:"verifier"`
	Wrapped  []byte `db:"wrapped"`
	Made     stamp  `db:"made"`
}

// logKeyPurpose binds the wrapped key to its use.
const logKeyPurpose = "audit checkpoint key"

// MakeLogKey makes the key that signs the checkpoints of this log, at setup,
// and gives its public half, to be printed and kept by outsiders. A log that
// has a key keeps it. The origin names the log: no space, no plus sign.
func (s *Store) MakeLogKey(ctx context.Context, origin string) (verifier string, err error) {
	if s.options.Wrap == nil {
		return "", fault.New(fault.Internal, "audit.key")
	}
	if verifier, err = s.Verifier(ctx); !fault.Is(err, fault.NotFound) {
		return verifier, err
	}
	key, err := audit.NewKey(origin)
	if err != nil {
		return "", err
	}
	wrapped, err := s.options.Wrap.Wrap(logKeyPurpose, []byte(key.Secret()))
	if err != nil {
		return "", fmt.Errorf("wrap key of log: %w", err)
	}
	err = s.lift(s.engine.upkeep(ctx, func(t *tx) error {
		return t.insert("audit_key", logKey{origin, key.Verifier(), wrapped, at(t.now())})
	}))
	return key.Verifier(), err
}

// Verifier is the public half of the key that signs checkpoints; NotFound
// before [Store.MakeLogKey].
func (s *Store) Verifier(ctx context.Context) (verifier string, err error) {
	err = s.glance(ctx, func(t *tx) error {
		return t.get(&verifier, `SELECT verifier FROM audit_key ORDER BY made, origin LIMIT 1`)
	})
	return verifier, err
}

// RewrapLogKey wraps the signing key under the newest master key, when the
// master rotates.
func (s *Store) RewrapLogKey(ctx context.Context) error {
	return s.lift(s.engine.upkeep(ctx, func(t *tx) error {
		key, err := s.signingKey(t)
		if err != nil {
			return err
		}
		wrapped, err := s.options.Wrap.Wrap(logKeyPurpose, []byte(key.Secret()))
		if err != nil {
			return fmt.Errorf("wrap key of log: %w", err)
		}
		_, err = t.exec(`UPDATE audit_key SET wrapped = ? WHERE verifier = ?`, wrapped, key.Verifier())
		return err
	}))
}

func (s *Store) signingKey(t *tx) (audit.Key, error) {
	if s.options.Wrap == nil {
		return audit.Key{}, fault.New(fault.Internal, "audit.key")
	}
	var k logKey
	if err := t.get(&k, `SELECT origin, verifier, wrapped, made FROM audit_key ORDER BY made, origin LIMIT 1`); err != nil {
		return audit.Key{}, err
	}
	secret, err := s.options.Wrap.Unwrap(logKeyPurpose, k.Wrapped)
	if err != nil {
		return audit.Key{}, fmt.Errorf("unwrap key of log: %w", err)
	}
	return audit.ReadKey(string(secret), k.Verifier)
}

// Checkpoint signs the log as it is, every committed entry included, stores
// the checkpoint and gives it. Kept elsewhere, it shows later that nothing
// before it was altered and that no tail was cut off.
func (s *Store) Checkpoint(ctx context.Context) (checkpoint string, err error) {
	if err := s.engine.sequence(ctx); err != nil {
		return "", s.lift(err)
	}
	err = s.engine.upkeep(ctx, func(t *tx) error {
		key, err := s.signingKey(t)
		if err != nil {
			return err
		}
		edge, err := t.edge()
		if err != nil {
			return err
		}
		if checkpoint, err = key.Sign(audit.Point{Size: edge.Size(), Root: edge.Root()}); err != nil {
			return err
		}
		_, err = t.exec(`INSERT INTO audit_checkpoint (size, at, note) VALUES (?, ?, ?) ON CONFLICT (size) DO NOTHING`,
			edge.Size(), at(t.now()), checkpoint)
		return err
	})
	return checkpoint, s.lift(err)
}
