package followthemoney

import (
	"cmp"
	"strconv"
	"strings"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

// Case is one file as it leaves: plain words, opened by whoever may, days as days. Every
// ID is unique in the case; the words (states, roles, offences) are in the language of
// the office.
type Case struct {
	ID       string
	Name     string // how the office calls it: its newest number
	Numbers  []string
	Category []string // qualifications
	Status   string
	Court    string
	Country  string // ISO 3166-1 alpha-2
	Opened   date.Day
	Closed   date.Day
	Presumed string // said of each party whose conviction is not final
	Unnamed  string // what somebody of unknown name is called, before a number

	Parties   []Party
	Addresses []Address
	Vehicles  []Vehicle
	Passports []Passport
	Calls     []Call
	Trips     []Trip
	Links     []Link
}

// Party is a person or a company that the file is about.
type Party struct {
	ID       string
	Company  bool
	Name     string
	Aliases  []string
	Phones   []string // +257…
	Gender   string   // female, male, other, or ""
	Citizen  string   // ISO 3166-1 alpha-2
	Position string   // service of a public official
	Role     string   // alleged
	Status   string   // where the person stands
	Final    bool     // finally convicted: the presumption has ended
	Since    date.Day
	Address  string // ID of an address, or ""
}

// Address is a place of the file.
type Address struct{ ID, Full, City, Region, Country string }

// Vehicle is a vehicle, and whose it is said to be.
type Vehicle struct{ ID, Plate, Kind, Model, Owner string }

// Passport is a document of identity of a party.
type Passport struct {
	ID, Holder, Number, Country, Authority string
	From, Until                            date.Day
}

// Call is one line of an operator's list. A number whose holder is not a party stands
// alone.
type Call struct {
	ID, Caller, CallerNumber, Receiver, ReceiverNumber string
	On                                                 date.Day
	Seconds                                            int
	Record                                             string // of the file: which act holds it
}

// Trip is a journey between two addresses.
type Trip struct {
	ID, Name, From, To, Vehicle string
	On                          date.Day
	Aboard                      []string // parties only: who travelled as a person harmed is not said here
}

// Link is any other link between two of the above.
type Link struct{ ID, From, To, Says, Record string }

// Entities gives the case as entities: the case first, then things, then relations.
func (c Case) Entities() ([]Entity, error) {
	if c.ID == "" || c.Presumed == "" {
		return nil, fault.New(fault.Internal, "followthemoney.case")
	}
	f := Entity{ID: c.ID, Schema: "CourtCase"}
	f.add("name", cmp.Or(c.Name, c.ID))
	f.add("caseNumber", c.Numbers...)
	f.add("category", c.Category...)
	f.add("status", c.Status)
	f.add("court", c.Court)
	f.add("country", strings.ToLower(c.Country))
	f.add("fileDate", c.Opened.String())
	f.add("closeDate", c.Closed.String())
	all := []Entity{f}
	for n, p := range c.Parties {
		all = append(all, c.party(p, n+1))
	}
	for _, one := range [][]Entity{c.places(), c.documents(), c.parties(), c.movements()} {
		all = append(all, one...)
	}
	return all, Check(all)
}

func (c Case) party(p Party, n int) Entity {
	e := Entity{ID: p.ID, Schema: "Person"}
	if p.Company {
		e.Schema = "Company"
	}
	e.add("name", cmp.Or(p.Name, c.Unnamed+" "+strconv.Itoa(n)))
	e.add("alias", p.Aliases...)
	e.add("phone", p.Phones...)
	e.add("addressEntity", p.Address)
	if p.Company {
		e.add("jurisdiction", strings.ToLower(p.Citizen))
	} else {
		e.add("gender", p.Gender)
		e.add("citizenship", strings.ToLower(p.Citizen))
		e.add("position", p.Position)
	}
	if !p.Final {
		e.add("summary", c.Presumed)
	}
	return e
}

// parties are the relations of the parties to the case.
func (c Case) parties() []Entity {
	var all []Entity
	for _, p := range c.Parties {
		e := Entity{ID: c.ID + "-" + p.ID, Schema: "CourtCaseParty"}
		e.add("case", c.ID)
		e.add("party", p.ID)
		e.add("role", p.Role)
		e.add("status", p.Status)
		e.add("startDate", p.Since.String())
		if !p.Final {
			e.add("summary", c.Presumed)
		}
		all = append(all, e)
	}
	for _, l := range c.Links {
		e := Entity{ID: l.ID, Schema: "UnknownLink"}
		e.add("subject", l.From)
		e.add("object", l.To)
		e.add("role", l.Says)
		e.add("recordId", l.Record)
		all = append(all, e)
	}
	return all
}

func (c Case) places() []Entity {
	var all []Entity
	for _, a := range c.Addresses {
		e := Entity{ID: a.ID, Schema: "Address"}
		e.add("name", a.Full)
		e.add("full", a.Full)
		e.add("city", a.City)
		e.add("region", a.Region)
		e.add("country", strings.ToLower(a.Country))
		all = append(all, e)
	}
	for _, v := range c.Vehicles {
		e := Entity{ID: v.ID, Schema: "Vehicle"}
		e.add("name", cmp.Or(v.Plate, v.Model, v.Kind))
		e.add("registrationNumber", v.Plate)
		e.add("type", v.Kind)
		e.add("model", v.Model)
		all = append(all, e)
		if v.Owner != "" {
			o := Entity{ID: v.ID + "-owner", Schema: "Ownership"}
			o.add("owner", v.Owner)
			o.add("asset", v.ID)
			all = append(all, o)
		}
	}
	return all
}

func (c Case) documents() []Entity {
	var all []Entity
	for _, p := range c.Passports {
		e := Entity{ID: p.ID, Schema: "Passport"}
		e.add("holder", p.Holder)
		e.add("number", p.Number)
		e.add("country", strings.ToLower(p.Country))
		e.add("authority", p.Authority)
		e.add("startDate", p.From.String())
		e.add("endDate", p.Until.String())
		all = append(all, e)
	}
	return all
}

func (c Case) movements() []Entity {
	var all []Entity
	for _, one := range c.Calls {
		e := Entity{ID: one.ID, Schema: "Call"}
		e.add("caller", one.Caller)
		e.add("callerNumber", one.CallerNumber)
		e.add("receiver", one.Receiver)
		e.add("receiverNumber", one.ReceiverNumber)
		e.add("date", one.On.String())
		if one.Seconds > 0 {
			e.add("duration", strconv.Itoa(one.Seconds))
		}
		e.add("recordId", one.Record)
		all = append(all, e)
	}
	for _, one := range c.Trips {
		e := Entity{ID: one.ID, Schema: "Trip"}
		e.add("name", one.Name)
		e.add("startLocation", one.From)
		e.add("endLocation", one.To)
		e.add("vehicle", one.Vehicle)
		e.add("startDate", one.On.String())
		e.add("involved", one.Aboard...)
		all = append(all, e)
	}
	return all
}
