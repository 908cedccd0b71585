package protection

import (
	"strings"

	"inkingi/internal/fault"
)

// Money is an amount in the smallest unit of its currency: francs of Burundi,
// cents of a dollar. Never a fraction. No currency: nobody said what it cost;
// that is not the same as nothing.
type Money struct {
	Units    int64
	Currency string // code list "currency"
}

// IsZero says whether nobody said what it cost.
func (m Money) IsZero() bool { return m == Money{} }

// most is more than any service costs, and far from what an integer holds.
const most = 1_000_000_000_000

// ParseMoney reads an amount as people write it: "12 500", "12,50", "12.50". The
// fault is at the field "cost". An empty amount is none.
func (r *Rules) ParseMoney(amount, currency string) (Money, error) {
	text := strings.Map(func(c rune) rune {
		switch c {
		case ' ', '\u00a0', '\u202f', '\'':
			return -1
		case ',':
			return '.'
		}
		return c
	}, amount)
	if text == "" {
		return Money{}, nil
	}
	negative := strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−")
	decimals, known := r.Decimals[currency]
	whole, part, _ := strings.Cut(strings.TrimLeft(text, "-−"), ".")
	switch {
	case negative:
		return Money{}, fault.Field("cost", "fault.money.negative")
	case !digits(whole) || whole == "" || part != "" && !digits(part) || strings.Count(text, ".") > 1 || len(whole) > 12:
		return Money{}, fault.Field("cost", "fault.money")
	case currency == "":
		return Money{}, fault.Field("currency", "fault.choice.missing")
	case !known:
		return Money{}, fault.Field("currency", "fault.code.unknown")
	case len(part) > decimals:
		return Money{}, fault.FieldArgs("cost", "fault.money.parts", map[string]any{"Max": decimals})
	}
	part += strings.Repeat("0", decimals-len(part))
	var units int64
	for _, c := range whole + part {
		units = units*10 + int64(c-'0')
	}
	return Money{Units: units, Currency: currency}, nil
}

// Amount writes it as it is typed: "12500", "12.50"; "" for none.
func (r *Rules) Amount(m Money) string {
	if m.IsZero() {
		return ""
	}
	text, units := "", m.Units
	for n := 0; units > 0 || n <= r.Decimals[m.Currency]; n++ {
		if n == r.Decimals[m.Currency] && n > 0 {
			text = "." + text
		}
		text = string(rune('0'+units%10)) + text
		units /= 10
	}
	return text
}

// Check wants an amount that can be, or none.
func (m Money) Check(r *Rules) error {
	switch {
	case m.IsZero():
		return nil
	case m.Units < 0:
		return fault.Field("cost", "fault.money.negative")
	case m.Units > most:
		return fault.Field("cost", "fault.money")
	}
	return r.need("currency", "currency", m.Currency)
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }
