package store

import (
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type screeningRow struct {
	ID          ids.Screening                 `db:"id"`
	Version     int                           `db:"version"`
	Case        ids.Case                      `db:"case_id"`
	Owner       ids.Org                       `db:"owner_org"`
	By          ids.Account                   `db:"by_account"`
	State       string                        `db:"state"`
	Started     stamp                         `db:"started"`
	Ended       stamp                         `db:"ended"`
	Private     string                        `db:"private"`
	Apart       string                        `db:"apart"`
	Interpreter string                        `db:"interpreter"`
	Language    string                        `db:"language"`
	Urgent      codes                         `db:"urgent"`
	LimitsSaid  bool                          `db:"limits_said"`
	Consent     ids.Consent                   `db:"consent"`
	Account     []byte                        `db:"account_told"`
	Heard       []byte                        `db:"heard"`
	Profile     string                        `db:"profile"`
	Exploited   string                        `db:"exploited"`
	Act         string                        `db:"act"`
	Purpose     codes                         `db:"purpose"`
	Wants       []byte                        `db:"wants"`
	Suggestion  asJSON[protection.Suggestion] `db:"suggestion"`
	Verdict     string                        `db:"verdict"`
	Reason      string                        `db:"reason"`
	Words       []byte                        `db:"words"`
	DecidedBy   ids.Account                   `db:"decided_by"`
	DecidedAt   stamp                         `db:"decided_at"`
	Again       maybe                         `db:"again"`
}

const screeningColumns = `id, version, case_id, owner_org, by_account, state, started, ended, private, apart, interpreter, language,
	urgent, limits_said, consent, account_told, heard, profile, exploited, act, purpose, wants, suggestion, verdict, reason, words,
	decided_by, decided_at, again`

// heard is what was ticked, sealed as one.
type heard struct {
	Heard    []string                     `json:"heard,omitempty"`
	NotHeard map[string]protection.Answer `json:"not_heard,omitempty"`
}

func (t *tx) screeningRow(x protection.Screening, person ids.Person) (screeningRow, error) {
	s := t.sealing(x.Owner, person.UUID, "screening", x.ID.UUID)
	row := screeningRow{ID: x.ID, Version: x.Version, Case: x.Case, Owner: x.Owner, By: x.By, State: string(x.State),
		Started: at(x.Started), Ended: at(x.Ended), Private: string(x.Private), Apart: string(x.Apart), Interpreter: x.Interpreter,
		Language: x.Language, Urgent: inJSON(x.Urgent), LimitsSaid: x.LimitsSaid, Consent: x.Consent,
		Account: s.seal("account_told", x.Account), Heard: s.sealJSON("heard", heard{x.Heard, x.NotHeard}),
		Profile: string(x.Profile), Exploited: string(x.Exploited), Act: string(x.Act), Purpose: inJSON(x.Purpose),
		Wants: s.seal("wants", x.Wants), Suggestion: inJSON(x.Suggestion), Verdict: string(x.Verdict), Reason: x.Reason,
		Words: s.seal("words", x.Words), DecidedBy: x.DecidedBy, DecidedAt: at(x.DecidedAt), Again: maybe(x.Again)}
	return row, s.err
}

// screening reads a row with the keys of the person.
func (u *unsealer) screening(g access.Grant, r screeningRow) (protection.Screening, error) {
	u = u.at("screening", r.ID.UUID)
	var h heard
	if err := u.openJSON(g, "heard", r.Heard, &h); err != nil {
		return protection.Screening{}, err
	}
	return protection.Screening{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, By: r.By,
		State: protection.ScreeningState(r.State), Started: r.Started.Time, Ended: r.Ended.Time, Private: protection.Answer(r.Private),
		Apart: protection.Answer(r.Apart), Interpreter: r.Interpreter, Language: r.Language, Urgent: r.Urgent.V,
		LimitsSaid: r.LimitsSaid, Consent: r.Consent, Account: u.text("account_told", r.Account), Heard: h.Heard,
		NotHeard: h.NotHeard, Profile: protection.Profile(r.Profile), Exploited: protection.Answer(r.Exploited),
		Act: protection.Answer(r.Act), Purpose: r.Purpose.V, Wants: u.text("wants", r.Wants), Suggestion: r.Suggestion.V,
		Verdict: protection.Verdict(r.Verdict), Reason: r.Reason, Words: u.text("words", r.Words), DecidedBy: r.DecidedBy,
		DecidedAt: r.DecidedAt.Time, Again: string(r.Again)}, nil
}

type consentRow struct {
	ID          ids.Consent  `db:"id"`
	Version     int          `db:"version"`
	Case        ids.Case     `db:"case_id"`
	Owner       ids.Org      `db:"owner_org"`
	State       string       `db:"state"`
	Purpose     string       `db:"purpose"`
	Recipient   ids.Org      `db:"recipient"`
	Scope       codes        `db:"scope"`
	Language    string       `db:"language"`
	Interpreter string       `db:"interpreter"`
	Mode        string       `db:"mode"`
	GivenBy     string       `db:"given_by"`
	Assent      string       `db:"assent"`
	CarerAway   string       `db:"carer_away"`
	AskedBy     ids.Account  `db:"asked_by"`
	At          stamp        `db:"at"`
	Expires     stamp        `db:"expires"`
	WithdrawnAt stamp        `db:"withdrawn_at"`
	WithdrawnBy ids.Account  `db:"withdrawn_by"`
	Override    string       `db:"override"`
	LegalBasis  string       `db:"legal_basis"`
	ApprovedBy  ids.Account  `db:"approved_by"`
	PersonTold  string       `db:"person_told"`
	Witness     []byte       `db:"witness"`
	Approval    maybe        `db:"approval"`
	ApprovalAt  stamp        `db:"approval_at"`
	Guardian    ids.Guardian `db:"guardian"`
	Capacity    []byte       `db:"capacity"`
	Ethics      maybe        `db:"ethics"`
}

const consentColumns = `id, version, case_id, owner_org, state, purpose, recipient, scope, language, interpreter, mode, given_by,
	assent, carer_away, asked_by, at, expires, withdrawn_at, withdrawn_by, override, legal_basis, approved_by, person_told,
	witness, approval, approval_at, guardian, capacity, ethics`

func (t *tx) consentRow(x protection.Consent) (consentRow, error) {
	person, err := t.personOf(x.Case)
	if err != nil {
		return consentRow{}, err
	}
	s := t.sealing(x.Owner, person.UUID, "consent", x.ID.UUID)
	row := consentRow{ID: x.ID, Version: x.Version, Case: x.Case, Owner: x.Owner, State: string(x.State), Purpose: x.Purpose,
		Recipient: x.Recipient, Scope: inJSON(x.Scope), Language: x.Language, Interpreter: x.Interpreter, Mode: x.Mode,
		GivenBy: x.GivenBy, Assent: string(x.Assent), CarerAway: x.CarerAway, AskedBy: x.AskedBy, At: at(x.At),
		Expires: at(x.Expires), WithdrawnAt: at(x.WithdrawnAt), WithdrawnBy: x.WithdrawnBy, Override: x.Override,
		LegalBasis: x.LegalBasis, ApprovedBy: x.ApprovedBy, PersonTold: string(x.PersonTold), Witness: s.seal("witness", x.Witness),
		Approval: maybe(x.Approval), ApprovalAt: at(x.ApprovalAt),
		Guardian: x.Guardian, Capacity: s.seal("capacity", x.Capacity), Ethics: maybe(x.Ethics)}
	return row, s.err
}

// consentLine is a consent with the keys of the person.
type consentLine struct {
	consentRow
	keyPair
	Person ids.Person `db:"person"`
}

// consentsFrom reads consents with their keys, at once.
var consentsFrom = `SELECT ` + consentOwn + `, c.person AS person, ` + keyPairColumns + ` FROM consent x JOIN protection_case c ON c.id = x.case_id
	LEFT JOIN subject_key k ON k.subject = c.person LEFT JOIN org_key ON org_key.org = k.org `

// consentOwn are the columns of x, a consent.
var consentOwn = "x." + strings.ReplaceAll(strings.Join(strings.Fields(consentColumns), " "), ", ", ", x.")

func (t *tx) consent(l consentLine) (protection.Consent, error) {
	r := l.consentRow
	u, err := l.unsealing(t, l.Person.UUID, "consent", r.ID.UUID)
	if err != nil {
		return protection.Consent{}, err
	}
	return protection.Consent{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, State: protection.ConsentState(r.State),
		Purpose: r.Purpose, Recipient: r.Recipient, Scope: r.Scope.V, Language: r.Language, Interpreter: r.Interpreter, Mode: r.Mode,
		GivenBy: r.GivenBy, Assent: protection.Answer(r.Assent), CarerAway: r.CarerAway, AskedBy: r.AskedBy, At: r.At.Time,
		Expires: r.Expires.Time, WithdrawnAt: r.WithdrawnAt.Time, WithdrawnBy: r.WithdrawnBy, Override: r.Override,
		LegalBasis: r.LegalBasis, ApprovedBy: r.ApprovedBy, PersonTold: protection.Answer(r.PersonTold),
		Witness: u.text("witness", r.Witness), Approval: protection.Approval(r.Approval), ApprovalAt: r.ApprovalAt.Time,
		Guardian: r.Guardian, Capacity: u.text("capacity", r.Capacity), Ethics: string(r.Ethics)}, nil
}

type eventRow struct {
	ID   ids.Event   `db:"id"`
	Case ids.Case    `db:"case_id"`
	At   stamp       `db:"at"`
	By   ids.Account `db:"by_account"`
	Org  ids.Org     `db:"org"`
	Verb string      `db:"verb"`
	Code string      `db:"code"`
}

func (r eventRow) event() protection.Event {
	return protection.Event{ID: r.ID, Case: r.Case, At: r.At.Time, By: r.By, Org: r.Org, Verb: r.Verb, Code: r.Code}
}
