package disclosure

import (
	"bufio"
	"encoding/binary"
	"io"
	"math/bits"
	"math/rand/v2"
)

// Chance draws exactly: whole numbers come out with the very probabilities that
// the proofs of differential privacy speak of, by comparing whole numbers with
// fair bits. No float is ever drawn, so the low bits of a float cannot tell what
// was added to it (Mironov, CCS 2012).
//
// For a release the bits are those of crypto/rand. A seed is for tests only: who
// knows it can take the noise off again.
type Chance struct {
	in  *bufio.Reader
	err error
	// after an error the draws go on from here, so that no loop waits for ever;
	// what was drawn must not be used, which Err tells.
	rest *rand.ChaCha8
}

// NewChance draws from a source of independent fair bits: crypto/rand.Reader.
func NewChance(source io.Reader) *Chance {
	return &Chance{in: bufio.NewReaderSize(source, 4096)}
}

// Err is why the source failed, if it did. Then nothing that was drawn holds.
func (c *Chance) Err() error { return c.err }

// word is 64 fair bits.
func (c *Chance) word() uint64 {
	if c.err == nil {
		var b [8]byte
		if _, c.err = io.ReadFull(c.in, b[:]); c.err == nil {
			return binary.LittleEndian.Uint64(b[:])
		}
		c.rest = rand.NewChaCha8([32]byte{})
	}
	return c.rest.Uint64()
}

// stream is a fast source for what follows from protected numbers only and needs
// no exactness: drawing rows from a model. Its key comes from the same bits.
func (c *Chance) stream() *rand.Rand {
	var key [32]byte
	for i := range 4 {
		binary.LittleEndian.PutUint64(key[8*i:], c.word())
	}
	return rand.New(rand.NewChaCha8(key))
}

// below is uniform on 0..n-1, n > 0, without the bias of a remainder.
func (c *Chance) below(n uint64) uint64 {
	for {
		high, low := bits.Mul64(c.word(), n)
		if low >= -n%n { // the first -n % n low words would come once too often
			return high
		}
	}
}

// expMinusOne is true with probability exp(-1), and expMinus below with
// probability exp(-num/den): Canonne, Kamath, Steinke 2020, algorithm 1.
func (c *Chance) expMinusOne() bool { return c.expMinus(0, 1, 1) }

// expMinus is true with probability exp(-γ), γ = (high·2⁶⁴ + low)/den.
// A γ above 1 is as many draws of exp(-1) as it has whole parts, and one of the rest.
func (c *Chance) expMinus(high, low, den uint64) bool {
	for high >= den { // γ ≥ 2⁶⁴: take whole multiples of 2⁶⁴ off, each 2⁶⁴ draws
		for range ^uint64(0) {
			if !c.expMinusOne() {
				return false
			}
		}
		if !c.expMinusOne() {
			return false
		}
		high -= den
	}
	whole, rest := bits.Div64(high, low, den)
	if whole == 1 && rest == 0 {
		whole, rest = 0, den
	}
	for range whole {
		if !c.expMinusOne() {
			return false
		}
	}
	// exp(-γ) for γ ≤ 1: the first k at which a coin of probability γ/k falls is odd.
	for k := uint64(1); ; k++ {
		if c.below(den) >= rest || k > 1 && c.below(k) != 0 {
			return k%2 == 1
		}
	}
}

// Laplace draws from the discrete Laplace distribution of scale t/s, both above 0:
//
//	P(x) = (e^{s/t} - 1)/(e^{s/t} + 1) · e^{-|x|·s/t}, x whole
//
// A count that one person changes by one is (s/t)-differentially private with it.
// Canonne, Kamath, Steinke 2020, algorithm 2.
func (c *Chance) Laplace(t, s uint64) int64 {
	for {
		u := c.below(t)
		if !c.expMinus(0, u, t) {
			continue
		}
		v := uint64(0)
		for c.expMinusOne() {
			v++
		}
		y := int64((u + t*v) / s)
		if c.word()&1 == 0 {
			return y
		}
		if y != 0 {
			return -y
		}
	}
}

// Gaussian draws from the discrete Gaussian distribution N_Z(0, σ²):
//
//	P(x) ∝ e^{-x²/2σ²}, x whole
//
// Counts whose L2 sensitivity is Δ are Δ²/2σ²-zCDP with it, exactly as with the
// continuous one. Canonne, Kamath, Steinke 2020, theorem 4 and algorithm 3.
func (c *Chance) Gaussian(v Variance) int64 {
	if v.num == 0 {
		return 0
	}
	t := v.root() + 1
	for {
		y := c.Laplace(t, 1)
		size := uint64(max(y, -y))
		// γ = (|y| - σ²/t)² / 2σ² = (|y|·t·q - p)² / (2·p·q·t²), σ² = p/q
		far := size * t << v.shift
		if far < v.num {
			far = v.num - far
		} else {
			far -= v.num
		}
		high, low := bits.Mul64(far, far)
		if c.expMinus(high, low, (2*v.num*t*t)<<v.shift) {
			return y
		}
	}
}
