package store

import (
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/prosecution"
)

type chargeRow struct {
	ID      ids.Charge                        `db:"id"`
	Version int                               `db:"version"`
	File    ids.File                          `db:"file"`
	Owner   ids.Org                           `db:"owner_org"`
	Suspect ids.Suspect                       `db:"suspect"`
	Initial string                            `db:"initial"`
	Current string                            `db:"present"`
	Final   string                            `db:"final"`
	On      date.Day                          `db:"on_day"`
	By      ids.Account                       `db:"by_account"`
	At      stamp                             `db:"at"`
	Changes asJSON[[]prosecution.Requalified] `db:"changes"`
}

const chargeColumns = `id, version, file, owner_org, suspect, initial, present, final, on_day, by_account, at, changes`

func chargeRowOf(x prosecution.Charge) chargeRow {
	return chargeRow{ID: x.ID, Version: x.Version + fresh(x.Version), File: x.File, Owner: x.Owner, Suspect: x.Suspect, Initial: x.Initial, Current: x.Current,
		Final: x.Final, On: x.On, By: x.By, At: at(x.At), Changes: inJSON(x.Changes)}
}

func (r chargeRow) charge() prosecution.Charge {
	return prosecution.Charge{ID: r.ID, Version: r.Version, File: r.File, Owner: r.Owner, Suspect: r.Suspect, Initial: r.Initial, Current: r.Current, Final: r.Final,
		On: r.On, By: r.By, At: r.At.Time, Changes: r.Changes.V}
}

type custodyRow struct {
	ID         ids.Custody `db:"id"`
	Version    int         `db:"version"`
	File       ids.File    `db:"file"`
	Owner      ids.Org     `db:"owner_org"`
	Suspect    ids.Suspect `db:"suspect"`
	From       stamp       `db:"from_at"`
	Extended   bool        `db:"extended"`
	ExtendedBy ids.Account `db:"extended_by"`
	ExtendedAt stamp       `db:"extended_at"`
	Due        stamp       `db:"due"`
	Until      stamp       `db:"until_at"`
	End        string      `db:"end_reason"`
	Over       string      `db:"over"`
	By         ids.Account `db:"by_account"`
	At         stamp       `db:"at"`
}

const custodyColumns = `id, version, file, owner_org, suspect, from_at, extended, extended_by, extended_at, due, until_at, end_reason, over, by_account, at`

func custodyRowOf(x prosecution.Custody) custodyRow {
	return custodyRow{ID: x.ID, Version: x.Version + fresh(x.Version), File: x.File, Owner: x.Owner, Suspect: x.Suspect, From: at(x.From), Extended: x.Extended,
		ExtendedBy: x.ExtendedBy, ExtendedAt: at(x.ExtendedAt), Due: at(x.Due), Until: at(x.Until), End: x.End, Over: x.Over, By: x.By, At: at(x.At)}
}

func (r custodyRow) custody() prosecution.Custody {
	return prosecution.Custody{ID: r.ID, Version: r.Version, File: r.File, Owner: r.Owner, Suspect: r.Suspect, From: r.From.Time, Extended: r.Extended,
		ExtendedBy: r.ExtendedBy, ExtendedAt: r.ExtendedAt.Time, Due: r.Due.Time, Until: r.Until.Time, End: r.End, Over: r.Over, By: r.By, At: r.At.Time}
}

type hearingRow struct {
	ID      ids.Hearing `db:"id"`
	Version int         `db:"version"`
	File    ids.File    `db:"file"`
	Owner   ids.Org     `db:"owner_org"`
	Level   int         `db:"level"`
	On      date.Day    `db:"on_day"`
	Closed  bool        `db:"closed"`
	State   string      `db:"state"`
	Reason  string      `db:"reason"`
	Harmed  string      `db:"harmed"`
	By      ids.Account `db:"by_account"`
	At      stamp       `db:"at"`
	HeldBy  ids.Account `db:"held_by"`
	HeldAt  stamp       `db:"held_at"`
}

const hearingColumns = `id, version, file, owner_org, level, on_day, closed, state, reason, harmed, by_account, at, held_by, held_at`

func hearingRowOf(x prosecution.Hearing) hearingRow {
	return hearingRow{ID: x.ID, Version: x.Version + fresh(x.Version), File: x.File, Owner: x.Owner, Level: int(x.Level), On: x.On, Closed: x.Closed, State: string(x.State),
		Reason: x.Reason, Harmed: string(x.Harmed), By: x.By, At: at(x.At), HeldBy: x.HeldBy, HeldAt: at(x.HeldAt)}
}

func (r hearingRow) hearing() prosecution.Hearing {
	return prosecution.Hearing{ID: r.ID, Version: r.Version, File: r.File, Owner: r.Owner, Level: prosecution.Instance(r.Level), On: r.On, Closed: r.Closed,
		State: prosecution.HearingState(r.State), Reason: r.Reason, Harmed: prosecution.Answer(r.Harmed), By: r.By, At: r.At.Time, HeldBy: r.HeldBy, HeldAt: r.HeldAt.Time}
}

type judgmentRow struct {
	ID          ids.Judgment `db:"id"`
	File        ids.File     `db:"file"`
	Charge      ids.Charge   `db:"charge"`
	Suspect     ids.Suspect  `db:"suspect"`
	Level       int          `db:"level"`
	Round       int          `db:"round"`
	On          date.Day     `db:"on_day"`
	Verdict     string       `db:"verdict"`
	Effect      string       `db:"effect"`
	Offence     string       `db:"offence"`
	Life        bool         `db:"life"`
	Months      int          `db:"months"`
	Suspended   int          `db:"suspended"`
	Fine        int64        `db:"fine"`
	Damages     int64        `db:"damages"`
	Confiscated bool         `db:"confiscated"`
	By          ids.Account  `db:"by_account"`
	At          stamp        `db:"at"`
}

const judgmentColumns = `id, file, charge, suspect, level, round, on_day, verdict, effect, offence, life, months, suspended, fine, damages, confiscated, by_account, at`

func judgmentRowOf(x prosecution.Judgment) judgmentRow {
	s := x.Sentence
	return judgmentRow{ID: x.ID, File: x.File, Charge: x.Charge, Suspect: x.Suspect, Level: int(x.Level), Round: x.Round, On: x.On, Verdict: string(x.Verdict),
		Effect: string(x.Effect), Offence: x.Offence, Life: s.Life, Months: s.Months, Suspended: s.Suspended, Fine: s.Fine, Damages: s.Damages, Confiscated: s.Confiscated,
		By: x.By, At: at(x.At)}
}

func (r judgmentRow) judgment() prosecution.Judgment {
	return prosecution.Judgment{ID: r.ID, File: r.File, Charge: r.Charge, Suspect: r.Suspect, Level: prosecution.Instance(r.Level), Round: r.Round, On: r.On,
		Verdict: prosecution.Verdict(r.Verdict), Effect: prosecution.Effect(r.Effect), Offence: r.Offence,
		Sentence: prosecution.Sentence{Life: r.Life, Months: r.Months, Suspended: r.Suspended, Fine: r.Fine, Damages: r.Damages, Confiscated: r.Confiscated}, By: r.By, At: r.At.Time}
}
