package vault

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
	"strings"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// IndexKind says how a text is made searchable. Tokens of different kinds never meet.
type IndexKind string

// The kinds of index. The zero kind indexes nothing.
const (
	Words    IndexKind = "words"    // whole words, folded
	Phonetic IndexKind = "phonetic" // how the words sound ([Sound])
	Digits   IndexKind = "digits"   // telephone numbers, however written
)

// tokenSize cuts tokens to 128 bits: no chance of two words meeting, half the index.
const tokenSize = 16

// Index makes an organisation's search tokens. Equal words give equal tokens
// inside one organisation and one version of its index key, and nowhere else.
type Index struct {
	version int
	kinds   map[IndexKind][]byte
}

// Index reads an organisation's index key, once for many texts. A locked
// organisation gives Unavailable "vault.locked".
func (v *Vault) Index(ctx context.Context, keys Keys, org ids.Org) (*Index, error) {
	_, s, err := v.current(ctx, keys, org)
	if err != nil {
		return nil, err
	}
	return s.indexOf(org)
}

// Tokens is [Vault.Index] and [Index.Tokens] in one, for a single text. Saving
// and searching ask the same way: a record is found when it has every token of
// the question.
func (v *Vault) Tokens(ctx context.Context, keys Keys, org ids.Org, kind IndexKind, text string) ([][]byte, error) {
	x, err := v.Index(ctx, keys, org)
	if err != nil {
		return nil, err
	}
	return x.Tokens(kind, text)
}

func (s *orgSecret) indexOf(org ids.Org) (*Index, error) {
	var err error
	s.derive.Do(func() {
		kinds := map[IndexKind][]byte{}
		for _, kind := range []IndexKind{Words, Phonetic, Digits} {
			info := string(bind("index", org.UUID[:], []byte(kind)))
			if kinds[kind], err = hkdf.Key(sha256.New, s.index, nil, info, 32); err != nil {
				return
			}
		}
		s.kinds = kinds
	})
	if err != nil || s.kinds == nil {
		return nil, broken(err)
	}
	return &Index{version: int(s.indexVersion), kinds: s.kinds}, nil
}

// Version counts the re-keyings of the index. Tokens of another version are not found.
func (x *Index) Version() int { return x.version }

// Tokens gives the tokens of a text, each once, in an order that says nothing
// about the text.
func (x *Index) Tokens(kind IndexKind, text string) ([][]byte, error) {
	if x == nil || x.kinds[kind] == nil {
		return nil, fault.New(fault.Internal, "vault.index.kind")
	}
	var tokens [][]byte
	mac := hmac.New(sha256.New, x.kinds[kind])
	for _, part := range kind.parts(text) {
		mac.Reset()
		mac.Write([]byte(part))
		tokens = append(tokens, mac.Sum(nil)[:tokenSize:tokenSize])
	}
	slices.SortFunc(tokens, bytes.Compare)
	return slices.CompactFunc(tokens, bytes.Equal), nil
}

// TokensOf gives the tokens of a Text, clear or sealed, for the store that saves
// it or re-keys the index. It needs no grant: a token says nothing to whoever
// does not hold the organisation's index key. Faults of opening as in [Text.Open].
func (x *Index) TokensOf(kind IndexKind, t Text) ([][]byte, error) {
	if t.content == nil {
		return x.Tokens(kind, "")
	}
	c := t.content()
	if c.sealed == nil {
		return x.Tokens(kind, c.clear)
	}
	text, err := c.sealed.open()
	if err != nil {
		return nil, err
	}
	return x.Tokens(kind, text)
}

// parts cuts a text into what the kind searches by.
func (kind IndexKind) parts(text string) []string {
	switch kind {
	case Words:
		return strings.Fields(Fold(text))
	case Phonetic:
		return Sound(text)
	case Digits:
		return numbers(text)
	}
	return nil
}
