package audit

import (
	"crypto/rand"
	"fmt"

	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"inkingi/internal/fault"
)

// Key signs the checkpoints of one log (Ed25519, signed notes). Whoever holds
// it could sign another history: it is stored wrapped, outside the log.
type Key struct {
	signer   note.Signer
	verifier string
	secret   string
}

// NewKey makes the key of a log. The origin names the log, for instance
// "inkingi.example.org/audit": no space, no plus sign.
func NewKey(origin string) (Key, error) {
	secret, verifier, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return Key{}, fmt.Errorf("make key of log: %w", err)
	}
	return ReadKey(secret, verifier)
}

// ReadKey reads what Secret and Verifier gave.
func ReadKey(secret, verifier string) (Key, error) {
	s, err := note.NewSigner(secret)
	if err != nil {
		return Key{}, fault.New(fault.Internal, "audit.key")
	}
	if _, err := note.NewVerifier(verifier); err != nil {
		return Key{}, fault.New(fault.Internal, "audit.key")
	}
	return Key{signer: s, verifier: verifier, secret: secret}, nil
}

// Verifier is the public half, to be printed and handed to outsiders: with it
// any tool that reads signed notes checks a checkpoint.
func (k Key) Verifier() string { return k.verifier }

// Secret is the private half, to be wrapped and stored.
func (k Key) Secret() string { return k.secret }

// IsZero says whether there is no key.
func (k Key) IsZero() bool { return k.signer == nil }

// String says which log, and never the secret.
func (k Key) String() string { return "key of " + k.verifier }

// GoString keeps the secret out of %#v.
func (k Key) GoString() string { return k.String() }

// Point is what a checkpoint states: that many entries, that root.
type Point struct {
	Size int64
	Root tlog.Hash
}

// Sign makes a checkpoint (C2SP tlog-checkpoint).
func (k Key) Sign(p Point) (string, error) {
	if k.IsZero() {
		return "", fault.New(fault.Internal, "audit.key")
	}
	body := log.Checkpoint{Origin: k.signer.Name(), Size: uint64(p.Size), Hash: p.Root[:]}.Marshal()
	signed, err := note.Sign(&note.Note{Text: string(body)}, k.signer)
	if err != nil {
		return "", fmt.Errorf("sign checkpoint: %w", err)
	}
	return string(signed), nil
}

// ReadPoint checks the signature of a checkpoint against a verifier key and
// says what it states. The fault is Invalid with key "audit.checkpoint".
func ReadPoint(checkpoint, verifier string) (Point, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return Point{}, fault.Wrap(fault.Invalid, "audit.verifier", err)
	}
	c, _, _, err := log.ParseCheckpoint([]byte(checkpoint), v.Name(), v)
	if err != nil {
		return Point{}, fault.Wrap(fault.Invalid, "audit.checkpoint", err)
	}
	p := Point{Size: int64(c.Size)}
	if len(c.Hash) != len(p.Root) || p.Size < 0 {
		return Point{}, fault.New(fault.Invalid, "audit.checkpoint")
	}
	copy(p.Root[:], c.Hash)
	return p, nil
}
