package store_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// hosted is a store where somebody answers requests in every house, and somebody leads.
type hosted struct {
	*store.Store
	hosts, leads []ids.Account
}

func (h hosted) Hosts(context.Context, ids.Org, time.Time) ([]ids.Account, error) {
	return h.hosts, nil
}
func (h hosted) Leads(context.Context, ids.Org, time.Time) ([]ids.Account, error) {
	return h.leads, nil
}

// carers is a yes of somebody who stands by the child.
func (h *hut) carers(c ids.Case, by ids.Guardian) protection.AskConsent {
	return protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "GUARDIAN", Guardian: by, Involved: protection.No, Assent: protection.Yes, Capacity: "Tired of Wezombra."}
}

// The one who may have harmed a child says yes for her nowhere: to no purpose, to no
// plan, to no erasure; and a yes of somebody who turns out to have had a part ends.
func TestTheSuspectedCarerSaysYesNowhere(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, version := h.child()
		h.must(h.desk.Assess(h.ctx, h.manager, found(c, version, "")))
		uncle, aunt := standing(c, version+1, "An uncle"), standing(c, version+2, "An aunt")
		h.must(h.desk.Stand(h.ctx, h.manager, uncle))
		write := wishes(c, 0, "School.")
		h.must(h.desk.WritePlan(h.ctx, h.manager, write))
		agree := h.agrees(c, write.ID, 1)
		agree.GivenBy, agree.Assent, agree.Mode = "GUARDIAN", protection.Yes, "WRITTEN"
		try := func(by ids.Guardian, part protection.Answer, away string) []string {
			ask, yes := h.carers(c, by), agree
			ask.Involved, ask.CarerAway = part, away
			yes.Guardian, yes.Involved, yes.CarerAway = by, part, away
			first := faultKeys(h.desk.AskConsent(h.ctx, h.screener, ask))
			if second := faultKeys(h.desk.Agree(h.ctx, h.manager, yes)); len(second) == 0 || second[0] != first[0] {
				t.Errorf("a consent: %v, a plan: %v", first, second)
			}
			return first
		}
		for name, x := range map[string]struct {
			by         ids.Guardian
			part       protection.Answer
			away, want string
		}{
			"nobody was named":          {ids.Guardian{}, protection.No, "", "fault.consent.guardian"},
			"somebody never named":      {ids.New[ids.Guardian](), protection.No, "", "fault.consent.guardian"},
			"the suspected trafficker":  {uncle.ID, protection.Yes, "", "fault.consent.involved"},
			"nobody asked":              {uncle.ID, protection.NotAsked, "", "fault.guardian.unasked"},
			"in doubt":                  {uncle.ID, protection.Unknown, "", "fault.guardian.unasked"},
			"no guardian was appointed": {uncle.ID, protection.No, "SUSPECTED", "fault.consent.suspected"},
		} {
			if got := try(x.by, x.part, x.away); !slices.Equal(got, []string{x.want}) {
				t.Errorf("%s: %v, want %s", name, got, x.want)
			}
		}
		ask := h.carers(c, uncle.ID)
		h.must(h.desk.AskConsent(h.ctx, h.screener, ask))
		kept, err := h.store.Bytes(h.ctx, `SELECT capacity FROM consent WHERE id = ?`, ask.ID)
		h.must(err)
		if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) {
			t.Error("how she understands is not sealed")
		}
		k := h.consent(c, ask.ID)
		if k.Guardian != uncle.ID || k.State != protection.Given {
			t.Errorf("%+v", k)
		}
		h.must(h.desk.StandDown(h.ctx, h.manager, protection.StandDown{Guardian: uncle.ID, Version: 1, Why: "CONFLICT"}))
		if k := h.consent(c, ask.ID); k.State != protection.Expired {
			t.Errorf("the uncle had a part in it, and his yes is %s", k.State)
		}
		if !slices.Contains(h.keys(c), "consent.again") {
			t.Errorf("nobody asks again: %v", h.keys(c))
		}
		if got := try(uncle.ID, protection.No, ""); !slices.Equal(got, []string{"fault.consent.guardian"}) {
			t.Errorf("the uncle again: %v", got)
		}
		h.must(h.desk.Stand(h.ctx, h.manager, aunt))
		h.must(h.desk.AskConsent(h.ctx, h.screener, h.carers(c, aunt.ID)))
		if slices.Contains(h.keys(c), "consent.again") {
			t.Error("it was asked again, and still waits")
		}
	})
}

