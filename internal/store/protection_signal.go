package store

import (
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// where is a place as the tables keep it: the code as given, what was written
// (sealed), and the province, commune and zone above it for filtering.
type where struct {
	Place    string `db:"place"`
	Written  []byte `db:"place_written"`
	Province string `db:"province"`
	Commune  string `db:"commune"`
	Zone     string `db:"zone"`
}

func (t *tx) whereOf(g place.Given, written []byte) where {
	w := t.s.above(g.Code)
	w.Written = written
	return w
}

// above is a place with what lies above it.
func (s *Store) above(code place.Code) where {
	w := where{Place: string(code)}
	for _, p := range s.options.Places.Path(code) {
		switch p.Kind {
		case place.Province:
			w.Province = string(p.Code)
		case place.Commune:
			w.Commune = string(p.Code)
		case place.Zone:
			w.Zone = string(p.Code)
		}
	}
	return w
}

type signalRow struct {
	ID      ids.Signal `db:"id"`
	Version int        `db:"version"`
	State   string     `db:"state"`
	Channel string     `db:"channel"`
	Now     string     `db:"danger_now"`
	where
	Spot       []byte       `db:"spot"`
	When       date.Date    `db:"seen_when"`
	Seen       []byte       `db:"seen"`
	People     int          `db:"people"`
	Children   string       `db:"children"`
	Reporter   ids.Reporter `db:"reporter"`
	RaisedBy   ids.Account  `db:"raised_by"`
	RaisedOrg  ids.Org      `db:"raised_org"`
	RaisedAt   stamp        `db:"raised_at"`
	Hour       maybe        `db:"raised_hour"` // "unknown", or NULL
	ReceivedAt stamp        `db:"received_at"`
	Paper      bool         `db:"paper"`
	Receipt    ids.Code     `db:"receipt"`
	Owner      ids.Org      `db:"owner_org"`
	TakenBy    ids.Account  `db:"taken_by"`
	TakenAt    stamp        `db:"taken_at"`
	Level      string       `db:"level"`
	Weight     int          `db:"weight"`
	Reasons    codes        `db:"reasons"`
	HealthFrom stamp        `db:"health_from"`
	TriagedBy  ids.Account  `db:"triaged_by"`
	TriagedAt  stamp        `db:"triaged_at"`
	Outcome    string       `db:"outcome"`
	Need       string       `db:"need"`
	SameAs     ids.Signal   `db:"same_as"`
	Group      ids.Group    `db:"people_group"`
	Open       int          `db:"open"` // 1 until it is triaged: the queue
}

const signalColumns = `id, version, state, channel, danger_now, place, place_written, province, commune, zone, spot, seen_when, seen,
	people, children, reporter, raised_by, raised_org, raised_at, raised_hour, received_at, paper, receipt, owner_org, taken_by, taken_at,
	level, weight, reasons, health_from, triaged_by, triaged_at, outcome, need, same_as, people_group, open`

func (t *tx) signalRow(x protection.Signal) (signalRow, error) {
	s := t.sealing(x.Owner, x.ID.UUID, "signal", x.ID.UUID)
	weight := x.Level.Rank()
	if x.Level == protection.Unjudged && x.Now != protection.Yes {
		weight = protection.Orange.Rank()
	}
	row := signalRow{ID: x.ID, Version: x.Version, State: string(x.State), Channel: x.Channel, Now: string(x.Now),
		where: t.whereOf(x.Where, s.word("place_written", x.Where.Written)), Spot: s.seal("spot", x.Spot), When: x.When,
		Seen: s.seal("seen", x.Seen), People: x.People, Children: string(x.Children), Reporter: x.Reporter,
		RaisedBy: x.RaisedBy, RaisedOrg: x.RaisedOrg, RaisedAt: at(x.RaisedAt), Hour: maybe(x.Hour), ReceivedAt: at(x.ReceivedAt), Paper: x.Paper,
		Receipt: x.Receipt, Owner: x.Owner, TakenBy: x.TakenBy, TakenAt: at(x.TakenAt), Level: string(x.Level),
		Weight: weight, Reasons: inJSON(x.Reasons), HealthFrom: at(x.HealthFrom), TriagedBy: x.TriagedBy,
		TriagedAt: at(x.TriagedAt), Outcome: string(x.Outcome), Need: x.Need, SameAs: x.SameAs, Group: x.Group}
	if x.State != protection.Triaged {
		row.Open = 1
	}
	return row, s.err
}

func (t *tx) signal(g access.Grant, r signalRow) (protection.Signal, error) {
	u, err := t.unsealing(r.ID.UUID, "signal", r.ID.UUID)
	if err != nil {
		return protection.Signal{}, err
	}
	written, err := u.word(g, "place_written", r.Written)
	if err != nil {
		return protection.Signal{}, err
	}
	bars, err := t.conflicts(r.ID.UUID)
	return protection.Signal{ID: r.ID, Version: r.Version, State: protection.SignalState(r.State), Channel: r.Channel,
		Now: protection.Answer(r.Now), Where: place.Given{Code: place.Code(r.Place), Written: written},
		Spot: u.text("spot", r.Spot), When: r.When, Seen: u.text("seen", r.Seen), People: r.People,
		Children: protection.Answer(r.Children), Reporter: r.Reporter, RaisedBy: r.RaisedBy, RaisedOrg: r.RaisedOrg,
		RaisedAt: r.RaisedAt.Time, Hour: protection.Answer(r.Hour), ReceivedAt: r.ReceivedAt.Time, Paper: r.Paper, Receipt: r.Receipt, Owner: r.Owner,
		TakenBy: r.TakenBy, TakenAt: r.TakenAt.Time, Level: protection.Danger(r.Level), Reasons: r.Reasons.V,
		HealthFrom: r.HealthFrom.Time, TriagedBy: r.TriagedBy, TriagedAt: r.TriagedAt.Time,
		Outcome: protection.Outcome(r.Outcome), Need: r.Need, SameAs: r.SameAs, Group: r.Group, Conflicts: bars}, err
}

// word seals a text that the record holds in clear.
func (s *sealer) word(column, text string) []byte { return s.seal(column, vault.Clear(text)) }

type reporterRow struct {
	ID       ids.Reporter `db:"id"`
	Version  int          `db:"version"`
	Signal   ids.Signal   `db:"signal"`
	Owner    ids.Org      `db:"owner_org"`
	Name     []byte       `db:"name"`
	Relation string       `db:"relation"`
	contactRow
}

// contactRow is a safe contact in columns.
type contactRow struct {
	Phone  []byte `db:"phone"`
	Hours  string `db:"hours"`
	Phrase []byte `db:"phrase"`
	Avoid  []byte `db:"avoid"`
	May    string `db:"may"`
}

const reporterColumns = `id, version, signal, owner_org, name, relation, phone, hours, phrase, avoid, may`

func (s *sealer) contact(c protection.SafeContact) contactRow {
	return contactRow{Phone: s.seal("phone", c.Phone), Hours: c.Hours, Phrase: s.seal("phrase", c.Phrase),
		Avoid: s.seal("avoid", c.Avoid), May: string(c.May)}
}

func (u *unsealer) contact(r contactRow) protection.SafeContact {
	return protection.SafeContact{Phone: u.text("phone", r.Phone), Hours: r.Hours, Phrase: u.text("phrase", r.Phrase),
		Avoid: u.text("avoid", r.Avoid), May: protection.Answer(r.May)}
}

func (t *tx) reporterRow(x protection.Reporter) (reporterRow, error) {
	s := t.sealing(x.Owner, x.ID.UUID, "reporter", x.ID.UUID)
	row := reporterRow{ID: x.ID, Version: x.Version, Signal: x.Signal, Owner: x.Owner, Name: s.seal("name", x.Name),
		Relation: x.Relation, contactRow: s.contact(x.Contact)}
	return row, s.err
}

func (t *tx) reporter(r reporterRow) (protection.Reporter, error) {
	u, err := t.unsealing(r.ID.UUID, "reporter", r.ID.UUID)
	if err != nil {
		return protection.Reporter{}, err
	}
	return protection.Reporter{ID: r.ID, Version: r.Version, Signal: r.Signal, Owner: r.Owner, Name: u.text("name", r.Name),
		Relation: r.Relation, Contact: u.contact(r.contactRow)}, nil
}

type groupRow struct {
	ID       ids.Group   `db:"id"`
	Version  int         `db:"version"`
	Signal   ids.Signal  `db:"signal"`
	Owner    ids.Org     `db:"owner_org"`
	Size     int         `db:"size"`
	Place    string      `db:"place"`
	Written  []byte      `db:"place_written"`
	Met      stamp       `db:"met"`
	Handler  string      `db:"handler"`
	OpenedBy ids.Account `db:"opened_by"`
}

const groupColumns = `id, version, signal, owner_org, size, place, place_written, met, handler, opened_by`

func (t *tx) groupRow(x protection.Group, by ids.Account) (groupRow, error) {
	s := t.sealing(x.Owner, x.Signal.UUID, "people_group", x.ID.UUID)
	row := groupRow{ID: x.ID, Version: x.Version, Signal: x.Signal, Owner: x.Owner, Size: x.Size, Place: string(x.Where.Code),
		Written: s.word("place_written", x.Where.Written), Met: at(x.Met), Handler: string(x.Handler), OpenedBy: by}
	return row, s.err
}

func (t *tx) group(g access.Grant, r groupRow) (protection.Group, error) {
	u, err := t.unsealing(r.Signal.UUID, "people_group", r.ID.UUID)
	if err != nil {
		return protection.Group{}, err
	}
	written, err := u.word(g, "place_written", r.Written)
	return protection.Group{ID: r.ID, Version: r.Version, Signal: r.Signal, Owner: r.Owner, Size: r.Size,
		Where: place.Given{Code: place.Code(r.Place), Written: written}, Met: r.Met.Time, Handler: protection.Answer(r.Handler)}, err
}
