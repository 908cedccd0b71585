package invent

import (
	"inkingi/internal/ids"
	"inkingi/protection"
)

// agreesEvery is how many agree to a plan for one who agrees to be compared too (P2) [J].
const agreesEvery = 8

// seenElsewhere lets somebody be helped in two houses: a grown-up who comes to another house than
// the last who agreed to be compared, and goes as far, is she. Nothing is drawn for it.
func (l *life) seenElsewhere(n *protection.Newcomer) {
	she := l.w.abroad
	if she.Name == "" || l.w.abroadAt == l.owner || n.Child || l.young || l.goal < referred || !l.m.twin.ID.IsZero() {
		l.came = *n
		return
	}
	n.Name, n.Sex, n.Age.Years, l.met = she.Name, she.Sex, she.Age.Years, true
	l.w.abroad = protection.Newcomer{}
	l.came = *n
}

// abroad is her yes to a pseudonymous record in the national system, of a few; who is
// helped in two houses says so in the second, and that house asks.
func (l *life) abroad() error {
	if l.child {
		return nil
	}
	if l.w.plans++; !l.met && l.w.plans%agreesEvery != 1 {
		return nil
	}
	r := l.w.later
	yes := protection.AskConsent{ID: ids.At[ids.Consent](l.at, entropy{r}), Case: l.one, Purpose: protection.P2National, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}
	if err := l.d.AskConsent(l.ctx, l.screener, yes); err != nil {
		return err
	}
	if !l.met {
		l.w.abroad, l.w.abroadAt = l.came, l.owner
		return nil
	}
	return l.d.Inquire(l.ctx, l.manager, protection.Inquire{ID: ids.At[ids.Inquiry](l.at, entropy{r}), Case: l.one, Reason: "SHE_SAYS", Told: true})
}
