package linkage

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Tokens says into what pieces a value is cut.
type Tokens struct {
	Type       string  `json:"type"` // ngram, exact, numeric
	N          int     `json:"n"`
	Positional bool    `json:"positional"`
	Distance   float64 `json:"thresholdDistance"`
	Resolution int     `json:"resolution"`
	Precision  int     `json:"fractional_precision"` // clkhash 0.18.3 passes over "fractionalPrecision", and so do we
}

func (t *Tokens) check() error {
	switch {
	case t.Type == "ngram" && (t.N < 1 || t.N > 16):
		return errors.New("n of the n-grams must be 1 to 16")
	case t.Type == "numeric" && (t.Distance <= 0 || t.Distance > 1e12 || t.Resolution < 1 || t.Resolution > 10_000 || t.Precision < 0 || t.Precision > 12):
		return errors.New("a numeric comparison needs thresholdDistance > 0, resolution 1 to 10000 and fractional_precision 0 to 12")
	case t.Type == "numeric" && t.step() < 1:
		return errors.New("thresholdDistance is smaller than fractional_precision can tell")
	case t.Type != "ngram" && t.Type != "exact" && t.Type != "numeric":
		return fmt.Errorf("comparison %q is not known", t.Type)
	}
	return nil
}

func (t *Tokens) step() int64 { return int64(math.Round(t.Distance * math.Pow10(t.Precision))) }

// of cuts a value. An empty value has no tokens.
func (t *Tokens) of(value string) ([]string, error) {
	if value == "" {
		return nil, nil
	}
	switch t.Type {
	case "exact":
		return []string{value}, nil
	case "numeric":
		return t.numbers(value)
	}
	pad := strings.Repeat(" ", t.N-1)
	letters := []rune(pad + value + pad)
	var all []string
	for i := 0; i+t.N <= len(letters); i++ {
		gram := string(letters[i : i+t.N])
		if t.Positional {
			gram = strconv.Itoa(i+1) + " " + gram
		}
		all = append(all, gram)
	}
	return all, nil
}

// numbers are the neighbours of v on a grid: v is brought to 2·resolution units a
// step, to the nearest step, and resolution steps on each side are named, so that
// numbers close together share many tokens.
func (t *Tokens) numbers(value string) ([]string, error) {
	v, ok := new(big.Rat).SetString(value)
	if !ok || len(value) > 40 || strings.ContainsAny(value, "/eEpPxXbBoO_") {
		return nil, errors.New("is not a number")
	}
	step := t.step()
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Precision)), nil)
	scaled := new(big.Rat).Mul(v, new(big.Rat).SetInt(scale))
	whole := nearest(scaled)
	if !whole.IsInt64() || whole.Int64() > 1<<50 || whole.Int64() < -1<<50 {
		return nil, errors.New("is too large a number")
	}
	centre := whole.Int64() * int64(t.Resolution) * 2
	low := centre - mod(centre, step)
	if mod(centre, step)*2 >= step {
		low += step
	}
	var all []string
	for i := -t.Resolution; i <= t.Resolution; i++ {
		all = append(all, strconv.FormatInt(low+int64(i)*step, 10))
	}
	return all, nil
}

func mod(a, b int64) int64 { return ((a % b) + b) % b }

// nearest rounds half to even.
func nearest(r *big.Rat) *big.Int {
	two := big.NewInt(2)
	num := new(big.Int).Mul(r.Num(), two)
	num.Add(num, r.Denom())
	den := new(big.Int).Mul(r.Denom(), two)
	q, m := new(big.Int).DivMod(num, den, new(big.Int))
	if m.Sign() == 0 && q.Bit(0) == 1 {
		q.Sub(q, big.NewInt(1))
	}
	return q
}

// value brings a cell to what is cut into tokens, or says what is wrong with it.
// The words of the error never hold the value.
func (f *Feature) value(cell string) (string, error) {
	if m := f.Hashing.Missing; m != nil && cell == m.Sentinel {
		if m.ReplaceWith != nil {
			return *m.ReplaceWith, nil
		}
		return cell, nil
	}
	o := f.Format
	switch o.Type {
	case "string":
		return cell, f.text(cell)
	case "integer":
		n, err := strconv.ParseInt(strings.TrimSpace(cell), 10, 64)
		if err != nil {
			return "", errors.New("is not a whole number")
		}
		if o.Least != nil && n < *o.Least || o.Most != nil && n > *o.Most {
			return "", errors.New("is outside the range of the schema")
		}
		return strconv.FormatInt(n, 10), nil
	case "date":
		layout, err := layoutOf(o.Layout)
		if err != nil {
			return "", err
		}
		day, err := time.Parse(layout, cell)
		if err != nil {
			return "", errors.New("is not a date in the format of the schema")
		}
		return day.Format("20060102"), nil
	}
	for _, v := range o.Values {
		if v == cell {
			return cell, nil
		}
	}
	return "", errors.New("is not one of the values of the schema")
}

func (f *Feature) text(cell string) error {
	o := f.Format
	n := utf8.RuneCountInString(cell)
	switch {
	case !utf8.ValidString(cell):
		return errors.New("is not UTF-8")
	case o.Encoding == "ascii" && !plain(cell):
		return errors.New("is not ASCII")
	case f.pattern != nil && !f.pattern.MatchString(cell):
		return errors.New("does not match the pattern of the schema")
	case o.Min != nil && n < *o.Min:
		return errors.New("is shorter than the schema allows")
	case o.Max != nil && n > *o.Max:
		return errors.New("is longer than the schema allows")
	case o.Case == "upper" && strings.ContainsFunc(cell, unicode.IsLower), o.Case == "lower" && strings.ContainsFunc(cell, unicode.IsUpper):
		return errors.New("is not in the case that the schema asks for")
	}
	return nil
}

// layoutOf turns a format of strptime into one of Go.
func layoutOf(format string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		i++
		var part string
		if i < len(format) {
			part = map[byte]string{'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'b': "Jan", 'B': "January", 'j': "002"}[format[i]]
		}
		if part == "" {
			return "", fmt.Errorf("the date format %q holds something other than %%Y %%y %%m %%d %%b %%B %%j", format)
		}
		b.WriteString(part)
	}
	if b.Len() == 0 {
		return "", errors.New("a date needs its format")
	}
	return b.String(), nil
}
