// Package vault keeps what would betray a person sealed: names, phones,
// addresses, documents and stories.
//
// Keys stand in three steps: the master key, which lives outside the database
// ([Master]); a key for each organisation, wrapped by the master or held by the
// organisation itself ([OrgKey]); a key for each subject, wrapped by its
// organisation's key ([SubjectKey]). A sealed value is bound to its table,
// column and row, so that it opens nowhere else. Erasing a subject is
// destroying its key. Search goes over keyed tokens ([Index]), never over
// clear text. A [Text] prints as dots and opens only with a grant.
//
// The room stores nothing and asks nobody who may read: rows are the store's,
// decisions are access's. It does not hide how often a record is read, nor the
// size of a text beyond steps of 32 bytes, and it cannot call back a copy of a
// key that was made before an erasure (see [KeyBackup] for their expiry).
package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"sync"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Where is the place of one sealed value. It is bound into the ciphertext.
type Where struct {
	Table, Column string
	Row           ids.UUID
}

// complete says whether w names one cell.
func (w Where) complete() bool { return w.Table != "" && w.Column != "" && !w.Row.IsZero() }

// Holder says who can unwrap an organisation's key.
type Holder string

// The holders. The zero Holder is nobody.
const (
	HeldByHost Holder = "host"         // wrapped by the master key
	HeldByOrg  Holder = "organisation" // wrapped by a secret of the organisation; the host cannot open it alone
)

// OrgKey is an organisation's key as it is stored: wrapped. Version counts the
// changes of the key itself; wrapping it anew does not change it.
type OrgKey struct {
	Org     ids.Org
	Version int
	Holder  Holder
	Wrapped []byte
}

// SubjectKey is the key of one subject (a person, a reporter, a signal, a
// packet) as it is stored: wrapped under its organisation's key. OrgVersion is
// the version it was wrapped under. Without Wrapped bytes the subject is erased.
type SubjectKey struct {
	Subject    ids.UUID
	Org        ids.Org
	OrgVersion int
	Wrapped    []byte

	fresh func() []byte // just made for an organisation that is locked: can still seal, once
}

// Erased says whether the key is gone for good.
func (k SubjectKey) Erased() bool { return len(k.Wrapped) == 0 }

// Destroyed is the tombstone to store in place of a key. The store writes it,
// or removes the row and passes SubjectKey{Subject: …} when reading, and in the
// same transaction removes the subject's tokens. A tombstone also keeps
// [Vault.Key] from quietly giving an erased subject a new key.
func (k SubjectKey) Destroyed() SubjectKey {
	return SubjectKey{Subject: k.Subject, Org: k.Org, OrgVersion: k.OrgVersion}
}

// String names the subject only.
func (k SubjectKey) String() string { return "key of " + k.Subject.String() }

// Keys reads and writes wrapped keys inside the caller's transaction. What is
// absent is fault NotFound. Saving replaces the record of the same id; two
// writers making the same first key end in one of them failing as Stale.
type Keys interface {
	OrgKey(ctx context.Context, org ids.Org) (OrgKey, error)
	SaveOrgKey(ctx context.Context, k OrgKey) error
	SubjectKey(ctx context.Context, subject ids.UUID) (SubjectKey, error)
	SaveSubjectKey(ctx context.Context, k SubjectKey) error
}

// Vault seals and opens. It keeps unwrapped organisation keys in memory for a
// while, and never a subject's key. It is safe for concurrent use; the zero
// Vault refuses everything.
type Vault struct {
	master *Master
	now    func() time.Time
	mu     sync.RWMutex
	open   map[ids.Org]*unwrapped
	slow   sync.Mutex // one passphrase derivation at a time: each takes 64 MiB
}

// New makes a vault under a master key. now is the clock.
func New(master *Master, now func() time.Time) (*Vault, error) {
	if master == nil || len(master.keys()) == 0 || now == nil {
		return nil, fault.New(fault.Internal, "vault.master.missing")
	}
	return &Vault{master: master, now: now, open: map[ids.Org]*unwrapped{}}, nil
}

// ready refuses the zero Vault.
func (v *Vault) ready() error {
	if v == nil || v.master == nil {
		return fault.New(fault.Internal, "vault.master.missing")
	}
	return nil
}

// Key fetches a subject's key, or makes it, and with it the organisation's key
// when the organisation has none. The caller says by org who owns the subject:
// a referral's packet is owned by the organisation that receives it, with the
// referral as subject, so that declining destroys it. An organisation that
// holds its own key and has locked it can still be written to.
//
// Faults: NotFound "vault.erased" when the key was destroyed, Internal
// "vault.owner" when the subject belongs to another organisation.
func (v *Vault) Key(ctx context.Context, keys Keys, org ids.Org, subject ids.UUID) (SubjectKey, error) {
	if err := v.ready(); err != nil {
		return SubjectKey{}, err
	}
	if org.IsZero() || subject.IsZero() {
		return SubjectKey{}, fault.New(fault.Internal, "vault.owner")
	}
	k, err := keys.SubjectKey(ctx, subject)
	switch {
	case fault.Is(err, fault.NotFound):
		return v.newSubjectKey(ctx, keys, org, subject)
	case err != nil:
		return SubjectKey{}, err
	case k.Erased():
		return SubjectKey{}, fault.New(fault.NotFound, "vault.erased")
	case k.Org != org || k.Subject != subject:
		return SubjectKey{}, fault.New(fault.Internal, "vault.owner")
	}
	return k, nil
}

