package invent

import (
	"math/rand/v2"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// entropy makes identifiers out of the seed's randomness.
type entropy struct{ r *rand.Rand }

func (e entropy) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e.r.Uint32())
	}
	return len(b), nil
}

var stories = []string{
	"Une jeune fille ne sort jamais de la maison où elle travaille.",
	"Trois garçons sont partis en camion avec un homme que personne ne connaît.",
	"On lui a pris ses papiers et elle n'est pas payée.",
	"Un groupe attend près de la gare routière, une dame tient tous les passeports.",
	"Une voisine dit qu'elle doit rembourser son voyage avant de partir.",
}

var accounts = []string{
	"Elle raconte qu'on lui avait promis un travail de vendeuse. À l'arrivée, le travail était autre et on gardait son téléphone.",
	"Il dit être parti avec d'autres jeunes pour la récolte. Personne n'a été payé.",
	"Elle préfère ne pas tout dire aujourd'hui. Elle veut d'abord dormir en sécurité.",
}

var signs = [][]string{
	{"D1_JOB", "D1_WAGE", "D4_HOURS", "D4_LOWPAY", "D4_LIVING", "D5_DOCS", "D5_ISOL"},
	{"D1_JOB", "D1_COND", "D2_DEBT", "D5_DEBT", "D5_DOCS"},
	{"D3_ECON", "D3_NOINFO", "D3_FAMDIFF"},
	{"D1_WAGE"},
}

// known keeps the indicator codes that the country's sheets hold.
func (l *life) known(codes []string) []string {
	var out []string
	for _, c := range codes {
		for _, i := range l.w.rules.Indicators {
			if i.Code == c {
				out = append(out, c)
			}
		}
	}
	return out
}

func (l *life) screened() error {
	r := l.w.rand
	if l.goal == left && !l.child {
		if err := l.d.Leave(l.ctx, l.screener, protection.Leave{Case: l.one, Version: 1, Reason: "NOT_NOW", Told: true}); err != nil {
			return err
		}
		if err := l.forgotten(); err != nil {
			return err
		}
		return errDone{}
	}
	l.screening = ids.At[ids.Screening](l.at, entropy{r})
	err := l.d.Begin(l.ctx, l.screener, protection.Begin{ID: l.screening, Case: l.one, Version: 1, Private: protection.Yes, Apart: protection.Yes,
		Interpreter: pick(r, "NOT_NEEDED", "NOT_NEEDED", "OURS"), Language: "rn"})
	if err != nil {
		return err
	}
	l.at = l.at.Add(20 * time.Minute)
	c := protection.Listen{Screening: l.screening, Version: 1, LimitsSaid: true, Account: pick(r, accounts...), Heard: l.known(pick(r, signs...)),
		Profile: protection.Labour, Exploited: pick(r, protection.Yes, protection.Yes, protection.No), Act: protection.Yes, Wants: "Dormir, manger, prévenir sa mère."}
	if c.Exploited == protection.No {
		c.Purpose = []string{"PROMISE", "DOCUMENTS_HELD"}
	}
	if err := l.d.Listen(l.ctx, l.screener, c); err != nil {
		return err
	}
	if l.goal == stopped {
		if err := l.d.Stop(l.ctx, l.screener, protection.Stop{Screening: l.screening, Version: 2}); err != nil {
			return err
		}
		return errDone{}
	}
	return l.reach(heard)
}

