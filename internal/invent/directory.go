package invent

import (
	"context"
	"crypto/rand"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// desk is the desk of the invention: the real rules and policy, over a memory,
// at a moment of the invented past.
func (w *world) desk(m *memory, at *time.Time) *protection.Desk {
	now := func() time.Time { return *at }
	return &protection.Desk{Store: m, Policy: w.Policy, Rules: w.rules, Now: now, Random: rand.Reader, Home: w.orgs["umuganda"]}
}

type offer struct {
	house, need, name string
	free, capacity    int
	hidden, children  bool
}

func offers() []offer {
	return []offer{
		{"figuier", "SAFE.EMERGENCY", "Accueil d'urgence du Figuier", 4, 12, true, true},
		{"figuier", "SAFE.SHORT", "Court séjour du Figuier", 2, 12, true, true},
		{"source", "SAFE.EMERGENCY", "Accueil de la Source", 1, 8, true, true},
		{"source", "SAFE.LONG", "Long séjour de la Source", 0, 8, true, true},
		{"clinique", "MED.PEP", "Soins d'urgence après violences", 0, 0, false, true},
		{"clinique", "MED.GENERAL", "Consultation générale", 0, 0, false, true},
		{"clinique", "MH.COUNSELLING", "Écoute et accompagnement", 5, 10, false, true},
		{"conseil", "LEGAL.AID", "Aide juridique", 0, 0, false, false},
		{"conseil", "LEGAL.DOCUMENTS", "Papiers et état civil", 0, 0, false, false},
		{"inama", "CHILD.TRACING", "Recherche de la famille", 3, 10, false, true},
		{"umuganda", "IGA.KIT", "Trousse de départ", 6, 20, false, false},
	}
}

// directory fills the referral directory and the roster.
func (w *world) directory(ctx context.Context) error {
	m := &memory{places: w.Country.Places}
	now := w.Now()
	d := w.desk(m, &now)
	coordinator, supervisor := w.as(access.Coordinator, ids.Org{}), map[string]access.Who{}
	for _, o := range offers() {
		s := protection.Service{ID: ids.New[ids.Service](), Org: w.orgs[o.house], Need: o.need, Name: o.name, Active: true, WithChildren: o.children,
			Hours: "DAY_AND_NIGHT", Hidden: o.hidden, Free: o.free, Capacity: o.capacity, ConfirmedAt: now.Add(-time.Duration(w.rand.IntN(96)) * time.Hour), CheckedAt: now.AddDate(0, -2, 0)}
		if err := d.KeepService(ctx, coordinator, protection.KeepService{Service: s}); err != nil {
			return err
		}
	}
	for _, h := range []string{"umuganda", "inama"} {
		supervisor[h] = w.as(access.Supervisor, w.orgs[h])
	}
	for i, p := range w.Country.Places.Children(w.Country.Places.Home(), w.Country.Day(now)) {
		h := pick(w.rand, "umuganda", "inama")
		if i < 2 { // both organisations hold a province
			h = []string{"umuganda", "inama"}[i]
		}
		for rank, account := range []ids.Account{w.as(access.DutyOfficer, w.orgs[h]).Account, supervisor[h].Account} {
			w.rings(account, rank, p.Name)
			duty := protection.Duty{ID: ids.New[ids.Duty](), Org: w.orgs[h], Province: string(p.Code), Account: account,
				Rank: rank + 1, From: now.AddDate(-1, 0, 0), Until: now.AddDate(0, 2, 0)}
			if err := d.KeepDuty(ctx, supervisor[h], protection.KeepDuty{Duty: duty}); err != nil {
				return err
			}
		}
	}
	w.services, w.duties = m.services.items, m.duties
	if err := w.absent(ctx, d, supervisor["umuganda"]); err != nil {
		return err
	}
	c := protection.Change{Services: fresh(m.services.items), Duties: m.duties, Covers: m.covers}
	for _, x := range m.backups.items {
		x.Version = 0
		c.Backups = append(c.Backups, x)
	}
	return w.keep(ctx, c)
}

func fresh(all []protection.Service) []protection.Service {
	out := make([]protection.Service, len(all))
	for i, s := range all {
		s.Version = 0
		out[i] = s
	}
	return out
}

// keep writes a change in one act of the program itself.
func (w *world) keep(ctx context.Context, c protection.Change) error {
	o := access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}
	g, err := w.Policy.Decide(access.Itself(), access.SystemConfigure, o, access.ForOperation, w.Now())
	if err != nil {
		return err
	}
	return w.Keep.SaveProtection(ctx, audit.Of(g, w.Now()).With("act", "invent"), c)
}

// rings notes whom a signal from a province reaches first.
func (w *world) rings(account ids.Account, rank int, province string) {
	for i := range w.programme.Accounts {
		if a := &w.programme.Accounts[i]; a.ID == account && rank == 0 {
			a.OnCall = append(a.OnCall, province)
		}
	}
}
