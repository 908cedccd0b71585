package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/invent"
	"inkingi/internal/store"
	"inkingi/internal/vault"
)

// demo serves an invented programme. Nobody in it exists, every page says so,
// and the second factor is left out.
type demo struct {
	Addr     string  `help:"Address to serve on; another machine may reach it only with --anywhere." env:"INKINGI_DEMO_ADDR" default:"127.0.0.1:8080"`
	Anywhere bool    `help:"Serve on an address that other machines reach." env:"INKINGI_DEMO_ANYWHERE"`
	Data     string  `help:"Keep the database in this folder; else it is temporary." env:"INKINGI_DEMO_DATA" placeholder:"DIR"`
	Database string  `help:"Invent into this empty database instead." env:"INKINGI_DEMO_DATABASE" placeholder:"URL"`
	Seed     uint64  `help:"The same seed invents the same people." env:"INKINGI_DEMO_SEED" default:"1"`
	People   int     `help:"How many people to invent." env:"INKINGI_DEMO_PEOPLE" default:"300"`
	JSON     bool    `name:"json" help:"Print one JSON object with the address and the accounts once it serves." env:"INKINGI_DEMO_JSON"`
	Rate     float64 `help:"Pages a second that one account may ask for." env:"INKINGI_DEMO_RATE" default:"20"`
	Stop     bool    `name:"invent-only" help:"Stop when the programme is invented." env:"INKINGI_DEMO_INVENT_ONLY"`
}

// Run invents and serves until it is told to stop.
func (d demo) Run(ctx context.Context, c *console) error {
	if err := d.check(); err != nil {
		return err
	}
	dir, clean, err := d.folder()
	if err != nil {
		return err
	}
	defer clean()
	h, programme, err := d.programme(ctx, c, dir)
	if err != nil {
		return stopped(ctx, err)
	}
	defer h.close()
	if h.protection.Home, err = h.oldest(ctx); err != nil || d.Stop {
		return err
	}
	l, err := net.Listen("tcp", d.Addr)
	if err != nil {
		return err
	}
	door, err := h.door(doorPlan{limits: limitsOf(d.Rate)})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if err := d.announce(c, "http://"+l.Addr().String(), programme.Accounts); err != nil {
		return errors.Join(err, l.Close())
	}
	return h.serve(ctx, door, l, "", "")
}

// check refuses an address that other machines reach, unless told.
func (d demo) check() error {
	host, _, err := net.SplitHostPort(d.Addr)
	if err != nil {
		return fault.Field("addr", "demo.address")
	}
	if ip := net.ParseIP(host); !d.Anywhere && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fault.Field("addr", "demo.loopback")
	}
	if d.People < 0 || d.People > 5_000_000 {
		return fault.Field("people", "demo.people")
	}
	return nil
}

func (d demo) folder() (string, func(), error) {
	if d.Data != "" {
		return d.Data, func() {}, os.MkdirAll(d.Data, 0o700)
	}
	dir, err := os.MkdirTemp("", "inkingi-demo-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// programme opens what the folder holds, or invents a new one into it.
func (d demo) programme(ctx context.Context, c *console, dir string) (*house, invent.Programme, error) {
	list := filepath.Join(dir, "accounts.json")
	if text, err := os.ReadFile(list); err == nil && d.Data != "" {
		var p invent.Programme
		if err := json.Unmarshal(text, &p.Accounts); err != nil {
			return nil, p, err
		}
		h, err := d.open(ctx, c, dir)
		return h, p, err
	}
	h, err := d.open(ctx, c, dir)
	if err != nil {
		return nil, invent.Programme{}, err
	}
	p, err := d.invent(ctx, c, h)
	if err == nil && d.Data != "" {
		var text []byte
		if text, err = json.Marshal(p.Accounts); err == nil {
			err = os.WriteFile(list, text, 0o600)
		}
	}
	if err != nil {
		return nil, p, errors.Join(err, h.close())
	}
	return h, p, nil
}

func (d demo) open(ctx context.Context, c *console, dir string) (*house, error) {
	key := filepath.Join(dir, "master.key")
	m, err := readMaster(key)
	if fault.Is(err, fault.Unavailable) {
		m = vault.NewMaster(time.Now())
		err = writeMaster(key, m, "Demonstration: nobody in it exists.")
	}
	if err != nil {
		return nil, err
	}
	database := d.Database
	if database == "" {
		database = "sqlite:" + filepath.Join(dir, "inkingi.sqlite")
	}
	h, err := build(ctx, plan{database: database, country: "bdi", master: m, demo: true, log: logger(c.err)})
	if err != nil {
		return nil, err
	}
	if _, _, err := h.store.Migrate(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	_, err = h.store.MakeLogKey(ctx, "inkingi.demo")
	return h, err
}

// invent makes the programme and shows how far it is.
func (d demo) invent(ctx context.Context, c *console, h *house) (invent.Programme, error) {
	show, end := c.progress("inventing", d.People)
	defer end()
	var p invent.Programme
	err := h.store.Filling(ctx, func() (err error) {
		p, err = invent.Inventor{Country: h.country, Accounts: h.accounts, Policy: h.policy, Keep: h.store, Now: h.clock, Seed: d.Seed,
			People: d.People, Progress: show}.Invent(ctx)
		return err
	})
	if err != nil {
		return p, err
	}
	report, err := h.store.Verify(ctx, store.VerifyOptions{})
	if err == nil && !report.Holds() {
		err = fault.New(fault.Internal, "verify.broken")
	}
	return p, err
}

// announce says where it serves and who can sign in.
func (d demo) announce(c *console, address string, accounts []invent.Account) error {
	if d.JSON {
		return json.NewEncoder(c.out).Encode(struct {
			Address  string           `json:"address"`
			Accounts []invent.Account `json:"accounts"`
		}{address, accounts})
	}
	fmt.Fprintf(c.out, "\nInkingi demonstration: %s\nNobody in it exists. No second factor is asked.\n\n", address)
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ROLE\tORGANISATION\tNAME\tPASSWORD\tON CALL FOR")
	for _, a := range accounts {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", a.Role, a.Organisation, a.Name, a.Password, strings.Join(a.OnCall, ", "))
	}
	return t.Flush()
}

// stopped makes an end that was asked for no error.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

var _ invent.Keeper = (*store.Store)(nil)

// oldest is the organisation that was founded first: signals that nobody on the
// roster covers go there.
func (h *house) oldest(ctx context.Context) (ids.Org, error) {
	var first ids.Org
	orgs, err := h.accounts.Orgs(ctx, noCursor(), 500)
	for _, o := range orgs {
		if first.IsZero() || o.ID.String() < first.String() {
			first = o.ID
		}
	}
	return first, err
}