func (l *life) judged() error {
	c := protection.Judge{Screening: l.screening, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT", Child: l.child}
	if l.goal == notTIP {
		c.Verdict, c.Reason, c.Words = protection.NotIndicated, "NO_INDICATION", "Après l'entretien, il s'agit d'un différend de salaire."
	}
	if err := l.d.Judge(l.ctx, l.screener, c); err != nil {
		return err
	}
	return l.reach(presumed)
}

func (l *life) answered() error {
	supervisor := l.w.as(access.Supervisor, l.owner)
	if err := l.d.Ratify(l.ctx, supervisor, protection.Ratify{Case: l.one, Version: 3}); err != nil {
		return err
	}
	manager := l.w.as(access.CaseManager, l.owner)
	l.manager = manager
	if l.goal != notTIP {
		if err := l.d.Assign(l.ctx, supervisor, protection.Assign{Case: l.one, Version: 4, Manager: manager.Account}); err != nil {
			return err
		}
	}
	if l.goal == notTIP {
		if err := l.sentAway(supervisor); err != nil {
			return err
		}
	}
	if l.goal == left || l.goal == notTIP {
		return errDone{}
	}
	if err := l.emergency(); err != nil {
		return err
	}
	version := 5
	if chance(l.w.rand, 60) || l.child {
		if err := l.assessed(manager); err != nil {
			return err
		}
		version++
	}
	if l.child && chance(l.w.rand, 80) {
		if err := l.accompanied(manager, version); err != nil {
			return err
		}
	}
	if l.goal == ratified && chance(l.w.rand, 50) {
		if err := l.noted(manager); err != nil {
			return err
		}
		if err := l.planned(manager, supervisor); err != nil {
			return err
		}
	}
	return l.reach(ratified)
}

// assessed is the first look at what threatens her, by who follows her.
func (l *life) assessed(manager access.Who) error {
	r := l.w.rand
	l.at = l.at.Add(time.Duration(2+r.IntN(20)) * time.Hour)
	c := protection.Assess{ID: ids.At[ids.Assessment](l.at, entropy{r}), Case: l.one, Version: 5, Moment: "FIRST", Level: protection.Green, Reflect: l.thinks(),
		Needs: map[string]protection.Pressing{"SAFE.SHORT": protection.Urgent, "MED.GENERAL": protection.Later},
		Led:   []string{pick(r, "LIVELIHOOD", "DISASTER", "DEBT"), pick(r, "OUT_OF_SCHOOL", "NO_PAPERS")},
		Risks: map[string]protection.Answer{}, Own: "Elle craint surtout qu'on aille voir sa mère."}
	for _, f := range l.w.rules.Risks {
		c.Risks[f.Code] = pick(r, protection.No, protection.No, protection.No, protection.No, protection.No, protection.No, protection.Unknown, protection.Yes)
	}
	c.Level = protection.SuggestRisk(l.w.rules.Risks, c.Risks)
	l.assessedAs = c.Level
	if l.safe = c.Level != protection.Green || chance(r, 70) || l.child; l.safe {
		c.Signs, c.People, c.Steps = "Une voiture qui attend devant la porte.", "La responsable du centre, à toute heure.", "Elle ne sort pas seule cette semaine."
	}
	return l.d.Assess(l.ctx, manager, c)
}

func (l *life) referred() error {
	r := l.w.rand
	if l.goal > referred && (chance(r, 80) || l.child) {
		if err := l.noted(l.manager); err != nil {
			return err
		}
		if err := l.planned(l.manager, l.w.as(access.Supervisor, l.owner)); err != nil {
			return err
		}
	}
	to := pick(r, l.w.services...)
	consent := ids.At[ids.Consent](l.at, entropy{r})
	ask := protection.AskConsent{ID: consent, Case: l.one, Purpose: protection.P3ShareReferral, Recipient: to.Org, Scope: []string{"minimum", "arrival", "call_name"},
		Said: true, Agreed: protection.Yes, Language: "rn", Interpreter: "NOT_NEEDED", Mode: "ORAL_WITNESSED", Witness: "N. K., assistante sociale", GivenBy: "SELF"}
	if l.child {
		ask.Assent, ask.Mode = protection.Yes, "WRITTEN"
		ask.GivenBy, ask.Guardian, ask.Involved, ask.CarerAway = l.carer()
	}
	if err := l.d.AskConsent(l.ctx, l.screener, ask); err != nil {
		return err
	}
	if l.goal == referred { // still waiting: sent not long ago
		l.at = l.w.Now().Add(-time.Duration(5+r.IntN(400)) * time.Minute)
	}
	id := ids.At[ids.Referral](l.at, entropy{r})
	err := l.d.Refer(l.ctx, l.screener, protection.Refer{ID: id, Case: l.one, Service: to.ID, Need: to.Need, Consent: consent,
		Packet: protection.Parcel{Needs: []string{to.Need}, DoNot: []string{"DO_NOT_ASK_STORY", "DO_NOT_CALL"}, Contact: "Par nous seulement, le matin.", Arrival: "Nous l'accompagnons en voiture.", CallName: "Mimi"}})
	if err != nil {
		return err
	}
	if l.goal == cancelled {
		if err := l.d.Cancel(l.ctx, l.screener, protection.Cancel{Referral: id, Version: 1, Reason: "CLIENT_REFUSED", ClientRefused: true}); err != nil {
			return err
		}
		return errDone{}
	}
	if l.goal == referred {
		return errDone{}
	}
	return l.hosted(id, to)
}

// hosted is the other side: the organisation that was asked.
func (l *life) hosted(id ids.Referral, to protection.Service) error {
	host := l.w.host(to.Org)
	if l.goal == turned {
		if err := l.d.Decline(l.ctx, host, protection.Decline{Referral: id, Version: 1, Reason: pick(l.w.rand, "NO_CAPACITY", "OUT_OF_AREA", "NOT_ELIGIBLE.AGE")}); err != nil {
			return err
		}
		return errDone{}
	}
	if err := l.d.Acknowledge(l.ctx, host, protection.Acknowledge{Referral: id, Version: 1}); err != nil {
		return err
	}
	if l.goal == acknowledged {
		return errDone{}
	}
	if err := l.d.Accept(l.ctx, host, protection.Accept{Referral: id, Version: 2, Arrival: l.at.Add(4 * time.Hour), Extra: true}); err != nil {
		return err
	}
	if l.goal == accepted {
		return errDone{}
	}
	if err := l.d.Arrive(l.ctx, host, protection.Arrive{Referral: id, Version: 3}); err != nil {
		return err
	}
	if err := l.housed(id, to, host); err != nil {
		return err
	}
	if err := l.complained(to); err != nil {
		return err
	}
	if err := l.provided(id, host); err != nil {
		return err
	}
	if err := l.formally(); err != nil {
		return err
	}
	if err := l.followed(l.manager); err != nil {
		return err
	}
	return errDone{}
}

// host is whoever answers requests in an organisation.
func (w *world) host(org ids.Org) access.Who {
	if who := w.as(access.ServiceProvider, org); !who.Account.IsZero() {
		return who
	}
	return w.as(access.Supervisor, org)
}

// received is where every life that went on has ended.
func (l *life) received() error { return errDone{} }

// thinks is what she says of her time to think.
func (l *life) thinks() protection.Reflect {
	to := pick(l.w.rand, protection.Thinking, protection.Thinking, protection.Offered, protection.NoThanks, protection.NotOffered)
	one := protection.Reflect{To: to, Sheltered: pick(l.w.rand, protection.Yes, protection.Yes, protection.No)}
	if to == protection.NotOffered {
		one.Why = pick(l.w.rand, "CARE_FIRST", "NOT_ALONE", "TOO_SOON")
	}
	return one
}

// accompanied names who stands by a child.
func (l *life) accompanied(manager access.Who, version int) error {
	r := l.w.rand
	l.beside = ids.At[ids.Guardian](l.at, entropy{r})
	return l.d.Stand(l.ctx, manager, protection.Stand{ID: l.beside, Case: l.one, CaseVersion: version, Kind: protection.Trusted,
		Relation: pick(r, "SOCIAL_WORKER", "SHELTER_WORKER", "COMMUNITY"), Agreed: protection.Yes, Involved: protection.No,
		Name: "Personne inventée", Why: "L'enfant la connaît et l'a demandée."})
}

// carer is who says yes for a child: somebody who stands by her and had no part in
// it, or the authority while nobody does.
func (l *life) carer() (givenBy string, who ids.Guardian, involved protection.Answer, away string) {
	if l.beside.IsZero() {
		return "AUTHORITY", who, protection.NotAsked, "ABSENT"
	}
	return "GUARDIAN", l.beside, protection.No, ""
}
