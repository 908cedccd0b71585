// Package place knows where things are, and when.
//
// A [Gazetteer] holds every frame a country has had: each place carries the
// days between which it existed. A record keeps the place as it was given
// ([Given]); nothing here moves an old place into a new frame. A [Hint] says
// which new place an old one may be, and is only a hint.
//
// The room holds no map and knows no country: places are data in countries.
package place

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

// Code names a place for the program; it never changes. The zero Code is nowhere.
type Code string

// ParseCode reads a code: capitals, digits and single hyphens, at most
// [MaxCode] bytes. The fault is Invalid "place.code.malformed". A well-made
// code may still name no place.
func ParseCode(s string) (Code, error) {
	ok := s != "" && len(s) <= MaxCode && s[0] != '-' && s[len(s)-1] != '-' && !strings.Contains(s, "--")
	for _, c := range []byte(s) {
		ok = ok && (c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')
	}
	if !ok {
		return "", fault.New(fault.Invalid, "place.code.malformed")
	}
	return Code(s), nil
}

// MaxCode is the greatest length of a code.
const MaxCode = 40

// Kind is the level of a place. Not every country has every level.
type Kind string

// The kinds, from the widest.
const (
	Abroad   Kind = "abroad"   // another country, as a whole
	Country  Kind = "country"  // the country itself
	Province Kind = "province" // first level
	Commune  Kind = "commune"  // second level
	Zone     Kind = "zone"     // third level
	Colline  Kind = "colline"  // fourth level: colline or quartier
)

// rank orders kinds in answers: what is wide comes first.
func (k Kind) rank() int {
	switch k {
	case Country:
		return 0
	case Province:
		return 1
	case Commune:
		return 2
	case Zone:
		return 3
	case Colline:
		return 4
	case Abroad:
		return 5
	}
	return -1
}

// Valid says whether k is one of the kinds.
func (k Kind) Valid() bool { return k.rank() >= 0 }

// Place is one place during one stretch of time.
type Place struct {
	Code       Code
	Name       string
	Kind       Kind
	Parent     Code     // "" for the country itself and for places abroad
	From       date.Day // first day; zero: always
	Until      date.Day // first day on which it no longer exists; zero: still does
	Unofficial bool     // the code or the list is not an authority's own
}

// On says whether the place exists on a day; the zero Day asks about no day
// in particular, and every place answers yes.
func (p Place) On(d date.Day) bool {
	return d.IsZero() || !d.Before(p.From) && (p.Until.IsZero() || d.Before(p.Until))
}

// During says whether the place exists on any day from first to last. A zero
// first or last leaves that side open.
func (p Place) During(first, last date.Day) bool {
	return (last.IsZero() || !last.Before(p.From)) &&
		(first.IsZero() || p.Until.IsZero() || first.Before(p.Until))
}

// Given is a place as somebody gave it: a code as far down as they could
// choose, and, where the list ends, what they wrote (a colline of before 2025,
// a town abroad). Written is free text about an event: seal it like one.
type Given struct {
	Code    Code
	Written string
}

// IsZero says whether nothing was given.
func (g Given) IsZero() bool { return g == Given{} }

// MaxWritten is the greatest length of a written place, in characters.
const MaxWritten = 100

// checkWritten refuses what cannot be the name of a place: too long, or with
// characters that do not print (controls, zero-width, direction marks).
func checkWritten(s string) error {
	if utf8.RuneCountInString(s) > MaxWritten {
		return fault.FieldArgs("written", "place.written.long", map[string]any{"Max": MaxWritten})
	}
	if !utf8.ValidString(s) {
		return fault.Field("written", "place.written.characters")
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return fault.Field("written", "place.written.characters")
		}
	}
	return nil
}
