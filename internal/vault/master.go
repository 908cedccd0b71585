package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/tink-crypto/tink-go/v2/tink"

	"inkingi/internal/fault"
)

// CustodyKey is the translation key of what is said to whoever receives a
// master key: keep it apart from the database and its backups, in two places
// and two hands; without it nothing opens, with it and the database all does.
const CustodyKey = "vault.custody"

// How an organisation's key is wrapped: the second byte of its record.
const (
	wrapByRing       = 1 // by a [Master]: the program's, or a key file of the organisation
	wrapByPassphrase = 2
)

// Master is a ring of 256-bit keys that live outside the database. The newest
// wraps; the older still open, until a rotation has wrapped everything anew.
// It prints as dots. The zero Master wraps nothing.
type Master struct {
	generations []*generation // oldest first
}

type generation struct {
	key         [32]byte
	made        time.Time
	fingerprint [8]byte
}

// NewMaster makes a master key. The custodian must write it down with
// [WriteMaster] before anything is sealed under it.
func NewMaster(now time.Time) *Master {
	return &Master{generations: []*generation{newGeneration(now)}}
}

func newGeneration(now time.Time) *generation {
	var key [32]byte
	_, _ = rand.Read(key[:]) // crypto/rand never fails: it stops the program
	return generationOf(key, now.UTC().Truncate(time.Millisecond))
}

func generationOf(key [32]byte, made time.Time) *generation {
	g := &generation{key: key, made: made}
	sum := sha256.Sum256(append([]byte("inkingi/master fingerprint\x00"), key[:]...))
	copy(g.fingerprint[:], sum[:])
	return g
}

// Rotated is the ring with a new key in front; m itself does not change.
func (m *Master) Rotated(now time.Time) *Master {
	return &Master{generations: append(append([]*generation(nil), m.generations...), newGeneration(now))}
}

// Newest is the ring without its older keys, to be written down once
// [OrgKey.WrappedBy] names no other.
func (m *Master) Newest() *Master {
	return &Master{generations: m.generations[len(m.generations)-1:]}
}

// Fingerprint names the newest key without saying anything about it.
func (m *Master) Fingerprint() string {
	if m == nil || len(m.generations) == 0 {
		return ""
	}
	return m.generations[len(m.generations)-1].name()
}

// Fingerprints names every key of the ring, oldest first.
func (m *Master) Fingerprints() []string {
	var all []string
	for _, g := range m.generations {
		all = append(all, g.name())
	}
	return all
}

// String gives dots and the fingerprint.
func (m *Master) String() string { return dots + m.Fingerprint() }

// GoString gives what String gives.
func (m *Master) GoString() string { return m.String() }

// MarshalText refuses: a master key leaves by [WriteMaster] only.
func (m *Master) MarshalText() ([]byte, error) { return nil, refuse() }

func (g *generation) name() string { return hex.EncodeToString(g.fingerprint[:]) }

// lock is how the program's master wraps.
func (m *Master) lock() lock { return ring{m, HeldByHost} }

// ring wraps with a Master: the fingerprint of the key stands beside what it wrapped.
type ring struct {
	m  *Master
	by Holder
}

func (r ring) holder() Holder { return r.by }

func (r ring) wrapping() (byte, []byte, tink.AEAD, error) {
	if r.m == nil || len(r.m.generations) == 0 {
		return 0, nil, nil, fault.New(fault.Internal, "vault.master.missing")
	}
	g := r.m.generations[len(r.m.generations)-1]
	return wrapByRing, g.fingerprint[:], g, nil
}

func (r ring) opening(how byte, params []byte) (tink.AEAD, error) {
	if how != wrapByRing || r.m == nil {
		return nil, broken(nil)
	}
	for _, g := range r.m.generations {
		if string(g.fingerprint[:]) == string(params) {
			return g, nil
		}
	}
	return nil, fault.New(fault.Internal, "vault.master.unknown")
}

// Encrypt seals with a random nonce (tink.AEAD).
func (g *generation) Encrypt(plaintext, bound []byte) ([]byte, error) {
	c, err := newGCM(g.key[:])
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, plaintext, bound), nil
}

// Decrypt opens what Encrypt sealed (tink.AEAD).
func (g *generation) Decrypt(sealed, bound []byte) ([]byte, error) {
	c, err := newGCM(g.key[:])
	if err != nil {
		return nil, err
	}
	return c.Open(nil, nil, sealed, bound)
}
