package prosecution

import (
	"context"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// NameSuspect writes down somebody, or a company, whom the file is about. The name may
// be unknown.
type NameSuspect struct {
	ID       ids.Suspect
	File     ids.File
	Company  bool
	Name     string
	Aliases  string
	Phone    string
	Role     string
	Relation string
	Official Answer
	Service  string
	Sex      string
	Band     string
	Citizen  string
	Path     string
}

// Check finds what the person can correct. A suspect who is or may be under 18 goes
// the way of child justice: the form asks what was done, and warns until it is said.
func (c NameSuspect) Check(r *Rules) error {
	errs := []error{short("name", c.Name, 120), short("aliases", c.Aliases, 300), short("phone", c.Phone, 40),
		r.need("role", "suspect_role", c.Role), r.code("relation", "suspect_relation", c.Relation), r.code("citizen", "country", c.Citizen), r.code("path", "child_justice", c.Path)}
	if c.Company {
		if strings.TrimSpace(c.Name) == "" {
			errs = append(errs, fault.Field("name", "fault.text.missing"))
		}
		if c.Sex != "" || c.Band != "" {
			errs = append(errs, fault.Field("company", "fault.suspect.company"))
		}
		return fault.Join(errs...)
	}
	errs = append(errs, r.need("sex", "sex", c.Sex), r.need("band", "age_band", c.Band), one("official", c.Official, []Answer{Yes, No, Unknown}), r.code("service", "official_service", c.Service))
	if c.Official == Yes && c.Service == "" {
		errs = append(errs, fault.Field("service", "fault.suspect.service"))
	}
	if r.young(c.Band) && c.Path == "" {
		errs = append(errs, fault.Field("path", "fault.suspect.child"))
	}
	return fault.Join(errs...)
}

// young says whether somebody of the band is a child.
func (r *Rules) young(band string) bool { return r.Young != nil && r.Young(band) }

// NameSuspect keeps it.
func (d *Desk) NameSuspect(ctx context.Context, w access.Who, c NameSuspect) error {
	g, f, err := d.begin(ctx, w, access.FileSuspect, AddsSuspect, c.File)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	now := d.Now()
	p := Suspect{ID: c.ID, File: f.ID, Owner: f.Owner, N: len(f.Suspects) + 1, Company: c.Company, State: NotKnown, Since: d.Rules.Day(now),
		Name: vault.Clear(c.Name), Aliases: vault.Clear(c.Aliases), Phone: vault.Clear(c.Phone), Role: c.Role, Relation: c.Relation,
		Official: c.Official, Service: c.Service, Sex: c.Sex, Band: c.Band, Citizen: c.Citizen, Path: c.Path, By: w.Account, At: now}
	if strings.TrimSpace(c.Name) != "" {
		p.State = Identified
	}
	f.Child = f.Child || d.Rules.young(c.Band)
	return d.save(ctx, g, f.File, Change{Suspects: []Suspect{p}})
}

// Stand says where a person stands now (PROCESS.md §4.4 "Defendant state").
type Stand struct {
	File    ids.File
	Suspect ids.Suspect
	Version int
	To      Standing
	On      date.Day
}

// standings are the ways from one standing to the next that somebody says. Police
// custody, convictions and acquittals come from their own acts [J].
var standings = map[Standing][]Standing{
	NotKnown:       {Identified, Wanted},
	Identified:     {Summoned, Wanted, Arrested, OnTrial, Deceased, Extradited},
	Summoned:       {Identified, Wanted, Arrested, OnTrial, Deceased},
	Wanted:         {Identified, Arrested, OnTrial, Deceased, Extradited},
	Arrested:       {Identified, Detained, Released, Wanted, Deceased},
	Detained:       {Released, OnTrial, Wanted, Deceased, Extradited},
	Released:       {Detained, OnTrial, Wanted, Deceased, Extradited},
	OnTrial:        {Detained, Released, Wanted, Deceased},
	ConvictedFirst: {Detained, Released, Wanted, Deceased},
	AcquittedFirst: {Released, Deceased},
}

// Next lists where a person may stand next.
func (s Standing) Next() []Standing { return standings[s] }

// Stand keeps it.
func (d *Desk) Stand(ctx context.Context, w access.Who, c Stand) error {
	g, f, err := d.begin(ctx, w, access.FileSuspect, Stands, c.File)
	if err != nil {
		return err
	}
	p, ok := f.Suspect(c.Suspect)
	if !ok {
		return fault.Field("suspect", "fault.choice.missing")
	}
	if err := fault.Join(past("on", c.On, d.Rules.Day(d.Now())), one("to", c.To, p.State.Next())); err != nil {
		return err
	}
	p.Version, p.State, p.Since = c.Version, c.To, c.On
	return d.save(ctx, g, f.File, Change{Suspects: []Suspect{p}})
}
