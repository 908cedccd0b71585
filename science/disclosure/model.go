package disclosure

import (
	"context"
	"math"
	"slices"
)

// measured is a table of noisy counts: what is known of the records, and all that is.
type measured struct {
	cols     set
	y        []float64 // noisy counts
	variance []float64 // of the noise; +Inf where a cell was not counted
}

// merge takes a second measurement of the same table in, weighing each by its precision.
func (m *measured) merge(y []float64, variance float64) {
	for i, x := range y {
		if math.IsInf(m.variance[i], 1) {
			m.y[i], m.variance[i] = x, variance
			continue
		}
		w1, w2 := 1/m.variance[i], 1/variance
		m.y[i], m.variance[i] = (w1*m.y[i]+w2*x)/(w1+w2), 1/(w1+w2)
	}
}

// model is the distribution of greatest entropy that fits the measured tables
// (Private-PGM, McKenna, Sheldon, Miklau 2019): the p that minimises
//
//	Σ_i (n·M_i p - y_i)²/2σ_i² + λ·n·KL(p ‖ uniform)
//
// over all distributions, M_i p being its marginal on cell i. Its dual is smooth and
// convex in one θ a cell,
//
//	F(θ) = n·log Z(θ) - Σ θ_i y_i + λ/2 Σ σ_i² θ_i²,   ∂F/∂θ_i = n·μ_i - y_i + λ σ_i² θ_i,
//
// and is minimised by L-BFGS; each evaluation is one belief propagation.
type model struct {
	sizes []int
	logs  []float64
	total float64 // persons, as far as is known
	tree  *junction
	parts []*part
}

// part is a measurement with its share of the dual. Several parts may live in one
// factor of the tree, which holds the largest.
type part struct {
	measured
	theta    []float64
	grad     []float64
	expected []float64 // the model's counts
	host     *factor
	at       []int32 // cell of the host to cell of the part
}

// smoothing is λ: it keeps cells that the noise alone fills near what the other tables
// say of them, and the fit quick. At 0.002 the fit does not come to rest in hundreds
// of steps, at 0.4 counts are pulled from what was measured; chosen on the reference data.
const smoothing = 0.05

func newModel(sizes []int) *model { return &model{sizes: sizes, logs: logarithms(sizes)} }

// graph joins the columns measured together.
func (m *model) graph() graph {
	g := newGraph(len(m.sizes))
	for _, p := range m.parts {
		g.join(p.cols)
	}
	return g
}

// measure adds noisy counts of a table, and rebuilds the tree if it is a new one.
func (m *model) measure(cols set, y []float64, variance float64) {
	for _, p := range m.parts {
		if p.cols == cols {
			p.merge(y, variance)
			return
		}
	}
	p := &part{measured: measured{cols: cols, y: y}, theta: make([]float64, len(y)), grad: make([]float64, len(y)), expected: make([]float64, len(y))}
	for _, x := range y {
		v := variance
		if math.IsNaN(x) {
			v = math.Inf(1)
		}
		p.variance = append(p.variance, v)
	}
	for i, x := range p.y {
		if math.IsNaN(x) {
			p.y[i] = 0
		}
	}
	m.parts = append(m.parts, p)
}

// build makes the tree anew for the tables measured so far.
func (m *model) build() {
	g := m.graph()
	cliques, _ := g.eliminate(m.logs, newGraph(len(g)), nil)
	var tables []set
	for _, p := range m.parts {
		if !slices.ContainsFunc(m.parts, func(q *part) bool { return q.cols != p.cols && p.cols.in(q.cols) }) {
			tables = append(tables, p.cols)
		}
	}
	m.tree = newJunction(m.sizes, cliques, tables)
	for _, p := range m.parts {
		for _, f := range m.tree.factors {
			if p.cols.in(f.cols) {
				p.host, p.at = f, project(f.cols, p.cols, m.sizes)
				break
			}
		}
	}
}

