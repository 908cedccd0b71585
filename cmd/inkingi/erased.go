package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// erased prints whose keys were destroyed: identifiers that name nobody, one a line.
type erased struct {
	base `embed:""`
}

// Run prints them.
func (e erased) Run(ctx context.Context, c *console) error {
	h, err := e.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	entry, err := h.byConsole(access.SystemKeys)
	if err != nil {
		return err
	}
	all, err := h.store.Erased(ctx, entry.With("act", "erased"))
	for _, one := range all {
		fmt.Fprintln(c.out, one)
	}
	return err
}

// again erases once more what came back with an older backup.
func (h *house) again(ctx context.Context, path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var all []ids.UUID
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if text := strings.TrimSpace(lines.Text()); text != "" {
			one, err := ids.Parse[ids.Event](text)
			if err != nil {
				return 0, err
			}
			all = append(all, one.UUID)
		}
	}
	entry, err := h.byConsole(access.SystemKeys)
	if err != nil {
		return 0, err
	}
	return h.store.EraseAgain(ctx, entry.With("act", "erase_again"), all)
}