// Nobody asks for the erasure of a child's file who is not written down beside her.
func TestTheSuspectedCarerErasesNothing(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, version := h.child()
		uncle := standing(c, version, "An uncle")
		h.must(h.desk.Stand(h.ctx, h.manager, uncle))
		h.must(h.desk.Close(h.ctx, h.manager, protection.Close{Case: c, Reason: "DUPLICATE", Checks: h.desk.Rules.Codes("closure_check")}))
		h.must(h.desk.SignOff(h.ctx, h.supervisor, protection.SignOff{Case: c, Version: 1}))
		ask := protection.AskErasure{ID: ids.New[ids.Erasure](), Case: c, Reason: "AFRAID", Given: "GUARDIAN", Involved: protection.No, Assent: protection.Yes, Told: h.desk.Rules.Codes("erasure_told")}
		for name, x := range map[string]struct {
			by         ids.Guardian
			part       protection.Answer
			away, want string
		}{
			"nobody was named":          {ids.Guardian{}, protection.No, "", "fault.consent.guardian"},
			"somebody never named":      {ids.New[ids.Guardian](), protection.No, "", "fault.consent.guardian"},
			"the suspected trafficker":  {uncle.ID, protection.Yes, "", "fault.consent.involved"},
			"no guardian was appointed": {uncle.ID, protection.No, "SUSPECTED", "fault.consent.suspected"},
		} {
			one := ask
			one.Guardian, one.Involved, one.CarerAway = x.by, x.part, x.away
			if got := faultKeys(h.desk.AskErasure(h.ctx, h.manager, one)); !slices.Equal(got, []string{x.want}) {
				t.Errorf("%s: %v, want %s", name, got, x.want)
			}
		}
		ask.Guardian = uncle.ID
		h.must(h.desk.AskErasure(h.ctx, h.manager, ask))
		x, _, err := h.desk.Erasure(h.ctx, h.supervisor, ask.ID)
		h.must(err)
		if x.Guardian != uncle.ID || x.Given != "GUARDIAN" {
			t.Errorf("%+v", x)
		}
	})
}

// consent reads one of a case.
func (h *hut) consent(c ids.Case, id ids.Consent) protection.Consent {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	at := slices.IndexFunc(v.Consents, func(k protection.Consent) bool { return k.ID == id })
	if at < 0 {
		h.t.Fatalf("no consent %s", id)
	}
	return v.Consents[at]
}

// For a child: the police after her interests were weighed, an embassy after a
// panel's yes, and not when a panel has said no since.
func TestWhatIsWeighedBeforeAChildsYes(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		h.must(h.desk.EditCase(h.ctx, h.manager, protection.EditCase{Case: c, Version: h.one(c).Version, Sex: "F", Child: true, Language: "rn"}))
		aunt := standing(c, h.one(c).Version, "An aunt")
		h.must(h.desk.Stand(h.ctx, h.manager, aunt))
		ask := func(purpose string) error {
			k := h.carers(c, aunt.ID)
			k.Purpose = purpose
			return h.desk.AskConsent(h.ctx, h.screener, k)
		}
		weigh := func(about string) {
			h.now = h.now.Add(time.Minute)
			h.must(h.desk.Weigh(h.ctx, h.manager, protection.Weigh{ID: ids.New[ids.Interests](), Case: c, About: about, Heard: protection.Yes, Views: "x", Result: "y"}))
		}
		panel := func(says protection.PanelDecision) {
			h.now = h.now.Add(time.Minute)
			h.must(h.desk.Determine(h.ctx, h.supervisor, protection.Determine{ID: ids.New[ids.Interests](), Case: c, About: "RETURN", Sat: []string{"CHILD_PROTECTION", "LAW", "HEALTH"},
				Heard: protection.Yes, Views: "x", Guardian: protection.Yes, Options: "x", Result: "x", Decision: says}))
		}
		for purpose, want := range map[string]string{"P4": "fault.consent.interests", "P5": "fault.consent.panel", "P6": "fault.consent.interests", "P8": "fault.consent.child_media"} {
			if got := faultKeys(ask(purpose)); !slices.Equal(got, []string{want}) {
				t.Errorf("%s: %v, want %s", purpose, got, want)
			}
		}
		weigh("JUSTICE")
		h.must(ask("P4"))
		weigh("FAMILY_CONTACT")
		h.must(ask("P6"))
		weigh("RETURN")
		if got := faultKeys(ask("P5")); !slices.Equal(got, []string{"fault.consent.panel"}) {
			t.Errorf("weighed, and no panel: %v", got)
		}
		panel(protection.PanelFor)
		h.must(ask("P5"))
		party := func(kind string, version int) protection.AddParty {
			return protection.AddParty{ID: ids.New[ids.Party](), Case: c, Version: version, Kind: kind, Name: "x", Told: []string{"COMING"}}
		}
		h.must(h.desk.AddParty(h.ctx, h.manager, party("EMBASSY", 0)))
		h.must(h.desk.AddParty(h.ctx, h.manager, party("FAMILY", 1)))
		panel(protection.PanelAgainst)
		if got := faultKeys(h.desk.AddParty(h.ctx, h.manager, party("EMBASSY", 2))); !slices.Equal(got, []string{"fault.consent.panel"}) {
			t.Errorf("an embassy, after a panel's no: %v", got)
		}
	})
}

