package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/vault"
)

type migrate struct {
	base `embed:""`
}

// Run brings the database to this program's version.
func (m migrate) Run(ctx context.Context, c *console) error {
	h, err := m.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	from, to, err := h.store.Migrate(ctx)
	if err == nil {
		fmt.Fprintf(c.out, "database at version %d (was %d)\n", to, from)
	}
	return err
}

// setup makes what a new programme begins with.
type setup struct {
	base         `embed:""`
	Organisation string `help:"Name of the first organisation." env:"INKINGI_SETUP_ORGANISATION" required:""`
	Kind         string `help:"Its type, a code of the country's list." env:"INKINGI_SETUP_KIND" default:"COMMITTEE"`
	Name         string `help:"What the first administrator types to sign in." env:"INKINGI_SETUP_NAME" required:""`
	Shown        string `help:"The name that colleagues read." env:"INKINGI_SETUP_SHOWN" required:""`
	Origin       string `help:"Name of this audit log, for whoever checks it from outside." env:"INKINGI_SETUP_ORIGIN" default:"inkingi.bi"`
}

// Run makes the master key, migrates, founds the organisation and the account,
// and explains the custody of the key.
func (s setup) Run(ctx context.Context, c *console) error {
	if _, err := os.Stat(s.Master); errors.Is(err, os.ErrNotExist) {
		if err := writeMaster(s.Master, vault.NewMaster(time.Now()), custody()); err != nil {
			return err
		}
	}
	h, err := s.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	if _, _, err := h.store.Migrate(ctx); err != nil {
		return err
	}
	if founded, err := h.accounts.Founded(ctx); err != nil || founded {
		return errors.Join(err, fault.New(fault.Invalid, "setup.done"))
	}
	verifier, err := h.store.MakeLogKey(ctx, s.Origin)
	if err != nil {
		return err
	}
	org := ids.New[ids.Org]()
	if err := h.accounts.AddOrg(ctx, access.Itself(), account.Org{ID: org, Name: s.Organisation, Kind: s.Kind}); err != nil {
		return err
	}
	password, err := h.accounts.Add(ctx, access.Itself(), account.Add{ID: ids.New[ids.Account](), Org: org, Name: s.Name, Shown: s.Shown, Lang: "fr",
		Post: access.Post{Role: access.Administrator, Org: org}})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s\nMaster key: %s (fingerprint %s)\n\nKey of the audit log, to keep elsewhere and give to whoever checks it:\n  %s\n\nFirst administrator: %s\nPassword, once, valid seven days: %s\n",
		custody(), s.Master, h.master.Fingerprint(), verifier, s.Name, password.Reveal())
	return nil
}

// custody explains the master key, in the two languages of whoever installs.
func custody() string {
	return strings.TrimSpace(`
La clé maîtresse ouvre tout ce qui est scellé. Gardez ce fichier hors de la base
de données et de ses sauvegardes. Écrivez-en deux copies sur papier, remises à
deux organismes différents, dans des enveloppes scellées. Qui perd la clé perd
les noms ; qui la vole les lit. En cas de doute : inkingi keys rotate.

The master key opens all that is sealed. Keep this file away from the database
and its backups. Write two copies on paper, held by two different bodies in
sealed envelopes. Whoever loses it loses the names; whoever steals it reads
them. When in doubt: inkingi keys rotate.`)
}

type verify struct {
	base       `embed:""`
	Checkpoint string `help:"File with a checkpoint kept elsewhere." env:"INKINGI_VERIFY_CHECKPOINT" placeholder:"FILE"`
	Verifier   string `help:"Public key of the log, kept with it." env:"INKINGI_VERIFY_KEY" placeholder:"KEY"`
}

// Run verifies, and exits with 1 when something was altered.
func (v verify) Run(ctx context.Context, c *console) error {
	h, err := v.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	o := store.VerifyOptions{Verifier: v.Verifier}
	if v.Checkpoint != "" {
		text, err := os.ReadFile(v.Checkpoint)
		if err != nil {
			return err
		}
		o.Checkpoint = string(text)
	}
	report, err := h.store.Verify(ctx, o)
	if err != nil {
		return err
	}
	if !report.Holds() {
		fmt.Fprintf(c.out, "BROKEN: %d; the first: %+v\n", report.Breaches, *report.First)
		return errExit(1)
	}
	fmt.Fprintf(c.out, "holds: %d entries, %d rows, %d checkpoints\n", report.Size, report.Rows, report.Points)
	return nil
}

// byConsole makes the entry of an act at the console.
func (h *house) byConsole(action access.Action) (audit.Entry, error) {
	o := access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}
	g, err := h.policy.Decide(access.Itself(), action, o, access.ForOperation, h.clock())
	return audit.Of(g, h.clock()), err
}
