package countries

import (
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

func TestCodesOfTheProcessAreThere(t *testing.T) {
	c := burundi(t)
	for name, codes := range map[ListName][]string{
		Danger:              {"RED", "ORANGE", "GREEN"},
		DangerReason:        {"LIFE_OR_LIMB", "TRAFFICKER_NEAR", "CHILD_WITH_TRAFFICKER", "SUICIDAL", "RAPE_72H"},
		OtherNeedKind:       {"GBV", "SMUGGLING", "LABOUR_DISPUTE", "MISSING_CHILD", "ASYLUM"},
		DecidedBy:           {"POLICE", "NGO", "COURT_PROSECUTION", "GOV_NON_POLICE", "IO", "OTHER"},
		IdentificationBasis: {"SCREENING_TOOL", "INTERVIEW", "POLICE_FILE", "COURT_DECISION", "FOREIGN_AUTHORITY"},
		ConsentPurpose:      {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"},
		ReferralDecline:     {"NO_CAPACITY", "NOT_ELIGIBLE", "OUT_OF_AREA", "NO_FUNDS", "SAFETY", "INSUFFICIENT_INFO", "OTHER"},
		Service: {"SAFE", "FOOD", "MED", "MH", "LEGAL", "DOC", "INTERP", "CHILD", "EDU", "VOC", "IGA", "CASH", "FAMILY",
			"SECURITY", "RETURN", "REMEDY", "COMMUNITY", "FOLLOWUP"},
		Pattern: {"NO_PATTERN", "EXPLOITATION_ONLY", "DECEPTION_EXPLOITATION", "FORCED_LABOUR", "TRAFFICKING",
			"CHILD_TRAFFICKING", "INTERCEPTED"},
		PurposeFact: {"WHO_PAID", "PROMISE", "DOCUMENTS_HELD", "DEBT_AFTER_ARRIVAL", "DESTINATION_UNKNOWN", "TOLD_TO_LIE",
			"GROUP_WITH_HANDLER", "PRIOR_CASES"},
	} {
		for _, code := range codes {
			if _, ok := c.Find(name, code); !ok {
				t.Errorf("%s: no code %s", name, code)
			}
		}
	}
	if n := len(c.List(Means)); n != 17 {
		t.Errorf("%d means of control, HTCDS has 17", n)
	}
}

// The values of HTCDS 2.0's own field dictionary. A value we send that it does
// not know would be refused by whoever reads the standard.
func TestHTCDSValuesAreOfTheStandard(t *testing.T) {
	c := burundi(t)
	for name, values := range map[ListName][]string{
		Exploitation: {"ForcedLabour", "SexualExploitation", "ChildLabour", "ForcedMarriage", "Servitude",
			"ForcedMilitaryByNonStateActors", "OrganRemoval", "ForcedBegging", "ForcedAdoption", "Surrogacy", "Other"},
		Means: {"PhysicalThreats", "ThreatsLawEnforcement", "ThreatensChildrenFamily", "DebtBondage", "FalsePromises",
			"PhysicalAbuse", "SexualAbuse", "TakesEarnings", "RestrictsFinancialAccess", "RestrictsMedicalCare",
			"WithholdsNecessities", "PsychologicalAbuse", "PsychoactiveSubstance", "ExcessiveWorkingHours", "WithholdsDocuments", "Other"},
		Sex:                  {"Feminine", "Masculine", "TransgenderFeminine", "TransgenderMasculine", "NonConforming", "NonSpecifiedUnknown"},
		DecidedBy:            {"Police", "NGO", "CourtOrProsecution", "NonPoliceGovernmentalOrganization", "Other"},
		IdentificationStatus: {"PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"},
		ClosureReason:        {"Active", "FollowUp", "Closed", "ClosedReferred"},
		OrgType: {"NGO", "LawEnforcement", "HealthServiceOrganisation", "CentralGovernmentOrganisation",
			"LocalGovernmentOrganisation", "ImmigrationService", "LegalService", "CorporateBusiness", "SchoolOrCollege"},
	} {
		known := map[string]bool{"": true}
		for _, v := range values {
			known[v] = true
		}
		sent := 0
		for _, k := range c.List(name) {
			if !known[k.Maps["htcds"]] {
				t.Errorf("%s: %s is sent as %q", name, k.Code, k.Maps["htcds"])
			}
			if k.Maps["htcds"] != "" {
				sent++
			}
		}
		if sent == 0 {
			t.Errorf("%s is not mapped at all", name)
		}
	}
}

func TestAgeBandsMeetWithoutGaps(t *testing.T) {
	c := burundi(t)
	for years := 0; years <= date.MaxAge; years++ {
		k, ok := c.AgeBandOf(years)
		if low, high, _ := band(k); !ok || years < low || years > high {
			t.Fatalf("%d years: %v %v", years, k.Code, ok)
		}
		if rule := c.ConsentRule(years); years < 18 && band0(k) != rule.Low {
			t.Errorf("%d years: the band begins at %d, the consent rule at %d", years, band0(k), rule.Low)
		}
	}
	if _, ok := c.AgeBandOf(-1); ok {
		t.Error("nobody is minus one")
	}
}

func band0(k Code) int { low, _, _ := band(k); return low }

func TestAgeBasesAreThoseOfDate(t *testing.T) {
	c := burundi(t)
	if len(c.List(AgeBasis)) != 3 {
		t.Error("not three bases")
	}
	for _, k := range c.List(AgeBasis) {
		if !date.Basis(k.Code).Valid() {
			t.Errorf("%s is no basis of an age", k.Code)
		}
	}
}

func TestOrganisationTypesSayWhoDecides(t *testing.T) {
	c := burundi(t)
	for _, k := range c.List(OrgType) {
		if err := c.Check("x", DecidedBy, k.Maps["decided_by"], date.Day{}); err != nil {
			t.Errorf("%s decides as %q", k.Code, k.Maps["decided_by"])
		}
	}
}

func TestClocksOfReasonsAndServicesAreDeadlines(t *testing.T) {
	c := burundi(t)
	for _, name := range []ListName{DangerReason, Service} {
		for _, k := range c.List(name) {
			if clock := k.Attr["clock"]; clock != "" && c.Deadline(DeadlineKey(clock)).Amount == 0 {
				t.Errorf("%s: no deadline %q", k.Code, clock)
			}
		}
	}
}

func TestLabelsFallBackToFrench(t *testing.T) {
	c := burundi(t)
	for _, x := range []struct{ name, code, lang, want string }{
		{Danger, "RED", "fr", "Danger immédiat"}, {Danger, "RED", "en", "Immediate danger"},
		{Danger, "RED", "rn", "akaga kihutirwa"}, {Danger, "RED", "sw", "hatari ya papo hapo"},
		{Danger, "ORANGE", "rn", "Danger proche"}, {Danger, "RED", "de", "Danger immédiat"},
		{Danger, "PURPLE", "fr", "PURPLE"}, {"no list", "X", "fr", "X"},
	} {
		if got := c.Label(x.name, x.code, x.lang); got != x.want {
			t.Errorf("%s %s in %s: %q", x.name, x.code, x.lang, got)
		}
	}
	k, _ := c.Find(Danger, "ORANGE")
	if k.Has("rn") || !k.Has("fr") {
		t.Error("a fallback is taken for a translation")
	}
	if c.ListLabel(Danger, "en") != "Danger level" {
		t.Error("the list has no name")
	}
}

func TestRetiredCodesStayOnOldRecords(t *testing.T) {
	c := burundi(t)
	l := c.lists[Danger]
	l.Codes = append(c.List(Danger), Code{Code: "BLACK", Labels: Labels{FR: "Noir", EN: "Black"},
		Fact: Fact{Source: "[J]", Until: date.Day{Year: 2026, Month: 1, Day: 1}}})
	c.lists[Danger] = l
	before, after := date.Day{Year: 2025, Month: 12, Day: 31}, date.Day{Year: 2026, Month: 1, Day: 1}
	if len(c.Codes(Danger, before)) != 4 || len(c.Codes(Danger, after)) != 3 || len(c.List(Danger)) != 4 {
		t.Error("choices")
	}
	if c.Label(Danger, "BLACK", "fr") != "Noir" {
		t.Error("an old record lost its word")
	}
	if err := c.Check("danger", Danger, "BLACK", before); err != nil {
		t.Error(err)
	}
	if f := fault.Of(c.Check("danger", Danger, "BLACK", after)); f.Key != "code.retired" || f.Field != "danger" {
		t.Errorf("%v", f)
	}
	if f := fault.Of(c.Check("danger", Danger, "red", after)); f.Key != "code.unknown" {
		t.Errorf("%v", f)
	}
}

func TestAListGivenOutIsACopy(t *testing.T) {
	c := burundi(t)
	c.List(Danger)[0].Code = "X"
	if c.List(Danger)[0].Code != "RED" {
		t.Error("the country changed")
	}
}
