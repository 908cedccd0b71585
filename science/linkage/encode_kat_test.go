package linkage

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

func kat(t testing.TB, name string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/clkhash/" + name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func unhex(s string) []byte { b, _ := hex.DecodeString(s); return b }

// Every value of kat_primitives.json was made by clkhash 0.18.3.
func TestPrimitivesEqualClkhash(t *testing.T) {
	var k struct {
		HKDF []struct {
			Secret string   `json:"secret_utf8"`
			N      int      `json:"num_keys"`
			Hash   string   `json:"hash"`
			Salt   string   `json:"salt_hex"`
			Info   string   `json:"info_hex"`
			Size   int      `json:"key_size"`
			Keys   []string `json:"keys_hex"`
		}
		Comparators []struct {
			Comparison Tokens
			Word       string
			Tokens     []string
		}
		Blake []struct {
			Token   string
			K, L    int
			Key     string `json:"key_hex"`
			Indices []int
		} `json:"blake_token_indices"`
		Filters []struct {
			Hash   string
			Tokens []string
			K      []int
			L      int
			Key0   string `json:"key0_hex"`
			Key1   string `json:"key1_hex"`
			Base64 string
		}
		Folds []struct {
			Folds  int
			Input  string `json:"input_base64"`
			Output string `json:"output_base64"`
		} `json:"xor_fold"`
		Strategy []struct {
			Strategy string
			Arg      int
			N        int   `json:"num_tokens"`
			Bits     []int `json:"bits_per_token"`
		}
	}
	kat(t, "kat_primitives.json", &k)
	if len(k.HKDF) != 3 || len(k.Comparators) < 19 || len(k.Blake) != 4 || len(k.Filters) != 12 || len(k.Folds) != 3 || len(k.Strategy) != 8 {
		t.Fatal("the file is not whole")
	}
	for _, c := range k.HKDF {
		keys, err := deriveKeys([]byte(c.Secret), unhex(c.Salt), unhex(c.Info), c.Hash, c.Size, c.N)
		if err != nil {
			t.Fatal(err)
		}
		for i := range keys {
			if hex.EncodeToString(keys[i]) != c.Keys[i] {
				t.Errorf("key %d of %q differs", i, c.Secret)
			}
		}
	}
	for _, c := range k.Comparators {
		if err := c.Comparison.check(); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Comparison.of(c.Word); err != nil || !slices.Equal(got, c.Tokens) {
			t.Errorf("%+v of %q: %q, %v, not %q", c.Comparison, c.Word, got, err, c.Tokens)
		}
	}
	for _, c := range k.Blake {
		got, want := make([]byte, c.L/8), make([]byte, c.L/8)
		blakeHash(got, c.Token, c.K, unhex(c.Key))
		for _, i := range c.Indices {
			set(want, i)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("indices of %q with %d of %d bits differ", c.Token, c.K, c.L)
		}
	}
	for _, c := range k.Filters {
		got := make([]byte, c.L/8)
		for i, token := range c.Tokens {
			if c.Hash == "blakeHash" {
				blakeHash(got, token, c.K[i], unhex(c.Key0))
			} else {
				doubleHash(got, token, c.K[i], [2][]byte{unhex(c.Key0), unhex(c.Key1)}, c.Hash != "doubleHash")
			}
		}
		if base64.StdEncoding.EncodeToString(got) != c.Base64 {
			t.Errorf("filter of %s, %q differs", c.Hash, c.Tokens)
		}
	}
	for _, c := range k.Folds {
		in, _ := base64.StdEncoding.DecodeString(c.Input)
		if base64.StdEncoding.EncodeToString(fold(in, c.Folds)) != c.Output {
			t.Errorf("%d folds differ", c.Folds)
		}
	}
	for _, c := range k.Strategy {
		var f Feature
		f.Hashing.Strategy.PerToken, f.Hashing.Strategy.PerFeature = c.Arg, 0
		if c.Strategy == "bitsPerFeature" {
			f.Hashing.Strategy.PerToken, f.Hashing.Strategy.PerFeature = 0, c.Arg
		}
		if got := f.bits(c.N); !slices.Equal(got, c.Bits) {
			t.Errorf("%s %d of %d tokens: %v, not %v", c.Strategy, c.Arg, c.N, got, c.Bits)
		}
	}
}

func TestEncodingsEqualClkhash(t *testing.T) {
	for _, name := range []string{"kat_febrl4a_first20.json", "kat_febrl4b_first20.json", "kat_febrl4a_blake_first20.json"} {
		var k struct {
			Schema json.RawMessage
			Secret string
			Rows   [][]string
			CLKs   []string
		}
		kat(t, name, &k)
		schema, err := ReadSchema(k.Schema)
		if err != nil {
			t.Fatal(name, err)
		}
		e, err := NewEncoder(schema, []byte(k.Secret))
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range k.Rows {
			clk, err := e.Encode(row)
			if err != nil {
				t.Fatal(name, i, err)
			}
			if base64.StdEncoding.EncodeToString(clk) != k.CLKs[i] {
				t.Errorf("%s: encoding %d differs", name, i)
			}
		}
		if len(k.Rows) != 20 || len(k.CLKs) != 20 {
			t.Errorf("%s has %d rows", name, len(k.Rows))
		}
	}
}

func FuzzSchema(f *testing.F) {
	// Small ones: a schema of two kilobytes is all that ten seconds of fuzzing make smaller.
	head := `{"version":3,"clkConfig":{"l":64,"kdf":{"type":"HKDF"}},"features":[{"identifier":"a","format":`
	f.Add([]byte(head+`{"type":"string"},"hashing":{"comparison":{"type":"ngram","n":2},"strategy":{"bitsPerFeature":9}}}]}`), "ndayizeye")
	f.Add([]byte(head+`{"type":"date","format":"%d/%m/%Y"},"hashing":{"comparison":{"type":"ngram","n":1,"positional":true},"strategy":{"bitsPerToken":3},"hash":{"type":"doubleHash"}}}]}`), "4/3/1998")
	f.Add([]byte(head+`{"type":"integer","minimum":0},"hashing":{"comparison":{"type":"exact"},"missingValue":{"sentinel":"x"},"strategy":{"bitsPerToken":3}}},{"identifier":"b","ignored":true}]}`), "7")
	f.Add([]byte(`{"version":3,"clkConfig":{"l":8,"kdf":{"type":"HKDF"}},"features":[{"identifier":"a","format":{"type":"string"},"hashing":{"comparison":{"type":"numeric","thresholdDistance":2,"resolution":5},"strategy":{"bitsPerToken":3}}}]}`), "3.14")
	f.Fuzz(func(t *testing.T, text []byte, cell string) {
		s, err := ReadSchema(text)
		if err != nil {
			return
		}
		e, err := NewEncoder(s, []byte("secret"))
		if err != nil {
			return
		}
		cells := make([]string, len(s.Features))
		for i := range cells {
			cells[i] = cell
		}
		if clk, err := e.Encode(cells); err == nil && len(clk) != s.Config.Length/8 {
			t.Errorf("%d bytes for %d bits", len(clk), s.Config.Length)
		}
	})
}
