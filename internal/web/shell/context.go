package shell

import (
	"bytes"
	"context"
	"net/http"
	"time"
	"unicode/utf8"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
)

// Context is one request and its answer. It is a context.Context, to be handed
// to the desks, and ends with the request.
type Context struct {
	context.Context
	Route Route
	Who   access.Who   // access.Visitor for somebody who is not in
	Seat  account.Seat // zero for a visitor; its Stage is Over
	P     lang.Printer // the reader's language, in the country's time
	At    time.Time    // when the request came

	shell *Shell
	voice voice
	r     *http.Request
	w     http.ResponseWriter
	token account.Token
	id    string // of the request, for the log and for who asks about it
	form  *Form

	answered bool
	status   int
	kind     string // content type
	body     bytes.Buffer
}

// Param is what stands in the address at a wildcard of the pattern.
func (c *Context) Param(name string) string { return c.r.PathValue(name) }

// ID reads an identifier from the address. A malformed one is as if the record
// did not exist.
func ID[T ids.Typed](c *Context, name string) (T, error) {
	id, err := ids.Parse[T](c.Param(name))
	if err != nil {
		return id, fault.New(fault.NotFound, access.NotFoundKey)
	}
	return id, nil
}

// maxQuery is the greatest length of one value in an address.
const maxQuery = 200

// Query is a value from the address, for paging and filters by code. What is
// too long, or does not print, is as if it were not there. Words about a person
// never stand in an address: search by POST.
func (c *Context) Query(name string) string {
	v := c.r.URL.Query().Get(name)
	if len(v) > maxQuery || !utf8.ValidString(v) || clean(v, false) != v {
		return ""
	}
	return v
}

// Posted says whether something was sent, as opposed to asked for.
func (c *Context) Posted() bool { return c.r.Method == http.MethodPost }

// Addr is the caller's address, for the limits of signing in; it is not logged.
func (c *Context) Addr() string { return c.shell.address(c.r) }

// Device is a short name of the caller's browser, for the list of one's own
// sessions: "Firefox, Android".
func (c *Context) Device() string { return device(c.r.UserAgent()) }

// Path is the address without its query.
func (c *Context) Path() string { return c.r.URL.Path }

// Facts gives the facts of the record the route is about, for the decision. A
// list, or a record that is not there yet, has its kind only.
func (c *Context) Facts() (access.Object, error) {
	wild := c.Route.About.Wildcard()
	if wild == "" {
		return access.Object{Kind: c.Route.Of()}, nil
	}
	id, err := ids.Parse[ids.Event](c.Param(wild)) // any kind of identifier
	if err != nil {
		return access.Object{}, fault.New(fault.NotFound, access.NotFoundKey)
	}
	return c.shell.o.Facts(c, c.Route.Of(), id.UUID)
}

// May says whether a button or a link should be shown. It is not a decision:
// the desk decides when it is pressed, and keeps an entry of a refusal.
func (c *Context) May(a access.Action, o access.Object) bool {
	return c.shell.may(c.Who, a, o, c.At)
}

func (s *Shell) may(w access.Who, a access.Action, o access.Object, at time.Time) bool {
	purpose := access.ForOperation
	if z := access.ZoneOf(o.Kind); z == access.Protection || z == access.Sealed {
		purpose = access.ForProtection
	} else if z == access.Criminal {
		purpose = access.ForProsecution
	}
	_, err := s.o.Policy.Decide(w, a, o, purpose, at)
	return err == nil
}

// Midnight is the moment a day begins in the country; zero for no day.
func (c *Context) Midnight(d date.Day) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, c.shell.o.Zone).UTC()
}

// Redirect sends the reader to another page of the program, after an act.
func (c *Context) Redirect(path string) error {
	c.answer(http.StatusSeeOther, "")
	c.w.Header().Set("Location", path)
	return nil
}

// Blob answers with something that is not a page.
func (c *Context) Blob(contentType string, body []byte) error {
	c.answer(http.StatusOK, contentType)
	c.body.Write(body)
	return nil
}

// File answers with a file that the browser shows, or keeps under a name: one
// that says nothing, because it may stay on the machine.
func (c *Context) File(name, contentType string, body []byte) error {
	err := c.Blob(contentType, body)
	c.w.Header().Set("Content-Disposition", `inline; filename="`+name+`"`)
	return err
}

// answer begins an answer, in place of one begun before.
func (c *Context) answer(status int, contentType string) {
	c.answered, c.status, c.kind = true, status, contentType
	c.body.Reset()
}
