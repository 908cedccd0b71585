package notice_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/notice"
)

// tray is an outbox in memory, for rules; what engines do is proved in store.
type tray struct {
	mu       sync.Mutex
	due      []notice.Alert
	hushed   []ids.Alert
	outcomes []notice.Outcome
	entries  []audit.Entry
	lease    time.Duration
	broken   error
}

func (s *tray) ClaimAlerts(_ context.Context, e audit.Entry, now, lease time.Time, limit int) ([]notice.Alert, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.due) == 0 {
		return nil, nil
	}
	s.entries, s.lease = append(s.entries, e), lease.Sub(now)
	n := min(limit, len(s.due))
	out := s.due[:n]
	s.due = s.due[n:]
	return out, nil
}

func (s *tray) AlertWaits(_ context.Context, a notice.Alert) (bool, error) {
	return !slices.Contains(s.hushed, a.ID), s.broken
}

func (s *tray) SettleAlerts(ctx context.Context, e audit.Entry, all []notice.Outcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries, s.outcomes = append(s.entries, e), append(s.outcomes, all...)
	return ctx.Err()
}

func (s *tray) AlertStanding(_ context.Context, now, since time.Time) (notice.Standing, error) {
	return notice.Standing{Waiting: int(now.Sub(since).Hours())}, nil
}

func (s *tray) SweepAlerts(_ context.Context, e audit.Entry, _ time.Time) error {
	s.entries = append(s.entries, e)
	return nil
}

func (s *tray) Note(_ context.Context, e audit.Entry) error {
	s.entries = append(s.entries, e)
	return nil
}

// carried is a carrier that answers as told and remembers.
type carried struct {
	mu   sync.Mutex
	got  []notice.Message
	err  error
	wait chan struct{}
}

