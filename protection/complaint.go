package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Complaint is what she says was done to her by those who help: a service, an
// organisation, somebody who works there. It passes by those it is about: they
// neither read it nor learn that it is there. The words are sealed under a key of
// their own, which stays when her file goes to another organisation.
type Complaint struct {
	ID      ids.Complaint
	Version int
	Owner   ids.Org // whose supervisor looks into it; zero: oversight does
	House   ids.Org // whose worker wrote it down: the answer goes back there
	Keeper  ids.Org // whose key wraps that of the words
	State   ComplaintState
	Kind    string   // code list "complaint_kind"
	From    string   // code list "complaint_from": whose words these are
	Named   Answer   // Yes: she lets her name be told to who looks into it
	Case    ids.Case // zero unless she does
	Code    ids.Code
	Against ids.Org
	Worker  ids.Account // whom she means there, or zero
	Bars    []Conflict  // who neither reads it nor learns of it
	By      ids.Account // who wrote it down
	At      time.Time
	Due     time.Time // of looking into it, then of the answer

	LookedBy ids.Account
	LookedAt time.Time
	End      string // code list "complaint_end", of what was closed without an answer
	EndedBy  ids.Account
	EndedAt  time.Time

	Words vault.Text
	Done  vault.Text // what was done
	Told  vault.Text // what she was told
}

// ComplaintState says where a complaint stands.
type ComplaintState string

// The states of a complaint.
const (
	ComplaintReceived ComplaintState = "RECEIVED"
	ComplaintLooked   ComplaintState = "LOOKED_INTO"
	ComplaintAnswered ComplaintState = "ANSWERED"
	ComplaintClosed   ComplaintState = "CLOSED" // without an answer, with the reason
)

// ComplaintStates lists them in order.
var ComplaintStates = [...]ComplaintState{ComplaintReceived, ComplaintLooked, ComplaintAnswered, ComplaintClosed}

// Over says whether nobody works on it any more.
func (s ComplaintState) Over() bool { return s == ComplaintAnswered || s == ComplaintClosed }

// PSEA is sexual exploitation or abuse by somebody who helps (IASC).
const PSEA = "PSEA"

// ComplaintKey is the deadline of a complaint: of sexual exploitation or abuse the
// first look is due within a day.
func ComplaintKey(kind string, state ComplaintState) string {
	if kind == PSEA && state == ComplaintReceived {
		return "complaint.psea"
	}
	return "complaint.answer"
}

// route says whose supervisor looks into it: of the organisation that follows her,
// unless the complaint is against it, or nobody who leads there may know of it;
// then it is oversight, and the organisation is zero.
func (of Lodger) route(against ids.Org, leads []ids.Account, bars []Conflict) ids.Org {
	if against == of.Owner || barredOrg(bars, of.Owner) || len(unbarred(leads, bars)) == 0 {
		return ids.Org{}
	}
	return of.Owner
}

// unbarred are those who may know.
func unbarred(all []ids.Account, bars []Conflict) []ids.Account {
	return slices.DeleteFunc(slices.Clone(all), func(one ids.Account) bool { return barredAccount(bars, one) })
}

// look says that somebody looks into it.
func (c Complaint) look(by ids.Account, at, due time.Time) (Complaint, error) {
	if c.State != ComplaintReceived {
		return c, notNow()
	}
	c.State, c.LookedBy, c.LookedAt, c.Due = ComplaintLooked, by, at, due
	return c, nil
}

// answer ends it: with what was done and what she was told, once somebody looked
// into it; or closed without, with the reason, at any time.
func (c Complaint) answer(a AnswerComplaint, by ids.Account, at time.Time) (Complaint, error) {
	to := ComplaintAnswered
	if a.End != "" {
		to = ComplaintClosed
	}
	if c.State.Over() || to == ComplaintAnswered && c.State != ComplaintLooked {
		return c, notNow()
	}
	c.State, c.End, c.EndedBy, c.EndedAt, c.Done, c.Told = to, a.End, by, at, vault.Clear(a.Done), vault.Clear(a.Told)
	return c, nil
}

// Complaint reads one.
func (d *Desk) Complaint(ctx context.Context, w access.Who, id ids.Complaint) (Complaint, access.Grant, error) {
	g, err := d.may(ctx, w, access.ComplaintRead, access.ComplaintKind, id.UUID, access.ForSupervision)
	if err != nil {
		return Complaint{}, g, err
	}
	c, err := d.Store.Complaint(ctx, g, id)
	return c, g, err
}

// Complaints lists those the reader looks into or wrote down, what is due first,
// without their words.
func (d *Desk) Complaints(ctx context.Context, w access.Who) ([]Complaint, error) {
	g, err := d.mayAll(ctx, w, access.ComplaintList, access.Object{Kind: access.ComplaintKind, By: w.Account}, access.ForSupervision)
	if err != nil {
		return nil, err
	}
	return d.Store.Complaints(ctx, g)
}
