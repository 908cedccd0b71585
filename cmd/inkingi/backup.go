package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/store"
)

// secrets opens a backup: a passphrase from a file, or age keys.
type secrets struct {
	PassphraseFile string `help:"File with the passphrase of the backup." env:"INKINGI_BACKUP_PASSPHRASE_FILE" placeholder:"FILE"`
}

func (s secrets) passphrase() (string, error) {
	if s.PassphraseFile == "" {
		return "", nil
	}
	text, err := os.ReadFile(s.PassphraseFile)
	return strings.TrimSpace(string(text)), err
}

// backup writes two files that are kept in two places: either alone says nothing.
type backup struct {
	base      `embed:""`
	secrets   `embed:""`
	Data      string        `help:"Where the records go." env:"INKINGI_BACKUP_DATA" placeholder:"FILE" required:""`
	KeysTo    string        `name:"keys" help:"Where the wrapped keys go: another place than the records." env:"INKINGI_BACKUP_KEYS" placeholder:"FILE" required:""`
	Recipient []string      `help:"age public key that may open it." env:"INKINGI_BACKUP_RECIPIENT" placeholder:"age1…"`
	Keep      time.Duration `help:"After this the file of keys must be destroyed, and is refused." env:"INKINGI_BACKUP_KEEP" default:"840h"`
}

// Run writes the backup.
func (b backup) Run(ctx context.Context, c *console) (err error) {
	passphrase, err := b.passphrase()
	if err != nil {
		return err
	}
	h, err := b.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	data, err := newFile(b.Data)
	if err != nil {
		return err
	}
	defer closing(data, &err)
	wrapped, err := newFile(b.KeysTo)
	if err != nil {
		return err
	}
	defer closing(wrapped, &err)
	entry, err := h.byConsole(access.SystemConfigure)
	if err != nil {
		return err
	}
	report, err := h.store.Backup(ctx, entry.With("act", "backup"), store.BackupOptions{Data: data, Keys: wrapped, Master: h.master,
		Recipients: b.Recipient, Passphrase: passphrase, Keep: b.Keep})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "backup of %s: %d rows, version %d; destroy the file of keys by %s\n",
		report.Made.Format(time.RFC3339), report.Rows, report.Schema, report.Keys.ExpiresAt.Format("2006-01-02"))
	return nil
}

// newFile makes a file that only its owner can read, and never over another.
func newFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

func closing(f io.Closer, err *error) { *err = errors.Join(*err, f.Close()) }

// restore fills an empty database from a backup.
type restore struct {
	base     `embed:""`
	secrets  `embed:""`
	Data     string   `help:"The records." env:"INKINGI_BACKUP_DATA" placeholder:"FILE" required:""`
	KeysFrom string   `name:"keys" help:"The wrapped keys; without them everything sealed stays sealed." env:"INKINGI_BACKUP_KEYS" placeholder:"FILE"`
	Identity []string `help:"File with an age secret key." env:"INKINGI_BACKUP_IDENTITY" placeholder:"FILE"`
	Erased   string   `help:"A list of inkingi erased: what was erased since the backup is erased again." env:"INKINGI_BACKUP_ERASED" placeholder:"FILE"`
	Expired  bool     `help:"Read a file of keys whose time is over; erasures come back." env:"INKINGI_BACKUP_EXPIRED"`
}

// Run restores.
func (r restore) Run(ctx context.Context, c *console) error {
	passphrase, err := r.passphrase()
	if err != nil {
		return err
	}
	h, err := r.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	o := store.RestoreOptions{Master: h.master, Passphrase: passphrase, Expired: r.Expired}
	for _, path := range r.Identity {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		o.Identities = append(o.Identities, strings.TrimSpace(string(text)))
	}
	data, err := os.Open(r.Data)
	if err != nil {
		return err
	}
	defer data.Close()
	o.Data = data
	if r.KeysFrom != "" {
		wrapped, err := os.Open(r.KeysFrom)
		if err != nil {
			return err
		}
		defer wrapped.Close()
		o.Keys = wrapped
	}
	report, err := h.store.Restore(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "restored %d rows of %s; now run: inkingi verify\n", report.Rows, report.Made.Format(time.RFC3339))
	if r.Erased == "" {
		fmt.Fprintln(c.out, "WARNING: whoever was erased after that day is back. Erase them again: inkingi restore --erased FILE, with the newest list of inkingi erased.")
		return nil
	}
	n, err := h.again(ctx, r.Erased)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "erased again: %d\n", n)
	return nil
}
