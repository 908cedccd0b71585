package lang

import (
	"strconv"
	"strings"
)

// figures is how a language writes numbers. French groups with a no-break
// space and not with the narrow one of CLDR, which old telephones show as a
// box [J]; Kirundi and Swahili follow CLDR [M].
type figures struct{ group, point string }

func figuresOf(code string) figures {
	switch code {
	case "fr":
		return figures{"\u00a0", ","}
	case "rn":
		return figures{".", ","}
	}
	return figures{",", "."}
}

func (f figures) whole(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "\u2212", digits[1:]
	}
	return sign + f.grouped(digits)
}

func (f figures) grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(f.group)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Number prints a whole number: "1 234 567".
func (p Printer) Number(n int) string {
	if p.own == nil {
		return strconv.Itoa(n)
	}
	return p.own.figures.whole(int64(n))
}

// Decimal prints a number with that many decimals: "1 234,5".
func (p Printer) Decimal(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if p.own == nil {
		return text
	}
	sign := ""
	if text[0] == '-' {
		sign, text = "\u2212", text[1:]
	}
	whole, rest, cut := strings.Cut(text, ".")
	text = sign + p.own.figures.grouped(whole)
	if cut {
		text += p.own.figures.point + rest
	}
	return text
}

// Percent prints a share of one as a percentage without decimals.
func (p Printer) Percent(share float64) string {
	return p.T("lang.percent", "Number", p.Decimal(100*share, 0))
}
