package invent

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// followed is what comes after help, of some whose plan goes well: reintegration,
// how she is at its beginning, a business, and now and then nobody answers.
func (l *life) followed(manager access.Who) error {
	r := l.w.rand
	one, err := l.m.cases.get(l.one)
	if err != nil {
		return err
	}
	p, err := l.m.PlanOf(l.ctx, access.Grant{}, l.one)
	if err != nil || one.State != protection.InAssistance || p.State != protection.AgreedTo && p.State != protection.Approved || !done(p) || chance(r, 60) {
		return nil
	}
	l.later(40)
	if err := l.d.Advance(l.ctx, manager, protection.Advance{Case: l.one, Version: one.Version, To: protection.InReintegration}); err != nil {
		return err
	}
	v := protection.KeepVisit{ID: ids.At[ids.Visit](l.at, entropy{r}), Case: l.one, Moment: protection.AtEntry, Day: l.w.rules.Day(l.at), Mode: "SAFE_PLACE", Result: "REACHED", Satisfaction: 1 + r.IntN(5), Scores: map[string]int{}}
	for _, domain := range l.w.rules.Codes("outcome_domain") {
		v.Scores[domain] = 1 + r.IntN(4)
	}
	if err := l.d.KeepVisit(l.ctx, manager, v); err != nil {
		return err
	}
	if chance(r, 50) {
		b := protection.KeepBusiness{ID: ids.At[ids.Business](l.at, entropy{r}), Case: l.one, Kind: pick(r, "SEWING", "FOOD_SHOP", "FOOD_WHOLESALE", "CAFETERIA"), From: l.w.rules.Day(l.at),
			Funders: []string{pick(r, "NGO", "INTERNATIONAL")}, Cost: protection.Money{Units: int64(100+r.IntN(300)) * 1000, Currency: "BIF"}}
		if err := l.d.KeepBusiness(l.ctx, manager, b); err != nil {
			return err
		}
	}
	l.later(24 * 20)
	if chance(r, 35) {
		try := protection.KeepVisit{ID: ids.At[ids.Visit](l.at, entropy{r}), Case: l.one, Moment: "OTHER", Day: l.w.rules.Day(l.at), Mode: "TRUSTED", Result: pick(r, "NO_ANSWER", "NUMBER_DEAD")}
		return l.d.KeepVisit(l.ctx, manager, try)
	}
	return nil
}

// done says whether a step of a plan is done.
func done(p protection.Plan) bool {
	for _, s := range p.Steps {
		if s.End == "DONE" {
			return true
		}
	}
	return false
}
