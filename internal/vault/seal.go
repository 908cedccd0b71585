package vault

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"

	"inkingi/internal/fault"
)

// fieldVersion begins every sealed value, so that a later cipher can be told apart.
const fieldVersion = 1

// padTo hides the difference between "yes" and "no": texts are sealed in steps
// of so many bytes [J].
const padTo = 32

// sealed is a value as the store read it, opened when somebody may read it.
type sealed struct {
	vault      *Vault
	org        OrgKey
	key        SubjectKey
	where      Where
	ciphertext []byte
}

// Seal encrypts a text for its place under its subject's key. An empty text
// gives nil. A text that is sealed already keeps its ciphertext when it goes
// back to the place and the subject it came from; anywhere else it must be
// opened with a grant first (Internal "vault.sealed").
func (v *Vault) Seal(ctx context.Context, keys Keys, k SubjectKey, w Where, t Text) ([]byte, error) {
	if err := v.ready(); err != nil {
		return nil, err
	}
	switch {
	case !w.complete():
		return nil, fault.New(fault.Internal, "vault.where")
	case k.Erased():
		return nil, fault.New(fault.NotFound, "vault.erased")
	case t.content == nil:
		return nil, nil
	}
	c := t.content()
	if c.sealed != nil {
		return c.sealed.again(k, w)
	}
	secret, err := v.subjectSecret(ctx, keys, k)
	if err != nil {
		return nil, err
	}
	aead, err := newGCM(secret)
	if err != nil {
		return nil, err
	}
	return aead.Seal([]byte{fieldVersion}, nil, pad(c.clear), w.bound()), nil
}

// Sealed takes a value as the store read it. Nothing is opened, and no database
// is needed, until [Text.Open]. An empty ciphertext is the empty text. Where the
// subject's key is gone, pass SubjectKey{Subject: …}: the text then opens as
// erased.
func (v *Vault) Sealed(org OrgKey, k SubjectKey, w Where, ciphertext []byte) Text {
	if len(ciphertext) == 0 {
		return Text{}
	}
	k.fresh = nil
	return textOf(content{sealed: &sealed{vault: v, org: org, key: k, where: w, ciphertext: ciphertext}})
}

// again gives the stored value back, when it returns to its own place. The key
// may have been wrapped anew meanwhile; a subject has one key in its life.
func (s *sealed) again(k SubjectKey, w Where) ([]byte, error) {
	if s.where != w || s.key.Subject != k.Subject || s.key.Org != k.Org || s.key.Erased() {
		return nil, fault.New(fault.Internal, "vault.sealed")
	}
	return s.ciphertext, nil
}

// open decrypts; whoever calls has asked for the grant.
func (s *sealed) open() (string, error) {
	if s.key.Erased() {
		return "", fault.New(fault.NotFound, "vault.erased")
	}
	if s.key.Org != s.org.Org {
		return "", broken(nil)
	}
	org, err := s.vault.secret(s.org)
	if err != nil {
		return "", err
	}
	secret, err := org.unwrap(s.key)
	if err != nil {
		return "", err
	}
	aead, err := newGCM(secret)
	if err != nil {
		return "", err
	}
	if s.ciphertext[0] != fieldVersion {
		return "", broken(nil)
	}
	padded, err := aead.Open(nil, nil, s.ciphertext[1:], s.where.bound())
	if err != nil {
		return "", broken(err)
	}
	return unpad(padded)
}

// subjectSecret unwraps a subject's key for writing. What memory holds of the
// organisation's key is tried first; the database is asked only when that fails.
func (v *Vault) subjectSecret(ctx context.Context, keys Keys, k SubjectKey) ([]byte, error) {
	if k.fresh != nil {
		return k.fresh(), nil
	}
	if u := v.known(k.Org, v.now()); u != nil {
		if secret, err := u.secret.unwrap(k); err == nil {
			return secret, nil
		}
	}
	record, err := keys.OrgKey(ctx, k.Org)
	if err != nil {
		return nil, err
	}
	org, err := v.secret(record)
	if err != nil {
		return nil, err
	}
	return org.unwrap(k)
}

// broken is the fault of a value that was altered, moved, or sealed by other keys.
func broken(cause error) error {
	if cause == nil {
		return fault.New(fault.Internal, "vault.broken")
	}
	return fault.Wrap(fault.Internal, "vault.broken", cause)
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, broken(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, broken(err)
	}
	return aead, nil
}

// bound is the associated data of a field: version, table, column, row.
func (w Where) bound() []byte {
	return bind("field", []byte{fieldVersion}, []byte(w.Table), []byte(w.Column), w.Row[:])
}

// bind writes parts one after the other, each behind its length, so that no two
// lists of parts give the same bytes. what keeps uses apart.
func bind(what string, parts ...[]byte) []byte {
	n := 12 + len(what)
	for _, p := range parts {
		n += 4 + len(p)
	}
	b := appendPart(make([]byte, 0, n), []byte("inkingi/"+what))
	for _, p := range parts {
		b = appendPart(b, p)
	}
	return b
}

func appendPart(b, part []byte) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(part))), part...)
}

// nextPart reads what appendPart wrote; ok is false at a malformed end.
func nextPart(b []byte) (part, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	n := binary.BigEndian.Uint32(b)
	if uint64(n) > uint64(len(b)-4) {
		return nil, nil, false
	}
	return b[4 : 4+n], b[4+n:], true
}

// pad ends the text with 0x80 and zeros up to the next step (ISO/IEC 7816-4).
func pad(s string) []byte {
	b := make([]byte, (len(s)/padTo+1)*padTo)
	copy(b, s)
	b[len(s)] = 0x80
	return b
}

func unpad(b []byte) (string, error) {
	end := bytes.LastIndexByte(b, 0x80)
	if end < 0 || len(bytes.TrimRight(b[end+1:], "\x00")) != 0 {
		return "", broken(nil)
	}
	return string(b[:end]), nil
}
