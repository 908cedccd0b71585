package protection

import (
	"context"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/science/linkage"
)

// Match says how one thing that is known of two people compares.
type Match string

// The matches.
const (
	Same      Match = "SAME"
	Near      Match = "NEAR" // sounds alike, a year apart, a slip in a number, the next hill
	Differs   Match = "DIFFERS"
	NotKnown  Match = "NOT_KNOWN" // of one of the two: it says nothing
	threshold       = -3.3        // log2 odds from which two records are shown: one in ten [J]
)

// Matches lists them.
var Matches = [...]Match{Same, Near, Differs, NotKnown}

// What two people are compared by, in the order in which it is shown.
const (
	AlikeName  = "name"
	AlikeBorn  = "born"
	AlikePhone = "phone"
	AlikePlace = "place"
	AlikeSex   = "sex"
)

// AlikeFields lists them.
var AlikeFields = [...]string{AlikeName, AlikeBorn, AlikePhone, AlikePlace, AlikeSex}

// Finding is one line of what agrees and what differs: never a number, never a value.
type Finding struct {
	Field string
	How   Match
}

// Features are what somebody said of a person, as far as it is compared.
type Features struct {
	Names []string // as she says it, how she is called, other spellings
	Year  int      // of birth; 0 is not known
	Phone string
	Where place.Code
	Sex   string
}

// Candidate is a case whose person may be the one who is looked for, not opened yet.
type Candidate struct {
	CaseLine
	Person ids.Person
	Signal ids.Signal // by which she came
	Joined ids.Case   // where this file went on
}

// Alike is a case that may be of the same person, and why it seems so.
type Alike struct {
	Candidate
	Findings []Finding
	weight   float64
}

// mostAlike is how many files are opened for one look [J]: a frequent name has
// hundreds, and each that is opened leaves an entry in the log.
const mostAlike = 12

// model weighs two records by the model of science/linkage (Fellegi and Sunter 1969).
// The shares m and u are judgement [J], of the order of those that science/linkage
// finds in its test sets; λ is one in a thousand, for only records that share a token of
// the name or the telephone are compared at all. What is missing says nothing, so that
// a field nobody filled in never hides a pair. "pair" is the same of all and weighs nothing:
// it has every two records compared.
func model() linkage.Model {
	type levels = []linkage.Level
	return linkage.Model{Lambda: 0.001, Blocking: [][]string{{"pair"}}, Comparisons: []linkage.Comparison{
		{Columns: []string{"pair"}, Role: linkage.Group, Levels: levels{{Test: "exact", M: 0.2, U: 0.2}, {Test: "else", M: 0.8, U: 0.8}}},
		{Columns: []string{AlikeName}, Role: linkage.FullName, Levels: levels{{Test: "exact", M: 0.35, U: 0.0005}, {Test: "shared", At: 1, M: 0.25, U: 0.001},
			{Test: "jw", At: 0.92, M: 0.15, U: 0.002}, {Test: "shared", At: 0.6, M: 0.1, U: 0.01}, {Test: "shared", At: 0.3, M: 0.08, U: 0.03},
			{Test: "jw", At: 0.75, M: 0.04, U: 0.05}, {Test: "else", M: 0.03, U: 0.9065}}},
		{Columns: []string{AlikeBorn}, Role: linkage.Year, Levels: levels{{Test: "exact", M: 0.6, U: 0.03}, {Test: "apart", At: 1, M: 0.2, U: 0.06},
			{Test: "apart", At: 3, M: 0.12, U: 0.11}, {Test: "apart", At: 10, M: 0.06, U: 0.3}, {Test: "else", M: 0.02, U: 0.5}}},
		{Columns: []string{AlikePhone}, Role: linkage.Phone, Levels: levels{{Test: "exact", M: 0.5, U: 0.0001}, {Test: "typo", At: 1, M: 0.1, U: 0.0005},
			{Test: "typo", At: 2, M: 0.05, U: 0.001}, {Test: "else", M: 0.35, U: 0.9984}}},
		{Columns: []string{AlikePlace, "commune", "province"}, Role: linkage.Place, Levels: levels{{Test: "exact", M: 0.4, U: 0.002},
			{Test: "within", At: 1, M: 0.25, U: 0.02}, {Test: "within", At: 2, M: 0.15, U: 0.1}, {Test: "else", M: 0.2, U: 0.878}}},
		{Columns: []string{AlikeSex}, Role: linkage.Group, Levels: levels{{Test: "exact", M: 0.98, U: 0.6}, {Test: "else", M: 0.02, U: 0.4}}},
	}}
}

// Compare says in words what agrees and what differs, and whether the two are alike
// enough to be looked at. It never says that they are one: a person does.
func (r *Rules) Compare(ctx context.Context, a, b Features) (all []Finding, weight float64, err error) {
	a.Names, b.Names = bestNames(a.Names, b.Names)
	var text strings.Builder
	out := csv.NewWriter(&text)
	_ = out.Write([]string{"pair", AlikeName, AlikeBorn, AlikePhone, AlikePlace, "commune", "province", AlikeSex})
	_ = out.Write(r.columns(a))
	_ = out.Write(r.columns(b))
	out.Flush()
	var t linkage.Table
	if err := t.Read(strings.NewReader(text.String()), nil); err != nil {
		return nil, 0, fault.Wrap(fault.Internal, "protection.alike", err)
	}
	m := model()
	found, err := linkage.Run(ctx, &t, &m, linkage.Options{})
	if err != nil {
		return nil, 0, fault.Wrap(fault.Internal, "protection.alike", err)
	}
	reasons, err := found.Explain(0, 1)
	if err != nil {
		return nil, 0, fault.Wrap(fault.Internal, "protection.alike", err)
	}
	for _, one := range reasons {
		weight += one.Weight
		field, _, _ := strings.Cut(one.What, ",")
		known := slices.ContainsFunc(all, func(f Finding) bool { return f.Field == field })
		if slices.Contains(AlikeFields[:], field) && !known {
			all = append(all, Finding{field, agreement(one)})
		}
	}
	return all, weight, nil
}

