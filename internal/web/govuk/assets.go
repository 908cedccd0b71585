package govuk

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"path"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// The names of the assets, for [Asset].
const (
	CSS  = "inkingi.css"
	JS   = "inkingi.js"
	Icon = "icon.svg"
)

// AssetPrefix is the folder of all assets in URLs.
const AssetPrefix = "/assets/"

//go:embed assets/dist
var dist embed.FS

// File is one asset as it is served. Path holds a hash of the content, so a
// reader may keep it for ever ("Cache-Control: public, max-age=31536000,
// immutable"). The bodies must not be changed.
type File struct {
	Name        string // CSS, JS, Icon
	Path        string // e.g. "/assets/inkingi.0123456789.css"
	ContentType string
	Body        []byte
	Brotli      []byte // Content-Encoding: br
	Gzip        []byte // Content-Encoding: gzip
}

func contentType(ending string) string {
	switch ending {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return "image/svg+xml"
}

var assets = sync.OnceValue(load)

// Files gives every asset. The slice is the caller's own.
func Files() []File { return append([]File(nil), assets()...) }

// Asset gives the path of an asset by its name, hash included. A name that is
// not an asset gives the bare path, which answers 404.
func Asset(name string) string {
	for _, f := range assets() {
		if f.Name == name {
			return f.Path
		}
	}
	return AssetPrefix + name
}

// load panics if an asset is missing: the program was built without its parts.
func load() []File {
	var files []File
	for _, name := range []string{CSS, JS, Icon} {
		body := must(dist.ReadFile("assets/dist/" + name))
		sum := sha256.Sum256(body)
		ending := path.Ext(name)
		f := File{
			Name: name, ContentType: contentType(ending), Body: body,
			Path: AssetPrefix + strings.TrimSuffix(name, ending) + "." + hex.EncodeToString(sum[:5]) + ending,
		}
		if ending == ".svg" { // a few hundred bytes, made here
			f.Brotli, f.Gzip = squeeze(body)
		} else {
			f.Brotli = must(dist.ReadFile("assets/dist/" + name + ".br"))
			f.Gzip = must(dist.ReadFile("assets/dist/" + name + ".gz"))
		}
		files = append(files, f)
	}
	return files
}

func squeeze(body []byte) (br, gz []byte) {
	var b, z bytes.Buffer
	bw := brotli.NewWriterLevel(&b, brotli.BestCompression)
	zw := must(gzip.NewWriterLevel(&z, gzip.BestCompression))
	must(bw.Write(body))
	must(zw.Write(body))
	must(0, bw.Close())
	must(0, zw.Close())
	return b.Bytes(), z.Bytes()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic("govuk: assets: " + err.Error())
	}
	return v
}
