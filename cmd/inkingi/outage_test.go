package main

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/testkit/browser"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// A database that goes away while somebody sends a signal: the page says so and
// holds what was typed, and the same page sends it when the database is back.
// The program is not started again.
func TestTheDatabaseGoesWhileSomebodyWrites(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		address := engine.SQLite(t)
		file := strings.TrimPrefix(address, "sqlite:")
		writesThrough(t, address, func() { moveFile(t, file, file+".away") }, func() { moveFile(t, file+".away", file) })
	})
	t.Run("postgres", func(t *testing.T) {
		address, cable := engine.Cable(t, engine.PostgreSQL(t))
		writesThrough(t, address, cable.Cut, cable.Mend)
	})
}

func moveFile(t *testing.T, from, to string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(from+end, to+end); err != nil && end == "" {
			t.Fatal(err)
		}
	}
}

func writesThrough(t *testing.T, database string, gone, back func()) {
	s := serveOn(t, database, true, 0)
	p := s.page(browser.Options{NoScript: true})
	p.Visit("/signal")
	p.Choose("Je ne sais pas")
	p.Press("Continuer")
	p.Press("Continuer")
	p.Choose("Au Burundi, je ne sais pas où")
	p.Press("Continuer")
	p.Fill("En quelques mots", "Deux bus, le soir.\nElles ne parlent pas.")
	p.Press("Passer à l’envoi")
	gone()
	p.Press("Envoyer le signalement")
	p.Sees("Le service est momentanément indisponible", "Rien n’a été enregistré", "Ce que vous avez écrit est gardé dans cette page")
	if p.Status() != http.StatusServiceUnavailable {
		t.Errorf("status %d", p.Status())
	}
	if !strings.Contains(p.HTML(), "Elles ne parlent pas.") {
		t.Error("what was typed is not in the page")
	}
	p.Press("Envoyer de nouveau") // too early
	p.Sees("Le service est momentanément indisponible")
	back()
	p.Press("Envoyer de nouveau")
	p.Sees("Signalement envoyé")
	who := s.account(access.DutyOfficer, "").Who
	cut, err := s.h.protection.Signals(context.Background(), who, protection.SignalFilter{}, protection.Page{})
	s.must(err)
	if len(cut.Lines) != 1 {
		t.Fatalf("%d signals are kept", len(cut.Lines))
	}
	got, g, err := s.h.protection.Signal(context.Background(), who, cut.Lines[0].ID)
	s.must(err)
	if words, err := got.Seen.Open(g); err != nil || words != "Deux bus, le soir.\nElles ne parlent pas." {
		t.Errorf("kept %q, %v", words, err)
	}
}
