package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"inkingi/internal/fault"
	"inkingi/internal/lang"
)

type help struct{}

// Run lists every command with every setting, by flag, environment and file.
func (help) Run(c *console, k *kong.Context) error {
	fmt.Fprintln(c.out, "inkingi COMMAND [settings]")
	fmt.Fprintln(c.out, "\nA setting is given by flag, by environment variable, or in the file named by --config or INKINGI_CONFIG.")
	for _, node := range k.Model.Leaves(true) {
		fmt.Fprintf(c.out, "\n%s\n    %s\n", node.Path(), node.Help)
		for _, group := range node.AllFlags(true) {
			for _, f := range group {
				fmt.Fprintf(c.out, "    %s\n", describe(f))
			}
		}
	}
	return nil
}

func describe(f *kong.Flag) string {
	text := "--" + f.Name
	if !f.IsBool() {
		text += " " + f.FormatPlaceHolder()
	}
	if len(f.Envs) > 0 {
		text += "  (" + strings.Join(f.Envs, ", ") + ")"
	}
	return text + "  " + f.Help
}

// settings reads a TOML file: the names are those of the flags.
func settings(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if _, err := toml.NewDecoder(r).Decode(&values); err != nil {
		return nil, err
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
		v, given := values[f.Name]
		if !given {
			return nil, nil
		}
		return fmt.Sprint(v), nil
	}), nil
}

// said puts an error into words for the console, in English: a fault by its
// message, with the technical cause after it.
func said(err error) string {
	f := fault.Of(err)
	if f.Kind == fault.Internal && f.Key == "fault.internal" {
		return err.Error()
	}
	l, broken := lang.Load()
	if broken != nil {
		return err.Error()
	}
	return l.Printer("en").T(f.Key) + " (" + err.Error() + ")"
}
