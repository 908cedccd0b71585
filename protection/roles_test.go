package protection

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// helpedShelf is a shelf that holds one of each record on the way to help.
type helpedShelf struct {
	*reviewedShelf
	signal   Signal
	talk     Screening
	plan     Plan
	thinking Reflection
	referral Referral
	consent  Consent
	line     Service
}

func (s *helpedShelf) Signal(context.Context, access.Grant, ids.Signal) (Signal, error) {
	return s.signal, nil
}
func (s *helpedShelf) Screening(context.Context, access.Grant, ids.Screening) (Screening, error) {
	return s.talk, nil
}
func (s *helpedShelf) Screenings(context.Context, access.Grant, ids.Case) ([]Screening, error) {
	return nil, nil
}
func (s *helpedShelf) Jottings(context.Context, access.Grant, ids.Case) ([]Jotting, error) {
	return nil, nil
}
func (s *helpedShelf) PlanOf(context.Context, access.Grant, ids.Case) (Plan, error) {
	return s.plan, nil
}
func (s *helpedShelf) Plan(context.Context, access.Grant, ids.Plan) (Plan, error) {
	return s.plan, nil
}
func (s *helpedShelf) Footing(context.Context, access.Grant, ids.Case) (Footing, error) {
	return Footing{Safety: true, Consent: true, Met: noon().Add(-48 * time.Hour)}, nil
}
func (s *helpedShelf) Reflection(context.Context, access.Grant, ids.Case) (Reflection, error) {
	return s.thinking, nil
}
func (s *helpedShelf) Referral(context.Context, access.Grant, ids.Referral) (Referral, error) {
	return s.referral, nil
}
func (s *helpedShelf) Consent(context.Context, access.Grant, ids.Consent) (Consent, error) {
	return s.consent, nil
}
func (s *helpedShelf) Consents(context.Context, access.Grant, ids.Case) ([]Consent, error) {
	return []Consent{s.consent}, nil
}
func (s *helpedShelf) CaseReferrals(context.Context, access.Grant, ids.Case) ([]ReferralLine, error) {
	return nil, nil
}
func (s *helpedShelf) Service(context.Context, access.Grant, ids.Service) (Service, error) {
	return s.line, nil
}
func (s *helpedShelf) Hosts(context.Context, ids.Org, time.Time) ([]ids.Account, error) {
	return nil, nil
}

// roleVerb is a verb, with who may call it: every other role changes nothing.
type roleVerb struct {
	name  string
	roles []access.Role
	do    func(w access.Who, s *helpedShelf) error
}

// situation is where a record stands, in words, and how to put it there.
type situation struct {
	name string
	put  func(s *helpedShelf)
}