// What taking back stops, by the purpose: nothing new leaves, who follows her is
// asked what now, and a yes again lets it go on.
func TestWithdrawalByPurpose(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		h.desk.Store = hosted{h.store, []ids.Account{h.host.Account}, []ids.Account{h.supervisor.Account}}
		svc, c := h.house(), h.helped()
		share := h.says(c, protection.Yes, "minimum")
		own := h.given(c, protection.P1CaseManagement)
		h.must(h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: own, Version: h.consent(c, own).Version}))
		if !slices.Contains(h.keys(c), "consent.stopped") {
			t.Errorf("nobody asks what now: %v", h.keys(c))
		}
		if n := h.waiting(c.UUID); n < 2 {
			t.Errorf("%d are told", n)
		}
		send := protection.Refer{ID: ids.New[ids.Referral](), Case: c, Service: svc, Need: "SAFE.EMERGENCY", Consent: share}
		if got := faultKeys(h.desk.Refer(h.ctx, h.screener, send)); !slices.Equal(got, []string{"fault.consent.taken_back"}) {
			t.Errorf("something new leaves: %v", got)
		}
		h.yes(c, protection.P1CaseManagement, protection.Yes)
		if slices.Contains(h.keys(c), "consent.stopped") {
			t.Error("she said yes again, and it is still asked")
		}
		h.must(h.desk.Refer(h.ctx, h.screener, send))
		h.yes(c, protection.P5Abroad, protection.Yes)
		h.must(h.desk.AddParty(h.ctx, h.manager, protection.AddParty{ID: ids.New[ids.Party](), Case: c, Kind: "EMBASSY", Name: "x", Told: []string{"NAME"}}))
		h.yes(c, protection.P5Abroad, protection.No)
		_, r, _, _, err := h.desk.Homecoming(h.ctx, h.manager, c)
		h.must(err)
		if r.Parties[0].Ended.IsZero() || !r.Unaware() {
			t.Errorf("the embassy still counts on her: %+v", r.Parties)
		}
		for _, key := range []string{"consent.stopped", "return.stopped"} {
			if !slices.Contains(h.keys(c), key) {
				t.Errorf("%s does not wait: %v", key, h.keys(c))
			}
		}
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, protection.PrepareReturn{Case: c, Version: r.Version, Released: []ids.Party{r.Parties[0].ID}}))
		if keys := h.keys(c); slices.Contains(keys, "return.stopped") || slices.Contains(keys, "consent.stopped") {
			t.Errorf("all were told, and it waits: %v", keys)
		}
	})
}

// given is her standing yes to a purpose.
func (h *hut) given(c ids.Case, purpose string) ids.Consent {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	for _, k := range v.Consents {
		if k.Purpose == purpose && k.State == protection.Given {
			return k.ID
		}
	}
	h.t.Fatalf("no yes to %s", purpose)
	return ids.Consent{}
}

