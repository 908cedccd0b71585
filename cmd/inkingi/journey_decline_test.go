package main

import (
	"context"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
	"inkingi/protection"
)

// TestJourneyOfWhoDeclines is a woman who says no: to passing anything on, and then
// to all of it. She is free, she keeps what helps her, nothing goes on waiting for
// her, and the door stays open. On a telephone, in French.
func TestJourneyOfWhoDeclines(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := &declining{}
			j.options = o
			j.walk(t)
		})
	}
}

// declining is one woman's way out of our help.
type declining struct {
	following
}

func (j *declining) walk(t *testing.T) {
	j.serve(t)
	j.presumed()
	before, logged := j.rows(), len(j.lines(0))
	j.refuses()
	j.goes()
	j.leaves(before, logged, declineDeeds, declineReadings, declineLeftovers)
	j.withoutPolice()
}

// presumed is she, after a first conversation.
func (j *declining) presumed() {
	j.Helper()
	ctx, d := context.Background(), j.h.protection
	who := func(r access.Role) access.Who { return j.account(r, "Umutekano").Who }
	duty, screener, supervisor := who(access.DutyOfficer), who(access.Screener), who(access.Supervisor)
	places, day := j.h.country.Places, j.h.country.Day(j.h.clock())
	raise := protection.Raise{ID: ids.New[ids.Signal](), Channel: "OTHER", Now: protection.No, People: 1, Children: protection.No, Where: place.Given{Code: places.Children(places.Home(), day)[0].Code}}
	_, err := d.Raise(ctx, duty, raise)
	j.must(err)
	j.must(d.Take(ctx, duty, protection.Take{Signal: raise.ID, Version: 1}))
	j.one = ids.New[ids.Case]()
	j.must(d.Triage(ctx, duty, protection.Triage{Signal: raise.ID, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening,
		People: []protection.Newcomer{{Case: j.one, Person: ids.New[ids.Person](), Sex: "F", Adult: protection.Yes, Language: "rn", Screener: screener.Account}}}))
	talk := ids.New[ids.Screening]()
	j.must(d.Begin(ctx, screener, protection.Begin{ID: talk, Case: j.one, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	j.must(d.Listen(ctx, screener, protection.Listen{Screening: talk, Version: 1, LimitsSaid: true, Account: "x", Heard: []string{"D1_WAGE"}, Profile: protection.Labour, Exploited: protection.Yes, Act: protection.Yes}))
	j.must(d.Judge(ctx, screener, protection.Judge{Screening: talk, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
	j.must(d.Ratify(ctx, supervisor, protection.Ratify{Case: j.one, Version: 3}))
	j.must(d.Assign(ctx, supervisor, protection.Assign{Case: j.one, Version: 4, Manager: who(access.CaseManager).Account}))
}

// refuses: she says no to passing anything on, and it is kept as her answer.
func (j *declining) refuses() {
	p := j.worker(access.CaseManager)
	p.Visit(j.at("/consent?for=P3"))
	p.Sees("Transmettre le nécessaire à un service nommé")
	p.Tick("J’ai dit les limites du secret, et elle les a comprises")
	p.Select("À qui ce sera transmis", "Maison du Figuier (démo)")
	p.Choose("Elle dit non")
	p.Press("Enregistrer sa réponse")
	p.Sees("Son non est noté. Il est respecté.")
	p.Fits()
}

// goes: she leaves freely, knowing what there is and how to come back.
func (j *declining) goes() {
	p := j.worker(access.CaseManager)
	p.Visit(j.at(""))
	p.Press("Elle repart librement")
	p.Sees("Ce n’est pas un échec.", "La porte reste ouverte")
	p.Press("Noter qu’elle repart")
	p.Sees("Il y a un problème")
	p.Tick("Je lui ai dit quels services existent et comment revenir")
	p.Choose("N’a pas dit pourquoi, et n’y est pas obligée")
	p.PressTwice("Noter qu’elle repart")
	p.Sees("C’est noté. La porte reste ouverte.")
	j.picture(p, "declined")
	p.Visit("/work")
	p.DoesNotSee("En retard")
	if waiting := j.column(`SELECT deadline FROM task WHERE case_id = ?`, j.one.String()); len(waiting) > 0 {
		j.Errorf("these wait for somebody who left: %v", waiting)
	}
	p.Axe()
}

const declineDeeds = `case_manager consent.ask
case_manager case.edit`

const declineReadings = `case_manager case.read`

const declineLeftovers = `consent +1
event +2
history +1
session +2
session_seen +2
task -1`
