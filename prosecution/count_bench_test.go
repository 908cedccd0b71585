package prosecution

import (
	"slices"
	"testing"

	"inkingi/internal/ids"
)

// BenchmarkCount counts every counter of a year over 20,000 files: ten years of a country.
func BenchmarkCount(b *testing.B) {
	var all []byte
	for n := range stories {
		all = append(all, n)
	}
	slices.Sort(all)
	few := book(nil, all...)
	book := Book{Trafficking: tipOnly}
	for n := range 20_000 {
		d := few.Dossiers[n%len(few.Dossiers)]
		d.ID.UUID[8], d.ID.UUID[9], d.ID.UUID[10] = byte(n>>16), byte(n>>8), byte(n)
		d.Suspects, d.Charges, d.Judgments = slices.Clone(d.Suspects), slices.Clone(d.Charges), slices.Clone(d.Judgments)
		move := func(u *ids.UUID) { u[8], u[9], u[10] = byte(n>>16), byte(n>>8), byte(n) }
		for i := range d.Suspects {
			move(&d.Suspects[i].ID.UUID)
		}
		for i := range d.Charges {
			move(&d.Charges[i].ID.UUID)
			move(&d.Charges[i].Suspect.UUID)
		}
		for i := range d.Judgments {
			move(&d.Judgments[i].Charge.UUID)
			move(&d.Judgments[i].Suspect.UUID)
		}
		book.Dossiers = append(book.Dossiers, d)
	}
	for b.Loop() {
		for _, c := range Counters {
			book.Count(c, year2026)
		}
	}
}
