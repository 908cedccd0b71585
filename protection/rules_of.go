package protection

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"inkingi/countries"
	"inkingi/internal/date"
)

// RulesOf takes the rules out of a country's data; now is the clock, for codes
// that are valid today.
func RulesOf(c *countries.Country, now func() time.Time) *Rules {
	r := &Rules{
		Places: c.Places,
		Band: func(years int) string {
			k, _ := c.AgeBandOf(years)
			return k.Code
		},
		Codes: func(list string) []string {
			var codes []string
			for _, k := range c.Codes(list, c.Day(now())) {
				codes = append(codes, k.Code)
			}
			return codes
		},
		DueAt:      func(key string, from time.Time) time.Time { return c.Due(countries.DeadlineKey(key), from) },
		Day:        func(t time.Time) date.Day { return c.Day(t) },
		Midnight:   func(d date.Day) time.Time { return d.In(c.Location()).UTC() },
		Term:       func(after date.Day) date.Day { _, begins := c.SchoolTermAfter(after); return begins },
		Attempts:   c.Limit(countries.LostAttempts).Amount,
		Majority:   c.Majority().Years,
		Interviews: c.Limit(countries.InterviewWarning).Amount,
		Quorum:     c.Limit(countries.PanelQuorum).Amount,
		Inquiries:  c.Limit(countries.InquiryDay).Amount,
		Pause:      c.Limit(countries.InquiryCase).Amount,
		Fields:     map[string][]string{},
		Purposes:   map[string]PurposeRule{},
		Decimals:   map[string]int{},
	}
	for _, rule := range c.ConsentRules() {
		r.Consent = append(r.Consent, ConsentAge{From: rule.Low, Through: rule.High, Carer: Part(rule.Carer), Child: Part(rule.Self)})
	}
	for _, k := range c.List(countries.ConsentPurpose) {
		r.Purposes[k.Code] = PurposeRule{Child: k.Attr["minors"], About: k.Attr["about"], Carer: k.Attr["carer"] == "always",
			Apart: k.Attr["never_with"] != "" || k.Attr["bundled"] == "never", Ethics: k.Attr["ethics"] != ""}
	}
	for _, i := range c.Indicators() {
		r.Indicators = append(r.Indicators, indicatorOf(i))
	}
	for _, k := range c.List(countries.RiskFactor) {
		r.Risks = append(r.Risks, RiskFactor{Code: k.Code, Least: Danger(k.Attr["least"])})
	}
	for _, k := range c.List(countries.CurrencyList) {
		if n, err := strconv.Atoi(k.Attr["decimals"]); err == nil {
			r.Decimals[k.Code] = n
		}
	}
	for _, k := range c.List(countries.Service) {
		r.Fields[k.Code] = packetFields(k.Code)
	}
	return r
}

func indicatorOf(i countries.Indicator) Indicator {
	out := Indicator{Code: i.Code, Dimension: i.Dimension, Weights: map[string]Weight{}, Assumed: map[string]bool{}}
	for profile, w := range i.Weights {
		out.Weights[string(profile)] = Weight(w.Strength)
		out.Assumed[string(profile)] = w.Assumed
	}
	return out
}

// packetFields says what a receiver of this service needs beyond the minimum,
// and no other field may travel (PROCESS.md §2.7; which service needs what is [J]).
func packetFields(need string) []string {
	fields := []string{"arrival", "escort", "call_name"}
	group, _, _ := strings.Cut(need, ".")
	switch group {
	case "SAFE":
		fields = append(fields, "dependants", "pregnancy", "medication", "disability")
	case "MED":
		fields = append(fields, "pregnancy", "medication", "disability")
	case "MH", "CHILD", "RETURN", "SECURITY":
		fields = append(fields, "dependants", "medication", "disability")
	case "FOOD", "EDU", "VOC", "IGA", "CASH", "FAMILY", "REMEDY":
		fields = append(fields, "dependants", "disability")
	}
	return slices.Clip(fields)
}
