package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
)

func backUp(t testing.TB, s *Store, m *vault.Master) (data, keys bytes.Buffer, identity string, r BackupReport) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	must(t, err)
	r, err = s.Backup(context.Background(), entry(), BackupOptions{
		Data: &data, Keys: &keys, Master: m, Recipients: []string{id.Recipient().String()}, Keep: 24 * time.Hour})
	must(t, err)
	return data, keys, id.String(), r
}

// content is every row of every table, as one sorted text a table, engine apart.
func content(t testing.TB, s *Store) map[string]string {
	t.Helper()
	must(t, s.engine.sequence(context.Background()))
	all := map[string]string{}
	must(t, s.look(context.Background(), func(tx *tx) error {
		tables, err := tx.dumpTables()
		if err != nil {
			return err
		}
		for _, name := range append(tables, keyTables()...) {
			columns, err := tx.columns(name)
			if err != nil {
				return err
			}
			var lines []string
			names := make([]string, len(columns))
			for i, c := range columns {
				names[i] = c.name
			}
			err = tx.each("SELECT "+list(names)+" FROM "+name, nil, func(rows *sqlx.Rows) error {
				values, err := rows.SliceScan()
				if err != nil {
					return err
				}
				var line []audit.Column
				for i, v := range values {
					if b, ok := v.([]byte); ok && columns[i].kind == "JSON" {
						v = string(b)
					}
					line = append(line, audit.Column{Name: columns[i].name, Value: v})
				}
				h, err := audit.HashRow(name, "", line)
				lines = append(lines, fmt.Sprintf("%x", h))
				return err
			})
			if err != nil {
				return err
			}
			slices.Sort(lines)
			all[name] = strings.Join(lines, "\n")
		}
		return nil
	}))
	return all
}

func TestBackupWhileSaving(t *testing.T) {
	engine.Each(t, func(t *testing.T, from string) {
		s, ctx := open(t, from), context.Background()
		v, m := newVault(t)
		_, err := s.MakeLogKey(ctx, "inkingi.example/audit")
		must(t, err)
		org := ids.New[ids.Org]()
		save := func() error {
			return s.act(ctx, entry(), func(t *tx) error {
				_, err := v.Key(ctx, t, org, ids.New[ids.Person]().UUID)
				return err
			})
		}
		must(t, save())
		_, err = s.Checkpoint(ctx)
		must(t, err)
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if err := save(); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		busyData, busyKeys, busyID, busy := backUp(t, s, m)
		close(stop)
		wg.Wait()
		data, keys, id, quiet := backUp(t, s, m)
		if busy.Keys.Subjects == 0 || busy.Keys.Subjects > quiet.Keys.Subjects {
			t.Errorf("%d subjects while saving, %d after", busy.Keys.Subjects, quiet.Keys.Subjects)
		}
		want := content(t, s)
		restore := func(t *testing.T, to string, data, keys []byte, id string) *Store {
			target, err := Open(ctx, to, Options{Wrap: plainWrap{}})
			must(t, err)
			t.Cleanup(func() { _ = target.Close() })
			_, err = target.Restore(ctx, RestoreOptions{Data: bytes.NewReader(data), Keys: bytes.NewReader(keys), Master: m, Identities: []string{id}})
			must(t, err)
			holds(t, target)
			return target
		}
		for name, fresh := range map[string]func(testing.TB) string{"SQLite": engine.SQLite, "PostgreSQL": engine.PostgreSQL} {
			t.Run("into "+name, func(t *testing.T) {
				target := restore(t, fresh(t), data.Bytes(), keys.Bytes(), id)
				if diff := cmp.Diff(want, content(t, target)); diff != "" {
					t.Error("not equal:", diff)
				}
				restore(t, fresh(t), busyData.Bytes(), busyKeys.Bytes(), busyID)
				// It goes on working, and is not filled a second time.
				must(t, target.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) }))
				holds(t, target)
				_, err := target.Restore(ctx, RestoreOptions{Data: bytes.NewReader(data.Bytes()), Master: m, Identities: []string{id}})
				if !fault.Is(err, fault.Stale) {
					t.Errorf("a database was filled twice: %v", err)
				}
			})
		}
	})
}

