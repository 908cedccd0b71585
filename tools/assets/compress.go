package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"

	"github.com/andybalholm/brotli"
)

// compress writes the brotli and gzip forms beside a file, at their best level:
// they are made once and sent a million times. No time or name goes into them,
// so that the same body gives the same bytes.
func compress(path string, body []byte) (string, error) {
	var br, gz bytes.Buffer
	b := brotli.NewWriterLevel(&br, brotli.BestCompression)
	if _, err := b.Write(body); err != nil {
		return "", err
	}
	if err := b.Close(); err != nil {
		return "", err
	}
	g, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := g.Write(body); err != nil {
		return "", err
	}
	if err := g.Close(); err != nil {
		return "", err
	}
	for ending, data := range map[string][]byte{".br": br.Bytes(), ".gz": gz.Bytes()} {
		if err := os.WriteFile(path+ending, data, 0o644); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("br %d, gz %d", br.Len(), gz.Len()), nil
}
