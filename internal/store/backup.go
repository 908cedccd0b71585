package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/vault"
)

// BackupOptions say where a backup goes and who can open it. Data and Keys are
// kept in two places: either alone says nothing.
type BackupOptions struct {
	Data       io.Writer
	Keys       io.Writer     // wrapped keys
	Master     *vault.Master // seals the file of keys
	Recipients []string      // age public keys ("age1…")
	Passphrase string        // instead of recipients
	Keep       time.Duration // after that the file of keys must be destroyed, and is refused; at most a year
}

// BackupReport says what was written.
type BackupReport struct {
	Made   time.Time
	Schema int64
	Rows   int64
	Keys   vault.KeyBackup
}

// keepKeys bounds how long an erasure can be undone from a backup [J].
const keepKeys = 366 * 24 * time.Hour

// Backup writes everything, as one moment sees it, while others go on working,
// compressed and encrypted (age). Keeping the backup is an act: its entry comes
// first, and is in the backup.
func (s *Store) Backup(ctx context.Context, e audit.Entry, o BackupOptions) (BackupReport, error) {
	to, err := recipients(o.Recipients, o.Passphrase)
	if err != nil {
		return BackupReport{}, err
	}
	if o.Keep <= 0 || o.Keep > keepKeys {
		return BackupReport{}, fault.Field("keep", "store.backup.keep")
	}
	r := BackupReport{Made: at(s.options.Clock()).Time}
	if r.Schema, _, err = s.Version(ctx); err != nil {
		return r, err
	}
	if err := s.Note(ctx, e); err != nil {
		return r, err
	}
	// Entries that still wait in the backup get their place when it is restored,
	// perhaps in another order: as few as can be.
	if err := s.engine.sequence(ctx); err != nil {
		return r, s.lift(err)
	}
	err = s.look(ctx, func(t *tx) (err error) {
		if r.Rows, err = t.backupData(o.Data, to, dumpHead{Made: r.Made, Schema: r.Schema, Engine: s.dialect.name}); err != nil {
			return err
		}
		r.Keys, err = t.backupKeys(o, to, r.Made)
		return err
	})
	return r, err
}

func (t *tx) backupData(w io.Writer, to []age.Recipient, head dumpHead) (rows int64, err error) {
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return 0, fmt.Errorf("encrypt backup: %w", err)
	}
	packed, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return 0, err
	}
	if rows, err = t.dump(packed, head); err != nil {
		return 0, err
	}
	return rows, errors.Join(packed.Close(), sealed.Close())
}

func (t *tx) backupKeys(o BackupOptions, to []age.Recipient, made time.Time) (vault.KeyBackup, error) {
	sealed, err := age.Encrypt(o.Keys, to...)
	if err != nil {
		return vault.KeyBackup{}, fmt.Errorf("encrypt backup of keys: %w", err)
	}
	w, err := vault.NewKeyWriter(sealed, o.Master, made, made.Add(o.Keep))
	if err != nil {
		return vault.KeyBackup{}, err
	}
	err = t.each(`SELECT org, version, holder, wrapped FROM org_key ORDER BY org`, nil, func(rows *sqlx.Rows) error {
		var k orgKey
		if err := rows.StructScan(&k); err != nil {
			return err
		}
		return w.Org(vault.OrgKey{Org: k.Org, Version: k.Version, Holder: vault.Holder(k.Holder), Wrapped: k.Wrapped})
	})
	if err != nil {
		return vault.KeyBackup{}, err
	}
	err = t.each(`SELECT subject, org, org_version, wrapped FROM subject_key ORDER BY subject`, nil, func(rows *sqlx.Rows) error {
		var k subjectKey
		if err := rows.StructScan(&k); err != nil {
			return err
		}
		return w.Subject(k.key())
	})
	if err != nil {
		return vault.KeyBackup{}, err
	}
	b, err := w.Close()
	return b, errors.Join(err, sealed.Close())
}

// RestoreOptions say what to restore and what opens it.
type RestoreOptions struct {
	Data       io.Reader
	Keys       io.Reader // nil: without keys everything sealed stays sealed, and Verify misses their rows
	Master     *vault.Master
	Identities []string // age secret keys ("AGE-SECRET-KEY-1…")
	Passphrase string
	Expired    bool // read a file of keys whose time is over, knowing that erasures come back
}

