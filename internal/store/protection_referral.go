package store

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type referralRow struct {
	ID            ids.Referral              `db:"id"`
	Version       int                       `db:"version"`
	Case          ids.Case                  `db:"case_id"`
	Code          ids.Code                  `db:"code"`
	From          ids.Org                   `db:"from_org"`
	To            ids.Org                   `db:"to_org"`
	Service       ids.Service               `db:"service"`
	Need          string                    `db:"need"`
	State         string                    `db:"state"`
	Live          int                       `db:"live"`
	Level         string                    `db:"level"`
	Weight        int                       `db:"weight"`
	Emergency     bool                      `db:"emergency"`
	Consent       ids.Consent               `db:"consent"`
	Previous      ids.Referral              `db:"previous"`
	By            ids.Account               `db:"by_account"`
	SentAt        stamp                     `db:"sent_at"`
	AckBy         stamp                     `db:"ack_by"`
	AckedAt       stamp                     `db:"acked_at"`
	AnsweredAt    stamp                     `db:"answered_at"`
	AnsweredBy    ids.Account               `db:"answered_by"`
	Arrival       stamp                     `db:"arrival_at"`
	ArrivedAt     stamp                     `db:"arrived_at"`
	Reason        string                    `db:"reason"`
	ClientRefused bool                      `db:"client_refused"`
	OverAt        stamp                     `db:"over_at"`
	BurntAt       stamp                     `db:"burnt_at"`
	Child         bool                      `db:"child"`
	OpenAsks      int                       `db:"open_asks"`
	HealthFrom    stamp                     `db:"health_from"`
	Packet        []byte                    `db:"packet"`
	PacketWords   asJSON[map[string][]byte] `db:"packet_words"`
	Asks          asJSON[[]askRow]          `db:"asks"`
	UnsharedAt    stamp                     `db:"unshared_at"`
	Kept          maybe                     `db:"kept"`
}

const referralColumns = `id, version, case_id, code, from_org, to_org, service, need, state, live, level, weight, emergency, consent,
	previous, by_account, sent_at, ack_by, acked_at, answered_at, answered_by, arrival_at, arrived_at, reason, client_refused, over_at, burnt_at, child,
	open_asks, health_from, packet, packet_words, asks, unshared_at, kept`

// askRow is one "more, please"; its value is sealed under the packet's key.
type askRow struct {
	Field    string      `json:"field"`
	Why      string      `json:"why"`
	At       time.Time   `json:"at"`
	By       ids.Account `json:"by"`
	Answered time.Time   `json:"answered"`
	Agreed   bool        `json:"agreed"`
	Value    []byte      `json:"value,omitempty"`
}

// packetCodes is the part of a packet that is no text, sealed as one.
type packetCodes struct {
	Sex         string            `json:"sex,omitempty"`
	AgeBand     string            `json:"age_band,omitempty"`
	Child       bool              `json:"child,omitempty"`
	Language    string            `json:"language,omitempty"`
	Interpreter bool              `json:"interpreter,omitempty"`
	Needs       []string          `json:"needs,omitempty"`
	DoNot       []string          `json:"do_not,omitempty"`
	Escort      protection.Answer `json:"escort,omitempty"`
	Dependants  int               `json:"dependants,omitempty"`
	Pregnancy   protection.Answer `json:"pregnancy,omitempty"`
	HealthFrom  time.Time         `json:"health_from,omitzero"`
	Age         date.Age          `json:"age,omitzero"`
}

