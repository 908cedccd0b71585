package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
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
	ring func() []*generation // oldest first; in a closure for the reason given at [Text]
}

type generation struct {
	key         [32]byte
	made        time.Time
	fingerprint [8]byte
}

// NewMaster makes a master key. The custodian must write it down with
// [WriteMaster] before anything is sealed under it.
func NewMaster(now time.Time) *Master {
	return masterOf([]*generation{newGeneration(now)})
}

func masterOf(ring []*generation) *Master {
	return &Master{func() []*generation { return ring }}
}

// keys is the ring, oldest first; none for the zero Master.
func (m *Master) keys() []*generation {
	if m == nil || m.ring == nil {
		return nil
	}
	return m.ring()
}

func (m *Master) newest() *generation { return m.keys()[len(m.keys())-1] }

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
	return masterOf(append(slices.Clone(m.keys()), newGeneration(now)))
}

// Newest is the ring without its older keys, to be written down once
// [OrgKey.WrappedBy] names no other.
func (m *Master) Newest() *Master {
	return masterOf(m.keys()[len(m.keys())-1:])
}

// Fingerprint names the newest key without saying anything about it.
func (m *Master) Fingerprint() string {
	if len(m.keys()) == 0 {
		return ""
	}
	return m.newest().name()
}

// Fingerprints names every key of the ring, oldest first.
func (m *Master) Fingerprints() []string {
	var all []string
	for _, g := range m.keys() {
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
	if len(r.m.keys()) == 0 {
		return 0, nil, nil, fault.New(fault.Internal, "vault.master.missing")
	}
	g := r.m.keys()[len(r.m.keys())-1]
	return wrapByRing, g.fingerprint[:], g, nil
}

func (r ring) opening(how byte, params []byte) (tink.AEAD, error) {
	if how != wrapByRing {
		return nil, broken(nil)
	}
	for _, g := range r.m.keys() {
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
