package protection

import (
	"strings"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// TestWhoSaysYes is the rule of PROCESS.md §2.5 as a table: age × who gives it ×
// the child's own word × how. Read it with the jurist.
func TestWhoSaysYes(t *testing.T) {
	r := burundi(t)
	people := []struct {
		name string
		of   Case
	}{
		{"0", Case{Age: declared(0), Child: true}}, {"5", Case{Age: declared(5), Child: true}},
		{"6", Case{Age: declared(6), Child: true}}, {"11", Case{Age: declared(11), Child: true}},
		{"12", Case{Age: declared(12), Child: true}}, {"14", Case{Age: declared(14), Child: true}},
		{"15", Case{Age: declared(15), Child: true}}, {"17", Case{Age: declared(17), Child: true}},
		{"11 or 12", Case{Age: date.Age{Years: 11, Basis: date.Declared, Said: today().AddMonths(-6)}, Child: true}},
		{"17 or 18", Case{Age: date.Age{Years: 17, Basis: date.Declared, Said: today().AddMonths(-6)}}},
		{"17, flag forgotten", Case{Age: declared(17)}},
		{"24 said, as a child", Case{Age: declared(24), Child: true}},
		{"unknown, as a child", Case{Child: true}},
		{"18", Case{Age: declared(18)}}, {"40", Case{Age: declared(40)}}, {"unknown", Case{}}, {"unknown, an adult", Case{Adult: Yes}},
		{"unknown, as a child, said an adult", Case{Adult: Yes, Child: true}},
	}
	rows := [][]string{{"age", "given by", "assent, in ink", "assent, in words", "no assent"}}
	for _, p := range people {
		for _, by := range []string{"SELF", "GUARDIAN", "AUTHORITY"} {
			row := []string{p.name, by}
			for _, how := range []struct {
				assent Answer
				mode   string
			}{{Yes, "THUMBPRINT"}, {Yes, "ORAL_WITNESSED"}, {No, "ORAL_WITNESSED"}} {
				c := AskConsent{Purpose: P1CaseManagement, Said: true, Agreed: Yes, Mode: how.mode, Witness: "N. I.", GivenBy: by, Guardian: ids.New[ids.Guardian](), Involved: No, Assent: how.assent, CarerAway: "ABSENT"}
				row = append(row, refusal(c.Check(r, p.of, noon())))
			}
			rows = append(rows, row)
		}
	}
	golden(t, "consent_by_age.txt", rows)
}

func TestConsentCovers(t *testing.T) {
	to := ids.New[ids.Org]()
	good := Consent{State: Given, Purpose: P3ShareReferral, Recipient: to, Scope: []string{"minimum", "arrival"}}
	for name, c := range map[string]struct {
		change func(*Consent)
		fields []string
		want   bool
	}{
		"what she agreed to":      {func(*Consent) {}, []string{"minimum", "arrival"}, true},
		"less than that":          {func(*Consent) {}, []string{"minimum"}, true},
		"more than that":          {func(*Consent) {}, []string{"minimum", "disability"}, false},
		"overridden":              {func(k *Consent) { k.State = Overridden }, []string{"minimum"}, true},
		"refused":                 {func(k *Consent) { k.State = Refused }, []string{"minimum"}, false},
		"not asked":               {func(k *Consent) { k.State = NotAskedYet }, []string{"minimum"}, false},
		"another purpose":         {func(k *Consent) { k.Purpose = P1CaseManagement }, []string{"minimum"}, false},
		"another organisation":    {func(k *Consent) { k.Recipient = ids.New[ids.Org]() }, []string{"minimum"}, false},
		"no organisation":         {func(k *Consent) { k.Recipient = ids.Org{} }, []string{"minimum"}, false},
		"until a moment from now": {func(k *Consent) { k.Expires = noon().Add(1) }, []string{"minimum"}, true},
		"until now":               {func(k *Consent) { k.Expires = noon() }, []string{"minimum"}, false},
		"an empty scope":          {func(k *Consent) { k.Scope = nil }, []string{"minimum"}, false},
		"the zero consent":        {func(k *Consent) { *k = Consent{} }, nil, false},
	} {
		k := good
		c.change(&k)
		if got := k.Covers(P3ShareReferral, to, c.fields, noon()); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A no needs nobody's signature, at any age.
func TestNoIsTakenFromAnybody(t *testing.T) {
	r := burundi(t)
	for years := range 60 {
		c := AskConsent{Purpose: P3ShareReferral, Recipient: ids.New[ids.Org](), Said: true, Agreed: No}
		if err := c.Check(r, Case{Age: declared(years), Child: years < 18}, noon()); err != nil {
			t.Errorf("at %d: %v", years, err)
		}
	}
}

// A child's no is never kept as a yes, whoever says yes for her, but for the
// youngest, when the authority says why.
func TestAChildsNoIsNoYes(t *testing.T) {
	r := burundi(t)
	for years := range 18 {
		for _, by := range []string{"SELF", "GUARDIAN", "AUTHORITY"} {
			c := AskConsent{Purpose: P1CaseManagement, Said: true, Agreed: Yes, Mode: "WRITTEN", GivenBy: by, Assent: No, CarerAway: "SUSPECTED"}
			err := c.Check(r, Case{Age: declared(years), Child: true}, noon())
			if allowed := by == "AUTHORITY" && years < 6; (err == nil) != allowed {
				t.Errorf("at %d by %s: %v", years, by, err)
			}
			if c.CarerAway = ""; c.Check(r, Case{Age: declared(years), Child: true}, noon()) == nil {
				t.Errorf("at %d by %s without a reason", years, by)
			}
		}
	}
	self := AskConsent{Purpose: P1CaseManagement, Said: true, Agreed: Yes, Mode: "WRITTEN", GivenBy: "SELF"}
	for assent, ok := range map[Answer]bool{NotAsked: true, Yes: true, No: false, Unknown: false, Skipped: false} {
		if self.Assent = assent; (self.Check(r, Case{Age: declared(16), Child: true}, noon()) == nil) != ok {
			t.Errorf("she says yes herself, and her assent is %q", assent)
		}
	}
}

// No photo, no story, no visit of a donor, whoever says yes (P8) [J].
func TestNobodyOffersAChildToTheMedia(t *testing.T) {
	r := burundi(t)
	for _, by := range []string{"SELF", "GUARDIAN", "AUTHORITY"} {
		c := AskConsent{Purpose: P8Media, Said: true, Agreed: Yes, Mode: "WRITTEN", GivenBy: by, Assent: Yes, CarerAway: "ABSENT"}
		if err := c.Check(r, Case{Age: declared(16), Child: true}, noon()); !says(err, "purpose", "fault.consent.child_media") {
			t.Errorf("%s: %v", by, err)
		}
		if err := c.Check(r, Case{Age: declared(30)}, noon()); by == "SELF" && err != nil {
			t.Errorf("an adult: %v", err)
		}
	}
}

func TestAskConsentChecks(t *testing.T) {
	r := burundi(t)
	good := AskConsent{Purpose: P3ShareReferral, Recipient: ids.New[ids.Org](), Scope: []string{"minimum"}, Said: true, Agreed: Yes,
		Language: "rn", Interpreter: "OURS", Mode: "WRITTEN", GivenBy: "SELF", Expires: noon().AddDate(0, 1, 0)}
	refuses(t, good, func(c AskConsent) error { return c.Check(r, Case{Adult: Yes}, noon()) }, []bad[AskConsent]{
		{"limits not said", func(c *AskConsent) { c.Said = false }, "said", "fault.consent.limits"},
		{"no purpose", func(c *AskConsent) { c.Purpose = "" }, "purpose", "fault.choice.missing"},
		{"a purpose of no list", func(c *AskConsent) { c.Purpose = "P99" }, "purpose", "fault.code.unknown"},
		{"for nobody", func(c *AskConsent) { c.Recipient = ids.Org{} }, "recipient", "fault.choice.missing"},
		{"an unknown field", func(c *AskConsent) { c.Scope = []string{"minimum", "story"} }, "scope", "fault.code.unknown"},
		{"neither yes nor no", func(c *AskConsent) { c.Agreed = Unknown }, "agreed", "fault.choice.missing"},
		{"no mode", func(c *AskConsent) { c.Mode = "" }, "mode", "fault.choice.missing"},
		{"an unknown mode", func(c *AskConsent) { c.Mode = "AUDIO" }, "mode", "fault.code.unknown"},
		{"heard by nobody", func(c *AskConsent) { c.Mode = "ORAL_WITNESSED" }, "witness", "fault.text.missing"},
		{"a thumb that nobody saw", func(c *AskConsent) { c.Mode, c.Witness = "THUMBPRINT", " " }, "witness", "fault.text.missing"},
		{"a witness as long as a story", func(c *AskConsent) { c.Witness = strings.Repeat("x", 121) }, "witness", "fault.text.long"},
		{"given by nobody", func(c *AskConsent) { c.GivenBy = "" }, "given_by", "fault.choice.missing"},
		{"an unknown giver", func(c *AskConsent) { c.GivenBy = "HUSBAND" }, "given_by", "fault.code.unknown"},
		{"an unknown language", func(c *AskConsent) { c.Language = "xx" }, "language", "fault.code.unknown"},
		{"a companion translates", func(c *AskConsent) { c.Interpreter = "COMPANION" }, "interpreter", "fault.screening.companion"},
		{"an unknown interpreter", func(c *AskConsent) { c.Interpreter = "x" }, "interpreter", "fault.code.unknown"},
		{"an answer that is none", func(c *AskConsent) { c.Assent = "perhaps" }, "assent", "fault.code.unknown"},
		{"an unknown absence", func(c *AskConsent) { c.CarerAway = "BUSY" }, "carer_away", "fault.code.unknown"},
		{"already over", func(c *AskConsent) { c.Expires = noon() }, "expires", "fault.date.past"},
	})
	for _, years := range []int{3, 16} {
		c := good
		c.GivenBy, c.Assent = "AUTHORITY", Yes
		if err := c.Check(r, Case{Age: declared(years), Child: true}, noon()); !says(err, "carer_away", "fault.choice.missing") {
			t.Errorf("at %d the authority need not say why: %v", years, err)
		}
	}
}

// A yes that was taken under another rule does not fit the person she turns out
// to be; a no, and what is over, need no rule.
func TestAYesFitsTheRuleOfHerAge(t *testing.T) {
	r := burundi(t)
	self := Consent{State: Given, Purpose: P1CaseManagement, Mode: "ORAL_WITNESSED", GivenBy: "SELF"}
	carer := Consent{State: Given, Purpose: P1CaseManagement, Mode: "THUMBPRINT", GivenBy: "GUARDIAN", Guardian: ids.New[ids.Guardian](), Assent: Yes}
	older := carer // before it was asked who exactly
	older.Guardian = ids.Guardian{}
	for name, c := range map[string]struct {
		k    Consent
		of   Case
		want bool
	}{
		"an adult, herself":                    {self, Case{Age: declared(30)}, true},
		"said an adult, herself":               {self, Case{Adult: Yes}, true},
		"nobody asked her age":                 {self, Case{}, false},
		"13 as it turns out":                   {self, Case{Age: declared(13), Child: true}, false},
		"16 as it turns out":                   {self, Case{Age: declared(16), Child: true}, true},
		"a child of unknown age, herself":      {self, Case{Child: true}, false},
		"a child of unknown age, by her carer": {carer, Case{Child: true}, true},
		"a child, by a carer nobody named":     {older, Case{Child: true}, false},
		"an adult as it turns out":             {carer, Case{Age: declared(30)}, false},
	} {
		if got := r.Fits(c.k, c.of, noon()); got != c.want {
			t.Errorf("%s: fits %v", name, got)
		}
	}
	for _, state := range []ConsentState{Refused, Withdrawn, Expired, Superseded, Overridden} {
		k := self
		if k.State = state; !r.Fits(k, Case{Age: declared(9), Child: true}, noon()) {
			t.Errorf("%s needs no rule", state)
		}
	}
}

func TestSayAgeChecks(t *testing.T) {
	r := burundi(t)
	refuses(t, SayAge{Child: No, Age: declared(30)}, func(c SayAge) error { return c.Check(r, today()) }, []bad[SayAge]{
		{"not said", func(c *SayAge) { c.Child = NotAsked }, "child", "fault.choice.missing"},
		{"no answer of a list", func(c *SayAge) { c.Child = "perhaps" }, "child", "fault.code.unknown"},
		{"an adult of 16", func(c *SayAge) { c.Age = declared(16) }, "child", "fault.age.child"},
		{"an age without a basis", func(c *SayAge) { c.Age.Basis = "" }, "age", "age.basis.missing"},
	})
}