// While a service helps her the sharing can end: it is told so, what it was sent is
// destroyed or stays for a reason in law, and the help goes on.
func TestSharingEndsWhileSheIsHelped(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		for _, row := range []struct {
			kept string
			over bool // the service ended, and its packet's days are not over yet
		}{{"", false}, {"MEDICAL_RECORD", false}, {"", true}, {"MEDICAL_RECORD", true}} {
			kept, state := row.kept, protection.Arrived
			h := newHut(t, address)
			h.desk.Store = hosted{h.store, []ids.Account{h.host.Account}, nil}
			svc, c := h.house(), h.presumed()
			k := h.says(c, protection.Yes, "minimum")
			r := h.refers(h.screener, c, svc, k)
			h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 1, Arrival: h.now, Extra: true}))
			h.must(h.desk.Arrive(h.ctx, h.host, protection.Arrive{Referral: r, Version: 2}))
			if row.over {
				state = protection.Completed
				h.must(h.desk.Complete(h.ctx, h.host, protection.Complete{ID: ids.New[ids.Progress](), Referral: r, Version: 3, Day: h.desk.Rules.Day(h.now), Outcome: "REACHED"}))
			}
			before := h.waiting(r.UUID)
			if err := h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: k, Version: 1, Kept: "BECAUSE"}); !fault.Is(err, fault.Invalid) {
				t.Errorf("a reason of no list: %v", err)
			}
			h.must(h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: k, Version: 1, Kept: kept}))
			if h.waiting(r.UUID) <= before {
				t.Error("the service was told nothing")
			}
			one, g, err := h.desk.Packet(h.ctx, h.host, r)
			h.must(err)
			if one.State != state || one.UnsharedAt.IsZero() || one.Kept != kept || one.Burnt() != (kept == "") {
				t.Errorf("kept %q: %+v", kept, one)
			}
			if _, err := one.Packet.Contact.Open(g); err != nil || (one.Packet.AgeBand == "") != (kept == "") {
				t.Errorf("kept %q: the packet %+v, %v", kept, one.Packet, err)
			}
			if keys := h.keyOf(r.UUID); (keys == 0) != (kept == "") {
				t.Errorf("kept %q: %d keys", kept, keys)
			}
		}
	})
}

// The clock says that a yes is over on the day that she set, once; nothing is taken
// back by it.
func TestAYesEndsOnItsDay(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		ask := protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P6Family, Said: true, Agreed: protection.Yes,
			Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF", Expires: h.now.Add(time.Hour)}
		h.must(h.desk.AskConsent(h.ctx, h.screener, ask))
		over := func() []ids.Consent {
			all, err := h.store.EndedConsents(h.ctx, h.now, 10)
			h.must(err)
			return all
		}
		if got := over(); len(got) != 0 {
			t.Errorf("over before its day: %v", got)
		}
		if err := h.desk.EndConsent(h.ctx, access.Itself(), ask.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("ended before its day: %v", err)
		}
		h.now = h.now.Add(time.Hour)
		if got := over(); !slices.Equal(got, []ids.Consent{ask.ID}) {
			t.Errorf("over: %v", got)
		}
		if err := h.desk.EndConsent(h.ctx, h.manager, ask.ID); !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Withheld) {
			t.Errorf("somebody ended it by hand: %v", err)
		}
		h.must(h.desk.EndConsent(h.ctx, access.Itself(), ask.ID))
		if k := h.consent(c, ask.ID); k.State != protection.Expired || !k.WithdrawnAt.IsZero() || len(over()) != 0 {
			t.Errorf("%+v", k)
		}
		if !slices.Contains(h.keys(c), "consent.again") {
			t.Errorf("nobody asks again: %v", h.keys(c))
		}
		h.yes(c, protection.P6Family, protection.No)
		if slices.Contains(h.keys(c), "consent.again") {
			t.Error("she answered, and it is still asked")
		}
	})
}

