package invent

import (
	"context"
	"fmt"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// house is an invented organisation and the posts in it.
type house struct {
	key   string
	name  string
	kind  string // code list "org_type"
	posts []access.Role
}

// houses are twelve organisations; together they hold every role there is.
func houses() []house {
	return []house{
		{"umuganda", "Association Umuco w'Umutekano (démo)", "NGO", []access.Role{access.DutyOfficer, access.DutyOfficer, access.Screener, access.Screener, access.CaseManager, access.CaseManager, access.Supervisor, access.FocalPoint}},
		{"inama", "Réseau Inama y'Abana (démo)", "NGO", []access.Role{access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor, access.FocalPoint}},
		{"ligne", "Ligne d'écoute Akanyoni (démo)", "NGO", []access.Role{access.HotlineOperator, access.HotlineOperator}},
		{"figuier", "Maison du Figuier (démo)", "SHELTER", []access.Role{access.ServiceProvider, access.ServiceProvider}},
		{"source", "Maison de la Source (démo)", "SHELTER", []access.Role{access.ServiceProvider}},
		{"clinique", "Clinique des Deux Ponts (démo)", "HEALTH", []access.Role{access.ServiceProvider}},
		{"conseil", "Conseil juridique Intahe (démo)", "LEGAL", []access.Role{access.ServiceProvider}},
		{"enfance", "Autorité de protection de l'enfance (démo)", "CENTRAL_GOVERNMENT", []access.Role{access.ChildAuthority}},
		{"police", "Police, brigade d'essai (démo)", "POLICE", []access.Role{access.Police}},
		{"migrations", "Poste des migrations d'essai (démo)", "IMMIGRATION", []access.Role{access.Immigration}},
		{"justice", "Parquet et tribunal d'essai (démo)", "JUSTICE", []access.Role{access.Prosecutor, access.Court}},
		{"comite", "Secrétariat du comité (démo)", "COMMITTEE", []access.Role{access.Coordinator, access.Secretariat, access.CommitteeMember, access.Donor, access.Evaluator, access.DataProtection, access.Administrator}},
	}
}

// found makes the organisations and the accounts.
func (w *world) found(ctx context.Context) error {
	itself := access.Itself()
	n := 0
	for _, h := range houses() {
		org := ids.New[ids.Org]()
		if err := w.Accounts.AddOrg(ctx, itself, account.Org{ID: org, Name: h.name, Kind: h.kind}); err != nil {
			return fmt.Errorf("organisation %s: %w", h.key, err)
		}
		w.orgs[h.key] = org
		for _, role := range h.posts {
			n++
			shown := fullName(w.rand)
			a := Account{Role: string(role), Organisation: h.name, Name: login(shown, n), Password: passphrase(w.rand), ID: ids.New[ids.Account]()}
			post := access.Post{ID: ids.New[ids.Post](), Role: role, Org: org, From: w.Now().Add(-365 * 24 * time.Hour)}
			_, err := w.Accounts.Add(ctx, itself, account.Add{ID: a.ID, Org: org, Name: a.Name, Shown: shown, Lang: "fr", Post: post, Password: account.Secret(a.Password)})
			if err != nil {
				return fmt.Errorf("account for %s: %w", role, err)
			}
			a.Who = access.Who{Account: a.ID, Post: post, SecondFactor: true}
			w.programme.Accounts = append(w.programme.Accounts, a)
		}
	}
	for _, p := range w.Country.Places.Children(w.Country.Places.Home(), w.Country.Day(w.Now())) {
		w.under(p.Code, 0)
	}
	return nil
}

// under gathers some collines of every commune.
func (w *world) under(code place.Code, depth int) {
	children := w.Country.Places.Children(code, w.Country.Day(w.Now()))
	if len(children) == 0 {
		w.hills = append(w.hills, string(code))
		return
	}
	for i, c := range children {
		if depth >= 2 && i > 1 {
			return
		}
		w.under(c.Code, depth+1)
	}
}
