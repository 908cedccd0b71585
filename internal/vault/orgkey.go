package vault

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"encoding/binary"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// recordVersion begins every wrapped organisation key.
const recordVersion = 1

// How a subject's key is wrapped: its first byte.
const (
	underOrgKey = 1 // AES-256-GCM under the organisation's keyset
	toOrgPublic = 2 // HPKE to the organisation's public key, made while it was locked
)

// lock is what wraps an organisation's key: the master, a key file, or a
// passphrase. params is stored in clear beside the wrapped key.
type lock interface {
	holder() Holder
	wrapping() (how byte, params []byte, aead tink.AEAD, err error)
	opening(how byte, params []byte) (tink.AEAD, error)
}

// orgSecret is an organisation's key, unwrapped: a keyset for subject keys, a
// key for its index, and key pairs by which others can write to it while it is
// locked.
type orgSecret struct {
	handle       *keyset.Handle
	aead         tink.AEAD
	indexVersion uint32
	index        []byte
	pairs        []hpke.PrivateKey // newest first
	derive       sync.Once
	kinds        map[IndexKind][]byte
}

func newOrgSecret(org ids.Org) (*orgSecret, error) {
	if org.IsZero() {
		return nil, fault.New(fault.Internal, "vault.owner")
	}
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, broken(err)
	}
	pair, err := kem().GenerateKey()
	if err != nil {
		return nil, broken(err)
	}
	s := &orgSecret{handle: handle, indexVersion: 1, index: newIndexKey(), pairs: []hpke.PrivateKey{pair}}
	return s, s.prepare()
}

func newIndexKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // crypto/rand never fails: it stops the program
	return key
}

func (s *orgSecret) prepare() (err error) {
	if s.aead, err = aead.New(s.handle); err != nil {
		return broken(err)
	}
	return nil
}

// record wraps the key under a lock. The keyset is encrypted by the lock; the
// rest by the keyset itself; both are bound to the organisation and version.
func (s *orgSecret) record(org ids.Org, version int, by lock) (OrgKey, error) {
	how, params, outer, err := by.wrapping()
	if err != nil {
		return OrgKey{}, err
	}
	k := OrgKey{Org: org, Version: version, Holder: by.holder()}
	public := s.pairs[0].PublicKey().Bytes()
	bound := k.bound(how, params, public)
	var buf bytes.Buffer
	if err := s.handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&buf), outer, bound); err != nil {
		return OrgKey{}, broken(err)
	}
	rest := appendPart(nil, binary.BigEndian.AppendUint32(nil, s.indexVersion))
	rest = appendPart(rest, s.index)
	for _, pair := range s.pairs {
		b, err := pair.Bytes()
		if err != nil {
			return OrgKey{}, broken(err)
		}
		rest = appendPart(rest, b)
	}
	inner, err := s.aead.Encrypt(rest, bound)
	if err != nil {
		return OrgKey{}, broken(err)
	}
	k.Wrapped = []byte{recordVersion, how}
	for _, part := range [][]byte{params, public, buf.Bytes(), inner} {
		k.Wrapped = appendPart(k.Wrapped, part)
	}
	return k, nil
}

// envelope is a wrapped organisation key, taken apart.
type envelope struct {
	how                           byte
	params, public, keyset, inner []byte
}

func (k OrgKey) envelope() (e envelope, err error) {
	b := k.Wrapped
	if len(b) < 2 || b[0] != recordVersion {
		return e, broken(nil)
	}
	e.how, b = b[1], b[2:]
	for _, part := range []*[]byte{&e.params, &e.public, &e.keyset, &e.inner} {
		var ok bool
		if *part, b, ok = nextPart(b); !ok {
			return e, broken(nil)
		}
	}
	if len(b) != 0 {
		return e, broken(nil)
	}
	return e, nil
}

// bound is the associated data of an organisation's key.
func (k OrgKey) bound(how byte, params, public []byte) []byte {
	return bind("organisation key", []byte{recordVersion, how}, k.Org.UUID[:],
		binary.BigEndian.AppendUint64(nil, uint64(k.Version)), []byte(k.Holder), params, public)
}

func unwrapOrg(k OrgKey, by lock) (*orgSecret, error) {
	e, err := k.envelope()
	if err != nil {
		return nil, err
	}
	if by.holder() != k.Holder {
		return nil, broken(nil)
	}
	outer, err := by.opening(e.how, e.params)
	if err != nil {
		return nil, err
	}
	bound := k.bound(e.how, e.params, e.public)
	s := &orgSecret{}
	s.handle, err = keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(e.keyset)), outer, bound)
	if err != nil {
		return nil, broken(err)
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	rest, err := s.aead.Decrypt(e.inner, bound)
	if err != nil {
		return nil, broken(err)
	}
	return s, s.readRest(rest)
}

func (s *orgSecret) readRest(rest []byte) error {
	var parts [][]byte
	for len(rest) > 0 {
		part, next, ok := nextPart(rest)
		if !ok {
			return broken(nil)
		}
		parts, rest = append(parts, part), next
	}
	if len(parts) < 3 || len(parts[0]) != 4 || len(parts[1]) != 32 {
		return broken(nil)
	}
	s.indexVersion, s.index = binary.BigEndian.Uint32(parts[0]), parts[1]
	for _, b := range parts[2:] {
		pair, err := kem().NewPrivateKey(b)
		if err != nil {
			return broken(err)
		}
		s.pairs = append(s.pairs, pair)
	}
	return nil
}

// wrap seals a subject's key under the newest key of the organisation.
func (s *orgSecret) wrap(secret []byte, org ids.Org, subject ids.UUID) ([]byte, error) {
	b, err := s.aead.Encrypt(secret, boundSubject(org, subject))
	if err != nil {
		return nil, broken(err)
	}
	return append([]byte{underOrgKey}, b...), nil
}

// unwrap opens a subject's key.
func (s *orgSecret) unwrap(k SubjectKey) ([]byte, error) {
	if k.Erased() {
		return nil, fault.New(fault.NotFound, "vault.erased")
	}
	bound, body := boundSubject(k.Org, k.Subject), k.Wrapped[1:]
	var secret []byte
	var err error
	switch k.Wrapped[0] {
	case underOrgKey:
		secret, err = s.aead.Decrypt(body, bound)
	case toOrgPublic:
		for _, pair := range s.pairs {
			if secret, err = hpke.Open(pair, hpke.HKDFSHA256(), hpke.AES256GCM(), bound, body); err == nil {
				break
			}
		}
	}
	if err != nil || len(secret) != 32 {
		return nil, broken(err)
	}
	return secret, nil
}

// wrapForLocked seals a subject's key to an organisation that holds its own key
// and has locked it: an emergency referral at night must arrive. Nobody but the
// organisation can open it.
func wrapForLocked(k OrgKey, secret []byte, subject ids.UUID) ([]byte, error) {
	e, err := k.envelope()
	if err != nil {
		return nil, err
	}
	public, err := kem().NewPublicKey(e.public)
	if err != nil {
		return nil, broken(err)
	}
	b, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.AES256GCM(), boundSubject(k.Org, subject), secret)
	if err != nil {
		return nil, broken(err)
	}
	return append([]byte{toOrgPublic}, b...), nil
}

func boundSubject(org ids.Org, subject ids.UUID) []byte {
	return bind("subject key", org.UUID[:], subject[:])
}

func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }
