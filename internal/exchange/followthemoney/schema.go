package followthemoney

import (
	"regexp"
	"slices"
)

// schema is what a kind of entity inherits, has and needs.
type schema struct {
	Extends    []string
	Required   []string
	Abstract   bool // never written by itself
	Properties map[string]prop
}

// prop is the type of a property; Range is the schema that an entity must be of.
type prop struct {
	Type  string
	Range string
}

// kept is the part of the public schema that is used here; testdata/schemata.tsv says
// where each line was read.
func kept() map[string]schema {
	text, name, day, country, id := prop{Type: "string"}, prop{Type: "name"}, prop{Type: "date"}, prop{Type: "country"}, prop{Type: "identifier"}
	to := func(r string) prop { return prop{"entity", r} }
	return map[string]schema{
		"Thing": {Abstract: true, Required: []string{"name"}, Properties: map[string]prop{
			"name": name, "alias": name, "country": country, "summary": text, "notes": text, "addressEntity": to("Address")}},
		"Interval": {Abstract: true, Properties: map[string]prop{"startDate": day, "endDate": day, "date": day, "summary": text, "recordId": text}},
		"Interest": {Extends: []string{"Interval"}, Abstract: true, Properties: map[string]prop{"role": text, "status": text}},
		"LegalEntity": {Extends: []string{"Thing"}, Properties: map[string]prop{"phone": {Type: "phone"},
			"legalForm": text, "registrationNumber": id, "idNumber": id, "jurisdiction": country}},
		"Person": {Extends: []string{"LegalEntity"}, Properties: map[string]prop{"birthDate": day, "position": text, "nationality": country,
			"citizenship": country, "gender": {Type: "gender"}}},
		"Organization": {Extends: []string{"LegalEntity"}},
		"Asset":        {Extends: []string{"Thing"}, Abstract: true},
		"Company":      {Extends: []string{"Organization", "Asset"}},
		"Address":      {Extends: []string{"Thing"}, Properties: map[string]prop{"full": {Type: "address"}, "city": text, "region": text}},
		"Vehicle":      {Extends: []string{"Asset"}, Properties: map[string]prop{"registrationNumber": id, "type": text, "model": text}},
		"CourtCase": {Extends: []string{"Thing"}, Properties: map[string]prop{"category": text, "type": text, "status": text, "caseNumber": id,
			"court": text, "fileDate": day, "closeDate": day}},
		"CourtCaseParty": {Extends: []string{"Interest"}, Required: []string{"case", "party"},
			Properties: map[string]prop{"party": to("Thing"), "case": to("CourtCase")}},
		"Identification": {Extends: []string{"Interval"}, Required: []string{"holder", "number"},
			Properties: map[string]prop{"holder": to("LegalEntity"), "type": text, "country": country, "number": id, "authority": text}},
		"Passport": {Extends: []string{"Identification"}, Properties: map[string]prop{"birthDate": day, "gender": {Type: "gender"}}},
		"Ownership": {Extends: []string{"Interest"}, Required: []string{"owner", "asset"},
			Properties: map[string]prop{"owner": to("LegalEntity"), "asset": to("Asset")}},
		"Call": {Extends: []string{"Interval"}, Properties: map[string]prop{"caller": to("LegalEntity"), "callerNumber": {Type: "phone"},
			"receiver": to("LegalEntity"), "receiverNumber": {Type: "phone"}, "duration": {Type: "number"}}},
		"Event": {Extends: []string{"Interval", "Thing"}, Properties: map[string]prop{"location": {Type: "address"}, "involved": to("LegalEntity")}},
		"Trip": {Extends: []string{"Event"}, Required: []string{"startLocation", "endLocation"}, Properties: map[string]prop{
			"startLocation": to("Address"), "endLocation": to("Address"), "vehicle": to("Vehicle")}},
		"UnknownLink": {Extends: []string{"Interest"}, Properties: map[string]prop{"subject": to("Thing"), "object": to("Thing")}},
	}
}

var schemata = kept()

// up is a schema and everything it inherits.
func up(name string) []string {
	all := []string{name}
	for _, e := range schemata[name].Extends {
		all = append(all, up(e)...)
	}
	return all
}

// is says whether a schema is another or inherits it.
func is(name, other string) bool {
	_, known := schemata[name]
	return known && slices.Contains(up(name), other)
}

// property finds one, inherited or not; an abstract schema writes none.
func property(name, wanted string) (prop, bool) {
	for _, s := range up(name) {
		if p, ok := schemata[s].Properties[wanted]; ok && !schemata[name].Abstract {
			return p, true
		}
	}
	return prop{}, false
}

// required lists what a schema and its ancestors need.
func required(name string) []string {
	var all []string
	for _, s := range up(name) {
		all = append(all, schemata[s].Required...)
	}
	return all
}

var forms = map[string]*regexp.Regexp{
	"date":    regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?)?$`),
	"country": regexp.MustCompile(`^[a-z]{2}$`), // ISO 3166-1 alpha-2 in small letters
	"phone":   regexp.MustCompile(`^\+[1-9]\d{5,14}$`),
	"gender":  regexp.MustCompile(`^(female|male|other)$`),
	"number":  regexp.MustCompile(`^\d+(\.\d+)?$`),
}

// fits says whether a value has the form of the type.
func (p prop) fits(v string) bool {
	form := forms[p.Type]
	return v != "" && (form == nil || form.MatchString(v))
}
