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

// wrapByRing says that an organisation's key is wrapped by a [Master]: the
// program's, or a key file of the organisation.
const wrapByRing = 1

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
	aead        tink.AEAD
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
	g.aead = ringAEAD{g}
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
func (m *Master) lock() lock {
	return lock{holder: HeldByHost, how: wrapByRing, aead: ring{m}}
}

// ring lets a Master be used as a tink.AEAD: the fingerprint goes first.
type ring struct{ m *Master }

// Encrypt wraps under the newest key.
func (r ring) Encrypt(plaintext, bound []byte) ([]byte, error) {
	if r.m == nil || len(r.m.generations) == 0 {
		return nil, fault.New(fault.Internal, "vault.master.missing")
	}
	g := r.m.generations[len(r.m.generations)-1]
	b, err := g.aead.Encrypt(plaintext, bound)
	return append(g.fingerprint[:len(g.fingerprint):len(g.fingerprint)], b...), err
}

// Decrypt opens with the key that is named.
func (r ring) Decrypt(wrapped, bound []byte) ([]byte, error) {
	if r.m == nil || len(wrapped) < 8 {
		return nil, broken(nil)
	}
	for _, g := range r.m.generations {
		if [8]byte(wrapped[:8]) == g.fingerprint {
			return g.aead.Decrypt(wrapped[8:], bound)
		}
	}
	return nil, fault.New(fault.Internal, "vault.master.unknown")
}

// ringAEAD is one key of the ring.
type ringAEAD struct{ g *generation }

// Encrypt seals with a random nonce.
func (a ringAEAD) Encrypt(plaintext, bound []byte) ([]byte, error) {
	c, err := newGCM(a.g.key[:])
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, plaintext, bound), nil
}

// Decrypt opens what Encrypt sealed.
func (a ringAEAD) Decrypt(sealed, bound []byte) ([]byte, error) {
	c, err := newGCM(a.g.key[:])
	if err != nil {
		return nil, err
	}
	return c.Open(nil, nil, sealed, bound)
}
