package linkage

import (
	"slices"
	"strings"
)

// Role is what a column says of a person; it decides how the column is compared.
type Role string

// The roles. Text is a column whose name says nothing we know.
const (
	Given    Role = "given name"
	Surname  Role = "surname"
	FullName Role = "name"
	Born     Role = "born"
	Year     Role = "year of birth"
	Month    Role = "month of birth"
	Day      Role = "day of birth"
	Age      Role = "age"
	Phone    Role = "phone"
	Email    Role = "email"
	Number   Role = "number" // of an identity document
	Postcode Role = "postcode"
	Lat      Role = "latitude"
	Lon      Role = "longitude"
	Text     Role = "text"
	Place    Role = "place" // the finest column first, those it lies within after it
	Group    Role = "group" // few values: sex, province
	Ignored  Role = "ignored"
)

// roleNames are the names of columns, folded and without spaces, that tell a
// role: English, French, Kirundi, Swahili, and those of published test sets.
func roleNames() map[Role][]string {
	return map[Role][]string{
		Given:    {"givenname", "firstname", "forename", "prenom", "prenoms", "christianname", "fnamec1", "fnamec2", "fname", "middlename", "jinalakwanza", "izinaryubukristu"},
		Surname:  {"surname", "lastname", "familyname", "nom", "nomdefamille", "lnamec1", "lnamec2", "lname", "izina", "jinalaukoo"},
		FullName: {"name", "fullname", "nomcomplet", "nometprenom", "firstandsurname", "names", "jina", "amazina"},
		Born:     {"dateofbirth", "dob", "birthdate", "born", "datedenaissance", "datenaissance", "nele", "itarikiyamavuko", "tareheyakuzaliwa", "birthday"},
		Year:     {"by", "birthyear", "yearofbirth", "anneedenaissance", "yob"},
		Month:    {"bm", "birthmonth", "monthofbirth", "moisdenaissance"},
		Day:      {"bd", "birthdayofmonth", "dayofbirth", "jourdenaissance"},
		Age:      {"age", "imyaka", "umri"},
		Phone:    {"phone", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "numerodetelephone", "terefone", "simu"},
		Email:    {"email", "mail", "emailaddress", "courriel"},
		Number:   {"socsecid", "ssn", "nationalid", "idnumber", "passport", "passportnumber", "cni", "numerocni", "nin", "identitynumber", "carteidentite"},
		Postcode: {"postcode", "pc", "zip", "zipcode", "codepostal", "postcodefake"},
		Lat:      {"lat", "latitude"},
		Lon:      {"lon", "lng", "long", "longitude"},
		Ignored: {"id", "recid", "uniqueid", "recordid", "rowid", "row", "index", "uuid", "entid", "entity", "entityid", "cluster", "clusterid", "truth",
			"personid", "label", "ismatch", "blockingnumber", "source", "sourcedataset", "dataset"},
	}
}

// RoleOf recognises a column by its name.
func RoleOf(column string) Role {
	key := strings.ReplaceAll(Fold(column), " ", "")
	for role, names := range roleNames() {
		if slices.Contains(names, key) {
			return role
		}
	}
	return Text
}

// groupMost is the number of values up to which an unknown column is a group.
const groupMost = 64

// roles recognises all columns of a table. A column of unknown name that has
// another value in every record is a number of the record and is ignored; so are
// names in one column when their parts stand in others, and columns with fewer
// than two values.
func roles(t *Table) map[string]Role {
	found := map[string]Role{}
	given, surname := false, false
	for _, c := range t.Columns {
		found[c] = RoleOf(c)
		given = given || found[c] == Given
		surname = surname || found[c] == Surname
	}
	for i, c := range t.Columns {
		different := len(t.cells[i].values) - 1
		full := 0
		for _, code := range t.cells[i].codes {
			if code != 0 {
				full++
			}
		}
		switch role := found[c]; {
		case different < 2, role == FullName && given && surname, role == Text && different == full && full > groupMost:
			found[c] = Ignored
		case role == Text && different <= groupMost:
			found[c] = Group
		}
	}
	return found
}
