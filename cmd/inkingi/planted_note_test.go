package main

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// notes plants what is written and enclosed beside a case: a quick note of what she
// told elsewhere, a note sealed for its author and one screener, and a file of each.
func (p *planted) notes(label string, n protection.Newcomer, c cast) {
	d, j, s := p.h.protection, ids.New[ids.Jotting](), ids.New[ids.SealedNote]()
	by := opener{access.JottingRead, access.JottingKind, j.UUID}
	p.ok(d.Jot(p.ctx, c.manager, protection.Jot{ID: j, Case: n.Case, Words: p.text("quick note of "+label, by), Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}))
	p.ok(d.Sort(p.ctx, c.manager, protection.Sort{Jotting: j, Version: 1, Topics: []string{"LAW"}, To: "POLICE"}))
	p.add(access.JottingKind, j.UUID, label+" ratified")
	named := opener{access.SealedNoteRead, access.SealedNoteKind, s.UUID}
	p.ok(d.SealNote(p.ctx, c.manager, protection.SealNote{ID: s, Case: n.Case, Kind: "HEALTH", Words: p.text("sealed note of "+label, named), Readers: []ids.Account{c.screener.Account}}))
	p.add(access.SealedNoteKind, s.UUID, label+" ratified")
	p.enclose("file", label, protection.Attach{Case: n.Case}, c)
	p.enclose("sealed file", label, protection.Attach{Note: s}, c)
}

// enclose plants a file whose name and content are markers. Text, so that the walk
// can read it.
func (p *planted) enclose(what, label string, a protection.Attach, c cast) {
	a.ID, a.Kind, a.Face = ids.New[ids.Attachment](), "MEDICAL", protection.No
	by := opener{access.AttachmentRead, access.AttachmentKind, a.ID.UUID}
	a.Name, a.Content = p.text("name of the "+what+" of "+label, by), []byte(p.text("content of the "+what+" of "+label, by))
	p.ok(p.h.protection.Attach(p.ctx, c.manager, a))
	stage := " ratified"
	if !a.Note.IsZero() {
		stage = " accepted"
	}
	p.add(access.AttachmentKind, a.ID.UUID, label+stage)
}