func agreement(one linkage.Reason) Match {
	switch {
	case one.A == "" || one.B == "":
		return NotKnown
	case one.A == one.B:
		return Same
	case one.Weight > 0:
		return Near
	}
	return Differs
}

// columns writes what is compared; an unknown sex is missing, not a third one.
func (r *Rules) columns(f Features) []string {
	row := []string{"1", strings.Join(f.Names, " "), "", f.Phone, string(f.Where), "", "", f.Sex}
	if f.Year != 0 {
		row[2] = strconv.Itoa(f.Year)
	}
	if f.Sex != "F" && f.Sex != "M" {
		row[7] = ""
	}
	if r.Places == nil {
		return row
	}
	for _, p := range r.Places.Path(f.Where) {
		switch p.Kind {
		case place.Commune:
			row[5] = string(p.Code)
		case place.Province:
			row[6] = string(p.Code)
		}
	}
	return row
}

// bestNames chooses of each side the name that is most like one of the other: she is
// called one thing at home and writes another.
func bestNames(a, b []string) (one, other []string) {
	most := -1.0
	for _, x := range a {
		for _, y := range b {
			share, _ := linkage.Shared(linkage.Words(x), linkage.Words(y))
			if like := max(share, linkage.JaroWinkler(linkage.Fold(x), linkage.Fold(y))); x != "" && y != "" && like > most {
				most, one, other = like, []string{x}, []string{y}
			}
		}
	}
	return one, other
}

// alike looks for cases of one's own organisation that may be of the same person,
// most alike first. Only records that the reader may read are opened, and each of them
// leaves its entry; those that may not be read are passed over as if they were not there.
func (d *Desk) alike(ctx context.Context, w access.Who, f Features, but ids.Person) ([]Alike, error) {
	f.Names = slices.DeleteFunc(slices.Clone(f.Names), func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(f.Names) == 0 && f.Phone == "" {
		return nil, nil
	}
	g, err := d.mayAll(ctx, w, access.PersonSearch, access.Object{Kind: access.PersonKind}, access.ForProtection)
	if err != nil {
		return nil, err
	}
	found, err := d.Store.Candidates(ctx, g, f.Names, f.Phone, mostAlike)
	if err != nil {
		return nil, err
	}
	var all []Alike
	for _, one := range found {
		if one.Person == but {
			continue
		}
		g, may := d.opened(ctx, w, one.Person)
		if !may {
			continue
		}
		p, err := d.Store.Person(ctx, g, one.Person)
		if err != nil {
			return nil, err
		}
		other, err := featuresOf(p, one, g)
		if err != nil {
			return nil, err
		}
		a := Alike{Candidate: one}
		if a.Findings, a.weight, err = d.Rules.Compare(ctx, f, other); err != nil {
			return nil, err
		}
		if a.weight >= threshold && !math.IsNaN(a.weight) {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b Alike) int { return int(math.Copysign(1, b.weight-a.weight)) })
	return all, nil
}

// opened asks for the grant to compare one person, without a refusal in the log: nobody
// asked for her by name.
func (d *Desk) opened(ctx context.Context, w access.Who, id ids.Person) (access.Grant, bool) {
	o, err := d.Store.Facts(ctx, access.PersonKind, id.UUID)
	if err != nil {
		return access.Grant{}, false
	}
	g, err := d.Policy.Decide(w, access.PersonSearch, o, access.ForProtection, d.Now())
	return g, err == nil
}

// featuresOf opens what is compared of a person. What was erased is not known.
func featuresOf(p Person, of Candidate, g access.Grant) (f Features, err error) {
	f = Features{Where: of.Where.Code, Sex: of.Sex, Year: yearOf(of.Age)}
	open := func(t vault.Text) string {
		s, failed := t.Open(g)
		if failed != nil && !fault.Is(failed, fault.NotFound) && err == nil {
			err = failed
		}
		return s
	}
	for _, t := range []vault.Text{p.Name, p.Called, p.Other} {
		if s := open(t); s != "" {
			f.Names = append(f.Names, s)
		}
	}
	f.Phone = open(p.Contact.Phone)
	if born, malformed := date.Parse(open(p.Born)); malformed == nil && !born.IsZero() {
		f.Year = middle(born.Earliest(), born.Latest())
	}
	return f, err
}

// yearOf is about when somebody of this age was born; 0 when no age is known.
func yearOf(a date.Age) int {
	first, last := a.Born()
	if a.IsZero() || first.IsZero() {
		return 0
	}
	return middle(first, last)
}

func middle(first, last date.Day) int {
	from, to := time.Date(first.Year, time.Month(first.Month), first.Day, 0, 0, 0, 0, time.UTC), time.Date(last.Year, time.Month(last.Month), last.Day, 0, 0, 0, 0, time.UTC)
	return from.Add(to.Sub(from) / 2).Year()
}