// referralRow seals the packet for its receiver: the key belongs to the
// organisation it is addressed to, with the referral as subject.
func (t *tx) referralRow(x protection.Referral) (referralRow, error) {
	row := referralRow{ID: x.ID, Version: x.Version, Case: x.Case, Code: x.Code, From: x.From, To: x.To, Service: x.Service,
		Need: x.Need, State: string(x.State), Level: string(x.Level), Weight: x.Level.Rank(), Emergency: x.Emergency,
		Consent: x.Consent, Previous: x.Previous, By: x.By, SentAt: at(x.SentAt), AckBy: at(x.AckBy), AckedAt: at(x.AckedAt),
		AnsweredAt: at(x.AnsweredAt), AnsweredBy: x.AnsweredBy, Arrival: at(x.Arrival), ArrivedAt: at(x.ArrivedAt),
		Reason: x.Reason, ClientRefused: x.ClientRefused, Child: x.Child, HealthFrom: at(x.Packet.HealthFrom),
		UnsharedAt: at(x.UnsharedAt), Kept: maybe(x.Kept), OverAt: at(x.OverAt), BurntAt: at(x.BurntAt)}
	if x.State.Live() {
		row.Live = 1
	}
	if x.State.Over() || x.Burnt() { // nothing of the packet stays
		return row, nil
	}
	s := t.sealing(x.To, x.ID.UUID, "referral", x.ID.UUID)
	p := x.Packet
	row.Packet = s.sealJSON("packet", packetCodes{p.Sex, p.AgeBand, p.Child, p.Language, p.Interpreter, p.Needs, p.DoNot, p.Escort,
		p.Dependants, p.Pregnancy, p.HealthFrom, p.Age})
	row.PacketWords.V = map[string][]byte{"do_not": s.seal("do_not", p.DoNotWords), "contact": s.seal("contact", p.Contact),
		"arrival": s.seal("arrival", p.Arrival), "dependants": s.seal("dependants", p.DependantsWords),
		"medication": s.seal("medication", p.Medication), "disability": s.seal("disability", p.Disability),
		"call_name": s.seal("call_name", p.CallName)}
	for _, a := range x.Asks {
		row.Asks.V = append(row.Asks.V, askRow{a.Field, a.Why, a.At, a.By, a.Answered, a.Agreed, s.seal("ask_"+a.Field, a.Value)})
		if a.Answered.IsZero() {
			row.OpenAsks++
		}
	}
	return row, s.err
}

func (t *tx) referral(g access.Grant, r referralRow) (protection.Referral, error) {
	x := protection.Referral{ID: r.ID, Version: r.Version, Case: r.Case, Code: r.Code, From: r.From, To: r.To,
		Service: r.Service, Need: r.Need, State: protection.ReferralState(r.State), Level: protection.Danger(r.Level),
		Child: r.Child, Emergency: r.Emergency, Consent: r.Consent, Previous: r.Previous, By: r.By, SentAt: r.SentAt.Time, AckBy: r.AckBy.Time,
		AckedAt: r.AckedAt.Time, AnsweredAt: r.AnsweredAt.Time, AnsweredBy: r.AnsweredBy, Arrival: r.Arrival.Time,
		ArrivedAt: r.ArrivedAt.Time, Reason: r.Reason, ClientRefused: r.ClientRefused, UnsharedAt: r.UnsharedAt.Time, Kept: string(r.Kept),
		OverAt: r.OverAt.Time, BurntAt: r.BurntAt.Time}
	if len(r.Packet) == 0 || !g.Opens(r.ID.UUID) { // a verb that ends the request need not read the packet
		return x, nil
	}
	u, err := t.unsealing(r.ID.UUID, "referral", r.ID.UUID)
	if err != nil {
		return x, err
	}
	for _, a := range r.Asks.V {
		x.Asks = append(x.Asks, protection.Ask{Field: a.Field, Why: a.Why, At: a.At, By: a.By, Answered: a.Answered,
			Agreed: a.Agreed, Value: u.text("ask_"+a.Field, a.Value)})
	}
	var c packetCodes
	if err := u.openJSON(g, "packet", r.Packet, &c); err != nil {
		return x, err
	}
	w := r.PacketWords.V
	x.Packet = protection.Packet{Sex: c.Sex, AgeBand: c.AgeBand, Child: c.Child, Language: c.Language, Interpreter: c.Interpreter,
		Needs: c.Needs, DoNot: c.DoNot, DoNotWords: u.text("do_not", w["do_not"]), Contact: u.text("contact", w["contact"]),
		Arrival: u.text("arrival", w["arrival"]), Escort: c.Escort, Dependants: c.Dependants,
		DependantsWords: u.text("dependants", w["dependants"]), Pregnancy: c.Pregnancy, Medication: u.text("medication", w["medication"]),
		Disability: u.text("disability", w["disability"]), HealthFrom: c.HealthFrom, CallName: u.text("call_name", w["call_name"]), Age: c.Age}
	return x, nil
}

