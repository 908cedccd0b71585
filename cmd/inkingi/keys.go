package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"inkingi/internal/access"
)

type keys struct {
	Rotate keysRotate `cmd:"" help:"Make a new master key and wrap everything under it anew."`
}

type keysRotate struct {
	base `embed:""`
}

// Run writes the ring with a new newest key beside the old file, then puts it
// in its place. The organisations' keys are wrapped under the new key; the old
// generation stays in the ring, so that backups still open.
func (k keysRotate) Run(ctx context.Context, c *console) error {
	old, err := readMaster(k.Master)
	if err != nil {
		return err
	}
	ring := old.Rotated(time.Now())
	next := k.Master + ".new"
	if err := writeMaster(next, ring, custody()); err != nil {
		return err
	}
	if err := errors.Join(os.Rename(k.Master, fmt.Sprintf("%s.%s", k.Master, old.Fingerprint())), os.Rename(next, k.Master)); err != nil {
		return err
	}
	h, err := build(ctx, plan{database: k.Database, country: k.Country, master: ring})
	if err != nil {
		return err
	}
	defer h.close()
	entry, err := h.byConsole(access.SystemKeys)
	if err != nil {
		return err
	}
	n, err := h.store.Rewrap(ctx, entry)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "new master key %s; %d organisations' keys wrapped anew\n%s\n", ring.Fingerprint(), n, custody())
	return nil
}
