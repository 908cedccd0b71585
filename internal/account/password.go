package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"

	"inkingi/internal/fault"
)

// The cost of one guess: OWASP's second choice for argon2id, 30 ms of one core
// (PARTS.md §4). [M: OWASP Password Storage]
const (
	hashTime    = 2
	hashMemory  = 19 * 1024 // KiB
	hashThreads = 1
	hashLength  = 32
	saltLength  = 16
)

// Hasher hashes passwords, a few at a time: each takes 19 MiB, and a crowd at
// the door must not take the memory of those who work. The zero Hasher refuses.
type Hasher struct {
	seats  chan struct{}
	memory uint32
	random io.Reader
	dummy  string
}

// ForTests makes hashes cheap, where invented people sign in a thousand times
// under the race detector. A hash keeps the cost it was made with.
func ForTests() func(*Hasher) { return func(h *Hasher) { h.memory = 64 } }

// NewHasher makes a hasher that runs so many at once.
func NewHasher(atOnce int, random io.Reader, options ...func(*Hasher)) (*Hasher, error) {
	if atOnce < 1 || random == nil {
		return nil, fault.New(fault.Internal, "account.hasher")
	}
	h := &Hasher{seats: make(chan struct{}, atOnce), memory: hashMemory, random: random}
	for _, o := range options {
		o(h)
	}
	unknown := make([]byte, saltLength)
	if _, err := io.ReadFull(random, unknown); err != nil {
		return nil, fault.Wrap(fault.Internal, "account.random", err)
	}
	var err error
	h.dummy, err = h.Hash(context.Background(), Secret(base64.RawStdEncoding.EncodeToString(unknown)))
	return h, err
}

// Hash hashes a password in PHC form. Faults: Unavailable when the caller goes
// away while waiting for a seat.
func (h *Hasher) Hash(ctx context.Context, s Secret) (string, error) {
	salt := make([]byte, saltLength)
	if h == nil || h.random == nil {
		return "", fault.New(fault.Internal, "account.hasher")
	}
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fault.Wrap(fault.Internal, "account.random", err)
	}
	p := params{time: hashTime, memory: h.memory, threads: hashThreads, salt: salt}
	sum, err := h.derive(ctx, p, s)
	if err != nil {
		return "", err
	}
	return p.encode(sum), nil
}

// Verify says whether the password fits the hash. An empty or malformed hash
// takes as long as a good one and fits nothing: an answer's time tells nothing.
func (h *Hasher) Verify(ctx context.Context, hash string, s Secret) (bool, error) {
	if h == nil {
		return false, fault.New(fault.Internal, "account.hasher")
	}
	p, want, err := decode(hash)
	fits := err == nil
	if !fits {
		if p, want, err = decode(h.dummy); err != nil {
			return false, err
		}
	}
	sum, err := h.derive(ctx, p, s)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(sum, want) == 1 && fits, nil
}

func (h *Hasher) derive(ctx context.Context, p params, s Secret) ([]byte, error) {
	if len(s) > 4*maxSecret { // longer than any password that was ever accepted
		s = s[:4*maxSecret]
	}
	select {
	case h.seats <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, "fault.unavailable", ctx.Err())
	}
	defer func() { <-h.seats }()
	return argon2.IDKey([]byte(s), p.salt, p.time, p.memory, p.threads, hashLength), nil
}

type params struct {
	time, memory uint32
	threads      uint8
	salt         []byte
}

func (p params) encode(sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, p.memory, p.time, p.threads, b64.EncodeToString(p.salt), b64.EncodeToString(sum))
}

// decode reads PHC form and refuses costs that nobody here ever wrote: a
// changed row must not ask for all memory.
func decode(hash string) (params, []byte, error) {
	var p params
	var version int
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, nil, fault.New(fault.Internal, "account.hash")
	}
	if n, err := fmt.Sscanf(parts[2], "v=%d", &version); n != 1 || err != nil || version != argon2.Version {
		return p, nil, fault.New(fault.Internal, "account.hash")
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.threads); n != 3 || err != nil {
		return p, nil, fault.New(fault.Internal, "account.hash")
	}
	if p.memory < 8 || p.memory > 256*1024 || p.time < 1 || p.time > 10 || p.threads < 1 || p.threads > 8 {
		return p, nil, fault.New(fault.Internal, "account.hash")
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil || len(salt) < 8 || len(salt) > 64 {
		return p, nil, fault.New(fault.Internal, "account.hash")
	}
	sum, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(sum) != hashLength {
		return p, nil, fault.New(fault.Internal, "account.hash")
	}
	p.salt = salt
	return p, sum, nil
}
