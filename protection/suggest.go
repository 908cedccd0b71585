package protection

import "slices"

// Positive is the dimension rule of the ILO operational indicators
// [S:ILO-T citing WCMS_105023 p.3]: two strong; or one strong and one medium
// or weak; or three medium; or two medium and one weak. It is monotone: one
// more indicator never turns a dimension negative.
func Positive(strong, medium, weak int) bool {
	return strong >= 2 || strong >= 1 && medium+weak >= 1 || medium >= 3 || medium >= 2 && weak >= 1
}

// column names the weights for this profile and age.
func column(p Profile, child bool) string {
	switch {
	case p == Sexual && child:
		return "child_sexual"
	case p == Sexual:
		return "adult_sexual"
	case child:
		return "child_labour"
	}
	return "adult_labour"
}

// Dimensions lists the dimensions that the indicators heard make positive, in order.
func (r *Rules) Dimensions(heard []string, p Profile, child bool) []string {
	type tally struct{ strong, medium, weak int }
	sums := map[string]tally{}
	col := column(p, child)
	for _, i := range r.Indicators {
		if !slices.Contains(heard, i.Code) {
			continue
		}
		t := sums[i.Dimension]
		switch i.Weights[col] {
		case Strong:
			t.strong++
		case Medium:
			t.medium++
		case Weak:
			t.weak++
		}
		sums[i.Dimension] = t
	}
	var positive []string
	for _, d := range [...]string{"D1", "D2", "D3", "D4", "D5", "D6"} {
		if t := sums[d]; Positive(t.strong, t.medium, t.weak) {
			positive = append(positive, d)
		}
	}
	return positive
}

// assumed says whether any weight behind what was heard is not sourced. The
// sexual-exploitation sheets could not be read; until they are, that profile
// gives no suggestion at all (PROCESS.md §3.1).
func (r *Rules) assumed(p Profile, child bool) bool {
	col := column(p, child)
	for _, i := range r.Indicators {
		if i.Assumed[col] {
			return true
		}
	}
	return false
}

// Suggest reads a screening by PROCESS.md §3.4 and §3.5. What it says is a
// suggestion in words: signs prove nothing, nor does their absence [S:UNODC-RL].
func (r *Rules) Suggest(s Screening, child bool) Suggestion {
	if s.Profile == Unsaid {
		return Suggestion{Silent: true, Unsaid: true}
	}
	if len(r.Indicators) == 0 || r.assumed(s.Profile, child) {
		return Suggestion{Silent: true}
	}
	positive := r.Dimensions(s.Heard, s.Profile, child)
	out := Suggestion{Dimensions: positive, Pattern: pattern(positive, s, child)}
	switch out.Pattern {
	case Trafficking, ChildTrafficking, Intercepted, ForcedLabour:
		out.Presume = true // low threshold: in doubt, presume (A5)
	}
	return out
}

func pattern(positive []string, s Screening, child bool) Pattern {
	has := func(d string) bool { return slices.Contains(positive, d) }
	recruited := has("D1") || has("D2") || has("D3") // D3 substitutes or reinforces
	coerced := has("D5") || has("D6")
	switch {
	case s.Exploited == No:
		// §3.5 [J]: stopped before exploitation. The law needs only the purpose.
		if len(s.Purpose) > 0 && (recruited || child && s.Act == Yes) {
			return Intercepted
		}
		return NoPattern
	case !has("D4"):
		return NoPattern
	case child && (s.Act == Yes || recruited):
		return ChildTrafficking // no means needed, Palermo art. 3(c)
	case recruited && coerced:
		return Trafficking
	case recruited:
		return DeceptionExploitation // ask more
	case has("D5"):
		return ForcedLabour // the act is not yet known
	}
	return ExploitationOnly
}
