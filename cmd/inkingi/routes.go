package main

import (
	"inkingi/internal/web/shell"
)

// routes mounts every pillar's pages; the list is what the firewall tests walk.
func (h *house) routes() []shell.Route {
	return nil
}