// byStateVerbAndRole tries every verb in every situation as every role, on the team
// and of the house: who may not changes nothing and leaves one entry; who may all come
// to the same.
func byStateVerbAndRole(t *testing.T, file, head string, all []situation, verbs []roleVerb, d *Desk, base *shelf) {
	t.Helper()
	org := ids.New[ids.Org]()
	rows := [][]string{{head}}
	for _, v := range verbs {
		rows[0] = append(rows[0], v.name)
	}
	for _, at := range all {
		row := []string{at.name}
		for _, v := range verbs {
			cell := ""
			for _, role := range access.Roles() {
				w := accesstest.Somebody(role, org)
				s := shelved(base, org, w)
				at.put(s)
				d.Store = s
				err := v.do(w, s)
				got := came(s, err)
				switch {
				case !slices.Contains(v.roles, role):
					if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Withheld) || len(s.saved) > 0 || s.noted != 1 {
						t.Errorf("%s, %s by %s: %v, %d changes, %d entries", at.name, v.name, role, err, len(s.saved), s.noted)
					}
				case err != nil && len(s.saved) > 0 || len(s.saved) > 1:
					t.Errorf("%s, %s by %s: %v, %d changes", at.name, v.name, role, err, len(s.saved))
				case cell != "" && cell != got:
					t.Errorf("%s, %s by %s: %s, and %s by another", at.name, v.name, role, got, cell)
				default:
					cell = got
				}
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	golden(t, file, rows)
}

// shelved puts one of each record on a shelf, of a house and with one person on the team.
func shelved(base *shelf, org ids.Org, w access.Who) *helpedShelf {
	other := ids.New[ids.Account]()
	one := Case{ID: ids.New[ids.Case](), Version: 2, Owner: org, State: Presumed, Status: StatusPresumed, Level: Green, Language: "rn", Sex: "F", Age: declared(30), Adult: Yes,
		Opened: noon().AddDate(0, -3, 0), Since: noon().AddDate(0, -1, 0), Manager: other}
	goal := ids.New[ids.Goal]()
	s := &helpedShelf{reviewedShelf: &reviewedShelf{shelf: base, one: one}, signal: Signal{ID: ids.New[ids.Signal](), Version: 1, Owner: org, State: Taken},
		talk:     Screening{ID: ids.New[ids.Screening](), Version: 1, Case: one.ID, Owner: org, State: ScreeningOpen},
		plan:     Plan{ID: ids.New[ids.Plan](), Version: 1, Case: one.ID, Owner: org, State: Drafted, By: other, At: noon().Add(-24 * time.Hour), Goals: []Goal{{ID: goal}}, Track: Standard},
		thinking: Reflection{Case: one.ID, Version: 1, State: Offered, Offered: noon().Add(-time.Hour)},
		line:     Service{ID: ids.New[ids.Service](), Org: ids.New[ids.Org](), Need: "SAFE.EMERGENCY", Active: true, ConfirmedAt: noon(), Free: 2, Capacity: 4}}
	s.referral = Referral{ID: ids.New[ids.Referral](), Version: 1, Case: one.ID, From: s.line.Org, To: org, State: Sent, Service: s.line.ID, AckBy: noon().Add(time.Hour), By: other}
	s.consent = Consent{ID: ids.New[ids.Consent](), Version: 1, Case: one.ID, Owner: org, State: Given, Purpose: "P7", AskedBy: other}
	fact := func(k access.Kind, id ids.UUID) {
		s.facts[id] = access.Object{Kind: k, ID: id, Zone: access.ZoneOf(k), Owner: org, Team: []ids.Account{w.Account}}
	}
	s.facts = map[ids.UUID]access.Object{}
	fact(access.CaseKind, one.ID.UUID)
	fact(access.SignalKind, s.signal.ID.UUID)
	fact(access.ScreeningKind, s.talk.ID.UUID)
	fact(access.PlanKind, s.plan.ID.UUID)
	fact(access.ConsentKind, s.consent.ID.UUID)
	s.facts[s.referral.ID.UUID] = access.Object{Kind: access.ReferralKind, ID: s.referral.ID.UUID, Zone: access.ZoneOf(access.ReferralKind), Owner: s.referral.From, To: org}
	s.saved, s.noted = nil, 0
	return s
}

// came is what a verb came to: where the record is, or the refusal.
func came(s *helpedShelf, err error) string {
	if err != nil {
		return outcome("", err)
	}
	if len(s.saved) != 1 {
		return "the same"
	}
	switch c := s.saved[0]; {
	case len(c.Cases) > 0 && c.Cases[0].Ratification != NoRatification:
		return string(c.Cases[0].State) + " " + string(c.Cases[0].Ratification)
	case len(c.Cases) > 0:
		return string(c.Cases[0].State)
	case len(c.Referrals) > 0:
		return string(c.Referrals[0].State)
	case len(c.Plans) > 0:
		return string(c.Plans[0].State)
	case len(c.Reflections) > 0:
		return string(c.Reflections[0].State)
	case len(c.Consents) > 0:
		return string(c.Consents[0].State)
	case len(c.Signals) > 0:
		return string(c.Signals[0].State)
	}
	return "kept"
}

// TestAByStateVerbAndRole is machine A up to assistance (A3 to A9): conversation,
// decision, second person, seats, assessment, plan, first service.
func TestAByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	screener, manager, lead := []access.Role{access.Screener}, []access.Role{access.CaseManager}, []access.Role{access.Supervisor}
	seats := []access.Role{access.DutyOfficer, access.Supervisor}
	team := []access.Role{access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor}
	risks := map[string]Answer{}
	for _, f := range d.Rules.Risks {
		risks[f.Code] = No
	}
	judge := func(v Verdict, reason string) func(access.Who, *helpedShelf) error {
		return func(w access.Who, s *helpedShelf) error {
			return d.Judge(t.Context(), w, Judge{Screening: s.talk.ID, Version: 1, CaseVersion: 2, Verdict: v, Reason: reason, Words: "x"})
		}
	}
	verbs := []roleVerb{
		{"begin", screener, func(w access.Who, s *helpedShelf) error {
			return d.Begin(t.Context(), w, Begin{ID: ids.New[ids.Screening](), Case: s.one.ID, Version: 2, Private: Yes, Apart: Yes, Interpreter: "OURS", Language: "rn"})
		}},
		{"presume", screener, judge(Presume, "DOUBT")}, {"not trafficking", screener, judge(NotIndicated, "NO_INDICATION")}, {"not enough", screener, judge(Insufficient, "")},
		{"ratify", lead, func(w access.Who, s *helpedShelf) error {
			return d.Ratify(t.Context(), w, Ratify{Case: s.one.ID, Version: 2})
		}},
		{"send back", lead, func(w access.Who, s *helpedShelf) error {
			return d.Ratify(t.Context(), w, Ratify{Case: s.one.ID, Version: 2, Return: true, Words: "x"})
		}},
		{"assign", seats, func(w access.Who, s *helpedShelf) error {
			return d.Assign(t.Context(), w, Assign{Case: s.one.ID, Version: 2, Manager: ids.New[ids.Account]()})
		}},
		{"assess", manager, func(w access.Who, s *helpedShelf) error {
			return d.Assess(t.Context(), w, Assess{ID: ids.New[ids.Assessment](), Case: s.one.ID, Version: 2, Moment: "FIRST", Risks: risks, Level: Green, Own: "x"})
		}},
		{"agree", manager, func(w access.Who, s *helpedShelf) error {
			return d.Agree(t.Context(), w, Agree{Case: s.one.ID, Plan: s.plan.ID, Version: 1, Day: today(), Mode: "WRITTEN", Language: "rn", Interpreter: "NOT_NEEDED", GivenBy: "SELF"})
		}},
		{"approve", lead, func(w access.Who, s *helpedShelf) error {
			s.plan.State = AgreedTo
			return d.Approve(t.Context(), w, Approve{Plan: s.plan.ID, Version: 1})
		}},
		{"serve", manager, func(w access.Who, s *helpedShelf) error {
			return d.Serve(t.Context(), w, Serve{ID: ids.New[ids.Episode](), Case: s.one.ID, Service: s.line.ID, Funders: []string{"NGO"}, From: today()})
		}},
		{"refer without her yes", team, func(w access.Who, s *helpedShelf) error {
			return d.Refer(t.Context(), w, Refer{ID: ids.New[ids.Referral](), Case: s.one.ID, Service: s.line.ID, Need: "SAFE.EMERGENCY",
				Override: &Override{ID: ids.New[ids.Consent](), Why: "VITAL_INTEREST", ApprovedBy: ids.New[ids.Account](), PersonTold: Yes}})
		}},
		{"reflect", []access.Role{access.CaseManager, access.Supervisor}, func(w access.Who, s *helpedShelf) error {
			return d.Reflect(t.Context(), w, Reflect{Case: s.one.ID, Version: 1, To: Thinking})
		}},
	}
	var all []situation
	for _, state := range CaseStates {
		for _, r := range []Ratification{NoRatification, Waiting, Returned, Ratified} {
			name := string(state)
			if r != NoRatification {
				name += ", " + string(r)
			}
			all = append(all, situation{name, func(s *helpedShelf) {
				s.one.State, s.one.Ratification = state, r
				if s.one.Status = StatusPresumed; state == InTriage || state == InScreening {
					s.one.Status = Potential
				}
				if r != NoRatification {
					s.one.Verdict, s.one.PresumedBy, s.one.PresumedAt = Presume, ids.New[ids.Account](), noon().Add(-time.Hour)
				}
			}})
		}
	}
	byStateVerbAndRole(t, "machine_a_roles.txt", "case", all, verbs, d, base)
}

// TestTriageByStateAndRole is A2 and A4: who takes and judges a signal.
func TestTriageByStateAndRole(t *testing.T) {
	d, base := desk(t)
	d.Random = strings.NewReader(strings.Repeat("x", 1<<16))
	duty := []access.Role{access.DutyOfficer, access.Supervisor}
	triage := func(c Triage) func(access.Who, *helpedShelf) error {
		return func(w access.Who, s *helpedShelf) error {
			c.Signal, c.Version, c.Level, c.Checked = s.signal.ID, 1, Green, true
			return d.Triage(t.Context(), w, c)
		}
	}
	verbs := []roleVerb{
		{"take", duty, func(w access.Who, s *helpedShelf) error {
			return d.Take(t.Context(), w, Take{Signal: s.signal.ID, Version: 1})
		}},
		{"another need", duty, triage(Triage{Outcome: OtherNeed, Need: "GBV"})}, {"nothing more", duty, triage(Triage{Outcome: NothingMore})},
	}
	var all []situation
	for _, state := range []SignalState{Received, Taken, Triaged} {
		all = append(all, situation{string(state), func(s *helpedShelf) {
			if s.signal.State = state; state != Received {
				s.signal.TakenBy = ids.New[ids.Account]()
			}
		}})
	}
	byStateVerbAndRole(t, "machine_signal_roles.txt", "signal", all, verbs, d, base)
}

// TestEByStateVerbAndRole is machine E as the receiver sees it: who answers a request.
func TestEByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	hosts := []access.Role{access.CaseManager, access.Supervisor, access.ServiceProvider}
	verbs := []roleVerb{
		{"acknowledge", hosts, func(w access.Who, s *helpedShelf) error {
			return d.Acknowledge(t.Context(), w, Acknowledge{Referral: s.referral.ID, Version: 1})
		}},
		{"accept", hosts, func(w access.Who, s *helpedShelf) error {
			return d.Accept(t.Context(), w, Accept{Referral: s.referral.ID, Version: 1, Arrival: noon().Add(time.Hour)})
		}},
		{"decline", hosts, func(w access.Who, s *helpedShelf) error {
			return d.Decline(t.Context(), w, Decline{Referral: s.referral.ID, Version: 1, Reason: "NO_FUNDS"})
		}},
		{"arrive", hosts, func(w access.Who, s *helpedShelf) error {
			return d.Arrive(t.Context(), w, Arrive{Referral: s.referral.ID, Version: 1})
		}},
	}
	var all []situation
	for _, state := range ReferralStates {
		all = append(all, situation{string(state), func(s *helpedShelf) { s.referral.State = state }})
	}
	byStateVerbAndRole(t, "machine_e_roles.txt", "referral", all, verbs, d, base)
}

