package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// EndService says how a service ended, what it cost in all, and what she says of it.
type EndService struct {
	Episode      ids.Episode
	Version      int
	Until        date.Day
	Outcome      string
	Satisfaction int // 1 to 5; 0: she was not asked, or did not say
	Cost         Money
	Remark       string
}

// Check finds what the person can correct.
func (c EndService) Check(r *Rules, e Episode, today date.Day) error {
	least := e.From
	if n := len(e.Pauses); n > 0 && e.Pauses[n-1].From.After(least) {
		least = e.Pauses[n-1].From
	}
	return fault.Join(r.need("outcome", "service_outcome", c.Outcome), between("satisfaction", c.Satisfaction, 0, 5), c.Cost.Check(r),
		within("until", c.Until, least, today), short("remark", c.Remark, wordsLimit))
}

// EndService keeps it. Saying it again is the same act.
func (d *Desk) EndService(ctx context.Context, w access.Who, c EndService) error {
	return d.serving(ctx, w, c.Episode, c.Version, "service_ended",
		func(e Episode) bool { return e.State == Ended && e.Outcome == c.Outcome && e.Until == c.Until },
		func(e Episode, today date.Day, _ time.Time) (Episode, error) {
			if e.State == Ended {
				return e, notNow()
			}
			if err := c.Check(d.Rules, e, today); err != nil {
				return e, err
			}
			return e.end(c), nil
		})
}

func (e Episode) end(c EndService) Episode {
	if n := len(e.Pauses); n > 0 && e.Pauses[n-1].Until.IsZero() {
		e.Pauses = append([]Pause(nil), e.Pauses...)
		e.Pauses[n-1].Until = c.Until
	}
	e.State, e.Until, e.Outcome, e.Satisfaction, e.Remark = Ended, c.Until, c.Outcome, c.Satisfaction, vault.Clear(c.Remark)
	if !c.Cost.IsZero() {
		e.Cost = c.Cost
	}
	return e
}