func (c *carried) Carry(ctx context.Context, _ string, m notice.Message) error {
	if c.wait != nil {
		select {
		case <-c.wait:
		case <-ctx.Done():
			return &notice.Problem{Code: notice.MailSlow}
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.got = append(c.got, m)
	}
	return c.err
}

type readers struct {
	reader notice.Reader
	err    error
}

func (r readers) Reader(context.Context, ids.Account) (notice.Reader, error) { return r.reader, r.err }

// bench is a desk on the bench: the clock stands, chance is in the middle.
type bench struct {
	*notice.Desk
	tray      *tray
	mail, sms *carried
	log       *bytes.Buffer
	now       time.Time
}

func newBench(t *testing.T, r readers) *bench {
	t.Helper()
	words, err := lang.Load()
	must(t, err)
	b := &bench{tray: &tray{}, mail: &carried{}, sms: &carried{}, log: &bytes.Buffer{}, now: accesstest.Now()}
	b.Desk, err = notice.Open(notice.Desk{Store: b.tray, Policy: accesstest.Policy(t), Book: r, Lang: words, Mail: b.mail, SMS: b.sms,
		Chance: func() float64 { return 0.5 }, Now: func() time.Time { return b.now }, Log: slog.New(slog.NewTextHandler(b.log, nil))})
	must(t, err)
	return b
}

func both() readers {
	return readers{reader: notice.Reader{Open: true, Contacts: []account.Contact{{Kind: account.Mail, Address: address}, {Kind: account.SMS, Address: number}}}}
}

func alert(try int, reached ...string) notice.Alert {
	return notice.Alert{ID: ids.New[ids.Alert](), To: ids.New[ids.Account](), Key: "alert.red", Try: try, Reached: reached}
}

// send sends one alert and gives how it ended.
func (b *bench) send(t *testing.T, a notice.Alert) notice.Outcome {
	t.Helper()
	b.tray.due, b.tray.outcomes = []notice.Alert{a}, nil
	n, err := b.Send(t.Context())
	must(t, err)
	if n != 1 || len(b.tray.outcomes) != 1 {
		t.Fatalf("%d alerts, %d outcomes", n, len(b.tray.outcomes))
	}
	lacks(t, "the log", b.log.String())
	return b.tray.outcomes[0]
}

func TestOutcomes(t *testing.T) {
	later, never := &notice.Problem{Code: notice.SMSAway}, &notice.Problem{Code: notice.SMSRefused, Final: true}
	slow := &notice.Problem{Code: notice.MailSlow}
	person := both()
	for name, c := range map[string]struct {
		reader    readers
		alert     notice.Alert
		mail, sms error
		state     notice.State
		problem   string
		reached   string
	}{
		"both":                          {person, alert(1), nil, nil, notice.Sent, "", "mail1 sms1"},
		"the telephone later":           {person, alert(1), nil, later, notice.Waiting, notice.SMSAway, "mail1"},
		"only what is left":             {person, alert(2, "mail1"), errors.New("never asked"), nil, notice.Sent, "", "mail1 sms1"},
		"the telephone never":           {person, alert(1), nil, never, notice.Sent, notice.SMSRefused, "mail1"},
		"mail later, telephone never":   {person, alert(1), slow, never, notice.Waiting, notice.MailSlow, ""},
		"neither, for now":              {person, alert(7), slow, later, notice.Waiting, notice.SMSAway, ""},
		"neither, the last time":        {person, alert(8), slow, later, notice.Failed, notice.SMSAway, ""},
		"after a crash at the last":     {person, alert(9), slow, later, notice.Failed, notice.SMSAway, ""},
		"one of two, the last time":     {person, alert(8, "mail1"), nil, later, notice.Sent, notice.SMSAway, "mail1"},
		"a carrier that breaks":         {person, alert(1), errors.New(address), errors.New(number), notice.Waiting, notice.Unknown, ""},
		"no channel":                    {readers{reader: notice.Reader{Open: true}}, alert(1), nil, nil, notice.Failed, notice.NoChannel, ""},
		"a closed account":              {readers{}, alert(1), nil, nil, notice.Failed, notice.ClosedAccount, ""},
		"no account":                    {readers{err: fault.New(fault.NotFound, "record.notfound")}, alert(1), nil, nil, notice.Failed, notice.NoAccount, ""},
		"sealed for now":                {readers{err: fault.New(fault.Unavailable, "vault.locked")}, alert(1), nil, nil, notice.Waiting, notice.Sealed, ""},
		"a channel of an unknown kind":  {readers{reader: notice.Reader{Open: true, Contacts: []account.Contact{{Kind: "pigeon"}}}}, alert(1), nil, nil, notice.Failed, notice.Unknown, ""},
		"sealed, partly reached before": {readers{err: fault.New(fault.Unavailable, "vault.locked")}, alert(8, "sms1"), nil, nil, notice.Sent, notice.Sealed, "sms1"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.reader)
			b.mail.err, b.sms.err = c.mail, c.sms
			o := b.send(t, c.alert)
			slices.Sort(o.Reached)
			if o.State != c.state || o.Problem != c.problem || strings.Join(o.Reached, " ") != c.reached {
				t.Errorf("%s %q reached %v, want %s %q %s", o.State, o.Problem, o.Reached, c.state, c.problem, c.reached)
			}
			if (o.State == notice.Waiting) == o.Next.IsZero() || !o.At.Equal(b.now) {
				t.Errorf("at %v, next %v", o.At, o.Next)
			}
		})
	}
}

// TestEveryTryWithinADay walks the tries with the clock standing, at both ends of chance.
func TestEveryTryWithinADay(t *testing.T) {
	want := []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 10 * time.Hour}
	for _, chance := range []float64{0, 0.5, 0.999999} {
		b := newBench(t, both())
		b.mail.err, b.sms.err = &notice.Problem{Code: notice.MailAway}, &notice.Problem{Code: notice.SMSAway}
		b.Chance = func() float64 { return chance }
		start := b.now
		for i, pause := range want {
			o := b.send(t, alert(i+1))
			factor := 0.9 + 0.2*chance
			off := o.Next.Sub(b.now) - time.Duration(float64(pause)*factor)
			if o.State != notice.Waiting || off.Abs() > time.Millisecond { // the clock is cut to what is stored
				t.Errorf("after try %d at chance %v: %s, %v, want about %v", i+1, chance, o.State, o.Next.Sub(b.now), pause)
			}
			b.now = o.Next
		}
		if o := b.send(t, alert(len(want)+1)); o.State != notice.Failed || o.Problem != notice.SMSAway {
			t.Errorf("the last try: %+v", o)
		}
		if took := b.now.Sub(start); took > 24*time.Hour || took < 18*time.Hour {
			t.Errorf("the tries take %v", took)
		}
	}
}

