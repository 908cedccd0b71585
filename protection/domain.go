package protection

// Domain is one part of a life over time, as she scored it (PROCESS.md §2.10,
// adapted from a re/integration framework [M]). What is shown is the change: an
// absolute score says more about who asks than about her.
type Domain struct {
	Code   string
	Scores [len(Moments)]int // at entry, 1, 3, 6, 12 months; 0 was not asked
}

// Domains puts the scores of contacts in order, one line a domain; the last word
// about a moment counts. The visits are the newest first.
func Domains(domains []string, visits []Visit) []Domain {
	all := make([]Domain, len(domains))
	for i, domain := range domains {
		all[i].Code = domain
		for at, moment := range Moments {
			for _, v := range visits {
				if score := v.Scores[domain]; v.Moment == moment && v.Reached() && score != 0 {
					all[i].Scores[at] = score
					break
				}
			}
		}
	}
	return all
}

// Change is the last score less the first; false while there are not two.
func (o Domain) Change() (int, bool) {
	first, last, n := 0, 0, 0
	for _, s := range o.Scores {
		if s == 0 {
			continue
		}
		if n++; first == 0 {
			first = s
		}
		last = s
	}
	return last - first, n > 1
}
