package linkage

import (
	"crypto/hmac"
	"crypto/md5"  //nolint // the construction of Schnell, Bachteler & Reiher 2009, to be equal to clkhash
	"crypto/sha1" //nolint // the same
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
)

// Warning is said to everyone who makes or gets encodings.
const Warning = "Encodings are personal data: whoever has the secret can test names against them, and frequent names can be guessed from frequent encodings without it. Keep the secret outside the unit that compares, agree on a new one for each exchange, delete encodings after it, and never publish them."

// Encoder makes cryptographic longterm keys (Bloom filters of the pieces of a
// record), byte for byte those of clkhash 0.18.3: Schnell, Bachteler & Reiher
// (2009), with the keyed BLAKE2b of clkhash against the attack of Kroll &
// Steinmetzer (2015). Two encodings are compared by [Dice].
//
// When it misleads: what is frequent before is frequent after. See [Warning].
type Encoder struct {
	schema *Schema
	keys   [][2][]byte
}

// NewEncoder draws the keys. The secret is text in UTF-8, the same on both sides;
// it is not kept.
func NewEncoder(s *Schema, secret []byte) (*Encoder, error) {
	keys, err := s.keys(secret)
	if err != nil {
		return nil, err
	}
	return &Encoder{s, keys}, nil
}

// Encode gives the encoding of a record, cells in the order of the features. An
// error names the column and never the value.
func (e *Encoder) Encode(cells []string) ([]byte, error) {
	if len(cells) != len(e.schema.Features) {
		return nil, fmt.Errorf("%d cells for %d features", len(cells), len(e.schema.Features))
	}
	c := e.schema.Config
	wide := make([]byte, c.Length<<c.Folds/8)
	for i := range e.schema.Features {
		f := &e.schema.Features[i]
		if f.Ignored {
			continue
		}
		value, err := f.value(cells[i])
		if err != nil {
			return nil, fmt.Errorf("column %d (%s) %w", i+1, f.Identifier, err)
		}
		tokens, err := f.Hashing.Comparison.of(value)
		if err != nil {
			return nil, fmt.Errorf("column %d (%s) %w", i+1, f.Identifier, err)
		}
		f.insert(wide, tokens, e.keys[i])
	}
	return fold(wide, c.Folds), nil
}

// insert sets the bits of each token.
func (f *Feature) insert(filter []byte, tokens []string, keys [2][]byte) {
	counts := f.bits(len(tokens))
	for i, token := range tokens {
		if f.Hashing.Hash.Type == "doubleHash" {
			doubleHash(filter, token, counts[i], keys, f.Hashing.Hash.Singular)
		} else {
			blakeHash(filter, token, counts[i], keys[0])
		}
	}
}

// bits is how often each of n tokens is inserted.
func (f *Feature) bits(n int) []int {
	counts := make([]int, n)
	for i := range counts {
		if counts[i] = f.Hashing.Strategy.PerToken; counts[i] == 0 {
			counts[i] = f.Hashing.Strategy.PerFeature / n
			if i < f.Hashing.Strategy.PerFeature%n {
				counts[i]++
			}
		}
	}
	return counts
}

// set sets bit i, counted from the most significant bit of the first byte.
func set(filter []byte, i int) { filter[i/8] |= 0x80 >> (i % 8) }

// blakeHash sets k bits: the digest of salt 0, 1, … is 32 numbers of 16 bits each.
func blakeHash(filter []byte, token string, k int, key []byte) {
	size := len(filter) * 8
	for i := 0; i*32 < k; i++ {
		var salt [16]byte
		copy(salt[:], strconv.Itoa(i)) // the digits, then bytes of 0
		sum := blake2b512([]byte(token), key, &salt)
		for j := 0; j < 32 && i*32+j < k; j++ {
			set(filter, int(binary.LittleEndian.Uint16(sum[2*j:]))%size)
		}
	}
}

// doubleHash sets the bits (HMAC-SHA1 + i·HMAC-MD5) mod size. With singular, a
// second number that is 0 mod size is hashed again, lest all bits be one.
func doubleHash(filter []byte, token string, k int, keys [2][]byte, singular bool) {
	size := int64(len(filter) * 8)
	one := hmac.New(sha1.New, keys[0])
	one.Write([]byte(token))
	two := hmac.New(md5.New, keys[1])
	two.Write([]byte(token))
	second := two.Sum(nil)
	if singular {
		for i := 0; remainder(second, size) == 0; i++ {
			again := hmac.New(md5.New, keys[1])
			again.Write([]byte(token + hex.EncodeToString([]byte{byte(i)})))
			second = again.Sum(nil)
		}
	}
	a, b := remainder(one.Sum(nil), size), remainder(second, size)
	for i := range int64(k) {
		set(filter, int((a+i*b)%size))
	}
}

func remainder(sum []byte, size int64) int64 {
	return new(big.Int).Mod(new(big.Int).SetBytes(sum), big.NewInt(size)).Int64()
}

// fold lays one half on the other, bits that differ being 1, as often as told.
func fold(filter []byte, folds int) []byte {
	for range folds {
		half := len(filter) / 2
		for i := range half {
			filter[i] ^= filter[half+i]
		}
		filter = filter[:half]
	}
	return filter
}
