package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Token is what the browser keeps: the only proof of a session. The database
// keeps its hash. It prints as dots.
type Token = Secret

// TokenHash is what the database keeps of a token.
type TokenHash string

func newToken(random io.Reader) (Token, error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fault.Wrap(fault.Internal, "account.random", err)
	}
	return Token(base64.RawURLEncoding.EncodeToString(raw)), nil
}

// HashToken hashes a token; a session is found by it.
func HashToken(t Token) TokenHash {
	sum := sha256.Sum256([]byte(t))
	return TokenHash(base64.RawURLEncoding.EncodeToString(sum[:]))
}

// Session is one sign-in on one device.
type Session struct {
	ID      ids.Session
	Version int
	Account ids.Account
	Token   TokenHash
	Device  string // "Firefox, Android", for the list of one's own sessions
	Second  bool   // a second factor was passed
	Skipped bool   // the demonstration did without
	Locked  bool   // the person asked for the lock
	Renew   bool   // the last printed code was spent: a new factor must be set up
	Post    ids.Post
	Made    time.Time
	Seen    time.Time // to the minute
	Until   time.Time // absolute end
	Ended   time.Time
}

// Stage is what a session waits for.
type Stage string

// The stages, in the order they are asked for. The zero Stage is Over: no session.
const (
	Over        Stage = ""         // ended, revoked, expired, or the account was closed
	Locked      Stage = "locked"   // the password again; nothing is lost
	AskSecond   Stage = "second"   // a code
	AskEnrol    Stage = "enrol"    // set a second factor up
	AskPassword Stage = "password" // choose a new password
	AskConduct  Stage = "conduct"  // accept the code of conduct
	AskPost     Stage = "post"     // choose a post
	In          Stage = "in"
)

// Rules are the settings of the door. The zero value is replaced by the
// strict one, field by field ([Rules.filled]).
type Rules struct {
	Idle       time.Duration // default 15 minutes [J]
	Absolute   time.Duration // default 12 hours: a long shift [J]
	Pending    time.Duration // to pass the second factor; default 10 minutes [J]
	Enrolling  time.Duration // to set one up, an app to download over 2G included; default 1 hour [J]
	Temporary  time.Duration // a temporary password holds; default 24 hours [J]
	First      time.Duration // the first password of a new account holds; default 7 days [J]
	Drafts     time.Duration // what was typed is kept; default 72 hours: a week-end [J]
	Conduct    string        // version of the code of conduct; "" asks for none
	SkipSecond bool          // the demonstration only: pages must say so
	Issuer     string        // shown by authenticator apps; default "Inkingi"
	Words      []string      // local words that make a password weak: places, names of the programme
	Pepper     []byte        // keys the names of doors in the database
}

func (r Rules) filled() Rules {
	set := func(d *time.Duration, fallback time.Duration) {
		if *d <= 0 {
			*d = fallback
		}
	}
	set(&r.Idle, 15*time.Minute)
	set(&r.Absolute, 12*time.Hour)
	set(&r.Pending, 10*time.Minute)
	set(&r.Enrolling, time.Hour)
	set(&r.Temporary, 24*time.Hour)
	set(&r.First, 7*24*time.Hour)
	set(&r.Drafts, 72*time.Hour)
	if r.Issuer == "" {
		r.Issuer = "Inkingi"
	}
	return r
}

// Seat is a session with the account that sits in it, as the store reads them
// in one moment. [Desk.Session] gives it its stage.
type Seat struct {
	Session    Session
	Account    Account
	Credential Credential
	Posts      []access.Post // all of them, ended ones too
	Stage      Stage
	At         time.Time // the moment it was read
}

// needsSecond says whether this account must pass a second factor: when one of
// its posts in force forces it, or when it set one up.
func (s Seat) needsSecond(r Rules) bool {
	if s.Credential.Enrolled {
		return true
	}
	return !r.SkipSecond && slices.ContainsFunc(s.inForce(), func(p access.Post) bool { return Forced(p.Role) })
}

func (s Seat) inForce() []access.Post {
	return slices.DeleteFunc(slices.Clone(s.Posts), func(p access.Post) bool { return !p.Holds(s.At) })
}

// stage is a function of what is stored and of the clock; nothing else decides.
func (s Seat) stage(r Rules) Stage {
	proven := !s.needsSecond(r) || s.Session.Second
	switch {
	case s.Session.ID.IsZero() || !s.Account.Open() || !s.Session.Ended.IsZero() || !s.At.Before(s.Session.Until):
		return Over
	case len(s.inForce()) == 0: // a leaver: the last post ended while the session ran
		return Over
	case !proven && !s.At.Before(s.Session.Made.Add(s.patience(r))):
		return Over
	case !proven && !s.Credential.Enrolled:
		return AskEnrol
	case !proven:
		return AskSecond
	case s.Session.Locked || !s.At.Before(s.Session.Seen.Add(r.Idle)):
		return Locked
	case s.Session.Renew:
		return AskEnrol
	case s.Credential.Change:
		return AskPassword
	case s.Credential.Conduct != r.Conduct && r.Conduct != "":
		return AskConduct
	}
	if _, chosen := s.post(); !chosen {
		return AskPost
	}
	return In
}

// patience is how long a session may wait for its second factor.
func (s Seat) patience(r Rules) time.Duration {
	if s.Credential.Enrolled {
		return r.Pending
	}
	return r.Enrolling
}

// post is the post that was chosen, or the only one there is.
func (s Seat) post() (access.Post, bool) {
	held := s.inForce()
	if len(held) == 1 {
		return held[0], true
	}
	i := slices.IndexFunc(held, func(p access.Post) bool { return p.ID == s.Session.Post })
	if i < 0 {
		return access.Post{}, false
	}
	return held[i], true
}

// Who is the holder of the chosen post. Before a post is chosen it is the first
// in force: enough for one's own sign-in, and pages must ask the Stage first.
func (s Seat) Who() access.Who {
	post, chosen := s.post()
	if held := s.inForce(); !chosen && len(held) > 0 {
		post = held[0]
	}
	return s.who(post)
}

// Candidates are the posts in force, to choose from.
func (s Seat) Candidates() []access.Who {
	var all []access.Who
	for _, post := range s.inForce() {
		all = append(all, s.who(post))
	}
	return all
}

func (s Seat) who(post access.Post) access.Who {
	return access.Who{Account: s.Account.ID, Post: post, SecondFactor: s.Session.Second,
		Disabled: !s.Account.Open(), Session: s.Session.ID}
}

// Skips says whether this session did without the second factor that its posts
// force; a page must say so.
func (s Seat) Skips() bool { return s.Session.Skipped && !s.Session.Second }

// TimeLeft is how long until the session locks.
func (s Seat) TimeLeft(r Rules) time.Duration {
	return max(0, s.Session.Seen.Add(r.filled().Idle).Sub(s.At))
}

func newSession(now time.Time, r Rules, token Token, a Account, device string) Session {
	return Session{
		ID: ids.At[ids.Session](now, rand.Reader), Account: a.ID, Token: HashToken(token), Device: device,
		Made: now, Seen: now, Until: now.Add(r.Absolute),
	}
}