// evaluate gives F at the θ of the parts and fills their gradients.
func (m *model) evaluate() float64 {
	for _, f := range m.tree.factors {
		clear(f.theta)
	}
	for _, p := range m.parts {
		gather(p.host.theta, p.at, p.theta)
	}
	value := m.total * m.tree.infer()
	for _, p := range m.parts {
		clear(p.grad)
		for cell, at := range p.at {
			p.grad[at] += p.host.mu[cell]
		}
		for i, mu := range p.grad {
			p.expected[i] = m.total * mu
			if math.IsInf(p.variance[i], 1) {
				p.grad[i] = 0
				continue
			}
			value += p.theta[i] * (smoothing*p.variance[i]*p.theta[i]/2 - p.y[i])
			p.grad[i] = m.total*mu - p.y[i] + smoothing*p.variance[i]*p.theta[i]
		}
	}
	return value
}

// estimateTotal weighs what every measured table says of the number of persons,
// with the count taken of it alone.
func (m *model) estimateTotal(counted, variance float64) {
	sum, weight := counted/variance, 1/variance
	for _, p := range m.parts {
		total, v := 0.0, 0.0
		for i := range p.y {
			total, v = total+p.y[i], v+p.variance[i]
		}
		if !math.IsInf(v, 1) {
			sum, weight = sum+total/v, weight+1/v
		}
	}
	m.total = max(1, sum/weight)
}

// memory is how many steps L-BFGS remembers.
const memory = 20

// fit runs at most so many steps from where θ is, and stops before when [model.still] says so.
func (m *model) fit(ctx context.Context, steps int, near float64) error {
	n := 0
	for _, p := range m.parts {
		n += len(p.theta)
	}
	x, g, scale := make([]float64, n), make([]float64, n), make([]float64, n)
	m.collectInto(x, g, scale)
	value := m.evaluate()
	m.collectInto(x, g, scale)
	history := lbfgs{scale: scale}
	for range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if m.still(near) {
			return nil
		}
		d := history.direction(g)
		slope := dot(d, g)
		if slope >= 0 { // the memory is of another place: begin again, straight down
			history = lbfgs{scale: scale}
			d = history.direction(g)
			slope = dot(d, g)
		}
		before, gBefore := slices.Clone(x), slices.Clone(g)
		step, moved := 1.0, false
		for range 20 {
			for i := range x {
				x[i] = before[i] + step*d[i]
			}
			m.put(x)
			if next := m.evaluate(); next <= value+1e-4*step*slope || math.Abs(step*slope) < 1e-12*math.Abs(value) {
				value, moved = next, true
				break
			}
			step /= 2
		}
		m.collectInto(x, g, scale)
		if !moved {
			m.put(before)
			m.evaluate()
			return nil
		}
		history.remember(x, before, g, gBefore)
	}
	return nil
}

// still says whether every table's gradient is small beside its noise, on average over
// its cells: under the given part of a standard deviation.
func (m *model) still(near float64) bool {
	for _, p := range m.parts {
		sum, cells := 0.0, 0
		for i, g := range p.grad {
			if !math.IsInf(p.variance[i], 1) {
				sum, cells = sum+g*g/p.variance[i], cells+1
			}
		}
		if sum > near*near*float64(cells) {
			return false
		}
	}
	return true
}

// put sets θ, and collectInto reads θ, gradient and the scale of each cell.
func (m *model) put(x []float64) {
	for _, p := range m.parts {
		x = x[copy(p.theta, x):]
	}
}

func (m *model) collectInto(x, g, scale []float64) {
	at := 0
	for _, p := range m.parts {
		copy(x[at:], p.theta)
		copy(g[at:], p.grad)
		for i := range p.theta {
			scale[at+i] = 1
			if !math.IsInf(p.variance[i], 1) {
				scale[at+i] = 1 / (p.expected[i] + smoothing*p.variance[i])
			}
		}
		at += len(p.theta)
	}
}
