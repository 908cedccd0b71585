package linkage

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"regexp"
	"slices"
)

// Schema is a linkage schema of clkhash, version 3: which columns are encoded,
// and how. It holds no secret and may be shown to both sides; both must use the
// same one.
type Schema struct {
	Version  int       `json:"version"`
	Config   CLK       `json:"clkConfig"`
	Features []Feature `json:"features"`
}

// CLK says how long an encoding is and how keys are drawn from the secret.
type CLK struct {
	Length int `json:"l"`
	Folds  int `json:"xorFolds"`
	Old    int `json:"xor_folds"` // as older files write it
	KDF    struct {
		Type    string `json:"type"`
		Hash    string `json:"hash"`
		Salt    string `json:"salt"` // base64
		Info    string `json:"info"`
		KeySize int    `json:"keySize"`
	} `json:"kdf"`
}

// Feature is a column: ignored, or its format and how it is hashed.
type Feature struct {
	Identifier string `json:"identifier"`
	Ignored    bool   `json:"ignored"`
	Format     Format `json:"format"`
	Hashing    struct {
		Comparison Tokens `json:"comparison"`
		Strategy   struct {
			PerToken   int `json:"bitsPerToken"`
			PerFeature int `json:"bitsPerFeature"`
		} `json:"strategy"`
		Hash struct {
			Type     string `json:"type"` // "" is blakeHash
			Singular bool   `json:"prevent_singularity"`
		} `json:"hash"`
		Missing *struct {
			Sentinel    string  `json:"sentinel"`
			ReplaceWith *string `json:"replaceWith"`
		} `json:"missingValue"`
	} `json:"hashing"`

	pattern *regexp.Regexp
}

// Format is what a value must look like; a value that does not is an error, not
// an encoding.
type Format struct {
	Type     string   `json:"type"` // string, integer, date, enum
	Encoding string   `json:"encoding"`
	Case     string   `json:"case"` // upper, lower, mixed
	Min      *int     `json:"minLength"`
	Max      *int     `json:"maxLength"`
	Least    *int64   `json:"minimum"`
	Most     *int64   `json:"maximum"`
	Pattern  string   `json:"pattern"`
	Layout   string   `json:"format"` // of a date, as strptime
	Values   []string `json:"values"`
}

// Limits of a schema. The length bounds memory; clkhash itself has none.
const (
	mostBits     = 1 << 16
	mostFolds    = 8
	mostFeatures = 200
	mostTokens   = 10_000 // bits a token or a feature
	defaultKey   = 64
)

// ReadSchema reads and checks a schema of version 3.
func ReadSchema(text []byte) (*Schema, error) {
	var s Schema
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&s); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	if s.Version != 3 {
		return nil, fmt.Errorf("schema: version %d; only version 3 is read", s.Version)
	}
	c := &s.Config
	c.Folds = max(c.Folds, c.Old)
	if c.KDF.KeySize == 0 {
		c.KDF.KeySize = defaultKey
	}
	switch {
	case c.Length < 8 || c.Length > mostBits || c.Length%8 != 0:
		return nil, fmt.Errorf("schema: l is %d; it must be a multiple of 8 from 8 to %d", c.Length, mostBits)
	case c.Folds < 0 || c.Folds > mostFolds:
		return nil, fmt.Errorf("schema: xorFolds is %d; it must be 0 to %d", c.Folds, mostFolds)
	case c.KDF.Type != "HKDF":
		return nil, fmt.Errorf("schema: key derivation %q; only HKDF is known", c.KDF.Type)
	case !slices.Contains([]string{"", "SHA256", "SHA512"}, c.KDF.Hash):
		return nil, fmt.Errorf("schema: hash %q; SHA256 and SHA512 are known", c.KDF.Hash)
	case c.KDF.KeySize < 1 || c.KDF.KeySize > 64:
		return nil, fmt.Errorf("schema: keySize is %d; it must be 1 to 64", c.KDF.KeySize)
	case len(s.Features) == 0 || len(s.Features) > mostFeatures:
		return nil, fmt.Errorf("schema: %d features; 1 to %d are possible", len(s.Features), mostFeatures)
	}
	used := 0
	for i := range s.Features {
		f := &s.Features[i]
		if f.Ignored {
			continue
		}
		used++
		if err := f.check(c.Length << c.Folds); err != nil {
			return nil, fmt.Errorf("schema: feature %d (%s): %w", i+1, f.Identifier, err)
		}
	}
	if used == 0 {
		return nil, errors.New("schema: every feature is ignored")
	}
	return &s, nil
}

func (f *Feature) check(bits int) (err error) {
	h := &f.Hashing
	blake := h.Hash.Type == "" || h.Hash.Type == "blakeHash"
	switch {
	case !blake && h.Hash.Type != "doubleHash":
		return fmt.Errorf("hash %q is not known", h.Hash.Type)
	case blake && bits&(bits-1) != 0:
		return fmt.Errorf("blakeHash needs a length that is a power of two, not %d", bits)
	case h.Strategy.PerToken < 0 || h.Strategy.PerToken > mostTokens || h.Strategy.PerFeature < 0 || h.Strategy.PerFeature > mostTokens,
		(h.Strategy.PerToken == 0) == (h.Strategy.PerFeature == 0):
		return errors.New("the strategy gives either bitsPerToken or bitsPerFeature")
	case !slices.Contains([]string{"string", "integer", "date", "enum"}, f.Format.Type):
		return fmt.Errorf("format %q is not known", f.Format.Type)
	case f.Format.Type == "string" && !slices.Contains([]string{"", "utf-8", "ascii"}, f.Format.Encoding):
		return fmt.Errorf("encoding %q; values are read as UTF-8", f.Format.Encoding)
	}
	if f.Format.Pattern != "" {
		if f.pattern, err = regexp.Compile("^(?:" + f.Format.Pattern + ")$"); err != nil {
			return errors.New("the pattern is not a regular expression")
		}
	}
	if f.Format.Type == "date" {
		if _, err := layoutOf(f.Format.Layout); err != nil {
			return err
		}
	}
	return h.Comparison.check()
}

// keys draws a pair of keys a feature, ignored ones too, from the secret: HKDF
// (RFC 5869), 2·features·keySize bytes, cut in order.
func (s *Schema) keys(secret []byte) ([][2][]byte, error) {
	k := s.Config.KDF
	salt, err1 := base64.StdEncoding.DecodeString(k.Salt)
	info, err2 := base64.StdEncoding.DecodeString(k.Info)
	if err := errors.Join(err1, err2); err != nil {
		return nil, errors.New("schema: salt and info must be base64")
	}
	all, err := deriveKeys(secret, salt, info, k.Hash, k.KeySize, 2*len(s.Features))
	if err != nil {
		return nil, err
	}
	pairs := make([][2][]byte, len(s.Features))
	for i := range pairs {
		pairs[i] = [2][]byte{all[2*i], all[2*i+1]}
	}
	return pairs, nil
}

func deriveKeys(secret, salt, info []byte, name string, size, n int) ([][]byte, error) {
	if len(secret) == 0 {
		return nil, errors.New("the secret is empty")
	}
	var h func() hash.Hash = sha256.New
	if name == "SHA512" {
		h = sha512.New
	}
	stream, err := hkdf.Key(h, secret, salt, string(info), n*size)
	if err != nil {
		return nil, fmt.Errorf("schema: %d keys of %d bytes cannot be drawn: %w", n, size, err)
	}
	keys := make([][]byte, n)
	for i := range keys {
		keys[i] = stream[i*size : (i+1)*size]
	}
	return keys, nil
}
