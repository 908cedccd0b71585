package protection

import (
	"context"
	"crypto/sha256"
	"math/rand/v2"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// Raise says that somebody may be in danger (A1). Only danger, place and
// channel are mandatory; a name never is.
type Raise struct {
	ID       ids.Signal
	Channel  string
	Now      Answer
	Where    place.Given
	Spot     string
	When     date.Date
	Seen     string
	People   int
	Children Answer
	Against  []ids.Org // organisations whose people are said to be involved

	Reporter ids.Reporter // zero: nothing about the reporter was given
	Name     string
	Relation string
	Phone    string
	Hours    string
	Phrase   string
	Avoid    string
	May      Answer

	Paper    bool
	RaisedAt time.Time // on paper: the time written on the form
	Hour     Answer    // Unknown: the form gives a day and no hour, and RaisedAt is when the day began
}

// Check finds what the person can correct.
func (c Raise) Check(r *Rules, now time.Time) error {
	return fault.Join(
		answered("now", c.Now),
		r.need("channel", "signal_channel", c.Channel),
		r.event("where", c.Where, c.When, r.Day(now)),
		asked("children", c.Children), asked("may", c.May),
		between("people", c.People, 0, 500),
		short("spot", c.Spot, 300), short("seen", c.Seen, 4000),
		short("name", c.Name, 120), short("phone", c.Phone, 40),
		short("phrase", c.Phrase, 200), short("avoid", c.Avoid, 200),
		r.code("relation", "reporter_relation", c.Relation), r.code("hours", "safe_hours", c.Hours),
		c.callBack(), c.paperTime(now),
	)
}

func (c Raise) callBack() error {
	if c.May == Yes && c.Phone == "" {
		return fault.Field("phone", "fault.phone.missing")
	}
	return Phone("phone", c.Phone)
}

func (c Raise) paperTime(now time.Time) error {
	switch {
	case c.Hour != NotAsked && (c.Hour != Unknown || !c.Paper): // nobody invents an hour, nor loses one
		return fault.Field("raised", "fault.code.unknown")
	case c.Paper && c.RaisedAt.IsZero():
		return fault.Field("raised", "fault.date.missing")
	case c.RaisedAt.After(now):
		return fault.Field("raised", "fault.date.future")
	}
	return nil
}

// Raise keeps a signal, gives it to the organisation on duty for the place and
// alerts who is on call. It answers with the receipt, which is all that flows back.
func (d *Desk) Raise(ctx context.Context, w access.Who, c Raise) (Receipt, error) {
	g, err := d.mayAll(ctx, w, access.SignalRaise, access.Object{Kind: access.SignalKind}, access.ForIntake)
	if err != nil {
		return Receipt{}, err
	}
	now := d.Now()
	if err := c.Check(d.Rules, now); err != nil {
		return Receipt{}, err
	}
	if c.RaisedAt.IsZero() {
		c.RaisedAt = now
	}
	duties, err := d.onCall(ctx, c.Where, c.Against)
	if err != nil {
		return Receipt{}, err
	}
	s := c.signal(w, now)
	s.Owner = d.Home
	if len(duties) > 0 {
		s.Owner = duties[0].Org
	}
	s.Receipt = receipt(s.ID)
	change := Change{Signals: []Signal{s}, Alerts: d.ring(s, duties, now)}
	if !c.Reporter.IsZero() {
		change.Reporters = []Reporter{c.reporter(s.Owner)}
	}
	entry := audit.Of(g, now).About(access.SignalKind, s.ID.UUID)
	if err := d.Store.SaveProtection(ctx, entry, change); err != nil {
		return Receipt{}, err
	}
	return Receipt{Signal: s.ID, Receipt: s.Receipt, RaisedAt: s.RaisedAt, Hour: s.Hour, ReceivedAt: now}, nil
}

func (c Raise) signal(w access.Who, now time.Time) Signal {
	s := Signal{ID: c.ID, State: Received, Channel: c.Channel, Now: c.Now, Where: c.Where,
		Spot: vault.Clear(c.Spot), When: c.When, Seen: vault.Clear(c.Seen), People: c.People,
		Children: c.Children, Reporter: c.Reporter, RaisedBy: w.Account, RaisedOrg: w.Post.Org,
		RaisedAt: c.RaisedAt, Hour: c.Hour, ReceivedAt: now, Paper: c.Paper}
	for _, org := range c.Against {
		s.Conflicts = append(s.Conflicts, Conflict{Org: org, Why: "ACCUSED"})
	}
	return s
}

func (c Raise) reporter(owner ids.Org) Reporter {
	return Reporter{ID: c.Reporter, Signal: c.ID, Owner: owner, Name: vault.Clear(c.Name), Relation: c.Relation,
		Contact: SafeContact{Phone: vault.Clear(c.Phone), Hours: c.Hours, Phrase: vault.Clear(c.Phrase),
			Avoid: vault.Clear(c.Avoid), May: c.May}}
}

// receipt is the code on the slip the bearer of a signal gets. It is derived
// from the signal's random identifier, so that sending the same form twice
// gives the same slip.
func receipt(id ids.Signal) ids.Code {
	return ids.NewCode(rand.NewChaCha8(sha256.Sum256(id.UUID[:])))
}
