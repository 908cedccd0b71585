package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// wentOn is the fault of a verb on a file that was joined to another: what is written
// now is written where she is followed, or nobody who follows her would read it. Parting
// the two is the only verb that is left.
func wentOn() error { return fault.New(fault.Invalid, "fault.case.joined") }

// goesOn refuses a verb on a case that was joined, by what was decided about it.
func goesOn(g access.Grant) error {
	if o := g.Object(); o.Kind == access.CaseKind && o.Stage == string(Joined) {
		return wentOn()
	}
	return nil
}

// Files lists the cases on whose records a change writes: what a store looks at, so that
// nothing is written on one that was joined. Three kinds are left out: complaints and
// emergencies are not written on a file, and pairs say themselves what may be joined or
// parted. A new case is on no file yet.
func (c Change) Files() (all []ids.Case) {
	for _, x := range c.Cases {
		if x.Version > 0 {
			all = append(all, x.ID)
		}
	}
	files(&all, c.Screenings, func(x Screening) ids.Case { return x.Case })
	files(&all, c.Assessments, func(x Assessment) ids.Case { return x.Case })
	files(&all, c.Guardians, func(x Guardian) ids.Case { return x.Case })
	files(&all, c.Reflections, func(x Reflection) ids.Case { return x.Case })
	files(&all, c.Tasks, func(x Task) ids.Case { return x.Case })
	files(&all, c.Done, func(x Done) ids.Case { return x.Case })
	files(&all, c.Consents, func(x Consent) ids.Case { return x.Case })
	files(&all, c.Referrals, func(x Referral) ids.Case { return x.Case })
	files(&all, c.Identifications, func(x Identification) ids.Case { return x.Case })
	files(&all, c.Events, func(x Event) ids.Case { return x.Case })
	files(&all, c.Visits, func(x Visit) ids.Case { return x.Case })
	files(&all, c.Closures, func(x Closure) ids.Case { return x.Case })
	files(&all, c.Homecomings, func(x Homecoming) ids.Case { return x.Case })
	files(&all, c.Businesses, func(x Business) ids.Case { return x.Case })
	files(&all, c.Plans, func(x Plan) ids.Case { return x.Case })
	files(&all, c.Interests, func(x Interests) ids.Case { return x.Case })
	files(&all, c.Episodes, func(x Episode) ids.Case { return x.Case })
	files(&all, c.Progress, func(x Progress) ids.Case { return x.Case })
	files(&all, c.Transfers, func(x Transfer) ids.Case { return x.Case })
	files(&all, c.Stays, func(x Stay) ids.Case { return x.Case })
	files(&all, c.Moves, func(x Move) ids.Case { return x.Case })
	files(&all, c.Erasures, func(x Erasure) ids.Case { return x.Case })
	files(&all, c.Holds, func(x Hold) ids.Case { return x.Case })
	files(&all, c.Jottings, func(x Jotting) ids.Case { return x.Case })
	files(&all, c.SealedNotes, func(x SealedNote) ids.Case { return x.Case })
	files(&all, c.Attachments, func(x Attachment) ids.Case { return x.Case })
	files(&all, c.Removals, func(x Removal) ids.Case { return x.Case })
	files(&all, c.Reviews, func(x Review) ids.Case { return x.Case })
	files(&all, c.Explanations, func(x Explanation) ids.Case { return x.Case })
	files(&all, c.Inquiries, func(x Inquiry) ids.Case { return x.Case })
	files(&all, c.Liaisons, func(x Liaison) ids.Case { return x.Case })
	return all
}

func files[T any](all *[]ids.Case, some []T, of func(T) ids.Case) {
	for _, x := range some {
		if id := of(x); !id.IsZero() {
			*all = append(*all, id)
		}
	}
}
