package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
)

func unzip(response *http.Response, body []byte) (string, error) {
	if response.Header.Get("Content-Encoding") != "gzip" {
		return string(body), nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(z)
	return string(text), err
}
