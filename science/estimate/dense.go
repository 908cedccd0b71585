package estimate

import "math"

// overSupersets replaces v[w] by the sum of v over all supersets of w.
func overSupersets(v []float64) {
	for bit := 1; bit < len(v); bit <<= 1 {
		for base := 0; base < len(v); base += bit << 1 {
			low, high := v[base:base+bit], v[base+bit:base+bit<<1]
			for i, x := range high {
				low[i] += x
			}
		}
	}
}

// overSubsets replaces v[w] by the sum of v over all subsets of w.
func overSubsets(v []float64) {
	for bit := 1; bit < len(v); bit <<= 1 {
		for base := 0; base < len(v); base += bit << 1 {
			low, high := v[base:base+bit], v[base+bit:base+bit<<1]
			for i, x := range low {
				high[i] += x
			}
		}
	}
}

// dependent is how small a pivot may become, as a share of its column, before the
// column counts as given by those before it. Entries are sums of weights.
const dependent = 1e-11

// factor sets gram to the lower factor of Cholesky of X'WX, W the present mu, and
// work to the superset sums of mu. A column that others give is left out, as R
// does, and marked as aliased.
func (s *solver) factor() {
	copy(s.work, s.mu)
	overSupersets(s.work)
	p := len(s.terms)
	for i, t := range s.terms {
		row := s.gram[i*p : i*p+i+1]
		s.aliased[i] = false
		for j, u := range s.terms[:i+1] {
			x := s.work[t|u]
			if i == j && s.prior != nil {
				x += s.prior[i]
			}
			other := s.gram[j*p : j*p+j+1]
			if j == i {
				for _, v := range row[:i] {
					x -= v * v
				}
				if x <= dependent*s.work[t] {
					s.aliased[i] = true
					row[i] = 0
					clear(row[:i])
					break
				}
				row[i] = math.Sqrt(x)
				break
			}
			for k, v := range row[:j] {
				x -= v * other[k]
			}
			if s.aliased[j] {
				row[j] = 0
			} else {
				row[j] = x / other[j]
			}
		}
	}
}

// solve replaces right by the solution of X'WX x = right.
func (s *solver) solve() {
	p := len(s.terms)
	for i := range p {
		if s.aliased[i] {
			s.right[i] = 0
			continue
		}
		row := s.gram[i*p : i*p+i+1]
		x := s.right[i]
		for k, v := range row[:i] {
			x -= v * s.right[k]
		}
		s.right[i] = x / row[i]
	}
	for i := p - 1; i >= 0; i-- {
		if s.aliased[i] {
			continue
		}
		x := s.right[i]
		for k := i + 1; k < p; k++ {
			x -= s.gram[k*p+i] * s.right[k]
		}
		s.right[i] = x / s.gram[i*p+i]
	}
}

// variance is entry (i, i) of the inverse of X'WX.
func (s *solver) variance(i int) float64 {
	p := len(s.terms)
	x := make([]float64, p)
	sum := 0.0
	for r := i; r < p; r++ {
		if s.aliased[r] {
			continue
		}
		v := 0.0
		if r == i {
			v = 1
		}
		for k := i; k < r; k++ {
			v -= s.gram[r*p+k] * x[k]
		}
		x[r] = v / s.gram[r*p+r]
		sum += x[r] * x[r]
	}
	return sum
}
