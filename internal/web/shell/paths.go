package shell

import (
	"net/url"
	"strings"

	"inkingi/internal/account"
)

// The addresses the shell must know: where a session goes in each stage. The
// account pages stand there.
const (
	SignInPath   = "/sign-in"
	SecondPath   = "/sign-in/second"
	EnrolPath    = "/sign-in/enrol"
	PasswordPath = "/account/password"
	ConductPath  = "/account/conduct"
	PostPath     = "/account/post"
	UnlockPath   = "/account/unlock"
	SignOutPath  = "/sign-out"
	AccountPath  = "/account"
	KeptPath     = "/kept" // what was typed before the lock fell
)

// StagePath is where a session in a stage must go; "" when it is in.
func StagePath(s account.Stage) string {
	switch s {
	case account.In:
		return ""
	case account.Locked:
		return UnlockPath
	case account.AskSecond:
		return SecondPath
	case account.AskEnrol:
		return EnrolPath
	case account.AskPassword:
		return PasswordPath
	case account.AskConduct:
		return ConductPath
	case account.AskPost:
		return PostPath
	}
	return SignInPath
}

// Then adds to one of our addresses where to go afterwards; next may be "".
func Then(path, next string) string {
	if next == "" {
		return path
	}
	return path + "?" + fieldNext + "=" + url.QueryEscape(next)
}

// KeptAt is the page that gives back what was typed into a form.
func KeptAt(form string) string { return KeptPath + "?form=" + url.QueryEscape(form) }

// IsKept says whether an address is the page that gives back what was typed.
func IsKept(next string) bool { return strings.HasPrefix(next, KeptPath+"?") }

// local gives back an address if it is one of our own pages: a path without a
// query, or that of something kept. Anything else is "".
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Fragment != "" || len(next) > 2*maxQuery {
		return ""
	}
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\") || clean(u.Path, false) != u.Path {
		return ""
	}
	if u.RawQuery == "" {
		return next
	}
	if form := local(u.Query().Get("form")); u.Path == KeptPath && form != "" {
		return KeptAt(form)
	}
	return ""
}
