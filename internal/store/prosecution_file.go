package store

import (
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/prosecution"
)

type fileRow struct {
	ID      ids.File `db:"id"`
	Version int      `db:"version"`
	Code    ids.Code `db:"code"`
	State   string   `db:"state"`
	Since   date.Day `db:"since_day"`
	Source  string   `db:"source"`
	Unit    string   `db:"unit"`
	Court1  string   `db:"court_1"`
	Court2  string   `db:"court_2"`
	Court3  string   `db:"court_3"`
	Owner   ids.Org  `db:"owner_org"`
	Office  ids.Org  `db:"office_org"`
	Bench1  ids.Org  `db:"bench_1"`
	Bench2  ids.Org  `db:"bench_2"`
	Bench3  ids.Org  `db:"bench_3"`
	Level   int      `db:"level"`
	On      date.Day `db:"on_day"`
	where
	Words   []byte      `db:"words"`
	Reason  string      `db:"reason"`
	FirstOn date.Day    `db:"first_on"`
	Book    string      `db:"book"`   // the newest number, for lists
	Number  string      `db:"number"` //
	Child   bool        `db:"child"`
	By      ids.Account `db:"by_account"`
	At      stamp       `db:"at"`
	Changed stamp       `db:"changed"`
	Weight  int         `db:"weight"` // 1 once nothing more is decided about guilt: behind in lists
}

const fileColumns = `id, version, code, state, since_day, source, unit, court_1, court_2, court_3, owner_org, office_org, bench_1, bench_2, bench_3, level,
	on_day, place, place_written, province, commune, zone, words, reason, first_on, book, number, child, by_account, at, changed, weight`

func (t *tx) fileRow(x prosecution.File) (fileRow, error) {
	s := t.sealing(x.Owner, x.ID.UUID, "criminal_file", x.ID.UUID)
	row := fileRow{ID: x.ID, Version: x.Version + fresh(x.Version), Code: x.Code, State: string(x.State), Since: x.Since, Source: string(x.Source), Unit: x.Unit,
		Court1: x.Court[1], Court2: x.Court[2], Court3: x.Court[3], Owner: x.Owner, Office: x.Office, Bench1: x.Bench[1], Bench2: x.Bench[2], Bench3: x.Bench[3],
		Level: int(x.Level), On: x.On, where: t.whereOf(x.Where, s.word("place_written", x.Where.Written)), Words: s.seal("words", x.Words), Reason: x.Reason,
		FirstOn: x.FirstOn, Child: x.Child, By: x.By, At: at(x.At), Changed: at(x.Changed)}
	for _, r := range prosecution.Registers {
		if n := x.Numbers[r]; !n.IsZero() {
			row.Book, row.Number = string(r), n.Written
		}
	}
	if x.State.Over() {
		row.Weight = 1
	}
	return row, s.err
}

// file is a file without its numbers and stages.
func (r fileRow) file(g access.Grant, u *unsealer) (prosecution.File, error) {
	written, err := u.word(g, "place_written", r.Written)
	f := prosecution.File{ID: r.ID, Version: r.Version, Code: r.Code, State: prosecution.State(r.State), Since: r.Since, Source: prosecution.Source(r.Source), Unit: r.Unit,
		Owner: r.Owner, Office: r.Office, Level: prosecution.Instance(r.Level), On: r.On, Where: place.Given{Code: place.Code(r.Place), Written: written},
		Words: u.text("words", r.Words), Reason: r.Reason, FirstOn: r.FirstOn, Child: r.Child, By: r.By, At: r.At.Time, Changed: r.Changed.Time,
		Numbers: map[prosecution.Register]prosecution.Number{}}
	f.Court[1], f.Court[2], f.Court[3] = r.Court1, r.Court2, r.Court3
	f.Bench[1], f.Bench[2], f.Bench[3] = r.Bench1, r.Bench2, r.Bench3
	return f, err
}

type numberRow struct {
	File     ids.File `db:"file"`
	Register string   `db:"register"`
	Office   ids.Org  `db:"office"`
	Plain    string   `db:"plain"`
	Written  string   `db:"written"`
}

type stageRow struct {
	File   ids.File    `db:"file"`
	N      int         `db:"n"`
	State  string      `db:"state"`
	On     date.Day    `db:"on_day"`
	At     stamp       `db:"at"`
	By     ids.Account `db:"by_account"`
	Org    ids.Org     `db:"by_org"`
	Number string      `db:"number"`
	Reason string      `db:"reason"`
	Who    string      `db:"who"`
	Level  int         `db:"level"`
}

