package main

import (
	"context"
	"fmt"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
)

type user struct {
	Add     userAdd     `cmd:"" help:"Add an account; the temporary password is printed once."`
	Disable userDisable `cmd:"" help:"Close an account; its sessions end at once."`
	Reset   userReset   `cmd:"" help:"Give an account a new temporary password; its second factor goes too with --factor."`
}

type userAdd struct {
	base         `embed:""`
	Organisation string `help:"Name of the organisation; it is made when there is none." env:"INKINGI_USER_ORGANISATION" required:""`
	Kind         string `help:"Type of a new organisation." env:"INKINGI_USER_KIND" default:"NGO"`
	Role         string `help:"Role of the first post." env:"INKINGI_USER_ROLE" required:""`
	Place        string `help:"Place code of the post; empty is everywhere." env:"INKINGI_USER_PLACE"`
	Shown        string `help:"The name that colleagues read." env:"INKINGI_USER_SHOWN" required:""`
	Name         string `arg:"" help:"What is typed to sign in."`
}

// Run adds the account.
func (u userAdd) Run(ctx context.Context, c *console) error {
	h, err := u.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	org, err := h.orgNamed(ctx, u.Organisation, u.Kind)
	if err != nil {
		return err
	}
	password, err := h.accounts.Add(ctx, access.Itself(), account.Add{ID: ids.New[ids.Account](), Org: org, Name: u.Name, Shown: u.Shown, Lang: "fr",
		Post: access.Post{Role: access.Role(u.Role), Org: org, Place: u.Place}})
	if err == nil {
		fmt.Fprintf(c.out, "%s: password, once, valid seven days: %s\n", u.Name, password.Reveal())
	}
	return err
}

// orgNamed finds an organisation by its name, or makes it.
func (h *house) orgNamed(ctx context.Context, name, kind string) (ids.Org, error) {
	orgs, err := h.accounts.Orgs(ctx, noCursor(), 500)
	if err != nil {
		return ids.Org{}, err
	}
	for _, o := range orgs {
		if strings.EqualFold(o.Name, strings.TrimSpace(name)) {
			return o.ID, nil
		}
	}
	id := ids.New[ids.Org]()
	return id, h.accounts.AddOrg(ctx, access.Itself(), account.Org{ID: id, Name: name, Kind: kind})
}

type userDisable struct {
	base `embed:""`
	Name string `arg:"" help:"What is typed to sign in."`
}

// Run closes the account.
func (u userDisable) Run(ctx context.Context, c *console) error {
	h, err := u.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	seat, err := h.store.Knock(ctx, account.FoldName(u.Name))
	if err != nil {
		return err
	}
	if err := h.accounts.Close(ctx, access.Itself(), seat.Account.ID); err != nil {
		return err
	}
	held, err := h.store.Carries(ctx, seat.Account.ID, h.clock())
	if err != nil {
		return err
	}
	if err := h.protection.Left(ctx, access.Itself(), seat.Account.ID, held); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s: closed\n", u.Name)
	return nil
}

type userReset struct {
	base   `embed:""`
	Factor bool   `help:"Forget the second factor, too." env:"INKINGI_USER_FACTOR"`
	Name   string `arg:"" help:"What is typed to sign in."`
}

// Run gives a temporary password.
func (u userReset) Run(ctx context.Context, c *console) error {
	h, err := u.house(ctx, nil)
	if err != nil {
		return err
	}
	defer h.close()
	seat, err := h.store.Knock(ctx, account.FoldName(u.Name))
	if err != nil {
		return err
	}
	password, err := h.accounts.Reset(ctx, access.Itself(), account.Reset{Account: seat.Account.ID, Password: true, Factor: u.Factor, Reason: account.Forgotten})
	if err == nil {
		fmt.Fprintf(c.out, "%s: password, once, valid one day: %s\n", u.Name, password.Reveal())
	}
	return err
}
