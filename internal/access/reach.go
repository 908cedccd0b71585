package access

import (
	"slices"
	"strings"

	"inkingi/internal/fault"
)

// Reach is how far a role may go with an action: a set of the words of
// policies/3_reach.cedar. The zero Reach goes nowhere.
type Reach uint16

// The words of reach.
const (
	ReachOwn      Reach = 1 << iota // made by this account, and of the post's organisation or nobody's
	ReachMade                       // made by this account, whoever owns it
	ReachAssigned                   // this account is on the team, and it is of the post's organisation or nobody's
	ReachOrg                        // owned by the post's organisation
	ReachReceiver                   // addressed to the post's organisation, and sent
	ReachPlace                      // of the post's organisation or nobody's yet, inside the post's place
	ReachChild                      // about a child, inside the post's place
	ReachWard                       // about a child, and this account is on the team
	ReachPublic                     // in zone Z0
	ReachAny                        // every record
	ReachGlass                      // two persons opened it for this account, for an hour
	ReachBench                      // a criminal file that was sent to the post's court
)

var reachWords = [...]string{"own", "made", "assigned", "org", "receiver", "place", "child", "ward", "public", "any", "glass", "bench"}

// Has says whether every word of the other reach is in this one.
func (r Reach) Has(other Reach) bool { return other != 0 && r&other == other }

// Words lists the words of the reach.
func (r Reach) Words() []string {
	var words []string
	for i, w := range reachWords {
		if r&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return words
}

func (r Reach) String() string { return strings.Join(r.Words(), " ") }

func parseReach(text string) (Reach, error) {
	var r Reach
	for _, w := range strings.Fields(text) {
		i := slices.Index(reachWords[:], w)
		if i < 0 {
			return 0, fault.New(fault.Internal, "access.matrix_reach")
		}
		r |= 1 << i
	}
	if r == 0 {
		return 0, fault.New(fault.Internal, "access.matrix_reach")
	}
	return r, nil
}
