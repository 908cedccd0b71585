package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"
	"unicode/utf8"

	"github.com/tink-crypto/tink-go/v2/tink"
	"golang.org/x/crypto/argon2"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Custody is the secret by which an organisation holds its own key: a
// passphrase or a key file. The zero Custody holds nothing. It prints as dots.
type Custody struct{ secret func() custody }

type custody struct {
	passphrase string
	file       *Master
}

// minPassphrase is the least length of a passphrase [J]: whoever steals the
// database may guess for years, so six words rather than one.
const minPassphrase = 20

// maxUnlocked bounds an unlocking [J]: one working day.
const maxUnlocked = 12 * time.Hour

// ByPassphrase holds a key by a passphrase of at least 20 characters.
func ByPassphrase(passphrase string) Custody {
	return Custody{func() custody { return custody{passphrase: passphrase} }}
}

// ByKeyFile holds a key by a file of the organisation's own, made with
// [NewMaster] and kept by the organisation only.
func ByKeyFile(file *Master) Custody {
	return Custody{func() custody { return custody{file: file} }}
}

// String gives dots.
func (c Custody) String() string { return dots }

// GoString gives dots.
func (c Custody) GoString() string { return dots }

// MarshalText refuses, like [Text.MarshalText].
func (c Custody) MarshalText() ([]byte, error) { return nil, refuse() }

// Hold gives an organisation the custody of its own key, or changes the secret
// it is held by. A new key is put in front and wrapped under the secret; from
// then on the host opens nothing of this organisation until [Vault.Unlock]. It
// leaves the organisation unlocked for the given time, in which the caller must
// wrap every subject key anew ([Vault.RewrapSubject]) and then drop the older
// keys ([Vault.RetireOrg]).
//
// What it cannot undo: copies of the database made before, with the master key,
// still open what was sealed before.
func (v *Vault) Hold(ctx context.Context, keys Keys, org ids.Org, c Custody, unlocked time.Duration) error {
	record, s, err := v.current(ctx, keys, org)
	if err != nil {
		return err
	}
	by, err := v.lockOf(c, nil)
	if err != nil {
		return err
	}
	return v.replace(ctx, keys, record, s, by, v.now().Add(min(unlocked, maxUnlocked)))
}

// Entrust gives an organisation's key back to the host. The organisation must
// be unlocked.
func (v *Vault) Entrust(ctx context.Context, keys Keys, org ids.Org) error {
	record, s, err := v.current(ctx, keys, org)
	if err != nil {
		return err
	}
	return v.replace(ctx, keys, record, s, v.master.lock(), v.now().Add(hostKept))
}

// replace puts a new key in front and saves it under a lock.
func (v *Vault) replace(ctx context.Context, keys Keys, record OrgKey, s *orgSecret, by lock, until time.Time) error {
	next, err := s.rotated()
	if err != nil {
		return err
	}
	stored, err := next.record(record.Org, record.Version+1, by)
	if err != nil {
		return err
	}
	if err := keys.SaveOrgKey(ctx, stored); err != nil {
		return err
	}
	v.keep(&unwrapped{record: stored, secret: next, lock: by, until: until})
	return nil
}

// Unlock keeps an organisation's own key in the memory of this program for a
// while, at most twelve hours, and says until when. Each copy of the program is
// unlocked by itself. Faults: Invalid at field "custody" with key
// "vault.custody.wrong" for a wrong secret.
func (v *Vault) Unlock(ctx context.Context, keys Keys, org ids.Org, c Custody, unlocked time.Duration) (time.Time, error) {
	if err := v.ready(); err != nil {
		return time.Time{}, err
	}
	record, err := keys.OrgKey(ctx, org)
	if err != nil {
		return time.Time{}, err
	}
	if record.Holder != HeldByOrg {
		return time.Time{}, fault.Field("custody", "vault.custody.host")
	}
	e, err := record.envelope()
	if err != nil {
		return time.Time{}, err
	}
	by, err := v.lockOf(c, &e)
	if err != nil {
		return time.Time{}, err
	}
	s, err := unwrapOrg(record, by)
	if err != nil {
		return time.Time{}, fault.Field("custody", "vault.custody.wrong")
	}
	until := v.now().Add(min(unlocked, maxUnlocked))
	v.keep(&unwrapped{record: record, secret: s, lock: by, until: until})
	return until, nil
}

