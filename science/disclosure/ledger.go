package disclosure

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Ledger keeps what has been spent of the privacy of one group of people. Every
// release about them takes something that never comes back; when the budget is
// spent, nothing more is released, however useful it would be. What it holds is
// about releases and never about people.
//
// The zero Ledger has no budget and refuses. The file it is kept in is the
// command's; the rules are here.
type Ledger struct {
	Budget  Promise `json:"budget"`
	Entries []Spent `json:"entries"`
}

// Spent is one release. What is added up is Rho and Delta: Rho is zCDP, Delta is what
// a threshold on values costs besides it. Epsilon is for reading.
type Spent struct {
	At      time.Time `json:"at"`
	Method  string    `json:"method"`
	Columns []string  `json:"columns"`
	Rho     float64   `json:"rho"`
	Delta   float64   `json:"delta"`
	Epsilon float64   `json:"epsilon"`
}

// ErrSpent is the refusal of a release for which too little is left.
var ErrSpent = errors.New("the privacy budget of this ledger is spent")

// slack forgives rounding in the last digits of a sum.
const slack = 1e-9

// ReadLedger reads a ledger and checks that it is one: a broken ledger is not an
// empty one.
func ReadLedger(text []byte) (*Ledger, error) {
	var l Ledger
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields() // a name that was mistyped must not hide what was spent
	if err := d.Decode(&l); err != nil {
		return nil, fmt.Errorf("this is not a ledger: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("this is not a ledger: something stands after it")
	}
	if err := l.Budget.Check(); err != nil {
		return nil, fmt.Errorf("the ledger's budget: %w", err)
	}
	if l.Entries == nil {
		return nil, errors.New("this is not a ledger: it has no list of what was spent")
	}
	for i, e := range l.Entries {
		if !(e.Rho >= 0) || !(e.Delta >= 0) || e.Rho == 0 && e.Delta == 0 {
			return nil, fmt.Errorf("entry %d of the ledger spends nothing, or less than nothing", i+1)
		}
	}
	return &l, nil
}

// Text is the ledger as it is kept.
func (l *Ledger) Text() ([]byte, error) {
	text, err := json.MarshalIndent(l, "", "  ")
	return append(text, '\n'), err
}

// Total is what all releases together promise: the ε that holds at the budget's δ.
// Not ok is when the thresholds on values alone have used δ up.
func (l *Ledger) Total() (p Promise, ok bool) {
	rho, delta := 0.0, 0.0
	for _, e := range l.Entries {
		rho, delta = rho+e.Rho, delta+e.Delta
	}
	if delta >= l.Budget.Delta {
		return Promise{Delta: delta}, false
	}
	return Promise{Epsilon(rho, l.Budget.Delta-delta), l.Budget.Delta}, true
}

// Spend writes the release in, or refuses with [ErrSpent] and writes nothing. It
// returns the new ledger and leaves the old one alone.
func (l *Ledger) Spend(s Spent) (*Ledger, error) {
	if err := l.Budget.Check(); err != nil {
		return nil, fmt.Errorf("the ledger's budget: %w", err)
	}
	if !(s.Rho > 0) || !(s.Delta >= 0) {
		return nil, errors.New("a release that spends nothing is not a release")
	}
	next := &Ledger{Budget: l.Budget, Entries: append(append([]Spent{}, l.Entries...), s)}
	if p, ok := next.Total(); !ok || p.Epsilon > l.Budget.Epsilon*(1+slack) {
		left := ""
		if now, ok := l.Total(); ok {
			left = fmt.Sprintf(": ε %.4g of %.4g is used, releases so far: %d", now.Epsilon, l.Budget.Epsilon, len(l.Entries))
		}
		return nil, fmt.Errorf("%w%s", ErrSpent, left)
	}
	return next, nil
}
