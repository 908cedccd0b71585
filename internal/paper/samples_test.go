package paper_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"inkingi/internal/lang"
	"inkingi/internal/paper"
)

// Nobody in these papers exists.

// made is when the papers of the tests were made.
var made = time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)

var spoken = sync.OnceValues(lang.Load)

func voice(t testing.TB, code string) lang.Printer {
	t.Helper()
	all, err := spoken()
	if err != nil {
		t.Fatal(err)
	}
	return all.Printer(code)
}

// sheet is a sample and its file.
type sheet struct {
	name, lang string
	paper      paper.Paper
	pdf        []byte
}

// sheets are the samples in every language, drawn once for all tests.
var sheets = sync.OnceValues(func() (all []sheet, err error) {
	words, err := spoken()
	if err != nil {
		return nil, err
	}
	for _, l := range words.Languages() {
		for name, p := range samples(words.Printer(l.Code)) {
			pdf, err := p.PDF(made)
			if err != nil {
				return nil, err
			}
			all = append(all, sheet{name, l.Code, p, pdf})
		}
	}
	return all, nil
})

func every(t testing.TB) []sheet {
	t.Helper()
	all, err := sheets()
	if err != nil || len(all) < 28 {
		t.Fatal(len(all), err)
	}
	return all
}

const code = "K7Q4-9M2X-E"

// samples are the four papers as they come, and one that is too full.
func samples(w lang.Printer) map[string]paper.Paper {
	long := paper.Summary{Code: code, Day: "27 novembre 2026", Keeper: "Association Umutekano, inventée"}
	for range 30 {
		long.Kept = append(long.Kept, "Une conversation, telle qu’elle a été notée (3 novembre 2026), avec un interprète venu d’ailleurs.")
		long.Got = append(long.Got, "Le Foyer des Collines de la Source aux Figuiers, pour : Hébergement sûr (4 novembre 2026). A dit oui.")
	}
	long.Agreed = []string{strings.Repeat("Ndayishimiyendayizeye", 12)}
	return map[string]paper.Paper{
		"appointment":      paper.Appointment{Code: code, Place: "Derrière le marché, la porte bleue ; demandez Kéza", When: "mardi 1er décembre 2026, 9 h 30"}.Paper(w),
		"appointment-bare": paper.Appointment{Code: code}.Paper(w),
		"hotline": paper.Hotlines(w, []paper.Hotline{{Name: "Croix-Rouge du Burundi, ligne d’appel", Number: "109", Unchecked: true},
			{Name: "Ligne d’aide aux enfants", Number: "116", Unchecked: true}}),
		"consent": paper.Consent{Code: code, Purpose: "Transmettre le nécessaire à un service nommé", Recipient: "Foyer des Collines",
			Scope: []string{"Comment elle veut être appelée", "Langue", "Besoins", "Règle de contact sûr"}, Answer: w.T("paper.answer.GIVEN"), Language: "Kirundi",
			Interpreter: "Interprète de la maison", Day: "27 novembre 2026", Explained: "Nadine Inventée"}.Paper(w),
		"consent-child": paper.Consent{Code: code, Purpose: "Suivi par cette organisation", Answer: w.T("paper.answer.GIVEN"), Language: "Kirundi", Day: "27 novembre 2026",
			Explained: "Nadine Inventée", Child: true, Guardian: true}.Paper(w),
		"summary": paper.Summary{Code: code, Day: "27 novembre 2026", Keeper: "Association Umutekano, inventée",
			Kept:   []string{w.T("paper.kept.identity"), w.T("paper.kept.about"), w.T("paper.kept.talks", "Count", 2, "Days", "3, 9 novembre 2026"), w.T("paper.kept.requests", "Count", 1)},
			Got:    []string{w.T("paper.got.line", "Who", "Foyer des Collines", "Need", "Hébergement sûr", "Day", "4 novembre 2026", "State", w.T("paper.got.ACCEPTED"))},
			Agreed: []string{w.T("paper.agreed.line", "Purpose", "Suivi par cette organisation", "Who", w.T("paper.who.us"), "Answer", w.T("paper.answer.GIVEN"), "Day", "3 novembre 2026")}}.Paper(w),
		"full": long.Paper(w),
	}
}
