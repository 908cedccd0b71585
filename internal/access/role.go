package access

import (
	"slices"

	"inkingi/internal/fault"
)

// Side says which wall a role stands behind (DESIGN.md §3).
type Side string

// The sides. Nobody stands on two of the first two ([Compatible]).
const (
	Protecting Side = "protection" // zones Z3 and Z4: the organisations that care for the person
	Pursuing   Side = "criminal"   // zone Z5: police, immigration, prosecutor, court
	Overseeing Side = "overview"   // aggregates only: committee, secretariat, donors, M&E
	Keeping    Side = "keeping"    // accounts and logs, no content
	Outside    Side = "outside"    // nobody in particular
	Clockwork  Side = "clockwork"  // the program itself
)

type roleInfo struct {
	role    Role
	side    Side
	persons bool // sees persons: a second factor is forced
}

// roles is the order of PROCESS.md §5, with duty officer, screener and referral
// coordinator where they stand in the journey.
//
// A focal point sees nobody through this program: signals go out and a receipt
// comes back. The criminal side sees the persons of its own files (zone Z5), and of
// protection nothing but such a receipt.
var roles = [...]roleInfo{
	{Anyone, Outside, false},
	{FocalPoint, Protecting, false},
	{HotlineOperator, Protecting, true},
	{DutyOfficer, Protecting, true},
	{Screener, Protecting, true},
	{CaseManager, Protecting, true},
	{Supervisor, Protecting, true},
	{ServiceProvider, Protecting, true},
	{Coordinator, Protecting, false},
	{ChildAuthority, Protecting, true},
	{Police, Pursuing, true},
	{Immigration, Pursuing, true},
	{Prosecutor, Pursuing, true},
	{Court, Pursuing, true},
	{Secretariat, Overseeing, false},
	{CommitteeMember, Overseeing, false},
	{Donor, Overseeing, false},
	{Evaluator, Overseeing, false},
	{DataProtection, Keeping, true}, // complaints against a house, and nothing else: R10, R25
	{Administrator, Keeping, false},
	{Program, Clockwork, false},
}

// Roles lists every role, Anyone first and Program last.
func Roles() []Role {
	all := make([]Role, len(roles))
	for i, r := range roles {
		all[i] = r.role
	}
	return all
}

// Held says whether a post can carry the role: all but Anyone and Program.
func (r Role) Held() bool { return r != Anyone && r != Program && info(r).side != "" }

// Side is the wall the role stands behind; "" for an unknown role.
func (r Role) Side() Side { return info(r).side }

// SeesPersons says whether the role reads persons or their stories, so that a
// second factor is forced.
func SeesPersons(r Role) bool { return info(r).persons }

func info(r Role) roleInfo {
	i := slices.IndexFunc(roles[:], func(one roleInfo) bool { return one.role == r })
	if i < 0 {
		return roleInfo{}
	}
	return roles[i]
}

// Compatible says whether one account may hold all these roles. No account
// reads protection records and criminal files [S: PROCESS.md §5, §11.2 1], and
// whoever administers accounts reads no person, under another role either
// [S: DESIGN.md §3; J]. The fault is Invalid, at the field "role".
func Compatible(held []Role) error {
	var protects, pursues, administers, sees bool
	for _, r := range held {
		if !r.Held() {
			return fault.Field("role", "access.role_unknown")
		}
		protects = protects || r.Side() == Protecting
		pursues = pursues || r.Side() == Pursuing
		administers = administers || r == Administrator
		sees = sees || SeesPersons(r)
	}
	switch {
	case protects && pursues:
		return fault.Field("role", "access.roles_across_wall")
	case administers && sees:
		return fault.Field("role", "access.roles_administrator_sees")
	}
	return nil
}