const stageColumns = `file, n, state, on_day, at, by_account, by_org, number, reason, who, level`

func stageRowOf(x prosecution.Stage) stageRow {
	return stageRow{File: x.File, N: x.N, State: string(x.State), On: x.On, At: at(x.At), By: x.By, Org: x.Org, Number: x.Number.Written,
		Reason: x.Reason, Who: x.Who, Level: int(x.Level)}
}

func (r stageRow) stage() prosecution.Stage {
	return prosecution.Stage{File: r.File, N: r.N, State: prosecution.State(r.State), On: r.On, At: r.At.Time, By: r.By, Org: r.Org,
		Number: prosecution.Number{Written: r.Number}, Reason: r.Reason, Who: r.Who, Level: prosecution.Instance(r.Level)}
}

type suspectRow struct {
	ID       ids.Suspect `db:"id"`
	Version  int         `db:"version"`
	File     ids.File    `db:"file"`
	Owner    ids.Org     `db:"owner_org"`
	N        int         `db:"n"`
	Company  bool        `db:"company"`
	State    string      `db:"state"`
	Since    date.Day    `db:"since_day"`
	Name     []byte      `db:"name"`
	Aliases  []byte      `db:"aliases"`
	Phone    []byte      `db:"phone"`
	Role     string      `db:"role"`
	Relation string      `db:"relation"`
	Official string      `db:"official"`
	Service  string      `db:"service"`
	Sex      string      `db:"sex"`
	Band     string      `db:"band"`
	Citizen  string      `db:"citizen"`
	Path     string      `db:"path"`
	By       ids.Account `db:"by_account"`
	At       stamp       `db:"at"`
}

const suspectColumns = `id, version, file, owner_org, n, company, state, since_day, name, aliases, phone, role, relation, official, service, sex, band, citizen, path, by_account, at`

func (t *tx) suspectRow(x prosecution.Suspect) (suspectRow, error) {
	s := t.sealing(x.Owner, x.File.UUID, "suspect", x.ID.UUID)
	return suspectRow{ID: x.ID, Version: x.Version + fresh(x.Version), File: x.File, Owner: x.Owner, N: x.N, Company: x.Company, State: string(x.State), Since: x.Since,
		Name: s.seal("name", x.Name), Aliases: s.seal("aliases", x.Aliases), Phone: s.seal("phone", x.Phone), Role: x.Role, Relation: x.Relation,
		Official: string(x.Official), Service: x.Service, Sex: x.Sex, Band: x.Band, Citizen: x.Citizen, Path: x.Path, By: x.By, At: at(x.At)}, s.err
}

func (r suspectRow) suspect(u *unsealer) prosecution.Suspect {
	u = u.at("suspect", r.ID.UUID)
	return prosecution.Suspect{ID: r.ID, Version: r.Version, File: r.File, Owner: r.Owner, N: r.N, Company: r.Company, State: prosecution.Standing(r.State), Since: r.Since,
		Name: u.text("name", r.Name), Aliases: u.text("aliases", r.Aliases), Phone: u.text("phone", r.Phone), Role: r.Role, Relation: r.Relation,
		Official: prosecution.Answer(r.Official), Service: r.Service, Sex: r.Sex, Band: r.Band, Citizen: r.Citizen, Path: r.Path, By: r.By, At: r.At.Time}
}

type fileActRow struct {
	ID    ids.Act     `db:"id"`
	File  ids.File    `db:"file"`
	Owner ids.Org     `db:"owner_org"`
	Kind  string      `db:"kind"`
	On    date.Day    `db:"on_day"`
	Words []byte      `db:"words"`
	By    ids.Account `db:"by_account"`
	At    stamp       `db:"at"`
}

const fileActColumns = `id, file, owner_org, kind, on_day, words, by_account, at`

func (t *tx) fileActRow(x prosecution.Act) (fileActRow, error) {
	s := t.sealing(x.Owner, x.File.UUID, "file_act", x.ID.UUID)
	return fileActRow{ID: x.ID, File: x.File, Owner: x.Owner, Kind: x.Kind, On: x.On, Words: s.seal("words", x.Words), By: x.By, At: at(x.At)}, s.err
}