// TestDByStateVerbAndRole is machine D: who keeps what she says of her time to think.
func TestDByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	keepers := []access.Role{access.CaseManager, access.Supervisor}
	var verbs []roleVerb
	for _, to := range ReflectionStates {
		why := map[ReflectionState]string{NotOffered: d.Rules.list("reflection_not_offered")[0], ThoughtOut: d.Rules.list("reflection_end")[0]}[to]
		verbs = append(verbs, roleVerb{"to " + string(to), keepers, func(w access.Who, s *helpedShelf) error {
			return d.Reflect(t.Context(), w, Reflect{Case: s.one.ID, Version: 1, To: to, Why: why})
		}})
	}
	var all []situation
	for _, state := range append([]ReflectionState{""}, ReflectionStates[:]...) {
		name := string(state)
		if state == "" {
			name = "(nothing said)"
		}
		all = append(all, situation{name, func(s *helpedShelf) { s.thinking.State, s.thinking.Until = state, noon() }})
	}
	byStateVerbAndRole(t, "machine_d_roles.txt", "reflection", all, verbs, d, base)
}

// TestCByStateVerbAndRole is machine C: who may take back what she agreed to.
func TestCByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	team := []access.Role{access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor}
	verbs := []roleVerb{{"withdraw", team, func(w access.Who, s *helpedShelf) error {
		return d.Withdraw(t.Context(), w, Withdraw{Consent: s.consent.ID, Version: 1})
	}}}
	var all []situation
	for _, state := range []ConsentState{NotAskedYet, Given, Refused, Withdrawn, Expired, Superseded, Overridden} {
		all = append(all, situation{string(state), func(s *helpedShelf) { s.consent.State = state }})
	}
	byStateVerbAndRole(t, "machine_c_roles.txt", "consent", all, verbs, d, base)
}
