// Package lang says every sentence of the program in four languages.
//
// French is spoken first and always complete; English is complete too, which a
// test proves against the keys that the sources use. Kirundi and Swahili are
// drafts until a Burundian translator has read them: what they lack is said in
// French and counted ([Lang.Coverage]). Numbers and dates are printed as the
// reader expects them, and a date that was remembered in part is printed as it
// was said.
//
// The room translates nothing that people typed, and it knows no country: the
// clock's zone comes from whoever makes the [Printer].
package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed messages/*.toml
var files embed.FS

// First is the language spoken when nobody asked for another.
const First = "fr"

// Language is one of the languages the program speaks.
type Language struct {
	Code  string // the code in addresses, cookies and the html lang attribute
	Name  string // its own name
	Draft bool   // not yet read by a translator
	tag   string // the tag whose plural rule holds
}

// languages is the fixed list, the first language first. CLDR has no plural
// rule for Kirundi, and go-i18n then answers silently in another language
// (its issue 231): a private-use tag of English brings one/other [J].
func languages() []Language {
	return []Language{
		{Code: "fr", Name: "Français", tag: "fr"},
		{Code: "en", Name: "English", tag: "en"},
		{Code: "rn", Name: "Ikirundi", Draft: true, tag: "en-x-rn"},
		{Code: "sw", Name: "Kiswahili", Draft: true, tag: "sw"},
	}
}

// Lang holds all messages. It never changes after [Load].
type Lang struct {
	tongues map[string]*tongue
	order   []Language
	matcher language.Matcher
}

// tongue is one language with its messages. Each has its own bundle, so that
// no matcher can answer in another language than the one asked.
type tongue struct {
	Language
	plain   map[string]string // messages without plural or placeholder
	shaped  map[string]bool   // the others, which the bundle renders
	bundle  *i18n.Bundle
	voice   *i18n.Localizer
	figures figures
}

// Load reads the messages that are built into the program. Any error in any
// file is an error here: a half-read language would say the wrong thing.
func Load() (*Lang, error) { return load(files) }

func load(source fs.FS) (*Lang, error) {
	l := &Lang{tongues: map[string]*tongue{}, order: languages()}
	var tags []language.Tag
	for _, one := range l.order {
		tag, err := language.Parse(one.tag)
		if err != nil {
			return nil, fmt.Errorf("language %s: %w", one.Code, err)
		}
		bundle := i18n.NewBundle(tag)
		l.tongues[one.Code] = &tongue{
			Language: one,
			plain:    map[string]string{},
			shaped:   map[string]bool{},
			bundle:   bundle,
			voice:    i18n.NewLocalizer(bundle, one.tag),
			figures:  figuresOf(one.Code),
		}
		tags = append(tags, language.MustParse(one.Code))
	}
	l.matcher = language.NewMatcher(tags)
	names, err := fs.Glob(source, "messages/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	for _, name := range names {
		if err := l.read(source, name); err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(name), err)
		}
	}
	return l, nil
}

// read adds one file, named <room>.<language>.toml.
func (l *Lang) read(source fs.FS, name string) error {
	parts := strings.Split(path.Base(name), ".")
	if len(parts) != 3 {
		return fmt.Errorf("is not named <room>.<language>.toml")
	}
	t := l.tongues[parts[1]]
	if t == nil {
		return fmt.Errorf("unknown language %q", parts[1])
	}
	content, err := fs.ReadFile(source, name)
	if err != nil {
		return err
	}
	var raw map[string]any
	if err := toml.Unmarshal(content, &raw); err != nil {
		return err
	}
	messages := map[string]*i18n.Message{}
	if err := gather(messages, "", raw); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		if err := t.add(messages[key]); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

// gather flattens what TOML read; a table with an "other" line is one message
// with plural forms.
func gather(into map[string]*i18n.Message, prefix string, table map[string]any) error {
	for key, value := range table {
		full := key
		if prefix != "" {
			full = prefix + "." + key
		}
		switch v := value.(type) {
		case string:
			into[full] = &i18n.Message{ID: full, Other: v}
		case map[string]any:
			if _, plural := v["other"].(string); !plural {
				if err := gather(into, full, v); err != nil {
					return err
				}
				continue
			}
			m, err := forms(full, v)
			if err != nil {
				return err
			}
			into[full] = m
		default:
			return fmt.Errorf("%s: is neither text nor plural forms", full)
		}
	}
	return nil
}

func forms(key string, table map[string]any) (*i18n.Message, error) {
	m := &i18n.Message{ID: key}
	for form, value := range table {
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("%s.%s: is not text", key, form)
		}
		switch form {
		case "one":
			m.One = text
		case "many":
			m.Many = text
		case "other":
			m.Other = text
		case "description":
			m.Description = text
		default:
			return nil, fmt.Errorf("%s: unknown plural form %q", key, form)
		}
	}
	if m.One == "" {
		return nil, fmt.Errorf("%s: has no form for one", key)
	}
	return m, nil
}

// add keeps one message. A key said twice is an error: nobody could tell which
// sentence is spoken.
func (t *tongue) add(m *i18n.Message) error {
	if _, twice := t.plain[m.ID]; twice || t.shaped[m.ID] {
		return fmt.Errorf("is said twice")
	}
	if strings.TrimSpace(m.Other) == "" {
		return fmt.Errorf("is empty")
	}
	if m.One == "" && !strings.Contains(m.Other, "{{") {
		t.plain[m.ID] = m.Other
		return nil
	}
	// French has a form for a million ("1 000 000 de dossiers"); where no
	// translator wrote one, the plural serves.
	if m.Many == "" {
		m.Many = m.Other
	}
	if m.One == "" {
		m.One = m.Other
	}
	if err := t.bundle.AddMessages(language.MustParse(t.tag), m); err != nil {
		return err
	}
	t.shaped[m.ID] = true
	_, err := t.voice.Localize(&i18n.LocalizeConfig{MessageID: m.ID, TemplateData: map[string]any{}, PluralCount: 1})
	return err
}

func (t *tongue) has(key string) bool {
	_, plain := t.plain[key]
	return plain || t.shaped[key]
}

// Languages lists the languages, the first language first, for a switch.
func (l *Lang) Languages() []Language { return slices.Clone(l.order) }

// Keys lists the keys a language has, sorted.
func (l *Lang) Keys(code string) []string {
	t := l.tongues[code]
	if t == nil {
		return nil
	}
	return slices.Sorted(func(yield func(string) bool) {
		for key := range t.plain {
			if !yield(key) {
				return
			}
		}
		for key := range t.shaped {
			if !yield(key) {
				return
			}
		}
	})
}

// Coverage counts the keys of French that a language says itself, and all.
// What is not covered is said in French.
func (l *Lang) Coverage(code string) (said, all int) {
	t := l.tongues[code]
	for _, key := range l.Keys(First) {
		all++
		if t != nil && t.has(key) {
			said++
		}
	}
	return said, all
}
