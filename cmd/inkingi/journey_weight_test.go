package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
)

// What a page may cost on the wire, headers included (issue 2 §6): the first
// with everything it needs, the next with what is not in the cache.
const (
	firstPage = 45_000
	nextPage  = 10_000
)

// weight is what one page cost.
type weight struct {
	page        string
	first, next int
}

// TestEveryPageIsSmall weighs every page, and the choice of a place at each step:
// phones are slow, and the bytes are paid for.
func TestEveryPageIsSmall(t *testing.T) {
	browser.Start(t)
	w := newTour(t, 300)
	g := w.guide(browser.Phone())
	var all []weight
	assets := map[string]int{}
	note := func(name string, p *browser.Page) {
		one := weight{page: name}
		for _, r := range p.Transferred().Requests {
			if strings.Contains(r.URL, "/assets/") || r.Kind == "Other" {
				assets[r.URL] = max(assets[r.URL], r.Bytes)
			} else {
				one.next += r.Bytes
			}
		}
		all = append(all, one)
	}
	for _, s := range w.sights() {
		note(s.route.Pattern, g.open(s))
	}
	g.places(note)
	whole := 0
	for _, bytes := range assets {
		whole += bytes
	}
	slices.SortFunc(all, func(a, b weight) int { return cmp.Or(b.next-a.next, strings.Compare(a.page, b.page)) })
	var table strings.Builder
	fmt.Fprintf(&table, "%8s %8s  page (bytes on the wire; assets %d)\n", "first", "next", whole)
	for _, one := range all {
		one.first = one.next + whole
		fmt.Fprintf(&table, "%8d %8d  %s\n", one.first, one.next, one.page)
		if one.first > firstPage || one.next > nextPage {
			t.Errorf("%s weighs %d first and %d next", one.page, one.first, one.next)
		}
	}
	t.Logf("%d pages\n%s", len(all), table.String())
	cold := g.page(browser.Phone())
	cold.Visit("/signal")
	cold.Weighs(firstPage)
}

// places goes down to a colline one level at a time, and searches for one.
func (g *guide) places(note func(string, *browser.Page)) {
	p := g.page(g.options)
	step := func(name string) { note("/signal: "+name, p); p.Fits() }
	p.Visit("/signal")
	p.Choose("Je ne sais pas")
	p.Press("Continuer")
	step("when")
	p.Choose("Aujourd’hui, ou cela continue")
	p.Press("Continuer")
	step("provinces")
	places, day := g.h.country.Places, g.h.country.Day(g.h.clock())
	at := places.Home()
	for _, name := range []string{"communes", "zones", "collines"} {
		largest := slices.MaxFunc(places.Children(at, day), func(a, b place.Place) int {
			return len(places.Children(a.Code, day)) - len(places.Children(b.Code, day))
		})
		p.Choose(largest.Name)
		p.Press("Continuer")
		step(name)
		at = largest.Code
	}
	p.Fill("Nom de la colline, de la commune…", "ka")
	p.Press("Rechercher")
	step("search, many found")
	p.Press("Choisir dans la liste des provinces")
	p.Choose("Dans un autre pays")
	p.Press("Continuer")
	step("countries")
}
