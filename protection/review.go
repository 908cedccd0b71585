package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Review is one request to look again at what was decided against her: that it is
// not trafficking (A6), or that it was not confirmed (PROCESS.md §2.4). What stood
// before stays in the history; at most one waits for each case. The words are sealed.
type Review struct {
	ID      ids.Review
	Version int
	Case    ids.Case
	Owner   ids.Org
	State   ReviewState
	By      ids.Account // who wrote it down
	At      time.Time
	Asker   string     // whose wish it is, code list "review_asker"
	Why     vault.Text // what speaks for it

	Outcome   Status // what was decided; empty while it waits
	DecidedBy ids.Account
	DecidedAt time.Time
	Words     vault.Text // why, to be said to her
}

// ReviewState says where a review stands.
type ReviewState string

// The states of a review.
const (
	ReviewAsked ReviewState = "ASKED"
	Upheld      ReviewState = "UPHELD"     // what was decided stands
	Overturned  ReviewState = "OVERTURNED" // it was decided anew
)

// ReviewStates lists them in order.
var ReviewStates = [...]ReviewState{ReviewAsked, Upheld, Overturned}

// Explanation is that somebody told her what was decided, and that she has a right
// to a review, in a language that she speaks (PROCESS.md §2.3 A6). A row is never changed.
type Explanation struct {
	ID          ids.Explanation
	Case        ids.Case
	Owner       ids.Org
	By          ids.Account
	At          time.Time // when it was noted
	Told        Status    // what was decided, as it stood then
	Language    string    // code list "language"
	Interpreter string    // code list "interpreter"
}

// The clocks of what was decided.
const (
	explainDue = "decision.explain"
	reviewDue  = "review.answer"
)

// Outlasting are the tasks that stay when a case is over.
var Outlasting = [2]string{explainDue, reviewDue}

// reviewable says whether there is something that a review can look at again. A file
// that goes on in another one is looked at there.
func (c Case) reviewable() bool {
	return c.State == NotTIP || c.Status == NotConfirmed && c.State != Joined && c.State != Erased
}

// explainable says whether something was decided that she has to be told: not while a
// contact would endanger her.
func (c Case) explainable() bool {
	if c.State == Suspended {
		return false
	}
	return c.State == NotTIP || c.Verdict == NotIndicated && c.Ratification == Waiting && !c.State.Over() ||
		c.Status.Formal() && c.State != Joined && c.State != Erased
}

// Identified is what somebody sees of how far identification is: every decision, what
// she was told, and every review, the oldest first.
type Identified struct {
	Case         Case
	Grant        access.Grant
	Decisions    []Identification
	Explanations []Explanation
	Reviews      []Review
}

// Open is the review that waits, or zero.
func (v Identified) Open() Review { return waitingReview(v.Reviews) }

func waitingReview(all []Review) Review {
	if at := slices.IndexFunc(all, func(x Review) bool { return x.State == ReviewAsked }); at >= 0 {
		return all[at]
	}
	return Review{}
}

// Explainable says whether she has to be told something, Reviewable whether a review
// can be asked for now, Decidable whether an authority's decision can be kept.
func (v Identified) Explainable() bool { return v.Case.explainable() }

// Reviewable says whether a review can be asked for now.
func (v Identified) Reviewable() bool { return v.Case.reviewable() && v.Open().ID.IsZero() }

// Decidable lists what an authority's decision can say from here.
func (v Identified) Decidable() []Status { return v.Case.decidable() }

// Identified reads it for who works with her.
func (d *Desk) Identified(ctx context.Context, w access.Who, id ids.Case) (Identified, error) {
	return d.identifiedBy(ctx, w, access.IdentificationRead, access.ForProtection, id)
}

// ToIdentify reads it for who may keep a formal decision, ToExplain for who may tell
// her, ToAskReview for who may ask for a review, ToReview for who may decide one.
func (d *Desk) ToIdentify(ctx context.Context, w access.Who, id ids.Case) (Identified, error) {
	return d.identifiedBy(ctx, w, access.IdentificationSet, access.ForSupervision, id)
}

// ToExplain reads it for who may tell her.
func (d *Desk) ToExplain(ctx context.Context, w access.Who, id ids.Case) (Identified, error) {
	return d.identifiedBy(ctx, w, access.DecisionExplain, access.ForProtection, id)
}

// ToAskReview reads it for who may ask for a review.
func (d *Desk) ToAskReview(ctx context.Context, w access.Who, id ids.Case) (Identified, error) {
	return d.identifiedBy(ctx, w, access.ReviewAsk, access.ForProtection, id)
}

// ToReview reads it for who may decide a review.
func (d *Desk) ToReview(ctx context.Context, w access.Who, id ids.Case) (Identified, error) {
	return d.identifiedBy(ctx, w, access.ReviewDecide, access.ForSupervision, id)
}

func (d *Desk) identifiedBy(ctx context.Context, w access.Who, a access.Action, p access.Purpose, id ids.Case) (Identified, error) {
	g, err := d.may(ctx, w, a, access.CaseKind, id.UUID, p)
	if err != nil {
		return Identified{}, err
	}
	v := Identified{Grant: g}
	if v.Case, err = d.Store.Case(ctx, g, id); err != nil {
		return v, err
	}
	if v.Decisions, err = d.Store.Identifications(ctx, g, id); err != nil {
		return v, err
	}
	if v.Explanations, err = d.Store.Explanations(ctx, g, id); err != nil {
		return v, err
	}
	v.Reviews, err = d.Store.Reviews(ctx, g, id)
	return v, err
}

// openReview is the review of a case that waits; fault.Invalid when none does.
func (d *Desk) openReview(ctx context.Context, g access.Grant, id ids.Case) (Review, []Review, error) {
	all, err := d.Store.Reviews(ctx, g, id)
	if err != nil {
		return Review{}, nil, err
	}
	if x := waitingReview(all); !x.ID.IsZero() {
		return x, all, nil
	}
	return Review{}, all, fault.New(fault.Invalid, "fault.review.none")
}
