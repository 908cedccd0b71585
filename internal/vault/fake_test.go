package vault

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// memory keeps wrapped keys as a store transaction would.
type memory struct {
	orgs     map[ids.Org]OrgKey
	subjects map[ids.UUID]SubjectKey
	reads    int
}

func newMemory() *memory {
	return &memory{orgs: map[ids.Org]OrgKey{}, subjects: map[ids.UUID]SubjectKey{}}
}

func (m *memory) OrgKey(_ context.Context, org ids.Org) (OrgKey, error) {
	m.reads++
	if k, ok := m.orgs[org]; ok {
		return k, nil
	}
	return OrgKey{}, fault.New(fault.NotFound, "org key")
}

func (m *memory) SaveOrgKey(_ context.Context, k OrgKey) error {
	m.orgs[k.Org] = k
	return nil
}

func (m *memory) SubjectKey(_ context.Context, subject ids.UUID) (SubjectKey, error) {
	m.reads++
	if k, ok := m.subjects[subject]; ok {
		return k, nil
	}
	return SubjectKey{}, fault.New(fault.NotFound, "subject key")
}

func (m *memory) SaveSubjectKey(_ context.Context, k SubjectKey) error {
	k.fresh = nil // a database keeps what is exported
	m.subjects[k.Subject] = k
	return nil
}

// grantFor stands for an access.Grant that opens one subject.
type grantFor ids.UUID

func (g grantFor) Allows() bool                { return true }
func (g grantFor) Opens(subject ids.UUID) bool { return ids.UUID(g) == subject }

var morning = time.Date(2026, 11, 25, 6, 0, 0, 0, time.UTC)

// bench is one vault, its stored keys and a clock that stands still.
type bench struct {
	t     testing.TB
	keys  *memory
	vault *Vault
	at    time.Time
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, keys: newMemory(), at: morning}
	b.restart(NewMaster(morning))
	return b
}

// restart is another copy of the program on the same store.
func (b *bench) restart(m *Master) *Vault {
	b.t.Helper()
	v, err := New(m, func() time.Time { return b.at })
	b.must(err)
	b.vault = v
	return v
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) key(org ids.Org, subject ids.UUID) SubjectKey {
	b.t.Helper()
	k, err := b.vault.Key(b.t.Context(), b.keys, org, subject)
	b.must(err)
	return k
}

func (b *bench) seal(k SubjectKey, w Where, s string) []byte {
	b.t.Helper()
	sealed, err := b.vault.Seal(b.t.Context(), b.keys, k, w, Clear(s))
	b.must(err)
	return sealed
}

// sealed is a stored value as the store would hand it on.
func (b *bench) sealed(subject ids.UUID, w Where, ciphertext []byte) Text {
	k, ok := b.keys.subjects[subject]
	if !ok {
		k = SubjectKey{Subject: subject}
	}
	return b.vault.Sealed(b.keys.orgs[k.Org], k, w, ciphertext)
}

// reads opens a stored value and compares.
func (b *bench) reads(subject ids.UUID, w Where, ciphertext []byte, want string) {
	b.t.Helper()
	got, err := b.sealed(subject, w, ciphertext).open(grantFor(subject))
	b.must(err)
	if got != want {
		b.t.Fatalf("opened %q, want %q", got, want)
	}
}

// refuses opens a stored value and wants a fault.
func refuses(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no fault, want %s %s", kind, key)
	}
	if f := fault.Of(err); f.Kind != kind || f.Key != key {
		t.Fatalf("got %v, want %s %s", err, kind, key)
	}
}

func somebody() ids.UUID { return ids.New[ids.Person]().UUID }

func cell() Where { return Where{Table: "person", Column: "name", Row: somebody()} }
