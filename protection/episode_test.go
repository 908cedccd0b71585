package protection

import (
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

func TestServeChecks(t *testing.T) {
	r := burundi(t)
	met := today().Add(-5)
	good := Serve{ID: ids.New[ids.Episode](), Service: ids.New[ids.Service](), Funders: []string{"GOVERNMENT", "NGO"}, From: today().Add(-5), Cost: Money{12500, "BIF"}}
	refuses(t, good, func(c Serve) error { return c.Check(r, met, today()) }, []bad[Serve]{
		{"no service", func(c *Serve) { c.Service = ids.Service{} }, "service", "fault.choice.missing"},
		{"nobody says who pays", func(c *Serve) { c.Funders = nil }, "funders", "fault.choice.missing"},
		{"a payer of no list", func(c *Serve) { c.Funders = []string{"UNCLE"} }, "funders", "fault.code.unknown"},
		{"no day", func(c *Serve) { c.From = date.Day{} }, "from", "fault.date.missing"},
		{"tomorrow", func(c *Serve) { c.From = today().Add(1) }, "from", "fault.date.future"},
		{"before she was met", func(c *Serve) { c.From = today().Add(-6) }, "from", "fault.episode.before"},
		{"less than nothing", func(c *Serve) { c.Cost.Units = -1 }, "cost", "fault.money.negative"},
		{"more than anything", func(c *Serve) { c.Cost.Units = most + 1 }, "cost", "fault.money"},
		{"a currency of no list", func(c *Serve) { c.Cost.Currency = "GOLD" }, "currency", "fault.code.unknown"},
		{"no currency", func(c *Serve) { c.Cost.Currency = "" }, "currency", "fault.choice.missing"},
	})
	if err := good.Check(r, date.Day{}, today()); !says(err, "from", "fault.episode.unmet") {
		t.Errorf("nobody has met her: %v", err)
	}
}

func TestPauseServiceChecks(t *testing.T) {
	r := burundi(t)
	e := Episode{State: Running, From: today().Add(-9)}
	good := PauseService{Day: today().Add(-2), Reason: "SAFETY"}
	refuses(t, good, func(c PauseService) error { return c.Check(r, e, today()) }, []bad[PauseService]{
		{"no reason", func(c *PauseService) { c.Reason = "" }, "reason", "fault.choice.missing"},
		{"a reason of no list", func(c *PauseService) { c.Reason = "x" }, "reason", "fault.code.unknown"},
		{"no day", func(c *PauseService) { c.Day = date.Day{} }, "day", "fault.date.missing"},
		{"tomorrow", func(c *PauseService) { c.Day = today().Add(1) }, "day", "fault.date.future"},
		{"before it began", func(c *PauseService) { c.Day = today().Add(-10) }, "day", "fault.episode.order"},
	})
	e.Pauses = []Pause{{From: today().Add(-3)}}
	if err := (PauseService{Resume: true, Day: today().Add(-4)}).Check(r, e, today()); !says(err, "day", "fault.episode.order") {
		t.Errorf("gone on with before it was interrupted: %v", err)
	}
}

func TestEndServiceChecks(t *testing.T) {
	r := burundi(t)
	e := Episode{State: Paused, From: today().Add(-9), Pauses: []Pause{{From: today().Add(-4)}}}
	good := EndService{Until: today(), Outcome: "REACHED", Satisfaction: 5, Cost: Money{1250, "USD"}}
	refuses(t, good, func(c EndService) error { return c.Check(r, e, today()) }, []bad[EndService]{
		{"no outcome", func(c *EndService) { c.Outcome = "" }, "outcome", "fault.choice.missing"},
		{"an outcome of no list", func(c *EndService) { c.Outcome = "x" }, "outcome", "fault.code.unknown"},
		{"no day", func(c *EndService) { c.Until = date.Day{} }, "until", "fault.date.missing"},
		{"tomorrow", func(c *EndService) { c.Until = today().Add(1) }, "until", "fault.date.future"},
		{"before it began", func(c *EndService) { c.Until = today().Add(-10) }, "until", "fault.episode.order"},
		{"before it was interrupted", func(c *EndService) { c.Until = today().Add(-5) }, "until", "fault.episode.order"},
		{"six out of five", func(c *EndService) { c.Satisfaction = 6 }, "satisfaction", "fault.number.range"},
		{"less than nothing", func(c *EndService) { c.Cost.Units = -5 }, "cost", "fault.money.negative"},
		{"remark too long", func(c *EndService) { c.Remark = long(2001) }, "remark", "fault.text.long"},
	})
}

func TestAttendChecks(t *testing.T) {
	r := burundi(t)
	e := Episode{From: today().Add(-9), Until: today().Add(-1)}
	refuses(t, Attend{Day: today().Add(-1), Came: "CAME"}, func(c Attend) error { return c.Check(r, e, today()) }, []bad[Attend]{
		{"nobody says", func(c *Attend) { c.Came = "" }, "came", "fault.choice.missing"},
		{"perhaps", func(c *Attend) { c.Came = "x" }, "came", "fault.code.unknown"},
		{"no day", func(c *Attend) { c.Day = date.Day{} }, "day", "fault.date.missing"},
		{"after it ended", func(c *Attend) { c.Day = today() }, "day", "fault.date.future"},
		{"before it began", func(c *Attend) { c.Day = today().Add(-10) }, "day", "fault.episode.order"},
	})
}

// TestMachineEpisode walks every state of a service and every verb in each.
func TestMachineEpisode(t *testing.T) {
	rows := [][]string{{"service", "interrupt", "go on", "end"}}
	for _, state := range EpisodeStates {
		e := Episode{State: state, From: today(), Pauses: []Pause{{From: today()}}}
		row := []string{string(state)}
		for _, resume := range []bool{false, true} {
			next, err := e, state.pauses(resume)
			if err == nil {
				next = e.pause(PauseService{Resume: resume, Day: today(), Reason: "SAFETY"})
			}
			row = append(row, outcome(string(next.State), err))
		}
		cell := "-"
		if state != Ended {
			next := e.end(EndService{Until: today(), Outcome: "REACHED"})
			if cell = string(next.State); next.Pauses[0].Until.IsZero() || !e.Pauses[0].Until.IsZero() {
				t.Errorf("%s: an interruption goes on after the end, or the older record was changed", state)
			}
		}
		rows = append(rows, append(row, cell))
	}
	golden(t, "machine_episode.txt", rows)
}

// Amounts are whole units of the smallest coin, whatever way they are written.
func TestParseMoney(t *testing.T) {
	r := burundi(t)
	for _, c := range []struct {
		amount, currency string
		want             Money
		refusal          string
	}{
		{"", "BIF", Money{}, "ok"}, {" ", "", Money{}, "ok"},
		{"12500", "BIF", Money{12500, "BIF"}, "ok"}, {"12 500", "BIF", Money{12500, "BIF"}, "ok"}, {"12\u00a0500", "BIF", Money{12500, "BIF"}, "ok"},
		{"12,50", "USD", Money{1250, "USD"}, "ok"}, {"12.5", "USD", Money{1250, "USD"}, "ok"}, {"12", "USD", Money{1200, "USD"}, "ok"},
		{"0", "USD", Money{0, "USD"}, "ok"}, {"0.07", "USD", Money{7, "USD"}, "ok"}, {"999999999999", "BIF", Money{999999999999, "BIF"}, "ok"},
		{"-5", "BIF", Money{}, "cost: fault.money.negative"}, {"−5", "USD", Money{}, "cost: fault.money.negative"},
		{"12,5", "BIF", Money{}, "cost: fault.money.parts"}, {"1.234", "USD", Money{}, "cost: fault.money.parts"},
		{"much", "BIF", Money{}, "cost: fault.money"}, {"1.2.3", "USD", Money{}, "cost: fault.money"}, {".5", "USD", Money{}, "cost: fault.money"},
		{"1e9", "BIF", Money{}, "cost: fault.money"}, {"9999999999999", "BIF", Money{}, "cost: fault.money"},
		{"5", "", Money{}, "currency: fault.choice.missing"}, {"5", "EUR", Money{}, "currency: fault.code.unknown"},
	} {
		got, err := r.ParseMoney(c.amount, c.currency)
		if got != c.want || refusal(err) != c.refusal {
			t.Errorf("%q %s: %+v, %s", c.amount, c.currency, got, refusal(err))
		}
		if err != nil || got.IsZero() {
			continue
		}
		again, err := r.ParseMoney(r.Amount(got), got.Currency)
		if again != got || err != nil {
			t.Errorf("%+v is written %q and read %+v: %v", got, r.Amount(got), again, err)
		}
	}
}

// Who pays and who delivers are two facts: a service of an association counts as
// the government's only where the government pays (TIP question 25).
func TestByGovernment(t *testing.T) {
	if (Episode{Funders: []string{"NGO"}, DeliveredBy: "GOV_NON_POLICE"}).ByGovernment() || !(Episode{Funders: []string{"NGO", "GOVERNMENT"}, DeliveredBy: "NGO"}).ByGovernment() {
		t.Error("who delivers is taken for who pays")
	}
}

func TestInspectChecks(t *testing.T) {
	r := burundi(t)
	good := Inspect{Day: today(), Met: map[string]Answer{}}
	for _, code := range r.StandardsOf("SAFE.SHORT") {
		good.Met[code] = Yes
	}
	with := func(code string, a Answer) func(*Inspect) {
		return func(c *Inspect) {
			met := map[string]Answer{code: a}
			for k, v := range c.Met {
				if k != code {
					met[k] = v
				}
			}
			c.Met = met
		}
	}
	refuses(t, good, func(c Inspect) error { return c.Check(r, "SAFE.SHORT", today()) }, []bad[Inspect]{
		{"a standard left out", with("SAFE.APART", NotAsked), "met_SAFE.APART", "fault.choice.missing"},
		{"an answer of no list", with("ALL.CONSENT", "x"), "met_ALL.CONSENT", "fault.code.unknown"},
		{"a standard of another service", with("MED.WOMAN", Yes), "met_MED.WOMAN", "fault.code.unknown"},
		{"not met, and by when?", with("SAFE.APART", No), "right", "fault.date.missing"},
		{"to be put right yesterday", func(c *Inspect) { c.Right = today().Add(-1) }, "right", "fault.date.past"},
		{"no day", func(c *Inspect) { c.Day = date.Day{} }, "day", "fault.date.missing"},
		{"tomorrow", func(c *Inspect) { c.Day = today().Add(1) }, "day", "fault.date.future"},
	})
	if len(r.StandardsOf("VOC")) == 0 || len(r.StandardsOf("SAFE.SHORT")) <= len(r.StandardsOf("VOC")) {
		t.Error("every service has standards, a shelter more of them")
	}
}
