package vault

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// nation names the key by which people of different organisations are compared. It
// stands beside the keys of organisations, wrapped like them, and is none of theirs:
// no organisation has this identifier.
func nation() ids.Org {
	return ids.Org{UUID: ids.UUID{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}}
}

// Traits are what a national pseudonym is made of.
type Traits struct {
	Names       []Text // each as she says it, or as somebody spells it
	Home        Text   // where home is, in her words
	Sex         string // "F" or "M"; anything else is not known
	Born        Text   // a partial date, as said
	First, Last int    // the years in which she may be born, by her age; 0 is not known
}

// How wide a birth may be said, and how far two may be apart, in years [J]: PROCESS.md
// §12.1 compares within two years, and each side's span is widened by one.
const (
	widestBirth = 4
	birthSlack  = 1
)

// Pseudonyms gives the keyed national tokens of a person, each once, in an order that
// says nothing (PROCESS.md §12.1: HMAC-SHA-256, several keys, no name). Two people share
// a token when, in the country's own spelling of sounds ([Sound]) and in any order,
//
//   - every sound of a name of two words or more, the sex and about the year of birth are one; or
//   - the beginnings of those sounds are one, and a word of where home is, too.
//
// Where the name has one word, or the sex or the year is not known, there are none:
// what is missing would make strangers alike. A telephone is not used: it is the
// household's, or the trafficker's. Unavailable "vault.locked" while whoever holds the
// key, or the organisation that holds its own, keeps it locked.
func (v *Vault) Pseudonyms(ctx context.Context, keys Keys, of Traits) (tokens [][]byte, version int, err error) {
	parts, err := of.parts()
	if err != nil || len(parts) == 0 {
		return nil, 0, err
	}
	_, s, err := v.current(ctx, keys, nation())
	if err != nil {
		return nil, 0, err
	}
	key, err := hkdf.Key(sha256.New, s.index, nil, string(bind("pseudonym")), 32)
	if err != nil {
		return nil, 0, broken(err)
	}
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		mac.Reset()
		mac.Write([]byte(part))
		tokens = append(tokens, mac.Sum(nil)[:tokenSize:tokenSize])
	}
	slices.SortFunc(tokens, bytes.Compare)
	return slices.CompactFunc(tokens, bytes.Equal), int(s.indexVersion), nil
}

// parts are what is keyed. What was erased is not known.
func (of Traits) parts() (all []string, err error) {
	if of.Sex != "F" && of.Sex != "M" {
		return nil, nil
	}
	first, last, err := of.years()
	if err != nil || first == 0 || last-first > widestBirth {
		return nil, err
	}
	home, err := bare(of.Home)
	if err != nil {
		return nil, err
	}
	for _, name := range of.Names {
		text, err := bare(name)
		if err != nil {
			return nil, err
		}
		sounds := distinct(Sound(text))
		if len(sounds) < 2 {
			continue
		}
		begin := distinct(begins(sounds))
		for year := first - birthSlack; year <= last+birthSlack; year++ {
			who := of.Sex + "\x00" + strconv.Itoa(year)
			all = append(all, strings.Join([]string{"name", who, strings.Join(sounds, " ")}, "\x00"))
			for _, place := range homes(home) {
				all = append(all, strings.Join([]string{"home", who, strings.Join(begin, " "), place}, "\x00"))
			}
		}
	}
	return all, nil
}

// years are those in which she may be born: what was said of the birth, or her age.
func (of Traits) years() (first, last int, err error) {
	said, err := bare(of.Born)
	if err != nil {
		return 0, 0, err
	}
	if born, malformed := date.Parse(said); malformed == nil && !born.IsZero() {
		return born.Earliest().Year, born.Latest().Year, nil
	}
	return of.First, of.Last, nil
}

// begins cuts sounds to their first three letters (PROCESS.md §12.1).
func begins(sounds []string) []string {
	var all []string
	for _, s := range sounds {
		all = append(all, s[:min(3, len(s))])
	}
	return all
}

// homes are the words of a place that tell one from another: at most four, of four letters or more.
func homes(text string) []string {
	all := slices.DeleteFunc(distinct(Sound(text)), func(s string) bool { return len(s) < 4 })
	return all[:min(4, len(all))]
}

func distinct(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// bare is a text without a grant, for what is keyed at once and never shown.
func bare(t Text) (string, error) {
	if t.content == nil {
		return "", nil
	}
	c := t.content()
	if c.sealed == nil {
		return c.clear, nil
	}
	text, err := c.sealed.open()
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return text, err
}

// RekeyNation makes a new key for national tokens. Every token made before is void: the
// store makes them anew, of those who still agree.
func (v *Vault) RekeyNation(ctx context.Context, keys Keys) error {
	_, err := v.RekeyIndex(ctx, keys, nation())
	return err
}
