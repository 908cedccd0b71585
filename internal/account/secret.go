package account

import (
	"fmt"
	"io"
	"log/slog"

	"inkingi/internal/fault"
)

// Secret is a password or a code on its way. It prints as dots, and no encoder
// takes it.
type Secret string

// Format prints dots, whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "•••") }

// String gives dots.
func (Secret) String() string { return "•••" }

// LogValue gives dots.
func (Secret) LogValue() slog.Value { return slog.StringValue("•••") }

// MarshalText refuses; it answers for JSON too.
func (Secret) MarshalText() ([]byte, error) {
	return nil, fault.New(fault.Internal, "account.secret")
}

// Reveal gives the clear text, to show it once to whom it belongs.
func (s Secret) Reveal() string { return string(s) }
