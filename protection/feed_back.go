package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// FeedBack tells whoever sent her, in short, what follows: codes, and a few words if
// they help. It is not the story, and what she told stays with her.
type FeedBack struct {
	ID       ids.Progress
	Referral ids.Referral
	Version  int
	Next     []string // code list "service_feedback"
	Words    string
}

// feedBackLimit is how long the words may be: short on purpose [J].
const feedBackLimit = 300

// Check finds what the person can correct.
func (c FeedBack) Check(r *Rules) error {
	errs := []error{r.codes("next", "service_feedback", c.Next), short("words", c.Words, feedBackLimit)}
	if len(c.Next) == 0 {
		errs = append(errs, fault.Field("next", "fault.choice.missing"))
	}
	return fault.Join(errs...)
}

// FeedBack keeps it. The words are sealed with her file, and the packet's end does not touch them.
func (d *Desk) FeedBack(ctx context.Context, w access.Who, c FeedBack) error {
	said := &Progress{ID: c.ID, Kind: OfReplied, Day: d.Rules.Day(d.Now()), Codes: c.Next, Words: vault.Clear(c.Words)}
	return d.move(ctx, w, step{action: access.ReferralFeedBack, referral: c.Referral, version: c.Version, verb: "fed_back", said: said},
		func(r Referral) bool { return r.State == FedBack },
		func(r Referral, _ time.Time) (Referral, error) {
			if err := c.Check(d.Rules); err != nil {
				return r, err
			}
			return r.feedBack()
		})
}

func (r Referral) feedBack() (Referral, error) {
	if r.State != Completed && r.State != Interrupted {
		return r, notNow()
	}
	r.State = FedBack
	return r, nil
}
