package shell

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"

	"inkingi/internal/fault"
)

// status is the one table from faults to HTTP.
func status(f *fault.Fault) int {
	if f.Key == keySlow {
		return http.StatusTooManyRequests
	}
	switch f.Kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Denied:
		return http.StatusForbidden
	case fault.Withheld, fault.NotFound:
		return http.StatusNotFound
	case fault.Stale:
		return http.StatusConflict
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// oops answers an error with a page in the reader's language. It must not fail:
// a page that cannot be drawn is answered with one line of text.
func (c *Context) oops(err error) {
	one := fault.Of(err)
	if errors.Is(err, context.DeadlineExceeded) && one.Kind == fault.Internal {
		one = &fault.Fault{Kind: fault.Unavailable, Key: "fault.unavailable"}
	}
	if one.Kind == fault.Internal && c.r.Context().Err() == nil {
		c.shell.o.Log.Error("failed", "request", c.id, "route", c.Route.Pattern, "error", err.Error())
	}
	code := status(one)
	page := c.oopsPage(one)
	c.form = nil // the page is not the form
	if failed := c.draw(page, code); failed != nil {
		c.shell.o.Log.Error("failed", "request", c.id, "route", c.Route.Pattern, "error", failed.Error())
		c.answer(http.StatusInternalServerError, "text/plain; charset=utf-8")
		c.body.WriteString("500 " + c.id)
	}
	if code == http.StatusServiceUnavailable || code == http.StatusTooManyRequests {
		c.w.Header().Set("Retry-After", "10")
	}
}

// oopsPage chooses the words. Withheld and NotFound meet here, and nothing that
// follows can tell them apart.
func (c *Context) oopsPage(one *fault.Fault) Page {
	v := oopsView{View: c.View(), Home: c.shell.o.Home}
	key := ""
	switch one.Kind {
	case fault.Withheld, fault.NotFound:
		key = "not-found"
	case fault.Denied:
		key = "denied"
		if v.Has(one.Key) && one.Key != "fault.denied" {
			v.Say = v.T(one.Key)
		}
	case fault.Stale:
		key = "stale"
		v.Here, v.Again = c.formPath(), c.giveBack(true)
	case fault.Unavailable:
		key, v.Retry = "unavailable", true
		v.Again = c.giveBack(false)
	case fault.Invalid:
		key, v.Say = "invalid", c.View().say(one)
		v.Here, v.Again = c.formPath(), c.giveBack(true)
	default:
		key, v.Reference = "internal", c.id
		v.Again = c.giveBack(false)
	}
	if one.Key == keySlow {
		key, v.Retry = "slow", true
		v.Again = c.giveBack(false)
	}
	v.Heading, v.Text = v.T("shell.oops."+key+".title"), v.T("shell.oops."+key+".text")
	return Page{Title: v.Heading, Body: oops(v)}
}

// oopsView is a page that says what went wrong, and what to do now.
type oopsView struct {
	View
	Heading, Text string
	Say           string // what may be corrected, when no form could show it
	Reference     string
	Retry         bool   // ask for the page again
	Here          string // the page the form stands on
	Home          string
	Again         *returned
}

// returned is what was posted, given back to be sent again.
type returned struct {
	Action string
	Review bool // sending it shows the form, and saves nothing
	Fields [][2]string
}

// giveBack collects what was posted; nil when there is nothing to give back, or
// when it must not be.
func (c *Context) giveBack(review bool) *returned {
	if !c.Posted() || c.Route.Secret || c.Route.Pattern == "/" {
		return nil
	}
	f := c.Form()
	back := &returned{Action: c.r.URL.Path, Review: review}
	for _, name := range f.Names() {
		if secretField(name) {
			continue
		}
		for _, v := range f.values[name] {
			back.Fields = append(back.Fields, [2]string{clean(name, false), clean(v, true)})
		}
	}
	if len(back.Fields) == 0 {
		return nil
	}
	return back
}

// formPath is the page the form of an act stands on.
func (c *Context) formPath() string {
	if !c.Posted() || c.Route.Form == "" {
		return ""
	}
	values := map[string]string{}
	for _, name := range c.Route.Wildcards() {
		values[name] = c.Param(name)
	}
	return fill(c.Route.Form, values)
}

// serveOne runs a handler; a panic is our failure and ends in the same page as
// any other.
func (c *Context) run(h Handler) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			if broken == http.ErrAbortHandler {
				panic(broken)
			}
			c.shell.o.Log.LogAttrs(c, slog.LevelError, "panic", slog.String("request", c.id),
				slog.String("route", c.Route.Pattern), slog.String("stack", string(debug.Stack())))
			err = fault.New(fault.Internal, "shell.panic")
		}
	}()
	err = h(c)
	if err == nil && !c.answered {
		err = fault.New(fault.Internal, "shell.unanswered")
	}
	return err
}
