package main

import (
	"context"
	"fmt"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/prosecution"
)

// files plants criminal files: of the brigade one in each stage from which a form is
// taken, two where two verbs end it; of another brigade and of immigration one that
// nobody else may know of. The office and the court of others have none.
func (p *planted) files() {
	police := p.as(access.Police, "police", 0)
	for i, stage := range []prosecution.State{prosecution.Received, prosecution.Received, prosecution.Investigation, prosecution.Investigation, prosecution.Transmitted, prosecution.Dismissed, prosecution.Instruction,
		prosecution.Instruction, prosecution.Fixed, prosecution.Fixed, prosecution.InHearings, prosecution.InHearings, prosecution.Deliberation, prosecution.Deliberation, prosecution.OnAppeal, prosecution.Final} {
		p.file(fmt.Sprintf("own %d", i), police, stage)
	}
	p.file("planted", p.as(access.Immigration, "migrations", 0), prosecution.Received)
	p.file("other", p.as(access.Police, "police2", 0), prosecution.Investigation)
}

// file plants one, and brings it to a stage.
func (p *planted) file(label string, by access.Who, to prosecution.State) {
	d, today := p.h.prosecution, p.h.country.Day(p.clock.now())
	id, who, x := ids.New[ids.File](), ids.New[ids.Suspect](), ids.New[ids.Charge]()
	read := opener{access.FileRead, access.FileKind, id.UUID}
	p.marks++
	p.ok(d.Open(p.ctx, by, prosecution.Open{ID: id, Source: prosecution.CaughtInTheAct, Number: fmt.Sprintf("PV %d/%d", 3000+p.marks, today.Year), On: today,
		Where: place.Given{Code: p.hill, Written: p.text("place of the facts of "+label, read)}, Words: p.text("alleged facts of "+label, read)}))
	p.add(access.FileKind, id.UUID, label)
	p.ok(d.NameSuspect(p.ctx, by, prosecution.NameSuspect{ID: who, File: id, Name: p.text("suspect's name of "+label, read), Aliases: p.text("suspect's alias of "+label, read), Phone: p.phone("suspect's telephone of "+label, read),
		Role: "RECRUITER", Sex: "M", Band: "35-59", Official: prosecution.No}))
	p.ok(d.Investigate(p.ctx, by, prosecution.Investigate{ID: ids.New[ids.Act](), File: id, Kind: "SEARCH", On: today, Words: p.text("act of "+label, read)}))
	p.ok(d.Bring(p.ctx, by, prosecution.Bring{ID: x, File: id, Suspect: who, Offence: "ABDUCTION", On: today}))
	if to == prosecution.Received && label != "own 0" { // the first is for the form that holds somebody
		p.ok(d.Hold(p.ctx, by, prosecution.Hold{ID: ids.New[ids.Custody](), File: id, Suspect: who, From: p.clock.ago(3 * time.Hour)}))
	}
	p.carry(label, id, x, by, to, today)
}

