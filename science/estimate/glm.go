package estimate

import "math"

// glm is a Poisson log-linear model of any columns, for [Occasions]; the models of
// lists have the faster solver, whose rule to stop it shares.
type glm struct {
	x    [][]float64 // a row a history, the intercept first
	y    []float64
	eta  []float64
	mu   []float64
	beta []float64
	gram [][]float64 // of the weights with which the last round began
	dev  float64
	n    float64
}

func newGLM(h *Histories, c columns) *glm {
	g := &glm{beta: make([]float64, 1+len(c)), n: float64(h.Observed())}
	for w := Term(1); int(w) < len(h.Counts); w++ {
		row := []float64{1}
		for _, f := range c {
			row = append(row, f(w))
		}
		y := float64(h.Counts[w])
		g.x, g.y = append(g.x, row), append(g.y, y)
		g.mu, g.eta = append(g.mu, y+0.1), append(g.eta, math.Log(y+0.1))
	}
	return g
}

func (g *glm) fit() {
	last := math.Inf(1)
	for range rounds {
		g.round()
		if math.Abs(g.dev-last)/(math.Abs(g.dev)+0.1) < precision {
			return
		}
		last = g.dev
	}
}

// round solves X'WX β = X'Wz, z = η + (y - μ)/μ.
func (g *glm) round() {
	p := len(g.beta)
	g.gram = square(p)
	right := make([]float64, p)
	for i, row := range g.x {
		z := g.mu[i]*g.eta[i] + g.y[i] - g.mu[i]
		for a, xa := range row {
			right[a] += xa * z
			for b, xb := range row {
				g.gram[a][b] += g.mu[i] * xa * xb
			}
		}
	}
	inverse := inverted(g.gram)
	for a := range p {
		g.beta[a] = 0
		for b, r := range right {
			g.beta[a] += inverse[a][b] * r
		}
	}
	g.dev = 0
	for i, row := range g.x {
		g.eta[i] = 0
		for a, xa := range row {
			g.eta[i] += xa * g.beta[a]
		}
		g.mu[i] = max(math.Exp(g.eta[i]), 0x1p-52)
		g.dev -= 2 * (g.y[i] - g.mu[i])
		if g.y[i] > 0 {
			g.dev += 2 * g.y[i] * (math.Log(g.y[i]) - g.eta[i])
		}
	}
}

func (g *glm) covariance() [][]float64 { return inverted(g.gram) }

func (g *glm) occasion(name string) OccasionFit {
	l, p := 0.0, float64(len(g.beta))
	for i, y := range g.y {
		l += y*g.eta[i] - g.mu[i] - logFactorial(y)
	}
	return OccasionFit{Name: name, Deviance: g.dev, Freedom: len(g.y) - len(g.beta), AIC: 2*p - 2*l, BIC: p*math.Log(g.n) - 2*l}
}

func square(p int) [][]float64 {
	m := make([][]float64, p)
	for i := range m {
		m[i] = make([]float64, p)
	}
	return m
}

// inverted is the inverse of a positive definite matrix, by Gauss and Jordan with the
// largest pivot of each column; a column without one gives infinities, not a panic.
func inverted(a [][]float64) [][]float64 {
	p := len(a)
	m, inverse := square(p), square(p)
	for i := range a {
		copy(m[i], a[i])
		inverse[i][i] = 1
	}
	for j := range p {
		best := j
		for i := j; i < p; i++ {
			if math.Abs(m[i][j]) > math.Abs(m[best][j]) {
				best = i
			}
		}
		m[j], m[best] = m[best], m[j]
		inverse[j], inverse[best] = inverse[best], inverse[j]
		by := 1 / m[j][j]
		for k := range p {
			m[j][k] *= by
			inverse[j][k] *= by
		}
		for i := range p {
			if x := m[i][j]; i != j && x != 0 {
				for k := range p {
					m[i][k] -= x * m[j][k]
					inverse[i][k] -= x * inverse[j][k]
				}
			}
		}
	}
	return inverse
}