func TestBackupSaysNothingWithoutItsKey(t *testing.T) {
	s := open(t, engine.SQLite(t))
	v, m := newVault(t)
	ctx := context.Background()
	marker := bytes.Repeat([]byte("KEYKEYKEY"), 5)
	row := someRow()
	row.Wrapped = marker
	must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", row) }))
	_ = v
	data, keys, id, r := backUp(t, s, m)
	if bytes.Contains(data.Bytes(), marker) || bytes.Contains(keys.Bytes(), marker) {
		t.Error("a backup is readable")
	}
	with, err := identities([]string{id}, "")
	must(t, err)
	opened, _, err := openData(bytes.NewReader(data.Bytes()), with)
	must(t, err)
	plain, err := io.ReadAll(opened.in)
	must(t, err)
	if bytes.Contains(plain, marker) {
		t.Error("the backup of the data holds a key")
	}
	other, err := age.GenerateX25519Identity()
	must(t, err)
	damaged := bytes.Clone(data.Bytes())
	damaged[len(damaged)/2] ^= 1
	late := func() time.Time { return r.Keys.ExpiresAt.Add(time.Hour) }
	for name, c := range map[string]struct {
		o    RestoreOptions
		kind fault.Kind
		key  string
		now  func() time.Time
	}{
		"with another key": {RestoreOptions{Data: bytes.NewReader(data.Bytes()), Identities: []string{other.String()}}, fault.Invalid, "store.backup.sealed", nil},
		"without a key":    {RestoreOptions{Data: bytes.NewReader(data.Bytes())}, fault.Invalid, "store.backup.recipient", nil},
		"damaged":          {RestoreOptions{Data: bytes.NewReader(damaged), Identities: []string{id}}, fault.Invalid, "store.backup.malformed", nil},
		"cut off":          {RestoreOptions{Data: bytes.NewReader(data.Bytes()[:data.Len()-40]), Identities: []string{id}}, fault.Invalid, "store.backup.malformed", nil},
		"no backup":        {RestoreOptions{Data: strings.NewReader("a letter"), Identities: []string{id}}, fault.Invalid, "store.backup.malformed", nil},
		"keys of another master": {RestoreOptions{Data: bytes.NewReader(data.Bytes()), Keys: bytes.NewReader(keys.Bytes()), Master: vault.NewMaster(time.Now()), Identities: []string{id}},
			fault.Invalid, "vault.backup.seal", nil},
		"keys whose time is over": {RestoreOptions{Data: bytes.NewReader(data.Bytes()), Keys: bytes.NewReader(keys.Bytes()), Master: m, Identities: []string{id}},
			fault.Denied, "vault.backup.expired", late},
	} {
		target, err := Open(ctx, engine.SQLite(t), Options{Clock: c.now})
		must(t, err)
		_, err = target.Restore(ctx, c.o)
		if !fault.Is(err, c.kind) || fault.Of(err).Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := target.Migrate(ctx); err == nil {
			if n := count(t, target, `SELECT COUNT(*) FROM org_key`) + entries(t, target); n != 0 {
				t.Errorf("%s: %d rows were kept", name, n)
			}
		}
		must(t, target.Close())
	}
}

func TestBackupByPassphrase(t *testing.T) {
	if to, err := recipients(nil, "nine invented words"); err != nil || len(to) != 1 {
		t.Fatal(to, err)
	}
	easy, err := age.NewScryptRecipient("nine invented words")
	must(t, err)
	easy.SetWorkFactor(10) // a backup takes age's own, a second of work
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, easy)
	must(t, err)
	must(t, w.Close())
	with, err := identities(nil, "nine invented words")
	must(t, err)
	_, err = decrypt(&sealed, with)
	must(t, err)
	for _, none := range []struct {
		keys       []string
		passphrase string
	}{{nil, ""}, {[]string{"x"}, ""}, {[]string{"age1x"}, "both"}} {
		if _, err := recipients(none.keys, none.passphrase); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", none, err)
		}
	}
}

// A dump that was changed anywhere is refused, and nothing of it is kept. (Not a
// fuzz target: the compiler takes minutes to instrument SQLite.)
func TestDamagedDump(t *testing.T) {
	s, ctx := open(t, engine.SQLite(t)), context.Background()
	must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) }))
	var plain bytes.Buffer
	must(t, s.look(ctx, func(t *tx) error { _, err := t.dump(&plain, dumpHead{Schema: 1}); return err }))
	target := open(t, engine.SQLite(t))
	undo := errors.New("undo")
	load := func(b []byte) error {
		return target.engine.upkeep(ctx, func(t *tx) error {
			d, _, err := newDumpReader(bytes.NewReader(b))
			if err != nil {
				return err
			}
			if _, err := t.load(d); err != nil {
				return err
			}
			return undo
		})
	}
	if err := load(plain.Bytes()); !errors.Is(err, undo) {
		t.Fatalf("the whole dump: %v", err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		b := bytes.Clone(plain.Bytes())
		switch at := random.IntN(len(b)); i % 4 {
		case 0:
			b = b[:at]
		case 1:
			b = slices.Delete(b, at, at+1)
		case 2:
			b = slices.Insert(b, at, byte(random.IntN(256)))
		case 3:
			b[at] ^= byte(1 + random.IntN(255))
		}
		if err := load(b); err == nil || errors.Is(err, undo) {
			t.Fatalf("damage %d was taken", i)
		}
	}
	if n := entries(t, target); n != 0 {
		t.Errorf("%d entries were kept", n)
	}
}
