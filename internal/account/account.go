// Package account lets in who may come in, and remembers what was typed when
// the door closes.
//
// A name and a password open a session that is still worth nothing; a second
// factor, the code of conduct and a post make it worth something ([Stage]).
// Nobody learns from an answer, or from its time, whether an account exists.
// Guessing is slowed per name, and gently per address. A session that stands
// idle is locked, not lost: what was typed stays sealed on the server, bound to
// the account ([Draft]). No account holds posts on both sides of the wall
// between protection and pursuit ([access.Compatible]).
//
// The room decides no right (access does), keeps no record (store does, behind
// [Store]) and knows no page. Passwords and codes print as dots.
package account

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Org is an organisation that works with the program.
type Org struct {
	ID      ids.Org
	Version int // counts changes; 0 is not stored yet
	Name    string
	Kind    string // a code of the country's list: ngo, police, shelter…
	Place   string // place code of its seat; "" is the whole country
	Closed  time.Time
}

// Account is somebody who can sign in. Its name need not be an e-mail address.
type Account struct {
	ID      ids.Account
	Version int
	Org     ids.Org // the organisation that answers for the account, and whose key seals its drafts
	Name    string  // what is typed to sign in, folded ([FoldName])
	Shown   string  // what colleagues read
	Lang    string  // preferred language; "" is the browser's
	Made    time.Time
	Closed  time.Time // zero: in use
}

// Open says whether the account may be used.
func (a Account) Open() bool { return !a.ID.IsZero() && a.Closed.IsZero() }

// Credential is how an account proves who comes. It is kept apart from the
// account, so that signing in does not make an editor's form stale.
type Credential struct {
	Account  ids.Account
	Version  int
	Subject  ids.UUID  // whose key seals the secrets; the key is held by the house, see [House]
	Password string    // argon2id, PHC form
	Expires  time.Time // a temporary password opens nothing after this; zero: lasting
	Change   bool      // the password must be changed
	Enrolled bool      // a second factor was set up: from then on it is asked, even with no code left
	Secret   vault.Text
	Pending  vault.Text // a secret shown and not yet proven
	Step     int64      // the last time step that was used
	Salt     []byte     // of the printed codes
	Codes    [][]byte   // hashes of printed codes that are still good
	Conduct  string     // version of the code of conduct accepted last
	ResetBy  ids.Account
	ResetAt  time.Time
}

// Factors says which second factors are at hand.
func (c Credential) Factors() (app bool, printed int) { return !c.Secret.IsZero(), len(c.Codes) }

// Channel is one way to alert somebody: "mail" or "sms". The address is sealed.
type Channel struct {
	ID      ids.UUID
	Kind    string
	Address vault.Text
}

// The kinds of channel.
const (
	Mail = "mail"
	SMS  = "sms"
)

// House owns the keys that seal second factors: an organisation that holds its
// own key may have locked it, and its people must still be able to sign in.
func House() ids.Org {
	return ids.Org{UUID: ids.UUID{6: 0x70, 8: 0x80, 15: 0x01}}
}

// Forced says whether a role works only with a second factor: every role that
// sees persons [S: issue 2 §4], and whoever keeps accounts or logs [J].
func Forced(r access.Role) bool {
	return access.SeesPersons(r) || r.Side() == access.Keeping
}

// Rank orders roles for a reset: nobody resets their equal or higher.
func Rank(r access.Role) int {
	switch r {
	case access.Program:
		return 3
	case access.Administrator, access.DataProtection:
		return 2
	case access.Supervisor:
		return 1
	}
	return 0
}