func TestHushedIsNotSent(t *testing.T) {
	b := newBench(t, both())
	a := alert(1)
	b.tray.due, b.tray.hushed = []notice.Alert{a}, []ids.Alert{a.ID}
	n, err := b.Send(t.Context())
	if n != 1 || err != nil || len(b.tray.outcomes) != 0 || len(b.mail.got)+len(b.sms.got) != 0 {
		t.Errorf("%d, %v, %v, %v", n, err, b.tray.outcomes, b.mail.got)
	}
}

func TestWithoutServers(t *testing.T) {
	b := newBench(t, both())
	b.Mail, b.SMS = nil, nil
	if o := b.send(t, alert(1)); o.State != notice.Failed || o.Problem != notice.SMSOff {
		t.Errorf("%+v", o)
	}
	b.SMS = b.sms
	if o := b.send(t, alert(1)); o.State != notice.Sent || o.Problem != notice.MailOff {
		t.Errorf("%+v", o)
	}
}

// TestABatchLeavesItsEntries and no address in them, by the program itself.
func TestABatchLeavesItsEntries(t *testing.T) {
	b := newBench(t, both())
	for range notice.Batch + 3 {
		b.tray.due = append(b.tray.due, alert(1))
	}
	for _, want := range []int{notice.Batch, 3, 0} {
		if n, err := b.Send(t.Context()); n != want || err != nil {
			t.Fatalf("%d, %v, want %d", n, err, want)
		}
	}
	if len(b.tray.entries) != 4 || b.tray.lease < time.Minute {
		t.Fatalf("%d entries, lease %v", len(b.tray.entries), b.tray.lease)
	}
	for i, e := range b.tray.entries {
		l := e.Line()
		if !e.Valid() || l.Action != access.SystemAlert || l.Role != access.Program || !l.Account.IsZero() || l.Refusal != "" {
			t.Errorf("entry %d: %+v", i, l)
		}
		lacks(t, "the entry", sprint(l))
	}
	if codes := b.tray.entries[1].Line().Codes; sprint(codes) != sprint([]audit.Code{{Key: "act", Code: "send"}, {Key: "SENT", Code: "16"}, {Key: "WAITING", Code: "0"}, {Key: "FAILED", Code: "0"}}) {
		t.Errorf("codes %v", codes)
	}
	must(t, b.Sweep(t.Context()))
	if l := b.tray.entries[4].Line(); l.Action != access.SystemRetain {
		t.Errorf("the sweep: %+v", l)
	}
}

// TestToldToStop keeps what was sent, and leaves the rest to the lease.
func TestToldToStop(t *testing.T) {
	b := newBench(t, both())
	b.mail.wait = make(chan struct{}) // never
	a := alert(1)
	b.tray.due = []notice.Alert{a}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := b.Send(ctx)
		done <- err
	}()
	for {
		b.sms.mu.Lock()
		rang := len(b.sms.got) == 1
		b.sms.mu.Unlock()
		if rang {
			break
		}
		time.Sleep(time.Millisecond)
	}
	cancel()
	must(t, <-done)
	if len(b.tray.outcomes) != 1 || !slices.Equal(b.tray.outcomes[0].Reached, []string{"sms1"}) || b.tray.outcomes[0].State != notice.Waiting {
		t.Errorf("outcomes %+v", b.tray.outcomes)
	}
	b.sms.wait, b.tray.outcomes, b.tray.due = b.mail.wait, nil, []notice.Alert{a}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := b.Send(stopped); err != nil || len(b.tray.outcomes) != 0 {
		t.Errorf("nothing was sent: %v, %+v", err, b.tray.outcomes)
	}
}

func TestADeskNeedsItsThings(t *testing.T) {
	if _, err := notice.Open(notice.Desk{}); !fault.Is(err, fault.Internal) {
		t.Errorf("the zero desk: %v", err)
	}
}
