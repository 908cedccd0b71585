package account

import (
	"context"
	"crypto/subtle"
	"io"
	"slices"
	"strings"

	"inkingi/internal/fault"
)

// Printed codes are for those without a smartphone: ten on a sheet, each good
// once. Fifty random bits in the alphabet of case codes.
const (
	codeCount    = 10
	codeLength   = 10
	codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// newCodes makes a sheet.
func newCodes(random io.Reader) ([]Secret, error) {
	sheet := make([]Secret, codeCount)
	for i := range sheet {
		raw := make([]byte, codeLength)
		if _, err := io.ReadFull(random, raw); err != nil {
			return nil, fault.Wrap(fault.Internal, "account.random", err)
		}
		var b strings.Builder
		for j, r := range raw {
			if j == codeLength/2 {
				b.WriteByte('-')
			}
			b.WriteByte(codeAlphabet[r&31])
		}
		sheet[i] = Secret(b.String())
	}
	return sheet, nil
}

// foldCode forgives case, spaces, hyphens and the letters that look like digits.
func foldCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\u00a0', '\t':
			return -1
		case 'O', 'o':
			return '0'
		case 'I', 'i', 'L', 'l':
			return '1'
		}
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, typed)
}

// hashCode hashes a code like a password, with one salt for the sheet, so that
// checking one code costs one hash. A sheet does not outlive a change of cost.
func (h *Hasher) hashCode(ctx context.Context, salt []byte, code string) ([]byte, error) {
	p := params{time: hashTime, memory: h.memory, threads: hashThreads, salt: salt}
	return h.derive(ctx, p, Secret(code))
}

// hashSheet hashes every code of a sheet under a new salt.
func (h *Hasher) hashSheet(ctx context.Context, sheet []Secret) (salt []byte, hashes [][]byte, err error) {
	salt = make([]byte, saltLength)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return nil, nil, fault.Wrap(fault.Internal, "account.random", err)
	}
	for _, code := range sheet {
		hash, err := h.hashCode(ctx, salt, foldCode(string(code)))
		if err != nil {
			return nil, nil, err
		}
		hashes = append(hashes, hash)
	}
	return salt, hashes, nil
}

// spend takes a code off the sheet; ok says whether it was on it.
func spend(codes [][]byte, hash []byte) (left [][]byte, ok bool) {
	at := -1
	for i, one := range codes {
		if subtle.ConstantTimeCompare(one, hash) == 1 {
			at = i
		}
	}
	if at < 0 {
		return codes, false
	}
	return slices.Delete(slices.Clone(codes), at, at+1), true
}
