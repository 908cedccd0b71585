package main

import (
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/exchange"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// legacy plants a historic list of the first organisation of supervisors with a
// name in it: no page takes a list out, so nobody finds the name anywhere.
func (p *planted) legacy() {
	supervisor := p.as(access.Supervisor, "", 0)
	name := p.text("name of somebody on a historic list")
	p.gone(name)
	m, err := exchange.ReadMapping(strings.NewReader("name: Liste d'essai\nseparator: ','\ncolumns: [{column: Nom, as: personal}, {column: Sexe, as: sex}]"), p.h.country)
	p.ok(err)
	file := "Nom,Sexe\n\"" + strings.ReplaceAll(name, `"`, `""`) + "\",F\n"
	l := &exchange.Legacy{Mapping: m, Country: p.h.country, Today: p.h.country.Day(p.clock.now()),
		File: exchange.File{ReaderAt: strings.NewReader(file), Size: int64(len(file))}}
	mark, err := l.Mark()
	p.ok(err)
	survey, err := l.Survey(p.ctx, nil, nil)
	p.ok(err)
	next, err := l.Records(p.ctx)
	p.ok(err)
	list, err := p.h.archive().Import(p.ctx, supervisor, protection.ImportList{Owner: supervisor.Post.Org, Name: m.Name, Mark: mark,
		Layout: vault.Clear(survey.Layout), Next: next})
	p.ok(err)
	if list.Rows != 1 {
		p.t.Fatal("the historic list was not planted")
	}
	p.add(access.LegacyKind, list.ID.UUID, "historic")
}
