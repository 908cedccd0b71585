package vault

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"inkingi/internal/fault"
)

// The master key's file can be read aloud, copied by hand and printed:
//
//	inkingi master key 1
//	# what its holder must know
//	generation 2026-11-25T08:00:00.000Z 8f3c22ab91d077e1
//	key 0123 4567 89ab …
//	checksum 5a2f91c30d7e4466
//
// A generation has its date and its fingerprint, by which a slip in the key is
// found; the checksum covers all generations, so that none gets lost.
const (
	masterHead  = "inkingi master key 1"
	masterLimit = 1 << 20 // bytes; thousands of generations
	stamp       = "2006-01-02T15:04:05.000Z"
)

// WriteMaster writes a master key down. custody is the text of [CustodyKey] in
// the holder's language; it becomes a comment. The writer must be a file that
// only the holder can read.
func WriteMaster(w io.Writer, m *Master, custody string) error {
	if len(m.keys()) == 0 {
		return fault.New(fault.Internal, "vault.master.missing")
	}
	var b strings.Builder
	b.WriteString(masterHead + "\n")
	for line := range strings.Lines(custody) {
		b.WriteString("# " + strings.TrimSpace(line) + "\n")
	}
	for _, g := range m.keys() {
		b.WriteString("generation " + g.made.Format(stamp) + " " + g.name() + "\nkey")
		for i := 0; i < len(g.key); i += 2 {
			fmt.Fprintf(&b, " %x", g.key[i:i+2])
		}
		b.WriteString("\n")
	}
	b.WriteString("checksum " + m.checksum() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// checksum covers every generation in order.
func (m *Master) checksum() string {
	var parts [][]byte
	for _, g := range m.keys() {
		parts = append(parts, []byte(g.made.Format(stamp)), g.key[:])
	}
	sum := sha256.Sum256(bind("master checksum", parts...))
	return hex.EncodeToString(sum[:8])
}

// ReadMaster reads what [WriteMaster] wrote, forgiving case and spacing. Faults
// are Invalid: "vault.master.malformed" with the Line, "vault.master.mistyped"
// when a key does not match its fingerprint, "vault.master.checksum" when a
// generation is missing.
func ReadMaster(r io.Reader) (*Master, error) {
	sum, ring := "", []*generation(nil)
	made, name := time.Time{}, ""
	lines := bufio.NewScanner(io.LimitReader(r, masterLimit))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimPrefix(strings.TrimSpace(lines.Text()), "\ufeff")
		fields := strings.Fields(strings.ToLower(line))
		var err error
		switch {
		case n == 1 && strings.EqualFold(line, masterHead):
		case n == 1:
			err = malformedAt(n)
		case line == "" || line[0] == '#':
		case sum != "":
			err = malformedAt(n)
		case fields[0] == "generation" && len(fields) == 3 && name == "":
			if made, err = time.Parse(stamp, strings.ToUpper(fields[1])); err != nil {
				err = malformedAt(n)
			}
			name = fields[2]
		case fields[0] == "key" && name != "":
			var g *generation
			g, err = readGeneration(fields[1:], made, name, n)
			ring, name = append(ring, g), ""
		case fields[0] == "checksum" && len(fields) == 2 && name == "":
			sum = fields[1]
		default:
			err = malformedAt(n)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	m := masterOf(ring)
	if len(ring) == 0 || sum != m.checksum() {
		return nil, fault.New(fault.Invalid, "vault.master.checksum")
	}
	return m, nil
}

// readGeneration reads one key and holds it against its fingerprint.
func readGeneration(groups []string, made time.Time, name string, line int) (*generation, error) {
	b, err := hex.DecodeString(strings.Join(groups, ""))
	if err != nil || len(b) != 32 {
		return nil, malformedAt(line)
	}
	g := generationOf([32]byte(b), made)
	if g.name() != name {
		return nil, &fault.Fault{Kind: fault.Invalid, Key: "vault.master.mistyped", Args: map[string]any{"Line": line}}
	}
	return g, nil
}

func malformedAt(line int) error {
	return &fault.Fault{Kind: fault.Invalid, Key: "vault.master.malformed", Args: map[string]any{"Line": line}}
}