type serviceRow struct {
	ID           ids.Service `db:"id"`
	Version      int         `db:"version"`
	Org          ids.Org     `db:"org"`
	Need         string      `db:"need"`
	Name         string      `db:"name"`
	Active       bool        `db:"active"`
	Sexes        codes       `db:"sexes"`
	AgeFrom      int         `db:"age_from"`
	AgeTo        int         `db:"age_to"`
	WithChildren bool        `db:"with_children"`
	Disability   bool        `db:"disability"`
	Languages    codes       `db:"languages"`
	Places       codes       `db:"places"`
	Hours        string      `db:"hours"`
	FormalID     bool        `db:"formal_id"`
	Hidden       bool        `db:"hidden"`
	Free         int         `db:"free"`
	Capacity     int         `db:"capacity"`
	ConfirmedAt  stamp       `db:"confirmed_at"`
	CheckedAt    stamp       `db:"checked_at"`
	Units        unitPlaces  `db:"units"`
	Checked      date.Day    `db:"checked_day"`
	Points       few         `db:"points"`
	Right        date.Day    `db:"right_by"`
}

const serviceColumns = `id, version, org, need, name, active, sexes, age_from, age_to, with_children, disability, languages, places,
	hours, formal_id, hidden, free, capacity, confirmed_at, checked_at, units, checked_day, points, right_by`

func serviceRowOf(x protection.Service) serviceRow {
	return serviceRow{ID: x.ID, Version: x.Version, Org: x.Org, Need: x.Need, Name: x.Name, Active: x.Active, Sexes: inJSON(x.Sexes),
		AgeFrom: x.AgeFrom, AgeTo: x.AgeTo, WithChildren: x.WithChildren, Disability: x.Disability, Languages: inJSON(x.Languages),
		Places: inJSON(x.Places), Hours: x.Hours, FormalID: x.FormalID, Hidden: x.Hidden, Free: x.Free, Capacity: x.Capacity,
		ConfirmedAt: at(x.ConfirmedAt), CheckedAt: at(x.CheckedAt), Units: unitPlaces(x.Units),
		Checked: x.Checked, Points: few(x.Points), Right: x.Right}
}

func (r serviceRow) service() protection.Service {
	return protection.Service{ID: r.ID, Version: r.Version, Org: r.Org, Need: r.Need, Name: r.Name, Active: r.Active, Sexes: r.Sexes.V,
		AgeFrom: r.AgeFrom, AgeTo: r.AgeTo, WithChildren: r.WithChildren, Disability: r.Disability, Languages: r.Languages.V,
		Places: r.Places.V, Hours: r.Hours, FormalID: r.FormalID, Hidden: r.Hidden, Free: r.Free, Capacity: r.Capacity,
		ConfirmedAt: r.ConfirmedAt.Time, CheckedAt: r.CheckedAt.Time, Units: r.Units,
		Checked: r.Checked, Points: int(r.Points), Right: r.Right}
}

type dutyRow struct {
	ID       ids.Duty    `db:"id"`
	Version  int         `db:"version"`
	Org      ids.Org     `db:"org"`
	Province string      `db:"province"`
	Account  ids.Account `db:"account"`
	Rank     int         `db:"rank"`
	From     stamp       `db:"from_at"`
	Until    stamp       `db:"until_at"`
}

const dutyColumns = `id, version, org, province, account, rank, from_at, until_at`

func dutyRowOf(x protection.Duty) dutyRow {
	return dutyRow{ID: x.ID, Version: x.Version, Org: x.Org, Province: x.Province, Account: x.Account, Rank: x.Rank,
		From: at(x.From), Until: at(x.Until)}
}

func (r dutyRow) duty() protection.Duty {
	return protection.Duty{ID: r.ID, Version: r.Version, Org: r.Org, Province: r.Province, Account: r.Account, Rank: r.Rank,
		From: r.From.Time, Until: r.Until.Time}
}

type alertRow struct {
	ID      ids.Alert   `db:"id"`
	To      ids.Account `db:"to_account"`
	Key     string      `db:"key"`
	About   ids.UUID    `db:"about"`
	At      stamp       `db:"at"`
	Rank    int         `db:"rank"`
	State   string      `db:"state"` // WAITING, SENT, HUSHED, FAILED
	Tries   int         `db:"tries"`
	Next    stamp       `db:"next_at"`
	Done    stamp       `db:"done_at"`
	Problem string      `db:"problem"` // a code, never a message of the gateway
}
