package vault

import (
	"crypto/hkdf"
	"crypto/sha256"

	"inkingi/internal/fault"
)

// Wrap seals a small secret of the program itself (the key that signs
// checkpoints) under the newest generation of the master key, bound to its
// purpose.
func (m *Master) Wrap(purpose string, secret []byte) ([]byte, error) {
	how, params, aead, err := m.lock().wrapping()
	if err != nil {
		return nil, err
	}
	sealed, err := aead.Encrypt(secret, bind("wrap", []byte(purpose)))
	if err != nil {
		return nil, fault.Wrap(fault.Internal, "vault.broken", err)
	}
	return append(appendPart([]byte{how}, params), sealed...), nil
}

// Unwrap opens what Wrap sealed, with the generation that sealed it.
func (m *Master) Unwrap(purpose string, wrapped []byte) ([]byte, error) {
	if len(wrapped) < 2 {
		return nil, broken(nil)
	}
	params, sealed, ok := nextPart(wrapped[1:])
	if !ok {
		return nil, broken(nil)
	}
	aead, err := m.lock().opening(wrapped[0], params)
	if err != nil {
		return nil, err
	}
	secret, err := aead.Decrypt(sealed, bind("wrap", []byte(purpose)))
	if err != nil {
		return nil, broken(err)
	}
	return secret, nil
}

// Derive gives 32 bytes that only the holder of the master key can make, the
// same at every start and after a rotation: the oldest generation makes them.
// It keys what must not be guessed from the database, such as the names of
// doors somebody knocked at in vain.
func (m *Master) Derive(purpose string) ([]byte, error) {
	keys := m.keys()
	if len(keys) == 0 {
		return nil, fault.New(fault.Internal, "vault.master.missing")
	}
	return hkdf.Key(sha256.New, keys[0].key[:], nil, string(bind("derive", []byte(purpose))), 32)
}
