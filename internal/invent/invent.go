// Package invent makes a programme that never existed: organisations, accounts
// and people at every stage of the journey, for the demonstration, the
// journeys in a browser and the measurements.
//
// Everything passes through the same desks, rules and validators as what
// workers type; only the writing is gathered, many people in one act. Names are
// put together from syllables. The room invents; it never reads a real record.
package invent

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/prosecution"
	"inkingi/protection"
)

// Account is somebody invented who can sign in.
type Account struct {
	Role         string `json:"role"`
	Organisation string `json:"organisation"`
	Name         string `json:"name"`
	Password     string `json:"password"`

	OnCall []string `json:"-"` // the provinces whose signals ring here first

	ID  ids.Account `json:"-"`
	Who access.Who  `json:"-"`
}

// Programme is what an invention leaves.
type Programme struct {
	Accounts []Account
}

// Keeper is the part of the store that an invention writes to.
type Keeper interface {
	SaveProtection(ctx context.Context, e audit.Entry, c protection.Change) error
	SaveProsecution(ctx context.Context, e audit.Entry, c prosecution.Change) error
}

// Inventor holds what an invention needs.
type Inventor struct {
	Country  *countries.Country
	Accounts *account.Desk
	Policy   protection.Policy
	Keep     Keeper
	Now      func() time.Time
	Seed     uint64
	People   int
	Batch    int            // people in one act; 0 is 500
	Progress func(done int) // after each batch
}

// Invent makes the programme. The same seed gives the same people at the same
// stages; identifiers are new each time.
func (i Inventor) Invent(ctx context.Context) (Programme, error) {
	if i.Batch <= 0 {
		i.Batch = 500
	}
	w := &world{Inventor: i, rand: rand.New(rand.NewPCG(i.Seed, 0x696e6b696e6769)), notes: rand.New(rand.NewPCG(i.Seed, 0x6e6f746573)), rights: rand.New(rand.NewPCG(i.Seed, 0x726967687473)), beds: rand.New(rand.NewPCG(i.Seed, 0x62656473)), given: rand.New(rand.NewPCG(i.Seed, 0x676976656e)), later: rand.New(rand.NewPCG(i.Seed, 0x6c61746572)), full: map[ids.Service]int{}, orgs: map[string]ids.Org{}, rules: protection.RulesOf(i.Country, i.Now)}
	if err := w.found(ctx); err != nil {
		return Programme{}, fmt.Errorf("found the programme: %w", err)
	}
	if err := w.directory(ctx); err != nil {
		return Programme{}, fmt.Errorf("fill the directory: %w", err)
	}
	if err := w.people(ctx); err != nil {
		return Programme{}, fmt.Errorf("invent people: %w", err)
	}
	if err := w.prosecuted(ctx); err != nil {
		return Programme{}, fmt.Errorf("invent criminal files: %w", err)
	}
	return w.programme, nil
}

// world is an invention on its way.
type world struct {
	Inventor
	rand       *rand.Rand
	jotted     int
	notes      *rand.Rand          // of quick notes, apart: the people stay who they were
	beds       *rand.Rand          // of beds, apart likewise
	later      *rand.Rand          // of reviews and of questions to other houses, apart likewise
	given      *rand.Rand          // of what receivers say, apart likewise
	rights     *rand.Rand          // of erasures and emergencies, apart likewise
	asked      int                 // so many left
	nights     int                 // so many were followed
	grieved    int                 // so many had a reason to complain
	sentAway   int                 // of so many it was no trafficking
	identified int                 // so many came so far that an authority might decide
	full       map[ids.Service]int // so many live in a shelter already
	orgs       map[string]ids.Org
	programme  Programme
	rules      *protection.Rules
	services   []protection.Service
	duties     []protection.Duty
	hills      []string
	plans      int                 // that grown-ups agreed to so far
	abroad     protection.Newcomer // the last who agreed to be compared, until she comes to another house
	abroadAt   ids.Org             // where she did
	offers     int                 // cases offered to another organisation so far
}

// as is an account of a role that belongs to an organisation; "" is any.
func (w *world) as(role access.Role, org ids.Org) access.Who {
	var fit []access.Who
	for _, a := range w.programme.Accounts {
		if a.Who.Post.Role == role && (org.IsZero() || a.Who.Post.Org == org) {
			fit = append(fit, a.Who)
		}
	}
	if len(fit) == 0 {
		return access.Who{}
	}
	return fit[w.rand.IntN(len(fit))]
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// chance is true n times in a hundred.
func chance(r *rand.Rand, n int) bool { return r.IntN(100) < n }