// Lock forgets an organisation's key at once.
func (v *Vault) Lock(org ids.Org) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.open, org)
}

// Forget drops from memory every key whose time is over. Reading never uses
// such a key; this only takes it out of memory.
func (v *Vault) Forget() {
	now := v.now()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.forget(now)
}

// Unlocked says until when an organisation's own key is in memory; zero when it
// is not. What the host holds is never locked and gives zero too.
func (v *Vault) Unlocked(org ids.Org) time.Time {
	if u := v.known(org, v.now()); u != nil && u.record.Holder == HeldByOrg {
		return u.until
	}
	return time.Time{}
}

// lockOf makes a lock of a secret: a new one, or the one that closed e.
func (v *Vault) lockOf(c Custody, e *envelope) (lock, error) {
	var secret custody
	if c.secret != nil {
		secret = c.secret()
	}
	switch {
	case secret.file == nil && secret.passphrase == "":
		return nil, fault.Field("custody", "vault.custody.missing")
	case secret.file != nil:
		return ring{secret.file, HeldByOrg}, nil
	case e == nil && utf8.RuneCountInString(secret.passphrase) < minPassphrase:
		return nil, fault.FieldArgs("custody", "vault.custody.short", map[string]any{"Min": minPassphrase})
	case e == nil:
		return v.derive(secret.passphrase, newStretch())
	case e.how != wrapByPassphrase:
		return nil, fault.Field("custody", "vault.custody.wrong")
	}
	cost, err := readStretch(e.params)
	if err != nil {
		return nil, err
	}
	return v.derive(secret.passphrase, cost)
}

// derive stretches a passphrase, one at a time.
func (v *Vault) derive(passphrase string, cost stretch) (lock, error) {
	v.slow.Lock()
	defer v.slow.Unlock()
	key := argon2.IDKey([]byte(passphrase), cost.salt[:], cost.passes, cost.kib, cost.lanes, 32)
	return passphraseLock{params: cost.params(), key: generationOf([32]byte(key), time.Time{})}, nil
}

// passphraseLock is a passphrase, stretched.
type passphraseLock struct {
	params []byte
	key    *generation
}

func (p passphraseLock) holder() Holder { return HeldByOrg }

func (p passphraseLock) wrapping() (byte, []byte, tink.AEAD, error) {
	return wrapByPassphrase, p.params, p.key, nil
}

// opening fails when the passphrase was changed elsewhere: unlock again.
func (p passphraseLock) opening(how byte, params []byte) (tink.AEAD, error) {
	if how != wrapByPassphrase || !bytes.Equal(params, p.params) {
		return nil, fault.New(fault.Unavailable, "vault.locked")
	}
	return p.key, nil
}

// stretch is the cost of argon2id for one passphrase.
type stretch struct {
	passes, kib uint32
	lanes       uint8
	salt        [16]byte
}

// newStretch takes the second recommended option of RFC 9106 §4: 3 passes over
// 64 MiB in 4 lanes [M].
func newStretch() stretch {
	s := stretch{passes: 3, kib: 64 << 10, lanes: 4}
	_, _ = rand.Read(s.salt[:]) // crypto/rand never fails: it stops the program
	return s
}

func (s stretch) params() []byte {
	b := binary.BigEndian.AppendUint32(nil, s.passes)
	b = binary.BigEndian.AppendUint32(b, s.kib)
	return append(append(b, s.lanes), s.salt[:]...)
}

// readStretch bounds what a tampered record can make the program spend.
func readStretch(b []byte) (s stretch, err error) {
	if len(b) != 25 {
		return s, broken(nil)
	}
	s.passes, s.kib, s.lanes = binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), b[8]
	copy(s.salt[:], b[9:])
	if s.passes == 0 || s.passes > 16 || s.kib < 8<<10 || s.kib > 256<<10 || s.lanes == 0 {
		return s, broken(nil)
	}
	return s, nil
}
