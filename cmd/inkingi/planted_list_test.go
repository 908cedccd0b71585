package main

import (
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/exchange"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// draftOf is a file on its way in, with what its columns mean.
func draftOf(id ids.List, file, mapping string) protection.PrepareList {
	return protection.PrepareList{ID: id, Content: []byte(file), Mapping: mapping}
}

// lists plants files on their way in, for who ends each in their own way: loaded,
// forgotten, and said anew; and lists that were begun, of both who may take them
// out. What stands in a file nobody is shown.
func (p *planted) lists() {
	for _, role := range []access.Role{access.Supervisor, access.Evaluator} {
		who := p.as(role, map[access.Role]string{access.Supervisor: "umuganda"}[role], 0)
		for i := range 4 {
			name := p.text("name in a file on its way in")
			p.gone(name)
			file := "Nom,Sexe\n\"" + strings.ReplaceAll(name, `"`, `""`) + "\",F\n"
			mapping := "name: Liste " + string(role) + " " + string(rune('a'+i)) + "\nheader: 1\nseparator: ','\nothers: refuse\ncolumns: [{column: Nom, as: personal}, {column: Sexe, as: sex}]\n"
			id := ids.New[ids.List]()
			p.ok(p.h.archive().PrepareList(p.ctx, who, draftOf(id, file, mapping)))
			p.add(access.LegacyDraftKind, id.UUID, "planted")
			if i > 1 {
				p.half(who, file, mapping)
			}
		}
	}
}

// half begins a list and stops before its first row.
func (p *planted) half(who access.Who, file, mapping string) {
	m, err := exchange.ReadMapping(strings.NewReader(strings.Replace(mapping, "Liste", "Moitié", 1)), p.h.country)
	p.ok(err)
	l := &exchange.Legacy{Mapping: m, Country: p.h.country, Today: p.h.country.Day(p.clock.now()), File: exchange.File{ReaderAt: strings.NewReader(file), Size: int64(len(file))}}
	mark, err := l.Mark()
	p.ok(err)
	next, err := l.Records(p.ctx)
	p.ok(err)
	list, err := p.h.archive().Import(p.ctx, who, protection.ImportList{Owner: who.Post.Org, Name: m.Name, Mark: mark, Layout: vault.Clear("{}"), Next: next, Most: 1})
	p.ok(err)
	if list.Done {
		p.t.Fatal("the list is whole")
	}
	p.add(access.LegacyKind, list.ID.UUID, "planted")
}