// Restore fills an empty database, of either engine, from a backup: all or
// nothing. The tables are brought to the version of the backup, filled, and
// brought to this program's. Whoever restores repeats the erasures that came
// after the backup was made. Faults: Invalid "store.backup.malformed" for
// damage, "store.backup.sealed" when nothing given opens it, Stale
// "store.backup.notempty" when the database holds records.
func (s *Store) Restore(ctx context.Context, o RestoreOptions) (BackupReport, error) {
	with, err := identities(o.Identities, o.Passphrase)
	if err != nil {
		return BackupReport{}, err
	}
	data, head, err := openData(o.Data, with)
	if err != nil {
		return BackupReport{}, err
	}
	r := BackupReport{Made: head.Made, Schema: head.Schema}
	keys, err := openKeys(o.Keys, with)
	if err != nil {
		return r, err
	}
	if err := s.migrateTo(ctx, head.Schema); err != nil {
		return r, err
	}
	err = s.lift(s.engine.upkeep(ctx, func(t *tx) error {
		tighten, err := t.loosen()
		if err != nil {
			return err
		}
		if r.Rows, err = t.load(data); err != nil {
			return err
		}
		if r.Keys, err = t.loadKeys(keys, o); err != nil {
			return err
		}
		return tighten()
	}))
	if err != nil {
		return r, err
	}
	if _, _, err := s.Migrate(ctx); err != nil {
		return r, err
	}
	return r, s.lift(s.engine.sequence(ctx))
}

func openData(r io.Reader, with []age.Identity) (*dumpReader, dumpHead, error) {
	opened, err := decrypt(r, with)
	if err != nil {
		return nil, dumpHead{}, err
	}
	unpacked, err := gzip.NewReader(opened)
	if err != nil {
		return nil, dumpHead{}, malformed()
	}
	return newDumpReader(unpacked)
}

// openKeys decrypts the file of keys as a whole: it is small, and read only
// after the data.
func openKeys(r io.Reader, with []age.Identity) (io.Reader, error) {
	if r == nil {
		return nil, nil
	}
	opened, err := decrypt(r, with)
	if err != nil {
		return nil, err
	}
	all, err := io.ReadAll(opened)
	if err != nil {
		return nil, malformed()
	}
	return bytes.NewReader(all), nil
}

func (t *tx) loadKeys(keys io.Reader, o RestoreOptions) (vault.KeyBackup, error) {
	if keys == nil {
		return vault.KeyBackup{}, nil
	}
	insert := func(table string, row any) error { _, err := t.add(table, row, ""); return err }
	return vault.ReadKeyBackup(keys, vault.KeyReader{
		Master: o.Master, Now: t.now(), Expired: o.Expired,
		Org: func(k vault.OrgKey) error {
			return insert("org_key", orgKey{k.Org, k.Version, string(k.Holder), k.Wrapped})
		},
		Subject: func(k vault.SubjectKey) error {
			return insert("subject_key", subjectKey{k.Subject, k.Org, k.OrgVersion, k.Wrapped})
		},
	})
}

func errNotEmpty(table string) error {
	return &fault.Fault{Kind: fault.Stale, Key: "store.backup.notempty", Args: map[string]any{"Table": table}}
}

func recipients(keys []string, passphrase string) ([]age.Recipient, error) {
	if passphrase != "" && len(keys) == 0 {
		r, err := age.NewScryptRecipient(passphrase)
		return []age.Recipient{r}, err
	}
	if passphrase != "" || len(keys) == 0 {
		return nil, fault.Field("recipient", "store.backup.recipient")
	}
	all, err := age.ParseRecipients(strings.NewReader(strings.Join(keys, "\n")))
	if err != nil {
		return nil, fault.Field("recipient", "store.backup.recipient")
	}
	return all, nil
}

func identities(keys []string, passphrase string) ([]age.Identity, error) {
	var all []age.Identity
	if passphrase != "" {
		i, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			return nil, fault.Field("passphrase", "store.backup.recipient")
		}
		all = append(all, i)
	}
	if len(keys) > 0 {
		some, err := age.ParseIdentities(strings.NewReader(strings.Join(keys, "\n")))
		if err != nil {
			return nil, fault.Field("identity", "store.backup.recipient")
		}
		all = append(all, some...)
	}
	if len(all) == 0 {
		return nil, fault.Field("identity", "store.backup.recipient")
	}
	return all, nil
}

func decrypt(r io.Reader, with []age.Identity) (io.Reader, error) {
	opened, err := age.Decrypt(r, with...)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, fault.New(fault.Invalid, "store.backup.sealed")
	}
	if err != nil {
		return nil, malformed()
	}
	return opened, nil
}
