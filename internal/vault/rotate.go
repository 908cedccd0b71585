package vault

import (
	"context"
	"crypto/hpke"
	"encoding/hex"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Rotation, from the outside in. Each step leaves everything readable.
//
//   - Master: [Master.Rotated], write it down, restart with it, [Vault.Rewrap]
//     every organisation, then [Master.Newest].
//   - Organisation: [Vault.RotateOrg], [Vault.RewrapSubject] for every subject,
//     then [Vault.RetireOrg].
//   - Index: [Vault.RekeyIndex], and in the same transaction every token anew.
//
// A subject's own key does not rotate: it lives and dies with the subject.

// WrappedBy names what wraps the key: the fingerprint of a master key or of a
// key file, or "" for a passphrase.
func (k OrgKey) WrappedBy() string {
	e, err := k.envelope()
	if err != nil || e.how != wrapByRing {
		return ""
	}
	return hex.EncodeToString(e.params)
}

// Rewrap wraps an organisation's key under the newest master key. It says
// whether anything had to be done. An organisation that holds its own key is
// left alone, the master does not wrap it: it changes its secret by [Vault.Hold].
func (v *Vault) Rewrap(ctx context.Context, keys Keys, org ids.Org) (bool, error) {
	if err := v.ready(); err != nil {
		return false, err
	}
	record, err := keys.OrgKey(ctx, org)
	if err != nil {
		return false, err
	}
	if record.Holder == HeldByOrg || record.WrappedBy() == v.master.Fingerprint() {
		return false, nil
	}
	s, err := unwrapOrg(record, v.master.lock())
	if err != nil {
		return false, err
	}
	next, err := s.record(org, record.Version, v.master.lock())
	if err != nil {
		return false, err
	}
	return true, keys.SaveOrgKey(ctx, next)
}

// RotateOrg puts a new key in front of an organisation's keys. Subject keys
// wrapped under the older ones still open.
func (v *Vault) RotateOrg(ctx context.Context, keys Keys, org ids.Org) (OrgKey, error) {
	return v.change(ctx, keys, org, (*orgSecret).rotated, 1)
}

// RetireOrg drops every key of the organisation but the newest. A subject key
// that was not wrapped anew ([Vault.RewrapSubject]) is lost: the store must
// have found none of an older OrgVersion, in the same transaction.
func (v *Vault) RetireOrg(ctx context.Context, keys Keys, org ids.Org) (OrgKey, error) {
	return v.change(ctx, keys, org, (*orgSecret).retired, 0)
}

// RekeyIndex gives an organisation a new index key. Every token made before is
// void: in the same transaction the store must make them anew, with
// [Index.TokensOf] over its sealed texts.
func (v *Vault) RekeyIndex(ctx context.Context, keys Keys, org ids.Org) (OrgKey, error) {
	return v.change(ctx, keys, org, func(s *orgSecret) (*orgSecret, error) {
		next := &orgSecret{handle: s.handle, aead: s.aead, pairs: s.pairs}
		next.index, next.indexVersion = newIndexKey(), s.indexVersion+1
		return next, nil
	}, 0)
}

// change saves a changed organisation key under the lock that it had.
func (v *Vault) change(ctx context.Context, keys Keys, org ids.Org, how func(*orgSecret) (*orgSecret, error), by int) (OrgKey, error) {
	record, s, err := v.current(ctx, keys, org)
	if err != nil {
		return OrgKey{}, err
	}
	wrapping := v.master.lock()
	if record.Holder == HeldByOrg {
		u := v.known(org, v.now())
		if u == nil {
			return OrgKey{}, fault.New(fault.Unavailable, "vault.locked")
		}
		wrapping = u.lock
	}
	next, err := how(s)
	if err != nil {
		return OrgKey{}, err
	}
	changed, err := next.record(org, record.Version+by, wrapping)
	if err != nil {
		return OrgKey{}, err
	}
	return changed, keys.SaveOrgKey(ctx, changed)
}

// RewrapSubject wraps a subject's key under the newest key of its organisation
// and saves it. It says whether anything had to be done; a tombstone stays.
func (v *Vault) RewrapSubject(ctx context.Context, keys Keys, k SubjectKey) (bool, error) {
	if k.Erased() {
		return false, nil
	}
	record, s, err := v.current(ctx, keys, k.Org)
	if err != nil {
		return false, err
	}
	if k.OrgVersion == record.Version && k.Wrapped[0] == underOrgKey {
		return false, nil
	}
	secret, err := s.unwrap(k)
	if err != nil {
		return false, err
	}
	next := SubjectKey{Subject: k.Subject, Org: k.Org, OrgVersion: record.Version}
	if next.Wrapped, err = s.wrap(secret, k.Org, k.Subject); err != nil {
		return false, err
	}
	return true, keys.SaveSubjectKey(ctx, next)
}

// rotated is the organisation's key with a new one in front, and a new pair.
func (s *orgSecret) rotated() (*orgSecret, error) {
	m := keyset.NewManagerFromHandle(s.handle)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, broken(err)
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, broken(err)
	}
	pair, err := kem().GenerateKey()
	if err != nil {
		return nil, broken(err)
	}
	return s.with(m, append([]hpke.PrivateKey{pair}, s.pairs...))
}

// retired is the organisation's key without its older ones.
func (s *orgSecret) retired() (*orgSecret, error) {
	m := keyset.NewManagerFromHandle(s.handle)
	info := s.handle.KeysetInfo()
	for _, k := range info.GetKeyInfo() {
		if k.GetKeyId() == info.GetPrimaryKeyId() {
			continue
		}
		if err := m.Delete(k.GetKeyId()); err != nil {
			return nil, broken(err)
		}
	}
	return s.with(m, s.pairs[:1])
}

func (s *orgSecret) with(m *keyset.Manager, pairs []hpke.PrivateKey) (*orgSecret, error) {
	handle, err := m.Handle()
	if err != nil {
		return nil, broken(err)
	}
	next := &orgSecret{handle: handle, index: s.index, indexVersion: s.indexVersion, pairs: pairs}
	return next, next.prepare()
}
