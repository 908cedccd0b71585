package notice

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
)

// Decider is the policy.
type Decider interface {
	Decide(w access.Who, a access.Action, o access.Object, p access.Purpose, at time.Time) (access.Grant, error)
}

// Desk sends the outbox. Mail and SMS may be nil: then what needs them fails
// with a code that says so. All else is needed.
type Desk struct {
	Store  Store
	Policy Decider
	Book   Book
	Lang   *lang.Lang
	Mail   Carrier
	SMS    Carrier
	Chance func() float64 // random, in [0,1)
	Now    func() time.Time
	Log    *slog.Logger
}

// Batch is how many alerts one go takes; all are sent side by side.
const Batch = 16

const (
	patience = 30 * time.Second // for one alert, all its channels
	lease    = 2 * time.Minute  // after this another program may try; longer than patience
	kept     = 90 * 24 * time.Hour
)

// Open makes a desk; the fault is Internal when something is missing.
func Open(d Desk) (*Desk, error) {
	if d.Store == nil || d.Policy == nil || d.Book == nil || d.Lang == nil || d.Chance == nil || d.Now == nil || d.Log == nil {
		return nil, fault.New(fault.Internal, "notice.desk")
	}
	return &d, nil
}

func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Millisecond) }

// entry makes the entry of an act of the program itself, without addresses.
func (d *Desk) entry(a access.Action, act string, now time.Time) (audit.Entry, error) {
	o := access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}
	g, err := d.Policy.Decide(access.Itself(), a, o, access.ForOperation, now)
	return audit.Of(g, now).With("act", act), err
}

// Send sends what is due, one batch, and says how many alerts it took: with a
// full [Batch] there may be more. Several programs may send at once. A message
// that is not taken is no error here: it is settled, logged and tried again.
func (d *Desk) Send(ctx context.Context) (int, error) {
	now := d.now()
	e, err := d.entry(access.SystemAlert, "claim", now)
	if err != nil {
		return 0, err
	}
	claimed, err := d.Store.ClaimAlerts(ctx, e, now, now.Add(lease), Batch)
	if err != nil || len(claimed) == 0 {
		return 0, err
	}
	ends := make(chan *Outcome, len(claimed))
	for _, a := range claimed {
		go func() { ends <- d.send(ctx, a) }()
	}
	var all []Outcome
	for range claimed {
		if o := <-ends; o != nil {
			all = append(all, *o)
		}
	}
	return len(claimed), d.settle(ctx, all)
}

// settle writes how a batch ended, even when the program is told to stop: what
// was sent must not be sent again.
func (d *Desk) settle(ctx context.Context, all []Outcome) error {
	if len(all) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	e, err := d.entry(access.SystemAlert, "send", d.now())
	if err != nil {
		return err
	}
	counts := map[State]int{}
	for _, o := range all {
		counts[o.State]++
		if o.State != Sent || o.Problem != "" {
			d.Log.Warn("alert", "alert", o.Alert.ID, "state", o.State, "problem", o.Problem, "try", o.Alert.Try)
		}
	}
	for _, s := range []State{Sent, Waiting, Failed} {
		e = e.With(string(s), strconv.Itoa(counts[s]))
	}
	return d.Store.SettleAlerts(ctx, e, all)
}

// Sweep forgets alerts that ended long ago: whom the program called, and when,
// is nobody's need later [J: 90 days].
func (d *Desk) Sweep(ctx context.Context) error {
	now := d.now()
	e, err := d.entry(access.SystemRetain, "alerts", now)
	if err != nil {
		return err
	}
	return d.Store.SweepAlerts(ctx, e, now.Add(-kept))
}
