package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"inkingi/science/disclosure"
)

// The tables that the country asks for: 18 provinces by 8 kinds, 119 communes by
// 5 dangers, and three axes, most counts small.
func BenchmarkSuppress(b *testing.B) {
	for _, c := range []struct {
		name       string
		rows, cols int
	}{{"province by kind", 18, 8}, {"commune by danger", 119, 5}} {
		b.Run(c.name, func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 2))
			inner := make([][]int, c.rows)
			for i := range inner {
				for range c.cols {
					inner[i] = append(inner[i], int(random.ExpFloat64()*12))
				}
			}
			table := grid(inner)
			for b.Loop() {
				suppress(b, table, disclosure.Rule{})
			}
		})
	}
	b.Run("province by sex by age", func(b *testing.B) {
		random := rand.New(rand.NewPCG(1, 2))
		table := cube(18, 2, 5, func(int, int, int) int { return int(random.ExpFloat64() * 12) })
		for b.Loop() {
			suppress(b, table, disclosure.Rule{})
		}
	})
}
