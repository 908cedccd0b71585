package protection

import (
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// sendable is a presumed case, a service that takes her, and her consent to it.
func sendable(*Rules) (Case, Service, Consent) {
	c := Case{ID: ids.New[ids.Case](), Owner: ids.New[ids.Org](), State: Presumed, Level: Red, Sex: "F", Age: declared(16), Child: true, Language: "rn"}
	to := Service{ID: ids.New[ids.Service](), Org: ids.New[ids.Org](), Need: "SAFE.EMERGENCY", Active: true, ConfirmedAt: noon()}
	k := Consent{ID: ids.New[ids.Consent](), Case: c.ID, State: Given, Purpose: P3ShareReferral, Recipient: to.Org, Scope: []string{"minimum", "arrival"}}
	return c, to, k
}

func TestReferRefuses(t *testing.T) {
	r := burundi(t)
	for name, c := range map[string]struct {
		change func(*Case, *Service, *Consent, *Refer)
		want   string
	}{
		"as it should be": {func(*Case, *Service, *Consent, *Refer) {}, "ok"},
		"a conflicting organisation": {func(c *Case, to *Service, _ *Consent, _ *Refer) {
			c.Conflicts = []Conflict{{Account: ids.New[ids.Account]()}, {Org: to.Org, Why: "ACCUSED"}}
		}, "service: fault.conflict"},
		"an inactive service":         {func(_ *Case, to *Service, _ *Consent, _ *Refer) { to.Active = false }, "service: fault.service.unavailable"},
		"a stale line":                {func(_ *Case, to *Service, _ *Consent, _ *Refer) { to.ConfirmedAt = noon().AddDate(0, 0, -181) }, "service: fault.service.unavailable"},
		"an amber line":               {func(_ *Case, to *Service, _ *Consent, _ *Refer) { to.ConfirmedAt = noon().AddDate(0, 0, -91) }, "ok"},
		"a line never confirmed":      {func(_ *Case, to *Service, _ *Consent, _ *Refer) { to.ConfirmedAt = time.Time{} }, "service: fault.service.unavailable"},
		"another need":                {func(_ *Case, to *Service, _ *Consent, _ *Refer) { to.Need = "MED" }, "service: fault.service.unavailable"},
		"another's consent":           {func(_ *Case, _ *Service, k *Consent, _ *Refer) { k.Case = ids.New[ids.Case]() }, "consent: fault.consent.scope"},
		"consent for another":         {func(_ *Case, _ *Service, k *Consent, _ *Refer) { k.Recipient = ids.New[ids.Org]() }, "consent: fault.consent.scope"},
		"consent to something else":   {func(_ *Case, _ *Service, k *Consent, _ *Refer) { k.Purpose = P1CaseManagement }, "consent: fault.consent.scope"},
		"consent that ran out":        {func(_ *Case, _ *Service, k *Consent, _ *Refer) { k.Expires = noon() }, "consent: fault.consent.scope"},
		"a withdrawn consent":         {func(_ *Case, _ *Service, k *Consent, _ *Refer) { k.State = Withdrawn }, "consent: fault.consent.scope"},
		"an override that stands":     {func(_ *Case, _ *Service, k *Consent, _ *Refer) { k.State = Overridden }, "ok"},
		"more than she agreed to":     {func(_ *Case, _ *Service, _ *Consent, x *Refer) { x.Packet.Medication = "insulin" }, "consent: fault.consent.scope"},
		"a case that is not presumed": {func(c *Case, _ *Service, _ *Consent, _ *Refer) { c.State = InScreening }, "fault.state.not_now"},
	} {
		of, to, k := sendable(r)
		cmd := Refer{ID: ids.New[ids.Referral](), Need: to.Need, Packet: Parcel{Arrival: "by bus"}}
		c.change(&of, &to, &k, &cmd)
		if cmd.Need != "SAFE.EMERGENCY" {
			t.Fatal("the command is no longer the same")
		}
		_, err := of.refer(cmd, to, k, access.Who{}, noon(), r)
		if got := refusal(err); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What leaves is the minimum: band for age, nothing of the story, and the clocks
// of health only where health care is asked for.
func TestReferSends(t *testing.T) {
	r := burundi(t)
	w := access.Who{Account: ids.New[ids.Account]()}
	c, to, k := sendable(r)
	c.HealthFrom = noon().Add(-5 * time.Hour)
	x, err := c.refer(Refer{ID: ids.New[ids.Referral](), Need: to.Need, Emergency: true, Packet: Parcel{Needs: []string{"SAFE"}, Arrival: "by bus"}}, to, k, w, noon(), r)
	if err != nil {
		t.Fatal(err)
	}
	if x.State != Sent || x.From != c.Owner || x.To != to.Org || x.By != w.Account || x.Consent != k.ID || !x.Child || !x.Emergency {
		t.Errorf("sent: %+v", x)
	}
	if !x.AckBy.Equal(noon().Add(4 * time.Hour)) {
		t.Errorf("RED is answered by %s", x.AckBy)
	}
	if p := x.Packet; p.AgeBand != "15-17" || p.Sex != "F" || !p.Age.IsZero() || !p.HealthFrom.IsZero() || !p.CallName.IsZero() {
		t.Errorf("packet: %+v", p)
	}
	for need, told := range map[string]bool{"MED": true, "MED.PEP": true, "SAFE.SHORT": false, "MH.PFA": false, "LEGAL.INFO": false, "": false} {
		if p := c.packet(need, Parcel{}, noon(), r); p.HealthFrom.Equal(c.HealthFrom) != told {
			t.Errorf("%q is told of the windows of health: %v", need, !told)
		}
	}
}

func TestParcelScope(t *testing.T) {
	full := Parcel{Arrival: "x", Escort: No, Dependants: 1, Pregnancy: Unknown, Medication: "x", Disability: "x", CallName: "x",
		Needs: []string{"MED"}, Interpreter: true, DoNot: []string{"DO_NOT_CALL"}, DoNotWords: "x", Contact: "x"}
	for name, c := range map[string]struct {
		p    Parcel
		want string
	}{
		"nothing typed":                     {Parcel{}, "minimum"},
		"the minimum asks for nothing more": {Parcel{Needs: []string{"MED"}, Interpreter: true, DoNot: []string{"DO_NOT_CALL"}, DoNotWords: "x", Contact: "x"}, "minimum"},
		"children in words":                 {Parcel{DependantsWords: "two girls"}, "minimum dependants"},
		"pregnancy skipped says nothing":    {Parcel{Pregnancy: Skipped}, "minimum"},
		"pregnancy not known is said":       {Parcel{Pregnancy: Unknown}, "minimum pregnancy"},
		"everything":                        {full, "minimum arrival escort dependants pregnancy medication disability call_name"},
	} {
		if got := strings.Join(c.p.Scope(), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// No field travels to a service that does not need it.
func TestPacketFieldsByService(t *testing.T) {
	r := burundi(t)
	fields := map[string]Parcel{"arrival": {Arrival: "x"}, "escort": {Escort: Yes}, "dependants": {Dependants: 2}, "pregnancy": {Pregnancy: Yes},
		"medication": {Medication: "x"}, "disability": {Disability: "x"}, "call_name": {CallName: "x"}}
	rows := [][]string{{"service", "arrival", "escort", "dependants", "pregnancy", "medication", "disability", "call_name"}}
	for _, need := range r.list("service") {
		if strings.Contains(need, ".") {
			whole, _, _ := strings.Cut(need, ".")
			if !slices.Equal(r.Fields[need], r.Fields[whole]) {
				t.Errorf("%s needs other fields than %s", need, whole)
			}
			continue
		}
		row := []string{need}
		for _, field := range rows[0][1:] {
			err := Refer{Service: ids.New[ids.Service](), Need: need, Consent: ids.New[ids.Consent](), Packet: fields[field]}.Check(r)
			switch {
			case err == nil:
				row = append(row, "may")
			case says(err, field, "fault.packet.field"):
				row = append(row, "-")
			default:
				t.Errorf("%s, %s: %v", need, field, err)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "packet_fields.txt", rows)
}

func TestOverrideIsNeverSilent(t *testing.T) {
	r := burundi(t)
	good := Override{ID: ids.New[ids.Consent](), Why: "VITAL_INTEREST", ApprovedBy: ids.New[ids.Account](), PersonTold: No}
	refuses(t, good, func(o Override) error { return o.check(r) }, []bad[Override]{
		{"no reason", func(o *Override) { o.Why = "" }, "override", "fault.choice.missing"},
		{"a reason of no list", func(o *Override) { o.Why = "CONVENIENCE" }, "override", "fault.code.unknown"},
		{"nobody approved", func(o *Override) { o.ApprovedBy = ids.Account{} }, "approved_by", "fault.override.approver"},
		{"not said whether she knows", func(o *Override) { o.PersonTold = NotAsked }, "person_told", "fault.choice.missing"},
		{"a duty without its law", func(o *Override) { o.Why = "LEGAL_DUTY" }, "legal_basis", "fault.text.missing"},
		{"a law too long", func(o *Override) { o.LegalBasis = long(301) }, "legal_basis", "fault.text.long"},
	})
}

func TestServiceFreshness(t *testing.T) {
	for days, want := range map[int]Freshness{0: FreshWord, 90: FreshWord, 91: AmberWord, 180: AmberWord, 181: StaleWord} {
		if got := (Service{ConfirmedAt: noon().AddDate(0, 0, -days)}).Fresh(noon()); got != want {
			t.Errorf("%d days: %s, want %s", days, got, want)
		}
	}
	if (Service{}).Fresh(noon()) != StaleWord {
		t.Error("a line nobody confirmed is offered")
	}
}

// What she did not agree to is not kept, even when it was typed.
func TestAnswerMoreKeepsNoRefusedValue(t *testing.T) {
	r := Referral{State: Acknowledged, Asks: []Ask{{Field: "diet", At: noon()}}}
	next, err := r.answer(AnswerMore{Field: "diet", Value: "typed before she said no"}, noon())
	if err != nil || next.Asks[0].Agreed || !next.Asks[0].Value.IsZero() || next.Asks[0].Answered.IsZero() {
		t.Errorf("%+v %v", next.Asks, err)
	}
	if !r.Asks[0].Answered.IsZero() {
		t.Error("the older version was changed")
	}
	next, err = r.answer(AnswerMore{Field: "diet", Agreed: true, Value: "no meat"}, noon())
	if err != nil || !next.Asks[0].Agreed || next.Asks[0].Value.IsZero() {
		t.Errorf("%+v %v", next.Asks, err)
	}
	if _, err := next.answer(AnswerMore{Field: "diet"}, noon()); !fault.Is(err, fault.Invalid) {
		t.Errorf("answered twice: %v", err)
	}
	if _, err := next.ask(AskMore{Field: "diet"}, ids.Account{}, noon()); err != nil {
		t.Errorf("an answered field cannot be asked again: %v", err)
	}
	if _, err := r.ask(AskMore{Field: "diet"}, ids.Account{}, noon()); !says(err, "field", "fault.referral.asked") {
		t.Errorf("a pending field was asked again: %v", err)
	}
}
