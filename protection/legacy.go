package protection

import (
	"context"
	"time"
	"unicode"
	"unicode/utf8"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// LegacyList is a list that somebody kept before this program: the file of a
// shelter, the register of a hotline, published counts. It is there once Done;
// until then nobody counts it.
type LegacyList struct {
	ID       ids.List
	Version  int
	Owner    ids.Org
	Name     string // what the list is called; no person's name
	Done     bool
	Mark     string // hex SHA-256 of file and mapping: the same file is the same list
	By       ids.Account
	Begun    time.Time
	Finished time.Time
	Rows     int        // records loaded
	People   int        // whom they stand for, repeats included
	Repeats  int        // records that repeat another
	Layout   vault.Text // the head of the file, to write it again; sealed under the list's own key
}

// LegacyRecord is one row of such a list. The coded fields serve figures and
// name nobody; Given is the row as it stood in the file and opens with a grant.
type LegacyRecord struct {
	ID          ids.Row
	List        ids.List
	Line        int       // the row of the file, the headings counted
	People      int       // a row may stand for several people whom it does not name
	When        date.Date // partial, as it was said
	Sex         string    // code list "sex"; "" where the list has no such column
	AgeBand     string    // code list "age_band"
	Nationality string    // a country's code, or what the list says
	Forms       []string  // code list "exploitation", sorted
	Responder   string    // the organisation that met the person, as the list calls it
	Responding  string    // its type: code list "org_type", or what the list says
	Status      string    // code list "identification_status"
	Where       place.Given
	Given       vault.Text // the whole row, in a list that has personal columns or free text
	Named       bool       // something personal or free stands in the row
	Mark        string     // hex SHA-256 by which repeats are found; "" is never a repeat
	Once        bool       // Mark says who somebody is: a repeat is the same person and counts once
	SameAs      ids.Row    // an earlier record with the same mark
}

// LegacyCount is one cell of a raw count. It leaves the house through
// internal/release only.
type LegacyCount struct {
	Keys   []string // one a dimension that was asked for
	People int
}

// LegacyBy is a dimension of a count.
type LegacyBy string

// The dimensions.
const (
	ByWhen        LegacyBy = "when"
	BySex         LegacyBy = "sex"
	ByAgeBand     LegacyBy = "age_band"
	ByNationality LegacyBy = "nationality"
	ByForms       LegacyBy = "forms"
	ByResponder   LegacyBy = "responder"
	ByResponding  LegacyBy = "responding"
	ByStatus      LegacyBy = "status"
	ByProvince    LegacyBy = "province"
	ByCommune     LegacyBy = "commune"
)

// Legacies keeps historic lists. Like [Store]: readings of what is personal
// leave their entry, writes take one and keep both in one transaction.
type Legacies interface {
	Facts(ctx context.Context, kind access.Kind, id ids.UUID) (access.Object, error)
	Note(ctx context.Context, e audit.Entry) error
	// BeginLegacy keeps a list that is not yet there. One of the same owner and
	// mark is given back as it stands, and nothing is written.
	BeginLegacy(ctx context.Context, e audit.Entry, l LegacyList) (LegacyList, error)
	// AddLegacy adds the records after the first from ones, and gives the list as
	// it then stands. Stale when somebody else goes on with the same list.
	AddLegacy(ctx context.Context, e audit.Entry, l LegacyList, records []LegacyRecord) (LegacyList, error)
	// FinishLegacy makes the list be there.
	FinishLegacy(ctx context.Context, e audit.Entry, l LegacyList) (LegacyList, error)
	// KnownLegacy says of each mark whether a finished list of the organisation
	// has it, the list with the mark except left aside.
	KnownLegacy(ctx context.Context, g access.Grant, owner ids.Org, except string, marks []string) ([]bool, error)

	// KeepListDraft keeps a draft; Invalid when the account has most already.
	KeepListDraft(ctx context.Context, e audit.Entry, d ListDraft, most int) error
	MapListDraft(ctx context.Context, e audit.Entry, id ids.List, version int, mapping vault.Text) error
	ListDraft(ctx context.Context, g access.Grant, id ids.List) (ListDraft, error)
	ListDrafts(ctx context.Context, by ids.Account, owner ids.Org, now time.Time) ([]ListDraft, error)
	DropListDraft(ctx context.Context, e audit.Entry, id ids.List) error
	SweepListDrafts(ctx context.Context, e audit.Entry, now time.Time) error
	// HalfLegacies lists what was begun and is not there yet.
	HalfLegacies(ctx context.Context, g access.Grant) ([]LegacyList, error)
	// BegunLegacy finds a list by its mark, the zero list when there is none.
	BegunLegacy(ctx context.Context, g access.Grant, owner ids.Org, mark string) (LegacyList, error)
	// DiscardLegacy takes a piece of a half-loaded list out, and says whether
	// nothing of it is left.
	DiscardLegacy(ctx context.Context, e audit.Entry, id ids.List) (bool, error)

	LegacyLists(ctx context.Context, g access.Grant, p Page) (Cut[LegacyList], error)
	LegacyCounts(ctx context.Context, g access.Grant, list ids.List, by []LegacyBy) ([]LegacyCount, error)
	// LegacyRecords reads finished records after a line, sealed as they are.
	LegacyRecords(ctx context.Context, g access.Grant, list ids.List, after, limit int) (LegacyList, []LegacyRecord, error)
}

// Archive is where historic lists are brought in, counted and taken out. It
// stands beside the [Desk]: nobody works on these records, no clock runs for
// them, and no page of a case shows them.
type Archive struct {
	Store   Legacies
	Policy  Policy
	Country *countries.Country
	Now     func() time.Time
}

// may decides about a list that is there or is about to be. A refusal is an entry too.
func (a *Archive) may(ctx context.Context, w access.Who, act access.Action, o access.Object, p access.Purpose) (access.Grant, error) {
	o.Zone = access.ZoneOf(o.Kind)
	g, refused := a.Policy.Decide(w, act, o, p, a.Now())
	if refused != nil {
		if err := a.Store.Note(ctx, audit.Refused(w, act, o, p, fault.Of(refused).Kind, a.Now())); err != nil {
			return access.Grant{}, err
		}
	}
	return g, refused
}

// maxLegacyPeople bounds how many people one row stands for: more is a slip of
// the finger [J].
const maxLegacyPeople = 1_000_000

// maxLegacyWord is the greatest length of a word kept as the list says it, in characters.
const maxLegacyWord = 200

// check refuses what the reader of the file should have found.
func (r LegacyRecord) check(c *countries.Country) error {
	for _, f := range []struct {
		field, list string
		codes       []string
	}{{"sex", countries.Sex, []string{r.Sex}}, {"age_band", countries.AgeBand, []string{r.AgeBand}},
		{"forms", countries.Exploitation, r.Forms}, {"status", countries.IdentificationStatus, []string{r.Status}}} {
		for _, code := range f.codes {
			if code == "" {
				continue
			}
			if err := c.Check(f.field, f.list, code, date.Day{}); err != nil {
				return err
			}
		}
	}
	for field, word := range map[string]string{"nationality": r.Nationality, "responder": r.Responder, "responding": r.Responding} {
		if !LegacyWord(word) {
			return fault.Field(field, "legacy.word")
		}
	}
	switch {
	case r.People < 1 || r.People > maxLegacyPeople:
		return fault.Field("people", "legacy.people.number")
	case r.People > 1 && r.Named:
		return fault.Field("people", "legacy.people.named")
	case r.Line < 1 || r.ID.IsZero():
		return fault.New(fault.Invalid, "legacy.row")
	case utf8.RuneCountInString(r.Where.Written) > place.MaxWritten:
		return fault.Field("place", "legacy.place.long")
	}
	if _, known := c.Places.Place(r.Where.Code); r.Where.Code != "" && !known {
		return fault.Field("place", "legacy.place.unknown")
	}
	return nil
}

// LegacyWord says whether a word may be kept as the list says it: one that
// prints, of at most 200 characters.
func LegacyWord(s string) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxLegacyWord {
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}
