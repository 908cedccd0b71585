package store

import (
	"context"
	"database/sql"
	"errors"

	"inkingi/internal/fault"
)

// lift gives an engine's error its kind. Faults pass unchanged.
func (s *Store) lift(err error) error {
	var f *fault.Fault
	switch {
	case err == nil, errors.Is(err, errUnchanged):
		return nil
	case errors.As(err, &f):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(fault.Unavailable, "store.cancelled", err)
	case errors.Is(err, sql.ErrNoRows):
		return fault.Wrap(fault.NotFound, "record.notfound", err)
	}
	if errors.Is(err, errAgain) {
		return fault.Wrap(fault.Unavailable, "store.unavailable", err)
	}
	switch s.dialect.classify(err) {
	case classDuplicate:
		return fault.Wrap(fault.Stale, "record.exists", err)
	case classAgain, classGone:
		return fault.Wrap(fault.Unavailable, "store.unavailable", err)
	case classReference:
		return fault.Wrap(fault.Internal, "store.reference", err)
	}
	return fault.Wrap(fault.Internal, "store.internal", err)
}

// again says whether an act that failed so should be run once more.
func (s *Store) again(err error) bool {
	var f *fault.Fault
	if errors.As(err, &f) {
		return false
	}
	return errors.Is(err, errAgain) || s.dialect.classify(err) == classAgain
}
