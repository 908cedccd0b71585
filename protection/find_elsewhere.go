package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// mostElsewhere is how many other organisations one question reaches at most [J]: who
// is helped in four places needs a conference, and a frequent name must ring nowhere.
const mostElsewhere = 3

// FindElsewhere is the program's: it compares the person of a question with those of
// other organisations who agreed to it too, by keyed tokens and without opening
// anybody, and puts each that is found before the coordinator and before who follows
// her there. Of a question that finds nobody the same is kept as of one that does.
func (d *Desk) FindElsewhere(ctx context.Context, w access.Who, id ids.Inquiry) error {
	g, err := d.mayAll(ctx, w, access.LiaisonFind, access.Object{Kind: access.LiaisonKind}, access.ForCoordination)
	if err != nil {
		return err
	}
	x, err := d.Store.Inquiry(ctx, g, id)
	if err != nil {
		return err
	}
	if !x.LookedAt.IsZero() {
		return notNow()
	}
	found, err := d.Store.Elsewhere(ctx, g, id, mostElsewhere)
	if err != nil {
		return err
	}
	now := d.Now()
	x.LookedAt = now
	change := Change{Inquiries: []Inquiry{x}}
	for _, one := range found {
		l := Liaison{ID: ids.New[ids.Liaison](), Inquiry: x.ID, Reference: ids.NewCode(d.Random), Case: one.Case, Owner: one.Owner, State: LiaisonOpen, At: now, Due: d.Rules.Due(liaisonDue, now)}
		change.Liaisons = append(change.Liaisons, l)
		change.Tasks = append(change.Tasks, d.Rules.task(one.Case, liaisonDue, now))
		change.Alerts = append(change.Alerts, d.tell(one.Holder, "alert.signal", l.ID.UUID)...)
		if err := d.tellCoordinators(ctx, &change, l.ID); err != nil {
			return err
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.LiaisonKind, id.UUID), change)
}

// tellCoordinators rings who brings organisations together.
func (d *Desk) tellCoordinators(ctx context.Context, change *Change, about ids.Liaison) error {
	all, err := d.Store.Coordinators(ctx, d.Now())
	for _, one := range all {
		change.Alerts = append(change.Alerts, d.tell(one.Account, "alert.signal", about.UUID)...)
	}
	return err
}
