package main

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// twice plants people who have two files: pairs that wait, one for each answer and one
// more of each, and pairs that are one file already, two to be parted again.
func (p *planted) twice(c cast) {
	d := p.h.protection
	for n := range 6 {
		var cases []ids.Case
		name := ""
		for range 2 {
			s := p.signal("twice", access.Visitor(), c, nil)
			p.ok(d.Take(p.ctx, c.duty, protection.Take{Signal: s, Version: 1}))
			one := protection.Newcomer{Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), Sex: "F", Adult: protection.Yes, Language: "rn", Screener: c.screener.Account}
			by := opener{access.PersonRead, access.PersonKind, one.Person.UUID}
			if name == "" {
				name = p.text("name of twice", by)
			} else { // the same name in the other file
				m := p.markers[len(p.markers)-1]
				for i := len(p.markers) - 1; m.full != name; i-- {
					m = p.markers[i]
				}
				m.by = append(m.by, by)
			}
			one.Name = name
			p.ok(d.Triage(p.ctx, c.duty, protection.Triage{Signal: s, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening, People: []protection.Newcomer{one}}))
			p.add(access.CaseKind, one.Case.UUID, "twice")
			p.add(access.PersonKind, one.Person.UUID, "twice")
			p.openPlace(s, []protection.Newcomer{one})
			cases = append(cases, one.Case)
		}
		all, err := d.Likenesses(p.ctx, c.supervisor)
		p.ok(err)
		for _, x := range all {
			if x.Other(cases[0]) != cases[1] || x.Other(cases[1]) != cases[0] {
				continue
			}
			p.add(access.LikenessKind, x.ID.UUID, "planted")
			if n >= 4 {
				p.ok(d.JoinFiles(p.ctx, c.supervisor, protection.JoinFiles{Likeness: x.ID, Version: 1, Kept: cases[0]}))
			}
		}
	}
	if n := len(p.records[access.LikenessKind]); n != 6 {
		p.t.Fatalf("%d pairs are planted", n)
	}
}
