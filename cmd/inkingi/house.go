package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"os"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/notice"
	"inkingi/internal/store"
	"inkingi/internal/vault"
	"inkingi/prosecution"
	"inkingi/protection"
)

// plan says which house to build.
type plan struct {
	database string
	country  string
	master   *vault.Master
	demo     bool
	home     ids.Org // who receives a signal when nobody is on the roster; zero: the oldest organisation
	log      *slog.Logger
	clock    func() time.Time
}

// house is every room of the program, joined.
type house struct {
	country     *countries.Country
	master      *vault.Master
	vault       *vault.Vault
	store       *store.Store
	policy      *access.Policy
	lang        *lang.Lang
	accounts    *account.Desk
	protection  *protection.Desk
	prosecution *prosecution.Desk
	notices     *notice.Desk // nil: alerts stay in the outbox
	board       *notice.Board
	clock       func() time.Time
	log         *slog.Logger
	demo        bool
}

// build opens the database and joins the rooms. Whoever builds closes.
func build(ctx context.Context, p plan) (h *house, err error) {
	if p.clock == nil {
		p.clock = time.Now
	}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	h = &house{master: p.master, clock: p.clock, log: p.log, demo: p.demo}
	if h.country, err = countries.Load(p.country); err != nil {
		return nil, err
	}
	if h.lang, err = lang.Load(); err != nil {
		return nil, err
	}
	var options []access.Option
	if p.demo {
		options = append(options, access.Demo())
	}
	if h.policy, err = access.NewPolicy(options...); err != nil {
		return nil, err
	}
	if h.vault, err = vault.New(p.master, p.clock); err != nil {
		return nil, err
	}
	h.store, err = store.Open(ctx, p.database, store.Options{Clock: p.clock, Log: p.log, Vault: h.vault, Wrap: p.master, Places: h.country.Places})
	if err != nil {
		return nil, err
	}
	if err := h.desks(p); err != nil {
		return nil, errors.Join(err, h.store.Close())
	}
	return h, nil
}

// desks opens the desks over the store.
func (h *house) desks(p plan) (err error) {
	hasher, err := account.NewHasher(2, rand.Reader)
	if err != nil {
		return err
	}
	pepper, err := h.master.Derive("doors")
	if err != nil {
		return err
	}
	h.accounts, err = account.Open(account.Desk{Store: h.store, Policy: h.policy, Hasher: hasher, Random: rand.Reader, Now: p.clock,
		Rules: account.Rules{SkipSecond: p.demo, Conduct: conduct(p.demo), Pepper: pepper, Words: h.localWords()}})
	if err != nil {
		return err
	}
	h.board = &notice.Board{Records: h.store, Policy: h.policy, Now: p.clock}
	h.protection = &protection.Desk{Store: h.store, Policy: h.policy, Rules: protection.RulesOf(h.country, p.clock), Now: p.clock,
		Random: rand.Reader, Home: p.home, Kind: h.decidedBy}
	h.prosecution = &prosecution.Desk{Store: h.store, Policy: h.policy, Rules: prosecution.RulesOf(h.country, p.clock), Now: p.clock, Random: rand.Reader}
	return nil
}

// conduct is the version of the code of conduct; the demonstration asks for none.
func conduct(demo bool) string {
	if demo {
		return ""
	}
	return "2026-11"
}

// localWords make a password weak: the provinces and communes of the country.
func (h *house) localWords() []string {
	words := []string{"inkingi"}
	places := h.country.Places
	for _, p := range places.Children(places.Home(), h.country.Day(h.clock())) {
		words = append(words, p.Name)
		for _, c := range places.Children(p.Code, h.country.Day(h.clock())) {
			words = append(words, c.Name)
		}
	}
	return words
}

// decidedBy is an organisation's type as the standard counts it [S:HTCDS].
func (h *house) decidedBy(org ids.Org) string {
	o, err := h.accounts.Org(context.Background(), org)
	if err != nil {
		return "OTHER"
	}
	switch o.Kind {
	case "POLICE", "IMMIGRATION":
		return "POLICE"
	case "JUSTICE":
		return "COURT_PROSECUTION"
	case "NGO", "SHELTER", "HEALTH", "LEGAL", "SOCIAL":
		return "NGO"
	case "INTERNATIONAL":
		return "IO"
	case "CENTRAL_GOVERNMENT", "LOCAL_GOVERNMENT", "COMMITTEE":
		return "GOV_NON_POLICE"
	}
	return "OTHER"
}

// close ends the house after the acts under way.
func (h *house) close() error { return h.store.Close() }

// readMaster reads the master key file.
func readMaster(path string) (*vault.Master, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "master.unreadable", err)
	}
	defer f.Close()
	return vault.ReadMaster(f)
}

// writeMaster writes a master key file that only its owner can read, and never over another.
func writeMaster(path string, m *vault.Master, custody string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := vault.WriteMaster(f, m, custody); err != nil {
		return err
	}
	return f.Sync()
}

// logger writes ids and codes, as text.
func logger(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
