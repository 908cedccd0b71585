// Inkingi is the national counter-trafficking system in one program.
//
// This package only joins the rooms: it reads settings, opens the database and
// the vault, and hands them to the desks and the doors. `inkingi help` lists
// every command and every setting.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set when the program is built for release.
var version = "dev"

// commands is the whole program; each field is a subcommand in its own file.
type commands struct {
	Config kong.ConfigFlag `help:"Settings file (TOML), one \"name = value\" a line." placeholder:"FILE" env:"INKINGI_CONFIG"`

	Demo      demo       `cmd:"" help:"Serve an invented programme on this machine, to look around."`
	Serve     serve      `cmd:"" help:"Serve a real programme."`
	Migrate   migrate    `cmd:"" help:"Bring the database to this program's version."`
	Setup     setup      `cmd:"" help:"Make the master key, the first organisation and the first administrator."`
	User      user       `cmd:"" help:"Add, disable or reset an account from the console."`
	Keys      keys       `cmd:"" help:"Rotate the keys."`
	Backup    backup     `cmd:"" help:"Write an encrypted backup while others go on working."`
	Restore   restore    `cmd:"" help:"Fill an empty database from a backup."`
	Estimate  estimating `cmd:"" help:"Say how many people no list has seen, from how the lists overlap."`
	Import    importing  `cmd:"" help:"Bring in what was kept before this program."`
	Link      link       `cmd:"" help:"Find the records that are one person, in one file or across several; or encode them so that names need not be shown."`
	Release   releasing  `cmd:"" help:"Make records that may leave the house out of records that may not: invented ones, with a promise."`
	Erased    erased     `cmd:"" help:"List whose keys were destroyed, to be kept beside a backup: identifiers that name nobody."`
	Retention retention  `cmd:"" help:"Show what is kept beyond its time, by the rules of the country; --apply proposes to erase it, and two persons decide."`
	Verify    verify     `cmd:"" help:"Look for anything altered; exit 1 and the first broken entry when something was."`
	Version   about      `cmd:"" help:"Say which version this is."`
	Help      help       `cmd:"" help:"List every command and every setting."`
}

// console is where a command speaks.
type console struct {
	out, err io.Writer
	in       io.Reader
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	code := run(ctx, os.Args[1:], &console{os.Stdout, os.Stderr, os.Stdin})
	stop()
	os.Exit(code)
}

// errExit ends the program with a code and without another word.
type errExit int

func (e errExit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run is main without the process: arguments in, exit code out.
func run(ctx context.Context, args []string, c *console) int {
	var all commands
	parser, err := kong.New(&all, kong.Name("inkingi"), kong.Description("The pillar that holds up the roof: prevention, protection, prosecution, partnership."),
		kong.Writers(c.out, c.err), kong.Exit(func(code int) { panic(errExit(code)) }), kong.Configuration(settings), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(c.err, "inkingi:", err)
		return 2
	}
	return guarded(func() int {
		command, err := parser.Parse(args)
		if err != nil {
			fmt.Fprintln(c.err, "inkingi:", err)
			return 2
		}
		command.BindTo(ctx, (*context.Context)(nil))
		command.Bind(c, command)
		err = command.Run()
		var code errExit
		switch {
		case errors.As(err, &code):
			return int(code)
		case err != nil:
			fmt.Fprintln(c.err, "inkingi:", said(err))
			return 1
		}
		return 0
	})
}

func guarded(fn func() int) (code int) {
	defer func() {
		if p := recover(); p != nil {
			exit, ours := p.(errExit)
			if !ours {
				panic(p)
			}
			code = int(exit)
		}
	}()
	return fn()
}

type about struct{}

// Run prints the version.
func (about) Run(c *console) error {
	fmt.Fprintln(c.out, "inkingi", version)
	return nil
}
