package shell

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"inkingi/internal/account"
	"inkingi/internal/fault"
)

// Names of our cookies. The session's is bound to this very host where TLS
// allows it.
const (
	sessionCookie = "inkingi"
	langCookie    = "lang"
	noticeCookie  = "notice"
	keptCookie    = "kept"
	langParam     = "lang"
)

func (s *Shell) sessionName() string {
	if s.o.Secure {
		return "__Host-" + sessionCookie
	}
	return sessionCookie
}

func (c *Context) cookieToken() account.Token {
	cookie, err := c.r.Cookie(c.shell.sessionName())
	if err != nil || len(cookie.Value) > maxQuery {
		return ""
	}
	return account.Token(cookie.Value)
}

// setCookie sets a cookie that no script reads and no other site sends with a
// form. With a negative age it is removed; with none it ends with the browser.
func (c *Context) setCookie(name, value string, age int) {
	http.SetCookie(c.w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: c.shell.o.Secure, SameSite: http.SameSiteLaxMode})
}

func (c *Context) setToken(t account.Token) {
	age := 0
	if t == "" {
		age = -1
	}
	c.setCookie(c.shell.sessionName(), t.Reveal(), age)
}

// Onward follows a step of signing in: it keeps the new token, and leads to
// what is still asked, or to where the reader wanted to go.
func (c *Context) Onward(step account.Step) error {
	if step.Token != "" {
		c.setToken(step.Token)
	}
	if step.Seat.Stage == account.In {
		if next := c.Next(); next != "" {
			return c.Redirect(next)
		}
		return c.Redirect(c.shell.o.Home)
	}
	return c.Redirect(Then(StagePath(step.Seat.Stage), c.Next()))
}

// Leave ends what the browser knows of a session, and leads to a page.
func (c *Context) Leave(path string) error {
	c.setToken("")
	c.setCookie(keptCookie, "", -1)
	return c.Redirect(path)
}

// Next is where the reader wanted to go before signing in: one of our own
// addresses, or "". Forms of signing in carry it in a hidden field "next".
func (c *Context) Next() string {
	if c.Posted() {
		return local(c.Form().values.Get(fieldNext))
	}
	return local(c.r.URL.Query().Get(fieldNext))
}

// keep seals what was typed, bound to the account, before the reader is sent to
// unlock or to sign in again. It is false when there is nothing to keep, or
// nobody to keep it for.
func (c *Context) keep() (bool, error) {
	f := c.Form()
	content := f.encoded()
	if content == "" {
		return false, nil
	}
	form := c.r.URL.Path
	var err error
	if c.Seat.Stage == account.Over {
		if c.token == "" {
			return false, nil
		}
		err = c.shell.o.Sessions.Rescue(c, c.token, form, content)
	} else {
		err = c.shell.o.Sessions.SaveDraft(c, c.Seat, form, content)
	}
	switch {
	case err == nil:
		c.setCookie(keptCookie, mark(form), 0)
		return true, nil
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Stale): // a session that may keep nothing
		return false, nil
	}
	return false, err
}

// Draft keeps what was typed into this form, sealed under the account of whoever typed
// it, in place of what was kept of the same form before; false when nothing can be
// kept. Once the form is sent it is forgotten ([Context.Undraft]).
func (c *Context) Draft() (bool, error) {
	c.drafted = true
	return c.keep()
}

// Undraft forgets what was kept of this form: it was sent.
func (c *Context) Undraft() error {
	return c.shell.o.Sessions.DropDraft(c, c.Seat, c.r.URL.Path)
}

// mark names a form in a cookie without saying which record it is about.
func mark(form string) string {
	sum := sha256.Sum256([]byte(form))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// keptView gives back what was typed before the lock fell.
type keptView struct {
	View
	Again *returned
}

// kept is the page that gives a draft back. Sending it on shows the form again
// with what was typed, and saves nothing.
func (s *Shell) kept(c *Context) error {
	form := local(c.Query("form"))
	content, err := s.o.Sessions.Draft(c, c.Seat, form)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(content)
	if err != nil {
		return fault.Wrap(fault.Internal, "shell.draft", err)
	}
	f := &Form{c: c, values: values}
	back := &returned{Action: form, Review: true}
	for _, name := range f.Names() {
		for _, v := range f.values[name] {
			back.Fields = append(back.Fields, [2]string{name, v})
		}
	}
	v := keptView{View: c.View(), Again: back}
	return c.Page(Page{Title: v.T("shell.kept.title"), Body: kept(v), Plain: true})
}

// dropKept forgets a draft that is not wanted.
func (s *Shell) dropKept(c *Context) error {
	form := local(c.Form().Text("form", maxQuery))
	if err := s.o.Sessions.DropDraft(c, c.Seat, form); err != nil {
		return err
	}
	c.setCookie(keptCookie, "", -1)
	return c.Redirect(s.o.Home)
}

// Notice says on the next page that something was done: a translation key of
// shell or of the page's own room, never a sentence about somebody.
func (c *Context) Notice(key string) {
	if c.P.Has(key) {
		c.setCookie(noticeCookie, key, 60)
	}
}

func (c *Context) takeNotice() string {
	cookie, err := c.r.Cookie(noticeCookie)
	if err != nil || !strings.Contains(cookie.Value, ".") || !c.P.Has(cookie.Value) {
		return ""
	}
	c.setCookie(noticeCookie, "", -1)
	return c.P.T(cookie.Value)
}

// speak changes the language of the page and of this device; false when nobody
// here speaks it.
func (c *Context) speak(lang string) bool {
	if _, spoken := c.shell.voices[lang]; !spoken {
		return false
	}
	c.setCookie(langCookie, lang, 365*24*3600)
	c.say(lang)
	return true
}

// switchLang answers a change of language: the choice is kept on this device, and
// the page asked for again.
func (s *Shell) switchLang(w http.ResponseWriter, r *http.Request) bool {
	chosen := r.URL.Query().Get(langParam)
	if chosen == "" || r.Method != http.MethodGet {
		return false
	}
	q := r.URL.Query()
	q.Del(langParam)
	to := url.URL{Path: r.URL.Path, RawQuery: q.Encode()}
	if strings.HasPrefix(to.Path, "//") {
		to.Path = "/"
	}
	if _, spoken := s.voices[chosen]; spoken {
		c := &Context{shell: s, w: w, r: r}
		c.setCookie(langCookie, chosen, 365*24*3600)
	}
	w.Header().Set("Location", to.String())
	w.WriteHeader(http.StatusSeeOther)
	return true
}
