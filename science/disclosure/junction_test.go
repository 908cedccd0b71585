package disclosure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// invented is a small tree: five columns, six tables, some inside others.
func invented(seed uint64) (*model, *rand.Rand) {
	dice := rand.New(rand.NewPCG(seed, 1))
	m := newModel([]int{2, 3, 4, 2, 3})
	for _, s := range []set{0b00011, 0b00110, 0b01110, 0b11000, 0b00001, 0b10000} {
		y := make([]float64, int(s.cells(m.sizes)))
		for i := range y {
			y[i] = 40 + 30*dice.NormFloat64()
		}
		m.measure(s, y, 9)
	}
	m.total = 480
	m.build()
	for _, p := range m.parts {
		for i := range p.theta {
			p.theta[i] = dice.NormFloat64()
		}
	}
	return m, dice
}

// whole enumerates the distribution of the model, cell by cell.
func (m *model) whole() (p []float64, logZ float64) {
	all := set(1)<<len(m.sizes) - 1
	p = make([]float64, int(all.cells(m.sizes)))
	for _, part := range m.parts {
		gather(p, project(all, part.cols, m.sizes), part.theta)
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i])
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p, math.Log(sum)
}

// Belief propagation gives what enumeration gives.
func TestInferenceEqualsEnumeration(t *testing.T) {
	for seed := range uint64(5) {
		m, _ := invented(seed)
		value := m.evaluate()
		p, logZ := m.whole()
		if got := m.tree.infer(); math.Abs(got-logZ) > 1e-9 {
			t.Errorf("log Z is %.12f, not %.12f", got, logZ)
		}
		want := m.total * logZ
		for _, part := range m.parts {
			n := make([]float64, len(part.y))
			for cell, at := range project(set(1)<<len(m.sizes)-1, part.cols, m.sizes) {
				n[at] += m.total * p[cell]
			}
			for i := range n {
				if math.Abs(n[i]-part.expected[i]) > 1e-8 {
					t.Errorf("cell %d of %b is %.10f, not %.10f", i, part.cols, part.expected[i], n[i])
				}
				want += part.theta[i] * (smoothing*part.variance[i]*part.theta[i]/2 - part.y[i])
			}
		}
		if math.Abs(value-want) > 1e-6 {
			t.Errorf("F is %.9f, not %.9f", value, want)
		}
	}
}

// The gradient is that of F, and F falls to where it is nothing.
func TestFitComesToRest(t *testing.T) {
	m, dice := invented(7)
	m.evaluate()
	for range 20 {
		p := m.parts[dice.IntN(len(m.parts))]
		i := dice.IntN(len(p.theta))
		slope, at := p.grad[i], p.theta[i]
		p.theta[i] = at + 1e-5
		up := m.evaluate()
		p.theta[i] = at - 1e-5
		down := m.evaluate()
		p.theta[i] = at
		m.evaluate()
		if d := (up - down) / 2e-5; math.Abs(d-slope) > 1e-4*(1+math.Abs(slope)) {
			t.Errorf("the slope is %.8f, the gradient says %.8f", d, slope)
		}
	}
	if err := m.fit(t.Context(), 2000, 1e-6); err != nil {
		t.Fatal(err)
	}
	if !m.still(1e-5) {
		t.Error("the fit does not come to rest")
	}
}

// With hardly any noise the model has the counts that were measured, and so do the
// records drawn from it, but for one here and there.
func TestRecordsHaveTheCountsOfTheModel(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 3))
	sizes := []int{3, 4, 2, 5}
	const n = 5000
	codes := make([][]uint16, len(sizes))
	for c := range codes {
		codes[c] = make([]uint16, n)
		for i := range codes[c] {
			codes[c][i] = uint16(dice.IntN(sizes[c]))
			if c > 0 && dice.IntN(2) == 0 {
				codes[c][i] = codes[c-1][i] % uint16(sizes[c])
			}
		}
	}
	m := newModel(sizes)
	sets := []set{0b0011, 0b0110, 0b1100, 0b0111}
	for _, s := range sets {
		count := make([]int32, int(s.cells(sizes)))
		tally(codes, sizes, s, count)
		y := make([]float64, len(count))
		for i, x := range count {
			y[i] = float64(x)
		}
		m.measure(s, y, 0.01)
	}
	m.total = n
	m.build()
	if err := m.fit(t.Context(), 1000, 0.1); err != nil {
		t.Fatal(err)
	}
	drawn := m.tree.draw(n, dice)
	for _, s := range sets {
		want, got := make([]int32, int(s.cells(sizes))), make([]int32, int(s.cells(sizes)))
		tally(codes, sizes, s, want)
		tally(drawn, sizes, s, got)
		for i := range want {
			if d := want[i] - got[i]; d > 40 || d < -40 {
				t.Errorf("cell %d of %b: %d drawn where %d are", i, s, got[i], want[i])
			}
		}
	}
}

// Cliques cover every table, and any column shared by two lies on all the way between.
func TestTreeIsAJunctionTree(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 5))
	for range 200 {
		sizes := make([]int, 3+dice.IntN(10))
		for c := range sizes {
			sizes[c] = 2 + dice.IntN(3)
		}
		g := newGraph(len(sizes))
		var tables []set
		for range dice.IntN(12) {
			s := set(0)
			for range 1 + dice.IntN(3) {
				s |= 1 << dice.IntN(len(sizes))
			}
			tables = append(tables, s)
			g.join(s)
		}
		cliques, cells := g.eliminate(logarithms(sizes), newGraph(len(g)), nil)
		sum := 0.0
		for _, c := range cliques {
			sum += c.cells(sizes)
		}
		if math.Abs(sum-cells) > 1e-6*sum {
			t.Fatalf("the size is said as %g and is %g", cells, sum)
		}
		for _, s := range tables {
			if !slices.ContainsFunc(cliques, s.in) {
				t.Fatalf("%b is in no clique", s)
			}
		}
		_, parent := spanning(cliques)
		for c := range sizes { // the cliques with a column hang together: one of them has no parent with it
			tops := 0
			for i, clique := range cliques {
				if clique.has(c) && (parent[i] < 0 || !cliques[parent[i]].has(c)) {
					tops++
				}
			}
			if tops != 1 {
				t.Fatalf("column %d is in %d separate parts of the tree", c, tops)
			}
		}
	}
}

func TestExponentialFunction(t *testing.T) {
	for x := -699.0; x <= 0; x += 0.137 {
		if want := math.Exp(x); math.Abs(exp(x)-want) > 1e-10*want {
			t.Fatalf("exp(%g) is %g, not %g", x, exp(x), want)
		}
	}
	if exp(0) != 1 || exp(-1e9) != 0 || exp(math.Inf(-1)) != 0 {
		t.Error("the ends are wrong")
	}
}
