package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

// register invents a survey: persons with keys whose values are rare the more the later
// they stand.
func register(persons, keys int) *disclosure.Survey {
	random := rand.New(rand.NewPCG(1, 2))
	s := &disclosure.Survey{Records: &disclosure.Records{}, Keys: keys}
	for c := range keys {
		values := []string{""}
		for v := range 4 + 2*c {
			values = append(values, fmt.Sprint(v))
		}
		codes := make([]uint16, persons)
		for i := range codes {
			codes[i] = uint16(1 + min(int(random.ExpFloat64()*1.3), 3+2*c))
		}
		s.Columns, s.Values, s.Codes = append(s.Columns, fmt.Sprint("k", c)), append(s.Values, values), append(s.Codes, codes)
	}
	return s
}

// The field's file, and registers as large as any here will be.
func BenchmarkRisk(b *testing.B) {
	for _, c := range []struct {
		name string
		s    *disclosure.Survey
	}{{"4,580 persons, 7 keys", testdata(b)}, {"20,000 persons, 8 keys", register(20000, 8)}, {"200,000 persons, 10 keys", register(200000, 10)}} {
		b.Run(c.name+": classes and risks", func(b *testing.B) {
			for b.Loop() {
				classes := c.s.Classes()
				if r := c.s.Risks(classes); len(r.Person) != c.s.Persons() {
					b.Fatal("somebody is missing")
				}
				b.ReportMetric(float64(classes.Violations(2)), "alone")
			}
		})
		b.Run(c.name+": suda", func(b *testing.B) {
			for b.Loop() {
				if _, err := c.s.Suda(b.Context(), disclosure.DISFraction); err != nil {
					b.Fatal(err)
				}
			}
		})
		if c.s.Keys == 10 {
			continue // half of them are alone: Blank says that values are to be put into groups first
		}
		b.Run(c.name+": blanks, k = 3", func(b *testing.B) {
			for b.Loop() {
				out, err := c.s.Blank(b.Context(), 3)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(out.Total), "values")
			}
		})
	}
}

// Tables of a country with 18 provinces, most counts small.
func BenchmarkTables(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	text.WriteString("place,kind,age,n\n")
	for i := range 18 {
		for j := range 8 {
			for k := range 5 {
				fmt.Fprintf(&text, "p%d,k%d,a%d,%d\n", i, j, k, int(random.ExpFloat64()*12))
			}
		}
	}
	columns := []string{"place", "kind", "age"}
	for _, views := range [][]string{{"place,kind,age"}, {"place,kind", "place,age", "kind,age"}} {
		l := linked(b, text.String(), columns, views...)
		b.Run(fmt.Sprint(views, ": suppress"), func(b *testing.B) {
			for b.Loop() {
				marks, err := l.Suppress(b.Context(), disclosure.Rule{}, nil)
				if err != nil {
					b.Fatal(err)
				}
				hidden := 0
				for _, m := range marks[:l.Shown] {
					if m != disclosure.Shown {
						hidden++
					}
				}
				b.ReportMetric(float64(hidden), "hidden")
			}
		})
		b.Run(fmt.Sprint(views, ": controlled rounding"), func(b *testing.B) {
			for b.Loop() {
				c, err := l.Round(b.Context(), disclosure.Rounding{Base: 5, Threshold: 11, Secret: secretOf(1)})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(c.Furthest), "furthest")
			}
		})
	}
}
