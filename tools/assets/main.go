// Command assets builds the style sheet and the script of every page from
// govuk-frontend and our own sources, and writes them, compressed too, where
// the program embeds them. It is run by hand when a source or govuk-frontend
// changes; what it writes is committed, so that Go alone builds the program.
//
//	go run ./tools/assets                     installs the npm packages in a temporary folder
//	go run ./tools/assets -modules DIR        uses DIR/node_modules
//	go run ./tools/assets -check              compares instead of writing
//
// Nothing of the npm packages enters the repository but what is built of them,
// with their licence. This program is not part of the product.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// The npm packages. A newer govuk-frontend also needs its fixtures taken over
// into internal/web/govuk/testdata.
const (
	frontend = "govuk-frontend@6.6.0"
	sass     = "sass@1.108.2"
)

const room = "internal/web/govuk/assets"

// banner stands first in both files, so that the licence goes where they go.
const banner = "/*! Inkingi, Apache-2.0. Contains parts of govuk-frontend 6.6.0, MIT, © 2017 Crown Copyright (Government Digital Service); see LICENCE-govuk-frontend.txt */"

func main() {
	log.SetFlags(0)
	modules := flag.String("modules", "", "folder that holds node_modules (default: a temporary one)")
	check := flag.Bool("check", false, "compare with what is committed and write nothing")
	flag.Parse()
	if err := run(*modules, *check); err != nil {
		log.Fatal("assets: ", err)
	}
}

func run(folder string, check bool) error {
	if folder == "" {
		temporary, err := os.MkdirTemp("", "inkingi-assets-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		if err := install(temporary); err != nil {
			return err
		}
		folder = temporary
	}
	modules, err := filepath.Abs(filepath.Join(folder, "node_modules"))
	if err != nil {
		return err
	}
	css, err := styles(modules)
	if err != nil {
		return err
	}
	js, err := script(modules)
	if err != nil {
		return err
	}
	for name, body := range map[string][]byte{"inkingi.css": css, "inkingi.js": js} {
		if err := keep(name, body, check); err != nil {
			return err
		}
	}
	return sign(check)
}

// sign writes the sums of the sources beside what is built of them, so that a
// test can tell, without npm, that somebody changed a source and did not build.
func sign(check bool) error {
	files, err := filepath.Glob(filepath.Join(room, "src", "*"))
	if err != nil || check {
		return err
	}
	var sums strings.Builder
	for _, f := range files { // Glob sorts
		body, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(body), filepath.Base(f))
	}
	return os.WriteFile(filepath.Join(room, "dist", "SOURCES"), []byte(sums.String()), 0o644)
}

// install fetches the packages; their install scripts do not run.
func install(folder string) error {
	cmd := exec.Command("npm", "install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", frontend, sass)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// styles compiles the Sass and minifies the result for old browsers.
func styles(modules string) ([]byte, error) {
	var out, problems bytes.Buffer
	cmd := exec.Command(filepath.Join(modules, ".bin", "sass"), "--no-source-map", "--style=expanded", "--quiet-deps",
		"--load-path="+modules, filepath.Join(room, "src", "inkingi.scss"))
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("sass: %w\n%s", err, problems.String())
	}
	text := strings.TrimPrefix(out.String(), "@charset \"UTF-8\";\n")
	result := api.Transform(plain(text), api.TransformOptions{
		Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		Engines: []api.Engine{{Name: api.EngineChrome, Version: "61"}, {Name: api.EngineSafari, Version: "11"}, {Name: api.EngineFirefox, Version: "60"}},
		Charset: api.CharsetUTF8,
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("css: %s", result.Errors[0].Text)
	}
	return append([]byte("@charset \"UTF-8\";"+banner+"\n"), result.Code...), nil
}

// fallback is the second value of a functional colour. The sheet defines every
// one of them itself, so the fallback is only weight.
var fallback = regexp.MustCompile(`var\((--govuk-[a-z-]+-colour), #[0-9a-f]+\)`)

func plain(css string) string { return fallback.ReplaceAllString(css, "var($1)") }

// script bundles the module and lowers it to what a browser with modules knows.
func script(modules string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(room, "src", "inkingi.js")},
		NodePaths:   []string{modules},
		Bundle:      true, Format: api.FormatESModule, Target: api.ES2017, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
		LegalComments: api.LegalCommentsNone, TreeShaking: api.TreeShakingTrue,
		Banner: map[string]string{"js": banner},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("js: %s", result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// keep writes one file, or compares it with the one that is there.
func keep(name string, body []byte, check bool) error {
	path := filepath.Join(room, "dist", name)
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if check {
		if !bytes.Equal(old, body) {
			return fmt.Errorf("%s is not what its sources give: run go run ./tools/assets", path)
		}
		return nil
	}
	sizes, err := compress(path, body)
	if err != nil {
		return err
	}
	log.Printf("%s: %d bytes, %s", path, len(body), sizes)
	return os.WriteFile(path, body, 0o644)
}