// She changes her mind on the way: help goes on, the embassy is to hear of it, and
// to leave after all she decides anew. While her time to think runs nobody sends
// her away.
func TestSheDoesNotLeave(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, today := h.helped(), h.desk.Rules.Day(h.now)
		h.yes(c, protection.P5Abroad, protection.Yes)
		checks := map[string]protection.Answer{}
		for _, k := range h.desk.Rules.Codes("return_check") {
			checks[k] = protection.Yes
		}
		prepare := protection.PrepareReturn{Case: c, Freely: protection.Yes, Informed: protection.Yes, Decided: today, Abroad: protection.Yes, Checks: checks, Receiving: h.shelter, Contact: "An aunt", Leaves: today}
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		h.must(h.desk.AddParty(h.ctx, h.manager, protection.AddParty{ID: ids.New[ids.Party](), Case: c, Version: 1, Kind: "EMBASSY", Name: "x", Told: []string{"NAME"}}))
		leave := func() error {
			h.now = h.now.Add(time.Hour)
			look := found(c, h.one(c).Version, "")
			look.Moment = "BEFORE_RETURN"
			h.must(h.desk.Assess(h.ctx, h.manager, look))
			return h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InReturn})
		}
		h.must(leave())
		stop := protection.StopReturn{Case: c, Version: h.one(c).Version, Words: "I stay, says Wezombra.", Told: true}
		h.must(h.desk.StopReturn(h.ctx, h.supervisor, stop))
		h.must(h.desk.StopReturn(h.ctx, h.supervisor, stop)) // said twice
		one, r, missing, g, err := h.desk.Homecoming(h.ctx, h.manager, c)
		h.must(err)
		if words, err := r.Changed.Open(g); one.State != protection.InAssistance || r.Stopped.IsZero() || r.Freely != protection.No || words != stop.Words || err != nil || !r.Unaware() {
			t.Errorf("%s, %+v, %q: %v", one.State, r, words, err)
		}
		if !slices.Contains(missing, "fault.return.freely") || !slices.Contains(h.keys(c), "return.stopped") {
			t.Errorf("missing %v, waits %v", missing, h.keys(c))
		}
		if err := leave(); !slices.Contains(faultKeys(err), "fault.return.freely") {
			t.Errorf("she leaves on what she took back: %v", err)
		}
		h.must(h.desk.Reflect(h.ctx, h.manager, protection.Reflect{Case: c, Version: h.thinking(c), To: protection.Thinking, Sheltered: protection.Yes}))
		prepare.Version, prepare.Released = r.Version, []ids.Party{r.Parties[0].ID}
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		if err := leave(); !slices.Equal(faultKeys(err), []string{"fault.return.reflection"}) {
			t.Errorf("she is sent away: %v", faultKeys(err))
		}
		prepare.Version, prepare.Early = prepare.Version+1, "My mother is ill."
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		if err := leave(); !slices.Equal(faultKeys(err), []string{"fault.return.backed"}) {
			t.Errorf("one person alone: %v", faultKeys(err))
		}
		back := protection.BackReturn{Case: c, Version: prepare.Version + 1}
		if err := h.desk.BackReturn(h.ctx, h.manager, back); err == nil {
			t.Error("who prepared it says yes")
		}
		h.must(h.desk.BackReturn(h.ctx, h.supervisor, back))
		h.must(h.desk.BackReturn(h.ctx, h.supervisor, back))
		h.must(leave())
		prepare.Version, prepare.Freely = back.Version+1, protection.No // somebody pushes her
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		if got := h.one(c).State; got != protection.InAssistance {
			t.Errorf("she is pushed, and is in %s", got)
		}
	})
}

// thinking is the version of her reflection period.
func (h *hut) thinking(c ids.Case) int {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	return v.Reflection.Version
}

// She is home, and a mechanism abroad that said yes follows her: no visit of ours is
// waited for, and what they tell us is noted as theirs.
func TestSheIsHandedOver(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, today := h.helped(), h.desk.Rules.Day(h.now)
		checks := map[string]protection.Answer{}
		for _, k := range h.desk.Rules.Codes("return_check") {
			checks[k] = protection.Yes
		}
		prepare := protection.PrepareReturn{Case: c, Freely: protection.Yes, Informed: protection.Yes, Decided: today, Abroad: protection.No, Checks: checks, Receiving: h.shelter, Contact: "An aunt"}
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		h.now = h.now.Add(time.Hour)
		look := found(c, h.one(c).Version, "")
		look.Moment = "BEFORE_RETURN"
		h.must(h.desk.Assess(h.ctx, h.manager, look))
		h.on(c, protection.InReturn)
		h.yes(c, protection.P9Afterwards, protection.Yes)
		end := protection.Close{Case: c, Reason: "RETURNED_HANDED_OVER", Checks: h.desk.Rules.Codes("closure_check")}
		if err := h.desk.Close(h.ctx, h.manager, end); !slices.Equal(faultKeys(err), []string{"fault.close.received"}) {
			t.Errorf("on her way: %v", err)
		}
		prepare.Version, prepare.Arrived = 1, h.desk.Rules.Day(h.now)
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		visit := h.seen(c, "OTHER", "REACHED")
		if visit.Mode = "RECEIVING"; !slices.Equal(faultKeys(h.desk.KeepVisit(h.ctx, h.manager, visit)), []string{"fault.visit.secondhand"}) {
			t.Error("others score how she is")
		}
		visit.Scores, visit.Satisfaction = nil, 0
		h.must(h.desk.KeepVisit(h.ctx, h.manager, visit))
		h.must(h.desk.Close(h.ctx, h.manager, end))
		h.must(h.desk.SignOff(h.ctx, h.supervisor, protection.SignOff{Case: c, Version: 1}))
		if got := h.one(c).State; got != protection.Closed {
			t.Errorf("handed over, and %s", got)
		}
	})
}
