package ids

import (
	"database/sql/driver"
	"io"
	"strings"
	"unicode"

	"inkingi/internal/fault"
)

// Code is what people read aloud instead of an identifier: eight random
// characters of Crockford's base 32 and a check character of the same
// alphabet, grouped K7Q4-9M2X-E. It says nothing about who, when or where. The
// check finds every single wrong character and every exchange of two.
//
// Forty bits are few: whoever stores a new Code makes it unique and draws again
// when it exists. The zero Code names nothing.
type Code struct{ s string } // nine canonical characters, or none

const (
	alphabet   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford: no I, L, O, U
	codeRandom = 8
	codeLength = codeRandom + 1
)

// NewCode draws a code that does not look like a word. It panics when the
// source runs dry: without randomness nothing may be named.
func NewCode(random io.Reader) Code {
	var b [codeRandom]byte
	for {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			panic("ids: no randomness: " + err.Error())
		}
		for i := range b {
			b[i] = alphabet[b[i]&31]
		}
		if s := string(b[:]); !wordy(s) {
			return Code{s + string(alphabet[check(s)])}
		}
	}
}

// wordy says whether three letters in a row hold a vowel. Somebody must be able
// to say every code aloud before a survivor.
func wordy(s string) bool {
	letters, vowel := 0, false
	for _, c := range []byte(s) {
		if c <= '9' {
			letters, vowel = 0, false
			continue
		}
		letters++
		vowel = vowel || c == 'A' || c == 'E'
		if letters >= 3 && vowel {
			return true
		}
	}
	return false
}

// check is the value that makes the weighted sum of all characters zero in the
// field of 32 elements (x⁵+x²+1). Each place has its own power of a primitive
// element as weight, so a changed character, or two exchanged ones, cannot
// leave the sum at zero.
func check(s string) int {
	sum := 0
	for i := range codeRandom {
		sum = double(sum ^ strings.IndexByte(alphabet, s[i]))
	}
	return sum
}

// double multiplies by the primitive element 2.
func double(x int) int {
	x <<= 1
	if x&32 != 0 {
		x ^= 0b100101
	}
	return x
}

// ParseCode reads a code as people write it: capitals or not, O for 0, I or L
// for 1, with or without spaces, hyphens and dots. The fault is Invalid:
// "case.code.malformed", or "case.code.check" when it is well made but cannot
// be right.
func ParseCode(s string) (Code, error) {
	malformed := fault.New(fault.Invalid, "case.code.malformed")
	if len(s) > 8*codeLength {
		return Code{}, malformed
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '.' || r == '_' || unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '\u2212':
			continue
		case r >= 0x80:
			return Code{}, malformed
		}
		c := unicode.ToUpper(r)
		switch c {
		case 'O':
			c = '0'
		case 'I', 'L':
			c = '1'
		}
		if !strings.ContainsRune(alphabet, c) {
			return Code{}, malformed
		}
		b.WriteRune(c)
	}
	text := b.String()
	if len(text) != codeLength {
		return Code{}, malformed
	}
	if text[codeRandom] != alphabet[check(text)] {
		return Code{}, fault.New(fault.Invalid, "case.code.check")
	}
	return Code{text}, nil
}

// IsZero says whether c names nothing.
func (c Code) IsZero() bool { return c.s == "" }

// String is the grouped form; the zero Code gives "".
func (c Code) String() string {
	if c.IsZero() {
		return ""
	}
	return c.s[:4] + "-" + c.s[4:8] + "-" + c.s[8:]
}

// MarshalText gives the form of String.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what people write; "" gives the zero Code.
func (c *Code) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*c = Code{}
		return nil
	}
	v, err := ParseCode(string(b))
	if err != nil {
		return err
	}
	*c = v
	return nil
}

// Value stores the grouped form; the zero Code is stored as NULL.
func (c Code) Value() (driver.Value, error) {
	if c.IsZero() {
		return nil, nil
	}
	return c.String(), nil
}

// Scan reads what Value wrote.
func (c *Code) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*c = Code{}
		return nil
	case string:
		return c.UnmarshalText([]byte(v))
	case []byte:
		return c.UnmarshalText(v)
	}
	return fault.New(fault.Internal, "id.scan")
}
