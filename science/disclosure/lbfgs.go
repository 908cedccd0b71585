package disclosure

// lbfgs is the memory of the limited-memory BFGS method (Nocedal 1980): steps and
// changes of gradient, from which the next direction is made. Scale stands for the
// diagonal of the inverse Hessian before anything is remembered.
type lbfgs struct {
	scale []float64
	s, y  [][]float64
	rho   []float64
}

// direction is where to go from a gradient.
func (l *lbfgs) direction(g []float64) []float64 {
	d := make([]float64, len(g))
	for i, x := range g {
		d[i] = -x
	}
	a := make([]float64, len(l.s))
	for k := len(l.s) - 1; k >= 0; k-- {
		a[k] = l.rho[k] * dot(l.s[k], d)
		add(d, -a[k], l.y[k])
	}
	for i := range d {
		d[i] *= l.scale[i]
	}
	if k := len(l.s) - 1; k >= 0 { // size of the last step against the scale
		yHy := 0.0
		for i, y := range l.y[k] {
			yHy += y * y * l.scale[i]
		}
		size := 1 / (l.rho[k] * yHy)
		for i := range d {
			d[i] *= size
		}
	}
	for k := range l.s {
		b := l.rho[k] * dot(l.y[k], d)
		add(d, a[k]-b, l.s[k])
	}
	return d
}

// remember keeps a step, unless the function did not curve upwards along it.
func (l *lbfgs) remember(x, before, g, gBefore []float64) {
	s, y := make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		s[i], y[i] = x[i]-before[i], g[i]-gBefore[i]
	}
	sy := dot(s, y)
	if !(sy > 1e-12) {
		return
	}
	if len(l.s) == memory {
		l.s, l.y, l.rho = l.s[1:], l.y[1:], l.rho[1:]
	}
	l.s, l.y, l.rho = append(l.s, s), append(l.y, y), append(l.rho, 1/sy)
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func add(to []float64, factor float64, x []float64) {
	for i := range to {
		to[i] += factor * x[i]
	}
}
