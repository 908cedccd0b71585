package main

import (
	"inkingi/internal/web/account"
	"inkingi/internal/web/exchange"
	"inkingi/internal/web/notice"
	"inkingi/internal/web/prosecution"
	"inkingi/internal/web/protection"
	"inkingi/internal/web/shell"
)

// routes mounts every pillar's pages; the list is what the firewall tests walk.
func (h *house) routes() []shell.Route {
	rooms := &protection.Rooms{Desk: h.protection, Country: h.country, Names: newNames(h), People: people{h}}
	var kinds []string
	for _, k := range h.country.List("org_type") {
		kinds = append(kinds, k.Code)
	}
	all := append(protection.Mount(rooms), notice.Mount(h.board, notice.Options{Facts: h.store.Facts, Leaves: h.leaves})...)
	all = append(all, prosecution.Mount(&prosecution.Rooms{Desk: h.prosecution, Country: h.country, Names: rooms.Names})...)
	all = append(all, exchange.Mount(&exchange.Rooms{Archive: h.archive(), Country: h.country})...)
	return append(all, account.Mount(h.accounts, account.Options{
		Places: h.country.Places, Conduct: conduct(h.demo), Kinds: kinds,
		Kind: func(code, lang string) string { return h.country.Label("org_type", code, lang) },
	})...)
}
