package protection

import (
	"context"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// shelf keeps what the desk saves; every other method of a store is missing on purpose.
type shelf struct {
	Store
	duties  []Duty
	standby []Duty
	facts   map[ids.UUID]access.Object
	saved   []Change
	noted   int
}

func (s *shelf) OnCall(context.Context, string, time.Time) ([]Duty, error) {
	return slices.Clone(s.duties), nil
}

func (s *shelf) Standby(context.Context, time.Time) ([]Duty, error) {
	return slices.Clone(s.standby), nil
}

func (s *shelf) SaveProtection(_ context.Context, e audit.Entry, c Change) error {
	if !e.Valid() {
		return fault.New(fault.Internal, "store.entry")
	}
	s.saved = append(s.saved, c)
	return nil
}

func (s *shelf) Note(context.Context, audit.Entry) error { s.noted++; return nil }

func (s *shelf) Facts(_ context.Context, k access.Kind, id ids.UUID) (access.Object, error) {
	if o, ok := s.facts[id]; ok {
		return o, nil
	}
	return access.Object{Kind: k}, fault.New(fault.NotFound, "record.notfound")
}

func desk(t *testing.T) (*Desk, *shelf) {
	s := &shelf{facts: map[ids.UUID]access.Object{}}
	return &Desk{Store: s, Policy: accesstest.Policy(t), Rules: burundi(t), Now: noon, Home: ids.New[ids.Org]()}, s
}

func duties(n int) []Duty {
	var all []Duty
	for i := range n {
		all = append(all, Duty{Org: ids.New[ids.Org](), Account: ids.New[ids.Account](), Rank: i + 1})
	}
	return all
}

// With nobody on the roster the home's duty officers are called; when the home
// is said to be involved, somebody else's.
func TestSomebodyStandsBy(t *testing.T) {
	d, s := desk(t)
	s.standby = append(duties(2), Duty{Org: d.Home, Account: ids.New[ids.Account]()})
	s.standby[0].Province = "BI-NG" // of another place: could not open it
	other, home := s.standby[1], s.standby[2]
	raise := Raise{ID: ids.New[ids.Signal](), Now: Yes, Channel: "OTHER", Where: place.Given{Code: d.Rules.Places.Home()}, Children: Unknown, People: 1}
	for _, one := range []struct {
		against []ids.Org
		want    Duty
	}{{nil, home}, {[]ids.Org{d.Home}, other}} {
		raise.ID, raise.Against = ids.New[ids.Signal](), one.against
		_, err := d.Raise(t.Context(), access.Visitor(), raise)
		if err != nil {
			t.Fatal(err)
		}
		c := s.saved[len(s.saved)-1]
		if c.Signals[0].Owner != one.want.Org || len(c.Alerts) == 0 || c.Alerts[0].To != one.want.Account {
			t.Errorf("against %v: held by %v, alerts %+v", one.against, c.Signals[0].Owner, c.Alerts)
		}
	}
}

func TestRing(t *testing.T) {
	d, _ := desk(t)
	some := duties(3)
	owner := some[0].Org
	for i := range some {
		some[i].Org = owner
	}
	red := Signal{ID: ids.New[ids.Signal](), Now: Yes, Owner: owner}
	alerts := d.ring(red, some, noon())
	if len(alerts) != 6 {
		t.Fatalf("%d alerts for RED and three on call, want two rounds", len(alerts))
	}
	for i, a := range alerts {
		want := noon().Add(time.Duration(i) * 15 * time.Minute)
		if a.To != some[i%3].Account || !a.At.Equal(want) || a.Rank != i+1 || a.Key != "alert.red" || a.About != red.ID.UUID {
			t.Errorf("alert %d: %+v, want %s at %s", i, a, some[i%3].Account, want)
		}
	}
	for _, now := range []Answer{No, Unknown} {
		alerts = d.ring(Signal{ID: red.ID, Now: now, Owner: owner}, some, noon())
		if len(alerts) != 1 || alerts[0].To != some[0].Account || alerts[0].Key != "alert.signal" || !alerts[0].At.Equal(noon()) {
			t.Errorf("danger %s: %+v", now, alerts)
		}
	}
	if alerts := d.ring(Signal{ID: red.ID, Now: No, Level: Red, Owner: owner}, some, noon()); len(alerts) != 6 {
		t.Errorf("judged RED: %d alerts", len(alerts))
	}
	if alerts := d.ring(red, duties(2), noon()); alerts != nil {
		t.Errorf("another organisation, which could not open it, is called: %+v", alerts)
	}
	if alerts := d.ring(red, nil, noon()); alerts != nil {
		t.Errorf("with nobody on call: %+v", alerts)
	}
}

// A correction that says "in danger now" rings anew; saying it twice does not.
func TestCorrectionRingsAgain(t *testing.T) {
	d, s := desk(t)
	s.duties = duties(1)
	before := Signal{ID: ids.New[ids.Signal](), Owner: s.duties[0].Org, State: Received, Now: No, Where: here(d.Rules)}
	after := before
	after.Now = Yes
	for name, c := range map[string]struct {
		before, after Signal
		to            ids.Account
	}{
		"nobody has it":   {before, after, s.duties[0].Account},
		"somebody has it": {before, Signal{ID: before.ID, State: Taken, Now: Yes, TakenBy: ids.New[ids.Account]()}, ids.Account{}},
		"it was said":     {after, after, ids.Account{}},
		"it is triaged":   {before, Signal{ID: before.ID, State: Triaged, Now: Yes}, ids.Account{}},
	} {
		alerts, err := d.again(context.Background(), c.before, c.after)
		if c.after.State == Taken {
			c.to = c.after.TakenBy
		}
		if err != nil || (len(alerts) == 0) != c.to.IsZero() || len(alerts) > 0 && (alerts[0].To != c.to || alerts[0].Key != "alert.red") {
			t.Errorf("%s: %+v, %v", name, alerts, err)
		}
	}
}

// A signal goes to the first organisation on duty that nobody accuses.
func TestRaiseRoutesAroundTheAccused(t *testing.T) {
	for name, c := range map[string]struct {
		accused func([]Duty) []ids.Org
		first   int // who is called first; -1 nobody
	}{
		"nobody is accused":    {func([]Duty) []ids.Org { return nil }, 0},
		"the first is":         {func(d []Duty) []ids.Org { return []ids.Org{d[0].Org} }, 1},
		"the first two are":    {func(d []Duty) []ids.Org { return []ids.Org{d[1].Org, d[0].Org} }, 2},
		"everybody on duty is": {func(d []Duty) []ids.Org { return []ids.Org{d[0].Org, d[1].Org, d[2].Org} }, -1},
		"somebody off duty is": {func([]Duty) []ids.Org { return []ids.Org{ids.New[ids.Org]()} }, 0},
	} {
		d, s := desk(t)
		s.duties = duties(3)
		accused := c.accused(s.duties)
		_, err := d.Raise(context.Background(), access.Visitor(), Raise{ID: ids.New[ids.Signal](), Channel: "HOTLINE", Now: Yes, Where: here(d.Rules), Against: accused})
		if err != nil {
			t.Fatal(name, err)
		}
		got, owner := s.saved[0].Signals[0], d.Home
		if c.first >= 0 {
			owner = s.duties[c.first].Org
		}
		if got.Owner != owner || len(got.Conflicts) != len(accused) {
			t.Errorf("%s: owner %s, want %s; conflicts %v", name, got.Owner, owner, got.Conflicts)
		}
		for _, a := range s.saved[0].Alerts {
			i := slices.IndexFunc(s.duties, func(one Duty) bool { return one.Account == a.To })
			if slices.Contains(accused, s.duties[i].Org) {
				t.Errorf("%s: the accused were alerted", name)
			}
		}
		if (len(s.saved[0].Alerts) == 0) != (c.first < 0) {
			t.Errorf("%s: %d alerts", name, len(s.saved[0].Alerts))
		}
	}
}

// Only danger, place and channel are mandatory, and nothing flows back but the receipt.
func TestRaiseKeepsTheLeast(t *testing.T) {
	d, s := desk(t)
	id := ids.New[ids.Signal]()
	c := Raise{ID: id, Channel: "SELF", Now: Unknown, Where: here(d.Rules)}
	first, err := d.Raise(context.Background(), access.Visitor(), c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Raise(context.Background(), access.Visitor(), c)
	if err != nil || again.Receipt != first.Receipt || first.Receipt.IsZero() {
		t.Errorf("the slip differs: %v %v %v", first.Receipt, again.Receipt, err)
	}
	other, err := d.Raise(context.Background(), access.Visitor(), Raise{ID: ids.New[ids.Signal](), Channel: "SELF", Now: No, Where: here(d.Rules)})
	if err != nil || other.Receipt == first.Receipt {
		t.Errorf("two signals have one slip: %v", err)
	}
	if x := s.saved[0]; len(x.Reporters) != 0 || x.Signals[0].State != Received || x.Signals[0].ID != id || !x.Signals[0].ReceivedAt.Equal(noon()) {
		t.Errorf("kept: %+v", x)
	}
	written := noon().AddDate(0, 0, -2)
	if _, err := d.Raise(context.Background(), access.Visitor(), Raise{ID: id, Channel: "SELF", Now: No, Where: here(d.Rules), Paper: true, RaisedAt: written}); err != nil {
		t.Fatal(err)
	}
	if x := s.saved[3].Signals[0]; !x.RaisedAt.Equal(written) || !x.ReceivedAt.Equal(noon()) || !x.Paper {
		t.Errorf("paper: raised %s, received %s", x.RaisedAt, x.ReceivedAt)
	}
	if _, err := d.Raise(context.Background(), access.Visitor(), Raise{ID: id}); !fault.Is(err, fault.Invalid) || len(s.saved) != 4 {
		t.Errorf("an empty form: %v, %d saved", err, len(s.saved))
	}
}

func TestProvinceOfAPlace(t *testing.T) {
	r := burundi(t)
	province := here(r).Code
	at := province
	for range 3 {
		at = r.Places.Children(at, today())[0].Code
		if got := r.province(place.Given{Code: at}); got != string(province) {
			t.Errorf("%s lies in %s, want %s", at, got, province)
		}
	}
	for _, code := range []place.Code{"", "BI-9999", r.Places.Home()} {
		if got := r.province(place.Given{Code: code}); got != "" {
			t.Errorf("%q lies in %q", code, got)
		}
	}
}

// What one may not know of and what does not exist are answered alike, and noted alike.
func TestWithheldLooksLikeMissing(t *testing.T) {
	d, s := desk(t)
	stranger := accesstest.Somebody(access.Screener, ids.New[ids.Org]())
	there := ids.New[ids.Case]()
	s.facts[there.UUID] = access.Object{Kind: access.CaseKind, ID: there.UUID, Subject: there.UUID, Zone: access.ZoneOf(access.CaseKind), Owner: ids.New[ids.Org]()}
	for name, id := range map[string]ids.Case{"withheld": there, "missing": ids.New[ids.Case]()} {
		s.noted = 0
		err := d.Leave(context.Background(), stranger, Leave{Case: id, Reason: "FEAR", Told: true})
		if !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.NotFound) || s.noted != 1 || len(s.saved) != 0 {
			t.Errorf("%s: %v, %d notes", name, err, s.noted)
		}
	}
}

// Nobody takes over a line of the roster of others by naming his own organisation in it.
func TestRosterOfOthers(t *testing.T) {
	d, s := desk(t)
	mine, theirs := ids.New[ids.Org](), ids.New[ids.Duty]()
	me := accesstest.Somebody(access.Supervisor, mine)
	s.facts[theirs.UUID] = access.Object{Kind: access.Roster, ID: theirs.UUID, Subject: theirs.UUID, Zone: access.ZoneOf(access.Roster), Owner: ids.New[ids.Org]()}
	line := Duty{ID: theirs, Version: 1, Org: mine, Account: me.Account, Rank: 1, From: noon(), Until: noon().Add(time.Hour)}
	if err := d.KeepDuty(context.Background(), me, KeepDuty{line}); err == nil {
		t.Error("a line of another organisation was taken over")
	}
	line.ID, line.Version, line.Org = ids.New[ids.Duty](), 0, ids.New[ids.Org]()
	if err := d.KeepDuty(context.Background(), me, KeepDuty{line}); err == nil {
		t.Error("a line was added for another organisation")
	}
	line.Org = mine
	if err := d.KeepDuty(context.Background(), me, KeepDuty{line}); err != nil || len(s.saved) != 1 {
		t.Errorf("one's own: %v", err)
	}
}
