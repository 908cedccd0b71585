package main

import (
	"context"
	"io"
	"log/slog"
)

// base are the settings of every command that opens the database.
type base struct {
	Database string `help:"sqlite:PATH or postgres://user@host/name." env:"INKINGI_DATABASE" placeholder:"URL" required:""`
	Master   string `help:"File with the master key." env:"INKINGI_MASTER" placeholder:"FILE" required:""`
	Country  string `help:"Country whose facts are loaded." env:"INKINGI_COUNTRY" default:"bdi"`
}

// house builds the house of these settings.
func (b base) house(ctx context.Context, w io.Writer) (*house, error) {
	m, err := readMaster(b.Master)
	if err != nil {
		return nil, err
	}
	var log *slog.Logger
	if w != nil {
		log = logger(w)
	}
	return build(ctx, plan{database: b.Database, country: b.Country, master: m, log: log})
}
