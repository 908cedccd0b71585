package notice

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"inkingi/internal/account"
	"inkingi/internal/fault"
)

// send brings one claimed alert to every channel that did not take it yet. It
// gives nil when nothing is to be written: somebody took the record meanwhile,
// or the program was told to stop and the lease will end.
func (d *Desk) send(ctx context.Context, a Alert) *Outcome {
	waits, err := d.Store.AlertWaits(ctx, a)
	if err != nil || !waits {
		return nil
	}
	reader, err := d.Book.Reader(ctx, a.To)
	if ctx.Err() != nil {
		return nil
	}
	if wrong := unreachable(reader, err); wrong != nil {
		return d.outcome(a, nil, wrong)
	}
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	took, wrong := d.carry(brief, a, reader)
	if ctx.Err() != nil && len(took) == 0 {
		return nil
	}
	return d.outcome(a, took, wrong)
}

func unreachable(r Reader, err error) *Problem {
	switch {
	case fault.Is(err, fault.NotFound):
		return &Problem{NoAccount, true}
	case err != nil:
		return &Problem{Sealed, false}
	case !r.Open:
		return &Problem{ClosedAccount, true}
	case len(r.Contacts) == 0:
		return &Problem{NoChannel, true}
	}
	return nil
}

// carry tries every channel side by side, so that a slow mail server does not
// keep a telephone from ringing. It gives the channels that took the message
// and the problem to show: one that passes before one that stays.
func (d *Desk) carry(ctx context.Context, a Alert, r Reader) (took []string, wrong *Problem) {
	said := words(d.Lang, a, r.Lang)
	var all sync.WaitGroup
	var mu sync.Mutex
	for i, name := range names(r.Contacts) {
		if slices.Contains(a.Reached, name) {
			continue
		}
		all.Go(func() {
			m := said
			m.ID = token(a, name)
			p := problem(d.by(ctx, r.Contacts[i], m))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case p == nil:
				took = append(took, name)
			case wrong == nil || wrong.Final && !p.Final || wrong.Final == p.Final && p.Code > wrong.Code:
				wrong = p
			}
		})
	}
	all.Wait()
	return took, wrong
}

func (d *Desk) by(ctx context.Context, c account.Contact, m Message) error {
	switch {
	case c.Kind == account.Mail && d.Mail == nil:
		return never(MailOff)
	case c.Kind == account.SMS && d.SMS == nil:
		return never(SMSOff)
	case c.Kind == account.Mail:
		return d.Mail.Carry(ctx, c.Address, m)
	case c.Kind == account.SMS:
		return d.SMS.Carry(ctx, c.Address, m)
	}
	return never(Unknown)
}

// names calls channels by kind and order: mail1, sms1, sms2.
func names(all []account.Contact) []string {
	seen := map[string]int{}
	out := make([]string, len(all))
	for i, c := range all {
		seen[c.Kind]++
		out[i] = c.Kind + strconv.Itoa(seen[c.Kind])
	}
	return out
}

// outcome weighs a try: sent when every channel took it; tried again while a
// channel may still take it; then sent when at least one did, else failed.
func (d *Desk) outcome(a Alert, took []string, wrong *Problem) *Outcome {
	now := d.now()
	o := &Outcome{Alert: a, State: Sent, At: now, Reached: append(slices.Clip(a.Reached), took...)}
	if wrong == nil {
		return o
	}
	o.Problem = wrong.Code
	if at, more := next(a.Try, now, d.Chance()); more && !wrong.Final {
		o.State, o.Next = Waiting, at
		return o
	}
	if len(o.Reached) == 0 {
		o.State = Failed
	}
	return o
}
