// Package notice calls people to the program, and says nothing else.
//
// Its promise: an alert says "open Inkingi" in the reader's language and never
// what waits there: no name, no place, no code, no number of people, because a
// telephone may be read by somebody else. What the pillars put into the outbox
// is sent at least once to every channel of its reader, by mail and by SMS,
// tried again for a day, and counted as failed when it could not be; when
// nobody was reached, the next on the roster is called without waiting. An alert
// whose record somebody took (HUSHED) is not sent.
//
// The room decides nobody's duty (protection does), keeps no record (store
// does, behind [Store]) and holds addresses only while it sends. No address,
// no password and no word of a server enters an error or the log: only
// identifiers and problem codes.
//
// Known limits: "sent" means that a server took the message, not that somebody
// read it: the next on the roster is called by the clock. An alert may arrive
// twice when the program dies between sending and writing that down, and a
// person who changes the order of the channels while one of them fails may miss
// the one that failed. Whoever carries mail and SMS learns that an address
// belongs to somebody who works with the program.
package notice

import (
	"context"
	"time"

	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Alert is a message of the outbox, claimed by this program for a while.
type Alert struct {
	ID      ids.Alert
	To      ids.Account
	Key     string // translation key of the message: "alert.red"
	Try     int    // which try this is, from 1; with the ID it is the right to settle
	Reached []string
}

// State is where an alert stands.
type State string

// The states. Only waiting alerts are sent.
const (
	Waiting State = "WAITING"
	Sent    State = "SENT"
	Failed  State = "FAILED"
	Hushed  State = "HUSHED"
)

// Outcome is how a try ended.
type Outcome struct {
	Alert   Alert
	State   State
	At      time.Time
	Next    time.Time // when to try again, for Waiting
	Problem string    // a code; of a sent alert, why one of its channels was not reached
	Reached []string  // the channels that took the message, earlier ones included
}

// Store keeps the outbox.
type Store interface {
	// ClaimAlerts takes up to limit alerts that are due now, longest due first.
	// Nobody else is given them until the lease ends. Without any, the entry is not kept.
	ClaimAlerts(ctx context.Context, e audit.Entry, now, lease time.Time, limit int) ([]Alert, error)
	// AlertWaits says whether a claimed alert is still to be sent, by this claim.
	AlertWaits(ctx context.Context, a Alert) (bool, error)
	// SettleAlerts writes how tries ended. An alert that was hushed or claimed
	// again meanwhile stays as it is. When one failed and nobody was reached, what
	// is still to come for the same record comes earlier, the next at once.
	SettleAlerts(ctx context.Context, e audit.Entry, all []Outcome) error
	// SweepAlerts forgets alerts that ended before a moment.
	SweepAlerts(ctx context.Context, e audit.Entry, before time.Time) error
}

// Standing is the outbox in numbers, for whoever runs the program.
type Standing struct {
	Waiting  int // not yet sent, and in time
	Late     int // should have been sent over a minute ago
	Failures []Failure
}

// Failure counts the alerts that failed, or were sent only in part, for one reason.
type Failure struct {
	Problem string // see [Problems]
	Partly  bool   // another channel took them
	Count   int
	Last    time.Time
}

// Reader is who an alert is for.
type Reader struct {
	Open     bool   // the account is in use
	Lang     string // "" is French
	Contacts []account.Contact
}

// Book knows readers. What is absent is fault NotFound.
type Book interface {
	Reader(ctx context.Context, id ids.Account) (Reader, error)
}

// Message is what is carried.
type Message struct {
	ID      string // the same for every try, so that a mailbox can drop the second
	Subject string
	Text    string
}

// Carrier brings a message to one address. Its errors are problems ([Problem]).
type Carrier interface {
	Carry(ctx context.Context, to string, m Message) error
}
