package disclosure

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// FewestSecret is how many bytes of chance a secret has at least.
const FewestSecret = 32

// digest is what a secret makes of texts; nobody without it can say what it makes of
// others. (HMAC-SHA-256; each text goes in with its length before it.)
func digest(secret []byte, texts ...string) []byte {
	h := hmac.New(sha256.New, secret)
	var size [8]byte
	for _, t := range texts {
		binary.BigEndian.PutUint64(size[:], uint64(len(t)))
		h.Write(size[:])
		h.Write([]byte(t))
	}
	return h.Sum(nil)
}

// number is the digest as a number from 0 to 2⁶⁴-1, each as likely.
func number(secret []byte, texts ...string) uint64 {
	return binary.BigEndian.Uint64(digest(secret, texts...))
}

// diceOf draw by chance, and the same for the same secret and texts.
func diceOf(secret []byte, texts ...string) *rand.Rand {
	return rand.New(rand.NewChaCha8([32]byte(digest(secret, texts...))))
}