func (v *Vault) newSubjectKey(ctx context.Context, keys Keys, org ids.Org, subject ids.UUID) (SubjectKey, error) {
	record, err := v.orgKey(ctx, keys, org)
	if err != nil {
		return SubjectKey{}, err
	}
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // crypto/rand never fails: it stops the program
	k := SubjectKey{Subject: subject, Org: org, OrgVersion: record.Version}
	s, err := v.secret(record)
	switch {
	case err == nil:
		k.Wrapped, err = s.wrap(secret[:], org, subject)
	case fault.Is(err, fault.Unavailable):
		k.fresh = func() []byte { return secret[:] }
		k.Wrapped, err = wrapForLocked(record, secret[:], subject)
	}
	if err != nil {
		return SubjectKey{}, err
	}
	return k, keys.SaveSubjectKey(ctx, k)
}

// orgKey fetches an organisation's key, or makes one held by the host.
func (v *Vault) orgKey(ctx context.Context, keys Keys, org ids.Org) (OrgKey, error) {
	record, err := keys.OrgKey(ctx, org)
	if !fault.Is(err, fault.NotFound) {
		return record, err
	}
	s, err := newOrgSecret(org)
	if err != nil {
		return OrgKey{}, err
	}
	if record, err = s.record(org, 1, v.master.lock()); err != nil {
		return OrgKey{}, err
	}
	return record, keys.SaveOrgKey(ctx, record)
}

// current reads the organisation's key record and unwraps it.
func (v *Vault) current(ctx context.Context, keys Keys, org ids.Org) (OrgKey, *orgSecret, error) {
	if err := v.ready(); err != nil {
		return OrgKey{}, nil, err
	}
	record, err := v.orgKey(ctx, keys, org)
	if err != nil {
		return OrgKey{}, nil, err
	}
	s, err := v.secret(record)
	return record, s, err
}

// unwrapped is one organisation's key in memory. It is tied to the stored
// record it came from: another record, for instance after a rotation by another
// copy of the program, is unwrapped anew.
type unwrapped struct {
	record OrgKey
	secret *orgSecret
	lock   lock // what wraps it, to open the next record and to wrap again
	until  time.Time
}

// hostKept bounds how long an organisation's key stays in memory when the host
// holds it [J]: an organisation that takes its key away is out of every copy of
// the program after that time.
const hostKept = 5 * time.Minute

// secret unwraps an organisation's key, from memory when it is there.
func (v *Vault) secret(record OrgKey) (*orgSecret, error) {
	if err := v.ready(); err != nil {
		return nil, err
	}
	now := v.now()
	known := v.known(record.Org, now)
	if known != nil && known.record.same(record) {
		return known.secret, nil
	}
	by, until := v.master.lock(), now.Add(hostKept)
	if record.Holder == HeldByOrg {
		if known == nil || known.record.Holder != HeldByOrg {
			return nil, fault.New(fault.Unavailable, "vault.locked")
		}
		by, until = known.lock, known.until
	}
	s, err := unwrapOrg(record, by)
	if err != nil {
		return nil, err
	}
	v.keep(&unwrapped{record: record, secret: s, lock: by, until: until})
	return s, nil
}

// known is what memory holds for an organisation, unless its time is over.
func (v *Vault) known(org ids.Org, now time.Time) *unwrapped {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if u := v.open[org]; u != nil && now.Before(u.until) {
		return u
	}
	return nil
}

// keep remembers an unwrapped key and forgets those whose time is over. A key
// that an organisation holds itself also leaves memory when nobody comes by.
func (v *Vault) keep(u *unwrapped) {
	now := v.now()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open[u.record.Org] = u
	v.forget(now)
	if left := u.until.Sub(now); u.record.Holder == HeldByOrg && left > 0 {
		time.AfterFunc(left+time.Second, v.Forget)
	}
}

// forget drops what is over; the caller holds the mutex.
func (v *Vault) forget(now time.Time) {
	for org, u := range v.open {
		if !now.Before(u.until) {
			delete(v.open, org)
		}
	}
}

func (k OrgKey) same(other OrgKey) bool {
	return k.Org == other.Org && k.Version == other.Version && k.Holder == other.Holder &&
		bytes.Equal(k.Wrapped, other.Wrapped)
}