// carry moves a file on to a stage, as each who has it would.
func (p *planted) carry(label string, id ids.File, x ids.Charge, by access.Who, to prosecution.State, today date.Day) {
	d, prosecutor, clerk := p.h.prosecution, p.as(access.Prosecutor, "justice", 0), p.as(access.Court, "justice", 0)
	step := func(w access.Who, s prosecution.State) {
		p.marks++
		f, _, err := d.File(p.ctx, w, id)
		p.ok(err)
		p.ok(d.Step(p.ctx, w, prosecution.Step{File: id, Version: f.Version, To: s, On: today, Office: p.orgs["justice"], Number: fmt.Sprintf("%d/%d", 5000+p.marks, today.Year), FirstDay: today, Reason: "EVIDENCE", Who: "ACCUSED"}))
	}
	way := []prosecution.State{prosecution.Investigation, prosecution.Transmitted, prosecution.Instruction, prosecution.Fixed, prosecution.InHearings, prosecution.Deliberation, prosecution.OnAppeal}
	if to == prosecution.Dismissed {
		way = []prosecution.State{prosecution.Investigation, prosecution.Transmitted, prosecution.Dismissed}
	} else if to == prosecution.Final {
		way[6] = prosecution.Final
	}
	for _, s := range way {
		if to == prosecution.Received {
			return
		}
		w := by
		if s.Number() > prosecution.Transmitted.Number() {
			w = prosecutor
		}
		if s.Number() > prosecution.Fixed.Number() {
			w = clerk
		}
		step(w, s)
		if s == prosecution.InHearings {
			h := ids.New[ids.Hearing]()
			p.ok(d.SetHearing(p.ctx, clerk, prosecution.SetHearing{ID: h, File: id, On: today}))
			if to != prosecution.InHearings {
				p.ok(d.EndHearing(p.ctx, clerk, prosecution.EndHearing{File: id, Hearing: h, Version: 1, State: prosecution.HearingHeld, Harmed: prosecution.No}))
			}
		}
		if s == prosecution.Deliberation && to != s {
			p.ok(d.Judge(p.ctx, clerk, prosecution.Judge{ID: ids.New[ids.Judgment](), File: id, Charge: x, On: today, Verdict: prosecution.Convicted, Sentence: prosecution.Sentence{Months: 60}}))
		}
		if s == to {
			return
		}
	}
}

// fileBodies are what a person would type into the forms of a criminal file.
func (w *walk) fileBodies(moment func(string, int) map[string]string) map[string]map[string]string {
	with := func(a map[string]string, more ...string) map[string]string {
		for i := 0; i+1 < len(more); i += 2 {
			a[more[i]] = more[i+1]
		}
		return a
	}
	today := w.h.country.Day(w.clock.now())
	held := with(moment("until", 0), "what", "end", "over", "")
	held["until-time"] = w.clock.now().In(w.h.country.Location()).Format("15:04")
	from := moment("from", -1)
	return map[string]map[string]string{
		"/files/find": {"words": "essai"}, "/files/new": with(moment("on", 0), "number", fmt.Sprintf("7777/%d", today.Year)),
		"/files/{file}/step":    with(moment("on", 0), "number", fmt.Sprintf("8888/%d", today.Year)),
		"/files/{file}/suspect": {"company": "person", "band": "25-34", "official": "no", "service": "", "path": ""}, "/files/{file}/standing": moment("on", 0),
		"/files/{file}/charge": with(moment("on", 0), "offence", "SMUGGLING"), "/files/{file}/requalify": with(moment("on", 0), "to", "TIP"), "/files/{file}/act": moment("on", 0),
		"/files/{file}/custody": from, "/files/{file}/held": held, "/files/{file}/hearing": with(moment("on", 5), "closed", ""),
		"/files/{file}/heard":    with(moment("next", 9), "state", "HELD", "harmed", "no", "reason", ""),
		"/files/{file}/judgment": with(moment("on", 0), "verdict", "ACQUITTED", "months", "", "suspended", "", "fine", "", "damages", "", "life", "", "confiscated", "", "offence", ""),
	}
}

// pursued notes every question to the records of prosecution.
type pursued struct{ prosecution.Store }

func (s *pursued) Facts(ctx context.Context, k access.Kind, id ids.UUID) (access.Object, error) {
	step(ctx, "facts "+string(k))
	return s.Store.Facts(ctx, k, id)
}
func (s *pursued) Note(ctx context.Context, e audit.Entry) error {
	step(ctx, "note")
	return s.Store.Note(ctx, e)
}
func (s *pursued) SaveProsecution(ctx context.Context, e audit.Entry, c prosecution.Change) error {
	step(ctx, "save")
	return s.Store.SaveProsecution(ctx, e, c)
}
func (s *pursued) Dossier(ctx context.Context, g access.Grant, id ids.File) (prosecution.Dossier, error) {
	step(ctx, "dossier")
	return s.Store.Dossier(ctx, g, id)
}
