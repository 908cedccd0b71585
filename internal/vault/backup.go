package vault

import (
	"bufio"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// KeyBackup says what a file of wrapped keys holds and until when it may be
// kept. It is kept apart from the backup of the data: either alone says
// nothing. A subject erased after MadeAt can be brought back from it until
// ExpiresAt, when the file must be destroyed; whoever restores must repeat the
// erasures that came after MadeAt.
//
// Each line is a key; the last is a seal by the master key over all others, so
// that neither a key nor the expiry can be changed.
type KeyBackup struct {
	MadeAt, ExpiresAt time.Time
	Orgs, Subjects    int
}

const backupHead = "inkingi wrapped keys 1"

// KeyWriter writes a KeyBackup key by key.
type KeyWriter struct {
	backup KeyBackup
	out    *bufio.Writer
	master *Master
	sum    hash.Hash
}

// NewKeyWriter begins a file of wrapped keys. The expiry must lie after the
// making.
func NewKeyWriter(w io.Writer, m *Master, madeAt, expiresAt time.Time) (*KeyWriter, error) {
	if len(m.keys()) == 0 {
		return nil, fault.New(fault.Internal, "vault.master.missing")
	}
	if !expiresAt.After(madeAt) {
		return nil, fault.New(fault.Internal, "vault.backup.expiry")
	}
	k := &KeyWriter{
		backup: KeyBackup{MadeAt: madeAt.UTC().Truncate(time.Millisecond), ExpiresAt: expiresAt.UTC().Truncate(time.Millisecond)},
		out:    bufio.NewWriter(w), master: m, sum: sha256.New(),
	}
	return k, errors.Join(k.line(backupHead),
		k.line("made", k.backup.MadeAt.Format(stamp)),
		k.line("expires", k.backup.ExpiresAt.Format(stamp)))
}

// Org adds an organisation's key.
func (k *KeyWriter) Org(o OrgKey) error {
	k.backup.Orgs++
	return k.line("org", o.Org.String(), strconv.Itoa(o.Version), string(o.Holder), encode(o.Wrapped))
}

// Subject adds a subject's key, or its tombstone.
func (k *KeyWriter) Subject(s SubjectKey) error {
	k.backup.Subjects++
	return k.line("subject", s.Subject.String(), s.Org.String(), strconv.Itoa(s.OrgVersion), encode(s.Wrapped))
}

// Close counts, seals and flushes. It does not close the writer beneath.
func (k *KeyWriter) Close() (KeyBackup, error) {
	if err := k.line("end", strconv.Itoa(k.backup.Orgs), strconv.Itoa(k.backup.Subjects)); err != nil {
		return KeyBackup{}, err
	}
	g := k.master.newest()
	seal, err := g.sealOf(k.sum.Sum(nil))
	if err != nil {
		return KeyBackup{}, err
	}
	return k.backup, errors.Join(k.line("seal", g.name(), hex.EncodeToString(seal)), k.out.Flush())
}

func (k *KeyWriter) line(fields ...string) error {
	line := strings.Join(fields, " ") + "\n"
	k.sum.Write([]byte(line))
	_, err := k.out.WriteString(line)
	return err
}

// sealOf authenticates a file with this key of the ring.
func (g *generation) sealOf(sum []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, g.key[:], nil, "inkingi/key backup", 32)
	if err != nil {
		return nil, broken(err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(sum)
	return mac.Sum(nil), nil
}

// KeyReader is what [ReadKeyBackup] needs to know and where the keys go.
type KeyReader struct {
	Master  *Master
	Now     time.Time
	Expired bool // read it although its time is over
	Org     func(OrgKey) error
	Subject func(SubjectKey) error
}

// ReadKeyBackup reads a file of wrapped keys, giving each to the functions as
// it comes. The seal stands at the end: the caller keeps all in one transaction
// and undoes it on any fault.
//
// Faults: Denied "vault.backup.expired" after the stated expiry, unless told;
// Invalid "vault.backup.malformed" with the Line; Invalid "vault.backup.seal"
// when anything was changed or the master key is another.
func ReadKeyBackup(r io.Reader, to KeyReader) (KeyBackup, error) {
	in := &keyLines{KeyReader: to, lines: bufio.NewScanner(r), sum: sha256.New()}
	in.lines.Buffer(nil, 1<<20)
	if err := in.head(); err != nil {
		return KeyBackup{}, err
	}
	if !to.Expired && !to.Now.Before(in.backup.ExpiresAt) {
		return KeyBackup{}, fault.New(fault.Denied, "vault.backup.expired")
	}
	for !in.sealed {
		fields, err := in.next()
		if err != nil {
			return KeyBackup{}, err
		}
		if err := in.take(fields); err != nil {
			return KeyBackup{}, err
		}
	}
	if in.lines.Scan() {
		return KeyBackup{}, in.malformed()
	}
	return in.backup, in.lines.Err()
}

// keyLines is a file of wrapped keys, half read.
type keyLines struct {
	KeyReader
	backup        KeyBackup
	lines         *bufio.Scanner
	n             int
	sum           hash.Hash
	before        []byte // the sum before the present line
	ended, sealed bool
}

func (in *keyLines) malformed() error {
	return &fault.Fault{Kind: fault.Invalid, Key: "vault.backup.malformed", Args: map[string]any{"Line": in.n}}
}

func (in *keyLines) next() ([]string, error) {
	in.n++
	if !in.lines.Scan() {
		if err := in.lines.Err(); err != nil {
			return nil, fmt.Errorf("read wrapped keys: %w", err)
		}
		return nil, in.malformed()
	}
	in.before = in.sum.Sum(nil)
	in.sum.Write(in.lines.Bytes())
	in.sum.Write([]byte{'\n'})
	return strings.Split(in.lines.Text(), " "), nil
}

func (in *keyLines) head() error {
	first, err := in.next()
	if err != nil {
		return err
	}
	if strings.Join(first, " ") != backupHead {
		return in.malformed()
	}
	for _, at := range []struct {
		name string
		into *time.Time
	}{{"made", &in.backup.MadeAt}, {"expires", &in.backup.ExpiresAt}} {
		fields, err := in.next()
		if err != nil {
			return err
		}
		if len(fields) != 2 || fields[0] != at.name {
			return in.malformed()
		}
		if *at.into, err = time.Parse(stamp, fields[1]); err != nil {
			return in.malformed()
		}
	}
	return nil
}

func (in *keyLines) take(fields []string) error {
	switch {
	case !in.ended && fields[0] == "org" && len(fields) == 5:
		return in.org(fields)
	case !in.ended && fields[0] == "subject" && len(fields) == 5:
		return in.subject(fields)
	case !in.ended && fields[0] == "end" && len(fields) == 3:
		in.ended = true
		if fields[1] != strconv.Itoa(in.backup.Orgs) || fields[2] != strconv.Itoa(in.backup.Subjects) {
			return in.malformed()
		}
		return nil
	case in.ended && fields[0] == "seal" && len(fields) == 3:
		in.sealed = true
		return in.check(fields[1], fields[2])
	}
	return in.malformed()
}

func (in *keyLines) org(fields []string) error {
	org, err1 := ids.Parse[ids.Org](fields[1])
	version, err2 := strconv.Atoi(fields[2])
	wrapped, err3 := decode(fields[4])
	if errors.Join(err1, err2, err3) != nil {
		return in.malformed()
	}
	in.backup.Orgs++
	if in.Org == nil {
		return nil
	}
	return in.Org(OrgKey{Org: org, Version: version, Holder: Holder(fields[3]), Wrapped: wrapped})
}

func (in *keyLines) subject(fields []string) error {
	subject, err1 := ids.Parse[ids.Person](fields[1]) // any kind: only its UUID is kept
	org, err2 := ids.Parse[ids.Org](fields[2])
	version, err3 := strconv.Atoi(fields[3])
	wrapped, err4 := decode(fields[4])
	if errors.Join(err1, err2, err3, err4) != nil {
		return in.malformed()
	}
	in.backup.Subjects++
	if in.Subject == nil {
		return nil
	}
	return in.Subject(SubjectKey{Subject: subject.UUID, Org: org, OrgVersion: version, Wrapped: wrapped})
}

func (in *keyLines) check(name, seal string) error {
	if in.Master != nil {
		for _, g := range in.Master.keys() {
			if g.name() != name {
				continue
			}
			want, err := g.sealOf(in.before)
			if err != nil {
				return err
			}
			if got, err := hex.DecodeString(seal); err == nil && hmac.Equal(got, want) {
				return nil
			}
		}
	}
	return fault.New(fault.Invalid, "vault.backup.seal")
}

// encode writes wrapped bytes; a tombstone's absence is a hyphen.
func encode(b []byte) string {
	if len(b) == 0 {
		return "-"
	}
	return base64.StdEncoding.EncodeToString(b)
}

func decode(s string) ([]byte, error) {
	if s == "-" {
		return nil, nil
	}
	return base64.StdEncoding.DecodeString(s)
}
