package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Caseload is how much somebody carries: open cases by danger, and what is late.
// A case is carried by who manages it, or until then by who is to talk with her.
type Caseload struct {
	Worker ids.Account
	Red    int // with those whose danger nobody has judged yet
	Orange int
	Green  int
	Late   int // tasks
}

// Open is how many cases it is.
func (c Caseload) Open() int { return c.Red + c.Orange + c.Green }

// Caseloads counts for each worker of the reader's organisation who carries
// anything. Cases the reader is barred from are in no count.
func (d *Desk) Caseloads(ctx context.Context, w access.Who) ([]Caseload, error) {
	g, err := d.mayAll(ctx, w, access.CaseloadList, access.Object{Kind: access.CaseKind}, access.ForSupervision)
	if err != nil {
		return nil, err
	}
	return d.Store.Caseloads(ctx, g, d.Now())
}

// Held is everything of an organisation that would be left with nobody if a
// worker left. Tasks go with their case.
type Held struct {
	Cases    []CaseLine     // open, with the worker in a seat
	Signals  []ids.Signal   // taken, and not yet triaged
	Requests []ReferralLine // live, sent by the worker
	Duties   []Duty         // lines of the roster that are not over
	Covers   []Cover        // where the worker was to stand in
}

// Empty says whether nothing would be left with nobody.
func (h Held) Empty() bool {
	return len(h.Cases)+len(h.Signals)+len(h.Requests)+len(h.Duties)+len(h.Covers) == 0
}

// Held lists what a worker of the reader's organisation carries.
func (d *Desk) Held(ctx context.Context, w access.Who, worker ids.Account) (Held, error) {
	g, err := d.mayAll(ctx, w, access.CaseloadHandOn, access.Object{Kind: access.CaseKind}, access.ForSupervision)
	if err != nil {
		return Held{}, err
	}
	return d.Store.Held(ctx, g, worker, d.Now())
}
