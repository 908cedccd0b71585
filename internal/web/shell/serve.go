package shell

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
)

// serve makes a route's handler: who comes, may the session be here, run it,
// send the answer.
func (s *Shell) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.context(route, w, r)
		err := c.sit()
		switch {
		case err == nil && c.answered: // the session must go elsewhere first
		case err == nil:
			if err = c.run(route.Handle); err == nil {
				c.settle()
			}
		}
		if err != nil {
			c.oops(err)
		}
		c.send()
	})
}

func (s *Shell) context(route Route, w http.ResponseWriter, r *http.Request) *Context {
	c := &Context{Route: route, Who: access.Visitor(), At: s.o.Now().UTC(), shell: s, r: r, w: w, id: requestID(r.Context())}
	if note, ok := r.Context().Value(noteKey{}).(*note); ok {
		note.route = route.Pattern
	}
	c.Context = r.Context()
	c.hear("")
	return c
}

// hear chooses the language: what was chosen on this device, the account's,
// what the browser accepts, French.
func (c *Context) hear(preferred string) {
	chosen := preferred
	if cookie, err := c.r.Cookie(langCookie); err == nil {
		chosen = cookie.Value
	}
	c.say(c.shell.o.Lang.Match(chosen, c.r.Header.Get("Accept-Language")))
}

func (c *Context) say(lang string) {
	v := c.shell.voices[lang]
	c.voice, c.P = v, v.printer
}

// sit finds the session, and answers itself where the reader must go elsewhere
// before the page is served.
func (c *Context) sit() error {
	if c.Route.Bare {
		return nil
	}
	if c.token = c.cookieToken(); c.token != "" {
		// The inner context: what is asked here may still look at it while hear replaces it.
		seat, err := c.shell.o.Sessions.Session(c.Context, c.token)
		switch {
		case fault.Is(err, fault.Denied): // over
			seat = account.Seat{}
		case err != nil:
			return err
		}
		c.Seat = seat
		if seat.Account.Lang != "" {
			c.hear(seat.Account.Lang)
		}
	}
	c.note(c.Seat)
	if err := c.slow(); err != nil {
		return err
	}
	in := c.Seat.Stage == account.In
	if in {
		c.Who = c.Seat.Who()
	}
	switch {
	case c.Route.Public, slices.Contains(c.Route.Stages, c.Seat.Stage), in && len(c.Route.Stages) == 0:
		return nil
	case in: // a step of signing in that is behind the reader
		to := c.Next()
		if to == "" {
			to = c.shell.o.Home
		}
		return c.Redirect(to)
	}
	return c.elsewhere()
}

// elsewhere sends the reader to where the session must go first, and keeps what
// was typed.
func (c *Context) elsewhere() error {
	next := c.r.URL.Path
	if c.Posted() {
		next = ""
		if !c.Route.Secret {
			kept, err := c.keep()
			if err != nil {
				return err
			}
			if kept {
				next = KeptAt(c.r.URL.Path)
			}
		}
	}
	if next == c.shell.o.Home || local(next) == "" {
		next = ""
	}
	if c.Seat.Stage == account.Over && c.token != "" {
		c.setToken("")
	}
	return c.Redirect(Then(StagePath(c.Seat.Stage), next))
}

// slow holds back who asks too often.
func (c *Context) slow() error {
	if id := c.Seat.Account.ID; !id.IsZero() {
		return c.shell.limits.account(id.String())
	}
	if c.Posted() {
		return c.shell.limits.visitor(c.Addr())
	}
	return nil
}

// settle forgets a draft once what it kept was sent.
func (c *Context) settle() {
	if !c.Posted() || c.drafted || c.status != http.StatusSeeOther || !c.in() {
		return
	}
	if cookie, err := c.r.Cookie(keptCookie); err != nil || cookie.Value != mark(c.r.URL.Path) {
		return
	}
	if err := c.shell.o.Sessions.DropDraft(c, c.Seat, c.r.URL.Path); err == nil {
		c.setCookie(keptCookie, "", -1)
	}
}

// send writes the answer, whole.
func (c *Context) send() {
	h := c.w.Header()
	if c.kind != "" {
		h.Set("Content-Type", c.kind)
	}
	h.Set("Content-Length", strconv.Itoa(c.body.Len()))
	c.w.WriteHeader(c.status)
	_, _ = c.w.Write(c.body.Bytes()) // nobody is left to tell
}

// note says to the access log who it was.
func (c *Context) note(seat account.Seat) {
	if n, ok := c.Context.Value(noteKey{}).(*note); ok {
		n.account, n.session = seat.Account.ID, seat.Session.ID
	}
}

type noteKey struct{}

func requestID(ctx context.Context) string {
	if n, ok := ctx.Value(noteKey{}).(*note); ok {
		return n.id
	}
	return ""
}
