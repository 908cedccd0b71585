package store

import (
	"context"
	"database/sql"
	"embed"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"inkingi/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the tables to this program's version, forward only. Several
// programs may call it at once. It gives the versions before and after.
func (s *Store) Migrate(ctx context.Context) (from, to int64, err error) {
	err = s.migrator(ctx, func(p *goose.Provider) error {
		if from, err = version(ctx, p); err != nil {
			return err
		}
		to, err = up(ctx, p, from)
		return err
	})
	return from, to, s.lift(err)
}

// up migrates from a version. On SQLite nothing keeps another program from
// migrating at the same moment: a step that failed because the other had just
// made it is begun again, from the version the other reached.
func up(ctx context.Context, p *goose.Provider, from int64) (to int64, err error) {
	const patience = 3 // tries that reach nothing
	for idle := 0; idle < patience; idle++ {
		if _, err = p.Up(ctx); err == nil {
			return p.GetDBVersion(ctx)
		}
		if have, failed := p.GetDBVersion(ctx); failed == nil && have > from {
			from, idle = have, -1
		}
	}
	return from, err
}

// migrateTo brings the tables to the version of a backup. A backup of a newer
// program is refused: Invalid, "store.backup.newer".
func (s *Store) migrateTo(ctx context.Context, version int64) error {
	have, know, err := s.Version(ctx)
	switch {
	case err != nil:
		return err
	case version > know:
		return fault.New(fault.Invalid, "store.backup.newer")
	case have > version:
		return fault.New(fault.Stale, "store.backup.notempty")
	}
	return s.lift(s.migrator(ctx, func(p *goose.Provider) error {
		_, err := p.UpTo(ctx, version)
		return err
	}))
}

// Version says which version the tables have and which this program knows.
func (s *Store) Version(ctx context.Context) (have, know int64, err error) {
	err = s.migrator(ctx, func(p *goose.Provider) error {
		for _, source := range p.ListSources() {
			know = max(know, source.Version)
		}
		have, err = version(ctx, p)
		return err
	})
	return have, know, s.lift(err)
}

// version reads the version of the tables. The first time it makes goose's own
// table, which another program may be making too.
func version(ctx context.Context, p *goose.Provider) (have int64, err error) {
	for range 3 {
		if have, err = p.GetDBVersion(ctx); err == nil {
			break
		}
	}
	return have, err
}

func (s *Store) migrator(ctx context.Context, fn func(*goose.Provider) error) error {
	return s.engine.lend(func(db *sql.DB) error {
		options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
		locker, err := s.dialect.locker(ctx, db)
		if err != nil {
			return err
		}
		if locker != nil {
			options = append(options, locker)
		}
		files, err := fs.Sub(migrations, "migrations")
		if err != nil {
			return err
		}
		p, err := goose.NewProvider(s.dialect.goose, db, expanded{files, s.dialect.expand}, options...)
		if err != nil {
			return fault.Wrap(fault.Internal, "store.migration", err)
		}
		return fn(p)
	})
}

// expanded serves migrations with ${WORDS} replaced for one engine.
type expanded struct {
	fs.FS
	words map[string]string
}

var expansion = regexp.MustCompile(`\$\{([A-Z]+)\}`)

func (e expanded) Open(name string) (fs.File, error) {
	f, err := e.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	text := expansion.ReplaceAllStringFunc(string(b), func(w string) string {
		word, ok := e.words[w[2:len(w)-1]]
		if !ok {
			return w // the engine refuses it
		}
		return word
	})
	return &file{strings.NewReader(text), name}, nil
}

// ReadFile gives the expanded text.
func (e expanded) ReadFile(name string) ([]byte, error) {
	f, err := e.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// ReadDir lists the migrations.
func (e expanded) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(e.FS, name) }

// Glob finds the migrations.
func (e expanded) Glob(pattern string) ([]string, error) { return fs.Glob(e.FS, pattern) }

// file is an expanded migration.
type file struct {
	*strings.Reader
	name string
}

func (f *file) Stat() (fs.FileInfo, error) { return f, nil }
func (f *file) Close() error               { return nil }
func (f *file) Name() string               { return f.name }
func (f *file) Mode() os.FileMode          { return 0o444 }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return false }
func (f *file) Sys() any                   { return nil }
