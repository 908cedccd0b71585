package protection

import (
	"context"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// LookInto says that somebody looks into a complaint.
type LookInto struct {
	Complaint ids.Complaint
	Version   int
}

// LookInto keeps it. Saying it again is the same act.
func (d *Desk) LookInto(ctx context.Context, w access.Who, c LookInto) error {
	return d.complaint(ctx, w, access.ComplaintLook, c.Complaint, c.Version, func(x Complaint) bool { return x.State == ComplaintLooked && x.LookedBy == w.Account },
		func(x Complaint, now time.Time) (Complaint, error) {
			return x.look(w.Account, now, d.Rules.Due(ComplaintKey(x.Kind, ComplaintLooked), x.At))
		})
}

// AnswerComplaint ends a complaint: with what was done and what she was told, or
// without an answer, with the reason.
type AnswerComplaint struct {
	Complaint ids.Complaint
	Version   int
	End       string // code list "complaint_end"; "" when she was answered
	Done      string
	Told      string
}

// Check finds what the person can correct.
func (c AnswerComplaint) Check(r *Rules) error {
	errs := []error{r.code("end", "complaint_end", c.End), short("done", c.Done, accountLimit), short("told", c.Told, accountLimit)}
	if c.End == "" {
		errs = append(errs, needed("done", strings.TrimSpace(c.Done)), needed("told", strings.TrimSpace(c.Told)))
	}
	return fault.Join(errs...)
}

// AnswerComplaint keeps it; who wrote the complaint down is told, for she may ask.
func (d *Desk) AnswerComplaint(ctx context.Context, w access.Who, c AnswerComplaint) error {
	return d.complaint(ctx, w, access.ComplaintAnswer, c.Complaint, c.Version, func(x Complaint) bool { return x.State.Over() && x.EndedBy == w.Account && x.End == c.End },
		func(x Complaint, now time.Time) (Complaint, error) {
			if err := c.Check(d.Rules); err != nil {
				return x, err
			}
			return x.answer(c, w.Account, now)
		})
}

// complaint is the shape of what happens to a complaint: decide, read, change, save.
func (d *Desk) complaint(ctx context.Context, w access.Who, a access.Action, id ids.Complaint, version int, done func(Complaint) bool, change func(Complaint, time.Time) (Complaint, error)) error {
	g, err := d.may(ctx, w, a, access.ComplaintKind, id.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	x, err := d.Store.Complaint(ctx, g, id)
	if err != nil {
		return err
	}
	if x.Version > version && done(x) {
		return nil
	}
	now := d.Now()
	x.Version = version
	if x, err = change(x, now); err != nil {
		return err
	}
	out := Change{Complaints: []Complaint{x}, Hush: []ids.UUID{x.ID.UUID}}
	if x.State.Over() && x.By != w.Account && !barredAccount(x.Bars, x.By) {
		out.Alerts = d.tell(x.By, "alert.answer", x.ID.UUID)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), out)
}
