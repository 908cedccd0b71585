package govuk

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestAssetsDecompressToThemselves(t *testing.T) {
	for _, f := range Files() {
		br, err := io.ReadAll(brotli.NewReader(bytes.NewReader(f.Brotli)))
		if err != nil || !bytes.Equal(br, f.Body) {
			t.Errorf("%s: the brotli form is another file (%v)", f.Name, err)
		}
		z, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		gz, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(gz, f.Body) {
			t.Errorf("%s: the gzip form is another file (%v)", f.Name, err)
		}
		if f.ContentType == "" {
			t.Errorf("%s has no content type", f.Name)
		}
		if Asset(f.Name) != f.Path {
			t.Errorf("Asset(%q) = %q, want %q", f.Name, Asset(f.Name), f.Path)
		}
		if !regexp.MustCompile(`^/assets/[a-z]+\.[0-9a-f]{10}\.(css|js|svg)$`).MatchString(f.Path) {
			t.Errorf("%s: path %q", f.Name, f.Path)
		}
	}
	if Asset("other.css") != "/assets/other.css" {
		t.Error("an unknown asset must give its bare path")
	}
}

// A source that was changed without a build gives pages that nobody looked at.
func TestAssetsAreBuiltFromTheirSources(t *testing.T) {
	files, err := filepath.Glob("assets/src/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	var sums strings.Builder
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(body), filepath.Base(f))
	}
	built, err := os.ReadFile("assets/dist/SOURCES")
	if err != nil {
		t.Fatal(err)
	}
	if string(built) != sums.String() {
		t.Errorf("a source changed since the last build: run go run ./tools/assets\nbuilt from:\n%snow:\n%s", built, sums.String())
	}
}

// The first page with all its assets may weigh 45 KB; a page and its headers
// need their part of it.
func TestAssetsKeepTheBudget(t *testing.T) {
	limits := map[string]int{CSS: 16_000, JS: 8_000, Icon: 500}
	sum := 0
	for _, f := range Files() {
		if len(f.Brotli) > limits[f.Name] {
			t.Errorf("%s weighs %d bytes in brotli, limit %d", f.Name, len(f.Brotli), limits[f.Name])
		}
		if len(f.Gzip) > limits[f.Name]*5/4 {
			t.Errorf("%s weighs %d bytes in gzip", f.Name, len(f.Gzip))
		}
		sum += len(f.Brotli)
	}
	t.Logf("%d bytes of assets in brotli", sum)
}

func TestAssetsHoldNothingTheyMustNot(t *testing.T) {
	for _, f := range Files() {
		text := strings.ToLower(string(f.Body))
		for _, word := range []string{"@font-face", "gds transport", "url(http", "//cdn", ".woff", "crest", "@import", "sourcemappingurl", "eval(", "new function"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %q", f.Name, word)
			}
		}
		if f.Name != Icon && !strings.Contains(string(f.Body[:300]), "MIT") {
			t.Errorf("%s does not name the licence of its parts", f.Name)
		}
	}
	if _, err := dist.ReadFile("assets/dist/LICENCE-govuk-frontend.txt"); err != nil {
		t.Error("the licence of govuk-frontend does not go with the files")
	}
}
