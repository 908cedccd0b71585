package protection

import (
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Two organisations that may speak: every state, every verb, by the side that was
// found, by the coordinator and by the clock, before and after the answer is due.
func TestMachineLiaison(t *testing.T) {
	me := ids.New[ids.Account]()
	rows := [][]string{{"liaison", "agree", "decline", "share", "close", "lapse in time", "lapse"}}
	for _, state := range LiaisonStates {
		x := Liaison{State: state, Due: noon().Add(time.Hour)}
		row := []string{string(state)}
		for _, try := range []func() (Liaison, error){
			func() (Liaison, error) { return x.agree(me, noon(), noon().Add(time.Hour)) }, func() (Liaison, error) { return x.decline(me, noon()) },
			func() (Liaison, error) { return x.share(me, noon()) }, func() (Liaison, error) { return x.close(me, noon()) },
			func() (Liaison, error) { return x.lapse(noon()) }, func() (Liaison, error) { return x.lapse(noon().Add(time.Hour)) },
		} {
			after, err := try()
			row = append(row, outcome(string(after.State), err))
			if err != nil && after != x {
				t.Errorf("%s: refused, and changed to %+v", state, after)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_liaison.txt", rows)
	x, err := (Liaison{State: LiaisonOpen, Due: noon()}).agree(me, noon(), noon().Add(time.Hour))
	if err != nil || x.AnsweredBy != me || !x.Due.Equal(noon().Add(time.Hour)) || !x.EndedAt.IsZero() {
		t.Errorf("a yes gives the coordinator time: %+v, %v", x, err)
	}
}

// What refuses a question is of this case and of whoever asks; numbers that are
// missing refuse.
func TestInquireCheck(t *testing.T) {
	r := burundi(t)
	for want, c := range map[string]Inquire{"": {Reason: "SHE_SAYS", Told: true}, "told": {Reason: "COORDINATE"}, "reason": {Reason: "X", Told: true}, "reason told": {}} {
		if err := c.Check(r); (err == nil) != (want == "") || err != nil && fieldsOf(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	if r.Inquiries <= 0 || r.Pause <= 0 {
		t.Fatalf("%d in a day, %d days", r.Inquiries, r.Pause)
	}
	open, yes, ago := Case{State: InAssistance}, Abroad{Consent: true, Known: true}, func(d time.Duration) []Inquiry { return []Inquiry{{At: noon().Add(-d)}} }
	pause := time.Duration(r.Pause) * 24 * time.Hour
	for name, one := range map[string]struct {
		rules Rules
		c     Case
		on    Abroad
		today int
		of    []Inquiry
		want  string
	}{
		"good":               {*r, open, yes, r.Inquiries - 1, ago(pause), ""},
		"over":               {*r, Case{State: Closed}, yes, 0, nil, "fault.inquiry.over"},
		"she did not agree":  {*r, open, Abroad{Known: true}, 0, nil, "fault.inquiry.consent"},
		"too little known":   {*r, open, Abroad{Consent: true}, 0, nil, "fault.inquiry.unknown"},
		"too often in a day": {*r, open, yes, r.Inquiries, nil, "fault.inquiry.often"},
		"too soon again":     {*r, open, yes, 0, ago(pause - time.Second), "fault.inquiry.again"},
		"no number":          {Rules{}, open, yes, 0, nil, "fault.inquiry.often"},
		"no pause":           {Rules{Inquiries: 1}, open, yes, 0, nil, "fault.inquiry.again"},
	} {
		err := one.rules.inquires(one.c, one.on, one.today, one.of, noon())
		if (err == nil) != (one.want == "") || err != nil && fault.Of(err).Key != one.want {
			t.Errorf("%s: %v, want %q", name, err, one.want)
		}
	}
}
