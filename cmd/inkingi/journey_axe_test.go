package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/testkit/browser"
	"inkingi/internal/web/shell"
)

// TestEveryPageIsAccessible looks with axe at every page, as who may see it: as
// it is, with every form of it sent empty or spoilt, and where nothing is there yet.
func TestEveryPageIsAccessible(t *testing.T) {
	browser.Start(t)
	full, bare := newTour(t, 300), newTour(t, 0)
	sights, empty := full.sights(), bare.lists()
	for _, o := range []browser.Options{browser.Phone(), browser.Desk()} {
		t.Run(fmt.Sprint(o.Width), func(t *testing.T) {
			t.Parallel()
			counts := map[string]int{}
			g := full.on(t).guide(o)
			for _, s := range sights {
				g.open(s).Axe()
				counts["normal"]++
			}
			for _, s := range sights {
				counts["error"] += g.errors(s)
			}
			g = bare.on(t).guide(o)
			for _, s := range empty {
				p := g.open(s)
				p.Axe()
				p.Fits()
				counts["empty"]++
			}
			t.Logf("axe at %d px: %d pages, %d answers to bad forms, %d empty lists", o.Width, counts["normal"], counts["error"], counts["empty"])
		})
	}
}

// on is the same tour, told in another test.
func (w *tour) on(t *testing.T) *tour {
	house, other := *w.served, *w
	house.T = t
	other.served = &house
	return &other
}

// lists are the pages that are about many records, or one's own day, for each role.
func (w *tour) lists() []sight {
	var all []sight
	seen := map[string]bool{}
	for _, r := range w.door.Routes() {
		if r.Method != http.MethodGet || r.Public || staged(r) || r.About.Wildcard() != "" {
			continue
		}
		for _, who := range w.programme.Accounts {
			o := access.Object{Kind: r.Of(), By: who.Who.Account, Subject: who.Who.Account.UUID}
			s := sight{r, who, r.Fill(nil)}
			if key := r.Pattern; (r.Pattern == "/work" || !seen[key]) && !seen[key+who.Role] && (r.About == shell.Self || w.may(who, r.Action, o)) && w.opens(s) {
				seen[key], seen[key+who.Role] = true, true
				all = append(all, s)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b sight) int { return strings.Compare(a.who.Name, b.who.Name) })
	return all
}

// errors sends every form of a page as nobody should, and looks at the answers.
func (g *guide) errors(s sight) (n int) {
	for _, r := range g.door.Routes() {
		if form := r.Form; r.Method != http.MethodPost || staged(r) || form != s.route.Pattern && !(form == "" && r.Pattern == s.route.Pattern) {
			continue
		}
		action := s.path
		if r.Form != "" {
			action += strings.TrimPrefix(r.Pattern, r.Form)
		}
		for _, text := range []string{"", strings.Repeat("é", 5000)} {
			p := g.open(s)
			if !p.Spoil(action, text) {
				break
			}
			if p.Status() == http.StatusUnprocessableEntity {
				p.Sees("Il y a un problème")
				p.Axe()
				p.Fits()
				n++
				break
			}
			if p.Status() >= 500 {
				g.Errorf("POST %s answers %d", r.Pattern, p.Status())
			}
		}
	}
	return n
}
