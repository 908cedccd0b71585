package access_test

import (
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
)

// here is the place of every post in these tests, inside the province of there.
const here, there = "BI-99-01", "BI-99"

// relation is how the reader stands to the record.
type relation struct {
	name string
	make func(w access.Who, o *access.Object)
	rare bool // outside the word "any" of the golden files
}

// relations begin with a record of another organisation in another place,
// which the reader has nothing to do with.
var relations = [...]relation{
	{"list", func(_ access.Who, o *access.Object) { o.ID = ids.UUID{} }, true},
	{"stranger", func(access.Who, *access.Object) {}, false},
	{"own", func(w access.Who, o *access.Object) { o.Owner, o.By = w.Post.Org, w.Account }, false},
	{"own-unowned", func(w access.Who, o *access.Object) { o.Owner, o.By = ids.Org{}, w.Account }, false},
	{"made-elsewhere", func(w access.Who, o *access.Object) { o.By = w.Account }, false},
	{"assigned", func(w access.Who, o *access.Object) { o.Owner, o.Team = w.Post.Org, append(o.Team, w.Account) }, false},
	{"assigned-elsewhere", func(w access.Who, o *access.Object) { o.Team = append(o.Team, w.Account) }, false},
	{"org", func(w access.Who, o *access.Object) { o.Owner = w.Post.Org }, false},
	{"org-here", func(w access.Who, o *access.Object) { o.Owner, o.Places = w.Post.Org, []string{"BI", there, here} }, false},
	{"here-unowned", func(_ access.Who, o *access.Object) { o.Owner, o.Places = ids.Org{}, []string{"BI", there, here} }, false},
	{"here-other-org", func(_ access.Who, o *access.Object) { o.Places = []string{"BI", there, here} }, false},
	{"child-here", func(_ access.Who, o *access.Object) { o.Child, o.Places = true, []string{"BI", there, here} }, false},
	{"child", func(_ access.Who, o *access.Object) { o.Child = true }, false},
	{"child-assigned", func(w access.Who, o *access.Object) { o.Child, o.Team = true, []ids.Account{w.Account} }, false},
	{"receiver", func(w access.Who, o *access.Object) { o.To, o.Stage = w.Post.Org, "SENT" }, false},
	{"receiver-draft", func(w access.Who, o *access.Object) { o.To, o.Stage = w.Post.Org, "DRAFT" }, false},
	{"receiver-declined", func(w access.Who, o *access.Object) { o.To, o.Stage = w.Post.Org, "DECLINED" }, false},
	{"bench", func(w access.Who, o *access.Object) { o.Bench = []ids.Org{w.Post.Org} }, false},
	{"public", func(_ access.Who, o *access.Object) {
		if o.Kind == access.Figure {
			o.Zone = access.Public
		}
	}, false},
	{"sealed-org", func(w access.Who, o *access.Object) { o.Owner, o.Zone = w.Post.Org, access.Sealed }, true},
	{"sealed-assigned", func(w access.Who, o *access.Object) {
		o.Owner, o.Team, o.Zone = w.Post.Org, []ids.Account{w.Account}, access.Sealed
	}, true},
	{"criminal-org", func(w access.Who, o *access.Object) { o.Owner, o.Zone = w.Post.Org, access.Criminal }, true},
	{"excluded", func(w access.Who, o *access.Object) {
		everything(w, o)
		o.Excluded = []ids.Account{w.Account}
	}, true},
	{"excluded-org", func(w access.Who, o *access.Object) {
		everything(w, o)
		o.ExcludedOrgs = []ids.Org{w.Post.Org}
	}, true},
}

// related finds a relation by its name.
func related(name string) relation {
	i := slices.IndexFunc(relations[:], func(r relation) bool { return r.name == name })
	return relations[i]
}

// everything relates the reader to the record in every way at once.
func everything(w access.Who, o *access.Object) {
	o.Owner, o.To, o.By, o.Team, o.Bench = w.Post.Org, w.Post.Org, w.Account, []ids.Account{w.Account}, []ids.Org{w.Post.Org}
	o.Places, o.Child, o.Stage = []string{"BI", there, here}, true, "SENT"
}

// world holds one reader for each role and the strangers around them.
type world struct {
	readers  map[access.Role]access.Who
	stranger access.Who
}

func newWorld() world {
	w := world{readers: map[access.Role]access.Who{}, stranger: accesstest.Somebody(access.Supervisor, ids.New[ids.Org]())}
	for _, r := range access.Roles() {
		one := accesstest.Somebody(r, ids.New[ids.Org]())
		if r.Held() {
			one.Post.Place = here
		}
		w.readers[r] = one
	}
	return w
}

// object is a record of the kind in a relation to the reader.
func (w world) object(k access.Kind, who access.Who, rel relation) access.Object {
	o := access.Object{Kind: k, ID: ids.New[ids.Case]().UUID, Owner: w.stranger.Post.Org,
		To: w.stranger.Post.Org, By: w.stranger.Account, Team: []ids.Account{w.stranger.Account},
		Places: []string{"BI", "BI-98"}, Stage: "SENT"}
	o.Subject = o.ID
	rel.make(who, &o)
	return o
}

// summary says the relations in one line; "any" stands for all that are not rare.
func summary(k access.Kind, may []string) string {
	var rare []string
	for _, rel := range relations {
		if !meant(k, rel) {
			continue
		}
		switch held := slices.Contains(may, rel.name); {
		case !rel.rare && !held:
			return strings.Join(may, " ")
		case rel.rare && held:
			rare = append(rare, rel.name)
		}
	}
	return strings.Join(append([]string{"any"}, rare...), " ")
}

// meant says whether a relation means something for a kind of record.
func meant(k access.Kind, rel relation) bool {
	switch access.ZoneOf(k) {
	case access.Protection, access.Sealed:
		return rel.name != "public" && rel.name != "bench"
	case access.Criminal:
		return rel.name != "public" && !strings.HasPrefix(rel.name, "sealed") && rel.name != "criminal-org"
	case access.Figures:
		if k != access.Figure {
			break
		}
		return rel.name == "stranger" || rel.name == "public" || rel.name == "list"
	}
	return rel.name != "public" && rel.name != "bench" && !strings.HasPrefix(rel.name, "receiver") && !strings.HasPrefix(rel.name, "child") &&
		!strings.HasPrefix(rel.name, "sealed") && rel.name != "criminal-org"
}

// purpose is a fitting purpose for a kind.
func purpose(k access.Kind) access.Purpose {
	switch access.ZoneOf(k) {
	case access.Protection, access.Sealed:
		return access.ForProtection
	case access.Criminal:
		return access.ForProsecution
	}
	return access.ForOperation
}

func now() time.Time { return accesstest.Now() }
