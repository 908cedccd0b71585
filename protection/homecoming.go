package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Homecoming is a return that she decides on (PROCESS.md §2.10): how she decided,
// what was looked at before, who receives her, and who was told what. One for
// each case; every word and name is sealed under the key of the person.
type Homecoming struct {
	Case    ids.Case
	Version int
	Owner   ids.Org
	By      ids.Account
	At      time.Time

	Freely   Answer   // nobody pushed her
	Informed Answer   // she was told what awaits her there, in her language, and that staying costs her no service
	Decided  date.Day // the day of her decision in writing
	Abroad   Answer   // the way crosses a border
	Checks   map[string]Answer
	Risks    vault.Text // what threatens her there, family included, and what is done about it

	Receiving ids.Org    // who receives her
	Host      vault.Text // the same in words, where no organisation of ours does
	Contact   vault.Text // whom she calls on arrival: not the police unless she says so

	Leaves  date.Day
	Arrived date.Day
	Parties []Party

	// She does not leave after all.
	Stopped time.Time  // when it was said, the last time
	Changed vault.Text // what she said then

	// While her time to think runs nobody is sent away (§2.6): she says herself that
	// she wants to leave before it is over, and a second person stands behind it.
	Early    vault.Text
	BackedBy ids.Account
	BackedAt time.Time

	// Of a child, before anybody takes her in (§2.9 7).
	Into     string     // whom she goes to: code list "return_into"
	Traced   string     // what tracing found: code list "tracing_result"
	TracedBy vault.Text // who traced
	TracedOn date.Day
	Safe     Answer // the family was visited and found safe
}

// Party is somebody outside who has a part in a return: an embassy, a referral
// mechanism abroad, her family there.
type Party struct {
	ID    ids.Party
	Kind  string     // code list "party_kind"
	Where string     // code list "country"
	Name  vault.Text // who exactly
	Phone vault.Text
	Told  []string // what they were told, code list "party_told": never her story
	By    ids.Account
	At    time.Time

	Ended    time.Time // since when nothing more is told: she took it back, or does not leave
	Released time.Time // when they were told that, and no more
}

// purpose is the consent that telling them anything rests on.
func (p Party) purpose() string {
	if p.Kind == "FAMILY_ABROAD" || p.Kind == "FAMILY" {
		return P6Family
	}
	return P5Abroad
}

// untraced says what is missing for a child: who traced her family and what came of
// it, that a family which takes her in was found safe, and whom she calls when she
// has arrived (PROCESS.md §2.9 7, §2.10).
func (h Homecoming) untraced() []string {
	var keys []string
	add := func(missing bool, key string) {
		if missing {
			keys = append(keys, key)
		}
	}
	add(h.Traced == "" || h.TracedBy.IsZero() || h.TracedOn.IsZero() || h.Into == "", "fault.return.tracing")
	add(h.Into == intoFamily && (h.Traced != familyFound || h.Safe != Yes), "fault.return.unsafe")
	add(h.Contact.IsZero(), "fault.return.contact")
	return keys
}

// received says whether she arrived and somebody who said yes to it follows her
// there: then no visit of ours is waited for (PROCESS.md §2.10 RETURNED_HANDED_OVER).
func (h Homecoming) received() bool {
	by := !h.Receiving.IsZero() || slices.ContainsFunc(h.Parties, func(p Party) bool {
		return p.Kind == "FOREIGN_NRM" || p.Kind == "HOST_ORG" || p.Kind == "IO"
	})
	return by && !h.Arrived.IsZero() && h.Checks["RECEIVING"] == Yes
}

// The answers about tracing that rules know.
const (
	intoFamily  = "FAMILY"
	familyFound = "FOUND"
)

// lacks says what is missing on the paper itself, the checks of PROCESS.md §2.10
// among it (code list "return_check"): all must be answered; a no is possible, and
// is then said in words.
func (h Homecoming) lacks(checks []string) []string {
	var keys []string
	add := func(missing bool, key string) {
		if missing {
			keys = append(keys, key)
		}
	}
	add(h.Version == 0 || h.Freely != Yes || h.Decided.IsZero(), "fault.return.freely")
	add(h.Informed != Yes, "fault.return.informed")
	add(h.Receiving.IsZero() && h.Host.IsZero(), "fault.return.receiving")
	unanswered := slices.ContainsFunc(checks, func(k string) bool { return h.Checks[k] != Yes && h.Checks[k] != No })
	refused := slices.ContainsFunc(checks, func(k string) bool { return h.Checks[k] == No })
	add(unanswered, "fault.return.checks")
	add(refused && h.Risks.IsZero(), "fault.return.risks")
	return keys
}

// unready says what is missing before she leaves: the paper, her consent where a
// border is crossed, a look at the danger before it, and for a child her best
// interests, a panel's yes and a guardian (PROCESS.md §2.3 A10).
func (d *Desk) unready(ctx context.Context, g access.Grant, one Case, h Homecoming) ([]string, error) {
	keys := h.lacks(d.Rules.list("return_check"))
	consents, err := d.Store.Consents(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if h.Abroad != No && !stands(consents, P5Abroad, d.Now()) {
		keys = append(keys, "fault.return.consent")
	}
	thinking, err := d.Store.Reflection(ctx, g, one.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if thinking.State.Runs() && h.Early.IsZero() {
		keys = append(keys, "fault.return.reflection")
	} else if thinking.State.Runs() && h.BackedBy.IsZero() {
		keys = append(keys, "fault.return.backed")
	}
	looked, err := d.Store.Assessments(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(looked, func(a Assessment) bool { return a.Moment == "BEFORE_RETURN" && a.At.After(one.Since) }) {
		keys = append(keys, "fault.return.assess")
	}
	if !one.Child {
		return keys, nil
	}
	keys = append(keys, h.untraced()...)
	weighed, err := d.Store.Weighed(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(weighed, func(x Interests) bool { return x.About == "RETURN" && !x.ByPanel() }) {
		keys = append(keys, "fault.return.interests")
	}
	if !determined(weighed, "RETURN") {
		keys = append(keys, "fault.return.panel")
	}
	beside, err := d.Store.Guardians(ctx, g, one.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(beside, func(x Guardian) bool { return x.Kind == Appointed && x.Standing() }) {
		keys = append(keys, "fault.return.guardian")
	}
	return keys, nil
}

// Homecoming reads the return of a case; the zero record when nothing was prepared.
func (d *Desk) Homecoming(ctx context.Context, w access.Who, id ids.Case) (Case, Homecoming, []string, access.Grant, error) {
	g, err := d.may(ctx, w, access.ReturnRead, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return Case{}, Homecoming{}, nil, g, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err != nil {
		return one, Homecoming{}, nil, g, err
	}
	h, err := d.Store.Homecoming(ctx, g, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return one, h, nil, g, err
	}
	h.Case, h.Owner = one.ID, one.Owner
	missing, err := d.unready(ctx, g, one, h)
	return one, h, missing, g, err
}
