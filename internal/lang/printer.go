package lang

import (
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"inkingi/internal/fault"
)

// Printer speaks one language. It is a small value, safe to copy and to share;
// the zero Printer answers with keys.
type Printer struct {
	own   *tongue
	first *tongue
	all   *Lang
	zone  *time.Location
}

// Printer gives the voice of a language; an unknown code speaks French. Times
// are printed in UTC until [Printer.In] names the zone.
func (l *Lang) Printer(code string) Printer {
	own := l.tongues[code]
	if own == nil {
		own = l.tongues[First]
	}
	return Printer{own: own, first: l.tongues[First], all: l, zone: time.UTC}
}

// In gives the same voice with the clock of a zone.
func (p Printer) In(zone *time.Location) Printer {
	if zone != nil {
		p.zone = zone
	}
	return p
}

// Speak gives the voice of another language, with the same clock; an unknown
// code speaks French.
func (p Printer) Speak(code string) Printer {
	if p.all == nil {
		return p
	}
	return p.all.Printer(code).In(p.zone)
}

// Lang is the code of the language, for the html lang attribute.
func (p Printer) Lang() string {
	if p.own == nil {
		return ""
	}
	return p.own.Code
}

// Draft says whether no translator has read this language yet.
func (p Printer) Draft() bool { return p.own != nil && p.own.Draft }

// Languages lists the languages for a switch.
func (p Printer) Languages() []Language {
	if p.all == nil {
		return nil
	}
	return p.all.Languages()
}

// Has says whether the key has a sentence, in this language or in French.
func (p Printer) Has(key string) bool {
	return p.own != nil && (p.own.has(key) || p.first.has(key))
}

// T says the sentence of a key. The arguments are pairs of a placeholder's
// name and its value; numbers, days, dates and times are formatted, and the
// whole number named "Count" chooses the plural form. A year is no number:
// pass it as text. A key without a sentence is answered by the key itself.
func (p Printer) T(key string, args ...any) string {
	if p.own == nil {
		return key
	}
	speaker := p.own
	if !speaker.has(key) {
		speaker = p.first
	}
	if text, plain := speaker.plain[key]; plain {
		return text
	}
	if !speaker.shaped[key] {
		return key
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: p.values(args)}
	if n, ok := count(args); ok {
		config.PluralCount = n
	}
	text, err := speaker.voice.Localize(config)
	if err != nil && text == "" {
		return key
	}
	return text
}

// Fault says what went wrong. An internal fault is our failure and is said in
// one sentence for all: its key is for the log.
func (p Printer) Fault(err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		return p.T("fault.internal")
	}
	args := make([]any, 0, 2*len(f.Args))
	for name, value := range f.Args {
		args = append(args, name, value)
	}
	return p.T(f.Key, args...)
}

// List joins words as a sentence does: "a, b et c".
func (p Printer) List(words []string) string {
	if len(words) == 0 {
		return ""
	}
	text := words[0]
	for i, word := range words[1:] {
		if i == len(words)-2 {
			text = p.T("lang.list.last", "Before", text, "Last", word)
			continue
		}
		text += ", " + word
	}
	return text
}

func (p Printer) values(args []any) map[string]any {
	values := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			values[name] = p.value(args[i+1])
		}
	}
	return values
}

func (p Printer) value(v any) any {
	switch v := v.(type) {
	case int:
		return p.Number(v)
	case int64:
		return p.own.figures.whole(v)
	case float64:
		return p.Decimal(v, 1)
	case time.Time:
		return p.Time(v)
	case time.Duration:
		return p.Span(v)
	}
	return p.day(v)
}

func count(args []any) (int, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] != "Count" {
			continue
		}
		switch n := args[i+1].(type) {
		case int:
			return n, true
		case int64:
			return int(n), true
		}
	}
	return 0, false
}
